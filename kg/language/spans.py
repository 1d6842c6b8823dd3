"""Names in a sentence: the best well-formed labels, and where a name begins and ends by its words."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.language.kinds import LABELS, OUTSIDE, TITLES, follows, listed, spans, trimmed

NEVER = -1e6
LAST_WORDS = {
    **dict.fromkeys(("Act", "Treaty", "Amendment", "Constitution", "Directive", "Clause"), "Law"),
    **dict.fromkeys(("Medal", "Prize"), "Other"),
    **dict.fromkeys(("Olympics", "Championship", "Championships", "Festival"), "Event"),
}
"""Kinds that a longer name's last word decides; the open sets hold few laws to learn them from."""
FIRST_WORDS = frozenset(listed("United Middle Native Latin Legislative Tropical"))
"""Words that hardly stand with a capital before a name without belonging to it."""
ORIGINS = frozenset(listed("African Asian Arab Mexican Cuban Irish Italian Chinese Japanese Korean Polish North South"))
SIDES = frozenset(listed("Eastern Western Northern Southern Upper Lower Greater"))
LEGAL_FORMS = ("Inc", "Corp", "Ltd", "LLC", "Co", "plc", "PLC", "GmbH", "AG", "L.L.C", "N.V", "S.A", "SE", "LP")
OFFICES_HELD = listed("operating financial technology marketing information legal press managing interim acting of and")
"""Words that go with titles: "Chief Operating Officer"."""
SHIPS = frozenset(listed("MV MS SS RMS HMS HMAS HMCS USS USNS USCGC INS"))
PARTICLES = frozenset(listed("de da del della der den di do dos du el al la le van von bin ibn ter ten zu"))
FIRMS = listed("Company Corporation Incorporated Limited Holdings Group")
OFFICES = listed(
    "Department Ministry Office Bureau Committee Commission Board School Institute Institution Agency Council Center "
    "Centre College Faculty Federation Association Academy Society Secretariat"
)
"""Words whose "of" may be followed by a list that belongs to the name."""
CAUTION = 1.0
"""Added to "no name": on UNER's development part F1 rose by 1.3, false organisations fell most."""
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


def in_sentence(
    words: Sequence[str], scores: NDArray[np.float32], first: int, proper: Sequence[bool] | None = None,
    glued: Sequence[bool] | None = None,
) -> list[Name]:
    """Names of a sentence whose first word is the article's word `first`; scores are log probabilities.

    `proper` says which words the tagger calls proper nouns; capitals alone make a name of those only. `glued` says
    behind which words there is no blank: a hyphen joins names only so.
    """
    cautious = scores.copy()
    cautious[:, OUTSIDE] += CAUTION
    labels = best_labels(cautious)
    found = []
    for start, end, kind in spans(labels):
        sure = round(math.exp(float(np.mean([scores[word, labels[word]] for word in range(start, end)]))), 3)
        for begin, stop in _listed(words, start, end):
            begin, stop = trimmed(words, *_capitals(words, begin, stop, kind), (kind,))
            begin, stop = _begun(words, _ship(words, begin)), _whole(words, begin, stop, kind)
            text = words[begin:stop]
            if _can_be(text, kind):
                found.append(Name(first + begin, first + stop, _kind(text, kind), sure))
    found = [_hyphened(words, name, first, found, glued or ()) for name in found]
    found = _apart(found)
    by_capitals = _by_capitals(words, scores, first, found, proper or [True] * len(words))
    return sorted([*found, *by_capitals], key=lambda name: name.start)


def _can_be(text: Sequence[str], kind: str) -> bool:
    """Whether words may be a name: no address of a mailbox, no titles alone ("Prime Minister"), not only marks."""
    plain = [word.lower().rstrip(".") for word in text]
    if (kind == "Person" or len(text) > 1) and all(word in TITLES or word in OFFICES_HELD for word in plain):
        return False
    return any(map(str.isalnum, "".join(text))) and not any("@" in word for word in text)


def _capitals(words: Sequence[str], start: int, end: int, kind: str) -> tuple[int, int]:
    """The span of a person or place without words in lower case at its ends ("central Mexico", "Harrow hospital")."""
    if kind not in ("Person", "Place") or all(word.islower() for word in words[start:end]):
        return start, end
    while words[start].islower() and words[start] not in PARTICLES:
        start += 1
    while words[end - 1].islower():
        end -= 1
    return start, end


def _ship(words: Sequence[str], start: int) -> int:
    """The start moved to a ship's prefix: "MV Professor Ada Finch" is no professor."""
    at = start
    while at > 0 and words[at - 1].lower().rstrip(".") in TITLES:
        at -= 1
    return at - 1 if at > 0 and words[at - 1] in SHIPS else start


