"""Files, folders, patterns and standard input -> Article, one at a time; what cannot be read is reported.

The form of a file is told by its suffix and its content: plain text and Markdown (``text``), CSV and TSV (``table``),
JSON and JSON Lines (``objects``), HTML (``html``). Nothing is fetched and nothing is guessed from the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.read.fields import ARTICLE_LIMIT, COLUMNS
from kg.read.inputs import sources
from kg.read.sniff import form
from kg.read.stream import LINE_LIMIT, Source, Text
from kg.records import Article, Finding

__all__ = ["ARTICLE_LIMIT", "COLUMNS", "LINE_LIMIT", "articles"]


def articles(paths: Iterable[str | Path] | str | Path, *, on_error: Callable[[Finding], None]) -> Iterator[Article]:
    """The articles in files, folders, patterns and ``-`` (standard input), in the order given, streamed.

    ``on_error`` gets a Finding for each input, row or value that cannot be used (source ``file`` or ``file:line``),
    and for what was repaired (encoding) or left out (a date or URL that is none); no bad input raises.
    Memory is bounded by LINE_LIMIT and ARTICLE_LIMIT, not by the size of the files.
    """
    for source in sources([paths] if isinstance(paths, str | Path) else paths, on_error=on_error):
        try:
            yield from _read(source, on_error)
        except InputError as error:
            on_error(Finding(error.source, error.message))
        except OSError as error:
            on_error(Finding(source.name, f"reading broke off ({error.strerror or error})"))


def _read(source: Source, on_error: Callable[[Finding], None]) -> Iterator[Article]:
    """The articles of one source. Raises InputError or OSError."""
    kind = form(source)
    if kind == "html":
        from kg.read.html import read_page

        yield from read_page(source, on_error=on_error)
        return
    from kg.read.objects import read_objects
    from kg.read.table import read_table
    from kg.read.text import read_text

    text = Text(source, on_error=on_error)
    try:
        if kind == "table":
            yield from read_table(text, on_error=on_error)
        elif kind == "json":
            yield from read_objects(source, text, on_error=on_error)
        else:
            yield from read_text(text, markdown=source.suffix in (".md", ".markdown"), on_error=on_error)
    finally:
        text.close()
