"""The commands about who is who: merges, merge, split."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import FINE, graph_option, json_option, opened, reports
from kg.cli.terminal import as_fields, count, safe, write, write_json
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.resolve.merges import Joined

_SHOWN = 3
"""How many articles of a name are listed where all names are."""


@click.command()
@click.argument("name", required=False)
@click.option("--events", is_flag=True, help="The events that several articles tell of, instead of things.")
@graph_option
@json_option
@reports
def merges(name: str | None, events: bool, folder: str, as_json: bool) -> int:
    """Show which names were taken for one thing, why, and how sure that is; the least sure first.

    With a NAME (or the end of an IRI): all articles, and all words in them, that were taken for it.

    \b
    kg merges
    kg merges "Quillmark"
    kg merges --events
    """
    with opened(folder) as graph:
        witnessed = graph.witnessed(name) if events or name else []
        found = [] if events or witnessed else graph.merges(name)
        _tell_unread(graph)
    if as_json:
        write_json([as_fields(one) for one in (*found, *witnessed)])
        return FINE
    for event in witnessed:
        write("\n".join([f"event:{event.key}", *(f"  {a}  {why}  {score:.2f}" for a, why, score in event.told)]))
    for one in found:
        write("\n".join(_lines(one, whole=name is not None)))
    if events:
        click.echo(count(len(witnessed), "event") + " that several articles tell of", err=True)
    elif name is None:
        click.echo(count(len(found), "thing with several names", "things with several names"), err=True)
    return FINE


def _lines(one: Joined, *, whole: bool) -> list[str]:
    lines = [f"{one.name}  {one.kind}  entity:{one.key}"]
    for part in one.parts:
        named = part.articles if whole else part.articles[:_SHOWN]
        more = "" if len(named) == len(part.articles) else f" and {len(part.articles) - len(named)} more"
        lines.append(f"  {part.name}  ({part.node})  {part.reason}  {part.score:.2f}")
        lines.append(f"    {count(len(part.articles), 'article')}: {', '.join(named)}{more}")
    for told in one.told:
        lines.append(f"  {told.article}#char={told.start},{told.end}  {told.words}  {told.reason}  {told.score:.2f}")
    return lines


def _tell_unread(graph: KnowledgeGraph) -> None:
    """Say where the file of decisions has changed since the graph was last written."""
    from kg.resolve import review

    if graph.decisions is not None and review.read(graph.decisions) != graph.identity.review:
        click.echo(f"kg: {safe(str(graph.decisions))} has changed since; kg merge without names follows it", err=True)


@click.command()
@click.argument("names", nargs=-1, metavar="NAME...")
@graph_option
@reports
def merge(names: tuple[str, ...], folder: str) -> int:
    """Decide that names (or the ends of IRIs) are of one thing. Without any: follow the file of decisions.

    The decision is kept as a line of a file beside the graph (news.decisions.txt), which a person can read, change and
    keep under version control; every later build respects it.

    \b
    kg merge Quillmark "Quillmark Robotics"
    """
    with opened(folder, write=True) as graph:
        changed = graph.merge(*names) if names else graph.decide()
        _tell(graph, changed, kept=bool(names))
    return FINE


@click.command()
@click.argument("name")
@click.argument("other", required=False)
@click.option(
    "--at", multiple=True, metavar="ARTICLE",
    help="The name means something else in this article; or ARTICLE#char=FROM,TO: these words do not mean it.",
)  # fmt: skip
@graph_option
@reports
def split(name: str, other: str | None, at: tuple[str, ...], folder: str) -> int:
    """Decide that a NAME is not one thing with an OTHER, or (without OTHER) with any other name.

    \b
    kg split Quillmark "Quillmark Robotics"
    kg split "Ann Lee" --at 2024-05-14-913ba5e4f5f6
    kg split acquisition-ostrander-freight-quillmark-robotics --at 2024-05-14-913ba5e4f5f6
    """
    if other is not None and at:
        raise UsageError("a split is from another name or in some articles; give one or the other")
    with opened(folder, write=True) as graph:
        changed = graph.split(name, other, at=at)
        _tell(graph, changed, kept=True)
    return FINE


def _tell(graph: KnowledgeGraph, changed: int, *, kept: bool) -> None:
    where = f"kept in {safe(str(graph.decisions))}; " if kept else ""
    click.echo(f"{where}{count(changed, 'article')} written anew.")
