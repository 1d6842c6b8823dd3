"""Everything known of an entity, from a graph written by hand."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from kg import ask
from kg.errors import UsageError
from kg.names import BASE, PREFIXES
from kg.records import Answer
from kg.show import Line, Shown, show
from kg.store import Store

HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
BODY = """
GRAPH <article/a1> {
  <article/a1> a schema:NewsArticle ; schema:datePublished "2024-05-06"^^xsd:date .
  <claim/c1> a kg:Claim ; rdf:subject <entity/tarn> ; rdf:predicate kg:acquired ; rdf:object <entity/pike> ;
    kg:polarity kg:Positive ; kg:certainty kg:Certain ; kg:tense kg:Past ; kg:aboutEvent <event/e> ;
    prov:wasDerivedFrom <article/a1> ; kg:evidence <article/a1#char=0,9> , <article/a1#char=12,16> .
  <claim/c2> a kg:Claim ; rdf:subject <event/e> ; rdf:predicate kg:price ; rdf:object "much" ;
    kg:polarity kg:Negative ; kg:certainty kg:Possible ; kg:tense kg:Future ; kg:aboutEvent <event/e> ;
    kg:attributedTo <entity/ann> ; kg:statedIn <statement/s> ;
    prov:wasDerivedFrom <article/a1> ; kg:evidence <article/a1#char=20,24> .
  <claim/c3> a kg:Claim ; rdf:subject <entity/other> ; rdf:predicate kg:owns ; rdf:object "a shop" ;
    kg:polarity kg:Positive ; kg:certainty kg:Certain ; kg:tense kg:Present ;
    prov:wasDerivedFrom <article/a1> ; kg:evidence <article/a1#char=12,16> .
  <statement/s> a kg:Statement ; kg:speaker <entity/ann> ; kg:addressee <entity/tarn> ; kg:text "not for much" ;
    kg:quotation kg:Indirect ; prov:wasDerivedFrom <article/a1> .
  <article/a1#char=0,9> oa:hasSelector <article/a1#s0> . <article/a1#s0> oa:start 0 ; oa:exact "Tarn took" .
  <article/a1#char=12,16> oa:hasSelector <article/a1#s1> . <article/a1#s1> oa:start 12 ; oa:exact "Pike" .
  <article/a1#char=20,24> oa:hasSelector <article/a1#s2> . <article/a1#s2> oa:start 20 ; oa:exact "much" .
  <entity/tarn> kg:denotedBy <article/a1#char=0,9> . <entity/pike> kg:denotedBy <article/a1#char=12,16> .
  <entity/ann> kg:denotedBy <article/a1#char=20,24> . <entity/twin> kg:denotedBy <article/a1#char=20,24> .
}
GRAPH <graph/entities> {
  <entity/tarn> a schema:Organization ; rdfs:label "Tarn Robotics" ; skos:altLabel "Tarn" .
  <entity/pike> a schema:Organization ; rdfs:label "Pike" .
  <entity/ann> a schema:Person ; rdfs:label "Ann Lee" .
  <entity/twin> a schema:Place ; rdfs:label "Pike's Peak" ; skos:altLabel "PIKE" .
}
"""


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.inner.load(HEAD + BODY, format=ox.RdfFormat.TRIG)
    return made


def shown(store: Store, name: str) -> list[Shown]:
    def asked(text: str, bound: dict[str, Any]) -> Answer:
        answer = ask.ask(store, text, parameters=bound)
        assert isinstance(answer, Answer)
        return answer

    return show(asked, name)


def test_a_name_in_any_case_or_an_address(store: Store) -> None:
    (tarn,) = shown(store, "tarn robotics")
    assert (tarn.iri, tarn.label, tarn.types, tarn.names) == (
        f"{BASE}entity/tarn", "Tarn Robotics", ("Organization",), ("Tarn",),
    )  # fmt: skip
    assert shown(store, "TARN") == shown(store, f"{BASE}entity/tarn") == [tarn]


def test_several_of_a_name(store: Store) -> None:
    assert [found.label for found in shown(store, "Pike")] == ["Pike", "Pike's Peak"]


def test_lines_have_words_stance_and_speaker(store: Store) -> None:
    (pike, _) = shown(store, "Pike")
    assert pike.lines == (
        Line("Tarn Robotics", "acquired", "Pike", "", None, "Tarn took … Pike", "a1", "2024-05-06", f"{BASE}claim/c1"),
        Line(
            "e", "price", "much", "denied, possible, future", "Ann Lee", "much", "a1", "2024-05-06", f"{BASE}claim/c2",
        ),
    )
    (tarn,) = shown(store, "Tarn")
    assert [line.relation for line in tarn.lines] == ["acquired"]


def test_what_somebody_said(store: Store) -> None:
    (ann,) = shown(store, "Ann Lee")
    words = "not for much"
    assert ann.said == (Line("Ann Lee", "said", words, "indirect", "Tarn Robotics", words, "a1", "2024-05-06"),)


@pytest.mark.parametrize("name", ["Nobody", "", '" . } #', "https://example.org/x", "http://no address", "Tarn Rob"])
def test_what_is_not_there(store: Store, name: str) -> None:
    with pytest.raises(UsageError, match="nothing in the graph"):
        shown(store, name)
