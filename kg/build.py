"""The one place where the stages are chained: input -> articles -> Docs -> extractions -> quads -> store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.cache import Cache
from kg.changing import Changing
from kg.errors import InputError
from kg.files import cores
from kg.mapping import Mapper, Pipeline, Read, Teller
from kg.records import Amount, Article, Extraction, Finding, Mention, Report, Role, Time
from kg.taking import Taking

if TYPE_CHECKING:
    from kg.extract.trace import Trace
    from kg.ontology import Fault, Frame, Ontology
    from kg.resolve import Identity
    from kg.store import Store

OnError = Callable[[Finding], None]
Log = Callable[[Read, str], None]
"""Told of each article as it was read, with its seconds, and what became of it."""


class Progress(Protocol):
    """Told of each article when it is done; ``what`` is added, replaced, unchanged, spared, skipped or failed."""

    def __call__(self, article: Article, what: str) -> None: ...


def extractions(
    articles: Iterable[Article],
    *,
    ontology: Ontology,
    on_error: OnError,
    model: str | Path | None = None,
    threads: int = 0,
    ranker: bool = True,
) -> Iterator[Extraction]:
    """The record of each article, names joined within it; an article that cannot be read is reported and left out.

    Without ``ranker`` relations are told by frames alone. Raises ModelError where the language pipeline cannot be
    loaded.
    """
    pipeline = Pipeline(ontology, model, threads, ranker)
    for read in pipeline(map(Read, articles)):
        if read.problem:
            on_error(read.finding())
        else:
            yield read.extraction()


def traced(
    article: Article, *, ontology: Ontology, model: str | Path | None = None, threads: int = 0, ranker: bool = True
) -> Trace:
    """One article read as always, with the trees of its sentences and what was nearly read in them."""
    from kg import language, resolve
    from kg.extract import trace

    (doc,) = language.parse([article], model=model, threads=threads or cores())
    found = trace.trace(doc, ontology, ranker=ranker)
    return replace(found, extraction=resolve.link(found.extraction, ontology.gazetteer))


def read_again(article_id: str, sources: Iterable[str]) -> tuple[Article, str] | None:
    """The article of that id, and its source, from the first of its sources that still holds it, unchanged."""
    from kg import read

    for source in sources:
        place, _, position = source.rpartition(":")
        for path in (source, place if position.isdigit() else ""):
            if os.path.isfile(path):  # noqa: PTH113 – no error for what no file can be called
                for article in read.articles([path], on_error=lambda finding: None):
                    if article.id == article_id:
                        return article, source
    return None


@dataclass(slots=True)
class _Tally:
    """Counts of a run, made a Report at its end."""

    added: int = 0
    skipped: int = 0
    spared: int = 0
    replaced: int = 0
    failed: list[Finding] = field(default_factory=list)

    def count(self, what: str, by: int = 1) -> None:
        """One article more, or less, of which this became."""
        self.added += by * (what in ("added", "replaced"))
        self.replaced += by * (what == "replaced")
        self.skipped += by * (what in ("skipped", "unchanged"))
        self.spared += by * (what == "spared")


def build(
    paths: Iterable[str | Path],
    store: Store,
    identity: Identity,
    *,
    pipeline: Pipeline,
    mapper: Mapper | None = None,
    teller: Teller | None = None,
    again: bool = False,
    private: bool = False,
    progress: Progress | None = None,
    log: Log | None = None,
    on_error: OnError | None = None,
) -> Report:
    """Add all articles of some input to a graph: one transaction each, or all at once, at the end, where it is empty.

    What comes out is the same. What the graph has already is skipped. ``identity`` is what the graph knows of who is
    who, ``pipeline`` tells how articles are read; ``mapper`` reads them, ``teller`` tells what they say, elsewhere
    (`kg.cluster`). ``again`` reads known articles once more (after the model changed). With frames of the user's own
    (``ontology.added``), so are those that were read without them, or with another state of them, where what differs
    can tell anything (`kg.sparing`). ``private`` allows addresses of private networks. Bad input is reported through
    ``on_error`` and in the Report, and never ends the run.
    """
    from kg import read

    tally = _Tally()

    def note(finding: Finding) -> None:
        tally.failed.append(finding)
        if on_error is not None:
            on_error(finding)

    def tell(found: Read, what: str) -> None:
        tally.count(what)
        if progress is not None:
            progress(found.article, what)
        if log is not None:
            log(found, what)

    change, before = Changing(store, identity, pipeline.ontology), store.counts()
    empty = not identity.memory.holds()
    cache = Cache(store.path, pipeline.stamp) if empty or Cache.there(store.path) else None
    taking = Taking(change, pipeline, mapper or pipeline, teller, cache, again=again, tell=tell, note=note)
    given = list(paths)
    extent = read.Extent(given if log is not None else ())
    try:
        articles = read.articles(given, on_error=note, private=private, extent=extent)
        taking.take_all(articles, at_once=empty, share=lambda: extent.share)
    except BaseException:
        if cache is not None:
            cache.close()
        raise
    if cache is not None:
        cache.remove()
    after = store.counts()
    return Report(
        articles=tally.added - taking.lost, skipped=tally.skipped, replaced=tally.replaced,
        reread=taking.reread, spared=tally.spared,
        entities=after.entities - before.entities, claims=after.claims - before.claims,
        statements=after.statements - before.statements, events=after.events - before.events,
        failed=tuple(tally.failed),
    )  # fmt: skip


def read_records(
    paths: Iterable[str | Path],
    *,
    on_error: OnError,
    model: str | Path | None = None,
    ontology: Iterable[str | Path] = (),
    ranker: bool = True,
    private: bool = False,
) -> Iterator[Extraction]:
    """The record of each article of some input, one by one; ``ontology`` are files with frames of the user's own."""
    from kg import ontology as tables
    from kg import read

    articles = read.articles(paths, on_error=on_error, private=private)
    yield from extractions(articles, ontology=tables.load(ontology), on_error=on_error, model=model, ranker=ranker)


