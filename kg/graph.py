"""KnowledgeGraph: one object for all that a user does with a graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.records import Answer, Article, Finding, Proposition, Report

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.build import Progress
    from kg.export import Facts
    from kg.ontology import Ontology
    from kg.show import Shown

_BASE = re.compile(r'https?://[^\s<>"{}|\\^`/]+(?:/[^\s<>"{}|\\^`]*)?[/#]')


class KnowledgeGraph:
    """A graph on disk (``path``), or in memory without one; opened for writing unless ``read_only``.

    ``base`` begins the IRIs of its nodes, ``ontology`` are Turtle files with the user's own frames, ``model`` is
    another language pipeline than the shipped one, by folder or name (`language.load`). Raises StoreError where the
    path cannot be opened, UsageError where ``base`` is no beginning of addresses.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        base: str | None = None,
        ontology: Iterable[str | Path] = (),
        model: str | Path | None = None,
        read_only: bool = False,
    ) -> None:
        from kg import emit
        from kg.store import Store

        if base is not None and not _BASE.fullmatch(base):
            raise UsageError(f"the base {base!r} is no beginning of addresses; give one like https://example.org/news/")
        self._extra = tuple(ontology)
        self._model = model
        self.store = Store(path, derive=None if read_only else emit.derived, base=base, read_only=read_only)

    @cached_property
    def ontology(self) -> Ontology:
        """The shipped ontology with the user's own files."""
        from kg import ontology

        return ontology.load(self._extra)

    # ---- changing

    def add(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        again: bool = False,
        threads: int = 0,
        progress: Progress | None = None,
        on_error: Callable[[Finding], None] | None = None,
    ) -> Report:
        """Read files, folders or patterns and add their articles; what is known already is skipped."""
        from kg import build

        given = [paths] if isinstance(paths, str | Path) else paths
        return build.build(given, self.store, ontology=self.ontology, model=self._model, threads=threads, again=again,
                           progress=progress, on_error=on_error)  # fmt: skip

    def remove(self, article: str) -> str:
        """Retract an article, given by id, URL or file: exactly its own claims go. Returns its id."""
        found = self.store.find_article(article)
        self.store.remove(found.id)
        return found.id

    # ---- asking

    def ask(self, question: str, *, timeout: float | None = None, **parameters: Any) -> Answer:
        """The answer to SPARQL text, or to a named question with its parameters (``ask("acquisitions", buyer="X")``).

        CONSTRUCT and DESCRIBE give one row with the Turtle text. Raises QueryError.
        """
        from kg import ask

        found = ask.ask(self.store, question, parameters=parameters, timeout=timeout)
        return found if isinstance(found, Answer) else Answer(("turtle",), ((found,),))

    def show(self, name: str) -> list[Shown]:
        """Everything known of the entities called ``name``."""
        from kg import show

        return show.show(lambda text, bound: self.ask(text, **bound), name)

    @property
    def rdf(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same store; its default graph is the union of all."""
        return self.store.rdf()

    # ---- seeing

    def network(
        self, *, around: str | None = None, hops: int = 2, says: str | None = None
    ) -> networkx.MultiDiGraph[str]:
        """The graph as a networkx MultiDiGraph, with the evidence on its edges."""
        from kg import view

        labels = self.ontology.labels
        nodes, edges = view.records(self.ask, base=self.store.base, labels=labels, around=around, hops=hops)
        return view.network(nodes, edges, around=around, hops=hops, says=says)

    def view(
        self,
        target: str | Path,
        *,
        around: str | None = None,
        hops: int = 2,
        says: str | None = None,
        title: str = "Knowledge graph",
    ) -> Path:
        """Write one self-contained HTML page; returns its path. Raises UsageError where it cannot be written."""
        from kg import view

        page = view.page(self.network(around=around, hops=hops, says=says), title=title)
        path = Path(target)
        try:
            path.write_text(page, encoding="utf-8", errors="replace")
        except OSError as error:
            raise UsageError(f"{path} cannot be written ({error.strerror}); name another file") from error
        return path

    def write(self, target: str | Path | IO[bytes], *, format: str | None = None, facts: Facts = "all") -> None:
        """Export the graph in the format of the file's suffix (``kg.export.formats()``)."""
        from kg import export

        export.write(self.store, target, format=format, facts=facts)

    # ---- life

    def close(self) -> None:
        """Write everything to disk and let other processes in."""
        self.store.close()

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def claims(text: str, *, date: str | None = None, model: str | Path | None = None) -> Iterator[Proposition]:
    """The propositions of a piece of text; ``date`` (ISO 8601) is that of its article, for "last Tuesday".

    >>> for claim in claims("Amazon acquired One Medical in July 2022."): print(claim)  # doctest: +SKIP
    Amazon | acquire | One Medical
    """
    import datetime

    from kg import build, ontology

    article = Article.of(text, date=datetime.date.fromisoformat(date) if date else None)
    for found in build.extractions([article], ontology=ontology.load(), on_error=lambda finding: None, model=model):
        yield from found.propositions
