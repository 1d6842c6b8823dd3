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
FATES = frozenset({"kg:Death", "kg:Injury", "kg:Accident", "kg:Disaster", "kg:Explosion", "kg:Kidnapping"})
"""What befalls somebody: a noun for it tells that it has happened («announced the death of Ann Lee»)."""
PRESUPPOSED = Support("presupposed", "Happened", frozenset(), frozenset(), shares=False)
"""Carries a noun whose event has happened, whatever is said of it («will speak about the death of Ann Lee»)."""
TAKING_PLACE = frozenset({"take", "occur", "happen", "begin", "start", "come", "go", "follow"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def support(scene: Scene, clause: Clause) -> tuple[Support | None, Token | None]:
    """The word that carries the clause and says how far it got: "scrapped the merger", "agreed to buy"."""
    top = scene.doc[clause.predicate]
    if not clause.nominal and _is_perfect_infinitive(top):
        return None, None  # «was announced to have died»
    carried, governor = _carrier(scene, clause)
    if clause.nominal and (carried is None or carried.status == "Announced"):
        cancelled = _cancelled_in_relative_clause(scene, top)
        if cancelled is not None:
            return cancelled, None
        if _is_presupposed(scene, top, carried):
            return PRESUPPOSED, None
    return carried, governor


def _is_perfect_infinitive(verb: Token) -> bool:
    have = any(child.lower_ == "have" for child in children(verb, "aux"))
    return have and any(child.lower_ == "to" for child in children(verb, "mark", "aux"))


def _cancelled_in_relative_clause(scene: Scene, noun: Token) -> Support | None:
    """«a trip that was cancelled»"""
    verbs = [verb for verb in children(noun, "acl:relcl") if children(verb, "nsubj:pass")]
    found = (scene.ontology.support_verbs.get(verb.lemma_.lower()) for verb in verbs)
    return next((one for one in found if one is not None and one.status == "Cancelled"), None)


def _is_presupposed(scene: Scene, noun: Token, carried: Support | None) -> bool:
    """Whether a definite noun tells of a fate that has come already; an execution may yet come."""
    frames = scene.ontology.frames_by_noun.get(noun.lemma_.lower(), ())
    if noun.lemma_.lower() == "execution" or not frames or any(frame.event not in FATES for frame in frames):
        return False
    definite = children(noun, "nmod:poss") or any(child.lower_ in DEFINITE for child in children(noun, "det"))
    comes = dep(noun, "nsubj") and unit_head(noun.head).lemma_.lower() in TAKING_PLACE
    return carried is not None or (bool(definite) and not comes)


def _carrier(scene: Scene, clause: Clause) -> tuple[Support | None, Token | None]:
    """The support word over a clause's noun or infinitive, with its token."""
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
        return _support_verb(scene, governor) or _listed_plan(scene, governor), governor
    if clause.nominal and dep(top, "obl") and governor.pos_ == "VERB":
        found = scene.ontology.support_verbs.get(f"{governor.lemma_.lower()} {slot_of(top)}")
        return found, governor if found else None
    if governor.pos_ == "NOUN" and dep(top, "nmod", "acl"):
        return scene.ontology.support_nouns.get(governor.lemma_.lower()), governor
    return None, None


def _support_verb(scene: Scene, verb: Token) -> Support | None:
    particles = [child.lower_ for child in verb.children if child.dep_ == "compound:prt"]
    return scene.ontology.support_verbs.get(" ".join([verb.lemma_.lower(), *particles]))


def _listed_plan(scene: Scene, verb: Token) -> Support | None:
    """«Their demands include an inquiry»: what is listed got no further than the demands did."""
    subjects = children(verb, "nsubj") if verb.lemma_.lower() == "include" else []
    found = (scene.ontology.support_nouns.get(subject.lemma_.lower()) for subject in subjects)
    return next((one for one in found if one is not None and one.status == "Planned"), None)


def container(scene: Scene, noun: Token) -> Token | None:
    """The quantity noun around a predicate: "a string" of "job cuts"."""
    above = unit_head(noun.head)
    counts = above.lemma_.lower() in scene.ontology.quantity_nouns
    return above if counts and dep(noun, "nmod") and slot_of(noun) == "of" else None


def carrying(scene: Scene, class_: str, carried: Support | None) -> Support | None:
    """The word that carries an event, unless it only rejects what was said: a rejected accusation was made."""
    said = carried is not None and carried.status == "Cancelled" and not carried.shares
    return None if said and scene.ontology.is_a(class_, "schema:CommunicateAction") else carried


def status_of(stance: Stance, carried: Support | None, *, nominal: bool, infinitive: bool) -> Status:
    """How far the event got, by the word that carries it and the clause's stance."""
    # What is only said to be likely has happened by that account ("reportedly died"); what may be has not.
    open_ = stance.tense == "future" or stance.certainty == "possible" or stance.conditional
    if carried is not None and carried.status in ("Cancelled", "Denied"):
        return carried.status if stance.certainty != "possible" else "Planned"  # «may cancel the sale»
    if stance.polarity == "-":
        return "Denied"
    if carried is PRESUPPOSED:
        return "Happened"
    if carried is not None and carried.status == "Announced" and not stance.conditional:
        return "Announced" if nominal or infinitive or open_ else "Happened"
    if open_ or (carried is not None and carried.status == "Planned"):
        return "Planned"
    return "Happened"
