"""Who is who across articles: what joins, what keeps apart, and that only the set of articles counts."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from kg.errors import StoreError
from kg.records import Amount
from kg.resolve import Identity, Memory, link

UNHEALTHY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]  # as on a busy machine
slow = settings(max_examples=30, deadline=None, suppress_health_check=UNHEALTHY)


def together(hand, *texts):
    """The identity of some articles, each given as marked text."""
    identity = Identity()
    for text in texts:
        identity.add(link(hand.marked(text)))
    return identity


def key_of(hand, identity, text, words):
    """The key that words of an article have in the graph."""
    return hand.entity_of(identity.resolution(hand.marked(text).article.id).extraction, words).key


def keys_of(hand, *pairs):
    """The keys of words, one in each of some articles that are taken in together."""
    identity = together(hand, *(text for text, _ in pairs))
    return [key_of(hand, identity, text, words) for text, words in pairs]


# ---- what joins


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wal-Mart|Organization", "Walmart|Organization"),
        ("Volkswagen|Organization", "Volkswagen Group|Organization"),
        ("US Senate|Organization", "United States Senate|Organization"),
        ("Joseph R. Biden|Person", "Joseph Biden|Person"),
        ("Acme Inc.|Organization", "Acme|Product"),
    ],
)
def test_variants_of_one_name_are_one_node(hand, one, other):
    first, second = (mark.split("|")[0] for mark in (one, other))
    a, b = keys_of(hand, (f"So [[{one}]] grew.", first), (f"Then [[{other}]] fell.", second))
    assert a == b


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("George W. Bush|Person", "George H. W. Bush|Person"),
        ("Laura Bush|Person", "George Bush|Person"),
        ("Toyota|Organization", "Toyota Research Institute|Organization"),
        ("Paris|Place", "Paris|Person"),
        ("Bank of Tarn|Organization", "Bank of Merrow|Organization"),
    ],
)
def test_names_of_different_things_stay_apart(hand, one, other):
    first, second = (mark.split("|")[0] for mark in (one, other))
    a, b = keys_of(hand, (f"So [[{one}]] grew.", first), (f"Then [[{other}]] fell.", second))
    assert a != b


def test_a_short_first_name_joins_only_where_the_articles_have_more_in_common(hand):
    one = "[[Nick Moor|Person]] met [[Tarn Robotics|Organization]]."
    assert len(set(keys_of(hand, (one, "Nick Moor"), ("[[Nicholas Moor|Person]] sang.", "Nicholas Moor")))) == 2
    other = "[[Nicholas Moor|Person]] left [[Tarn Robotics|Organization]]."
    assert len(set(keys_of(hand, (one, "Nick Moor"), (other, "Nicholas Moor")))) == 1


def test_a_surname_alone_goes_to_whom_its_article_points(hand):
    full = "[[Ada Brook|Person]] of [[Tarn Robotics|Organization]] spoke."
    other = "[[Tom Brook|Person]] plays for [[Merrow United|Organization]]."
    short = "[[Brook|Person]] praised [[Merrow United|Organization]]."
    identity = together(hand, full, other, short)
    assert key_of(hand, identity, short, "Brook") == key_of(hand, identity, other, "Tom Brook") == "tom-brook"


def test_a_surname_alone_that_nothing_connects_stays_by_itself(hand):
    full = "[[Ada Brook|Person]] of [[Tarn Robotics|Organization]] spoke."
    assert keys_of(hand, (full, "Ada Brook"), ("[[Brook|Person]] sang.", "Brook")) == ["ada-brook", "brook-person"]


def test_initials_go_to_the_name_that_other_articles_give_with_them(hand):
    full = "The [[Tarn River Authority|Organization]] ([[TRA|Organization]]) met [[Dora Venn|Person]]."
    short = "[[TRA|Organization]] met [[Dora Venn|Person]] again."
    assert len(set(keys_of(hand, (full, "Tarn River Authority"), (short, "TRA")))) == 1


def test_what_begins_with_a_name_that_is_mostly_used_alone_is_another_thing(hand):
    part = "[[Tarn Union Educational|Organization]], short [[Tarn Union|Organization]], taught."
    alone = [f"[[Tarn Union|Organization]] met on day {day}." for day in range(3)]
    identity = together(hand, part, *alone)
    assert key_of(hand, identity, alone[0], "Tarn Union") != key_of(hand, identity, part, "Tarn Union Educational")


def test_a_publisher_is_what_other_articles_speak_of(hand):
    told = "The [[Harbour Post|Organization]] wrote of [[Ada Brook|Person]]."
    identity = together(hand, told)
    extraction = hand.marked("[[Ada Brook|Person]] sang.")
    extraction = replace(extraction, article=replace(extraction.article, publisher="The Harbour Post"))
    identity.add(link(extraction))
    *_, publisher = identity.resolution(extraction.article.id).extraction.entities
    assert publisher.key == key_of(hand, identity, told, "Harbour Post") == "harbour-post"
    assert not [row for row in identity.memory.of_article(extraction.article.id) if row.telling and row.place]


# ---- what keeps apart


def test_two_people_of_one_name_who_contradict_each_other_stay_two(hand):
    man = "[[Kim Lee|Person]] sang at [[Tarn Hall|Place]]. [[He|pronoun subject]] said [[he|pronoun subject]] won."
    woman = "[[Ms. Kim Lee|Person]] runs [[Merrow Bank|Organization]]."
    identity = together(hand, man, woman)
    assert key_of(hand, identity, man, "Kim Lee") != key_of(hand, identity, woman, "Ms. Kim Lee")
    assert {"kim-lee"} < {key_of(hand, identity, man, "Kim Lee"), key_of(hand, identity, woman, "Ms. Kim Lee")}


def test_a_thing_and_a_firm_of_one_name_stay_two_where_both_are_told(hand):
    firm = "[[Tarn|Organization]] grew.\n[[The company|Organization nominal subject]] hired."
    town = "[[Tarn|Place]] flooded.\n[[The city|Place nominal subject]] rose."
    identity = together(hand, firm, town, "[[Tarn|Organization]] sold its boats.")
    assert key_of(hand, identity, firm, "Tarn") == "tarn"
    assert key_of(hand, identity, town, "Tarn") == "tarn-place"


def test_ages_that_cannot_be_one_persons_keep_two_apart(hand):
    def aged(text, years):
        found = hand.told(hand.marked(text, date=datetime.date(2024, 5, 6)), "Bo Marsh", "Bo Marsh", lemma="be")
        claim = replace(
            found.propositions[0], property="kg:age",
            object=replace(found.propositions[0].object, mention=None, amount=0),
        )  # fmt: skip
        return replace(found, propositions=(claim,), amounts=(Amount(0, 1, years, None, None, "years"),))

    identity = Identity()
    for text, years in (("[[Bo Marsh|Person]] swam.", 17), ("[[Bo Marsh|Person]] ruled.", 81)):
        identity.add(link(aged(text, years)))
    keys = {row.key for row in identity.memory.of_key("bo-marsh")}
    assert len(identity.memory.locals("bo-marsh")) == 2
    assert len({row.key for row in identity.memory.locals("bo-marsh")}) == 2, keys


# ---- only the set of articles counts

NAMES = st.sampled_from(
    ["Ada Brook|Person", "Brook|Person", "Ada M. Brook|Person", "Tom Brook|Person", "Ms. Ada Brook|Person",
     "Tarn|Organization", "Tarn|Place", "Tarn Group|Organization", "Tarn River Authority|Organization",
     "TRA|Organization", "Merrow Bank|Organization", "Merrow-Bank|Organization", "the company|Organization nominal",
     "he|Person pronoun subject", "Nick Moor|Person", "Nicholas Moor|Person", "US Senate|Organization"]
)  # fmt: skip
TEXTS = st.lists(
    st.lists(NAMES, min_size=1, max_size=5).map(lambda marks: " met ".join(f"[[{mark}]]" for mark in marks)),
    min_size=2, max_size=6, unique=True,
)  # fmt: skip


def _distinct(hand, texts):
    return list({found.article.id: found for found in (link(hand.marked(text)) for text in texts)}.values())


def _state(identity):
    return {article: identity.resolution(article) for article in identity.memory.articles()}


@slow
@given(texts=TEXTS, seed=st.randoms(use_true_random=False))
def test_any_order_gives_the_same_nodes(hand, texts, seed):
    found = _distinct(hand, texts)
    one, other = Identity(), Identity()
    for extraction in found:
        one.add(extraction)
    seed.shuffle(found)
    for extraction in found:
        other.add(extraction)
    assert _state(one) == _state(other)
    assert [tuple(row) for row in one.memory.sql.execute("SELECT * FROM node ORDER BY id")] == [
        tuple(row) for row in other.memory.sql.execute("SELECT * FROM node ORDER BY id")
    ]


@slow
@given(texts=TEXTS, place=st.integers(0, 5))
def test_to_remove_an_article_leaves_what_was_without_it(hand, texts, place):
    found = _distinct(hand, texts)
    gone = found[place % len(found)]
    one, other = Identity(), Identity()
    for extraction in found:
        one.add(extraction)
        if extraction is not gone:
            other.add(extraction)
    one.remove(gone.article.id)
    assert _state(one) == _state(other)


@slow
@given(texts=TEXTS)
def test_what_is_said_to_have_changed_is_all_that_has(hand, texts):
    identity, before = Identity(), {}
    for extraction in _distinct(hand, texts):
        changed = identity.add(extraction)
        after = _state(identity)
        assert {article for article in after if after[article] != before.get(article)} <= set(changed.written)
        before = after


def test_adding_again_changes_nothing(hand):
    texts = ["[[Ada Brook|Person]] met [[Tarn|Organization]].", "[[Brook|Person]] left [[Tarn|Organization]]."]
    identity = together(hand, *texts)
    before = _state(identity)
    assert identity.add(link(hand.marked(texts[0]))).gone == ()
    assert _state(identity) == before


def test_a_newer_state_of_an_address_takes_the_place_of_the_older(hand):
    old, new = (link(hand.marked(f"[[Tarn|Organization]] {verb}.")) for verb in ("grew", "fell"))
    old, new = (replace(one, article=replace(one.article, url="https://example.org/a")) for one in (old, new))
    identity = Identity()
    identity.add(old)
    assert identity.add(new).gone == (old.article.id,)
    assert identity.memory.articles() == [new.article.id]


def test_a_file_that_is_no_memory_is_told(tmp_path):
    file = tmp_path / "records.sqlite"
    file.write_text("no database, no database, no database")
    with pytest.raises(StoreError, match=r"records\.sqlite cannot be read .* build the graph anew"):
        Memory(file)


def test_a_record_that_cannot_be_read_is_told(hand):
    identity = together(hand, "[[Tarn|Organization]] grew.")
    (article,) = identity.memory.articles()
    identity.memory.sql.execute("UPDATE article SET record=x'00'")
    with pytest.raises(StoreError, match=f"the record of article {article} in memory cannot be read"):
        Identity(identity.memory).resolution(article)


def test_two_names_that_are_given_equally_often_do_not_take_turns(hand):
    identity, rewritten = Identity(), 0
    for number in range(40):
        name = ("Zelmora", "Zel-Mora")[number % 2]
        told = link(hand.marked(f"[[{name}|Organization]] grew by {number} percent."))
        rewritten += len(identity.add(told).written) - 1
    assert 0 < rewritten < 200  # if they took turns, all others would be with every article: some 800
