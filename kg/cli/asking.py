"""The command that asks: named questions and SPARQL, with the answer in the form that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from kg.cli.options import FINE, facts_option, graph_option, json_option, opened, reports
from kg.cli.terminal import cell, safe, table, write, write_json
from kg.errors import QueryError, UsageError
from kg.records import Answer, Facts

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.ontology import Query

Form = Literal["table", "csv", "tsv", "json", "sparql-json", "turtle"]


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []})
@click.argument("question", required=False)
@graph_option
@click.option(
    "--format", "form", type=click.Choice(get_args(Form)), default="table", show_default=True,
    help="tsv and sparql-json are the standard forms of SPARQL results; turtle is for CONSTRUCT and DESCRIBE.",
)
@json_option
@facts_option
@click.option("--timeout", type=float, default=60.0, show_default=True, metavar="SECONDS", help="0: no limit.")
@click.option("--help", "-h", "helps", is_flag=True, help="Show this message, or what a named question takes.")
@click.pass_context
@reports
def ask(
    context: click.Context, question: str | None, folder: str, form: Form, as_json: bool, facts: Facts,
    timeout: float, helps: bool,
) -> int:  # fmt: skip
    """Ask a named question or SPARQL. Without a question: list the named ones. Examples:

    \b
    kg ask acquisitions --buyer Amazon
    kg ask acquisitions --help
    kg ask "SELECT ?who WHERE { ?who kg:acquired ?what }"
    kg ask "CONSTRUCT WHERE { ?who kg:acquired ?what }" > acquired.ttl
    """
    if helps:
        click.echo(context.get_help() if question is None or not question.strip() or " " in question.strip()
                   else _help(question.strip()))  # fmt: skip
    elif question is None:
        _list_questions()
    else:
        limits: dict[str, Any] = {"timeout": timeout or None, "facts": facts}
        with opened(folder) as graph:
            _answer(graph, question, _parameters(context.args), "json" if as_json else form, limits)
    return FINE


def _answer(
    graph: KnowledgeGraph, question: str, parameters: dict[str, Any], form: Form, limits: dict[str, Any]
) -> None:
    from kg import ask as asking

    if form in ("tsv", "sparql-json"):
        write(asking.results(graph.store, question, form, parameters=parameters, **limits), end="")
        return
    answer = graph.ask(question, **limits, **parameters)
    _print(answer, form)
    if not answer.rows and (hint := asking.hint(graph.store, question, parameters=parameters)):
        click.echo(f"kg: {safe(hint)}", err=True)


def _print(answer: Answer, form: Form) -> None:
    if form == "json":
        write_json([dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows])
    elif answer.columns == ("turtle",):
        write(str(answer.rows[0][0]), end="")
    elif form == "turtle":
        raise QueryError("the answer of this query has rows and no triples; for Turtle ask with CONSTRUCT or DESCRIBE")
    elif form == "csv":
        write(_csv(answer), end="")
    else:
        table(answer)


def _list_questions() -> None:
    from kg import ontology

    for name, query in sorted(ontology.queries().items()):
        click.echo(f"{name:14} {query.title}\n{'':14} kg ask {name}{_usage(query)}")


def _usage(query: Query) -> str:
    given = (f"--{p.name} {p.type.upper()}" for p in query.parameters)
    return "".join(f" [{word}]" if p.optional else f" {word}" for p, word in zip(query.parameters, given, strict=True))


def _help(name: str) -> str:
    """What one named question asks and takes. Raises QueryError for a question that there is not."""
    from kg import ontology
    from kg.ask import no_question

    known = ontology.queries()
    if name not in known:
        raise QueryError(no_question(name, known))
    query = known[name]
    width = max((len(p.name) + len(p.type) for p in query.parameters), default=0) + 5
    parameters = "".join(f"  {f'--{p.name} {p.type.upper()}':{width}} {p.help}\n" for p in query.parameters)
    examples = "".join(f"  {line}\n" for line in query.examples)
    parts = [f"{query.title}\n", f"Usage: kg ask {name}{_usage(query)}\n"]
    parts += [f"Parameters:\n{parameters}"] if parameters else []
    return "\n".join([*parts, f"Example:\n{examples}"] if examples else parts).rstrip("\n")


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
