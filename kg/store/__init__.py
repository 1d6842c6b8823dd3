"""The graph on disk: quads -> one pyoxigraph store that changes by whole articles, each in one transaction.

``news.kg/`` holds ``store/`` (RocksDB files), ``meta.json`` (format and base IRI) and ``lock``. Every change writes
an article's named graph *and* all that follows from it (facts, labels, statuses) in one transaction, so that a
process killed at any moment leaves whole articles and right facts.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Protocol

import pyoxigraph as ox

from kg import files, names
from kg.errors import StoreError
from kg.store import folder
from kg.store.held import Counts, StoredArticle
from kg.store.state import Change, State, what_became
from kg.store.quads import as_stored, counted, in_syntax, inside, lexical, load, same_file, tally

if TYPE_CHECKING:
    import rdflib

DERIVED = ("asserted", "reported", "entities")
Term = ox.NamedNode | ox.Literal
Node = ox.NamedNode | None
Match = Callable[..., Iterable[ox.Quad]]
"""The quads that fit a pattern of subject, predicate, value and perhaps graph (``kg.emit.Match``)."""


class Derivation(Protocol):
    """What must leave the derived graphs and what must enter them."""

    @property
    def drop(self) -> frozenset[ox.Quad]: ...
    @property
    def add(self) -> frozenset[ox.Quad]: ...


class Derive(Protocol):
    """The rule by which facts follow from what articles say (``kg.emit.derived``)."""

    def __call__(
        self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad], told: Match, held: Match, *, base: str
    ) -> Derivation: ...


LOADERS = 4
"""So many pieces of a graph that is filled are loaded at once, where there are so many cores."""

UNFLUSHED = 16_000_000
"""Letters of changes after which all is written to files, so that memory does not grow with what is added."""


class Store:
    """A knowledge graph on disk, or in memory without a path; one writer at a time.

    ``derive`` is the rule by which facts follow, needed for changes only; ``base`` begins the IRIs of the graph's
    nodes and is kept from the first opening on. ``read_only`` opens an existing graph for any number of readers.
    Raises StoreError where the path holds something else, a graph of another format, or one in use, and UsageError
    for a base that no IRI can begin with.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        derive: Derive | None = None,
        base: str | None = None,
        read_only: bool = False,
    ) -> None:
        base = None if base is None else folder.checked_base(base)
        self.path = None if path is None else Path(path)
        self.read_only = read_only
        self._derive = derive
        self._lock: IO[bytes] | None = None
        self._unflushed = 0
        if self.path is None:
            self.base = base or names.BASE
            self._inner: ox.Store | None = ox.Store()
        else:
            folder.prepare(self.path, read_only=read_only)
            self._lock = folder.lock(self.path, read_only=read_only)
            try:
                self.base = folder.settle(self.path, base)
                self._inner = folder.open_store(self.path / "store", read_only=read_only)
            except BaseException:
                self._release()
                raise

        self._derived = [self._node("graph", key) for key in DERIVED]
        self._noted = self._node("graph", "sources")

    @property
    def inner(self) -> ox.Store:
        """The pyoxigraph store; for reading only, since facts follow from ``change`` alone."""
        if self._inner is None:
            raise StoreError(f"the graph {self.path or 'in memory'} has been closed; open it again")
        return self._inner

    def close(self) -> None:
        """Write everything to disk and let other processes in; the store is of no use afterwards.

        Raises StoreError where there is no room for it; all that was written stands in the store's journal then.
        """
        try:
            if self._inner is not None and self.path is not None and not self.read_only:
                with files.writing(self.path):
                    self._inner.flush()
        finally:
            self._inner = None
            self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- changing

    def change(self, article_id: str, quads: Iterable[ox.Quad] = ()) -> Change:
        """Make ``quads`` all that is known from an article; without quads, remove it. One transaction.

        Another article with the same ``schema:url`` is an older state of this one and is withdrawn. Raises
        StoreError where the graph is read-only or a quad lies outside the article's graph.
        """
        return self.change_all({article_id: quads})[article_id]

    def change_all(self, changes: Mapping[str, Iterable[ox.Quad]]) -> dict[str, Change]:
        """The same for several articles at once: who is who may change in others when one comes or goes."""
        derive = self._deriving()
        states = [self._state(article_id, quads) for article_id, quads in changes.items()]
        fresh = [state for state in states if state.before != state.told]
        older = {state.article: self._older(state) for state in fresh}
        gone = dict.fromkeys(node for state in fresh for node in (state.article, *older[state.article]))
        told = {quad for state in fresh for quad in state.told}
        before = {quad for graph in gone for quad in inside(self.inner, graph)}
        noted = {quad for state in states for quad in state.noted}
        drop = self._outdated(states, [old for found in older.values() for old in found])
        if before == told:
            self._commit([], drop, noted)
        else:
            derivation = derive(before, told, self._after(list(gone), told), self._held, base=self.base)
            # An article that stays is changed where it differs: mostly in few places, where a name has another key now.
            stay = {state.article for state in fresh if state.told}
            lost = {quad for state in fresh if state.told for quad in state.before} - told
            self._commit(
                [graph for graph in gone if graph not in stay], derivation.drop | drop | lost,
                derivation.add | noted | (told - before),
            )  # fmt: skip
        return {id_: what_became(state, older.get(state.article)) for id_, state in zip(changes, states, strict=True)}

    def note(self, article_id: str, quads: Iterable[ox.Quad]) -> None:
        """Make ``quads`` the note with which frames of the user's own an article was read; nothing else changes."""
        self._deriving()
        self._commit([], set(self._frames(self._node("article", article_id))), set(as_stored(quads)))

    def fill(self, told: Iterable[bytes], derived: Callable[[], Iterable[ox.Quad]]) -> None:
        """Make what articles say, in N-Quads, and what follows from it all that the graph holds: for a fresh one.

        ``derived`` is asked for the quads of the derived graphs once all is told. All is loaded in bulk into files of
        its own, which then take the place of the old ones: who is stopped finds what was there before. Raises
        StoreError where the graph is read-only.
        """
        self._deriving()
        if self.path is None:
            self.inner.clear()
            load(self.inner, told, derived, threads=1)
            return
        with folder.fresh(self.path) as new:
            load(folder.open_store(new, read_only=False), told, derived, threads=min(files.cores(), LOADERS))
            self._inner = None
        self._inner = folder.open_store(self.path / "store", read_only=False)

    def _deriving(self) -> Derive:
        """The rule by which facts follow. Raises StoreError where the graph is for reading only."""
        if self._derive is None or self.read_only:
            raise StoreError(f"the graph {self.path or 'in memory'} is open for reading only; open it for writing")
        return self._derive

    def _outdated(self, states: list[State], older: list[ox.NamedNode]) -> set[ox.Quad]:
        """The notes that no longer hold: of what goes all, of what is read once more the frames that it was read with.

        Where a known article was read once more, the file that it came from is noted beside the others.
        """
        gone = [*older, *(state.article for state in states if not state.told)]
        drop = {quad for graph in gone for quad in self._sources(graph)}
        return drop | {quad for graph in (*gone, *(s.article for s in states)) for quad in self._frames(graph)}

    def _older(self, state: State) -> list[ox.NamedNode]:
        """Other states of the same article: those with its address."""
        return [other for other in self._with_url_of(state.told) if other != state.article]

    def _state(self, article_id: str, quads: Iterable[ox.Quad]) -> State:
        article = self._node("article", article_id)
        stored = set(as_stored(quads))
        noted = {quad for quad in stored if quad.graph_name == self._noted}
        if any(quad.graph_name != article for quad in stored - noted):
            raise StoreError(f"article {article_id}: a quad lies outside the article's own graph; nothing was written")
        return State(article, frozenset(inside(self.inner, article)), frozenset(stored - noted), frozenset(noted))

    def remove(self, article_id: str) -> bool:
        """Retract an article: exactly its own claims, and what follows from them alone; False if it is unknown."""
        return self.change(article_id) == "removed"

    def _commit(self, graphs: Iterable[ox.NamedNode], drop: Iterable[ox.Quad], add: Iterable[ox.Quad]) -> None:
        """One SPARQL update is one transaction; terms are written in N-Quads syntax, which needs no other escape."""
        steps = [f"DROP SILENT GRAPH {graph}" for graph in graphs]
        for verb, part in (("DELETE", drop), ("INSERT", add)):
            if data := in_syntax(part):
                steps.append(f"{verb} DATA {{ {data} }}")
        with files.writing(self.path):
            if steps:
                self.inner.update(text := " ;\n".join(steps))
                self._unflushed += len(text)
            if self.path is not None and self._unflushed > UNFLUSHED:
                self.inner.flush()  # the store keeps all that it has not written to its files in memory
                self._unflushed = 0
            for graph in (*self._derived, self._noted):
                if self.inner.contains_named_graph(graph) and not counted(islice(inside(self.inner, graph), 1)):
                    self.inner.remove_graph(graph)  # the name of an empty graph would be a trace

    def _after(self, gone: list[ox.NamedNode], told: set[ox.Quad]) -> Match:
        """What the article graphs will say after the change: those that go left out, the new one put in."""
        fresh = ox.Store()
        fresh.extend(told)
        hidden = {*gone, *self._derived}

        def match(subject: Node, predicate: Node, value: Term | None, graph: Node = None) -> Iterator[ox.Quad]:
            yield from fresh.quads_for_pattern(subject, predicate, value, graph)
            for quad in self.inner.quads_for_pattern(subject, predicate, value, graph):
                if quad.graph_name not in hidden:
                    yield quad

        return match

    def _held(self, subject: Node, predicate: Node, value: Term | None, graph: Node = None) -> Iterator[ox.Quad]:
        """What the derived graphs hold."""
        for layer in self._derived:
            if graph in (None, layer):
                yield from self.inner.quads_for_pattern(subject, predicate, value, layer)

    def _with_url_of(self, told: Iterable[ox.Quad]) -> list[ox.NamedNode]:
        urls = [quad.object for quad in told if quad.predicate == _URL and quad.subject == quad.graph_name]
        found = {quad.subject for url in urls for quad in self.inner.quads_for_pattern(None, _URL, url, None)}
        return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)

    def _sources(self, article: ox.NamedNode) -> Iterator[ox.Quad]:
        return self.inner.quads_for_pattern(article, _SOURCE, None, self._noted)

    def _frames(self, article: ox.NamedNode | None) -> Iterator[ox.Quad]:
        """The notes with which frames of the user's own an article, or each, was read."""
        return self.inner.quads_for_pattern(article, _READ_WITH, None, self._noted)

    # ---- reading

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad that belongs to the graph (not the note of which files were read), in no order."""
        return (quad for quad in self.inner if quad.graph_name != self._noted)

    def article_with_url(self, url: str) -> StoredArticle | None:
        """The article that was read from an address, or None."""
        literal = ox.Literal(url, datatype=_ANY_URI)
        for quad in self.inner.quads_for_pattern(None, _URL, literal, None):
            return self._article(quad.subject)
        return None

    def has_article(self, article_id: str) -> bool:
        """Whether the graph holds an article (by its whole id)."""
        return self.inner.contains_named_graph(self._node("article", article_id))

    def uses(self, article_id: str, terms: Collection[ox.NamedNode]) -> bool:
        """Whether one of some terms is a predicate or an object of an article's own graph."""
        graph, quads = self._node("article", article_id), self.inner.quads_for_pattern
        found = (some for term in terms for some in (quads(None, term, None, graph), quads(None, None, term, graph)))
        return any(next(some, None) is not None for some in found)

    def read_with(self, article_id: str) -> str:
        """The key of the user's own frames with which an article was read (``Ontology.added``), empty without any."""
        return next((lexical(quad.object) or "" for quad in self._frames(self._node("article", article_id))), "")

    def frames(self) -> dict[str, int]:
        """How many articles were read with which frames of the user's own, by their key; empty: with none."""
        found: dict[str, int] = {}
        for quad in self._frames(None):
            key = lexical(quad.object) or ""
            found[key] = found.get(key, 0) + 1
        without = self._number(_ARTICLE) - sum(found.values())
        return found | ({"": without} if without else {})

    def articles(self) -> list[StoredArticle]:
        """All articles, sorted by id."""
        found = self.inner.quads_for_pattern(None, _TYPE, _ARTICLE, None)
        return sorted((self._article(quad.subject) for quad in found), key=lambda article: article.id)

    def find_articles(self, reference: str) -> tuple[StoredArticle, ...]:
        """The articles that are meant by an id, the beginning of one, an IRI, a URL or a source file."""
        if self.has_article(reference):
            return (self._article(self._node("article", reference)),)
        known = self.articles()
        tests: tuple[Callable[[StoredArticle], bool], ...] = (
            lambda article: reference in (article.iri, article.url),
            lambda article: any(same_file(reference, source) for source in article.sources),
            lambda article: bool(reference) and article.id.startswith(reference),
        )
        for test in tests:
            if found := tuple(article for article in known if test(article)):
                return found
        return ()

    def find_article(self, reference: str) -> StoredArticle:
        """The one article that is meant (see ``find_articles``); StoreError where there is none, or several."""
        found = self.find_articles(reference)
        if not found:
            raise StoreError(f"no article {reference!r} in the graph; `kg info` lists those that there are")
        if len(found) > 1:
            some = ", ".join(article.id for article in found[:5])
            raise StoreError(f"{reference!r} means {len(found)} articles ({some} …); give one whole id")
        return found[0]

    def counts(self) -> Counts:
        """How much the graph holds."""
        entities, begin = self._node("graph", "entities"), names.mint("entity", "", base=self.base)
        typed = f"?node {_TYPE} ?type FILTER(STRSTARTS(STR(?node), {ox.Literal(begin)}))"
        claims, statements, events = (
            self._number(ox.NamedNode(names.expand(f"kg:{class_}"))) for class_ in ("Claim", "Statement", "Event")
        )
        asserted, reported, noted = (
            counted(inside(self.inner, self._node("graph", key))) for key in ("asserted", "reported", "sources")
        )
        return Counts(
            articles=self._number(_ARTICLE),
            entities=tally(self.inner, "?held", f"VALUES ?held {{ {entities} }} GRAPH ?held {{ {typed} }}").get(
                entities.value, 0
            ),
            claims=claims, statements=statements, events=events, asserted=asserted, reported=reported,
            quads=len(self.inner) - noted,
        )  # fmt: skip

    def rdf(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same store: its default graph is the union of all graphs."""
        import oxrdflib
        import rdflib

        dataset = rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self.inner), default_union=True)
        for prefix, iri in names.prefixes(self.base).items():
            dataset.bind(prefix, iri)
        return dataset

    def _number(self, class_: ox.NamedNode) -> int:
        return tally(self.inner, "?class", f"VALUES ?class {{ {class_} }} ?node {_TYPE} ?class").get(class_.value, 0)

    def _article(self, node: object) -> StoredArticle:
        assert isinstance(node, ox.NamedNode)
        values = {quad.predicate: quad.object for quad in self.inner.quads_for_pattern(node, None, None, node)}
        date, publisher = lexical(values.get(_DATE)), values.get(_PUBLISHER)
        return StoredArticle(
            id=node.value.removeprefix(names.mint("article", "", base=self.base)),
            iri=node.value,
            title=lexical(values.get(_HEADLINE)),
            date=datetime.date.fromisoformat(date) if date else None,
            publisher=self._label(publisher) if isinstance(publisher, ox.NamedNode) else None,
            url=lexical(values.get(_URL)),
            sources=tuple(sorted(str(lexical(quad.object)) for quad in self._sources(node))),
        )

    def _label(self, node: ox.NamedNode) -> str | None:
        found = self.inner.quads_for_pattern(node, _LABEL, None, self._node("graph", "entities"))
        return next((lexical(quad.object) for quad in found), None)

    def _node(self, kind: str, key: str) -> ox.NamedNode:
        return ox.NamedNode(names.mint(kind, key, base=self.base))


_TYPE = ox.NamedNode(names.expand("rdf:type"))
_LABEL = ox.NamedNode(names.expand("rdfs:label"))
_SOURCE = ox.NamedNode(names.expand("dcterms:source"))
_READ_WITH = ox.NamedNode(names.expand("dcterms:conformsTo"))
_ARTICLE = ox.NamedNode(names.expand("schema:NewsArticle"))
_URL = ox.NamedNode(names.expand("schema:url"))
_DATE = ox.NamedNode(names.expand("schema:datePublished"))
_HEADLINE = ox.NamedNode(names.expand("schema:headline"))
_PUBLISHER = ox.NamedNode(names.expand("schema:publisher"))
_ANY_URI = ox.NamedNode(names.expand("xsd:anyURI"))

__all__ = ["DERIVED", "Counts", "Store", "StoredArticle"]
