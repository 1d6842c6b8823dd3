"""Doc -> Trace: what each sentence gave, and what it nearly gave, with the reason why not.

Nothing is read a second way here: the readings that were dropped come from the run itself (``on_reject``), the
predicates without a reading and the frames that did not hold are those of its own clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.extract.draw import Word, words
from kg.records import Extraction

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.parts import Clause, Reading
    from kg.ontology import Frame, Ontology

# What a predicate without a subject of its own borrows it from, by its relation.
LENDERS = {
    "conj": "the verb that it is joined to", "xcomp": "the verb above it", "advcl": "the main clause",
    "acl": "the noun that it modifies", "acl:relcl": "the noun that it modifies",
}  # fmt: skip
INSIDE = {
    "amod": "it modifies a noun", "compound": "it is part of a compound", "case": "it serves as a preposition",
    "mark": "it serves as a conjunction", "fixed": "it is part of a fixed expression",
    "cc": "it serves as a conjunction",
}  # fmt: skip
MANY_KINDS = 6
"""A slot that takes that many kinds of fillers takes nearly anything, so they are not listed."""


@dataclass(frozen=True, slots=True)
class Near:
    """What nearly became a claim, and why it did not.

    ``kind`` is ``reading`` (made by ``rule`` and dropped), ``predicate`` (a verb that gave no reading) or ``frame``
    (one whose words are there, named in ``rule``); ``words`` is what it was about.
    """

    kind: Literal["reading", "predicate", "frame"]
    rule: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Traced:
    """One sentence: its words with the tree, what was read in it (indices into the extraction) and what nearly was."""

    start: int
    end: int
    words: tuple[Word, ...]
    propositions: tuple[int, ...]
    events: tuple[int, ...]
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """An extraction with the sentences that it was read from."""

    extraction: Extraction
    sentences: tuple[Traced, ...]


def trace(doc: Doc, ontology: Ontology, *, ranker: bool = True) -> Trace:
    """Read a parsed article and keep how each of its sentences was read."""
    from kg.extract import clause, extraction

    rejected: list[tuple[Reading, str]] = []
    found = extraction(doc, ontology, ranker=ranker, on_reject=lambda reading, why: rejected.append((reading, why)))
    clauses = clause.clauses(doc)
    near: list[tuple[int, Near]] = [
        *((reading.predicate, _dropped(doc, reading, why)) for reading, why in rejected),
        *_unread(doc, clauses, {s.cue.start for s in found.statements if s.cue is not None}),
        *_frames(doc, clauses, found, ontology),
    ]
    sentences = []
    for number, sentence in enumerate(doc.sents):
        own = dict.fromkeys(one for place, one in near if sentence.start <= place < sentence.end)
        sentences.append(
            Traced(
                sentence.start_char, found.sentences[number].end, words(sentence),
                tuple(i for i, p in enumerate(found.propositions) if p.sentence == number),
                tuple(i for i, e in enumerate(found.events) if e.sentence == number), tuple(own),
            )
        )  # fmt: skip
    return Trace(found, tuple(sentences))


def _dropped(doc: Doc, reading: Reading, why: str) -> Near:
    subject, object_ = (" ".join(doc[i].text for i in part.tokens) for part in (reading.subject, reading.object))
    return Near("reading", reading.rule, f"{subject} | {reading.lemma} | {object_}", why)


# --- predicates that gave no reading ---------------------------------------------------------------------------


def _unread(doc: Doc, clauses: Sequence[Clause], cues: set[int]) -> Iterator[tuple[int, Near]]:
    """The verbs, and other predicates, that no reading comes from, and phrases that no reading has room for."""
    from kg.extract import reading
    from kg.extract.tree import is_predicate

    made: list[Reading] = []
    made += reading.readings(list(clauses), doc, on_reject=lambda one, why: made.append(one))
    read = {one.predicate for one in made}
    for clause in clauses:
        head = doc[clause.predicate]
        if clause.nominal:
            continue
        if clause.predicate in read:
            yield from ((head.i, near) for near in _without_slot(doc, clause))
        elif head.idx in cues:
            why = "it is the cue of a statement, which tells who said what"
            yield head.i, Near("predicate", clause.rule, head.text, why)
        else:
            yield head.i, Near("predicate", clause.rule, head.text, _why_unread(head, clause))
    for token in doc:
        if token.pos_ == "VERB" and not is_predicate(token):
            why = INSIDE.get(token.dep_.partition(":")[0], f"its relation ({token.dep_}) makes it no clause of its own")
            yield token.i, Near("predicate", "", token.text, why)


def _without_slot(doc: Doc, clause: Clause) -> Iterator[Near]:
    """The phrases of a clause that fill no slot, so that no reading has room for them («fell 40 feet»)."""
    why = "the phrase has no preposition and is neither object nor time, so it has no slot"
    for part in clause.parts:
        if not part.slot:
            words = " ".join(doc[i].text for i in (clause.predicate, *part.tokens))
            yield Near("predicate", clause.rule, words, why)


def _why_unread(head: Token, clause: Clause) -> str:
    from kg.extract.arguments import is_passive
    from kg.extract.tree import children

    slots = {part.slot for part in clause.parts}
    if clause.rule == "copula":
        return "nothing is said of its subject" if "subject" in slots else "nothing was found that it is said of"
    if is_passive(head):
        if "object" not in slots:
            return "a passive whose grammatical subject was not found"
        return "a passive that tells no agent, place or time"
    if "subject" not in slots:
        return _no_subject(head)
    if children(head, "ccomp", "xcomp", "csubj"):
        return "it has a subject, and beside that only a clause, which is read by itself"
    return "it has a subject, but neither an object nor a prepositional phrase"


def _no_subject(head: Token) -> str:
    relation = "root" if head.head == head else head.dep_
    lender = LENDERS.get(relation)
    if lender is None:
        return f"it has no subject of its own, and as {relation} it borrows none"
    return f"it has no subject of its own, and none was found at {lender} («{head.head.text}»)"


# --- frames that did not hold ----------------------------------------------------------------------------------


def _frames(
    doc: Doc, clauses: Sequence[Clause], found: Extraction, ontology: Ontology
) -> Iterator[tuple[int, Near]]:
    from kg.extract import frame

    for clause, missed in frame.missed(found, clauses, doc, ontology):
        place = doc[clause.predicate].idx
        if not any(event.trigger.start <= place < event.trigger.end for event in found.events):
            yield clause.predicate, Near("frame", f"frame:{missed.name}", clause.lemma, _wants(missed))


def _wants(frame: Frame) -> str:
    """What a frame insists on, in words."""
    kinds: dict[str, set[str]] = {}
    for slot in frame.slots:
        kinds.setdefault(slot.role, set()).update(slot.expects)
    roles = sorted({slot.role for slot in frame.slots if slot.required})
    wanted = [f"{_local(role)}{_of_kinds(kinds[role])}" for role in roles]
    if frame.one_of:
        wanted.append(" or ".join(sorted(map(_local, frame.one_of))))
    if not wanted:
        return f"{_local(frame.event)} wants some role, time or place, and none was found that fits"
    several = f", {frame.at_least} of them" if frame.at_least > 1 else ""
    return f"{_local(frame.event)} wants {' and '.join(wanted)}{several}: not found, or only as a pronoun"


def _of_kinds(kinds: set[str]) -> str:
    return f" ({' / '.join(sorted(kinds))})" if len(kinds) < MANY_KINDS else ""


def _local(name: str) -> str:
    return name.rpartition(":")[2]


__all__ = ["Near", "Trace", "Traced", "Word", "trace"]
