"""Entities of one name -> nodes: how many things bear it, as far as their articles tell them apart.

To be one is the rule: in news, two articles that write one full name nearly always mean one person. Two are kept
apart only where something tells two kinds of thing («the airline», «the river»), or where what is told of two people
cannot be true of one and they have nobody and nothing else in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from kg.names import digest
from kg.records import Kind
from kg.resolve.memory import Local

Placed = dict[tuple[str, int], str]
"""Article and place of an entity -> its node."""

KINDS: Final[tuple[Kind, ...]] = (
    "Person", "Organization", "Place", "Product", "Work", "Event", "Law", "Group", "Concept", "Other",
)  # fmt: skip
_LOOSE: Final = frozenset(("Other", "Group", "Concept"))
"""Kinds that are given where nothing better is known: they tell no two things of one name apart."""
TOLD: Final = 3
"""How much more an article counts that tells the kind by a noun than one where it is only read so."""


def facets(rows: list[Local], *, taken: bool, apart: Callable[[list[Local], list[Local]], bool]) -> Placed:
    """The node of each entity of one name.

    ``taken`` is whether the name is the key of a thing in the gazetteer, so that nothing else may have it.
    ``apart(some, others)`` is whether two groups of articles have no telling name in common.
    """
    by_kind: dict[str, list[Local]] = {}
    kinds = _kinds(rows)
    for row in rows:
        by_kind.setdefault(kinds[row.thing or row.kind], []).append(row)
    ranked = sorted(by_kind, key=lambda kind: (not any(row.thing for row in by_kind[kind]), -len(by_kind[kind]), kind))
    placed: Placed = {}
    for number, kind in enumerate(ranked):
        same = by_kind[kind]
        plain = number == 0 and (not taken or any(row.thing for row in same))
        bucket = same[0].bucket if plain else f"{same[0].bucket}-{kind.split('/')[0].lower()}"
        placed |= _persons(bucket, same, apart) if kind == "Person" else dict.fromkeys(map(_at, same), bucket)
    return placed


def _at(row: Local) -> tuple[str, int]:
    return row.article, row.place


def _kinds(rows: Iterable[Local]) -> Mapping[str, str]:
    """Kind as read (or thing of the gazetteer) -> the kind that it is counted with.

    A kind is one of its own only where some article tells it by a noun, and another article tells another one.
    """
    rows = list(rows)
    if any(row.ambiguous for row in rows):  # «Atlantic», the ocean: only what was read as the magazine is it
        others = [row for row in rows if not row.thing]
        return {**(_kinds(others) if others else {}), **{row.thing: row.thing for row in rows if row.thing}}
    votes: Counter[str] = Counter()
    told: set[str] = set()
    for row in rows:
        label = row.thing or row.kind
        votes[label] += TOLD if row.told or row.thing else 1
        if row.thing or (row.told and row.kind not in _LOOSE):
            told.add(label)
    order: dict[str, int] = {kind: place for place, kind in enumerate(KINDS)}
    plain = [kind for kind in votes if kind not in _LOOSE] or list(votes)
    main = max(sorted(plain), key=lambda kind: (kind in told, votes[kind], -order.get(kind, -1)))
    things = {row.thing for row in rows if row.thing}
    return {label: label if label in told and (label in things or main in told) else main for label in votes}


# people of one full name


def _persons(bucket: str, rows: list[Local], apart: Callable[[list[Local], list[Local]], bool]) -> Placed:
    """People of one full name: groups whose articles contradict each other, each by its earliest article."""
    groups: list[list[Local]] = []
    neutral: list[Local] = []
    for row in rows:
        if not (row.gender or row.born_from or row.fields):
            neutral.append(row)
    told: dict[tuple[object, ...], list[Local]] = {}
    for row in rows:
        if row.gender or row.born_from or row.fields:
            told.setdefault((row.gender, row.born_from, row.born_to, row.fields), []).append(row)
    for same in sorted(told.values(), key=lambda same: (-len(same), _at(same[0]))):
        home = next((group for group in groups if not _two(group, same, apart)), None)
        if home is None:
            groups.append(list(same))
        else:
            home.extend(same)
    if len(groups) < 2:
        return dict.fromkeys(map(_at, rows), bucket)
    groups.sort(key=lambda group: (-len(group), min(map(_at, group))))
    for row in neutral:
        home = next((group for group in groups if not apart(group, [row])), groups[0])
        home.append(row)
    names = [bucket, *(f"{bucket}-{digest(min(map(_at, group))[0], length=8)}" for group in groups[1:])]
    return {_at(row): name for name, group in zip(names, groups, strict=True) for row in group}


def _two(some: list[Local], others: list[Local], apart: Callable[[list[Local], list[Local]], bool]) -> bool:
    """Whether what is told of some cannot be true of the others, and nothing else connects them."""
    return any(_contradict(a, b) for a in some for b in others[:1]) and apart(some, others)


def _contradict(a: Local, b: Local) -> bool:
    if a.gender and b.gender and a.gender != b.gender:
        return True
    if a.born_from and a.born_to and b.born_from and b.born_to and not a.born_from - 1 <= b.born_to <= a.born_to + 2:
        return True
    fields = set(a.fields.split()), set(b.fields.split())
    return bool(fields[0] and fields[1] and not fields[0] & fields[1])


__all__ = ["KINDS", "Placed", "facets"]
