"""A made-up network of any size, as some years of news would give it; as a script: how long its page takes to open.

    python tests/view/many.py 10000

writes the page, opens it in headless Chromium and prints how large it is and how long it took, until the page was ready
and until the browser had drawn it.
"""

from __future__ import annotations

import itertools
import random

from kg.names import PREFIXES, expand
from kg.view.network import Edge, EdgeStatus, Evidence, Node

KINDS = (
    *["Organization"] * 22, *["Person"] * 24, *["Place"] * 8, *["Product"] * 6, *["Work"] * 3, *["Law"] * 2,
    *["Group"] * 8, *["Event"] * 10, *["Concept"] * 14, *["Amount"] * 3,
)  # fmt: skip
CLASSES = {"Event": "kg:Event", "Concept": "skos:Concept", "Group": "kg:Group"}
NAMES = ("Marlow", "Tench", "Okoye", "Varga", "Whit", "Ostran", "Quill", "Vosk", "Brandt", "Keller", "Moreau")
RELATIONS = ("acquired", "works for", "invested in", "is based in", "criticised", "launched", "sued", "owns", "said")
STATUS: tuple[EdgeStatus, ...] = (
    *["asserted"] * 60, *["reported"] * 25, *["possible"] * 9, *["denied"] * 4, *["disputed"] * 2
)  # fmt: skip


def many(count: int, *, articles: int = 1500) -> tuple[list[Node], list[Edge]]:
    """So many nodes in groups around a few that much is told of, and the edges between them."""
    chance = random.Random(7)
    days = [
        f"{chance.randrange(2020, 2025)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        for _ in range(articles)
    ]
    fame = [1 / (1 + 60 * chance.random()) for _ in range(count)]
    group = [int(max(4, count // 250) * chance.random() ** 1.6) for _ in range(count)]
    nodes = [_node(chance, i, fame[i], articles) for i in range(count)]
    members: dict[int, list[int]] = {}
    for i in range(count):
        members.setdefault(group[i], []).append(i)
    edges = {}
    for i in range(count):
        for _ in range(1 if chance.random() < 0.55 else chance.randrange(1, 5)):
            near = members[group[i]] if chance.random() < 0.85 else range(count)
            j = max((chance.choice(near) for _ in range(4)), key=lambda k: fame[k])
            if i != j:
                edge = _edge(chance, nodes[i], nodes[j], days)
                edges[edge.source, edge.target, edge.relation, edge.status] = edge
    return nodes, list(edges.values())


def _node(chance: random.Random, i: int, fame: float, articles: int) -> Node:
    kind = chance.choice(KINDS)
    name = f"{chance.choice(NAMES)} {kind} {i}"
    told = chance.sample(range(articles), min(articles, 1 + int(30 * fame * chance.random())))
    folder = "event" if kind == "Event" else "entity"
    types = (expand(CLASSES.get(kind, f"schema:{kind}")),)
    iri = f"https://w3id.org/newskg/{folder}/x{i}"
    return Node(iri, name, kind, types, (f"the old {i}",), (), tuple(map(str, sorted(told))))


def _edge(chance: random.Random, source: Node, target: Node, days: list[str]) -> Edge:
    status, relation = chance.choice(STATUS), chance.choice(RELATIONS)
    times = 1 + int(4 * chance.random() ** 3)
    words = tuple(_words(chance, source, target, relation, status, days) for _ in range(times))
    iri = expand("kg:said") if relation == "said" else PREFIXES["rel"] + relation.replace(" ", "-")
    return Edge(source.id, target.id, iri, relation, status, words)


def _words(
    chance: random.Random, source: Node, target: Node, relation: str, status: EdgeStatus, days: list[str]
) -> Evidence:
    article = chance.randrange(len(days))
    voice = "" if status == "asserted" else f"{chance.choice(NAMES)} Person"
    return Evidence(
        f"{source.label} {relation} {target.label}", "On Tuesday, as the harbour froze and the markets were closed, ",
        ", people near the quay said in a sentence that went on for a while.", str(article), f"Headline {article}",
        days[article], "Harbour Courier", f"https://news.example/{article}", voice, rule="verb-active", confidence=0.81,
        certainty="possible" if status == "possible" else "certain", voices=(voice,) if voice else (),
        polarity="negative" if status == "denied" else "positive",
    )  # fmt: skip


def main(count: int) -> None:
    """Time the page of a network of that size."""
    import shutil
    import tempfile
    import time
    from pathlib import Path

    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    from kg.view import network, page

    begin = time.perf_counter()
    html = page(network(*many(count)), title=f"{count:,} nodes")
    print(f"made in {time.perf_counter() - begin:.1f} s, {len(html) / 1e6:.1f} MB")
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,800"):
        options.add_argument(flag)
    driver_ = Service(shutil.which("chromedriver"))
    with tempfile.TemporaryDirectory() as folder, webdriver.Chrome(options=options, service=driver_) as driver:
        path = Path(folder, "page.html")
        path.write_text(html, encoding="utf-8")
        for _ in itertools.repeat(None, 3):
            driver.get("about:blank")
            begin = time.perf_counter()
            driver.get(path.as_uri())
            ready = driver.execute_script("return performance.getEntriesByName('ready')[0].startTime") / 1000
            driver.get_screenshot_as_png()
            print(f"ready in {ready:.1f} s, drawn in {time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    import sys

    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
