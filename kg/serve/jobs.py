"""Job -> Reply: what a worker can be asked, over one open store that nobody writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import names
from kg.ask import sparql
from kg.errors import KgError, QueryError
from kg.serve import results
from kg.serve.negotiate import HTML, SOLUTIONS, TRIPLES
from kg.store import Store, StoredArticle

NODE_KINDS = ("article", "entity", "event", "claim", "statement", "amount", "run")
"""The kinds of nodes that have a page."""
_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE, "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD, "application/rdf+xml": ox.RdfFormat.RDF_XML,
}  # fmt: skip
ROWS, CUT = "X-Row-Limit", "X-Rows-Cut-Off"


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to the client; ``fault`` goes into the server's log."""

    status: int
    body: bytes
    type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True)
class Desk:
    """What a worker has at hand: the store, and the folder of the snapshot."""

    store: Store
    path: Path

    @cached_property
    def articles(self) -> list[StoredArticle]:
        """All articles, the latest first; read once, as a snapshot never changes."""
        dated = [(one.date.isoformat() if one.date else "", one.id, one) for one in self.store.articles()]
        return [one for _, _, one in sorted(dated, key=lambda item: item[:2], reverse=True)]

    @cached_property
    def records(self) -> Any:
        """The records of the articles. Raises StoreError where they cannot be read."""
        from kg.resolve.memory import Memory

        return Memory(self.path / "records.sqlite", read_only=True)


def answer(desk: Desk, job: Mapping[str, Any], body: bytes) -> Reply:
    """The reply to a job. Raises KgError for one that is at fault, with what to tell the client."""
    return {"query": _query, "node": _node, "list": _list, "service": _service}[job["job"]](desk, job, body)


# ---- queries


def _query(desk: Desk, job: Mapping[str, Any], body: bytes) -> Reply:
    """SPARQL over the union of all graphs, or over those that the request names."""
    text, most = body.decode("utf-8"), int(job["rows"])
    sparql.refuse(text)
    if sparql.names_its_graphs(text):
        raise QueryError("FROM is not served; name the graphs as default-graph-uri and named-graph-uri of the request")
    default, named = _graphs(desk, job["default"]), _graphs(desk, job["named"])
    prefixes = names.prefixes(desk.store.base)
    try:
        found = desk.store.inner.query(
            text, prefixes=prefixes, base_iri=desk.store.base,
            use_default_graph_as_union=not (default or named), default_graph=default or None,
            named_graphs=named if default or named else None,
        )  # fmt: skip
        return _result(found, job, most, prefixes)
    except SyntaxError as error:
        raise sparql.syntax_error(text, error, prefixes) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def _result(found: Any, job: Mapping[str, Any], most: int, prefixes: Mapping[str, str]) -> Reply:
    triples = isinstance(found, ox.QueryTriples)
    media = job["triples"] if triples else job["solutions"]
    if media is None:
        offered = ", ".join(TRIPLES if triples else SOLUTIONS)
        return Reply(406, f"the answer to this query can be had as {offered}".encode())
    if isinstance(found, ox.QueryBoolean):
        return _sized(results.yes_or_no(SOLUTIONS[media], bool(found)), media, job)
    if isinstance(found, ox.QuerySolutions):
        rows, cut = results.rows(found, most)
        variables = [variable.value for variable in found.variables]
        return _sized(results.written(SOLUTIONS[media], variables, rows), media, job, cut=cut)
    some = list(islice(found, most + 1))
    return _sized(serialized(some[:most], media, prefixes), media, job, cut=len(some) > most)


def _sized(content: bytes, media: str, job: Mapping[str, Any], *, cut: bool = False) -> Reply:
    """The reply, if it is not too large; with the row limit, and whether it was reached."""
    if len(content) > int(job["largest"]):
        raise QueryError(f"the answer has {len(content):,} bytes and the limit is {job['largest']:,}; ask for less")
    text = media.startswith("text/") and "csv" not in media
    type_ = f"{media}; charset=utf-8" if text or media == "text/csv" else media
    return Reply(200, content, type_, {ROWS: str(job["rows"]), CUT: "yes" if cut else "no"})


