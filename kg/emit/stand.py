"""Which plain triples stand as facts once an article has come or gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from pyoxigraph import NamedNode, Quad

from kg import names
from kg.emit import facts
from kg.emit.look import Look, graph
from kg.emit.terms import Term, boolean, name

_SUBJECT, _PREDICATE, _OBJECT = name("rdf:subject"), name("rdf:predicate"), name("rdf:object")
_SPEAKER, _ADDRESSEE, _NESTED = name("kg:speaker"), name("kg:addressee"), name("kg:nestedIn")
_SAID, _TOLD = name("kg:said"), name("kg:told")
_TRUE = boolean(True)
_STATED = (name("kg:statedIn"), name("kg:attributedTo"))


class Fact(NamedTuple):
    """A plain triple, whether it stands or not."""

    subject: NamedNode
    predicate: NamedNode
    object: Term


@dataclass(slots=True)
class Change:
    """The claims and statements of a fact that come, and whether any go."""

    fresh: set[NamedNode] = field(default_factory=set)
    shrunk: bool = False


def changes(removed: Iterable[Quad], added: Iterable[Quad], base: str) -> dict[Fact, Change]:
    """The facts that the claims and statements of these quads speak of."""
    found: dict[Fact, Change] = defaultdict(Change)
    events = names.mint("event", "", base=base)
    for fact, _ in _facts(removed, events):
        found[fact].shrunk = True
    for fact, node in _facts(added, events):
        found[fact].fresh.add(node)
    return found


def before(look: Look, fact: Fact) -> list[Quad]:
    """The fact as it is held now."""
    layers = set(_layers(look.base).values())
    return [quad for quad in look.held(*fact) if quad.graph_name in layers]


def after(look: Look, fact: Fact, change: Change) -> list[Quad]:
    """The fact as it follows from all claims of it.

    What was known before spares looking at all of them again: a fact that stood was denied by no older claim, and
    one that only gains claims can but rise or fall by these.
    """
    graphs = _layers(look.base)
    held = next(
        (layer for quad in before(look, fact) for layer, place in graphs.items() if place == quad.graph_name), None
    )
    layer = _layer(look, fact, change, held)
    return [Quad(*fact, graphs[layer])] if layer else []


def _layer(look: Look, fact: Fact, change: Change, held: facts.Layer | None) -> facts.Layer | None:
    fresh = [_stance(look, fact, node) for node in change.fresh]
    gained = facts.layer(fresh)
    if any(stance.denies for stance in fresh):
        return None
    best: facts.Layer = "asserted" if "asserted" in (held, gained) else "reported"
    if not change.shrunk and held:
        return best
    if not change.shrunk and not gained:
        return None
    stances = (_stance(look, fact, node) for node in _bearers(look, fact))
    return facts.layer(stances, undisputed=held is not None, best=best)


def _layers(base: str) -> dict[facts.Layer, NamedNode]:
    return {
        "asserted": graph("asserted", base),
        "reported": graph("reported", base),
    }


def _facts(quads: Iterable[Quad], events: str) -> Iterator[tuple[Fact, NamedNode]]:
    """Each fact that some claims or statements speak of, with that claim or statement."""
    parts: dict[NamedNode, dict[NamedNode, Term]] = defaultdict(dict)
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Term):
            parts[quad.subject][quad.predicate] = quad.object
    for node, part in parts.items():
        subject, predicate, value = (part.get(property_) for property_ in (_SUBJECT, _PREDICATE, _OBJECT))
        # The role of an event is as it is told, and no fact.
        plain = isinstance(subject, NamedNode) and not subject.value.startswith(events)
        if plain and isinstance(predicate, NamedNode) and value is not None:
            yield Fact(cast(NamedNode, subject), predicate, value), node
        speaker, addressee = part.get(_SPEAKER), part.get(_ADDRESSEE)
        if isinstance(speaker, NamedNode):
            yield Fact(speaker, _SAID, node), node
            if addressee is not None:
                yield Fact(speaker, _TOLD, addressee), node


def _bearers(look: Look, fact: Fact) -> Iterator[NamedNode]:
    """Every claim of the fact; for ``kg:said`` and ``kg:told`` also the acts of saying."""
    for claim in look.with_both((_SUBJECT, fact.subject), (_OBJECT, fact.object)):
        if look.any(claim, _PREDICATE, fact.predicate):
            yield claim
    if fact.predicate == _TOLD:
        yield from look.with_both((_SPEAKER, fact.subject), (_ADDRESSEE, fact.object))
    elif (
        fact.predicate == _SAID and isinstance(fact.object, NamedNode) and look.any(fact.object, _SPEAKER, fact.subject)
    ):
        yield fact.object


def _stance(look: Look, fact: Fact, node: NamedNode) -> facts.Stance:
    """How a claim puts the fact forward; an act of saying bears out that it was said, and is reported where nested."""
    if not look.any(node, _PREDICATE, fact.predicate):
        return facts.Stance(holds=True, denies=False, reported=look.any(node, _NESTED))
    holds = (
        look.any(node, name("kg:polarity"), name("kg:Positive"))
        and look.any(node, name("kg:certainty"), name("kg:Certain"))
        and not look.any(node, name("kg:tense"), name("kg:Future"))
        and not look.any(node, name("kg:conditional"), _TRUE)
    )
    denies = not holds and look.any(node, name("kg:polarity"), name("kg:Negative"))
    return facts.Stance(holds, denies, reported=any(look.any(node, property_) for property_ in _STATED))
