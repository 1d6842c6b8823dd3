"""The pages of nodes, articles and lists: what they show, as what they are sent, and that hostile names stay names."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib

from kg import emit, names
from kg.serve.html import link, text
from kg.store import Store

ARTICLE = "2024-05-14-913ba5e4f5f6"
PWN = "window.__pwned=1"
HOSTILE = [
    f"<script>{PWN}</script>", f"</script></title><script>{PWN}</script>", f'<img src=x onerror="{PWN}">',
    f'" onmouseover="{PWN}" autofocus onfocus="{PWN}" x="', f'<a href="javascript:{PWN}">href</a>',
    f"&lt;img src=x onerror={PWN}&gt;", "\u202egnp.exe\u202c right to left", "\x1b]0;title\x07\x1b[31mred",
    "A" * 10_000, '=HYPERLINK("https://evil.example")', '" . } ; DROP ALL ; SELECT * WHERE { ?s ?p ?o #',
    "{{SETTINGS}} {{LIMITS}} \\g<0> \\1",
]  # fmt: skip
LINKS = [
    f"javascript:{PWN}", f"data:text/html,<script>{PWN}</script>", "http://[broken", "//evil.example/", "vbscript:x",
]  # fmt: skip


# ---- the sample graph


def test_the_page_of_an_entity_tells_what_holds_and_who_says_so(server: Any) -> None:
    page = server.page("entity", "quillmark-robotics")
    assert (page.status, page.type) == (200, "text/html")
    assert "<h1><bdi>Quillmark Robotics</bdi></h1>" in page.text
    assert '<a href="/entity/ostrander-freight"><bdi>Ostrander Freight Corp.</bdi></a>' in page.text
    assert "Marisol Tench" in page.text and "the robotics company would keep" in page.text
    assert '<span class="note">reported</span>' in page.text
    for path in re.findall(r'href="(/[^"]*)"', page.text):
        assert server.ask(path, headers={"Accept": "text/html"}).status == 200, path


def test_every_kind_of_node_has_a_page_and_data(server: Any, sample_graph: Path) -> None:
    with Store(sample_graph, read_only=True) as store:
        iris = {str(quad.subject.value) for quad in store.quads() if isinstance(quad.subject, ox.NamedNode)}
    for kind in ("entity", "event", "claim", "statement", "amount", "article"):
        home = names.mint(kind, "")
        key = min(iri for iri in iris if iri.startswith(home) and "#" not in iri)[len(home) :]
        page = server.ask(f"/{kind}/{key}", headers={"Accept": "text/html"})
        assert (page.status, page.type) == (200, "text/html"), kind
        data = server.ask(f"/{kind}/{key}", headers={"Accept": "text/turtle"})
        read = rdflib.Graph().parse(data=data.body, format="turtle")
        assert (rdflib.URIRef(f"{home}{key}"), None, None) in read, kind


def test_a_claim_has_its_words_marked_in_their_sentence(server: Any) -> None:
    page = server.page("claim", "3e31a1a13d039e39").text
    assert "<mark>the robotics company would keep</mark> its name and <mark>its offices</mark>" in page
    assert "Marisol Tench (indirect)" in page


def test_an_article_is_shown_with_its_claims_marked(server: Any) -> None:
    page = server.page("article", ARTICLE)
    assert page.status == 200
    assert 'class="name"' in page.text and "Ostrander Freight Corp. (it) | acquire | Quillmark Robotics" in page.text
    assert "style-src 'unsafe-inline'" in page.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]
    data = server.page("article", ARTICLE, "application/n-triples")
    assert data.headers["x-rows-cut-off"] == "yes" and len(data.text.splitlines()) == 50


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("*/*", "text/html"), ("", "text/html"), ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"), ("application/rdf+xml, */*;q=0.1", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"), ("text/html;q=0.3, text/turtle;q=0.9", "text/turtle"),
    ],
)  # fmt: skip
def test_a_node_is_sent_as_the_client_likes_best(server: Any, accept: str, type_: str) -> None:
    answer = server.page("entity", "quillmark-robotics", accept)
    assert (answer.status, answer.type) == (200, type_)
    assert "accept" in answer.headers["vary"].lower()


def test_links_may_name_the_format(server: Any) -> None:
    for form, type_ in (("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("html", "text/html")):
        assert server.ask(f"/entity/quillmark-robotics?format={form}").type == type_
    assert server.ask("/entity/quillmark-robotics?format=exe").status == 406
    assert server.ask("/entity/quillmark-robotics?format=csv").status == 406


def test_the_data_of_a_node_is_the_same_in_every_format(server: Any) -> None:
    forms = {"text/turtle": "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml"}
    graphs = [
        set(rdflib.Graph().parse(data=server.page("amount", key, media).body, format=form))
        for key in ["9e69e1c2b75d5d0f"]
        for media, form in forms.items()
    ]
    assert len(graphs[0]) > 4 and graphs[0] == graphs[1] == graphs[2]
    told = json.loads(server.page("amount", "9e69e1c2b75d5d0f", "application/ld+json").body)
    assert any(node["@id"].endswith("/amount/9e69e1c2b75d5d0f") for node in told)


@pytest.mark.parametrize("path", ["/entity/nix", "/claim/nix", "/article/nix", "/graph/asserted", "/nix", "/entity/",
                                  "/entity", "/entity/a/b", "/static/../serve.py", "/static/console.html"])  # fmt: skip
def test_what_is_not_there_is_404(server: Any, path: str) -> None:
    for accept in ("text/html", "text/turtle", "*/*"):
        assert server.ask(path, headers={"Accept": accept}).status == 404


def test_names_are_found_by_a_part_of_them(server: Any) -> None:
    page = server.ask("/search?q=QUILL").text
    assert page.index("/entity/quillmark-robotics") > 0
    assert "No such name" in server.ask("/search?q=zzzz").text
    assert server.ask("/search").status == server.ask("/search?q=").status == 200


def test_the_articles_are_listed(server: Any) -> None:
    page = server.ask("/articles").text
    assert "<h1>4 articles</h1>" in page
    assert page.index("2024-11-19") < page.index(ARTICLE)
    for number in ("0", "-1", "2", "99999999999999999999", "x"):
        assert server.ask(f"/articles?page={number}").status == 200


def test_the_picture_is_that_of_kg_view_with_links(server: Any) -> None:
    for _ in range(20):
        page = server.ask("/")
        if page.status == 200:
            break
        assert page.status == 503 and "being drawn" in page.text and page.headers["retry-after"]
    assert page.type == "text/html" and "Quillmark Robotics" in page.text
    assert '<a href="/sparql">' in page.text
    policy = page.headers["content-security-policy"]
    assert "sha256-" in policy and "frame-ancestors 'none'" in policy and "script-src 'unsafe-inline'" not in policy


# ---- hostile names


@pytest.fixture(scope="module")
def hostile(start: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server over a graph in which every name is an attack."""
    path = tmp_path_factory.mktemp("hostile") / "news.kg"
    with Store(path, derive=emit.derived) as store:
        store.change("a", list(attacks()))
    with start(path, "--timeout", "60") as served:
        yield served


