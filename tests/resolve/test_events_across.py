"""Events across articles: what makes two tellings one, what keeps them apart; only the set of articles counts."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from kg.records import Amount, Role
from kg.resolve import Identity, link
from kg.resolve.event_likeness import alike
from kg.resolve.event_sorts import SORTS, UNDER, compatible, group
from kg.resolve.happenings import happenings, loads

UNHEALTHY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]  # as on a busy machine
slow = settings(max_examples=40, deadline=None, suppress_health_check=UNHEALTHY)
KINDS = {"Ada Brook": "Person", "Brook": "Person", "Tom Lee": "Person", "Leeds": "Place", "Sweden": "Place"}
KINDS |= {"a rival": "Organization nominal", "a nurse": "Person nominal"}
KINDS |= {"the mayor": "Person nominal", "the treasurer": "Person nominal"}
FIRST = datetime.date(2031, 1, 1)


def article(hand, day, class_, *, told="", at=None, status="Happened", figure=None, **roles):
    """An article of the nth day of 2031 that tells one event; a role is a word, or a list of them."""
    named = {role: [given] if isinstance(given, str) else given for role, given in roles.items()}
    marks = [f"[[{words}|{KINDS.get(words, 'Organization')}]]" for given in named.values() for words in given]
    e = hand.marked(f"It {told} went on with {' and '.join(marks)}.", date=FIRST + datetime.timedelta(day))
    places = {role: [hand.find(e, words) for words in given] for role, given in named.items()}
    e = hand.happens(e, class_, "went", **places)
    e = hand.at(e, at) if at else e
    event = replace(e.events[0], status=status)
    if figure:
        event = replace(event, roles=(*event.roles, Role("kg:count", amount=0)))
        e = replace(e, amounts=(Amount(0, 1, figure, None, None, "people"),))
    return link(replace(e, events=(event,)))


def keys(*articles):
    """The key of the one event of each article, all taken in together."""
    identity = Identity()
    for one in articles:
        identity.add(one)
    return [identity.resolution(one.article.id).events[0] for one in articles]


def one_event(*articles):
    return len(set(keys(*articles))) == 1


# ---- what is one event


def test_two_participants_in_common_are_one_event_a_year_long(hand):
    rumour = article(hand, 0, "Acquisition", buyer="Acme", target="Orlo", status="Planned")
    done = article(hand, 300, "Acquisition", buyer="Acme", target="Orlo", at="2031-10")
    assert keys(rumour, done) == ["acquisition-acme-orlo"] * 2


@pytest.mark.parametrize("status", ["Planned", "Announced", "Denied", "Cancelled"])
def test_all_stages_are_of_one_event(hand, status):
    one = article(hand, 0, "Merger", party=["Acme", "Orlo"], status=status)
    assert one_event(one, article(hand, 90, "Merger", party=["Acme", "Orlo"]))


def test_a_second_one_of_the_same_participants_at_another_time_has_a_key_of_its_own(hand):
    first = article(hand, 0, "Partnership", party=["Acme", "Orlo"])
    second = article(hand, 200, "Partnership", party=["Acme", "Orlo"])
    third = article(hand, 210, "Partnership", party=["Acme", "Orlo"], told="again")
    late = f"partnership-acme-orlo-{second.article.digest[:8]}"
    assert keys(first, second, third) == ["partnership-acme-orlo", late, late]
    assert keys(second, third) == ["partnership-acme-orlo"] * 2


def test_merging_and_buying_may_be_two_words_for_one_deal(hand):
    bought = article(hand, 0, "Acquisition", buyer="Acme", target="Orlo")
    assert one_event(bought, article(hand, 9, "Merger", party=["Orlo", "Acme"]))
    assert not one_event(bought, article(hand, 9, "Merger", party=["Orlo", "Marrow"]))
    assert not one_event(bought, article(hand, 9, "Lawsuit", plaintiff="Acme", defendant="Orlo"))


def test_what_is_sold_is_what_is_bought(hand):
    bought = article(hand, 0, "Acquisition", buyer="Acme", target="Orlo")
    assert one_event(bought, article(hand, 9, "Sale", buyer="Acme", product="Orlo", seller="Marrow"))


def test_one_participant_is_enough_where_such_things_are_rare_and_near(hand):
    one = article(hand, 0, "Arrest", defendant="Ada Brook")
    assert one_event(one, article(hand, 20, "Arrest", defendant="Ada Brook"))
    assert not one_event(one, article(hand, 80, "Arrest", defendant="Ada Brook"))
    assert not one_event(one, article(hand, 20, "Arrest", defendant="Tom Lee"))
    assert one_event(one, article(hand, 80, "Arrest", defendant="Ada Brook", at="2031-01-02"))


def test_one_participant_is_not_enough_where_such_things_are_common(hand):
    one = article(hand, 0, "Criticism", critic="Ada Brook")
    assert not one_event(one, article(hand, 1, "Criticism", critic="Ada Brook", told="too"))
    assert one_event(*(article(hand, n, "Criticism", critic="Ada Brook", criticized="Tom Lee") for n in (0, 2)))


def test_the_same_day_makes_common_things_one(hand):
    both = [article(hand, n, "Investigation", defendant="Acme", at="2031-01-05") for n in (9, 40)]
    assert one_event(*both)
    other = article(hand, 40, "Investigation", defendant="Acme", at="2031-01-08")
    assert not one_event(both[0], other)


def test_nobody_dies_twice(hand):
    one = article(hand, 0, "Death", victim="Ada Brook", at="2030-12-30")
    assert one_event(one, article(hand, 900, "Death", victim="Ada Brook", at="2031-01"))
    assert not one_event(*(article(hand, n, "Death", victim="Leeds") for n in (0, 1)))


def test_a_place_and_near_dates_are_enough_for_what_happens_somewhere(hand):
    one = article(hand, 0, "Attack", location="Leeds")
    assert one_event(one, article(hand, 2, "Attack", location="Leeds"))
    assert not one_event(one, article(hand, 21, "Attack", location="Leeds"))
    assert not one_event(*(article(hand, n, "Attack", location="Sweden") for n in (0, 2)))  # a country is too wide


def test_a_figure_counts_where_the_articles_are_of_one_matter(hand):
    about = {"location": ["Leeds", "Harrow Bridge"], "attacker": "Tom Lee"}
    one = article(hand, 0, "Death", figure=7, **about)
    assert one_event(one, article(hand, 4, "Death", figure=7, **about))
    assert not one_event(one, article(hand, 4, "Death", figure=9, **about))
    assert not one_event(one, article(hand, 4, "Death", figure=7, location="Leeds", attacker="Ada Brook"))


# ---- what keeps two apart


def test_another_filler_of_a_role_that_has_one_keeps_apart(hand):
    one = article(hand, 0, "Acquisition", buyer="Acme", target="Orlo")
    assert not one_event(one, article(hand, 5, "Acquisition", buyer="Orlo", target="Acme"))
    assert not one_event(one, article(hand, 5, "Acquisition", buyer="Marrow", target="Orlo"))


def test_another_position_keeps_apart_and_the_same_one_does_not(hand):
    one = article(hand, 0, "Appointment", person="Ada Brook", position="the mayor")
    assert not one_event(one, article(hand, 5, "Appointment", person="Ada Brook", position="the treasurer"))
    assert one_event(one, article(hand, 5, "Appointment", person="Ada Brook", position="the mayor"))


def test_a_bid_without_its_buyer_goes_to_the_one_there_is_and_to_none_of_two_rivals(hand):
    first = article(hand, 0, "Acquisition", buyer="Acme", target="Orlo")
    bare = article(hand, 3, "Acquisition", target="Orlo")
    rival = article(hand, 2, "Acquisition", buyer="Marrow", target="Orlo")
    assert one_event(first, bare)
    assert len(set(keys(first, bare, rival))) == 3


def test_what_one_article_tells_as_two_stays_two(hand):
    told = article(hand, 0, "Arrest", defendant="Ada Brook", at="2031-01-01")
    again = hand.at(hand.happens(told, "Arrest", "went", defendant=0), "2031-01-09")
    identity = Identity()
    other = article(hand, 5, "Arrest", defendant="Ada Brook", at="2031-01-08")
    for one in (again, other):
        identity.add(one)
    first, second = identity.resolution(again.article.id).events
    assert first != second
    assert identity.resolution(other.article.id).events == (second,)


def test_an_event_does_not_creep_on_from_week_to_week(hand):
    weekly = [article(hand, 14 * n, "Arrest", defendant="Ada Brook") for n in range(12)]
    assert len(set(keys(*weekly))) > 2


def test_unnamed_participants_join_only_beside_a_named_one_and_for_days(hand):
    pair = [article(hand, n, "Arrest", defendant="a nurse") for n in (0, 1)]
    assert len(set(keys(*pair))) == 2
    bids = [article(hand, n, "Acquisition", buyer="Acme", target="a rival") for n in (0, 2, 30)]
    assert one_event(*bids[:2]) and not one_event(bids[0], bids[2])


# ---- reasons


def test_reasons_are_kept_in_words(hand):
    identity = Identity()
    both = [article(hand, n, "Acquisition", buyer="Acme", target="Orlo") for n in (0, 12)]
    for one in both:
        identity.add(one)
    assert list(identity.events.memory.joined()) == ["acquisition-acme-orlo"]
    assert identity.events.reasons("acquisition-acme-orlo") == [
        (both[0].article.id, "told first", 1.0),
        (
            both[1].article.id,
            "two tellings of Acquisition share acme (buyer) and orlo (target); articles 12 days apart",
            pytest.approx(0.9, abs=0.05),
        ),
    ]
    assert identity.events.reasons("nothing") == []


def test_what_is_kept_is_what_was_told(hand):
    told = article(hand, 3, "Attack", victim="Ada Brook", location="Leeds", figure=7, at="2031-01-02")
    identity = Identity()
    identity.add(told)
    (found,) = happenings(identity.resolution(told.article.id).extraction)
    assert loads(found.article, found.place, found.dumps()) == found


# ---- the same whatever the order

ROLES = {
    "Acquisition": ("buyer", "target"), "Merger": ("party", "party"), "Arrest": ("defendant", "authority"),
    "Attack": ("victim", "location"), "Death": ("victim", "attacker"), "Vote": ("body", "candidate"),
}  # fmt: skip
TOLD = st.tuples(
    st.integers(0, 60), st.sampled_from(sorted(ROLES)),
    st.lists(st.sampled_from(["Acme", "Orlo", "Ada Brook", "Tom Lee", "Leeds", "a nurse"]), min_size=1, max_size=2),
    st.sampled_from([None, None, "2031-01-04", "2031-01", "2031"]), st.sampled_from(["Planned", "Happened", "Denied"]),
    st.sampled_from([None, 7, 9]),
)  # fmt: skip
SETS = st.lists(TOLD, min_size=1, max_size=12)


def _articles(hand, told):
    found = {}
    for number, (day, class_, words, at, status, figure) in enumerate(told):
        roles: dict[str, list[str]] = {}
        for role, who in zip(ROLES[class_], words, strict=False):
            roles.setdefault(role, []).append(who)
        one = article(hand, day, class_, told=f"the {number}th", at=at, status=status, figure=figure, **roles)
        found[one.article.id] = one
    return list(found.values())


def _state(identity, articles):
    return {one.article.id: identity.resolution(one.article.id) for one in articles}


def _taken(articles):
    identity = Identity()
    for one in articles:
        identity.add(one)
    return identity


@slow
@given(told=SETS, seed=st.integers(0, 5))
def test_any_order_gives_the_same_events(hand, told, seed):
    articles = _articles(hand, told)
    other = list(articles)
    random.Random(seed).shuffle(other)
    first, second = _taken(articles), _taken(other)
    assert _state(first, articles) == _state(second, articles)
    for key in first.events.memory.joined():
        assert first.events.reasons(key) == second.events.reasons(key)


@slow
@given(told=SETS, gone=st.integers(0, 11))
def test_to_remove_articles_leaves_what_was_without_them(hand, told, gone):
    articles = _articles(hand, told)
    identity = _taken(articles)
    rest = [one for number, one in enumerate(articles) if number % 4 != gone % 4]
    for one in articles:
        if one not in rest:
            identity.remove(one.article.id)
    assert _state(identity, rest) == _state(_taken(rest), rest)


@slow
@given(told=SETS)
def test_what_is_said_to_have_changed_is_all_that_has(hand, told):
    articles = _articles(hand, told)
    identity = Identity()
    before: dict[str, object] = {}
    for number, one in enumerate(articles):
        changed = identity.add(one)
        now = _state(identity, articles[: number + 1])
        assert {id_ for id_, state in now.items() if before.get(id_) != state} <= set(changed.written)
        before = now


@slow
@given(told=SETS)
def test_an_event_has_one_telling_an_article_and_what_is_one_is_compatible(hand, told):
    identity = _taken(articles := _articles(hand, told))
    by_key: dict[str, list[str]] = {}
    for one in articles:
        for event, key in zip(one.events, identity.resolution(one.article.id).events, strict=True):
            by_key.setdefault(key, []).append(event.class_.partition(":")[2])
    assert all(compatible(a, b) for classes in by_key.values() for a in classes for b in classes)


@slow
@given(told=SETS)
def test_likeness_has_no_direction(hand, told):
    identity = _taken(articles := _articles(hand, told))
    found = [told for one in articles for told in happenings(identity.resolution(one.article.id).extraction)]
    assert all((alike(a, b) is None) == (alike(b, a) is None) for a in found for b in found)


def test_an_event_follows_its_entities(hand):
    """Two short names that a third article shows to be one person's bring their events together, until it goes."""
    full = article(hand, 0, "Arrest", defendant="Ada Brook", authority="Merrow Yard")
    short = article(hand, 1, "Arrest", defendant="Brook", authority="Merrow Yard")
    assert one_event(full, short)
    identity = _taken([full, short])
    (key,) = identity.resolution(short.article.id).events
    assert key == identity.resolution(full.article.id).events[0]
    assert identity.remove(full.article.id).written == (short.article.id,)
    assert identity.resolution(short.article.id).events != (key,)


