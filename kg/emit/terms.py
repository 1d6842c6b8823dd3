"""Plain values -> RDF terms: prefixed names, strings, numbers, dates; every literal of the graph is made here."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode

from kg import names

Term = NamedNode | Literal

_UNPREFIXED = {"location": "schema:location"}
_TIMEX = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "xsd:date"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])"), "xsd:gYearMonth"),
    (re.compile(r"\d{4}"), "xsd:gYear"),
)


@cache
def name(prefixed: str) -> NamedNode:
    """The IRI of a prefixed name; a bare name is one of ours (``buyer``: ``kg:buyer``).

    >>> name("kg:buyer") == name("buyer")
    True

    Raises KeyError for an unknown prefix.
    """
    if "://" in prefixed:
        return NamedNode(prefixed)
    if ":" not in prefixed:
        prefixed = _UNPREFIXED.get(prefixed, f"kg:{prefixed}")
    return NamedNode(names.expand(prefixed))


def text(words: str) -> Literal:
    """A plain string; lone surrogates, which no RDF syntax can carry, become U+FFFD."""
    return Literal(words.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))


def typed(lexical: str, datatype: str) -> Literal:
    """A literal of a datatype given by its prefixed name."""
    return Literal(lexical, datatype=name(datatype))


def boolean(value: bool) -> Literal:
    """``true`` or ``false`` as xsd:boolean."""
    return typed("true" if value else "false", "xsd:boolean")


def number(value: float) -> Literal | None:
    """A figure as xsd:integer where it is whole, else xsd:decimal; None for infinity and not-a-number.

    >>> number(3.9e9)
    <Literal value=3900000000 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>
    """
    if not math.isfinite(value):
        return None
    if value == int(value):
        return typed(str(int(value)), "xsd:integer")
    return typed(format(Decimal(repr(value)), "f"), "xsd:decimal")


def confidence(value: float) -> Literal:
    """A confidence as xsd:decimal to two digits, without the trailing zeros that stores drop; kept within 0 and 1.

    >>> confidence(0.7999).value, confidence(2).value
    ('0.8', '1')
    """
    return typed(f"{min(1.0, max(0.0, value)):.2f}".rstrip("0").rstrip("."), "xsd:decimal")


def moment(value: str) -> Literal:
    """A TIMEX3 value as xsd:date, xsd:gYearMonth or xsd:gYear where it is one, else a plain string ("2022-Q3").

    >>> moment("2022-07").datatype.value.rpartition("#")[2], moment("P3D").datatype.value.rpartition("#")[2]
    ('gYearMonth', 'string')
    """
    for pattern, datatype in _TIMEX:
        if pattern.fullmatch(value) and _in_calendar(value):
            return typed(value, datatype)
    return text(value)


def _in_calendar(value: str) -> bool:
    """Whether the year, month or day exists ("2023-02-30" and year 0 do not)."""
    try:
        datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def relation(lemma: str) -> NamedNode:
    """The IRI of an open relation: ``rel:`` + slug, which begins with a letter so that RDF/XML can write it.

    >>> relation("cut position in").value
    'https://w3id.org/newskg/relation/cut-position-in'
    """
    key = names.slug(lemma)
    return NamedNode(names.PREFIXES["rel"] + (key if key[0].isalpha() else f"x-{key}"))
