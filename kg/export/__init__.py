"""Store -> files: RDF in seven syntaxes, graphs for Gephi and networkx, a table of facts; byte for byte the same.

Every form is sorted, so that equal graphs give equal bytes. Turtle and N-Triples flatten the named graphs.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from kg import files, names
from kg.errors import UsageError
from kg.export import tables
from kg.export.description import description
from kg.export.ordering import ordered
from kg.export.turtle import Turtle
from kg.records import Facts
from kg.store import Store

Writer = Callable[["_Content", IO[bytes]], None]


def write(
    store: Store, target: str | Path | IO[bytes], *, format: str | None = None, facts: Facts = "all",
    description: bool = True,
) -> None:  # fmt: skip
    """Write the graph to a file or a binary stream, in the format of the name's suffix or of ``format``.

    ``facts`` leaves out what articles only report, or only assert; ``description`` puts into RDF what the data set is
    (`kg.export.description`). Graphs of any size are written piece by piece. A file appears whole or not at all. Raises
    UsageError for an unknown format or where a stream comes without one.
    """
    if facts not in ("all", "asserted", "reported"):
        raise UsageError(f"facts={facts!r} is not known; give all, asserted or reported")
    path = None if not isinstance(target, str | Path) else Path(target)
    chosen = _Content(store, facts, description), _writer(format or (path.suffix if path else ""))
    if path is None:
        assert not isinstance(target, str | Path)
        chosen[1](chosen[0], target)
        return
    with files.output(path) as file:
        chosen[1](chosen[0], file)


def text(store: Store, *, format: str, facts: Facts = "all", description: bool = True) -> str:
    """The graph in one of the formats, as text (``formats()`` names them; a leading dot does not matter)."""
    writer, stream = _writer(format), io.BytesIO()
    writer(_Content(store, facts, description), stream)
    return stream.getvalue().decode("utf-8")


def _writer(format: str) -> Writer:
    writer = _WRITERS.get(format.lower().removeprefix("."))
    if writer is None:
        raise UsageError(f"cannot export to {format or 'a file without suffix'!r}; choose {', '.join(formats())}")
    return writer


def formats() -> list[str]:
    """The formats that can be written, by suffix."""
    return sorted(_WRITERS)


@dataclass(frozen=True, slots=True)
class _Content:
    """What is to be written: a graph, which of its facts, and whether it is described."""

    store: Store
    facts: Facts
    described: bool

    def quads(self) -> Iterator[ox.Quad]:
        """The quads without those facts that are not asked for, in no order."""
        wanted = {"asserted": "reported", "reported": "asserted"}
        base = self.store.base
        hidden = ox.NamedNode(names.mint("graph", wanted[self.facts], base=base)) if self.facts in wanted else None
        yield from (quad for quad in self.store.quads() if quad.graph_name != hidden)
        if self.described:
            yield from description(self.store, self.facts)


# ---- RDF


def _turtle(content: _Content, out: IO[bytes]) -> None:
    turtle = Turtle(content.store.base)
    _put(out, [turtle.head(), "\n"])
    _put(out, turtle.body(ordered(map(turtle.line, content.quads()), unique=True)))


def _trig(content: _Content, out: IO[bytes]) -> None:
    turtle = Turtle(content.store.base)
    lines = ordered(f"{turtle.term(quad.graph_name)}\t{turtle.line(quad)}" for quad in content.quads())
    _put(out, [turtle.head()])
    for graph, group in groupby((line.partition("\t") for line in lines), key=itemgetter(0)):
        _put(out, chain([f"\n{graph} {{\n\n"], turtle.body(map(itemgetter(2), group)), ["}\n"]))


def _nquads(content: _Content, out: IO[bytes]) -> None:
    _put(out, (f"{line} .\n" for line in ordered(map(str, content.quads()))))


def _ntriples(content: _Content, out: IO[bytes]) -> None:
    _put(out, (f"{line} .\n" for line in ordered(map(_triple, content.quads()), unique=True)))


def _jsonld(content: _Content, out: IO[bytes]) -> None:
    lines = ordered(f"{quad.graph_name}\t{quad}" for quad in content.quads())
    _oxigraph(_parsed(line.partition("\t")[2] for line in lines), ox.RdfFormat.JSON_LD, content.store.base, out)
    out.write(b"\n")


def _rdfxml(content: _Content, out: IO[bytes]) -> None:
    lines = ordered(map(_triple, content.quads()), unique=True)
    plain = (_for_xml(ox.Triple(quad.subject, quad.predicate, quad.object)) for quad in _parsed(lines))
    _oxigraph(plain, ox.RdfFormat.RDF_XML, content.store.base, cast("IO[bytes]", _XmlStable(out)))
    out.write(b"\n")


class _XmlStable:
    """Passes XML on with its prefixes in order, as the serializer's own is random, and every carriage return as such.

    A bare carriage return would be read back as a line feed.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._head, self._begun = out, b"", False

    def write(self, data: bytes) -> int:
        """Take the next piece; nothing goes out before the first tag is whole."""
        if self._begun:
            self._out.write(data.replace(b"\r", b"&#13;"))
            return len(data)
        self._head += data
        head, root, rest = self._head.partition(b"<rdf:RDF ")
        declared, end, body = rest.partition(b">")
        if end:
            self._begun = True
            self._out.write(head + root + b" ".join(sorted(declared.split())) + end)
            self.write(body)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back once the first tag is known."""


def _put(out: IO[bytes], pieces: Iterable[str]) -> None:
    """Write text in pieces of a good size."""
    for batch in batched(pieces, 2_000):
        out.write("".join(batch).encode("utf-8"))


def batched(items: Iterable[str], size: int) -> Iterator[list[str]]:
    """Lists of at most ``size`` items (itertools has it from Python 3.12 on)."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _parsed(lines: Iterable[str]) -> Iterator[ox.Quad]:
    """Lines of N-Quads, without their dots, as quads."""
    for batch in batched(lines, 2_000):
        yield from ox.parse("".join(f"{line} .\n" for line in batch).encode("utf-8"), format=ox.RdfFormat.N_QUADS)


def _triple(quad: ox.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object}"


def _oxigraph(items: Iterable[Any], format: ox.RdfFormat, base: str, out: IO[bytes]) -> None:
    ox.serialize(items, output=out, format=format, prefixes=names.prefixes(base))


def _for_xml(triple: ox.Triple) -> ox.Triple:
    """The triple without the control characters that no XML document can hold."""
    value = triple.object
    if isinstance(value, ox.Literal) and tables.NOT_XML.search(value.value):
        value = ox.Literal(tables.NOT_XML.sub("\ufffd", value.value), datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, value)


def _table(writer: Callable[[tables.Network], str]) -> Writer:
    def write_facts(content: _Content, out: IO[bytes]) -> None:
        layers = ("asserted", "reported") if content.facts == "all" else (content.facts,)
        out.write(writer(tables.network(content.store, layers)).encode("utf-8"))

    return write_facts


_WRITERS: dict[str, Writer] = {
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
