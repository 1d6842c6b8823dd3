"""An event is of its class and of every class above it, as the articles that tell of it have them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import emit, names, ontology, view
from kg.records import Resolution, Role
from kg.store import Store
from tests.emit.hand import Hand

EVENT = ox.NamedNode(names.mint("event", "case"))
SHIPPED = ontology.load()


def telling(number: int, *classes: str) -> Resolution:
    """Article ``number`` that tells of one event, once for each class that it takes it for, with a figure."""
    hand = Hand(f"No. {number}. Acme Corp was sued and had to pay $5 million.")
    acme, sum_ = hand.mention("Acme Corp"), hand.amount("$5 million", 5e6, "USD")
    roles = (Role("kg:defendant", mention=acme), Role("kg:amount", amount=sum_))
    for word, class_ in zip(("sued", "pay"), classes, strict=False):
        hand.event(class_, word, "case", *roles)
    return hand.resolution()


def add(store: Store, told: Resolution, tables: ontology.Ontology = SHIPPED) -> str:
    store.change(told.extraction.article.id, emit.told(told, tables, base=store.base))
    return told.extraction.article.id


def held(store: Store, property_: str = "rdf:type") -> set[str]:
    found = store.inner.quads_for_pattern(EVENT, ox.NamedNode(names.expand(property_)), None, None)
    return {quad.object.value.rpartition("#")[2] for quad in found}  # type: ignore[union-attr]


def filled(*articles: Sequence[str]) -> Store:
    store = Store(derive=emit.derived)
    for number, classes in enumerate(articles):
        add(store, telling(number, *classes))
    return store


@pytest.mark.parametrize(
    ("class_", "types"),
    [("kg:Conviction", {"Conviction", "Ruling", "Event"}), ("kg:Lawsuit", {"Lawsuit", "Event"}),
     ("kg:Kidnapping", {"Kidnapping", "Attack", "Event"})],
)  # fmt: skip
def test_an_event_has_its_class_and_those_above_it(class_: str, types: set[str]) -> None:
    store = filled([class_])
    assert held(store) == types
    assert held(store, "kg:readAs") == {class_.partition(":")[2]}
    others = {quad.object.value for quad in store.inner if quad.predicate.value == names.expand("rdf:type")}
    assert not others & {names.expand("sem:Event"), names.expand("schema:Event")}


def test_removal_leaves_nothing_of_it() -> None:
    store = Store(derive=emit.derived)
    article = add(store, telling(0, "kg:Conviction"))
    first = set(store.inner)
    other = add(store, telling(1, "kg:Sentence"))
    store.remove(other)
    assert set(store.inner) == first
    store.remove(article)
    assert len(store.inner) == 0


@pytest.mark.parametrize(
    ("articles", "types", "also"),
    [
        ([["kg:Conviction"], ["kg:Ruling"]], {"Conviction", "Ruling", "Event"}, set()),
        ([["kg:Strike"], ["kg:Protest"]], {"Strike", "Protest", "Event"}, set()),
        ([["kg:Strike", "kg:Protest"]], {"Strike", "Protest", "Event"}, set()),
        ([["kg:Ruling"], ["kg:Ruling"], ["kg:Conviction"]], {"Ruling", "Event"}, {"Conviction"}),
        ([["kg:Fine"], ["kg:Lawsuit"], ["kg:Lawsuit"]], {"Lawsuit", "Event"}, {"Fine"}),
    ],
)
def test_the_majority_decides_and_of_two_the_narrower(
    articles: list[list[str]], types: set[str], also: set[str]
) -> None:
    numbered = [telling(number, *classes) for number, classes in enumerate(articles)]
    graphs = []
    for order in itertools.permutations(numbered):
        store = Store(derive=emit.derived)
        for told in order:
            add(store, told)
        graphs.append(set(store.inner))
        assert (held(store), held(store, "kg:alsoReadAs")) == (types, also)
    assert all(graph == graphs[0] for graph in graphs)


def own(class_: str, above: str) -> ontology.Ontology:
    """The shipped ontology with a class of the user's own."""
    parents = dict(SHIPPED.parents) | {class_: frozenset({above})}
    return replace(SHIPPED, parents=parents, own=frozenset({class_}), labels=dict(SHIPPED.labels) | {class_: "raid"})


