"""Store -> files: RDF in seven syntaxes, graphs for Gephi and networkx, a table of facts; byte for byte the same.

Every form is sorted, so that equal graphs give equal bytes. Turtle and N-Triples flatten the named graphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg import names
from kg.errors import UsageError
from kg.export import tables
from kg.export.turtle import Turtle
from kg.records import Facts
from kg.store import Store


def write(store: Store, target: str | Path | IO[bytes], *, format: str | None = None, facts: Facts = "all") -> None:
    """Write the graph to a file or a binary stream, in the format of the name's suffix or of ``format``.

    ``facts`` leaves out what articles only report, or only assert. A file appears whole or not at all. Raises
    UsageError for an unknown format or where a stream comes without one.
    """
    if facts not in ("all", "asserted", "reported"):
        raise UsageError(f"facts={facts!r} is not known; give all, asserted or reported")
    path = None if not isinstance(target, str | Path) else Path(target)
    content = text(store, format=format or (path.suffix if path else ""), facts=facts).encode("utf-8")
    if path is None:
        assert not isinstance(target, str | Path)
        target.write(content)
        return
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written ({error.strerror}); name another file") from error


def text(store: Store, *, format: str, facts: Facts = "all") -> str:
    """The graph in one of the formats, as text (``formats()`` names them; a leading dot does not matter)."""
    writer = _WRITERS.get(format.lower().removeprefix("."))
    if writer is None:
        raise UsageError(f"cannot export to {format or 'a file without suffix'!r}; choose {', '.join(formats())}")
    return writer(store, facts)


def formats() -> list[str]:
    """The formats that can be written, by suffix."""
    return sorted(_WRITERS)


def quads(store: Store, facts: Facts) -> list[ox.Quad]:
    """The graph's quads without those facts that are not asked for, sorted."""
    wanted = {"asserted": "reported", "reported": "asserted"}
    hidden = ox.NamedNode(names.mint("graph", wanted[facts], base=store.base)) if facts in wanted else None
    return sorted((quad for quad in store.quads() if quad.graph_name != hidden), key=str)


# ---- RDF


def _turtle(store: Store, facts: Facts) -> str:
    return Turtle(store.base).document({_plain(quad) for quad in quads(store, facts)})


def _trig(store: Store, facts: Facts) -> str:
    turtle = Turtle(store.base)
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in quads(store, facts):
        graphs.setdefault(turtle.term(quad.graph_name), []).append(_plain(quad))
    bodies = (f"{graph} {{\n\n{turtle.body(triples)}}}\n" for graph, triples in sorted(graphs.items()))
    return turtle.head() + "\n" + "\n".join(bodies)


def _nquads(store: Store, facts: Facts) -> str:
    return "".join(f"{quad} .\n" for quad in quads(store, facts))


def _ntriples(store: Store, facts: Facts) -> str:
    return "".join(f"{triple} .\n" for triple in sorted({str(_plain(quad)) for quad in quads(store, facts)}))


def _jsonld(store: Store, facts: Facts) -> str:
    by_graph = sorted(quads(store, facts), key=lambda quad: str(quad.graph_name))
    return _oxigraph(by_graph, ox.RdfFormat.JSON_LD, store.base) + "\n"


def _rdfxml(store: Store, facts: Facts) -> str:
    triples = sorted({_plain(quad) for quad in quads(store, facts)}, key=str)
    content = _oxigraph([_for_xml(triple) for triple in triples], ox.RdfFormat.RDF_XML, store.base)
    head, root, rest = content.partition("<rdf:RDF ")
    declared, end, body = rest.partition(">")  # the serializer declares its prefixes in random order
    body = body.replace("\r", "&#13;")  # a bare one would be read back as a line feed
    return head + root + " ".join(sorted(declared.split())) + end + body + "\n"


def _oxigraph(items: Iterable[Any], format: ox.RdfFormat, base: str) -> str:
    data = ox.serialize(items, format=format, prefixes=names.prefixes(base))
    assert data is not None
    return data.decode("utf-8")


def _plain(quad: ox.Quad) -> ox.Triple:
    return ox.Triple(quad.subject, quad.predicate, quad.object)


def _for_xml(triple: ox.Triple) -> ox.Triple:
    """The triple without the control characters that no XML document can hold."""
    value = triple.object
    if isinstance(value, ox.Literal) and tables.NOT_XML.search(value.value):
        value = ox.Literal(tables.NOT_XML.sub("\ufffd", value.value), datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, value)


def _table(writer: Callable[[tables.Network], str]) -> Callable[[Store, Facts], str]:
    def write_facts(store: Store, facts: Facts) -> str:
        return writer(tables.network(store, ("asserted", "reported") if facts == "all" else (facts,)))

    return write_facts


_WRITERS: dict[str, Callable[[Store, Facts], str]] = {
    "ttl": _turtle,
    "trig": _trig,
    "nq": _nquads,
    "nt": _ntriples,
    "jsonld": _jsonld,
    "rdf": _rdfxml,
    "graphml": _table(tables.graphml),
    "gexf": _table(tables.gexf),
    "json": _table(tables.node_link),
    "csv": _table(tables.csv_text),
}
