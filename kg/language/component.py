"""The spaCy component that writes tags, trees, lemmas and names into a Doc."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.lookups import load_lookups
from spacy.tokens import Doc, Span, Token

from kg.language import sentences, spans, tokens, trees
from kg.language.lemmas import Lemmas, morph
from kg.language.network import Network
from kg.language.sentences import Read
from kg.language.spans import Name

SHIPPED = Path(__file__).parent / "model"
TABLES = ("lemma_exc", "lemma_index", "lemma_rules")
INNER = frozenset(("ADP", "CCONJ", "PUNCT", "DET", "PART", "SYM", "NUM", "SCONJ"))
"""Parts of speech that words inside a name keep: "Bank of America", "Smith & Co.", "Boeing 737"."""


@Language.factory("kg_neural", default_config={"model": None, "threads": 1})
def make(nlp: Language, name: str, model: str | None, threads: int) -> Neural:
    """The component by its name in a pipeline's configuration; `model` is a folder."""
    return Neural(Path(model) if model else SHIPPED, threads=threads)


@dataclass(slots=True)
class Row:
    """What is written to one word; the head is an index into the words, itself at the root."""

    upos: str
    xpos: str
    head: int
    label: str
    begins: bool


class Neural:
    """Reads a Doc's words with the network and writes what it finds.

    The same Doc gives the same result beside any other Docs: windows never cross Docs. With
    `doc.user_data["given_sentences"]` the sentence starts that the Doc has are kept and no others made.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.network = Network(folder, threads=threads)
        self.lemmas = Lemmas(lemma_tables(), _table(folder / "lemmas.json"))
        self.known_kinds = _table(folder / "names.json")

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc, annotated."""
        words = [token for token in doc if not token.is_space]
        texts = [token.text for token in words]
        given = bool(doc.user_data.get("given_sentences"))
        must = [bool(token.is_sent_start) or not n for n, token in enumerate(words)] if given else _breaks(doc, words)
        reads = list(sentences.read(texts, must, self.network, given=given))
        names = self._names(texts, reads)
        _write(doc, words, self._rows(texts, reads, names), self.lemmas)
        _write_names(doc, words, names)
        return doc

    def _names(self, texts: Sequence[str], reads: Sequence[Read]) -> list[Name]:
        found = [
            name
            for read in reads
            for name in spans.in_sentence(texts[read.start : read.end], read.scores.names, read.start)
        ]
        starts = frozenset(read.start for read in reads)
        return spans.agreed(texts, found, starts, self.lemmas.is_common, self.known_kinds)

    def _rows(self, texts: Sequence[str], reads: Sequence[Read], names: Sequence[Name]) -> list[Row]:
        rows: list[Row] = []
        at, root = 0, 0
        for read in reads:
            inside = []
            while at < len(names) and names[at].start < read.end:
                inside.append(names[at])
                at += 1
            part = self._sentence(read, inside)
            top = next(word.head for n, word in enumerate(part) if word.head == read.start + n)
            if read.goes_on:
                part[top - read.start].head, part[top - read.start].label = root, "parataxis"
                part[0].begins = False
            else:
                root = top
            rows += part
        _mark_names(texts, rows, names)
        return rows

    def _sentence(self, read: Read, names: Sequence[Name]) -> list[Row]:
        """Tags and tree of one sentence."""
        scores = read.scores
        spans_here = [(name.start - read.start, name.end - read.start) for name in names]
        heads = trees.heads(scores.arcs, spans_here)
        labels = self.network.label_scores(scores.child, scores.parent[heads])
        labels[:, self.network.labels.index("root")] = trees.NEVER
        upos, xpos, best = (table.argmax(1).tolist() for table in (scores.upos, scores.xpos, labels))
        return [
            Row(
                upos=self.network.upos[upos[n]],
                xpos=self.network.xpos[xpos[n]],
                head=read.start + (head - 1 if head else n),
                label=self.network.labels[best[n]] if head else "root",
                begins=n == 0,
            )
            for n, head in enumerate(heads)
        ]


def lemma_tables() -> dict[str, dict[str, object]]:
    """spaCy's English lemma tables by name, then by part of speech."""
    lookups = load_lookups("en", tables=list(TABLES))
    kinds = ("noun", "verb", "adj", "adv")
    return {name: {kind: lookups.get_table(name).get(kind, {}) for kind in kinds} for name in TABLES}


def _table(path: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def _breaks(doc: Doc, words: Sequence[Token]) -> list[bool]:
    """Words that must begin a sentence for the white space before them."""
    text = doc.text
    ends = [0, *(token.idx + len(token) for token in words)]
    gaps = [text[end : token.idx] for end, token in zip(ends, words, strict=False)]
    return tokens.breaks([token.text for token in words], gaps)


def _mark_names(texts: Sequence[str], rows: Sequence[Row], names: Sequence[Name]) -> None:
    """Words of names become proper nouns, but for joiners, and for groups ("Australian" stays an adjective)."""
    for name in names:
        inside = range(name.start, name.end)
        capitals = any(texts[word][:1].isupper() for word in inside)
        for word in inside if name.kind != "Group" else ():
            row = rows[word]
            number = row.upos == "NUM" and texts[word][:1].isalpha()
            if (row.upos in INNER and not number and len(inside) > 1) or (capitals and texts[word].islower()):
                continue
            row.upos = "PROPN"
            row.xpos = row.xpos if row.xpos in ("NNP", "NNPS") else "NNP"


def _write(doc: Doc, words: Sequence[Token], rows: Sequence[Row], lemmas: Lemmas) -> None:
    """Write the rows; white space hangs on the word before it, at the beginning on the first word."""
    strings, morphology = doc.vocab.strings, doc.vocab.morphology
    table = np.zeros((len(doc), 6), dtype=np.int64)
    places = {token.i: n for n, token in enumerate(words)}
    last = words[0].i if words else 0
    for token in doc:
        n = places.get(token.i)
        if n is None:
            values, head = ("SPACE", "_SP", "dep", token.text, ""), last - token.i
        else:
            row, last = rows[n], token.i
            features = morph(token.text, row.upos, row.xpos)
            lemma = lemmas.of(token.text, row.upos, row.xpos)
            values, head = (row.upos, row.xpos, row.label, lemma, features), words[row.head].i - token.i
        keys = [*(strings.add(value) for value in values[:4]), morphology.add(values[4])]
        table[token.i, :5] = np.array(keys, dtype=np.uint64).view(np.int64)
        table[token.i, 5] = head
    doc.from_array(["POS", "TAG", "DEP", "LEMMA", "MORPH", "HEAD"], cast(Any, table.view(np.uint64)))


def _write_names(doc: Doc, words: Sequence[Token], names: Sequence[Name]) -> None:
    """Entities, and their probabilities by first token in `doc.user_data["name_probability"]`."""
    found = [Span(doc, words[name.start].i, words[name.end - 1].i + 1, label=name.kind) for name in names]
    doc.set_ents(found, default="outside")
    doc.user_data["name_probability"] = {words[name.start].i: name.sure for name in names}
