"""Relations and echoes on trees written by hand: what a noun describes, what it shares, where an address ends."""

from __future__ import annotations

import pytest
import spacy

from kg import extract, ontology
from kg.extract.address import address
from kg.extract.frame_fill import Scene
from kg.records import Extraction, Mention, Span
from kg.resolve import link
from kg.resolve.event import event_keys
from tests.extract.parse import parse

APPOSED = (
    "Bolt, a unit of Acme, sued.",
    """
    Bolt 7 nsubj PROPN _ _ B-Organization
    ,    4 punct PUNCT
    a    4 det   DET
    unit 1 appos NOUN unit NN
    of   6 case  ADP
    Acme 4 nmod  PROPN _ _ B-Organization
    ,    4 punct PUNCT
    sued 0 root  VERB sue VBD
    .    8 punct PUNCT
    """.replace("Bolt 7", "Bolt 8"),
)
ADJACENT = (
    "Ann Lee is head of Bolt, a unit of Acme.",
    """
    Ann  4 nsubj PROPN _ _ B-Person
    Lee  1 flat  PROPN _ _ I-Person
    is   4 cop   AUX be VBZ
    head 0 root  NOUN head NN
    of   6 case  ADP
    Bolt 4 nmod  PROPN _ _ B-Organization
    ,    9 punct PUNCT
    a    9 det   DET
    unit 4 appos NOUN unit NN
    of   11 case ADP
    Acme 9 nmod  PROPN _ _ B-Organization
    .    4 punct PUNCT
    """,
)
SHARED = (
    "Ann Lee is founder and boss of Acme.",
    """
    Ann     4 nsubj PROPN _ _ B-Person
    Lee     1 flat  PROPN _ _ I-Person
    is      4 cop   AUX be VBZ
    founder 0 root  NOUN founder NN
    and     6 cc    CCONJ
    boss    4 conj  NOUN boss NN
    of      8 case  ADP
    Acme    4 nmod  PROPN _ _ B-Organization
    .       4 punct PUNCT
    """,
)
APART = (
    "Ann Lee is founder of Bolt and the boss of Acme.",
    """
    Ann     4 nsubj PROPN _ _ B-Person
    Lee     1 flat  PROPN _ _ I-Person
    is      4 cop   AUX be VBZ
    founder 0 root  NOUN founder NN
    of      6 case  ADP
    Bolt    4 nmod  PROPN _ _ B-Organization
    and     9 cc    CCONJ
    the     9 det   DET
    boss    4 conj  NOUN boss NN
    of      11 case ADP
    Acme    9 nmod  PROPN _ _ B-Organization
    .       4 punct PUNCT
    """,
)
BECOMING = (
    "Ann Lee became president of Acme.",
    """
    Ann       3 nsubj PROPN _ _ B-Person
    Lee       1 flat  PROPN _ _ I-Person
    became    0 root  VERB become VBD
    president 3 xcomp NOUN president NN
    of        6 case  ADP
    Acme      4 nmod  PROPN _ _ B-Organization
    .         3 punct PUNCT
    """,
)
FORMER = (
    "Ann Lee, former president of Acme, left.",
    """
    Ann       8 nsubj PROPN _ _ B-Person
    Lee       1 flat  PROPN _ _ I-Person
    ,         5 punct PUNCT
    former    5 amod  ADJ former JJ
    president 1 appos NOUN president NN
    of        7 case  ADP
    Acme      5 nmod  PROPN _ _ B-Organization
    ,         5 punct PUNCT
    left      0 root  VERB leave VBD
    .         9 punct PUNCT
    """.replace("Ann       8", "Ann       9"),
)
LISTED = (
    "Acme's customers include Bolt and Nut.",
    """
    Acme      3 nmod:poss PROPN _ _ B-Organization
    's        1 case      PART 's POS
    customers 4 nsubj     NOUN customer NNS
    include   0 root      VERB include VBP
    Bolt      4 obj       PROPN _ _ B-Organization
    and       7 cc        CCONJ
    Nut       5 conj      PROPN _ _ B-Organization
    .         4 punct     PUNCT
    """,
)
DESCRIBED = (
    "Acme is a firm based in Tarn, Norland.",
    """
    Acme    4 nsubj PROPN _ _ B-Organization
    is      4 cop   AUX be VBZ
    a       4 det   DET
    firm    0 root  NOUN firm NN
    based   4 acl   VERB base VBN
    in      7 case  ADP
    Tarn    5 obl   PROPN _ _ B-Place
    ,       9 punct PUNCT
    Norland 7 appos PROPN _ _ B-Place
    .       4 punct PUNCT
    """,
)
BORN = (
    "Ann Lee was born in the village of Tarn.",
    """
    Ann     4 nsubj:pass PROPN _ _ B-Person
    Lee     1 flat       PROPN _ _ I-Person
    was     4 aux:pass   AUX be VBD
    born    0 root       VERB bear VBN
    in      7 case       ADP
    the     7 det        DET
    village 4 obl        NOUN village NN
    of      9 case       ADP
    Tarn     7 nmod       PROPN _ _ B-Place
    .       4 punct      PUNCT
    """,
)


