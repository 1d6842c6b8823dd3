"""Names in treebanks: what UNER and GUM's entities say of the words of EWT and GUM.

One convention for all sets: titles ("Mr.", "CEO"), a leading "the" and a trailing "'s" are outside a
name, "Inc." is inside. Where a set says nothing of a kind, its "O" allows that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kg.language.kinds import ANY, KINDS, ONLY_OUTSIDE, listed, mask, places, trimmed
from kg.language.train.treebank import Document, Sentence

Found = tuple[int, int, tuple[str, ...]]
"""First word, word after the last, kinds it may have; no kinds: it may be anything."""

DATES = frozenset(
    listed(
        "january february march april may june july august september october november december jan feb mar apr "
        "jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues "
        "wed thu thurs fri sat sun"
    )
)
JOINERS = frozenset(listed("of the for and & in with to a on 's ' - / de la von van der du des le el al y ' . , :"))
FUNCTION_WORDS = frozenset(
    listed(
        "a an the this that these those he she it they we i you his her its their our my your in on at by "
        "with from to for of and or but as if when while after before since because although though however "
        "is are was were has have had do does did not no there here then what who which how why where also "
        "both all some many most each"
    )
)
"""With a capital these only begin a sentence, unless the gold has them inside a name."""
OPEN_TAGS = frozenset(("PROPN", "ADP", "DET", "X", "NUM", "PUNCT", "CCONJ", "SYM"))
"""Tags of words that may belong to a name which a set does not mark."""
UNER = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}
GUM: Mapping[str, tuple[str, ...]] = {
    "person": ("Person",),
    "organization": ("Organization",),
    "place": ("Place",),
    "event": ("Event",),
    "object": ("Product", "Work", "Other", "Place"),
    "abstract": ("Work", "Law", "Other", "Event", "Product"),
}


def mark(words: Sequence[str], found: Iterable[Found], outside: Sequence[int]) -> list[int]:
    """Allowed labels of each word: those of the names found, and `outside` for the other words."""
    allowed = list(outside)
    for first, last, kinds in found:
        start, end = trimmed(words, first, last, kinds)
        for position in range(first, last):
            allowed[position] = ONLY_OUTSIDE
        if not kinds:
            allowed[start:end] = [ANY] * (end - start)
            continue
        for position, place in zip(range(start, end), places(end - start), strict=True):
            allowed[position] = mask(kinds, place)
    return allowed


def outside(words: Sequence[str], known: Iterable[str], groups: frozenset[str] = frozenset()) -> list[int]:
    """What a word outside all names may be, in a set that marks only the known kinds."""
    others = set(KINDS) - set(known)
    free = ONLY_OUTSIDE | mask(others) if others else ONLY_OUTSIDE
    group = mask(["Group"], "S") | mask(others - {"Group"})
    allowed = []
    for position, word in enumerate(words):
        if not can_be_name(words, position):
            allowed.append(ONLY_OUTSIDE)
        else:
            allowed.append(group if "Group" in others and word in groups else free)
    return allowed


def can_be_name(words: Sequence[str], position: int) -> bool:
    """Whether a word looks as if it could belong to a name: a capital, or a joiner between capitals."""
    word = words[position]
    if word.lower().rstrip(".") in DATES and word.lower() != "may":
        return False
    if any(map(str.isupper, word)):
        return not (word[1:].islower() and word.lower() in FUNCTION_WORDS) and word not in ("A", "I")

    def near(part: Sequence[str]) -> bool:
        return any(any(map(str.isupper, other)) for other in part)

    joins = word.lower() in JOINERS or word.isdigit()
    return (
        joins
        and near(words[max(0, position - 2) : position])
        and (word.isdigit() or near(words[position + 1 : position + 3]))
    )


def group_words(documents: Iterable[Document]) -> frozenset[str]:
    """Adjectives with a capital in their lemma ("Australian"), seen at least twice."""
    counts: dict[str, int] = {}
    for document in documents:
        for sentence in document:
            for position in range(len(sentence.words)):
                if _is_group(sentence, position):
                    counts[sentence.words[position]] = counts.get(sentence.words[position], 0) + 1
    return frozenset(word for word, count in counts.items() if count > 1)


def _is_group(sentence: Sentence, position: int) -> bool:
    lemma, word = sentence.lemmas[position], sentence.words[position]
    is_adjective = sentence.upos[position] == "ADJ" and sentence.xpos[position] == "JJ"
    return is_adjective and len(lemma) > 3 and lemma.isalpha() and lemma[0].isupper() and word[1:].islower()


def _rest(sentence: Sentence, known: Iterable[str]) -> list[int]:
    """`outside` for a sentence with gold tags: only proper nouns stay open."""
    allowed = outside(sentence.words, known)
    for position, tag in enumerate(sentence.upos):
        if _is_group(sentence, position):
            allowed[position] = mask(["Group"], "S")
        elif tag not in OPEN_TAGS:
            capital = tag in ("NOUN", "ADJ") and position and sentence.words[position][0].isupper()
            allowed[position] = allowed[position] if capital else ONLY_OUTSIDE
    return allowed


def read_uner(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Words and labels (`B-PER`, …, `O`) of each sentence, by its id."""
    read = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        name = re.search(r"^# sent_id = (.*)$", block, re.M)
        rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
        if name and rows:
            tags = [row[2] if row[2][2:] in UNER else "O" for row in rows]
            read[name.group(1)] = ([row[1] for row in rows], tags)
    return read


