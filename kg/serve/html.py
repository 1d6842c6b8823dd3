"""Pieces of pages: the frame around each, links within the graph, words of articles made harmless."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlsplit

from kg import plain


def text(words: object, *, limit: int = 4000) -> str:
    r"""Words as HTML: escaped, without characters that steer or turn the line, at most ``limit`` of them.

    >>> text("<b>\x1b[31m\u202e & 'x'"), text("abc", limit=2)
    ('&lt;b&gt;[31m &amp; &#x27;x&#x27;', 'a…')
    """
    return plain.html(words, limit=limit)


def link(words: object, iri: str | None, base: str, *, limit: int = 300) -> str:
    """Words that lead to a node: to its page here where it is of this graph, else to the web, else nowhere.

    >>> link("A", "https://x.example/entity/a", "https://x.example/")
    '<a href="/entity/a"><bdi>A</bdi></a>'
    >>> link("B", "javascript:alert(1)", "https://x.example/")
    '<bdi>B</bdi>'
    """
    shown = f"<bdi>{text(words, limit=limit) or '–'}</bdi>"
    if iri is None:
        return shown
    if iri.startswith(base) and "/" in iri[len(base) :]:
        return f'<a href="/{quote(iri[len(base) :], safe="/%#=,-._~")}">{shown}</a>'
    return f'<a href="{escape(iri)}" rel="noreferrer nofollow">{shown}</a>' if _of_the_web(iri) else shown


def _of_the_web(iri: str) -> bool:
    try:
        parts = urlsplit(iri)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def frame(title: str, body: str, *, words: str = "") -> str:
    """A whole page: ``body`` is HTML, ``title`` and ``words`` (what was looked for) are not."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{text(title, limit=200)}</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/page.css"></head><body>'
        '<header><nav aria-label="Main"><a href="/">Graph</a> <a href="/articles">Articles</a> '
        '<a href="/sparql">SPARQL</a></nav>'
        '<form action="/search" role="search"><input type="search" name="q" aria-label="Find a name" '
        f'placeholder="Find a name…" value="{text(words, limit=200)}"><button>Find</button></form></header>'
        f"<main>{body}</main></body></html>\n"
    )


__all__ = ["frame", "link", "text"]
