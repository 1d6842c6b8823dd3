"""Events of many articles -> events of the graph: which tellings are of one, whatever order the articles come in.

Everything is a function of what all articles tell:

1. at each point (a class and a participant) tellings gather around leaders: in a fixed order, best told and earliest
   first, each joins the leader that it is most like, or leads an event of its own. All are compared with the leader
   alone, so that no event creeps on from week to week;
2. tellings that have a leader in common at some point are gathered once more, all together; the leaders that remain
   are the events of the graph.

An event has one telling an article: what an article tells as two stays two. When an article comes or goes, only points
that it has, and tellings joined to those that change there, are looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.resolve.event_likeness import Alike, alike, contradict, days_around, span
from kg.resolve.event_memory import At, EventMemory, Row
from kg.resolve.event_sorts import SORTS, compatible
from kg.resolve.happenings import Fillers, Happening

CELL: Final = 30
"""Days that are looked at together."""
LONG: Final = 30
"""So many times as long is too long for that; and so few events are looked at one by one."""
FIRST: Final = Alike("told first", 1.0)
Gathered = dict[At, tuple[Happening, Alike]]
"""Telling -> the one that leads it, and why."""


class _Event:
    """A leader with all that has joined it."""

    def __init__(self, leader: Happening) -> None:
        self.leader = leader
        self.named: Fillers = {}
        self.words: Fillers = {}
        self.articles: set[str] = set()
        self.classes: set[str] = set()
        self.take(leader)

    def take(self, told: Happening) -> None:
        """Add a telling, and what it tells."""
        self.articles.add(told.article)
        self.classes.add(told.class_)
        for mine, theirs in ((self.named, told.named), (self.words, told.words)):
            for role, fillers in theirs.items():
                mine[role] = mine.get(role, frozenset()) | fillers

    def like(self, told: Happening) -> Alike | None:
        """Why a telling is of this event, if it is."""
        if told.alone or self.leader.alone or told.article in self.articles:
            return None
        if not all(compatible(told.class_, class_) for class_ in self.classes):
            return None
        why = alike(told, self.leader)
        if why is None or (not _once(told) and contradict(told, self.named, self.words)):
            return None
        return why


class _Calendar:
    """Events by when they were: one that is in the news for years is told of again and again, of which most is far."""

    def __init__(self) -> None:
        self._all: list[_Event] = []
        self._cells: dict[int, list[int]] = {}
        self._open: list[int] = []
        self._around = 0

    def add(self, event: _Event) -> None:
        """Put in an event, under the days that its leader gives."""
        found = span(event.leader)
        if found is None or found[1] - found[0] > LONG * CELL:
            self._open.append(len(self._all))
        else:
            for cell in range(found[0] // CELL, found[1] // CELL + 1):
                self._cells.setdefault(cell, []).append(len(self._all))
        self._all.append(event)
        self._around = max(self._around, days_around(event.leader))

    def near(self, told: Happening) -> Sequence[_Event]:
        """The events that a telling may be of, as far as the days tell, and perhaps some others; in their order."""
        found, around = span(told), max(self._around, days_around(told))
        if len(self._all) <= LONG or found is None or found[1] - found[0] + 2 * around > LONG * CELL:
            return self._all
        cells = range((found[0] - around) // CELL, (found[1] + around) // CELL + 1)
        numbers = {number for cell in cells for number in self._cells.get(cell, ())}
        return [self._all[number] for number in sorted(numbers.union(self._open))]


def _once(told: Happening) -> bool:
    return told.class_ in SORTS and SORTS[told.class_].once


def gathered(tellings: Iterable[Happening]) -> Gathered:
    """Each telling with its leader; the same whatever order they are given in."""
    calendar = _Calendar()
    found: Gathered = {}
    for told in sorted(tellings, key=_order):
        event, why = _best(told, calendar.near(told))
        if event is None:
            event, why = _Event(told), FIRST
            calendar.add(event)
        else:
            event.take(told)
        found[told.at] = (event.leader, why)
    return found


def _order(told: Happening) -> tuple[bool, bool, str, str, int]:
    """Those that tell all participants first, then by date: a telling that says little must not lead."""
    return told.base is None, len(told.core) < 2, told.day or "9999", told.article, told.place


def _since(told: Happening) -> tuple[str, str, int]:
    return told.day or "9999", told.article, told.place


def _best(told: Happening, events: Sequence[_Event]) -> tuple[_Event | None, Alike]:
    """The event that a telling is most like; none where it says little and may be of two (rival bids)."""
    found = [(event, why) for event in events if (why := event.like(told)) is not None]
    if not found or (len(told.core) < 2 and sum(len(event.leader.core) > 1 for event, _ in found) > 1):
        return None, FIRST
    best = max(why.score for _, why in found)
    return next((event, why) for event, why in found if why.score == best)


class Events:
    """The events of a graph as articles come and go."""

    def __init__(self, memory: EventMemory) -> None:
        self.memory = memory

    def update(self, told: Iterable[tuple[str, Sequence[Happening]]]) -> set[str]:
        """Take in what some articles tell now (nothing where they are gone); the articles in which a key changes."""
        dirty: set[At] = set()
        points: set[str] = set()
        bases: set[str] = set()
        for article, now in told:
            was = {row.told.at: row.told for row in self.memory.of_article(article)}
            new = {one.at: one for one in now}
            for at in sorted(was.keys() | new.keys()):
                if was.get(at) != new.get(at):
                    bases |= {one.base for one in (was.get(at), new.get(at)) if one is not None and one.base}
                    points |= {point for one in (was.get(at), new.get(at)) if one is not None for point in one.points()}
                    dirty.add(at)
                    if at in was:
                        dirty |= self.memory.beside(at)
                        self.memory.drop(at)
                    if at in new:
                        self.memory.put(new[at])
        for point in sorted(points):
            dirty |= self._gather(point)
        return self._settle(dirty, bases)

    def reasons(self, key: str) -> list[tuple[str, str, float]]:
        """Why some tellings are one event: article, reason in words, score (0 to 1), by the event's key."""
        return self.memory.reasons(key)

    def _gather(self, point: str) -> set[At]:
        """Gather the tellings at a point anew; those whose company there changes."""
        rows = self.memory.at_point(point)
        leaders = gathered(row.told for row, _ in rows)
        was: dict[str | None, set[At]] = {}
        now: dict[str, set[At]] = {}
        for row, old in rows:
            at, leader = row.told.at, _id(leaders[row.told.at][0].at)
            was.setdefault(old, set()).add(at)
            now.setdefault(leader, set()).add(at)
            if leader != old:
                self.memory.lead(point, at, leader)
        changed = [members for leader, members in was.items() if leader is None or now.get(leader) != members]
        changed += [members for leader, members in now.items() if was.get(leader) != members]
        return set[At]().union(*changed)

    def _settle(self, dirty: set[At], bases: set[str]) -> set[str]:
        """Decide anew about tellings and all that are joined to them."""
        leaders, seen = list[str](), set[At]()
        for at in sorted(dirty):
            if at not in seen:
                group = self._company(at)
                seen.update(group)
                for row in self._decide(list(group.values())):
                    if row.told.base:
                        bases.add(row.told.base)
                    elif row.node == _id(row.told.at):
                        leaders.append(row.node)
        names = {leader: self._earliest(leader, None).own for leader in leaders}
        for base in sorted(bases):
            names |= self._names(base)
        return set[str]().union(*(self.memory.name(node, key) for node, key in sorted(names.items())))

    def _company(self, at: At) -> dict[At, Row]:
        """All tellings that some chain of common leaders joins to one."""
        found: dict[At, Row] = {}
        left = {at}
        while left:
            at = left.pop()
            row = self.memory.row(at)
            if row is not None:
                found[at] = row
                left |= self.memory.beside(at) - found.keys()
        return found

    def _decide(self, rows: list[Row]) -> list[Row]:
        """Gather tellings all together, and keep what comes out; as they were and as they are."""
        leaders = gathered(row.told for row in rows)
        decided = []
        for row in rows:
            leader, why = leaders[row.told.at]
            self.memory.decide(row.told.at, _id(leader.at), why.reason, why.score)
            decided.append(Row(row.told, _id(leader.at), row.key))
        return decided

    def _names(self, base: str) -> dict[str, str]:
        """The keys of the events of some participants: the first has the plain one, others a key of their own."""
        names: dict[str, str] = {}
        first = {_id(row.told.at): self._earliest(_id(row.told.at), base) for row in self.memory.leading(base)}
        for leader, told in sorted(first.items(), key=lambda pair: _since(pair[1])):
            key = base if not names else told.own
            if names and key == base:
                key = f"{base}-{told.article.rsplit('-', 1)[1][:8]}"
            names[leader] = key
        return names

    def _earliest(self, leader: str, base: str | None) -> Happening:
        """The telling that an event is named after, with that base: later ones may tell it better, and lead it."""
        return min((row.told for row in self.memory.of_node(leader) if row.told.base == base), key=_since)


def _id(at: At) -> str:
    return f"{at[0]}#{at[1]}"


__all__ = ["Events", "Gathered", "gathered"]
