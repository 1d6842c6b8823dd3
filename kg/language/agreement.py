"""Names in an article: what its sentences know together.

A name found with good evidence ("One Medical" in the first line) is marked wherever it is written in
the same way, with the kind that most of its occurrences have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kg.language.spans import LEGAL_FORMS, OPENINGS, SURE, Name, has_capital

CASED = 0.8
"""Share of sentences with a capital at their beginning from which a text is written with capitals."""

Text = tuple[str, ...]


def agreed(
    words: Sequence[str],
    names: Sequence[Name],
    starts: frozenset[int],
    is_common: Callable[[str], bool],
    known_kinds: Mapping[str, str] = MappingProxyType({}),
) -> list[Name]:
    """The article's names after those with good evidence are marked at their other occurrences.

    `starts` are the words that begin a sentence: a single word there may be a capital by position alone.
    `known_kinds` ("United States": Place) count as one more occurrence.
    """
    names = _known_whole(words, _with_capitals(words, names, starts), starts, known_kinds)
    kinds = _majority(words, names, known_kinds)
    known = _evident(words, names, kinds, starts, is_common)
    names = [replace(name, kind=kinds[_text(words, name)]) for name in names]
    extra = list(_occurrences(words, names, known, starts, is_common))
    extra += _short_forms(words, [*names, *extra], starts)
    covered = {word for name in extra for word in range(name.start, name.end)}
    rest = [name for name in names if name.start not in covered]
    return sorted([*rest, *extra], key=lambda name: name.start)


def _with_capitals(words: Sequence[str], names: Sequence[Name], starts: frozenset[int]) -> list[Name]:
    """The names without those in lower case, in a text that writes capitals: "kettle" is no person there."""
    begins = [words[start] for start in starts if words[start][:1].isalpha()]
    if sum(word[:1].isupper() for word in begins) < max(3.0, CASED * len(begins)):
        return list(names)
    return [name for name in names if any(_marked(word) for word in words[name.start : name.end])]


def _marked(word: str) -> bool:
    return any(char.isupper() or char.isdigit() or not char.isascii() for char in word)


def _known_whole(
    words: Sequence[str], names: Sequence[Name], starts: frozenset[int], known: Mapping[str, str]
) -> list[Name]:
    """Names of which only a part was marked made whole, where the whole is known ("United States", not "States")."""
    longest = max((text.count(" ") + 1 for text in known), default=0)
    kept: list[Name] = []
    for name in names:
        whole = next(
            (
                (start, end)
                for size in range(longest, name.end - name.start, -1)
                for start in range(max(0, name.end - size), name.start + 1)
                if name.end <= (end := start + size) <= len(words) and " ".join(words[start:end]) in known
                and not any(at in starts for at in range(start + 1, end))
            ),
            (name.start, name.end),
        )
        if not kept or kept[-1].end <= whole[0]:
            kept.append(replace(name, start=whole[0], end=whole[1]))
    return kept


def _short_forms(words: Sequence[str], names: Sequence[Name], starts: frozenset[int]) -> Iterable[Name]:
    """The last word of a longer organisation's name, standing alone with a capital ("Insider" for Business Insider).

    A capital at the beginning of a sentence counts only where another one stands within a sentence.
    """
    covered = {word for name in names for word in range(name.start, name.end)}
    longer = [_text(words, name) for name in names if name.kind == "Organization" and name.end - name.start > 1]
    last = {text[-1] for text in longer if has_capital(text[-1]) and text[-1] not in LEGAL_FORMS}
    alone = [n for n, word in enumerate(words) if word in last and n not in covered and not _capital_beside(words, n)]
    evident = {words[n] for n in alone if n not in starts and words[n - 1] not in OPENINGS}
    return [Name(n, n + 1, "Organization", SURE) for n in alone if words[n] in evident]


def _capital_beside(words: Sequence[str], n: int) -> bool:
    return any(has_capital(word) for word in (*words[max(0, n - 1) : n], *words[n + 1 : n + 2]))


def _text(words: Sequence[str], name: Name) -> Text:
    return tuple(words[name.start : name.end])


def _majority(words: Sequence[str], names: Iterable[Name], known: Mapping[str, str]) -> dict[Text, str]:
    """The kind of each text: that with the largest sum of probabilities, ties by name."""
    sums: dict[Text, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name in names:
        sums[_text(words, name)][name.kind] += name.sure
    for text, votes in sums.items():
        if " ".join(text) in known:
            votes[known[" ".join(text)]] += 1.0
    for text, more in _related(sums):
        for kind, vote in more:
            sums[text][kind] += vote
    return {text: min(found, key=lambda kind: (-round(found[kind], 3), kind)) for text, found in sums.items()}


def _related(sums: Mapping[Text, Mapping[str, float]]) -> list[tuple[Text, list[tuple[str, float]]]]:
    """Votes that short forms get from longer names of the article: "Crew Dragon" from "Harrow Crew Dragon".

    A single word is a short form of a person or a product only ("Ford" is not a place for "Mount Ford"); an acronym
    stands for the name whose capitals it has, and a name in capitals for the same name without.
    """
    same_end: dict[str, list[Text]] = defaultdict(list)
    stood_for: dict[str, list[Text]] = defaultdict(list)
    for text in sums:
        same_end[text[-1]].append(text)
        for short in {" ".join(text).upper(), _initials(text)}:
            stood_for[short].append(text)
    found = []
    for text in sums:
        for longer in same_end[text[-1]]:
            if len(longer) > len(text) and longer[-len(text) :] == text:
                votes = sums[longer].items()
                found.append((text, [one for one in votes if len(text) > 1 or one[0] in ("Person", "Product")]))
        written = " ".join(text)
        for other in stood_for[written] if len(written) > 1 else ():
            if other != text:
                found.append((text, list(sums[other].items())))
    return found


def _initials(text: Text) -> str:
    return "".join(word[0] for word in text if word[:1].isupper())


def _evident(
    words: Sequence[str],
    names: Iterable[Name],
    kinds: dict[Text, str],
    starts: frozenset[int],
    is_common: Callable[[str], bool],
) -> dict[str, list[tuple[Text, str]]]:
    """Texts to look for elsewhere, by their first word, the longest first."""
    found: dict[str, set[Text]] = defaultdict(set)
    for name in names:
        text = _text(words, name)
        single = len(text) == 1
        capital = text[0][:1].isupper() or any(map(str.isupper, text[-1]))
        by_position = single and name.start in starts and is_common(text[0])
        if name.sure >= SURE and capital and not by_position and kinds[text] != "Group":
            found[text[0]].add(text)
    order = lambda text: (-len(text), text)  # noqa: E731
    return {first: [(text, kinds[text]) for text in sorted(texts, key=order)] for first, texts in found.items()}


def _occurrences(
    words: Sequence[str],
    names: Sequence[Name],
    known: dict[str, list[tuple[Text, str]]],
    starts: frozenset[int],
    is_common: Callable[[str], bool],
) -> Iterable[Name]:
    """Occurrences of the known texts that are not marked yet and cut through no marked name."""
    owner = {word: name for name in names for word in range(name.start, name.end)}
    at = 0
    while at < len(words):
        step = 1
        for text, kind in known.get(words[at], ()):
            end = at + len(text)
            if tuple(words[at:end]) != text or any(word in starts for word in range(at + 1, end)):
                continue
            if len(text) == 1 and at in starts and is_common(text[0]):
                continue
            over = {owner[word] for word in range(at, end) if word in owner}
            if all(at <= name.start and name.end <= end and name.end - name.start < len(text) for name in over):
                yield Name(at, end, kind, SURE)
                step = len(text)
                break
        at += step
