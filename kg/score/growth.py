"""What one more article costs in a graph of many, beside what it costs alone; for `make bench`.

    KG_DATA=DATA python -m kg.score.growth FOLDER_OF_ARTICLES [ARTICLES ...]

The graph is filled with copies of the articles under other names and days (``resample``), up to each of the given
numbers; then the next ones of that stream are added and removed again, one by one, as news come. CPU time of one thread
counts: reading the article (parse, extraction, joining of its names: measured on the article that it is a copy of) and
taking it into the graph, and the same into an empty graph.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, tee
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.records import Article, Extraction
    from kg.resolve import Changed

TRIED = 20
"""So many articles are added at each size of the graph."""
SIZES = (1000,)


class Cost(NamedTuple):
    """CPU seconds for an article: to read it, to take it into an empty graph, and into one of ``articles``.

    ``written`` is how many articles of the graph were written anew for it, itself counted.
    """

    articles: int
    read: float
    alone: float
    among: float
    written: float

    @property
    def ratio(self) -> float:
        """How many times the cost of the article alone it costs among the others."""
        return (self.read + self.among) / (self.read + self.alone)


def growth(articles: Sequence[Article], sizes: Iterable[int]) -> Iterator[Cost]:
    """The mean costs of the articles that come next, at some sizes of the graph; copies of the articles fill it."""
    from kg.score.resample import copies

    read = list(read_all(articles))
    reading = mean(seconds for _, seconds in read)
    with tempfile.TemporaryDirectory() as folder, Graph(Path(folder) / "grown.kg") as graph:
        stock = copies([record for record, _ in read], sys.maxsize)
        there = 0
        for size in sorted(sizes):
            if there:
                for record in islice(stock, size - there):
                    graph.add(record)
            else:  # an empty graph is filled at once, which comes to the same
                graph.fill(islice(stock, size))
            there = size
            stock, ahead = tee(stock)
            tried = list(islice(ahead, TRIED))
            among, written = zip(*(_among(graph, record) for record in tried), strict=True)
            yield Cost(size, reading, mean(map(_alone, tried)), mean(among), mean(written))


def read_all(articles: Iterable[Article]) -> Iterator[tuple[Extraction, float]]:
    """The record of each article, and the CPU seconds that it took to read it."""
    from kg import extract, language, ontology, resolve

    known = ontology.load()
    for article in articles:
        start = time.process_time()
        (doc,) = language.parse([article], threads=1)
        record = resolve.link(extract.extraction(doc, known), known.gazetteer)
        yield record, time.process_time() - start


class Graph:
    """A graph that articles come into and leave, as ``kg build`` and ``kg remove`` have them."""

    def __init__(self, path: Path | None) -> None:
        from kg import emit, ontology, resolve
        from kg.store import Store

        self._known = ontology.load()
        self.store = Store(path, derive=emit.derived)
        self._identity = resolve.Identity(resolve.Memory(path / "records.sqlite" if path else None))

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *error: object) -> None:
        self._identity.memory.close()
        self.store.close()

    def add(self, record: Extraction) -> tuple[float, int]:
        """CPU seconds that an article takes, and how many articles were written."""
        start = time.process_time()
        written = self._write(self._identity.add(record))
        return time.process_time() - start, written

    def fill(self, records: Iterable[Extraction]) -> int:
        """Take many articles in at once, while there are none; how many there are."""
        from kg.changing import Changing

        return Changing(self.store, self._identity, self._known).fill(records)

    def remove(self, record: Extraction) -> None:
        """Take an article out."""
        self._write(self._identity.remove(record.article.id))

    def _write(self, changed: Changed) -> int:
        from kg import emit

        quads: dict[str, list[Quad]] = {article: [] for article in changed.gone}
        for article in changed.written:
            quads[article] = emit.told(self._identity.resolution(article), self._known, base=self.store.base)
        self.store.change_all(quads)
        self._identity.memory.commit()
        return len(changed.written)


def _alone(record: Extraction) -> float:
    with tempfile.TemporaryDirectory() as folder, Graph(Path(folder) / "one.kg") as graph:
        return graph.add(record)[0]


def _among(graph: Graph, record: Extraction) -> tuple[float, int]:
    """The CPU seconds of an article that is added and removed again, and how many articles were written for it."""
    found = graph.add(record)
    graph.remove(record)
    return found


def main(folder: Path, sizes: Sequence[int]) -> None:
    """Print the figures as JSON, a line for each size."""
    from kg.score.speed import some_articles

    articles, what = some_articles(folder)
    for cost in growth(articles, sizes):
        print(json.dumps({**cost._asdict(), "ratio": cost.ratio, "texts": what}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or SIZES)
