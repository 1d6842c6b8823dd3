"""The endpoint described in RDF: what it speaks, what it refuses, what it holds."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import names
from kg.store import Store

SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "RDF_XML", "JSON-LD",
)  # fmt: skip


def triples(store: Store, endpoint: str, *, rows: int, seconds: float) -> Iterator[ox.Triple]:
    """The service at an address. Raises ValueError for an address that is none."""
    service, dataset, graph = (ox.NamedNode(f"{endpoint}{part}") for part in ("", "#dataset", "#union"))
    yield _told(service, "rdf:type", ox.NamedNode(f"{SD}Service"))
    yield _told(service, "endpoint", service)
    yield _told(service, "supportedLanguage", ox.NamedNode(f"{SD}SPARQL11Query"))
    yield _told(service, "feature", ox.NamedNode(f"{SD}UnionDefaultGraph"))
    for name in _FORMATS:
        yield _told(service, "resultFormat", ox.NamedNode(f"http://www.w3.org/ns/formats/{name}"))
    limits = (
        f"Read-only. An answer has at most {rows} rows (X-Row-Limit; X-Rows-Cut-Off says whether there were more), a "
        f"query at most {seconds:g} seconds. SERVICE, FROM and updates are refused."
    )
    yield _told(service, "rdfs:comment", ox.Literal(limits, language="en"))
    yield _told(service, "defaultDataset", dataset)
    yield _told(dataset, "rdf:type", ox.NamedNode(f"{SD}Dataset"))
    yield _told(dataset, "defaultGraph", graph)
    yield _told(graph, "rdf:type", ox.NamedNode(f"{SD}Graph"))
    yield ox.Triple(graph, ox.NamedNode(f"{VOID}triples"), ox.Literal(len(store.inner)))
    yield ox.Triple(dataset, ox.NamedNode(f"{VOID}uriSpace"), ox.Literal(store.base))


def _told(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(names.expand(name) if ":" in name else f"{SD}{name}"), value)


__all__ = ["SD", "VOID", "triples"]
