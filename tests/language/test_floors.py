"""Quality measured on public data must not fall below floors, which only rise; without the data these tests skip.

A floor holds for the very files whose digests stand here: other versions of a set give other figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest
from spacy.language import Language

from kg.language.train.treebank import Document, read_ewt, read_gum
from kg.score import Row, entities, trees

EWT = {"LAS": 88.5, "UPOS": 96.3, "features": 95.3, "lemma": 97.0}
NEWS = {"words": 99.8, "sentences": 97.0, "LAS": 87.8}
UNER = {"name F1 all": 80.5, "name F1 ORG": 70.0}
MEANTIME = {"name F1 all": 84.0, "name F1 span": 86.8}
FILES = {
    "ud_ewt/en_ewt-ud-dev.conllu": "531a54ff90d6ab12201c5a50c3e78e6ddac4de69abc4bce5d275d3cd29efe2b6",
    "uner_ewt/en_ewt-ud-dev.iob2": "0cafd881cf31d39897b6d588420fab8fbbe4423d271725c59921ac9dd49c0713",
    "gum_open/splits.md": "957bad1a952eefbccd5b4807e1fc90a82ceadbbbe3a8f7de371d68883a1b40a6",
}


@pytest.fixture(scope="module", autouse=True)
def same_data(data: Path) -> None:
    """Skips where a set is another version than the one that the floors were measured on."""
    for name, digest in FILES.items():
        if sha256((data / name).read_bytes()).hexdigest() != digest:
            pytest.skip(f"{name} is another version than the floors were measured on")


def below(rows: Iterable[Row], floors: dict[str, float]) -> dict[str, float]:
    """The figures that are under their floors, or missing."""
    found = {row.measure: row.value for row in rows}
    return {name: found.get(name, 0.0) for name, floor in floors.items() if found.get(name, 0.0) < floor}


def first(documents: Iterable[Document], count: int) -> list[Document]:
    """The first documents, for a test that stays quick."""
    return list(documents)[:count]


def test_gold_words(nlp: Language, data: Path) -> None:
    documents = first(read_ewt(data / "ud_ewt", "dev"), 120)
    assert below(trees.gold_words(nlp, documents, "EWT"), EWT) == {}


def test_raw_text(nlp: Language, data: Path) -> None:
    news = [document for document in read_gum(data / "gum_open", "dev") if "_news_" in document[0].name]
    assert below(trees.raw_text(nlp, news, "news"), NEWS) == {}


def test_names_of_the_web(nlp: Language, data: Path) -> None:
    assert below(entities.uner(nlp, data), UNER) == {}


def test_names_of_news(nlp: Language, data: Path) -> None:
    assert below(entities.meantime(nlp, data), MEANTIME) == {}
