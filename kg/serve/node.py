"""One node of the graph as data: its triples, its names, its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import pyoxigraph as ox

from kg import names
from kg.ask import sparql
from kg.ask.values import python_value
from kg.answers import Answer
from kg.store import Store

_LABEL, _ALT = ox.NamedNode(names.expand("rdfs:label")), ox.NamedNode(names.expand("skos:altLabel"))
_TYPE = ox.NamedNode(names.expand("rdf:type"))
_HEADLINE, _TEXT = ox.NamedNode(names.expand("schema:headline")), ox.NamedNode(names.expand("kg:text"))
_SELECTOR, _EXACT = ox.NamedNode(names.expand("oa:hasSelector")), ox.NamedNode(names.expand("oa:exact"))
_SUBJECT, _OBJECT = ox.NamedNode(names.expand("rdf:subject")), ox.NamedNode(names.expand("rdf:object"))
_PREDICATE = ox.NamedNode(names.expand("rdf:predicate"))
_ABOUT = ox.NamedNode(names.expand("kg:aboutEvent"))
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Value:
    """A term for a page: its words, its IRI unless it is a literal, and in which facts it stands ("asserted", …)."""

    words: str
    iri: str | None = None
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A property with its values; ``back`` where the node is the value and they are the subjects."""

    name: str
    iri: str
    values: tuple[Value, ...]
    back: bool = False
    more: bool = False


def triples(store: Store, iri: ox.NamedNode) -> Iterator[ox.Triple]:
    """The triples in which a node stands, those of which it is the subject first."""
    for quad in (*store.inner.quads_for_pattern(iri, None, None), *store.inner.quads_for_pattern(None, None, iri)):
        yield ox.Triple(quad.subject, quad.predicate, quad.object)


def article_triples(store: Store, iri: ox.NamedNode) -> Iterator[ox.Triple]:
    """All that is known from an article, what is told of the article itself first."""
    for quad in store.inner.quads_for_pattern(iri, None, None, iri):
        yield ox.Triple(quad.subject, quad.predicate, quad.object)
    for quad in store.inner.quads_for_pattern(None, None, None, iri):
        if quad.subject != iri:
            yield ox.Triple(quad.subject, quad.predicate, quad.object)


def asked(store: Store, question: str, bound: Mapping[str, str]) -> Answer:
    """The rows of a question of ours; what it binds are IRIs. (`kg.ask` reads the whole ontology, for suggestions.)"""
    terms: dict[ox.Variable, Any] = {ox.Variable(name): _bound(value) for name, value in bound.items()}
    text, added = sparql.with_parameters(question, bound, set())
    found: Any = store.inner.query(text, use_default_graph_as_union=True, substitutions=terms)
    shown = [variable for variable in found.variables if variable.value not in added]
    rows = tuple(tuple(python_value(row[variable]) for variable in shown) for row in found)
    return Answer(tuple(variable.value for variable in shown), rows)


def _bound(value: str) -> ox.NamedNode | ox.Literal:
    return ox.NamedNode(value) if value.startswith(("http://", "https://")) else ox.Literal(value)


def label(store: Store, term: object, *, deep: bool = True) -> str:
    """What a node is called: its label or headline, its words, what it claims, or else the end of its IRI."""
    if not isinstance(term, ox.NamedNode):
        return term.value if isinstance(term, ox.Literal) else str(term)
    if "#char=" in term.value:
        return _words(store, term) or names.in_words(term.value)
    for property_ in (_LABEL, _HEADLINE, _TEXT):
        for quad in store.inner.quads_for_pattern(term, property_, None):
            if isinstance(quad.object, ox.Literal):
                return quad.object.value
    if deep and (parts := _parts(store, term)):
        return " · ".join(label(store, part, deep=False) for part in parts)
    home = names.mint("article", "", base=store.base)
    return term.value.removeprefix(home) if term.value.startswith(home) else names.in_words(term.value)


def _parts(store: Store, claim: ox.NamedNode) -> list[object]:
    """What a claim claims: subject, relation and object; nothing for what is no claim."""
    found = [
        next((quad.object for quad in store.inner.quads_for_pattern(claim, property_, None)), None)
        for property_ in (_SUBJECT, _PREDICATE, _OBJECT)
    ]
    return [] if None in found else list(found)


