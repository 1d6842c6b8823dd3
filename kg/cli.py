"""The command `kg`: words and options in, the library's answers out; nothing but data on standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from kg import __version__
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from kg.graph import KnowledgeGraph
    from kg.records import Finding

DEFAULT_GRAPH = "news.kg"
FINE, SOME_FAILED, WRONG_USE = 0, 1, 2
Command = Callable[..., Any]


class Group(click.Group):
    """Commands in the order of a user's day rather than of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """From news articles to a knowledge graph in which every edge shows its words, its article and its speaker.

    \b
    kg build articles/            read articles into ./news.kg
    kg ask acquisitions           a named question; or SPARQL: kg ask "SELECT ..."
    kg show Amazon                everything known of an entity
    kg view --open                look at the graph in a browser

    Exit status: 0 fine, 1 some input failed, 2 wrong use.
    """


def _command(function: Command) -> Command:
    """Turns our errors into one line on standard error and the right exit status."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            status = function(*args, **kwargs)
        except KgError as error:
            click.echo(f"kg: {_safe(str(error))}", err=True)
            sys.exit(WRONG_USE)
        except BrokenPipeError:
            sys.exit(FINE)
        sys.exit(status or FINE)

    return run


_graph_option = click.option(
    "--graph", "-g", "folder", default=DEFAULT_GRAPH, show_default=True, metavar="DIR", help="Where the graph lives."
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
_model_option = click.option("--model", metavar="NAME|DIR", help="Another spaCy pipeline than the shipped one.")


# ---- reading in -------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@_graph_option
@_model_option
@click.option("--ontology", multiple=True, metavar="FILE", help="Turtle with frames of your own (may be repeated).")
@click.option("--base", metavar="IRI", help="The beginning of the IRIs of a new graph's nodes.")
@click.option("--again", is_flag=True, help="Read known articles once more, after a new model or ontology.")
@_json_option
@_command
def build(
    inputs: tuple[str, ...], folder: str, model: str | None, ontology: tuple[str, ...], base: str | None, again: bool,
    as_json: bool,
) -> int:  # fmt: skip
    """Read articles (text, HTML, CSV, JSON Lines; files, folders, patterns, - for standard input) into the graph.

    Articles that the graph has already are skipped. Example: kg build articles/ more/*.csv
    """
    from kg.graph import KnowledgeGraph
    from kg.records import as_data

    with KnowledgeGraph(folder, base=base, ontology=ontology, model=model) as graph:
        with _progress() as advance:
            report = graph.add(inputs, again=again, progress=advance, on_error=_warn)
        counts = graph.store.counts()
    if as_json:
        _print_json({"report": as_data(report), "graph": _fields(counts)})
    else:
        click.echo(_summary(report, counts, folder), err=False)
    return SOME_FAILED if report.failed else FINE


def _summary(report: Any, counts: Any, folder: str) -> str:
    added = f"{_count(report.articles, 'article')} read"
    notes = [f"{report.replaced} of them replaced an older state"] if report.replaced else []
    notes += [f"{report.skipped} known already"] if report.skipped else []
    notes += [f"{_count(len(report.failed), 'problem')} with input, told above"] if report.failed else []
    return (
        f"{added}{' (' + ', '.join(notes) + ')' if notes else ''}.\n{folder} holds {_holds(counts)}."
    )


def _holds(counts: Any) -> str:
    return ", ".join([
        _count(counts.articles, "article"), _count(counts.entities, "entity", "entities"), _count(counts.claims, "claim"),
        _count(counts.statements, "statement"), _count(counts.events, "event"),
        f"{_count(counts.asserted + counts.reported, 'fact')} ({counts.reported} only reported)",
    ])  # fmt: skip


@cli.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@_graph_option
@_command
def remove(articles: tuple[str, ...], folder: str) -> int:
    """Retract articles, given by id, URL or file: exactly their own claims go. Example: kg remove articles/a.txt"""
    failed = 0
    with _open(folder, write=True) as graph:
        for article in articles:
            try:
                click.echo(f"removed {graph.remove(article)}")
            except KgError as error:
                failed += 1
                click.echo(f"kg: {_safe(str(error))}", err=True)
    return SOME_FAILED if failed else FINE


# ---- asking -----------------------------------------------------------------------------------------------------


@cli.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("question", required=False)
@_graph_option
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--timeout", type=float, default=60.0, show_default=True, metavar="SECONDS", help="0: no limit.")
@click.pass_context
@_command
def ask(context: click.Context, question: str | None, folder: str, form: str, timeout: float) -> int:
    """Ask a named question or SPARQL. Without a question: list the named ones.

    \b
    kg ask acquisitions --buyer Amazon
    kg ask "SELECT ?who WHERE { ?who kg:acquired ?what }"
    """
    if question is None:
        _list_questions()
        return FINE
    parameters = _parameters(context.args)
    with _open(folder) as graph:
        answer = graph.ask(question, timeout=timeout or None, **parameters)
    if answer.columns == ("turtle",):
        click.echo(answer.rows[0][0])
    elif form == "table":
        _table(answer)
    else:
        _machine_readable(answer, form)
    return FINE


def _list_questions() -> None:
    from kg import ontology

    for name, query in sorted(ontology.queries().items()):
        options = " ".join(f"[--{p.name} {p.type.upper()}]" for p in query.parameters)
        click.echo(f"{name:14} {query.title}\n{'':14} kg ask {name} {options}")


def _parameters(words: list[str]) -> dict[str, str]:
    """«--buyer Amazon --since 2024» as parameters of a named question."""
    found: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise UsageError(f"{word!r} is not understood; give parameters as --name value, SPARQL in one pair of quotes")
        found[name.replace("-", "_")] = value if equals else next(rest, "")
    return found


def _table(answer: Any) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in answer.columns:
        table.add_column(column, overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(_safe(_cell(cell))) for cell in row))
    console = _console()
    console.print(table)
    click.echo(_count(len(answer.rows), "row"), err=True)


