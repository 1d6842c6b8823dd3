"""The commands that ask: ask, show, info."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.cli.options import FINE, facts_option, graph_option, json_option, opened, reports
from kg.cli.terminal import as_fields, cell, console, count, holds, safe, table, write, write_json
from kg.errors import UsageError
from kg.records import Answer, Facts, as_data

if TYPE_CHECKING:
    from kg.show import Shown


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("question", required=False)
@graph_option
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@json_option
@facts_option
@click.option("--timeout", type=float, default=60.0, show_default=True, metavar="SECONDS", help="0: no limit.")
@click.pass_context
@reports
def ask(
    context: click.Context, question: str | None, folder: str, form: str, as_json: bool, facts: Facts, timeout: float
) -> int:  # fmt: skip
    """Ask a named question or SPARQL. Without a question: list the named ones. Examples:

    \b
    kg ask acquisitions --buyer Amazon
    kg ask "SELECT ?who WHERE { ?who kg:acquired ?what }"
    """
    if question is None:
        _list_questions()
        return FINE
    parameters = _parameters(context.args)
    with opened(folder) as graph:
        answer = graph.ask(question, timeout=timeout or None, facts=facts, **parameters)
    if as_json or form == "json":
        write_json([dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows])
    elif answer.columns == ("turtle",):
        write(str(answer.rows[0][0]))
    elif form == "csv":
        write(_csv(answer), end="")
    else:
        table(answer)
    return FINE


def _list_questions() -> None:
    from kg import ontology

    for name, query in sorted(ontology.queries().items()):
        options = " ".join(f"[--{p.name} {p.type.upper()}]" for p in query.parameters)
        click.echo(f"{name:14} {query.title}\n{'':14} kg ask {name} {options}")


def _parameters(words: list[str]) -> dict[str, str]:
    """«--buyer Amazon --since=2024» as parameters of a named question."""
    found: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise UsageError(f"{word!r} is not clear; give parameters as --name value, and SPARQL in quotes")
        given = value if equals else next(rest, None)
        if given is None:
            raise UsageError(f"--{name} has no value; give it as --{name} VALUE")
        found[name.replace("-", "_")] = given
    return found


def _csv(answer: Answer) -> str:
    """An answer as CSV; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    import csv
    import io

    from kg.export.tables import FORMULA

    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(answer.columns)
    cells = ([cell(value) for value in row] for row in answer.rows)
    writer.writerows([f"'{text}" if text.startswith(FORMULA) else text for text in row] for row in cells)
    return file.getvalue()


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | bool | str) or value is None else str(value)


@click.command()
@click.argument("name")
@graph_option
@json_option
@reports
def show(name: str, folder: str, as_json: bool) -> int:
    """Everything known of an entity, each line with who says so and the words. Example: kg show Amazon"""
    with opened(folder) as graph:
        found = graph.show(name)
    if as_json:
        write_json(as_data(found))
        return FINE
    for shown in found:
        _print_shown(shown)
    return FINE


def _print_shown(shown: Shown) -> None:
    from rich.text import Text

    from kg.ask.claims import short

    out, kinds = console(), ", ".join(shown.types)
    out.print(Text.assemble((safe(shown.label), "bold"), (f"  {kinds}  ", "dim"), (shown.iri, "dim")))
    if shown.names:
        out.print(Text(f"also called {safe(', '.join(shown.names))}", style="dim"))
    for line in shown.lines:
        stance = f" [{line.stance}]" if line.stance else ""
        source = f"{line.speaker} says, " if line.speaker else ""
        out.print(Text(f"\n{safe(line.subject)} · {safe(line.relation)} · {safe(line.object)}{stance}"))
        place = f"  {short(line.claim)}" if line.claim else ""
        out.print(Text(f"    {safe(source)}{line.article}: “{safe(line.words)}”{place}", style="dim"))
    for line in shown.said:
        to = f" to {line.speaker}" if line.speaker else ""
        out.print(Text(f"\n{line.relation}{safe(to)} ({safe(line.stance)}), {line.article}:"))
        out.print(Text(f"    “{safe(line.words)}”", style="dim"))
    out.print()


@click.command()
@graph_option
@json_option
@reports
def info(folder: str, as_json: bool) -> int:
    """What the graph holds: counts, and its articles. Example: kg info"""
    with opened(folder) as graph:
        counts, articles = graph.store.counts(), graph.store.articles()
    if as_json:
        write_json({"version": __version__, "counts": as_fields(counts), "articles": [as_fields(a) for a in articles]})
        return FINE
    click.echo(f"kg {__version__}; {safe(folder)} holds {holds(counts)}, {count(counts.quads, 'quad')} in all.")
    for article in articles:
        click.echo(f"{article.id}  {safe(article.title or '')}  {safe(', '.join(article.sources))}")
    return FINE
