"""The user's own classes, roles and relations that an article's quads speak of, declared where they are used.

The shipped vocabulary is the program's, a user's is in files of his own: a graph that names `kg:Rescue` must tell what
that is to whoever asks it without these files. So each article's graph declares what of it that article uses; when the
last such article goes, the declaration goes, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from kg import names
from kg.emit.terms import name, text


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
    """The declarations of the user's own terms among these quads, each in the graph that uses it; sorted."""
    terms = {name(own): own for own in ontology.own if "://" in own or own.partition(":")[0] in names.PREFIXES}
    if not terms:
        return []
    used = {
        (own, quad.graph_name)
        for quad in quads
        for term in (quad.predicate, quad.object)
        if isinstance(term, NamedNode) and (own := terms.get(term)) is not None
    }
    found = {
        quad
        for own, place in used
        if isinstance(place, NamedNode)
        for one in _with_parents(own, ontology)
        for quad in _declared(one, place, ontology)
    }
    return sorted(found, key=str)


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
    node, class_ = name(own), ontology.is_a(own, "kg:Event")
    yield Quad(node, name("rdf:type"), name("rdfs:Class" if class_ else "rdf:Property"), place)
    for predicate, words in (("rdfs:label", ontology.labels), ("rdfs:comment", ontology.comments)):
        if own in words:
            yield Quad(node, name(predicate), text(words[own]), place)
    for parent in ontology.parents[own]:
        yield Quad(node, name("rdfs:subClassOf" if class_ else "rdfs:subPropertyOf"), name(parent), place)
