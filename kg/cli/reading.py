"""The commands about one article at a time: extract, annotate."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from kg.cli.options import (
    FINE, SOME_FAILED, gazetteer_option, model_option, ontology_option, private_option, ranker_option,
    reports,
)  # fmt: skip
from kg.cli.terminal import console, safe, warn, write, write_json
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.records import Extraction, Finding


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(["jsonl", "triples"]), default="jsonl", show_default=True)
@click.option("--tokenized", is_flag=True, help="INPUT holds one sentence per line, its tokens parted by blanks.")
@model_option
@ontology_option
@gazetteer_option
@ranker_option
@private_option
@reports
def extract(
    inputs: tuple[str, ...], form: str, tokenized: bool, model: str | None, ontology: tuple[str, ...],
    gazetteer: tuple[str, ...], ranker: bool, private: bool,
) -> int:  # fmt: skip
    """Write the record of each article, one JSON object per line. Example: kg extract articles/ > records.jsonl"""
    from kg import build

    if tokenized != (form == "triples"):
        raise UsageError("--tokenized and --format triples go together: kg extract --tokenized --format triples FILE")
    if tokenized and (ontology or gazetteer):
        what = "events, so that --ontology" if ontology else "entities, so that --gazetteer"
        raise UsageError(f"--format triples reads no {what} has no use there; leave it out")
    if tokenized:
        for line in build.tokenized_triples(inputs, model=model):
            write(line)
        return FINE
    findings: list[Finding] = []
    on_error, own = partial(warn, kept=findings), (*ontology, *gazetteer)
    for record in build.records(
        inputs, model=model, ontology=own, ranker=ranker, private=private, on_error=on_error
    ):  # fmt: skip
        write_json(record, indent=None)
    return SOME_FAILED if findings else FINE


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--html", metavar="FILE", help="Write a page instead.")
@model_option
@ontology_option
@gazetteer_option
@ranker_option
@private_option
@reports
def annotate(
    inputs: tuple[str, ...], html: str | None, model: str | None, ontology: tuple[str, ...],
    gazetteer: tuple[str, ...], ranker: bool, private: bool,
) -> int:  # fmt: skip
    """Draw articles with names, times, amounts and statements marked. Example: kg annotate article.txt"""
    from kg import annotation, build

    findings: list[Finding] = []
    on_error, own = partial(warn, kept=findings), (*ontology, *gazetteer)
    found = build.read_records(
        inputs, model=model, ontology=own, ranker=ranker, private=private, on_error=on_error
    )  # fmt: skip
    if html:
        annotation.write(found, html)
        click.echo(safe(html))
    else:
        for extraction in found:
            _draw(extraction)
    return SOME_FAILED if findings else FINE


def _draw(extraction: Extraction) -> None:
    """One article in the terminal: marked text, then its triples."""
    from rich.text import Text

    from kg import annotation

    out, article = console(), extraction.article
    out.print(Text(safe(article.title or article.id), style="bold"))
    drawn = Text()
    for piece in annotation.pieces(extraction):
        drawn.append(safe(piece.text), style=" ".join(annotation.STYLES[kind] for kind in piece.kinds))
    out.print(drawn)
    for line in annotation.lines(extraction):
        out.print(Text(f"  {safe(line)}", style="dim"))
    out.print()
