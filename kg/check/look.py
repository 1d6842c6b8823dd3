"""A validation report -> breaches: each result's fact looked up in the store, with its claims, words and articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import names
from kg.check.breach import Breach, Place, Severity, Term
from kg.store import Store

if TYPE_CHECKING:
    import rdflib

Fact = tuple[Any, Any, Any]


class Look:
    """What a store and its shapes say of the terms of validation results."""

    def __init__(self, store: Store, labels: Mapping[str, str], rules: rdflib.Graph) -> None:
        self._store, self._labels, self._rules = store, labels, rules
        self._articles = names.mint("article", "", base=store.base)
        self._claims = names.mint("claim", "", base=store.base)

    def breaches(self, report: rdflib.Graph) -> Iterator[Breach]:
        """The breaches that a report tells of, one for each fact."""
        from rdflib import SH

        for root in report.subjects(SH.conforms, None):
            for result in report.objects(root, SH.result):
                yield from self._breaches(report, result)

    def _breaches(self, report: rdflib.Graph, result: Any) -> Iterator[Breach]:
        from rdflib import RDFS, SH

        shape = report.value(result, SH.sourceShape)
        messages = sorted(str(text) for text in report.objects(result, SH.resultMessage))
        severity = _severity(str(report.value(result, SH.resultSeverity)))
        for subject, relation, value in self._facts(report, result, shape):
            yield Breach(
                severity=severity,
                rule=str(shape),
                name=str(self._rules.value(shape, RDFS.label) or ""),
                message=messages[0] if messages else "",
                subject=self._term(subject),
                relation=None if relation is None else self._term(relation),
                object=self._object(subject, relation, value),
                places=tuple(self._places(subject, relation, value)),
            )

    def _facts(self, report: rdflib.Graph, result: Any, shape: Any) -> Iterator[Fact]:
        """The facts that a result is about; where the rule is on those that have a property, each that has it."""
        from rdflib import SH, URIRef

        focus, path, value = (
            _stored(report.value(result, part)) for part in (SH.focusNode, SH.resultPath, SH.value)
        )  # fmt: skip
        of = self._rules.value(shape, SH.targetSubjectsOf) if isinstance(shape, URIRef) else None
        if path is None and of is not None:
            property_ = _stored(of)
            found = sorted(set(self._values(focus, property_)) | set(self._claimed(focus, property_)), key=str)
            yield from ((focus, property_, one) for one in found)
        else:
            yield focus, path if isinstance(path, ox.NamedNode) else None, None if path is None else value

    # ---- terms

    def _object(self, subject: Any, relation: Any, value: Any) -> Term | None:
        """The object of a fact; where a rule counts values, all of them together."""
        if value is not None or relation is None:
            return None if value is None else self._term(value)
        labels = [self._term(one).label for one in self._values(subject, relation)]
        return Term(", ".join(labels)) if labels else None

    def _term(self, term: Any) -> Term:
        if not isinstance(term, ox.NamedNode):
            return Term(str(term.value))
        return Term(self._label(term), term.value)

    def _label(self, node: ox.NamedNode) -> str:
        if node.value.startswith(self._claims):
            return f"claim {node.value[len(self._claims) :]}"
        own = next(iter(self._values(node, _name("rdfs:label"))), None)
        if own is not None:
            return str(own.value)
        known = (f"{p}:{node.value[len(iri) :]}" for p, iri in names.PREFIXES.items() if node.value.startswith(iri))
        short = next(known, "")
        return self._labels.get(short) or (names.in_words(node.value) if short else re.split(r"[/#]", node.value)[-1])

    # ---- places

    def _places(self, subject: Any, relation: Any, value: Any) -> list[Place]:
        """Where articles say so: the claims of the fact, else the thing's own words."""
        if relation is not None and value is not None:
            claims = [claim for claim in self._claims_of(subject, relation) if value in self._values(claim, _OBJECT)]
            if claims:
                return sorted((self._place(claim) for claim in claims), key=lambda p: (p.article or "", p.claim or ""))
        return [self._place(subject)] if isinstance(subject, ox.NamedNode) else []

    def _place(self, node: ox.NamedNode) -> Place:
        claim = node.value if node.value.startswith(self._claims) else None
        places = self._values(node, _name("kg:evidence")) or self._values(node, _name("kg:denotedBy"))[:1] or [node]
        found = [self._selected(place) for place in places]
        words = " … ".join(words for _, words, _ in sorted(found))
        articles = [article for _, _, article in found if article]
        said = [one.value for one in self._values(node, _name("prov:wasDerivedFrom"))]
        return Place(words, self._article((said or articles or [node.value])[0]), claim)

    def _selected(self, place: Any) -> tuple[int, str, str]:
        """Where a stretch begins, its words and its article; a selector stands for its stretch, too."""
        selector = next(iter(self._values(place, _name("oa:hasSelector"))), place)
        start, words = (next(iter(self._values(selector, _name(p))), None) for p in ("oa:start", "oa:exact"))
        source = self._values(place, _name("oa:hasSource"))
        begins = int(start.value) if start is not None and str(start.value).isdigit() else 0
        return begins, "" if words is None else str(words.value), source[0].value if source else ""

    def _article(self, iri: str) -> str | None:
        return re.split("#", iri[len(self._articles) :])[0] if iri.startswith(self._articles) else None

    # ---- the store

    def _values(self, node: Any, property_: ox.NamedNode) -> list[Any]:
        if not isinstance(node, ox.NamedNode):
            return []
        found = self._store.inner.quads_for_pattern(node, property_, None, None)
        return sorted({quad.object for quad in found}, key=str)

    def _claims_of(self, subject: Any, relation: Any) -> list[ox.NamedNode]:
        found = {quad.subject for quad in self._store.inner.quads_for_pattern(None, _SUBJECT, subject, None)}
        return [claim for claim in found if relation in self._values(claim, _PREDICATE)]  # type: ignore[misc]

    def _claimed(self, subject: Any, relation: Any) -> Iterator[Any]:
        for claim in self._claims_of(subject, relation):
            yield from self._values(claim, _OBJECT)


def _name(prefixed: str) -> ox.NamedNode:
    return ox.NamedNode(names.expand(prefixed))


_SUBJECT, _PREDICATE, _OBJECT = (_name(f"rdf:{part}") for part in ("subject", "predicate", "object"))


def _severity(iri: str) -> Severity:
    severities: dict[str, Severity] = {"Warning": "warning", "Info": "info"}
    return severities.get(iri.rpartition("#")[2], "violation")


def _stored(term: Any) -> Any:
    """A term of rdflib as one of the store, or None."""
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if not isinstance(term, rdflib.Literal):
        return None if term is None else ox.BlankNode()
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)


__all__ = ["Look"]
