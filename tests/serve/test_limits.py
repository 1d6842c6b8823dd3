"""A bad query costs nobody else anything; the graph is served while it is written, and afterwards anew."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import emit, names
from kg.errors import StoreError, UsageError
from kg.serve import Limits, _sweep, serve, snapshot
from kg.serve.jobs import Reply
from kg.serve.keeper import Keeper
from kg.serve.pool import Busy, Lane, Stopped
from kg.store import Store

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT DISTINCT ?a ?b ?c ?d { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?t ?u } ORDER BY ?a ?d LIMIT 5"
COUNT = "SELECT (COUNT(*) AS ?n) { ?claim a kg:Claim }"


@pytest.fixture(scope="module")
def narrow(start: Any, sample_graph: Path) -> Iterator[Any]:
    """A server with tight limits."""
    with start(sample_graph, "--timeout", "10", "--memory", "300", "--workers", "2") as served:
        yield served


class Asking(threading.Thread):
    """A query on its way."""

    def __init__(self, server: Any, query: str) -> None:
        super().__init__(daemon=True)
        self.server, self.query, self.answer = server, query, None
        self.start()

    def run(self) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):  # where the server is killed
            self.answer = self.server.query(self.query)


def test_a_query_that_would_run_for_ever_is_stopped_and_others_are_answered_meanwhile(narrow: Any) -> None:
    slow = Asking(narrow, ENDLESS)
    answered = 0
    while slow.is_alive() and answered < 5:
        assert json.loads(narrow.query(COUNT).body)["results"]["bindings"]
        assert narrow.page("entity", "quillmark-robotics").status == 200
        answered += slow.is_alive()
    slow.join(120)
    assert answered >= 1
    assert slow.answer.status == 503
    assert "stopped at the limit of 10 s" in slow.answer.text
    assert narrow.query(COUNT).status == 200


def test_pages_are_answered_while_every_worker_is_busy(narrow: Any) -> None:
    slow = [Asking(narrow, ENDLESS) for _ in range(2)]
    time.sleep(0.5)
    assert narrow.page("entity", "quillmark-robotics").status == 200
    assert narrow.ask("/articles").status == 200
    assert any(one.is_alive() for one in slow)
    for one in slow:
        one.join(120)
        assert one.answer.status == 503


def test_a_query_that_wants_too_much_memory_is_stopped(narrow: Any) -> None:
    for _ in range(3):  # each costs a worker, which is replaced
        answer = narrow.query(GREEDY)
        assert answer.status == 503
        assert "300 MiB" in answer.text or "stopped at the limit" in answer.text
    assert narrow.query(COUNT).status == 200


# ---- the same from within, where limits can be shorter


def made(path: Path, *articles: str) -> None:
    """Add articles of one entity each."""
    with Store(path, derive=emit.derived) as store:
        for key in articles:
            store.change(key, told(key))


def told(key: str) -> list[ox.Quad]:
    article, entity = (ox.NamedNode(names.mint(kind, key)) for kind in ("article", "entity"))
    said = [
        (article, "rdf:type", ox.NamedNode(names.expand("schema:NewsArticle"))),
        (entity, "rdfs:label", ox.Literal(key)),
    ]
    return [ox.Quad(s, ox.NamedNode(names.expand(p)), o, article) for s, p, o in said]


def count(reply: Reply) -> int:
    assert reply.status == 200, reply.body
    return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])


JOB = {"job": "query", "default": (), "named": (), "solutions": "application/json", "triples": "text/turtle"}
ARTICLES = b"SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }"


def test_a_build_writes_while_the_old_state_is_served_and_then_the_new_one_is(tmp_path: Path) -> None:
    graph, home = tmp_path / "news.kg", tmp_path / "home"
    home.mkdir()
    made(graph, "a")
    keeper = Keeper(graph, home, snapshot.taken(graph, home), Limits(workers=1, look=0.1))

    async def watched() -> None:
        async with keeper.running():
            assert count(await keeper.query(JOB, ARTICLES)) == 1
            with Store(graph, derive=emit.derived) as writer:
                writer.change("b", told("b"))
                await asyncio.sleep(0.5)
                assert count(await keeper.query(JOB, ARTICLES)) == 1
                writer.change("c", told("c"))
            for _ in range(300):
                if count(await keeper.query(JOB, ARTICLES)) == 3:
                    break
                await asyncio.sleep(0.2)
            assert count(await keeper.query(JOB, ARTICLES)) == 3
            for _ in range(300):
                if len(list(home.iterdir())) == 1:  # the old snapshot is gone
                    break
                await asyncio.sleep(0.1)
            assert len(list(home.iterdir())) == 1

    asyncio.run(watched())
    assert list(home.iterdir()) == []
    with Store(graph, read_only=True) as store:
        assert len(store.articles()) == 3


def test_the_old_state_stays_for_those_who_are_being_answered_from_it(tmp_path: Path) -> None:
    graph, home = tmp_path / "news.kg", tmp_path / "home"
    home.mkdir()
    made(graph, "a")
    keeper = Keeper(graph, home, snapshot.taken(graph, home), Limits(workers=1, look=0.1))

    async def watched() -> None:
        async with keeper.running():
            async with keeper.edition() as old:
                await asyncio.to_thread(made, graph, "b")
                for _ in range(300):
                    if count(await keeper.query(JOB, ARTICLES)) == 2:
                        break
                    await asyncio.sleep(0.2)
                job = {**JOB, "rows": 10, "largest": 10_000}
                assert count(await old.queries.ask(job, ARTICLES)) == 1
                assert count(await keeper.query(JOB, ARTICLES)) == 2
            assert len(list(home.iterdir())) == 1

    asyncio.run(watched())


def test_who_waits_too_long_for_a_place_is_told_so_and_who_gives_up_frees_it(tmp_path: Path) -> None:
    graph = tmp_path / "news.kg"
    made(graph, *(f"a{n}" for n in range(200)))
    job = {**JOB, "rows": 10, "largest": 10_000}

    async def asked() -> None:
        lane = Lane(graph, Limits(seconds=2.0), 1)
        await lane.start()
        try:
            slow = asyncio.create_task(lane.ask(job, ENDLESS.encode()))
            await asyncio.sleep(0.2)
            with pytest.raises((Busy, Stopped)):
                await lane.ask(job, ENDLESS.encode())
            with pytest.raises(Stopped):
                await slow
            given_up = asyncio.create_task(lane.ask(job, ENDLESS.encode()))
            await asyncio.sleep(0.2)
            given_up.cancel()
            for _ in range(20):
                try:
                    assert count(await lane.ask(job, ARTICLES)) == 200
                    return
                except (Busy, Stopped):  # a machine under load starts the next worker slowly
                    continue
            raise AssertionError("no worker came back")
        finally:
            await lane.close()

    asyncio.run(asked())


def test_a_worker_ends_itself_at_its_limit_where_the_server_is_gone(start: Any, sample_graph: Path) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("no /proc on this machine: the children of a process are not known")
    with start(sample_graph, "--timeout", "2", "--workers", "1") as served:
        processes = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
        children = [pid for pid in processes if _parent(pid) == served.process.pid]
        assert len(children) == 2
        Asking(served, ENDLESS)
        time.sleep(0.5)
        served.end(signal.SIGKILL)
    for _ in range(300):
        if not any(_parent(pid) for pid in children):
            return
        time.sleep(0.1)
    raise AssertionError("a worker goes on without its server")


def _parent(pid: int) -> int:
    """The parent of a process; 0 where there is none such, or only its remains."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return 0
    return 0 if state == "Z" else int(parent)


