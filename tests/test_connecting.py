"""How things are connected, what happened when, and what there is: from a graph written by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.ask import finding
from kg.ask.info import info
from kg.ask.paths import Path as Chain
from kg.ask.paths import paths
from kg.ask.timeline import Moment, timeline
from kg.errors import UsageError
from kg.names import BASE, PREFIXES
from kg.store import Store

HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
HOSTILE = '" } DROP ALL ; <script>alert(1)</script> =1+1'
ENTITIES = {
    "tarn": ("schema:Organization", "Tarn Robotics"), "pike": ("schema:Organization", "Pike"),
    "ann": ("schema:Person", "Ann Lee"), "bo": ("schema:Person", "Bo Ek"), "cy": ("schema:Person", "Cy Fox"),
    "sales": ("skos:Concept", "sales"), "owner": ("schema:Organization", "its owner"),
    "island": ("schema:Place", "Öland"), "odd": ("schema:Organization", HOSTILE),
}  # fmt: skip


def literal(text: str) -> str:
    return str(ox.Literal(text))


class Graph:
    """Claims and statements, one a call, each in an article of its own day."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.count = 0

    def article(self, day: str, body: str, article: str) -> None:
        date = f'schema:datePublished "{day}"^^xsd:date ;' if day else ""
        self.parts.append(f"GRAPH <article/{article}> {{ <article/{article}> {date} a schema:NewsArticle . {body} }}")

    def claim(
        self, subject: str, relation: str, value: str, day: str = "2024-05-06", *, more: str = "", statement: str = ""
    ) -> str:
        self.count += 1
        key, words = f"{self.count:016x}", literal(f"words {self.count}")
        article = f"a{self.count}"
        place = f"<article/{article}#char=0,5>"
        polarity = "" if "kg:polarity" in more else "kg:polarity kg:Positive ;"
        certainty = "" if "kg:certainty" in more else "kg:certainty kg:Certain ;"
        body = (
            f"<claim/{key}> a kg:Claim ; rdf:subject {subject} ; rdf:predicate {relation} ; rdf:object {value} ; "
            f"{polarity} {certainty} kg:tense kg:Past ; {more} prov:wasDerivedFrom <article/{article}> ; "
            f"kg:evidence {place} . {place} oa:hasSelector <article/{article}#s> . <article/{article}#s> "
            f'oa:start 0 ; oa:end 5 ; oa:exact {words} ; oa:suffix " and so on." . {statement}'
        )
        self.article(day, body, article)
        return f"<claim/{key}>"

    def store(self) -> Store:
        made = Store()
        described = "".join(
            f"<entity/{key}> a {class_} ; rdfs:label {literal(label)} ; kg:denotedBy <article/x#char=0,1> . "
            for key, (class_, label) in ENTITIES.items()
        )
        aliases = '<entity/tarn> skos:altLabel "Tarn" . <entity/owner> kg:unnamed true . '
        aliases += "kg:Takeover rdfs:subClassOf kg:Event ."
        graph = f"GRAPH <graph/entities> {{ {described} {aliases} }}"
        made.inner.load(HEAD + "\n".join([*self.parts, graph]), format=ox.RdfFormat.TRIG)
        return made


def filled() -> Store:
    graph = Graph()
    event = "kg:aboutEvent <event/e> ;"
    graph.claim("<entity/tarn>", "kg:acquired", "<entity/pike>", more=event)
    graph.claim("<event/e>", "kg:buyer", "<entity/tarn>", more=event)
    described = '<event/e> a kg:Event , kg:Takeover ; kg:time "2024-04"^^xsd:gYearMonth ; kg:status kg:Happened .'
    graph.claim("<event/e>", "kg:target", "<entity/pike>", more=event, statement=described)
    graph.claim("<event/e>", "kg:time", '"2024-04"^^xsd:gYearMonth', more=event)
    since, doubt = 'schema:startDate "2019"^^xsd:gYear ;', "kg:polarity kg:Negative ; kg:certainty kg:Possible ;"
    graph.claim("<entity/ann>", "schema:worksFor", "<entity/pike>", "2024-05-07", more=since)
    graph.claim("<entity/ann>", "schema:worksFor", "<entity/pike>", "2024-05-08", more=doubt)
    graph.claim("<entity/tarn>", "kg:owns", "<entity/sales>")
    graph.claim("<entity/bo>", "rel:like", "<entity/sales>", "")
    graph.claim("<entity/owner>", "rel:be", "<entity/tarn>")
    graph.claim("<entity/pike>", "rel:have", "<entity/owner>")
    graph.claim("<entity/tarn>", "kg:price", "<amount/5>")
    graph.claim("<entity/cy>", "kg:price", "<amount/5>")
    said = (
        '<statement/s> a kg:Statement ; kg:speaker <entity/cy> ; kg:addressee <entity/bo> ; kg:text "Ann left us" ; '
        "kg:quotation kg:Direct ; prov:wasDerivedFrom <article/a13> ; kg:conveys <claim/000000000000000d> ."
    )
    told = "kg:statedIn <statement/s> ; kg:attributedTo <entity/cy> ;"
    assert graph.claim("<entity/ann>", "rel:leave", "<entity/tarn>", "2024-06-01", more=told, statement=said) == (
        "<claim/000000000000000d>"
    )
    graph.claim("<entity/odd>", "rel:like", "<entity/island>")
    return graph.store()


