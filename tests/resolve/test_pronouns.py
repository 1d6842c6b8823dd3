"""What pronouns stand for, on sentences of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.records import Reference
from kg.resolve import explained, link

ADA = "[[Ada Brook|Person subject]] came.\n"
JOINED = [
    (ADA + "[[She|pronoun subject]] left.", "Ada Brook", "She"),
    ("[[Ms. Brook|Person subject]] met [[Mr. Reed|Person object]].\n[[He|pronoun subject]] left.", "Mr. Reed", "He"),
    ("[[Ms. Brook|Person object]] met [[Mr. Reed|Person subject]].\n[[her|pronoun]] car broke.", "Ms. Brook", "her"),
    ("[[Acme|Organization subject]] grew.\n[[It|pronoun subject]] hires.", "Acme", "It"),
    ("[[Acme|Organization subject]] sold [[its|pronoun]] shops.", "Acme", "its"),
    ("[[The miners|Group nominal plural subject]] met.\n[[They|pronoun subject]] voted.", "The miners", "They"),
    ("[[Ada Brook|Person subject]] saw [[herself|pronoun object]].", "Ada Brook", "herself"),
    ("[[a nurse at Acme|Person nominal subject]] [[who|pronoun subject]] spoke left.", "a nurse at Acme", "who"),
    ("In [[his|pronoun]] talk, [[Tom Reed|Person subject]] spoke.", "Tom Reed", "his"),
]
APART = [
    ("[[Mr. Reed|Person subject]] left.\n[[She|pronoun subject]] came.", "Mr. Reed", "She"),
    ("[[Ada Brook|Person subject]] and [[Eve Hill|Person subject]] met.\n[[She|pronoun subject]] left.",
     "Eve Hill", "She"),
    ("[[Ada Brook|Person subject]] saw [[her|pronoun object]].", "Ada Brook", "her"),
    ("[[Acme|Organization subject]] grew.\n[[It|pronoun subject]] is clear that all is well.", "Acme", "It"),
    ("[[Acme|Organization subject]] and [[Orlo|Organization subject]] grew.\n[[It|pronoun subject]] hires.",
     "Orlo", "It"),
    (ADA + "[[It|pronoun subject]] hires.", "Ada Brook", "It"),
    (ADA + "Rain.\nSnow.\nHail.\nIce.\n[[She|pronoun subject]] left.", "Ada Brook", "She"),
    ("[[Acme|Organization subject]] grew.\n[[You|pronoun subject]] hire.", "Acme", "You"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "a", "b"), JOINED)
def test_joined(hand, text, a, b):
    assert hand.joined(link(hand.marked(text)), a, b)


@pytest.mark.parametrize(("text", "a", "b"), APART)
def test_apart(hand, text, a, b):
    assert not hand.joined(link(hand.marked(text)), a, b)


def test_a_pronoun_once_told_keeps_the_other_gender_away(hand):
    text = ADA + "[[She|pronoun subject]] left.\n[[He|pronoun subject]] stayed."
    linked, decisions = explained(hand.marked(text))
    assert hand.joined(linked, "Ada Brook", "She")
    assert decisions[hand.find(linked, "He")].reason == "unresolved pronoun"
    entity = hand.entity_of(linked, "He")
    assert (entity.name, entity.unnamed, entity.kind) == ("He", True, "Other")


def test_a_given_name_hints_and_the_text_overrules_it(hand):
    two = "[[Helen Marsh|Person subject]] met [[Paul Dunn|Person object]].\n[[He|pronoun subject]] left."
    assert hand.joined(link(hand.marked(two)), "He", "Paul Dunn")
    told = "[[Ms. Paul Dunn|Person subject]] came.\n[[She|pronoun subject]] left."
    assert hand.joined(link(hand.marked(told)), "Ms. Paul Dunn", "She")


def test_a_demonym_is_neither_he_nor_she(hand):
    text = "[[Ann Silva|Person subject]] fell.\n[[Portuguese|Group subject]] wept.\n[[She|pronoun subject]] rose."
    assert hand.joined(link(hand.marked(text)), "She", "Ann Silva")


def test_who_is_spoken_to_does_not_speak(hand):
    text = "[[Ray Hill|Person subject]] fell.\n“Get up,” [[Tom Reed|Person subject]] yelled at [[him|pronoun]]."
    once = hand.said(hand.marked(text), "Tom Reed", "Get up,")
    start = once.article.text.index("him")
    him = once.mentions[hand.find(once, "him")].entity
    spoken = replace(once.statements[0], addressee=Reference(start, start + 3, him))
    assert hand.joined(link(replace(once, statements=(spoken,))), "him", "Ray Hill")


def test_whom_the_speaker_quotes_as_he_is_somebody_else(hand):
    text = "“[[He|pronoun subject]] told me to go,” [[Tom Reed|Person subject]] said."
    linked = link(hand.said(hand.marked(text), "Tom Reed", "He told me to go,"))
    assert not hand.joined(linked, "He", "Tom Reed")


QUOTED = (
    "[[Ada Brook|Person subject]], who runs [[Acme|Organization]], met [[Orlo|Organization]].\n"
    "“[[I|pronoun subject]] think [[we|pronoun subject]] grow,” [[Brook|Person subject]] said.\n"
)


def test_i_is_the_speaker_and_we_is_open_where_nothing_else_is_told(hand):
    linked = link(hand.said(hand.marked(QUOTED), "Brook", "I think we grow,"))
    assert hand.joined(linked, "I", "Ada Brook")
    assert not hand.joined(linked, "we", "Ada Brook")
    assert hand.entity_of(linked, "we").unnamed


def test_an_indirect_statement_that_begins_with_it_is_about_the_body_that_makes_it(hand):
    text = (
        "[[Orlo Corp|Organization subject]] sued [[Bolt|Organization]].\n"
        "[[Acme|Organization subject]] said [[it|pronoun subject]] sold [[Nut|Organization]].\n"
    )
    linked = link(hand.said(hand.marked(text), "Acme", "it sold Nut", quotation="indirect"))
    assert hand.joined(linked, "it", "Acme")


def test_we_is_the_organisation_that_the_speaker_works_for(hand):
    extraction = hand.said(hand.marked(QUOTED), "Brook", "I think we grow,")
    linked = link(hand.told(extraction, "Ada Brook", "Acme", lemma="run", property="schema:worksFor"))
    assert hand.joined(linked, "we", "Acme")
    assert hand.joined(linked, "I", "Ada Brook")
    former = hand.told(extraction, "Ada Brook", "Acme", lemma="run", property="schema:worksFor", tense="past")
    assert not hand.joined(link(former), "we", "Acme")


def test_we_is_the_organisation_that_speaks(hand):
    text = "“[[We|pronoun subject]] grow,” [[Acme|Organization subject]] said."
    linked = link(hand.said(hand.marked(text), "Acme", "We grow,"))
    assert hand.joined(linked, "We", "Acme")


def test_i_outside_any_quotation_is_nobody(hand):
    assert not hand.joined(link(hand.marked(ADA + "[[I|pronoun subject]] saw it.")), "I", "Ada Brook")


def test_he_inside_a_quotation_is_not_the_one_who_speaks(hand):
    text = (
        "[[Ray Hill|Person object]] fell.\n[[Tom Reed|Person subject]] came.\n"
        "“[[He|pronoun subject]] is fine,” [[Reed|Person subject]] said."
    )
    linked = link(hand.said(hand.marked(text), "Reed", "He is fine,"))
    assert hand.joined(linked, "He", "Ray Hill")


def test_they_is_the_unnamed_person_who_speaks(hand):
    text = (
        "[[The workers|Group nominal plural subject]] met.\n"
        "[[A nurse|Person nominal subject]] said [[they|pronoun subject]] are worried."
    )
    linked = link(hand.said(hand.marked(text), "A nurse", "they are worried", quotation="indirect"))
    assert hand.joined(linked, "they", "A nurse")
