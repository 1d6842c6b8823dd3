"""The command that writes the graph to a server elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kg.cli.options import FINE, SOME_FAILED, graph_option, json_option, opened, reports
from kg.cli.terminal import as_fields, count, safe, warn, write_json

if TYPE_CHECKING:
    from kg.push import Pushed, Step, Via


@click.command()
@graph_option
@click.option("--to", required=True, metavar="URL", help="The server's address for updates or for graphs.")
@click.option("--via", type=click.Choice(["store", "update"]), help="The Graph Store Protocol, or SPARQL Update; else "
              "the address tells.")  # fmt: skip
@click.option("--batch", type=click.IntRange(1), default=10_000, show_default=True, metavar="N",
              help="The most triples a request.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0.1, 86_400), default=120.0, show_default=True, metavar="SECONDS",
              help="How long to wait for one answer.")  # fmt: skip
@click.option("--again", is_flag=True, help="Send what has not changed, too: for a server that lost it.")
@click.option("--dry-run", is_flag=True, help="Tell what would be sent and dropped, and send nothing.")
@json_option
@reports
def push(
    folder: str, to: str, via: Via | None, batch: int, timeout: float, again: bool, dry_run: bool, as_json: bool
) -> int:  # fmt: skip
    """Write the graph to a server that speaks SPARQL 1.1 Update or the Graph Store Protocol. Examples:

    \b
    kg push --to http://localhost:7878/store                           Oxigraph
    kg push --to http://localhost:3030/DATASET/data                    Fuseki
    kg push --to http://localhost:7200/repositories/NAME/statements    GraphDB
    kg push --to http://localhost:8890/sparql-graph-crud-auth          Virtuoso
    kg push --to https://HOST:8182/sparql                              Neptune
    kg push --to http://localhost:7001 --via store                     QLever

    Each named graph is sent by itself, in batches. The next push sends only those that changed, and drops there what
    earlier ones sent and the graph has no more; other graphs of the server are left alone. A push that was stopped
    goes on with the same command.

    Who you are is told by the environment: KG_PUSH_USER and KG_PUSH_PASSWORD, or KG_PUSH_TOKEN.

    Exit status: 0 fine, 1 the server refused some graphs, 2 it refused all, cannot be reached, or wrong use.
    """
    from kg.push import credentials, in_the_clear
    from kg.push import push as send

    if in_the_clear(to, credentials()):
        click.echo("kg: the credentials travel unencrypted; use https:// where others may listen", err=True)
    with opened(folder) as graph, _told(dry_run and not as_json) as step:
        done = send(
            graph.store, to, via=via, batch=batch, timeout=timeout, again=again, dry_run=dry_run, on_step=step
        )  # fmt: skip
    for finding in done.failed:
        warn(finding)
    if as_json:
        write_json({"push": as_fields(done), "dry_run": dry_run})
    else:
        click.echo(safe(_summary(done, dry_run)))
    return SOME_FAILED if done.failed else FINE


def _summary(done: Pushed, dry: bool) -> str:
    would = "would be " if dry else ""
    notes = [f"{count(done.dropped, 'graph')} {would}dropped"] if done.dropped else []
    notes += [f"{done.unchanged:,} unchanged since the last time"] if done.unchanged else []
    notes += [f"{count(len(done.failed), 'graph')} refused, told above"] if done.failed else []
    sent = f"{count(done.sent, 'graph')} {would}sent to {done.to} ({count(done.triples, 'triple')})"
    return f"{'; '.join([sent, *notes])}."


@contextmanager
def _told(listed: bool) -> Iterator[Step | None]:
    """Each graph that would be sent or dropped as a line, or a counter on a terminal, or nothing."""
    if listed:
        yield lambda what, iri, triples: None if what == "keep" else click.echo(safe(f"{what} {iri} {triples}"))
    elif not sys.stderr.isatty():
        yield None
    else:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.completed} graphs"), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda what, iri, triples: bar.update(task, advance=1)


__all__ = ["push"]
