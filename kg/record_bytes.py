"""An Extraction, and the words of an article, as bytes, and back: how they are kept beside the graph.

JSON with the keys of the record contract, compressed; never pickled, since a graph's folder may come from anybody.
"""

from __future__ import annotations

import datetime
import json
import types
import typing
import zlib
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from kg.records import Extraction

Reader = Callable[[Any], Any]
"""What makes the value of a field of JSON-ready data."""


_LAST: list[tuple[Extraction, bytes]] = []
"""The record that was last written or read, with its bytes: it often goes to two places, one after the other."""


def dumps(extraction: Extraction) -> bytes:
    """The record as bytes, the same for equal records."""
    for last, kept in _LAST:
        if last is extraction:
            return kept
    kept = _dumped(extraction)
    _LAST[:] = [(extraction, kept)]
    return kept


def _dumped(extraction: Extraction) -> bytes:
    data = json.dumps(extraction, default=_data, check_circular=False, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(data.encode("utf-8", "surrogatepass"), 6)


def _data(value: Any) -> Any:
    """What JSON has no word for, as ``records.as_data`` has it, with sorted keys: a record, or a date."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    keys, values = _getter(value.__class__)
    return dict(zip(keys, values(value), strict=True))


@cache
def _getter(type_: Any) -> tuple[tuple[str, ...], Callable[[Any], Any]]:
    """The keys of a record, sorted, and what gets the values (of two fields or more) in this order."""
    names = sorted((field.name.rstrip("_"), field.name) for field in fields(type_))
    return tuple(key for key, _ in names), attrgetter(*(name for _, name in names))


def loads(kept: bytes) -> Extraction:
    """The record that was kept. Raises ValueError where the bytes are none."""
    try:
        data = json.loads(zlib.decompress(kept).decode("utf-8", "surrogatepass"))
        found = _record(Extraction)(data)
    except (zlib.error, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"no record of an article ({error})") from error
    assert isinstance(found, Extraction)
    _LAST[:] = [(found, kept)]
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


@cache
def _record(type_: Any) -> Reader:
    """What makes a record of an object; keys that it has no field for are left out, fields left out are as usual."""
    kinds = typing.get_type_hints(type_)
    named = {field.name.rstrip("_"): field.name for field in fields(type_)}
    readers = [(key, reader) for key, name in named.items() if (reader := _reader(kinds[name])) is not None]
    values = itemgetter(*named)

    def read(data: dict[str, Any]) -> Any:
        for key, reader in readers:
            if (value := data.get(key)) is not None:
                data[key] = reader(value)
        try:
            return type_(*values(data))
        except KeyError:
            return type_(**{name: data[key] for key, name in named.items() if key in data})

    return read


@cache
def _reader(type_: Any) -> Reader | None:
    """What makes a value of a type, not None: a record, a span, a tuple, a date; None where it is plain already."""
    origin, arguments = _shape(type_)
    if origin is types.UnionType:
        return _reader(arguments[0])
    if origin is tuple:
        reader = _reader(arguments[0])
        return tuple if reader is None else lambda data: tuple([reader(one) for one in data])
    if hasattr(type_, "__dataclass_fields__"):
        return _record(type_)
    if hasattr(type_, "_make"):
        return typing.cast("Reader", type_._make)
    return datetime.date.fromisoformat if type_ is datetime.date else None


def _shape(type_: Any) -> tuple[Any, tuple[Any, ...]]:
    """The origin and the arguments of a type; of a union those that are not None."""
    origin = typing.get_origin(type_)
    found = tuple(one for one in typing.get_args(type_) if one is not type(None))
    return types.UnionType if origin is typing.Union else origin, found


__all__ = ["dump_words", "dumps", "load_words", "loads"]
