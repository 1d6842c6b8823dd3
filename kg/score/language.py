"""The language pipeline on the development parts of public treebanks and sets of names, against our targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.score import Row

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.language.train.treebank import Document

TARGETS = {
    ("EWT + GUM dev, gold words", "LAS"): 91.0,
    ("EWT dev, raw text", "LAS"): 88.5,
    ("GUM news dev, raw text", "LAS"): 88.0,
    ("EWT dev, gold words", "UPOS"): 97.3,
    ("GUM dev, raw text", "sentences"): 92.0,
    ("EWT dev, gold words", "lemma"): 97.0,
    ("UNER-EWT dev", "name F1 all"): 82.0,
    ("UNER-EWT dev", "name F1 ORG"): 70.0,
    ("MEANTIME airbus + gm", "name F1 all"): 82.0,
    ("MEANTIME airbus + gm", "name F1 span"): 87.0,
}


def rows(data: Path, *, model: str | None = None, share: float = 1.0, threads: int = 1) -> Iterator[Row]:
    """All rows of the sets that lie in the folder; `share` below 1 takes the first part of each set only."""
    for row in _rows(data, model, share, threads):
        yield replace(row, target=TARGETS.get((row.data, row.measure)))


def _rows(data: Path, model: str | None, share: float, threads: int) -> Iterator[Row]:
    from kg import language
    from kg.score import entities

    nlp = language.load(model, threads=threads)
    if (data / "ud_ewt").is_dir() and (data / "gum_open").is_dir():
        yield from _treebanks(nlp, data, share)
    if (data / "uner_ewt").is_dir() and (data / "ud_ewt").is_dir():
        yield from entities.uner(nlp, data, share)
    if (data / "meantime").is_dir():
        yield from entities.meantime(nlp, data, share)
    if (data / "crossner").is_dir():
        yield from entities.crossner(nlp, data, share)
    if (data / "fire").is_dir():
        yield from entities.fire(nlp, data, share)


def _treebanks(nlp: Language, data: Path, share: float) -> Iterator[Row]:
    from kg.language.train.treebank import read_ewt, read_gum
    from kg.score.trees import gold_words, raw_text

    ewt = _first(read_ewt(data / "ud_ewt", "dev"), share)
    gum = _first(read_gum(data / "gum_open", "dev"), share)
    news = [document for document in gum if "_news_" in document[0].name]
    for label, documents in (("EWT", ewt), ("GUM", gum), ("EWT + GUM", [*ewt, *gum])):
        yield from gold_words(nlp, documents, f"{label} dev, gold words")
    alone = [[sentence] for document in [*ewt, *gum] for sentence in document]
    yield from gold_words(nlp, alone, "EWT + GUM dev, gold words, one by one")
    for label, documents in (("EWT", ewt), ("GUM", gum), ("GUM news", news)):
        yield from raw_text(nlp, documents, f"{label} dev, raw text")


def _first(items: Iterable[Document], share: float) -> list[Document]:
    found = list(items)
    return found[: max(1, round(len(found) * share))]
