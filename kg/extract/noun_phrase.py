"""Head -> the words of its phrase: minimal, and complete enough to say which thing is meant."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.tree import (
    CLAUSE_ADVERBS, DAYS, case_words, children, dep, hanging_on, named_by, sentence_end, slot_of, unit,
)  # fmt: skip
from kg.extract.tree_index import index

# Words that stand inside a noun phrase before or after its head and say which thing is meant.
PREMODIFIERS = frozenset({
    "det", "det:predet", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "advmod", "flat", "fixed",
    "nmod:unmarked", "goeswith", "compound:prt", "cc:preconj",
})  # fmt: skip
POSTMODIFIERS = frozenset({"flat", "fixed", "goeswith", "compound", "nummod", "nmod:unmarked"})
JOINTS = frozenset({"and", "or", "but", "nor"})
# «All residents over 18 must register»: behind these a phrase without what restricts it says too much.
QUANTIFIERS = frozenset({"all", "every", "any", "only", "no", "each", "most", "first", "last"})
RESTRICTIVE = frozenset({
    "over", "under", "with", "without", "from", "in", "for", "on", "above", "below", "between", "about", "against",
})  # fmt: skip


def phrase(head: Token, *, of_phrases: bool = True) -> tuple[int, ...]:
    """The minimal complete words of an argument, by token index.

    The head with what identifies it: determiner, adjectives, compounds, numbers, possessor, and an ``of`` phrase
    right behind it; never clauses, appositions or other prepositional phrases. A name is the name alone.
    """
    known, key = index(head.doc).phrases, (head.i, of_phrases)
    if key not in known:
        known[key] = tuple(sorted(_without_marks(head.doc, _words(head, of_phrases=of_phrases, depth=0))))
    return known[key]


def _without_marks(doc: Doc, words: set[int]) -> set[int]:
    """Quotation marks go, and commas, brackets and "and" at an edge («a "few hundred roles» -> a few hundred roles).

    The mark of «the workers' rights» is none of them.
    """
    tokens = index(doc).tokens
    kept = {i for i in words if not tokens[i].is_quote or tokens[i].ent_type_ or tokens[i].tag_ == "POS"}
    kept |= _linked(doc, max(kept, default=0))
    for edge in (min, max):
        while len(kept) > 1 and _joins(tokens[edge(kept)]):
            kept.discard(edge(kept))
    while len(kept) > 1 and tokens[max(kept)].tag_ == "IN" and not tokens[max(kept)].ent_type_:
        kept.discard(max(kept))
    return kept or words


def _linked(doc: Doc, last: int) -> set[int]:
    """What hyphens join to the last word of a phrase: «his son-in-law»."""
    known, end = index(doc), last
    while end + 2 < len(doc) and known.lowers[end + 1] == "-" and known.starts[end + 2] - known.ends[end] == 1:
        end += 2
    return set(range(last + 1, end + 1)) if end > last and not doc[last].ent_type_ else set()


def _joins(word: Token) -> bool:
    return not word.ent_type_ and ((word.pos_ == "PUNCT" and word.tag_ != "POS") or word.lower_ in JOINTS)


def _words(head: Token, *, of_phrases: bool, depth: int) -> set[int]:
    words, hanging = {word.i for word in unit(head)}, hanging_on(head)
    if head.ent_type_ or not hanging:
        return words
    if head.pos_ == "NUM":
        words |= _score(head)
    begin = max((word.i for word in case_words(head) if word.i < head.i), default=-1)
    for child in hanging:
        if (begin < child.i < head.i and (_measures(child, head) or _modifies(child, head))) or (
            child.i > head.i and child.dep_ in POSTMODIFIERS and _goes_on(head, child)
        ):
            words |= _subtree(child)
        elif of_phrases and child.dep_ == "amod" and child.i == head.i + 1:
            words |= _behind(child, depth)
        elif of_phrases and depth < 3 and child.i > head.i and child.dep_ == "nmod" and (
            slot_of(child) in ("of", "per") or (slot_of(child) in RESTRICTIVE and _counts_all(head))
        ):
            inner = _words(child, of_phrases=True, depth=depth + 1) | {word.i for word in case_words(child)}
            inner |= {word.i for word in children(child, "det") if word.i > min(inner)}  # «head of the Red Cross»
            inner |= {word.i for word in unit(named_by(child)) if word.i > child.i}  # «lyricist of rock band Bolt»
            if min(inner) <= max(word for word in words if word >= head.i) + 2:
                words |= inner
    return words


def _counts_all(head: Token) -> bool:
    return any(child.lower_ in QUANTIFIERS for child in hanging_on(head) if child.i < head.i)


def _behind(adjective: Token, depth: int) -> set[int]:
    """«levels | typical of sea water»: an adjective right behind its noun, with the phrase that it needs."""
    for phrase_ in children(adjective, "obl")[:1]:
        case = [word.i for word in case_words(phrase_)]
        if case and case[0] == adjective.i + 1 and depth < 3:
            return {adjective.i, *case, *_words(phrase_, of_phrases=True, depth=depth + 1)}
    return set()


def _score(number: Token) -> set[int]:
    """«voted 66 to 27»: both numbers of a score."""
    after = list(number.doc[number.i + 1 : number.i + 3])
    scored = len(after) == 2 and after[0].lower_ == "to" and after[1].pos_ == "NUM" and not after[1].is_sent_start
    if not scored or slot_of(number) == "from":
        return set()
    last = number.i + 3
    percent = last < len(number.doc) and number.doc[last].lower_ in ("%", "percent")
    return set(range(number.i + 1, last + percent))


def _modifies(child: Token, head: Token) -> bool:
    if child.lower_ in ("both", "either", "neither") and _has_second(head):
        return False  # each of the coordinated is told apart
    bound = head.pos_ == "NUM" and child.lower_ in ("least", "most")
    return (child.dep_ in PREMODIFIERS or bound) and not _outside(child, head)


def _has_second(head: Token) -> bool:
    """«both Acme, a maker, and Bolt»: whether a second one follows, wherever the tree may hang it."""
    for word in head.doc[head.i + 1 : min(sentence_end(head), head.i + 9)]:
        if word.pos_ in ("VERB", "AUX"):
            break
        if word.lower_ in ("and", "or", "nor"):
            return True
    return bool(children(head, "conj"))


def _measures(child: Token, adjective: Token) -> bool:
    """«82 years old», «ten feet tall»: without its measure the adjective says something else."""
    return child.dep_ == "obl:unmarked" and adjective.pos_ in ("ADJ", "ADV") and bool(children(child, "nummod"))


def _goes_on(head: Token, child: Token) -> bool:
    """Whether what follows a head is part of the phrase: «21 September 2010», but not «told the outlet Feb. 28»."""
    if child.ent_type_:
        return False
    dated = head.like_num or head.lower_.rstrip(".")[:3] in DAYS
    if not dated and any(word.text == "," for word in head.doc[head.i : child.left_edge.i + 1]):
        return False  # «its schedule, today», but «June 23, 2016»
    return not _names_a_day(child) or dated


def _names_a_day(word: Token) -> bool:
    """«told the outlet Feb. 28»: a month or weekday is no part of the phrase before it."""
    date = (word, *word.children)
    return word.dep_ == "nmod:unmarked" and any(part.lower_.rstrip(".")[:3] in DAYS for part in date)


def _outside(child: Token, head: Token) -> bool:
    """Adverbs that belong to the clause ("also", "only") and words cut off by a comma are no part of a phrase.

    The words of degree before an adjective are («so far away», «very hard»).
    """
    if child.dep_ == "advmod" and head.pos_ in ("ADJ", "ADV") and child.lower_ not in CLAUSE_ADVERBS:
        return any(word.dep_ != "advmod" for word in head.children if child.i < word.i < head.i)
    if head.pos_ == "NUM" and child.lower_ in ("least", "most"):
        return False  # «at least 45»
    if child.dep_ == "advmod" and head.pos_ == "NUM":
        return child.tag_ == "WRB" or child.lower_ in CLAUSE_ADVERBS  # but «fewer than two hundred», «over a thousand»
    if child.dep_ == "advmod" and child.i + 1 != head.i and child.nbor().dep_ != "nummod":
        return True
    return child.dep_ == "advmod" and head.pos_ not in ("NUM", "NOUN", "PROPN", "ADJ")


def _subtree(token: Token) -> set[int]:
    """A modifier with what hangs on it, clauses and outer punctuation left out."""
    words = {token.i}
    for child in hanging_on(token):
        if not dep(child, "acl", "advcl", "appos", "parataxis", "dep", "discourse", "orphan", "cop", "aux", "nsubj"):
            words |= _subtree(child)
    return words
