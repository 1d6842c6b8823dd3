"""Extractions -> Resolutions: entities of many articles become one node each, whatever order they come in.

Two steps, each a function of what all articles told, so that no order and no batch changes anything:

1. entities of one name are one node, unless something tells them apart (``facets``); a short name ("Trump", "BBC")
   goes to the full name that its article, or what it shares with others, points to (``shorts``);
2. nodes whose names are variants of one name ("Walmart", "Wal-Mart") belong together (``variants``).

What articles tell of one event follows from that (``events_across``).

When an article comes or goes, only names that share something with one of its names are looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.ontology import Gazetteer
from kg.records import Extraction, Resolution
from kg.resolve import gazetteer as countries
from kg.resolve import review
from kg.resolve.coreference import link
from kg.resolve.event_memory import EventMemory
from kg.resolve.events_across import Events
from kg.resolve.happenings import Happening, happenings
from kg.resolve.memory import Local, Memory
from kg.resolve.parts import Parts, part_of
from kg.resolve.profile import Profile, profiles
from kg.resolve.resolved import Kept, by_itself, under, with_keys
from kg.resolve.review import Line, Review
from kg.resolve.settling import Settling
from kg.resolve.tree import Trees
from kg.resolve.words import BODY, MEDIA_NAMES, PLACES, listed

_REVIEW: Final = "review"
_LOCAL: Final = re.compile(r"-([0-9a-f]{8})(?:-\d+)?$")
"""The end of a key that holds for one article alone."""
_EVERYWHERE: Final = BODY | PLACES | listed("house west east north south internet twitter facebook")
"""Single words that name another thing in every article, or the same in most."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The articles whose quads must be written anew, with their new state, and those that are gone."""

    written: tuple[str, ...]
    gone: tuple[str, ...] = ()


