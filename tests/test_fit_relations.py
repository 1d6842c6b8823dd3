"""Fitting the ranker of relations: folds by document, which score is the least that is told, what is not learned."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.score import fit_relations as fitting
from kg.score.fit import Example
from kg.score.fit_relations import LEARNED, Examples, Seen, fold_of
from kg.score.relation_found import WAYS


def seen(n: int, right: bool, *, new: bool = True, feature: str = "") -> Seen:
    example = Example({feature or ("good" if right else "bad"): 1.0, "both": 1.0}, right, f"document {n}")
    return Seen(example, (f"text {n}", "a", "b"), new)


def rows(right: int, wrong: int, *, new: bool = True) -> list[Seen]:
    return [seen(n, n < right, new=new) for n in range(right + wrong)]


def test_a_document_is_in_one_fold_whatever_else_there_is() -> None:
    assert {fold_of(f"document {n}") for n in range(50)} == set(range(fitting.FOLDS))
    assert fold_of("document 1") == fold_of("document 1")
    held = Examples(rows(30, 30), {"kg:acquired": rows(30, 30)}).without(2)
    assert held.readings and held.loose["kg:acquired"]
    assert all(fold_of(one.example.document) != 2 for one in (*held.readings, *held.loose["kg:acquired"]))


def test_what_can_be_told_right_is_learned_and_what_frames_tell_does_not_count() -> None:
    pytest.importorskip("sklearn")
    found = fitting.fitted(Examples(rows(40, 40), {"kg:acquired": rows(60, 60), "kg:founded": rows(60, 60, new=False)}))
    assert set(found.loose) == {"kg:acquired"}, "nothing of founding would be new"
    one = found.loose["kg:acquired"]
    assert fitting.LOWEST <= one.least < 1 and one.weights["good"] > 0 > one.weights["bad"]
    assert found.readings["good"] > 0 > found.readings["bad"]


def test_what_is_wrong_as_often_as_right_is_never_told() -> None:
    pytest.importorskip("sklearn")
    mixed = [seen(n, n % 2 == 0, feature="same") for n in range(120)]
    assert not fitting.fitted(Examples(rows(40, 40), {"kg:acquired": mixed})).loose


def test_the_same_examples_give_the_same_table() -> None:
    pytest.importorskip("sklearn")
    tables = [fitting.table(fitting.fitted(Examples(rows(40, 40), {"kg:acquired": rows(60, 60)}))) for _ in range(2)]
    assert tables[0] == tables[1]


def test_every_learned_property_is_said_by_its_relations() -> None:
    labels = ontology.load().labels
    for name, relations in LEARNED.items():
        assert name in labels
        for relation in relations:
            assert name in {way.property for way in WAYS[relation]}
