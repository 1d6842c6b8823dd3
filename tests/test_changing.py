"""Who is who and the graph change in step: whatever stops a run in between, the next one puts right."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg import ontology
from kg.build import extractions
from kg.changing import Changing
from kg.errors import StoreError
from kg.records import Article

SHORT = "date 2024-05-06 Tarn Robotics hired Dora Venn. Tarn Robotics sold Pellam Cells to Verlane Capital."
LONG = "date 2024-05-07 Tarn Robotics Group bought Caldera Lines. Dora Venn is the chief executive of Caldera Lines."
OWN = """
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix frame: <https://w3id.org/newskg/frame/> .
@prefix own: <https://example.org/own#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
own:Sieving a rdfs:Class ; rdfs:subClassOf kg:Event ; rdfs:label "sieving" .
own:sieved a rdfs:Property ; rdfs:label "sieved" ;
    kg:impliedBy own:Sieving ; kg:subjectRole kg:authority ; kg:objectRole kg:unit .
frame:sieving a kg:Frame ; kg:evokes own:Sieving ; kg:verb "inspect" ;
    skos:example "The Food Agency inspected Nordvik Dairy." ; kg:slot frame:sieving-by, frame:sieving-of .
frame:sieving-by kg:fills kg:authority ; kg:fromVerb "subject" ; kg:expects schema:Organization .
frame:sieving-of kg:fills kg:unit ; kg:fromVerb "object" ; kg:expects schema:Organization .
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    made = tmp_path / "short.txt", tmp_path / "long.txt"
    for path, text in zip(made, (SHORT, LONG), strict=True):
        path.write_text(text, encoding="utf-8")
    return made


def exported(graph: kg.KnowledgeGraph) -> list[str]:
    return sorted(str(quad) for quad in graph.store.quads())


class Stopped(Exception):
    """The plug is pulled."""


@pytest.mark.parametrize("moment", ["before the graph", "after the graph"])
def test_a_run_that_is_stopped_between_two_steps_is_put_right(
    tmp_path: Path, files: tuple[Path, Path], moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, long = files
    with kg.KnowledgeGraph() as graph:
        graph.add([short, long], threads=1)
        whole = exported(graph)
    path = tmp_path / "news.kg"
    with kg.KnowledgeGraph(path) as graph:
        graph.add(short, threads=1)
        target, name = (graph.store, "change_all") if moment == "before the graph" else (graph.identity.memory, "done")

        def stop(*given: object) -> None:
            raise Stopped

        monkeypatch.setattr(target, name, stop)
        report = graph.add(long, threads=1)
        assert [finding.message.split(" (")[1].split(":")[0] for finding in report.failed] == ["Stopped"]
        assert graph.identity.memory.todo()
    with kg.KnowledgeGraph(path) as graph:
        report = graph.add(long, threads=1)
        assert exported(graph) == whole and not graph.identity.memory.todo()


def test_an_article_that_fails_leaves_nothing_behind(
    tmp_path: Path, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg import emit

    short, long = files
    with kg.KnowledgeGraph(tmp_path / "news.kg") as graph:
        graph.add(short, threads=1)
        before, known = exported(graph), graph.identity.memory.articles()
        with monkeypatch.context() as patch:
            patch.setattr(emit, "quads", lambda *given, **more: 1 / 0)
            assert len(graph.add(long, threads=1).failed) == 1
        assert exported(graph) == before and graph.identity.memory.articles() == known
        assert graph.add(long, threads=1).articles == 1


def test_an_article_that_is_written_anew_keeps_the_frames_it_was_read_with(
    tmp_path: Path, files: tuple[Path, Path]
) -> None:
    short, long = files
    frames = tmp_path / "own.ttl"
    frames.write_text(OWN, encoding="utf-8")
    short.write_text(f"{SHORT} Tarn Robotics inspected Pellam Cells.", encoding="utf-8")
    with kg.KnowledgeGraph(tmp_path / "news.kg", ontology=frames) as graph:
        graph.add(short, threads=1)
        (article,) = graph.identity.memory.articles()
        read_with = graph.store.read_with(article)
        assert read_with and "#Sieving>" in " ".join(exported(graph))
    with kg.KnowledgeGraph(tmp_path / "news.kg") as graph:
        graph.add(long, threads=1)  # a longer name of the same firm: the first article is written anew
        assert "entity/tarn-robotics-group" in " ".join(exported(graph))
        assert graph.store.read_with(article) == read_with and "#Sieving>" in " ".join(exported(graph))


def test_a_graph_that_is_open_for_reading_is_not_changed(tmp_path: Path, files: tuple[Path, Path]) -> None:
    with kg.KnowledgeGraph(tmp_path / "news.kg") as graph:
        graph.add(files[0], threads=1)
    with kg.KnowledgeGraph(tmp_path / "news.kg", read_only=True) as graph:
        with pytest.raises(StoreError, match="open for reading only"):
            graph.merge("Tarn Robotics", "Verlane Capital")
        assert graph.merges("Tarn Robotics")[0].key == "tarn-robotics"
    assert not (tmp_path / "news.decisions.txt").exists()


def test_a_fresh_graph_filled_at_once_is_that_of_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = (SHORT, LONG, SHORT.replace("hired", "dismissed"), "date 2024-05-08 Dora Venn said Tarn Robotics may sell.")
    known = ontology.load()
    articles = [Article.of(text, url=f"https://example.org/{place % 3}") for place, text in enumerate(texts)]
    records = list(extractions([*articles, articles[1]], ontology=known, on_error=lambda finding: None, threads=1))
    with kg.KnowledgeGraph() as graph:
        change = Changing(graph.store, graph.identity, known)
        for record in records:
            change.add(record)
        one_by_one = exported(graph)
        with pytest.raises(StoreError, match="not empty"):
            change.fill(records)
    path = tmp_path / "news.kg"
    with kg.KnowledgeGraph(path) as graph:

        def stop(*given: object) -> None:
            raise Stopped

        change = Changing(graph.store, graph.identity, known)
        with monkeypatch.context() as patch, pytest.raises(Stopped):
            patch.setattr(graph.store, "fill", stop)
            change.fill(records)
    monkeypatch.setattr("kg.emit.blocks.HELD", 1)  # all evidence goes through files
    (path / "store").rename(path / "emptied")  # as if killed when the new store was to take the place of the old one
    (path / "filling").mkdir()
    with kg.KnowledgeGraph(path) as graph:  # the next run for writing does what was left
        change = Changing(graph.store, graph.identity, known)
        assert exported(graph) == one_by_one
        assert not {"emptied", "filling", "evidence"} & {file.name for file in path.iterdir()}
        change.add(records[-1])
        assert exported(graph) == one_by_one
