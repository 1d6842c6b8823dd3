"""Entities of one name -> nodes: how many things bear it, as far as their articles tell them apart.

To be one is the rule: in news, two articles that write one full name nearly always mean one person. Two are kept
apart only where something tells two kinds of thing («the airline», «the river»), or where what is told of two people
cannot be true of one and they have nobody and nothing else in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kg.names import digest
from kg.resolve.rows import KINDS, Group, Local, coarse

Placed = dict[tuple[str, int], str]
"""Article and place of an entity -> its node."""

_LOOSE: Final = frozenset(("Other", "Group", "Concept"))
"""Kinds that are given where nothing better is known: they tell no two things of one name apart."""
TOLD: Final = 3
"""How much more an article counts that tells the kind by a noun than one where it is only read so."""


def facets(bucket: str, groups: Sequence[Group], *, taken: bool) -> dict[str, str]:
    """The node of each label (thing of the gazetteer, else kind) under which a name is read.

    ``taken`` is whether the name is the key of a thing in the gazetteer, so that nothing else may have it.
    """
    kinds = _kinds(groups)
    number: Counter[str] = Counter()
    for group in groups:
        number[kinds[group.label]] += group.number
    listed = {kinds[group.label] for group in groups if group.thing}
    ranked = sorted(number, key=lambda kind: (kind not in listed, -coarse(number[kind]), kind))
    nodes = {kind: f"{bucket}-{kind.split('/')[0].lower()}" for kind in ranked}
    if not taken or ranked[0] in listed:
        nodes[ranked[0]] = bucket
    return {label: nodes[kind] for label, kind in kinds.items()}


def _kinds(groups: Sequence[Group]) -> Mapping[str, str]:
    """Kind as read (or thing of the gazetteer) -> the kind that it is counted with.

    A kind is one of its own only where some article tells it by a noun, and another article tells another one.
    """
    things = {group.thing for group in groups if group.thing}
    if any(group.ambiguous for group in groups):  # «Atlantic», the ocean: only what was read as the magazine is it
        others = [group for group in groups if not group.thing]
        return {**(_kinds(others) if others else {}), **{thing: thing for thing in things}}
    votes: Counter[str] = Counter()
    told: set[str] = set()
    for group in groups:
        votes[group.label] += group.number * (TOLD if group.told or group.thing else 1)
        if group.thing or (group.told and group.kind not in _LOOSE):
            told.add(group.label)
    order: dict[str, int] = {kind: place for place, kind in enumerate(KINDS)}
    plain = [kind for kind in votes if kind not in _LOOSE] or list(votes)
    main = max(sorted(plain), key=lambda kind: (kind in told, coarse(votes[kind]), -order.get(kind, -1)))
    return {label: label if label in told and (label in things or main in told) else main for label in votes}


# people of one full name


def _at(row: Local) -> tuple[str, int]:
    return row.article, row.place


def one_person(groups: Sequence[Group]) -> bool:
    """Whether all that is told of people of one name can be true of one."""
    return not any(contradict(a, b) for place, a in enumerate(groups) for b in groups[:place])


def persons(bucket: str, rows: list[Local], apart: Callable[[list[Local], list[Local]], bool]) -> Placed:
    """People of one full name: groups whose articles contradict each other, each by its earliest article.

    ``apart(some, others)`` is whether two groups of articles have no telling name in common.
    """
    groups: list[list[Local]] = []
    neutral: list[Local] = []
    for row in rows:
        if not (row.gender or row.born_from or row.fields):
            neutral.append(row)
    told: dict[tuple[object, ...], list[Local]] = {}
    for row in rows:
        if row.gender or row.born_from or row.fields:
            told.setdefault((row.gender, row.born_from, row.born_to, row.fields), []).append(row)
    for same in sorted(told.values(), key=lambda same: (-coarse(len(same)), _at(same[0]))):
        home = next((group for group in groups if not _two(group, same, apart)), None)
        if home is None:
            groups.append(list(same))
        else:
            home.extend(same)
    if len(groups) < 2:
        return dict.fromkeys(map(_at, rows), bucket)
    groups.sort(key=lambda group: (-coarse(len(group)), min(map(_at, group))))
    for row in neutral:
        home = next((group for group in groups if not apart(group, [row])), groups[0])
        home.append(row)
    names = [bucket, *(f"{bucket}-{digest(min(map(_at, group))[0], length=8)}" for group in groups[1:])]
    return {_at(row): name for name, group in zip(names, groups, strict=True) for row in group}


def _two(some: list[Local], others: list[Local], apart: Callable[[list[Local], list[Local]], bool]) -> bool:
    """Whether what is told of some cannot be true of the others, and nothing else connects them."""
    return any(contradict(a, b) for a in some for b in others[:1]) and apart(some, others)


def contradict(a: Local | Group, b: Local | Group) -> bool:
    """Whether what is told of two people cannot be true of one."""
    if a.gender and b.gender and a.gender != b.gender:
        return True
    if a.born_from and a.born_to and b.born_from and b.born_to and not a.born_from - 1 <= b.born_to <= a.born_to + 2:
        return True
    fields = set(a.fields.split()), set(b.fields.split())
    return bool(fields[0] and fields[1] and not fields[0] & fields[1])


__all__ = ["Placed", "contradict", "facets", "one_person", "persons"]
