"""Articles, read by whatever reads them, into a graph: one by one, or an empty graph filled at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg import record_bytes
from kg.cache import Cache
from kg.changing import Changing
from kg.errors import KgError
from kg.mapping import Mapper, Pipeline, Read, Teller, problem
from kg.records import Article, Extraction, Finding
from kg.sparing import Sparing


class Taking:
    """A run that takes articles into a graph.

    ``tell`` is told of each article and what became of it: added, replaced, unchanged, spared (it was not read again,
    since the changed frames tell nothing else of it), skipped or failed; ``note`` of what is wrong with one. ``lost``
    is how many were told as taken, and then could not be, where a graph is filled; ``reread`` how many known articles
    were read again because of changed frames.
    """

    def __init__(
        self, change: Changing, pipeline: Pipeline, mapper: Mapper, teller: Teller | None, cache: Cache | None, *,
        again: bool, tell: Callable[[Read, str], None], note: Callable[[Finding], None],
    ) -> None:  # fmt: skip
        self._change, self._mapper, self._teller, self._cache, self._again = change, mapper, teller, cache, again
        self._sparing, self._tell, self._note = Sparing(change, pipeline), tell, note
        self._reading, self._taken = False, list[bytes]()
        self.lost = self.reread = 0

    def take_all(self, articles: Iterable[Article], *, at_once: bool, share: Callable[[], float]) -> None:
        """Take in all articles, in their order; ``at_once`` into an empty graph. ``share`` tells how far they are."""
        reads = self._mapper(self._looked_up(articles, share))
        self._untold()
        if at_once:
            self._fill(reads)
        for read in reads:
            self._tell(read, self._take(read))

    def _looked_up(self, articles: Iterable[Article], share: Callable[[], float]) -> Iterator[Read]:
        """Each article with what is known of it: that the graph has it, or its record of a run that was stopped."""
        for article in articles:
            known, spared = self._knows(article), False
            kept = self._cache.get(self._cache.key(article)) if self._cache and not known else (b"", b"")
            if self._has(article) and not known and not kept[0]:
                known = spared = self._sparing.spares(article)
            yield Read(article, known=known, spared=spared, kept=kept[0], words=kept[1], share=share())

    def _has(self, article: Article) -> bool:
        """Whether the graph has an article that need not be read for another reason than its frames."""
        return not self._again and self._change.store.has_article(article.id)

    def _knows(self, article: Article) -> bool:
        """Whether the graph has an article as it would be read now."""
        added = self._change.ontology.added
        return self._has(article) and added in ("", self._change.store.read_with(article.id))

    def _take(self, read: Read) -> str:
        """Take in one article; what became of it."""
        if self._knows(read.article):
            return "skipped"
        known = self._has(read.article)
        spared = read.spared and known
        if read.known and not spared:  # it was when it was looked up; meanwhile another state of it was taken in
            (read,) = self._mapper([Read(read.article)])
        if read.problem:
            self._note(read.finding())
            return "failed"
        try:
            what = self._spare(read) if spared else self._change.add(read.extraction(), self._sparing.shown(read))
        except KgError:
            raise
        except Exception as error:
            self._note(Finding(read.article.source or read.article.id, problem(read.article.id, error)))
            return "failed"
        self.reread += known and not spared
        return what

    def _spare(self, read: Read) -> str:
        """Keep the record of a known article as it is, under the frames of now."""
        self._sparing.spare(read.article)
        return "spared"

    def _untold(self) -> int:
        """Note which articles were left out when the graph was filled, now or at the end of an earlier run."""
        left_out, self._change.untold = self._change.untold, []
        for article, told in left_out:
            self._note(Finding(article.source or article.id, told))
        return len(left_out)

    # ---- at once

    def _fill(self, reads: Iterator[Read]) -> None:
        """Fill an empty graph; where the articles cannot be taken in together, one by one tells which is at fault."""
        try:
            self._change.fill(self._kept(reads), self._teller)
        except KgError:
            raise
        except Exception:
            if self._reading or self._change.identity.memory.holds():  # what went wrong is nothing that an article says
                raise
            self._one_by_one()
        self.lost += self._untold()

    def _kept(self, reads: Iterator[Read]) -> Iterator[Extraction]:
        """The records to fill a graph with, each kept until the graph has it."""
        assert self._cache is not None
        memory = self._change.identity.memory
        self._reading = True
        for read in reads:
            if memory.has(read.article.id):
                self._tell(read, "skipped")
            elif read.problem:
                self._note(read.finding())
                self._tell(read, "failed")
            else:
                what, key = "replaced" if memory.with_url(read.article.url) else "added", self._cache.key(read.article)
                record = read.extraction()
                if not self._cache.get(key)[0]:
                    self._cache.put(key, read.kept or record_bytes.dumps(record), read.words)
                self._change.shown.put(read.article.id, self._sparing.shown(read))
                self._taken.append(key)
                self._tell(read, what)
                self._reading = False
                yield record
                self._reading = True
        self._reading = False

    def _one_by_one(self) -> None:
        """Take in what was kept; those that cannot be are told of."""
        assert self._cache is not None
        for key in self._taken:
            kept, words = self._cache.get(key)
            record = record_bytes.loads(kept)
            if self._take(Read(record.article, record, words=words)) == "failed":
                self.lost += 1


__all__ = ["Taking"]
