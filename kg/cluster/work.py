"""What a worker does: it reads articles, or tells what they say, and loads ontology and language pipeline once."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg import record_bytes
from kg.errors import ClusterError, KgError
from kg.mapping import Pipeline, Read, for_many_articles, problem
from kg.records import Article

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.resolve import Kept
    from kg.resolve.review import Review


@dataclass(frozen=True, slots=True)
class Order:
    """How a worker is to work: the user's own files of the ontology, the language pipeline, and the digest of all.

    ``base`` begins the IRIs of the graph, ``decisions`` is what people decided about who is who: for telling.
    """

    files: tuple[tuple[str, str], ...]
    model: str | None
    ranker: bool
    stamp: str
    base: str = ""
    decisions: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker made of one article, or the problem, and the seconds that it took.

    ``made`` is the record as bytes, ``words`` are those that the article shows; where it is told, ``made`` is its
    N-Quads, compressed, and ``rows`` what it bears out.
    """

    made: bytes
    problem: str
    seconds: float
    words: bytes = b""
    rows: list[Any] = field(default_factory=list)


Answers = list[Answer] | str
Job = Callable[[Sequence[Any], Order], Answers]


def read(articles: Sequence[Article], order: Order) -> Answers:
    """The records of a batch, made in a worker; in words, why it cannot make any."""
    try:
        pipeline = _pipeline(order)
        return [_answer(pipeline.read(article)) for article in articles]
    except KgError as error:  # as text: errors of ours need not survive the way
        return f"a worker cannot read articles: {error}"


def tell(kept: Sequence[Kept], order: Order) -> Answers:
    """The quads of a batch, and what they bear out, made in a worker; in words, why it cannot make any."""
    from kg.resolve import review

    try:
        tables, decisions = _pipeline(order).ontology, review.parse(order.decisions)
        return [_told(one, tables, decisions, order.base) for one in kept]
    except KgError as error:
        return f"a worker cannot tell what articles say: {error}"


def _pipeline(order: Order) -> Pipeline:
    """How to work by an order. Raises ClusterError where this is another program than the one that ordered it."""
    pipeline = _loaded(order.files, order.model, order.ranker)
    if pipeline.stamp != order.stamp:
        raise ClusterError("it has another version of newskg, of its libraries or of the model than this process")
    return pipeline


@lru_cache(maxsize=2)
def _loaded(files: tuple[tuple[str, str], ...], model: str | None, ranker: bool) -> Pipeline:
    from kg import ontology

    for_many_articles()
    return Pipeline(ontology.load_kept(files) if files else ontology.load(), model, threads=1, ranker=ranker)


def _answer(read: Read) -> Answer:
    return Answer(record_bytes.dumps(read.record) if read.record else b"", read.problem, read.seconds, read.words)


def _told(kept: Kept, tables: Ontology, decisions: Review, base: str) -> Answer:
    from kg import emit, resolve

    begun = time.perf_counter()
    try:
        told = emit.ready(resolve.resolved(kept, decisions), tables, read_with=tables.added, base=base)
    except KgError:
        raise
    except Exception as error:
        return Answer(b"", problem(kept.article, error), time.perf_counter() - begun)
    return Answer(zlib.compress(told.quads, 1), "", time.perf_counter() - begun, rows=told.rows)


__all__ = ["Answer", "Answers", "Job", "Order", "read", "tell"]
