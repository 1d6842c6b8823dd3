"""The data set described in its own terms: how much it holds, of what, in which graphs (VoID and Dublin Core).

W3C, "Describing Linked Datasets with the VoID Vocabulary" (2011). The description is a function of the graph alone:
no clock, no machine and no version in it. It stands in a graph of its own, which it does not count, and is the same in
every syntax: triples are counted once for each named graph that has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg import names
from kg.records import Facts
from kg.store import Store

_GRAPHS = "SELECT ?key (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } BIND (?g AS ?key) %s } GROUP BY ?key"
_PROPERTIES = "SELECT ?key (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?key ?o } %s } GROUP BY ?key"
_CLASSES = "SELECT ?key (COUNT(DISTINCT ?s) AS ?n) WHERE { GRAPH ?g { ?s a ?key } %s } GROUP BY ?key"
_DATES = "SELECT (MIN(?d) AS ?first) (MAX(?d) AS ?last) WHERE { GRAPH ?g { ?a schema:datePublished ?d } }"
_TITLE = "What news articles say, and who says it"


def description(store: Store, facts: Facts) -> list[ox.Quad]:
    """The quads that describe the graph, without the facts that are not asked for."""
    graph = ox.NamedNode(names.mint("graph", "description", base=store.base))
    return [ox.Quad(*triple, graph) for triple in _triples(store, facts)]


def _triples(store: Store, facts: Facts) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    graphs, properties, classes = (_counts(store, facts, query) for query in (_GRAPHS, _PROPERTIES, _CLASSES))
    home, whole = names.mint("article", "", base=store.base), ox.NamedNode(f"{store.base}dataset")
    own = {graph: number for graph, number in graphs.items() if not graph.startswith(home)}
    articles = len(graphs) - len(own)
    yield whole, _term("rdf:type"), _term("void:Dataset")
    yield whole, _term("dcterms:title"), ox.Literal(_TITLE, language="en")
    yield whole, _term("dcterms:language"), ox.Literal("en")
    yield whole, _term("void:uriSpace"), ox.Literal(store.base)
    yield from _numbers(whole, triples=sum(graphs.values()), documents=articles, classes=len(classes),
                        properties=len(properties))  # fmt: skip
    if period := _period(store):
        yield whole, _term("schema:temporalCoverage"), ox.Literal(period)
    used = {names.shortened(iri).partition(":")[0] for iri in (*properties, *classes)}
    for prefix in sorted(used & names.PREFIXES.keys()):
        yield whole, _term("void:vocabulary"), ox.NamedNode(names.PREFIXES[prefix])
    told = {f"{store.base}dataset/articles": sum(graphs.values()) - sum(own.values())} if articles else {}
    for iri, number in (own | told).items():
        yield whole, _term("void:subset"), ox.NamedNode(iri)
        yield ox.NamedNode(iri), _term("rdf:type"), _term("void:Dataset")
        yield from _numbers(ox.NamedNode(iri), triples=number, documents=articles if iri in told else None)
    yield from _partitions(store, whole, classes, "class", "entities")
    yield from _partitions(store, whole, properties, "property", "triples")


def _partitions(
    store: Store, whole: ox.NamedNode, counts: dict[str, int], kind: str, counted: str
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """How much there is of each class, or property, but for open relations, of which there is no end."""
    for iri, number in counts.items():
        if iri.startswith(names.PREFIXES["rel"]):
            continue
        short = names.shortened(iri)
        key = names.digest(iri) if short == iri else short.replace(":", "-")
        part = ox.NamedNode(f"{store.base}dataset/{kind}-{key}")
        yield whole, _term(f"void:{kind}Partition"), part
        yield part, _term(f"void:{kind}"), ox.NamedNode(iri)
        yield from _numbers(part, **{counted: number})


def _numbers(node: ox.NamedNode, **numbers: int | None) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.Literal]]:
    for name, number in numbers.items():
        if number is not None:
            yield node, _term(f"void:{name}"), ox.Literal(number)


def _counts(store: Store, facts: Facts, query: str) -> dict[str, int]:
    hidden = {"asserted": ["reported"], "reported": ["asserted"]}.get(facts, [])
    left_out = ", ".join(f"<{names.mint('graph', key, base=store.base)}>" for key in ("sources", *hidden))
    rows: Any = store.inner.query(query % f"FILTER (?g NOT IN ({left_out}))")
    return dict(sorted((row["key"].value, int(row["n"].value)) for row in rows))


def _period(store: Store) -> str:
    """The first and the last day of the articles, as an interval of ISO 8601."""
    rows: Any = store.inner.query(_DATES, prefixes=names.PREFIXES)
    first, last = next((row["first"], row["last"]) for row in rows)
    return f"{first.value}/{last.value}" if first is not None else ""


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(names.expand(name))
