"""KnowledgeGraph: one object for all that a user does with a graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.records import Answer, Article, Facts, Finding, Report

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.ask.claims import Claim
    from kg.ask.explanation import Explanation
    from kg.ask.info import Info
    from kg.ask.paths import Path as Chain
    from kg.ask.timeline import Moment
    from kg.build import Log, Progress
    from kg.changing import Changing
    from kg.check import Breach
    from kg.ontology import Ontology
    from kg.push import Pushed, Step, Via
    from kg.resolve import Identity
    from kg.resolve.merges import Joined, Witnessed
    from kg.resolve.review import Line
    from kg.show import Shown
    from kg.view import Ranking

_BASE = re.compile(r'https?://[^\s<>"{}|\\^`/]+(?:/[^\s<>"{}|\\^`]*)?[/#]')


class KnowledgeGraph:
    """A graph on disk (``path``), or in memory without one; opened for writing unless ``read_only``.

    ``base`` begins the IRIs of its nodes, ``ontology`` are Turtle files with the user's own frames, or folders of them
    (needed to read articles; to ask, the graph holds what it says by them), ``gazetteer`` are such files with names,
    ``model`` is another language pipeline than the shipped one, by folder or name (`language.load`). Without ``ranker``
    articles are read by frames alone, nothing is judged or added by what was learned. Raises StoreError where the path
    cannot be opened, UsageError where ``base`` is no beginning of addresses.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        base: str | None = None,
        ontology: str | Path | Iterable[str | Path] = (),
        gazetteer: str | Path | Iterable[str | Path] = (),
        model: str | Path | None = None,
        ranker: bool = True,
        read_only: bool = False,
    ) -> None:
        from kg import emit
        from kg.store import Store

        if base is not None and not _BASE.fullmatch(base):
            raise UsageError(f"the base {base!r} is no beginning of addresses; give one like https://example.org/news/")
        self._extra = tuple(
            path for given in (ontology, gazetteer) for path in ((given,) if isinstance(given, str | Path) else given)
        )
        self._model, self._ranker = model, ranker
        self.store = Store(path, derive=None if read_only else emit.derived, base=base, read_only=read_only)
        self._path = None if path is None else Path(path)

    @cached_property
    def ontology(self) -> Ontology:
        """The shipped ontology with the user's own files."""
        from kg import ontology

        return ontology.load(self._extra)

    @cached_property
    def identity(self) -> Identity:
        """Who is who in the graph, and why.

        Raises StoreError where what is kept of it cannot be opened, UsageError where a decision of people is not clear.
        """
        from kg import resolve
        from kg.resolve import review

        file, reading = None if self._path is None else self._path / "records.sqlite", self.store.read_only
        nothing = file is not None and reading and not file.exists()
        memory = resolve.Memory(None if nothing else file, read_only=reading)
        return resolve.Identity(memory, None if reading or self.decisions is None else review.read(self.decisions))

    @property
    def decisions(self) -> Path | None:
        """The file of what people decided about who is who: ``news.decisions.txt`` beside ``news.kg``."""
        path = self._path
        return None if path is None else path.with_name(f"{path.name.removesuffix('.kg')}.decisions.txt")

    def changing(self) -> Changing:
        """The graph with what is known of who is who, in step; what a killed run has left is written first."""
        from kg.changing import Changing

        return Changing(self.store, self.identity, self.ontology)

    # ---- changing

    def add(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        again: bool = False,
        threads: int = 0,
        workers: int = 1,
        cluster: str | None = None,
        private: bool = False,
        progress: Progress | None = None,
        log: Log | None = None,
        on_error: Callable[[Finding], None] | None = None,
    ) -> Report:
        """Read files, folders, patterns or addresses and add their articles; what is known already is skipped.

        With several ``workers`` articles are read by so many processes of this machine, with ``cluster`` by the workers
        of a Dask cluster (``tcp://host:8786``, or ``dask`` for the one that Dask's own configuration names); the graph
        is the same. Both want ``pip install 'newskg[cluster]'``. Addresses of private networks are fetched only where
        ``private`` allows it.
        """
        from kg import build
        from kg.cluster import mapping
        from kg.mapping import Pipeline

        given = [paths] if isinstance(paths, str | Path) else paths
        pipeline = Pipeline(self.ontology, self._model, threads, self._ranker)
        with mapping(pipeline, workers=workers, address=cluster) as several:
            return build.build(
                given, self.store, self.identity, pipeline=pipeline, mapper=several, teller=several, again=again,
                private=private, progress=progress, log=log, on_error=on_error,
            )  # fmt: skip

    def remove(self, article: str) -> str:
        """Retract an article, given by id, URL or file: exactly its own claims go. Returns its id."""
        found = self.store.find_article(article)
        self.changing().remove(found.id)
        return found.id

    # ---- who is who

    def merges(self, name: str | None = None) -> list[Joined]:
        """What was joined under several names, and why, the least sure first; with a name, all that is called so.

        ``name`` is a name, the end of an IRI ("ann-lee") or an IRI. Raises UsageError where nothing is called so.
        """
        from kg.resolve import merges

        return merges.joined(self.identity) if name is None else merges.named(self.identity, name, base=self.store.base)

    def witnessed(self, name: str | None = None) -> list[Witnessed]:
        """The events that several articles tell of, and why they are one, the least sure first; or one, by its key."""
        from kg.resolve import merges

        return merges.events(self.identity, name, base=self.store.base)

    def merge(self, *names: str) -> int:
        """Decide that all of some names, or keys of entities, are one thing; how many articles were written anew.

        Raises UsageError where a name is unknown or stands for several things.
        """
        from kg.resolve import merges

        return self._decide(*merges.merging(self.identity, names, base=self.store.base))

    def split(self, name: str, other: str | None = None, *, at: Iterable[str] = ()) -> int:
        """Decide that a name is not one thing with another name, or with any; how many articles were written anew.

        ``at`` are ids of articles in which the name means something else than in the others, or words of articles that
        do not mean it («id#char=from,to», as at the end of the IRI of a stretch of text). With ``at``, ``name`` may be
        the key of an event, which these articles do not tell of. Raises UsageError where a name is unknown or stands
        for several things.
        """
        from kg.resolve import merges

        return self._decide(*merges.splitting(self.identity, name, other, tuple(at), base=self.store.base))

    def decide(self) -> int:
        """Follow the file of decisions where it has changed; how many articles were written anew."""
        before = self.identity.wanted != self.identity.review
        return self.changing().settled if before else 0

    def _decide(self, line: Line, note: str) -> int:
        from kg.resolve import review

        change = self.changing()
        if self.decisions is not None:
            review.write(self.decisions, line, note)
        wanted = review.Review((*self.identity.review.lines, line))
        return change.decide(lambda: self.identity.decide(wanted))

    # ---- asking

    def ask(
        self, question: str, *, timeout: float | None = None, facts: Facts = "all", **parameters: Any
    ) -> Answer:
        """The answer to SPARQL text, or to a named question with its parameters (``ask("acquisitions", buyer="X")``).

        ``facts`` leaves the facts that articles only report, or only assert, out of what a plain query sees.

        CONSTRUCT and DESCRIBE give one row with the Turtle text. Raises QueryError.
        """
        from kg import ask

        found = ask.ask(self.store, question, parameters=parameters, timeout=timeout, facts=facts)
        return found if isinstance(found, Answer) else Answer(("turtle",), ((found,),))

    def show(self, name: str) -> list[Shown]:
        """Everything known of the entities called ``name``; UsageError, with what may be meant, where none is."""
        from kg import show
        from kg.ask import finding

        near = partial(finding.near, self.store)
        return show.show(lambda text, bound: self.ask(text, **bound), name, near=near)

    def path(self, name: str, other: str, *, hops: int = 4, longer: int = 1, limit: int = 10) -> tuple[Chain, ...]:
        """How two things are connected (`kg.ask.paths`): the shortest chains of claims, with the words on each link.

        Chains have at most ``hops`` links, and at most ``longer`` more than the shortest; there are at most ``limit``.
        """
        from kg.ask import paths

        return paths.paths(self.store, name, other, hops=hops, longer=longer, limit=limit)

    def timeline(self, name: str, *, since: str = "", until: str = "") -> tuple[Moment, ...]:
        """The events of a thing, the claims about it and what it says, by date (`kg.ask.timeline`)."""
        from kg.ask import timeline

        return timeline.timeline(self.store, name, since=since, until=until)

    def info(self) -> Info:
        """What the graph holds: counts by class and relation, the time it spans, voices, size on disk."""
        from kg.ask import info

        return info.info(self.store)

    def explain(self, claim: str) -> Explanation:
        """The words, the rule, the parse and the near misses of a claim, given by IRI or (the beginning of) its digest.

        The article is parsed again from the file that it was read from; where that is gone or has changed, the sentence
        alone is, as far as the graph holds it. Raises UsageError for a claim that is unknown or not clear.
        """
        from kg import build
        from kg.ask import claims, explanation
        from kg.extract import rules

        found = claims.find(self.store, claim)
        rule = rules.described(found.rule, self.ontology)
        article, offset, note = _parsable(found, build.read_again(found.article.id, found.article.sources))
        read_with = self.store.read_with(found.article.id)
        if read_with not in ("", self.ontology.added):
            note += f" It was read with the frames of {read_with}; to explain what these tell, give --ontology."
        if article is None:
            return explanation.Explanation(found, rule, note)
        trace = build.traced(article, ontology=self.ontology, model=self._model, ranker=self._ranker)
        return explanation.explanation(found, rule, trace, offset=offset, note=note)

    def check(self, shapes: Iterable[str | Path] = ()) -> tuple[Breach, ...]:
        """Every fact that breaks a rule of the graph, with its claims and words; the gravest first.

        The rules are SHACL shapes (``ontology/shapes.ttl``, and those that follow from the frames); ``shapes`` are
        Turtle files with more. A graph without a breach of severity "violation" is in order. The roles of events that
        frames of the user's own told are judged only by a graph that was opened with these. Raises UsageError for a
        file that cannot be read or used.
        """
        from kg import check

        return check.check(self.store, self.ontology, shapes=shapes)

    @property
    def rdf(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same store; its default graph is the union of all."""
        return self.store.rdf()

    # ---- seeing

    def network(
        self, *, around: str | None = None, hops: int = 2, says: str | None = None, facts: Facts = "all"
    ) -> networkx.MultiDiGraph[str]:
        """The graph as a networkx MultiDiGraph, with the evidence on its edges.

        ``says`` keeps what rests on that voice, ``facts`` leaves out facts that are only reported, or only asserted.
        """
        from kg import view

        labels = self.ontology.labels
        nodes, edges = view.records(self.ask, base=self.store.base, labels=labels, around=around, hops=hops)
        return view.network(nodes, edges, around=around, hops=hops, says=says, facts=facts)

    def view(
        self,
        target: str | Path,
        *,
        around: str | None = None,
        hops: int = 2,
        says: str | None = None,
        facts: Facts = "all",
        title: str = "Knowledge graph",
    ) -> Path:
        """Draw into a file: one self-contained HTML page, or a still picture (.svg, .png); returns its path.

        Raises UsageError where it cannot be written.
        """
        from kg import view

        return view.draw(self.network(around=around, hops=hops, says=says, facts=facts), target, title=title)

    def analyze(
        self, *, around: str | None = None, hops: int = 2, says: str | None = None, facts: Facts = "all", most: int = 10
    ) -> tuple[Ranking, ...]:
        """What stands out: central things, communities, bridges, what is most disputed and most anonymous."""
        from kg import view

        return view.analysis(self.network(around=around, hops=hops, says=says, facts=facts), most=most)

    def write(
        self, target: str | Path | IO[bytes], *, format: str | None = None, facts: Facts = "all",
        description: bool = True,
    ) -> None:  # fmt: skip
        """Export the graph in the format of the file's suffix (``kg.export.formats()``).

        ``description`` puts into RDF what the data set holds (VoID).
        """
        from kg import export

        export.write(self.store, target, format=format, facts=facts, description=description)

    def push(
        self, to: str, *, via: Via | None = None, batch: int = 10_000, timeout: float = 120.0, again: bool = False,
        dry_run: bool = False, on_step: Step | None = None,
    ) -> Pushed:  # fmt: skip
        """Write the graph to a server of SPARQL 1.1 Update or the Graph Store Protocol; later, only what changed.

        ``batch`` is the most triples a request, ``timeout`` seconds. Credentials come from the environment
        (KG_PUSH_USER with KG_PUSH_PASSWORD, or KG_PUSH_TOKEN). Raises UsageError, PushError.
        """
        from kg import push

        return push.push(
            self.store, to, via=via, batch=batch, timeout=timeout, again=again, dry_run=dry_run, on_step=on_step
        )

    # ---- life

    def close(self) -> None:
        """Write everything to disk and let other processes in."""
        try:
            if "identity" in self.__dict__:
                self.identity.memory.close()
        finally:
            self.store.close()

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _parsable(claim: Claim, again: tuple[Article, str] | None) -> tuple[Article | None, int, str]:
    """What can be parsed to explain a claim, where it begins in the article's text, and a note that says so."""
    if again is not None:
        return again[0], 0, f"The article was read again from {again[1]}."
    missing = f"The article cannot be read again ({_why_gone(claim.article.sources)})"
    whole = [(start, text) for start, text in claim.sentences if text.strip()]
    if not whole:
        return None, 0, f"{missing} and the graph does not hold its sentence, so there is no parse."
    start, text = whole[0]
    alone = Article.of(text, date=claim.article.date)
    return alone, start, f"{missing}; its sentence, as the graph holds it, was parsed alone: the tree may be another."


def _why_gone(sources: tuple[str, ...]) -> str:
    if not sources:
        return "the graph notes no file that it came from"
    return f"{sources[0]} is gone or has changed, or is not where it was seen from"
