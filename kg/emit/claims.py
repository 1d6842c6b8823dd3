"""Claims: one assertion, once, in one place, with its stance, its source and its evidence; and statements."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from kg import names
from kg.emit.draft import Draft
from kg.emit.nodes import object_term, reference_node, subject_node
from kg.emit.terms import Term, boolean, confidence, moment, name, relation, text
from kg.records import Certainty, Extraction, Polarity, Proposition, Span, Statement, Tense

_POLARITY = {"+": "kg:Positive", "-": "kg:Negative"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion before it is written; ``statement`` is an index into the extraction.

    ``begins`` and ``ends`` are the dates between which it is said to hold. They make no other claim of it: where
    two readings of a sentence tell one thing for different times, they are two.
    """

    subject: NamedNode
    predicate: NamedNode
    object: Term
    polarity: Polarity
    certainty: Certainty
    tense: Tense
    conditional: bool
    statement: int | None
    event: NamedNode | None
    spans: tuple[Span, ...]
    sentence: int
    rule: str
    confidence: float
    begins: Literal | None = None
    ends: Literal | None = None

    def assertion(self) -> tuple[Hashable, ...]:
        """What two readings of one sentence must share to be one claim: triple, stance and statement."""
        stance = (self.polarity, self.certainty, self.tense, self.conditional)
        return (self.subject, self.predicate, self.object, *stance, self.statement, self.sentence)

    def key(self, draft: Draft) -> str:
        """What makes the claim this one and no other: its article, triple, stance, statement and place."""
        stance = (self.polarity, self.certainty, self.tense, self.conditional)
        said = None if self.statement is None else statement_key(draft.extraction, self.statement)
        return names.digest(draft.id, self.subject, self.predicate, self.object, *stance, said, sorted(self.spans))


def of_proposition(draft: Draft, proposition: Proposition, *, events: tuple[NamedNode, ...]) -> Claim:
    """The claim that a proposition makes; a relation that the ontology does not know becomes an open one."""
    predicate = name(proposition.property) if proposition.property else _open_relation(draft, proposition)
    return Claim(
        subject=subject_node(draft, proposition.subject),
        predicate=predicate,
        object=object_term(draft, proposition.object),
        polarity=proposition.polarity,
        certainty=proposition.certainty,
        tense=proposition.tense,
        conditional=proposition.conditional,
        statement=proposition.statement,
        event=None if proposition.event is None else events[proposition.event],
        spans=tuple(Span(*span) for span in proposition.spans),
        sentence=proposition.sentence,
        rule=proposition.rule,
        confidence=proposition.confidence,
        begins=_date(draft, proposition.begins),
        ends=_date(draft, proposition.ends),
    )


def _date(draft: Draft, time: int | None) -> Literal | None:
    """A time of the extraction as a typed date; None for one that is no date ("since recently")."""
    value = None if time is None else moment(draft.extraction.times[time].value)
    return None if value is None or value.datatype == text("").datatype else value


def write(draft: Draft, claims: Iterable[Claim]) -> None:
    """Layer 3, claims: each assertion of a sentence once, with the places of all readings of it.

    Of several readings (a frame's and a clause's) the more confident one gives rule and score.
    """
    readings: dict[tuple[Hashable, ...], list[Claim]] = {}
    for claim in claims:
        readings.setdefault(claim.assertion(), []).append(claim)
    for same in (one for told in readings.values() for one in _by_term(told)):
        best = min(same, key=_order)
        spans = tuple(sorted({span for claim in same for span in claim.spans}))
        event = best.event or next((claim.event for claim in same if claim.event is not None), None)
        term = next(((one.begins, one.ends) for one in same if one.begins or one.ends), (None, None))
        claim = replace(best, spans=spans, event=event, begins=term[0], ends=term[1])
        _write(draft, draft.mint("claim", claim.key(draft)), claim)


def _by_term(same: list[Claim]) -> list[list[Claim]]:
    """Readings of one assertion by the time that they tell; those that tell none go with the first that does."""
    terms: dict[tuple[Literal | None, Literal | None], list[Claim]] = {}
    for claim in same:
        if claim.begins or claim.ends:
            terms.setdefault((claim.begins, claim.ends), []).append(claim)
    untold = [claim for claim in same if not (claim.begins or claim.ends)]
    groups = list(terms.values())
    return [[*groups[0], *untold], *groups[1:]] if groups else [untold]


def _order(claim: Claim) -> tuple[float, str, str]:
    return (-claim.confidence, claim.rule, str(claim.event))