def records(
    paths: Iterable[str | Path],
    *,
    on_error: OnError,
    model: str | Path | None = None,
    ontology: Iterable[str | Path] = (),
    ranker: bool = True,
    private: bool = False,
) -> Iterator[object]:
    """The records as JSON-ready data, with the keys of the record contract."""
    from kg.records import as_data

    for extraction in read_records(
        paths, on_error=on_error, model=model, ontology=ontology, ranker=ranker, private=private
    ):  # fmt: skip
        yield as_data(extraction)


@dataclass(frozen=True, slots=True)
class Reading:
    """An event, or a relation, that was read: its class or property, and the words in each role."""

    event: str
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An example sentence of a frame as the whole chain reads it; ``fault`` tells where it is not read as meant."""

    frame: Frame
    sentence: str
    readings: tuple[Reading, ...]
    fault: Fault | None


def examples(files: Iterable[str | Path] = (), *, model: str | Path | None = None) -> Iterator[Example]:
    """The example sentences of the frames in files of the user's own (without any, of the shipped ones), read.

    Raises OntologyError where the files have a fault.
    """
    from kg import ontology as tables

    given = list(files)
    ontology, pairs = tables.load(given), tables.described(given)
    for frame, source in pairs:
        for sentence in frame.examples:
            article = Article.of(sentence)
            (found,) = extractions([article], ontology=ontology, on_error=_raised, model=model)
            readings = tuple(_readings(found))
            fault = None
            if frame.event not in {reading.event for reading in readings}:
                message = f'has skos:example "{sentence}", which is not read as {frame.event}'
                subject = frame.name if "://" in frame.name else f"frame:{frame.name}"
                fault = source.fault(subject, message, at=sentence)
            yield Example(frame, sentence, readings, fault)


def _raised(finding: Finding) -> None:
    raise InputError(finding.source, finding.message)


def _readings(found: Extraction) -> Iterator[Reading]:
    text = found.article.text
    for event in found.events:
        fillers = ((role.role, _filler(found, role)) for role in event.roles)
        yield Reading(event.class_, tuple((role, text[filler.start : filler.end]) for role, filler in fillers))
    for claim in found.propositions:
        if claim.property:
            yield Reading(claim.property, (("rdf:subject", claim.subject.text), ("rdf:object", claim.object.text)))


def _filler(found: Extraction, role: Role) -> Mention | Amount | Time:
    if role.mention is not None:
        return found.mentions[role.mention]
    if role.amount is not None:
        return found.amounts[role.amount]
    assert role.time is not None
    return found.times[role.time]


def tokenized_triples(paths: Iterable[str | Path], *, model: str | Path | None = None) -> Iterator[str]:
    """«line number TAB subject TAB relation TAB object» for files of one tokenised sentence per line.

    A line may begin with its own number and a tab; else its place in the file counts. Raises InputError for a file
    that cannot be read.
    """
    from kg import extract, language
    from kg.errors import InputError

    for path in paths:
        try:
            lines = Path(path).read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError as error:
            raise InputError(str(path), f"cannot be read ({error.strerror}); give a text file") from error
        for place, line in enumerate(lines, 1):
            number, tab, sentence = line.partition("\t")
            number, sentence = (number, sentence) if tab and number.strip().isdigit() else (str(place), line)
            if words := sentence.split():
                for triple in extract.triples(language.parse_words(words, model=model)):
                    yield "\t".join((number.strip(), *triple))
