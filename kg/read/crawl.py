"""WARC, as crawlers of the web write it -> Article, one a page that is an article, through warcio."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.read.fields import OnError
from kg.read.html import PAGE_LIMIT, read_page
from kg.read.stream import Source, shown
from kg.records import Article, Finding


def read_crawl(source: Source, *, on_error: OnError) -> Iterator[Article]:
    """The articles among the HTML pages of a crawl, each with the address that it was fetched from.

    Pages that are no articles (front pages, lists of links) are passed over, as is all that is no page; findings are
    given for pages that cannot be parsed, and where the archive breaks off.
    """
    for record in _records(source):
        address = _address(record)
        if address is not None:
            yield from _article(record, address, source.name, on_error)


def _records(source: Source) -> Iterator[Any]:
    """The records of the archive. Raises InputError where it is broken."""
    from warcio.archiveiterator import ArchiveIterator

    source.file.seek(0)
    try:
        yield from ArchiveIterator(source.file)
    except InputError:
        raise
    except Exception as error:  # a parser of what anybody may have written: whatever it raises is about this archive
        why = shown(str(error).strip() or type(error).__name__)
        raise InputError(source.name, f"the archive is broken ({why}); what follows was not read") from None


def _address(record: Any) -> str | None:
    """The address of a page that was fetched; None for all else in a crawl: requests, pictures, errors."""
    if record.rec_type not in ("response", "resource"):
        return None
    told = record.http_headers or record.rec_headers
    kind = (told.get_header("Content-Type") or "").split(";")[0].strip().lower()
    fine = record.http_headers is None or record.http_headers.get_statuscode() == "200"
    page = kind in ("text/html", "application/xhtml+xml") and fine
    return record.rec_headers.get_header("WARC-Target-URI") if page else None


def _article(record: Any, address: str, archive: str, on_error: OnError) -> Iterator[Article]:
    name = f"{archive}/{shown(address)}"
    body = io.BytesIO(record.content_stream().read(PAGE_LIMIT + 1))
    try:
        yield from read_page(Source(name, ".html", body, address), on_error=on_error, crawled=True)
    except InputError as error:
        on_error(Finding(error.source, error.message))
