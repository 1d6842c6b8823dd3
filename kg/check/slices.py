"""The store in slices: each a plain rdflib graph of a few articles with all that a shape may look at.

A slice holds what its articles say, the plain triple of each of their claims (also of one that is only possible or
denied: what may never be may not be claimed either), and the labels, classes and statuses of the things that they
speak of, which follow from all articles. So a rule finds the same in a slice as in the whole, and a corpus is never in
memory at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import names
from kg.store import DERIVED, Store

if TYPE_CHECKING:
    import rdflib

    Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]

SLICE = 30_000
"""How many triples a slice has at least, but for the last; the shapes are made ready once for each slice."""
_SUBJECT, _PREDICATE, _OBJECT = (
    ox.NamedNode(names.expand(f"rdf:{part}")) for part in ("subject", "predicate", "object")
)

_STRING = ox.NamedNode(names.expand("xsd:string"))


def graphs(store: Store, vocabulary: rdflib.Graph) -> Iterator[rdflib.Graph]:
    """The articles of a store, in order, in graphs of about ``SLICE`` triples; each holds the vocabulary, too."""
    slice_: _Slice | None = None
    for graph in _articles(store):
        slice_ = slice_ or _Slice(store, vocabulary)
        slice_.add(graph)
        if len(slice_.graph) >= SLICE:
            yield slice_.graph
            slice_ = None
    if slice_ is not None:
        yield slice_.graph


def vocabulary(turtle: bytes, classes: Iterator[tuple[str, str]]) -> rdflib.Graph:
    """What rules need to know of the words themselves: the values of ``kg.ttl``, and which class is below which."""
    import rdflib

    graph = rdflib.Graph()
    wanted = (names.expand("rdf:type"), names.expand("rdfs:subClassOf"))
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        if quad.predicate.value in wanted and isinstance(quad.object, ox.NamedNode):
            graph.add((_plain(quad.subject), _plain(quad.predicate), _plain(quad.object)))
    for class_, above in classes:
        graph.add((rdflib.URIRef(class_), rdflib.RDFS.subClassOf, rdflib.URIRef(above)))
    return graph


def _articles(store: Store) -> list[ox.NamedNode]:
    """The graphs of what articles say, in order."""
    other = {names.mint("graph", key, base=store.base) for key in (*DERIVED, "sources")}
    found = (graph for graph in store.inner.named_graphs() if isinstance(graph, ox.NamedNode))
    return sorted((graph for graph in found if graph.value not in other), key=str)


class _Slice:
    """A slice in the making."""

    def __init__(self, store: Store, vocabulary: rdflib.Graph) -> None:
        import rdflib

        self.graph = rdflib.Graph()
        self.graph += vocabulary
        self._store = store
        self._derived = ox.NamedNode(names.mint("graph", "entities", base=store.base))
        self._terms: dict[Any, Any] = {}

    def add(self, graph: ox.NamedNode) -> None:
        """Add what an article says, what its claims claim, and what is known of the things in it."""
        nodes: set[Any] = set()
        claims: dict[Any, dict[Any, Any]] = {}
        for quad in self._store.inner.quads_for_pattern(None, None, None, graph):
            self._put(quad.subject, quad.predicate, quad.object)
            nodes.update(term for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode))
            if quad.predicate in (_SUBJECT, _PREDICATE, _OBJECT):
                claims.setdefault(quad.subject, {})[quad.predicate] = quad.object
        for claim in claims.values():
            subject, predicate, value = (claim.get(part) for part in (_SUBJECT, _PREDICATE, _OBJECT))
            if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and value is not None:
                self._put(subject, predicate, value)
        for node in nodes:
            for quad in self._store.inner.quads_for_pattern(node, None, None, self._derived):
                self._put(quad.subject, quad.predicate, quad.object)

    def _put(self, *triple: Any) -> None:
        self.graph.add(tuple(self._term(term) for term in triple))

    def _term(self, term: Any) -> Any:
        if term not in self._terms:
            self._terms[term] = _plain(term)
        return self._terms[term]


def _plain(term: Any) -> Any:
    """A term of the store as one of rdflib, its text as it is."""
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == _STRING:  # the same for the store, not for rdflib: "percent" in a shape is the plain one
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


__all__ = ["SLICE", "graphs", "vocabulary"]
