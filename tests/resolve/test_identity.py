"""The keys of entities: the same in every article that says enough, and never the same by chance."""

from __future__ import annotations

import pytest

from kg.errors import OntologyError
from kg.resolve import gazetteer, keys, link


def _key(hand, text, words):
    return hand.entity_of(keys(link(hand.marked(text))), words).key


@pytest.mark.parametrize(
    ("mark", "key"),
    [
        ("Acme Tea Inc.|Organization", "acme-tea"),
        ("The Harbour Post|Organization", "harbour-post"),
        ("Acme's|Organization", "acme"),
        ("Dr. Ada Brook|Person", "ada-brook"),
        ("U.S.|Place", "united-states"),
        ("Britain|Place", "united-kingdom"),
        ("British|Group", "british"),
        ("Madonna|Person", "madonna-person"),
        ("office managers|Concept nominal generic", "office-manager-concept"),
        ("Target|Organization", "target"),
        ("target|Concept nominal generic", "target-concept"),
    ],
)
def test_keys_that_articles_share(hand, mark, key):
    assert _key(hand, f"[[{mark}]] again.", mark.split("|")[0]) == key


def test_two_articles_meet_in_the_fullest_name(hand):
    a = _key(hand, "[[Acme Inc.|Organization]] grew.\n[[Acme|Organization]] fell.", "Acme")
    assert a == _key(hand, "So [[Acme|Organization]] sells tea.", "Acme")


@pytest.mark.parametrize(
    "mark",
    ["several workers|Group nominal plural", "a nurse|Person nominal", "they|pronoun", "Mr. Green|Person"],
)
def test_keys_of_one_article(hand, mark):
    words = mark.split("|")[0]
    here, there = _key(hand, f"[[{mark}]] came.", words), _key(hand, f"[[{mark}]] left.", words)
    assert here != there
    assert here.rpartition("-")[0] == there.rpartition("-")[0]


def test_the_digest_is_the_articles_and_the_second_of_a_kind_is_numbered(hand):
    extraction = keys(link(hand.marked("[[a nurse|Person nominal]] met [[a nurse|Person nominal]].")))
    first = f"nurse-{extraction.article.digest[:8]}"
    assert [entity.key for entity in extraction.entities] == [first, f"{first}-2"]


def test_every_form_of_every_country_has_one_usual_name():
    assert gazetteer.canonical("uk") == "united kingdom"
    assert gazetteer.canonical("united kingdom") == "united kingdom"
    assert gazetteer.canonical("nowhere") is None


@pytest.mark.parametrize(
    "line",
    ["country:x skos:prefLabel 'X' .", 'country:y a schema:Country ; skos:prefLabel "Y"@en ; skos:altLabel "Xia"@en .'],
)
def test_a_faulty_row_names_its_line(tmp_path, line):
    file = tmp_path / "countries.ttl"
    row = 'country:x a schema:Country ; skos:prefLabel "Xia"@en .'
    file.write_text(f"# head\n{row}\n{line}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"countries\.ttl:3"):
        gazetteer.read(file)
