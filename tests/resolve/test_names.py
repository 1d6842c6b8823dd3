"""Which names are one thing, on sentences of our own."""

from __future__ import annotations

import pytest

from kg.resolve import explained, link


def _same(hand, text, a, b):
    return hand.joined(link(hand.marked(text)), a, b)


ONE = [
    ("[[Ada Brook|Person]] runs it.\n[[Brook|Person]] said so.", "Ada Brook", "Brook"),
    ("[[Ada Brook|Person]] runs it.\n[[Ms. Brook|Person]] said so.", "Ada Brook", "Ms. Brook"),
    ("[[Ada Brook|Person]] runs it.\nMs. [[Brook|Person]] said so.", "Ada Brook", "Brook"),
    ("[[Ada Brook|Person]] died.\nHer mother wept.\n[[Ada May Brook|Person]] was born in May.", "Ada Brook",
     "Ada May Brook"),
    ("[[Brook|Person]] wins.\n[[Ada Brook|Person]] is glad.", "Brook", "Ada Brook"),
    ("[[Ada Brook|Person]] came.\n[[Ada|Person]] left.", "Ada Brook", "Ada"),
    ("[[Ada B. Brook|Person]] came.\n[[Ada Brook|Person]] left.", "Ada B. Brook", "Ada Brook"),
    ("[[Luis de la Vega|Person]] came.\n[[de la Vega|Person]] left.", "Luis de la Vega", "de la Vega"),
    ("[[President Ida Falk|Person]] came.\n[[Falk|Person]] left.", "President Ida Falk", "Falk"),
    ("[[Tom Reed Jr.|Person]] came.\n[[Reed|Person]] left.", "Tom Reed Jr.", "Reed"),
    ("[[Ada Brook|Person]] came.\n[[Brook's|Person]] car left.", "Ada Brook", "Brook's"),
    ("[[Marrow.com Inc.|Organization]] grew.\n[[Marrow|Organization]] said so.", "Marrow.com Inc.", "Marrow"),
    ("[[Marrow|Organization]] grew.\n[[Marrow Ltd.|Organization]] said so.", "Marrow", "Marrow Ltd."),
    ("[[Hale & Co.|Organization]] grew.\n[[Hale|Organization]] said so.", "Hale & Co.", "Hale"),
    ("[[The Harbour Post|Organization]] wrote.\n[[the Post|Organization]] asked.", "The Harbour Post", "the Post"),
    ("[[Market Herald|Organization]] wrote.\n[[Herald|Organization]] asked.", "Market Herald", "Herald"),
    ("[[Pelican Airlines|Organization]] flew.\n[[Pelican|Organization]] fell.", "Pelican Airlines", "Pelican"),
    ("[[World Tea Board|Organization]] met.\n[[WTB|Organization]] voted.", "World Tea Board", "WTB"),
    ("[[Board of Tea and Milk|Organization]] met.\n[[BTM|Organization]] voted.", "Board of Tea and Milk", "BTM"),
    ("[[Interior Police|Organization]] ([[InPol|Other]]) met.", "Interior Police", "InPol"),
    ("[[U.S.|Place]] votes.\n[[United States|Place]] waits.", "U.S.", "United States"),
    ("[[Orlo Group|Organization]] grew.\n[[Orlo|Organization]] said so.", "Orlo Group", "Orlo"),
    ("[[Orlo Tea|Organization]] (now [[Marrow|Organization]]) grew.", "Orlo Tea", "Marrow"),
    ("[[Orlo Tea|Organization]] (formerly known as [[Marrow|Organization]]) grew.", "Orlo Tea", "Marrow"),
    ("[[Orlo|Organization]] grew.\n[[Orlo|Product]] said so.\n[[Orlo's|Organization]] end.", "Orlo", "Orlo's"),
]
TWO = [
    ("[[Orlo|Organization]] owns it.\n[[Orlo Pharmacy|Organization]] sells.", "Orlo", "Orlo Pharmacy"),
    ("[[Orlo Pharmacy|Organization]] sells.\n[[Orlo Clinic|Organization]] heals.\n[[Orlo|Organization]] owns.",
     "Orlo", "Orlo Pharmacy"),
    ("[[Orlo Pharmacy|Organization]] is what [[Orlo|Organization]] owns.", "Orlo", "Orlo Pharmacy"),
    ("[[Orlo Pharmacy|Organization]] sells.\n[[Orlo|Organization]] owns.\n[[Orlo Pharmacy|Organization]] grows.",
     "Orlo", "Orlo Pharmacy"),
    ("[[Department of Health|Organization]] met.\n[[Health|Organization]] is a firm.", "Department of Health",
    "Health"),
    ("[[Ida Falk|Person]] met [[Tom Falk|Person]] long ago.\nMuch was said.\nAnd more.\n[[Falk|Person]] left.",
     "Ida Falk", "Falk"),
    ("[[Tom Falk|Person]] left.\n[[Mrs. Falk|Person]] came.\n[[Mr. Falk|Person]] ate.", "Mrs. Falk", "Mr. Falk"),
    ("[[George W. Hill|Person]] came.\n[[George H. Hill|Person]] left.", "George W. Hill", "George H. Hill"),
    ("[[Ida Falk|Person]] came.\n[[Falk|Place]] is a town.\n[[Falk|Place]] is small.", "Ida Falk", "Falk"),
    ("[[Tepec City|Place]] is big.\n[[Tepec|Place]] is a state.", "Tepec City", "Tepec"),
    ("[[Hale & Moor|Organization]] sued.\n[[Hale|Organization]] makes tea.", "Hale & Moor", "Hale"),
    ("[[Tom Reed|Person]] came.\n[[Tom Reed Sr.|Person]] met [[Tom Reed Jr.|Person]].", "Tom Reed Sr.", "Tom Reed Jr."),
    ("[[Orlo Tea|Organization]] ([[Marrow|Organization]]) grew.", "Orlo Tea", "Marrow"),
    ("[[Orlo Tea|Organization]] (now owned by [[Marrow|Organization]]) grew.", "Orlo Tea", "Marrow"),
    ("[[Ada Brook|Person]] died.\nThere was a quarrel of her widowed mother, [[Ada May Brook|Person]], with an aunt.",
     "Ada Brook", "Ada May Brook"),
    ("[[American Tea|Organization]] grew.\n[[American|Group]] law changed.", "American Tea", "American"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "a", "b"), ONE)