STORE = filled()


def names_of(chains: tuple[Chain, ...]) -> list[list[str]]:
    return [[node.label for node in chain.nodes] for chain in chains]


# ---- names


def test_a_thing_is_found_by_any_name_or_by_its_address() -> None:
    tarn = ox.NamedNode(f"{BASE}entity/tarn")
    for name in ("Tarn Robotics", "tarn", "TARN ROBOTICS", tarn.value, "entity/tarn", "entity:tarn"):
        assert finding.called(STORE, name) == (tarn,)
    assert finding.called(STORE, "öland") == (ox.NamedNode(f"{BASE}entity/island"),)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Tern Robotics", "'Tern Robotics'; did you mean Tarn Robotics"),
        ("lee", "did you mean Ann Lee"),
        ("robotics", "did you mean Tarn Robotics"),
        ("zzzz", "look for it with"),
        ("", "nothing in the graph is called ''"),
        ('" } DROP ALL #', "nothing in the graph"),
        ("http://no address", "nothing in the graph"),
    ],
)
def test_a_name_that_nothing_has_gets_what_may_be_meant(name: str, words: str) -> None:
    for ask in (finding.called, timeline):
        with pytest.raises(UsageError, match=words):
            ask(STORE, name)
    with pytest.raises(UsageError, match=words):
        paths(STORE, "Pike", name)


# ---- paths


def test_the_shortest_path_comes_first_with_every_tie_and_its_words() -> None:
    direct = paths(STORE, "Tarn", "Pike")[0]
    (link,) = direct.links
    assert [(tie.relation.label, tie.forward) for tie in link.ties] == [("acquired", True)]
    (told,) = link.ties[0].told
    assert (told.words, told.sentence, told.article, told.date, told.voices, told.stance) == (
        "words 1", "words 1 and so on.", "a1", "2024-05-06", "", "",
    )  # fmt: skip
    assert told.iri == f"{BASE}claim/{1:016x}"


def test_a_path_reads_the_same_in_the_other_direction() -> None:
    there, back = paths(STORE, "Ann Lee", "Tarn"), paths(STORE, "Tarn", "Ann Lee")
    assert names_of(there) == [names[::-1] for names in names_of(back)]
    assert {tie.forward for link in there[0].links for tie in link.ties} == {True}
    assert {tie.forward for link in back[0].links for tie in link.ties} == {False}


def test_an_event_or_somebody_unnamed_between_two_that_are_tied_is_no_path_of_its_own() -> None:
    assert names_of(paths(STORE, "Tarn", "Pike")) == [["Tarn Robotics", "Pike"], ["Tarn Robotics", "Ann Lee", "Pike"]]


def test_an_event_is_a_thing_on_the_way_where_nothing_shorter_leads() -> None:
    graph = Graph()
    graph.claim("<event/m>", "kg:participant", "<entity/ann>", statement="<event/m> a kg:Event , kg:Takeover .")
    graph.claim("<event/m>", "kg:participant", "<entity/bo>")
    store = graph.store()
    assert names_of(paths(store, "Ann Lee", "Bo Ek")) == [["Ann Lee", "takeover", "Bo Ek"]]


def test_every_stance_is_told_and_the_same_relation_is_one_tie() -> None:
    (link,) = paths(STORE, "Ann Lee", "Pike", longer=0)[0].links
    (tie,) = link.ties
    assert tie.times == 2
    assert [told.stance for told in tie.told] == ["since 2019", "denied, possible"]


def test_speaking_of_somebody_and_telling_somebody_are_ties_and_others_come_first() -> None:
    found = paths(STORE, "Cy Fox", "Ann Lee")
    assert names_of(found) == [["Cy Fox", "Ann Lee"]]
    (tie,) = found[0].links[0].ties
    assert (tie.relation.label, tie.told[0].voices) == ("speaks of", "Cy Fox")
    told = paths(STORE, "Bo Ek", "Cy Fox")[0].links[0].ties[0]
    assert (told.relation.label, told.forward, told.told[0].words) == ("told", False, "Ann left us")


def test_no_path_leads_through_a_figure_and_through_a_concept_only_where_no_other_does() -> None:
    assert names_of(paths(STORE, "Tarn", "Cy Fox")) == [
        ["Tarn Robotics", "Ann Lee", "Cy Fox"], ["Tarn Robotics", "Pike", "Ann Lee", "Cy Fox"],
    ]  # fmt: skip
    graph = Graph()
    graph.claim("<entity/tarn>", "kg:owns", "<entity/sales>")
    graph.claim("<entity/bo>", "rel:like", "<entity/sales>")
    assert names_of(paths(graph.store(), "Tarn", "Bo Ek")) == [["Tarn Robotics", "sales", "Bo Ek"]]
    assert names_of(paths(graph.store(), "Tarn", "sales")) == [["Tarn Robotics", "sales"]]


