"""Edit trees: from forms to lemmas and back to numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.language.edits import Edits, examples

WORDS = st.text("abcdeABCDE'-", min_size=1, max_size=9)


def test_a_tree_learned_from_one_word_fits_another() -> None:
    edits = Edits([("running", "run"), ("men", "man"), ("was", "be"), ("CEOs", "CEO")])
    assert edits.apply(0, "Sunning") == "sun"
    assert edits.apply(1, "women") == "woman"
    assert edits.apply(2, "WAS") == "be"
    assert edits.apply(3, "MPs") == "MP"


def test_a_tree_that_does_not_fit_gives_nothing() -> None:
    edits = Edits([("running", "run"), ("was", "be")])
    assert edits.apply(0, "ran") is None
    assert edits.apply(1, "were") is None


def test_no_lemma_is_empty() -> None:
    assert Edits([("s", "")]).apply(0, "s") is None


@given(WORDS, WORDS)
def test_the_number_of_a_pair_leads_to_its_lemma(form: str, lemma: str) -> None:
    edits = Edits([(form, lemma)])
    assert edits.number(form, lemma) == 0
    assert edits.apply(0, form) == lemma


@given(st.lists(st.tuples(WORDS, WORDS), max_size=30))
def test_examples_stand_for_all_pairs_that_are_seen_often_enough(pairs: list[tuple[str, str]]) -> None:
    found = examples(pairs, least=1)
    edits = Edits(found)
    assert all(edits.apply(edits.number(form, lemma), form) == lemma for form, lemma in pairs)
    assert examples(reversed(pairs), least=1) == found


def test_rare_trees_are_left_out() -> None:
    pairs = [("walked", "walk"), ("talked", "talk"), ("went", "go")]
    assert examples(pairs, least=2) == [("talked", "talk")]