def test_classes_of_a_user_s_own_lie_where_the_articles_frames_had_them() -> None:
    """Frames that one article was read with say nothing about the events of another."""
    raid = "https://example.org/my#Raid"
    told, other = telling(0, raid), telling(1, "kg:Lawsuit")
    store, again = Store(derive=emit.derived), Store(derive=emit.derived)
    add(store, told, own(raid, "kg:Kidnapping"))
    assert held(store) == {"Raid", "Kidnapping", "Attack", "Event"}
    add(store, told, own(raid, "kg:Search"))  # the class alone has moved
    assert held(store) == {"Raid", "Search", "Event"}
    add(store, other)
    add(again, other)
    add(again, told, own(raid, "kg:Search"))
    assert set(store.inner) == set(again.inner)


def test_a_class_above_a_shipped_one_in_the_user_s_files(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(
        "@prefix kg: <https://w3id.org/newskg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<https://example.org/my#Penalty> a rdfs:Class ; rdfs:subClassOf kg:Event ; rdfs:label "penalty" .\n'
        "kg:Fine rdfs:subClassOf <https://example.org/my#Penalty> .\n",
        encoding="utf-8",
    )
    store = Store(derive=emit.derived)
    add(store, telling(0, "kg:Fine"), ontology.load([file]))
    assert held(store) == {"Fine", "Regulation", "Penalty", "Event"}


def test_a_graph_tells_what_stands_above_its_relations_and_roles() -> None:
    with kg.KnowledgeGraph() as graph:
        hand = Hand("Ann Lee is the chief executive of Acme Corp.")
        lee, acme = hand.mention("Ann Lee", "Person"), hand.mention("Acme Corp")
        hand.says(lee, "be chief executive of", acme, property="kg:chiefExecutiveOf", tense="present")
        add(graph.store, hand.resolution())
        add(graph.store, telling(0, "kg:Fine"))
        asked = "SELECT ?who WHERE { ?a ?r ?b . ?r rdfs:subPropertyOf* kg:leads . ?a rdfs:label ?who }"
        assert graph.ask(asked).rows == (("Ann Lee",),)
        roles = "?e a kg:Regulation ; ?r ?f . ?r rdfs:subPropertyOf kg:participant . ?f rdfs:label ?x"
        assert set(graph.ask(f"SELECT DISTINCT ?x WHERE {{ {roles} }}").rows) == {("Acme Corp",), ("$5 million",)}


def test_what_is_shown_names_the_narrowest_class_once() -> None:
    with kg.KnowledgeGraph() as graph:
        add(graph.store, telling(0, "kg:Conviction"))
        add(graph.store, telling(1, "kg:Conviction"))
        assert {row["class"] for row in map(dict, named(graph, "figures"))} == {"Conviction"}
        assert len(named(graph, "figures")) == 2  # one for each article
        (shown,) = graph.show(EVENT.value)
        assert shown.types == ("Conviction",)
        (told,) = (node for node in view.records(graph.ask, base=graph.store.base)[0] if node.id == EVENT.value)
        assert {type_.rpartition("#")[2] for type_ in told.types} == {"Conviction", "Event"}
        assert graph.check() == ()


def test_the_queries_that_the_manual_shows() -> None:
    manual = (ontology.directory() / "README.md").read_text(encoding="utf-8")
    block = next(text for text in re.findall(r"```sparql\n(.*?)```", manual, re.DOTALL) if "kg:leads" in text)
    leaders, narrowest = (f"SELECT {query}" for query in block.split("SELECT ")[1:])
    with kg.KnowledgeGraph() as graph:
        hand = Hand("Ann Lee is the chief executive of Acme Corp.")
        lee, acme = hand.mention("Ann Lee", "Person"), hand.mention("Acme Corp")
        hand.says(lee, "be chief executive of", acme, property="kg:chiefExecutiveOf", tense="present")
        add(graph.store, hand.resolution())
        add(graph.store, telling(0, "kg:Conviction"))
        assert graph.ask(leaders).rows == (("Ann Lee", "Acme Corp"),)
        assert graph.ask(narrowest).rows == ((EVENT.value, names.expand("kg:Conviction")),)


def named(graph: kg.KnowledgeGraph, question: str) -> list[dict[str, object]]:
    answer = graph.ask(question)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
