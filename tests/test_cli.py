"""The command `kg`: help, exit statuses, data on standard output and nothing else, harmless to a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

import kg
from kg import names
from kg.cli import cli
from kg.cli.terminal import safe

ROOT = Path(__file__).resolve().parents[1]
STEERING = "\x1b[2J\x9b31m\u202e\x07"
"""Clears a terminal, colours it, turns the direction of text, rings."""
ARTICLE = (
    "date 2024-05-06 Marrow & Pike Ltd. bought Tarn Robotics for $12 million in April.\n\n"
    '"We waited two years for this," said Dora Venn, chief executive of Marrow & Pike.\n'
)


def run(*words: object, text: str | None = None) -> Result:
    """A command's outcome; errors that are not ours are raised."""
    result = CliRunner().invoke(cli, [str(word) for word in words], input=text)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def fine(*words: object, text: str | None = None) -> str:
    """The standard output of a command that must go well."""
    result = run(*words, text=text)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of one article."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    fine("build", folder / "article.txt", "-g", folder / "news.kg")
    return folder / "news.kg"


# ---- help


@pytest.mark.parametrize("name", list(cli.commands))
def test_the_help_of_every_command_has_an_example(name: str) -> None:
    usage, _, rest = fine(name, "--help").partition("\n")
    assert usage.startswith("Usage: ")
    assert f"kg {name}" in " ".join(rest.split())


def test_the_help_names_every_command_and_exit_status() -> None:
    text = fine("--help")
    assert all(name in text for name in cli.commands)
    assert "0 fine, 1 some input failed, 2 wrong use" in " ".join(text.split())


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_commands_that_the_papers_name_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    code = re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", text, flags=re.DOTALL)
    named = set(re.findall(r"^(?:\$ )?kg ([a-z]+)", "\n".join(map("\n".join, code)), flags=re.MULTILINE))
    assert named and named <= set(cli.commands)


