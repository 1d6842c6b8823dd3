"""Named fields of a row, an object or a page -> Article; the one place where an article is put together."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping

from kg.errors import InputError
from kg.read.clean import day, host, one_line, plain, web_address
from kg.records import Article, Finding

OnError = Callable[[Finding], None]

ARTICLE_LIMIT = 2_000_000
"""The longest text that is taken for one article, in characters; longer ones are reported and left out."""

COLUMNS = {
    "text": ("text", "body", "content", "articlebody", "articletext", "fulltext", "maintext", "contenttext", "article"),
    "title": ("title", "headline", "heading"),
    "date": (
        "date", "published", "publishedat", "datepublished", "publicationdate", "publisheddate", "publishdate",
        "pubdate", "pubtime", "publishedon", "publishedtime", "datetime", "timestamp",
    ),
    "publisher": ("publisher", "publication", "outlet", "newspaper", "sitename", "source", "sourcename", "site"),
    "url": ("url", "link", "weburl", "articleurl", "permalink", "canonicalurl", "href"),
}  # fmt: skip
"""Each field with the names it may have, best first; case, blanks, ``_`` and ``-`` do not matter."""


def columns(names: Iterable[str]) -> dict[str, str]:
    """Which of the names stands for which field.

    >>> columns(["Headline", "published_at", "Body", "author"])
    {'text': 'Body', 'title': 'Headline', 'date': 'published_at'}
    """
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(re.sub(r"[\W_]+", "", name).lower(), name)
    found = ((field, next((known[form] for form in forms if form in known), None)) for field, forms in COLUMNS.items())
    return {field: name for field, name in found if name is not None}


def missing_text(source: str, names: Iterable[str]) -> InputError:
    """The error for a table or object in which no field holds the text."""
    found = ", ".join(one_line(name) or "(blank)" for name in list(names)[:20]) or "none"
    return InputError(source, f"no field holds the text; found: {found[:300]}; wanted: {', '.join(COLUMNS['text'])}")


def article(values: Mapping[str, str], *, source: str, on_error: OnError) -> Article:
    """The article that the values of ``text``, ``title``, ``date``, ``publisher`` and ``url`` make up.

    A date or URL that cannot be used is reported and left out. Raises InputError where there is no text or too
    much of it.
    """
    title, url = one_line(values.get("title")), web_address(values.get("url"))
    date = day(values.get("date", ""))
    if date is None and one_line(values.get("date")):
        on_error(Finding(source, f"date {_shown(values['date'])} is not understood and left out; write YYYY-MM-DD"))
    if url is None and one_line(values.get("url")):
        on_error(Finding(source, f"url {_shown(values['url'])} is no web address and left out; http(s)://… is wanted"))
    text = _unrepeated(plain(values.get("text", "")), title, date)
    _check(text, source)
    publisher = one_line(values.get("publisher")) or host(url)
    return Article.of(text, title=title, date=date, publisher=publisher, url=url, source=source)


def _check(text: str, source: str) -> None:
    if not any(character.isalnum() for character in text):
        raise InputError(source, "there is no text; left out")
    if len(text) > ARTICLE_LIMIT:
        raise InputError(source, f"{len(text):,} characters, more than {ARTICLE_LIMIT:,}, are no article; split it up")


def _unrepeated(text: str, title: str | None, date: datetime.date | None) -> str:
    """The text without first lines that only say again what title and date say."""
    for _ in range(2):
        first, _, rest = text.partition("\n")
        line = one_line(first[:1000])
        if line is None or not rest.strip():
            break
        same_title = title is not None and line.lstrip("# ").casefold() == title.casefold()
        if not same_title and not (date is not None and day(line) == date):
            break
        text = rest.strip()
    return text


def _shown(value: str) -> str:
    """A value in quotation marks, short and on one line, for messages."""
    line = one_line(value) or ""
    return f"'{line[:60]}…'" if len(line) > 60 else f"'{line}'"
