"""The first bytes and the suffix of a file -> which reader reads it."""

from __future__ import annotations

import csv
import re
from typing import Literal

from kg.errors import InputError
from kg.read.fields import columns
from kg.read.stream import HEAD, Source, decode, encoding

Form = Literal["text", "table", "json", "html", "feed", "crawl", "parquet"]

SUFFIXES: dict[str, Form] = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", ".csv": "table", ".tsv": "table",
    ".tab": "table", ".json": "json", ".jsonl": "json", ".ndjson": "json", ".jl": "json", ".html": "html",
    ".htm": "html", ".xhtml": "html", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
SUPPORTED = "give plain text, Markdown, CSV, TSV, JSON, JSON Lines, Parquet, HTML, RSS, Atom or WARC"
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document (doc, xls)"), (b"{\\rtf", "an RTF document"),
    (b"(\xb5/\xfd", "a zstd file"), (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x89PNG", "a picture"), (b"GIF89a", "a picture"), (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a program"), (b"SQLite format 3", "a database"),
)  # fmt: skip
_FORMS: dict[bytes, Form] = {b"PAR1": "parquet", b"WARC/1": "crawl"}
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:RDF)\b")
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|atom:feed)\b")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b")


def form(source: Source) -> Form:
    """Which reader reads the source: strong signs in the content first, then the suffix, then the content.

    Raises InputError for an empty file and for everything that is not text.
    """
    source.file.seek(0)
    head = source.file.read(HEAD)
    if binary := next((form for magic, form in _FORMS.items() if head.startswith(magic)), None):
        return binary
    _refuse(head, source.name)
    text = decode(head)[0].lstrip("\ufeff")
    if not text.strip():  # a byte order mark, and nothing after it
        raise InputError(source.name, "the file is empty")
    known = SUFFIXES.get(source.suffix)
    if known in (None, "text") and _HTML.match(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)):
        return "html"
    if known in (None, "text") and _XML.match(text):
        if _FEED.search(text):
            return "feed"
        raise InputError(source.name, f"this XML is no feed; {SUPPORTED}")
    return known or _form_of(text)


def _form_of(text: str) -> Form:
    """The form of a text whose file name says nothing."""
    if re.match(r"\s*(?:\[\s*)?\{\s*\"", text):
        return "json"
    names = columns(header(text.strip().split("\n", 1)[0])[0])
    return "table" if "text" in names and len(names) > 1 else "text"


def header(line: str) -> tuple[list[str], str]:
    """The columns of a table's first line and the delimiter (comma, semicolon, tab or bar) that shows them best."""
    best: tuple[list[str], str] = ([], ",")
    for delimiter in ",;\t|":
        try:
            names = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        if ("text" in columns(names), len(names)) > ("text" in columns(best[0]), len(best[0])):
            best = (names, delimiter)
    return best


def _refuse(head: bytes, name: str) -> None:
    """Raise InputError where the first bytes are nothing to read."""
    if not head.strip(b" \t\r\n\f\xef\xbb\xbf"):
        raise InputError(name, "the file is empty")
    if what := next((what for magic, what in _MAGIC if head.startswith(magic)), None):
        raise InputError(name, f"this is {what}, which is not read; {SUPPORTED}")
    if encoding(head) in ("utf-16", "utf-32"):
        return
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * (100 if b"\x00" in head else 20) > len(head):
        raise InputError(name, f"this is a binary file, not text; {SUPPORTED}")
    # The head may end within a character of up to four bytes; English in Windows-1252 has few bytes above 127.
    if decode(head)[1] > 4 + len(head) * 3 // 10:
        raise InputError(name, "the text is in an encoding that is not known; save the file as UTF-8")
