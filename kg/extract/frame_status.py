"""How far an event got: from the word that carries it ("scrapped the merger") and the stance of its clause."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.arguments import is_bare_object
from kg.extract.frame_fill import Scene, first_conjunct
from kg.extract.parts import Clause, Stance
from kg.extract.tree import children, dep, slot_of, unit_head
from kg.ontology import Support
from kg.records import Status

NEGATIVE_WORDS = frozenset({"not", "n't", "n’t", "never"})



def support(scene: Scene, clause: Clause) -> tuple[Support | None, Token | None]:
    """The word that carries the clause and says how far it got: "scrapped the merger", "agreed to buy"."""
    top = scene.doc[clause.predicate]
    if not children(top, "nsubj", "aux"):
        top = first_conjunct(top)
    top = (container(scene, top) if clause.nominal else None) or top
    governor = unit_head(top.head)
    if governor == top or any(word.lower_ in NEGATIVE_WORDS for word in governor.children):
        return None, None
    nominal, verbal = ("obj", "nsubj:pass"), ("xcomp", "ccomp", "csubj:pass")
    taken = dep(top, *(nominal if clause.nominal else verbal)) or (clause.nominal and is_bare_object(top, governor))
    if governor.pos_ in ("VERB", "AUX") and taken:
        return _support_verb(scene, governor), governor
    if clause.nominal and dep(top, "obl") and governor.pos_ == "VERB":
        found = scene.ontology.support_verbs.get(f"{governor.lemma_.lower()} {slot_of(top)}")
        return found, governor if found else None
    if governor.pos_ == "NOUN" and dep(top, "nmod", "acl"):
        return scene.ontology.support_nouns.get(governor.lemma_.lower()), governor
    return None, None


def _support_verb(scene: Scene, verb: Token) -> Support | None:
    particles = [child.lower_ for child in verb.children if child.dep_ == "compound:prt"]
    return scene.ontology.support_verbs.get(" ".join([verb.lemma_.lower(), *particles]))


def container(scene: Scene, noun: Token) -> Token | None:
    """The quantity noun around a predicate: "a string" of "job cuts"."""
    above = unit_head(noun.head)
    counts = above.lemma_.lower() in scene.ontology.quantity_nouns
    return above if counts and dep(noun, "nmod") and slot_of(noun) == "of" else None


def status_of(stance: Stance, carried: Support | None, *, nominal: bool, infinitive: bool) -> Status:
    """How far the event got, by the word that carries it and the clause's stance."""
    # What is only said to be likely has happened by that account ("reportedly died"); what may be has not.
    open_ = stance.tense == "future" or stance.certainty == "possible" or stance.conditional
    if carried is not None and carried.status in ("Cancelled", "Denied"):
        return carried.status if stance.certainty != "possible" else "Planned"  # «may cancel the sale»
    if stance.polarity == "-":
        return "Denied"
    if carried is not None and carried.status == "Announced" and not stance.conditional:
        return "Announced" if nominal or infinitive or open_ else "Happened"
    if open_ or (carried is not None and carried.status == "Planned"):
        return "Planned"
    return "Happened"
