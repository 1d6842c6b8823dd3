"""Which of three sources gives a lemma: the treebanks' table, the learned edit tree, spaCy's table."""

from __future__ import annotations

import pytest

from kg.language.component import lemma_tables
from kg.language.edits import Edits
from kg.language.lemmas import Lemmas

TREES = [("called", "call"), ("running", "run"), ("dies", "dy"), ("noted", "note"), ("noting", "note")]


@pytest.fixture(scope="module")
def lemmas() -> Lemmas:
    """With three trees and one word of a treebank's own."""
    return Lemmas(lemma_tables(), {"'ll AUX MD": "will"}, Edits(TREES))


def test_the_treebanks_own_table_comes_first(lemmas: Lemmas) -> None:
    assert lemmas.of("'ll", "AUX", "MD", 0) == "will"


def test_an_edit_tree_makes_lemmas_of_words_that_no_table_has(lemmas: Lemmas) -> None:
    assert lemmas.of("zorbed", "VERB", "VBD", 0) == "zorb"
    assert lemmas.of("Zorbning", "VERB", "VBG", 1) == "zorb"


def test_a_known_word_of_the_table_beats_an_unknown_one_of_a_tree(lemmas: Lemmas) -> None:
    assert lemmas.of("injured", "VERB", "VBN", 0) == "injure"
    assert lemmas.of("dies", "VERB", "VBZ", 2) == "die"


def test_a_tree_that_does_not_fit_leaves_the_table(lemmas: Lemmas) -> None:
    assert lemmas.of("went", "VERB", "VBD", 1) == "go"
    assert lemmas.of("firms", "NOUN", "NNS", -1) == "firm"


@pytest.mark.parametrize(
    ("word", "tag", "tree", "lemma"),
    [
        ("co-zorbed", "VBD", 0, "co-zorb"),  # no table has it: the learned tree's
        ("co-founded", "VBD", 3, "co-found"),
        ("Sub-letting", "VBG", 4, "sub-let"),
        ("re-opened", "VBN", -1, "re-open"),
        ("founded-", "VBD", -1, "founded-"),
    ],
)
def test_a_hyphened_word_is_looked_up_by_its_last_part(
    lemmas: Lemmas, word: str, tag: str, tree: int, lemma: str
) -> None:
    assert lemmas.of(word, "VERB", tag, tree) == lemma


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [("fined", "VBD", "fine"), ("Fining", "VBG", "fine"), ("pined", "VBD", "pine"), ("planned", "VBD", "plan"),
     ("added", "VBD", "add"), ("boxed", "VBN", "box")],
)  # fmt: skip
def test_a_verb_that_does_not_double_its_consonant_ends_in_e(lemmas: Lemmas, word: str, tag: str, lemma: str) -> None:
    assert lemmas.of(word, "VERB", tag, -1) == lemma
