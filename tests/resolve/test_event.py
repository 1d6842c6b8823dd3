"""Which tellings are one event, and the keys of events."""

from __future__ import annotations

from dataclasses import replace

from kg.records import Amount, Role
from kg.resolve import event_keys, keys, link

DEAL = (
    "[[Acme|Organization subject]] bought [[Orlo Tea|Organization object]].\n"
    "The deal of [[Acme|Organization]] for [[Orlo Tea|Organization]] was large.\n"
    "[[Acme|Organization subject]] bought [[Marrow|Organization object]].\n"
    "The deal pleased all.\n"
)


def _keys(extraction):
    return event_keys(keys(link(extraction)))


def _deals(hand, *, both=True):
    e = hand.marked(DEAL)
    e = hand.happens(e, "Acquisition", "bought", buyer=hand.find(e, "Acme"), target=hand.find(e, "Orlo Tea"))
    second = {"target": hand.find(e, "Orlo Tea", 1)} | ({"buyer": hand.find(e, "Acme", 1)} if both else {})
    return hand.happens(e, "Acquisition", "deal", **second)


def test_two_tellings_of_one_event(hand):
    assert _keys(_deals(hand)) == ("acquisition-acme-orlo-tea",) * 2
    assert _keys(_deals(hand, both=False)) == ("acquisition-acme-orlo-tea",) * 2


def test_another_target_is_another_event(hand):
    e = _deals(hand)
    e = hand.happens(e, "Acquisition", "bought", 1, buyer=hand.find(e, "Acme", 2), target=hand.find(e, "Marrow"))
    assert _keys(e)[2] == "acquisition-acme-marrow"


def test_a_bare_repeat_is_the_event_told_last(hand):
    e = _deals(hand)
    e = hand.happens(e, "Acquisition", "bought", 1, buyer=hand.find(e, "Acme", 2), target=hand.find(e, "Marrow"))
    assert _keys(hand.happens(e, "Acquisition", "deal", 1))[3] == "acquisition-acme-marrow"


def test_an_indefinite_one_without_participants_is_a_new_event(hand):
    e = hand.marked(DEAL + "A deal is hard.")
    e = hand.happens(e, "Acquisition", "bought", buyer=0, target=1)
    first, second = _keys(hand.happens(e, "Acquisition", "deal", 2))
    assert first != second
    assert second == f"acquisition-{e.article.digest[:8]}"


def test_two_times_are_two_events_and_two_keys(hand):
    e = hand.marked(DEAL)
    e = hand.at(hand.happens(e, "Acquisition", "bought", buyer=0, target=1), "2022-07")
    same = hand.at(hand.happens(e, "Acquisition", "deal", buyer=2, target=3), "2022-07-21")
    assert len(set(_keys(same))) == 1
    other = hand.at(hand.happens(e, "Acquisition", "deal", buyer=2, target=3), "2024")
    assert len(set(_keys(other))) == 2


def test_classes_do_not_mix(hand):
    e = hand.happens(hand.marked(DEAL), "Acquisition", "bought", buyer=0, target=1)
    first, second = _keys(hand.happens(e, "Launch", "deal", launcher=2, product=3))
    assert first.startswith("acquisition-") and second == "launch-acme-orlo-tea"


CUTS = (
    "[[Acme|Organization subject]] cuts jobs at [[Orlo Tea|Organization]].\n"
    "[[Acme|Organization subject]] cuts jobs at [[Marrow|Organization]].\n"
    "[[Acme|Organization subject]] cuts jobs in [[marketing|Concept nominal generic]].\n"
)


def test_units_tell_layoffs_apart_and_functions_do_not(hand):
    e = hand.marked(CUTS)
    e = hand.happens(e, "Layoff", "cuts", 0, employer=0, affectedUnit=1)
    e = hand.happens(e, "Layoff", "cuts", 1, employer=2, affectedUnit=3)
    first, second, third = _keys(hand.happens(e, "Layoff", "cuts", 2, employer=4, jobFunction=5))
    digest = e.article.digest[:8]
    assert (first, second) == (f"layoff-acme-{digest}", f"layoff-acme-{digest}-2")
    assert third == second


def test_rival_figures_do_not_split_an_event(hand):
    from dataclasses import replace

    from kg.records import Amount, Role

    e = hand.marked(CUTS)
    e = hand.happens(e, "Layoff", "cuts", 0, employer=0)
    e = hand.happens(e, "Layoff", "cuts", 1, employer=2)
    amounts = (Amount(0, 1, 115.0, None, None, "job"), Amount(1, 2, 400.0, None, None, "job"))
    events = tuple(
        replace(event, roles=(*event.roles, Role("kg:positionsCut", amount=i))) for i, event in enumerate(e.events)
    )
    assert len(set(_keys(replace(e, amounts=amounts, events=events)))) == 1


def test_one_firm_has_many_measures(hand):
    text = (
        "[[Acme|Organization]] had [[a profit|Concept nominal]].\n[[Acme|Organization]] had [[sales|Concept nominal]]."
    )
    e = hand.marked(text)
    e = hand.happens(e, "Earnings", "had", 0, organization=0, measure=1)
    assert len(set(_keys(hand.happens(e, "Earnings", "had", 1, organization=2, measure=3)))) == 2


def test_an_unnamed_participant_keeps_the_key_in_its_article(hand):
    e = hand.marked("[[Acme|Organization]] bought [[a rival|Organization nominal]].")
    (key,) = _keys(hand.happens(e, "Acquisition", "bought", buyer=0, target=1))
    assert key == f"acquisition-acme-{e.article.digest[:8]}"


def test_parties_stand_in_one_order(hand):
    e = hand.marked("[[Orlo|Organization]] and [[Acme|Organization]] merge.")
    assert _keys(hand.happens(e, "Merger", "merge", party=[0, 1])) == ("merger-acme-orlo",)


def test_a_stake_is_bought_apart_from_the_whole(hand):
    e = _deals(hand)
    (whole, *_), target, buyer = _keys(e), hand.find(e, "Orlo Tea"), hand.find(e, "Acme")
    e = hand.happens(e, "Acquisition", "bought", 1, buyer=buyer, target=target)
    last = e.events[-1]
    e = replace(e, events=(*e.events[:-1], replace(last, roles=(*last.roles, Role("kg:stake", amount=0)))))
    e = replace(e, amounts=(Amount(0, 1, 20, None, None, "percent"),))
    assert _keys(e)[2] != whole
    assert _keys(e)[2].startswith("stake-acquisition-acme")
