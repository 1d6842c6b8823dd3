"""Text -> what it says, without a graph: its propositions, and how each sentence is read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg import build
from kg import ontology as tables
from kg.errors import UsageError
from kg.records import Article, Proposition

if TYPE_CHECKING:
    from kg.extract.trace import Trace


def claims(
    text: str, *, date: str | None = None, model: str | Path | None = None, ontology: Iterable[str | Path] = (),
    ranker: bool = True,
) -> Iterator[Proposition]:
    """The propositions of a piece of text; ``date`` (ISO 8601) is that of its article, for "last Tuesday".

    ``ontology`` are Turtle files with the user's own frames; without ``ranker`` relations are told by frames alone.

    >>> for claim in claims("Amazon acquired One Medical in July 2022."): print(claim)  # doctest: +SKIP
    Amazon | acquire | One Medical
    """
    article, known = Article.of(text, date=datetime.date.fromisoformat(date) if date else None), tables.load(ontology)
    found_in = build.extractions([article], ontology=known, on_error=lambda finding: None, model=model, ranker=ranker)
    for found in found_in:
        yield from found.propositions


def explained(
    text: str, *, date: str | None = None, model: str | Path | None = None, ontology: Iterable[str | Path] = (),
    ranker: bool = True,
) -> Trace:
    """How a piece of text is read: the tree of each sentence, what was read in it and what nearly was.

    ``date`` (ISO 8601) is that of its article, ``ontology`` are Turtle files with the user's own frames. Raises
    UsageError for a date that is none, or a text without words.
    """
    if not text.strip():
        raise UsageError("there is no sentence to explain; give one in quotes")
    try:
        day = datetime.date.fromisoformat(date) if date else None
    except ValueError as error:
        raise UsageError(f"{date!r} is no date; give one like 2024-02-07") from error
    return build.traced(Article.of(text, date=day), ontology=tables.load(tuple(ontology)), model=model, ranker=ranker)
