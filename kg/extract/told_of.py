"""«announced the closure of the plant»: a noun phrase that names what is told of, a deed or a count of it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.deverbal import verb_of
from kg.extract.source import below, is_passive, set_off
from kg.extract.tree import case_words, children, dep, hanging_on
from kg.ontology import Cue

# Verbs of saying whose object names what is told of («announced the sale of Bolt», «denied the murder»).
TELLING = frozenset({"announce", "confirm", "deny", "report", "allege", "predict", "forecast", "reveal", "disclose",
                     "admit", "acknowledge", "claim"})  # fmt: skip
# Nouns of talk and of what is still to come: their deeds are not told by naming them («denied the claims»).
TALK = frozenset({"claim", "statement", "allegation", "accusation", "charge", "report", "comment", "decision",
                  "response", "suggestion", "expectation", "intention", "proposal", "declaration", "announcement",
                  "criticism", "commitment", "agreement", "rumor", "rumour", "speculation", "complaint",
                  "responsibility", "conclusion", "hypothesis", "theory", "view", "belief", "nomination"})  # fmt: skip
GUILT = frozenset({"wrongdoing", "guilt", "involvement", "knowledge", "liability", "fault", "murder", "fraud", "theft",
                   "corruption", "misconduct", "negligence", "complicity", "collusion"})  # fmt: skip
CLAIMED = frozenset({"victory", "responsibility", "credit"})
# Verbs of saying what somebody did, with the word before the deed.
ACCUSING = {"accuse": "of", "blame": "for", "credit": "with"}
MANY = frozenset({"dozen", "hundred", "thousand", "million", "billion"})
PLANS = frozenset({"plan", "intention", "decision", "proposal", "measure", "initiative", "scheme", "news", "name"})


def told_of(verb: Token, cue: Cue) -> set[int]:
    """«announced the closure of the plant»: a noun phrase that names what happens, a deed or a count of it."""
    aside = verb.tag_ == "VBG" and not (dep(verb, "advcl") and set_off(verb))  # «a duty of reporting abuses»
    if verb.lemma_.lower() not in TELLING or aside:
        return set()
    if is_passive(verb):  # «the death of X was announced by the palace»
        told = [child for child in hanging_on(verb) if dep(child, "nsubj:pass") and _is_deed(child, verb)]
        return below(told[0]) if told and children(verb, "obl:agent") else set()
    for child in hanging_on(verb):
        if dep(child, "obj") and child.i > verb.i and _is_deed(child, verb):
            return _unbroken_from(child)
    return set()


def warned_of(verb: Token, cue: Cue) -> set[int]:
    """«warned of flash floods»: what may come, in a noun phrase."""
    if verb.lemma_.lower() != "warn" or is_passive(verb):
        return set()
    for child in children(verb, "obl"):
        cases = case_words(child)
        if child.i > verb.i and child.pos_ == "NOUN" and [word.lower_ for word in cases] == ["of"]:
            return _unbroken_from(child) - {word.i for word in cases}
    return set()


def figured(verb: Token, cue: Cue) -> set[int]:
    """«put the death toll at 30», «estimated the damage at $3m»: what is put at a figure."""
    if cue.commitment != "Estimates" or is_passive(verb):
        return set()
    things = [child for child in children(verb, "obj") if child.i > verb.i]
    for thing in things[:1]:
        for figure in (*children(verb, "obl"), *children(thing, "nmod")):
            at = [word.lower_ for word in case_words(figure)]
            if figure.i > thing.i and _counts(figure) and (at[:1] == ["at"] or (at == ["in"] and figure.tag_ == "NNS")):
                return below(thing) | below(figure)
    return set()


def _counts(figure: Token) -> bool:
    numbers = any(word.pos_ == "NUM" for word in children(figure, "nummod"))
    return figure.pos_ in ("NUM", "SYM") or numbers or figure.lemma_.lower() in MANY


def accused(verb: Token) -> set[int]:
    """«accused the firm of hiding the report», «credited her with saving it»: whom, and what they are said to do."""
    particle = ACCUSING.get(verb.lemma_.lower())
    whom = [child for child in children(verb, "obj") if child.i > verb.i]
    if particle is None or not whom or is_passive(verb):
        return set()
    for deed in (*children(verb, "advcl", "xcomp", "ccomp"), *children(whom[0], "acl")):
        marks = {word.lower_ for word in children(deed, "mark")}
        if deed.i > whom[0].i and deed.tag_ == "VBG" and particle in marks:
            return below(whom[0]) | below(deed)
    return set()


def _is_deed(noun: Token, verb: Token) -> bool:
    """Whether a noun is made of a verb or names guilt, or what is announced is told of; not one of talk.

    «denied funding for the wall» refuses it: what is denied must be somebody's, or any at all.
    """
    lemma = noun.lemma_.lower()
    if verb.lemma_.lower() == "claim" and lemma in CLAIMED:
        return True
    if noun.pos_ != "NOUN" or noun.ent_type_ or lemma in TALK:
        return False
    if verb.lemma_.lower() == "deny":
        owned = any(dep(child, "nmod:poss") or child.lower_ in ("any", "all") for child in hanging_on(noun))
        return lemma in GUILT or (verb_of(lemma) is not None and owned)
    announced = verb.lemma_.lower() in ("announce", "predict", "forecast") and lemma not in PLANS
    return lemma in GUILT or verb_of(lemma) is not None or announced


def _unbroken_from(noun: Token) -> set[int]:
    """The words of a noun phrase up to its first comma."""
    words = sorted(below(noun))
    stop = next((i for i in words if i > noun.i and noun.doc[i].text in (",", ";", ":", "—", "–")), words[-1] + 1)
    return {i for i in words if i < stop}


__all__ = ["accused", "figured", "told_of", "warned_of"]
