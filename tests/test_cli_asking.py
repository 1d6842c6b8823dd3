"""The commands that ask, in a shell: forms of answers, help of questions, names that may be meant, paths, timelines."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import ontology
from tests.test_cli import fine, run

UNANSWERED = {"rivals"}
"""What the sample articles have no example of: two figures for the same part in the same event."""
BUYERS = "SELECT ?buyer ?bought WHERE { ?buyer kg:acquired ?bought }"


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "sparql-json"])
def test_an_answer_in_every_form_and_nothing_but_data_on_standard_output(sample_graph: Path, form: str) -> None:
    result = run("ask", BUYERS, "-g", sample_graph, "--format", form)
    assert result.exit_code == 0 and "quillmark-robotics" in result.stdout
    assert result.stderr == ("1 row\n" if form == "table" else "")
    if form == "sparql-json":
        data = json.loads(result.stdout)
        assert data["head"]["vars"] == ["buyer", "bought"] and len(data["results"]["bindings"]) == 1
    elif form in ("csv", "tsv"):
        table = list(csv.reader(io.StringIO(result.stdout), delimiter="\t" if form == "tsv" else ","))
        assert len(table) == 2 and len(table[1]) == 2


def test_a_construct_is_turtle_and_a_select_is_not(sample_graph: Path) -> None:
    construct = "CONSTRUCT WHERE { ?who kg:acquired ?what }"
    for form in ("table", "csv", "turtle"):
        turtle = fine("ask", construct, "-g", sample_graph, "--format", form)
        assert len(list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) == 1
    for question, form in ((construct, "tsv"), (construct, "sparql-json"), (BUYERS, "turtle")):
        result = run("ask", question, "-g", sample_graph, "--format", form)
        assert result.exit_code == 2 and not result.stdout and re.search(r"ask with (SELECT|CONSTRUCT)", result.stderr)


@pytest.mark.parametrize("name", sorted(ontology.queries()))
def test_every_question_has_a_help_with_an_example_that_has_an_answer(name: str, sample_graph: Path) -> None:
    query = ontology.queries()[name]
    text = fine("ask", name, "--help")
    assert text == fine("ask", name, "-h") and text.startswith(query.title)
    for parameter in query.parameters:
        assert f"--{parameter.name} {parameter.type.upper()}" in text and parameter.help in text
    assert query.examples
    for example in query.examples:
        assert example in text
        command, *words = shlex.split(example)
        found = json.loads(fine(*words, "-g", sample_graph, "--json"))
        assert command == "kg" and bool(found) == (name not in UNANSWERED), example


def test_the_help_of_ask_itself_and_of_a_question_that_there_is_not() -> None:
    assert "kg ask acquisitions --help" in fine("ask", "--help")
    assert fine("ask", "SELECT * { ?s ?p ?o }", "--help") == fine("ask", "--help")
    result = run("ask", "acquisition", "--help")
    assert result.exit_code == 2 and "did you mean acquisitions?" in result.stderr


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["acquisitions", "--buyer", "Ostrander Frieght"], "did you mean Ostrander Freight"),
        (["acquisitions", "--target", "robotics"], "did you mean Quillmark Robotics?"),
        (["events", "--class", "Lay-off"], "did you mean Layoff?"),
        (["SELECT * { entity:quillmark-robotic ?p ?o }"], "did you mean entity:quillmark-robotics?"),
    ],
)
def test_where_nothing_was_found_standard_error_says_what_may_be_meant(
    words: list[str], hint: str, sample_graph: Path
) -> None:
    result = run("ask", *words, "-g", sample_graph, "--json")
    assert result.exit_code == 0 and json.loads(result.stdout) == [] and hint in result.stderr


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["acquisitions", "--byer", "X"], "did you mean buyer?"),
        (["acquisitons"], "did you mean acquisitions?"),
        (["SELECT * { ?a kg:aquired ?b }"], "did you mean kg:acquired"),
        (["SELECT * { ?a kgg:acquired ?b }"], "did you mean kg?"),
        (["SELECT * { ?a a kg:Acquisiton }"], "did you mean kg:Acquisition?"),
        (["SELECT * { ?a a schema:Organisation }"], "did you mean schema:Organization?"),
    ],
)
def test_a_misspelt_term_gets_a_suggestion(words: list[str], hint: str, sample_graph: Path) -> None:
    result = run("ask", *words, "-g", sample_graph)
    assert result.exit_code == 2 and not result.stdout and hint in result.stderr


def test_the_time_limit_says_what_to_do(sample_graph: Path) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"  # a COUNT would go on in the background
    result = run("ask", endless, "-g", sample_graph, "--timeout", "0.05")
    assert result.exit_code == 2 and all(word in result.stderr for word in ("0.05 s", "LIMIT", "--timeout"))


@pytest.mark.parametrize("command", [["show"], ["timeline"], ["path", "Quillmark"]])
def test_a_misspelt_name_gets_a_suggestion(command: list[str], sample_graph: Path) -> None:
    result = run(*command, "Marisol Tensch", "-g", sample_graph)
    assert result.exit_code == 2 and "did you mean Marisol Tench?" in result.stderr and not result.stdout


def test_path_tells_how_two_things_are_connected(sample_graph: Path) -> None:
    text = fine("path", "Verlane Capital", "Caldera Lines", "-g", sample_graph)
    first = text.splitlines()[0]
    assert first.startswith("Verlane Capital — ") and first.endswith(" — Caldera Lines")
    assert re.search(r"“[^”]+”.*  claim/[0-9a-f]{8}$", text, flags=re.MULTILINE)
    found = json.loads(fine("path", "Verlane Capital", "Caldera Lines", "-g", sample_graph, "--json", "--limit", 2))
    assert 1 <= len(found) <= 2
    links = found[0]["links"]
    assert links[0]["source"]["label"] == "Verlane Capital"
    assert all(link["target"]["iri"] == after["source"]["iri"] for link, after in pairwise(links))
    assert all(tie["told"] and tie["told"][0]["words"] for link in links for tie in link["ties"])
    result = run("path", "Verlane Capital", "Caldera Lines", "--hops", 1, "-g", sample_graph)
    assert result.exit_code == 0 and not result.stdout and "try more with --hops" in result.stderr


def test_timeline_is_in_the_order_of_time(sample_graph: Path) -> None:
    text = fine("timeline", "Quillmark", "-g", sample_graph)
    assert re.search(r"^2024-05 +Acquisition: .*Quillmark Robotics", text, flags=re.MULTILINE) and "“" in text
    found = json.loads(fine("timeline", "Quillmark", "-g", sample_graph, "--json"))
    dates = [moment["date"] for moment in found]
    assert dates == sorted(dates) and len(dates) > 5
    assert {moment["kind"] for moment in found} == {"event", "claim", "statement"}
    later = json.loads(fine("timeline", "Quillmark", "--since", "2024-09", "-g", sample_graph, "--json"))
    assert later and later == [moment for moment in found if moment["date"] >= "2024-09"]


def test_info_tells_what_there_is(sample_graph: Path) -> None:
    text = fine("info", "-g", sample_graph)
    shown = ("4 articles", "MB on disk", "2024-05-14 to 2024-11-19", "kg:Claim: ", "Marisol Tench: ", "schema:worksFor")
    assert all(words in text for words in shown)
    data = json.loads(fine("info", "-g", sample_graph, "--json"))
    assert len(data["articles"]) == data["counts"]["articles"] == 4 and data["bytes"] > 0
    assert data["voices"][0]["label"] == "Marisol Tench"
    assert {"name": "kg:Claim", "count": data["counts"]["claims"]} in data["classes"]


def test_text_of_articles_cannot_steer_the_terminal(tmp_path: Path) -> None:
    steering = "\x1b[31m\u202e"
    words = f"Tarn{steering} Ltd. bought Pike{steering} Corp. in May."
    row = {"date": "2024-05-06", "title": f"T{steering}", "text": words}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    run("build", tmp_path / "a.jsonl", "-g", tmp_path / "g.kg")
    names = [row["n"] for row in json.loads(fine("ask", "SELECT ?n { ?e rdfs:label ?n ; kg:denotedBy ?p . ?e a ?c "
             "FILTER (?c != kg:Event) }", "-g", tmp_path / "g.kg", "--json"))]  # fmt: skip
    for name in names:
        for words in (("timeline", name), ("path", name, names[-1]), ("info",), ("show", name)):
            out = run(*words, "-g", tmp_path / "g.kg")
            assert not {"\x1b", "\u202e"} & {*out.stdout, *out.stderr}
