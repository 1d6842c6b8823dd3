"""What the recipe makes of its data before anything is learned from it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.kinds import ANY, KINDS, ONLY_OUTSIDE, TITLES, listed
from kg.language.train.alignment import aligned
from kg.language.train.awkward import Namer, as_headline, gold_spans, with_new_names
from kg.language.train.made_up import SENTENCES, Maker
from kg.language.train.treebank import Sentence


def sentence(text: str, heads: list[int], labels: str, upos: str, lemmas: str = "") -> Sentence:
    """A sentence by hand; every word is known to be no name."""
    words = [*listed(text)]
    return Sentence(
        words, names=[ONLY_OUTSIDE] * len(words), heads=heads, labels=[*listed(labels)], upos=[*listed(upos)],
        xpos=["NN"] * len(words), feats=["_"] * len(words), lemmas=[*listed(lemmas or text.lower())], misc=["_"],
        name="hand-1", text=text,
    )  # fmt: skip


BRIDGE = sentence(
    "A bridge was closed in the north .", [2, 4, 4, 0, 7, 7, 4, 4], "det nsubj:pass aux:pass root case det obl punct",
    "DET NOUN AUX VERB ADP DET NOUN PUNCT", "a bridge be close in the north .",
)  # fmt: skip


def test_a_headline_has_no_articles_and_forms_of_be() -> None:
    found = as_headline(BRIDGE)
    assert " ".join(found.words) == "Bridge closed in north"
    assert found.heads == [2, 0, 4, 2]
    assert found.labels == ["nsubj:pass", "root", "case", "obl"]


def test_a_headline_keeps_words_that_carry_others_or_are_names() -> None:
    named = replace(BRIDGE, names=[ANY, *BRIDGE.names[1:]])
    assert as_headline(named).words[0] == "A"
    with_parent = replace(BRIDGE, heads=[2, 4, 4, 0, 7, 7, 3, 4])
    assert "was" in as_headline(with_parent).words


def test_joined_words_take_the_head_that_leads_outside() -> None:
    gold = sentence("the B & W film", [5, 5, 4, 2, 0], "det compound cc conj root", "DET NOUN CCONJ NOUN NOUN")
    found = aligned(gold, ["the", "B&W", "film"])
    assert found is not None
    assert found.heads == [3, 3, 0]
    assert found.labels == ["det", "compound", "root"]


def test_of_a_cut_word_the_last_part_is_the_word() -> None:
    gold = sentence("a non-harbour town", [3, 3, 0], "det amod root", "DET ADJ NOUN")
    found = aligned(gold, ["a", "non", "-", "harbour", "town"])
    assert found is not None
    assert found.heads == [5, -1, -1, 5, 0]
    assert found.labels == ["det", "", "", "amod", "root"]


def test_other_characters_do_not_align() -> None:
    assert aligned(BRIDGE, ["A", "bridge"]) is None
    assert aligned(BRIDGE, [*BRIDGE.words, "more"]) is None


@given(st.lists(st.integers(1, 33), max_size=12))
def test_alignment_keeps_characters_and_heads_in_range(cuts: list[int]) -> None:
    text = "".join(BRIDGE.words)
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    words = [text[start:end] for start, end in pairwise(edges)]
    found = aligned(BRIDGE, words)
    assert found is not None
    assert found.words == words
    assert found.heads.count(0) == 1
    assert all(-1 <= head <= len(words) for head in found.heads)
    assert len(found.names) == len(found.labels) == len(found.upos) == len(found.lemmas) == len(found.feats)


@pytest.fixture
def namer() -> Namer:
    """Draws from a few words."""
    tags = {"NN": "lamp kettle harbour", "NNS": "lamps kettles", "JJ": "odd bright", "VB": "carry", "NNP": "Finch",
            "VBG": "rising"}  # fmt: skip
    rows = [(word, tag) for tag, words in tags.items() for word in words.split() for _ in range(2)]
    document = [Sentence([word for word, _ in rows], xpos=[tag for _, tag in rows])]
    return Namer([document], Random(1))


def test_made_up_sentences_mark_their_slots_and_nothing_else(namer: Namer) -> None:
    maker = Maker(namer, [["North", "Harrow"]], Random(1))
    for made in maker.sentences(400):
        assert len(made.words) == len(made.names)
        for start, end, kind in gold_spans(made):
            words = made.words[start:end]
            assert kind in KINDS
            assert words[0].lower() not in ("the", "a")
            assert kind != "Person" or words[0].lower().rstrip(".") not in TITLES
        covered = {at for start, end, _ in gold_spans(made) for at in range(start, end)}
        assert all(made.names[at] == ONLY_OUTSIDE for at in range(len(made.words)) if at not in covered)


def test_every_slot_of_our_sentences_is_a_kind() -> None:
    slots = {part for line in SENTENCES for part in line.split() if part[0] == "{"}
    assert {slot.strip("{}") for slot in slots} <= {*KINDS, "month", "day"}


def test_new_names_leave_a_whole_tree(namer: Namer) -> None:
    gold = sentence("Harrow Lamps closed it", [2, 3, 0, 3], "compound nsubj root obj", "PROPN PROPN VERB PRON")
    from kg.language.kinds import mask

    gold.names = [mask(["Organization"], "B"), mask(["Organization"], "E"), ONLY_OUTSIDE, ONLY_OUTSIDE]
    for _ in range(60):
        found = with_new_names(gold, namer, rate=1.0)
        assert found.words[-2:] == ["closed", "it"]
        assert found.heads.count(0) == 1
        assert found.heads[-2] == 0
        assert len({*map(len, (found.words, found.heads, found.labels, found.feats, found.lemmas, found.names))}) == 1
