"""What the commands share: exit statuses, options, opening a graph, and errors turned into one line."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.terminal import safe
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

DEFAULT_GRAPH = "news.kg"
FINE, SOME_FAILED, WRONG_USE = 0, 1, 2
Command = Callable[..., Any]
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

graph_option = click.option(
    "--graph", "-g", "folder", default=DEFAULT_GRAPH, show_default=True, metavar="DIR", help="Where the graph lives."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
model_option = click.option(
    "--model", metavar="MODEL",
    help="Another language pipeline: the folder of a model of ours, or a spaCy pipeline trained on Universal "
    "Dependencies, by name or path.",
)

ontology_option = click.option(
    "--ontology", multiple=True, metavar="FILE",
    help="Turtle with frames of your own, or a folder of it (may be repeated; kg ontology check FILE tells of faults).",
)
gazetteer_option = click.option(
    "--gazetteer", multiple=True, metavar="FILE",
    help="Turtle with names of your own (skos:prefLabel, skos:altLabel, owl:sameAs), or a folder of it (may be "
    "repeated).",
)
ranker_option = click.option(
    "--ranker/--no-ranker", default=True, show_default=True,
    help="Judge relations, and add some that no frame reads, by what was learned from open data.",
)
private_option = click.option(
    "--private", is_flag=True, help="Fetch addresses of private networks, too: this machine, an intranet.",
)
facts_option = click.option(
    "--facts", type=click.Choice(["all", "asserted", "reported"]), default="all", show_default=True,
    help="Only what articles themselves assert, or only what rests on what somebody said.",
)


def reports(function: Command) -> Command:
    """Makes a function that returns an exit status a command; our errors become one line on standard error."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            status = function(*args, **kwargs)
            sys.stdout.flush()
        except KgError as error:
            click.echo(f"kg: {safe(str(error))}", err=True)
            sys.exit(WRONG_USE)
        except BrokenPipeError:  # the reader, such as `head`, has seen enough
            _no_more_output()
            sys.exit(FINE)
        except OSError as error:
            if error.errno not in _NO_ROOM or error.filename is not None:
                raise
            _no_more_output()
            message = f"the output cannot be written ({error.strerror}); make room, or send it elsewhere"
            click.echo(f"kg: {message}", err=True)
            sys.exit(WRONG_USE)
        sys.exit(status)

    return run


def _no_more_output() -> None:
    """Let what is still to be written out vanish, so that nothing fails again at the end of the program."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def opened(
    folder: str, *, write: bool = False, model: str | None = None, ontology: Iterable[str] = (), ranker: bool = True
) -> KnowledgeGraph:
    """The graph that is there already; UsageError where there is none."""
    from kg.graph import KnowledgeGraph

    if not _may_exist(folder):
        raise UsageError(f"there is no graph in {folder}; make one with: kg build ARTICLES --graph {folder}")
    return KnowledgeGraph(folder, read_only=not write, model=model, ontology=ontology, ranker=ranker)


def _may_exist(folder: str) -> bool:
    """Whether something has that name; what may not even be looked for is told when it is opened."""
    try:
        return Path(folder).exists()
    except PermissionError:
        return True
    except OSError:  # no folder can be called so
        return False