def _machine_readable(answer: Any, form: str) -> None:
    if form == "json":
        _print_json([dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows])
        return
    import csv

    from kg.export.tables import safe_cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([safe_cell(_cell(cell)) for cell in row] for row in answer.rows)


@cli.command()
@click.argument("name")
@_graph_option
@_json_option
@_command
def show(name: str, folder: str, as_json: bool) -> int:
    """Everything known of an entity, each line with who says so and the words. Example: kg show Amazon"""
    from kg.records import as_data

    with _open(folder) as graph:
        found = graph.show(name)
    if as_json:
        _print_json(as_data(found))
        return FINE
    for shown in found:
        _print_shown(shown)
    return FINE


def _print_shown(shown: Any) -> None:
    from rich.text import Text

    console = _console()
    kinds = ", ".join(shown.types)
    console.print(Text.assemble((_safe(shown.label), "bold"), (f"  {kinds}  ", "dim"), (shown.iri, "dim")))
    if shown.names:
        console.print(Text(f"also called {_safe(', '.join(shown.names))}", style="dim"))
    for line in shown.lines:
        stance = f" [{line.stance}]" if line.stance else ""
        source = f"{line.speaker} says, " if line.speaker else ""
        console.print(Text(f"\n{_safe(line.subject)} · {_safe(line.relation)} · {_safe(line.object)}{stance}"))
        console.print(Text(f"    {_safe(source)}{line.article}: “{_safe(line.words)}”", style="dim"))
    for line in shown.said:
        to = f" to {line.speaker}" if line.speaker else ""
        console.print(Text(f"\nsaid{_safe(to)} ({line.stance}), {line.article}:"))
        console.print(Text(f"    “{_safe(line.words)}”", style="dim"))
    console.print()


@cli.command()
@_graph_option
@_json_option
@_command
def info(folder: str, as_json: bool) -> int:
    """What the graph holds: counts, and its articles. Example: kg info"""
    with _open(folder) as graph:
        counts, articles = graph.store.counts(), graph.store.articles()
    if as_json:
        _print_json({"version": __version__, "counts": _fields(counts), "articles": [_fields(a) for a in articles]})
        return FINE
    click.echo(f"kg {__version__}; {folder} holds {_holds(counts)}, {_count(counts.quads, 'quad')} in all.")
    for article in articles:
        click.echo(f"{article.id}  {_safe(article.title or '')}  {_safe(', '.join(article.sources))}")
    return FINE


# ---- seeing and taking away -------------------------------------------------------------------------------------


@cli.command()
@_graph_option
@click.option("--output", "-o", default="graph.html", show_default=True, metavar="FILE", help="The page to write.")
@click.option("--around", metavar="NAME", help="Only what is near this entity.")
@click.option("--hops", type=click.IntRange(1, 9), default=2, show_default=True, help="How near.")
@click.option("--says", metavar="NAME", help="Only what this speaker says.")
@click.option("--title", default="Knowledge graph", show_default=True)
@click.option("--open", "show_it", is_flag=True, help="Open it in the browser.")
@_command
def view(folder: str, output: str, around: str | None, hops: int, says: str | None, title: str, show_it: bool) -> int:
    """Draw the graph as one self-contained HTML page. Example: kg view --around Amazon --open"""
    with _open(folder) as graph:
        path = graph.view(output, around=around, hops=hops, says=says, title=title)
    click.echo(str(path))
    if show_it:
        click.launch(path.resolve().as_uri())
    return FINE


@cli.command()
@click.argument("target", metavar="FILE")
@_graph_option
@click.option("--format", "form", help="The format, where the name's suffix does not tell; FILE may be - then.")
@click.option("--facts", type=click.Choice(["all", "asserted", "reported"]), default="all", show_default=True)
@_command
def export(target: str, folder: str, form: str | None, facts: Any) -> int:
    """Export the graph: .ttl .trig .nq .nt .jsonld .rdf .graphml .json .csv. Example: kg export graph.ttl"""
    with _open(folder) as graph:
        graph.write(sys.stdout.buffer if target == "-" else target, format=form, facts=facts)
    return FINE


# ---- one article as data ----------------------------------------------------------------------------------------


