"""Speed and memory on the sample articles, beside the bare language pipeline and rdflib in the same run.

    python -m kg.score.bench [ARTICLES ...]

With numbers of articles it tells only what an article of so many costs (2000 20000: an hour, 30 GB of disk). Figures
depend on the machine and on what else it does, so a table is printed and nothing is asserted: what can be compared
between machines are the ratios. Whatever is started anew is a process of its own, as a user starts it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from kg.store import Store

REPEATS = 5
MEBIBYTE = 1024 * 1024

# The whole chain as a library user runs it, and the pipeline alone, warm, on one thread, in one process.
_CHAIN = """
import json, sys, time
import kg
from kg import language, read

articles = list(read.articles(sys.argv[1], on_error=print))
words = sum(len(a.text.split()) for a in articles)
with kg.KnowledgeGraph() as graph:
    graph.add(sys.argv[1], threads=1)
bare, whole = [], []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    for doc in language.parse(articles, threads=1):
        pass
    bare.append(time.perf_counter() - start)
    with kg.KnowledgeGraph() as graph:
        start = time.perf_counter()
        graph.add(sys.argv[1], threads=1)
        whole.append(time.perf_counter() - start)
print(json.dumps({"words": words, "bare": min(bare), "whole": min(whole)}))
"""

QUERIES = {
    "count by class": "SELECT ?c (COUNT(?s) AS ?n) WHERE { ?s a ?c } GROUP BY ?c",
    "claims with their words": (
        "SELECT ?s ?p ?o ?words WHERE { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:evidence ?e . "
        "?e oa:hasSelector ?w . ?w oa:exact ?words }"
    ),
    "two steps from anything": (
        "SELECT ?a ?b WHERE { ?c rdf:subject ?a ; rdf:object ?m . ?d rdf:subject ?m ; rdf:object ?b }"
    ),
}


class Row(NamedTuple):
    """One line of the table: what was measured, the figure, and what it stands beside."""

    what: str
    figure: str
    beside: str = ""


class Run(NamedTuple):
    """A process that has ended: seconds by the clock, and its peak memory in bytes (0 where it is not told)."""

    seconds: float
    memory: int


def run(*words: str) -> Run:
    """Run `kg` in a process of its own; CalledProcessError where it fails."""
    command = [sys.executable, "-m", "kg", *words]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    if not hasattr(os, "wait4"):  # Windows
        status, memory = process.wait(), 0
    else:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    seconds = time.perf_counter() - start
    if status:
        raise subprocess.CalledProcessError(status, command)
    return Run(seconds, memory)


def rows() -> Iterator[Row]:
    """All measurements, one by one."""
    with resources.as_file(resources.files("kg") / "samples") as samples, tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "bench.kg"
        yield Row("kg --help", _seconds(statistics.median(run("--help").seconds for _ in range(REPEATS))))
        built = run("build", str(samples), "--graph", str(graph))
        articles = len(list(samples.iterdir()))
        yield Row(f"kg build, {articles} articles, from a cold start", _seconds(built.seconds))
        yield Row("its peak memory", f"{built.memory / MEBIBYTE:,.0f} MiB" if built.memory else "not told here")
        yield from _language(samples)
        yield _extraction(samples)
        yield from _chain(samples)
        yield from _throughput(samples)
        yield from archive(samples)
        yield from _queries(graph)
        yield from _million(samples)


def _language(samples: Path) -> Iterator[Row]:
    """The language pipeline alone: from a process's start to its first sentence, and its speed beside spaCy's CNN."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "from kg import language; language.load()('It rained.')"], check=True)
    yield Row("language pipeline, from a cold start", _seconds(time.perf_counter() - start))
    command = [sys.executable, "-m", "kg.score.speed", str(samples)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    for threads, figure in sorted(told["ours"].items()):
        beside = f"spaCy's CNN with the same heads {told['cnn']:,.0f} words/s"
        yield Row(f"language pipeline, warm, {threads} at once", f"{figure:,.0f} words/s", beside)
    yield Row("its peak memory", f"{told['memory'] / MEBIBYTE:,.0f} MiB", f"{told['words']:,} words of {told['texts']}")


def _extraction(samples: Path) -> Row:
    """What extraction costs on top of the parse, as a share of the parse's own CPU time (``cost``)."""
    command = [sys.executable, "-m", "kg.score.cost", str(samples)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    beside = (
        f"of its {_seconds(told['parse'])} of CPU, {told['articles']} articles of {told['texts']}; "
        f"with the names joined {(told['extraction'] + told['joining']) / told['parse']:.1%}"
    )
    return Row("extraction on top of the parse", f"{told['extraction'] / told['parse']:.1%}", beside)


def archive(samples: Path, sizes: Sequence[int] = ()) -> Iterator[Row]:
    """What an article of many costs by stage, and one more beside what it costs alone (``growth``)."""
    command = [sys.executable, "-m", "kg.score.growth", str(samples), *map(str, sizes)]
    first = 0.0
    for line in _lines(command):
        told = json.loads(line)
        stages, what, first = told["stages"], f"of {told['articles']:,} articles", first or told["whole"]
        beside = ", ".join(f"{name} {_seconds(value)}" for name, value in {"reading": told["read"], **stages}.items())
        grown = f"; {told['whole'] / first:.2f} times as in the first graph"
        yield Row(f"an article {what}, CPU", _seconds(told["whole"]), beside + grown)
        disk = f"{told['disk'] / told['articles'] / MEBIBYTE:.2f} MiB of disk an article"
        yield Row(f"peak memory, {what}", f"{told['memory'] / MEBIBYTE:,.0f} MiB", disk)
        reading = f"to read it {_seconds(told['read'])} of CPU, to take it in alone {_seconds(told['alone'])}"
        beside = f"{reading}, here {_seconds(told['among'])}; {told['written']:.1f} articles written for it"
        yield Row(f"one article more in {told['articles']:,}", f"{told['ratio']:.2f} times", beside)


def _throughput(samples: Path) -> Iterator[Row]:
    """Whole builds by one process and by two, one of them killed, beside the bare pipeline (``throughput``)."""
    lines = map(json.loads, _lines([sys.executable, "-m", "kg.score.throughput", str(samples)]))
    bare = next(lines)
    what = f"{bare['articles']} articles of {bare['texts']}"
    beside = f"{bare['sentences'] / bare['seconds']:,.0f} sentences/s"
    yield Row(f"bare pipeline, one thread, {what}", f"{bare['words'] / bare['seconds']:,.0f} words/s", beside)
    first: dict[str, Any] = {}
    for told in lines:
        first = first or told
        same = "the same bytes" if told["digest"] == first["digest"] else "OTHER BYTES"
        name = "one process" if told["workers"] == 1 else f"{told['workers']} workers"
        each, against = bare["sentences"] / told["seconds"] / told["workers"], first["seconds"] / told["seconds"]
        beside = (
            f"{told['beside']:.2f} of the bare pipeline's speed, {against:.2f} of that of one process; {each:,.0f} "
            f"sentences/s and core (Stanford CoreNLP's OpenIE documents about 100); {same}; "
            f"{told['memory'] / MEBIBYTE:,.0f} MiB"
        )
        killed = ", one of them killed" if told["killed"] else ""
        yield Row(f"whole build, {name}{killed}", f"{bare['words'] / told['seconds']:,.0f} words/s", beside)


def _lines(command: Sequence[str]) -> list[str]:
    """What a process writes, by lines; CalledProcessError where it fails."""
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


def _chain(samples: Path) -> Iterator[Row]:
    """The whole chain beside the bare pipeline, in words a second."""
    command = [sys.executable, "-c", _CHAIN, str(samples), str(REPEATS)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    bare, whole = told["words"] / told["bare"], told["words"] / told["whole"]
    beside = f"bare pipeline {bare:,.0f} words/s; the chain takes {told['whole'] / told['bare']:.2f} times its time"
    yield Row("whole chain, warm, one thread", f"{whole:,.0f} words/s", beside)


def _queries(path: Path) -> Iterator[Row]:
    """Loading and queries, ours on disk beside rdflib in memory."""
    import pyoxigraph as ox
    import rdflib

    from kg.names import prefixes
    from kg.store import Store

    with Store(path, read_only=True) as store:
        triples = "".join(f"{line} .\n" for line in {_triple(quad) for quad in store.quads()})
        graph = rdflib.Graph()
        theirs = _timed(lambda: graph.parse(data=triples, format="nt"))
        ours = _timed(lambda: ox.Store().bulk_load(triples.encode(), format=ox.RdfFormat.N_TRIPLES))
        yield _beside(f"load {len(graph):,} triples into memory", ours, theirs)
        for prefix, iri in prefixes(store.base).items():
            graph.bind(prefix, iri)
        for name, query in QUERIES.items():
            ours = min(_timed(lambda query=query: _asked(store, query)) for _ in range(REPEATS))  # type: ignore[misc]
            theirs = _timed(lambda query=query: list(graph.query(query)))  # type: ignore[misc]
            yield _beside(f"SPARQL, {name}", ours, theirs)


def _million(samples: Path) -> Iterator[Row]:
    """A graph of a million quads beside rdflib (``million``): filled, loaded, asked, exported."""
    command = [sys.executable, "-m", "kg.score.million", str(samples)]
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        told = json.loads(line)
        theirs, rows = told["theirs"], "" if told["rows"] is None else f"{told['rows']:,} rows; "
        if theirs is None:
            beside = rows.removesuffix("; ")
        elif theirs < 0:
            beside = f"{rows}rdflib was stopped after {-theirs:.0f} s"
        else:
            beside = f"{rows}rdflib {_seconds(theirs)}: {theirs / told['ours']:.1f} times as long"
        yield Row(told["what"], _seconds(told["ours"]), beside)


def _asked(store: Store, query: str) -> list[Any]:
    from kg.names import prefixes

    found: Any = store.inner.query(query, prefixes=prefixes(store.base), use_default_graph_as_union=True)
    return list(found)


def _triple(quad: Any) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object}"


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _beside(what: str, ours: float, theirs: float) -> Row:
    return Row(what, _seconds(ours), f"rdflib {_seconds(theirs)}: {theirs / ours:.1f} times as long")


def _seconds(value: float) -> str:
    """Seconds with the digits that matter.

    >>> _seconds(2.345), _seconds(0.01234)
    ('2.35 s', '12.3 ms')
    """
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def show(found: Iterable[Row]) -> None:
    """Print a table, a line as soon as it is measured."""
    for row in found:
        print(f"{row.what:44} {row.figure:>16}   {row.beside}", flush=True)


def main(sizes: Sequence[int]) -> None:
    """Print all that is measured; with sizes, what an article of so many costs, and nothing else."""
    if not sizes:
        show(rows())
        return
    with resources.as_file(resources.files("kg") / "samples") as samples:
        show(archive(samples, sizes))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
