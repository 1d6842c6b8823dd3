"""RDF terms -> Python values, and Python values -> the terms that parameters are bound to."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import names
from kg.ask.sparql import suggestion
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.ontology import Parameter, Query

Value = str | int | float | Decimal | bool | datetime.date | None
_INTEGERS = (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
    "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
)  # fmt: skip
_READERS: dict[str, Callable[[str], Any]] = {
    **{names.expand(f"xsd:{kind}"): int for kind in _INTEGERS},
    names.expand("xsd:decimal"): Decimal,
    names.expand("xsd:double"): float,
    names.expand("xsd:float"): float,
    names.expand("xsd:boolean"): lambda text: text in ("true", "1"),
    names.expand("xsd:date"): datetime.date.fromisoformat,
    names.expand("xsd:dateTime"): datetime.datetime.fromisoformat,
}
_DATATYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"), (int, "integer"), (float, "double"), (Decimal, "decimal"), (datetime.datetime, "dateTime"),
    (datetime.date, "date"),
)  # fmt: skip


def python_value(term: object) -> Any:
    """A term as Python has it: IRIs and strings as str, numbers, dates and booleans as such, unbound as None."""
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.Literal):
        try:
            return _READERS.get(term.datatype.value, str)(term.value)
        except (ValueError, ArithmeticError):
            return term.value  # Python has no such date (one with a time zone, one before the year 1)
    return None if term is None else str(term)


def term(value: Value) -> ox.Literal | ox.NamedNode:
    """A Python value as a term; text that is a web address stands for that IRI.

    >>> term(3)
    <Literal value=3 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>
    """
    if isinstance(value, str):
        return _named_node(value) or ox.Literal(value)
    for kind, datatype in _DATATYPES:
        if isinstance(value, kind):
            text = value.isoformat() if isinstance(value, datetime.date) else str(value)
            iri = ox.NamedNode(names.expand(f"xsd:{datatype}"))
            return ox.Literal(text.lower() if kind is bool else text, datatype=iri)
    raise QueryError(f"a parameter cannot be {value!r}; give text, a number, a date or a boolean")


def _named_node(text: str) -> ox.NamedNode | None:
    if not text.startswith(("http://", "https://")):
        return None
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None


def bindings(named: Query | None, parameters: Mapping[str, Value]) -> dict[str, ox.Literal | ox.NamedNode]:
    """The terms that a query's variables are bound to, by variable name; a parameter of None is left open.

    Raises QueryError where a named query lacks a parameter, has no such one, or it is of the wrong type.
    """
    given = {name.lstrip("?$"): value for name, value in parameters.items() if value is not None}
    if named is None:
        return {name: term(value) for name, value in given.items()}
    known = {parameter.name: parameter for parameter in named.parameters}
    for name in given:
        if name not in known:
            hint = suggestion(name, known, all_of_them=True)
            raise QueryError(f"the question {named.name!r} has no parameter {name!r}{hint}")
    for parameter in known.values():
        if not parameter.optional and parameter.name not in given:
            raise QueryError(f"the question {named.name!r} needs {parameter.name}: {parameter.help or parameter.type}")
    return {known[name].variable: _typed(known[name], value) for name, value in given.items()}


def _plain_decimal(text: str) -> str:
    """A number in the digits of xsd:decimal ("1e3" is 1000); ValueError for infinity and not-a-number."""
    value = Decimal(text)
    if not value.is_finite():
        raise ValueError(text)
    return format(value, "f")


def _typed(parameter: Parameter, value: Value) -> ox.Literal:
    """A parameter's value in its declared type; QueryError where it is none ("many" for an integer)."""
    readers: dict[str, tuple[Callable[[str], Any], str]] = {
        "name": (str, "string"),
        "class": (str, "string"),
        "text": (str, "string"),
        "integer": (int, "integer"),
        "number": (_plain_decimal, "decimal"),
        "date": (datetime.date.fromisoformat, "date"),
    }
    read, datatype = readers[parameter.type]
    try:
        text = str(read(str(value)))
    except (ValueError, ArithmeticError):
        raise QueryError(f"{parameter.name} must be a {parameter.type}, not {value!r}") from None
    return ox.Literal(text, datatype=ox.NamedNode(names.expand(f"xsd:{datatype}")))
