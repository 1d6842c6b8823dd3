"""How two things are connected: chains of claims from one to the other, the shortest first, with words on each link."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import pyoxigraph as ox

from kg import names
from kg.ask import claims, finding
from kg.ask.claims import Node
from kg.ask.told import Told, by_claim, by_statement, distinct
from kg.errors import UsageError
from kg.store import Store

LOOKED_AT = 2000
"""How many chains of one length are compared at most; by way of what everything has to do with there are millions."""
SHOWN = 3
"""How many places are told for each tie; ``Tie.times`` counts all."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation between two neighbours; ``forward`` says that it reads in the direction of the path.

    ``told`` are the places that bear it, at most `SHOWN`; ``times`` is how many claims or statements there are.
    """

    relation: Node
    forward: bool
    told: tuple[Told, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a path, with everything that ties the two."""

    source: Node
    target: Node
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of links from one thing to another."""

    links: tuple[Link, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The things on the way, both ends with them."""
        return (self.links[0].source, *(link.target for link in self.links))


@dataclass(frozen=True, slots=True, order=True)
class _Edge:
    other: str
    relation: str
    forward: bool
    bearer: str


class _Neighbours:
    """What each node is tied to, read once; through concepts and amounts no path leads, as they belong to nobody."""

    def __init__(self, store: Store, ends: Collection[str], *, concepts: bool) -> None:
        self.store, self._ends, self._concepts = store, ends, concepts
        self._amount = names.mint("amount", "", base=store.base)
        self._seen: dict[str, dict[str, list[_Edge]]] = {}
        self._open: dict[str, bool] = {}

    def __call__(self, node: str) -> dict[str, list[_Edge]]:
        """The ties of a node by the node at their other end, in order."""
        if node not in self._seen:
            found: dict[str, list[_Edge]] = {}
            for edge in sorted(set(_edges(self.store, ox.NamedNode(node)))):
                if edge.other != node and self._passable(edge.other):
                    found.setdefault(edge.other, []).append(edge)
            self._seen[node] = found
        return self._seen[node]

    def aside(self, node: str) -> bool:
        """Whether a node is an event, or a thing without a name of its own ("its owner")."""
        unnamed = claims.About(self.store, ox.NamedNode(node)).value("kg:unnamed") is True
        return unnamed or claims.has_class(self.store, ox.NamedNode(node), "kg:Event")

    def _passable(self, node: str) -> bool:
        if node not in self._open:
            ours = node.startswith(self.store.base) and not node.startswith(self._amount)
            kept = self._concepts or not claims.has_class(self.store, ox.NamedNode(node), "skos:Concept")
            self._open[node] = node in self._ends or (ours and kept)
        return self._open[node]


def paths(store: Store, a: str, b: str, *, hops: int = 4, longer: int = 1, limit: int = 10) -> tuple[Path, ...]:
    """The shortest chains of claims between what is called ``a`` and what is called ``b``, and little longer ones.

    No chain has more than ``hops`` links, nor ``longer`` links more than the shortest; of one length those that are
    best attested come first, ``limit`` in all. Empty where they are not connected so nearly. An event counts as a
    thing on the way (buyer, event, target); what somebody speaks of is a link, too. Raises UsageError for an unknown
    name, and where both are the same thing.
    """
    start, goal = ({node.value for node in finding.called(store, name)} for name in (a, b))
    if start & goal:
        raise UsageError(f"{a!r} and {b!r} are the same thing: {min(start & goal)}")
    for concepts in (False, True):
        neighbours = _Neighbours(store, start | goal, concepts=concepts)
        distances = _distances(neighbours, start, goal, hops, longer)
        found = [chain for node in sorted(start) for chain in _chains(neighbours, node, distances, hops, longer)
                 if not _detour(neighbours, chain)]  # fmt: skip
        if found:
            ranked = sorted(found, key=lambda chain: (len(chain), _weakness(neighbours, chain), chain))
            return tuple(_path(neighbours, chain) for chain in ranked[: max(limit, 1)])
    return ()


def _edges(store: Store, node: ox.NamedNode) -> Iterator[_Edge]:
    """The ties of one node: claims that it is subject or value of, and what it says and is told."""
    for here, there, forward in ((_SUBJECT, _OBJECT, True), (_OBJECT, _SUBJECT, False)):
        for claim in _subjects(store, here, node):
            for relation in _objects(store, claim, _PREDICATE):
                for other in _objects(store, claim, there) if relation != _TYPE.value else ():
                    yield _Edge(other, relation, forward, claim.value)
    for statement in _subjects(store, _SPEAKER, node):
        for addressee in _objects(store, statement, _ADDRESSEE):
            yield _Edge(addressee, _TOLD, True, statement.value)
        for conveyed in _objects(store, statement, _CONVEYS):
            for subject in _objects(store, ox.NamedNode(conveyed), _SUBJECT):
                yield _Edge(subject, _SPEAKS_OF, True, conveyed)
    for statement in _subjects(store, _ADDRESSEE, node):
        for speaker in _objects(store, statement, _SPEAKER):
            yield _Edge(speaker, _TOLD, False, statement.value)
    for claim in _subjects(store, _SUBJECT, node):
        for told in _objects(store, claim, _STATED_IN):
            for speaker in _objects(store, ox.NamedNode(told), _SPEAKER):
                yield _Edge(speaker, _SPEAKS_OF, False, claim.value)


