"""Known articles that need not be read again when the user's own frames change: those that show no word of a change.

The record of such an article stays as it is. It must have been read by the code, the network and the shipped tables of
now, and as an article of the same address and publisher.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from kg import record_bytes
from kg.errors import KgError
from kg.records import Article

if TYPE_CHECKING:
    import pyoxigraph

    from kg.changing import Changing
    from kg.mapping import Pipeline, Read
    from kg.resolve.shown import Shown


class _Between(NamedTuple):
    """What differs between two states of the user's own frames: by which words an article is read otherwise (None: any
    may be), and of which terms its graph says something else.
    """

    hinges: frozenset[str] | None
    terms: frozenset[pyoxigraph.NamedNode]


class Sparing:
    """What a graph knows of its articles, against how they are to be read now."""

    def __init__(self, change: Changing, pipeline: Pipeline) -> None:
        self._change, self._pipeline = change, pipeline
        self._known: dict[str, _Between] = {}

    def shown(self, read: Read) -> Shown:
        """What an article that was just read shows, and how it was read."""
        from kg.resolve.shown import Shown

        return Shown(self._how(read.article), read.words)

    def spares(self, article: Article) -> bool:
        """Whether a known article would be read as it was, be it that the user's own frames are others now."""
        from kg.extract import hinges

        shown = self._change.shown.get(article.id)
        if shown is None or shown.how != self._how(article):
            return False
        try:
            words = record_bytes.load_words(shown.words)
        except ValueError:
            return False
        return not hinges.touch(self._between(self._change.store.read_with(article.id)).hinges, words)

    def spare(self, article: Article) -> None:
        """Keep the record of such an article; its graph follows."""
        self._change.spare(article.id, self._between(self._change.store.read_with(article.id)).terms)

    def _how(self, article: Article) -> str:
        """How an article is read, but for its text and the user's own frames."""
        told = (self._pipeline.code, article.publisher, article.url)
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _between(self, read_with: str) -> _Between:
        """What differs between the frames that an article was read with and those of now."""
        from kg import emit
        from kg.extract import hinges

        if read_with not in self._known:
            new = self._change.ontology
            try:
                old = self._change.with_frames(read_with)
            except KgError:  # what was kept of them makes no sense any more
                self._known[read_with] = _Between(None, frozenset())
            else:
                words = hinges.between(old, new, ranker=self._pipeline.ranker)
                self._known[read_with] = _Between(words, emit.differing(old, new))
        return self._known[read_with]


__all__ = ["Sparing"]
