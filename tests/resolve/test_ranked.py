"""The ranker of chains: what it weighs, when it tells, and why it says so; on weights and sentences of our own."""

from __future__ import annotations

import math

import pytest

from kg.resolve import explained
from kg.resolve.because import because
from kg.resolve.clues import apart
from kg.resolve.draft import Chain, Draft
from kg.resolve.names_in_text import link_names
from kg.resolve.ranked import Question, Ranked, Weights, shipped


def asked(sort: str, *clues: list[str]) -> Question:
    return Question(sort, [Chain() for _ in clues[1:]], clues)


def test_the_chances_are_the_soft_maximum_of_the_sums() -> None:
    weights = Weights({"near": 1.0, "far": -1.0, "new": 0.0})
    chances = weights.chances(asked("it", ["near"], ["far", "unknown"], ["new"]))
    total = math.e + 1 / math.e + 1
    assert chances == pytest.approx([math.e / total, 1 / math.e / total, 1 / total])


@pytest.mark.parametrize(
    ("sort", "chances", "best"),
    [
        ("it", [0.6, 0.3, 0.1], 0), ("it", [0.3, 0.3, 0.4], None), ("it", [0.35, 0.05, 0.6], 0),
        ("it", [0.35, 0.0, 0.75], None), ("we", [0.4, 0.0, 0.6], None), ("he", [0.48, 0.46, 0.06], None),
        ("he", [1.0], None),
    ],
)  # fmt: skip
def test_a_chain_is_told_where_it_is_likely_enough(sort: str, chances: list[float], best: int | None) -> None:
    assert Weights.best(sort, chances) == best


def test_why_is_told_in_the_clues_that_weigh_most() -> None:
    weights = {"far 1": 0.5, "rank 0": 1.0, "role subject": 0.2, "has True": 0.1, "share 4": 0.3, "far 2 name": -2.0}
    told = because(list(weights), weights, None)
    assert told == "ranked first: the most salient, told of one sentence before, a subject"
    assert because(["new"], {}, None) == "ranked first: all clues together"
    assert because(["far 1"], weights, "the same noun again") == "the same noun again, told of one sentence before"


def test_every_link_of_a_ranked_mention_has_its_reason_and_how_sure_it_is(hand) -> None:
    text = "[[Ada Brook|Person subject]] came.\n[[She|pronoun subject]] left."
    linked, decisions = explained(hand.marked(text))
    she = decisions[hand.find(linked, "She")]
    assert she.reason.startswith("the most salient person for “she”")
    assert 0.5 < she.score <= 1.0


def test_without_weights_the_rules_alone_choose(hand) -> None:
    draft = Draft(hand.marked("[[Ada Brook|Person subject]] came.\n[[She|pronoun subject]] left."))
    link_names(draft)
    rule = (draft.chains[0], "the most salient person for “she”", 0.9)
    she = hand.find(draft.extraction, "She")
    assert Ranked(draft, {}).choose(she, rule) == rule
    question = Ranked(draft, {}).question(she, rule)
    assert question is not None and question.candidates == [draft.chains[0]]
    assert {"name fits", "said none", "rule the most salient person", "far 1"} <= set(question.clues[0])


def test_both_genders_are_weighed_alike() -> None:
    assert "he" in shipped() and "she" not in shipped()


def test_the_way_in_the_tree_goes_over_the_nearest_common_word(hand) -> None:
    one, other = hand.marked("[[Ada|Person subject]] met [[Bo|Person object]].").mentions
    assert apart(one, other) == (6, 6)  # nothing is known of the tree
