"""The ranker: features of candidates on hand-built parses, what is told by given weights, and the shipped weights."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import resources

import pytest
from spacy.tokens import Doc

from kg import extract, ontology
from kg.extract import clause, frame_fill, loose, ranker, relation, rules
from kg.extract.loose import Candidate, Pair
from kg.extract.parts import Reading
from kg.extract.ranker import Loose, Ranker
from kg.records import Extraction
from tests.extract.parse import parse

ACQUIRED = "kg:acquired"
DEAL = "Acme, whose takeover of Bolt closed, grew."
ROWS = """
Acme     8 nsubj     PROPN _ _ B-Organization
,        1 punct     PUNCT
whose    4 nmod:poss PRON  _ WP$
takeover 7 nsubj     NOUN  takeover
of       6 case      ADP
Bolt     4 nmod      PROPN _ _ B-Organization
closed   1 acl:relcl VERB  close VBD
,        1 punct     PUNCT
grew     0 root      VERB  grow VBD
.        9 punct     PUNCT
"""
SEAT = "Nordvik is based in Leeds."
SEAT_ROWS = """
Nordvik 3 nsubj:pass PROPN _ _ B-Organization
is      3 aux:pass   AUX   be VBZ
based   0 root       VERB  base VBN
in      5 case       ADP
Leeds   3 obl        PROPN _ _ B-Place
.       3 punct      PUNCT
"""


def deal() -> Doc:
    return parse(DEAL, ROWS.replace("Acme     8", "Acme     9"))


def scene_of(doc: Doc) -> tuple[Extraction, frame_fill.Scene]:
    found, known = extract.extraction(doc, ontology.load(), ranker=False), ontology.load()
    return found, frame_fill.Scene.of(clause.clauses(doc), found.mentions, found.amounts, found.times, doc, known)


def candidates(doc: Doc, *, read: tuple[Pair, ...] = ()) -> dict[tuple[str, str, str], Candidate]:
    """The candidates for an acquisition by their two names and their trigger."""
    found, scene = scene_of(doc)
    text, words = doc.text, loose.words_of(scene.ontology, [ACQUIRED])

    def said(index: int) -> str:
        return text[found.mentions[index].start : found.mentions[index].end]

    every = loose.candidates(scene, words, read)
    return {(said(one.subject), doc[one.trigger].text, said(one.object)): one for one in every}


def test_a_candidate_is_a_trigger_with_two_mentions_of_fitting_kinds() -> None:
    found = candidates(deal())
    assert {("Acme", "takeover", "Bolt"), ("Bolt", "takeover", "Acme")} <= set(found)
    assert not candidates(parse(SEAT, SEAT_ROWS)), "nothing there is a word of an acquisition"


def test_what_is_weighed_of_a_candidate() -> None:
    features = candidates(deal())["Acme", "takeover", "Bolt"].features
    assert {
        "kinds Organization Organization", "forms name name", "order so", "names 0", "so takeover", "so takeover of",
        "trigger takeover", "order sto", "to object vnmod.of", "to subject ^nsubj ^acl:relcl", "on takeover",
    } <= set(features)  # fmt: skip
    assert not [one for one in features if "Acme" in one or "acme" in one or "bolt" in one], "no name is a feature"


def test_what_frames_read_of_the_same_word_is_weighed_but_not_of_the_same_pair() -> None:
    one = candidates(deal())["Acme", "takeover", "Bolt"]
    turned = Pair(ACQUIRED, one.trigger, one.object, one.subject)
    other = candidates(deal(), read=(turned,))["Acme", "takeover", "Bolt"]
    assert set(other.features) - set(one.features) == {"read other so"}
    same = Pair(ACQUIRED, one.trigger, one.subject, one.object)
    assert candidates(deal(), read=(same,))["Acme", "takeover", "Bolt"].features == one.features


def test_a_phrase_is_a_trigger_with_its_words_before_it() -> None:
    words = loose.words_of(ontology.load(), ["kg:chiefExecutiveOf"])
    assert any("chief" in phrase for phrase in words.triggers["executive"]["kg:chiefExecutiveOf"])
    assert "executive" not in words.triggers["executive"]["kg:chiefExecutiveOf"]


def told(found: Extraction, name: str) -> list[str]:
    return [f"{p.subject.text} {p.property} {p.object.text}" for p in found.propositions if p.rule == name]


def sure(constant: float, *, least: float = 0.8) -> Ranker:
    return Ranker({}, {ACQUIRED: Loose(least, {"": constant, "to object vnmod.of": 2.0})})


def test_a_candidate_is_told_from_the_least_score_on_with_its_rule_and_its_words() -> None:
    found = extract.extraction(deal(), ontology.load(), ranker=sure(0.0))
    if told(extract.extraction(deal(), ontology.load(), ranker=False), "frame:acquisition"):
        pytest.skip("a frame reads this by now")
    assert told(found, "ranker:acquired") == ["Acme kg:acquired Bolt"]
    (one,) = (p for p in found.propositions if p.rule == "ranker:acquired")
    assert one.confidence == 0.88
    assert [DEAL[start:end] for start, end in one.spans] == ["Acme", "takeover", "Bolt"]
    assert not told(extract.extraction(deal(), ontology.load(), ranker=sure(0.0, least=0.89)), "ranker:acquired")


def test_nothing_is_told_twice() -> None:
    found = extract.extraction(deal(), ontology.load(), ranker=sure(9.0))
    pairs = [(p.property, p.subject.text, p.object.text) for p in found.propositions if p.property == ACQUIRED]
    assert len(pairs) == len(set(pairs)) and len({frozenset(pair) for pair in pairs}) == len(pairs)


def test_off_is_what_it_was() -> None:
    for make in (deal, lambda: parse(SEAT, SEAT_ROWS)):
        none = Ranker({}, {})
        assert extract.extraction(make(), ontology.load(), ranker=False) == extract.extraction(
            make(), ontology.load(), ranker=none
        )


def test_what_a_frame_reads_gets_its_score_and_a_low_one_is_told_to_who_asks() -> None:
    dropped: list[tuple[Reading, str]] = []

    def read(weights: dict[str, float]) -> list[relation.Related]:
        _, scene = scene_of(doc)
        related = relation.relations(scene, clause.clauses(doc))
        return Ranker(weights, {}).judged(scene, related, lambda one, why: dropped.append((one, why)))

    doc = parse(SEAT, SEAT_ROWS)
    before = read({})
    assert before and [one.confidence for one in read({"": 2.0})] == [0.88] * len(before)
    assert not dropped
    assert not read({"": 2.0, "object at vobl.in": -3.0})
    (one, why), *_ = dropped
    assert one.rule == before[0].rule and "0.27 is below" in why


def test_the_same_words_give_the_same_whatever_was_read_before(shipped: Ranker) -> None:
    first = extract.extraction(deal(), ontology.load())
    extract.extraction(parse(SEAT, SEAT_ROWS), ontology.load())
    assert extract.extraction(deal(), ontology.load()) == first
    assert extract.extraction(deal(), ontology.load(), ranker=shipped) == first


@pytest.fixture
def shipped() -> Ranker:
    return ranker.shipped()


def test_the_shipped_weights_have_their_shape(shipped: Ranker) -> None:
    file = resources.files("kg.extract") / ranker.TABLE
    text = file.read_text(encoding="utf-8")
    table, known = json.loads(text), ontology.load()
    assert set(table) == {"readings", "loose"} and len(text) < 400_000
    weights = [table["readings"], *(row["weights"] for row in table["loose"].values())]
    assert all("" in one and all(round(value, 2) == value for value in one.values()) for one in weights)
    assert all(0.5 <= row["least"] < 1 for row in table["loose"].values())
    assert set(shipped.loose) <= set(known.labels), "every property is one of the ontology"


def test_each_rule_of_the_ranker_is_described(shipped: Ranker) -> None:
    describe: Callable[[str], rules.Rule] = lambda name: rules.described(name, ontology.load())  # noqa: E731
    for name in shipped.loose:
        found = describe(rules.RANKER + name.partition(":")[2])
        assert ontology.load().labels[name] in found.does
