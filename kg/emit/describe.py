"""Labels, classes and status of nodes once an article has come or gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial

from pyoxigraph import NamedNode, Quad

from kg import names
from kg.emit import facts
from kg.emit.look import Look, graph
from kg.emit.nodes import KIND_CLASS
from kg.emit.terms import Term, name

KINDS = tuple(name(class_).value for class_ in KIND_CLASS.values())
FORM, READ, TOLD, LISTED = name("kg:nameForm"), name("kg:readAs"), name("kg:toldAs"), name("kg:listedAs")
_SAID = (FORM, READ, TOLD, LISTED)
_LABEL, _OTHER = name("rdfs:label"), name("skos:altLabel")
_TYPE, _ALSO, _STATUS, _SAME = name("rdf:type"), name("kg:alsoReadAs"), name("kg:status"), name("owl:sameAs")
_DESCRIPTION = (_LABEL, _OTHER, _TYPE, _ALSO, _STATUS, _SAME)
BELOW, _EVENT = name("rdfs:subClassOf"), name("kg:Event")
_STATUSES = {value: name(value) for value in facts.STATUS_ORDER}


@dataclass(slots=True)
class Change:
    """What articles say of a node that comes and goes: values by property."""

    fresh: dict[NamedNode, dict[str, Term]] = field(default_factory=lambda: defaultdict(dict))
    gone: dict[NamedNode, dict[str, Term]] = field(default_factory=lambda: defaultdict(dict))


def changes(removed: Set[Quad], added: Set[Quad]) -> dict[NamedNode, Change]:
    """The nodes whose names, readings, statuses or identities elsewhere differ, or what stands above their classes.

    ``removed`` and ``added`` are all quads of the articles before and after.
    """
    found: dict[NamedNode, Change] = defaultdict(Change)
    for quads, fresh in ((removed - added, False), (added - removed, True)):
        for quad in quads:
            node, value = quad.subject, quad.object
            if quad.predicate in _SAID and isinstance(node, NamedNode) and isinstance(value, Term):
                side = found[node].fresh if fresh else found[node].gone
                side[quad.predicate][value.value] = value
    if any(quad.predicate == BELOW for quad in removed ^ added):
        for quad in removed | added:
            if quad.predicate == READ and isinstance(quad.subject, NamedNode):
                found[quad.subject]
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
    told = node.value.startswith(names.mint("event", "", base=look.base))
    classes = _event_classes(look, node) if told else _classes(look, node, change, held)
    values = [*_names(look, node, change, held), *classes, *_status(look, node), *_same(look, node, change, held)]
    return [Quad(node, property_, value, place) for property_, value in values]


Held = dict[NamedNode, dict[str, Term]]


def _names(look: Look, node: NamedNode, change: Change, held: Held) -> Iterator[tuple[NamedNode, Term]]:
    """``rdfs:label`` is the fullest form, ``skos:altLabel`` every other.

    What is held is complete, so only it and the new forms are tried; how many articles use a form is counted only
    where that decides, between the longest, and where it can have changed.
    """
    fresh, known = change.fresh[FORM], held[_LABEL] | held[_OTHER]
    forms = _existing(look, node, FORM, known | fresh) if change.gone[FORM] else known | fresh
    if not forms:
        return
    tied = facts.longest(forms)
    rivals = set(tied) - set(held[_LABEL])
    settled = len(rivals) < len(tied) and not change.gone[FORM] and not rivals & set(fresh)
    counts = dict.fromkeys(held[_LABEL] if settled else tied, 1)
    if len(counts) > 1:
        counts = {form: sum(1 for _ in look.told(node, FORM, forms[form])) for form in tied}
    label = facts.label(counts)
    yield from labels(forms, label)


def labels(forms: Mapping[str, Term], label: str) -> Iterator[tuple[NamedNode, Term]]:
    """The names of a node, one of which is its label."""
    yield from ((_LABEL if form == label else _OTHER, term) for form, term in forms.items())


def _classes(look: Look, node: NamedNode, change: Change, held: Held) -> Iterator[tuple[NamedNode, Term]]:
    """``rdf:type`` by majority of the articles, ``kg:alsoReadAs`` what only a minority took the node for.

    One more vote for the winner changes nothing; else votes are counted where there are rivals.
    """
    fresh, known = change.fresh[READ], held[_TYPE] | held[_ALSO]
    read = _existing(look, node, READ, known | fresh) if change.gone[READ] else known | fresh
    if _contested(read) and not change.gone[READ] and set(fresh) in (set(), set(held[_TYPE])):
        yield from _types(read, held[_TYPE])
    else:
        yield from thing_types(list(_readings(look, node).values()) if _contested(read) else [read.keys()])


def thing_types(readings: Sequence[Set[str]]) -> Iterator[tuple[NamedNode, Term]]:
    """The types of a thing, given what each article takes it for: the classes that won, and the others."""
    read = frozenset[str]().union(*readings)
    winners = facts.classes([frozenset(reading) for reading in readings], KINDS) if _contested(read) else read
    yield from _types(read, winners)


def _contested(read: Collection[str]) -> bool:
    """Whether the articles that read a node as these classes differ."""
    kinds = sum(class_ in KINDS for class_ in read)
    return kinds > 1 or len(read) - kinds > 1


def _types(read: Iterable[str], winners: Container[str]) -> Iterator[tuple[NamedNode, Term]]:
    yield from ((_TYPE if class_ in winners else _ALSO, NamedNode(class_)) for class_ in read)


def _status(look: Look, node: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
    yield from status(term for term in _STATUSES.values() if look.any(node, TOLD, term))


def status(told: Iterable[Term]) -> Iterator[tuple[NamedNode, Term]]:
    """The status of an event, given how far each article says that it got."""
    known = {term.value for term in told}
    if found := facts.status(value for value, term in _STATUSES.items() if term.value in known):
        yield _STATUS, _STATUSES[found]


def _same(look: Look, node: NamedNode, change: Change, held: Held) -> Iterator[tuple[NamedNode, Term]]:
    """``owl:sameAs`` is what the gazetteer has for the names that articles use."""
    known = change.fresh[LISTED] | held[_SAME]
    listed = _existing(look, node, LISTED, known) if change.gone[LISTED] else known
    yield from same(listed.values())


def same(listed: Iterable[Term]) -> Iterator[tuple[NamedNode, Term]]:
    """What a node is elsewhere."""
    yield from ((_SAME, term) for term in listed)


def _event_classes(look: Look, node: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
    """An event's class by majority, with every class above it, so that `?e a kg:Ruling` finds the convictions.

    What stands above a class is told by the articles that read it there: frames of the user's own that one article was
    read with say nothing of the events of others. ``kg:Event`` itself stands in every article's graph.
    """
    readings = _readings(look, node)
    higher: dict[str, set[str]] = defaultdict(set)
    for article, reading in readings.items():
        for class_ in reading:
            higher[class_] |= above(class_, partial(_right_above, look, article))
    yield from event_types(list(readings.values()), higher)


def event_types(readings: Sequence[Set[str]], higher: Mapping[str, Set[str]]) -> Iterator[tuple[NamedNode, Term]]:
    """The types of an event, given what each article takes it for and what stands above each of these classes."""
    depths = {class_: len(classes) for class_, classes in higher.items()}
    winners = facts.classes([frozenset(reading) for reading in readings], (), depths=depths)
    types = winners.union(*(higher[class_] for class_ in winners))
    yield from ((_TYPE, NamedNode(class_)) for class_ in types)
    yield from ((_ALSO, NamedNode(class_)) for class_ in higher.keys() - types)


def _right_above(look: Look, article: NamedNode, class_: NamedNode) -> list[Term]:
    found = (quad.object for quad in look.told(class_, BELOW, None, article))
    return [term for term in found if isinstance(term, NamedNode)]


def above(class_: str, higher: Callable[[NamedNode], Iterable[Term]]) -> set[str]:
    """The classes between one and ``kg:Event``; those of other vocabularies, which have nothing above, are left out."""
    found: set[str] = set()
    todo = [class_]
    while todo:
        current = todo.pop()
        if current == _EVENT.value or current in found:
            continue
        upwards = [term.value for term in higher(NamedNode(current))]
        if upwards:
            found.add(current)
        todo += upwards
    return found - {class_}


def _readings(look: Look, node: NamedNode) -> dict[NamedNode, set[str]]:
    """What each article takes the node for."""
    by_article: dict[NamedNode, set[str]] = defaultdict(set)
    for quad in look.told(node, READ, None):
        if isinstance(quad.object, NamedNode) and isinstance(quad.graph_name, NamedNode):
            by_article[quad.graph_name].add(quad.object.value)
    return by_article


def _existing(look: Look, node: NamedNode, property_: NamedNode, values: dict[str, Term]) -> dict[str, Term]:
    return {key: term for key, term in values.items() if look.any(node, property_, term)}
