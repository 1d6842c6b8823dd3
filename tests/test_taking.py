"""An empty graph filled at once by what reads articles elsewhere: stopped, broken and repeated articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

import kg
from kg import build, emit
from kg.cache import Cache
from kg.mapping import Pipeline, Read
from kg.records import Article, Finding, Report

TEXTS = {
    "a.txt": "date 2024-05-06 Tarn Robotics hired Dora Venn. Tarn Robotics sold Pellam Cells to Verlane Capital.",
    "b.txt": "date 2024-05-07 Tarn Robotics Group bought Caldera Lines. Dora Venn runs Caldera Lines.",
    "c.txt": "date 2024-05-06 Tarn Robotics hired Dora Venn. Tarn Robotics sold Pellam Cells to Verlane Capital.",
    "d.txt": "date 2024-05-08 Verlane Capital sued Ivo Brandt, the chief executive of Tarn Robotics.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "articles"
    source.mkdir()
    for name, text in TEXTS.items():
        (source / name).write_text(text, encoding="utf-8")
    return source


class Counted:
    """Reads in this process as workers would, and notes what; may break off before an article."""

    def __init__(self, pipeline: Pipeline, stop: str = "") -> None:
        self._pipeline, self._stop, self.seen = pipeline, stop, list[str]()

    def __call__(self, reads: Iterable[Read], /) -> Iterator[Read]:
        for read in reads:
            if self._stop and self._stop in read.article.text:
                raise KeyboardInterrupt
            if not read.done:
                self.seen.append(read.article.id[:10])
            yield from self._pipeline([read])


def built(graph: kg.KnowledgeGraph, source: Path, told: list[Finding], stop: str = "") -> tuple[Report, Counted]:
    pipeline = Pipeline(graph.ontology, threads=1)
    mapper = Counted(pipeline, stop)
    report = build.build(
        [source], graph.store, graph.identity, pipeline=pipeline, mapper=mapper, on_error=told.append
    )  # fmt: skip
    return report, mapper


def exported(graph: kg.KnowledgeGraph) -> list[str]:
    return sorted(str(quad) for quad in graph.store.quads())


def test_a_build_that_was_stopped_reads_nothing_twice(folder: Path, tmp_path: Path) -> None:
    path, told = tmp_path / "news.kg", list[Finding]()
    with kg.KnowledgeGraph() as graph:
        whole = graph.add(folder, threads=1)
        expected = exported(graph)
    with kg.KnowledgeGraph(path) as graph, pytest.raises(KeyboardInterrupt):
        built(graph, folder, told, stop="sued")
    assert Cache.there(path)
    with kg.KnowledgeGraph(path) as graph:
        assert not exported(graph)
        report, mapper = built(graph, folder, told)
        assert mapper.seen == ["2024-05-08"] and not Cache.there(path)
        assert report == whole and not told and exported(graph) == expected
        assert built(graph, folder, told)[0].skipped == 4


def breaking(real: Callable[..., object]) -> Callable[..., object]:
    """The function, broken for one article."""

    def broken(*given: object, **more: object) -> object:
        if any("2024-05-07" in str(getattr(one, "extraction", one))[:3000] for one in given):
            raise RuntimeError("a rule broke")
        return real(*given, **more)

    return broken


@pytest.mark.parametrize("place", ["who is who", "quads"])
def test_an_article_on_which_a_rule_breaks_is_left_out(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    from kg.resolve import Identity

    with kg.KnowledgeGraph() as graph:
        graph.add([path for path in sorted(folder.iterdir()) if path.name != "b.txt"], threads=1)
        expected, told = exported(graph), list[Finding]()
    target, name = (Identity, "_take") if place == "who is who" else (emit, "quads")
    monkeypatch.setattr(target, name, breaking(getattr(target, name)))
    with kg.KnowledgeGraph(tmp_path / "news.kg") as graph:
        report, _ = built(graph, folder, told)
        assert exported(graph) == expected
    assert report.articles == 2 and [Path(one.source).name for one in told] == ["b.txt"]
    assert "a rule broke" in told[0].message and report.failed == tuple(told)


def test_a_state_that_was_known_when_it_was_looked_up_and_is_no_more(tmp_path: Path) -> None:
    texts = [f'{{"text": "Tarn Robotics hired {who}.", "url": "https://news.example/a"}}\n' for who in ("Ann", "Bo")]
    old, both = tmp_path / "old.jsonl", tmp_path / "both.jsonl"
    old.write_text(texts[0], encoding="utf-8")
    both.write_text("".join([texts[1], texts[0]]), encoding="utf-8")

    class Ahead(Counted):
        def __call__(self, reads: Iterable[Read], /) -> Iterator[Read]:
            yield from super().__call__(list(reads))

    with kg.KnowledgeGraph() as graph:
        graph.add(old, threads=1)
        expected, pipeline = exported(graph), Pipeline(graph.ontology, threads=1)
        report = build.build([both], graph.store, graph.identity, pipeline=pipeline, mapper=Ahead(pipeline))
        assert (report.articles, report.replaced) == (2, 2) and exported(graph) == expected


def test_a_broken_cache_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").write_bytes(b"no database" * 100)
    cache, article = Cache(tmp_path, "stamp"), Article.of("Text.")
    key = cache.key(article)
    assert cache.get(key) == (b"", b"")
    cache.put(key, b"record", b"words")
    cache.close()
    assert Cache(tmp_path, "stamp").get(key) == (b"record", b"words")
    other = Cache(tmp_path, "other")
    assert other.get(other.key(article)) == (b"", b"")
    other.remove()
    assert not list(tmp_path.iterdir())
