"""The stance that a clause has by its own words: negation, modals, hedges, questions, tense, conditions."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extract.arguments import ORDINALS
from kg.extract.parts import Stance
from kg.extract.stance_words import (
    ABILITY, BY_DEGREES, CONDITIONS, FEW, FUTURE_MODALS, GRANTED, NEARLY, NEGATIONS, NEVER, NEXT, NO, NOBODY,
    NOT_DENYING, NOT_DONE, POSSIBLE_ADVERBS, POSSIBLE_MODALS, PROBABLE_ADVERBS, PROBABLE_MODALS, QUESTIONS,
    TO_COME, WHOEVER, WOULD,
)  # fmt: skip
from kg.extract.tree import FINITE, children, dep, hanging_on, sentence_end, sentence_start
from kg.records import Certainty, Tense

ASKING = frozenset({"WRB", "WP", "WDT", "WP$"})


def own_stance(predicate: Token) -> Stance:
    """What the clause headed by ``predicate`` says by itself, whatever governs it."""
    helpers = helpers_of(predicate)
    words = {helper.lower_ for helper in helpers}
    negative = _negative(predicate, helpers)
    certainty = _certainty(predicate, words, negative=negative)
    return Stance("-" if negative else "+", certainty, _tense(predicate, helpers, words), _conditional(predicate))


def helpers_of(predicate: Token) -> list[Token]:
    """Auxiliaries and copula, those included that a coordinated verb shares with the first one."""
    own = children(predicate, "aux", "cop")
    if not _shares(predicate) or predicate.tag_ in ("VBD", "VBZ", "VBP"):  # «said ... and added» needs no helper
        return own
    return [*own, *children(first_conjunct(predicate), "aux")]


def _shares(predicate: Token) -> bool:
    """Whether a coordinated verb leans on the first one («will close and sell Bolt»)."""
    return predicate.dep_ == "conj" and not children(predicate, "aux", "cop", "nsubj")


def first_conjunct(predicate: Token) -> Token:
    """The verb that a coordinated one goes back to («will close and SELL» -> close)."""
    while predicate.dep_ == "conj":
        predicate = predicate.head
    return predicate


def _certainty(predicate: Token, words: set[str], *, negative: bool) -> Certainty:
    adverbs = _adverbs(predicate)
    if _question(predicate) or _whoever(predicate):
        return "possible"
    if negative and words & (ABILITY | {"could"}) and not adverbs & POSSIBLE_ADVERBS:
        return "certain"  # «cannot pass», «could not pass»: it is sure that it does not
    if "have" in words and words & {"should", "ought"}:
        return "possible"  # «should have sold Bolt»: as a rule it did not
    if words & POSSIBLE_MODALS or adverbs & POSSIBLE_ADVERBS:
        return "possible"
    if words & PROBABLE_MODALS or adverbs & PROBABLE_ADVERBS or (words & WOULD and _hypothetical(predicate, words)):
        return "probable"
    return "possible" if _imperative(predicate) else "certain"


def _adverbs(predicate: Token) -> set[str]:
    """The clause's adverbs; «reportedly bought and sold» is all reported."""
    found = {child.lower_ for child in children(predicate, "advmod", "discourse")}
    first = first_conjunct(predicate)
    if first == predicate or first.pos_ != predicate.pos_ or children(predicate, "nsubj"):
        return found
    begin = min([first.i, *(helper.i for helper in children(first, "aux", "cop"))])
    return found | {word.lower_ for word in children(first, "advmod") if word.i < begin} - NEGATIONS


def _hypothetical(predicate: Token, words: set[str]) -> bool:
    """«Would» is no more than a "will" that was said in the past («said that it would sell»); else it supposes."""
    if predicate.lemma_ == "like":  # «would like to sell» wants it
        return False
    first = first_conjunct(predicate)
    return "have" in words or first.dep_ != "ccomp" or own_tense(first.head) != "past"


def _whoever(predicate: Token) -> bool:
    """«whoever buys Bolt»: perhaps nobody does."""
    described = predicate.head if dep(predicate, "acl", "appos") else predicate
    return any(word.lower_ in WHOEVER for word in (described, *children(predicate, "nsubj", "obj")))


