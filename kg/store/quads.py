"""Quads in and out of a store: what a graph holds, how terms are kept and written, what a source file means."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

PIECE = 32 * 1024 * 1024
"""About so many bytes of N-Quads are loaded as one at first, later up to four times as many (600,000 quads, for which
the store takes some 500 MB): each piece makes files that must be merged with all others."""
_XSD = "http://www.w3.org/2001/XMLSchema#"
_KEPT = frozenset(ox.NamedNode(_XSD + name) for name in ("string", "anyURI"))
"""Datatypes whose literals a store keeps as they are."""


def inside(store: ox.Store, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """All quads of one graph."""
    return store.quads_for_pattern(None, None, None, graph)


def as_stored(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Quads as a store gives them back: it keeps numbers and dates by value ("0.80" becomes "0.8").

    >>> node, number = ox.NamedNode("urn:a"), ox.Literal("0.80", datatype=ox.NamedNode(_XSD + "decimal"))
    >>> [quad.object.value for quad in as_stored([ox.Quad(node, node, number, node)])]
    ['0.8']
    """
    for quad in quads:
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype not in _KEPT and (kept := _kept(value)) != value:
            yield ox.Quad(quad.subject, quad.predicate, kept, quad.graph_name)
        else:
            yield quad


@lru_cache(maxsize=100_000)
def _kept(literal: ox.Literal) -> ox.Literal:
    """A literal as a store gives it back."""
    passage, node = ox.Store(), ox.NamedNode("urn:x")
    passage.add(ox.Quad(node, node, literal))
    (quad,) = passage
    assert isinstance(quad.object, ox.Literal)
    return quad.object


def load(store: ox.Store, told: Iterable[bytes], derived: Callable[[], Iterable[ox.Quad]], *, threads: int) -> None:
    """Load what is told, in N-Quads, in pieces, several at once; then what follows from it."""
    with ThreadPoolExecutor(threads) as pool:
        under_way: deque[Future[None]] = deque()
        try:
            for piece in _pieces(told):
                under_way.append(pool.submit(store.bulk_load, piece, format=ox.RdfFormat.N_QUADS, lenient=True))
                if len(under_way) > threads:
                    under_way.popleft().result()
        finally:
            wait(under_way)
        for done in under_way:
            done.result()
    store.bulk_extend(derived())
    store.optimize()


def _pieces(told: Iterable[bytes]) -> Iterator[bytes]:
    """Bytes put together to pieces, small ones first and larger ones the more there are."""
    held, size, wanted = list[bytes](), 0, PIECE
    for part in told:
        held.append(part)
        size += len(part)
        if size >= wanted:
            yield b"".join(held)
            held, size, wanted = [], 0, min(wanted * 5 // 4, PIECE * 4)
    yield b"".join(held)


def in_syntax(quads: Iterable[ox.Quad]) -> str:
    """Quads as the body of DELETE DATA or INSERT DATA, grouped by graph."""
    graphs: dict[str, list[str]] = {}
    for quad in quads:
        graphs.setdefault(str(quad.graph_name), []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return "\n".join(f"GRAPH {graph} {{ {' '.join(lines)} }}" for graph, lines in graphs.items())


def lexical(term: object) -> str | None:
    """The text of an IRI or a literal."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else None


def counted(items: Iterable[object]) -> int:
    """How many there are."""
    return sum(1 for _ in items)


def tally(store: ox.Store, key: str, pattern: str, *, node: str = "?node") -> dict[str, int]:
    """How many nodes fit a pattern of SPARQL, by the text of ``key``: the store counts ten times as fast as Python.

    ``key`` and ``node`` are variables of the pattern, which sees the union of all graphs.
    """
    query = f"SELECT {key} (COUNT(DISTINCT {node}) AS ?number) WHERE {{ {pattern} }} GROUP BY {key}"
    found: Any = store.query(query, use_default_graph_as_union=True)
    return {row[0].value: int(row[1].value) for row in found if isinstance(row[0], ox.NamedNode)}


def same_file(reference: str, source: str) -> bool:
    """Whether a source ("news/a.csv:12") is the file, or the place in it, that is meant ("a.csv", "news/a.csv:12")."""
    place, _, position = source.rpartition(":")
    sources = {source, place} if position.isdigit() and place else {source}
    wanted = Path(reference).parts
    return bool(wanted) and any(Path(name).parts[-len(wanted) :] == wanted for name in sources)


__all__ = ["as_stored", "counted", "in_syntax", "inside", "lexical", "load", "same_file", "tally"]
