"""The scorer of events across documents: how annotations are read, what is compared, and its floors."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.records import Article, Event, Extraction, Resolution, Span
from kg.score import event_coreference as scorer
from kg.score.event_coreference import Told
from kg.score.meantime import Linked, linked

DATA = Path(os.environ.get("KG_DATA") or Path(__file__).parents[2] / "shared" / "data")
XML = """<Document>
<token t_id="1" sentence="0">Acme</token><token t_id="2" sentence="0">bought</token>
<token t_id="3" sentence="1">The</token><token t_id="4" sentence="1">deal</token>
<token t_id="5" sentence="6">It</token><token t_id="6" sentence="6">paid</token>
<Markables>
<EVENT_MENTION m_id="1"><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION m_id="2"><token_anchor t_id="4"/></EVENT_MENTION>
<EVENT_MENTION m_id="3"><token_anchor t_id="6"/></EVENT_MENTION>
<EVENT m_id="7" instance_id="deal 1"/></Markables>
<Relations><REFERS_TO><source m_id="1"/><target m_id="7"/></REFERS_TO></Relations></Document>"""


def test_an_annotation_is_read_with_its_events_and_without_later_sentences(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text(XML, encoding="utf-8")
    found = linked(tmp_path / "one.xml", "EVENT")
    assert found.sentences == (("Acme", "bought"), ("The", "deal"), ("It", "paid"))
    assert found.mentions == (((1,), "deal 1"), ((3,), "one 2"))


def test_mentions_that_both_sides_have_are_compared(tmp_path: Path) -> None:
    gold = Linked(tmp_path / "one.xml", (("Acme", "bought", "it"),), (((1,), "deal 1"), ((2,), "one 2")), 3)
    doc = Doc(spacy.blank("en").vocab, words=["Acme", "bought", "it"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"])
    events = tuple(Event("kg:Acquisition", Span(*span), ()) for span in ((5, 11), (0, 4)))
    found = Resolution(Extraction(Article.of(doc.text), events=events), ("a", "b"))
    assert list(scorer.told(gold, doc, found)) == [Told(("one", 1), "deal 1", "a", "one kg:Acquisition ")]


def test_links_across_articles_leave_out_those_within_one() -> None:
    mentions = [Told((article, word), theirs, "", "") for article, word, theirs in (
        ("one", 1, "x"), ("one", 5, "x"), ("two", 1, "x"), ("two", 3, "y"),
    )]  # fmt: skip
    assert scorer.across(mentions, ["a", "b", "a", "a"]) == (50.0, 50.0)
    assert scorer.across(mentions, ["a", "a", "b", "b"]) == (0.0, 0.0)


@pytest.mark.skipif(not (DATA / "meantime").is_dir(), reason="needs the public data")
def test_events_across_articles_stay_above_their_floors() -> None:
    found = {row.measure: row.value for row in scorer.rows(DATA)}
    assert found["mentions compared (number)"] >= 200
    assert found["CoNLL F1"] >= 74 and found["B³ F1"] >= 88
