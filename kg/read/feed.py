"""RSS and Atom -> Article, one an entry, through feedparser; what an entry only links to is not fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.read.fields import OnError, article
from kg.read.stream import Source
from kg.records import Article, Finding

FEED_LIMIT = 50_000_000
"""The largest feed that is parsed, in bytes."""
_SPACE = re.compile(r"\s+")
_BLOCKS = frozenset(("p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "br", "tr", "figure", "pre"))


def read_feed(source: Source, *, on_error: OnError) -> Iterator[Article]:
    """The entries of a feed that have text; findings for the others. Raises InputError where it is no feed."""
    import feedparser

    source.file.seek(0)
    data = source.file.read(FEED_LIMIT + 1)
    if len(data) > FEED_LIMIT:
        raise InputError(source.name, f"the feed is larger than {FEED_LIMIT:,} bytes; left out")
    try:
        # Relative links are kept as they are written, and markup is taken off here, so nothing need be made safe.
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # a parser of hostile XML: whatever it raises is about this feed
        raise InputError(source.name, f"the feed cannot be parsed ({type(error).__name__}); left out") from None
    if not found.version:
        raise InputError(source.name, "this XML is no RSS or Atom feed; left out")
    if found.bozo and not found.entries:
        raise InputError(source.name, f"the feed is broken ({found.bozo_exception}); left out")
    for number, entry in enumerate(found.entries, 1):
        place = f"{source.name}:{number}"
        try:
            yield article(_fields(entry, found.feed), source=place, on_error=on_error)
        except InputError as error:
            on_error(Finding(error.source, error.message))


def _fields(entry: Any, feed: Any) -> dict[str, str]:
    """The fields of an entry: its whole text where the feed gives it, else its summary."""
    bodies = [part.get("value", "") for part in entry.get("content", ())]
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    values = {
        "text": _text(max([*bodies, entry.get("summary", "")], key=len)),
        "title": _text(entry.get("title", "")),
        "date": "-".join(f"{part:02}" for part in when[:3]) if when else entry.get("published", ""),
        "publisher": _text((entry.get("source") or feed).get("title", "")),
        "url": entry.get("link", ""),
    }
    return {name: value for name, value in values.items() if value}


def _text(html: str) -> str:
    """The words of a piece of HTML, its blocks as paragraphs.

    >>> _text("<p>The <b>harbour</b> opened.</p><p>Ships came &amp; went.</p>")
    'The harbour opened.\\n\\nShips came & went.'
    """
    if "<" not in html and "&" not in html:
        return html.strip()
    from lxml.etree import ParserError
    from lxml.html import fromstring

    try:
        tree = fromstring(f"<div>{_SPACE.sub(' ', html)}</div>")
    except (ParserError, ValueError):
        return html.strip()
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            element.text = None
        elif element.tag in _BLOCKS:
            element.tail = f"\n{element.tail or ''}"
            element.text = f"\n{element.text or ''}"
    lines = (" ".join(line.split()) for line in "".join(tree.itertext(with_tail=True)).split("\n"))
    return "\n\n".join(line for line in lines if line)