def tag_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans of BIO or IO tags; a change of label or a B begins a new one."""
    found: list[tuple[int, int, str]] = []
    before = "O"
    for position, tag in enumerate(tags):
        if tag != "O" and (tag[0] == "B" or before[1:] != tag[1:]):
            found.append((position, position + 1, tag[2:]))
        elif tag != "O":
            found[-1] = (found[-1][0], position + 1, tag[2:])
        before = tag
    return found


def add_uner(documents: Iterable[Document], uner: Mapping[str, tuple[list[str], list[str]]]) -> None:
    """Write UNER's names into EWT's sentences where the words are still the same."""
    for document in documents:
        for sentence in document:
            words, tags = uner.get(sentence.name, ([], []))
            if words == sentence.words:
                found = [(first, last, (UNER[kind],)) for first, last, kind in tag_spans(tags)]
                sentence.names = mark(words, found, _rest(sentence, UNER.values()))


def add_gum(documents: Iterable[Document]) -> None:
    """Write the names among GUM's entities into its sentences.

    GUM calls a country that acts an organisation; here it is the place that it is elsewhere in GUM.
    """
    found = [(sentence, _longest(_gum_names(sentence))) for document in documents for sentence in document]
    known = {_text(sentence, name) for sentence, names in found for name in names if name[2] == ("Place",)}
    for sentence, names in found:
        for index, name in enumerate(names):
            if name[2] == ("Organization",) and _text(sentence, name) in known:
                names[index] = (name[0], name[1], ("Place",))
        free = [
            ANY if tag == "PROPN" and allowed != ONLY_OUTSIDE else allowed
            for tag, allowed in zip(sentence.upos, _rest(sentence, KINDS), strict=True)
        ]
        sentence.names = mark(sentence.words, names, free)


def _text(sentence: Sentence, name: Found) -> str:
    return " ".join(sentence.words[name[0] : name[1]])


def _longest(found: Iterable[Found]) -> list[Found]:
    """The longest of overlapping spans."""
    kept: list[Found] = []
    for name in sorted(found, key=lambda name: (name[0] - name[1], name[0])):
        if all(name[1] <= other[0] or other[1] <= name[0] for other in kept):
            kept.append(name)
    return kept


def gum_mentions(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Entities as (first word, word after the last, type), out of the Entity brackets in MISC."""
    found = []
    stack: list[tuple[str, str, int]] = []
    for position, misc in enumerate(sentence.misc):
        value = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        for part in re.findall(r"\([^()]*|[^()]*\)", value):
            if part[0] == "(":
                fields = part[1:].split("-")
                stack.append((fields[0], fields[1] if len(fields) > 1 else "", position))
                continue
            match = [item for item in stack if item[0] == part[:-1]] if part != ")" else stack
            if match:
                item = match[-1]
                stack.remove(item)
                found.append((item[2], position + 1, item[1]))
    return found


def _gum_names(sentence: Sentence) -> Iterable[Found]:
    for first, last, kind in gum_mentions(sentence):
        inside = range(first, last)
        tops = [at for at in inside if not first <= sentence.heads[at] - 1 < last]
        if len(tops) != 1 or sentence.upos[tops[0]] != "PROPN" or kind == "time":
            continue
        start, end = _name_part(sentence, first, last, tops[0], kind)
        single_group = end - start == 1 and kind == "person" and sentence.xpos[start] == "NNPS"
        yield start, end, ("Group",) if single_group else GUM.get(kind, ())


def _name_part(sentence: Sentence, first: int, last: int, top: int, kind: str) -> tuple[int, int]:
    """The part of an entity that is its name: capitals around its head, "of" and "&" between them."""
    bridges = () if kind == "person" else ("of", "&", "for", "the")

    def fits(at: int) -> bool:
        word = sentence.words[at]
        return sentence.upos[at] == "PROPN" or (word[0].isupper() and sentence.upos[at] in ("ADJ", "NOUN", "NUM", "X"))

    start, end = top, top + 1
    while start > first and fits(start - 1):
        start -= 1
    while end < last:
        if fits(end):
            end += 1
            continue
        ahead = end
        while ahead < last and sentence.words[ahead] in bridges:
            ahead += 1
        if ahead == end or ahead >= last or not fits(ahead):
            break
        end = ahead + 1
    return start, end
