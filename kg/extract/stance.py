"""Stance of a clause: polarity, certainty, tense and condition.

The categories are those of FactBank (Saurí and Pustejovsky 2009: certain, probable, possible; positive, negative)
with the time of the NewsReader guidelines (NWR-2014-2-2, the scheme of MEANTIME: past, present, future seen from the
article). FactBank's "underspecified" has no value of its own here: what is asked, wanted or tried is possible, what
hangs on an "if" is conditional. The stance is that of the innermost source, as in FactBank: «the minister said that
Acme will sell Bolt» is certain, and who vouches for it is told by the statement.

A clause's own words are read first (negation, modals, hedges, tense), then what its governor says of it, the
governor's own stance included, up to the root: «denied that it failed to sell» is sold. A deed told by a noun has the
stance that its adjective gives it («the planned takeover») and what the verb or noun above says of it («called off the
takeover», «talks on the takeover»).
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.arguments import THAT_VERBS, is_bare_object
from kg.extract.parts import Stance
from kg.extract.stance_own import has_no, helpers_of, is_finite, is_yet, own_stance, own_tense
from kg.extract.stance_words import (
    ACTS, ASKED, BILLS, CALLING_OFF, COMPLETE, COMPLETING, DONE, FAILED, FORCES, GRANTING, MAKING, MANDATIVE, MEANT,
    NEGATIONS, OF_ADJECTIVE, OF_CLAUSE, OF_INFINITIVE, OF_NOUN, OF_OBJECT, OF_OBLIQUE, OF_SUBJECT, PERFORMED,
    PASSING, PREVENTING, PURPOSE, SAID, TELLS_OF, TRIED, WISHING, Effect,
)  # fmt: skip
from kg.extract.tree import children, dep, slot_of, unit_head
from kg.extract.tree_index import index
from kg.records import Certainty, Polarity, Tense

# Adjectives that take the gerund behind their preposition for done («is known for selling»); others leave it open.
OF_DEEDS = frozenset({
    "responsible", "known", "famous", "guilty", "notorious", "good", "bad", "great", "successful", "busy", "proud",
    "sorry", "happy", "tired", "sick", "fond", "used", "accustomed", "late", "slow", "quick", "fast", "excellent",
    "renowned", "noted", "culpable", "instrumental", "engaged", "complicit", "glad", "grateful", "ashamed",
})  # fmt: skip
FALSE = frozenset({"lie", "myth", "hoax", "falsehood", "misconception", "fallacy", "fiction", "fantasy"})
UNTRUE = frozenset({"false", "untrue", "wrong", "baseless", "unfounded", "fake", "incorrect", "fabricated"})
SUPPOSED = Effect(certainty="possible", denied=None)
KNOWN = frozenset({"the", "this", "that", "these", "those"})
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
    named = [child for child in children(predicate, "nsubj") if child.dep_ == "nsubj:outer"]
    if named and named[0].lemma_.lower() in FALSE:  # «the biggest lie is that it works»
        return Stance(_times(own.polarity, "-"), own.certainty, own.tense, own.conditional)
    governor, effect = _governed(predicate)
    if governor is None:
        return own
    outer = _outer(governor)
    told = dep(predicate, "ccomp", "csubj", "acl") and is_finite(predicate, helpers_of(predicate))
    if told and effect.denied is None and effect.tense is None and _never_said(outer):
        # «might deny that it sold», «if Lee says that it sold»: neither said nor denied
        return Stance(own.polarity, "possible", own.tense, own.conditional or outer.conditional)
    found = _under(own, outer, effect)
    return Stance(found.polarity, found.certainty, _tense_under(predicate, own, outer, effect), found.conditional)


def _never_said(outer: Stance) -> bool:
    """Whether what governs, a word of saying or judging, is itself denied, supposed, or yet to come and not sure."""
    unsure = outer.certainty == "possible" or (outer.certainty == "probable" and outer.tense == "future")
    return outer.polarity == "-" or outer.conditional or unsure


def _outer(governor: Token) -> Stance:
    """The stance of what governs: a clause, or a noun («the plan to sell») in its own clause."""
    return stance(governor) if _predicates(governor) else _noun_stance(governor, carrier=True)


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
    while top.dep_ == "conj" and not children(top, "nsubj") and _goes_with(top):
        top = top.head
    marks = {child.lower_ for child in children(top, "mark")}
    governor = top.head
    if governor == top:
        return None, DONE
    if top.dep_ == "advcl":
        return _adverbial(top, governor, marks)
    if governor.pos_ == "NOUN" and _only_wished(top, governor):
        return governor, ASKED
    told = own_tense(top) == "past" or (dep(governor, "nsubj") and not children(governor.head, "expl"))
    told = told or top.doc[max(top.left_edge.i - 1, 0)].text == "," or top.left_edge.text == ","  # only beside
    if top.dep_ == "acl:relcl" and governor.pos_ == "NOUN" and not told and _is_some(governor):
        place = _in_place(governor, carrier=True)
        open_ = place.certainty != "certain" or place.conditional or place.polarity == "-"
        return (governor, SAID) if open_ else (None, DONE)
    if top.dep_ == "acl" and governor.pos_ == "NOUN" and (judged := _judged(governor)) is not None:
        return judged, FAILED  # «the report that Acme sold Bolt is false»
    of_noun = top.dep_ == "acl" or (top.dep_ == "ccomp" and not children(governor, "cop"))
    if of_noun and governor.pos_ == "NOUN":
        return _if_known(governor, OF_NOUN if marks & NOUN_MARKS else {})
    if dep(top, "ccomp", "csubj") and _whole(top, marks):
        return _of_clause(top, governor)
    if dep(top, "xcomp", "csubj", "ccomp"):
        return governor, _of_infinitive(top, governor, marks)
    return None, DONE


def _judged(noun: Token) -> Token | None:
    """The adjective that calls what a noun tells untrue."""
    above = noun.head
    untrue = dep(noun, "nsubj") and above.pos_ == "ADJ" and above.lemma_.lower() in UNTRUE
    return above if untrue and bool(children(above, "cop")) else None


def _only_wished(clause: Token, noun: Token) -> bool:
    """«we need a firm that works», «a bill banning masks»: there is no such firm, and no such ban, yet."""
    if clause.dep_ == "acl":
        proposed = noun.lemma_.lower() in BILLS and clause.lemma_.lower() not in THAT_VERBS  # «a motion claiming that»
        return clause.tag_ == "VBG" and proposed and not _passed(noun)
    some = any(child.lower_ in ("a", "an", "any", "some") for child in children(noun, "det"))
    return clause.dep_ == "acl:relcl" and some and dep(noun, "obj", "obl") and _word(noun.head) in WISHING


def _is_some(noun: Token) -> bool:
    """«a law that harms Bolt», «laws that harm Bolt»: where there may be none, none may harm it."""
    if noun.ent_type_ or children(noun, "nmod:poss"):
        return False
    return not any(child.lower_ in KNOWN or child.lower_ in ("all", "each", "every") for child in children(noun, "det"))


def _passed(noun: Token) -> bool:
    """«passed a bill banning masks»: they are banned."""
    verb = noun.head
    return verb.lemma_.lower() in PASSING and stance(verb) == Stance("+", "certain", "past", False)


def _goes_with(second: Token) -> bool:
    """Whether a verb behind "and" stands under what governs the first: «hopes that it will grow and will hire»."""
    own, first = ({child.lower_ for child in children(word, "aux")} for word in (second, second.head))
    return not own or bool(own & first)


def _if_known(governor: Token, effects: dict[str, Effect]) -> tuple[Token | None, Effect]:
    effect = effects.get(governor.lemma_.lower())
    return (None, DONE) if effect is None else (governor, effect)


def _of_clause(clause: Token, governor: Token) -> tuple[Token | None, Effect]:
    """What a word says of a whole clause; a bare verb («insisted that it sell Bolt») is asked for, whatever asks."""
    if is_finite(clause, helpers_of(clause)) and not _is_bare(clause):
        if governor.lemma_.lower() in ("ensure", "assure") and is_finite(governor, helpers_of(governor)):
            return None, DONE  # «ensures that it works»: it does
        return _if_known(governor, OF_CLAUSE)
    return governor, ASKED


def _is_bare(clause: Token) -> bool:
    """«that the union agree»: a verb without the ending that its subject would give it, tagged as if it had one."""
    subjects = children(clause, "nsubj")
    one = bool(subjects) and subjects[0].tag_ in ("NN", "NNP") and not children(subjects[0], "conj", "nummod")
    plain = clause.tag_ == "VBP" and clause.lower_ == clause.lemma_.lower() and not children(clause, "aux", "cop")
    return one and plain and clause.head.lemma_.lower() in MANDATIVE


def _whole(clause: Token, marks: set[str]) -> bool:
    """Whether a clause has a verb of its own tense: «that it sold», not «to sell» or «selling»."""
    return "to" not in marks and (is_finite(clause, helpers_of(clause)) or "that" in marks)


def _adverbial(clause: Token, governor: Token, marks: set[str]) -> tuple[Token | None, Effect]:
    """Purposes («sold Bolt to raise cash»), and what a verb takes by a preposition («kept Bolt from closing»)."""
    if clause.tag_ == "VB" and "to" in marks:
        if governor.pos_ == "ADJ" and governor.lemma_.lower() in ("able", "unable", "likely", "unlikely"):
            return governor, _of_infinitive(clause, governor, marks)  # «is not able in this case to sell»
        if children(clause, "nsubj") and not marks & {"for"}:
            return None, DONE  # the second half of a headline: «Acme files for bankruptcy, Bolt to run it»
        if _goes_on(governor):
            return governor, DONE
        return governor, _purpose(clause, governor)
    if clause.tag_ == "VBG" and marks & PREPOSITIONS:
        word = _word(governor)
        effect = next((OF_INFINITIVE[key] for key in (*(f"{word} {mark}" for mark in marks), word)
                       if key in OF_INFINITIVE), None)  # fmt: skip
        if effect is not None:
            return governor, effect
        if governor.pos_ == "ADJ" and word not in OF_DEEDS and marks & {"of", "on", "about", "to", "from", "against"}:
            return governor, SUPPOSED  # «is contingent on selling», «is interested in selling»
        if marks & {"with", "into"} and children(governor, "obj"):
            return governor, DONE
        # «can contribute to promoting it»: no more certain than what it helps
        return (governor, SAID) if stance(governor).certainty != "certain" else (None, DONE)
    if clause.tag_ == "VBG" and not marks and not children(clause, "nsubj") and _open(stance(governor)):
        return governor, SAID  # «may sell Bolt, raising cash»
    return None, DONE


def _purpose(clause: Token, governor: Token) -> Effect:
    """What is said of an infinitive behind a clause: «too weak to sell», «called on Bolt to sell», «to raise cash»."""
    if _too(governor):
        return FAILED
    if any(child.lower_ == "enough" for child in children(governor, "advmod")):
        return DONE if own_tense(governor) == "past" else TRIED  # «was strong enough to win»: it did
    slots = (slot_of(child) for child in children(governor, "obl") if child.i < clause.i)
    asked = (OF_OBLIQUE.get(f"{_word(governor)} {slot}") for slot in slots)
    return next((effect for effect in asked if effect is not None), PURPOSE)


def _word(governor: Token) -> str:
    """The word that governs, a phrasal verb with its particle («call off»)."""
    return " ".join([governor.lemma_.lower(), *(child.lower_ for child in children(governor, "compound:prt"))])


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
    word = _word(governor)
    if word in ("like", "want", "wish") and clause.lemma_ in PERFORMED and own_tense(governor) != "past":
        return Effect(tense="present")
    if any(child.lower_ in ("less", "least") for child in children(governor, "advmod")):
        return TRIED  # «is less likely to sell»
    if clause.tag_ == "VBG" and word in ("report", "claim", "allege") and not children(governor, "aux:pass"):
        return SAID  # «reported losing $3m»
    past = own_tense(governor) == "past"
    if is_yet(clause):  # denied by its own word
        return Effect(tense="past")
    if word == "have" or (word == "able" and past):  # «was able to sell», «had to sell»: it did
        return DONE if past else Effect(tense="future", denied=None)
    if _too(governor):
        return FAILED
    if word in MEANT and any(child.lower_ == "had" for child in children(governor, "aux")):
        return TRIED  # «had planned to sell»: as a rule nothing came of it
    if f"{word} to" in OF_INFINITIVE and "to" in marks:  # «is thought to sell», «thinks of selling»
        return OF_INFINITIVE[f"{word} to"]
    purpose = PURPOSE if " " in word and "to" in marks else DONE  # «set up to pay for it», «ended up selling it»
    return OF_INFINITIVE.get(word, purpose)


# --- nouns -----------------------------------------------------------------------------------------------------


def argument_stance(noun: Token) -> Stance:
    """The stance of a nominal predicate ("the acquisition of X"): that of where it stands, and of its adjectives."""
    return _noun_stance(noun, carrier=False)


def _noun_stance(noun: Token, *, carrier: bool) -> Stance:
    """The stance of a noun; of what a ``carrier`` is about, nothing is done when it fails («his bid to buy Bolt»)."""
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN") and not children(noun, "det", "nmod:poss"):
        first = first.head  # «the planned takeover and sale»
    described = {word.lower_ for one in (noun, first) for word in children(one, "amod", "acl", "nmod")}
    if described & COMPLETE:
        return Stance("+", "certain", "past", False)
    found = _in_place(noun, carrier=carrier)
    if _is_completed(noun, found):
        return found
    for word in sorted(described & OF_ADJECTIVE.keys()):
        spared = OF_ADJECTIVE[word].polarity == "-" and not carrier and _spared(noun, word)
        found = _described(found, DONE if spared else OF_ADJECTIVE[word])
    return found


def _spared(noun: Token, word: str) -> bool:
    """Whether a deed was done though a word makes it fail: «the failed bid», «rejected the appeal»."""
    if word in PREVENTING:
        return False
    return noun.lemma_.lower() in (ACTS - FORCES if word in CALLING_OFF else ACTS)


def _described(found: Stance, effect: Effect) -> Stance:
    """«blocked the proposed takeover»: what is denied stays so, whatever an adjective adds."""
    if found.polarity == "-":
        return found
    certainty = _weaker(found.certainty, effect.certainty)
    return Stance(effect.polarity, certainty, effect.tense or found.tense, found.conditional)


def _in_place(noun: Token, *, carrier: bool) -> Stance:
    """The stance that a noun has from the noun or the clause in which it stands."""
    above = unit_head(noun.head)
    if dep(noun, "nmod") and above.lemma_.lower() in TELLS_OF.get(slot_of(noun), ()):
        effect = OF_NOUN[above.lemma_.lower()]
        outer = _noun_stance(above, carrier=True)
        found = _under(Stance(), outer, effect)
        return Stance(found.polarity, found.certainty, effect.tense or outer.tense, outer.conditional)
    for ancestor in noun.ancestors:
        if ancestor.pos_ == "VERB" or children(ancestor, "cop"):
            return _argument_of(noun, ancestor, carrier=carrier)
    return Stance("-" if has_no(noun) else "+", "certain", "present", False)


def _argument_of(noun: Token, verb: Token, *, carrier: bool) -> Stance:
    """«completed no takeover» denies it; «not related to the takeover» takes the takeover for granted."""
    outer = stance(verb)
    if noun in children(verb, "nsubj") and children(verb, "expl"):  # «there is no plan»
        return outer
    effect = _of_argument(noun, verb)
    spared = effect is not None and effect.polarity == "-" and not carrier and _spared(noun, _word(verb))
    if effect is not None and not spared:
        if effect.denied is None and effect.polarity == "+":
            effect = effect._replace(denied="certain")  # «did not order the attack»
        found = _under(Stance(), outer, effect)
        return Stance(found.polarity, found.certainty, effect.tense or outer.tense, outer.conditional)
    if dep(noun, "obl") and slot_of(noun) in GRANTING:
        return Stance("-" if has_no(noun) else "+", "certain", "past", False)
    return Stance("-" if has_no(noun) else "+", outer.certainty, outer.tense, outer.conditional)


def _of_argument(noun: Token, verb: Token) -> Effect | None:
    """What a verb says of a deed that is its object, subject or phrase; None where its own stance is the deed's."""
    word = _word(verb)
    if any(unit_head(child) == noun for child in children(verb, "obj", "nsubj:pass")) or is_bare_object(noun, verb):
        made = DONE if word in MAKING or not _is_known(noun) else None
        return OF_OBJECT.get(word, OF_INFINITIVE.get(word, made))
    if dep(noun, "obl") and noun.head == verb:
        return OF_OBLIQUE.get(f"{word} {slot_of(noun)}")
    if noun in children(verb, "nsubj"):
        apart = " ".join([word, *(child.lower_ for child in children(verb, "advmod"))])
        return OF_SUBJECT.get(word, OF_SUBJECT.get(apart))
    return None


def _is_known(noun: Token) -> bool:
    """«the meeting», «its meeting»: spoken of as something that there is; a denial does not reach it."""
    return any(child.lower_ in KNOWN for child in children(noun, "det")) or bool(children(noun, "nmod:poss"))


def _is_completed(noun: Token, found: Stance) -> bool:
    """«completed its planned takeover»: it is no mere plan any more."""
    done = (found.polarity, found.certainty, found.tense) == ("+", "certain", "past")
    return done and dep(noun, "obj", "nsubj:pass") and _word(noun.head) in COMPLETING


def _times(one: Polarity, other: Polarity) -> Polarity:
    return "+" if one == other else "-"


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    order: tuple[Certainty, ...] = ("certain", "probable", "possible")
    return max(one, other, key=order.index)


__all__ = ["NEGATIONS", "argument_stance", "stance"]
