"""What frames of the user's own have told, seen without these frames: judged by the general rules only.

A graph that was built with ``--ontology`` may be checked without it. The shapes that follow from the frames at hand
then know nothing of its classes: "only an arrest has the role authority" would be said of an inspection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import names
from kg.check.breach import Breach
from kg.ontology.rows import shorten
from kg.store import Store

if TYPE_CHECKING:
    from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Of what the rules of roles and relations say nothing: ``files`` of frames, the labels of their ``classes``."""

    files: tuple[str, ...]
    classes: tuple[str, ...]


class Own:
    """The classes and frames that the graph was read with and that an ontology lacks."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self._store = store
        keys = sorted(set(store.frames()) - {"", ontology.added})
        known = {f"frame:{frame.name}" for frame in (*ontology.frames, *ontology.relation_frames)}
        self._classes = self._declared(ontology) if keys else frozenset()
        self._frames = (self._rules() - known) if keys else frozenset()
        self._files = tuple(dict.fromkeys(key.rpartition(" ")[0] for key in keys))

    @property
    def left_out(self) -> LeftOut | None:
        """What is not judged, None where all is."""
        if not self._classes | self._frames:
            return None
        labels = {self._label(node) for node in self._classes}
        return LeftOut(self._files, tuple(sorted(labels)))

    def excuses(self, breach: Breach) -> bool:
        """Whether a fact is of such an event, or told by such frames alone, so that no rule of ours is its."""
        event = None if breach.subject.iri is None else ox.NamedNode(breach.subject.iri)
        if event is not None and any(self._is(event, class_) for class_ in self._classes):
            return True
        claims = [ox.NamedNode(place.claim) for place in breach.places if place.claim is not None]
        return bool(claims) and all(set(self._values(claim, _RULE)) <= self._frames for claim in claims)

    def _declared(self, ontology: Ontology) -> frozenset[ox.NamedNode]:
        """The classes of events that articles declare and the ontology lacks."""
        found = {quad.subject for quad in self._store.inner.quads_for_pattern(None, _TYPE, _CLASS, None)}
        nodes = (node for node in found if isinstance(node, ox.NamedNode))
        return frozenset(node for node in nodes if shorten(node.value) not in ontology.parents)

    def _rules(self) -> frozenset[str]:
        found = (quad.object for quad in self._store.inner.quads_for_pattern(None, _RULE, None, None))
        rules = {rule.value for rule in found if isinstance(rule, ox.Literal)}
        return frozenset(rule for rule in rules if rule.startswith("frame:"))

    def _label(self, node: ox.NamedNode) -> str:
        return min(self._values(node, _LABEL), default=names.in_words(node.value))

    def _values(self, node: ox.NamedNode, property_: ox.NamedNode) -> list[str]:
        found = (quad.object for quad in self._store.inner.quads_for_pattern(node, property_, None, None))
        return [term.value for term in found if isinstance(term, ox.Literal)]

    def _is(self, node: ox.NamedNode, class_: ox.NamedNode) -> bool:
        return next(iter(self._store.inner.quads_for_pattern(node, _TYPE, class_, None)), None) is not None


_TYPE, _CLASS, _RULE, _LABEL = (
    ox.NamedNode(names.expand(name)) for name in ("rdf:type", "rdfs:Class", "kg:rule", "rdfs:label")
)

__all__ = ["LeftOut", "Own"]
