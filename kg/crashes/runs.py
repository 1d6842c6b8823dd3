"""What is done to a graph that is to be killed, step by step, and what an undisturbed graph is after each step."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.records import Article, Extraction

Tell = Callable[[int], None]
Run = Callable[[KnowledgeGraph, Tell], None]
NOTHING = hashlib.sha256(b"").hexdigest()
"""The digest of an empty graph."""


@dataclass
class Command:
    """A run of some steps, the digests of an undisturbed graph before and after each, and how long it takes where.

    ``words`` are those of the real command, where this is one; they are given the graph.
    """

    name: str
    run: Run
    states: list[str] = field(default_factory=list)
    words: tuple[str, ...] = ()
    seconds: float = 0.0
    stays: dict[int, list[float]] = field(default_factory=dict)


def building(records: Sequence[Extraction]) -> Run:
    """Take in each record that the graph does not have, as ``kg build`` does with articles."""

    def run(graph: KnowledgeGraph, tell: Tell) -> None:
        change = graph.changing()
        for step, record in enumerate(records, 1):
            if not graph.store.has_article(record.article.id):
                change.add(record)
            tell(step)

    return run


def removing(articles: Sequence[str]) -> Run:
    """Retract each article that the graph has, as ``kg remove`` does."""

    def run(graph: KnowledgeGraph, tell: Tell) -> None:
        for step, article in enumerate(articles, 1):
            if graph.store.has_article(article):
                graph.remove(article)
            tell(step)

    return run


def merging(names: Sequence[str]) -> Run:
    """Decide that two names are of one thing, as ``kg merge`` does."""

    def run(graph: KnowledgeGraph, tell: Tell) -> None:
        graph.merge(*names)
        tell(1)

    return run


def commands(records: Sequence[Extraction]) -> list[Command]:
    """The runs of one graph: build, the newer state of some articles, a decision, removals."""
    address = "https://news.example/{}"
    first = [_at(record, address.format(place)) for place, record in enumerate(records)]
    newer = [
        _at(record, address.format(place), more=" This was corrected.") for place, record in enumerate(records[:2])
    ]
    names = [key for key, _ in Counter(_keys(records)).most_common(2)]
    gone = [record.article.id for record in (*newer, *first[2::2])]
    return [
        Command("build", building(first)), Command("build of newer states", building(newer)),
        Command("merge", merging(names)), Command("remove", removing(gone)),
    ]  # fmt: skip


def real(records: Sequence[Extraction], source: Path, *options: str) -> list[Command]:
    """The same with the command itself, ``options`` of its build, on the articles that some records were read from."""
    gone = [record.article.id for record in records[::2]]
    return [
        Command(" ".join(["kg build", *options]), building(records), words=("build", str(source), *options)),
        Command("kg remove", removing(gone), words=("remove", *gone)),
    ]


def _at(record: Extraction, url: str, more: str = "") -> Extraction:
    """The record with an address and some more text, and so with another id."""
    old = record.article
    article = Article.of(old.text + more, title=old.title, date=old.date, publisher=old.publisher, source=old.source)
    return replace(record, article=replace(article, url=url))


def _keys(records: Sequence[Extraction]) -> Iterator[str]:
    from kg.resolve.identity import bucket

    for record in records:
        named = {mention.entity for mention in record.mentions if mention.form == "name"}
        yield from sorted({bucket(record.entities[one]) for one in named if not record.entities[one].known})


def undisturbed(runs: Sequence[Command]) -> str:
    """Note what a graph in memory is after each step of some runs; its whole export."""
    with KnowledgeGraph() as graph:
        for command in runs:
            command.states.append(digest(graph))
            command.run(graph, lambda step, command=command: command.states.append(digest(graph)))  # type: ignore[misc]
        return exported(graph)


def digest(graph: KnowledgeGraph) -> str:
    """The SHA-256 digest of all quads in order."""
    lines = sorted(f"{quad} .\n" for quad in graph.store.quads())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def exported(graph: KnowledgeGraph) -> str:
    """The SHA-256 digest of the export with its named graphs (TriG)."""
    from kg import export

    return hashlib.sha256(export.text(graph.store, format="trig").encode()).hexdigest()
