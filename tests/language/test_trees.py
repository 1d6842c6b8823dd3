"""Trees, labels and forms on hand-made scores."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from kg.language import kinds
from kg.language.features import Pieces
from kg.language.spans import best_labels
from kg.language.tokens import breaks
from kg.language.trees import heads, tree


def is_tree(found: list[int]) -> bool:
    """Whether heads (from 1, 0 is the root) make a tree with one root."""

    def reaches(word: int, steps: int) -> bool:
        return word == 0 or (steps > 0 and reaches(found[word - 1], steps - 1))

    return found.count(0) == 1 and all(reaches(word + 1, len(found)) for word in range(len(found)))


def best_by_trial(scores: np.ndarray) -> float:
    """The score of the best tree, by trying all."""
    count = len(scores)
    trees = (list(one) for one in product(range(count + 1), repeat=count))
    return max(sum(scores[word, head] for word, head in enumerate(one)) for one in trees if is_tree(one))


@pytest.mark.parametrize("seed", range(60))
def test_the_best_tree_is_found(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, 6)).round(3)
    np.fill_diagonal(scores[:, 1:], -1e6)
    found = tree(scores)
    assert is_tree(found)
    assert sum(scores[word, head] for word, head in enumerate(found)) == pytest.approx(best_by_trial(scores))


@pytest.mark.parametrize("seed", range(40))
def test_names_are_units(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(12, 13)).astype(np.float32)
    found = heads(scores, [(0, 3), (5, 7), (11, 12)])
    assert is_tree(found)
    for start, end in ((0, 3), (5, 7)):
        inside = range(start, end)
        tops = [word for word in inside if found[word] - 1 not in inside]
        assert len(tops) == 1
        assert {found[word] - 1 for word in range(12) if word not in inside} & set(inside) <= set(tops)


def test_a_sentence_that_is_one_name() -> None:
    scores = np.random.default_rng(1).normal(size=(3, 4)).astype(np.float32)
    assert is_tree(heads(scores, [(0, 3)]))


@pytest.mark.parametrize("seed", range(20))
def test_labels_are_well_formed(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(9, len(kinds.LABELS))).astype(np.float32)
    labels = [0, *best_labels(scores), 0]
    assert all(kinds.follows(one, two) for one, two in pairwise(labels))


def test_line_breaks() -> None:
    texts = ["It", "rained", ".", "Then", "it", "stopped"]
    assert breaks(texts, ["", " ", " ", "\n", " ", " "]) == [True, False, False, True, False, False]
    assert breaks(texts, ["", "\n", " ", " ", "\n", " "]) == [True, False, False, False, False, False]
    assert breaks(texts, ["", "\n\n", " ", " ", " ", " "])[1]


def test_pieces_are_never_empty() -> None:
    pieces = Pieces(["[UNK]", "[CLS]", "[SEP]", "a", "##b"])
    assert pieces.of("ab") == (3, 4)
    assert pieces.of("\u200b") == pieces.of("zz") == (0,)


def test_an_item_of_a_list_begins_a_sentence() -> None:
    texts = ["It", "has", "-", "lamps", "3", ".", "kettles", "2024", "was"]
    gaps = ["", " ", "\n", " ", "\n", "", " ", "\n", " "]
    assert breaks(texts, gaps) == [True, False, True, False, True, False, False, False, False]
    assert not breaks(["a", "-", "b"], ["", "\n", ""])[1]
