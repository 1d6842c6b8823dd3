"""A graph that changes: who is who, and the quads that follow from it, in step."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg import files
from kg.errors import KgError, StoreError
from kg.mapping import problem
from kg.records import Article, Extraction

if TYPE_CHECKING:
    import pyoxigraph

    from kg.emit import Blocks, Told
    from kg.mapping import Teller, Telling
    from kg.ontology import Ontology
    from kg.resolve import Changed, Identity
    from kg.resolve.shown import Shown
    from kg.store import Store

_READING: Final = "reading"
"""The note in the records that tells which articles were just read with which frames of the user's own."""
_FILLING: Final = "filling"
"""The note that an empty graph is being filled, with the frames of the user's own that its articles were read with."""
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class _Untold(Exception):
    """An article whose quads cannot be made."""

    def __init__(self, article: str, problem: str) -> None:
        super().__init__(article)
        self.article, self.problem = article, problem


class Changing:
    """A graph with what is known of who is who.

    First it is noted which articles' quads are about to change, then these are written in one transaction, then the
    note is taken back; where a run was stopped in between, the next one goes on. ``settled`` is how many articles
    were written anew because people had changed their decisions since; ``untold`` are those that were left out when the
    graph was filled, since a rule broke on what they tell. ``shown`` knows which words each article shows.
    """

    def __init__(self, store: Store, identity: Identity, ontology: Ontology) -> None:
        if store.read_only:
            raise StoreError(f"the graph {store.path} is open for reading only; open it for writing")
        from kg.resolve.shown import ShownWords

        self.store, self.identity, self.ontology = store, identity, ontology
        self.shown = ShownWords(identity.memory.sql)
        self._kept = {ontology.added: ontology}
        self.untold: list[tuple[Article, str]] = []
        self.settled = self._settle()

    def _settle(self) -> int:
        """Write what an earlier run left, and what follows from new decisions of people; the number of articles."""
        known = self.identity.memory
        if not known.holds() and not known.todo() and next(self.store.quads(), None) is not None:
            path = self.store.path or "in memory"
            raise StoreError(f"{path}/records.sqlite is gone or empty; build the graph anew: {files.anew(path)}")
        if filling := known.state(_FILLING):
            with files.writing(self.store.path):
                self._fill(json.loads(filling))
        if todo := known.todo():
            there = {article: known.has(article) for article in todo}
            with files.writing(self.store.path):
                self.store.change_all(self._quads(there, dict(json.loads(known.state(_READING) or "{}"))))
                known.done()
        if self.identity.wanted != self.identity.review:
            return self.decide(self.identity.decide)
        return 0

    def add(self, extraction: Extraction, shown: Shown | None = None) -> str:
        """Take in a linked extraction, read now; what became of its article: added, replaced or unchanged.

        ``shown`` are the words that it shows; without them the article is read again when frames change.
        """
        article = extraction.article.id

        def work() -> Changed:
            self.shown.put(article, shown)
            return self.identity.add(extraction)

        self._note_frames()
        return self._apply(work, reading={article: self.ontology.added})[article]

    def spare(self, article: str, terms: Collection[pyoxigraph.NamedNode]) -> None:
        """Make a known article one that was read with the frames of now, since these read the same in it.

        Of ``terms`` its graph says something else than it did; without any of them, only the note changes.
        """
        from kg import emit
        from kg.resolve import Changed

        memory, added = self.identity.memory, self.ontology.added
        if self.store.uses(article, terms):
            self._note_frames()
            self._apply(lambda: Changed((article,)), reading={article: added})
        else:
            if memory.state(f"frames {added}") is None:
                self._note_frames()
                memory.commit()
            self.store.note(article, emit.frames(article, added, base=self.store.base))

    def fill(self, extractions: Iterable[Extraction], teller: Teller | None = None) -> int:
        """Take many linked extractions into an empty graph at once, which costs far less than one by one.

        What comes out is the same. ``teller`` tells elsewhere what the articles say. Stopped in between, the graph is
        filled when it is opened for writing again. Returns the number of articles. Raises StoreError for a graph that
        holds something.
        """
        memory = self.identity.memory
        if memory.holds():
            where = self.store.path or "in memory"
            raise StoreError(f"the graph {where} is not empty; add to it, or name another folder")
        with files.writing(self.store.path):
            try:
                self._note_frames()
                self.shown.drop(self.identity.add_all(extractions).gone)
                memory.note(_FILLING, json.dumps(self.ontology.added))
                memory.commit()
            except BaseException:
                self.identity.undo()
                raise
            return self._fill(self.ontology.added, teller)

    def _fill(self, added: str, teller: Teller | None = None) -> int:
        """Write all that is known of all articles into the graph, and nothing else."""
        from kg import emit

        memory = self.identity.memory
        while True:
            articles = memory.articles()
            try:
                with emit.Blocks(self.store.base, self.store.path) as blocks:
                    self.store.fill(self._all_told(articles, added, blocks, teller), blocks.conclusions)
            except _Untold as error:  # a bug of ours: the article is left out, and all is told anew
                self.untold.append((memory.record(error.article).article, error.problem))
                self.identity.remove(error.article)
                self.shown.drop([error.article])
                memory.commit()
            else:
                break
        memory.note(_FILLING, "")
        memory.done()
        return len(articles)

    def _all_told(self, articles: list[str], added: str, blocks: Blocks, teller: Teller | None) -> Iterator[bytes]:
        """What each article says, in N-Quads; what it bears out goes into blocks."""
        for told in self._tellings(articles, added) if teller is None else self._told_by(teller, articles):
            blocks.put(told.rows)
            yield told.quads

    def _tellings(self, articles: Iterable[str], added: str) -> Iterator[Told]:
        from kg import emit

        ontology = self.with_frames(added)
        for article in articles:
            try:
                yield emit.ready(self.identity.resolution(article), ontology, read_with=added, base=self.store.base)
            except KgError:
                raise
            except Exception as error:
                raise _Untold(article, problem(article, error)) from error

    def _told_by(self, teller: Teller, articles: Iterable[str]) -> Iterator[Telling]:
        from kg.resolve import review

        kept = (self.identity.kept(article) for article in articles)
        for told in teller.tell(kept, base=self.store.base, decisions=review.text(self.identity.review)):
            if told.problem:
                raise _Untold(told.article, told.problem)
            yield told

    def _note_frames(self) -> None:
        if self.ontology.added:
            self.identity.memory.note(f"frames {self.ontology.added}", json.dumps(self.ontology.files))

    def remove(self, article: str) -> None:
        """Retract an article."""
        self._apply(lambda: self.identity.remove(article))

    def decide(self, work: Callable[[], Changed]) -> int:
        """Change who is who by what people decided; how many articles were written anew."""
        return len(self._apply(work))

    def _apply(self, work: Callable[[], Changed], *, reading: Mapping[str, str] = _NOTHING) -> dict[str, str]:
        """Change the records, then the graph; ``reading`` are the articles just read, and with which frames."""
        memory = self.identity.memory
        with files.writing(self.store.path):
            try:
                changed = work()
                self.shown.drop(changed.gone)
                there = dict.fromkeys(changed.written, True) | dict.fromkeys(changed.gone, False)
                quads = self._quads(there, reading)
                memory.note_todo(there)
                memory.note(_READING, json.dumps(dict(reading)))
                memory.commit()
            except BaseException:
                self.identity.undo()
                raise
            found = self.store.change_all(quads)
            memory.done()
        return dict(found)

    def _quads(self, there: Mapping[str, bool], reading: Mapping[str, str]) -> dict[str, list[pyoxigraph.Quad]]:
        return {article: self._told(article, reading.get(article)) if is_ else [] for article, is_ in there.items()}

    def _told(self, article: str, read_with: str | None) -> list[pyoxigraph.Quad]:
        """All quads of one article, by the frames that it was read with: as told, or as the graph has it."""
        from kg import emit

        added = self.store.read_with(article) if read_with is None else read_with
        resolution = self.identity.resolution(article)
        return emit.told(resolution, self.with_frames(added), read_with=added, base=self.store.base)

    def with_frames(self, added: str) -> Ontology:
        """The ontology with the frames of the user's own that an article was read with, as they were then."""
        if added not in self._kept:
            from kg import ontology as tables

            files = json.loads(self.identity.memory.state(f"frames {added}") or "[]")
            self._kept[added] = tables.load_kept([(name, text) for name, text in files])
        return self._kept[added]
