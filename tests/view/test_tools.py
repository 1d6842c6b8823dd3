"""What one looks and chooses with on a page: filters, dates, neighbours, the address, keys; small and large pages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kg.view import Edge, Evidence, Node, network, page

STATE = "return kgView.state()"


def put(shown: Any, field: str, value: str) -> None:
    """Write into a field as somebody would, and wait until the page has followed."""
    shown.run(
        "const f = document.getElementById(arguments[0]); f.value = arguments[1];"
        "f.dispatchEvent(new Event('input')); f.dispatchEvent(new Event('change'))",
        field, value,
    )  # fmt: skip
    settle(shown)


def settle(shown: Any) -> None:
    """Wait until what was chosen is shown, and told in the address."""
    shown.driver.execute_async_script("setTimeout(arguments[arguments.length - 1], 700)")


def labels(shown: Any) -> set[str]:
    """The names of the nodes that are shown."""
    return set(
        shown.run(
            """const data = JSON.parse(document.getElementById("data").textContent);
            const live = new Set(kgView.state().nodes);
            return data.nodes.filter((node) => live.has(node.id)).map((node) => node.label)"""
        )
    )


def told_by() -> str:
    """Three things, said in two articles by two people, one surely and one not."""
    nodes = [Node(f"https://w3id.org/newskg/entity/{n.lower()}", n, "Organization") for n in ("Acme", "Bolt", "Cog")]
    ada = Evidence("Acme owns Bolt", article_id="1", article_title="First", article_date="2024-01-05", speaker="Ada",
                   voices=("Ada", "The Courier"))  # fmt: skip
    bo = Evidence("Bolt sued Cog", article_id="2", article_title="Second", article_date="2024-03-01", speaker="Bo",
                  voices=("Bo",), certainty="probable")  # fmt: skip
    edges = [
        Edge(nodes[0].id, nodes[1].id, "rel:own", "owns", "reported", (ada,)),
        Edge(nodes[1].id, nodes[2].id, "rel:sue", "sued", "reported", (bo,)),
    ]
    return page(network(nodes, edges), title="Two")


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [
        ("filter-article", "second", {"Bolt", "Cog"}),
        ("filter-by", "ada", {"Acme", "Bolt"}),
        ("filter-by", "courier", {"Acme", "Bolt"}),
        ("filter-by", "the article itself", set()),
        ("filter-relation", "su", {"Bolt", "Cog"}),
        ("filter-from", "2024-02-01", {"Bolt", "Cog"}),
        ("filter-to", "2024-02-01", {"Acme", "Bolt"}),
        ("from", "19760", {"Bolt", "Cog"}),
    ],
)
def test_a_filter_leaves_what_fits(opened: Any, field: str, value: str, left: set[str]) -> None:
    shown = opened(told_by())
    assert labels(shown) == {"Acme", "Bolt", "Cog"}
    put(shown, field, value)
    assert labels(shown) == left
    assert "filtered" in shown.run("return document.getElementById('counts').textContent")
    assert shown.run("return document.getElementById('empty').hidden") == bool(left)
    shown.run("document.querySelector('#filters button').click()")
    assert labels(shown) == {"Acme", "Bolt", "Cog"}


def test_certainty_and_kinds_are_filters_too(opened: Any, example: str) -> None:
    shown = opened(told_by())
    shown.run("document.getElementById('sure-probable').click()")
    settle(shown)
    assert labels(shown) == {"Acme", "Bolt"}
    shown = opened(example)
    assert "Ada Marlowe" in labels(shown)
    shown.run("document.getElementById('kind-Person').click()")
    assert "Ada Marlowe" not in labels(shown) and "Northwind" in labels(shown)


def test_the_address_says_what_is_shown_and_brings_it_back(opened: Any) -> None:
    shown = opened(told_by())
    put(shown, "filter-by", "Ada")
    shown.run("for (const id of ['show-reported', 'kind-Organization']) document.getElementById(id).click()")
    settle(shown)
    assert "show=" in shown.run("return location.hash") and "no-kinds=Organization" in shown.run("return location.hash")
    shown.run("for (const id of ['show-reported', 'kind-Organization']) document.getElementById(id).click()")
    shown.run("kgView.openNode('n0')")
    settle(shown)
    address = shown.run("return location.href")
    assert "by=Ada" in address and "node=entity" in address
    heading = shown.run("return document.querySelector('#panel h2').textContent")
    shown.driver.get("about:blank")
    shown.driver.get(address)
    assert labels(shown) == {"Acme", "Bolt"}
    assert shown.run("return document.querySelector('#panel h2').textContent") == heading
    assert shown.run("return document.getElementById('filter-by').value") == "Ada"
    shown.run("location.hash = 'by=Bo'")
    settle(shown)
    assert labels(shown) == {"Bolt", "Cog"}


@pytest.mark.parametrize(
    "fragment",
    ["node=<img src=x onerror=window.__pwned=1>", "at=a,b,c&show=__proto__&from=x&to=9999-99-99",
     "near=%00&line={", "by=%3Cscript%3Ewindow.__pwned=1%3C/script%3E",
     "no-kinds=constructor&no-sure=toString&line=[1,2]", "%E0%A4%A"],
)  # fmt: skip
def test_a_hostile_address_does_nothing(opened: Any, fragment: str) -> None:
    shown = opened(told_by())
    shown.run("location.hash = arguments[0]", fragment)
    settle(shown)
    assert shown.run("return typeof window.__pwned") == "undefined"
    assert shown.run("return document.scripts.length") == 3
    assert shown.complaints() == []
    assert shown.run("location.hash = ''; return document.body.dataset.ready") == "true"
    settle(shown)
    assert labels(shown) == {"Acme", "Bolt", "Cog"}


def test_neighbours_are_expanded_and_kept_in_the_address(opened: Any, example: str) -> None:
    shown = opened(example)
    before = labels(shown)
    assert "up to 400" not in before
    shown.run(
        """const data = JSON.parse(document.getElementById("data").textContent);
        kgView.openNode(data.nodes.find((node) => node.label === "Layoff").id);
        document.getElementById("expand").click()"""
    )
    assert {"up to 400", "roughly 115 positions"} <= labels(shown)
    settle(shown)
    address = shown.run("return location.href")
    shown.driver.get("about:blank")
    shown.driver.get(address)
    assert {"up to 400", "roughly 115 positions"} <= labels(shown)


def test_keys_walk_from_thing_to_thing_and_move_the_picture(opened: Any, example: str) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    shown = opened(example)
    room = shown.driver.find_element(By.ID, "graph")
    shown.run("document.getElementById('graph').focus()")
    where = "const {x, y} = kgView.network.getViewPosition(); return [x, y, kgView.network.getScale()]"
    at = shown.run(where)
    room.send_keys(Keys.ARROW_RIGHT, "+")
    assert shown.run(where)[0] > at[0] and shown.run(where)[2] > at[2]
    heading = "return document.querySelector('#panel h2')?.textContent"
    room.send_keys("n")
    first = shown.run(heading)
    room.send_keys("n")
    second = shown.run(heading)
    room.send_keys("p")
    assert shown.run(heading) == first != second
    room.send_keys("e")
    room.send_keys(Keys.ESCAPE)
    assert shown.run("return document.getElementById('panel').hidden")
    room.send_keys("/")
    assert shown.run("return document.activeElement.id") == "search"


def test_a_thing_has_its_timeline(opened: Any) -> None:
    shown = opened(told_by())
    shown.run(
        """const data = JSON.parse(document.getElementById("data").textContent);
        kgView.openNode(data.nodes.find((node) => node.label === "Bolt").id)"""
    )
    dates = shown.run("return [...document.querySelectorAll('#panel time')].map((t) => t.textContent)")
    assert dates == ["2024-01-05", "2024-03-01"]


# ---- large pages


def test_a_large_page_opens_without_a_complaint_or_a_request(opened: Any, large: str) -> None:
    shown = opened(large)
    assert shown.run("return document.body.dataset.ready") == "true"
    assert len(shown.run(STATE)["nodes"]) > 500
    # without a graphics card the browser remarks on its own slowness, nothing else
    assert [line for line in shown.complaints() if "GL Driver Message" not in line] == []
    assert {address.split(":")[0] for address in shown.asked_for()} <= {"file", "data"}


def test_a_click_on_a_mark_and_on_a_line_of_a_large_page_tells_of_it(opened: Any, large: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    def click(x: float, y: float) -> None:
        box = "const r = document.getElementById('graph').getBoundingClientRect(); return [r.left, r.top]"
        left, top = shown.run(box)
        mouse = ActionChains(shown.driver)
        mouse.move_by_offset(round(left + x), round(top + y)).pause(0.4).click().perform()
        ActionChains(shown.driver).move_by_offset(-round(left + x), -round(top + y)).perform()
        settle(shown)

    shown = opened(large)
    data = shown.run("return JSON.parse(document.getElementById('data').textContent).nodes[0]")
    at = shown.run("kgView.wake(); return kgView.at('n0')")
    click(at["x"], at["y"])
    assert shown.run("return document.querySelector('#panel h2')?.textContent") == data["label"]
    shown.run("document.querySelector('#panel .close').click()")
    line = shown.run(
        """const data = JSON.parse(document.getElementById("data").textContent), live = new Set(kgView.state().strands);
        let best = null, far = 0;
        for (const s of data.strands.filter((s) => live.has(s.id))) {
          const a = kgView.at(s.from), b = kgView.at(s.to), d = Math.hypot(a.x - b.x, a.y - b.y);
          if (d > far && s.layer === "fact") [best, far] = [s, d];
        }
        kgView.openStrand(best.id);
        return [best.id, best.edges[0].label]"""
    )
    settle(shown)
    at = shown.run(
        """const data = JSON.parse(document.getElementById("data").textContent);
        const s = data.strands.find((s) => s.id === arguments[0]);
        document.querySelector("#panel .close").click();
        const a = kgView.at(s.from), b = kgView.at(s.to);
        return {x: a.x * 0.6 + b.x * 0.4, y: a.y * 0.6 + b.y * 0.4}""",
        line[0],
    )
    click(at["x"], at["y"])
    assert shown.run("return document.querySelector('#panel mark')?.textContent")


def test_search_filters_and_address_work_on_a_large_page(opened: Any, large: str) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    shown = opened(large)
    everything = len(labels(shown))
    name = shown.run("return JSON.parse(document.getElementById('data').textContent).nodes[3].names[0]")
    field = shown.driver.find_element(By.ID, "search")
    field.send_keys(name, Keys.ENTER)
    assert f"Also: {name}" in shown.driver.find_element(By.ID, "panel").text
    field.send_keys(Keys.ESCAPE)
    put(shown, "filter-relation", "acquired")
    some = len(labels(shown))
    assert 0 < some < everything
    put(shown, "filter-from", "2023-01-01")
    assert 0 < len(labels(shown)) < some
    assert re.search(r"relation=acquired.*from=2023-01-01", shown.run("return location.hash"))
    shown.run("document.getElementById('contents').click()")
    assert "Central" in shown.run("return document.getElementById('panel').textContent")


def test_a_browser_that_cannot_draw_says_so_and_lists(browser: Any, opened: Any, large: str) -> None:
    refuse = """const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return kind === "webgl2" ? null : get.call(this, kind, ...rest);
    }"""
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": refuse})
    try:
        shown = opened(large)
        assert shown.run("return document.body.dataset.ready") == "true"
        assert "no WebGL" in shown.run("return document.getElementById('empty').innerText")
        shown.run("document.getElementById('contents').click()")
        assert "Names" in shown.run("return document.getElementById('panel').textContent")
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
