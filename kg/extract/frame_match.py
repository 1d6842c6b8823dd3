"""Which frames a clause's words evoke: a verb with particle, object or preposition, a noun with words before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.frame_fill import Scene, dependents
from kg.extract.frame_status import NEGATIVE_WORDS
from kg.extract.parts import Clause, Part
from kg.extract.tree import hanging_on, inside, sentence_start
from kg.ontology import Frame

Table = Mapping[str, Sequence[Frame]]
"""Frames by the word under which they stand."""


@dataclass(frozen=True, slots=True)
class Match:
    """A frame whose word a clause shows; ``light`` is the noun that is part of that word ("cut JOBS").

    ``particle`` is the slot that belongs to the word itself ("laid OFF 40 people", read as a preposition).
    """

    frame: Frame
    words: int
    light: int | None = None
    particle: str | None = None


class Word(NamedTuple):
    """Words of a clause under which a frame may stand in the table, with their light noun and particle."""

    key: str
    light: int | None = None
    particle: str | None = None


def matches(scene: Scene, clause: Clause, table: Table, *, titled: bool = False) -> Iterator[Match]:
    """The frames of a table whose words a clause shows; with ``titled`` a noun may be capitalised («Chairman of»)."""
    words = _noun_words(scene, clause, titled=titled) if clause.nominal else _verb_words(scene, clause)
    for word in dict.fromkeys(words):
        for frame in table.get(word.key, ()):
            if clause.nominal and word.key not in frame.nouns and scene.doc[clause.predicate].lower_ != word.key:
                continue
            if any(part.slot in frame.without for part in clause.parts):
                continue
            size = len(word.key.split())
            if not frame.objects:
                yield Match(frame, size, word.light, word.particle)
            elif (carrier := _carrier(scene, clause, frame)) is not None:
                yield Match(frame, size + 1, carrier, word.particle)


def _verb_words(scene: Scene, clause: Clause) -> Iterator[Word]:
    """Under which words a verb may stand in the table: with particle, adverb, predicate, object or prepositions."""
    verb, doc = clause.lemma, scene.doc
    yield Word(verb)
    if clause.rule == "copula":
        yield Word(f"be {doc[clause.predicate].lemma_.lower()}")
        return
    for child in hanging_on(doc[clause.predicate]):
        if child.dep_ in ("advmod", "xcomp", "ccomp", "compound:prt") and f" {child.lower_}" not in verb:
            negated = any(word.lower_ in NEGATIVE_WORDS for word in hanging_on(child))
            yield Word(f"{verb} {'not ' if negated else ''}{child.lemma_.lower()}")
    for part in clause.parts:
        noun = doc[part.head].lemma_.lower()
        if part.slot == "object":
            yield Word(f"{verb} {noun}", part.head)
        elif part.slot not in ("subject", "agent", "indirect", "time"):
            yield Word(f"{verb} {part.slot}", None, part.slot)
            yield Word(f"{verb} {part.slot} {noun}", part.head)


def _noun_words(scene: Scene, clause: Clause, *, titled: bool) -> Iterator[Word]:
    """The noun's lemma and form, also with the one or two words before it ("initial public offering")."""
    noun = scene.doc[clause.predicate]
    first = sentence_start(noun)
    if noun.is_title and noun.i > first and not (titled and not noun.ent_type_):
        return  # part of a name that the pipeline did not see ("Bishops' Conference")
    forms = dict.fromkeys((noun.lemma_.lower(), noun.lower_))
    for form in forms:
        yield Word(form)
    for size in (1, 2):
        start = noun.i - size
        if start < first or not inside(scene.doc[start], noun):
            return
        before = scene.text[scene.doc[start].idx : noun.idx].lower()
        for form in forms:
            yield Word(" ".join((before + form).split()))


def _carrier(scene: Scene, clause: Clause, frame: Frame) -> int | None:
    """The noun of the frame's ``kg:withObject`` that the clause shows: verb's object, noun's "of", compound."""
    slots = ("of", "compound", "in", "to") if clause.nominal else ("object",)
    for slot in slots:
        for part in clause.parts:
            if part.slot != slot:
                continue
            for token in _counted(scene, scene.doc[part.head]):
                if token.lemma_.lower() in frame.objects or token.lower_ in frame.objects:
                    return token.i
    return None


def _counted(scene: Scene, head: Token) -> list[Token]:
    """The word itself and, for "hundreds of jobs", what is counted."""
    if head.lemma_.lower() not in scene.ontology.quantity_nouns:
        return [head]
    return [head, *dependents(head, "of")]


def word_parts(scene: Scene, clause: Clause, match: Match) -> tuple[Part, ...]:
    """The clause's parts, with those of the noun that is part of the frame's word («has its HEADQUARTERS in Leeds»)."""
    parts = list(clause.parts)
    if match.particle is not None and clause.part("object") is None:
        parts += [replace(part, slot="object") for part in parts if part.slot == match.particle]
    if match.light is not None:
        parts += noun_parts(scene, match.light)
    return tuple(dict.fromkeys(parts))


def noun_parts(scene: Scene, noun: int) -> list[Part]:
    """The parts of a noun's own, without what it shares with the verb above it."""
    clause = scene.nominals.get(noun)
    return [part for part in clause.parts if part.slot not in ("subject", "time")] if clause else []


__all__ = ["Match", "Table", "matches", "noun_parts", "word_parts"]