def _words(store: Store, place: ox.NamedNode) -> str:
    """The words of a stretch of an article."""
    for selector in store.inner.quads_for_pattern(place, _SELECTOR, None):
        if isinstance(selector.object, ox.NamedNode):
            for quad in store.inner.quads_for_pattern(selector.object, _EXACT, None):
                return f"“{quad.object.value}”" if isinstance(quad.object, ox.Literal) else ""
    return ""


def types(store: Store, iri: ox.NamedNode) -> list[ox.NamedNode]:
    """The classes of a node."""
    found = {quad.object for quad in store.inner.quads_for_pattern(iri, _TYPE, None)}
    return sorted((term for term in found if isinstance(term, ox.NamedNode)), key=lambda term: term.value)


def busy(store: Store, iri: ox.NamedNode, most: int) -> bool:
    """Whether there are more claims about a node than may be."""
    found = (store.inner.quads_for_pattern(None, property_, iri) for property_ in (_SUBJECT, _OBJECT, _ABOUT))
    return len(list(islice(chain.from_iterable(found), most + 1))) > most


def told(store: Store, iri: ox.NamedNode, *, back: bool = False, left: tuple[str, ...] = ()) -> list[Told]:
    """The properties of a node, or those whose value it is, by name; without those ``left`` out (IRIs)."""
    found: dict[ox.NamedNode, dict[object, str]] = {}
    pattern = (None, None, iri) if back else (iri, None, None)
    for quad in store.inner.quads_for_pattern(*pattern):
        if quad.predicate.value not in left:
            values = found.setdefault(quad.predicate, {})
            term = quad.subject if back else quad.object
            values[term] = min(filter(None, (values.get(term, ""), _layer(store, quad.graph_name))), default="")
    lines = [
        Told(
            _property(store, property_), property_.value,
            tuple(_value(store, term, layer) for term, layer in islice(sorted(values.items(), key=_order), _SHOWN)),
            back, len(values) > _SHOWN,
        )
        for property_, values in found.items()
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.name.casefold(), line.iri))


def _property(store: Store, iri: ox.NamedNode) -> str:
    """The words of a property, by its label where the graph has one."""
    for quad in store.inner.quads_for_pattern(iri, _LABEL, None):
        return quad.object.value if isinstance(quad.object, ox.Literal) else names.in_words(iri.value)
    return names.in_words(iri.value)


def _order(item: tuple[object, str]) -> str:
    return str(item[0])


def _layer(store: Store, graph: object) -> str:
    """In which facts a quad stands, empty where it is no fact."""
    home = names.mint("graph", "", base=store.base)
    layer = graph.value.removeprefix(home) if isinstance(graph, ox.NamedNode) else ""
    return layer if layer in ("asserted", "reported") else ""


def _value(store: Store, term: object, layer: str) -> Value:
    return Value(label(store, term), term.value if isinstance(term, ox.NamedNode) else None, layer)


def called(store: Store, words: str, most: int) -> list[tuple[str, str]]:
    """The nodes one of whose names has these words in it: IRI and label; whole names first, then by label."""
    wanted, found = words.casefold(), dict[str, tuple[int, str]]()
    for property_ in (_LABEL, _ALT, _HEADLINE):
        for quad in store.inner.quads_for_pattern(None, property_, None):
            name = quad.object.value if isinstance(quad.object, ox.Literal) else ""
            if wanted in name.casefold() and isinstance(quad.subject, ox.NamedNode):
                rank = 0 if wanted == name.casefold() else 1 if name.casefold().startswith(wanted) else 2
                known = found.get(quad.subject.value)
                found[quad.subject.value] = min(known, (rank, name)) if known else (rank, name)
    own = ((iri, at) for iri, at in found.items() if iri.startswith(store.base) and "#" not in iri[len(store.base) :])
    ranked = sorted(own, key=lambda item: (item[1][0], item[1][1].casefold(), item[0]))
    return [(iri, label(store, ox.NamedNode(iri))) for iri, _ in ranked[:most]]


__all__ = ["Told", "Value", "article_triples", "asked", "busy", "called", "label", "told", "triples", "types"]
