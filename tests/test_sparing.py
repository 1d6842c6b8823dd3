"""When frames of the user's own change: what is read again, and that the graph is that of a fresh build."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg import build, language, ontology
from kg.extract import hinges
from kg.mapping import Pipeline, Read
from kg.ontology import Ontology
from kg.records import Article, Report

TEXTS = {
    "a": "date 2031-03-04 Dairy. The Food Agency inspected Nordvik Dairy on Monday. The inspection of Bolt Farms by "
    "the agency will follow. Brook Partners bought Tarn Cheese for $3 million.",
    "b": "date 2031-03-05 Books. Acme Corp sued Bolt Farms. Brook Partners has audited Bolt Farms since 2024. Ann "
    "Lee, the chief executive of Bolt Farms, resigned.",
    "c": "date 2031-03-06 Glass. Bo Reed, the glazier of Bolt Farms, left. Tarn Partners hired Bo Reed. Centra Bank "
    "held talks with Bolt Farms.",
}
HEAD = """
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix frame: <https://w3id.org/newskg/frame/> .
@prefix words: <https://w3id.org/newskg/words/> .
@prefix own: <https://example.org/own#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
EVENT = """
own:Sieving a rdfs:Class ; rdfs:subClassOf kg:Event ; rdfs:label "sieving" .
own:sieved a rdfs:Property ; rdfs:label "sieved" ;
    kg:impliedBy own:Sieving ; kg:subjectRole kg:authority ; kg:objectRole kg:unit .
frame:sieving a kg:Frame ; kg:evokes own:Sieving ; kg:verb "inspect" ; kg:noun "inspection" ;
    skos:example "The Food Agency inspected Nordvik Dairy." ; kg:slot frame:sieving-by, frame:sieving-of .
frame:sieving-by kg:fills kg:authority ; kg:fromVerb "subject" ; kg:fromNoun "by" ; kg:expects schema:Organization .
frame:sieving-of kg:fills kg:unit ; kg:fromVerb "object" ; kg:fromNoun "of" ; kg:expects schema:Organization .
"""
RELATION = """
own:audits a rdf:Property ; rdfs:label "audits" .
frame:auditing a kg:RelationFrame ; kg:evokes own:audits ; kg:verb "audit" ; kg:noun "glazier" ;
    skos:example "Brook Partners audits Acme Corp." ; kg:slot frame:auditing-by, frame:auditing-of .
frame:auditing-by kg:fills rdf:subject ; kg:required true ;
    kg:fromVerb "subject" ; kg:fromNoun "named" ; kg:expects schema:Organization, schema:Person .
frame:auditing-of kg:fills rdf:object ; kg:required true ;
    kg:fromVerb "object" ; kg:fromNoun "of" ; kg:expects schema:Organization .
"""
NAMES = """
own:nordvik a schema:Corporation ; skos:prefLabel "Nordvik Foods" ; skos:altLabel "Nordvik Dairy" .
"""
STATES = {
    "none": "",
    "event": EVENT,
    "another word": EVENT.replace('"inspect"', '"sue"').replace('"inspection"', '"lawsuit"'),
    "another role": EVENT.replace("fills kg:unit", "fills kg:topic").replace("Role kg:unit", "Role kg:topic"),
    "a shipped verb": EVENT.replace('kg:verb "inspect"', 'kg:verb "buy", "hold talk"'),
    "another class above": EVENT.replace("subClassOf kg:Event", "subClassOf kg:Ruling"),
    "another label": EVENT.replace('"sieved"', '"looked into"'),
    "both": EVENT + RELATION.replace('label "audits"', 'label "checks"'),
    "more of shipped ones": 'frame:layoff kg:verb "hire" .\nwords:quantity kg:word "talk" .'
    + RELATION.replace("own:audits a rdf", "own:x a rdf").replace("own:audits", "kg:chiefExecutiveOf"),
    "names": NAMES,
}  # fmt: skip
READ_AGAIN = {
    ("none", "event"): "a", ("event", "another word"): "ab", ("event", "another role"): "a", ("event", "none"): "",
    ("event", "a shipped verb"): "ac", ("event", "another class above"): "a", ("event", "another label"): "",
    ("event", "both"): "bc", ("both", "event"): "bc", ("none", "more of shipped ones"): "bc", ("event", "names"): "abc",
}  # fmt: skip


