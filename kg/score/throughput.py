"""What a whole build takes beside the bare language pipeline, with one process and with several; for `make bench`.

    KG_DATA=DATA python -m kg.score.throughput FOLDER_OF_ARTICLES [ARTICLES]

The articles are copies of real ones under other names and days (``resample``), written to a file. Every build is a
process of its own, as a user starts it, on one thread a process, and its time by the clock counts from start to end,
the start of the workers included; the last one has a worker killed in its middle. The bare pipeline (spaCy with the
shipped network, ``nlp.pipe`` on one thread) reads the same texts, its start left out. The exports must be the same
bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.records import Article

ARTICLES = 500
_BARE = """
import json, sys, time
from kg import language, read

texts = [article.text for article in read.articles([sys.argv[1]], on_error=print)]
nlp = language.load()
nlp(texts[0])
start, used = time.perf_counter(), time.process_time()
docs = [(len(list(doc.sents)), sum(not token.is_space for token in doc)) for doc in nlp.pipe(texts)]
seconds = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - used}
print(json.dumps({**seconds, "sentences": sum(s for s, _ in docs), "words": sum(w for _, w in docs)}))
"""


class Bare(NamedTuple):
    """Seconds by the clock, and of CPU, that the language pipeline alone took, and how much it read."""

    seconds: float
    cpu: float
    sentences: int
    words: int


class Built(NamedTuple):
    """Seconds by the clock of a build, the most bytes that one of its processes held, and a digest of its export."""

    workers: int
    killed: bool
    seconds: float
    memory: int
    digest: str


def bare(source: Path) -> Bare:
    """The language pipeline alone."""
    told = subprocess.run([sys.executable, "-c", _BARE, str(source)], capture_output=True, text=True, check=True).stdout
    return Bare(**json.loads(told))


def built(source: Path, *, workers: int, kill_at: int = 0) -> Built:
    """A build as a user starts it, one process on one core; with ``kill_at`` a worker is killed after so many articles.

    Raises CalledProcessError where it fails.
    """
    from kg import export
    from kg.store import Store

    with tempfile.TemporaryDirectory() as folder:
        graph, log = Path(folder) / "news.kg", Path(folder) / "log.jsonl"
        command = [sys.executable, "-m", "kg", "build", str(source), "--graph", str(graph)]
        start = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--workers", str(workers), "--log-json", str(log)], stdout=subprocess.DEVNULL,
            env=os.environ | {"OMP_NUM_THREADS": "1"}, preexec_fn=_on_one_core if workers == 1 else None,
        )  # fmt: skip
        if kill_at:
            _kill_one(process.pid, log, kill_at)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        with Store(graph, read_only=True) as store:
            digest = hashlib.sha256(export.text(store, format="nq").encode()).hexdigest()
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Built(workers, kill_at > 0, seconds, memory, digest)


def _on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _kill_one(pid: int, log: Path, at: int) -> None:
    """Kill the worker that holds most, once so many articles were read."""
    import psutil

    while not log.exists() or log.read_bytes().count(b"\n") < at:
        time.sleep(0.1)
    max(psutil.Process(pid).children(recursive=True), key=lambda one: one.memory_info().rss).kill()


def write(articles: Iterable[Article], target: Path) -> None:
    """Write articles as JSON lines."""
    with target.open("w", encoding="utf-8") as file:
        for article in articles:
            date = article.date.isoformat() if article.date else None
            told = {"text": article.text, "title": article.title, "date": date, "publisher": article.publisher}
            file.write(json.dumps({**told, "url": article.url}) + "\n")


def main(folder: Path, number: int) -> None:
    """Print the figures as JSON, a line each."""
    from kg.score.growth import read_all
    from kg.score.resample import copies
    from kg.score.speed import some_articles

    articles, what = some_articles(folder)
    records = [record for record, _ in read_all(articles)]
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "articles.jsonl"
        write((record.article for record in copies(records, number)), source)
        alone = bare(source)
        print(json.dumps({"articles": number, "texts": what, **alone._asdict()}), flush=True)
        for workers, kill_at in ((1, 0), (2, 0), (2, number // 2)):
            found = built(source, workers=workers, kill_at=kill_at)
            print(json.dumps({**found._asdict(), "beside": alone.seconds / found.seconds}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ARTICLES)
