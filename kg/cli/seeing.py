"""The commands that take the graph away: view, export."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import click

from kg.cli.options import FINE, facts_option, graph_option, opened, reports
from kg.cli.terminal import safe, write

if TYPE_CHECKING:
    from kg.records import Facts


@click.command()
@graph_option
@click.option("--output", "-o", default="graph.html", show_default=True, metavar="FILE", help="The page to write.")
@click.option("--around", metavar="NAME", help="Only what is near this entity.")
@click.option("--hops", type=click.IntRange(1, 9), default=2, show_default=True, help="How near.")
@click.option("--says", metavar="NAME", help="Only what this speaker says.")
@facts_option
@click.option("--title", default="Knowledge graph", show_default=True)
@click.option("--open", "show_it", is_flag=True, help="Open it in the browser.")
@reports
def view(
    folder: str, output: str, around: str | None, hops: int, says: str | None, facts: Facts, title: str, show_it: bool
) -> int:  # fmt: skip
    """Draw the graph as one self-contained HTML page. Example: kg view --around Amazon --open"""
    with opened(folder) as graph:
        path = graph.view(output, around=around, hops=hops, says=says, facts=facts, title=title)
    click.echo(safe(str(path)))
    if show_it:
        click.launch(path.resolve().as_uri())
    return FINE


@click.command()
@click.argument("target", metavar="FILE")
@graph_option
@click.option("--format", "form", help="The format, where the name's suffix does not tell; FILE may be - then.")
@facts_option
@click.option(
    "--description/--no-description", default=True, show_default=True,
    help="Put into RDF what the data set holds (VoID: triples, classes, properties).",
)
@reports
def export(target: str, folder: str, form: str | None, facts: Facts, description: bool) -> int:
    """Export the graph: .ttl .trig .nq .nt .jsonld .rdf .graphml .gexf .json .csv. Example: kg export graph.ttl"""
    with opened(folder) as graph:
        if target != "-":
            graph.write(target, format=form, facts=facts, description=description)
        elif sys.stdout.isatty():
            content = io.BytesIO()
            graph.write(content, format=form, facts=facts, description=description)
            write(content.getvalue().decode("utf-8"), end="")
        else:
            graph.write(sys.stdout.buffer, format=form, facts=facts, description=description)
    return FINE
