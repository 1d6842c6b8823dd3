"""Events: n-ary nodes with a class, roles and how far they got; each filler of a role is also a claim."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from pyoxigraph import NamedNode

from kg.emit.claims import Claim
from kg.emit.draft import Draft
from kg.emit.nodes import amount_node, amount_sort, entity_node
from kg.emit.terms import Term, moment, name
from kg.records import Amount, Event, Mention, Polarity, Resolution, Role, Span, Tense, Time


class Implied(Protocol):
    """A plain relation between the fillers of two roles of an event (a row of the ontology)."""

    @property
    def relation(self) -> str: ...
    @property
    def subject_role(self) -> str: ...
    @property
    def object_role(self) -> str: ...
    @property
    def unless(self) -> frozenset[str]: ...


class Ontology(Protocol):
    """What is asked of ``kg.ontology.Ontology``: which plain relations an event class implies, what its roles take."""

    @property
    def relations(self) -> Mapping[str, Sequence[Implied]]: ...
    def takes(self, event: str, role: str, /) -> Collection[str] | None: ...
    def is_a(self, name: str, ancestor: str, /) -> bool: ...


def event_nodes(draft: Draft, resolution: Resolution) -> tuple[NamedNode, ...]:
    """The IRI of each event of the extraction; several may be one node."""
    return tuple(draft.mint("event", key) for key in resolution.events)


def events(draft: Draft, nodes: Sequence[NamedNode], ontology: Ontology) -> Iterator[Claim]:
    """Layer 3, events: the node as it is told, and the claims on its roles and on the relations they imply."""
    told_of = {node for event, node in zip(draft.extraction.events, nodes, strict=True) if event.roles}
    for told, node in zip(draft.extraction.events, nodes, strict=True):
        event = replace(told, roles=tuple(role for role in told.roles if _fits(draft, told.class_, role, ontology)))
        draft.add(node, "rdf:type", name("kg:Event"))
        draft.add(node, "kg:readAs", name(event.class_))
        draft.add(node, "kg:toldAs", name(event.status))
        words = draft.stretch(Span(*event.trigger))
        draft.add(node, "kg:denotedBy", words)
        draft.add(words, "kg:stage", name(event.status))
        if told.roles or node not in told_of:  # «the deal» says nothing more of an event than what was said before
            yield from _role_claims(draft, node, event)
        yield from _implied_claims(draft, node, event, ontology)


AMOUNTS_AND_TIMES = frozenset({"money", "percent", "quantity", "time"})


def _fits(draft: Draft, class_: str, role: Role, ontology: Ontology) -> bool:
    """Whether a role of the class takes such a filler: what must never be ("26 years" as buyer) is never written.

    A mention fits by what it is taken for in its place or by what its entity is taken for in the article, a pronoun by
    what it stands for («they arrested him» is not said of gates); one of unknown kind fits wherever somebody or
    something does. A role of which nothing is known takes anything.
    """
    taken = ontology.takes(_ours(class_), _ours(role.role))
    sorts = _sorts(draft, role)
    if taken is None or not sorts or not sorts.isdisjoint(taken):
        return True
    return "Other" in sorts and not AMOUNTS_AND_TIMES.issuperset(taken)


def _sorts(draft: Draft, role: Role) -> frozenset[str]:
    """What a filler may count as: kinds of a mention, or a sort of amount, or a time; nothing where there is none."""
    extraction = draft.extraction
    if role.mention is not None:
        mention = extraction.mentions[role.mention]
        meant = extraction.entities[mention.entity].kind
        return frozenset({meant} if mention.form == "pronoun" else {mention.kind, meant})
    if role.amount is not None:
        return frozenset({amount_sort(extraction.amounts[role.amount])})
    return frozenset({"time"} if role.time is not None else ())


def _ours(name_: str) -> str:
    """A prefixed name; a bare one is one of ours, as in ``terms.name``."""
    return name_ if ":" in name_ else "schema:location" if name_ == "location" else f"kg:{name_}"


def _role_claims(draft: Draft, node: NamedNode, event: Event) -> Iterator[Claim]:
    """One claim for each filler; an event without fillers is claimed as such (that it is of its class)."""
    for role in event.roles:
        filler, place = _filler(draft, role)
        draft.add(node, name(role.role), filler)
        yield _claim(node, event, node, name(role.role), filler, (place,))
    if not event.roles:
        yield _claim(node, event, node, name("rdf:type"), name(event.class_), ())


def _implied_claims(draft: Draft, node: NamedNode, event: Event, ontology: Ontology) -> Iterator[Claim]:
    """The plain relations that the event's class implies between its fillers (buyer ``kg:acquired`` target).

    What is only planned has yet to come to hold, and what is denied or cancelled does not, whatever the
    grammar of the sentence: "the cancelled purchase of Acme by Bolt" is no claim that Bolt bought Acme.
    """
    polarity: Polarity = "-" if event.status in ("Denied", "Cancelled") else event.polarity
    tense: Tense = "future" if event.status == "Planned" else event.tense
    filled = {role.role for role in event.roles}
    for row in (row for row in _rows(event.class_, ontology) if not filled & row.unless):
        for subject, first in _fillers(draft, event, row.subject_role):
            for value, second in _fillers(draft, event, row.object_role):
                if isinstance(subject, NamedNode) and subject != value:
                    yield _claim(
                        node, event, subject, name(row.relation), value, (first, second), polarity=polarity, tense=tense
                    )


def _rows(class_: str, ontology: Ontology) -> Iterator[Implied]:
    class_ = _ours(class_)
    for ancestor, rows in sorted(ontology.relations.items()):
        if ontology.is_a(class_, ancestor):
            yield from rows


def _fillers(draft: Draft, event: Event, role: str) -> list[tuple[Term, Span]]:
    return [_filler(draft, filled) for filled in event.roles if name(filled.role) == name(role)]


def _filler(draft: Draft, role: Role) -> tuple[Term, Span]:
    """The term that fills a role, and where it is said."""
    extraction = draft.extraction
    place: Mention | Amount | Time
    if role.mention is not None:
        place = extraction.mentions[role.mention]
        return entity_node(draft, place.entity), Span(place.start, place.end)
    if role.amount is not None:
        place = extraction.amounts[role.amount]
        return amount_node(draft, place), Span(place.start, place.end)
    if role.time is None:
        raise ValueError(f"role {role.role} of an event of article {draft.id} has no filler")
    place = extraction.times[role.time]
    return moment(place.value), Span(place.start, place.end)


def _claim(
    node: NamedNode,
    event: Event,
    subject: NamedNode,
    predicate: NamedNode,
    value: Term,
    places: tuple[Span, ...],
    *,
    polarity: Polarity | None = None,
    tense: Tense | None = None,
) -> Claim:
    return Claim(
        subject=subject,
        predicate=predicate,
        object=value,
        polarity=polarity or event.polarity,
        certainty=event.certainty,
        tense=tense or event.tense,
        conditional=event.conditional,
        statement=event.statement,
        event=node,
        spans=(*(Span(*span) for span in (event.spans or (event.trigger,))), *places),
        sentence=event.sentence,
        rule=event.rule,
        confidence=event.confidence,
    )
