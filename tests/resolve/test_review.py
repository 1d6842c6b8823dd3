"""What people decide about who is who: the file, and that the graph follows it, whenever it was written."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from kg.errors import UsageError
from kg.names import BASE
from kg.ontology import Gazetteer, Thing
from kg.resolve import Identity, link, merges, review

UNHEALTHY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]  # as on a busy machine
slow = settings(max_examples=40, deadline=None, suppress_health_check=UNHEALTHY)
FULL = "[[Ada Brook|Person]] met [[Tarn Group|Organization]].\n[[Brook|Person]] sang. [[She|pronoun subject]] left."
SHORT = "[[Brook|Person]] left [[Tarn|Organization]] and [[Merrow Bank|Organization]]."
OTHER = "[[Ada Brook|Person]] saw [[Merrow Bank|Organization]]. [[The bank|Organization nominal subject]] paid."
THIRD = "[[The retailer|Organization nominal subject]] paid [[Tom Brook|Person]]."


def together(hand, *texts, decided=""):
    identity = Identity()
    for text in texts:
        identity.add(link(hand.marked(text)))
    identity.decide(review.parse(decided))
    return identity


def id_of(hand, text):
    return hand.marked(text).article.id


def key_of(hand, identity, text, words, nth=0):
    return hand.entity_of(identity.resolution(id_of(hand, text)).extraction, words, nth).key


# ---- the file


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("join a b", "begins with merge or split, not 'join'"),
        ("merge a", "merge wants two names or more"),
        ("merge a a", "merge wants two names or more"),
        ("merge a b@nowhere", "'b@nowhere' is no name"),
        ("split", "split wants a name first"),
        ("split a b c", "split wants a name, and then nothing"),
        ("split a a", "split wants a name, and then nothing"),
        ("split a @2024-05-14", "split wants a name, and then nothing"),
        ("split a b @2024-05-14-913ba5e4f5f6", "split wants a name, and then nothing"),
    ],
)
def test_a_line_that_is_not_clear_is_named(line, fault):
    with pytest.raises(UsageError, match=rf"^who\.txt, line 3: .*{fault}.*; mend the line"):
        review.parse(f"# who is who\n\n{line}\n", "who.txt")


def test_comments_blanks_and_a_byte_order_mark_are_nothing():
    assert not review.parse("\ufeff# all\n\n   # more\n")
    assert review.parse("\ufeffsplit a  # Ann\n").lines == (review.Line("split", ("a",)),)


def test_words_of_an_article_are_no_comment():
    (line,) = review.parse("split a 2024-05-14-913ba5e4f5f6#char=1,2 # so\n").lines
    assert line.about == ("a", "2024-05-14-913ba5e4f5f6#char=1,2")


def test_a_later_line_overrules_an_earlier_one():
    both = review.parse("split a b\nmerge a b\n")
    assert not both.apart("a", "b") and both.merged("a") == (("a", "b"),)
    both = review.parse("merge a b c\nsplit a b\n")
    assert both.apart("b", "a") and both.merged("a") == () and both.merged("b") == (("b", "c"),)


def test_what_is_written_is_read_again(tmp_path):
    file = tmp_path / "news.decisions.txt"
    assert not review.read(file)
    for line in (review.Line("merge", ("a", "b")), review.Line("split", ("c",))):
        review.write(file, line, "so\nit is")
    assert review.read(file).lines == (review.Line("merge", ("a", "b")), review.Line("split", ("c",)))
    assert review.parse(review.text(review.read(file))) == review.read(file)


def test_a_line_goes_below_a_last_line_without_an_end(tmp_path):
    file = tmp_path / "news.decisions.txt"
    file.write_text("split a", encoding="utf-8")
    review.write(file, review.Line("split", ("b",)))
    assert len(review.read(file).lines) == 2


def test_a_file_that_is_no_text_is_told(tmp_path):
    file = tmp_path / "news.decisions.txt"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"news\.decisions\.txt cannot be read"):
        review.read(file)


# ---- what follows from it


def test_a_merge_makes_one_node_of_two_names(hand):
    identity = together(hand, FULL, THIRD, decided="merge ada-brook tom-brook")
    assert key_of(hand, identity, FULL, "Ada Brook") == key_of(hand, identity, THIRD, "Tom Brook")


def test_a_thing_without_a_name_can_be_merged(hand):
    mark = id_of(hand, THIRD).rsplit("-", 1)[1][:8]
    identity = together(hand, FULL, THIRD, decided=f"merge retailer-{mark} tarn-group")
    assert key_of(hand, identity, THIRD, "The retailer") == "tarn-group"
    identity.decide(review.Review())
    assert key_of(hand, identity, THIRD, "The retailer") == f"retailer-{mark}"


def test_a_split_name_leaves_within_and_across_articles(hand):
    free = together(hand, FULL, SHORT)
    assert key_of(hand, free, FULL, "Brook") == "ada-brook"
    identity = together(hand, FULL, SHORT, decided="split brook ada-brook\nsplit tarn")
    assert key_of(hand, identity, FULL, "Ada Brook") == "ada-brook"
    assert key_of(hand, identity, FULL, "Brook") == key_of(hand, identity, FULL, "She") == "brook-person"
    assert key_of(hand, identity, SHORT, "Brook") == "brook-person"
    assert key_of(hand, identity, SHORT, "Tarn") == "tarn" != key_of(hand, identity, FULL, "Tarn Group")


def test_a_person_of_one_name_can_be_split_by_articles(hand):
    identity = together(hand, FULL, OTHER, decided=f"split ada-brook @{id_of(hand, OTHER)}")
    one, other = key_of(hand, identity, FULL, "Ada Brook"), key_of(hand, identity, OTHER, "Ada Brook")
    assert one == "ada-brook" and other.startswith("ada-brook-")


def test_words_that_were_taken_for_a_name_become_a_thing_of_their_own(hand):
    text = hand.marked(OTHER).article.text
    start = text.index("The bank")
    assert key_of(hand, together(hand, OTHER), OTHER, "The bank") == "merrow-bank"
    place = f"{id_of(hand, OTHER)}#char={start},{start + len('The bank')}"
    identity = together(hand, OTHER, decided=f"split merrow-bank {place}")
    assert key_of(hand, identity, OTHER, "The bank").startswith("bank-")


def test_a_speaker_goes_with_its_words(hand):
    extraction = link(hand.said(hand.marked(FULL + "\n“Well,” said she."), "Brook", "Well"))
    identity = Identity()
    identity.decide(review.parse("split brook ada-brook"))
    identity.add(extraction)
    found = identity.resolution(extraction.article.id).extraction
    speaker = found.statements[0].speaker
    assert speaker is not None and speaker.entity is not None
    assert found.entities[speaker.entity].key == "brook-person"


def test_a_decision_about_nothing_changes_nothing(hand):
    plain = together(hand, FULL, SHORT)
    decided = together(hand, FULL, SHORT, decided="merge nobody no-one\nsplit nothing\nsplit none of-them")
    assert _state(plain) == _state(decided)


LINES = st.lists(
    st.sampled_from(
        ["merge ada-brook tom-brook", "split brook ada-brook", "split tarn", "merge tarn merrow-bank",
         "split ada-brook", "merge brook tom-brook", "split ada-brook @{0}", "split merrow-bank @{1}",
         "merge tom-brook@{3} tarn-group", "split ada-brook brook", "merge retailer-{4} merrow-bank"]
    ), max_size=4,
)  # fmt: skip


def _state(identity):
    return {article: identity.resolution(article) for article in identity.memory.articles()}


@slow
@given(early=LINES, late=LINES, seed=st.randoms(use_true_random=False))
def test_it_does_not_matter_when_it_was_decided(hand, early, late, seed):
    texts = [FULL, SHORT, OTHER, THIRD]
    ids = [id_of(hand, text) for text in texts]
    ids.append(ids[3].rsplit("-", 1)[1][:8])
    first, last = (review.parse("\n".join(lines).format(*ids)) for lines in (early, late))
    after = together(hand, *texts)
    after.decide(first)
    after.decide(last)
    seed.shuffle(texts)
    before = Identity()
    before.decide(last)
    for text in texts:
        before.add(link(hand.marked(text)))
    assert _state(before) == _state(after)


@slow
@given(lines=LINES)
def test_what_is_said_to_have_changed_is_all_that_has(hand, lines):
    texts = [FULL, SHORT, OTHER, THIRD]
    ids = [id_of(hand, text) for text in texts]
    ids.append(ids[3].rsplit("-", 1)[1][:8])
    identity = together(hand, *texts)
    before = _state(identity)
    changed = identity.decide(review.parse("\n".join(lines).format(*ids)))
    after = _state(identity)
    assert {article for article in after if after[article] != before[article]} <= set(changed.written)


# ---- why, and what a name means


def test_every_join_has_a_reason_and_a_score(hand):
    identity = together(hand, FULL, SHORT, OTHER)
    (people, *_), things = merges.joined(identity), merges.named(identity, "Tarn Group", base=BASE)
    assert all(part.reason and 0 < part.score <= 1 for one in (people, *things) for part in one.parts)
    (ada,) = merges.named(identity, "ada-brook", base=BASE)
    assert [told.words for told in ada.told if told.article == id_of(hand, FULL)] == ["Ada Brook", "Brook", "She"]


def test_a_decision_is_its_own_reason(hand):
    identity = together(hand, FULL, THIRD, decided="merge ada-brook tom-brook")
    (one,) = [found for found in merges.joined(identity) if found.key == "ada-brook"]
    assert {part.reason for part in one.parts} == {merges.DECIDED} and one.score == 1.0


def test_names_are_found_however_they_are_given(hand):
    identity = together(hand, FULL, OTHER, THIRD)
    for words in ("Ada Brook", "ada-brook", "entity:ada-brook", f"{BASE}entity/ada-brook"):
        assert [found.key for found in merges.named(identity, words, base=BASE)] == ["ada-brook"]
    line, note = merges.merging(identity, ("Ada Brook", "entity:tom-brook"), base=BASE)
    assert str(line) == "merge ada-brook tom-brook" and note == "Ada Brook, entity:tom-brook"
    assert str(merges.splitting(identity, "Brook", "Ada Brook", (), base=BASE)[0]) == "split brook ada-brook"


def test_what_is_unknown_is_told(hand):
    identity = together(hand, FULL)
    with pytest.raises(UsageError, match="nothing in the graph is called 'Zed'"):
        merges.merging(identity, ("Ada Brook", "Zed"), base=BASE)
    with pytest.raises(UsageError, match="two names or more of different things"):
        merges.merging(identity, ("Ada Brook", "Brook"), base=BASE)
    with pytest.raises(UsageError, match="is no place of an article here"):
        merges.splitting(identity, "Brook", None, ("2024-05-14-913ba5e4f5f6#char=1,2",), base=BASE)
    with pytest.raises(UsageError, match="speak of 'Brook' by one name"):
        merges.splitting(identity, "Brook", None, ("2024-05-14-913ba5e4f5f6",), base=BASE)


# ---- what the gazetteer has


EADS = "[[EADS|Organization]] met [[Ada Brook|Person]]."
AIRBUS = "[[Airbus Group|Organization]] met [[Tom Reed|Person]]. [[EADS|Organization]] sang."
BOEING = "[[Boeing|Organization]] met [[Tom Reed|Person]]."


def known(hand, identity, text, words):
    entity = hand.entity_of(identity.resolution(id_of(hand, text)).extraction, words)
    return entity.key, entity.known is not None


@pytest.mark.parametrize("split", ["split eads", "split eads airbus", "split airbus eads", "split eads airbus-group"])
def test_a_name_that_is_split_from_a_thing_of_the_gazetteer_is_it_no_more(hand, split):
    identity = together(hand, EADS, AIRBUS)
    assert known(hand, identity, EADS, "EADS") == known(hand, identity, AIRBUS, "Airbus Group") == ("airbus", True)
    identity.decide(review.parse(split))
    assert known(hand, identity, EADS, "EADS") == ("eads", False)
    assert known(hand, identity, AIRBUS, "Airbus Group") == ("airbus", True)
    assert known(hand, identity, AIRBUS, "EADS") == ("eads", False)
    identity.decide(review.parse(""))
    assert known(hand, identity, EADS, "EADS") == ("airbus", True)


def test_two_things_of_the_gazetteer_that_people_merge_are_one(hand):
    identity = together(hand, AIRBUS, BOEING, decided="merge boeing airbus-group")
    assert known(hand, identity, BOEING, "Boeing")[0] == known(hand, identity, AIRBUS, "Airbus Group")[0] == "airbus"


def test_a_name_of_the_gazetteer_tells_why_it_is_there(hand):
    (found,) = merges.named(together(hand, EADS, AIRBUS), "airbus", base=BASE)
    assert "eads and airbus group are names of one thing in the gazetteer (airbus)" in {p.reason for p in found.parts}
    assert "both are names of Airbus in the gazetteer" in {told.reason for told in found.told}


def test_so_does_a_name_of_a_gazetteer_that_is_not_at_hand(hand):
    own = Gazetteer(own=(Thing("my:a", "Tarn Board", ("Tarn Board", "Teaways"), "Organization", "schema:NGO"),))
    identity = Identity()
    identity.add(link(hand.marked("[[Teaways|Organization]] sang.\n[[Tarn Board|Organization]] met."), own))
    (found,) = merges.named(identity, "Teaways", base=BASE)
    assert [(told.words, told.reason) for told in found.told] == [
        ("Teaways", "a name of Tarn Board in the gazetteer"), ("Tarn Board", "a name of Tarn Board in the gazetteer"),
    ]  # fmt: skip
