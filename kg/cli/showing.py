"""The commands that tell what the graph knows: show, path, timeline, info."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from kg import __version__
from kg.cli.options import FINE, graph_option, json_option, opened, reports
from kg.cli.terminal import as_fields, console, count, holds, safe, write_json
from kg.records import as_data

if TYPE_CHECKING:
    from kg.ask.info import Info, Related
    from kg.ask.paths import Path, Tie
    from kg.ask.timeline import Moment
    from kg.ask.told import Told
    from kg.show import Shown
    from kg.store import StoredArticle

_TIES = 4
"""How many relations of two neighbours are printed; ``--json`` has all."""
_ROWS = 12
"""How many classes, relations and voices are printed; ``--json`` has all."""
_ARTICLES = 50


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
@click.argument("name")
@click.argument("other")
@graph_option
@click.option("--hops", type=click.IntRange(1, 9), default=4, show_default=True, help="At most so many steps.")
@click.option(
    "--longer", type=click.IntRange(0, 4), default=1, show_default=True,
    help="Paths, too, that are so many steps longer than the shortest.",
)
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="At most so many paths.")
@json_option
@reports
def path(name: str, other: str, folder: str, hops: int, longer: int, limit: int, as_json: bool) -> int:
    """How two things are connected, with the words on each step. Example: kg path Amazon "Neil Lindsay"

    The shortest paths come first; each step is told as its articles tell it, in whichever direction.
    """
    with opened(folder) as graph:
        found = graph.path(name, other, hops=hops, longer=longer, limit=limit)
    if as_json:
        write_json(as_data(found))
        return FINE
    for each in found:
        _print_path(each)
    if not found:
        message = f"nothing connects {name!r} and {other!r} within {count(hops, 'step')}; try more with --hops"
        click.echo(f"kg: {safe(message)}", err=True)
    return FINE


def _print_path(path: Path) -> None:
    from rich.text import Text

    out = console()
    out.print(Text(safe(" — ".join(node.label for node in path.nodes)), style="bold"))
    for link in path.links:
        for tie in link.ties[:_TIES]:
            _print_tie(link.source.label, tie, link.target.label)
        if (more := len(link.ties) - _TIES) > 0:
            out.print(Text(f"  and {count(more, 'other relation')}", style="dim"))
    out.print()


def _print_tie(source: str, tie: Tie, target: str) -> None:
    from rich.text import Text

    ends = (source, target) if tie.forward else (target, source)
    times = f"  ×{tie.times:,}" if tie.times > 1 else ""
    console().print(Text(f"  {safe(ends[0])} · {safe(tie.relation.label)} · {safe(ends[1])}{times}"))
    _print_told(tie.told)


def _print_told(told: Iterable[Told], *, most: int = 3) -> None:
    """The places that bear something, one a line: article, who says so, the words, and where to ask on."""
    from rich.text import Text

    from kg.ask.claims import short

    for place in list(told)[:most]:
        source = f"{place.voices}, " if place.voices else ""
        stance = f" [{place.stance}]" if place.stance else ""
        claim = f"  {short(place.iri)}" if "/claim/" in place.iri else ""
        line = f"      {safe(source)}{place.article}: “{safe(place.words)}”{stance}{claim}"
        console().print(Text(line, style="dim"))


@click.command()
@click.argument("name")
@graph_option
@click.option("--since", default="", metavar="DATE", help="From this day, month or year on.")
@click.option("--until", default="", metavar="DATE", help="Up to this day, or to the end of this month or year.")
@json_option
@reports
def timeline(name: str, folder: str, since: str, until: str, as_json: bool) -> int:
    """What happened and was said, in the order of time. Example: kg timeline Amazon --since 2024

    A date with ~ is only the day of the article: no time was told.
    """
    with opened(folder) as graph:
        found = graph.timeline(name, since=since, until=until)
    if as_json:
        write_json(as_data(found))
        return FINE
    for moment in found:
        _print_moment(moment)
    return FINE


def _print_moment(moment: Moment) -> None:
    from rich.text import Text

    marks = ", ".join(filter(None, [moment.status if moment.status != "happened" else "", moment.stance]))
    date = f"{'~' if moment.published and moment.date else ''}{moment.date or '?'}"
    what = f"{safe(moment.what)}{f' [{safe(marks)}]' if marks else ''}"
    console().print(Text.assemble((f"{date:12}", "bold"), what))
    _print_told(moment.told, most=2)


@click.command()
@graph_option
@json_option
@reports
def info(folder: str, as_json: bool) -> int:
    """What the graph holds: classes, relations, voices, the time it spans, its articles. Example: kg info"""
    with opened(folder) as graph:
        found, articles = graph.info(), graph.store.articles()
    if as_json:
        told = as_fields(found) | {"version": __version__, "counts": as_fields(found.counts)}
        write_json(told | {"articles": [as_fields(article) for article in articles]})
        return FINE
    counts = found.counts
    click.echo(f"kg {__version__}; {safe(folder)} holds {holds(counts)}, {count(counts.quads, 'quad')} in all.")
    _print_info(found)
    _print_articles(articles)
    return FINE


def _print_info(found: Info) -> None:
    size = "" if found.bytes is None else f"{found.bytes / 1_000_000:,.1f} MB on disk. "
    spans = (("Articles", found.published), ("events", found.happened))
    told = "; ".join(f"{what} from {span.first} to {span.last}" for what, span in spans if span.first)
    click.echo(f"{size}{told}{'.' if told else ''}")
    _print_counted("Classes", [(one.name, f"{one.count:,}") for one in found.classes])
    _print_counted("Relations", [(one.name, _of_relation(one)) for one in found.relations])
    _print_counted("Publishers", [(one.name, f"{one.count:,}") for one in found.publishers])
    anonymous = f", {count(found.anonymous, 'statement')} by nobody named" if found.anonymous else ""
    voices = [(one.label, count(one.statements, "statement")) for one in found.voices]
    _print_counted(f"Voices ({found.speakers:,}{anonymous})", voices, of=found.speakers)


def _of_relation(one: Related) -> str:
    facts = one.asserted + one.reported
    reported = f", {one.reported:,} only reported" if one.reported else ""
    return f"{count(facts, 'fact')}{reported}" if facts else f"{count(one.claims, 'claim')}, no fact"


def _print_counted(title: str, rows: list[tuple[str, str]], *, of: int | None = None) -> None:
    if rows:
        more = (of or len(rows)) - min(len(rows), _ROWS)
        listed = "; ".join(f"{safe(name)}: {number}" for name, number in rows[:_ROWS])
        click.echo(f"{title}: {listed}{f'; and {more:,} more (--json)' if more else ''}")


def _print_articles(articles: list[StoredArticle]) -> None:
    for article in articles[-_ARTICLES:]:
        click.echo(f"{article.id}  {safe(article.title or '')}  {safe(', '.join(article.sources))}")
    if len(articles) > _ARTICLES:
        click.echo(f"kg: the last {_ARTICLES} of {count(len(articles), 'article')}; --json has all", err=True)
