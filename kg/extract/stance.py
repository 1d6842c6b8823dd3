"""Stance of a clause: polarity, certainty, tense and condition.

The categories are those of FactBank (Saurí and Pustejovsky 2009: certain, probable, possible; positive, negative)
with the time of the NewsReader guidelines (NWR-2014-2-2, the scheme of MEANTIME: past, present, future seen from the
article). FactBank's "underspecified" has no value of its own here: what is asked, wanted or tried is possible, what
hangs on an "if" is conditional. The stance is that of the innermost source, as in FactBank: «the minister said that
Acme will sell Bolt» is certain, and who vouches for it is told by the statement.

A clause's own words are read first (negation, modals, hedges, tense), then what its governor says of it, the
governor's own stance included, up to the root: «denied that it failed to sell» is sold.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.parts import Stance
from kg.extract.stance_own import has_no, helpers_of, is_finite, own_stance, own_tense
from kg.extract.stance_words import (
    ASKED, DONE, FAILED, NEGATIONS, OF_CLAUSE, OF_INFINITIVE, OF_NOUN, PERFORMED, PURPOSE, SAID, Effect,
)  # fmt: skip
from kg.extract.tree import children, dep, unit_head
from kg.extract.tree_index import index
from kg.records import Certainty, Polarity, Tense

PREPOSITIONS = frozenset({"on", "at", "in", "of", "about", "to", "from", "into", "with", "against"})
NOUN_MARKS = frozenset({"to", "of", "for", "on", "that", "whether"})


def stance(predicate: Token) -> Stance:
    """The stance of the clause headed by ``predicate``, with what its governors add.

    Source: FactBank's modality and polarity axes; hedges and governing words are closed lists in ``stance_words``.
    """
    known = index(predicate.doc).stances
    if predicate.i not in known:
        known[predicate.i] = _stance(predicate)
    return known[predicate.i]


def _stance(predicate: Token) -> Stance:
    own = own_stance(predicate)
    governor, effect = _governed(predicate)
    if governor is None:
        return own
    outer = _outer(governor)
    found = _under(own, outer, effect)
    return Stance(found.polarity, found.certainty, _tense_under(predicate, own, outer, effect), found.conditional)


def _outer(governor: Token) -> Stance:
    """The stance of what governs: a clause, or a noun («the plan to sell») in its own clause."""
    return stance(governor) if _predicates(governor) else argument_stance(governor)


def _predicates(word: Token) -> bool:
    return word.pos_ in ("VERB", "AUX") or bool(children(word, "cop", "nsubj"))


def _under(own: Stance, outer: Stance, effect: Effect) -> Stance:
    """A stance as it comes out below a governor that is itself put forward in some stance."""
    conditional = own.conditional or outer.conditional
    if outer.polarity == "-" and effect.denied is None:  # «was not forced to sell»: nothing follows
        return Stance(own.polarity, "possible", own.tense, conditional)
    said = effect.certainty if outer.polarity == "+" else effect.denied or "possible"
    polarity = _times(own.polarity, _times(outer.polarity, effect.polarity))
    return Stance(polarity, _weaker(_weaker(own.certainty, outer.certainty), said), own.tense, conditional)


def _tense_under(predicate: Token, own: Stance, outer: Stance, effect: Effect) -> Tense:
    """The governor's time for a form that has none; a finite verb or "to have sold" keeps its own."""
    helpers = helpers_of(predicate)
    if any(helper.lemma_ == "have" and dep(helper, "aux") for helper in helpers):
        return own.tense
    if is_finite(predicate, helpers):
        return "future" if effect.tense == "future" and own.tense == "present" else own.tense
    return effect.tense or outer.tense


# --- governors -------------------------------------------------------------------------------------------------


def _governed(predicate: Token) -> tuple[Token | None, Effect]:
    """The word whose stance the clause inherits, and what that word says of it."""
    top = predicate
    while top.dep_ == "conj" and not children(top, "nsubj", "aux"):
        top = top.head
    marks = {child.lower_ for child in children(top, "mark")}
    governor = top.head
    if governor == top:
        return None, DONE
    if top.dep_ == "advcl":
        return _adverbial(top, governor, marks)
    if top.dep_ in ("acl", "ccomp") and governor.pos_ == "NOUN" and not children(governor, "cop"):
        return _if_known(governor, OF_NOUN if marks & NOUN_MARKS else {})
    if dep(top, "ccomp", "csubj") and _whole(top, marks):
        return _of_clause(top, governor)
    if dep(top, "xcomp", "csubj", "ccomp"):
        return governor, _of_infinitive(top, governor, marks)
    return None, DONE


