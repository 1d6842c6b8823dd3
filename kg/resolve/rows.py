"""The rows of what is kept beside a graph (``memory``): entities of articles, what is told alike, and nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple, TypeVar

from kg.records import Kind

_T = TypeVar("_T")
KINDS: Final[tuple[Kind, ...]] = (
    "Person", "Organization", "Place", "Product", "Work", "Event", "Law", "Group", "Concept", "Other",
)  # fmt: skip
"""Kinds by how much they tell, for those that as many articles read."""


def coarse(number: int) -> int:
    """A count down to a power of two: what it decides changes seldom as articles come, and then for good.

    Two names that articles give equally often would take turns with every article; all others would be written anew.

    >>> [coarse(number) for number in (0, 1, 3, 4, 100)]
    [0, 1, 2, 4, 64]
    """
    return 1 << (number.bit_length() - 1) if number else 0


def batches(values: Iterable[_T], size: int = 200) -> Iterator[list[_T]]:
    """Values in lists of so many at most, to be asked of in one statement.

    >>> list(batches(["a", "b", "c"], 2))
    [['a', 'b'], ['c']]
    """
    left = iter(values)
    while some := list(islice(left, size)):
        yield some


class Local(NamedTuple):
    """One row of ``local``: a profile with its article, its node (None: not decided yet) and its key in the graph.

    ``placed`` is the node among those of its own name, ``node`` is that or one of a full name that it is short for.
    ``name`` is the name as the article writes it. ``thing`` is the key of the thing in the gazetteer that it is,
    ``ambiguous`` whether a name of that is as often something else. ``telling`` is whether to share this name tells
    that two articles are of one matter.
    """

    article: str
    place: int
    bucket: str
    name: str
    words: str
    kind: Kind
    told: bool
    thing: str
    gender: str | None
    born_from: int | None
    born_to: int | None
    fields: str
    courtesy: bool
    telling: bool
    ambiguous: bool = False
    placed: str | None = None
    node: str | None = None
    key: str | None = None


class Node(NamedTuple):
    """Entities of several articles that are one by their name alone, and the node that they belong to by more."""

    id: str
    bucket: str
    kind: Kind
    words: str
    thing: str
    articles: int
    first: str
    parent: str | None = None
    reason: str | None = None
    score: float | None = None


class Group(NamedTuple):
    """Entities of one name that are told alike: thing of the gazetteer, kind and so on, and how many they are."""

    thing: str
    kind: Kind
    told: bool
    ambiguous: bool
    gender: str | None
    born_from: int | None
    born_to: int | None
    fields: str
    number: int

    @property
    def label(self) -> str:
        """The thing of the gazetteer, else the kind."""
        return self.thing or self.kind


def node(
    bucket: str, id_: str, articles: int, first: str, kinds: list[tuple[Kind, int, str, str | None]]
) -> Node:
    """A node of a name: ``kinds`` are its kinds, each with its number, its words and its thing in the gazetteer."""
    kind = min(kinds, key=lambda one: (one[0] == "Other", -coarse(one[1]), KINDS.index(one[0])))[0]
    things = [thing for *_, thing in kinds if thing]
    return Node(id_, bucket, kind, min(words for *_, words, _ in kinds), min(things, default=""), articles, first)


__all__ = ["KINDS", "Group", "Local", "Node", "batches", "coarse", "node"]