# ---- the table


def test_every_wider_class_is_of_one_group_with_those_below():
    assert all(group(narrow) == wide for narrow, wide in UNDER.items())
    assert not any(wide in UNDER for wide in UNDER.values())


def test_what_is_enough_alone_is_one_of_the_participants():
    assert all(sort.alone <= sort.core and sort.near <= sort.window for sort in SORTS.values())


# ---- what people decide


def test_a_telling_that_people_split_off_is_an_event_of_its_own_whenever_they_did(hand):
    from kg.resolve import review

    told = [article(hand, day, "Acquisition", buyer="Acme", target="Orlo") for day in (0, 9, 18)]
    decided = review.parse(f"split acquisition-acme-orlo @{told[1].article.id}")
    before, after = Identity(), Identity()
    before.decide(decided)
    for one, other in zip(told, reversed(told), strict=True):
        before.add(one)
        after.add(other)
    joined = [after.resolution(one.article.id).events[0] for one in told]
    changed = after.decide(decided)
    apart = [after.resolution(one.article.id).events[0] for one in told]
    assert len(set(joined)) == 1 and apart[0] == apart[2] != apart[1]
    assert apart == [before.resolution(one.article.id).events[0] for one in told]
    assert told[1].article.id in changed.written
    after.decide(review.Review())
    assert [after.resolution(one.article.id).events[0] for one in told] == joined


def test_an_event_keeps_its_key_when_a_later_article_tells_it_better(hand):
    short = article(hand, 0, "Attack", victim="Ada Brook")
    full = article(hand, 1, "Attack", victim="Ada Brook", attacker="Acme")
    identity = _taken([short])
    (key,) = identity.resolution(short.article.id).events
    assert identity.add(full).written == (full.article.id,)
    assert identity.resolution(full.article.id).events == (key,)
