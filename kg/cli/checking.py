"""The command that checks the graph against its rules: check."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from kg.cli.options import FINE, SOME_FAILED, graph_option, json_option, ontology_option, opened, reports
from kg.cli.terminal import console, count, safe, write_json
from kg.records import as_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.check import Breach, LeftOut

SHOWN, PLACES = 5, 2
"""How many facts are shown of each rule, and how many places of each fact, unless all are wanted."""
STYLES = {"violation": "bold red", "warning": "bold yellow", "info": "bold"}


@click.command()
@graph_option
@click.option("--shapes", multiple=True, metavar="FILE", help="Turtle with SHACL shapes of your own (may be repeated).")
@ontology_option
@click.option("--all", "show_all", is_flag=True, help="Show every fact, not only some of each rule.")
@json_option
@reports
def check(folder: str, shapes: tuple[str, ...], ontology: tuple[str, ...], show_all: bool, as_json: bool) -> int:
    """Which fact breaks which rule, with its words and its claim. Examples:

    \b
    kg check
    kg check --shapes mine.ttl --all

    Exit status: 0 no violation (warnings are doubts, not errors), 1 some violation, 2 wrong use.
    """
    from kg.check import left_out

    with opened(folder, ontology=ontology) as graph:
        found = graph.check(shapes)
        if left := left_out(graph.store, graph.ontology):
            _tell_left_out(left)
    wrong = sum(breach.severity == "violation" for breach in found)
    if as_json:
        write_json({"conforms": not wrong, "breaches": [as_data(breach) for breach in found]})
    else:
        _print(found, show_all)
        click.echo(f"{count(wrong, 'violation')}, {count(len(found) - wrong, 'doubt')}", err=True)
    return SOME_FAILED if wrong else FINE


def _tell_left_out(left: LeftOut) -> None:
    """Say what was not judged by roles, and how it would be."""
    files = ", ".join(left.files)
    what = f"events of your own ({', '.join(left.classes)})" if left.classes else "what frames of your own tell"
    told = f"{what}: checked by the general rules only; to check roles, too, give --ontology with {files}"
    click.echo(f"kg: {safe(told)}", err=True)


def _print(found: Sequence[Breach], show_all: bool) -> None:
    from rich.text import Text

    out = console()
    for (severity, _, message), rows in groupby(found, key=lambda one: (one.severity, one.rule, one.message)):
        breaches = list(rows)
        heading = Text.assemble((severity, STYLES[severity]), f"  {_line(message or breaches[0].name)}")
        out.print(Text.assemble(heading, (f"  ({count(len(breaches), 'fact')})", "dim")), soft_wrap=True)
        for breach in breaches if show_all else breaches[:SHOWN]:
            _print_breach(breach, show_all)
        if not show_all and len(breaches) > SHOWN:
            out.print(Text(f"    {len(breaches) - SHOWN:,} more; kg check --all shows them", style="dim"))
        out.print()


def _print_breach(breach: Breach, show_all: bool) -> None:
    from rich.text import Text

    from kg.ask.claims import short

    out = console()
    parts = (breach.subject, breach.relation, breach.object)
    out.print(Text(f"  {' · '.join(_line(part.label) for part in parts if part)}"), soft_wrap=True)
    for place in breach.places if show_all else breach.places[:PLACES]:
        claim = f"  {short(place.claim)}" if place.claim else ""
        line = f"      {place.article or ''}: “{_line(place.words)}”{safe(claim)}"
        out.print(Text(line, style="dim"), soft_wrap=True)
    if not show_all and len(breach.places) > PLACES:
        out.print(Text(f"      and in {count(len(breach.places) - PLACES, 'place')} more", style="dim"))


def _line(text: str) -> str:
    """Text of articles as one harmless line."""
    return " ".join(safe(text).split())
