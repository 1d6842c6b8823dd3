"""The command that serves the graph."""

from __future__ import annotations

import os

import click

from kg.cli.options import FINE, graph_option, reports
from kg.cli.terminal import safe
from kg.errors import UsageError


@click.command()
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Whom to answer; 0.0.0.0 is everybody.")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="0 takes any free one.")
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=30.0, show_default=True, metavar="SECONDS",
              help="What one query may take.")  # fmt: skip
@click.option("--memory", type=click.IntRange(128), default=1024, show_default=True, metavar="MIB",
              help="What one query may use.")  # fmt: skip
@click.option("--rows", type=click.IntRange(1), default=10_000, show_default=True, help="What one answer may have.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Queries answered at once.")
@click.option("--open", "show_it", is_flag=True, help="Open it in the browser.")
@reports
def serve(
    folder: str, host: str, port: int, timeout: float, memory: int, rows: int, workers: int, show_it: bool
) -> int:
    """Serve the graph on this machine, for reading only. Example: kg serve --graph news.kg --open

    \b
    /             the picture of the graph
    /sparql       SPARQL 1.1 (GET and POST), and a page to write queries in
    /entity/KEY   what is known of a node: HTML, Turtle, JSON-LD ..., as the client asks; also /event/, /claim/ ...
    /article/ID   an article with its claims marked
    /search?q=    names        /articles   all articles

    A build may write meanwhile; its result is served once it is done. For any --host but this machine's own a token is
    needed, as Bearer or as password: that in the variable KG_TOKEN, or one that is made up and shown. Put a proxy that
    speaks HTTPS before it.
    """
    from kg import serve as server

    if not os.path.exists(folder):  # noqa: PTH110
        raise UsageError(f"there is no graph in {folder}; make one with: kg build ARTICLES --graph {folder}")

    def started(address: str, token: str | None) -> None:
        click.echo(f"kg: serving {safe(folder)} at {address} for reading; Ctrl-C ends it", err=True)
        if token is not None and "KG_TOKEN" not in os.environ:
            click.echo(f"kg: the token is {token}", err=True)
        if show_it:
            click.launch(address)

    limits = server.Limits(seconds=timeout, memory=memory, rows=rows, workers=workers)
    server.serve(folder, host=host, port=port, token=os.environ.get("KG_TOKEN"), limits=limits, on_start=started)
    return FINE
