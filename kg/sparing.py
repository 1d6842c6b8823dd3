"""Known articles that need not be read again when the user's own frames change: those that show no word of a change.

The record of such an article stays as it is. It must have been read by the code, the network and the shipped tables of
now, and as the same article but for its file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg import record_bytes
from kg.errors import KgError
from kg.mapping import Pipeline
from kg.records import Article

if TYPE_CHECKING:
    from kg.changing import Changing


class Sparing:
    """What a graph knows of its articles, against how they are to be read now."""

    def __init__(self, change: Changing, pipeline: Pipeline) -> None:
        self._change, self._pipeline = change, pipeline
        self._hinges: dict[str, frozenset[str] | None] = {}

    def spares(self, article: Article) -> bool:
        """Whether a known article would be read as it was, be it that the user's own frames are others now."""
        from kg.extract import hinges

        shown = self._change.shown.get(article.id)
        if shown is None or shown.code != self._pipeline.code:
            return False
        between = self._between(self._change.store.read_with(article.id))
        try:
            read_otherwise = hinges.touch(between, record_bytes.load_words(shown.words))
        except ValueError:
            return False
        known = self._change.identity.memory.record(article.id).article
        return not read_otherwise and replace(known, source=article.source) == article

    def _between(self, read_with: str) -> frozenset[str] | None:
        """The words on which hangs what differs between the frames that an article was read with and those of now."""
        from kg.extract import hinges

        if read_with not in self._hinges:
            try:
                old = self._change.with_frames(read_with)
            except KgError:  # what was kept of them makes no sense any more
                self._hinges[read_with] = None
            else:
                self._hinges[read_with] = hinges.between(old, self._change.ontology, ranker=self._pipeline.ranker)
        return self._hinges[read_with]


__all__ = ["Sparing"]
