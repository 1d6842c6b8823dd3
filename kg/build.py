"""The one place where the stages are chained: input -> articles -> Docs -> extractions -> quads -> store."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg.changing import Changing
from kg.errors import InputError, KgError
from kg.records import Amount, Article, Extraction, Finding, Mention, Report, Role, Time

if TYPE_CHECKING:
    from kg.extract.trace import Trace
    from kg.ontology import Fault, Frame, Ontology
    from kg.resolve import Identity
    from kg.store import Store

OnError = Callable[[Finding], None]
Result = TypeVar("Result")
_log = logging.getLogger(__name__)


class Progress(Protocol):
    """Told of each article when it is done; ``what`` is added, replaced, unchanged, skipped or failed."""

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
    for article in articles:
        found = _guarded(article, on_error, partial(_linked, article, ontology, model, threads, ranker))
        if found is not None:
            yield found


def _linked(
    article: Article, ontology: Ontology, model: str | Path | None, threads: int, ranker: bool
) -> Extraction:
    from kg import resolve

    return resolve.link(_extracted(article, ontology, model, threads, ranker), ontology.gazetteer)


def _extracted(
    article: Article, ontology: Ontology, model: str | Path | None, threads: int, ranker: bool
) -> Extraction:
    from kg import extract, language

    (doc,) = language.parse([article], model=model, threads=threads or _cores())
    return extract.extraction(doc, ontology, ranker=ranker)


def traced(
    article: Article, *, ontology: Ontology, model: str | Path | None = None, threads: int = 0, ranker: bool = True
) -> Trace:
    """One article read as always, with the trees of its sentences and what was nearly read in them."""
    from kg import language, resolve
    from kg.extract import trace

    (doc,) = language.parse([article], model=model, threads=threads or _cores())
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


def _guarded(article: Article, on_error: OnError, work: Callable[[], Result]) -> Result | None:
    """The result of some work on one article; an article that breaks a rule must not end the run."""
    try:
        return work()
    except KgError:
        raise
    except Exception as error:
        _log.debug("article %s", article.id, exc_info=True)
        source = article.source or article.id
        on_error(Finding(source, f"the article could not be read ({type(error).__name__}: {error}); please report it"))
        return None


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class _Tally:
    """Counts of a run, made a Report at its end."""

    added: int = 0
    skipped: int = 0
    replaced: int = 0
    failed: list[Finding] = field(default_factory=list)


def build(
    paths: Iterable[str | Path],
    store: Store,
    identity: Identity,
    *,
    ontology: Ontology,
    model: str | Path | None = None,
    threads: int = 0,
    again: bool = False,
    ranker: bool = True,
    private: bool = False,
    progress: Progress | None = None,
    on_error: OnError | None = None,
) -> Report:
    """Add all articles of some input to a graph, one transaction each; what the graph has already is skipped.

    ``identity`` is what the graph knows of who is who. ``again`` reads known articles once more (after the model
    changed). With frames of the user's own (``ontology.added``), so are those that were read without them, or with
    another state of them. Without ``ranker`` relations are told by frames alone; ``private`` allows addresses of
    private networks. Bad input is reported through ``on_error`` and in the Report, and never ends the run.
    """
    from kg import read

    tally = _Tally()

    def note(finding: Finding) -> None:
        tally.failed.append(finding)
        if on_error is not None:
            on_error(finding)

    change, before = Changing(store, identity, ontology), store.counts()
    for article in read.articles(paths, on_error=note, private=private):
        what = _add(article, change, note, model, threads, again, ranker)
        tally.added += what in ("added", "replaced")
        tally.replaced += what == "replaced"
        tally.skipped += what in ("skipped", "unchanged")
        if progress is not None:
            progress(article, what)
    after = store.counts()
    return Report(
        articles=tally.added, skipped=tally.skipped, replaced=tally.replaced, entities=after.entities - before.entities,
        claims=after.claims - before.claims, statements=after.statements - before.statements,
        events=after.events - before.events, failed=tuple(tally.failed),
    )  # fmt: skip


def _add(
    article: Article,
    change: Changing,
    on_error: OnError,
    model: str | Path | None,
    threads: int,
    again: bool,
    ranker: bool,
) -> str:
    ontology, store = change.ontology, change.store
    if not again and store.has_article(article.id) and ontology.added in ("", store.read_with(article.id)):
        return "skipped"

    def work() -> str:
        return change.add(_linked(article, ontology, model, threads, ranker))

    return _guarded(article, on_error, work) or "failed"


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