def test_what_is_not_connected_so_nearly_has_no_path() -> None:
    assert paths(STORE, "Tarn", "Öland") == ()
    assert paths(STORE, "Tarn", "Cy Fox", hops=1) == ()
    assert len(paths(STORE, "Tarn", "Cy Fox", limit=1)) == 1
    with pytest.raises(UsageError, match="the same thing"):
        paths(STORE, "Tarn", "Tarn Robotics")


def test_a_hostile_name_is_a_name() -> None:
    (chain,) = paths(STORE, HOSTILE, "Öland")
    assert [node.label for node in chain.nodes] == [HOSTILE, "Öland"]
    assert timeline(STORE, HOSTILE)[0].what == f"{HOSTILE} · like · Öland"
    assert len(STORE.inner) == len(filled().inner)


def test_many_ways_by_a_hub_do_not_take_for_ever() -> None:
    graph = Graph()
    for number in range(150):
        graph.claim("<entity/tarn>", "rel:know", f"<entity/n{number}>")
        graph.claim(f"<entity/n{number}>", "rel:know", f"<entity/n{(number * 7 + 1) % 150}>")
        graph.claim(f"<entity/n{number}>", "rel:know", "<entity/pike>")
    found = paths(graph.store(), "Tarn", "Pike", longer=3, limit=4)
    assert [len(chain.links) for chain in found] == [2, 2, 2, 2]


# ---- timeline


def whats(moments: tuple[Moment, ...]) -> list[tuple[str, bool, str]]:
    return [(moment.date, moment.published, moment.what) for moment in moments]


def test_events_claims_and_statements_stand_in_the_order_of_their_dates() -> None:
    assert whats(timeline(STORE, "Ann Lee")) == [
        ("2019", False, "Ann Lee · works for · Pike"),
        ("2024-05-08", True, "Ann Lee · works for · Pike"),
        ("2024-06-01", True, "Ann Lee · leave · Tarn Robotics"),
    ]
    (event,) = [moment for moment in timeline(STORE, "Pike") if moment.kind == "event"]
    assert (event.date, event.published, event.status) == ("2024-04", False, "happened")
    assert event.what == "Takeover: buyer Tarn Robotics; target Pike"
    assert [told.words for told in event.told] == ["words 4"]
    (statement,) = timeline(STORE, "Cy Fox", since="2024-05-30")
    assert (statement.kind, statement.what, statement.stance) == ("statement", "Cy Fox said to Bo Ek", "direct")
    assert statement.told[0].words == "Ann left us"


def test_a_timeline_between_two_dates() -> None:
    assert whats(timeline(STORE, "Ann Lee", until="2020")) == [("2019", False, "Ann Lee · works for · Pike")]
    assert [moment.date for moment in timeline(STORE, "Ann Lee", since="2024-05", until="2024-05")] == ["2024-05-08"]
    assert [moment.date for moment in timeline(STORE, "Bo Ek")] == [""]
    assert timeline(STORE, "Bo Ek", since="1900") == ()
    with pytest.raises(UsageError, match="'soon' is no date"):
        timeline(STORE, "Bo Ek", since="soon")


def test_denials_and_doubts_are_marked() -> None:
    denied = [moment.stance for moment in timeline(STORE, "Ann Lee") if moment.date == "2024-05-08"]
    assert denied == ["denied, possible"]


# ---- info


def test_info_counts_by_class_relation_and_voice() -> None:
    found = info(STORE)
    classes = {one.name: one.count for one in found.classes}
    assert classes["schema:Person"] == 3 and classes["kg:Claim"] == found.counts.claims == 14
    relations: dict[str, Any] = {one.name: one for one in found.relations}
    assert relations["schema:worksFor"].claims == 2 and relations["schema:worksFor"].asserted == 0
    assert "rdf:type" not in relations
    assert [(voice.label, voice.statements, voice.articles) for voice in found.voices] == [("Cy Fox", 1, 1)]
    assert (found.speakers, found.anonymous, found.bytes) == (1, 0, None)
    assert (found.published.first, found.published.last) == ("2024-05-06", "2024-06-01")
    assert (found.happened.first, found.happened.last) == ("2024-04", "2024-04")


def test_info_of_nothing_and_its_size_on_disk(tmp_path: Path) -> None:
    empty = info(Store())
    assert (empty.classes, empty.relations, empty.voices, empty.published.first) == ((), (), (), "")
    with Store(tmp_path / "g.kg") as store:
        size = info(store).bytes
    assert size is not None and size >= (tmp_path / "g.kg" / "meta.json").stat().st_size