# ---- snapshots


def test_a_snapshot_is_a_graph_without_the_names_of_files(sample_graph: Path, tmp_path: Path) -> None:
    taken = snapshot.taken(sample_graph, tmp_path)
    sources = ox.NamedNode(names.mint("graph", "sources"))
    with Store(taken.path, read_only=True) as copy, Store(sample_graph, read_only=True) as graph:
        assert set(copy.quads()) == set(graph.quads())
        assert graph.inner.contains_named_graph(sources) and not copy.inner.contains_named_graph(sources)
    assert taken.mark == snapshot.mark(sample_graph)
    taken.drop()
    assert list(tmp_path.iterdir()) == []


def test_no_snapshot_is_taken_while_somebody_writes(tmp_path: Path) -> None:
    graph = tmp_path / "news.kg"
    made(graph, "a")
    before = snapshot.mark(graph)
    with Store(graph, derive=emit.derived) as writer:
        with pytest.raises(StoreError, match="is writing"):
            snapshot.taken(graph, tmp_path)
        writer.change("b", told("b"))
    assert snapshot.mark(graph) != before
    assert [path.name for path in tmp_path.iterdir()] == ["news.kg"]


def test_what_a_killed_writer_left_is_served_whole(tmp_path: Path) -> None:
    graph = tmp_path / "news.kg"
    made(graph, "a")
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom kg import emit\nfrom kg.store import Store\n"
        "sys.path.insert(0, sys.argv[2])\nfrom test_limits import told\n"
        "store = Store(Path(sys.argv[1]), derive=emit.derived)\nstore.change('b', told('b'))\nos.kill(os.getpid(), 9)\n"
    )
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", code, str(graph), str(Path(__file__).parent)]
    assert subprocess.run(command, cwd=root, check=False).returncode == -9
    taken = snapshot.taken(graph, tmp_path)
    with Store(taken.path, read_only=True) as store:
        assert [article.id for article in store.articles()] == ["a", "b"]


def test_what_a_killed_server_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    folders = [f"kg-serve-{gone.stdout.strip()}-abc", f"kg-serve-{os.getpid()}-abc", "kg-serve-x-abc", "other"]
    for name in folders:
        (tmp_path / name).mkdir()
    _sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(folders[1:])


# ---- wrong use


def test_wrong_use_is_told_in_one_line(tmp_path: Path, sample_graph: Path) -> None:
    with pytest.raises(UsageError, match="token must have"):
        serve(sample_graph, port=0, token="short")
    with pytest.raises(UsageError, match="cannot be served at"):
        serve(sample_graph, host="no-such-host.invalid", port=0)
    with pytest.raises(StoreError, match="no graph"):
        serve(tmp_path / "nix.kg", port=0)


def test_a_port_that_is_taken_is_told(server: Any, sample_graph: Path) -> None:
    port = int(server.host.rpartition(":")[2])
    with pytest.raises(UsageError, match=f"port {port}"):
        serve(sample_graph, port=port)


def test_ending_it_leaves_nothing_behind(start: Any, sample_graph: Path) -> None:
    for how in (signal.SIGTERM, signal.SIGINT):
        with start(sample_graph) as served:
            home = list(Path(os.environ.get("TMPDIR", "/tmp")).glob(f"kg-serve-{served.process.pid}-*"))
            assert len(home) == 1
            served.end(how)
            assert served.process.returncode == 0
            assert not home[0].exists()
