"""`kg analyze` and `kg view`, on the graph of the sample articles."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

import kg
from kg.cli import cli


def run(*arguments: object) -> str:
    """What a command that must succeed writes on standard output."""
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_analyze_tells_what_stands_out_and_draws_it(sample_graph: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    told = run("analyze", "-g", sample_graph, "--most", 2, "--draw", page)
    for title in ("Central", "Between others", "Communities", "Bridges", "Most disputed", "Most anonymous"):
        assert title in told
    assert "Ostrander Freight" in told
    assert '"title":"Communities"' in page.read_text("utf-8")


def test_analyze_writes_json_for_programs(sample_graph: Path) -> None:
    told = json.loads(run("analyze", "-g", sample_graph, "--json", "--most", 3))
    assert [ranking["name"] for ranking in told] == [
        "central", "between", "communities", "bridges", "disputed", "anonymous",
    ]  # fmt: skip
    assert all(len(ranking["rows"]) <= 3 for ranking in told)
    with kg.KnowledgeGraph(sample_graph, read_only=True) as graph:
        assert [row.label for row in graph.analyze(most=3)[0].rows] == [row["label"] for row in told[0]["rows"]]


def test_view_draws_a_still_picture(sample_graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "graph.svg"
    assert run("view", "-g", sample_graph, "-o", target) == f"{target}\n"
    assert "Quillmark Robotics" in target.read_text("utf-8")
    result = CliRunner().invoke(cli, ["view", "-g", str(sample_graph), "-o", str(tmp_path / "graph.pdf")])
    assert result.exit_code == 2 and "would be a PDF" in result.stderr
