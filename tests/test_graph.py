"""KnowledgeGraph end to end: what holds for every graph, whatever the articles and in whatever order they came."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import emit, export, read
from kg.errors import KgError, QueryError, StoreError, UsageError
from kg.names import BASE, PREFIXES, expand
from kg.store import Store

Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> Iterator[kg.KnowledgeGraph]:
    with kg.KnowledgeGraph(sample_graph, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(samples: Path) -> dict[str, str]:
    """The text of each sample article by the article's IRI."""
    return {f"{BASE}article/{a.id}": a.text for a in read.articles(samples, on_error=lambda finding: None)}


def rows(graph: kg.KnowledgeGraph, query: str) -> Rows:
    return list(graph.ask(query))


def turtle(graph: kg.KnowledgeGraph) -> str:
    return export.text(graph.store, format="ttl")


# ---- every graph


def test_every_place_gives_its_words(graph: kg.KnowledgeGraph, texts: dict[str, str]) -> None:
    places = rows(graph, """
        SELECT ?place ?article ?start ?end ?exact ?prefix ?suffix WHERE {
          ?place a oa:SpecificResource ; oa:hasSource ?article ; oa:hasSelector ?s .
          ?s a oa:TextPositionSelector , oa:TextQuoteSelector ; oa:start ?start ; oa:end ?end ; oa:exact ?exact .
          OPTIONAL { ?s oa:prefix ?prefix } OPTIONAL { ?s oa:suffix ?suffix } }""")
    assert len(places) > 300
    for place, article, start, end, exact, prefix, suffix in places:
        text = texts[str(article)]
        assert isinstance(start, int) and isinstance(end, int)
        assert text[start:end] == exact and exact
        assert text[:start].endswith(str(prefix or "")) and text[end:].startswith(str(suffix or ""))
        assert place == f"{article}#char={start},{end}"


def test_every_claim_says_what_it_must(graph: kg.KnowledgeGraph, texts: dict[str, str]) -> None:
    needed = [
        "rdf:subject", "rdf:predicate", "rdf:object", "kg:polarity", "kg:certainty", "kg:tense", "kg:conditional",
        "kg:confidence", "kg:rule", "prov:wasDerivedFrom",
    ]  # fmt: skip
    claims = {row[0] for row in rows(graph, "SELECT ?c WHERE { ?c a kg:Claim }")}
    assert len(claims) > 50
    for name in needed:
        once = rows(graph, f"SELECT ?c (COUNT(DISTINCT ?v) AS ?n) WHERE {{ ?c a kg:Claim ; {name} ?v }} GROUP BY ?c")
        assert {row[0] for row in once} == claims and {row[1] for row in once} == {1}, name
    assert {row[0] for row in rows(graph, "SELECT ?c WHERE { ?c a kg:Claim ; kg:evidence ?e }")} == claims
    assert {row[0] for row in rows(graph, "SELECT ?a WHERE { ?c a kg:Claim ; prov:wasDerivedFrom ?a }")} == set(texts)
    confidences = rows(graph, "SELECT ?v WHERE { ?c kg:confidence ?v }")
    assert all(0 <= float(str(row[0])) <= 1 for row in confidences)


def test_statements_give_their_words_verbatim(graph: kg.KnowledgeGraph, texts: dict[str, str]) -> None:
    found = rows(graph, "SELECT ?t ?a WHERE { ?s a kg:Statement ; kg:text ?t ; prov:wasDerivedFrom ?a }")
    assert len(found) > 10
    for words, article in found:
        assert all(part in texts[str(article)] for part in str(words).split(" … "))


def test_there_are_no_blank_nodes_and_every_node_is_under_a_known_address(graph: kg.KnowledgeGraph) -> None:
    for quad in graph.store.quads():
        assert isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode)
        assert quad.subject.value.startswith(BASE)


SOUND = "kg:polarity kg:Positive ; kg:certainty kg:Certain ; kg:conditional false ; kg:tense ?tense"


