"""A graph as GRAPH.md tells it -> nodes and edges."""
# ruff: noqa: E501 (lines of Turtle)

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.names import PREFIXES
from kg.records import Answer
from kg.view import Edge, Node, records

TRIG = (
    "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    + """
@prefix e: <https://w3id.org/newskg/entity/> .
@prefix v: <https://w3id.org/newskg/event/> .
@prefix c: <https://w3id.org/newskg/claim/> .
@prefix s: <https://w3id.org/newskg/statement/> .
@prefix a: <https://w3id.org/newskg/article/> .
@prefix m: <https://w3id.org/newskg/amount/> .
@prefix g: <https://w3id.org/newskg/graph/> .
g:asserted { e:acme kg:acquired e:bolt . }
g:reported { e:bolt kg:cutPositionsIn e:finance . e:ada kg:told e:herald . e:ada kg:said s:1 . }
g:entities {
  e:acme rdfs:label "Acme" ; skos:altLabel "Acme Inc." ; a schema:Organization, schema:Corporation .
  e:bolt rdfs:label "Bolt" ; a schema:Organization . e:ada rdfs:label "Ada Marlowe" ; a schema:Person .
  e:herald rdfs:label "The Herald" ; a schema:Organization .
  e:finance rdfs:label "finance" ; a skos:Concept . e:staff rdfs:label "staff" ; a kg:Group .
  v:1 a kg:Event, kg:Acquisition ; kg:status kg:Announced .
  m:1 rdfs:label "$3 million" ; a schema:MonetaryAmount .
  rel:plan-with rdfs:label "plan with" .
}
a:2031-03-04-x {
  a:2031-03-04-x a schema:NewsArticle ; schema:headline "Acme buys Bolt" ; schema:publisher e:herald ;
    schema:datePublished "2031-03-04"^^xsd:date ; schema:url "https://news.example/1"^^xsd:anyURI .
  e:acme kg:denotedBy <https://w3id.org/newskg/article/2031-03-04-x#char=0,4> . e:staff kg:unnamed true .
  c:1 a kg:Claim ; rdf:subject e:acme ; rdf:predicate kg:acquired ; rdf:object e:bolt ; kg:polarity kg:Positive ;
    kg:certainty kg:Certain ; kg:tense kg:Past ; kg:conditional false ; kg:confidence 0.91 ; kg:rule "verb-active" ;
    kg:evidence <https://x.example/p1>, <https://x.example/p2> ; prov:wasDerivedFrom a:2031-03-04-x .
  <https://x.example/p1> a oa:SpecificResource ; oa:hasSource a:2031-03-04-x ; oa:hasSelector <https://x.example/s1> .
  <https://x.example/s1> oa:start 10 ; oa:end 14 ; oa:exact "Acme" ; oa:prefix "On Monday " ; oa:suffix ", of Ostmark, bought Bolt, it said." .
  <https://x.example/p2> a oa:SpecificResource ; oa:hasSource a:2031-03-04-x ; oa:hasSelector <https://x.example/s2> .
  <https://x.example/s2> oa:start 28 ; oa:end 39 ; oa:exact "bought Bolt" ; oa:prefix "On Monday Acme, of Ostmark, " ; oa:suffix ", it said." .
  c:2 a kg:Claim ; rdf:subject e:bolt ; rdf:predicate kg:cutPositionsIn ; rdf:object e:finance ; kg:polarity kg:Positive ;
    kg:certainty kg:Certain ; kg:tense kg:Past ; kg:attributedTo e:ada ; kg:statedIn s:1 ; prov:wasDerivedFrom a:2031-03-04-x .
  s:1 a kg:Statement ; kg:speaker e:ada ; kg:addressee e:herald ; kg:text "we cut" ; prov:wasDerivedFrom a:2031-03-04-x .
  c:3 a kg:Claim ; rdf:subject e:acme ; rdf:predicate rel:plan-with ; rdf:object e:staff ; kg:polarity kg:Positive ;
    kg:certainty kg:Possible ; kg:tense kg:Future ; prov:wasDerivedFrom a:2031-03-04-x .
  c:4 a kg:Claim ; rdf:subject e:acme ; rdf:predicate kg:owns ; rdf:object e:herald ; kg:polarity kg:Negative ;
    kg:certainty kg:Certain ; kg:tense kg:Present ; prov:wasDerivedFrom a:2031-03-04-x .
  c:5 a kg:Claim ; rdf:subject v:1 ; rdf:predicate kg:price ; rdf:object m:1 ; kg:polarity kg:Positive ;
    kg:certainty kg:Certain ; kg:tense kg:Past ; prov:wasDerivedFrom a:2031-03-04-x .
  c:6 a kg:Claim ; rdf:subject v:1 ; rdf:predicate kg:time ; rdf:object "2030-07"^^xsd:gYearMonth ; kg:polarity kg:Positive ;
    kg:certainty kg:Certain ; kg:tense kg:Past ; prov:wasDerivedFrom a:2031-03-04-x .
  c:7 a kg:Claim ; rdf:subject e:ada ; rdf:predicate schema:jobTitle ; rdf:object "chief executive" ; kg:polarity kg:Positive ;
    kg:certainty kg:Certain ; kg:tense kg:Present ; prov:wasDerivedFrom a:2031-03-04-x .
  c:8 a kg:Claim ; rdf:subject e:bolt ; rdf:predicate kg:owns ; rdf:object e:herald ; kg:polarity kg:Positive ;
    kg:certainty kg:Certain ; kg:tense kg:Present ; prov:wasDerivedFrom a:2031-03-04-x .
  c:9 a kg:Claim ; rdf:subject e:bolt ; rdf:predicate kg:owns ; rdf:object e:herald ; kg:polarity kg:Negative ;
    kg:certainty kg:Certain ; kg:tense kg:Present ; kg:attributedTo e:ada ; prov:wasDerivedFrom a:2031-03-04-x .
}
"""
)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    made.load(TRIG.encode(), format=ox.RdfFormat.TRIG)
    return made


def asker(store: ox.Store) -> Any:
    def value(term: Any) -> Any:
        if term is None or isinstance(term, ox.NamedNode):
            return term and term.value
        kind = term.datatype.value.rpartition("#")[2]
        return {"integer": int, "decimal": float, "boolean": "true".__eq__}.get(kind, str)(term.value)

    def ask(query: str) -> Answer:
        found = store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        columns = tuple(variable.value for variable in found.variables)
        return Answer(columns, tuple(tuple(value(row[name]) for name in columns) for row in found))

    return ask


@pytest.fixture(scope="module")
def found(store: ox.Store) -> tuple[dict[str, Node], list[Edge]]:
    nodes, edges = records(asker(store), labels={"kg:acquired": "acquired", "kg:price": "price"})
    return {node.id.rpartition("newskg/")[2]: node for node in nodes}, edges


def edge(edges: list[Edge], source: str, label: str) -> Edge:
    [one] = [e for e in edges if e.source.endswith(source) and e.label == label]
    return one


def test_status_follows_the_facts_and_the_stance(found: tuple[dict[str, Node], list[Edge]]) -> None:
    _, edges = found
    status = {(e.source.rpartition("/")[2], e.label): e.status for e in edges}
    assert status["acme", "acquired"] == "asserted"
    assert status["bolt", "cut positions in"] == "reported"
    assert status["acme", "plan with"] == "possible"
    assert status["acme", "owns"] == "denied"
    assert status["bolt", "owns"] == "disputed"
    assert status["ada", "told"] == "asserted"


def test_evidence_is_the_sentence_with_the_words_that_bear_it(found: tuple[dict[str, Node], list[Edge]]) -> None:
    [words] = edge(found[1], "acme", "acquired").evidence
    assert (words.before, words.words, words.after) == ("On Monday ", "Acme, of Ostmark, bought Bolt", ", it said.")
    assert [words.words[start:end] for start, end in words.marks] == ["Acme", "bought Bolt"]
    assert (words.article_title, words.article_date, words.publisher) == ("Acme buys Bolt", "2031-03-04", "The Herald")
    assert (words.url, words.rule, words.confidence) == ("https://news.example/1", "verb-active", 0.91)
    assert (words.certainty, words.polarity, words.tense, words.speaker) == ("certain", "positive", "past", "")
    assert edge(found[1], "bolt", "cut positions in").evidence[0].speaker == "Ada Marlowe"


def test_saying_leads_from_the_speaker_to_what_is_spoken_of(found: tuple[dict[str, Node], list[Edge]]) -> None:
    said = edge(found[1], "ada", "said")
    assert said.target.endswith("entity/bolt") and said.status == "asserted"
    assert not [e for e in found[1] if "/statement/" in e.target + e.source]


def test_nodes_have_kind_names_titles_articles(found: tuple[dict[str, Node], list[Edge]]) -> None:
    nodes, _ = found
    acme = nodes["entity/acme"]
    assert (acme.label, acme.kind, acme.names, acme.articles) == (
        "Acme",
        "Organization",
        ("Acme Inc.",),
        ("2031-03-04-x",),
    )
    assert nodes["entity/ada"].titles == ("chief executive",)
    assert (nodes["event/1"].label, nodes["event/1"].kind, nodes["event/1"].titles) == (
        "Acquisition",
        "Event",
        ("announced",),
    )
    assert nodes["amount/1"].kind == "Amount"
    assert nodes["entity/staff"].unnamed and not acme.unnamed
    assert [(node.label, node.kind) for node in nodes.values() if node.kind == "Time"] == [("2030-07", "Time")]


def test_around_asks_for_the_neighbours_only(store: ox.Store) -> None:
    nodes, edges = records(asker(store), around="acme inc.", hops=1)
    assert {node.label for node in nodes} >= {"Acme", "Bolt", "staff"}
    assert "Acquisition" not in {node.label for node in nodes}
    assert all(e.source.rpartition("/")[2] in ("acme", "bolt", "herald", "ada", "staff") for e in edges)


@pytest.mark.parametrize(
    "name",
    [
        'x") } ; DROP ALL ; SELECT * { ?s ?p ?o FILTER("" = "',
        "a\\",
        "\n\r\t\x00",
        "'''",
        '"""',
        "é名\U0001f600",
        ">} <x",
    ],
)
def test_a_name_is_never_read_as_sparql(store: ox.Store, name: str) -> None:
    before = len(store)
    with pytest.raises(UsageError, match="no entity called"):
        records(asker(store), around=name)
    assert len(store) == before


def test_an_iri_that_is_none_does_not_enter_the_query(store: ox.Store) -> None:
    with pytest.raises(UsageError):
        records(asker(store), around="https://x.example/> } #")