def _imperative(predicate: Token) -> bool:
    """«Sell Bolt now.»: a bare verb at the top of its sentence, without subject."""
    first = first_conjunct(predicate)
    if predicate.tag_ != "VB" or first.tag_ != "VB" or first.head != first:
        return False
    bare = all(child.lemma_ == "do" for child in children(first, "aux"))
    return bare and not children(first, "nsubj", "mark", "cop", "expl")


# --- polarity --------------------------------------------------------------------------------------------------


def _negative(predicate: Token, helpers: Iterable[Token]) -> bool:
    """Whether the clause is denied by an adverb, a helper, its mark or an argument; two of them make no denial."""
    spoken = children(predicate, "advmod", "cc:preconj", "discourse")
    adverbs = any(_denies(word) for word in spoken) or any(word.lower_ in NEGATIONS for word in helpers)
    nor = any(word.lower_ == "nor" for word in children(predicate, "cc"))
    marked = any(word.lower_ in NOT_DONE for word in children(predicate, "mark", "cc"))
    adverbs = adverbs or _nearly(predicate) or _forestalled(predicate) or is_yet(predicate)
    denials = (adverbs or nor or _shared_denial(predicate), marked, _no_argument(predicate))
    return sum(denials) % 2 == 1  # «nobody did not sell»


def _denies(adverb: Token) -> bool:
    """«not», «no longer»; but «not only», «not just» deny nothing."""
    after = adverb.i + 1
    if adverb.lower_ in NEGATIONS:
        return not (after < len(adverb.doc) and adverb.doc[after].lower_ in NOT_DENYING)
    return adverb.lower_ in ("longer", "more") and any(child.lower_ == "no" for child in adverb.children)


def _nearly(predicate: Token) -> bool:
    """«almost sold Bolt»; but «almost doubled its staff» has grown."""
    if predicate.pos_ != "VERB" or predicate.lemma_.lower() in BY_DEGREES:
        return False
    return any(word.lower_ in NEARLY and word.i < predicate.i for word in children(predicate, "advmod"))


def _forestalled(predicate: Token) -> bool:
    """«was arrested before he could leave»: he did not."""
    if not any(word.lower_ == "before" for word in children(predicate, "mark")):
        return False
    could = any(word.lower_ == "could" for word in children(predicate, "aux"))
    return could and own_tense(predicate.head) == "past"


def is_yet(predicate: Token) -> bool:
    """«is yet to sell Bolt», «has yet to sell Bolt»: it did not so far."""
    if predicate.tag_ != "VB" or not any(child.lower_ == "to" for child in children(predicate, "mark")):
        return False
    spoken = (word for word in (predicate, predicate.head) if word.lemma_ == "have" or word == predicate)
    return any(child.lower_ == "yet" for word in spoken for child in children(word, "advmod"))


def _shared_denial(predicate: Token) -> bool:
    """«did not buy Bolt or sell Nut» denies both; «did not buy Bolt but sold Nut» the first only."""
    if not _shares(predicate) or predicate.tag_ in ("VBD", "VBZ", "VBP"):
        return False
    joins = {child.lower_ for child in children(predicate, "cc")}
    first = first_conjunct(predicate)
    leans = bool(children(first, "aux")) and first.tag_ == predicate.tag_
    return leans and "but" not in joins and any(_denies(word) for word in children(first, "advmod"))


def _no_argument(predicate: Token) -> bool:
    """«No» or «few» before a subject or object, and «none» as one, deny the clause ("No one was hurt")."""
    if any(_is_none(child) for child in children(predicate, "nsubj", "obj", "obl:agent")):
        return True
    if any(child.lemma_.lower() in NEVER and has_no(child) for child in children(predicate, "obl")):
        return True  # «under no circumstances»
    return predicate.pos_ == "NOUN" and any(word.lower_ == "no" for word in children(predicate, "det"))