@cli.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(["jsonl", "triples"]), default="jsonl", show_default=True)
@click.option("--tokenized", is_flag=True, help="INPUT holds one sentence per line, its tokens parted by blanks.")
@_model_option
@_command
def extract(inputs: tuple[str, ...], form: str, tokenized: bool, model: str | None) -> int:
    """Write the record of each article, one JSON object per line. Example: kg extract articles/ > records.jsonl"""
    from kg import build

    if tokenized != (form == "triples"):
        raise UsageError("--tokenized and --format triples go together: kg extract --tokenized --format triples FILE")
    if tokenized:
        for line in build.tokenized_triples(inputs, model=model):
            click.echo(line)
        return FINE
    findings: list[Finding] = []
    for record in build.records(inputs, model=model, on_error=lambda finding: _warn(finding, findings)):
        _print_json(record, indent=None)
    return SOME_FAILED if findings else FINE


@cli.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--html", metavar="FILE", help="Write a page instead.")
@_model_option
@_command
def annotate(inputs: tuple[str, ...], html: str | None, model: str | None) -> int:
    """Draw articles with names, times, amounts and statements marked. Example: kg annotate article.txt"""
    from kg import annotation, build

    findings: list[Finding] = []
    found = list(build.read_records(inputs, model=model, on_error=lambda finding: _warn(finding, findings)))
    if html:
        Path(html).write_text(annotation.page(found), encoding="utf-8")
        click.echo(html)
    else:
        for extraction in found:
            _draw(extraction)
    return SOME_FAILED if findings else FINE


def _draw(extraction: Any) -> None:
    """One article in the terminal: marked text, then its triples."""
    from rich.text import Text

    from kg import annotation

    console, article = _console(), extraction.article
    console.print(Text(_safe(article.title or article.id), style="bold"))
    drawn = Text()
    for piece in annotation.pieces(extraction):
        drawn.append(_safe(piece.text), style=" ".join(annotation.STYLES[kind] for kind in piece.kinds))
    console.print(drawn)
    for line in annotation.lines(extraction):
        console.print(Text(f"  {_safe(line)}", style="dim"))
    console.print()


@cli.command()
@click.option("--output", "-o", default="demo", show_default=True, metavar="DIR", help="Where to write.")
@_command
def demo(output: str) -> int:
    """Read the shipped sample articles, print what was found, write DIR/graph.ttl and DIR/graph.html."""
    from importlib import resources

    from kg.graph import KnowledgeGraph

    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    with KnowledgeGraph() as graph, resources.as_file(resources.files("kg") / "samples") as samples:
        with _progress() as advance:
            report = graph.add(samples, progress=advance, on_error=_warn)
        graph.write(folder / "graph.ttl")
        graph.view(folder / "graph.html", title="Sample articles")
        click.echo(f"{_holds(graph.store.counts())}\n")
        for question in ("acquisitions", "jobs", "figures"):
            click.echo(f"$ kg ask {question}")
            _table(graph.ask(question))
            click.echo()
    click.echo(f"{folder / 'graph.ttl'}\n{folder / 'graph.html'}")
    return SOME_FAILED if report.failed else FINE


# ---- inside -----------------------------------------------------------------------------------------------------


def _open(folder: str, *, write: bool = False) -> KnowledgeGraph:
    from kg.graph import KnowledgeGraph

    if not Path(folder).exists():
        raise UsageError(f"there is no graph in {folder}; make one with: kg build ARTICLES --graph {folder}")
    return KnowledgeGraph(folder, read_only=not write)


def _warn(finding: Finding, kept: list[Finding] | None = None) -> None:
    click.echo(f"kg: {_safe(finding.source)}: {_safe(finding.message)}", err=True)
    if kept is not None:
        kept.append(finding)


@contextmanager
def _progress() -> Iterator[Callable[..., None] | None]:
    """A counter on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} articles"), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda article, what: bar.update(task, advance=1, description=f"{what} {article.id}")


def _console() -> Console:
    from rich.console import Console

    width = None if sys.stdout.isatty() else 160
    return Console(highlight=False, markup=False, emoji=False, width=width)


def _print_json(data: Any, *, indent: int | None = 2) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, sort_keys=True, indent=indent))


def _fields(record: Any) -> dict[str, Any]:
    from dataclasses import fields

    from kg.records import as_data

    return {f.name: as_data(getattr(record, f.name)) for f in fields(record)}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    for prefix, iri in _prefixes().items():
        if text.startswith(iri) and text != iri:
            return f"{prefix}:{text[len(iri) :]}"
    return text


def _prefixes() -> dict[str, str]:
    from kg.names import PREFIXES

    return PREFIXES


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | bool | str) or value is None else str(value)


def _safe(text: str) -> str:
    """Text without characters that steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


def _count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    >>> _count(1, "entity", "entities"), _count(2, "entity", "entities"), _count(1200, "claim")
    ('1 entity', '2 entities', '1,200 claims')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def main() -> None:
    """Entry point of the console command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, IO) or hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    cli()


__all__ = ["cli", "main"]
