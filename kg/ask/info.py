"""What a graph holds: counts by class and relation, the time that it spans, its voices, its size on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import names
from kg.store import Counts, Store
from kg.store.quads import tally

VOICES = 20
"""How many voices are named, those that say most."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A class, as its prefixed name, and how many nodes have it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Related:
    """A relation by its prefixed name: facts that articles assert, facts only reported, and claims of any standing."""

    name: str
    asserted: int
    reported: int
    claims: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who says something: by name and IRI, with how many statements, in how many articles."""

    label: str
    iri: str
    statements: int
    articles: int


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last date, ISO 8601; empty where there is none."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Info:
    """All that: the most frequent first; ``bytes`` is the size on disk, None for a graph in memory.

    ``published`` spans the days of the articles, ``happened`` the times that are told of events. ``speakers`` is how
    many speak, of whom ``voices`` names those that say most; ``anonymous`` counts statements by nobody named.
    """

    counts: Counts
    classes: tuple[Counted, ...]
    relations: tuple[Related, ...]
    published: Span
    happened: Span
    publishers: tuple[Counted, ...]
    voices: tuple[Voice, ...]
    speakers: int
    anonymous: int
    bytes: int | None


def info(store: Store) -> Info:
    """What the graph holds."""
    voices = _voices(store)
    anonymous = store.inner.quads_for_pattern(None, _ANONYMOUS, _TRUE, None)
    publishers = Counter(_label(store, quad.object) for quad in _pattern(store, "schema:publisher"))
    return Info(
        counts=store.counts(),
        classes=_counted(_classes(store)),
        relations=_relations(store),
        published=_span(_texts(store, "schema:datePublished")),
        happened=_span(_texts(store, "kg:time")),
        publishers=_counted(publishers),
        voices=tuple(voices[:VOICES]),
        speakers=len(voices),
        anonymous=len({quad.subject for quad in anonymous}),
        bytes=_size(store.path),
    )


def _classes(store: Store) -> Counter[str]:
    """How many nodes have each class; evidence and its selectors are left out, since every word has them."""
    found = _tally(store, "?node a ?key")
    return Counter({name: number for name, number in found.items() if not name.startswith("oa:")})


def _relations(store: Store) -> tuple[Related, ...]:
    layers = {name: _facts(store, name) for name in ("asserted", "reported")}
    claimed = _tally(store, f"?node <{names.expand('rdf:predicate')}> ?key")
    every = {*claimed, *layers["asserted"], *layers["reported"]} - {"rdf:type"}
    found = [Related(name, layers["asserted"][name], layers["reported"][name], claimed[name]) for name in every]
    return tuple(sorted(found, key=lambda one: (-one.asserted - one.reported, -one.claims, one.name)))


def _facts(store: Store, layer: str) -> Counter[str]:
    graph = ox.NamedNode(names.mint("graph", layer, base=store.base))
    found = store.inner.quads_for_pattern(None, None, None, graph)
    return Counter(names.shortened(quad.predicate.value) for quad in found)


def _tally(store: Store, pattern: str) -> Counter[str]:
    """How many nodes fit a pattern, by the prefixed name of ``?key``."""
    return Counter({names.shortened(iri): number for iri, number in tally(store.inner, "?key", pattern).items()})


def _voices(store: Store) -> list[Voice]:
    statements: dict[ox.NamedNode, set[object]] = {}
    articles: dict[ox.NamedNode, set[object]] = {}
    for quad in _pattern(store, "kg:speaker"):
        if isinstance(quad.object, ox.NamedNode):
            statements.setdefault(quad.object, set()).add(quad.subject)
            articles.setdefault(quad.object, set()).add(quad.graph_name)
    ordered = sorted(statements, key=lambda node: (-len(statements[node]), node.value))
    return [Voice(_label(store, node), node.value, len(statements[node]), len(articles[node])) for node in ordered]


def _label(store: Store, node: object) -> str:
    """The name of a node, else the end of its IRI, else the text of a literal."""
    if not isinstance(node, ox.NamedNode):
        return node.value if isinstance(node, ox.Literal) else str(node)
    found = store.inner.quads_for_pattern(node, ox.NamedNode(names.expand("rdfs:label")), None, None)
    return min((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)),
               default=names.in_words(node.value))  # fmt: skip


def _pattern(store: Store, property_: str) -> Iterator[ox.Quad]:
    return store.inner.quads_for_pattern(None, ox.NamedNode(names.expand(property_)), None, None)


def _texts(store: Store, property_: str) -> Iterator[str]:
    return (quad.object.value for quad in _pattern(store, property_) if isinstance(quad.object, ox.Literal))


def _counted(found: Counter[str]) -> tuple[Counted, ...]:
    return tuple(Counted(*pair) for pair in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _span(dates: Iterable[str]) -> Span:
    known = sorted(dates)
    return Span(known[0], known[-1]) if known else Span("", "")


def _size(path: Path | None) -> int | None:
    """The bytes of all files of a graph's folder."""
    return None if path is None else sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


_ANONYMOUS = ox.NamedNode(names.expand("kg:anonymous"))
_TRUE = ox.Literal("true", datatype=ox.NamedNode(names.expand("xsd:boolean")))

__all__ = ["Counted", "Info", "Related", "Span", "Voice", "info"]
