"""Whatever the text, reading it gives a record: no exception, no hang, and every offset in its place.

The texts are our own: other languages, control characters, marks of direction, sentences without an end, and random
mixtures of what news is made of with what it is not.
"""

from __future__ import annotations

import dataclasses
import json
import random

import pytest

from kg import extract, language, ontology
from kg.records import Article, Extraction
from kg.resolve import link

PIECES = (
    "Acme", "bought", "Bolt", "said", "that", "the", "of", "and", "not", "may", "$3.9bn", "5%", "“", "”", "‘", "’", '"',
    "(", ")", "[", "]", "—", "...", ",", ".", ";", ":", "?", "!", "1,234", "Tuesday", "in 2019", "according to", "who",
    "\u202e", "\u200b", "\u0000", "\u0007", "\x1b[31m", "\u0301", "\U0001f600", "日本", "شركة", "Компания", "\ud7ff",
    "\n", "\n\n", "\t", "\r\n", "'s", "n't", "/", "@", "#", "<b>", "&amp;", "Ms.", "Jr.", "U.S.", "--", "x" * 300,
)  # fmt: skip
TEXTS = {
    "nothing": "",
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
    """Every stretch lies in the text, begins before it ends, and the record can be written."""
    record = read(text)
    spans = [*record.mentions, *record.times, *record.amounts]
    spans += [span for found in record.propositions for span in found.spans]
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(0 <= one.confidence <= 1 for one in record.propositions)
    json.dumps(dataclasses.asdict(record), default=str)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_any_kind_gives_a_record(name: str) -> None:
    check(TEXTS[name])


def test_a_sentence_of_ten_thousand_words_gives_a_record() -> None:
    check(" ".join(["Acme bought Bolt and"] * 2500))


def test_random_mixtures_give_records() -> None:
    import os

    chance = random.Random(4)
    left = int(os.environ.get("KG_FUZZ", CHARACTERS))
    while left > 0:
        text = " ".join(chance.choice(PIECES) for _ in range(chance.randint(1, 600)))
        check(text)
        left -= len(text)
