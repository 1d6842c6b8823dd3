"""A million quads: what users ask of a large graph, beside rdflib's memory store in the same run; for `make bench`.

    KG_DATA=DATA python -m kg.score.million FOLDER_OF_ARTICLES [QUADS]

The graph is made of copies of the articles (Wikinews under $KG_DATA, else those of the folder) under other names and
days (``resample``), filled at once, on disk as ``kg build`` has it. Five questions of
``ontology/queries`` are asked about whoever is spoken of most; rdflib asks the very same text, in a process of its own,
and is stopped after `PATIENCE` seconds of each. Seconds are of CPU, ours the best of `TRIED`; loading is into memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg import names

if TYPE_CHECKING:
    from kg.records import Extraction
    from kg.score.growth import Graph
    from kg.store import Store

QUADS = 1_000_000
PATIENCE = 20
TRIED = 3
WORDS = 25_000
"""Words of articles that are read, to make the copies of."""
SAMPLE = 25
"""Articles whose quads are counted, to tell how many copies are wanted."""
BUSIEST = """
SELECT ?name WHERE { ?claim rdf:subject ?who . ?who a schema:Person ; rdfs:label ?name
  FILTER NOT EXISTS { ?who kg:unnamed true } }
GROUP BY ?name ORDER BY DESC(COUNT(?claim)) ?name LIMIT 2
"""
# What a library user does with the graph: exports it, and asks for what other commands show.
_COMMANDS = """
import json, sys, time
import kg

path, file, name, other = sys.argv[1:]
with kg.KnowledgeGraph(path, read_only=True) as graph:
    works = {
        "export as N-Quads": lambda: graph.write(file, description=False),
        "kg info": graph.info,
        "kg show A": lambda: graph.show(name),
        "kg timeline A": lambda: graph.timeline(name),
        "kg path A B": lambda: graph.path(name, other),
        "the network of kg view --around A": lambda: graph.network(around=name),
    }
    for what, work in works.items():
        found = []
        for _ in range(1 if what.startswith("export") else 3):
            start = time.process_time()
            work()
            found.append(time.process_time() - start)
        print(json.dumps([what, min(found)]))
"""


class Figure(NamedTuple):
    """What was done, the seconds of CPU that ours took and rdflib (None: not asked, below 0: stopped), and rows."""

    what: str
    ours: float
    theirs: float | None = None
    rows: int | None = None


def million(folder: Path, quads: int = QUADS) -> Iterator[Figure]:
    """All figures, one by one; A is whoever most is claimed of, B the next."""
    from kg.score.growth import Graph

    with tempfile.TemporaryDirectory() as place:
        path, file = Path(place) / "million.kg", Path(place) / "million.nq"
        with Graph(path) as graph:
            seconds, (articles, size) = _timed(lambda: _fill(graph, folder, quads))
            yield Figure(f"fill a graph with {articles:,} articles, {size:,} quads", seconds)
        yield from _compared(path, file)


def _compared(path: Path, file: Path) -> Iterator[Figure]:
    import pyoxigraph as ox

    from kg.store import Store

    with Store(path, read_only=True) as store:
        first, second = (row[0] for row in _asked(store, BUSIEST, {}))
        command = [sys.executable, "-c", _COMMANDS, str(path), str(file), first, second]
        ours = _told(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        ours["load N-Quads"] = _timed(lambda: ox.Store().bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS))[0]
        asked = _questions(first)
        given = json.dumps([str(file), asked])
        theirs = _told(subprocess.run(
            [sys.executable, "-c", "from kg.score import million; million.rdflib()"], input=given,
            stdout=subprocess.PIPE, text=True, check=True,
        ).stdout)  # fmt: skip
        for what, seconds in ours.items():
            yield Figure(what, seconds, theirs.get(what))
        for name, text, parameters in asked:
            seconds, rows = _best(lambda t=text, p=parameters: _asked(store, t, p))  # type: ignore[misc]
            yield Figure(f"kg ask {name}", seconds, theirs.get(name), len(rows))


def _fill(graph: Graph, folder: Path, quads: int) -> tuple[int, int]:
    """Fill a graph with about so many quads; how many articles and quads it has."""
    from kg.score.growth import read_all
    from kg.score.resample import copies
    from kg.score.speed import some_articles

    records = [record for record, _ in read_all(some_articles(folder, WORDS)[0])]
    number = -(-quads * 6 // (5 * _each(records)))  # a fifth more, as copies have much in common
    graph.fill(copies(records, number))
    return number, graph.store.counts().quads


def _each(records: Sequence[Extraction]) -> int:
    """How many quads an article makes, by the first ones."""
    from kg import emit, ontology, resolve

    some, known = list(resolve.resolve(records[:SAMPLE])), ontology.load()
    return sum(len(emit.quads(one, known)) for one in some) // len(some)


def _questions(name: str) -> list[tuple[str, str, dict[str, str]]]:
    """The five questions: their names, with the SPARQL text, and what their parameters are bound to."""
    from kg import ontology

    known = ontology.queries()
    asked = [("about", "thing"), ("statements", "speaker"), ("events", "about"), ("money", ""), ("rivals", "")]
    return [
        (f"{query} --{key} A" if key else query, known[query].text, {f"param_{key}": name} if key else {})
        for query, key in asked
    ]


def _asked(store: Store, text: str, parameters: Mapping[str, str]) -> list[list[str]]:
    import pyoxigraph as ox

    bound: dict[ox.Variable, Any] = {ox.Variable(key): ox.Literal(value) for key, value in parameters.items()}
    prefixes = names.prefixes(store.base)
    found: Any = store.inner.query(text, prefixes=prefixes, use_default_graph_as_union=True, substitutions=bound)
    return [[getattr(term, "value", "") for term in row] for row in found]


def _told(lines: str) -> dict[str, float]:
    return dict(map(json.loads, lines.splitlines()))


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def _best(work: Callable[[], Any]) -> tuple[float, Any]:
    return min((_timed(work) for _ in range(TRIED)), key=lambda found: found[0])


# ---- rdflib


def rdflib() -> None:
    """Load, ask and export what standard input names, with rdflib; a line of JSON for each, at once."""
    import rdflib as theirs

    file, asked = json.loads(sys.stdin.read())
    graph = theirs.Dataset(default_union=True)
    _tell("load N-Quads", lambda: graph.parse(file, format="nquads"), patience=0)
    for name, text, parameters in asked:
        given = {key: theirs.Literal(value) for key, value in parameters.items()}
        ask = partial(graph.query, text, initNs=names.PREFIXES, initBindings=given)
        _tell(name, lambda ask=ask: list(ask()))  # type: ignore[misc]
    _tell("export as N-Quads", lambda: graph.serialize(format="nquads", encoding="utf-8"), patience=0)


def _tell(what: str, work: Callable[[], object], *, patience: int = PATIENCE) -> None:
    """Do something within a time limit (0: without) and print the seconds of CPU, below 0 where it was stopped."""
    import signal

    def stop(*given: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, patience)
    try:
        seconds, _ = _timed(work)
    except TimeoutError:
        seconds = -float(patience)
    except Exception as error:  # what rdflib cannot answer must not end the run
        print(f"rdflib, {what}: {type(error).__name__}: {error}", file=sys.stderr)
        return
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    print(json.dumps([what, seconds]), flush=True)


def main(folder: Path, quads: int) -> None:
    """Print the figures as JSON, a line for each."""
    for figure in million(folder, quads):
        print(json.dumps(figure._asdict()), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else QUADS)
