"""JSON Lines, JSON arrays and JSON objects -> Article; arrays and lines are streamed."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.read.fields import OnError, article, columns, missing_text
from kg.read.stream import HEAD, LINE_LIMIT, Source, Text, decode
from kg.records import Article, Finding

_LINES = (".jsonl", ".ndjson", ".jl")
_LISTS = ("articles", "items", "results", "documents", "docs", "stories", "data")
_PIECE = 1 << 16
_BETWEEN = re.compile(r"[\s,]*")


def read_objects(source: Source, text: Text, *, on_error: OnError) -> Iterator[Article]:
    """The articles of a JSON file; findings for values that cannot be used.

    The names of the fields are those of ``fields.COLUMNS``; an object without text may hold a list of articles
    ("articles", "items", "results" …), as news services answer.
    """
    try:
        for place, value in _values(source, text, on_error):
            yield from read_object(place, value, on_error=on_error)
    except InputError as error:
        on_error(Finding(error.source, error.message))


def _values(source: Source, text: Text, on_error: OnError) -> Iterator[tuple[str, Any]]:
    layout = _layout(source)
    if layout == "array":
        return _elements(text)
    return _lines(text, on_error) if layout == "lines" else _whole(text)


def _layout(source: Source) -> str:
    """``lines``, ``array`` or ``whole``, from the suffix and the first bytes."""
    if source.suffix in _LINES:
        return "lines"
    source.file.seek(0)
    head = decode(source.file.read(HEAD))[0].lstrip("\ufeff").lstrip()
    source.file.seek(0)
    if head.startswith("["):
        return "array"
    first, end, rest = head.partition("\n")
    if not end or _is_object(first) or rest.lstrip().startswith("{"):
        return "lines"  # also a single object on one line
    return "whole"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _lines(text: Text, on_error: OnError) -> Iterator[tuple[str, Any]]:
    """One value a line; a bad line is reported and the rest read."""
    for line in text:
        if not line.strip("\ufeff \t\n"):
            continue
        place = f"{text.name}:{text.number}"
        try:
            value = json.loads(line.lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            on_error(Finding(place, f"the line is no JSON ({_reason(error)}); it was skipped"))
            continue
        yield place, value


def _whole(text: Text) -> Iterator[tuple[str, Any]]:
    """The one value of a file of moderate size. Raises InputError."""
    content = text.read(2 * LINE_LIMIT + 1)
    if len(content) > 2 * LINE_LIMIT:
        raise InputError(text.name, "one JSON value fills this large file; give JSON Lines, one article a line")
    try:
        yield text.name, json.loads(content.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise InputError(f"{text.name}:{line}", f"the file is no JSON ({_reason(error)})") from None


def _elements(text: Text) -> Iterator[tuple[str, Any]]:
    """The elements of one array, held one at a time. Raises InputError where the array breaks off."""
    decoder, buffer, line = json.JSONDecoder(), text.read(_PIECE), 1
    position = buffer.index("[") + 1
    line += buffer.count("\n", 0, position)
    while True:
        between = _BETWEEN.match(buffer, position)
        after = between.end() if between else position
        line += buffer.count("\n", position, after)
        position = after
        if buffer[position : position + 1] == "]":
            return
        try:
            value, end = decoder.raw_decode(buffer, position)
        except (ValueError, RecursionError) as error:
            buffer, position = buffer[position:], 0
            more = text.read(max(_PIECE, len(buffer))) if len(buffer) < LINE_LIMIT else ""
            if not more:
                message = f"the array is broken here ({_reason(error)}); what follows was not read"
                raise InputError(f"{text.name}:{line}", message) from None
            buffer += more
            continue
        yield f"{text.name}:{line}", value
        line += buffer.count("\n", position, end)
        position = end


def read_object(place: str, value: Any, *, on_error: OnError) -> Iterator[Article]:
    """The article that a JSON value is, or the articles that it holds; findings for anything else."""
    for item in _articles(value):
        try:
            yield article(_fields(place, item), source=place, on_error=on_error)
        except InputError as error:
            on_error(Finding(error.source, error.message))


def _articles(value: Any) -> list[Any]:
    """The list within an answer of a news service, else the value alone."""
    if isinstance(value, dict) and "text" not in columns(value):
        for name in _LISTS:
            if isinstance(value.get(name), list):
                return list(value[name])
    return [value]


def _fields(place: str, item: Any) -> dict[str, str]:
    """The fields of an object as strings. Raises InputError where it is no object or has no text."""
    if not isinstance(item, dict):
        raise InputError(place, f"an object with the article's fields is wanted, this is a {type(item).__name__}")
    found = columns(item)
    if "text" not in found:
        raise missing_text(place, item)
    return {field: _string(item[name]) for field, name in found.items()}


def _string(value: Any) -> str:
    """A value as text: a list holds paragraphs, an object is called by its name."""
    if isinstance(value, list):
        return "\n\n".join(part for part in value if isinstance(part, str))
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _reason(error: Exception) -> str:
    """What the JSON module says, without its positions."""
    return "nested too deeply" if isinstance(error, RecursionError) else getattr(error, "msg", str(error))
