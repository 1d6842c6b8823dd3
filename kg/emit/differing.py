"""The terms of which a graph says something else by one ontology than by another, of the same records.

An article whose graph uses none of them need not be written anew when the user's own files change. What is asked of an
ontology where an article is written is asked by a term that stands in its graph: which relations a class implies and
what its roles take (``events``), what stands above a term and how the user's own ones are called (``vocabulary``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pyoxigraph import NamedNode

from kg.emit.terms import name
from kg.emit.vocabulary import writable
from kg.ontology import Ontology
from kg.ontology.roles import CIRCUMSTANCES


def differing(old: Ontology, new: Ontology) -> frozenset[NamedNode]:
    """These terms; the records are read with the frames of both alike."""
    filled: dict[str, set[str]] = {}
    for frame in (*old.frames, *new.frames):
        filled.setdefault(frame.event, set(CIRCUMSTANCES)).update(slot.role for slot in frame.slots)
    terms = (one for one in {*old.parents, *new.parents} if writable(one))
    return frozenset(name(one) for one in terms if _said(old, one, filled) != _said(new, one, filled))


def _said(ontology: Ontology, term: str, filled: Mapping[str, Collection[str]]) -> tuple[object, ...]:
    """All that is said where a term is used."""
    steps: dict[str, tuple[object, ...]] = {}
    todo = [term]
    while todo:
        if (one := todo.pop()) not in steps:
            above, own = ontology.parents.get(one, frozenset()), one in ontology.own
            steps[one] = (above, own, *((ontology.labels.get(one), ontology.comments.get(one)) if own else ()))
            todo += above
    implied = [rows for class_, rows in sorted(ontology.relations.items()) if class_ in steps]
    return steps, implied, {role: ontology.takes(term, role) for role in filled.get(term, ())}


__all__ = ["differing"]
