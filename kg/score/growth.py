"""What many articles cost by stage, and what one more costs beside what it costs alone; for `make bench`.

    KG_DATA=DATA python -m kg.score.growth FOLDER_OF_ARTICLES [ARTICLES ...]

A graph is filled with copies of the articles under other names and days (``resample``), once for each of the given
numbers; then the next ones of that stream are added and removed again, one by one, as news come. CPU time of one
process counts: reading an article (parse, extraction, joining of its names: measured on the article that it is a copy
of); who is who among all; telling what each says; loading it with what follows from it.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, NamedTuple

from kg.mapping import Telling

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.records import Article, Extraction
    from kg.resolve import Changed, Kept

TRIED = 20
"""So many articles are added at each size of the graph."""
SIZES = (1000,)


class Stages(NamedTuple):
    """CPU seconds for an article of a graph that is filled at once: who is who, telling, loading."""

    identity: float
    telling: float
    loading: float


class Cost(NamedTuple):
    """CPU seconds for an article: to read it, to fill a graph of ``articles`` with it and others, to take it into an
    empty graph, and into that of ``articles``.

    ``among`` is the mean of those that were tried, ``typical`` their median: now and then one gives many others another
    key. ``written`` is how many articles of the graph were written anew for each, itself counted; ``memory`` the most
    bytes that the process has held so far, ``disk`` the bytes of the filled graph.
    """

    articles: int
    read: float
    stages: Stages
    alone: float
    among: float
    typical: float
    written: float
    memory: int
    disk: int

    @property
    def ratio(self) -> float:
        """How many times the cost of the article alone it costs among the others, in the mean."""
        return (self.read + self.among) / (self.read + self.alone)

    @property
    def median(self) -> float:
        """How many times the cost of the article alone one of them costs that is neither cheap nor dear."""
        return (self.read + self.typical) / (self.read + self.alone)

    @property
    def whole(self) -> float:
        """CPU seconds for an article, from its text to a graph of all."""
        return self.read + sum(self.stages)


def growth(articles: Sequence[Article], sizes: Iterable[int]) -> Iterator[Cost]:
    """The mean costs at some sizes of the graph, and of the articles that come next; copies of the articles fill it."""
    from kg.score.resample import copies

    read = list(read_all(articles))
    reading = mean(seconds for _, seconds in read)
    for size in sorted(sizes):
        with tempfile.TemporaryDirectory() as folder, Graph(Path(folder) / "grown.kg") as graph:
            stock = copies([record for record, _ in read], size + TRIED)
            stages = graph.fill(islice(stock, size))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
            disk = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
            tried = list(stock)
            among, written = zip(*(_among(graph, record) for record in tried), strict=True)
            each, alone = Stages(*(seconds / size for seconds in stages)), mean(map(_alone, tried))
            yield Cost(size, reading, each, alone, mean(among), median(among), mean(written), peak, disk)


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

    def fill(self, records: Iterable[Extraction]) -> Stages:
        """Take many articles in at once, while there are none; the CPU seconds of all by stage."""
        from kg.changing import Changing

        stock, teller = _Timed(records), _Teller()
        start = time.process_time()
        Changing(self.store, self._identity, self._known).fill(stock, teller)
        whole = time.process_time() - start
        identity = teller.begun - start - stock.seconds
        return Stages(identity, teller.seconds, whole - stock.seconds - identity - teller.seconds)

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


class _Timed:
    """Records, and the CPU seconds that it took to make them."""

    def __init__(self, records: Iterable[Extraction]) -> None:
        self._records, self.seconds = records, 0.0

    def __iter__(self) -> Iterator[Extraction]:
        start = time.process_time()
        for record in self._records:
            self.seconds += time.process_time() - start
            yield record
            start = time.process_time()


class _Teller:
    """Tells what articles say as a worker does, in this process, and when it began and how long it took."""

    def __init__(self) -> None:
        self.begun = self.seconds = 0.0

    def tell(self, kept: Iterable[Kept], /, *, base: str, decisions: str) -> Iterator[Telling]:
        """What each article says."""
        from kg import emit, ontology
        from kg.resolve import resolved, review

        known, decided = ontology.load(), review.parse(decisions)
        self.begun = time.process_time()
        for one in kept:
            start = time.thread_time()  # the store's own threads are at work meanwhile
            told = emit.ready(resolved(one, decided), known, base=base)
            self.seconds += time.thread_time() - start
            yield Telling(one.article, told.quads, told.rows)


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
        told = {**cost._asdict(), "stages": cost.stages._asdict()}
        told |= {"whole": cost.whole, "ratio": cost.ratio, "median": cost.median}
        print(json.dumps({**told, "texts": what}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or SIZES)
