"""A gazetteer of the user's own from end to end: the tutorial of ontology/README.md, and what the graph keeps."""

from __future__ import annotations

import re
import shlex
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg import ontology
from kg.cli import cli

README = (ontology.directory() / "README.md").read_text(encoding="utf-8")
HEADING = "## Your own gazetteer in five lines of Turtle\n"
TUTORIAL = README[README.index(HEADING) : README.index("\n## ", README.index(HEADING) + 4)]
REGISTER = "https://example.org/register/4711"
SAME = "SELECT ?label ?same WHERE { ?x owl:sameAs ?same ; rdfs:label ?label } ORDER BY ?label"
NAMES = "SELECT ?name WHERE { ?x owl:sameAs ?same ; rdfs:label|skos:altLabel ?name } ORDER BY ?name"


def blocks(wanted: str) -> list[str]:
    return [text for kind, text in re.findall(r"```(\w+)\n(.*?)```", TUTORIAL, re.DOTALL) if kind == wanted]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of the tutorial, where the commands are given."""
    (turtle,), texts = blocks("turtle"), blocks("text")
    (tmp_path / "names.ttl").write_text(turtle, encoding="utf-8")
    (tmp_path / "articles").mkdir()
    for name, text in zip(re.findall(r"`(articles/\w+\.txt)`:", TUTORIAL), texts, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tutorial_holds_word_for_word(place: Path) -> None:
    """Each command prints what the tutorial shows; behind an ellipsis, anything may stand."""
    told = [step for text in blocks("console") for step in re.split(r"^\$ ", text, flags=re.M)[1:]]
    assert [shlex.split(step.splitlines()[0])[1] for step in told] == ["ontology", "build", "ask"]
    for step in told:
        command, *shown = step.splitlines()
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert result.exit_code == 0, result.output
        ways = [".*".join(map(re.escape, line.split("…"))) for line in shown]
        printed = "\n".join(line.rstrip() for line in result.stdout.splitlines())
        assert re.fullmatch("\n".join(ways), printed), printed


def test_the_tutorial_is_five_lines_of_turtle() -> None:
    (turtle,) = blocks("turtle")
    assert len([line for line in turtle.splitlines() if line and not line.startswith("@prefix")]) == 5


def test_the_graph_has_the_names_and_the_identity(place: Path) -> None:
    with kg.KnowledgeGraph(gazetteer="names.ttl") as graph:
        graph.add("articles/")
        assert [tuple(map(str, row)) for row in graph.ask(SAME)] == [("Nordvik Dairy", REGISTER)]
        assert [str(row[0]) for row in graph.ask(NAMES)] == ["NVD Foods", "Norda", "Nordvik Dairy"]
        assert not graph.check()
        for article in [stored.id for stored in graph.store.articles()]:
            graph.remove(article)
        assert list(graph.ask(SAME)) == []


def test_without_it_nothing_is_known(place: Path) -> None:
    with kg.KnowledgeGraph() as graph:
        graph.add("articles/")
        assert list(graph.ask(SAME)) == []


def test_articles_read_without_it_are_read_once_more(place: Path) -> None:
    with kg.KnowledgeGraph("news.kg") as graph:
        graph.add("articles/")
    with kg.KnowledgeGraph("news.kg", gazetteer=["names.ttl"]) as graph:
        assert graph.add("articles/").articles == 2
        assert graph.add("articles/").articles == 0
        assert len(list(graph.ask(SAME))) == 1
    with kg.KnowledgeGraph("news.kg") as graph:  # what was known stays known
        graph.add("articles/")
        assert len(list(graph.ask(SAME))) == 1


def test_the_order_of_files_and_articles_changes_nothing(place: Path) -> None:
    (place / "more.ttl").write_text(
        "@prefix my: <https://example.org/names#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '@prefix schema: <https://schema.org/> .\nmy:nordvik skos:altLabel "Hill Creamery" .\n'
        'my:lake a schema:City ; skos:prefLabel "Lakeview City" ; skos:altLabel "Lakeview" .\n',
        encoding="utf-8",
    )
    written = set()
    for files in permutations(["names.ttl", "more.ttl"]):
        for articles in permutations(["articles/plant.txt", "articles/creamery.txt"]):
            with kg.KnowledgeGraph(gazetteer=files) as graph:
                graph.add(articles)
                graph.write(place / "out.nq")
            written.add((place / "out.nq").read_bytes())
    assert len(written) == 1


def test_a_shipped_name_has_its_item_of_wikidata(tmp_path: Path) -> None:
    text = "EADS hired Ann Lee in Germany. Airbus Group grew, said Bob Reed.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with kg.KnowledgeGraph() as graph:
        graph.add(tmp_path / "a.txt")
        found = {str(label): str(same) for label, same in graph.ask(SAME)}
    item = "http://www.wikidata.org/entity/"
    assert found["Germany"] == f"{item}Q183" and f"{item}Q2311" in found.values()


def test_hostile_names_are_data(place: Path) -> None:
    (place / "hostile.ttl").write_text(
        "@prefix my: <https://example.org/names#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix schema: <https://schema.org/> .\n"
        r'my:x a schema:Corporation ; skos:prefLabel "Norda\" } <script>alert(1)</script> \u001B[31m" ; '
        'skos:altLabel "Norda" .\n',
        encoding="utf-8",
    )
    with kg.KnowledgeGraph(gazetteer="hostile.ttl") as graph:
        graph.add("articles/")
        assert any("<script>" in str(row[0]) for row in graph.ask("SELECT ?l WHERE { ?x rdfs:label|skos:altLabel ?l }"))
        graph.view(place / "page.html")
    assert "<script>alert(1)" not in (place / "page.html").read_text(encoding="utf-8")
