"""A Turtle and TriG writer for readers: sorted, a heading for each kind of node, grouped by subject, no blank nodes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

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
    "dataset": "The data set",
}
_KINDS = list(TITLES)
_SECTIONS = "abcdefghijklmnop"[: len(_KINDS)]
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_RELATIVE = re.compile(r"[a-z]+/[A-Za-z0-9%_-]+(?:#[a-z]+=[0-9,]+)?")
_SHORT = {
    names.expand("xsd:integer"): re.compile(r"[+-]?[0-9]+"),
    names.expand("xsd:decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    names.expand("xsd:boolean"): re.compile(r"true|false"),
}
_TYPE, _STRING = names.expand("rdf:type"), names.expand("xsd:string")
_FIRST = [_TYPE, *map(names.expand, ("rdfs:label", "rdf:subject", "rdf:predicate", "rdf:object"))]
_RANK_OF_TYPE = "0"
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
        return self.head() + "\n" + "".join(self.body(sorted(set(map(self.line, triples)))))

    def head(self) -> str:
        """The base and the prefixes."""
        lines = [f"@base <{self.base}> .\n"] if self._relative else []
        return "".join([*lines, *(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in self.prefixes.items())])

    def line(self, triple: ox.Triple | ox.Quad) -> str:
        """A triple as one line that stands in order among others: section, subject, rank, predicate and value.

        Terms hold no tabs, so that lines are in the order of their parts.
        """
        predicate = triple.predicate.value
        rank = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
        section, subject = _SECTIONS[self._section(triple.subject)], str(triple.subject)
        return f"{section}\t{subject}\t{rank}\t{self.term(triple.predicate)}\t{self.term(triple.object)}"

    def body(self, lines: Iterable[str]) -> Iterator[str]:
        """The triples of sorted lines under headings: articles, entities, events, …, and last the data set."""
        parted = (line.split("\t", 4) for line in lines)
        for section, group in groupby(parted, key=itemgetter(0)):
            yield f"# ---- {TITLES[_KINDS[_SECTIONS.index(section)]]}\n\n"
            yield from (self._block(subject, block) for subject, block in groupby(group, key=itemgetter(1)))

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

    def _block(self, subject: str, lines: Iterable[list[str]]) -> str:
        """All triples of one subject."""
        node = self.term(ox.NamedNode(subject[1:-1])) if subject.startswith("<") else subject
        written = []
        for (rank, predicate), group in groupby(lines, key=itemgetter(2, 3)):
            word = "a" if rank == _RANK_OF_TYPE else predicate
            written.append(f"{word} {', '.join(parts[4] for parts in group)}")
        return node + "\n    " + " ;\n    ".join(written) + " .\n\n"

    def _section(self, subject: Subject) -> int:
        iri = subject.value if isinstance(subject, ox.NamedNode) else ""
        start = next((base for base in (self.base, names.BASE) if iri.startswith(base)), None)
        kind, _, key = iri.removeprefix(start or iri).partition("/")
        if kind == "article" and "#" in key:
            kind = "evidence"
        kind = "dataset" if kind == "graph" else kind
        return _KINDS.index(kind if kind in TITLES else "")