def attacks() -> Iterator[ox.Quad]:
    article = ox.NamedNode(names.mint("article", "a"))
    property_ = {name: ox.NamedNode(names.expand(name)) for name in ("rdf:type", "rdfs:label", "schema:headline",
                 "skos:altLabel", "kg:acquired", "schema:url", "kg:denotedBy", "schema:publisher")}  # fmt: skip
    yield ox.Quad(article, property_["rdf:type"], ox.NamedNode(names.expand("schema:NewsArticle")), article)
    yield ox.Quad(article, property_["schema:headline"], ox.Literal(HOSTILE[0]), article)
    for number, name in enumerate(HOSTILE):
        node = ox.NamedNode(names.mint("entity", name[:60]))
        other = ox.NamedNode(names.mint("entity", HOSTILE[number - 1][:60]))
        for value in ("rdfs:label", "skos:altLabel"):
            yield ox.Quad(node, property_[value], ox.Literal(name), article)
        yield ox.Quad(node, property_["kg:acquired"], other, article)
        yield ox.Quad(node, ox.NamedNode(f"https://x.example/{quote(name[:40])}"), ox.Literal(name), article)
        yield ox.Quad(node, property_["kg:denotedBy"], ox.NamedNode(f"{article.value}#char={number},9"), article)
        link_ = LINKS[number % len(LINKS)]
        if not link_.startswith(("//", "http://[")) and "<" not in link_:
            yield ox.Quad(node, property_["schema:url"], ox.NamedNode(link_), article)


def harmless(page: str) -> None:
    assert "<script" not in page and "<img" not in page and f'onmouseover="{PWN}' not in page
    assert 'href="javascript:' not in page and 'href="data:text' not in page and 'href="vbscript' not in page
    assert "\x1b" not in page and "\u202e" not in page and len(page) < 100_000


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_name(hostile: Any, name: str) -> None:
    page = hostile.page("entity", name[:60])
    assert page.status == 200
    harmless(page.text)
    harmless(hostile.ask(f"/search?q={quote(name[:200])}").text)
    missing = hostile.page("entity", f"{name[:60]}x")
    assert missing.status == 404
    harmless(missing.text)


def test_lists_of_hostile_names_are_harmless(hostile: Any) -> None:
    for path in ("/articles", "/article/a", "/search?q=a"):
        page = hostile.ask(path, headers={"Accept": "text/html"})
        assert page.status == 200
        harmless(page.text)


def test_hostile_names_come_back_whole_as_data(hostile: Any) -> None:
    query = "SELECT ?name { ?node rdfs:label ?name }"
    found = json.loads(hostile.query(query).body)["results"]["bindings"]
    assert {row["name"]["value"] for row in found} == set(HOSTILE)
    assert hostile.query(query, "application/sparql-results+xml").status == 200
    rdflib.query.Result.parse(io.BytesIO(hostile.query(query, "application/xml").body), format="xml")
    cells = hostile.query(query, "text/csv").text
    assert "\"'=HYPERLINK(" in cells and '"=HYPERLINK' not in cells
    for media, form in (("text/turtle", "turtle"), ("application/n-triples", "nt")):
        data = hostile.page("entity", HOSTILE[7][:60], media)
        read = rdflib.Graph().parse(data=data.body, format=form)
        assert HOSTILE[7] in {str(value) for value in read.objects()}
    assert hostile.page("entity", HOSTILE[7][:60], "application/rdf+xml").status == 200


def test_words_and_links_are_escaped() -> None:
    for name in HOSTILE:
        assert "<" not in text(name) and '"' not in text(name)
    for address in LINKS:
        assert "href" not in link("x", address, "https://x.example/")
    assert link("x", "https://y.example/\"><script>", "https://x.example/").count("<script") == 0
