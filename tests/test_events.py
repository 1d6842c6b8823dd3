"""The scorer of events and participants: its pure parts on annotations made by hand, and its floors."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.records import (
    Amount, Argument, Article, Event, Extraction, Mention, Proposition, Relation, Role, Span, Statement,
)  # fmt: skip
from kg.score import events, events_errors, meantime
from kg.score.events import Filler, Predicate, Scene
from kg.score.meantime import Annotated, Happening, Thing

DATA = Path(os.environ.get("KG_DATA") or Path(__file__).parents[2] / "shared" / "data")

TEXT = "Acme 's boss said it bought 30 planes from Bolt ."
XML = """<Document>
<token t_id="1" sentence="0">Acme</token><token t_id="2" sentence="0">bought</token>
<token t_id="3" sentence="0">Bolt</token><token t_id="4" sentence="6">It</token>
<token t_id="5" sentence="6">paid</token>
<Markables>
<ENTITY_MENTION m_id="1"><token_anchor t_id="1"/></ENTITY_MENTION>
<ENTITY_MENTION m_id="2"><token_anchor t_id="3"/></ENTITY_MENTION>
<ENTITY_MENTION m_id="3"><token_anchor t_id="4"/></ENTITY_MENTION>
<VALUE m_id="4"><token_anchor t_id="3"/></VALUE>
<EVENT_MENTION m_id="5" pos="VERB"><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION m_id="6"><token_anchor t_id="3"/></EVENT_MENTION>
<EVENT_MENTION m_id="7" pos="VERB"><token_anchor t_id="5"/></EVENT_MENTION>
<ENTITY m_id="9"/></Markables><Relations>
<REFERS_TO><source m_id="1"/><source m_id="3"/><target m_id="9"/></REFERS_TO>
<HAS_PARTICIPANT sem_role="Arg0"><source m_id="5"/><target m_id="1"/></HAS_PARTICIPANT>
<HAS_PARTICIPANT sem_role="Arg1"><source m_id="5"/><target m_id="2"/></HAS_PARTICIPANT>
<HAS_PARTICIPANT sem_role="Arg2"><source m_id="5"/><target m_id="4"/></HAS_PARTICIPANT>
<HAS_PARTICIPANT sem_role="Arg0"><source m_id="5"/><target m_id="77"/></HAS_PARTICIPANT>
</Relations></Document>"""


def test_an_annotation_is_read_with_its_participants_and_without_later_sentences(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text(XML, encoding="utf-8")
    found = meantime.read(tmp_path / "one.xml")
    assert found.sentences == (("Acme", "bought", "Bolt"),)
    assert found.things == (Thing((0,), "9"), Thing((2,), "2"))
    assert found.happenings == (
        Happening((1,), "VERB", (("Arg0", "9"), ("Arg1", "2"))),
        Happening((2,), "OTHER"),
    )


def scene(*found: Predicate, plain: tuple[Predicate, ...] = ()) -> Scene:
    """Ten words: events at 2 (two things take part), at 5 and 6, and at 8; things A at 0 and 7, B at 3, C at 9."""
    happenings = (
        Happening((2,), "VERB", (("Arg0", "A"), ("Arg1", "B"))),
        Happening((5, 6), "NOUN", (("Arg0", "A"),)),
        Happening((8,), "OTHER"),
    )
    things = (Thing((0,), "A"), Thing((7,), "A"), Thing((3, 4), "B"), Thing((9,), "C"))
    return Scene(Annotated((), happenings, things), tuple(frozenset(one.words[:1]) for one in things), found, plain)


def filler(*words: int) -> Filler:
    return Filler(words[0], frozenset(words))


EVENT = Predicate("event", frozenset({2}), 2, (filler(0), filler(1)), "kg:Sale")
TRIPLE = Predicate("proposition", frozenset({2, 3}), 2, (filler(7), filler(9)))
NOUN = Predicate("proposition", frozenset({6}), 6, (filler(4),))
OUTSIDE = Predicate("proposition", frozenset({1}), 1, (filler(0),))
CUE = Predicate("statement", frozenset({8}), 8)
ROOT = Predicate("plain", frozenset({2}), 2, (filler(0), filler(3)))


def figures(one: Scene) -> dict[str, float]:
    return {row.measure: round(row.value, 1) for row in events.coverage([one])}


def test_a_mention_is_covered_where_a_word_of_it_is_a_word_of_ours() -> None:
    found = figures(scene(EVENT, TRIPLE, NOUN, OUTSIDE, CUE, plain=(ROOT,)))
    assert found["recall, with statements"] == 100.0
    assert found["recall"] == 66.7
    assert found["recall, typed events"] == found["plain, recall"] == 33.3
    assert (found["recall, VERB"], found["recall, NOUN"], found["recall, OTHER"]) == (100.0, 100.0, 0.0)


def test_each_head_of_our_predicates_is_asked_once_whether_it_is_an_event() -> None:
    found = figures(scene(EVENT, TRIPLE, OUTSIDE, CUE))
    assert found["precision"] == 50.0  # at 2, twice, and at 1
    assert found["precision, typed events"] == 100.0


def test_who_takes_part_is_judged_once_a_thing_and_what_is_no_thing_not_at_all() -> None:
    one = scene(EVENT, TRIPLE)
    judged = events.judge(one.gold.happenings[0], [EVENT, TRIPLE], one)
    assert judged.right == {"A"} and judged.missed == {"B"}
    assert judged.wrong == (filler(9),)  # the word 1 is no thing, 0 and 7 are one


def test_a_filler_stands_for_what_the_heads_of_its_mentions_are() -> None:
    one = scene()
    assert events.stands_for(filler(1, 7), one.gold.things, one.heads) == {"A"}
    assert events.stands_for(filler(4), one.gold.things, one.heads) == frozenset()  # inside B, but not its head


def test_participants_are_asked_of_matched_events_and_the_plain_answer_beside() -> None:
    rows = list(events.participants([scene(EVENT, NOUN, plain=(ROOT,))]))
    found = {row.measure: round(row.value, 1) for row in rows}
    assert (found["precision"], found["recall"]) == (100.0, 33.3)  # A of the first; B, and A of the noun are missed
    assert (found["typed events, precision"], found["typed events, recall"]) == (100.0, 50.0)
    assert (found["plain, precision"], found["plain, recall"]) == (100.0, 100.0)
    assert found["plain, F1 over all events"] == 80.0
    assert [row.measure for row in rows if row.target] == ["F1"]


def tree() -> Doc:
    words = TEXT.split()
    return Doc(
        spacy.blank("en").vocab, words=words,
        pos=["PROPN", "PART", "NOUN", "VERB", "PRON", "VERB", "NUM", "NOUN", "ADP", "PROPN", "PUNCT"],
        heads=[2, 0, 3, 3, 5, 3, 7, 5, 9, 5, 3],
        deps=["nmod:poss", "case", "nsubj", "root", "nsubj", "ccomp", "nummod", "obj", "case", "obl", "punct"],
    )  # fmt: skip


def test_the_heads_of_a_mention_are_its_head_and_what_is_joined_to_it() -> None:
    assert events.head_words(tree(), (0, 1, 2)) == {2}
    words = ["Acme", "and", "Bolt", "bought", "one", "of", "the", "planes"]
    doc = Doc(
        spacy.blank("en").vocab, words=words,
        pos=["PROPN", "CCONJ", "PROPN", "VERB", "NUM", "ADP", "DET", "NOUN"],
        heads=[3, 2, 0, 3, 3, 7, 7, 4],
        deps=["nsubj", "cc", "conj", "root", "obj", "case", "det", "nmod"],
    )  # fmt: skip
    assert events.head_words(doc, (0, 1, 2)) == {0, 2}
    assert events.head_words(doc, (0,)) == {0}  # «Bolt» is no part of this one
    assert events.head_words(doc, (4, 5, 6, 7)) == {4, 7}


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_our_predicates_have_the_words_that_say_them_and_their_fillers_all_mentions_of_an_entity() -> None:
    mentions = tuple(
        Mention(*span(words), span(words), "Organization", "name", entity)
        for words, entity in (("Acme", 0), ("it", 0), ("Bolt", 1))
    )
    planes = Amount(*span("30 planes"), 30, 30, 30, "plane", noun=span("planes"))
    record = Extraction(
        Article.of(TEXT), mentions=mentions, amounts=(planes,),
        events=(Event("kg:Sale", span("bought"), (Role("kg:buyer", mention=1), Role("kg:count", amount=0))),),
        propositions=(
            Proposition(
                Argument("it", (span("it"),), mention=1),
                Relation("bought from", "buy from", (span("bought"), span("from"))),
                Argument("Bolt", (span("Bolt"),), mention=2), 0,
            ),
            Proposition(Argument("Acme", mention=0), Relation("has", "have"), Argument("boss", (span("boss"),)), 0),
        ),
        statements=(Statement(None, span("said"), (), "indirect"),),
    )  # fmt: skip
    buyer, planes_bought, seller = Filler(4, frozenset({0, 4})), filler(7), filler(9)
    assert list(events.ours(record, tree())) == [
        Predicate("event", frozenset({5}), 5, (buyer, planes_bought), "kg:Sale"),
        Predicate("proposition", frozenset({5, 8}), 5, (buyer, seller)),
        Predicate("statement", frozenset({3}), 3),
    ]


def test_the_plain_answer_is_the_verb_at_the_root_of_each_sentence() -> None:
    assert list(events.plain(tree())) == [Predicate("plain", frozenset({3}), 3, (filler(2),))]


def test_the_report_counts_classes_and_lemmas() -> None:
    *_, line = events_errors.classes([scene(EVENT, EVENT)])
    assert line.split() == ["kg:Sale", "2", "2", "2", "0", "2", "100%"]
    lost = [events_errors.Missed("deal", "NOUN", why, "a [deal]") for why in ("no class", "no class", "be")]
    assert any("3 deal" in line and "2 no class, 1 be" in line for line in events_errors.lemmas(lost, 5))


@pytest.mark.skipif(not (DATA / "meantime").is_dir(), reason="MEANTIME is not there; set KG_DATA to its folder")
def test_events_and_participants_stay_above_their_floors() -> None:
    found = {(row.data.partition(",")[0], row.measure): row.value for row in events.rows(DATA)}
    assert found["events", "recall, with statements"] >= 56.0
    assert found["events", "recall"] >= 47.0
    assert found["events", "recall, typed events"] >= 6.5
    assert found["events", "precision"] >= 91.0
    assert found["participants", "F1"] >= 74.0
    assert found["events", "recall"] > found["events", "plain, recall"]
