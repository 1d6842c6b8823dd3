"""Quality measured on public data must not fall below floors; without the data these tests are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.language.train import evaluate
from kg.language.train.treebank import read_gum

NEWS = {"UAS": 80.0, "LAS": 77.0, "UPOS": 94.0, "XPOS": 93.0, "lemma": 95.0}


@pytest.fixture(scope="module")
def news(data: Path) -> list[evaluate.Document]:
    """The news among GUM's development documents."""
    return [document for document in read_gum(data / "gum_open", "dev") if "_news_" in document[0].name]


def test_gold_words(nlp: Language, news: list[evaluate.Document]) -> None:
    found = {row.measure: row.value for row in evaluate.gold_words(nlp, news, "news")}
    assert {name: value for name, value in found.items() if value < NEWS.get(name, 0.0)} == {}


def test_raw_text(nlp: Language, news: list[evaluate.Document]) -> None:
    found = {row.measure: row.value for row in evaluate.raw_text(nlp, news, "news")}
    assert found["words F1"] > 99
    assert found["sentences F1"] > 85
    assert found["LAS F1"] > 75


def test_names(nlp: Language, data: Path) -> None:
    found = {row.measure: row.value for row in evaluate.meantime(nlp, data, 0.1)}
    assert found["name F1 all"] > 60
