"""What a graph holds, as it is told: one article, and how much there is in all."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the graph knows it; ``sources`` are the files that it was read from."""

    id: str
    iri: str
    title: str | None = None
    date: datetime.date | None = None
    publisher: str | None = None
    url: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the graph holds; ``entities`` are nodes with a class, ``asserted`` and ``reported`` are facts."""

    articles: int
    entities: int
    claims: int
    statements: int
    events: int
    asserted: int
    reported: int
    quads: int


__all__ = ["Counts", "StoredArticle"]