def test_one(hand, text, a, b):
    assert _same(hand, text, a, b)


@pytest.mark.parametrize(("text", "a", "b"), TWO)
def test_two(hand, text, a, b):
    assert not _same(hand, text, a, b)


def test_gender_of_titles_tells_two_of_one_surname_apart(hand):
    text = "[[Mr. Ray Falk|Person]] met [[Ms. Ida Falk|Person]].\nIt rained.\n[[Ms. Falk|Person]] left."
    linked = link(hand.marked(text))
    assert hand.joined(linked, "Ms. Falk", "Ms. Ida Falk")
    assert not hand.joined(linked, "Ms. Falk", "Mr. Ray Falk")


def test_the_same_word_names_a_person_and_a_place(hand):
    text = "[[Ida Lund|Person]] came.\n[[Lund|Person]] left [[Lund|Place]].\n[[Lund|Place]] sleeps."
    linked = link(hand.marked(text))
    first = linked.mentions[hand.find(linked, "Lund", 0)].entity
    assert first == linked.mentions[hand.find(linked, "Ida Lund")].entity
    assert hand.entity_of(linked, "Lund", 1).kind == "Place"


def test_fullest_name_and_aliases(hand):
    text = "[[Dr. Ada Brook|Person]] came.\n[[Brook's|Person]] car broke.\n[[Mr. Brook|Person]] left."
    entity = hand.entity_of(link(hand.marked(text)), "Dr. Ada Brook")
    assert (entity.name, entity.aliases, entity.kind, entity.unnamed) == ("Ada Brook", ("Brook",), "Person", False)


def test_pope_is_part_of_the_name(hand):
    assert hand.entity_of(link(hand.marked("[[Pope Leo|Person]] spoke.")), "Pope Leo").name == "Pope Leo"


def test_kind_is_what_most_mentions_have(hand):
    text = "[[Orlo|Product]] grew.\n[[Orlo|Organization]] fell.\n[[Orlo|Organization]] sank."
    assert hand.entity_of(link(hand.marked(text)), "Orlo").kind == "Organization"


def test_every_mention_has_one_reason(hand):
    extraction = hand.marked("[[Ada Brook|Person]] came.\n[[Brook|Person]] left [[it|pronoun]].")
    linked, decisions = explained(extraction)
    assert [decision.mention for decision in decisions] == [0, 1, 2]
    assert [decision.entity for decision in decisions] == [mention.entity for mention in linked.mentions]
    assert decisions[1].reason == "surname"
    assert decisions[2].reason == "unresolved pronoun"
