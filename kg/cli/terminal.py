"""What goes to the terminal: numbers with nouns, tables, JSON, progress; text of articles made harmless."""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from kg.names import prefixes
from kg.records import Finding, as_data

if TYPE_CHECKING:
    from rich.console import Console

    from kg.records import Answer
    from kg.store import Counts


def safe(text: str) -> str:
    r"""Text without characters that steer a terminal or turn its direction; blanks of any kind become blanks.

    >>> safe("a\x1b[2Jb"), safe("a\tb\u00a0c"), safe("left\u202eright")
    ('a\ufffd[2Jb', 'a b c', 'left\ufffdright')
    """
    return "".join(c if c.isprintable() or c == "\n" else _instead(c) for c in text)


def _instead(char: str) -> str:
    return " " if char == "\t" or unicodedata.category(char) == "Zs" else "\ufffd"


def write(text: str, *, end: str = "\n") -> None:
    """Data on standard output: as it is for files and programs, made harmless for a terminal."""
    click.echo(safe(text) if sys.stdout.isatty() else text, nl=bool(end))


def write_json(data: Any, *, indent: int | None = 2) -> None:
    """JSON in which every character that could steer a terminal is escaped, wherever it goes."""
    import json

    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=indent)
    click.echo("".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text))


def as_fields(record: Any) -> dict[str, Any]:
    """A record as JSON-ready data by the names of its fields."""
    return {f.name: as_data(getattr(record, f.name)) for f in fields(record)}


def console() -> Console:
    """Where tables and coloured text go; wide where no terminal sets a width."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 160
    return Console(highlight=False, markup=False, emoji=False, width=width)


def table(answer: Answer) -> None:
    """An answer as a table; the number of its rows goes to standard error."""
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for column in answer.columns:
        drawn.add_column(column.removesuffix("Label"), overflow="fold")
    for row in answer.rows:
        drawn.add_row(*(Text(safe(cell(value))) for value in row))
    console().print(drawn)
    click.echo(count(len(answer.rows), "row"), err=True)


def cell(value: Any) -> str:
    """A value for people: IRIs of known vocabularies with their prefix.

    >>> cell("https://schema.org/Person"), cell(None), cell(3)
    ('schema:Person', '', '3')
    """
    text = "" if value is None else str(value)
    for prefix, iri in prefixes().items():
        if text.startswith(iri) and text != iri:
            return f"{prefix}:{text[len(iri) :]}"
    return text


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    >>> count(1, "entity", "entities"), count(2, "entity", "entities"), count(1200, "claim")
    ('1 entity', '2 entities', '1,200 claims')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def holds(counts: Counts) -> str:
    """What a graph holds, in words."""
    return ", ".join([
        count(counts.articles, "article"), count(counts.entities, "entity", "entities"),
        count(counts.claims, "claim"), count(counts.statements, "statement"), count(counts.events, "event"),
        f"{count(counts.asserted + counts.reported, 'fact')} ({counts.reported:,} only reported)",
    ])  # fmt: skip


def warn(finding: Finding, kept: list[Finding] | None = None) -> None:
    """Tell of input that could not be used, and keep the finding."""
    click.echo(f"kg: {safe(finding.source)}: {safe(finding.message)}", err=True)
    if kept is not None:
        kept.append(finding)
