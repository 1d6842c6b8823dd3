"""What a graph must tell of the words that it uses: what stands above them, and what the user's own ones are.

Each article's graph says which classes and properties stand above those that it uses (`kg:Conviction rdfs:subClassOf
kg:Ruling`), so that queries reach a class with all below it, and a user's own terms are declared in it: the shipped
vocabulary is the program's, but a graph that names `kg:Rescue` must tell what that is to whoever asks it without the
user's files. When the last such article goes, the declarations go, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from kg import names
from kg.emit.terms import name, text
from kg.ontology.rows import shorten

EVENT = "kg:Event"
_READ, _PREDICATE = name("kg:readAs"), name("rdf:predicate")


class Vocabulary(Protocol):
    """What is asked of ``kg.ontology.Ontology``: the user's own names, with labels, comments and what is above them."""

    @property
    def own(self) -> frozenset[str]: ...
    @property
    def labels(self) -> Mapping[str, str]: ...
    @property
    def comments(self) -> Mapping[str, str]: ...
    @property
    def parents(self) -> Mapping[str, frozenset[str]]: ...
    def is_a(self, name: str, ancestor: str, /) -> bool: ...


def vocabulary(quads: Iterable[Quad], ontology: Vocabulary) -> list[Quad]:
    """The declarations that go with these quads, each in the graph that uses the term; sorted."""
    quads = list(quads)
    higher = list(_higher(quads, ontology))
    return sorted({*higher, *_own([*quads, *higher], ontology)}, key=str)


def _higher(quads: Iterable[Quad], ontology: Vocabulary) -> Iterator[Quad]:
    """What stands above the classes of events, up to ``kg:Event``, and above the relations and roles claimed."""
    used = {(quad.predicate, quad.object, quad.graph_name) for quad in quads if quad.predicate in (_READ, _PREDICATE)}
    for property_, term, place in used:
        if isinstance(term, NamedNode) and isinstance(place, NamedNode):
            class_ = property_ == _READ
            way = name("rdfs:subClassOf" if class_ else "rdfs:subPropertyOf")
            for one, above in _steps(shorten(term.value), ontology, below=EVENT if class_ else ""):
                yield Quad(name(one), way, name(above), place)


def _steps(start: str, ontology: Vocabulary, *, below: str) -> Iterator[tuple[str, str]]:
    """Each term from ``start`` upwards with each right above it; only those ``below`` a term, where one is given."""
    todo, seen = [start], {below}
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            known = (one for one in ontology.parents.get(current, ()) if writable(one))
            above = [one for one in known if not below or ontology.is_a(one, below)]
            todo += above
            yield from ((current, one) for one in above)


def writable(term: str) -> bool:
    """Whether a term has an IRI that ``name`` can tell."""
    return "://" in term or term.partition(":")[0] in names.PREFIXES


def _own(quads: Iterable[Quad], ontology: Vocabulary) -> Iterator[Quad]:
    """The declarations of the user's own terms among some quads."""
    terms = {name(own): own for own in ontology.own if writable(own)}
    if not terms:
        return
    used = {
        (own, quad.graph_name)
        for quad in quads
        for term in (quad.predicate, quad.object)
        if isinstance(term, NamedNode) and (own := terms.get(term)) is not None
    }
    for own, place in used:
        if isinstance(place, NamedNode):
            for one in _with_parents(own, ontology):
                yield from _declared(one, place, ontology)


def _with_parents(own: str, ontology: Vocabulary) -> set[str]:
    """The term and those of the user's own that it lies below."""
    found: set[str] = set()
    todo = [own]
    while todo:
        current = todo.pop()
        if current not in found:
            found.add(current)
            todo += ontology.parents[current] & ontology.own
    return found


def _declared(own: str, place: NamedNode, ontology: Vocabulary) -> Iterator[Quad]:
    node, class_ = name(own), ontology.is_a(own, EVENT)
    yield Quad(node, name("rdf:type"), name("rdfs:Class" if class_ else "rdf:Property"), place)
    for predicate, words in (("rdfs:label", ontology.labels), ("rdfs:comment", ontology.comments)):
        if own in words:
            yield Quad(node, name(predicate), text(words[own]), place)
    for parent in ontology.parents[own]:
        yield Quad(node, name("rdfs:subClassOf" if class_ else "rdfs:subPropertyOf"), name(parent), place)
