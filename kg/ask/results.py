"""Terms in rows -> the standard forms of SPARQL results: JSON, CSV and TSV, byte for byte the same each time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyoxigraph as ox

from kg import names

Form = Literal["sparql-json", "tsv"]
_STRING = names.expand("xsd:string")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a SELECT as terms, or the answer of an ASK; what an ``Answer`` is before its values are Python's."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...] = ()
    truth: bool | None = None


def sparql_json(table: Table) -> str:
    """SPARQL 1.1 Query Results JSON Format (W3C, 2013).

    >>> sparql_json(Table((), truth=True))
    '{"head": {}, "boolean": true}'
    """
    if table.truth is not None:
        return json.dumps({"head": {}, "boolean": table.truth})
    bindings = [
        {name: _json_term(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    return json.dumps({"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False)


def tsv(table: Table) -> str:
    """SPARQL 1.1 Query Results TSV Format (W3C, 2013): each term as Turtle writes it, each row a line.

    An ASK, for which the standard has no form, gives the column ``?answer``.
    """
    if table.truth is not None:
        return f"?answer\n{str(table.truth).lower()}\n"
    return "".join(_tsv_lines(table))


def _tsv_lines(table: Table) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in table.columns) + "\n"
    for row in table.rows:
        yield "\t".join(_tsv_term(term) for term in row) + "\n"


def _tsv_term(term: Any) -> str:
    """A term in Turtle; the sign that would make a formula of a spreadsheet's cell as the escape that means the same.

    >>> _tsv_term(ox.Literal("=1+1")), _tsv_term(None)
    ('"\\\\u003D1+1"', '')
    """
    text = "" if term is None else str(term)
    risky = isinstance(term, ox.Literal) and term.value.startswith(("=", "+", "-", "@"))
    return f'"\\u{ord(text[1]):04X}{text[2:]}' if risky else text


def _json_term(term: Any) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, ox.Literal):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    known = term.datatype.value
    return {"type": "literal", "value": term.value} | ({} if known == _STRING else {"datatype": known})
