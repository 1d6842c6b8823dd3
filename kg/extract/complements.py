"""What finishes a verb, a noun or an adjective: the phrases without which it says something else, or nothing."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract.arguments import ORDINALS, is_passive
from kg.extract.noun_phrase import phrase
from kg.extract.parts import Clause, Part
from kg.extract.stance_words import MANDATIVE
from kg.extract.tree import CLAUSE_ADVERBS, case_words, children, names_a_time, slot_of

# Who says so is told by ``speech``, not by a relation of its own.
SOURCES = ("according to", "per")
# Verbs that mean something else, or nothing, without the phrase right behind them (Quirk et al. 1985, 16.5).
PREPOSITIONAL = {
    "go": ("to", "into", "through"), "come": ("to", "into", "from"), "lead": ("to",), "turn": ("to", "into"),
    "amount": ("to",), "refer": ("to",), "result": ("in",), "get": ("to", "into", "out of"), "belong": ("to",),
    "stem": ("from",), "range": ("from", "in"), "call": ("for", "on"), "look": ("for", "at", "into", "after"),
    "account": ("for",), "consist": ("of",), "depend": ("on",), "rely": ("on",), "focus": ("on",), "agree": ("to",),
    "deal": ("with",), "cope": ("with",), "ask": ("for",), "wait": ("for",), "stand": ("for",), "aim": ("at", "for"),
    "object": ("to",), "respond": ("to",), "react": ("to",), "apply": ("for", "to"), "care": ("for", "about"),
    "engage": ("in",), "insist": ("on",), "comply": ("with",), "subscribe": ("to",), "contribute": ("to",),
    "adhere": ("to",), "resort": ("to",), "opt": ("for",), "pay": ("for",),
    "force": ("into",), "throw": ("out of", "into"), "make": ("into", "of"), "center": ("on", "around"),
    "centre": ("on", "around"),
    "concentrate": ("on",), "hinge": ("on",), "base": ("on",), "allude": ("to",),
}  # fmt: skip
# Nouns that a bare noun behind "of" finishes: «secretary of state», «a state of emergency», «people of color».
FIXED = frozenset({
    "secretary", "head", "chief", "minister", "state", "rule", "oath", "people", "point", "matter", "way",
})  # fmt: skip
MANNER = frozenset({"well", "enough", "far", "long", "alone", "together", "properly", "yet"})
# Adverbs that a denial is about, rather than the deed.
SCOPED = frozenset({
    "always", "fully", "entirely", "necessarily", "completely", "exactly", "publicly", "immediately", "widely",
    "directly", "significantly", "substantially", "properly", "officially", "formally", "explicitly", "specifically",
    "uniformly", "solely", "automatically", "successfully", "clearly", "adequately", "merely", "personally",
    "purposely", "intentionally", "deliberately", "knowingly", "willingly", "voluntarily", "consciously",
})  # fmt: skip
PERSONAL = frozenset({"him", "her", "me", "us", "you", "who", "whom", "everyone", "everybody", "anyone", "nobody"})
# Verbs that say nothing of their object alone: «made her | the first», «let Acme buy Bolt», «kept Bolt | open».
SMALL_CLAUSE = frozenset({
    "make", "render", "keep", "leave", "let", "see", "hear", "watch", "have", "get", "want", "expect", "find",
    "consider", "call", "name", "term", "label", "dub", "brand", "deem", "declare", "hold", "set", "turn", "drive",
    "feel", "think", "believe", "prove",
})  # fmt: skip
# «caused the coral | to expel the algae»: what is caused is the deed, not the doer.
CAUSING = frozenset({"cause", "allow", "enable", "lead", "prompt", "force", "require", "permit"})


def with_phrase_before_object(clause: Clause, objects: list[Part], doc: Doc) -> Clause:
    """«brought to justice the men behind it»: a phrase between verb and object finishes the verb."""
    for part in clause.parts if objects else ():
        case = case_words(doc[part.head])
        behind = bool(case) and case[0].i == clause.words[-1] + 1 and doc[part.head].tag_ == "NN"
        behind = behind and len(part.tokens) == 1 and part.slot not in ("subject", "object")
        if behind and part.head < objects[0].tokens[0] and not names_a_time(doc[part.head]):
            words = (*clause.words, *(word.i for word in case), *part.tokens)
            lemma = " ".join([clause.lemma, part.slot, doc[part.head].lemma_.lower()])
            return replace(clause, words=words, lemma=lemma, parts=tuple(p for p in clause.parts if p != part))
    return clause


def with_denied_adverb(clause: Clause, predicate: Token) -> Clause:
    """«did not always slow down»: only so is it denied, so the adverb belongs to the relation."""
    if clause.stance.polarity == "+" or is_passive(predicate):
        return clause
    near = range(predicate.i - 2, predicate.i)
    found = [word for word in children(predicate, "advmod") if word.lower_ in SCOPED and word.i in near]
    if not found:
        return clause
    words = tuple(sorted((*clause.words, *(word.i for word in found))))
    return replace(clause, words=words, lemma=" ".join([*(word.lower_ for word in found), clause.lemma]))


def denied_manner(clause: Clause, predicate: Token) -> tuple[int, ...]:
    """«was not publicly identified», «were not called immediately»: only so is it denied."""
    if clause.stance.polarity == "+":
        return ()
    found = [word for word in children(predicate, "advmod") if word.lower_.endswith("ly") or word.lower_ in MANNER]
    return tuple(word.i for word in found if abs(word.i - predicate.i) == 1 and word.lower_ not in CLAUSE_ADVERBS)


def says_more_of_object(predicate: Token) -> bool:
    """Whether a complement behind the object finishes what the verb says («rendered prey hard to find»)."""
    objects = children(predicate, "obj", "iobj")
    behind = [child for child in children(predicate, "xcomp") if objects and child.i > objects[0].i]
    verb = predicate.lemma_.lower()
    asked = [child for child in children(predicate, "ccomp") if objects and child.i > objects[0].i]
    if verb in MANDATIVE and any(child.tag_ in ("VB", "VBN") for child in asked):
        return True  # «ordered the flags | be lowered»
    return any(child.pos_ == "ADJ" or verb in SMALL_CLAUSE or verb in CAUSING for child in behind)


def finishing(clause: Clause, doc: Doc) -> Part | None:
    """The phrase right behind a verb that says nothing without it: «the medal went | to Acme | with …»."""
    slots = ("like", *PREPOSITIONAL.get(doc[clause.predicate].lemma_.lower(), ()))
    for part in clause.parts:
        case = case_words(doc[part.head]) if part.slot in slots else ()
        if case and case[0].i == clause.words[-1] + 1:
            return part
    return None


def stand_in(head: Token, *, denied: bool = False) -> str:
    """What stands for an object in the lemma of a relation: its noun, or "someone" or "something" for a name.

    «identified Ann Lee as the victim» is "identify someone as", as a dictionary would put it. «took third place» is no
    taking place, and who does not have «the same effect on» something may have another (``denied``).
    """
    if not is_named(head):
        before = children(head, "amod", *(("compound",) if denied else ()))
        kept = [word.lower_ for word in before if denied or word.lower_ in ORDINALS]
        fixed = [f"of {child.lower_}" for child in children(head, "nmod") if is_fixed(head, child)]
        return " ".join([*kept, head.lemma_.lower(), *fixed])
    if head.pos_ in ("SYM", "NUM"):
        return ""
    if head.lower_.endswith(("self", "selves")):
        return "oneself"
    if head.lower_ in ("them", "both", "all"):  # persons or things, who knows
        return head.lower_
    return "someone" if head.ent_type_ == "Person" or head.lower_ in PERSONAL else "something"


def is_named(head: Token) -> bool:
    """Whether it stands for one thing by itself: a name, a pronoun, a number."""
    return bool(head.ent_type_ or head.pos_ in ("PRON", "PROPN", "SYM", "NUM"))


def is_fixed(noun: Token, child: Token) -> bool:
    """Whether noun and "of" phrase are one fixed phrase («secretary of state»), of which nothing is said apart."""
    bare = child.tag_ == "NN" and not child.ent_type_ and len(phrase(child)) == 1
    return bare and noun.lemma_.lower() in FIXED and slot_of(child) == "of"


def joined(clause: Clause, subjects: list[Part], doc: Doc) -> Clause:
    """«The winners are Acme and Bolt»: one thing is said of several, which neither of the two would be alone."""
    own = [part for part in clause.parts if part.slot == "complement" and doc[part.head].pos_ in ("NOUN", "PROPN")]
    several = len(subjects) == 1 and doc[subjects[0].head].tag_ in ("NNS", "NNPS")
    if not several or len(own) < 2 or own[0].head != clause.predicate:
        return clause
    words = {i for part in own for i in part.tokens} | {w.i for part in own for w in children(doc[part.head], "cc")}
    rest = tuple(part for part in clause.parts if part not in own[1:])
    whole = replace(own[0], tokens=tuple(sorted(words)))
    return replace(clause, parts=tuple(whole if part == own[0] else part for part in rest))


def goes_on(adjective: Token, clause: Clause) -> bool:
    """Whether a phrase right behind a predicate finishes it: «is popular with visitors», «is home to 40 people»."""
    bare = adjective.tag_ in ("NN", "RB") and not children(adjective, "det", "nmod:poss", "amod", "compound")
    if adjective.pos_ not in ("ADJ", "ADV") and adjective.tag_ != "VBN" and not bare:
        return False
    doc = adjective.doc
    behind = [child for child in children(adjective, "nmod") if slot_of(child) == "to"]
    if bare and any(case_words(child)[0].i == adjective.i + 1 for child in behind):
        return True
    return any(
        part.slot and part.head != adjective.i and (not bare or part.slot == "to")
        and any(word.i == adjective.i + 1 for word in case_words(doc[part.head]))
        for part in clause.parts
    )


def denied_in_part(adjective: Token, clause: Clause) -> bool:
    """«will not be effective today»: it may be so tomorrow; only the whole is denied."""
    others = any(part.slot not in ("subject", "complement", *SOURCES) for part in clause.parts)
    return adjective.pos_ == "ADJ" and clause.stance.polarity == "-" and others
