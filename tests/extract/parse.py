"""Docs from trees written by hand, for tests of rules: ``parse(text, rows)``."""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab


@lru_cache(maxsize=1)
def _vocab() -> Vocab:
    return spacy.blank("en").vocab


def parse(text: str, rows: str) -> Doc:
    """A Doc of ``text`` with the tree that ``rows`` gives, a word a line: form, head, relation, UPOS, and more.

    ``head`` counts from 1 within the sentence, 0 is the root; a blank line begins a new sentence. After the part of
    speech may follow the lemma (default: the form in lower case) and the PTB tag (default: guessed), ``_`` for the
    default, and the kind of a name: ``B-Person`` on its first word, ``I-Person`` on the others. White space of the
    text (blank lines too) lies between the words as it does in the text.

    >>> doc = parse("Ann Lee resigned.", '''
    ... Ann      3 nsubj PROPN _ _ B-Person
    ... Lee      1 flat  PROPN _ _ I-Person
    ... resigned 0 root  VERB  resign
    ... .        3 punct PUNCT
    ... ''')
    >>> [ent.text for ent in doc.ents], doc[2].lemma_
    (['Ann Lee'], 'resign')
    """
    words: list[str] = []
    spaces: list[bool] = []
    heads: list[int] = []
    deps: list[str] = []
    pos: list[str] = []
    tags: list[str] = []
    lemmas: list[str] = []
    starts: list[bool] = []
    iob: list[str] = []
    at = 0

    def add(form: str, head: int, dep: str, upos: str, tag: str, lemma: str, start: bool, name: str) -> None:
        nonlocal at
        assert text.startswith(form, at), f"{form!r} is not the text at {at}: {text[at : at + 20]!r}"
        at += len(form)
        space = text[at : at + 1] == " "
        at += space
        for column, value in zip(
            (words, spaces, heads, deps, pos, tags, lemmas, starts, iob),
            (form, space, head, dep, upos, tag, lemma, start, name),
            strict=True,
        ):
            column.append(value)  # type: ignore[attr-defined]

    for sentence in (block.strip().splitlines() for block in rows.strip().split("\n\n")):
        table = [line.split() for line in sentence]
        position, places = len(words), []
        gap = len(text) - len(text[at:].lstrip())
        if gap > at and words:
            add(text[at:gap], position - 1, "dep", "SPACE", "_SP", text[at:gap], False, "O")
            position += 1
        places = [position + i for i in range(len(table))]
        for i, row in enumerate(table):
            form, head, dep, upos = row[:4]
            lemma, tag, name = (*row[4:], "_", "_", "O")[:3] if len(row) < 7 else row[4:7]
            target = places[int(head) - 1] if int(head) else places[i]
            add(form, target, dep if int(head) else "ROOT", upos, _tag(form, upos) if tag == "_" else tag,
                form.lower() if lemma == "_" else lemma, i == 0, name)  # fmt: skip
    assert not text[at:].strip(), f"text left over: {text[at:]!r}"
    doc = Doc(_vocab(), words=words, spaces=spaces, heads=heads, deps=deps, pos=pos, tags=tags, lemmas=lemmas,
              sent_starts=starts)  # fmt: skip
    doc.set_ents([_entity(doc, iob, i) for i, name in enumerate(iob) if name.startswith("B-")])
    return doc


def _entity(doc: Doc, iob: list[str], start: int) -> Span:
    end = start + 1
    while end < len(iob) and iob[end].startswith("I-"):
        end += 1
    return Span(doc, start, end, label=iob[start][2:])


_MODALS = frozenset({"will", "would", "can", "could", "may", "might", "shall", "should", "must"})


def _tag(form: str, upos: str) -> str:
    """The most likely PTB tag of a part of speech; a verb's by its ending."""
    if upos in ("VERB", "AUX"):
        if upos == "AUX" and form.lower() in _MODALS:
            return "MD"
        return "VBG" if form.endswith("ing") else "VBZ" if form.endswith("s") else "VBD"
    plural = form.endswith("s")
    return {"NOUN": "NNS" if plural else "NN", "PROPN": "NNP", "PRON": "PRP", "DET": "DT", "ADP": "IN", "ADJ": "JJ",
            "ADV": "RB", "NUM": "CD", "PART": "TO" if form.lower() == "to" else "RB", "SCONJ": "IN", "CCONJ": "CC",
            "PUNCT": form if form in ",.:" else "``"}.get(upos, "NN")  # fmt: skip
