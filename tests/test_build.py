"""The chain of stages: one bad article stops nothing, a killed run leaves whole articles, hostile text is only text."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import build, emit, export, extract, ontology, read
from kg.errors import InputError, ModelError
from kg.records import Article, Finding
from kg.store import Store

ROOT = Path(__file__).resolve().parents[1]
KILLS = 1  # tests/test_durable.py kills more often, and knows where


def articles_file(path: Path, count: int, *, seed: int) -> Path:
    """Small articles that speak of the same few companies and people, made up at random, as JSON Lines."""
    dice = random.Random(seed)
    firms = ["Tarn Robotics", "Pellam Cells", "Caldera Lines", "Ostrander Freight", "Verlane Capital"]
    people = ["Dora Venn", "Ivo Brandt", "Marisol Tench", "Samuel Okafor"]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            one, two = dice.sample(firms, 2)
            who = dice.choice(people)
            text = (
                f"{one} bought {two} for ${number + 2} million on Monday. {who} is the chief executive of {one}. "
                f'"We will keep all {10 + number} offices," {who} said. {two} may cut {number + 3} jobs.'
            )
            file.write(json.dumps({"date": f"2024-05-{number + 1:02}", "text": text}) + "\n")
    return path


# ---- killed at any moment


BUILD = """
import sys, kg
with kg.KnowledgeGraph(sys.argv[1]) as graph:
    graph.add(sys.argv[2], threads=1, progress=lambda article, what: print(what, flush=True))