def _hyphened(words: Sequence[str], name: Name, first: int, names: Sequence[Name], glued: Sequence[bool]) -> Name:
    """The name with what a hyphen joins to it: "Eva Lind-Holm", unless that is a name by itself ("UK-France")."""
    end = name.end - first
    joined = end + 1 < len(words) and words[end] == "-" and all(glued[end - 1 : end + 1]) and len(glued) > end
    behind = [one for one in names if one.start == name.end + 1]
    apart = any(one.kind != name.kind or one.kind in ("Place", "Group") for one in behind)
    if not joined or apart or not words[end + 1][:1].isupper():
        return name
    return Name(name.start, max([name.end + 2, *(one.end for one in behind)]), name.kind, name.sure)


def _begun(words: Sequence[str], start: int) -> int:
    """The start moved before a word that only begins names: "Middle | Eastern", "United | States Constitution"."""
    before = words[start - 1] if start > 0 else ""
    origin = before in ORIGINS and words[start].startswith("American")
    side = before in SIDES and start > 1  # within a sentence a capital is meant
    return start - 1 if words[start][:1].isupper() and (before in FIRST_WORDS or origin or side) else start


def _listed(words: Sequence[str], start: int, end: int) -> Iterable[tuple[int, int]]:
    """A span cut at commas between capitals ("GM, Chrysler"), unless a legal form follows ("Google, Inc.").

    It is cut at "and" too where its first word comes again: "Center for Food and Center for Lamps".
    """
    begun = start
    for at in range(start + 1, end - 1):
        comma = words[at] == "," and words[at + 1].rstrip(".") not in LEGAL_FORMS and words[at + 1][:1].isupper()
        if comma or (words[at] == "and" and words[at + 1] == words[start]):
            yield begun, at
            begun = at + 1
    yield begun, end


def _by_capitals(
    words: Sequence[str], scores: NDArray[np.float32], first: int, names: Sequence[Name], proper: Sequence[bool]
) -> Iterable[Name]:
    """Two or more capitalised proper nouns within a sentence are a name, whatever the labels say.

    So "Business Insider" is found. The kind is the likeliest one. Headlines, where most words have a capital, tell
    nothing by it.
    """
    if sum(word[:1].islower() for word in words) < max(3, sum(map(has_capital, words))):
        return
    covered = {word for name in names for word in range(name.start - first, name.end - first)}
    free = [n > 0 and n not in covered and proper[n] and has_capital(word) for n, word in enumerate(words)]
    for start, end in _runs(free):
        beside = start - 1 in covered or end in covered or words[start - 1] in OPENINGS
        kind = _likeliest(scores[start:end])
        if end - start > 1 and not beside and _can_be(words[start:end], kind):
            yield Name(first + start, first + end, kind, SURE)


OPENINGS = frozenset('"“‘«:;(.…?!—–-')
"""Behind these a capital may begin a sentence of its own."""


def has_capital(word: str) -> bool:
    """Whether a word is written with one capital, at its beginning."""
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
    if text[0] in SHIPS or (kind == "Organization" and _MODEL.fullmatch(text[-1])):
        return "Product"
    return LAST_WORDS.get(text[-1], kind)


def _whole(words: Sequence[str], start: int, end: int, kind: str) -> int:
    """The end moved behind what belongs to an organisation's name.

    A legal form: "Google, Inc."; a noun of firms: "Ford Motor Company"; the rest of a list under "of": "Department of
    Housing and Urban Development".
    """
    if kind == "Place" and list(words[end : end + 2]) == [",", "D.C."]:
        return end + 2
    if kind != "Organization" or end <= start:
        return end
    while words[end : end + 1] and words[end] in FIRMS:
        end += 1
    if _office_of(words[start:end]) and words[end : end + 1] and words[end] in ("and", "&"):
        repeated = words[end + 1 : end + 2] == words[start : start + 1]  # "Center for X and Center for Y" are two
        after = end + 1
        while words[after : after + 1] and has_capital(words[after]):
            after += 1
        end = after if after > end + 1 and not repeated else end
    ahead = end + 1 if words[end : end + 1] == [","] else end
    return ahead + 1 if words[ahead : ahead + 1] and words[ahead].rstrip(".") in LEGAL_FORMS else end


def _office_of(name: Sequence[str]) -> bool:
    return any(word in OFFICES and after in ("of", "for", "on") for word, after in pairwise(name))


def _apart(names: Iterable[Name]) -> list[Name]:
    """The names without those that begin inside an earlier one."""
    kept: list[Name] = []
    for name in names:
        if not kept or kept[-1].end <= name.start:
            kept.append(name)
    return kept