def _graphs(desk: Desk, iris: Iterable[str]) -> list[Any]:
    """The graphs that a request names. Raises QueryError for one that is not here: nothing is fetched."""
    found: list[ox.NamedNode] = []
    for iri in iris:
        try:
            node = ox.NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"{iri!r} is no address of a graph ({error})") from error
        if not desk.store.inner.contains_named_graph(node):
            raise QueryError(f"there is no graph <{iri}> here, and graphs from elsewhere are not fetched")
        found.append(node)
    return found


def serialized(triples: Iterable[ox.Triple], media: str, prefixes: Mapping[str, str]) -> bytes:
    """Triples in a format, sorted, with those prefixes that they use."""
    ordered = sorted(set(triples), key=str)
    lines = " ".join(str(triple) for triple in ordered)
    used = {prefix: iri for prefix, iri in prefixes.items() if f"<{iri}" in lines}
    form = _FORMATS[media]
    plain = form in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.JSON_LD)
    content = ox.serialize(ordered, format=form, prefixes=None if plain else used)
    assert content is not None
    if form != ox.RdfFormat.TURTLE:
        return content
    written = content.split(b"\n")  # the serializer's own order of prefixes is random
    return b"\n".join([*sorted(written[: len(used)]), *written[len(used) :]])


# ---- pages


def _node(desk: Desk, job: Mapping[str, Any], body: bytes) -> Reply:
    """What is known of one node, as a page or as data; 404 where nothing is."""
    from kg.serve import node, pages

    store, kind, key = desk.store, job["kind"], job["key"]
    try:
        iri = ox.NamedNode(names.mint(kind, key, base=store.base))
    except ValueError:
        return Reply(404, b"there is no such thing here")
    if next(store.inner.quads_for_pattern(iri, None, None), None) is None:
        return Reply(404, pages.missing(kind, key).encode() if job["media"] == HTML else b"there is no such thing here",
                     f"{HTML}; charset=utf-8" if job["media"] == HTML else "text/plain; charset=utf-8")
    if job["media"] != HTML:
        triples = node.article_triples(store, iri) if kind == "article" else node.triples(store, iri)
        some = list(islice(triples, int(job["rows"]) + 1))
        content = serialized(some[: int(job["rows"])], job["media"], names.prefixes(store.base))
        return _sized(content, job["media"], job, cut=len(some) > int(job["rows"]))
    return _html(pages.article(desk, iri, key) if kind == "article" else pages.node(store, iri, kind))


def _list(desk: Desk, job: Mapping[str, Any], body: bytes) -> Reply:
    """The articles, or what is called by some words."""
    from kg.serve import pages

    words, page = str(job["words"]), int(job["page"])
    if job["what"] == "meanwhile":
        return _html(pages.meanwhile(desk))
    return _html(pages.found(desk.store, words) if job["what"] == "names" else pages.articles(desk, page))


def _html(page: str) -> Reply:
    return Reply(200, page.encode("utf-8", "replace"), f"{HTML}; charset=utf-8")


def _service(desk: Desk, job: Mapping[str, Any], body: bytes) -> Reply:
    """The description of the endpoint (https://www.w3.org/TR/sparql11-service-description/)."""
    from kg.serve import description

    try:
        triples = description.triples(desk.store, job["endpoint"], rows=job["rows"], seconds=job["seconds"])
    except ValueError as error:
        raise KgError(f"the address {job['endpoint']!r} is none ({error})") from error
    prefixes = {"sd": description.SD, "void": description.VOID, **names.PREFIXES}
    return _sized(serialized(triples, job["media"], prefixes), job["media"], job)


__all__ = ["NODE_KINDS", "Desk", "Reply", "answer", "serialized"]
