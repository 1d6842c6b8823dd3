"""The commands that change a graph: build, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import (
    FINE, SOME_FAILED, gazetteer_option, graph_option, json_option, model_option, ontology_option, opened,
    private_option, ranker_option, reports,
)  # fmt: skip
from kg.cli.progress import logged, progress
from kg.cli.terminal import as_fields, count, holds, safe, write_json
from kg.errors import KgError
from kg.records import Report, as_data

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@graph_option
@model_option
@ontology_option
@gazetteer_option
@ranker_option
@click.option("--base", metavar="IRI", help="The beginning of the IRIs of a new graph's nodes.")
@click.option("--again", is_flag=True, help="Read known articles once more, as after a new model.")
@private_option
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
    help="Read articles in so many processes of this machine (pip install 'newskg[cluster]').",
)
@click.option(
    "--cluster", metavar="ADDRESS",
    help="Read articles on a Dask cluster: tcp://HOST:8786, or dask for the one that Dask's configuration names.",
)
@click.option("--log-json", metavar="FILE", help="Write a line of JSON for each article and each problem.")
@json_option
@reports
def build(
    inputs: tuple[str, ...], folder: str, model: str | None, ontology: tuple[str, ...], gazetteer: tuple[str, ...],
    ranker: bool, base: str | None, again: bool, private: bool, workers: int, cluster: str | None,
    log_json: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Read articles into the graph: text, HTML, CSV, JSON Lines, Parquet, RSS, Atom, WARC, compressed or in archives.

    INPUT is a file, a folder, a pattern, an address (https://..., s3://...) or - for standard input.

    Articles that the graph has already are skipped, but with --ontology or --gazetteer those are read once more that
    were read without these files, or with an older state of them, where what differs may tell something. A build that
    was stopped goes on where it was when the same command is given again. Example: kg build articles/ more/*.csv
    """
    from kg.graph import KnowledgeGraph
    from kg.mapping import for_many_articles

    for_many_articles()
    with KnowledgeGraph(
        folder, base=base, ontology=ontology, gazetteer=gazetteer, model=model, ranker=ranker
    ) as graph:  # fmt: skip
        with progress() as shown, logged(log_json, shown) as told:
            report = graph.add(
                inputs, again=again, private=private, workers=workers, cluster=cluster, log=told.article,
                on_error=told.finding,
            )  # fmt: skip
        counts = graph.store.counts()
        _tell_frames(graph, folder)
    if as_json:
        write_json({"report": as_data(report), "graph": as_fields(counts)})
    else:
        click.echo(f"{_summary(report)}{_reread(report)}\n{safe(folder)} holds {holds(counts)}.")
    return SOME_FAILED if report.failed else FINE


def _tell_frames(graph: KnowledgeGraph, folder: str) -> None:
    """Say where the graph holds articles that were read with other frames of the user's own than this run's."""
    own = graph.ontology.added
    for key, number in sorted(graph.store.frames().items()):
        if key == own:
            continue
        frames = f"the frames of {key}" if key else "frames of your own"
        if own:
            way = "give such articles to this command, too, to read them with the frames of this run"
        else:
            way = "what these told stays; give --ontology for new articles, too, or --again to read without them"
        were = "was" if number == 1 else "were"
        what = f"{count(number, 'article')} in {folder} {were} read {'with' if key else 'without'} {frames}"
        click.echo(f"kg: {safe(what)}: {way}", err=True)


def _summary(report: Report) -> str:
    notes = [f"{report.replaced} of them replaced an older state"] if report.replaced else []
    notes += [f"{report.skipped} known already"] if report.skipped else []
    notes += [f"{count(len(report.failed), 'problem')} with input, told above"] if report.failed else []
    return f"{count(report.articles, 'article')} read{' (' + ', '.join(notes) + ')' if notes else ''}."


def _reread(report: Report) -> str:
    """What became of known articles where frames of the user's own have changed."""
    if not report.reread and not report.spared:
        return ""
    again = f"{count(report.reread, 'known article')} {'was' if report.reread == 1 else 'were'} read again"
    hold = "holds no word of the change and stays" if report.spared == 1 else "hold no word of the change and stay"
    spared = f"; {count(report.spared, 'article')} {hold} as read" if report.spared else ""
    return f"\nFiles of your own changed: {again}{spared}."


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@graph_option
@reports
def remove(articles: tuple[str, ...], folder: str) -> int:
    """Retract articles, given by id, URL or file: exactly their own claims go. Example: kg remove articles/a.txt"""
    failed = 0
    with opened(folder, write=True) as graph:
        for article in articles:
            try:
                found = graph.store.find_article(article).id
            except KgError as error:
                failed += 1
                click.echo(f"kg: {safe(str(error))}", err=True)
            else:
                click.echo(f"removed {graph.remove(found)}")
    return SOME_FAILED if failed else FINE
