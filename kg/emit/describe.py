"""Labels, classes and status of nodes once an article has come or gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.emit import facts
from kg.emit.look import Look, graph
from kg.emit.nodes import KIND_CLASS
from kg.emit.terms import Term, name

KINDS = tuple(name(class_).value for class_ in KIND_CLASS.values())
_FORM, _READ, _TOLD = name("kg:nameForm"), name("kg:readAs"), name("kg:toldAs")
_LABEL, _OTHER = name("rdfs:label"), name("skos:altLabel")
_TYPE, _ALSO, _STATUS = name("rdf:type"), name("kg:alsoReadAs"), name("kg:status")
_DESCRIPTION = (_LABEL, _OTHER, _TYPE, _ALSO, _STATUS)
_STATUSES = {value: name(value) for value in facts.STATUS_ORDER}


@dataclass(slots=True)
class Change:
    """What articles say of a node that comes and goes: values by property."""

    fresh: dict[NamedNode, dict[str, Term]] = field(default_factory=lambda: defaultdict(dict))
    gone: dict[NamedNode, dict[str, Term]] = field(default_factory=lambda: defaultdict(dict))


def changes(removed: Iterable[Quad], added: Iterable[Quad]) -> dict[NamedNode, Change]:
    """The nodes whose names, readings or statuses these quads tell."""
    found: dict[NamedNode, Change] = defaultdict(Change)
    for quads, fresh in ((removed, False), (added, True)):
        for quad in quads:
            node, value = quad.subject, quad.object
            if quad.predicate in (_FORM, _READ, _TOLD) and isinstance(node, NamedNode) and isinstance(value, Term):
                side = found[node].fresh if fresh else found[node].gone
                side[quad.predicate][value.value] = value
    return found


def before(look: Look, node: NamedNode) -> list[Quad]:
    """The node's label, other names, classes and status as they are held now."""
    place = graph("entities", look.base)
    found = (quad for property_ in _DESCRIPTION for quad in look.held(node, property_, None))
    return [quad for quad in found if quad.graph_name == place]


def after(look: Look, node: NamedNode, change: Change) -> list[Quad]:
    """The same as they follow from what all articles say."""
    place = graph("entities", look.base)
    held: dict[NamedNode, dict[str, Term]] = defaultdict(dict)
    for quad in before(look, node):
        if isinstance(quad.object, Term):
            held[quad.predicate][quad.object.value] = quad.object
    values = [*_names(look, node, change, held), *_classes(look, node, change, held), *_status(look, node)]
    return [Quad(node, property_, value, place) for property_, value in values]


Held = dict[NamedNode, dict[str, Term]]


def _names(look: Look, node: NamedNode, change: Change, held: Held) -> Iterator[tuple[NamedNode, Term]]:
    """``rdfs:label`` is the fullest form, ``skos:altLabel`` every other.

    What is held is complete, so only it and the new forms are tried; how many articles use a form is counted only
    where that decides, between the longest, and where it can have changed.
    """
    fresh, known = change.fresh[_FORM], held[_LABEL] | held[_OTHER]
    forms = _existing(look, node, _FORM, known | fresh) if change.gone[_FORM] else known | fresh
    if not forms:
        return
    tied = facts.longest(forms)
    rivals = set(tied) - set(held[_LABEL])
    settled = len(rivals) < len(tied) and not change.gone[_FORM] and not rivals & set(fresh)
    counts = dict.fromkeys(held[_LABEL] if settled else tied, 1)
    if len(counts) > 1:
        counts = {form: sum(1 for _ in look.told(node, _FORM, forms[form])) for form in tied}
    label = facts.label(counts)
    for form, term in forms.items():
        yield (_LABEL if form == label else _OTHER), term


def _classes(look: Look, node: NamedNode, change: Change, held: Held) -> Iterator[tuple[NamedNode, Term]]:
    """``rdf:type`` by majority of the articles, ``kg:alsoReadAs`` what only a minority took the node for.

    One more vote for the winner changes nothing; else votes are counted where there are rivals.
    """
    fresh, known = change.fresh[_READ], held[_TYPE] | held[_ALSO]
    read = _existing(look, node, _READ, known | fresh) if change.gone[_READ] else known | fresh
    kinds = [class_ for class_ in read if class_ in KINDS]
    contested = len(kinds) > 1 or len(read) - len(kinds) > 1
    winners = frozenset(read)
    if contested and not change.gone[_READ] and set(fresh) in (set(), set(held[_TYPE])):
        winners = frozenset(held[_TYPE])
    elif contested:
        winners = facts.classes(_readings(look, node), KINDS)
    for class_, term in read.items():
        yield (_TYPE if class_ in winners else _ALSO), term


def _status(look: Look, node: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
    told = (value for value, term in _STATUSES.items() if look.any(node, _TOLD, term))
    if status := facts.status(told):
        yield _STATUS, _STATUSES[status]


def _readings(look: Look, node: NamedNode) -> list[frozenset[str]]:
    """What each article takes the node for."""
    by_article: dict[object, set[str]] = defaultdict(set)
    for quad in look.told(node, _READ, None):
        if isinstance(quad.object, Term):
            by_article[quad.graph_name].add(quad.object.value)
    return [frozenset(reading) for reading in by_article.values()]


def _existing(look: Look, node: NamedNode, property_: NamedNode, values: dict[str, Term]) -> dict[str, Term]:
    return {key: term for key, term in values.items() if look.any(node, property_, term)}
