"""Which plain triples stand as facts once an article has come or gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple, cast

from pyoxigraph import NamedNode, Quad

from kg import names
from kg.emit.facts import Rule, Stance
from kg.emit.look import Look, graph
from kg.emit.terms import Term, boolean, name

_SUBJECT, _PREDICATE, _OBJECT = name("rdf:subject"), name("rdf:predicate"), name("rdf:object")
_SPEAKER, _ADDRESSEE, _NESTED = name("kg:speaker"), name("kg:addressee"), name("kg:nestedIn")
_SAID, _TOLD = name("kg:said"), name("kg:told")
_TRUE = boolean(True)
_POLARITY, _CERTAINTY, _TENSE = name("kg:polarity"), name("kg:certainty"), name("kg:tense")
_CONDITIONAL = name("kg:conditional")
_STATED = (name("kg:statedIn"), name("kg:attributedTo"))
_LAYERS = ("asserted", "reported")
PARTS = frozenset({
    _SUBJECT, _PREDICATE, _OBJECT, _SPEAKER, _ADDRESSEE, _NESTED, _POLARITY, _CERTAINTY, _TENSE, _CONDITIONAL, *_STATED
})  # fmt: skip
"""All properties of claims and statements on which it depends what stands."""
Parts = Mapping[NamedNode, Mapping[NamedNode, Sequence[Term]]]
"""The values that nodes have, by property."""


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
    for fact, _ in facts(parts(removed), events):
        found[fact].shrunk = True
    for fact, node in facts(parts(added), events):
        found[fact].fresh.add(node)
    return found


def before(look: Look, fact: Fact) -> list[Quad]:
    """The fact as it is held now."""
    layers = {graph(layer, look.base) for layer in _LAYERS}
    return [quad for quad in look.held(*fact) if quad.graph_name in layers]


def after(look: Look, fact: Fact, change: Change, rule: Rule) -> list[Quad]:
    """The fact as it follows from all claims of it.

    What was known before spares looking at all of them again: a fact that stood was denied by no older claim, and
    one that only gains claims can but rise or fall by these.
    """
    held = {quad.graph_name for quad in before(look, fact)}
    layer = _layer(look, fact, change, next((one for one in _LAYERS if graph(one, look.base) in held), None), rule)
    return [Quad(*fact, graph(layer, look.base))] if layer else []


def _layer(look: Look, fact: Fact, change: Change, held: str | None, rule: Rule) -> str | None:
    fresh = [rule.fits(_stance(look, fact, node)) for node in change.fresh]
    if any(names_ & rule.fatal for names_ in fresh):
        return None
    best = rule.better(rule.of_layer(held), rule.standing(fresh))
    if not change.shrunk and (held or best is None or best.layer is None):
        return best.layer if best else None
    found = rule.standing(
        (rule.fits(_stance(look, fact, node)) for node in _bearers(look, fact)), at_best=best if held else None
    )
    return found.layer if found else None


def parts(quads: Iterable[Quad], properties: Container[NamedNode] = PARTS) -> Parts:
    """The values that quads give to nodes for some properties."""
    found: dict[NamedNode, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if (property_ := quad.predicate) in properties:
            node, value = quad.subject, quad.object
            if isinstance(node, NamedNode) and isinstance(value, Term):
                found[node][property_].append(value)
    return found


def facts(told: Parts, events: str) -> Iterator[tuple[Fact, NamedNode]]:
    """Each fact that some claims or statements speak of, with that claim or statement.

    ``events`` begins the IRIs of events.
    """
    for node, part in told.items():
        for subject, predicate, value in product(*(part.get(one, ()) for one in (_SUBJECT, _PREDICATE, _OBJECT))):
            # The role of an event is as it is told, and no fact.
            plain = isinstance(subject, NamedNode) and not subject.value.startswith(events)
            if plain and isinstance(predicate, NamedNode):
                yield Fact(cast(NamedNode, subject), predicate, value), node
        for speaker in part.get(_SPEAKER, ()):
            if isinstance(speaker, NamedNode):
                yield Fact(speaker, _SAID, node), node
                yield from ((Fact(speaker, _TOLD, listener), node) for listener in part.get(_ADDRESSEE, ()))


def _bearers(look: Look, fact: Fact) -> Iterator[NamedNode]:
    """Every claim of the fact; for ``kg:said`` and ``kg:told`` also the acts of saying."""
    yield from look.with_all((_SUBJECT, fact.subject), (_PREDICATE, fact.predicate), (_OBJECT, fact.object))
    if fact.predicate == _TOLD:
        yield from look.with_all((_SPEAKER, fact.subject), (_ADDRESSEE, fact.object))
    elif (
        fact.predicate == _SAID and isinstance(fact.object, NamedNode) and look.any(fact.object, _SPEAKER, fact.subject)
    ):
        yield fact.object


def _stance(look: Look, fact: Fact, node: NamedNode) -> Stance:
    return stance(fact, parts(look.told(node, None, None))[node])


def stance(fact: Fact, part: Mapping[NamedNode, Sequence[Term]]) -> Stance:
    """How a claim puts the fact forward; an act of saying bears out that it was said, and is reported where nested."""
    if fact.predicate not in part.get(_PREDICATE, ()):
        return Stance("Positive", "Certain", "Past", conditional=False, spoken=_NESTED in part)
    polarity, certainty, tense = (_local(part, property_) for property_ in (_POLARITY, _CERTAINTY, _TENSE))
    spoken = any(property_ in part for property_ in _STATED)
    return Stance(polarity, certainty, tense, _TRUE in part.get(_CONDITIONAL, ()), spoken)


def _local(part: Mapping[NamedNode, Sequence[Term]], property_: NamedNode) -> str:
    """The local name of a value ("Positive"), empty where there is none."""
    value = next(iter(part.get(property_, ())), None)
    return value.value.rpartition("#")[2] if isinstance(value, NamedNode) else ""
