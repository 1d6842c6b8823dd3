"""Frames of the user's own: the tutorials of ontology/README.md from end to end, and what the graph keeps of them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg import names, ontology
from kg.cli import cli

README = (ontology.directory() / "README.md").read_text(encoding="utf-8")
TUTORIALS = ("A new kind of event in ten lines of Turtle", "A new relation in ten lines of Turtle")


def section(heading: str) -> str:
    start = README.index(f"## {heading}\n")
    return README[start : README.index("\n## ", start)]


def blocks(heading: str, wanted: str) -> list[str]:
    """The blocks of a tutorial that are marked as ``wanted``."""
    found = re.findall(r"```(\w+)\n(.*?)```", section(heading), re.DOTALL)
    return [text for kind, text in found if kind == wanted]


TUTORIAL = section(TUTORIALS[0])
(TURTLE,), (ARTICLE,) = (blocks(TUTORIALS[0], kind) for kind in ("turtle", "text"))
LABELS = "SELECT ?label WHERE { kg:inspected rdfs:label ?label }"


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of the tutorial, where the commands are given."""
    (tmp_path / "inspection.ttl").write_text(TURTLE, encoding="utf-8")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "dairy.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("heading", "name"), [*zip(TUTORIALS, ("inspection", "auditing"), strict=True)])
