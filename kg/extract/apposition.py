"""A noun in apposition -> the name that it describes, which is not always the one that the tree hangs it on."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.nouns import counted
from kg.extract.tree import unit_head

# By the kind of a name: kinds of nouns that cannot describe it (a firm may be "a maker", a place "the seat").
UNLIKE = {
    "Person": frozenset({"Organization", "Place", "Product", "Event", "Work"}),
    "Place": frozenset({"Person", "Product", "Event", "Work"}),
}


def named_for(noun: Token) -> Token | None:
    """What a noun in apposition describes; None where that cannot be.

    «Ann Lee of Bolt Tours, a company that …»: a company is no person, so the nearest name before it of its own kind.
    """
    named = unit_head(noun.head)
    kind = counted().get(noun.lemma_.lower(), "")
    if not named.ent_type_ and not noun.ent_type_ and kind in UNLIKE.get(counted().get(named.lemma_.lower(), ""), ()):
        # «the governor of Tarn, a state that»: the state is no governor
        inner = [unit_head(word) for word in named.subtree if word.ent_type_ == kind and named.i < word.i < noun.i]
        return inner[-1] if inner else None
    if kind not in UNLIKE.get(named.ent_type_, ()) or noun.ent_type_:
        return named
    before = [unit_head(word) for word in named.subtree if word.ent_type_ == kind and named.i < word.i < noun.i]
    return before[-1] if before else None