def test_the_answers_that_the_readme_shows_are_the_ones_of_the_samples(sample_graph: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```\n\$ (kg ask .*?)\n(\w+  .*?)```", text, flags=re.DOTALL)
    assert len(shown) >= 2
    for command, answer in shown:
        told = fine(*shlex.split(command)[1:], "-g", sample_graph)
        assert [line.rstrip() for line in told.splitlines()] == answer.splitlines()


def test_the_merges_that_the_readme_shows_are_the_ones_of_the_samples(sample_graph: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```\n\$ kg merges\n(.*?)```", text, flags=re.DOTALL)
    assert fine("merges", "-g", sample_graph) == shown


def test_the_turtle_that_the_readme_shows_is_the_one_of_the_samples(sample_turtle: bytes) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```turtle\n(.*?)```", text, flags=re.DOTALL)
    whole = sample_turtle.decode()
    assert shown and all(block.strip() in whole for one in shown for block in one.split("\n\n"))


def test_the_changelog_tells_of_this_version_and_its_commands() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{kg.__version__}]" in text
    assert set(cli.commands) <= set(re.findall(r"[a-z]+", text.partition("- **Commands**")[2]))


def test_version() -> None:
    assert kg.__version__ in fine("--version")


def test_help_loads_nothing_heavy() -> None:
    heavy = ["spacy", "numpy", "onnxruntime", "pyoxigraph", "rdflib", "rich", "networkx", "pyvis", "lxml", "pandas"]
    code = "import sys\nfrom kg.cli import cli\ncli(['--help'], standalone_mode=False)\n"
    code += f"print('loaded', [m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.endswith("loaded []\n"), done.stdout[-200:]


def test_python_m_kg_is_the_command() -> None:
    command = [sys.executable, "-m", "kg", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == f"kg, version {kg.__version__}\n"


# ---- exit statuses


def test_build_then_build_again(article: Path, tmp_path: Path) -> None:
    graph = tmp_path / "g.kg"
    assert "1 article read." in fine("build", article, "-g", graph)
    again = json.loads(fine("build", article, "-g", graph, "--json"))
    assert again["report"]["articles"] == 0 and again["report"]["skipped"] == 1
    assert again["graph"]["articles"] == 1 and again["graph"]["claims"] > 0


def test_bad_input_is_told_and_the_rest_is_read(article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("build", tmp_path / "missing.txt", tmp_path / "empty.txt", article, "-g", tmp_path / "g.kg")
    assert result.exit_code == 1
    assert "missing.txt" in result.stderr and "empty.txt" in result.stderr and "missing" not in result.stdout
    assert "1 article read (2 problems" in result.stdout


def test_standard_input(tmp_path: Path) -> None:
    assert "1 article read." in fine("build", "-", "-g", tmp_path / "g.kg", text=ARTICLE)


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["build", "{article}", "-g", "{graph}", "--base", "no address"],
        ["build", "{article}", "-g", "{graph}", "--base", "https://example.org/no-end"],
        ["build", "{article}", "-g", "{graph}", "--ontology", "{folder}/missing.ttl"],
        ["build", "{article}", "-g", "{graph}", "--model", "{folder}/missing"],
        ["build", "{article}", "-g", "{article}"],
        ["ask", "-g", "{graph}", "acquisitions"],
        ["show", "Tarn Robotics", "-g", "{graph}"],
        ["export", "{folder}/x.ttl", "-g", "{graph}"],
        ["ask", "no-such-question", "-g", "{small}"],
        ["ask", "SELECT ?x WHERE { ?x", "-g", "{small}"],
        ["ask", "DELETE WHERE { ?s ?p ?o }", "-g", "{small}"],
        ["ask", "SELECT", "*", "WHERE", "{ ?s ?p ?o }", "-g", "{small}"],
        ["ask", "acquisitions", "-g", "{small}", "--buyer"],
        ["ask", "acquisitions", "-g", "{small}", "--nonsense", "1"],
        ["show", "Nobody of that name", "-g", "{small}"],
        ["show", "https://example.org/nothing", "-g", "{small}"],
        ["view", "-o", "{folder}/no/such/folder/x.html", "-g", "{small}"],
        ["view", "-o", "{folder}/x.html", "--around", "Nobody of that name", "-g", "{small}"],
        ["export", "{folder}/x.unknown", "-g", "{small}"],
        ["export", "{folder}/no/such/folder/x.ttl", "-g", "{small}"],
        ["extract", "{article}", "--format", "triples"],
        ["extract", "{folder}/missing.txt", "--format", "triples", "--tokenized"],
        ["annotate", "{article}", "--html", "{folder}/no/such/folder/x.html"],
        ["explain"],
        ["explain", "claim/00000000", "-g", "{graph}"],
        ["explain", "claim/00000000", "-g", "{small}"],
        ["explain", "Tarn Robotics", "-g", "{small}"],
        ["explain", "https://w3id.org/newskg/entity/tarn-robotics", "-g", "{small}"],
        ["explain", "claim/00000000", "--sentence", "Tarn bought Pike.", "-g", "{small}"],
        ["explain", "claim/00000000", "--date", "2024-05-06", "-g", "{small}"],
        ["explain", "--sentence", " "],
        ["explain", "--sentence", "Tarn bought Pike.", "--date", "yesterday"],
        ["explain", "--sentence", "Tarn bought Pike.", "--model", "{folder}/missing"],
        ["explain", "--sentence", "Tarn bought Pike.", "--ontology", "{folder}/missing.ttl"],
        ["nonsense"],
    ],
)
def test_wrong_use_is_2_with_one_line_and_no_data(words: list[str], article: Path, small: Path, tmp_path: Path) -> None:
    places = {"article": article, "graph": tmp_path / "new.kg", "small": small, "folder": tmp_path}
    filled = [places[word[1:-1]] if word[1:-1] in places else word.replace("{folder}", str(tmp_path)) for word in words]
    result = run(*filled)
    assert result.exit_code == 2, result.output
    assert result.stdout == "" and result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_remove(article: Path, tmp_path: Path) -> None:
    graph = tmp_path / "g.kg"
    fine("build", article, "-g", graph)
    assert fine("remove", article, "-g", graph).startswith("removed 2024-05-06-")
    result = run("remove", article, "-g", graph)
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(fine("info", "-g", graph, "--json"))["counts"]["quads"] == 0


# ---- answers


def test_ask_as_table_json_and_csv(small: Path) -> None:
    query = "SELECT ?buyer ?bought WHERE { ?buyer kg:acquired ?bought }"
    rows = json.loads(fine("ask", query, "-g", small, "--json"))
    assert [(list(row), row["bought"].rsplit("/", 1)[1]) for row in rows] == [(["bought", "buyer"], "tarn-robotics")]
    assert json.loads(fine("ask", query, "-g", small, "--format", "json")) == rows
    table = list(csv.reader(io.StringIO(fine("ask", query, "-g", small, "--format", "csv"))))
    assert table[0] == ["buyer", "bought"] and len(table) == 2
    result = run("ask", query, "-g", small)
    assert "tarn-robotics" in result.stdout and "1 row" not in result.stdout and result.stderr == "1 row\n"


def test_ask_whether_and_construct(small: Path) -> None:
    assert json.loads(fine("ask", "ASK { ?a kg:acquired ?b }", "-g", small, "--json")) == [{"answer": True}]
    turtle = fine("ask", "CONSTRUCT { ?a kg:acquired ?b } WHERE { ?a kg:acquired ?b }", "-g", small)
    assert len(list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) == 1


def test_ask_lists_the_questions_and_answers_each(small: Path) -> None:
    from kg import ontology

    listed = fine("ask")
    assert ontology.queries()
    for name, query in ontology.queries().items():
        assert f"kg ask {name}" in listed
        if all(parameter.optional for parameter in query.parameters):
            assert isinstance(json.loads(fine("ask", name, "-g", small, "--json")), list)


def test_ask_binds_parameters_as_values(small: Path) -> None:
    found = [
        json.loads(fine("ask", "acquisitions", "--buyer", name, "-g", small, "--json"))
        for name in ("Marrow & Pike", '" } UNION { ?s ?p ?o } #', "\\")
    ]
    assert [bool(rows) for rows in found] == [True, False, False]


def test_a_question_may_have_a_time_limit(small: Path) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"  # a COUNT would go on in the background
    result = run("ask", endless, "-g", small, "--timeout", "0.05")
    assert result.exit_code == 2 and "stopped" in result.stderr


def test_show(small: Path) -> None:
    text = fine("show", "tarn robotics", "-g", small)
    assert text.startswith("Tarn Robotics") and "“" in text
    assert re.search(r"”  claim/[0-9a-f]{8}$", text, flags=re.MULTILINE)
    (shown,) = json.loads(fine("show", "Tarn Robotics", "-g", small, "--json"))
    assert shown["iri"].endswith("/tarn-robotics") and shown["lines"]
    assert all(set(line) >= {"subject", "relation", "object", "words", "article"} for line in shown["lines"])
    assert json.loads(fine("show", shown["iri"], "-g", small, "--json")) == [shown]


def test_show_tells_what_somebody_said(small: Path) -> None:
    (shown,) = json.loads(fine("show", "Dora Venn", "-g", small, "--json"))
    assert ["We waited two years for this" in line["words"] for line in shown["said"]] == [True]


def test_explain_what_show_tells(small: Path) -> None:
    (shown,) = json.loads(fine("show", "Tarn Robotics", "-g", small, "--json"))
    short = dict.fromkeys(re.findall(r"claim/[0-9a-f]{8}", fine("show", "Tarn Robotics", "-g", small)))
    assert len(short) == len(shown["lines"])
    for address, line in zip(short, shown["lines"], strict=True):
        text = fine("explain", address, "-g", small)
        assert text.startswith(f"{line['subject']} · {line['relation']} · {line['object']}\n")
        assert line["claim"] in text and "▸" in text and "read again from" in text and "root" in text
        told = json.loads(fine("explain", line["claim"], "-g", small, "--json"))
        assert told["claim"]["iri"] == line["claim"] and told["made_by"] and told["rule"]["does"]
        (sentence,) = told["sentences"]
        start = sentence["start"]
        words = [sentence["text"][word["start"] - start : word["end"] - start] for word in sentence["words"]]
        assert words == [word["text"] for word in sentence["words"]]


def test_explain_marks_who_does_what_to_whom(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dora Venn often praised Tarn Robotics.\n", encoding="utf-8")
    fine("build", tmp_path / "a.txt", "-g", tmp_path / "g.kg")
    query = "SELECT ?c WHERE { ?c a kg:Claim }"
    (row,) = json.loads(fine("ask", query, "-g", tmp_path / "g.kg", "--json"))
    text = fine("explain", row["c"], "-g", tmp_path / "g.kg")
    marked = re.findall(r"^([SRO•]) [│┌├└─╌ ]*(\S+) +\S+ +[A-Z]+ ", text, flags=re.MULTILINE)
    subject = [("S", "Dora"), ("S", "Venn")]
    assert marked == [*subject, ("R", "praised"), ("O", "Tarn"), ("O", "Robotics")]


def test_explain_a_sentence() -> None:
    text = fine("explain", "--sentence", "Tarn Robotics bought Pellam Cells. Stop it.", "--date", "2024-05-06")
    assert "├─" in text and "Tarn Robotics | buy | Pellam Cells  verb-active" in text
    assert "nearly read\n  - Stop" in text and "the rules that fired\n" in text
    told = json.loads(fine("explain", "--sentence", "Tarn Robotics bought Pellam Cells. Stop it.", "--json"))
    first, second = told["sentences"]
    assert (first["text"], second["text"]) == ("Tarn Robotics bought Pellam Cells.", "Stop it.")
    assert any(near["words"] == "Stop" and near["why"] for near in second["near"])
    assert {p["relation"]["lemma"] for p in first["propositions"]} == {"buy"}


def test_a_long_sentence_is_drawn_in_a_hundred_columns() -> None:
    clause = "the company that bought the unit which Tarn Robotics had sold to the firm in the town of "
    text = fine("explain", "--sentence", f"Dora Venn said that {clause * 4}Pellam sued {'Pneumono' * 20} on Monday.")
    assert max(map(len, text.splitlines())) <= 100


def test_score_wants_data(tmp_path: Path) -> None:
    result = run("score", "language", "--data", tmp_path / "none")
    assert result.exit_code == 2
    assert "--data DIR" in result.stderr


def test_score_of_a_folder_without_sets_is_empty(tmp_path: Path) -> None:
    assert json.loads(fine("score", "triples", "dates", "--data", tmp_path, "--json")) == []


def test_info(small: Path) -> None:
    assert "1 article, " in fine("info", "-g", small)
    told = json.loads(fine("info", "-g", small, "--json"))
    assert told["version"] == kg.__version__ and [a["date"] for a in told["articles"]] == ["2024-05-06"]


def test_view_writes_a_page(small: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert fine("view", "-o", page, "-g", small, "--title", "<b>T</b>") == f"{page}\n"
    assert "Tarn Robotics" in page.read_text(encoding="utf-8") and "<b>T</b>" not in page.read_text(encoding="utf-8")
    assert fine("view", "-o", page, "-g", small, "--around", "Tarn Robotics", "--hops", 1) == f"{page}\n"


def test_export_to_file_and_stdout(small: Path, tmp_path: Path) -> None:
    assert fine("export", tmp_path / "x.ttl", "-g", small) == ""
    written = (tmp_path / "x.ttl").read_text(encoding="utf-8")
    assert fine("export", "-", "--format", "ttl", "-g", small) == written
    assert len(set(ox.parse(written, format=ox.RdfFormat.TURTLE))) > 50
    asserted = fine("export", "-", "--format", "nq", "--facts", "asserted", "-g", small)
    assert "graph/asserted" in asserted and "graph/reported" not in asserted


def test_extract_writes_one_record_per_article(article: Path) -> None:
    lines = fine("extract", article).splitlines()
    assert len(lines) == 1
    record = json.loads(lines[0])
    assert list(record) == sorted(record)
    text = record["article"]["text"]
    assert "Tarn Robotics" in [text[m["start"] : m["end"]] for m in record["mentions"]]


def test_extract_triples_of_tokenised_sentences(tmp_path: Path) -> None:
    file = tmp_path / "sentences.txt"
    file.write_text("Tarn bought Pike .\n\n7\tDora Venn runs Tarn .\n", encoding="utf-8")
    rows = [line.split("\t") for line in fine("extract", file, "--tokenized", "--format", "triples").splitlines()]
    assert ["1", "Tarn", "bought", "Pike"] in rows
    assert {row[0] for row in rows} == {"1", "7"} and all(len(row) == 4 for row in rows)


def test_annotate_in_the_terminal_and_as_a_page(article: Path, tmp_path: Path) -> None:
    assert "Dora Venn" in fine("annotate", article)
    assert fine("annotate", article, "--html", tmp_path / "a.html") == f"{tmp_path / 'a.html'}\n"
    assert '<span class="name"' in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_demo(tmp_path: Path) -> None:
    text = fine("demo", "--output", tmp_path / "out")
    assert "$ kg ask acquisitions" in text
    assert (tmp_path / "out" / "graph.ttl").stat().st_size > 1000
    assert (tmp_path / "out" / "graph.html").stat().st_size > 1000


# ---- article text is hostile


def printable(text: str) -> bool:
    return all(char.isprintable() or char == "\n" for char in text)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph in whose names, words and titles stands what steers a terminal, put there past the reader."""
    folder = tmp_path_factory.mktemp("hostile")
    row = {"date": "2024-05-06", "title": f"Tarn{STEERING} wins", "text": f"Tarn{STEERING} bought Pike{STEERING} Ltd."}
    (folder / "a.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    with kg.KnowledgeGraph(folder / "news.kg") as graph:
        graph.add(folder / "a.jsonl")
        entity = ox.NamedNode(names.mint("entity", "evil"))
        place = ox.NamedNode(names.mint("article", "none") + "#char=0,1")
        home = ox.NamedNode(names.mint("graph", "entities"))
        label = ox.Literal(f"Evil{STEERING} Ltd.")
        pairs = [("rdfs:label", label), ("skos:altLabel", ox.Literal("Evil")), ("kg:denotedBy", place)]
        pairs += [("rdf:type", ox.NamedNode(names.expand("schema:Organization")))]
        quads = [ox.Quad(entity, ox.NamedNode(names.expand(name)), value, home) for name, value in pairs]
        graph.store.inner.extend(quads)
    return folder


LABELS = "SELECT ?l WHERE { ?e rdfs:label ?l }"


@pytest.mark.parametrize(
    "words",
    [
        ["show", "Evil"],
        ["show", "Evil", "--json"],
        ["info"],
        ["info", "--json"],
        ["ask", LABELS],
        ["ask", LABELS, "--json"],
        ["ask", f'SELECT ?l WHERE {{ ?e "{STEERING}" ?l }}'],
        ["ask", f"who{STEERING}"],
        ["show", f"Nobody{STEERING}"],
        ["explain", f"claim/1{STEERING}"],
        ["explain", f"http://x/{STEERING}"],
    ],
)
def test_nothing_that_steers_a_terminal_reaches_it(words: list[str], hostile: Path) -> None:
    result = run(*words, "-g", hostile / "news.kg")
    assert printable(result.stdout) and printable(result.stderr), repr(result.output)


def test_records_and_drawings_of_hostile_text(hostile: Path) -> None:
    for command in ("extract", "annotate"):
        assert printable(fine(command, hostile / "a.jsonl"))


def test_explanations_of_hostile_text(hostile: Path) -> None:
    query = "SELECT ?c WHERE { ?c a kg:Claim }"
    for row in json.loads(fine("ask", query, "--json", "-g", hostile / "news.kg")):
        for more in ((), ("--json",)):
            assert printable(fine("explain", row["c"], "-g", hostile / "news.kg", *more))
    for text in (f"Tarn{STEERING} bought Pike{STEERING} Ltd.", f"[bold]Tarn[/bold] bought {STEERING}", "\u2028 x"):
        assert printable(fine("explain", "--sentence", text))
        assert printable(fine("explain", "--sentence", text, "--json"))
    assert "[bold]" in fine("explain", "--sentence", "The [bold] firm bought Pike.")


def test_json_keeps_what_it_escapes(hostile: Path) -> None:
    labels = [row["l"] for row in json.loads(fine("ask", LABELS, "--json", "-g", hostile / "news.kg"))]
    assert f"Evil{STEERING} Ltd." in labels


@pytest.mark.parametrize("words", [["ask", LABELS, "--format", "csv"], ["export", "-", "--format", "nq"]])
def test_files_get_the_data_and_terminals_a_harmless_form(words: list[str], hostile: Path) -> None:
    pty = pytest.importorskip("pty")
    command = [sys.executable, "-m", "kg", *words, "-g", str(hostile / "news.kg")]
    plain = subprocess.run(command, capture_output=True, cwd=ROOT, check=True).stdout.decode("utf-8")
    assert "\x9b" in plain
    leader, follower = pty.openpty()
    process = subprocess.Popen(command, stdout=follower, stderr=subprocess.DEVNULL, cwd=ROOT)
    os.close(follower)
    shown = b""
    try:
        while piece := os.read(leader, 65536):
            shown += piece
    except OSError:  # the other end is closed
        pass
    os.close(leader)
    assert process.wait() == 0
    text = shown.decode("utf-8").replace("\r\n", "\n")
    assert "Evil" in text and printable(text)


def test_formulas_do_not_reach_a_spreadsheet(small: Path) -> None:
    text = fine("ask", 'SELECT ("=1+1" AS ?x) ("+1" AS ?y) ("fine" AS ?z) WHERE {}', "-g", small, "--format", "csv")
    assert text == "x,y,z\n'=1+1,'+1,fine\n"


def test_a_reader_that_leaves_early_is_no_error(small: Path) -> None:
    command = [sys.executable, "-m", "kg", "export", "-", "--format", "nq", "-g", str(small)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    complaints = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0 and complaints == b""


def test_safe_keeps_letters_of_every_script() -> None:
    assert safe("Ünïcode 漢字 العربية “quoted” – 3\u00a0%") == "Ünïcode 漢字 العربية “quoted” – 3 %"


def test_every_command_is_a_click_command() -> None:
    assert len(cli.commands) == 22 and all(isinstance(command, click.Command) for command in cli.commands.values())


# ---- who is who


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A graph of two articles that call one firm differently."""
    graph = tmp_path / "two.kg"
    for number, text in enumerate((ARTICLE, ARTICLE.replace("Tarn Robotics", "Tarn Robotics Group"))):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    fine("build", tmp_path / "0.txt", tmp_path / "1.txt", "-g", graph)
    return graph


def test_why_names_are_one_is_shown_and_can_be_overruled(two: Path) -> None:
    shown = fine("merges", "-g", two)
    assert "(tarn-robotics)" in shown and "same name with group or holding  0.85" in shown
    (told,) = json.loads(fine("merges", "Tarn Robotics", "--json", "-g", two))
    assert {part["node"] for part in told["parts"]} == {"tarn-robotics", "tarn-robotics-group"} and told["told"]
    assert "written anew" in fine("split", "Tarn Robotics", "Tarn Robotics Group", "-g", two)
    assert fine("merges", "-g", two) == ""
    assert "split tarn-robotics tarn-robotics-group" in (two.parent / "two.decisions.txt").read_text(encoding="utf-8")
    assert "written anew" in fine("merge", "Tarn Robotics", "Tarn Robotics Group", "-g", two)
    assert "people decided so  1.00" in fine("merges", "-g", two)


def test_decisions_outlive_the_graph_and_may_be_written_by_hand(two: Path) -> None:
    exported = fine("export", "-", "--format", "nq", "-g", two)
    file = two.parent / "two.decisions.txt"
    file.write_text("# by hand\nsplit tarn-robotics\n", encoding="utf-8")
    assert "has changed since; kg merge without names follows it" in run("merges", "-g", two).stderr
    assert fine("merge", "-g", two) == "1 article written anew.\n"
    split = fine("export", "-", "--format", "nq", "-g", two)
    assert split != exported
    shutil.rmtree(two)
    fine("build", two.parent / "1.txt", two.parent / "0.txt", "-g", two)
    assert fine("export", "-", "--format", "nq", "-g", two) == split
    file.unlink()
    fine("merge", "-g", two)
    assert fine("export", "-", "--format", "nq", "-g", two) == exported


def test_an_event_of_several_articles_is_listed_and_can_be_split(two: Path) -> None:
    (event,) = json.loads(fine("merges", "--events", "--json", "-g", two))
    assert event["key"].startswith("acquisition-marrow-and-pike-tarn-") and len(event["told"]) == 2
    assert fine("merges", f"event:{event['key']}", "-g", two).count("\n") == 3
    article = event["told"][1][0]
    fine("split", event["key"], "--at", article, "-g", two)
    assert fine("merges", "--events", "-g", two) == ""
    assert f"@{article}" in (two.parent / "two.decisions.txt").read_text(encoding="utf-8")
    wrong = run("split", "Tarn Robotics", "Marrow & Pike", "--at", article, "-g", two)
    assert wrong.exit_code == 2 and "give one or the other" in wrong.stderr


def test_a_decision_that_cannot_be_read_is_told_with_its_line(two: Path) -> None:
    (two.parent / "two.decisions.txt").write_text("split\n", encoding="utf-8")
    for words in (("merge", "-g", two), ("build", two.parent / "0.txt", "-g", two)):
        result = run(*words)
        assert result.exit_code == 2 and "two.decisions.txt, line 1: split wants a name first" in result.stderr
    assert "Tarn" in fine("show", "Tarn Robotics", "-g", two)


def test_a_name_that_nothing_has_is_told(two: Path) -> None:
    result = run("merge", "Tarn Robotics", "Nobody\x1b[2J", "-g", two)
    assert result.exit_code == 2 and "nothing in the graph is called" in result.stderr and "\x1b" not in result.stderr
    assert not (two.parent / "two.decisions.txt").exists()


def test_a_log_for_programs_has_a_line_for_each_article_and_problem(tmp_path: Path) -> None:
    source, log = tmp_path / "a.jsonl", tmp_path / "log.jsonl"
    source.write_text(json.dumps({"text": ARTICLE}) + "\nno JSON\n" + json.dumps({"text": ARTICLE}) + "\n")
    result = run("build", source, "--graph", tmp_path / "news.kg", "--log-json", log)
    assert result.exit_code == 1 and "a.jsonl:2" in result.stderr
    first, problem, second = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    assert (first["what"], second["what"]) == ("added", "skipped") and first["id"] == second["id"]
    assert first["source"] == f"{source}:1" and first["seconds"] > 0
    assert problem["source"] == f"{source}:2" and problem["problem"]
    assert run("build", source, "--graph", tmp_path / "news.kg", "--log-json", tmp_path).exit_code == 2
