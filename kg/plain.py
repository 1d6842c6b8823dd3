"""Words of articles as people may see them: nothing in them that steers a screen or turns the direction of text."""

from __future__ import annotations

import unicodedata
from html import escape

# Control characters, the marks that reorder text (a right-to-left override makes "gpj.exe" of "exe.jpg"), lone
# surrogates and private characters have no business on a page; the joiners U+200C and U+200D spell words in
# Persian and Hindi, so they stay.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_KEPT = "\u200c\u200d\n\r\t"


def plain(words: str) -> str:
    r"""The words without what is not seen and yet does something; ends of lines and tabs stay.

    >>> plain("a\x1b[31m\u202e b\n"), plain("क्\u200dष")
    ('a[31m b\n', 'क्\u200dष')
    """
    if words.isprintable():
        return words
    return "".join(c for c in words if c in _KEPT or unicodedata.category(c) not in _UNSEEN)


def html(words: object, *, limit: int | None = None) -> str:
    r"""Words as HTML text or the value of an attribute: plain, escaped, at most ``limit`` characters before that.

    >>> html("<b>\x1b[31m\u202e & 'x'"), html("abc", limit=2)
    ('&lt;b&gt;[31m &amp; &#x27;x&#x27;', 'a…')
    """
    given = str(words)
    return escape(plain(given if limit is None or len(given) <= limit else given[: limit - 1] + "…"))