def _if_known(governor: Token, effects: dict[str, Effect]) -> tuple[Token | None, Effect]:
    effect = effects.get(governor.lemma_.lower())
    return (None, DONE) if effect is None else (governor, effect)


def _of_clause(clause: Token, governor: Token) -> tuple[Token | None, Effect]:
    """What a word says of a whole clause; a bare verb («insisted that it sell Bolt») is asked for, whatever asks."""
    if is_finite(clause, helpers_of(clause)):
        return _if_known(governor, OF_CLAUSE)
    return governor, ASKED


def _whole(clause: Token, marks: set[str]) -> bool:
    """Whether a clause has a verb of its own tense: «that it sold», not «to sell» or «selling»."""
    return "to" not in marks and (is_finite(clause, helpers_of(clause)) or "that" in marks)


def _adverbial(clause: Token, governor: Token, marks: set[str]) -> tuple[Token | None, Effect]:
    """Purposes («sold Bolt to raise cash»), and what a verb takes by a preposition («kept Bolt from closing»)."""
    if clause.tag_ == "VB" and "to" in marks:
        if children(clause, "nsubj") and not marks & {"for"}:
            return None, DONE  # the second half of a headline: «Acme files for bankruptcy, Bolt to run it»
        if _goes_on(governor):
            return governor, DONE
        return governor, FAILED if _too(governor) else PURPOSE
    if clause.tag_ == "VBG" and marks & PREPOSITIONS:
        word = governor.lemma_.lower()
        effect = next((OF_INFINITIVE[key] for key in (*(f"{word} {mark}" for mark in marks), word)
                       if key in OF_INFINITIVE), None)  # fmt: skip
        if effect is not None:
            return governor, effect
        return (governor, DONE) if marks & {"with", "into"} and children(governor, "obj") else (None, DONE)
    if clause.tag_ == "VBG" and not marks and not children(clause, "nsubj") and _open(stance(governor)):
        return governor, SAID  # «may sell Bolt, raising cash»
    return None, DONE


def _open(outer: Stance) -> bool:
    """Whether a clause is yet to come, or not known to."""
    return outer.polarity == "+" and outer.tense == "future"


def _goes_on(verb: Token) -> bool:
    """«went on to sell»: it did."""
    particles = {child.lower_ for child in children(verb, "advmod", "compound:prt")}
    return verb.lemma_ == "go" and "on" in particles


def _too(word: Token) -> bool:
    """«too early to see a trend»: it is not seen."""
    return any(child.lower_ == "too" for child in children(word, "advmod"))


def _of_infinitive(clause: Token, governor: Token, marks: set[str]) -> Effect:
    """What a word says of an infinitive or gerund below it."""
    word = governor.lemma_.lower()
    if word in ("like", "want", "wish") and clause.lemma_ in PERFORMED:
        return Effect(tense="present")
    past = own_tense(governor) == "past"
    if word == "have" or (word == "able" and past):  # «was able to sell», «had to sell»: it did
        return DONE if past else Effect(tense="future", denied=None)
    if _too(governor):
        return FAILED
    if f"{word} to" in OF_INFINITIVE and "to" in marks:  # «is thought to sell», «thinks of selling»
        return OF_INFINITIVE[f"{word} to"]
    return OF_INFINITIVE.get(word, DONE)


# --- nouns -----------------------------------------------------------------------------------------------------


def argument_stance(noun: Token) -> Stance:
    """The stance of a nominal predicate ("the acquisition of X"): that of the clause in which it is an argument."""
    for ancestor in noun.ancestors:
        if ancestor.pos_ == "VERB" or children(ancestor, "cop"):
            return _argument_of(noun, ancestor)
    return Stance("-" if has_no(noun) else "+", "certain", "present", False)


def _argument_of(noun: Token, verb: Token) -> Stance:
    """«completed no takeover» denies it; «not related to the takeover» takes the takeover for granted."""
    outer = stance(verb)
    if any(unit_head(child) == noun for child in children(verb, "obj", "nsubj:pass")):
        effect = OF_INFINITIVE.get(verb.lemma_.lower(), DONE)
        if effect.denied is None:
            effect = effect._replace(denied="certain")  # «did not refuse the offer»
        found = _under(Stance(), outer, effect)
        return Stance(found.polarity, found.certainty, effect.tense or outer.tense, outer.conditional)
    if noun in children(verb, "nsubj") and children(verb, "expl"):  # «there is no plan»
        return outer
    return Stance("-" if has_no(noun) else "+", outer.certainty, outer.tense, outer.conditional)


def _times(one: Polarity, other: Polarity) -> Polarity:
    return "+" if one == other else "-"


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    order: tuple[Certainty, ...] = ("certain", "probable", "possible")
    return max(one, other, key=order.index)


__all__ = ["NEGATIONS", "argument_stance", "stance"]
