"""Stance of a clause: polarity, certainty, tense and condition.

The categories are those of FactBank (Saurí and Pustejovsky 2009: certain, probable, possible; positive, negative)
with the time of the NewsReader guidelines (past, present, future). A governing verb passes its own stance on to
the clause that it governs ("failed to sell" -> not sold; "plans to sell" -> future).
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.parts import Stance
from kg.extract.tree import children, dep, unit_head
from kg.records import Certainty, Polarity, Tense

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly", "scarcely", "barely", "rarely", "no"})
POSSIBLE_MODALS = frozenset({"may", "might", "could", "can"})
PROBABLE_MODALS = frozenset({"should", "ought", "must"})
FUTURE_MODALS = frozenset({"will", "wo", "'ll", "’ll", "shall", "would", "'d", "’d"})
PROBABLE_ADVERBS = frozenset({"probably", "likely", "apparently", "presumably", "seemingly", "reportedly", "allegedly",
                              "supposedly", "purportedly", "ostensibly"})  # fmt: skip
POSSIBLE_ADVERBS = frozenset({"perhaps", "maybe", "possibly", "potentially", "conceivably"})
CONDITIONS = frozenset({"if", "unless", "whether", "provided", "assuming"})

# Governing verbs: what "X VERB (someone) to do" or "X VERB doing" says about the doing.
# (polarity, certainty, tense or None to keep the governor's own tense)
GOVERNORS: dict[str, tuple[Polarity, Certainty, Tense | None]] = {
    **dict.fromkeys(("fail", "refuse", "decline", "forget", "neglect", "cease", "stop", "avoid", "prevent", "bar",
                     "ban", "prohibit", "quit", "abandon", "cancel", "unable", "unwilling", "impossible",
                     "reluctant"), ("-", "certain", None)),
    **dict.fromkeys(("plan", "intend", "agree", "promise", "pledge", "vow", "decide", "prepare", "commit", "aim",
                     "propose", "set", "schedule", "expect", "go", "threaten", "seek", "offer", "opt", "choose",
                     "order", "ask", "urge", "tell", "instruct", "task", "require", "oblige", "direct", "force",
                     "elect", "swear", "resolve", "arrange"), ("+", "probable", "future")),
    **dict.fromkeys(("want", "hope", "wish", "try", "attempt", "consider", "like", "look", "desire", "need", "struggle",
                     "ready", "allow", "permit", "enable", "encourage", "invite", "authorize", "authorise", "suggest",
                     "recommend", "mull", "weigh", "explore", "wait", "able", "eager", "willing", "likely",
                     "contemplate"), ("+", "possible", "future")),
    **dict.fromkeys(("appear", "seem", "believe", "think", "suppose", "estimate", "allege", "rumor", "rumour",
                     "suspect", "assume"), ("+", "probable", None)),
    **dict.fromkeys(("deny", "doubt", "dispute", "reject", "refute"), ("-", "certain", None)),
}  # fmt: skip
# Those of them that say it of a whole clause, too ("denied that", "expects that"); "told X that" says nothing.
CLAUSE_GOVERNORS = frozenset({
    "expect", "hope", "wish", "want", "plan", "appear", "seem", "believe", "think", "suppose", "estimate", "allege",
    "rumor", "rumour", "suspect", "assume", "deny", "doubt", "dispute", "reject", "refute", "likely",
})  # fmt: skip


def stance(predicate: Token) -> Stance:
    """The stance of the clause headed by ``predicate``, with what its governors add.

    Source: FactBank's modality and polarity axes; hedges and governing verbs are closed lists in this module.
    """
    polarity, certainty, tense = _own(predicate)
    conditional = _conditional(predicate)
    if predicate.dep_ == "advcl" and predicate.tag_ == "VB":  # a purpose need not be reached, but «went on to sell» is
        if _goes_on(predicate.head):
            return stance(predicate.head)
        certainty = _weaker(certainty, "possible")
    governor = _governor(predicate)
    if governor is not None:
        outer = stance(governor)
        passed = GOVERNORS.get(governor.lemma_.lower())
        tense = outer.tense
        polarity = _times(polarity, outer.polarity)
        certainty = _weaker(certainty, outer.certainty)
        if passed is not None:
            polarity = _times(polarity, passed[0])
            certainty = _weaker(certainty, passed[1])
            tense = passed[2] or tense
        conditional = conditional or outer.conditional
    return Stance(polarity, certainty, tense, conditional)


def _goes_on(verb: Token) -> bool:
    particles = {child.lower_ for child in children(verb, "advmod", "compound:prt")}
    return verb.lemma_ == "go" and "on" in particles


def _own(predicate: Token) -> tuple[Polarity, Certainty, Tense]:
    helpers = [*children(predicate, "aux", "cop"), *shared_helpers(predicate)]
    words = {helper.lower_ for helper in helpers}
    spoken = children(predicate, "advmod", "cc:preconj", "discourse")
    adverbs = {child.lower_ for child in spoken if not _not_only(child)}
    negative = bool(adverbs & NEGATIONS) or any(h.lower_ in NEGATIONS for h in helpers) or _no_argument(predicate)
    cannot = negative and bool(words & {"can", "ca", "could"})
    negative = negative or any(child.lower_ in ("without",) for child in children(predicate, "mark"))
    certainty: Certainty = "certain"
    if cannot and not _question(predicate):
        certainty = "certain"  # «cannot pass»: it is sure that it does not
    elif words & POSSIBLE_MODALS or adverbs & POSSIBLE_ADVERBS or _question(predicate):
        certainty = "possible"
    elif words & PROBABLE_MODALS or adverbs & PROBABLE_ADVERBS or words & {"would", "'d", "’d"}:
        certainty = "probable"
    return ("-" if negative else "+"), certainty, _tense(predicate, helpers, words)


def _not_only(negation: Token) -> bool:
    """«not only sold», «not just a plan» deny nothing."""
    after = negation.i + 1
    return after < len(negation.doc) and negation.doc[after].lower_ in ("only", "just", "merely", "simply")


def shared_helpers(predicate: Token) -> list[Token]:
    """Auxiliaries that a coordinated verb shares with the first one ("will close and sell")."""
    first = predicate
    if not (predicate.dep_ == "conj" and not children(predicate, "aux", "cop", "nsubj")):
        return []
    while first.dep_ == "conj":
        first = first.head
    # A finite form of its own ("said ... and added") needs no helper.
    return [] if predicate.tag_ in ("VBD", "VBZ", "VBP") else children(first, "aux")


def _no_argument(predicate: Token) -> bool:
    """«No» before a subject or object, and «few» or «none» as one, deny the clause ("No one was hurt")."""
    for child in children(predicate, "nsubj", "obj", "obl:agent"):
        if child.lower_ in ("nobody", "none", "nothing"):
            return True
        if any(word.lower_ in ("no", "neither") for word in child.children if dep(word, "det", "advmod", "cc")):
            return True
    return predicate.pos_ == "NOUN" and any(word.lower_ == "no" for word in children(predicate, "det"))


def _question(predicate: Token) -> bool:
    end = predicate.sent[-1]
    while end.i > predicate.sent.start and (end.is_quote or end.is_space):
        end = end.nbor(-1)
    return end.text == "?"


def _tense(predicate: Token, helpers: list[Token], words: set[str]) -> Tense:
    if words & (FUTURE_MODALS | POSSIBLE_MODALS):
        return "past" if any(h.lower_ == "have" for h in helpers) else "future"
    first = min(helpers, key=lambda word: word.i, default=predicate)
    if first.tag_ in ("VBD",):
        return "past"
    if any(h.lemma_ == "have" and not dep(h, "cop") for h in helpers):
        return "past"
    if first.tag_ in ("VBZ", "VBP"):
        return "present"
    if predicate.tag_ in ("VBD", "VBN"):
        return "past"
    if predicate.tag_ in ("VB", "TO") and any(child.lower_ == "to" for child in predicate.children):
        return "future"
    return _governing_tense(predicate)


def _governing_tense(predicate: Token) -> Tense:
    """A participle or noun takes the tense of the clause that it hangs in."""
    for ancestor in predicate.ancestors:
        if ancestor.tag_ in ("VBD", "VBZ", "VBP") or children(ancestor, "aux", "cop"):
            return _tense(ancestor, children(ancestor, "aux", "cop"), {c.lower_ for c in children(ancestor, "aux")})
    return "present"


def _conditional(predicate: Token) -> bool:
    if predicate.dep_ in ("advcl", "ccomp", "conj", "advcl:relcl") and any(
        child.lower_ in CONDITIONS for child in children(predicate, "mark")
    ):
        return True
    return any(
        child.lower_ in ("if", "unless")
        for clause in children(predicate, "advcl")
        for child in children(clause, "mark")
    )


def _governor(predicate: Token) -> Token | None:
    """The verb or adjective whose stance the clause inherits: that of an xcomp, a ccomp or an object infinitive."""
    top = predicate
    while top.dep_ == "conj" and not children(top, "nsubj", "aux"):
        top = top.head
    marks = {child.lower_ for child in children(top, "mark")}
    if top.dep_ == "advcl" and top.tag_ == "VBG" and marks & {"with", "from", "into"} and children(top.head, "obj"):
        return top.head  # «tasked Bolt with saving», «kept Bolt from closing»
    if top.dep_ in ("xcomp", "csubj", "csubj:pass") and top.head != top:
        return top.head
    if top.dep_ == "ccomp" and top.head.lemma_.lower() in CLAUSE_GOVERNORS:
        return top.head
    return None


def argument_stance(noun: Token) -> Stance:
    """The stance of a nominal predicate ("the acquisition of X"): that of the clause in which it is an argument."""
    for ancestor in noun.ancestors:
        if ancestor.pos_ == "VERB" or children(ancestor, "cop"):
            outer = stance(ancestor)
            passed = GOVERNORS.get(ancestor.lemma_.lower())
            # «not related to the takeover» takes the takeover for granted; «completed no takeover» does not.
            object_of = any(unit_head(child) == noun for child in children(ancestor, "obj", "nsubj:pass"))
            if passed is not None and object_of:
                return Stance(_times(outer.polarity, passed[0]), _weaker(outer.certainty, passed[1]),
                              passed[2] or outer.tense, outer.conditional)  # fmt: skip
            return outer if object_of else Stance("+", outer.certainty, outer.tense, outer.conditional)
    return Stance("+", "certain", "present", False)


def _times(one: Polarity, other: Polarity) -> Polarity:
    return "+" if one == other else "-"


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    order: tuple[Certainty, ...] = ("certain", "probable", "possible")
    return max(one, other, key=order.index)