def _subjects(store: Store, property_: ox.NamedNode, value: ox.NamedNode) -> Iterator[ox.NamedNode]:
    found = store.inner.quads_for_pattern(None, property_, value, None)
    return (quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode))


def _objects(store: Store, node: ox.NamedNode, property_: ox.NamedNode) -> Iterator[str]:
    found = store.inner.quads_for_pattern(node, property_, None, None)
    return (quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode))


def _distances(neighbours: _Neighbours, start: set[str], goal: set[str], hops: int, longer: int) -> dict[str, int]:
    """How far from the goal each node is that may lie on a chain."""
    distances, fresh, depth, most = dict.fromkeys(goal, 0), set(goal), 0, hops
    while fresh and depth < most:
        depth += 1
        fresh = {other for node in fresh for other in neighbours(node)} - distances.keys()
        distances |= dict.fromkeys(fresh, depth)
        if most == hops and start & fresh:
            most = min(hops, depth + longer)
    return distances


def _chains(
    neighbours: _Neighbours, start: str, distances: dict[str, int], hops: int, longer: int
) -> Iterator[tuple[str, ...]]:
    """The chains without a circle, the shortest first; of each length at most `LOOKED_AT`."""
    if start not in distances:
        return
    for length in range(distances[start], min(hops, distances[start] + longer) + 1):
        yield from islice(_of_length(neighbours, (start,), distances, length), LOOKED_AT)


def _of_length(
    neighbours: _Neighbours, chain: tuple[str, ...], distances: dict[str, int], length: int
) -> Iterator[tuple[str, ...]]:
    left = length - len(chain) + 1
    if distances[chain[-1]] == 0:
        if left == 0:
            yield chain
        return
    for other in neighbours(chain[-1]):
        if other not in chain and distances.get(other, left) < left:
            yield from _of_length(neighbours, (*chain, other), distances, length)


def _detour(neighbours: _Neighbours, chain: tuple[str, ...]) -> bool:
    """Whether a chain goes by way of an event, or somebody unnamed, between two that are tied to each other anyway."""
    triples = zip(chain, chain[1:], chain[2:], strict=False)
    return any(neighbours.aside(middle) and right in neighbours(left) for left, middle, right in triples)


def _weakness(neighbours: _Neighbours, chain: tuple[str, ...]) -> tuple[int, int]:
    """How little a chain is worth: links that are only somebody's speaking first, then how few claims bear the rest."""
    ties = [neighbours(source)[target] for source, target in pairwise(chain)]
    spoken = sum(all(edge.relation in (_SPEAKS_OF, _TOLD) for edge in edges) for edges in ties)
    return spoken, -min(len({edge.bearer for edge in edges}) for edges in ties)


def _path(neighbours: _Neighbours, chain: tuple[str, ...]) -> Path:
    store = neighbours.store
    return Path(tuple(
        Link(_node(store, source), _node(store, target), tuple(_ties(store, neighbours(source)[target])))
        for source, target in pairwise(chain)
    ))  # fmt: skip


def _ties(store: Store, edges: Iterable[_Edge]) -> list[Tie]:
    groups: dict[tuple[str, bool], list[str]] = {}
    for edge in edges:
        groups.setdefault((edge.relation, edge.forward), []).append(edge.bearer)
    found = (_tie(store, relation, forward, bearers) for (relation, forward), bearers in groups.items())
    return sorted(found, key=lambda tie: (_rank(tie), -tie.times, tie.relation.iri or "", not tie.forward))


def _tie(store: Store, relation: str, forward: bool, bearers: list[str]) -> Tie:
    spoken = names.mint("statement", "", base=store.base)
    told = distinct(
        by_statement(store, ox.NamedNode(bearer)) if bearer.startswith(spoken)
        else by_claim(claims.claim(store, ox.NamedNode(bearer))) for bearer in bearers
    )  # fmt: skip
    speaking = Node("speaks of", _SPEAKS_OF)
    named = speaking if relation == _SPEAKS_OF else claims.relation(store, ox.NamedNode(relation))
    return Tie(named, forward, told[:SHOWN], len(set(bearers)))


def _rank(tie: Tie) -> tuple[bool, bool, bool]:
    """What is affirmed before what is denied, then relations of the ontology before open ones; mere speaking last."""
    iri = tie.relation.iri or ""
    denied = all("denied" in told.stance for told in tie.told)
    return iri in (_SPEAKS_OF, _TOLD), denied, iri.startswith(names.PREFIXES["rel"])


def _node(store: Store, iri: str) -> Node:
    """A node by its name; an event, which has none, by its class."""
    node, about = ox.NamedNode(iri), claims.About(store, ox.NamedNode(iri))
    if about.value("rdfs:label") is None and (classes := claims.narrowest(store, node)):
        return Node(names.in_words(classes[0]).lower(), iri)
    return claims.shown(store, node)


_TYPE, _SUBJECT, _PREDICATE, _OBJECT = (
    ox.NamedNode(names.expand(f"rdf:{name}")) for name in ("type", "subject", "predicate", "object")
)
_SPEAKER, _ADDRESSEE, _CONVEYS, _STATED_IN = (
    ox.NamedNode(names.expand(f"kg:{name}")) for name in ("speaker", "addressee", "conveys", "statedIn")
)
_TOLD, _SPEAKS_OF = names.expand("kg:told"), names.expand("kg:said")

__all__ = ["Link", "Path", "Tie", "paths"]