def test_no_fact_without_a_claim_that_bears_it(graph: kg.KnowledgeGraph) -> None:
    layer = f"{BASE}graph/"
    layers = f"FILTER(?g IN (<{layer}asserted>, <{layer}reported>))"
    facts = set(rows(graph, f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {layers} }}"))
    told = f"?c a kg:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; {SOUND} . FILTER(?tense != kg:Future)"
    borne = set(rows(graph, f"SELECT ?s ?p ?o WHERE {{ {told} }}"))
    saying = {expand("kg:said"), expand("kg:told")}
    loose = {fact for fact in facts - borne if fact[1] not in saying}
    assert facts and not loose
    refused = "?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:polarity kg:Negative"
    denied = set(rows(graph, f"SELECT ?s ?p ?o WHERE {{ {refused} }}"))
    assert not facts & denied


def test_asserted_facts_rest_on_the_article_itself(graph: kg.KnowledgeGraph) -> None:
    layer = f"{BASE}graph/asserted"
    facts = set(rows(graph, f"SELECT ?s ?p ?o WHERE {{ GRAPH <{layer}> {{ ?s ?p ?o }} }}"))
    own = f"?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; {SOUND} . FILTER NOT EXISTS {{ ?c kg:statedIn ?x }}"
    saying = {expand("kg:said"), expand("kg:told")}
    assert {fact for fact in facts if fact[1] not in saying} <= set(rows(graph, f"SELECT ?s ?p ?o WHERE {{ {own} }}"))


def test_everything_mentioned_can_be_found_in_an_article(graph: kg.KnowledgeGraph, texts: dict[str, str]) -> None:
    places = rows(graph, "SELECT ?n ?a WHERE { ?n kg:denotedBy ?place . ?place oa:hasSource ?a }")
    assert {row[1] for row in places} == set(texts)
    everything = rows(graph, "SELECT ?n WHERE { ?n kg:denotedBy ?place }")
    assert len(places) == len(everything)


# ---- the same articles, the same bytes


@pytest.fixture(scope="module")
def told(graph: kg.KnowledgeGraph, texts: dict[str, str]) -> dict[str, list[ox.Quad]]:
    """What each sample article says, by article id."""
    inner = graph.store.inner
    return {
        iri.rsplit("/", 1)[1]: list(inner.quads_for_pattern(None, None, None, ox.NamedNode(iri))) for iri in texts
    }


def stored(told: dict[str, list[ox.Quad]], ids: tuple[str, ...] | list[str]) -> Store:
    store = Store(derive=emit.derived)
    for article in ids:
        store.change(article, told[article])
    return store


def test_the_order_of_articles_changes_nothing(told: dict[str, list[ox.Quad]], sample_turtle: bytes) -> None:
    for order in itertools.islice(itertools.permutations(sorted(told)), 0, None, 5):
        assert export.text(stored(told, order), format="ttl").encode() == sample_turtle


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_what_comes_and_goes_leaves_no_trace(told: dict[str, list[ox.Quad]], data: st.DataObject) -> None:
    ids = sorted(told)
    steps = data.draw(st.lists(st.tuples(st.sampled_from(ids), st.booleans()), max_size=8))
    store = Store(derive=emit.derived)
    present: set[str] = set()
    for article, comes in steps:
        store.change(article, told[article] if comes else ())
        present = present | {article} if comes else present - {article}
    assert export.text(store, format="nq") == export.text(stored(told, sorted(present)), format="nq")


