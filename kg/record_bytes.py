"""An Extraction, and the words of an article, as bytes, and back: how they are kept beside the graph.

JSON with the keys of the record contract, compressed; never pickled, since a graph's folder may come from anybody.
"""

from __future__ import annotations

import datetime
import json
import types
import typing
import zlib
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from kg.records import Extraction, as_data


def dumps(extraction: Extraction) -> bytes:
    """The record as bytes, the same for equal records."""
    data = json.dumps(as_data(extraction), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return zlib.compress(data.encode("utf-8", "surrogatepass"), 6)


def loads(kept: bytes) -> Extraction:
    """The record that was kept. Raises ValueError where the bytes are none."""
    try:
        data = json.loads(zlib.decompress(kept).decode("utf-8", "surrogatepass"))
        found = _value(Extraction, data)
    except (zlib.error, KeyError, TypeError, IndexError) as error:
        raise ValueError(f"no record of an article ({error})") from error
    assert isinstance(found, Extraction)
    return found


def dump_words(words: Iterable[str]) -> bytes:
    """Words without blanks as bytes, the same for the same words.

    >>> sorted(load_words(dump_words({"sale", "buy"})))
    ['buy', 'sale']
    """
    return zlib.compress("\n".join(sorted(words)).encode("utf-8", "surrogatepass"), 6)


def load_words(kept: bytes) -> frozenset[str]:
    """The words that were kept. Raises ValueError where the bytes are none."""
    try:
        return frozenset(zlib.decompress(kept).decode("utf-8", "surrogatepass").split("\n"))
    except zlib.error as error:
        raise ValueError(f"no words of an article ({error})") from error


def _value(type_: Any, data: Any) -> Any:
    """JSON-ready data as a value of a type: a record, a span, a tuple, a date, an optional one or a plain value."""
    if data is None:
        return None
    origin, arguments = _shape(type_)
    if origin is types.UnionType:
        return _value(arguments[0], data)
    if origin is tuple:
        return tuple(_value(arguments[0], item) for item in data)
    if is_dataclass(type_):
        return _record(type_, data)
    if isinstance(type_, type) and issubclass(type_, tuple):
        return type_(*data)
    return datetime.date.fromisoformat(data) if type_ is datetime.date else data


def _record(type_: Any, data: dict[str, Any]) -> Any:
    return type_(**{name: _value(kind, data[key]) for name, key, kind in _fields(type_) if key in data})


@cache
def _shape(type_: Any) -> tuple[Any, tuple[Any, ...]]:
    """The origin and the arguments of a type; of a union those that are not None."""
    origin = typing.get_origin(type_)
    found = tuple(one for one in typing.get_args(type_) if one is not type(None))
    return types.UnionType if origin is typing.Union else origin, found


@cache
def _fields(type_: Any) -> tuple[tuple[str, str, Any], ...]:
    """The fields of a record: name, key and type."""
    kinds = typing.get_type_hints(type_)
    return tuple((field.name, field.name.rstrip("_"), kinds[field.name]) for field in fields(type_))


__all__ = ["dump_words", "dumps", "load_words", "loads"]