def _is_none(argument: Token) -> bool:
    return argument.lower_ in NOBODY or has_no(argument) or _is_few(argument)


def has_no(noun: Token) -> bool:
    """«no worker», «neither worker»."""
    return any(word.lower_ in NO and dep(word, "det", "advmod", "cc") for word in hanging_on(noun))


def _is_few(noun: Token) -> bool:
    """«few workers», «few of them»; but not «a few workers», «the last few years», «few-year»."""
    words = (noun, *hanging_on(noun))
    few = [word for word in words if word.lower_ in FEW and (word == noun or dep(word, "amod", "det"))]
    if not few:
        return False
    others = [word for one in (noun, *few) for word in one.children if word not in few]
    return not any(dep(word, "det", "nmod:poss", "advmod") for word in others)


def _question(predicate: Token) -> bool:
    """«Did Acme sell Bolt?», «asked whether Acme sold Bolt».

    What a relative or adverbial clause adds is not asked, and «Why did Acme sell Bolt?» takes it for sold.
    """
    if dep(predicate, "ccomp", "csubj") and any(child.lower_ in QUESTIONS for child in children(predicate, "mark")):
        return True
    end, start = predicate.doc[sentence_end(predicate) - 1], sentence_start(predicate)
    while end.i > start and (end.is_quote or end.is_space):
        end = end.nbor(-1)
    if end.text != "?" and not any(child.text == "?" for child in children(predicate, "punct")):
        return False
    above = (predicate, *predicate.ancestors)
    marks = sum(word.is_quote and word.tag_ != "POS" for word in predicate.doc[predicate.i : end.i])
    # «and thought, "Who sold Bolt?"» asks nothing of the thinking.
    asked = end.text == "?" and marks % 2 == 0 and not any(dep(word, "acl", "advcl", "appos") for word in above)
    asked = asked or any(child.text == "?" for child in children(predicate, "punct"))
    return asked and not any(word.tag_ in ASKING for one in above for word in one.children if word.i < one.i)


# --- tense -----------------------------------------------------------------------------------------------------


def _tense(predicate: Token, helpers: list[Token], words: set[str]) -> Tense:
    perfect = any(helper.lemma_ == "have" and not dep(helper, "cop") for helper in helpers)
    first = min(helpers, key=lambda word: word.i, default=predicate)
    if first.tag_ in FINITE and not perfect and _is_then(predicate, first):
        return "future"
    if perfect or first.tag_ == "VBD":
        return "past" if not _is_to(predicate, first) or perfect else "future"
    if words & (FUTURE_MODALS | POSSIBLE_MODALS | PROBABLE_MODALS):
        return _modal_tense(predicate, words)
    if _infinitive(predicate):
        return "future"
    if first.tag_ in ("VBZ", "VBP"):
        return "future" if _is_next(predicate) else "present"
    if predicate.tag_ in ("VBD", "VBN"):
        return "past"
    return "future" if _imperative(predicate) else _governing_tense(predicate)


def _modal_tense(predicate: Token, words: set[str]) -> Tense:
    """«will sell», «may sell», «should sell» are to come; «can sell», «must be mistaken» are now."""
    if "could" in words and (_forestalled(predicate) or any(_denies(word) for word in children(predicate, "advmod"))):
        return "past"  # «could not reach an agreement»
    state = words & PROBABLE_MODALS and children(predicate, "cop")
    return "present" if state or words & ABILITY else "future"


def _infinitive(predicate: Token) -> bool:
    """«to sell», «due to sell», and in headlines and behind "is" «to be sold»; not «the first woman to lead Acme»."""
    to = any(child.lower_ in ("to", "due") for child in children(predicate, "mark", "aux"))
    noun = predicate.head
    return to and not (predicate.dep_ == "acl" and any(child.lower_ in ORDINALS for child in noun.children))


def _is_to(predicate: Token, first: Token) -> bool:
    """«was to sell», «was due to sell»: a finite "be" before the "to" of its verb."""
    return first.lemma_ == "be" and _infinitive(predicate) and not is_yet(predicate)