def test_order_of_files_threads_and_form_of_input_change_nothing(
    samples: Path, sample_turtle: bytes, tmp_path: Path
) -> None:
    articles = list(read.articles(samples, on_error=lambda finding: None))
    lines = [json.dumps({"text": a.text, "date": str(a.date), "title": a.title}) for a in reversed(articles)]
    (tmp_path / "all.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with kg.KnowledgeGraph() as graph:
        report = graph.add(tmp_path / "all.jsonl", threads=1)
        assert (report.articles, report.failed) == (len(articles), ())
        assert turtle(graph).encode() == sample_turtle


def test_adding_again_changes_nothing_and_removing_everything_leaves_nothing(
    sample_graph: Path, samples: Path, sample_turtle: bytes, tmp_path: Path
) -> None:
    shutil.copytree(sample_graph, tmp_path / "copy.kg")
    with kg.KnowledgeGraph(tmp_path / "copy.kg") as graph:
        assert graph.add(samples).skipped == 4
        first = sorted(samples.iterdir())[0]
        assert graph.add(first, again=True).articles == 0
        assert turtle(graph).encode() == sample_turtle
        for article in graph.store.articles():
            assert graph.remove(article.id) == article.id
        assert list(graph.store.quads()) == [] and graph.store.counts().articles == 0


def test_a_changed_article_replaces_its_own_claims(tmp_path: Path) -> None:
    old = {"url": "https://news.example/1", "date": "2024-05-06", "text": "Tarn Robotics bought Pellam Cells."}
    new = old | {"text": "Tarn Robotics did not buy Pellam Cells."}
    graphs = []
    for steps in ([old, new], [new]):
        graph = kg.KnowledgeGraph()
        for number, row in enumerate(steps):
            (tmp_path / f"{number}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
            report = graph.add(tmp_path / f"{number}.jsonl")
            assert (report.articles, report.replaced) == (1, number)
        graphs.append(turtle(graph))
    assert graphs[0] == graphs[1] and "Pellam" in graphs[1]


# ---- the object


def test_questions_tables_and_rdf(graph: kg.KnowledgeGraph) -> None:
    answer = graph.ask("SELECT ?a ?d WHERE { ?a a schema:NewsArticle ; schema:datePublished ?d } ORDER BY ?d")
    assert answer.columns == ("a", "d") and len(answer) == 4
    assert [str(day) for day in answer.df()["d"]] == sorted(str(row[1]) for row in answer)
    assert answer._repr_html_().count("<tr>") == 5
    count = len(list(graph.rdf.query("SELECT ?a WHERE { ?a a <https://schema.org/NewsArticle> }")))
    assert count == 4
    (described,) = graph.ask(f"DESCRIBE <{answer.rows[0][0]}>")
    assert "datePublished" in described[0]
    with pytest.raises(QueryError):
        graph.ask("INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def test_network_has_the_evidence_on_its_edges(graph: kg.KnowledgeGraph) -> None:
    whole = graph.network()
    assert whole.number_of_nodes() > 20 and whole.is_multigraph() and whole.is_directed()
    near = graph.network(around="Quillmark Robotics", hops=1)
    assert 1 < near.number_of_nodes() < whole.number_of_nodes()
    with pytest.raises(UsageError):
        graph.network(around="Nobody of that name")


def test_every_format_is_written(graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    for form in export.formats():
        graph.write(tmp_path / f"graph.{form}")
        assert (tmp_path / f"graph.{form}").stat().st_size > 500, form
    read = set(ox.parse(path=tmp_path / "graph.nq"))
    described = {quad for quad in read if str(quad.graph_name).endswith("graph/description>")}
    assert described and read - described == set(graph.store.quads())
    graph.write(tmp_path / "graph.nq", description=False)
    assert set(ox.parse(path=tmp_path / "graph.nq")) == set(graph.store.quads())


def test_errors_are_ours(tmp_path: Path, sample_graph: Path) -> None:
    with pytest.raises(StoreError):
        kg.KnowledgeGraph(tmp_path / "none.kg", read_only=True)
    with pytest.raises(UsageError):
        kg.KnowledgeGraph(base="example.org")
    with kg.KnowledgeGraph(sample_graph, read_only=True) as graph, pytest.raises(KgError):
        graph.remove(graph.store.articles()[0].id)
    with pytest.raises(StoreError):
        graph.ask("ASK {}")


def test_a_base_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tarn Robotics bought Pellam Cells.\n", encoding="utf-8")
    with kg.KnowledgeGraph(tmp_path / "g.kg", base="https://example.org/news/") as graph:
        graph.add(tmp_path / "a.txt")
        subjects = {quad.subject.value for quad in graph.store.quads() if isinstance(quad.subject, ox.NamedNode)}
        vocabulary = PREFIXES["rel"], PREFIXES["kg"]  # a graph says what stands above the terms that it uses
        assert {iri[:25] for iri in subjects if not iri.startswith(vocabulary)} == {"https://example.org/news/"}
        assert [shown.label for shown in graph.show("Pellam Cells")] == ["Pellam Cells"]


def test_claims_of_a_piece_of_text() -> None:
    found = list(kg.claims("Tarn Robotics bought Pellam Cells last Tuesday.", date="2024-05-06"))
    assert "Tarn Robotics | buy | Pellam Cells" in map(str, found)


def test_the_public_names_are_there() -> None:
    assert all(getattr(kg, name) is not None for name in kg.__all__)
    with pytest.raises(AttributeError):
        _ = kg.nonsense
