"""Names in an article: the best well-formed labels of each sentence, then agreement within the article.

A name found with good evidence ("One Medical" in the first line) is marked wherever it is written in
the same way, with the kind that most of its occurrences have.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from kg.language.kinds import LABELS, OUTSIDE, TITLES, follows, spans, trimmed

NEVER = -1e6
LAST_WORDS = {
    **dict.fromkeys(("Act", "Treaty", "Amendment", "Constitution", "Directive"), "Law"),
    **dict.fromkeys(("Olympics", "Championship", "Championships", "Festival"), "Event"),
}
"""Kinds that a longer name's last word decides; the open sets hold few laws to learn them from."""
LEGAL_FORMS = ("Inc", "Corp", "Ltd", "LLC", "Co", "plc", "PLC", "GmbH", "AG", "L.L.C", "N.V", "S.A", "SE", "LP")
CAUTION = 0.5
"""Added to "no name": on UNER's development part F1 rose by 0.8, false organisations fell most."""
SURE = 0.6
"""Probability a word from which a name counts as good evidence for its other occurrences."""
_MODEL = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9]+s?|\d{3,}")
_MAY_FOLLOW = np.array([[follows(one, two) for two in range(len(LABELS))] for one in range(len(LABELS))])
_PENALTY = np.where(_MAY_FOLLOW, 0.0, NEVER)
_EDGE = np.array([0.0 if follows(0, one) else NEVER for one in range(len(LABELS))])
_LAST = np.array([0.0 if follows(one, 0) else NEVER for one in range(len(LABELS))])


@dataclass(frozen=True, slots=True)
class Name:
    """Words `start` to `end` of the article as a name; `sure` is its probability a word, 0 to 1."""

    start: int
    end: int
    kind: str
    sure: float