def _is_next(predicate: Token) -> bool:
    """«opens tomorrow», «is opening next week»: a present that is to come."""
    times = children(predicate, "advmod", "obl:unmarked", "obl:tmod")
    return any(NEXT & {word.lower_, *(child.lower_ for child in word.children)} for word in times)


def _is_then(predicate: Token, first: Token) -> bool:
    """«will stay until Bolt buys it», «would stay until Bolt bought it»: it is to come, as the main clause is."""
    if not dep(predicate, "advcl"):
        return False
    marks = {child.lower_ for child in children(predicate, "mark", "advmod")}
    if "until" in marks and first.tag_ in ("VBZ", "VBP") and own_tense(predicate.head) != "present":
        return True  # «put a stay on it until the issue is resolved»
    if "until" in marks and predicate.head.lemma_.lower() in ("promise", "vow", "pledge", "threaten", "plan", "swear"):
        return True
    if not marks & TO_COME or own_tense(predicate.head) != "future":
        return False
    if first.tag_ != "VBD":
        return True
    would = any(child.lower_ in WOULD for child in children(predicate.head, "aux"))
    return would and "when" not in marks  # «when fish were plenty, they would eat»


def is_finite(predicate: Token, helpers: list[Token]) -> bool:
    """Whether the clause has a tense of its own; a bare participle counts where it stands for a finite verb."""
    first = min(helpers, key=lambda word: word.i, default=predicate)
    return first.tag_ in FINITE or (first.tag_ == "VBN" and predicate.dep_ == "ccomp")


def own_tense(word: Token) -> Tense:
    """The tense by the word's own form and helpers, whatever governs it."""
    helpers = children(word, "aux", "cop")
    return _tense(word, helpers, {helper.lower_ for helper in helpers})


def _governing_tense(predicate: Token) -> Tense:
    """A participle or noun takes the tense of the clause that it hangs in."""
    for ancestor in predicate.ancestors:
        if ancestor.tag_ in ("VBD", "VBZ", "VBP") or children(ancestor, "aux", "cop"):
            return own_tense(ancestor)
    return "present"


# --- conditions ------------------------------------------------------------------------------------------------


def _conditional(predicate: Token) -> bool:
    """«If Bolt sells, Acme gains»: both clauses are; so is «would have sold», which hangs on an "if" left unsaid."""
    first = first_conjunct(predicate) if _shares(predicate) else predicate
    if _supposes(first) or (dep(first, "xcomp") and _inverted(first.head)) or _would_have(predicate):
        return True
    return any(_supposes(clause) and not _granted(clause) for clause in children(predicate, "advcl"))


def _would_have(predicate: Token) -> bool:
    words = {child.lower_ for child in children(predicate, "aux")}
    return "have" in words and bool(words & WOULD)


def _inverted(clause: Token) -> bool:
    """«Had Acme sold Bolt, …», where the tree makes "had" the verb."""
    return clause.lower_ == "had" and dep(clause, "advcl") and not children(clause, "nsubj", "mark")


def _supposes(clause: Token) -> bool:
    """«if», «unless», «in case it sells», «should it sell», «had it sold»; an asked "if" («asked if») is a question."""
    marks = children(clause, "mark")
    if not (dep(clause, "advcl") or (clause.dep_ == "conj" and marks)):
        return False
    if _inverted(clause):
        return True
    words = {child.lower_ for child in marks}
    if words & CONDITIONS or any(child.lower_ == "case" for mark in marks for child in mark.children):
        return True
    subjects = children(clause, "nsubj")
    fronted = [word for word in children(clause, "aux", "cop") if word.lower_ in ("should", "had", "were")]
    return bool(subjects and fronted) and not marks and fronted[0].i < subjects[0].i


def _granted(clause: Token) -> bool:
    """«whether or not Bolt sells», «in case Bolt sells», «even if», «as if»: the main clause holds either way."""
    marks = children(clause, "mark")
    marks += [word for word in children(clause, "advmod") if marks and word.i == marks[0].i - 1]
    return any(child.lower_ in GRANTED for mark in marks for child in (mark, *mark.children))
