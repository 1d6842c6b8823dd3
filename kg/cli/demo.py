"""The command that shows all of it on the shipped sample articles: demo."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import FINE, SOME_FAILED, reports
from kg.cli.progress import progress
from kg.cli.terminal import holds, safe, table
from kg.errors import UsageError

FIGURES = """SELECT ?words ?least ?most ?value ?who WHERE {
    ?claim rdf:predicate kg:positionsCut ; rdf:object ?amount .
    ?amount rdfs:label ?words .
    OPTIONAL { ?amount schema:value ?value }
    OPTIONAL { ?amount schema:minValue ?least } OPTIONAL { ?amount schema:maxValue ?most }
    OPTIONAL { ?claim kg:attributedTo/rdfs:label ?who } } ORDER BY ?words"""
QUESTIONS = ("acquisitions", "jobs", FIGURES)


@click.command()
@click.option("--output", "-o", default="demo", show_default=True, metavar="DIR", help="Where to write.")
@reports
def demo(output: str) -> int:
    """Read the shipped sample articles, print what was found, write DIR/graph.ttl and DIR/graph.html.

    Example: kg demo --output demo
    """
    from importlib import resources

    from kg.graph import KnowledgeGraph

    folder = _folder(output)
    with KnowledgeGraph() as graph, resources.as_file(resources.files("kg") / "samples") as samples:
        with progress() as told:
            report = graph.add(samples, log=told.article, on_error=told.finding)
        graph.write(folder / "graph.ttl")
        graph.view(folder / "graph.html", title="Sample articles")
        click.echo(f"{holds(graph.store.counts())}\n")
        for question in QUESTIONS:
            click.echo(f"$ kg ask {question}" if question.isalpha() else f'$ kg ask "{question}"')
            table(graph.ask(question))
            click.echo()
    click.echo(f"{safe(str(folder / 'graph.ttl'))}\n{safe(str(folder / 'graph.html'))}")
    return SOME_FAILED if report.failed else FINE


def _folder(name: str) -> Path:
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"the folder {name} cannot be made ({error.strerror}); name another with --output") from error
    return folder
