"""The page's text and the picture in it, without a browser (see test_browser for one)."""

from __future__ import annotations

import json
import random
import re
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

import pytest

from kg.view import Edge, Evidence, Node, network, page
from kg.view.picture import picture
from kg.view.text import clean


def data_of(html: str) -> Any:
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def tags_of(html: str) -> list[str]:
    """The elements that a browser finds; what stands inside a script is none."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)

    Reader().feed(html)
    return found


def test_the_same_graph_gives_the_same_bytes(sample: ModuleType, example: str) -> None:
    nodes, edges = sample.nodes(), sample.edges()
    random.Random(5).shuffle(nodes)
    random.Random(6).shuffle(edges)
    assert page(network(nodes, edges), title="Two articles") == example


def test_nothing_in_the_page_points_outside(example: str) -> None:
    head = example.partition('<script id="data"')[0]
    assert "<script" not in head
    assert not re.findall(r"(?:src|href)=\"(?!data:,)", head)
    assert not re.search(r"@import|url\(", head)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', head)
    assert policy and policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy[1]
    assert "'unsafe-inline'" not in policy[1].split("style-src")[0]
    assert tags_of(example).count("script") == 3 == len(re.findall(r"</script", example, re.IGNORECASE))


@pytest.mark.parametrize(
    "title", ["</title><script>x</script>", "{{DATA}}{{PROGRAM}}", "a & b <i>", "\u202e\x00\x1b[1m"]
)
def test_a_title_stays_a_title(title: str) -> None:
    html = page(network([Node("e:a", title), Node("e:b", title)], [Edge("e:a", "e:b", "r:x", title)]), title=title)
    plain = page(network([], []), title="plain")
    assert tags_of(html) == tags_of(plain)
    assert data_of(html)["title"] == clean(title, limit=200)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a?b=c#d", True), ("http://news.example/", True), ("HTTPS://NEWS.EXAMPLE/", True),
        ("javascript:alert(1)", False), ("data:text/html,x", False), ("//news.example/", False),
        ("file:///etc/passwd", False),
        ("https://[", False), ("https:///nohost", False), ("https://a.example/\u202eb", False), ("", False),
        ("java\nscript:x", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str, kept: bool) -> None:
    words = Evidence("w", article_id="1", article_title="t", url=url)
    html = page(
        network([Node("e:a", "A"), Node("e:b", "B")], [Edge("e:a", "e:b", "r:x", "x", "asserted", (words,))]), title=""
    )
    assert data_of(html)["articles"][0]["url"] == (url if kept else "")


def test_figures_and_dates_are_read_on_the_event_and_rivals_stand_beside_it(sample: ModuleType) -> None:
    drawn = picture(network(sample.nodes(), sample.edges()))
    marks = {mark.node.label: mark for mark in drawn.marks}
    assert marks["Acquisition"].detail == ["$3.9 billion · July 2029"]
    assert "$3.9 billion" not in marks
    assert {"a few hundred", "roughly 115 positions", "up to 400"} <= set(marks)
    assert marks["a few hundred"].first and not marks["up to 400"].first


def test_names_lead(sample: ModuleType) -> None:
    marks = {mark.node.label: mark for mark in picture(network(sample.nodes(), sample.edges())).marks}
    assert marks["Northwind"].size == max(mark.size for mark in marks.values())
    assert marks["Samuel Okoye"].size > marks["marketing"].size
    unnamed = Node("e:u", "care teams", "Organization", unnamed=True)
    graph = network([unnamed, Node("e:b", "Bolt", "Organization")], [Edge("e:b", "e:u", "r:x", "has")])
    by_name = {mark.node.label: mark for mark in picture(graph).marks}
    assert by_name["care teams"].size < by_name["Bolt"].size


def test_what_hangs_together_with_no_name_waits(sample: ModuleType) -> None:
    nodes = [Node("e:a", "Acme", "Organization"), *(Node(f"e:{c}", c, "Concept") for c in "bcd")]
    edges = [Edge("e:a", "e:b", "r:x", "has"), Edge("e:c", "e:d", "r:x", "raises")]
    assert {mark.node.label for mark in picture(network(nodes, edges)).marks if mark.first} == {"Acme", "b"}


def test_a_job_title_goes_into_the_name_plate_with_its_words() -> None:
    from kg.names import expand

    words = Evidence("Ada, chief of Acme", article_id="1")
    nodes = [
        Node("e:a", "Ada", "Person", titles=("chief",)),
        Node("v:1", "chief", "Literal"),
        Node("e:b", "Acme", "Organization"),
    ]
    edges = [
        Edge("e:a", "v:1", expand("schema:jobTitle"), "job title", "asserted", (words,)),
        Edge("e:a", "e:b", "r:x", "works for"),
    ]
    data = data_of(page(network(nodes, edges), title=""))
    ada = next(node for node in data["nodes"] if node["label"] == "Ada")
    assert ada["detail"] == ["chief"] and ada["values"][0]["evidence"][0]["words"] == [["Ada, chief of Acme", True]]
    assert "chief" not in {node["label"] for node in data["nodes"]}


def test_words_that_bear_a_claim_are_cut_out_exactly() -> None:
    words = Evidence("Acme, based in Kestrel, bought Bolt", marks=((0, 4), (24, 35)))
    data = data_of(
        page(
            network([Node("e:a", "A"), Node("e:b", "B")], [Edge("e:a", "e:b", "r:x", "x", "asserted", (words,))]),
            title="",
        )
    )
    pieces = data["strands"][0]["edges"][0]["evidence"][0]["words"]
    assert pieces == [["Acme", True], [", based in Kestrel, ", False], ["bought Bolt", True]]


def test_of_a_large_graph_the_most_connected_part_is_drawn() -> None:
    nodes = [Node(f"e:{i:03}", f"N{i}", "Organization") for i in range(60)]
    edges = [Edge(f"e:{i:03}", "e:000", "r:x", "knows") for i in range(1, 60)]
    data = data_of(page(network(nodes, edges), title="", limit=25))
    assert len(data["nodes"]) == 25 and data["leftOut"] == 35
    assert data["nodes"][0]["label"] == "N0"


def test_ids_are_opaque(sample: ModuleType, example: str) -> None:
    data = data_of(example)
    assert all(re.fullmatch(r"n\d+", node["id"]) for node in data["nodes"])
    assert all(re.fullmatch(r"e\d+", strand["id"]) for strand in data["strands"])
    assert {node["id"] for node in data["vis"]["nodes"]} == {node["id"] for node in data["nodes"]}
    assert len(data["vis"]["edges"]) == len(data["strands"])