def best_labels(scores: NDArray[np.float32]) -> list[int]:
    """The best sequence of labels in which every name begins and ends; scores are (words, labels)."""
    greedy = scores.argmax(axis=1)
    padded = [0, *(int(label) for label in greedy), 0]
    if all(_MAY_FOLLOW[one, two] for one, two in pairwise(padded)):
        return padded[1:-1]
    total = scores[0].astype(np.float64) + _EDGE
    back = []
    for row in scores[1:]:
        ways = np.round(total[:, None] + _PENALTY, 3)
        back.append(ways.argmax(axis=0))
        total = ways.max(axis=0) + row
    path = [int((total + _LAST).argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def in_sentence(words: Sequence[str], scores: NDArray[np.float32], first: int) -> list[Name]:
    """Names of a sentence whose first word is the article's word `first`; scores are log probabilities."""
    cautious = scores.copy()
    cautious[:, OUTSIDE] += CAUTION
    labels = best_labels(cautious)
    found = []
    for start, end, kind in spans(labels):
        mean = float(np.mean([scores[word, labels[word]] for word in range(start, end)]))
        begin, stop = trimmed(words, start, end, (kind,))
        stop = _with_form(words, begin, stop, kind)
        text = words[begin:stop]
        only_titles = kind == "Person" and all(word.lower().rstrip(".") in TITLES for word in text)
        if any(map(str.isalnum, "".join(text))) and not only_titles:
            found.append(Name(first + begin, first + stop, _kind(text, kind), round(math.exp(mean), 3)))
    found = _apart(found)
    return sorted([*found, *_by_capitals(words, scores, first, found)], key=lambda name: name.start)


def _by_capitals(
    words: Sequence[str], scores: NDArray[np.float32], first: int, names: Sequence[Name]
) -> Iterable[Name]:
    """Two or more capitalised words within a sentence are a name, whatever the network says ("Business Insider").

    The kind is the likeliest one. Headlines, where most words have a capital, tell nothing by it.
    """
    if sum(word[:1].islower() for word in words) < max(3, sum(map(_has_capital, words))):
        return
    covered = {word for name in names for word in range(name.start - first, name.end - first)}
    free = [n > 0 and n not in covered and _has_capital(word) for n, word in enumerate(words)]
    for start, end in _runs(free):
        beside = start - 1 in covered or end in covered or words[start - 1] in OPENINGS
        if end - start > 1 and not beside:
            yield Name(first + start, first + end, _likeliest(scores[start:end]), SURE)


OPENINGS = frozenset('"“‘«:;(.…?!—–-')
"""Behind these a capital may begin a sentence of its own."""


def _has_capital(word: str) -> bool:
    return word[:1].isupper() and word[1:].islower() and word.isalpha() and len(word) > 1


def _runs(flags: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """The unbroken runs of true flags, as [start, end)."""
    start = None
    for n, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = n
        elif not flag and start is not None:
            yield start, n
            start = None


def _likeliest(scores: NDArray[np.float32]) -> str:
    """The kind with the largest probability over some words, outside and groups left out."""
    sums: dict[str, float] = defaultdict(float)
    for column, label in enumerate(LABELS):
        kind = label.partition("-")[2]
        if kind and kind != "Group":
            sums[kind] += float(np.exp(scores[:, column]).sum())
    return min(sums, key=lambda kind: (-round(sums[kind], 3), kind))


def _kind(text: Sequence[str], kind: str) -> str:
    """The kind, corrected where a longer name's last word decides: "Airbus A380" is a product."""
    if len(text) < 2:
        return kind
    if kind == "Organization" and _MODEL.fullmatch(text[-1]):
        return "Product"
    return LAST_WORDS.get(text[-1], kind)


def _with_form(words: Sequence[str], start: int, end: int, kind: str) -> int:
    """The end moved behind a legal form: "Google, Inc." is one name."""
    ahead = end + 1 if words[end : end + 1] == [","] else end
    follows_form = ahead < len(words) and words[ahead].rstrip(".") in LEGAL_FORMS
    return ahead + 1 if kind == "Organization" and end > start and follows_form else end


def _apart(names: Iterable[Name]) -> list[Name]:
    """The names without those that begin inside an earlier one."""
    kept: list[Name] = []
    for name in names:
        if not kept or kept[-1].end <= name.start:
            kept.append(name)
    return kept


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
    kinds = _majority(words, names, known_kinds)
    known = _evident(words, names, kinds, starts, is_common)
    names = [replace(name, kind=kinds[_text(words, name)]) for name in names]
    extra = list(_occurrences(words, names, known, starts, is_common))
    extra += _short_forms(words, [*names, *extra], starts)
    covered = {word for name in extra for word in range(name.start, name.end)}
    rest = [name for name in names if name.start not in covered]
    return sorted([*rest, *extra], key=lambda name: name.start)


def _short_forms(words: Sequence[str], names: Sequence[Name], starts: frozenset[int]) -> Iterable[Name]:
    """The last word of a longer organisation's name, standing alone with a capital ("Insider" for Business Insider).

    A capital at the beginning of a sentence counts only where another one stands within a sentence.
    """
    covered = {word for name in names for word in range(name.start, name.end)}
    longer = [_text(words, name) for name in names if name.kind == "Organization" and name.end - name.start > 1]
    last = {text[-1] for text in longer if _has_capital(text[-1]) and text[-1] not in LEGAL_FORMS}
    alone = [n for n, word in enumerate(words) if word in last and n not in covered and not _capital_beside(words, n)]
    evident = {words[n] for n in alone if n not in starts and words[n - 1] not in OPENINGS}
    return [Name(n, n + 1, "Organization", SURE) for n in alone if words[n] in evident]


def _capital_beside(words: Sequence[str], n: int) -> bool:
    return any(_has_capital(word) for word in (*words[max(0, n - 1) : n], *words[n + 1 : n + 2]))


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
    return {text: min(found, key=lambda kind: (-round(found[kind], 3), kind)) for text, found in sums.items()}


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
