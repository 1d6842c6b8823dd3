"""Two names -> why they may be of one thing: pure tests of names; what the articles say is weighed in ``across``."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from kg.records import Kind
from kg.resolve.given import SHORT, short_for
from kg.resolve.naming import expanded, initials, name, same_person, squeezed
from kg.resolve.words import GENERATION, UMBRELLA


class Likeness(NamedTuple):
    """Why two names may be of one thing, how sure that is (0 to 1), whether their articles must have more in common."""

    reason: str
    score: float
    wants_more: bool


REMEMBERED: Final = 1 << 16
"""How many pairs of names are kept with what came out."""
_LONG: Final = 5
"""Letters that a word must have for one letter more or less to be a slip."""


def variant_blocks(words: str, kind: Kind) -> set[str]:
    """What two names that are variants of one have at least one of in common.

    >>> sorted(variant_blocks("ann b lee", "Person")), variant_blocks("lee", "Person")
    (['%ann b', '%ann l', '&lee a', '&lee b'], set())
    """
    if kind == "Person":
        return _person_blocks(tuple(words.split()))
    rest, _, last = words.rpartition(" ")
    forms = {words, rest} if last in UMBRELLA and rest else {words}
    return {f"~{squeezed(expanded(form))}" for form in forms}


def _person_blocks(words: tuple[str, ...]) -> set[str]:
    """First name with the initial of the last word, surname with that of the first; so for what may be left out."""
    core = tuple(word for word in words if word not in GENERATION)
    if len(core) < 2:
        return set()
    found = {f"%{core[0]} {last[0]}" for last in core[1:]}
    firsts = {*core[:-1], *(full for word in core[:-1] for full in SHORT.get(word, ()))}
    return found | {f"&{core[-1]} {first[0]}" for first in firsts}


@lru_cache(maxsize=REMEMBERED)
def persons(short: str, long: str) -> Likeness | None:
    """Two full names of persons, in their normal forms, the one with fewer words first.

    >>> persons("joe biden", "joseph r biden").reason, persons("george bush", "laura bush")
    ('short form of the first name', None)
    """
    a, b = name(short, "Person"), name(long, "Person")
    if len(a.words) < 2 or len(b.words) < 2:
        return None
    reason = same_person(a, b)
    if reason in ("same name", "name without the middle name"):
        return Likeness(reason, 0.9, wants_more=False)
    if reason is not None:
        return Likeness(reason, 0.8, wants_more=True)
    if a.surname == b.surname and short_for(a.words[0], b.words[0]):
        return Likeness("short form of the first name", 0.85, wants_more=True)
    if len(a.words) != len(b.words) or a.words[1:-1] != b.words[1:-1]:
        return None
    pairs = ((a.words[0], b.words[0]), (a.words[-1], b.words[-1]))
    differ = [(x, y) for x, y in pairs if x != y]
    if len(differ) == 1 and min(map(len, differ[0])) >= _LONG and _one_slip(*differ[0]):
        return Likeness("the same name in another spelling", 0.75, wants_more=True)
    return None


@lru_cache(maxsize=REMEMBERED)
def things(short: str, long: str) -> Likeness | None:
    """Two names of anything but persons, in their normal forms.

    >>> things("wal-mart", "walmart").reason, things("volkswagen", "volkswagen group").reason
    ('the same letters', 'same name with group or holding')
    >>> things("us senate", "united states senate").reason
    'the country by its usual name'
    """
    if squeezed(short) == squeezed(long) and len(squeezed(short)) >= _LONG:
        return Likeness("the same letters", 0.9, wants_more=False)
    if expanded(short) == expanded(long):
        return Likeness("the country by its usual name", 0.9, wants_more=False)
    a, b = short.split(), long.split()
    if b[:-1] == a and b[-1] in UMBRELLA:
        return Likeness("same name with group or holding", 0.85, wants_more=False)
    return None


def abbreviates(short: str, long: str) -> bool:
    """Whether a name of one word has the initials of another: «nato»."""
    return " " not in short and len(short) > 1 and short.upper() in initials(name(long, "Organization"))


def _one_slip(a: str, b: str) -> bool:
    """Whether two words differ in one letter, put in, left out or another."""
    if abs(len(a) - len(b)) > 1:
        return False
    short, long = sorted((a, b), key=len)
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


__all__ = ["Likeness", "abbreviates", "persons", "things", "variant_blocks"]
