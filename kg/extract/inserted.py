"""A cue set between commas in the middle of a sentence: what stands on both sides of it is what is said.

    Around 50 gallons, officials said, spilled.     Trees slip at such clauses: here the words alone decide.
    Because it is late, reads the motion, it is void.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.source import is_silent
from kg.extract.tree import NOMINAL, dep, names_a_time, sentence_end, sentence_start, unit_head
from kg.extract.tree_index import index

COMMAS = frozenset({",", "—", "–", "--"})
STOPS = frozenset({";", ":"})
_PARTS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADV", "ADP", "PART", "AUX"})
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_LONGEST = 12  # words of the inserted clause


@dataclass(frozen=True, slots=True)
class Inserted:
    """The speaker of an inserted cue and the words on both sides of its clause, up to a semicolon."""

    speaker: Token
    content: frozenset[int]


def inserted(verb: Token, *, listens: bool) -> Inserted | None:
    """The clause of a cue between two commas; None where it stands otherwise, or says something of its own."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    left, right = _edge(verb, -1), _edge(verb, 1)
    if left is None or right is None:
        return None
    doc, silent = verb.doc, index(verb.doc).silent
    speaker = _speaker(verb, left, right, listens=listens)
    if (apposed := _before_apposition(verb, left)) is not None:
        left, speaker = apposed
    if speaker is None:
        return None
    start, end = sentence_start(verb), sentence_end(verb)
    right = _behind_apposition(verb, speaker, right, end)
    first = next((i + 1 for i in range(left, start - 1, -1) if doc[i].text in STOPS), start)
    last = next((i for i in range(right, end) if doc[i].text in STOPS), end)
    opened, first = first, _clause_start(verb, first, left)
    last = _clause_end(verb, right, last)
    before = {i for i in range(first, left) if not silent[i]}
    after = {i for i in range(right + 1, last) if not silent[i]}
    titled = bool(speaker.ent_type_) and right + 1 < end and doc[right + 1].pos_ == "DET"
    if speaker.i > verb.i and (titled or not any(doc[i].tag_ in _FINITE for i in after)):
        return None  # «…, notes Ann Lee, a chemist at Acme», «…, said Bo Park, head of chemistry»
    following = doc[right + 1]
    aside = following.lower_ in ("who", "which", "whose") or following.tag_ == "VBG"  # «…, it reported, citing people»
    if not (before or first > opened) or not after or aside:
        return None
    return Inserted(speaker, frozenset(before | after))


def _behind_apposition(verb: Token, speaker: Token, right: int, end: int) -> int:
    """«The plan, said Ann Lee, a chemist at Acme, | is late»: the comma behind what the speaker is."""
    doc = verb.doc
    comma = next((i for i in range(right + 1, min(right + _LONGEST, end)) if doc[i].text == ","), None)
    chunk = doc[right + 1 : comma or right + 1]
    noun = any(word.pos_ == "NOUN" for word in chunk) and chunk[0].pos_ in ("DET", "NOUN", "ADJ")
    named = bool(chunk) and all(word.ent_type_ == "Person" for word in chunk)
    apart = speaker.i > verb.i and (noun or named) and not any(word.tag_ in _FINITE for word in chunk)
    return comma if apart and comma is not None else right


def _before_apposition(verb: Token, left: int) -> tuple[int, Token] | None:
    """«The quota, Ann Lee, a biologist at the lab, said last week, could rise»: where the speaker's name begins."""
    doc = verb.doc
    if verb.i != left + 1:
        return None
    commas = [i for i in range(left - 1, max(left - 16, sentence_start(verb)), -1) if doc[i].text == ","][:2]
    if len(commas) < 2 or doc[commas[0] + 1].pos_ not in ("DET", "NOUN", "ADJ"):
        return None
    name = doc[commas[1] + 1]
    whole = all(word.ent_type_ == "Person" for word in doc[commas[1] + 1 : commas[0]])
    return (commas[1], unit_head(name)) if whole else None


def _clause_start(verb: Token, first: int, left: int) -> int:
    """Behind the last relative word whose clause is still open: «at the clinic, where | nurses, he said, ran»."""
    doc = verb.doc
    for i in range(left - 1, first, -1):
        if doc[i].tag_ in ("WDT", "WP", "WRB", "WP$") and doc[i - 1].text == ",":
            return i + 1 if not _has_finite(verb, i + 1, left) else first
    return first


def _clause_end(verb: Token, right: int, last: int) -> int:
    """Before a clause with "and" or "but" and a subject of its own, which is the reporter's again."""
    doc, i = verb.doc, right + 1
    if i >= last or doc[i].lower_ not in ("and", "but", "while", "though", "although"):
        return last
    head = next((word for word in doc[i + 1 : last] if word.tag_ in _FINITE), None)
    if head is None:
        return last
    own = any(child.i > i for child in _governing(head).children if dep(child, "nsubj", "nsubj:pass"))
    return i if own else last


def _governing(word: Token) -> Token:
    return word.head if dep(word, "aux", "aux:pass", "cop") else word


def _has_finite(verb: Token, first: int, last: int) -> bool:
    return any(word.tag_ in _FINITE and not dep(word, "acl:relcl") for word in verb.doc[first:last])


def _edge(verb: Token, step: int) -> int | None:
    """Where the comma stands that parts the cue's clause from the rest; None where other words come first."""
    doc, i = verb.doc, verb.i + step
    first, last = sentence_start(verb), sentence_end(verb)
    while first < i < last - 1 and abs(i - verb.i) <= _LONGEST:
        word = doc[i]
        if word.text in COMMAS:
            return i
        if is_silent(word) and word.text not in ("-", "'", "’", "."):
            return None
        verbal = word.pos_ == "AUX" and word.lemma_ not in ("have",)
        if (word.pos_ not in _PARTS and not is_silent(word)) or verbal or word.tag_ in ("WP", "WDT", "WP$", "WRB"):
            return None
        i += step
    return None


def _speaker(verb: Token, left: int, right: int, *, listens: bool) -> Token | None:
    """The noun of the clause: before its verb, or right behind it; None where a second one is its object."""
    doc = verb.doc
    before = [doc[i] for i in range(left + 1, verb.i) if doc[i].pos_ in NOMINAL]
    behind = [doc[i] for i in range(verb.i + 1, right) if doc[i].pos_ in NOMINAL and not names_a_time(doc[i])]
    if before:
        objects = [word for word in behind if word.head.i == verb.i and dep(word, "obj", "iobj", "xcomp")]
        return None if objects and not listens else _head(before, verb)
    if listens:
        return None  # «…, told the Post, …»: it was told
    starts = verb.i + 1 < right and doc[verb.i + 1].pos_ in ("DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON")
    return _head(behind, verb) if behind and starts and verb.i == left + 1 else None


def _head(words: list[Token], verb: Token) -> Token:
    """The word that the others hang on: the one whose governor stands outside of them."""
    inside = {word.i for word in words}
    outer = [word for word in words if word.head.i not in inside and not dep(word, "obl", "nmod")]
    return unit_head(next((word for word in outer if dep(word, "nsubj")), outer[0] if outer else words[0]))


__all__ = ["Inserted", "inserted"]
