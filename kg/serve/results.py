"""Rows of an answer -> SPARQL results in JSON, XML, CSV or TSV; no more rows than are allowed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg import names

Row = Sequence[object]
_STRING = names.expand("xsd:string")
_TEXT = (_STRING, names.expand("rdf:langString"))
# What XML 1.0 cannot hold, and what no UTF-8 can.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XMLNS = "http://www.w3.org/2005/sparql-results#"


def rows(solutions: ox.QuerySolutions, most: int) -> tuple[list[Row], bool]:
    """The rows, at most so many of them, and whether there were more."""
    variables = solutions.variables
    some = islice(solutions, most + 1)
    found: list[Row] = [tuple(solution[variable] for variable in variables) for solution in some]
    return found[:most], len(found) > most


def written(form: str, variables: Sequence[str], found: Iterable[Row]) -> bytes:
    """Rows in a form: json, xml, csv or tsv (https://www.w3.org/TR/sparql11-results-json/ and its siblings)."""
    return _WRITERS[form](variables, found).encode("utf-8", "replace")


def yes_or_no(form: str, value: bool) -> bytes:
    """The answer to ASK in a form; in CSV and TSV, for which the standard has none, the bare word."""
    word = "true" if value else "false"
    if form == "json":
        return f'{{"head": {{}}, "boolean": {word}}}'.encode()
    return (_xml_document("<head/>", f"<boolean>{word}</boolean>") if form == "xml" else word).encode()


def _json(variables: Sequence[str], found: Iterable[Row]) -> str:
    bindings = [
        {name: _json_term(term) for name, term in zip(variables, row, strict=True) if term is not None}
        for row in found
    ]
    return json.dumps({"head": {"vars": list(variables)}, "results": {"bindings": bindings}})


def _json_term(term: object) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    assert isinstance(term, ox.Literal)
    plain = {"type": "literal", "value": term.value}
    if term.language:
        return plain | {"xml:lang": term.language}
    return plain if term.datatype.value == _STRING else plain | {"datatype": term.datatype.value}


def _xml(variables: Sequence[str], found: Iterable[Row]) -> str:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in variables)
    results = "".join(
        "<result>"
        + "".join(
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(variables, row, strict=True)
            if term is not None
        )
        + "</result>"
        for row in found
    )
    return _xml_document(f"<head>{head}</head>", f"<results>{results}</results>")


def _xml_document(head: str, body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_XMLNS}">{head}{body}</sparql>\n'


def _xml_term(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return f"<triple>{''.join(f'<{name}>{_xml_term(part)}</{name}>' for name, part in parts)}</triple>"
    assert isinstance(term, ox.Literal)
    kind = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    if not kind and term.datatype.value != _STRING:
        kind = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _csv(variables: Sequence[str], found: Iterable[Row]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(variables)
    table.writerows([_csv_cell(term) for term in row] for row in found)
    return out.getvalue()


def _csv_cell(term: object) -> str:
    """A value as it is; text that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> _csv_cell(ox.Literal("=A1")), _csv_cell(ox.Literal(-5)), _csv_cell(None)
    ("'=A1", '-5', '')
    """
    if isinstance(term, ox.Literal):
        risky = term.datatype.value in _TEXT and term.value.startswith(("=", "+", "-", "@", "\t", "\r"))
        return f"'{term.value}" if risky else term.value
    return "" if term is None else f"_:{term.value}" if isinstance(term, ox.BlankNode) else getattr(
        term, "value", str(term)
    )


def _tsv(variables: Sequence[str], found: Iterable[Row]) -> str:
    lines = ["\t".join(f"?{name}" for name in variables)]
    lines += ["\t".join("" if term is None else _tsv_cell(term) for term in row) for row in found]
    return "\n".join(lines) + "\n"


def _tsv_cell(term: object) -> str:
    """A term in the syntax of Turtle."""
    return str(term).replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


_WRITERS: dict[str, Callable[[Sequence[str], Iterable[Row]], str]] = {
    "json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv,
}  # fmt: skip

__all__ = ["rows", "written", "yes_or_no"]
