"""Plain text and Markdown -> Article, one a file.

Three ways to give what is known of the article, all optional: ``date 2024-02-07`` at the very start, the text going
on in the same line; lines ``Title: …``, ``Date: …``, ``URL: …``, ``Publisher: …`` at the start, or between two lines
``---`` (front matter); and a first line that is a title: short, no full stop at its end, a blank line after it.
A title is taken out of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import InputError
from kg.read.clean import day, plain
from kg.read.fields import ARTICLE_LIMIT, OnError, article, columns
from kg.read.stream import Text
from kg.records import Article

_DATED = re.compile(r"date[ \t]+(\d{4}-\d\d-\d\d)(?=\s)\s*", re.ASCII | re.IGNORECASE)
_FIELD = re.compile(r"[ \t]*(date|published|title|headline|url|link|publisher|source)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_FRONT = re.compile(r"---[ \t]*\n(.{0,20000}?)\n---[ \t]*\n", re.DOTALL)
_FIRST = re.compile(r"([^\n]{1,400})\n[ \t]*\n\s*(?=\S)")
_TITLE_LENGTH = 150


def read_text(text: Text, *, markdown: bool, on_error: OnError) -> Iterator[Article]:
    """The one article of a text file. Raises InputError where there is none."""
    values, body = split(plain(_content(text)))
    values["text"] = unmarked(body) if markdown else body
    yield article(values, source=text.name, on_error=on_error)


def _content(text: Text) -> str:
    """The whole text. Raises InputError where it is longer than an article."""
    lines, size = [], 0
    for line in text:
        lines.append(line)
        size += len(line)
        if size > 2 * ARTICLE_LIMIT:
            raise InputError(text.name, f"more than {ARTICLE_LIMIT:,} characters are no article; split it up")
    return "".join(lines)


def split(text: str) -> tuple[dict[str, str], str]:
    r"""What the start of a text says of the article, and the text that follows.

    >>> split("date 2024-05-02 Prices rose.\nMore follows.")
    ({'date': '2024-05-02'}, 'Prices rose.\nMore follows.')
    >>> split("Harbour opens again\n\nThe harbour opened on Monday.")
    ({'title': 'Harbour opens again'}, 'The harbour opened on Monday.')
    """
    values, text = _heading(text)
    for _ in range(2):  # a title and a line with the date, in either order
        first = _FIRST.match(text)
        if not first:
            break
        if day(first[1]) and "date" not in values:
            values["date"] = first[1]
        elif "title" not in values and _is_title(first[1]):
            values["title"] = first[1].strip().strip("#*_ ")
        else:
            break
        text = text[first.end() :]
    return values, text


def _heading(text: str) -> tuple[dict[str, str], str]:
    """The fields that stand at the start, and the text after them."""
    if dated := _DATED.match(text):
        return {"date": dated[1]}, text[dated.end() :]
    front = _FRONT.match(text)
    lines = front[1].split("\n") if front else text.split("\n", 20)[:20]
    values, count = {}, 0
    for line in lines:
        field = _FIELD.fullmatch(line[:2000])
        if not field and not front:
            break
        count += 1
        if field:
            values[next(iter(columns([field[1]])))] = field[2].strip().strip("'\"")
    if front:
        return values, text[front.end() :].lstrip()
    return values, "\n".join(text.split("\n", count)[count:]).lstrip()


def _is_title(line: str) -> bool:
    """Whether a first line is a title: a Markdown heading, or short and without a sentence's end."""
    if re.match(r"#{1,3} +\S", line):
        return True
    bare = line.rstrip().rstrip("\"'”’)")
    return len(bare) <= _TITLE_LENGTH and bare[-1:] not in (".", ",", ";", ":", "…") and bool(re.search(r"\w", bare))


def unmarked(text: str) -> str:
    """Markdown without its marks: links as their words, no pictures, no signs of headings, stress and quotation.

    >>> unmarked("## News\\n> **Big** [deal](https://example.org) ![chart](c.png)for `Acme`")
    'News\\nBig deal for Acme'
    """
    text = re.sub(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{0,500}\)", "", text)
    text = re.sub(r"\[([^\[\]\n]{1,300})\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\)", r"\1", text)
    text = re.sub(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|(?:>[ \t]?)+|[*+-][ \t]+(?=\S))", "", text, flags=re.MULTILINE)
    return re.sub(r"(\*\*|__|\*|(?<!\w)_|`)(?=\S)([^*_`\n]{1,500}?)(?<=\S)\1(?!\w)", r"\2", text)
