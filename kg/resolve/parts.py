"""The part of a record that events across articles follow from, kept while many articles come in at once.

What is told of an event is known under its final keys only when all articles are there. To read every record a second
time would cost more than to keep this part of it, which is about a tenth.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Final, NamedTuple

from kg import record_bytes
from kg.records import Event, Extraction

_SCHEMA: Final = "CREATE TEMP TABLE IF NOT EXISTS part(article TEXT PRIMARY KEY, places TEXT, record BLOB)"


class Part(NamedTuple):
    """An extraction with only its events and who takes part in them, and the places of these among its entities."""

    extraction: Extraction
    places: tuple[int, ...]


def part_of(extraction: Extraction) -> Part:
    """The part of an extraction that its events follow from."""
    taking = {role.mention for event in extraction.events for role in event.roles}
    mentions = sorted(mention for mention in taking if mention is not None)
    places = sorted({extraction.mentions[mention].entity for mention in mentions})
    mention_at, entity_at = ({old: new for new, old in enumerate(kept)} for kept in (mentions, places))
    told = [extraction.mentions[mention] for mention in mentions]
    cut = replace(
        extraction, sentences=(), statements=(), propositions=(),
        mentions=tuple(replace(mention, entity=entity_at[mention.entity]) for mention in told),
        entities=tuple(extraction.entities[place] for place in places),
        events=tuple(_with(event, mention_at) for event in extraction.events),
    )  # fmt: skip
    return Part(cut, tuple(places))


def _with(event: Event, mention_at: dict[int, int]) -> Event:
    """An event that speaks of mentions by their new numbers."""
    roles = (role if role.mention is None else replace(role, mention=mention_at[role.mention]) for role in event.roles)
    return replace(event, roles=tuple(roles))


class Parts:
    """The parts of many articles, beside the other tables as long as the file is open; they take no memory."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        self._any = False

    def put(self, article: str, told: Part) -> None:
        """Keep the part of an article."""
        if not self._any:
            self._sql.execute(_SCHEMA)
            self._any = True
        values = (article, " ".join(map(str, told.places)), record_bytes.dumps(told.extraction))
        self._sql.execute("INSERT OR REPLACE INTO part VALUES(?,?,?)", values)

    def get(self, article: str) -> Part | None:
        """The part of an article, if it is kept."""
        if not self._any:
            return None
        query = "SELECT places, record FROM part WHERE article=?"
        found = self._sql.execute(query, (article,)).fetchone()
        return found and Part(record_bytes.loads(found[1]), tuple(map(int, found[0].split())))

    def clear(self) -> None:
        """Keep none any more."""
        if self._any:
            self._sql.execute("DELETE FROM part")
        self._any = False


__all__ = ["Part", "Parts", "part_of"]
