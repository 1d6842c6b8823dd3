"""The derived layer: which facts, labels, classes and statuses change when an article comes or goes.

Everything here is recomputed from what the articles say; nothing is edited. The cost of a change is that of the
article, not of the graph: only the nodes and triples that the article speaks of are looked at, and of a node that
many articles name no more than the distinct forms, unless two of them tie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, cast

from pyoxigraph import NamedNode, Quad

from kg import names
from kg.emit import facts
from kg.emit.nodes import KIND_CLASS
from kg.emit.terms import Term, name

Match = Callable[[NamedNode | None, NamedNode | None, Term | None], Iterable[Quad]]
"""The quads that fit a pattern of subject, predicate and object (None: any)."""

KINDS = tuple(name(class_).value for class_ in KIND_CLASS.values())
TRIPLE = (name("rdf:subject"), name("rdf:predicate"), name("rdf:object"))


class Derivation(NamedTuple):
    """What must leave the derived graphs and what must enter them."""

    drop: frozenset[Quad]
    add: frozenset[Quad]


class _Fact(NamedTuple):
    subject: NamedNode
    predicate: NamedNode
    object: Term


def derived(changed: Iterable[Quad], told: Match, held: Match, *, base: str = names.BASE) -> Derivation:
    """The derived triples that a change of article graphs touches.

    ``changed`` are all quads that leave or enter the article graphs; ``told`` looks into the article graphs as they
    will be after the change, ``held`` into the derived graphs as they still are.
    """
    deriver = _Deriver(told, held, base)
    changed = list(changed)
    old: set[Quad] = set()
    new: set[Quad] = set()
    for node, quads in _by_subject(changed, ("kg:nameForm", "kg:readAs", "kg:toldAs")).items():
        old.update(deriver.described(node))
        new.update(deriver.description(node, quads))
    for fact in {*_claimed(changed, names.mint("event", "", base=base)), *_said(changed)}:
        old.update(deriver.standing(fact))
        new.update(deriver.stands(fact))
    return Derivation(frozenset(old - new), frozenset(new - old))


def _by_subject(quads: Iterable[Quad], predicates: Iterable[str]) -> dict[NamedNode, list[Quad]]:
    wanted = {name(predicate) for predicate in predicates}
    found: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        if quad.predicate in wanted and isinstance(quad.subject, NamedNode):
            found[quad.subject].append(quad)
    return found


def _claimed(changed: Iterable[Quad], events: str) -> Iterator[_Fact]:
    """The plain triples that the changed claims speak of; what is said of an event is none."""
    for quads in _by_subject(changed, ("rdf:subject", "rdf:predicate", "rdf:object")).values():
        part = {quad.predicate: quad.object for quad in quads}
        subject, predicate, value = (part.get(property_) for property_ in TRIPLE)
        plain = isinstance(subject, NamedNode) and not subject.value.startswith(events)
        if plain and isinstance(predicate, NamedNode) and isinstance(value, Term):
            yield _Fact(cast(NamedNode, subject), predicate, value)


def _said(changed: Iterable[Quad]) -> Iterator[_Fact]:
    """The plain triples that the changed statements bear out."""
    for statement, quads in _by_subject(changed, ("kg:speaker", "kg:addressee")).items():
        nodes = {quad.predicate: quad.object for quad in quads if isinstance(quad.object, NamedNode)}
        speaker, addressee = nodes.get(name("kg:speaker")), nodes.get(name("kg:addressee"))
        if speaker:
            yield _Fact(speaker, name("kg:said"), statement)
        if speaker and addressee:
            yield _Fact(speaker, name("kg:told"), addressee)


class _Deriver:
    """The derived triples of one node or one fact, as they stand and as they should."""

    def __init__(self, told: Match, held: Match, base: str) -> None:
        self.told = told
        self.held = held
        self.entities = NamedNode(names.mint("graph", "entities", base=base))
        self.layers: dict[facts.Layer, NamedNode] = {
            "asserted": NamedNode(names.mint("graph", "asserted", base=base)),
            "reported": NamedNode(names.mint("graph", "reported", base=base)),
        }

    # ---- facts

    def standing(self, fact: _Fact) -> Iterator[Quad]:
        """The fact as it is held now."""
        layers = self.layers.values()
        yield from (quad for quad in self.held(*fact) if quad.graph_name in layers)

    def stands(self, fact: _Fact) -> Iterator[Quad]:
        """The fact as it follows from all claims of it."""
        layer = facts.layer([*self._claims(fact), *self._sayings(fact)])
        if layer:
            yield Quad(*fact, self.layers[layer])

    def _claims(self, fact: _Fact) -> Iterator[facts.Stance]:
        subject, predicate, value = TRIPLE
        for claim in self._both((subject, fact.subject), (value, fact.object)):
            if self._any(claim, predicate, fact.predicate):
                yield self._stance(claim)

    def _sayings(self, fact: _Fact) -> Iterator[facts.Stance]:
        """Acts of saying bear out ``kg:said`` and ``kg:told``; one that is itself reported makes a reported fact."""
        speaker, addressee = (name("kg:speaker"), fact.subject), (name("kg:addressee"), fact.object)
        statements: Iterable[NamedNode] = ()
        if fact.predicate == name("kg:said") and isinstance(fact.object, NamedNode):
            statements = [fact.object] if self._any(fact.object, *speaker) else []
        elif fact.predicate == name("kg:told"):
            statements = self._both(speaker, addressee)
        for statement in statements:
            yield facts.Stance(holds=True, denies=False, reported=self._any(statement, name("kg:nestedIn"), None))

    def _both(self, one: tuple[NamedNode, Term], other: tuple[NamedNode, Term]) -> list[NamedNode]:
        """The nodes with both property values, for the price of the rarer: the two lists are read in lockstep."""
        streams = [(iter(self.told(None, *one)), other), (iter(self.told(None, *other)), one)]
        found: tuple[list[NamedNode], list[NamedNode]] = ([], [])
        while True:
            for (stream, rest), nodes in zip(streams, found, strict=True):
                quad = next(stream, None)
                if quad is None:
                    return [node for node in nodes if self._any(node, *rest)]
                if isinstance(quad.subject, NamedNode):
                    nodes.append(quad.subject)

    def _any(self, node: NamedNode, predicate: NamedNode, value: Term | None) -> bool:
        return next(iter(self.told(node, predicate, value)), None) is not None

    def _stance(self, claim: NamedNode) -> facts.Stance:
        values = {quad.predicate: quad.object for quad in self.told(claim, None, None)}
        holds = (
            values.get(name("kg:polarity")) == name("kg:Positive")
            and values.get(name("kg:certainty")) == name("kg:Certain")
            and values.get(name("kg:tense")) != name("kg:Future")
            and getattr(values.get(name("kg:conditional")), "value", "false") != "true"
        )
        reported = name("kg:attributedTo") in values or name("kg:statedIn") in values
        return facts.Stance(holds, values.get(name("kg:polarity")) == name("kg:Negative"), reported)

    # ---- descriptions of nodes

    def described(self, node: NamedNode) -> Iterator[Quad]:
        """The node's label, classes and status as they are held now."""
        return (quad for quad in self.held(node, None, None) if quad.graph_name == self.entities)

    def description(self, node: NamedNode, changed: list[Quad]) -> Iterator[Quad]:
        """The node's label, other names, classes and status as they follow from all articles."""
        held = list(self.described(node))
        for property_, value in (*self._names(node, held, changed), *self._classes(node, held, changed)):
            yield Quad(node, name(property_), value, self.entities)
        told = (value for value in facts.STATUS_ORDER if self._any(node, name("kg:toldAs"), name(value)))
        if status := facts.status(told):
            yield Quad(node, name("kg:status"), name(status), self.entities)

    def _names(self, node: NamedNode, held: list[Quad], changed: list[Quad]) -> Iterator[tuple[str, Term]]:
        property_ = name("kg:nameForm")
        forms = self._existing(node, property_, held, changed, ("rdfs:label", "skos:altLabel"))
        if not forms:
            return
        tied = facts.longest(forms)
        counts = {tied[0]: 1}
        if len(tied) > 1:
            counts = {form: sum(1 for _ in self.told(node, property_, forms[form])) for form in tied}
        label = facts.label(counts)
        for form, term in forms.items():
            yield ("rdfs:label" if form == label else "skos:altLabel"), term

    def _classes(self, node: NamedNode, held: list[Quad], changed: list[Quad]) -> Iterator[tuple[str, Term]]:
        """``rdf:type`` by majority, and ``kg:alsoReadAs`` for what a minority of articles took the node for."""
        property_ = name("kg:readAs")
        read = self._existing(node, property_, held, changed, ("rdf:type", "kg:alsoReadAs"))
        kinds = [class_ for class_ in read if class_ in KINDS]
        readings = [frozenset(read)]
        if len(kinds) > 1 or len(read) - len(kinds) > 1:
            readings = self._readings(node, property_)
        winners = facts.classes(readings, KINDS)
        for class_, term in read.items():
            yield ("rdf:type" if class_ in winners else "kg:alsoReadAs"), term

    def _readings(self, node: NamedNode, property_: NamedNode) -> list[frozenset[str]]:
        by_article: dict[object, set[str]] = defaultdict(set)
        for quad in self.told(node, property_, None):
            if isinstance(quad.object, Term):
                by_article[quad.graph_name].add(quad.object.value)
        return [frozenset(reading) for reading in by_article.values()]

    def _existing(
        self, node: NamedNode, told_by: NamedNode, held: list[Quad], changed: list[Quad], held_by: tuple[str, ...]
    ) -> dict[str, Term]:
        """The distinct values that articles still give: what is held is complete, so only it and the new are tried."""
        properties = {name(property_) for property_ in held_by}
        terms = {quad.object for quad in held if quad.predicate in properties}
        terms |= {quad.object for quad in changed if quad.predicate == told_by}
        return {
            term.value: term for term in terms if isinstance(term, Term) and self._any(node, told_by, term)
        }  # fmt: skip
