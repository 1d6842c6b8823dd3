"""The derived layer of many articles at once: evidence in blocks, each of which can be weighed alone.

All that bears on one thing, or on the facts about it, falls into one block, by a digest of its IRI. So no more than one
block is held in memory, however many articles there are, and what comes out is what ``derived`` makes of them one by
one: both ask the same functions of ``describe``, ``stand`` and ``facts``.
"""

from __future__ import annotations

import json
import shutil
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from pyoxigraph import NamedNode, Quad

from kg import names
from kg.emit import describe, facts
from kg.emit.derive import shipped_rule
from kg.emit.evidence import Row, as_term
from kg.emit.facts import Rule
from kg.emit.look import graph
from kg.emit.terms import Term, text

BLOCKS = 256
HELD = 100_000
"""So many rows are held in memory, some 50 MB, before they are written to files."""


@dataclass(slots=True)
class _Thing:
    """What all articles say of one node."""

    forms: Counter[str] = field(default_factory=Counter)
    readings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    above: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    told: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)

    def note(self, sort: str, value: str, article: str = "", above: Iterable[str] = ()) -> None:
        """Take in the rest of a row of evidence."""
        if sort == "form":
            self.forms[value] += 1
        elif sort == "read":
            self.readings[article].add(value)
            self.above[value].update(above)
        else:
            (self.told if sort == "told" else self.listed).add(value)

    def described(self, *, event: bool) -> Iterator[tuple[NamedNode, Term]]:
        """Names, classes, status and links elsewhere."""
        readings = list(self.readings.values())
        if self.forms:
            yield from describe.labels({form: text(form) for form in self.forms}, facts.label(self.forms))
        yield from describe.event_types(readings, self.above) if event else describe.thing_types(readings)
        yield from describe.status(map(NamedNode, self.told))
        yield from describe.same(map(NamedNode, self.listed))


class Blocks:
    """The evidence of many articles; a context that deletes its files.

    ``base`` begins the IRIs of the graph's nodes. The files lie in a folder ``evidence`` of the given one, in which no
    other may be at work, or among the machine's temporary ones. Raises OSError where there is no room for them.
    """

    def __init__(self, base: str, folder: Path | None = None, *, rule: Rule | None = None) -> None:
        self._base, self._rule = base, rule or shipped_rule()
        self._given = None if folder is None else folder / "evidence"
        self._events = names.mint("event", "", base=base)
        self._folder: Path | None = None
        self._held: dict[int, list[Row]] = defaultdict(list)
        self._number = 0

    def __enter__(self) -> Blocks:
        return self

    def __exit__(self, *error: object) -> None:
        self._clear()

    def _clear(self) -> None:
        for folder in (self._folder, self._given):
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)

    def put(self, rows: Iterable[Row]) -> None:
        """Take in the evidence of an article."""
        for row in rows:
            self._held[zlib.crc32(row[0].encode("utf-8", "surrogatepass")) % BLOCKS].append(row)
            self._number += 1
        if self._number >= HELD:
            self._spill()

    def _spill(self) -> None:
        if self._folder is None:
            self._clear()  # what a run that was killed has left
            self._folder = self._given or Path(mkdtemp(prefix="kg-"))
            self._folder.mkdir(exist_ok=True)
        for block, rows in self._held.items():
            with self._file(block).open("a", encoding="ascii") as file:
                file.writelines(f"{json.dumps(row)}\n" for row in rows)
        self._held.clear()
        self._number = 0

    def _file(self, block: int) -> Path:
        assert self._folder is not None
        return self._folder / f"{block}.jsonl"

    def _rows(self, block: int) -> Iterator[Row]:
        if self._folder is not None and self._file(block).exists():
            with self._file(block).open(encoding="ascii") as file:
                yield from map(json.loads, file)
        yield from self._held.get(block, ())

    def conclusions(self) -> Iterator[Quad]:
        """Every quad of the derived graphs."""
        for block in range(BLOCKS):
            yield from self._weighed(self._rows(block))

    def _weighed(self, rows: Iterable[Row]) -> Iterator[Quad]:
        """What follows from all the evidence of a block."""
        things: dict[str, _Thing] = defaultdict(_Thing)
        claimed: dict[tuple[str, str, Term], set[str]] = defaultdict(set)
        for node, sort, *rest in rows:
            if sort == "fact":
                predicate, value, patterns = rest
                claimed[node, predicate, as_term(value)].update(patterns)
            else:
                things[node].note(sort, *rest)
        for node, thing in things.items():
            subject, place = NamedNode(node), graph("entities", self._base)
            for property_, term in thing.described(event=node.startswith(self._events)):
                yield Quad(subject, property_, term, place)
        for (node, predicate, value), patterns in claimed.items():
            standing = self._rule.standing([frozenset(patterns)])
            if standing and standing.layer:
                yield Quad(NamedNode(node), NamedNode(predicate), value, graph(standing.layer, self._base))