def test_the_tutorial_holds_word_for_word(
    heading: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command prints what the tutorial shows; behind an ellipsis, anything may stand."""
    (turtle,), (article,) = (blocks(heading, kind) for kind in ("turtle", "text"))
    (tmp_path / f"{name}.ttl").write_text(turtle, encoding="utf-8")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text(article, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    told = [step for text in blocks(heading, "console") for step in re.split(r"^\$ ", text, flags=re.M)[1:]]
    assert [shlex.split(step.splitlines()[0])[1] for step in told] == ["ontology", "build", "ask", "ask"]
    for step in told:
        command, *shown = step.splitlines()
        status, printed = run(*shlex.split(command)[1:])
        assert status == 0
        ways = [".*".join(map(re.escape, line.split("…"))) for line in shown]
        assert re.fullmatch("\n".join(ways), "\n".join(line.rstrip() for line in printed.splitlines())), printed


@pytest.mark.parametrize("heading", TUTORIALS)
def test_the_tutorial_is_ten_lines_of_turtle(heading: str) -> None:
    (turtle,) = blocks(heading, "turtle")
    assert 1 < len([line for line in turtle.splitlines() if line and not line.startswith("@prefix")]) <= 10


def test_the_fault_that_the_tutorial_shows_is_the_one_that_is_told(place: Path) -> None:
    (shown,) = re.findall(r"`(inspection\.ttl:\d+: .*?)`", TUTORIAL.replace("\n", " "))
    (place / "inspection.ttl").write_text(TURTLE.replace("kg:required true", "kg:requird true"), encoding="utf-8")
    status, printed = run("ontology", "check", "inspection.ttl")
    assert status == 1 and shown in printed.splitlines()


def test_articles_are_read_once_more_when_the_frames_change(place: Path) -> None:
    graph = kg.KnowledgeGraph("g.kg")
    assert (graph.add("articles").articles, graph.ask(LABELS).rows) == (1, ())
    before = set(graph.store.quads())
    graph.close()
    with kg.KnowledgeGraph("g.kg", ontology="inspection.ttl") as graph:
        assert graph.add("articles").replaced == 1
        assert graph.add("articles").skipped == 1
        assert graph.store.frames() == {graph.ontology.added: 1} and graph.ontology.added.startswith("inspection.ttl ")
    (place / "inspection.ttl").write_text(TURTLE.replace('"inspected"', '"looked into"'), encoding="utf-8")
    with kg.KnowledgeGraph("g.kg", ontology=["inspection.ttl"]) as graph:
        assert graph.add("articles").spared == 1  # another label: the record stays as it is
    with kg.KnowledgeGraph("g.kg") as graph:
        assert graph.add("articles").skipped == 1
        assert graph.ask(LABELS).rows == (("looked into",),)
        assert graph.add("articles", again=True).replaced == 1
        assert set(graph.store.quads()) == before and graph.store.frames() == {"": 1}


def test_the_graph_tells_what_the_user_s_terms_are_and_forgets_them_with_the_article(place: Path) -> None:
    with kg.KnowledgeGraph("g.kg", ontology=["inspection.ttl"]) as graph:
        graph.add("articles")
    with kg.KnowledgeGraph("g.kg", read_only=True) as graph:
        assert graph.ask(LABELS).rows == (("inspected",),)
        assert graph.ask("SELECT ?l WHERE { ?c rdfs:subClassOf kg:Event ; rdfs:label ?l }").rows == (("inspection",),)
        (shown,) = graph.show("Nordvik Dairy")
        assert "inspected" in {line.relation for line in shown.lines}
        graph.write("g.ttl")
    assert 'rdfs:label "inspected"' in Path("g.ttl").read_text(encoding="utf-8")
    with kg.KnowledgeGraph("g.kg") as graph:
        graph.remove("articles/dairy.txt")
        assert len(list(graph.store.inner)) == 0


def test_names_under_an_address_of_ones_own(place: Path) -> None:
    own = TURTLE.replace("kg:Inspection", "my:Inspection").replace("kg:inspected", "my:inspected")
    turtle = "@prefix my: <https://example.org/my#> .\n" + own
    (place / "inspection.ttl").write_text(turtle, encoding="utf-8")
    assert ontology.faults(["inspection.ttl"]) == ()
    with kg.KnowledgeGraph(ontology=["inspection.ttl"]) as graph:
        graph.add("articles")
        query = "SELECT ?l WHERE { ?a <https://example.org/my#inspected> ?b . ?b rdfs:label ?l }"
        assert graph.ask(query).rows == (("Nordvik Dairy",),)


def test_build_says_which_articles_were_read_with_other_frames(place: Path) -> None:
    (place / "articles" / "bolt.txt").write_text("date 2031-03-05 Bolt. Acme Corp sued Bolt Farms.\n", encoding="utf-8")
    run("build", "articles/dairy.txt", "--ontology", "inspection.ttl")
    result = CliRunner().invoke(cli, ["build", "articles/bolt.txt"])
    assert "1 article in news.kg was read with the frames of inspection.ttl" in result.stderr
    result = CliRunner().invoke(cli, ["build", "articles/dairy.txt", "--ontology", "inspection.ttl"])
    assert "1 article in news.kg was read without frames of your own" in result.stderr
    result = CliRunner().invoke(cli, ["build", "articles", "--ontology", "inspection.ttl"])
    assert result.stderr == ""
    told = "Files of your own changed: 0 known articles were read again; 1 article holds no word of the change and"
    assert told in result.stdout


def test_records_and_drawings_take_frames(place: Path) -> None:
    for command in ("extract", "annotate"):
        assert "Inspection" not in run(command, "articles")[1].replace("An inspection", "")
        assert "Inspection" in run(command, "articles", "--ontology", "inspection.ttl")[1]
    assert run("extract", "articles", "--format", "triples", "--tokenized", "--ontology", "inspection.ttl")[0] == 2


def test_explain_names_the_frames_that_made_a_claim(place: Path) -> None:
    with kg.KnowledgeGraph("g.kg", ontology=["inspection.ttl"]) as graph:
        graph.add("articles")
        ((claim,),) = graph.ask("SELECT ?c WHERE { ?c rdf:predicate kg:inspected ; kg:tense kg:Past }").rows
        assert "inspect" in graph.explain(claim).rule.does
    with kg.KnowledgeGraph("g.kg", read_only=True) as graph:
        assert "give --ontology" in graph.explain(claim).note


# ---- kg check, with and without the frames that a graph was read with

CLAIMED = "?c kg:rule 'frame:inspection' ; rdf:predicate kg:unit ; rdf:subject ?e"


def checked(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["check", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def spoiled(triples: str) -> None:
    """Write triples past the store's own rules, wherever an article tells what is inspected."""
    update = f"INSERT {{ GRAPH ?g {{ {triples} }} }} WHERE {{ GRAPH ?g {{ {CLAIMED} }} }}"
    with kg.KnowledgeGraph("news.kg") as graph:
        before = len(graph.store.inner)
        graph.store.inner.update(update, base_iri=names.BASE, prefixes=names.PREFIXES)
        assert len(graph.store.inner) > before


def test_check_without_the_frames_judges_no_role_of_theirs_and_says_so(place: Path) -> None:
    run("build", "--ontology", "inspection.ttl", "articles")
    status, text, told = checked()
    assert (status, text) == (0, "")
    line, counted = told.splitlines()
    assert counted == "0 violations, 0 doubts"
    assert "(inspection)" in line and "general rules only" in line and line.endswith("--ontology with inspection.ttl")
    assert checked("--ontology", "inspection.ttl") == (0, "", "0 violations, 0 doubts\n")


def test_check_holds_events_of_unknown_classes_against_the_general_rules(place: Path) -> None:
    run("build", "--ontology", "inspection.ttl", "articles")
    spoiled("?c kg:polarity kg:Negative, kg:Positive . ?e kg:status kg:Denied")
    status, text, _ = checked()
    assert status == 1 and "exactly one polarity" in text and "status" in text


def test_check_with_the_frames_judges_their_roles(place: Path) -> None:
    run("build", "--ontology", "inspection.ttl", "articles")
    spoiled("?e kg:unit <amount/26> . <amount/26> a schema:QuantitativeValue ; schema:value 26 ; rdfs:label '26'")
    assert checked()[0] == 0
    status, text, _ = checked("--ontology", "inspection.ttl")
    assert status == 1 and "the unit of an inspection must be" in text


def test_check_judges_what_shipped_frames_tell_all_the_same(place: Path) -> None:
    (place / "articles" / "bolt.txt").write_text("date 2031-03-05 Bolt. Acme Corp sued Bolt Farms.\n", encoding="utf-8")
    run("build", "--ontology", "inspection.ttl", "articles")
    with kg.KnowledgeGraph("news.kg") as graph:
        move = "DELETE { GRAPH ?g { ?e a kg:Lawsuit } } INSERT { GRAPH ?g { ?e a kg:Meeting } }"
        graph.store.inner.update(move + " WHERE { GRAPH ?g { ?e a kg:Lawsuit } }", prefixes=names.PREFIXES)
    status, text, _ = checked()
    assert status == 1 and "has the role defendant" in text


def test_check_knows_own_frames_of_shipped_classes(place: Path) -> None:
    """A frame that gives a shipped class another role is not held against the shipped frames of that class."""
    own = TURTLE.replace("kg:Inspection a rdfs:Class ; rdfs:subClassOf kg:Event ; rdfs:label \"inspection\" .", "")
    (place / "inspection.ttl").write_text(own.replace("kg:Inspection", "kg:Search"), encoding="utf-8")
    assert ontology.faults(["inspection.ttl"]) == ()
    run("build", "--ontology", "inspection.ttl", "articles")
    status, _, told = checked()
    assert status == 0 and told.startswith("kg: what frames of your own tell: checked by the general rules only")
