"""Who is described in the lead and named right after, and the two who are spoken of together."""

from __future__ import annotations

import pytest

from kg.resolve import link

LEAD = "[[A builder|Person nominal subject]] said [[it|pronoun subject]] was late.\n"
SAID = ("A builder", "it was late")


@pytest.mark.parametrize(
    ("after", "joined"),
    [
        ("[[Gary Pell|Person subject]], 44, told so.", True),
        ("[[Gary Pell|Person subject]], [[the builder|Person nominal]], told so.", True),
        ("[[Gary Pell|Person subject]], [[a lawyer|Person nominal]], told so.", False),
        ("[[A lawyer|Person nominal]], [[Gary Pell|Person subject]], told so.", False),
        ("Another, [[Gary Pell|Person subject]], told so.", False),
        ("Governor [[Gary Pell|Person subject]] told so.", False),
        ("Rain.\nSnow.\n[[Gary Pell|Person subject]] told so.", False),
        ("[[Pell|Person subject]] told so.", False),
        ("Nobody saw [[Gary Pell|Person object]].", False),
    ],
)
def test_the_lead_describes_who_is_named_right_after(hand, after, joined):
    text = LEAD + after
    linked = link(hand.said(hand.marked(text), *SAID, quotation="indirect"))
    assert hand.joined(linked, "A builder", "Pell" if "Gary" not in after else "Gary Pell") is joined


def test_the_lead_with_a_name_of_its_own_describes_nobody_else(hand):
    text = "[[Ann Lee|Person subject]] left. " + LEAD + "[[Gary Pell|Person subject]] told so."
    linked = link(hand.said(hand.marked(text), *SAID, quotation="indirect"))
    assert not hand.joined(linked, "A builder", "Gary Pell")


def test_both_ministers_are_the_two_that_were_named(hand):
    text = (
        "[[Ann Lee|Person subject]] met [[Bo Park|Person object]].\n"
        "[[Both ministers|Group nominal plural subject]] said [[it|pronoun subject]] was late."
    )
    linked = link(hand.said(hand.marked(text), "Both ministers", "it was late", quotation="indirect"))
    names = {linked.entities[one.entity].name for one in linked.statements[0].speakers}
    assert names == {"Ann Lee", "Bo Park"}


@pytest.mark.parametrize(
    ("before", "both"),
    [
        ("[[Ann Lee|Person subject]] and [[Bo Park|Person]] left.", True),
        ("[[Ann Lee|Person subject]] and her husband, [[Bo Park|Person]], left.", True),
        ("[[Ann Lee|Person subject]] met [[Bo Park|Person object]].", False),
        ("[[The miners|Group nominal plural subject]] met.", False),
    ],
)
def test_they_who_speak_are_the_two_that_were_joined(hand, before, both):
    text = before + "\n[[They|pronoun subject]] said [[it|pronoun subject]] was late."
    linked = link(hand.said(hand.marked(text), "They", "it was late", quotation="indirect"))
    names = {linked.entities[one.entity].name for one in linked.statements[0].speakers}
    assert (names == {"Ann Lee", "Bo Park"}) is both


def test_a_place_that_has_spoken_is_it(hand):
    text = "[[The museum|Place nominal subject]] said thieves came.\n[[It|pronoun subject]] said all was safe."
    once = hand.said(hand.marked(text), "The museum", "thieves came", quotation="indirect")
    assert hand.joined(link(hand.said(once, "It", "all was safe", quotation="indirect")), "It", "The museum")
