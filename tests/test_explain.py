"""A claim and why the graph has it: found by its address, with its words, its rule and its sentence parsed again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg import names
from kg.ask import claims
from kg.ask.claims import Claim, find, short
from kg.build import read_again
from kg.errors import UsageError
from kg.sentences import explained
from kg.store import Store

TEXT = "Tarn Robotics acquired Pellam Cells in May. Dora Venn runs Pellam Cells.\n"


def digests(store: Store) -> list[str]:
    query = "SELECT ?c WHERE { ?c a <" + names.expand("kg:Claim") + "> }"
    found = store.inner.query(query, use_default_graph_as_union=True)
    return sorted(str(row["c"].value).rpartition("/")[2] for row in found)  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def samples_read(sample_graph: Path) -> Iterator[kg.KnowledgeGraph]:
    with kg.KnowledgeGraph(sample_graph, read_only=True) as graph:
        yield graph


@pytest.fixture
def small(tmp_path: Path) -> Iterator[kg.KnowledgeGraph]:
    (tmp_path / "a.txt").write_text(f"date 2024-05-06 {TEXT}", encoding="utf-8")
    with kg.KnowledgeGraph(tmp_path / "g.kg") as graph:
        graph.add(tmp_path / "a.txt")
        yield graph


def bought(graph: kg.KnowledgeGraph) -> Claim:
    """The claim that the first sentence makes."""
    found = [find(graph.store, digest) for digest in digests(graph.store)]
    return next(claim for claim in found if claim.relation.iri == names.expand("kg:acquired"))


# ---- finding


def test_a_claim_by_address_digest_or_beginning(small: kg.KnowledgeGraph) -> None:
    claim = bought(small)
    digest = claim.iri.rpartition("/")[2]
    ways = (claim.iri, digest, f"claim/{digest}", f"claim:{digest}", short(claim.iri), digest[:8].upper(), f" {digest}")
    assert [find(small.store, way) for way in ways] == [claim] * len(ways)


def test_what_the_graph_knows_of_a_claim(small: kg.KnowledgeGraph) -> None:
    claim = bought(small)
    words = [node.label for node in (claim.subject, claim.relation, claim.object)]
    assert words == ["Tarn Robotics", "acquired", "Pellam Cells"]
    assert (claim.polarity, claim.certainty, claim.tense, claim.conditional) == ("positive", "certain", "past", False)
    assert claim.rule and claim.confidence and 0 < claim.confidence <= 1
    assert claim.speaker is None and claim.statement is None and claim.event is not None
    assert (str(claim.article.date), claim.article.sources[0].endswith("a.txt")) == ("2024-05-06", True)
    ((start, sentence),) = claim.sentences
    assert (start, sentence) == (0, "Tarn Robotics acquired Pellam Cells in May.")
    assert all(sentence[place.start : place.end] == place.words for place in claim.evidence)


def test_who_vouches(samples_read: kg.KnowledgeGraph) -> None:
    every = [find(samples_read.store, digest) for digest in digests(samples_read.store)]
    said = [claim for claim in every if claim.statement is not None and claim.speaker is not None]
    assert said and all(claim.statement and claim.statement.text for claim in said)
    assert {claim.speaker.label for claim in said if claim.speaker} >= {"Marisol Tench"}
    assert all(claim.speaker.label == claim.statement.speaker for claim in said if claim.speaker and claim.statement)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("", "no claim"),
        ("claim/", "no claim"),
        ("Tarn Robotics", "no claim"),
        ("claim/0x12", "no claim"),
        ("ffffffffffffffffffff", "begins with"),
        ("https://example.org/claim/1", "not in the graph"),
        ("http://no address", "not in the graph"),
        ("https://w3id.org/newskg/entity/tarn-robotics", "something else"),
    ],
)
def test_what_is_no_claim(small: kg.KnowledgeGraph, reference: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find(small.store, reference)


def test_a_slip_of_one_digit_is_seen(small: kg.KnowledgeGraph) -> None:
    digest = bought(small).iri.rpartition("/")[2]
    slip = digest[:3] + ("0" if digest[3] != "0" else "1") + digest[4:8]
    with pytest.raises(UsageError, match=f"did you mean claim/{digest}"):
        find(small.store, slip)


def test_a_beginning_of_several(samples_read: kg.KnowledgeGraph) -> None:
    first = digests(samples_read.store)[0][0]
    with pytest.raises(UsageError, match=f"claim/{first} begins .* claims .*give more of it"):
        find(samples_read.store, first)


def test_a_graph_with_a_base_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with kg.KnowledgeGraph(base="https://example.org/news/") as graph:
        graph.add(tmp_path / "a.txt")
        digest = digests(graph.store)[0]
        assert find(graph.store, f"claim/{digest}").iri == f"https://example.org/news/claim/{digest}"


# ---- explaining


def test_every_claim_of_the_samples_is_read_again_as_it_was(samples_read: kg.KnowledgeGraph, samples: Path) -> None:
    from kg import build
    from kg.ask.explanation import explanation
    from kg.extract.rules import described

    traces = {}
    for digest in digests(samples_read.store):
        claim = find(samples_read.store, digest)
        if claim.article.id not in traces:
            again = read_again(claim.article.id, [str(samples / Path(claim.article.sources[0]).name)])
            assert again is not None
            traces[claim.article.id] = build.traced(again[0], ontology=samples_read.ontology)
        rule = described(claim.rule, samples_read.ontology)
        found = explanation(claim, rule, traces[claim.article.id], offset=0, note="")
        assert found.sentences and (found.propositions or found.events), claim
        assert "no rule of that name" not in rule.does


def test_an_explanation_of_an_article_that_is_still_there(small: kg.KnowledgeGraph) -> None:
    claim = bought(small)
    found = small.explain(short(claim.iri))
    assert found.claim == claim and found.rule.name == claim.rule and found.offset == 0
    assert "read again from" in found.note and "a.txt" in found.note
    (sentence,) = found.sentences
    assert [word.text for word in sentence.words][:3] == ["Tarn", "Robotics", "acquired"]
    assert found.trace is not None and len(found.events) + len(found.propositions) == 1


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_an_article_that_is_gone_leaves_its_sentence(small: kg.KnowledgeGraph, tmp_path: Path, change: str) -> None:
    (tmp_path / "a.txt").unlink()
    if change == "changed":
        (tmp_path / "a.txt").write_text("Something else.\n", encoding="utf-8")
    every = [small.explain(digest) for digest in digests(small.store)]
    assert all("parsed alone" in found.note for found in every)
    assert all(len(found.sentences) == 1 for found in every)
    later = [found for found in every if found.offset]
    assert later, "a sentence that does not begin the article"
    for found in every:
        (sentence,) = found.sentences
        assert found.trace is not None
        text = found.trace.extraction.article.text
        for place in found.claim.evidence:
            assert text[place.start - found.offset : place.end - found.offset] == place.words
        assert sentence.words


def test_without_its_sentence_there_is_no_parse(small: kg.KnowledgeGraph, tmp_path: Path) -> None:
    claim = bought(small)
    (tmp_path / "a.txt").unlink()
    found = [quad for quad in small.store.inner if quad.predicate.value == names.expand("kg:evidence")]
    for quad in found:
        small.store.inner.remove(quad)
    bare = small.explain(claim.iri)
    assert bare.trace is None and bare.sentences == () and "no parse" in bare.note
    assert bare.claim.subject == claim.subject


def test_an_article_is_found_again_in_a_file_of_many(tmp_path: Path) -> None:
    rows = "date,title,text\n2024-05-06,One,Tarn sold Bolt.\n2024-05-07,Two,Tarn bought Pellam Cells.\n"
    (tmp_path / "news.csv").write_text(rows, encoding="utf-8")
    with kg.KnowledgeGraph() as graph:
        graph.add(tmp_path / "news.csv")
        second = graph.store.articles()[1]
    assert second.sources[0].endswith("news.csv:3")
    again = read_again(second.id, ["stdin", "", "missing.txt:1", *second.sources])
    assert again is not None and again[0].title == "Two" and again[0].id == second.id
    shutil.move(tmp_path / "news.csv", tmp_path / "moved.csv")
    assert read_again(second.id, second.sources) is None


# ---- text that is in no graph


def test_a_text_is_explained() -> None:
    found = explained("Amazon acquired One Medical on Tuesday. Stop it.", date="2024-02-07")
    assert len(found.sentences) == 2
    assert "2024-02-06" in [time.value for time in found.extraction.times]
    assert found.extraction.propositions and found.extraction.entities
    assert any(near.words == "Stop" and near.why for near in found.sentences[1].near)


def test_frames_of_ones_own_are_explained(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(
        "@prefix kg: <https://w3id.org/newskg/ontology#> .\n@prefix frame: <https://w3id.org/newskg/frame/> .\n"
        "@prefix schema: <https://schema.org/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'frame:mine a kg:Frame ; kg:evokes kg:Acquisition ; kg:verb "frobnicate" ;\n'
        '  skos:example "Acme frobnicated Bolt." ; kg:slot frame:mine-what .\n'
        'frame:mine-what kg:fills kg:target ; kg:required true ; kg:from "object" ; kg:expects schema:Organization .\n',
        encoding="utf-8",
    )
    text = "Microsoft frobnicated Amazon."
    rules = [event.rule for event in explained(text, ontology=[tmp_path / "mine.ttl"]).extraction.events]
    assert rules == ["frame:mine"]


@pytest.mark.parametrize(("text", "date"), [("", None), (" \n", None), ("Amazon sold it.", "yesterday")])
def test_what_cannot_be_explained(text: str, date: str | None) -> None:
    with pytest.raises(UsageError):
        explained(text, date=date)


def test_the_short_address_is_the_beginning() -> None:
    assert claims.SHORT == 8 and short("https://example.org/claim/0123456789abcdef") == "claim/01234567"


def test_the_claim_that_the_readme_explains_is_in_the_samples(samples_read: kg.KnowledgeGraph) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"claim/[0-9a-f]{8}\b", readme)
    shown = re.search(r"\$ kg explain (\S+)\n(.+)", readme)
    assert shown is not None and set(told) == {shown[1]}
    claim = find(samples_read.store, shown[1])
    assert shown[2] == " · ".join(node.label for node in (claim.subject, claim.relation, claim.object))
