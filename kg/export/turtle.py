"""A Turtle and TriG writer for readers: sorted, a heading for each kind of node, grouped by subject, no blank nodes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

import pyoxigraph as ox

from kg import names

TITLES = {
    "article": "Articles",
    "entity": "Entities",
    "event": "Events",
    "amount": "Amounts",
    "statement": "Statements",
    "claim": "Claims",
    "relation": "Open relations",
    "evidence": "Evidence: stretches of articles",
    "": "Others",
}
_KINDS = list(TITLES)
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_RELATIVE = re.compile(r"[a-z]+/[A-Za-z0-9%_-]+(?:#[a-z]+=[0-9,]+)?")
_SHORT = {
    names.expand("xsd:integer"): re.compile(r"[+-]?[0-9]+"),
    names.expand("xsd:decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    names.expand("xsd:boolean"): re.compile(r"true|false"),
}
_TYPE, _STRING = names.expand("rdf:type"), names.expand("xsd:string")
_FIRST = [_TYPE, *map(names.expand, ("rdfs:label", "rdf:subject", "rdf:predicate", "rdf:object"))]
Subject = ox.NamedNode | ox.BlankNode | ox.Triple


class Turtle:
    """Writes terms and triples with the prefixes of a graph's base."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.prefixes = dict(sorted(names.prefixes(base).items()))
        self._spaces = {iri: prefix for prefix, iri in self.prefixes.items()}
        self._relative = base.endswith("/")

    def document(self, triples: Iterable[ox.Triple]) -> str:
        """A whole Turtle document."""
        return self.head() + "\n" + self.body(triples)

    def head(self) -> str:
        """The base and the prefixes."""
        lines = [f"@base <{self.base}> .\n"] if self._relative else []
        return "".join([*lines, *(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in self.prefixes.items())])

    def body(self, triples: Iterable[ox.Triple]) -> str:
        """The triples under headings: articles, entities, events, …, and last the stretches of text."""
        lines: list[str] = []
        ordered = sorted(triples, key=self._order)
        for section, group in groupby(ordered, key=lambda triple: self._section(triple.subject)):
            lines.append(f"# ---- {TITLES[_KINDS[section]]}\n\n")
            lines += [self._block(list(block)) for _, block in groupby(group, key=lambda triple: str(triple.subject))]
        return "".join(lines)

    def term(self, term: object) -> str:
        """A term, as a prefixed name or a bare number where Turtle has one."""
        if isinstance(term, ox.NamedNode):
            cut = max(term.value.rfind("/"), term.value.rfind("#")) + 1
            prefix, local = self._spaces.get(term.value[:cut]), term.value[cut:]
            if prefix and _LOCAL.fullmatch(local):
                return f"{prefix}:{local}"
            if self._relative and _RELATIVE.fullmatch(rest := term.value.removeprefix(self.base)):
                return f"<{rest}>"
            return str(term)
        if isinstance(term, ox.Literal) and not term.language:
            short = _SHORT.get(term.datatype.value)
            if short and short.fullmatch(term.value):
                return term.value
            if term.datatype.value != _STRING:
                return f"{ox.Literal(term.value)}^^{self.term(term.datatype)}"
        return str(term)

    def _block(self, triples: list[ox.Triple]) -> str:
        lines = []
        for predicate, group in groupby(triples, key=lambda triple: triple.predicate):
            word = "a" if predicate.value == _TYPE else self.term(predicate)
            lines.append(f"{word} {', '.join(self.term(triple.object) for triple in group)}")
        return self.term(triples[0].subject) + "\n    " + " ;\n    ".join(lines) + " .\n\n"

    def _order(self, triple: ox.Triple) -> tuple[int, str, int, str, str]:
        predicate = triple.predicate.value
        rank = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
        subject = str(triple.subject)
        return (self._section(triple.subject), subject, rank, self.term(triple.predicate), self.term(triple.object))

    def _section(self, subject: Subject) -> int:
        iri = subject.value if isinstance(subject, ox.NamedNode) else ""
        start = next((base for base in (self.base, names.BASE) if iri.startswith(base)), None)
        kind, _, key = iri.removeprefix(start or iri).partition("/")
        if kind == "article" and "#" in key:
            kind = "evidence"
        return _KINDS.index(kind if kind in TITLES else "")
