"""Raw strings -> safe strings: the text of an article, one-line fields, dates and web addresses.

What ``plain`` leaves is what every offset of the record refers to.
"""

from __future__ import annotations

import datetime
import re
from urllib.parse import quote, urlsplit

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip

_IN_URI = "%/?:@!$&'()*+,;=~"


def _windows(code: int) -> str:
    """The character of a byte in Windows-1252, nothing for the five bytes that it leaves undefined."""
    return bytes([code]).decode("cp1252", "ignore")


def _translation() -> dict[int, str]:
    """What becomes of single characters; see ``plain``."""
    removed = [*range(0x20), 0x7F, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF]
    removed += [*range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)]
    removed += [*range(0xFDD0, 0xFDF0), *range(0xFFFE, 0x110000, 0x10000), *range(0xFFFF, 0x110000, 0x10000)]
    table = dict.fromkeys(removed, "")
    table |= {code: _windows(code) for code in range(0x80, 0xA0)}
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    table |= {ord("\n"): "\n", ord("\t"): "\t", 0x0B: "\n", 0x0C: "\n", 0x2028: "\n", 0x2029: "\n\n"}
    return table


_TABLE = _translation()
# Terminal sequences that are complete: CSI, and strings (OSC, DCS, PM, APC, SOS) with their end.
_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)")


def plain(text: str) -> str:
    r"""The text without what could hide, reorder or steer it; every other character stays as it is.

    Line ends (``\r\n``, ``\r``, vertical tab, form feed, U+2028) become ``\n``, U+2029 ``\n\n``; terminal escape
    sequences, the other C0 controls and NUL, soft hyphens, zero-width spaces, byte order marks, bidirectional
    controls, tag characters and noncharacters are removed; C1 controls, which real text has only where
    Windows-1252 was taken for Latin-1, become the Windows-1252 character; lone surrogates become U+FFFD; outer
    white space is stripped. Nothing is recomposed (no NFC): what was written is what is quoted.

    >>> plain(" Ama\u00adzon\r\n\x1b[31mgrew\x00 \u202e5%\ufeff ")
    'Amazon\ngrew 5%'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.replace("\n", "").replace("\t", "").isprintable():  # as every character of the table is not
        text = _TERMINAL.sub("", text).translate(_TABLE)
    return text.strip()


def one_line(text: str | None) -> str | None:
    r"""A field on one line, runs of white space as one blank; None where nothing is left.

    >>> one_line(" Prices\n  rise "), one_line("\t")
    ('Prices rise', None)
    """
    return " ".join(plain(text).split()) or None if text else None


def web_address(text: str | None) -> str | None:
    """An http(s) URL as a valid IRI, None for anything else.

    What may not stand in a URI (RFC 3986) is percent-encoded, so that one page has one address.

    >>> web_address("https://example.org/a b"), web_address("javascript:alert(1)")
    ('https://example.org/a%20b', None)
    """
    parts = re.fullmatch(r"(https?://)([\w.~:@%!$&'()*+,;=\[\]-]+)([/?#][^\n]*)?", plain(text or ""), re.IGNORECASE)
    try:
        if not parts or not urlsplit(parts[1] + parts[2]).hostname:
            return None
    except ValueError:
        return None
    path, mark, fragment = (parts[3] or "").partition("#")
    quoted = quote(path, safe=_IN_URI) + mark + quote(fragment, safe=_IN_URI)
    return parts[1].lower() + parts[2] + re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quoted)


def host(url: str | None) -> str | None:
    """The host of a web address without ``www.``.

    >>> host("https://www.example.org/a")
    'example.org'
    """
    name = urlsplit(url).hostname if url else None
    return name.removeprefix("www.") if name else None


_LEAD = r"(?:(?:published|posted|date)\b[ :]*(?:on )?)?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b\.?,? +)?"
_TAIL = r"(?:(?:T|,? +(?:at +|[|-] +)?)\d{1,2}[:.h]?\d\d.{0,40}|Z|[+-]\d\d:?\d\d)?\.?"
_FORMS = tuple(
    re.compile(_LEAD + form + _TAIL, re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:\d{6})?",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](?P<n>[a-z]{3,9})\.?,?[ -](?P<y>\d{4})",
        r"(?P<n>[a-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})",
        r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})",
    )
)


def day(text: str) -> datetime.date | None:
    """The day that a date in one of the common forms names, as it stands there (no time zone is applied).

    ISO 8601 with or without time, ``7 February 2024``, ``Feb. 7, 2024``, RFC 2822, ``20240207``, ``7.2.2024``, and
    seconds or milliseconds since 1970. None where the year is missing, the date does not exist, or
    ``02/07/2024`` leaves open which is the month; nothing is completed from the clock.

    >>> day("Wednesday, February 7, 2024").isoformat(), day("02/07/2024"), day("Feb 30, 2024")
    ('2024-02-07', None, None)
    """
    words = " ".join(plain(text[:200]).split())
    if re.fullmatch(r"\d{10}|\d{13}", words, re.ASCII):
        return datetime.datetime.fromtimestamp(int(words[:10]), datetime.UTC).date()
    for form in _FORMS:
        if match := form.fullmatch(words):
            return _date(match.groupdict())
    return None


def _date(part: dict[str, str]) -> datetime.date | None:
    """The date of one match, None where it does not exist or is ambiguous."""
    if "a" in part:
        first, second = int(part["a"]), int(part["b"])
        if first <= 12 and second <= 12 and first != second and part["s"] != ".":
            return None
        month, number = (first, second) if second > 12 else (second, first)
    else:
        month, number = _month(part["n"]) if "n" in part else int(part["m"]), int(part["d"])
    try:
        return datetime.date(int(part["y"]), month, number)
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month's name or abbreviation, 0 where it is none."""
    word = name.lower()
    if word in _MONTH_NAMES or word in _MONTHS or word == "sept":
        return _MONTHS.index(word[:3]) + 1
    return 0
