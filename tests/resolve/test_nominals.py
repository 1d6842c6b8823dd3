"""What common nouns point back to, on sentences of our own."""

from __future__ import annotations

import pytest

from kg.resolve import link

ACME = "[[Acme|Organization subject]] grew last year.\n"
JOINED = [
    (ACME + "[[The company|Organization nominal subject]] hires.", "Acme", "The company"),
    (ACME + "[[The online tea giant|Organization nominal subject]] hires.", "Acme", "The online tea giant"),
    ("[[Pelican Airlines|Organization]] flew to [[Acme|Organization subject]].\n"
     "[[the airline|Organization nominal]] fell.",
     "Pelican Airlines", "the airline"),
    ("[[The Harbour Post|Organization]] asked [[Acme|Organization subject]].\n[[Acme|Organization subject]] told "
     "[[the newspaper|Organization nominal]].", "The Harbour Post", "the newspaper"),
    ("[[Chief executive|Person nominal]] [[Ada Brook|Person subject]] met [[Tom Reed|Person]].\n"
     "[[the chief executive|Person nominal subject]] left.", "Ada Brook", "the chief executive"),
    ("[[Ada Brook|Person subject]], CEO of Acme, met [[Tom Reed|Person]].\n"
     "[[the chief executive|Person nominal subject]] left.", "Ada Brook", "the chief executive"),
    ("[[A man|Person nominal subject]] came.\n[[The man|Person nominal subject]] left.", "A man", "The man"),
    ("[[several hundred workers|Group nominal plural]] met.\n[[the workers|Group nominal plural]] left.",
     "several hundred workers", "the workers"),
    ("[[Norway|Place]] votes.\n[[The country|Place nominal subject]] waits.", "Norway", "The country"),
    ("[[Supreme Court|Organization]] met [[Acme|Organization subject]].\n[[the court|Organization nominal]] ruled.",
     "Supreme Court", "the court"),
    ("[[marketing|Concept nominal generic]] grew.\n[[Marketing|Concept nominal generic]] fell.", "marketing",
    "Marketing"),
    ("[[Acme Freight|Organization]] met [[Orlo|Organization subject]].\n"
     "[[The freight company|Organization nominal subject]] hires.", "Acme Freight", "The freight company"),
    ("[[Acme|Organization subject]], [[the tea maker|Organization nominal]], hires.", "Acme", "the tea maker"),
]  # fmt: skip
APART = [
    (ACME + "[[A company|Organization nominal subject]] hires.", "Acme", "A company"),
    (ACME + "[[The companies|Organization nominal plural subject]] hire.", "Acme", "The companies"),
    ("[[Acme|Organization subject]] met [[Orlo|Organization subject]].\n[[The company|Organization nominal]] hires.",
     "Acme", "The company"),
    (ACME + "[[The company behind the app|Organization nominal subject]] hires.", "Acme", "The company behind the app"),
    (ACME + "[[The government|Organization nominal subject]] hires.", "Acme", "The government"),
    ("[[Ada Brook|Person subject]] came.\n[[The judge|Person nominal subject]] left.", "Ada Brook", "The judge"),
    ("[[Oslo|Place subject]] sleeps.\n[[The country|Place nominal subject]] waits.", "Oslo", "The country"),
    ("[[a clerk at Acme|Person nominal]] came.\n[[a clerk at Acme|Person nominal]] left.", "a clerk at Acme",
    "nothing"),
    ("[[The Harbour Post|Organization subject]] wrote.\n[[The company|Organization nominal subject]] hires.",
     "The Harbour Post", "The company"),
    ("[[Band on the Quay|Work]] sold well.\n[[The band|Organization nominal subject]] split.", "Band on the Quay",
     "The band"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "a", "b"), JOINED)
def test_joined(hand, text, a, b):
    assert hand.joined(link(hand.marked(text)), a, b)


@pytest.mark.parametrize(("text", "a", "b"), [case for case in APART if case[2] != "nothing"])
def test_apart(hand, text, a, b):
    assert not hand.joined(link(hand.marked(text)), a, b)


def test_two_indefinite_phrases_are_two_unnamed_persons(hand):
    linked = link(hand.marked("[[a clerk|Person nominal]] came.\n[[a clerk|Person nominal]] left."))
    assert [(entity.kind, entity.unnamed) for entity in linked.entities] == [("Person", True), ("Person", True)]


def test_a_phrase_said_of_a_name_is_not_joined_with_it_nor_with_another(hand):
    text = "[[Orlo|Organization]] fell.\n[[Acme|Organization subject]] is [[the company|Organization nominal object]]."
    extraction = hand.told(hand.marked(text), "Acme", "the company", lemma="be")
    linked = link(extraction)
    assert not hand.joined(linked, "Acme", "the company")
    assert not hand.joined(linked, "Orlo", "the company")


def test_what_is_told_something_by_acme_is_not_acme(hand):
    text = ACME + "[[Acme|Organization subject]] sued [[the firm|Organization nominal object]]."
    assert hand.joined(link(hand.marked(text)), "Acme", "the firm")
    extraction = hand.marked(text)
    linked = link(hand.told(extraction, "Acme", "the firm", lemma="sue", nth=1))
    assert not hand.joined(linked, "Acme", "the firm")


def test_an_owner_may_be_a_firm(hand):
    text = (
        "[[Ann Lee|Person subject]] sued [[the owner|Person nominal object]], [[Harrow Freight|Organization]].\n"
        "[[Caldera|Organization subject]] grew.\n[[The freight company|Organization nominal subject]] fell."
    )
    linked = link(hand.told(hand.marked(text), "Harrow Freight", "the owner", lemma="be", rule="apposition"))
    assert hand.entity_of(linked, "Harrow Freight").kind == "Organization"
    assert hand.joined(linked, "The freight company", "Harrow Freight")
