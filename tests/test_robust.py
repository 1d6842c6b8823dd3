"""Whatever the text, reading it gives a record: no exception, no hang, and every offset in its place.

The texts are our own: other languages, control characters, marks of direction, sentences without an end, and random
mixtures of what news is made of with what it is not.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as st

from kg import extract, language, ontology
from kg.records import Amount, Article, Extraction, Mention, Reference, Span, Time, as_data
from kg.resolve import link

PIECES = (
    "Acme", "bought", "Bolt", "said", "that", "the", "of", "and", "not", "may", "$3.9bn", "5%", "“", "”", "‘", "’", '"',
    "(", ")", "[", "]", "—", "...", ",", ".", ";", ":", "?", "!", "1,234", "Tuesday", "in 2019", "according to", "who",
    "\u202e", "\u200b", "\u0000", "\u0007", "\x1b[31m", "\u0301", "\U0001f600", "日本", "شركة", "Компания", "\ud7ff",
    "\n", "\n\n", "\t", "\r\n", "'s", "n't", "/", "@", "#", "<b>", "&amp;", "Ms.", "Jr.", "U.S.", "--", "x" * 300,
)  # fmt: skip
TEXTS = {
    "nothing": "",
    "a line end": "\r\n",
    "white space": " \t\n\u2003\u00a0\u200b \n",
    "control characters": "Acme\x00 bought\x1b[2J Bolt\x07 for\x08 $3\x7f million.",
    "right to left": "\u202eAcme bought Bolt\u202c and \u200fsold\u200e Nut\u2067 today\u2069.",
    "combining": "A\u0301c\u0308m\u0303e bo\u0300ught Bo\u0301lt.",
    "lone surrogate": "Acme bought \ud800 Bolt, said \udfff Ann Lee.",
    "German": "Die Firma Acme hat am Dienstag den Hersteller Bolt für 3,9 Mio. Euro gekauft, sagte Anna Lee.",
    "French": "La société Acme a racheté Bolt pour 3,9 millions d’euros, a déclaré Anne Lee mardi.",
    "Russian": "Компания Acme купила завод Bolt за 3,9 млн долларов, сообщила Анна Ли во вторник.",
    "Arabic": "اشترت شركة أكمي مصنع بولت مقابل 3.9 مليون دولار، حسبما قالت آنا لي يوم الثلاثاء.",
    "Chinese": "阿克米公司周二以三百九十万美元收购了博尔特工厂，安娜·李表示。",
    "Hindi": "एक्मे कंपनी ने मंगलवार को बोल्ट को 39 लाख डॉलर में खरीदा, अन्ना ली ने कहा।",
    "quotation marks": '"' * 400 + " said Acme " + "”" * 100,
    "brackets": "(" * 500 + "Acme" + ")" * 500,
    "digits": "1" * 5000 + " people and " + "$" * 500 + "3 million",
}
CHARACTERS = 100_000
"""What the random mixtures come to in every run of the tests; KG_FUZZ=1000000 makes it a million."""


def read(text: str) -> Extraction:
    """The record of a text, linked as ``build`` does it."""
    (doc,) = language.parse([Article.of(text)])
    return link(extract.extraction(doc, ontology.load()))


def check(text: str) -> None:
    """Every stretch lies in the text, begins before it ends, and the record can be written as UTF-8."""
    record = read(text)
    assert len(record.article.text) == len(text)
    assert all(0 <= span.start < span.end <= len(text) for span in stretches(record))
    assert all(0 <= one.confidence <= 1 for one in record.propositions)
    assert json.dumps(as_data(record), ensure_ascii=False).encode()


def stretches(record: Extraction) -> Iterator[Span | Mention | Time | Amount | Reference]:
    """Every stretch of a record, in whatever part of it."""
    yield from (*record.sentences, *record.mentions, *record.times, *record.amounts)
    yield from (mention.head for mention in record.mentions)
    yield from (amount.noun for amount in record.amounts if amount.noun)
    for statement in record.statements:
        yield from statement.content
        yield from filter(None, (statement.speaker, statement.cue, statement.addressee, statement.via))
    for said in record.propositions:
        yield from (*said.spans, *said.subject.spans, *said.object.spans, *said.relation.spans)
    for event in record.events:
        yield from (event.trigger, *event.spans)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_any_kind_gives_a_record(name: str) -> None:
    check(TEXTS[name])


def test_a_sentence_of_ten_thousand_words_gives_a_record() -> None:
    check(" ".join(["Acme bought Bolt and"] * 2500))


@pytest.mark.parametrize("again", ["“We won,” Ann Lee said, and", "Ann Lee, the head of Acme,", "'‘“«", "5% ($3),"])
def test_a_sentence_of_many_words_of_any_kind_gives_a_record(again: str) -> None:
    check(" ".join([again] * (1_200 // len(again.split()))))


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=80).map("".join)))
def test_any_characters_give_a_record(text: str) -> None:
    check(text)


def test_random_mixtures_give_records() -> None:
    chance = random.Random(4)
    left = int(os.environ.get("KG_FUZZ", CHARACTERS))
    while left > 0:
        text = " ".join(chance.choice(PIECES) for _ in range(chance.randint(1, 600)))
        check(text)
        left -= len(text)
