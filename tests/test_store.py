"""The store: whole articles, right facts, any order, one writer."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import emit, names
from kg.emit.derive import shipped_rule
from kg.emit.evidence import Evidence
from kg.errors import StoreError, UsageError
from kg.records import Resolution
from kg.store import Store
from tests.emit.hand import KINDS, ONTOLOGY, Said, made_up, takeover

ROOT = Path(__file__).parent.parent


def add(store: Store, resolution: Resolution) -> str:
    quads = emit.quads(resolution, ONTOLOGY, base=store.base)
    return store.change(resolution.extraction.article.id, quads)


def filled(resolutions: Iterable[Resolution]) -> Store:
    store = Store(derive=emit.derived)
    for resolution in resolutions:
        add(store, resolution)
    return store


def everything(store: Store) -> list[str]:
    return sorted(map(str, store.inner))


def facts(store: Store, layer: str) -> set[tuple[str, str, str]]:
    graph = ox.NamedNode(names.mint("graph", layer, base=store.base))
    quads = store.inner.quads_for_pattern(None, None, None, graph)
    return {(last(quad.subject), last(quad.predicate), last(quad.object)) for quad in quads}


def last(term: Any) -> str:
    """The last part of an IRI, without its namespace."""
    return str(term.value).rpartition("/")[2].rpartition("#")[2]


def owned(store: Store, layer: str) -> set[tuple[str, str, str]]:
    return {fact for fact in facts(store, layer) if fact[1] in ("owns", "acquired")}


said = st.builds(
    Said,
    st.sampled_from([0, 0, 2]),
    st.just(1),
    relation=st.sampled_from(["kg:owns", "kg:owns", "schema:worksFor"]),
    polarity=st.sampled_from("+++-"),
    certainty=st.sampled_from(["certain", "certain", "possible"]),
    tense=st.sampled_from(["past", "present", "future"]),
    conditional=st.sampled_from([False, False, True]),
    quoted=st.booleans(),
)
content = st.tuples(
    st.lists(said, max_size=4).map(tuple),
    st.sampled_from(KINDS),
    st.sampled_from([(False, False), (True, False), (True, True)]),
    st.sampled_from([None, "Planned", "Happened", "Denied", "Cancelled"]),
)


def article(number: int, about: tuple[Any, ...]) -> Resolution:
    """Article ``number`` with some content; its id is the same whatever it says."""
    facts, kind, other, status = about
    return made_up(number, facts, kind=kind, other_name=other[0], only_other=other[1], status=status)


articles = st.lists(content, min_size=1, max_size=4).map(
    lambda rows: [article(number, about) for number, about in enumerate(rows)]
)


def test_order_and_repetition_leave_the_same_quads() -> None:
    resolutions = [takeover(), made_up(1, (Said(0, 1),), kind="Place"), made_up(2, (Said(0, 1, polarity="-"),))]
    straight = everything(filled(resolutions))
    for order in itertools.permutations(resolutions):
        store = filled(order)
        assert everything(store) == straight
        assert [add(store, resolution) for resolution in order] == ["unchanged"] * 3
        assert everything(store) == straight


steps = st.lists(st.tuples(st.integers(0, 3), st.one_of(st.none(), content)), min_size=1, max_size=8)


@settings(max_examples=80, deadline=None)
@given(steps)
def test_whatever_came_and_went_only_the_last_state_of_each_article_counts(steps: list[tuple[int, Any]]) -> None:
    store, last = Store(derive=emit.derived), {}
    for number, about in steps:
        resolution = made_up(number) if about is None else article(number, about)
        if about is None:
            assert store.remove(resolution.extraction.article.id) == (number in last)
            last.pop(number, None)
        else:
            quads = set(emit.quads(resolution, ONTOLOGY))
            known = set(emit.quads(last[number], ONTOLOGY)) if number in last else None
            expected = "added" if known is None else "unchanged" if known == quads else "replaced"
            assert add(store, resolution) == expected
            last[number] = resolution
    fresh = filled(resolution for _, resolution in sorted(last.items()))
    assert everything(store) == everything(fresh)
    assert sorted(map(str, store.inner.named_graphs())) == sorted(map(str, fresh.inner.named_graphs()))


def at_once(resolutions: Iterable[Resolution], store: Store) -> None:
    """Fill a store with all articles at once."""
    evidence = Evidence(store.base, shipped_rule())

    def told() -> Iterator[bytes]:
        for resolution in resolutions:
            quads = emit.quads(resolution, ONTOLOGY, base=store.base)
            blocks.put(evidence.rows(names.mint("article", resolution.extraction.article.id, base=store.base), quads))
            yield ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""

    with emit.Blocks(store.base, store.path) as blocks:
        store.fill(told(), blocks.conclusions)


@settings(max_examples=80, deadline=None)
@given(articles)
def test_what_follows_from_all_at_once_is_what_follows_one_by_one(resolutions: list[Resolution]) -> None:
    store = Store(derive=emit.derived)
    at_once(resolutions, store)
    assert everything(store) == everything(filled(resolutions))


def test_a_graph_that_could_not_be_filled_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, made = tmp_path / "news.kg", [takeover(), made_up(1, (Said(0, 1, polarity="-"),))]

    def broken() -> Iterator[Resolution]:
        yield made[0]
        raise KeyError("a rule broke")

    monkeypatch.setattr("kg.emit.blocks.HELD", 1)
    with Store(path, derive=emit.derived) as store:
        add(store, made[1])
        before = everything(store)
        with pytest.raises(KeyError, match="a rule broke"):
            at_once(broken(), store)
        assert everything(store) == before
        at_once(made, store)
        assert everything(store) == everything(filled(made))
        add(store, made_up(2))  # and it can be changed as any other
    assert sorted(file.name for file in path.iterdir()) == ["lock", "meta.json", "store"]
    with Store(path, read_only=True) as store:
        assert everything(store) == everything(filled([*made, made_up(2)]))


def expected_facts(resolutions: Sequence[Resolution]) -> dict[str, set[tuple[str, str, str]]]:
    """The facts of made-up articles by the rule of the contract, from the propositions themselves."""
    claims: dict[tuple[str, str, str], list[tuple[bool, bool, bool]]] = {}
    for resolution in resolutions:
        extraction = resolution.extraction
        for item in extraction.propositions:
            assert item.subject.mention is not None and item.object.mention is not None
            mentions = (extraction.mentions[index] for index in (item.subject.mention, item.object.mention))
            ends = [extraction.entities[mention.entity].key for mention in mentions]
            triple = (ends[0], str(item.property).partition(":")[2], ends[1])
            holds = item.certainty == "certain" and item.tense != "future" and not item.conditional
            row = (item.polarity == "+" and holds, item.polarity == "-", item.statement is None)
            claims.setdefault(triple, []).append(row)
    found: dict[str, set[tuple[str, str, str]]] = {"asserted": set(), "reported": set()}
    for triple, rows in claims.items():
        if any(holds for holds, _, _ in rows) and not any(denies for _, denies, _ in rows):
            own = any(holds and plain for holds, _, plain in rows)
            found["asserted" if own else "reported"].add(triple)
    return found


@settings(max_examples=40, deadline=None)
@given(articles)
def test_facts_are_those_of_the_contract(resolutions: list[Resolution]) -> None:
    store = filled(resolutions)
    for layer, triples in expected_facts(resolutions).items():
        ours = {fact for fact in facts(store, layer) if fact[1] in ("owns", "worksFor")}
        assert ours == triples


def test_facts_fall_and_rise_with_the_articles_that_bear_them_out() -> None:
    first = made_up(1, (Said(0, 1, quoted=True),))
    second = made_up(2, (Said(0, 1),))
    denial = made_up(3, (Said(0, 1, polarity="-"),))
    fact = {("acme", "owns", "bolt")}
    store = filled([first])
    assert (owned(store, "asserted"), owned(store, "reported")) == (set(), fact)
    add(store, second)
    assert (owned(store, "asserted"), owned(store, "reported")) == (fact, set())
    add(store, denial)
    assert (owned(store, "asserted"), owned(store, "reported")) == (set(), set())
    store.remove(denial.extraction.article.id)
    store.remove(second.extraction.article.id)
    assert (owned(store, "asserted"), owned(store, "reported")) == (set(), fact)


@pytest.mark.parametrize("stance", [{"certainty": "possible"}, {"tense": "future"}, {"conditional": True}])
def test_what_is_only_possible_planned_or_conditional_is_no_fact(stance: dict[str, Any]) -> None:
    store = filled([made_up(1, (Said(0, 1, **stance),))])
    assert not owned(store, "asserted") | owned(store, "reported")


def test_saying_and_telling_are_facts() -> None:
    store = filled([made_up(1)])
    relations = {(subject, relation) for subject, relation, _ in facts(store, "asserted")}
    assert relations == {("carla-dune", "said"), ("carla-dune", "told")}
    assert ("carla-dune", "told", "bolt") in facts(store, "asserted")


def test_roles_of_events_are_no_facts_but_implied_relations_are() -> None:
    store = filled([made_up(1, status="Happened")])
    assert owned(store, "asserted") == {("acme", "acquired", "bolt")}
    assert not any(relation == "buyer" for _, relation, _ in facts(store, "asserted"))


def values(store: Store, key: str, predicate: str, kind: str = "entity") -> set[str]:
    subject = ox.NamedNode(names.mint(kind, key, base=store.base))
    entities = ox.NamedNode(names.mint("graph", "entities", base=store.base))
    found = store.inner.quads_for_pattern(subject, ox.NamedNode(names.expand(predicate)), None, entities)
    return {quad.object.value.rpartition("#")[2].rpartition("/")[2] for quad in found}  # type: ignore[union-attr]


def test_the_label_is_the_fullest_name_and_the_class_that_of_the_majority() -> None:
    store = filled([made_up(1), made_up(2, kind="Place"), made_up(3, kind="Place", other_name=True)])
    assert values(store, "acme", "rdfs:label") == {"Acme Inc."}
    assert values(store, "acme", "skos:altLabel") == {"Acme"}
    assert values(store, "acme", "rdf:type") == {"Place"}
    assert values(store, "acme", "kg:alsoReadAs") == {"Organization"}
    store.remove(made_up(3, kind="Place", other_name=True).extraction.article.id)
    assert values(store, "acme", "rdfs:label") == {"Acme"}
    assert values(store, "acme", "rdf:type") == {"Organization"}  # one each: the order of the kinds decides


def test_the_status_of_an_event_is_the_strongest_that_is_told() -> None:
    store = filled([made_up(1, status="Planned"), made_up(2, status="Happened")])
    assert values(store, "acquisition-bolt", "kg:status", "event") == {"Happened"}
    store.remove(made_up(2, status="Happened").extraction.article.id)
    assert values(store, "acquisition-bolt", "kg:status", "event") == {"Planned"}


def test_an_article_with_the_url_of_another_replaces_it() -> None:
    old = made_up(1, (Said(0, 1),), url="https://news.example/1")
    new = made_up(2, (Said(2, 3),), url="https://news.example/1")
    store = filled([old])
    assert add(store, new) == "replaced"
    assert everything(store) == everything(filled([new]))
    article = store.article_with_url("https://news.example/1")
    assert article is not None and article.id == new.extraction.article.id
    assert store.article_with_url("https://news.example/2") is None


def test_the_same_article_from_two_files_is_one_article_with_two_sources() -> None:
    one, two = takeover(source="a/x.txt"), takeover(source="b/y.csv:7")
    store = filled([one, two])
    (article,) = store.articles()
    assert article.sources == ("a/x.txt", "b/y.csv:7")
    assert everything(store) == everything(filled([two, one]))
    assert not any("dcterms/source" in str(quad) or "terms/source" in str(quad) for quad in store.quads())


def test_articles_are_found_by_id_its_beginning_iri_url_and_file() -> None:
    one, two = (
        takeover(source="news/x.csv:7", url="https://news.example/1"),
        takeover(title="Other", source="news/x.csv:8"),
    )
    store = filled([one, two])
    id_ = one.extraction.article.id
    for reference in (id_, id_[:15], names.mint("article", id_), "https://news.example/1", "news/x.csv:7", "x.csv:7"):
        assert store.find_article(reference).id == id_, reference
    found = store.find_article(id_)
    assert (found.title, found.publisher, str(found.date)) == ("Northwind grows", "Harbour Courier", "2031-03-04")
    assert len(store.find_articles("x.csv")) == 2
    for reference, words in (("2031-03-04", "means 2 articles"), ("y.csv", "no article"), ("", "no article")):
        with pytest.raises(StoreError, match=words):
            store.find_article(reference)


def test_counts_count_nodes_not_mentions() -> None:
    counts = filled([made_up(1, (Said(0, 1),)), made_up(2, (Said(0, 1),), status="Happened")]).counts()
    assert (counts.articles, counts.entities, counts.events, counts.statements) == (2, 4, 1, 2)
    assert counts.claims == 2 + 3
    assert (counts.asserted, counts.reported) == (1 + 1 + 2 + 1, 0)


def test_rdflib_sees_the_same_graph_as_a_union() -> None:
    rdflib = pytest.importorskip("rdflib")
    store = filled([made_up(1, (Said(0, 1),))])
    dataset = store.rdf()
    rows = dataset.query("SELECT ?o WHERE { entity:acme kg:owns ?o }")
    assert [str(row[0]) for row in rows] == [names.mint("entity", "bolt")]
    assert (rdflib.URIRef(names.mint("entity", "acme")), None, None) in dataset


def test_a_store_without_a_rule_for_facts_or_a_quad_of_another_graph_is_refused() -> None:
    with pytest.raises(StoreError, match="reading only"):
        Store().change("x", [])
    resolution = made_up(1)
    store = Store(derive=emit.derived)
    with pytest.raises(StoreError, match="own graph"):
        store.change("another", emit.quads(resolution, ONTOLOGY))
    assert not list(store.inner)


# ---- on disk


def test_a_graph_on_disk_opens_again_with_its_base(tmp_path: Path) -> None:
    path = tmp_path / "news.kg"
    with Store(path, derive=emit.derived, base="https://data.example/") as store:
        add(store, made_up(1, (Said(0, 1),)))
        before = everything(store)
    with Store(path, read_only=True) as store:
        assert store.base == "https://data.example/"
        assert everything(store) == before
        assert any("https://data.example/entity/acme" in line for line in before)
        with pytest.raises(StoreError, match="reading only"):
            store.remove("x")
    with pytest.raises(StoreError, match="closed"):
        store.counts()
    with pytest.raises(StoreError, match="--base"):
        Store(path, base="https://other.example/")


@pytest.mark.parametrize("base", ["https://x.example/#", "https://x.example/a", "data/", "https://x.example/<b>/", ""])
def test_a_base_that_no_iri_can_begin_with_is_refused(tmp_path: Path, base: str) -> None:
    for path in (None, tmp_path / "news.kg"):
        with pytest.raises(UsageError, match="--base"):
            Store(path, base=base)
    assert not list(tmp_path.iterdir())


def test_one_writer_or_many_readers(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    path = tmp_path / "news.kg"
    with Store(path, derive=emit.derived):
        for read_only in (False, True):
            with pytest.raises(StoreError, match="another kg process is"):
                Store(path, read_only=read_only)
    reader, other = Store(path, read_only=True), Store(path, read_only=True)
    with reader, other, pytest.raises(StoreError, match="reading or writing"):
        Store(path)
    Store(path).close()


@pytest.mark.parametrize("format_", ["x", None])
def test_a_graph_of_another_format_says_what_to_do(tmp_path: Path, format_: object) -> None:
    path = tmp_path / "news.kg"
    Store(path).close()
    (path / "meta.json").write_text(json.dumps({"format": format_, "base": names.BASE}))
    with pytest.raises(StoreError, match="build the graph anew"):
        Store(path)


def test_what_is_no_graph_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("mine")
    for name in ("file", "folder"):
        with pytest.raises(StoreError, match="name another folder"):
            Store(tmp_path / name)
    with pytest.raises(StoreError, match="kg build"):
        Store(tmp_path / "none", read_only=True)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder", "letter.txt"]
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "meta.json").write_text("{")
    with pytest.raises(StoreError, match="build the graph anew"):
        Store(tmp_path / "broken")


WRITER = """
import sys
from kg import emit
from kg.store import Store
from tests.emit.hand import ONTOLOGY, Said, made_up
store = Store(sys.argv[1], derive=emit.derived)
for number in range(2000):
    resolution = made_up(number, (Said(number % 3, 3), Said(0, 1, polarity="-" if number == 20 else "+")))
    store.change(resolution.extraction.article.id, emit.quads(resolution, ONTOLOGY))
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
@pytest.mark.parametrize("after", [0, 7, 30])
def test_a_killed_writer_leaves_whole_articles_and_right_facts(tmp_path: Path, after: int) -> None:
    path = tmp_path / "news.kg"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) >= after:
                writer.send_signal(signal.SIGKILL)
                break
    assert writer.returncode == -signal.SIGKILL
    with Store(path, derive=emit.derived) as store:
        known = {article.id for article in store.articles()}
        assert len(known) > after
        made = [
            made_up(number, (Said(number % 3, 3), Said(0, 1, polarity="-" if number == 20 else "+")))
            for number in range(len(known))
        ]
        assert known == {resolution.extraction.article.id for resolution in made}
        assert everything(store) == everything(filled(made))
        assert add(store, made[0]) == "unchanged"