class Identity:
    """Who is who in a graph: articles come and go, the others change where they must.

    ``review`` is what people decided, as the graph follows it; ``wanted`` is what it is to follow from the next
    ``decide`` on.
    """

    def __init__(self, memory: Memory | None = None, wanted: Review | None = None) -> None:
        self.memory = memory or Memory()
        self.review = review.parse(self.memory.state(_REVIEW) or "")
        self.wanted = self.review if wanted is None else wanted
        self.trees = Trees(self.memory, self.review)
        self.events = Events(EventMemory(self.memory.sql))
        self._parts = Parts(self.memory.sql)
        self._taken: dict[str, Extraction] = {}  # the article that came last, so that it need not be read again

    def add(self, extraction: Extraction) -> Changed:
        """Take in a linked extraction; one that is known, and another state of the same address, make room."""
        return self.add_all([extraction])

    def add_all(self, extractions: Iterable[Extraction]) -> Changed:
        """The same for many at once: what they have in common is decided once, and comes out as one by one."""
        settling = Settling(self.memory, self.trees)
        self._taken.clear()
        there, gone = set[str](), set[str]()
        for number, extraction in enumerate(extractions):
            if number == 1 and settling.whole:
                self.memory.loading.begin()
            article = extraction.article
            known = {article.id} if self.memory.has(article.id) else set[str]()
            older = {*self.memory.with_url(article.url), *known}
            for old in sorted(older):
                self._forget(old, settling)
            self._take(extraction, settling)
            there -= older
            there.add(article.id)
            gone |= older
            gone.discard(article.id)
        written = self._with_events((settling.settle() | there) - gone, sorted(gone))
        return Changed(tuple(sorted(written)), tuple(sorted(gone)))

    def _take(self, extraction: Extraction, settling: Settling) -> None:
        """Keep an article."""
        article = extraction.article.id
        for earlier, read in self._taken.items():  # many come at once
            self._parts.put(earlier, part_of(read))
        self._taken = {article: by_itself(extraction, self.review)}
        found = list(profiles(self._taken[article], self.review.unnamed))
        settling.note(one.bucket for one in found)
        self.memory.put(extraction, [_local(article, one) for one in found], [(one.index, one) for one in found])

    def _forget(self, article: str, settling: Settling) -> None:
        """Keep an article no more."""
        settling.note(row.bucket for row in self.memory.of_article(article))
        self.memory.drop(article)

    def read_as(self, article: str) -> Extraction:
        """An article's extraction under the keys that it gives by itself."""
        return self._taken.get(article) or by_itself(self.memory.record(article), self.review)

    def decide(self, wanted: Review | None = None) -> Changed:
        """Follow other decisions of people (those that are wanted)."""
        self.wanted = wanted = self.wanted if wanted is None else wanted
        lines = self.review.changed(wanted)
        articles = {article for line in lines for article in self._read_otherwise(line)}
        names = review.names_of(lines) | {f"{name}-person" for name in review.names_of(lines)}
        records = [self.memory.record(article) for article in sorted(articles)]
        settling = Settling(self.memory, self.trees)
        settling.note({near for name in names for near in (name, *self.review.beside(name), *wanted.beside(name))})
        for article in sorted(articles):
            self._forget(article, settling)
        self._taken.clear()
        self.review = self.trees.review = wanted
        self.memory.note(_REVIEW, review.text(wanted))
        for extraction in records:
            self._take(extraction, settling)
        return Changed(tuple(sorted(self._with_events(settling.settle() | articles))))

    def _read_otherwise(self, line: Line) -> Iterator[str]:
        """The articles whose own entities a decision may change: names in one chain, words, things without a name."""
        for part in line.about:
            if self.memory.has(article := part.removeprefix("@").partition("#")[0]):
                yield article
            yield from (article for mark in _LOCAL.findall(part) for article in self.memory.articles(mark))
        if self.review.splits_names or self.wanted.splits_names:
            yield from (article for name in line.names for article in self.memory.calling(review.plain(name)))

    def remove(self, article: str) -> Changed:
        """Forget an article."""
        settling = Settling(self.memory, self.trees)
        self._forget(article, settling)
        return Changed(tuple(sorted(self._with_events(settling.settle() - {article}, [article]))), (article,))

    def undo(self) -> None:
        """Take back what has changed since the last commit."""
        self._taken.clear()
        self._parts.clear()
        self.memory.undo()

    def resolution(self, article: str) -> Resolution:
        """An article's extraction under the keys that its entities and events have now."""
        return with_keys(self.read_as(article), *self._keys(article))

    def kept(self, article: str) -> Kept:
        """The same as what ``resolved`` makes it of, in another process perhaps."""
        return Kept(article, self.memory.kept(article), *self._keys(article))

    def _keys(self, article: str) -> tuple[dict[int, str], dict[int, str]]:
        """The keys that entities and events of an article have now, by their places."""
        entities = {row.place: row.key for row in self.memory.of_article(article) if row.key}
        events = {row.told.place: row.key for row in self.events.memory.of_article(article) if row.key}
        return entities, events

    def _with_events(self, written: set[str], gone: Iterable[str] = ()) -> set[str]:
        """Decide anew about the events of articles in which entities have other keys; all articles that change."""
        articles = sorted({*written, *gone})
        changed = self.events.update((one, self._happenings(one) if one in written else ()) for one in articles)
        self._parts.clear()
        return written | changed

    def _happenings(self, article: str) -> tuple[Happening, ...]:
        kept = None if article in self._taken else self._parts.get(article)
        told = kept or part_of(self.read_as(article))
        rows = self.memory.of_article(article)
        known = {row.place: row.key for row in rows}
        entities = (under(one, known.get(at)) for at, one in zip(told.places, told.extraction.entities, strict=True))
        about = frozenset(row.key for row in rows if row.telling and row.key)
        alone = frozenset(name for name, where in self.review.others if where == article)
        return tuple(happenings(replace(told.extraction, entities=tuple(entities)), about, alone))


def resolve(
    extractions: Iterable[Extraction], decisions: Review | None = None, gazetteer: Gazetteer | None = None
) -> Iterator[Resolution]:
    """Resolve extractions together; a Resolution for each, in their order, once all are known.

    Names that the ``gazetteer`` lists as one thing's are joined; the shipped one serves where none is given.
    """
    identity = Identity()
    if decisions:
        identity.decide(decisions)
    order = []
    for extraction in extractions:
        identity.add(link(extraction, gazetteer))
        order.append(extraction.article.id)
    for article in order:
        yield identity.resolution(article)


def _local(article: str, one: Profile) -> Local:
    born = one.born or (None, None)
    return Local(
        article, one.index, one.bucket, one.name, one.words, one.kind, one.told, one.thing, one.gender, born[0],
        born[1], " ".join(sorted(one.fields)), one.courtesy, _telling(one), one.ambiguous,
    )  # fmt: skip


def _telling(one: Profile) -> bool:
    """Whether two articles that share the name are probably of one matter: not countries, papers, «the police»."""
    words = one.words.split()
    if not one.forms or one.single or one.kind in ("Group", "Concept", "Other", "Law"):
        return False
    if countries.canonical(one.words) or MEDIA_NAMES & set(words):
        return False
    return len(words) > 1 or one.words not in _EVERYWHERE


__all__ = ["Changed", "Identity", "resolve"]
