"""Two ways to write a named graph elsewhere: the Graph Store Protocol, and SPARQL Update; in batches of any size.

W3C, "SPARQL 1.1 Graph Store HTTP Protocol" and "SPARQL 1.1 Update" (2013). The first batch replaces the graph, the
others add to it; each can be sent twice without harm. Text of articles travels as the literals that N-Triples writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, Protocol
from urllib.parse import quote, urlsplit

from kg.errors import UsageError
from kg.push.server import PushFailed, Server

Via = Literal["store", "update"]
BATCH = 10_000
"""The most triples a request."""
LETTERS = 4_000_000
"""The most letters a request: some servers, and proxies before them, take no more than a few megabytes."""
_TOO_LARGE = 413
_STORES: Final = ("store", "data", "service", "gsp", "graph-store", "sparql-graph-crud", "sparql-graph-crud-auth")
"""How addresses for graphs end: Oxigraph, Fuseki, GraphDB and RDF4J (rdf-graphs/service), Neptune, Virtuoso."""
_BACKSLASH = re.compile(r"\\\\([uU]?)")


class Way(Protocol):
    """How a named graph is written and taken away."""

    @property
    def name(self) -> Via:
        """What the way is called."""
        ...

    def put(self, graph: str, lines: list[str], *, first: bool) -> None:
        """Write triples into a graph; the first ones replace what is there."""
        ...

    def drop(self, graph: str) -> None:
        """Take a graph away; one that is not there does no harm."""
        ...


class ByStore:
    """The Graph Store Protocol: PUT, POST and DELETE of ``address?graph=IRI``."""

    name: Via = "store"

    def __init__(self, server: Server) -> None:
        self._server = server

    def put(self, graph: str, lines: list[str], *, first: bool) -> None:
        """Write triples as N-Triples, called Turtle (which it is): every server takes that."""
        body = "\n".join([*lines, ""]).encode("utf-8")
        self._server.ask("PUT" if first else "POST", body, "text/turtle", query=_query(graph))

    def drop(self, graph: str) -> None:
        """Take the graph away."""
        self._server.ask("DELETE", None, query=_query(graph), fine=(404,))


class ByUpdate:
    """SPARQL Update: what replaces a graph drops it and inserts in one request, which most servers do as one."""

    name: Via = "update"

    def __init__(self, server: Server) -> None:
        self._server = server

    def put(self, graph: str, lines: list[str], *, first: bool) -> None:
        """Insert triples."""
        data = "\n".join(map(for_sparql, lines))
        insert = f"INSERT DATA {{ GRAPH <{graph}> {{\n{data}\n}} }}"
        self._ask(f"DROP SILENT GRAPH <{graph}> ;\n{insert}" if first else insert)

    def drop(self, graph: str) -> None:
        """Take the graph away."""
        self._ask(f"DROP SILENT GRAPH <{graph}>")

    def _ask(self, update: str) -> None:
        self._server.ask("POST", update.encode("utf-8"), "application/sparql-update")


class Sender:
    """Sends graphs batch by batch; where the server finds one too large, it and all that follow are made smaller."""

    def __init__(self, way: Way, most: int = BATCH) -> None:
        self.way, self.most = way, most

    def send(self, graph: str, lines: Iterable[str]) -> None:
        """Make these triples all that the server has in a graph. Raises PushFailed."""
        held: list[str] = []
        letters, first = 0, True
        for line in lines:
            if len(held) >= self.most or (held and letters + len(line) > LETTERS):
                self._put(graph, held, first)
                held, letters, first = [], 0, False
            held.append(line)
            letters += len(line)
        if held:
            self._put(graph, held, first)

    def _put(self, graph: str, lines: list[str], first: bool) -> None:
        try:
            self.way.put(graph, lines, first=first)
        except PushFailed as error:
            if error.status != _TOO_LARGE or len(lines) == 1:
                raise
            half = (len(lines) + 1) // 2
            self.most = min(self.most, half)
            self._put(graph, lines[:half], first)
            self._put(graph, lines[half:], False)


def way_of(via: Via | None, server: Server) -> Way:
    """The way that is asked for, else the one that the address's last part tells; SPARQL Update where it does not.

    Raises UsageError for another word.
    """
    if via not in (None, "store", "update"):
        raise UsageError(f"via={via!r} is not known; give store or update")
    last = urlsplit(server.address).path.rstrip("/").rpartition("/")[2]
    return ByStore(server) if via == "store" or (via is None and last in _STORES) else ByUpdate(server)


def for_sparql(line: str) -> str:
    r"""A line of N-Triples for a SPARQL request, in which a text of backslash and u cannot be taken for an escape.

    SPARQL 1.1 replaces ``\u0022`` before it parses (section 19.2), some servers also where the backslash is escaped.

    >>> print(for_sparql(r'<s> <p> "C:\\users \n \u0001" .'))
    <s> <p> "C:\\\u0075sers \n \u0001" .
    """
    return _BACKSLASH.sub(lambda found: rf"\\\u{ord(found[1]):04x}" if found[1] else found[0], line)


def _query(graph: str) -> str:
    return f"graph={quote(graph, safe='')}"


__all__ = ["BATCH", "ByStore", "ByUpdate", "Sender", "Via", "Way", "for_sparql", "way_of"]