print("done", flush=True)
"""


def started(graph: Path, source: Path, *, seed: int) -> subprocess.Popen[str]:
    """A build in a process of its own; the seed of its hashes must not matter."""
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    command = [sys.executable, "-c", BUILD, str(graph), str(source)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)


def killed(process: subprocess.Popen[str], *, after: int, pause: float) -> None:
    """Kill a build once it has told of some new articles, and a moment has gone by."""
    assert process.stdout is not None
    new = 0
    for line in process.stdout:
        new += line == "added\n"
        if new >= after:
            break
    time.sleep(pause)
    process.kill()
    process.wait()
    process.stdout.close()


def graphs(store: Store) -> dict[str, set[ox.Quad]]:
    """What each article of a graph says."""
    return {
        article.id: set(store.inner.quads_for_pattern(None, None, None, ox.NamedNode(article.iri)))
        for article in store.articles()
    }


def test_a_killed_build_leaves_whole_articles_and_the_next_goes_on(tmp_path: Path) -> None:
    source, path, dice = articles_file(tmp_path / "a.jsonl", 48, seed=1), tmp_path / "g.kg", random.Random(7)
    with kg.KnowledgeGraph() as undisturbed:
        undisturbed.add(source)
        whole, expected = graphs(undisturbed.store), export.text(undisturbed.store, format="ttl")
    with kg.KnowledgeGraph(path) as graph:  # an empty one would be filled at once, at the end
        graph.add(articles_file(tmp_path / "first.jsonl", 1, seed=1))
    reached = 1
    for kill in range(KILLS):
        killed(started(path, source, seed=kill), after=dice.randint(1, 3), pause=dice.uniform(0, 0.05))
        with Store(path, read_only=True) as store:
            found = graphs(store)
            assert reached < len(found) < len(whole)
            assert all(found[article] == whole[article] for article in found)
            alone = Store(derive=emit.derived)
            for article in sorted(found):
                alone.change(article, whole[article])
            assert export.text(store, format="nq") == export.text(alone, format="nq")
            reached = len(found)
    last = started(path, source, seed=KILLS)
    told, _ = last.communicate()
    assert last.returncode == 0 and told.endswith("done\n")
    assert told.count("skipped") - reached in (0, 1)  # what was noted when a run was killed is written before all else
    with Store(path, read_only=True) as store:
        assert export.text(store, format="ttl") == expected


# ---- one bad article


def test_an_article_that_breaks_a_rule_is_told_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, real = articles_file(tmp_path / "a.jsonl", 3, seed=2), extract.extraction

    def broken(doc, tables, **more):  # type: ignore[no-untyped-def]
        if doc.user_data["article"].id.startswith("2024-05-02"):
            raise RuntimeError("a rule broke")
        return real(doc, tables, **more)

    monkeypatch.setattr(extract, "extraction", broken)
    seen: list[str] = []
    told: list[Finding] = []
    with kg.KnowledgeGraph() as graph:
        report = graph.add(source, progress=lambda article, what: seen.append(what), on_error=told.append)
        assert [a.id[:10] for a in graph.store.articles()] == ["2024-05-01", "2024-05-03"]
    assert seen == ["added", "failed", "added"] and report.articles == 2
    assert report.failed == tuple(told) and "a rule broke" in told[0].message and ":2" in told[0].source


def test_a_missing_pipeline_ends_the_run(tmp_path: Path) -> None:
    source = articles_file(tmp_path / "a.jsonl", 1, seed=3)
    with kg.KnowledgeGraph(model=tmp_path / "none") as graph, pytest.raises(ModelError, match="none"):
        graph.add(source)


def test_the_report_counts(tmp_path: Path) -> None:
    with kg.KnowledgeGraph() as graph:
        report = graph.add(articles_file(tmp_path / "a.jsonl", 2, seed=4))
        counts = graph.store.counts()
    assert (report.articles, report.skipped, report.replaced, report.failed) == (2, 0, 0, ())
    assert (report.entities, report.claims, report.statements, report.events) == (
        counts.entities, counts.claims, counts.statements, counts.events,
    )  # fmt: skip
    assert report.claims > 4 and report.statements >= 2


# ---- records


def test_records_have_the_keys_of_the_contract(samples: Path) -> None:
    (record,) = build.records([sorted(samples.iterdir())[0]], on_error=lambda finding: None)
    assert isinstance(record, dict)
    assert set(record) >= {
        "article", "sentences", "mentions", "entities", "times", "amounts", "statements", "propositions", "events",
    }  # fmt: skip
    assert set(record["article"]) >= {"id", "title", "date", "publisher", "url", "source", "text"}
    assert set(record["mentions"][0]) >= {"start", "end", "head", "kind", "form", "entity"}
    assert set(record["propositions"][0]) >= {
        "subject", "relation", "object", "sentence", "polarity", "certainty", "tense", "conditional", "statement",
        "event", "property", "confidence", "rule",
    }  # fmt: skip
    assert {"class", "trigger", "roles", "status"} <= set(record["events"][0])
    assert json.loads(json.dumps(record)) == record


def test_indices_and_offsets_of_records_point_at_something(samples: Path) -> None:
    for record in build.read_records([samples], on_error=lambda finding: None):
        length = len(record.article.text)
        spans = [*record.sentences, *((m.start, m.end) for m in record.mentions), *(m.head for m in record.mentions)]
        spans += [(t.start, t.end) for t in record.times] + [(a.start, a.end) for a in record.amounts]
        spans += [span for s in record.statements for span in s.content]
        spans += [span for p in record.propositions for span in (*p.spans, *p.subject.spans, *p.object.spans)]
        spans += [span for e in record.events for span in (e.trigger, *e.spans)]
        assert all(0 <= start < end <= length for start, end in spans)
        assert all(0 <= m.entity < len(record.entities) for m in record.mentions)
        assert all(s.parent is None or 0 <= s.parent < len(record.statements) for s in record.statements)
        for p in record.propositions:
            assert p.statement is None or 0 <= p.statement < len(record.statements)
            assert p.event is None or 0 <= p.event < len(record.events)
            for argument in (p.subject, p.object):
                assert argument.mention is None or 0 <= argument.mention < len(record.mentions)
                assert argument.time is None or 0 <= argument.time < len(record.times)
                assert argument.amount is None or 0 <= argument.amount < len(record.amounts)


def test_an_article_is_read_alone(samples: Path) -> None:
    articles = list(read.articles(samples, on_error=lambda finding: None))
    together = build.extractions(articles, ontology=ontology.load(), on_error=lambda finding: None)
    alone = build.extractions(articles[2:3], ontology=ontology.load(), on_error=lambda finding: None, threads=1)
    assert list(together)[2] == next(alone)


def test_tokenised_sentences(tmp_path: Path) -> None:
    file = tmp_path / "s.txt"
    file.write_text("12\tTarn bought Pike .\n\nVenn runs Pike .\n", encoding="utf-8")
    numbers = [line.split("\t")[0] for line in build.tokenized_triples([file])]
    assert numbers == sorted(numbers) and set(numbers) == {"12", "3"}
    with pytest.raises(InputError, match=r"missing\.txt"):
        list(build.tokenized_triples([tmp_path / "missing.txt"]))


# ---- hostile text


HOSTILE = {
    "script": '<script>alert(1)</script> bought <img src=x onerror=alert(2)> Ltd. "><svg/onload=alert(3)>, Ann said.',
    "long word": f"Tarn bought {'x' * 10_000} and {'Ab' * 5_000} Corp.",
    "control": "Tarn\x00 bought\x1b[2J Pike\x08\x7f\x9b31m Ltd. on\u2028Monday\u2029.",
    "sparql": "O'Brien \"} ; DROP ALL ; INSERT DATA { <a> <b> <c> } # Ltd. bought <http://x.example> . } UNION { ?s ?p",
    "turned": "The \u202eetaroproC nraT\u202c firm bought \u2066Pike\u2069 Ltd., \u200bAnn\u200d Lee said.",
    "punctuation": "... --- !!! ??? “”‘’ ((( ))) ;;; ,,, “ ” ' ' \" \" — – …",
    "numbers": "1 2 3 4.5 6,789 10% $11 €12.5m 2024-01-01 13:45 1/2 -7 +8 9e10 1e400 99999999999999999999999999",
    "empty paragraphs": "\n\n  \n\t\n\u00a0\n\nTarn bought Pike.\n\n\n\n   \n\n",
    "open quotations": '"Tarn "bought “Pike "said ‘Ann " Lee." "' * 20,
    "nested": f"{'Ann said that ' * 60}Tarn bought Pike.",
    "brackets": f"{'(' * 300}Tarn{')' * 300} bought {'[' * 300}Pike.",
    "one line": "Tarn bought Pike " * 250,
    "letters of all kinds": "タルンはパイクを買収した。 Тарн купил Пайк. شركة تارن اشترت بايك. 🦊 bought 👩‍👧 Ltd.",
    "combining": "T\u0301\u0301\u0301arn b\u0308ought Pi\u030ake, A\u0335n\u0335n said.",
    "template": "{{7*7}} ${jndi:ldap://x} %s %n {0} bought `rm -rf` Ltd. and $(reboot) Inc.",
    "dates": "On 2024-02-30, on 31 April, at 25:61, in year 0000, on 99/99/9999 Tarn bought Pike for $1e999 million.",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each hostile text as an article with a hostile title and publisher, as JSON Lines."""
    file = tmp_path_factory.mktemp("hostile") / "hostile.jsonl"
    rows = [
        {"text": text, "title": text[:80], "publisher": text[:40], "date": "2024-05-06", "url": f"http://x.example/{n}"}
        for n, text in enumerate(HOSTILE.values())
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def hostile_graph(hostile: Path) -> kg.KnowledgeGraph:
    graph = kg.KnowledgeGraph()
    report = graph.add(hostile)
    broken = [finding for finding in report.failed if "please report it" in finding.message]
    assert broken == []
    assert report.articles >= len(HOSTILE) - 2  # the reader may refuse what has no words
    return graph


def test_hostile_text_is_read_and_every_place_gives_its_words(hostile: Path, hostile_graph: kg.KnowledgeGraph) -> None:
    texts = {article.id: article.text for article in read.articles(hostile, on_error=lambda finding: None)}
    found = hostile_graph.ask(
        "SELECT ?a ?start ?end ?exact WHERE { ?p oa:hasSource ?a ; oa:hasSelector ?s . "
        "?s oa:start ?start ; oa:end ?end ; oa:exact ?exact }"
    )
    assert len(found) > 30
    for article, start, end, exact in found:
        assert texts[article.rsplit("/", 1)[1]][start:end] == exact


def test_hostile_text_is_exported_and_read_back(hostile_graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    quads = set(hostile_graph.store.quads())
    for form in export.formats():
        hostile_graph.write(tmp_path / f"h.{form}", description=False)
    for form in ("nq", "trig"):
        assert set(ox.parse(path=tmp_path / f"h.{form}")) == quads
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    assert {ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(path=tmp_path / "h.ttl")} == triples


def test_hostile_names_are_asked_for_and_shown_as_values(hostile_graph: kg.KnowledgeGraph) -> None:
    labels = [row[0] for row in hostile_graph.ask("SELECT DISTINCT ?l WHERE { ?e rdfs:label ?l ; kg:denotedBy ?p }")]
    assert labels
    size = hostile_graph.store.counts().quads
    for label in labels[:40]:
        found = hostile_graph.ask("SELECT ?e WHERE { ?e rdfs:label ?n FILTER(STR(?n) = STR(?l)) }", l=label)
        assert len(found) >= 1, label
        assert label in [shown.label for shown in hostile_graph.show(label)]
    assert hostile_graph.store.counts().quads == size


def test_a_page_of_hostile_text_holds_none_of_its_markup(hostile_graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    page = hostile_graph.view(tmp_path / "h.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page and "<img src=x" not in page and "<svg/onload" not in page


def test_hostile_text_as_plain_files(tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE.values()):
        (tmp_path / f"{number}.txt").write_text(text[:2000], encoding="utf-8")
    findings: list[Finding] = []
    found = list(build.read_records([tmp_path], on_error=findings.append))
    assert len(found) >= len(HOSTILE) - 2
    assert not [finding for finding in findings if "please report it" in finding.message]


def test_an_article_without_a_word_is_no_failure() -> None:
    findings: list[Finding] = []
    empty = [Article.of(text) for text in ("", " \n\n ", ".", "\u200b")]
    found = list(build.extractions(empty, ontology=ontology.load(), on_error=findings.append))
    assert len(found) == len(empty) and findings == []
