"""The command that looks at the graph as a network: analyze."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import FINE, facts_option, graph_option, json_option, opened, reports
from kg.cli.terminal import as_fields, console, safe, write_json

if TYPE_CHECKING:
    from kg.records import Facts
    from kg.view import Ranking


@click.command()
@graph_option
@click.option("--around", metavar="NAME", help="Only what is near this entity.")
@click.option("--hops", type=click.IntRange(1, 9), default=2, show_default=True, help="How near.")
@click.option("--says", metavar="NAME", help="Only what this speaker says.")
@facts_option
@click.option("--most", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many of each.")
@click.option("--draw", "target", metavar="FILE", help="Draw it too: a page with all this in its list.")
@json_option
@reports
def analyze(
    folder: str, around: str | None, hops: int, says: str | None, facts: Facts, most: int, target: str | None,
    as_json: bool,
) -> int:  # fmt: skip
    """What stands out: central things, communities, bridges, what is most disputed, most anonymous.

    Example: kg analyze --most 5 --draw analysis.html
    """
    from kg import view

    with opened(folder) as graph:
        network = graph.network(around=around, hops=hops, says=says, facts=facts)
    found = view.analysis(network, most=most)
    if as_json:
        write_json([as_fields(ranking) for ranking in found])
    else:
        _print(found)
    if target:
        path = view.draw(network, target, title="Analysis", findings=found)
        click.echo(safe(str(path)), err=True)
    return FINE


def _print(found: tuple[Ranking, ...]) -> None:
    from rich.table import Table
    from rich.text import Text

    for ranking in found:
        drawn = Table(box=None, pad_edge=False, show_header=False)
        for row in ranking.rows:
            drawn.add_row(Text(safe(row.label)), Text(safe(row.words), style="dim"))
        console().print(Text.assemble((ranking.title, "bold"), (f"  {ranking.about}", "dim")))
        console().print(drawn if ranking.rows else Text("none", style="dim"))
