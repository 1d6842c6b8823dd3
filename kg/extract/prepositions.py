"""Prepositions of several words: «in honor of», «at the risk of», «in connection with».

A Universal Dependencies tree takes their noun for a phrase of its own, "in honor" with "of X" below, but what is said
is a relation to X; "took place in honor" says nothing.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.tree import case_words, children, conjuncts, hanging_on, slot_of, unit_head

# By the first preposition: nouns that make a preposition together with one behind them. Source: the "complex
# prepositions" of Quirk et al. 1985, A Comprehensive Grammar of the English Language, 9.10 to 9.13, and their likes.
COMPLEX = {
    "in": "accordance addition aid anticipation association awe breach case celebration charge collaboration command "
          "commemoration comparison compliance conformity conjunction connection consequence contact contention "
          "contrast control cooperation coordination danger defence defense excess exchange face favor favour fear "
          "front honor honour lieu light line memory need opposition parallel partnership place possession praise "
          "preparation process protest pursuit quest reaction recognition reference regard relation reply respect "
          "response retaliation return revenge search spite support terms tandem touch tribute view violation wake "
          "aftermath course event midst middle hands interest interests name absence presence vicinity",
    "on": "account basis behalf condition eve ground grounds occasion part pretext side strength suspicion "
          "top verge",
    "by": "dint means order reason virtue way",
    "at": "behest cost expense hands heart helm mercy request risk time",
    "with": "aid effect exception help intention purpose reference regard respect support view",
    "for": "fear lack purpose purposes reasons sake want",
    "under": "auspices command control guise leadership pretext threat",
    "as": "part result consequence",
    "within": "framework",
    "to": "detriment",
    "from": "point",
}  # fmt: skip
_NOUNS = {first: frozenset(nouns.split()) for first, nouns in COMPLEX.items()}
# Those that also name something by themselves are prepositions only without a word of their own before them.
ARTICLES = frozenset({"the", "a"})


# Prepositional phrases that comment on the clause and say nothing about what happens in it.
ASIDES = {
    "for": "example instance",
    "in": "particular fact general addition turn short principle essence theory practice all sum brief",
    "of": "course",
    "by": "contrast comparison side",
    "on": "average",
    "at": "least most all",
    "as": "such well",
    "to": "date effect",
}
VIEWS = frozenset({"opinion", "view", "estimation", "judgement", "judgment", "words"})
_ASIDES = {first: frozenset(nouns.split()) for first, nouns in ASIDES.items()}


def is_aside(word: Token) -> bool:
    """Whether a phrase only comments («for example», «in particular»): a preposition and its bare noun."""
    if word.lower_ in VIEWS and slot_of(word) == "in" and children(word, "nmod:poss"):
        return True  # «in his opinion»
    bare = all(child in case_words(word) or child.dep_ == "punct" for child in hanging_on(word))
    return bare and word.lower_ in _ASIDES.get(slot_of(word), ())


def heads_behind(noun: Token) -> list[tuple[Token, tuple[int, ...]]]:
    """What stands behind a preposition of several words whose noun is given, with the words of that preposition.

    Empty where the noun is a phrase like any other.
    """
    first = slot_of(noun)
    if noun.ent_type_ or noun.lower_ not in _NOUNS.get(first, ()):
        return []
    own = [child for child in hanging_on(noun) if child.i < noun.i and child not in case_words(noun)]
    if any(child.lower_ not in ARTICLES for child in own if child.dep_ != "punct"):
        return []
    found = []
    for child in children(noun, "nmod"):
        inner = case_words(child)
        if inner and noun.i < inner[0].i <= noun.i + 2 and child.dep_ != "nmod:poss":
            words = (*(word.i for word in case_words(noun)), *(word.i for word in own), noun.i, *(w.i for w in inner))
            found += [(unit_head(word), tuple(sorted(words))) for word in conjuncts(child)]
    return found


def name_of(noun: Token, words: tuple[int, ...]) -> str:
    """The slot's name: the words in lower case without articles ("at risk of")."""
    return " ".join(noun.doc[i].lower_ for i in words if noun.doc[i].lower_ not in ARTICLES)
