"""Files, folders, patterns and standard input -> Article, one at a time; what cannot be read is reported.

The form of a file is told by its suffix and its content: plain text and Markdown (``text``), CSV and TSV (``table``),
JSON and JSON Lines (``objects``), HTML (``html``), RSS and Atom (``feed``), WARC (``crawl``), Parquet (``columnar``);
any of them may be compressed or lie in archives (``packed``). Nothing is guessed from the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import InputError
from kg.read.extent import Extent
from kg.read.fields import ARTICLE_LIMIT, COLUMNS, OnError
from kg.read.inputs import sources
from kg.read.packed import unpacked
from kg.read.sniff import Form, form
from kg.read.stream import LINE_LIMIT, Source, Text
from kg.records import Article, Finding

__all__ = ["ARTICLE_LIMIT", "COLUMNS", "LINE_LIMIT", "Extent", "articles"]


def articles(
    paths: Iterable[str | Path] | str | Path, *, on_error: Callable[[Finding], None], private: bool = False,
    extent: Extent | None = None,
) -> Iterator[Article]:  # fmt: skip
    """The articles in files, folders, patterns, addresses and ``-`` (standard input), in the order given, streamed.

    Addresses of the web are fetched, those of private networks only where ``private`` allows it.

    ``on_error`` gets a Finding for each input, row or value that cannot be used (source ``file`` or ``file:line``),
    and for what was repaired (encoding) or left out (a date or URL that is none); no bad input raises.
    Memory is bounded by LINE_LIMIT and ARTICLE_LIMIT, not by the size of the files. ``extent`` follows how far it is.
    """
    found = sources([paths] if isinstance(paths, str | Path) else paths, on_error=on_error, private=private)
    for packed in extent.followed(found) if extent is not None else found:
        for source in _unpacked(packed, on_error):
            with _reported(source, on_error):
                yield from _read(source, on_error)


def _unpacked(packed: Source, on_error: OnError) -> Iterator[Source]:
    with _reported(packed, on_error):
        yield from unpacked(packed, on_error=on_error)


@contextmanager
def _reported(source: Source, on_error: OnError) -> Iterator[None]:
    """What goes wrong with one source is told, and ends with it."""
    try:
        yield
    except InputError as error:
        on_error(Finding(error.source, error.message))
    except OSError as error:
        on_error(Finding(source.name, f"reading broke off ({error.strerror or error})"))


def _read(source: Source, on_error: Callable[[Finding], None]) -> Iterator[Article]:
    """The articles of one source. Raises InputError or OSError."""
    kind = form(source)
    if kind in ("html", "feed", "crawl", "parquet"):
        yield from _reader(kind)(source, on_error=on_error)
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


def _reader(kind: Form) -> Callable[..., Iterator[Article]]:
    """What reads a form that is no plain text."""
    if kind == "html":
        from kg.read.html import read_page

        return read_page
    if kind == "feed":
        from kg.read.feed import read_feed

        return read_feed
    if kind == "crawl":
        from kg.read.crawl import read_crawl

        return read_crawl
    from kg.read.columnar import read_rows

    return read_rows
