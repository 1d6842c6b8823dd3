"""Article -> linked record: the stages that need no graph, chained; here in one process (`kg.cluster`: in many)."""

from __future__ import annotations

import gc
import hashlib
import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from kg import record_bytes
from kg.errors import KgError
from kg.files import cores
from kg.records import Article, Extraction, Finding

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.resolve import Kept

_log = logging.getLogger(__name__)
_CODE: Final = ("language", "extract", "resolve", "ontology", "emit")
"""The rooms whose code a record depends on, and what a graph says by it."""


@dataclass(frozen=True, slots=True)
class Read:
    """An article, and what it is as yet: known to the graph, a record (``kept``: as bytes), a problem, or to be read.

    ``words`` are those that it shows, as bytes; a ``spared`` one is known, and need not be read by the frames of now.
    ``seconds`` is how long it took to read it, ``share`` how much of the input ends with it, from 0 (not known) to 1.
    """

    article: Article
    record: Extraction | None = None
    kept: bytes = b""
    words: bytes = b""
    problem: str = ""
    known: bool = False
    spared: bool = False
    seconds: float = 0.0
    share: float = 0.0

    @property
    def done(self) -> bool:
        """Whether nothing is to be read."""
        return self.known or bool(self.record or self.kept or self.problem)

    def extraction(self) -> Extraction:
        """The record, of the article as it was read now (another file may have it, too).

        Raises ValueError where what was kept is no record.
        """
        found = self.record or record_bytes.loads(self.kept)
        return found if found.article == self.article else replace(found, article=self.article)

    def finding(self) -> Finding:
        """The problem, with the file at fault."""
        return Finding(self.article.source or self.article.id, self.problem)


@dataclass(frozen=True, slots=True)
class Telling:
    """What an article says, ready for a graph that is filled at once (``kg.emit.ready``), or the problem."""

    article: str
    quads: bytes
    rows: list[Any]
    problem: str = ""


class Teller(Protocol):
    """What tells what articles say, in their order, given their records and the keys of what they tell of.

    ``base`` begins the IRIs of the graph, ``decisions`` is what people decided about who is who, as text.
    """

    def tell(self, kept: Iterable[Kept], /, *, base: str, decisions: str) -> Iterator[Telling]: ...


class Mapper(Protocol):
    """What reads those articles that are to be read, and gives all back in their order."""

    def __call__(self, reads: Iterable[Read], /) -> Iterator[Read]: ...


@dataclass(frozen=True)
class Pipeline:
    """How articles are read: by which ontology and language pipeline, on how many threads (0: one a core).

    Without ``ranker`` relations are told by frames alone. It is itself the mapper that reads in this process.
    """

    ontology: Ontology
    model: str | Path | None = None
    threads: int = 0
    ranker: bool = True

    def _made(self, article: Article) -> tuple[Extraction, bytes]:
        """The record of one article, names joined within it, and the words that it shows.

        Raises ModelError, and whatever a rule breaks with.
        """
        from kg import extract, language, resolve
        from kg.extract import hinges

        (doc,) = language.parse([article], model=self.model, threads=self.threads or cores())
        found = resolve.link(extract.extraction(doc, self.ontology, ranker=self.ranker), self.ontology.gazetteer)
        return found, record_bytes.dump_words(hinges.shown(doc))

    def __call__(self, reads: Iterable[Read], /) -> Iterator[Read]:
        """Each article with its record, or with the problem: one that breaks a rule must not end the run."""
        for read in reads:
            yield read if read.done else replace(self.read(read.article), share=read.share)

    def read(self, article: Article) -> Read:
        """One article with its record, or with the problem. Raises ModelError."""
        begun = time.perf_counter()
        try:
            record, words = self._made(article)
            return Read(article, record, words=words, seconds=time.perf_counter() - begun)
        except KgError:
            raise
        except Exception as error:
            return Read(article, problem=problem(article.id, error), seconds=time.perf_counter() - begun)

    @cached_property
    def stamp(self) -> str:
        """A digest of all that a record depends on beside its article: code, network, ontology, names, options."""
        told = (self.code, self.ontology.digest, self.ontology.added)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @property
    def code(self) -> str:
        """The same without the files of the user's own."""
        return _code(None if self.model is None else str(self.model), self.ranker)


@lru_cache(maxsize=4)
def _code(model: str | None, ranker: bool) -> str:
    """A digest of code, network, shipped ontology and names, and options."""
    from kg import ontology
    from kg.ontology import gazetteer

    told = (ontology.load().digest, model or "", ranker, _versions(model))
    digest = hashlib.sha256(repr(told).encode())
    rooms = [Path(__file__).parent / room for room in _CODE]
    for file in [*_files(rooms), *gazetteer.files(), *_files([Path(model)] if model else [])]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def problem(article: str, error: Exception) -> str:
    """What to tell of an article, given by its id, that broke a rule."""
    _log.debug("article %s", article, exc_info=error)
    return f"the article could not be read ({type(error).__name__}: {error}); please report it"


def for_many_articles() -> None:
    """Look for circles of dead objects less often, in a process that does nothing but read articles.

    What an article makes is many small objects and no circles; to look through all after each 700 took 7% of the time.
    """
    gc.set_threshold(50_000, 20, 100)


def _versions(model: str | None) -> tuple[str, ...]:
    """The versions of what is not ours: spaCy, and a language pipeline that is installed as a package."""
    found = []
    for name in ("spacy", "onnxruntime", *([model] if model else [])):
        try:
            found.append(version(name))
        except (PackageNotFoundError, ValueError):
            found.append("")
    return tuple(found)


def _files(folders: Iterable[Path]) -> list[Path]:
    """The files of some folders that say something, in order."""
    found = ((file, file.relative_to(folder).parts) for folder in folders for file in sorted(folder.rglob("*")))
    return [file for file, parts in found if not {"__pycache__", "train"} & set(parts) and file.is_file()]


__all__ = ["Mapper", "Pipeline", "Read", "Teller", "Telling", "for_many_articles", "problem"]
