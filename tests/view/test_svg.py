"""Still pictures: whole, well-formed, deaf to what article text would have them do."""

from __future__ import annotations

import importlib.util
import random
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

from kg.errors import UsageError
from kg.view import Edge, Node, draw, network, png, svg

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "rect", "text", "tspan", "g", "path", "polygon"}


def words(text: str) -> set[str]:
    """All that is written in the picture."""
    return {"".join(item.itertext()) for item in ET.fromstring(text).iter(f"{SVG}text")}


def test_the_picture_has_names_words_and_a_legend(sample: ModuleType) -> None:
    text = svg(network(sample.nodes(), sample.edges()), title="Two articles")
    found = words(text)
    assert {"Two articles", "Northwind", "invested in", "Organization", "reported", "$3.9 billion · July 2029"} <= found
    assert "up to 400" not in found  # only possible


def test_the_same_network_gives_the_same_bytes(sample: ModuleType) -> None:
    nodes, edges = sample.nodes(), sample.edges()
    first = svg(network(nodes, edges), title="x")
    random.Random(3).shuffle(nodes)
    random.Random(4).shuffle(edges)
    assert svg(network(nodes, edges), title="x") == first


def test_no_words_cover_a_name(sample: ModuleType) -> None:
    root = ET.fromstring(svg(network(sample.nodes(), sample.edges()), title="x"))
    patches = [
        [float(item.get(key, "0")) for key in ("x", "y", "width", "height")]
        for item in root.findall(f"{SVG}rect") if item.get("fill-opacity")
    ]  # fmt: skip
    assert len(patches) > 30
    for i, (ax, ay, aw, ah) in enumerate(patches):
        for bx, by, bw, bh in patches[i + 1 :]:
            assert ax + aw <= bx + 0.2 or bx + bw <= ax + 0.2 or ay + ah <= by + 0.2 or by + bh <= ay + 0.2


@pytest.mark.parametrize(
    "text",
    ["</text><script>x</script>", '"/><image href="https://evil.example/x"/>', "<!ENTITY x>&x;", "]]><script/>",
     "\x00\x1b[1m\u202e", "javascript:x", "\ud800 \ufffe", "A" * 10_000, "&lt;script&gt;", ""],
)  # fmt: skip
def test_words_stay_words(text: str) -> None:
    nodes = [Node("e:a", text, "Person", titles=(text,)), Node("e:b", text, text[:20])]
    drawn = svg(network(nodes, [Edge("e:a", "e:b", "rel:x", text)]), title=text)
    root = ET.fromstring(drawn.encode("utf-8"))
    assert {item.tag.removeprefix(SVG) for item in root.iter()} <= ALLOWED
    assert not [key for item in root.iter() for key in item.attrib if key.startswith("on") or "href" in key]
    assert "\u202e" not in drawn and "\x1b" not in drawn


def test_of_a_large_graph_the_most_connected_part_is_drawn_and_it_says_so(many: ModuleType) -> None:
    drawn = svg(network(*many.many(400, articles=30)), title="Much", limit=60)
    assert any("less connected" in line for line in words(drawn))


def test_a_file_is_what_its_name_says(sample: ModuleType, tmp_path: Path) -> None:
    graph = network(sample.nodes(), sample.edges())
    assert draw(graph, tmp_path / "a.svg", title="x").read_text("utf-8").startswith("<svg")
    assert draw(graph, tmp_path / "a.html", title="x").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert draw(graph, tmp_path / "page", title="x").read_text("utf-8").startswith("<!DOCTYPE html>")
    with pytest.raises(UsageError, match=r"a PDF; the graph is drawn as \.html, \.svg or \.png"):
        draw(graph, tmp_path / "a.pdf", title="x")
    with pytest.raises(UsageError, match="cannot be written"):
        draw(graph, tmp_path / "no" / "a.svg", title="x")


def test_png_is_drawn_or_says_what_it_wants(sample: ModuleType) -> None:
    graph = network(sample.nodes(), sample.edges())
    if importlib.util.find_spec("resvg_py") is None:
        with pytest.raises(UsageError, match=r"pip install 'newskg\[png\]'"):
            png(graph, title="x")
    else:
        assert png(graph, title="x").startswith(b"\x89PNG")