def _write(draft: Draft, node: NamedNode, claim: Claim) -> None:
    draft.add(node, "rdf:type", name("kg:Claim"))
    draft.add(node, "rdf:subject", claim.subject)
    draft.add(node, "rdf:predicate", claim.predicate)
    draft.add(node, "rdf:object", claim.object)
    draft.add(node, "kg:polarity", name(_POLARITY[claim.polarity]))
    draft.add(node, "kg:certainty", name(claim.certainty.capitalize()))
    draft.add(node, "kg:tense", name(claim.tense.capitalize()))
    draft.add(node, "kg:conditional", boolean(claim.conditional))
    draft.add(node, "kg:confidence", confidence(claim.confidence))
    draft.add(node, "kg:rule", text(claim.rule) if claim.rule else None)
    draft.add(node, "kg:aboutEvent", claim.event)
    draft.add(node, "schema:startDate", claim.begins)
    draft.add(node, "schema:endDate", claim.ends)
    draft.add(node, "prov:wasDerivedFrom", draft.article)
    draft.evidence(node, claim.spans, sentence=claim.sentence)
    if claim.statement is not None:
        statement = statement_node(draft, claim.statement)
        speakers = draft.extraction.statements[claim.statement].speakers
        draft.add(node, "kg:statedIn", statement)
        draft.add(statement, "kg:conveys", node)
        for speaker in speakers:
            draft.add(node, "kg:attributedTo", reference_node(draft, speaker))


def _open_relation(draft: Draft, proposition: Proposition) -> NamedNode:
    phrase = proposition.relation.lemma or proposition.relation.text
    node = relation(phrase)
    draft.add(node, "rdf:type", name("kg:OpenRelation"))
    draft.add(node, "kg:nameForm", text(phrase) if phrase else None)
    return node


def statement_key(extraction: Extraction, index: int) -> str:
    """What makes a statement this one: its article, words, cue and speaker (the chain above it told apart, too)."""
    statement = extraction.statements[index]
    speaker = statement.speaker
    place = None if speaker is None else (speaker.start, speaker.end)
    cue = None if statement.cue is None else tuple(statement.cue)
    content = [tuple(span) for span in statement.content]
    return names.digest(extraction.article.id, content, cue, place, statement.quotation)


def statement_node(draft: Draft, index: int) -> NamedNode:
    """The IRI of statement ``index`` of the extraction."""
    return draft.mint("statement", statement_key(draft.extraction, index))


def statements(draft: Draft) -> None:
    """Layer 3, statements: every act of saying; one that is itself reported is ``kg:nestedIn`` the outer one.

    ``speaker kg:said statement`` and ``speaker kg:told addressee`` are facts, derived like all others.
    """
    for index, statement in enumerate(draft.extraction.statements):
        node = statement_node(draft, index)
        draft.add(node, "rdf:type", name("kg:Statement"))
        draft.add(node, "prov:wasDerivedFrom", draft.article)
        draft.add(node, "kg:text", text(draft.words(*statement.content)))
        draft.add(node, "kg:quotation", name(statement.quotation.capitalize()))
        draft.evidence(node, statement.content, sentence=statement.sentence)
        _who(draft, node, statement)
        _how(draft, node, statement)


def _who(draft: Draft, node: NamedNode, statement: Statement) -> None:
    for speaker in statement.speakers:
        draft.add(node, "kg:speaker", reference_node(draft, speaker))
    people = (("kg:addressee", statement.addressee), ("kg:via", statement.via))
    for property_, reference in people:
        draft.add(node, property_, reference_node(draft, reference) if reference else None)
    draft.add(node, "kg:anonymous", boolean(True) if statement.anonymous else None)


def _how(draft: Draft, node: NamedNode, statement: Statement) -> None:
    draft.add(node, "kg:mode", name(f"kg:{statement.mode.capitalize()}"))
    draft.add(node, "kg:commitment", name(f"kg:{statement.commitment}") if statement.commitment else None)
    draft.add(node, "kg:cue", text(draft.words(statement.cue)) if statement.cue else None)
    draft.add(node, "kg:medium", text(statement.medium) if statement.medium else None)
    if statement.time is not None:
        said_on = moment(draft.extraction.times[statement.time].value)
        if said_on.datatype != text("").datatype:  # "recently" is no date
            draft.add(node, "kg:saidOn", said_on)
    if statement.parent is not None:
        draft.add(node, "kg:nestedIn", statement_node(draft, statement.parent))
