"""Looking into the graph as it was and as it will be: what the derived layer is computed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from kg import names
from kg.emit.terms import Term


class Match(Protocol):
    """The quads that fit a pattern of subject, predicate, object and graph (None: any)."""

    def __call__(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        value: Term | None,
        graph: NamedNode | None = None,
        /,
    ) -> Iterable[Quad]: ...


@cache
def graph(key: str, base: str) -> NamedNode:
    """The named graph of a derived layer: asserted, reported or entities."""
    return NamedNode(names.mint("graph", key, base=base))


@dataclass(frozen=True, slots=True)
class Look:
    """``told`` looks into the article graphs as they will be after a change, ``held`` into the derived graphs as
    they still are; ``base`` begins the IRIs of the graph's nodes."""

    told: Match
    held: Match
    base: str

    def any(self, node: NamedNode, predicate: NamedNode, value: Term | None = None) -> bool:
        """Whether an article says so."""
        return next(iter(self.told(node, predicate, value)), None) is not None

    def with_all(self, *wanted: tuple[NamedNode, Term]) -> Iterator[NamedNode]:
        """The nodes with some property values, for the price of the rarest: all lists are read in lockstep.

        How rare each is must not be counted first: a popular thing has more claims than anybody wants to walk through.
        """
        streams = [(iter(self.told(None, *pair)), [one for one in wanted if one != pair]) for pair in wanted]
        seen: set[NamedNode] = set()
        while True:
            for stream, rest in streams:
                quad = next(stream, None)
                if quad is None:
                    return
                node = quad.subject
                if isinstance(node, NamedNode) and node not in seen and all(self.any(node, *pair) for pair in rest):
                    seen.add(node)
                    yield node
