"""Who fills a role, by words: whether two phrases without a name may be of one thing («12 jets», «the aircraft»)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.records import Extraction
from kg.resolve.words import DETERMINERS, SMALL, listed, singular

_WORD: Final = re.compile(r"[^\W_]+")
_FIGURE: Final = re.compile(r"\d[\d,.]*")
_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "score": 20,
}  # fmt: skip
_EMPTY: Final = SMALL | DETERMINERS | _NUMBERS.keys() | listed(
    "new old former own post position job role office place thing case event day year month week time part member "
    "several many all other more most first second last next number s he she it they him them who which that"
)  # fmt: skip
"""Words that tell nothing of what a filler is."""
_OTHERS: Final = listed("other others another more further additional second third")
SHORTEST: Final = 3
"""Letters that a word must have to tell anything."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a phrase tells: its content words in the singular, the last of them before «of», those after it.

    ``proper`` are words with a capital or a figure in them ("Airbus", "A380"), ``numbers`` how many they are.
    ``others`` is whether the phrase says that they are not those named before («four other planets»).
    """

    content: frozenset[str]
    head: str
    after: frozenset[str]
    proper: frozenset[str]
    numbers: frozenset[str]
    others: bool = False


@lru_cache(maxsize=4096)
def words(phrase: str) -> Words:
    """The words of a phrase.

    >>> words("twelve new Airbus jets").head, sorted(words("the secretaries of state").content)
    ('jet', ['secretary', 'state'])
    """
    before, _, after = phrase.partition(" of ")
    lead = [singular(word) for word in _WORD.findall(before) if _tells(word)]
    rest = frozenset(singular(word) for word in _WORD.findall(after) if _tells(word))
    proper = (word.casefold() for word in _WORD.findall(phrase)[1:] if _tells(word) and word != word.lower())
    counted = (str(_NUMBERS[word]) for word in before.casefold().split() if word in _NUMBERS)
    figures = (found.strip(".,").replace(",", "") for found in _FIGURE.findall(before))
    figured = (figure for figure in figures if figure in phrase.replace(",", "").split())  # not that of "A380"
    return Words(
        frozenset(lead) | rest, lead[-1] if lead else "", rest, frozenset(proper), frozenset((*figured, *counted)),
        not _OTHERS.isdisjoint(phrase.casefold().split()),
    )  # fmt: skip


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST and word.casefold() not in _EMPTY and not word.isdigit()


def alike(a: Words, b: Words) -> bool:
    """Whether two phrases may be of one thing: one head, or proper words in common, and nothing that tells them apart.

    >>> alike(words("twelve new Airbus jets"), words("12 Airbus aircraft")), alike(words("6 jets"), words("ten jets"))
    (True, False)
    >>> alike(words("secretary of state"), words("secretary of justice")), alike(words("jets"), words("plants"))
    (False, False)
    """
    if a.others or b.others:
        return False
    for mine, theirs in ((a.numbers, b.numbers), (a.after, b.after), (a.proper, b.proper)):
        if mine and theirs and not mine & theirs:
            return False
    return bool(a.head and a.head == b.head) or proper(a, b)


def proper(a: Words, b: Words) -> bool:
    """Whether two phrases have a word in common that is nearly a name."""
    return bool(a.proper & b.proper)


def some_alike(extraction: Extraction, some: Iterable[int], others: Iterable[int], *, strictly: bool = False) -> bool:
    """Whether one of some entities and one of others are spoken of alike, and not both have names of their own.

    ``strictly``: by words that are nearly names.
    """
    for index in some:
        for other in others:
            both = [extraction.entities[i] for i in (index, other)]
            if all(entity.unnamed for entity in both):
                a, b = (words(entity.name) for entity in both)
                if alike(a, b) and (proper(a, b) or not strictly):
                    return True
    return False


__all__ = ["Words", "alike", "proper", "some_alike", "words"]
