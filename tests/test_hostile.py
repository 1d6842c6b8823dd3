"""The ten hostile headlines as titles, names, speakers and addresses of one graph: whatever shows them shows words.

What a browser makes of the pages is looked at in tests/view/test_browser.py and tests/serve/test_browser.py, what
`kg check` writes in tests/test_check.py.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import click.testing
import networkx
import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg import export, names
from kg.records import Role
from kg.resolve import review
from kg.serve import jobs
from kg.store import Store
from tests.emit.hand import Hand
from tests.test_cli import printable, run

PWN = "window.__pwned=1"
HEADLINES = (
    f"<script>{PWN}</script>",
    f'<a href="javascript:{PWN}">href</a>',
    f'<img src=x onerror="{PWN}"> " onmouseover="{PWN}" x="',
    f"javascript:{PWN}",
    f"&lt;script&gt;{PWN}&lt;/script&gt; &#60;b&#62; &amp; ]]> {{{{DATA}}}}",
    "\u202egnp.exe\u202c and \u2066isolated\u2069",
    f"Long {'A' * 10_000}",
    "\x1b]0;title\x07\x1b[31mred\x9b2J [bold]x[/bold]",
    '=HYPERLINK("https://evil.example")',
    '" . } ; DROP ALL ; INSERT DATA { <a> <b> <c> } # \\" \'\'\' O\'Brien',
    "Two\nsplit Bolt\r\n+1\t@x",
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
LABELS = "SELECT DISTINCT ?name { ?e a schema:Organization ; rdfs:label ?name } ORDER BY ?name"


def told(number: int, evil: str) -> Hand:
    """An article about a hostile name that speaks and buys."""
    hand = Hand(f"{evil} Inc. bought Bolt for $3 million. {evil} said Ann Lee owns Pike.", title=evil, publisher=evil,
                source=evil, url=evil if number % 2 else f"https://x.example/{number}")  # fmt: skip
    buyer, bolt = hand.mention(f"{evil} Inc.", key=f"evil-{number}", aliases=(evil,)), hand.mention("Bolt")
    ann, pike = hand.mention("Ann Lee", "Person"), hand.mention("Pike")
    said = hand.statement("Ann Lee owns Pike", buyer, cue=hand.span("said"), sentence=0)
    hand.says(buyer, f"buy {evil[:60]}", bolt, property="kg:acquired")
    hand.says(buyer, evil[:80], pike)
    hand.says(ann, "own", pike, property="kg:owns", statement=said, polarity="-" if number % 3 else "+")
    price = hand.amount("$3 million", 3e6, "USD")
    hand.event("kg:Acquisition", "bought", f"acquisition-{number}", Role("kg:buyer", mention=buyer),
               Role("kg:target", mention=bolt), Role("kg:price", amount=price))  # fmt: skip
    return hand


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of an article for each headline."""
    path = tmp_path_factory.mktemp("hostile") / "news.kg"
    with kg.KnowledgeGraph(path) as graph:
        changing = graph.changing()
        for number, evil in enumerate(HEADLINES):
            changing.add(told(number, evil).resolution().extraction)
    return path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands write to a terminal, one without colours."""
    monkeypatch.setattr(click.testing._NamedTextIOWrapper, "isatty", lambda self: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("NO_COLOR", "1")


def commands(folder: Path) -> Iterator[Sequence[object]]:
    """Every command that shows what articles say, and some that repeat what was typed."""
    for form in ("table", "csv", "tsv", "json", "sparql-json"):
        yield ["ask", LABELS, "--format", form]
    yield from (["ask", question] for question in ("acquisitions", "events", "statements"))
    yield ["ask", "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l }"]
    yield from ([command] for command in ("info", "merges", "analyze"))
    yield from ([command, "--json"] for command in ("info", "merges", "analyze"))
    yield ["merges", "--events"]
    yield from (["export", "-", "--format", form] for form in ("ttl", "nq", "csv", "json", "gexf"))
    with kg.KnowledgeGraph(folder, read_only=True) as graph:
        claims = [iri for (iri,) in graph.ask("SELECT ?c { ?c a kg:Claim } ORDER BY ?c")]
    yield from (["explain", claim] for claim in claims[::40])
    for evil in HEADLINES:
        yield ["show", "--", evil]
    for evil in HEADLINES[1::3]:
        yield from (["timeline", "--", evil], ["merges", "--", evil], ["path", "--", evil, "Ann Lee"])
        yield ["ask", "acquisitions", "--buyer", evil]
        yield from (["show", "--", f"no {evil}"], ["ontology", "show", "--", evil], ["ask", "--", evil])
        yield from (["remove", "--", f"{evil}x"], ["explain", "--", f"claim/{evil}"])
        yield ["view", "--around", f"no {evil}"]


def test_no_command_lets_words_steer_the_terminal(folder: Path, terminal: None) -> None:
    for words in commands(folder):
        place = [] if words[0] == "ontology" else ["-g", folder]
        result = run(words[0], *place, *words[1:])
        assert printable(result.stdout) and printable(result.stderr), (words, repr(result.output[:2000]))
        if "--format" in words or "--json" in words:
            assert result.exit_code in (0, 1), (words, result.stderr)


def test_no_file_is_a_formula_and_every_one_reads_back(folder: Path, tmp_path: Path) -> None:
    for form in ("csv", "tsv"):
        answer = run("ask", LABELS, "--format", form, "-g", folder).stdout
        cells = list(csv.reader(io.StringIO(answer), "excel-tab" if form == "tsv" else "excel"))[1:]
        assert len(cells) == len(HEADLINES) + 2
        assert not [cell for row in cells for cell in row if cell.startswith(FORMULAS)]
    found = json.loads(run("ask", LABELS, "--format", "json", "-g", folder).stdout)
    labels = {row["name"] for row in found} - {"Bolt", "Pike"}
    assert labels == {f"{evil} Inc." for evil in HEADLINES}
    with kg.KnowledgeGraph(folder, read_only=True) as graph:
        quads = set(graph.store.quads())
        for form in export.formats():
            graph.write(tmp_path / f"g.{form}", description=False)
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    for form in ("nq", "trig", "nt", "ttl", "jsonld"):
        read = ox.parse(path=tmp_path / f"g.{form}")
        assert {ox.Triple(q.subject, q.predicate, q.object) for q in read} == triples, form
    for form, name in (("ttl", "turtle"), ("rdf", "xml")):
        assert len(rdflib.Graph().parse(tmp_path / f"g.{form}", format=name)) == len(triples), form
    networks = (networkx.read_graphml(tmp_path / "g.graphml"), networkx.read_gexf(tmp_path / "g.gexf"),
                networkx.node_link_graph(json.loads((tmp_path / "g.json").read_text("utf-8"))))  # fmt: skip
    assert len({(len(network), network.number_of_edges()) for network in networks}) == 1
    with (tmp_path / "g.csv").open(encoding="utf-8", newline="") as rows:
        assert not [cell for row in csv.reader(rows) for cell in row if cell.startswith(FORMULAS)]


class Page(HTMLParser):
    """What a page would run, fetch or turn about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.faults = [repr(sign) for sign in ("\x1b", "\x9b", "\u202e", "\u2066") if sign in text]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            words = (value or "").strip().lower()
            leads = name in ("href", "src", "action") and words.startswith(("javascript", "data:text", "vbscript"))
            if name.startswith("on") or leads:
                self.faults.append(f"{tag} {name}={value}")


