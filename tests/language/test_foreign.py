"""Other spaCy pipelines: one with Universal Dependencies works, one with other labels is refused by name."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed

import kg
from kg import language
from kg.errors import ModelError
from kg.language.component import SHIPPED
from kg.language.foreign import NEEDED, penn
from kg.language.kinds import listed

WORDS = [*listed("Ada Finch bought the old lamps on Monday . They were sold by Harrow .")]
POS = [*listed("PROPN PROPN VERB DET ADJ NOUN ADP PROPN PUNCT PRON AUX VERB ADP PROPN PUNCT")]
HEADS = [2, 0, 2, 5, 5, 2, 7, 2, 2, 11, 11, 11, 13, 11, 11]
DEPS = [*listed("nsubj flat ROOT det amod obj case obl punct nsubj:pass aux:pass ROOT case obl:agent punct")]
FEATS = {"bought": "Tense=Past|VerbForm=Fin", "lamps": "Number=Plur", "sold": "Tense=Past|VerbForm=Part"}
NAMES = ["B-PERSON", "I-PERSON", "O", "O", "O", "O", "O", "B-DATE", "O", "O", "O", "O", "O", "B-ORG", "O"]


def knows(doc: Doc, deps: list[str]) -> bool:
    """Whether trees and names come out as they were taught."""
    return [token.dep_ for token in doc] == deps and [one.text for one in doc.ents] == ["Ada Finch", "Monday", "Harrow"]


def trained(folder: Path, *, relations: frozenset[str] = NEEDED, tags: bool = True) -> Path:
    """A pipeline that has learned two sentences by heart, on disk."""
    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser")
    for relation in sorted({*relations, *DEPS} if relations == NEEDED else relations):
        parser.add_label(relation)  # type: ignore[attr-defined]
    if tags:
        nlp.add_pipe("morphologizer")
    nlp.add_pipe("ner")
    deps = DEPS if relations == NEEDED else [("ROOT" if dep == "ROOT" else "dobj") for dep in DEPS]
    doc = Doc(
        nlp.vocab, words=WORDS, pos=POS, heads=HEADS, deps=deps, ents=NAMES,
        morphs=[FEATS.get(word, "") for word in WORDS],
    )  # fmt: skip
    example = Example(nlp.make_doc(doc.text), doc)
    fix_random_seed(1)
    optimiser = nlp.initialize(lambda: [example])
    for step in range(400):
        nlp.update([example], sgd=optimiser, drop=0.0)
        if step % 20 == 19 and knows(nlp(doc.text), deps):
            break
    nlp.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def universal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline with Universal Dependencies, without Penn tags and lemmas."""
    return trained(tmp_path_factory.mktemp("universal"))


def test_its_output_is_brought_to_our_form(universal: Path) -> None:
    nlp: Language = language.load(universal)
    doc = nlp(" ".join(WORDS))
    assert [token.text for token in doc if token.dep_ == "root"] == ["bought", "sold"]
    assert [(name.text, name.label_) for name in doc.ents] == [("Ada Finch", "Person"), ("Harrow", "Organization")]
    tags = {token.text: (token.tag_, token.lemma_) for token in doc}
    assert tags["bought"] == ("VBD", "buy")
    assert tags["lamps"] == ("NNS", "lamp")
    assert tags["sold"] == ("VBN", "sell")


def test_it_makes_claims(universal: Path) -> None:
    found = [(claim.subject.text, claim.object.text) for claim in kg.claims(" ".join(WORDS), model=universal)]
    assert ("Ada Finch", "the old lamps") in found or ("Ada Finch", "old lamps") in found


def test_other_labels_are_refused_with_those_that_are_missing(tmp_path: Path) -> None:
    folder = trained(tmp_path / "other", relations=frozenset(("ROOT", "dobj", "nsubjpass")))
    with pytest.raises(ModelError, match=r"nsubj:pass.*obl.*missing"):
        language.load(folder)


def test_a_pipeline_without_parts_of_speech_is_refused(tmp_path: Path) -> None:
    folder = trained(tmp_path / "untagged", tags=False)
    with pytest.raises(ModelError, match="part of speech"):
        language.load(folder)


def test_a_name_of_nothing_is_refused() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        language.load("no_such_pipeline")


@pytest.mark.parametrize("damaged", ["words.onnx", "labels.onnx", "labels.json"])
def test_a_damaged_folder_of_ours_is_refused(tmp_path: Path, damaged: str) -> None:
    folder = copytree(SHIPPED, tmp_path / "model")
    (folder / damaged).write_bytes(b"broken")
    with pytest.raises(ModelError, match="make its folder anew"):
        language.load(folder)


def test_a_folder_of_ours_with_a_file_missing_is_refused(tmp_path: Path) -> None:
    folder = copytree(SHIPPED, tmp_path / "model")
    (folder / "labels.json").unlink()
    with pytest.raises(ModelError, match=r"labels\.json"):
        language.load(folder)


def test_penn_tags_from_universal_ones() -> None:
    assert penn("can", "AUX", {"VerbForm": "Fin"}) == "MD"
    assert penn("sells", "VERB", {"VerbForm": "Fin", "Tense": "Pres", "Number": "Sing", "Person": "3"}) == "VBZ"
    assert penn("selling", "VERB", {"VerbForm": "Ger"}) == "VBG"
    assert penn("Sell", "VERB", {"VerbForm": "Fin", "Mood": "Imp"}) == "VB"
    assert penn("best", "ADJ", {"Degree": "Sup"}) == "JJS"
    assert penn("’s", "PART", {}) == "POS"
    assert penn("her", "PRON", {"Poss": "Yes"}) == "PRP$"
