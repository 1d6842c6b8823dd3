"""An act of saying as the tree shows it: its cue, its speaker's word and what it conveys; and which words are cues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.tree import hanging_on
from kg.extract.tree_index import index
from kg.ontology import Cue
from kg.records import Mode

Cues = Mapping[str, Sequence[Cue]]

# Verbs of which a particle makes another («found out» is known, «made out» is seen).
OTHER_WITH_PARTICLE = frozenset({"find", "make", "put", "give", "hold", "bring", "turn"})


@dataclass(frozen=True, slots=True)
class Act:
    """An act of saying: ``words`` are the cue's tokens, ``content`` the tokens conveyed, both by index.

    ``listens``: the cue's object is the listener («told X»), ``listener`` the word for it where the tree hung it
    elsewhere. ``source_of`` is the cue token of the act that this one
    is the source of («reported, citing people»), ``passes_on`` that of the act whose content this one passes on
    («cited one person who estimated»).
    """

    cue: Token
    words: tuple[int, ...]
    speaker: Token | None
    content: frozenset[int]
    rule: str
    kind: Mode = "saying"
    listens: bool = False
    source_of: int | None = None
    passes_on: int | None = None
    commitment: str = "Asserts"
    listener: Token | None = None


def cue_of(token: Token, cues: Cues, *, part: str = "verb") -> tuple[Cue, tuple[int, ...]] | None:
    """The cue that a word is, with its tokens: "point out" before "point"."""
    known = index(token.doc)
    lemma, after = known.lemmas[token.i], min(token.i + 1, len(known.tokens) - 1)
    particles = [child for child in hanging_on(token) if child.dep_ == "compound:prt"]
    if particles and lemma in OTHER_WITH_PARTICLE and f"{lemma} {particles[0].lower_}" not in cues:
        return None
    if part == "verb" and known.tags[after] == "ADP" and (rows := cues.get(f"{lemma} {known.lowers[after]}")):
        return rows[0], (token.i,)  # «called on ministers to …»
    for words in ([token, *particles], [token]) if particles else ([token],):
        key = " ".join([lemma, *(word.lower_ for word in words[1:])])
        rows = [cue for cue in cues.get(key, ()) if cue.part == part and cue.kind != "wanting"]
        if rows:
            indices = sorted(word.i for word in words)
            adjacent = indices[-1] - indices[0] == len(indices) - 1
            # a row that conveys a clause comes before one that only calls something something
            return min(rows, key=lambda row: bool(row.content)), tuple(indices) if adjacent else (token.i,)
    return None


__all__ = ["Act", "Cues", "cue_of"]