SHOWN = {"bdi", "blockquote", "li", "table", "td", "th", "title", "html", "pre", "section", "svg", "text"}


def test_pages_pictures_and_notebooks_hold_words_and_no_markup_of_theirs(folder: Path, tmp_path: Path) -> None:
    with kg.KnowledgeGraph(folder, read_only=True) as graph:
        drawn = graph.view(tmp_path / "g.svg", title=HEADLINES[2]).read_text("utf-8")
        pages = [drawn]
        for question in (LABELS, "acquisitions", "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l }"):
            pages.append(graph.ask(question)._repr_html_())
    ElementTree.fromstring(drawn)
    with Store(folder, read_only=True) as store:
        desk = jobs.Desk(store, folder)
        iris = {quad.subject.value for quad in store.quads() if isinstance(quad.subject, ox.NamedNode)}
        lists = ("names", "meanwhile", "articles")
        wanted = [{"job": "list", "what": what, "words": HEADLINES[0][:9], "page": 1} for what in lists]
        for kind in ("article", "entity", "claim", "statement", "event"):
            home = names.mint(kind, "")
            keys = sorted(iri.removeprefix(home) for iri in iris if iri.startswith(home) and "#" not in iri)
            some = keys[:13] if kind == "entity" else keys[:3]
            wanted += [{"job": "node", "kind": kind, "key": key, "media": "text/html"} for key in some]
        for job in wanted:
            reply = jobs.answer(desk, job, b"")
            assert reply.status == 200, job
            pages.append(reply.body.decode("utf-8"))
    for text in pages:
        found = Page(text)
        assert found.faults == [] and not found.tags & {"script", "img", "iframe", "object"}, text[:2000]
        assert found.tags & SHOWN
    assert len(pages) > 30


def test_decisions_about_hostile_names_are_lines_that_are_read_back(folder: Path, tmp_path: Path) -> None:
    with kg.KnowledgeGraph(tmp_path / "own.kg") as graph:
        changing = graph.changing()
        for number, evil in enumerate(HEADLINES[-4:]):
            changing.add(told(number, evil).resolution().extraction)
        for evil in HEADLINES[-4:]:
            assert graph.merge(f"{evil} Inc.", "Pike") > 0
            graph.split(f"{evil} Inc.")
        assert graph.decisions is not None
        assert printable(graph.decisions.read_text("utf-8"))
        lines = review.read(graph.decisions).lines
    assert [line.verb for line in lines] == ["merge", "split"] * 4
    assert run("merges", "-g", tmp_path / "own.kg").exit_code == 0


def test_names_of_files_and_folders(tmp_path: Path, terminal: None) -> None:
    for evil in HEADLINES[::2]:
        for words in (["build", "-g", tmp_path / "g.kg", "--", evil], ["info", "-g", evil], ["serve", "-g", evil],
                      ["extract", "--", evil], ["export", "-g", tmp_path, "--", f"{evil}.x"]):  # fmt: skip
            result = run(*words)
            assert result.exit_code in (1, 2) and printable(result.output), words
