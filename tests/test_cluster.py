"""Articles read by several processes: the same graph, whoever dies on the way; what breaks is halved and set aside."""

from __future__ import annotations

import itertools
import os
import signal
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import cluster, emit, export, names, ontology
from kg.cluster import Cluster, spread, work
from kg.cluster.work import Answer
from kg.errors import ClusterError, UsageError
from kg.mapping import Pipeline, Read
from kg.records import Article
from kg.resolve import Identity, Kept


def written(graph: kg.KnowledgeGraph) -> list[str]:
    return [export.text(graph.store, format=form) for form in ("trig", "ttl", "jsonld")]


def test_two_workers_one_of_them_killed_make_the_same_graph(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    with kg.KnowledgeGraph() as graph:
        graph.add(samples)
        expected, clients = written(graph), []
    monkeypatch.setattr(spread, "SIZE", 1)  # a batch an article
    monkeypatch.setattr(spread, "AHEAD", 1)
    real = Cluster.__init__

    def noted(self: Cluster, client: Any, *given: Any) -> None:
        real(self, client, *given)
        clients.append(client)

    monkeypatch.setattr(Cluster, "__init__", noted)

    def kill_one(article: Article, what: str) -> None:
        if clients:
            os.kill(min(clients.pop().run(os.getpid).values()), signal.SIGKILL)

    with kg.KnowledgeGraph(tmp_path / "news.kg") as graph:
        report = graph.add(samples, workers=2, progress=kill_one)
        assert (report.articles, report.failed) == (4, ()) and not clients
        assert written(graph) == expected


# ---- what fails, without processes


class Died(Exception):
    """What Dask tells of a task that its workers died of."""


class Future:
    def __init__(self, articles: Sequence[Article], poison: set[str]) -> None:
        self._articles, self._poison = articles, poison

    def result(self, timeout: float) -> list[Answer]:
        if any(article.text in self._poison for article in self._articles):
            raise Died
        return [Answer(article.text.encode(), "", 0.5) for article in self._articles]

    def exception(self) -> None: ...

    def cancel(self) -> None: ...


class Client:
    """In the place of Dask's: each future fails that holds a poisoned article."""

    def __init__(self, *poison: str) -> None:
        self.poison, self.batches = set(poison), list[int]()

    def submit(self, job: object, articles: Sequence[Article], order: object, **more: object) -> Future:
        self.batches.append(len(articles))
        return Future(articles, self.poison)

    def nthreads(self) -> dict[str, int]:
        return {"a": 1, "b": 1}


@pytest.fixture
def pipeline() -> Pipeline:
    return Pipeline(ontology.load())


def test_a_poisoned_article_is_set_aside_and_no_other(pipeline: Pipeline) -> None:
    reads = [Read(Article.of(f"{number}"), known=number % 7 == 3) for number in range(200)]
    found = list(Cluster(Client("17", "18", "151"), pipeline)(reads))
    assert [read.article for read in found] == [read.article for read in reads]
    assert [read.article.text for read in found if read.problem] == ["18", "151"]  # 17 is known: nobody reads it
    assert "Died" in found[18].problem
    assert all(read.kept == read.article.text.encode() for read in found if not read.known and not read.problem)


def test_what_kills_workers_as_it_is_told_is_set_aside_too(pipeline: Pipeline) -> None:
    class Told(Future):
        def result(self, timeout: float) -> list[Answer]:
            if any(kept.article in self._poison for kept in self._articles):  # type: ignore[attr-defined]
                raise Died
            return [Answer(zlib.compress(kept.record), "", 0.5, rows=[[kept.article]]) for kept in self._articles]  # type: ignore[attr-defined]

    client = Client("b")
    client.submit = lambda job, kept, order, **more: Told(kept, client.poison)  # type: ignore[method-assign]
    kept = [Kept(name, name.encode(), {}, {}) for name in "abc"]
    found = list(Cluster(client, pipeline).tell(kept, base="urn:x/", decisions=""))
    assert [(one.article, one.quads, one.rows) for one in found if not one.problem] == [
        ("a", b"a", [["a"]]), ("c", b"c", [["c"]])
    ]  # fmt: skip
    assert "Died" in found[1].problem


def test_a_worker_tells_what_this_process_would(pipeline: Pipeline) -> None:
    record = pipeline.read(Article.of("Tarn Robotics hired Dora Venn on Monday.", publisher="The Sieve Post")).record
    assert record is not None
    identity = Identity()
    identity.add(record)
    article = record.article.id
    order = work.Order((), None, True, pipeline.stamp, names.BASE, "")
    answers = work.tell([identity.kept(article), Kept("broken", b"", {}, {})], order)
    assert isinstance(answers, list)
    here = emit.ready(identity.resolution(article), pipeline.ontology)
    assert zlib.decompress(answers[0].made) == here.quads and answers[0].rows == here.rows
    assert "could not be read" in answers[1].problem


def test_no_more_is_under_way_than_the_workers_need(pipeline: Pipeline) -> None:
    asked, client = itertools.count(), Client()
    endless = (Read(Article.of(f"{next(asked)}")) for _ in itertools.repeat(None))
    next(Cluster(client, pipeline)(endless))
    assert len(client.batches) == spread.AHEAD * 2 and next(asked) == spread.ITEMS * spread.AHEAD * 2


def test_workers_of_another_version_end_the_run(pipeline: Pipeline) -> None:
    order = work.Order((), None, True, "another")
    told = work.read([Article.of("Text.")], order)
    assert isinstance(told, str) and "another version" in told
    with pytest.raises(ClusterError, match="make the workers alike"):
        client = Client()
        client.submit = lambda *given, **more: type("F", (Future,), {"result": lambda self, timeout: told})([], set())  # type: ignore[method-assign]
        list(Cluster(client, pipeline)([Read(Article.of("Text."))]))


def test_workers_are_started_anew_where_none_is_left(pipeline: Pipeline) -> None:
    client, started = Client(), list[int]()

    class Late(Future):
        def result(self, timeout: float) -> list[Answer]:
            if not started:
                raise TimeoutError
            return super().result(timeout)

    client.submit = lambda job, articles, *given, **more: Late(articles, set())  # type: ignore[method-assign]
    client.nthreads = dict[str, int]  # type: ignore[method-assign]
    (found,) = Cluster(client, pipeline, lambda: started.append(1))([Read(Article.of("Text."))])
    assert found.kept == b"Text." and started == [1]
    started.clear()
    with pytest.raises(ClusterError, match="no worker"):
        list(Cluster(client, pipeline)([Read(Article.of("Text."))]))


def test_workers_and_a_cluster_do_not_go_together(pipeline: Pipeline) -> None:
    with pytest.raises(UsageError, match="--cluster"), cluster.mapping(pipeline, workers=2, address="tcp://x:1"):
        pass
    with cluster.mapping(pipeline) as mapper:
        assert mapper is None


@pytest.mark.parametrize(("address", "told"), [("host", "no address"), ("dask", "names no cluster")])
def test_an_address_that_is_none(pipeline: Pipeline, address: str, told: str) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(UsageError, match=told), cluster.mapping(pipeline, address=address):
        pass


def test_a_missing_dask_is_told(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"newskg\[cluster\]"), cluster.mapping(pipeline, workers=2):
        pass