def record(sentence: tuple[str, str]) -> Extraction:
    return extract.extraction(parse(*sentence), ontology.load())


def told(sentence: tuple[str, str], property_: str) -> set[tuple[str, str]]:
    found = record(sentence).propositions
    return {(one.subject.text, one.object.text) for one in found if one.property == property_}


@pytest.mark.parametrize(
    ("sentence", "property_", "pairs"),
    [
        (APPOSED, "schema:parentOrganization", {("Bolt", "Acme")}),
        (ADJACENT, "schema:parentOrganization", {("Bolt", "Acme")}),
        (SHARED, "kg:founded", {("Ann Lee", "Acme")}),
        (SHARED, "kg:leads", {("Ann Lee", "Acme")}),
        (APART, "kg:founded", {("Ann Lee", "Bolt")}),
        (APART, "kg:leads", {("Ann Lee", "Acme")}),
        (BECOMING, "kg:leads", {("Ann Lee", "Acme")}),
        (LISTED, "kg:customerOf", {("Bolt", "Acme"), ("Nut", "Acme")}),
        (DESCRIBED, "kg:headquarteredIn", {("Acme", "Tarn"), ("Acme", "Norland")}),
        (BORN, "schema:birthPlace", {("Ann Lee", "Tarn")}),
    ],
    ids=["apposed", "adjacent", "shared-of", "shared-subject", "apart-1", "apart-2", "becoming", "listed", "described",
         "contained"],
)  # fmt: skip
def test_a_relation_holds_of_what_its_noun_describes(
    sentence: tuple[str, str], property_: str, pairs: set[tuple[str, str]]
) -> None:
    assert told(sentence, property_) == pairs


def test_what_was_once_is_told_as_past() -> None:
    tenses = {one.property: one.tense for one in record(FORMER).propositions}
    assert tenses["kg:leads"] == "past"
    now = {one.property: one.tense for one in record(APPOSED).propositions}
    assert now["schema:parentOrganization"] == "present"


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("in Tarn, Norland.", ["Norland"]),
        ("in Tarn, Norland and Oster.", []),
        ("in Tarn, Norland, and the team left.", ["Norland"]),
        ("in Tarn. Norland won.", []),
    ],
)
def test_an_address_goes_on_behind_commas_and_a_list_is_none(text: str, behind: list[str]) -> None:
    doc = spacy.blank("en")(text)
    names = [name for name in ("Tarn", "Norland", "Oster") if name in text]
    places = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    mentions = [Mention(*place, place, "Place", "name", i) for i, place in enumerate(places)]
    scene = Scene.of((), mentions, (), (), doc, ontology.load())
    assert [text[mentions[i].start : mentions[i].end] for i in address(scene, 0)] == behind


BOUGHT = (
    "Acme bought Bolt. Lee praised the deal. Lee praised a deal.",
    """
    Acme    2 nsubj PROPN _ _ B-Organization
    bought  0 root  VERB buy VBD
    Bolt    2 obj   PROPN _ _ B-Organization
    .       2 punct PUNCT

    Lee     2 nsubj PROPN _ _ B-Person
    praised 0 root  VERB praise VBD
    the     4 det   DET
    deal    2 obj   NOUN deal NN
    .       2 punct PUNCT

    Lee     2 nsubj PROPN _ _ B-Person
    praised 0 root  VERB praise VBD
    a       4 det   DET
    deal    2 obj   NOUN deal NN
    .       2 punct PUNCT
    """,
)


def test_a_definite_noun_points_back_to_the_event_told_before() -> None:
    found = record(BOUGHT)
    text = found.article.text
    told = [(one.class_, text[slice(*one.trigger)], bool(one.roles), one.sentence) for one in found.events]
    assert told == [("kg:Acquisition", "bought", True, 0), ("kg:Acquisition", "deal", False, 1)]
    assert len(set(event_keys(link(found)))) == 1


def test_without_an_event_before_it_a_noun_points_to_nothing() -> None:
    _, second, third = BOUGHT[0].split(". ")
    rows = BOUGHT[1].strip().split("\n\n")
    assert not record((f"{second}. {third}", "\n\n".join(rows[1:]))).events


TRADE = (
    "Bolt is a real estate firm.",
    """
    Bolt   6 nsubj    PROPN _ _ B-Organization
    is     6 cop      AUX be VBZ
    a      6 det      DET
    real   5 amod     ADJ real JJ
    estate 6 compound NOUN estate NN
    firm   0 root     NOUN firm NN
    .      6 punct    PUNCT
    """,
)


def test_a_trade_before_a_firm_tells_the_industry() -> None:
    assert told(TRADE, "kg:industry") == {("Bolt", "real estate")}
    rows = TRADE[1].replace("real ", "big  ").replace("estate", "family")
    assert not told((TRADE[0].replace("real estate", "big family"), rows), "kg:industry")
    unnamed = (TRADE[0].replace("Bolt", "Here"), TRADE[1].replace("Bolt   6 nsubj    PROPN _ _ B-Organization",
                                                                  "Here   6 advmod   ADV"))  # fmt: skip
    assert not told(unnamed, "kg:industry")