@pytest.fixture(autouse=True)
def parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each article is parsed once in all."""
    docs: dict[str, object] = {}
    real = language.parse

    def parse(articles: Sequence[Article], **more: object) -> Iterator[object]:
        for article in articles:
            if article.id not in docs:
                (docs[article.id],) = real([article], threads=1)
            yield docs[article.id]

    monkeypatch.setattr(language, "parse", parse)


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each state of the ontology is loaded once in all, and not looked through for faults."""
    known: dict[object, Ontology] = {}
    real = ontology.load

    def load(extra: Iterable[str | Path] = ()) -> Ontology:
        key = tuple((Path(path).name, Path(path).read_bytes()) for path in extra)
        return known[key] if key in known else known.setdefault(key, real(extra))

    monkeypatch.setattr(ontology, "load", load)
    monkeypatch.setattr(ontology, "faults", lambda extra=(): ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for kind in ("articles", "states"):
        (tmp_path / kind).mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    for name, turtle in STATES.items():
        (tmp_path / "states" / f"{name}.ttl").write_text(HEAD + turtle, encoding="utf-8")
    return tmp_path


def opened(folder: Path, state: str, path: Path | None = None) -> kg.KnowledgeGraph:
    own = (folder / "states" / f"{state}.ttl",) if STATES[state] else ()
    return kg.KnowledgeGraph(path, ontology=own)


class Counted:
    """The mapper of this process, which notes what is read."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline, self.seen = pipeline, ""

    def __call__(self, reads: Iterable[Read], /) -> Iterator[Read]:
        for read in reads:
            self.seen += "" if read.done else Path(read.article.source or "").stem
            yield from self._pipeline([read])


def built(graph: kg.KnowledgeGraph, folder: Path) -> tuple[Report, str]:
    pipeline = Pipeline(graph.ontology, threads=1)
    mapper = Counted(pipeline)
    given = [folder / "articles"]
    report = build.build(given, graph.store, graph.identity, pipeline=pipeline, mapper=mapper)
    return report, mapper.seen


def held(graph: kg.KnowledgeGraph) -> tuple[list[str], dict[str, int], list[object]]:
    """All quads, with which frames the articles were read, and their records."""
    memory = graph.identity.memory
    records: list[object] = [memory.record(article) for article in memory.articles()]
    return sorted(map(str, graph.store.quads())), graph.store.frames(), records


def test_only_what_a_change_can_tell_of_is_read_again_and_the_graph_is_that_of_a_fresh_build(folder: Path) -> None:
    fresh = {}
    for state in STATES:
        with opened(folder, state, folder / f"{state}.kg") as graph:
            assert built(graph, folder)[1] == "abc"
            fresh[state] = held(graph)
    told = {str(quads): state for state, (quads, _, _) in fresh.items()}
    assert set(told.values()) == set(STATES)  # each tells something of its own
    for (old, new), again in READ_AGAIN.items():
        path = folder / "changed.kg"
        shutil.copytree(folder / f"{old}.kg", path)
        with opened(folder, new, path) as graph:
            report, seen = built(graph, folder)
            assert seen == again, (old, new)
            assert held(graph) == fresh[new if new != "none" else old], (old, new)
            expected = (0, 0, 3) if new == "none" else (len(seen), 3 - len(seen), report.skipped)
            assert (report.reread, report.spared, report.skipped) == expected, (old, new)
        shutil.rmtree(path)


def test_what_is_not_known_to_be_spared_is_read_again(folder: Path) -> None:
    path = folder / "news.kg"
    with opened(folder, "none", path) as graph:
        built(graph, folder)
        graph.identity.memory.sql.execute("DELETE FROM shown WHERE article LIKE '2031-03-05%'")
        graph.identity.memory.sql.execute("UPDATE shown SET how='another' WHERE article LIKE '2031-03-06%'")
        graph.identity.memory.commit()
    with opened(folder, "another label", path) as graph:
        assert built(graph, folder)[1] == "abc"
    with opened(folder, "event", path) as graph:
        assert built(graph, folder)[1] == ""
        graph.remove(str(folder / "articles" / "a.txt"))
        assert graph.identity.memory.sql.execute("SELECT count(*) FROM shown").fetchone() == (2,)
        assert built(graph, folder)[1] == "a"


def test_an_article_shows_what_a_frame_may_be_looked_up_by() -> None:
    (doc,) = language.parse([Article.of("Acme posted a third-quarter loss.\n\nIt held talks.")], threads=1)
    words = hinges.shown(doc)
    assert {"post", "posted", "third-quarter", "third", "quarter", "loss", "hold", "talk"} <= words
    assert not any(" " in word or "\n" in word.strip() for word in words)


def test_a_field_of_the_ontology_of_which_nothing_is_said_counts_as_binding_everything() -> None:
    shipped = ontology.load()
    assert hinges.between(shipped, shipped) == frozenset()
    fewer = (
        replace(shipped, cues=dict(list(shipped.cues.items())[1:])), replace(shipped, media={}),
        replace(shipped, properties=dict(list(shipped.properties.items())[1:])),
    )  # fmt: skip
    assert [hinges.between(shipped, one) for one in fewer] == [None] * 3


def test_a_noun_that_ends_a_phrase_for_the_first_time_may_stand_behind_a_hyphen() -> None:
    shipped = ontology.load()
    frame, nouns = shipped.frames[0], shipped.frames_by_noun
    old = replace(shipped, frames_by_noun={**nouns, "pre-glaze": (frame,)})
    new = replace(old, frames_by_noun={**old.frames_by_noun, "shop glaze": (frame,)})
    assert hinges.between(old, new) == frozenset({"shop glaze", "glaze"})
    alone = replace(shipped, frames_by_noun={**nouns, "shop glaze": (frame,)})
    assert hinges.between(shipped, alone) == frozenset({"shop glaze"})
