"""What one article tells of each event that others may tell of, too: the ground of events across articles."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from kg.records import Extraction
from kg.resolve import gazetteer
from kg.resolve.event import Telling, own_keys, shared_key, tellings
from kg.resolve.event_sorts import PLACE_ROLES, SAME_ROLE, SORTS, UNDER, WIDE, group, sort_of
from kg.resolve.fillers import words as phrase
from kg.resolve.identity import is_local
from kg.resolve.naming import name

TITLES: Final = frozenset(("position",))
"""Roles that are filled by what somebody is, not by somebody: words tell them, with a capital or without."""

Fillers = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as one article tells it.

    ``named``: role -> keys of its named fillers, which are the same in every article; ``words``: role -> the words of
    those without a name; ``amounts``: its figures; ``times`` the TIMEX3 values; ``day`` the date of the article (ISO;
    "" where it has none). ``own`` is the key that the article alone gives, ``base`` one that other articles come to as
    well. ``countries`` and ``people`` are those of the keys that are countries' or persons'; ``about`` the keys of the
    names in the article that tell what it is about, kept where a figure tells the event. ``alone``: people decided that
    no other article tells of it.
    """

    article: str
    place: int
    class_: str
    named: Fillers
    words: Fillers
    amounts: frozenset[str]
    times: tuple[str, ...]
    day: str
    own: str
    base: str | None
    countries: frozenset[str]
    people: frozenset[str]
    about: frozenset[str] = frozenset()
    alone: bool = False

    @property
    def at(self) -> tuple[str, int]:
        """The article, and which of its events it is."""
        return self.article, self.place

    @property
    def core(self) -> frozenset[str]:
        """The keys of the participants that tell the event."""
        roles = sort_of(self.class_, self.class_, frozenset(self.named)).core
        return frozenset(key for role in roles for key in self.named.get(role, ()))

    def points(self) -> frozenset[str]:
        """What another telling must share with this one for the two to be compared."""
        sort = sort_of(self.class_, self.class_, frozenset(self.named))
        found = set(self.core if self.class_ in SORTS else self.core - self.countries)
        if sort.placed:
            found |= {key for role in PLACE_ROLES for key in self.named.get(role, ())}
        figures = {f"#{figure}" for figure in self.amounts} if self.about else set()
        return frozenset(f"{group(self.class_)} {key}" for key in found | figures)

    def dumps(self) -> str:
        """As one line of JSON, from which ``loads`` makes it again."""
        fields = (
            self.class_, _sorted(self.named), _sorted(self.words), sorted(self.amounts), self.times, self.day, self.own,
            self.base, sorted(self.countries), sorted(self.people), sorted(self.about), self.alone,
        )  # fmt: skip
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=16384)
def loads(article: str, place: int, line: str) -> Happening:
    """What ``Happening.dumps`` wrote."""
    class_, named, words, amounts, times, day, own, base, countries, people, about, alone = json.loads(line)
    return Happening(
        article, place, class_, _frozen(named), _frozen(words), frozenset(amounts), tuple(times), day, own, base,
        frozenset(countries), frozenset(people), frozenset(about), alone,
    )  # fmt: skip


def _sorted(fillers: Fillers) -> dict[str, list[str]]:
    return {role: sorted(fillers[role]) for role in sorted(fillers)}


def _frozen(fillers: dict[str, Any]) -> Fillers:
    return {role: frozenset(keys) for role, keys in fillers.items()}


def happenings(
    extraction: Extraction, about: frozenset[str] = frozenset(), alone: Container[str] = ()
) -> Iterator[Happening]:
    """The events of a linked extraction, under the final keys of its entities, that another article may tell of.

    ``about`` are the keys of the names that tell what the article is about, ``alone`` the own keys of events of which
    people decided that no other article tells of them.
    """
    told = tellings(extraction)
    own = own_keys(extraction, told)
    for place, telling in enumerate(told):
        found = _happening(extraction, place, telling, own[telling.members[0]], about)
        if found.points():
            yield replace(found, alone=found.own in alone)


def _happening(extraction: Extraction, place: int, telling: Telling, own: str, about: frozenset[str]) -> Happening:
    named: dict[str, set[str]] = {}
    words: dict[str, set[str]] = {}
    for role, entities in telling.roles.items():
        slot = SAME_ROLE.get((telling.class_, role), role)
        for index in entities:
            if slot not in TITLES and is_named(extraction, index):
                named.setdefault(slot, set()).add(extraction.entities[index].key)
            elif said := phrase(extraction.entities[index].name).content:
                words.setdefault(slot, set()).update(said)
    people, countries = _sorts_of_keys(extraction, telling)
    if telling.class_ == "Death":  # «the death of the company», a place in which somebody died
        named["victim"] = {key for key in named.get("victim", ()) if key in people}
    date = extraction.article.date
    amounts = frozenset(_amounts(extraction, telling))
    return Happening(
        extraction.article.id, place, telling.class_,
        {role: frozenset(keys) for role, keys in named.items() if keys},
        {role: frozenset(said) for role, said in words.items()},
        amounts, tuple(sorted(telling.times)), date.isoformat() if date else "", own,
        shared_key(extraction, telling), countries, people, about if amounts else frozenset(),
    )  # fmt: skip


def is_named(extraction: Extraction, index: int) -> bool:
    """Whether an entity has a name by which other articles know it, too; nations and kinds of things do not count."""
    entity = extraction.entities[index]
    return (
        not entity.unnamed
        and entity.kind not in ("Group", "Concept")
        and not entity.key.endswith("-concept")
        and not is_local(entity.key, extraction)
    )


def _sorts_of_keys(extraction: Extraction, telling: Telling) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of the people and of the countries that take part."""
    taking = [extraction.entities[index] for entities in telling.roles.values() for index in entities]
    people = frozenset(entity.key for entity in taking if entity.kind == "Person")
    forms = {entity.key: " ".join(name(entity.name, entity.kind).words) for entity in taking if entity.kind != "Person"}
    return people, frozenset(key for key, form in forms.items() if gazetteer.canonical(form))


def _amounts(extraction: Extraction, telling: Telling) -> Iterator[str]:
    """The exact figures, with their currency or percent; what is counted goes by many names («riders», «people»)."""
    for member in telling.members:
        for role in extraction.events[member].roles:
            if role.amount is not None:
                amount = extraction.amounts[role.amount]
                if amount.value is not None and amount.value > 1:
                    unit = amount.unit if amount.unit and (amount.unit.isupper() or amount.unit == "percent") else ""
                    yield f"{role.role.rpartition(':')[2]} {amount.value:g} {unit}".strip()


__all__ = ["UNDER", "WIDE", "Happening", "happenings", "is_named", "loads"]
