"""The graph -> a server elsewhere: each named graph by itself, and only those that changed since the last time.

Any server does that speaks SPARQL 1.1 Update or the Graph Store Protocol (`kg.push.ways`). What it has is noted beside
the graph (`kg.push.sent`), so that a push that was stopped goes on, and an article that was removed here goes there,
too. No other graph of the server is touched. Nothing is held but one batch, whatever the size of the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import chain

import pyoxigraph as ox

from kg import names
from kg.errors import UsageError
from kg.export.description import description
from kg.push.sent import Sent
from kg.push.server import Credentials, PushFailed, Server, checked_address, credentials, in_the_clear
from kg.push.ways import BATCH, Sender, Via, way_of
from kg.records import Finding
from kg.store import DERIVED, Store
from kg.store.quads import inside

TIMEOUT = 120.0
"""Seconds without a word from the server after which a request is given up, and made again."""
IN_A_ROW = 3
"""After how many refused graphs in a row the server is taken to refuse all: one may be odd, three are none."""
Step = Callable[[str, str, int], None]
"""Told of each graph: what becomes of it (send, drop, keep), its IRI, its triples."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: graphs sent, with their triples; dropped; unchanged since the last time; what was refused."""

    to: str
    via: Via
    sent: int = 0
    triples: int = 0
    dropped: int = 0
    unchanged: int = 0
    failed: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Graph:
    """A named graph and a way to go through its quads, as often as needed."""

    iri: str
    quads: Callable[[], Iterable[ox.Quad]]

    def lines(self) -> Iterator[str]:
        """Its triples in the syntax of N-Triples, in no order."""
        return (f"{quad.subject} {quad.predicate} {quad.object} ." for quad in self.quads())

    def digest(self) -> tuple[int, str]:
        """How many triples, and what tells them from others whatever their order: the sum of their digests."""
        number = total = 0
        for number, line in enumerate(self.lines(), start=1):  # noqa: B007
            total += int.from_bytes(sha256(line.encode("utf-8")).digest(), "big")
        return number, f"{total % (1 << 256):064x}"


def push(
    store: Store,
    to: str,
    *,
    via: Via | None = None,
    batch: int = BATCH,
    timeout: float = TIMEOUT,
    again: bool = False,
    dry_run: bool = False,
    known: Credentials | None = None,
    on_step: Step | None = None,
) -> Pushed:
    """Write what the graph holds to a server, and take away there what earlier pushes wrote and the graph has no more.

    ``to`` is the server's address for updates or for graphs (``via`` says which, else its path), ``batch`` the most
    triples a request, ``timeout`` seconds, ``again`` sends what is unchanged, too; ``dry_run`` sends nothing. Who we
    are is told by the environment (`kg.push.server.credentials`) unless ``known`` is given. Raises UsageError for an
    address or credentials that cannot be, PushError where the server cannot be reached or refuses; what was sent until
    then is not sent again.
    """
    address = checked_address(to)
    if batch < 1 or timeout <= 0:
        raise UsageError("a batch has one triple at least, and a time limit is more than nothing")
    server = Server(address, known or credentials(), timeout=timeout)
    way = way_of(via, server)
    sender = Sender(way, batch)
    with Sent(store.path, address, reading=dry_run) as sent:
        run = _Run(store, sender, sent, again, dry_run, on_step or (lambda *_: None))
        run.send()
        run.drop()
    return Pushed(address, way.name, run.graphs, run.triples, run.dropped, run.unchanged, tuple(run.failed))


@dataclass(slots=True)
class _Run:
    """One push on its way."""

    store: Store
    sender: Sender
    sent: Sent
    again: bool
    dry: bool
    step: Step
    graphs: int = 0
    triples: int = 0
    dropped: int = 0
    unchanged: int = 0
    failed: list[Finding] = field(default_factory=list)
    _in_a_row: int = 0

    def send(self) -> None:
        """Send each graph whose digest is not the noted one."""
        for graph in _graphs(self.store):
            number, digest = graph.digest()
            if not number:
                continue
            if not self.again and self.sent.digest(graph.iri) == digest:
                self.unchanged += 1
                self.step("keep", graph.iri, number)
            elif self._done(graph.iri, partial(self._send, graph, digest)):
                self.graphs += 1
                self.triples += number
                self.step("send", graph.iri, number)

    def _send(self, graph: _Graph, digest: str) -> None:
        self.sent.begin(graph.iri)
        self.sender.send(graph.iri, graph.lines())
        self.sent.done(graph.iri, digest)

    def drop(self) -> None:
        """Take away what an earlier push wrote and the graph holds no more."""
        described = _named(self.store, "description").value if _holds(self.store) else None
        for iri in self.sent.graphs():
            if iri == described or next(inside(self.store.inner, ox.NamedNode(iri)), None) is not None:
                continue
            if self._done(iri, partial(self._drop, iri)):
                self.dropped += 1
                self.step("drop", iri, 0)

    def _drop(self, iri: str) -> None:
        self.sender.way.drop(iri)
        self.sent.drop(iri)

    def _done(self, iri: str, work: Callable[[], None]) -> bool:
        """Do the work, unless nothing is to be done in earnest; a graph that is refused is set aside."""
        if self.dry:
            return True
        try:
            work()
        except PushFailed as error:
            self._in_a_row += 1
            if not error.of_graph or self._in_a_row == IN_A_ROW:
                raise
            self.failed.append(Finding(iri, str(error)))
            return False
        self._in_a_row = 0
        return True


def _graphs(store: Store) -> Iterator[_Graph]:
    """What an export holds: first the articles, then what follows from them, so that no fact comes before its claim."""
    last = [_named(store, key) for key in DERIVED]
    left = {*last, _named(store, "sources")}
    articles = (node for node in store.inner.named_graphs() if isinstance(node, ox.NamedNode) and node not in left)
    for node in chain(articles, last):
        yield _Graph(node.value, partial(inside, store.inner, node))
    if _holds(store):
        described = description(store, "all")
        yield _Graph(_named(store, "description").value, lambda: described)


def _holds(store: Store) -> bool:
    """Whether there is anything at all: nothing needs no description, and leaves no trace on a server."""
    return next(store.quads(), None) is not None


def _named(store: Store, key: str) -> ox.NamedNode:
    return ox.NamedNode(names.mint("graph", key, base=store.base))


__all__ = ["BATCH", "TIMEOUT", "Credentials", "Pushed", "Step", "Via", "credentials", "in_the_clear", "push"]
