"""The command that tells how good the extraction is, on public data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import FINE, json_option, model_option, reports
from kg.cli.terminal import as_fields, console, write_json
from kg.errors import UsageError
from kg.score import OWN, PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.score import Row


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(PARTS), metavar="[PART]...")
@click.option("--data", type=click.Path(path_type=Path), help="The folder of public data sets; else $KG_DATA.")
@click.option("--share", type=click.FloatRange(0, 1), default=1.0, show_default=True, help="Part of each set.")
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Windows read at once.")
@model_option
@json_option
@reports
def score(
    parts: tuple[str, ...], data: Path | None, share: float, threads: int, model: str | None, as_json: bool
) -> int:
    """How good is it? Figures on public data.

    PARTS are language, triples, dates, stance, events, relations, coreference and statements; all of them if none is
    given.

    Example: kg score language --data ~/data
    """
    from kg.score import scorecard

    folder = data or (Path(os.environ["KG_DATA"]) if os.environ.get("KG_DATA") else None)
    if folder is None and parts and not set(parts) - OWN:
        pass  # their data is shipped
    elif folder is None or not folder.is_dir():
        raise UsageError(
            f"there is no folder of public data{f' {folder}' if folder else ''}; give one with --data DIR or KG_DATA "
            "(the model card lists the sets, with links)"
        )
    found = scorecard(folder, parts or PARTS, model=model, share=share, threads=threads)
    if as_json:
        write_json([as_fields(row) | {"met": row.met} for row in found])
    else:
        _print(found)
    return FINE


def _print(rows: Iterable[Row]) -> None:
    """A line for each figure, as soon as it is known."""
    out = console()
    for row in rows:
        judged = "" if row.target is None else f"  target {row.target:.1f} {'reached' if row.met else 'missed'}"
        out.print(f"{row.data:40} {row.measure:24} {row.value:6.1f}{judged}")
