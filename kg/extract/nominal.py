"""Clauses of nouns -> readings: what a noun says of those who own it, do it or undergo it.

    noun-predicate   Acme's acquisition of Bolt; the acquisition of Bolt by Acme    -> Acme, acquire, Bolt
                     Ann Lee's death in Paris; the arrival of Ann Lee in Paris      -> Ann Lee, die in, Paris
    possession       Acme's lawyers                                                 -> Acme has lawyers
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract.deverbal import verb_of
from kg.extract.nouns import counted
from kg.extract.parts import Clause, Part, Reading, Stance
from kg.extract.noun_phrase import phrase
from kg.extract.stance import argument_stance
from kg.extract.tree import children, conjuncts, dep, names_a_time, shared_case, slot_of, unit_head

# Deeds that are done without an object: the "of" behind their noun is who does them («the death of Ann Lee»).
WITHOUT_OBJECT = frozenset({
    "die", "arrive", "depart", "grow", "fall", "rise", "resign", "fail", "retire", "return", "decline", "emerge",
    "perform", "participate", "collapse", "enter", "appear", "debut", "escape", "march", "respond", "react", "survive",
})  # fmt: skip
# What nobody owns: words that only help a preposition ("on Acme's behalf"), and measures.
NOT_OWNED = frozenset({
    "way", "sake", "behalf", "part", "turn", "case", "view", "favor", "favour", "regard", "presence", "absence", "wake",
    "face", "side", "behest", "expense", "worth", "own", "lot", "number", "percent", "time", "kind", "sort", "eyes",
    "half", "rest", "majority", "bit", "respect", "accord", "right", "mind", "hand", "ease", "peril", "life", "cause",
    "age", "name", "place", "past", "future", "syndrome", "disease", "independence",
})  # fmt: skip
LOSING = frozenset({"lose", "sell", "forfeit", "quit", "abandon", "surrender", "relinquish", "renounce"})
PLACES = frozenset({"in", "at", "to", "from", "with", "on", "against", "for", "into", "over"})


def readings(clause: Clause, doc: Doc) -> Iterator[Reading]:
    """The readings of a noun with arguments: of a deed who did it and to what, of anything else who has it."""
    noun = doc[clause.predicate]
    owners = [part for part in clause.parts if part.slot == "possessive" and _can_own(doc[part.head])]
    verb = verb_of(noun.lemma_.lower())
    if verb is not None:
        yield from _deed(clause, noun, verb, owners)
    elif noun.lemma_.lower() not in NOT_OWNED and not names_a_time(noun) and not noun.like_num and _is_owned(noun):
        for owner in owners:
            yield _has(clause, noun, owner, doc)


def _can_own(owner: Token) -> bool:
    if owner.tag_ == "NNS" and any(word.lower_ in ("a", "an") for word in children(owner, "det")):
        return False  # «a children's contest» is of a kind
    if owner.lower_ in ("bachelor", "master", "associate", "driver") and not children(owner, "amod"):
        return False  # «a bachelor's degree», «a driver's licence»
    return not (names_a_time(owner) or owner.tag_.startswith("W") or owner.like_num or owner.lower_ == "one")


def _is_owned(noun: Token) -> bool:
    """Not what only tells a place, a time of life or a manner («in his teens», «on her terms»), nor a part played.

    Nobody owns a person («the country's George Washington»), and "Den" in «the Dealer's Den» belongs to a name.
    """
    if noun.ent_type_ == "Person" or (noun.pos_ == "PROPN" and not noun.ent_type_):
        return False
    aside = slot_of(noun) in ("in", "on", "at", "as") and counted().get(noun.lemma_.lower(), "Concept") == "Concept"
    return bool(noun.ent_type_) or not (aside or dep(noun, "xcomp"))


def _deed(clause: Clause, noun: Token, verb: str, owners: list[Part]) -> Iterator[Reading]:
    """«X's acquisition of Y», «the acquisition of Y by X», «X's death in Y»; doer and object on either side."""
    behind = [part for part in clause.parts if part.slot == "of"]
    doers = [part for part in clause.parts if part.slot == "by"] or owners or _doers_below(behind, noun)
    if verb in WITHOUT_OBJECT:
        doers, behind = doers or behind, []
    for doer in doers:
        for obj in behind:
            yield _reading(clause, noun, doer, verb, obj)
        for part in clause.parts if not behind else ():
            if part.slot in PLACES and part.head > noun.i and part.head != doer.head:
                yield _reading(clause, noun, doer, f"{verb} {part.slot}", part)


def _doers_below(behind: list[Part], noun: Token) -> list[Part]:
    """«the takeover of Bolt by Acme», where the tree hangs "by Acme" on Bolt."""
    below = [
        child
        for part in behind
        if verb_of(noun.doc[part.head].lemma_.lower()) is None  # «the requirement of approval by Bolt»
        for child in children(noun.doc[part.head], "nmod")
        if slot_of(child) == "by"
    ]
    return [Part("by", unit_head(word).i, phrase(unit_head(word))) for child in below for word in conjuncts(child)]


def _reading(clause: Clause, noun: Token, doer: Part, lemma: str, obj: Part) -> Reading:
    words = (*clause.words, *(word.i for word in shared_case(noun.doc[obj.head])))
    return Reading("noun-predicate", noun.i, doer, words, lemma, obj, argument_stance(noun))


def _has(clause: Clause, noun: Token, owner: Part, doc: Doc) -> Reading:
    owning = {word.i for one in conjuncts(doc[owner.head]) for word in one.subtree}
    tokens = tuple(i for i in phrase(noun) if i not in owning and doc[i].tag_ != "POS") or (noun.i,)
    first = doc[owner.head]
    plural = first.tag_ in ("NNS", "NNPS") or first.lower_ in ("their", "our", "my", "your")
    several = plural or len(conjuncts(first)) > 1
    lost = dep(noun, "obj") and noun.head.lemma_.lower() in LOSING
    had = Stance(tense="past" if lost else "present")
    # What is owned is taken for granted, whatever the clause around denies or only supposes.
    return Reading("possession", noun.i, owner, (), "have", Part("object", noun.i, tokens),
                   had, added="had" if lost else "have" if several else "has")  # fmt: skip
