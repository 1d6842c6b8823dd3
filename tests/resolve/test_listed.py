"""Names of the gazetteer in articles: what joins within one, what it tells of an entity, and across articles."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ontology import Gazetteer, Thing
from kg.resolve import explained, link, resolve
from kg.resolve.listed import listed
from kg.resolve.naming import name

THINGS = (
    Thing("my:wtb", "World Tea Board", ("World Tea Board", "Teaways", "WTB"), "Organization", "schema:NGO", "http://x/1"),
    Thing("my:nord", "Nordvik Dairy", ("Nordvik Dairy", "Norda"), "Organization", "schema:Corporation", "http://x/2"),
    Thing("my:post", "The Tarn Post", ("The Tarn Post", "Posten"), "Organization", "schema:NewsMediaOrganization"),
    Thing("my:spring", "Spring", ("Spring", "Spring Holding"), "Organization", "schema:Corporation", None, True),
    Thing("my:lake", "Lake", ("Lake", "Laketown"), "Place", "schema:City", "http://x/3", True),
    Thing("my:lake2", "Lake State", ("Lake State", "Lake"), "Place", "schema:State", "http://x/4", True),
    Thing("my:ann", "Ann", ("Ann", "Ann Lee"), "Person", "schema:Person", "http://x/5"),
    Thing("my:it", "ITS", ("ITS", "Institute of Tea Science"), "Organization", "schema:Organization"),
)
KNOWN = Gazetteer(own=THINGS)


def read(hand, *texts: str):
    return [one.extraction for one in resolve([hand.marked(text) for text in texts], gazetteer=KNOWN)]


# within an article


def test_names_of_one_thing_join_and_say_why(hand) -> None:
    told = hand.marked("[[Norda|Organization]] grew.\n[[Nordvik Dairy|Organization]] said so.")
    linked, decisions = explained(told, KNOWN)
    assert hand.joined(linked, "Norda", "Nordvik Dairy")
    assert not hand.joined(link(told), "Norda", "Nordvik Dairy")
    assert ("both are names of Nordvik Dairy in the gazetteer", 0.95) in {(one.reason, one.score) for one in decisions}


def test_what_the_gazetteer_knows_goes_with_the_entity(hand) -> None:
    (linked,) = read(hand, "[[Norda|Organization]] grew.")
    (entity,) = linked.entities
    assert (entity.name, entity.aliases, entity.type) == ("Norda", (), "schema:Corporation")
    assert entity.known is not None and entity.key == entity.known.key == "nordvik-dairy"
    assert (entity.known.label, entity.known.same_as) == ("Nordvik Dairy", "http://x/2")


def test_what_is_not_listed_is_as_before(hand) -> None:
    told = hand.marked("[[Orlo|Organization]] grew.\n[[Ida Falk|Person]] said so.")
    assert link(told, KNOWN) == link(told, Gazetteer())
    assert all(entity.known is None for entity in link(told, KNOWN).entities)


@pytest.mark.parametrize(
    ("kind", "words", "meant"),
    [
        ("Organization", "Norda", "my:nord"),
        ("Other", "Norda", "my:nord"),
        ("Product", "Norda", "my:nord"),
        ("Person", "Norda", None),
        ("Place", "Norda", None),
        ("Work", "Posten", "my:post"),
        ("Organization", "Spring", "my:spring"),
        ("Other", "Spring", None),
        ("Product", "Spring", None),
        ("Place", "Lake", None),
        ("Place", "Laketown", "my:lake"),
        ("Organization", "WTB", "my:wtb"),
        ("Organization", "Wtb", None),
        ("Organization", "The ITS", "my:it"),
        ("Organization", "Its", None),
        ("Person", "Ann Lee", "my:ann"),
    ],
)
def test_the_kind_tells_what_a_name_stands_for(kind, words, meant) -> None:
    found = listed(KNOWN).find(name(words, kind), kind)
    assert (found.thing.key if found else None) == meant


def test_a_name_that_could_be_many_gives_its_class_and_key_to_none(hand) -> None:
    (linked,) = read(hand, "[[Lake|Place]] burns.")
    assert linked.entities[0].known is None and linked.entities[0].type is None


def test_initials_do_not_join_two_listed_things(hand) -> None:
    """ "US" are initials of "US Senate", too."""
    linked = link(hand.marked("The [[US Senate|Organization]] met.\nThe [[US|Place]] waits."))
    assert not hand.joined(linked, "US Senate", "US")
    known = [entity.known.label for entity in linked.entities if entity.known]
    assert known == ["United States Senate", "United States"]


def test_what_the_article_says_itself_comes_first(hand) -> None:
    """An article may give a listed acronym a meaning of its own."""
    linked = link(hand.marked("[[Wide Tarn Bank|Organization]] ([[WTB|Organization]]) grew."), KNOWN)
    assert hand.joined(linked, "Wide Tarn Bank", "WTB")
    assert linked.entities[0].known is None


def test_a_club_is_no_country(hand) -> None:
    linked = link(hand.marked("[[América|Organization]] won.\n[[America|Place]] lost."))
    assert not hand.joined(linked, "América", "America") and linked.entities[0].known is None


def test_linking_twice_changes_nothing(hand) -> None:
    once = link(hand.marked("[[Norda|Organization]] and [[Lake|Place]].\n[[Nordvik Dairy|Other]]."), KNOWN)
    assert link(once, KNOWN) == once


# across articles


def test_two_articles_meet_by_the_names_of_one_thing(hand) -> None:
    one, other = read(hand, "[[Norda|Organization]] grew.", "[[Nordvik Dairy|Organization]] fell.")
    assert one.entities[0].key == other.entities[0].key == "nordvik-dairy"


def test_the_key_of_a_thing_is_given_to_nothing_else(hand) -> None:
    """ "Spring" the company is listed; the season keeps apart, whichever article comes first."""
    texts = ["[[Spring|Organization]] grew.", "[[Spring|Event]] came.", "[[Spring|Other]] came late."]
    for order in permutations(texts):
        keys = {text: one.entities[0].key for text, one in zip(order, read(hand, *order), strict=True)}
        assert keys[texts[0]] == "spring" and "spring" not in (keys[texts[1]], keys[texts[2]])


def test_a_name_misread_once_is_the_thing_that_others_read(hand) -> None:
    one, other = read(hand, "[[Norda|Organization]] grew.", "[[Norda|Event]] fell.")
    assert one.entities[0].key == other.entities[0].key == "nordvik-dairy"


def test_two_listed_things_are_not_one_for_being_alike(hand) -> None:
    keys = [one.entities[0].key for one in read(hand, "[[Lake State|Place]] votes.", "[[Laketown|Place]] votes.")]
    assert keys == ["lake-state", "lake"]


# keys, and hostile names


def test_things_of_one_usual_name_have_two_keys_in_any_order() -> None:
    two = [
        Thing("my:a", "Tarn", ("Tarn", "Tarn Foods"), "Organization", "schema:Corporation"),
        Thing("my:b", "Tarn", ("Tarn", "Tarn Town"), "Place", "schema:City"),
    ]
    tables = [listed(Gazetteer(own=tuple(order))).known for order in (two, two[::-1])]
    assert tables[0] == tables[1] and len({known.key for known in tables[0].values()}) == 2


def test_an_own_thing_does_not_take_the_key_of_a_shipped_one() -> None:
    own = Thing("my:a", "Airbus", ("Airbus",), "Product", "schema:Product")
    shipped = Thing("x:b", "Airbus", ("Airbus",), "Organization", "schema:Corporation")
    table = listed(Gazetteer((own,), (shipped,))).known
    assert table["x:b"].key == "airbus" != table["my:a"].key


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=4, unique=True))
def test_any_text_may_be_a_name(labels: list[str]) -> None:
    things = tuple(
        Thing(f"my:{place}", label, (label, f"{label} X"), kind, f"schema:{kind}")
        for place, label in enumerate(labels)
        for kind in ("Organization",)
    )
    table = listed(Gazetteer(own=things))
    assert len({known.key for known in table.known.values()}) == len(things)
    for label in labels:
        table.find(name(label, "Organization"), "Organization")
