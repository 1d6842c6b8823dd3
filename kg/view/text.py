"""Words of articles made fit for the screen: nothing invisible in them, wrapped, measured, dated."""

from __future__ import annotations

import datetime
import re
import textwrap
import unicodedata

from kg.plain import plain

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "S": "second"}


def clean(text: object, *, limit: int = 2000) -> str:
    r"""Text for the screen: no control or reordering characters, blanks run together, at most ``limit`` characters.

    >>> clean("a\x1b[31m\u202e b\n\n c"), clean("abcdef", limit=4)
    ('a[31m b c', 'abc…')
    """
    words = re.sub(r"\s+", " ", plain(str(text)[: limit * 4]))
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def wrap(text: str, *, width: int, lines: int) -> list[str]:
    """A label in at most so many lines of about ``width`` characters; what does not fit ends in ``…``.

    >>> wrap("Senior Vice President of Almost Everything", width=16, lines=2)
    ['Senior Vice', 'President of…']
    """
    rows = textwrap.wrap(text.strip(), width, break_on_hyphens=False) or ["?"]
    if len(rows) > lines:
        rows = [*rows[: lines - 1], rows[lines - 1][: width - 1].rstrip(" ,.;") + "…"]
    return rows


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is drawn, in pixels, in a sans-serif face of that size (the page shrinks what exceeds).

    >>> text_width("ill", 10) < text_width("WOW", 10)
    True
    """
    return sum(_em(c) for c in text) * size * (1.07 if bold else 1.0)


def _em(char: str) -> float:
    if char in "iIjl.,:;'|!()[]/ ’“”\"":
        return 0.32
    if char in "ftr-":
        return 0.38
    if char in "mwMW@%—…":
        return 0.9
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    return 0.7 if char.isupper() else 0.58


def readable_date(value: str) -> str:
    """A date or a length of time (ISO 8601) as people write it; what is neither comes back unchanged.

    >>> readable_date("2022-07"), readable_date("2024-02-06"), readable_date("2023"), readable_date("2022-Q3")
    ('July 2022', '6 February 2024', '2023', 'Q3 2022')
    >>> readable_date("P9Y"), readable_date("PT20M"), readable_date("P1D"), readable_date("P")
    ('9 years', '20 minutes', '1 day', 'P')
    """
    if found := re.fullmatch(r"P(T?)(\d+(?:\.\d+)?)([YMWDHS])", value):
        unit = "minute" if found[1] and found[3] == "M" else _UNITS[found[3]]
        return f"{found[2]} {unit}{'' if found[2] == '1' else 's'}"
    if found := re.fullmatch(r"(\d{4})-(Q[1-4])", value):
        return f"{found[2]} {found[1]}"
    if (found := re.fullmatch(r"(\d{4})-(\d\d)", value)) and 1 <= int(found[2]) <= 12:
        return f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    try:
        day = datetime.date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def local(iri: object) -> str:
    """The part of an IRI after its last slash or hash; nothing for None."""
    return re.split(r"[#/]", str(iri or ""))[-1]
