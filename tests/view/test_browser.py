"""The page in a browser: it opens, stays at home, answers clicks and keys, and runs nothing that articles say."""

from __future__ import annotations

from typing import Any

import pytest

from kg.view import Edge, Evidence, Node, network, page

PWN = "window.__pwned=1"
HOSTILE = [
    f"<script>{PWN}</script>",
    f"</script><script>{PWN}</script>",
    f"<!--<script>{PWN}//",
    f'<img src=x onerror="{PWN}">',
    f'<a href="javascript:{PWN}">href</a>',
    f'" onmouseover="{PWN}" autofocus onfocus="{PWN}" x="',
    f"'); {PWN}; ('",
    f"&lt;img src=x onerror={PWN}&gt; &#60;script&#62;",
    f"{{{{DATA}}}} {{{{ {PWN} }}}} ${{{PWN}}} `{PWN}`",
    f"javascript:{PWN}",
    "https://example.org/ href href href",
    "\u202egnp.exe\u202c right to left \u2066isolated\u2069 \u061c",
    "\x1b]0;title\x07\x1b[31mred\x1b[0m \x00 \x9b2J",
    '" . } ; DROP ALL ; SELECT * WHERE { ?s ?p ?o #',
    "=HYPERLINK(\"https://evil.example\")",
    "\u2028\u2029 __proto__ constructor toString",
    "\ud800 lone surrogate",
    "A" * 10_000,
    "long words " * 1_000,
    "",
    "名前 ａｂｃ العربية हिन्दी 👩‍👩‍👧",
    "__proto__",
]  # fmt: skip
LINKS = [f"javascript:{PWN}", f"data:text/html,<script>{PWN}</script>", "https://ok.example/a?b=1&c=\"><script>",
         "//x.y", "JaVaScRiPt:alert(1)", "https://[broken", " https://blank.example", "vbscript:x",
         "https://fine.example/"]  # fmt: skip


def hostile_page(*, crowd: int = 0) -> str:
    """Every hostile string in every place that an article's words can reach; ``crowd``: so many harmless nodes more."""
    told = "https://w3id.org/newskg/ontology#Event"
    made = [
        Node(f"https://x.example/{i}?{text[:50]}", text, kind, (f"https://schema.org/{text[:80]}", told),
             (text, "also"), (text,), (text,))
        for i, text in enumerate(HOSTILE)
        for kind in [("Person", "Event", "Concept", text[:30])[i % 4]]
    ]  # fmt: skip
    values = [Node(f"value:{i}", text, "Time") for i, text in enumerate(HOSTILE)]
    lines = []
    for i, text in enumerate(HOSTILE):
        words = Evidence(
            text, text, text, article_id=text, article_title=text, article_date=text, publisher=text,
            url=LINKS[i % len(LINKS)], speaker=text, certainty=text, polarity=text, tense=text, rule=text,
            confidence=0.5,
            marks=((0, len(text) // 2), (len(text) // 2 + 1, len(text))) if i % 2 else (),
        )  # fmt: skip
        status = ("asserted", "reported", "denied", "possible", "disputed")[i % 5]
        for to in (made[(i + 1) % len(made)], made[0], values[i]):
            lines.append(Edge(made[i].id, to.id, f"rel:{text}", text, status, (words,)))  # type: ignore[arg-type]
    others = [Node(f"https://x.example/other/{i}", f"Other {i}", "Person") for i in range(crowd)]
    lines += [Edge(made[0].id, other.id, "rel:knows", "knows") for other in others]
    return page(network([*made, *values, *others], lines), title=HOSTILE[1] + HOSTILE[4] + HOSTILE[8])


def test_the_page_opens_without_a_complaint_or_a_request(opened: Any, example: str) -> None:
    shown = opened(example)
    assert shown.run("return document.body.dataset.ready") == "true"
    assert shown.run("return document.querySelector('h1').textContent") == "Two articles"
    state = shown.run("return kgView.state()")
    assert len(state["nodes"]) > 40
    assert shown.complaints() == []
    assert {address.split(":")[0] for address in shown.asked_for()} <= {"file", "data"}


def test_no_name_covers_another_and_no_words_cover_a_name(opened: Any, example: str) -> None:
    shown = opened(example)
    boxes = shown.run(
        """const data = JSON.parse(document.getElementById("data").textContent).nodes;
        return kgView.state().nodes.map((id) => {
          const {x, y} = kgView.network.getPosition(id), {w, h} = data.find((n) => n.id === id);
          return [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
        })"""
    )
    shown.run("kgView.network.redraw()")
    labels = shown.run("return kgView.state().labels.map((l) => l.box)")
    assert len(labels) > 30
    everything = [(box, True) for box in boxes] + [(box, False) for box in labels]
    for i, (a, _) in enumerate(everything):
        for b, _ in everything[i + 1 :]:
            assert a[2] <= b[0] or a[0] >= b[2] or a[3] <= b[1] or a[1] >= b[3], (a, b)


def test_search_finds_by_any_name_and_enter_opens_it(opened: Any, example: str) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    shown = opened(example)
    field = shown.driver.find_element(By.ID, "search")
    field.send_keys("online carr")
    assert [hit.text.split("\n")[0] for hit in shown.driver.find_elements(By.CSS_SELECTOR, "#hits li")] == [
        "Northwind Organization"
    ]
    field.send_keys(Keys.ENTER)
    panel = shown.driver.find_element(By.ID, "panel")
    assert panel.find_element(By.TAG_NAME, "h2").text == "Northwind"
    assert "Also: the online carrier, Northwind Inc." in panel.text
    assert "owns → Northwind Freight" in panel.text
    field.send_keys(Keys.ESCAPE)
    assert not panel.is_displayed()
    assert field.get_attribute("value") == ""
    field.send_keys("zzzz")
    assert "No such name" in shown.driver.find_element(By.ID, "hits").text


def test_a_click_on_a_line_shows_the_words_in_their_sentence(opened: Any, example: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    shown = opened(example)
    at = shown.run(
        """kgView.network.redraw();
        const label = kgView.state().labels.find((l) => l.texts.includes("invested in")).box;
        const dom = kgView.network.canvasToDOM({x: (label[0] + label[2]) / 2, y: (label[1] + label[3]) / 2});
        const room = document.getElementById("graph").getBoundingClientRect();
        return [room.left + dom.x, room.top + dom.y]"""
    )
    ActionChains(shown.driver).move_by_offset(round(at[0]), round(at[1])).click().perform()
    ActionChains(shown.driver).move_by_offset(-round(at[0]), -round(at[1])).perform()
    panel = shown.driver.find_element(By.ID, "panel")
    assert panel.is_displayed()
    assert panel.find_element(By.TAG_NAME, "mark").text == "Velora Capital invested in Parcelo"
    assert "On Tuesday, as the harbour froze, Velora" in panel.find_element(By.TAG_NAME, "blockquote").text
    link = panel.find_element(By.CSS_SELECTOR, ".source a")
    assert link.get_attribute("href") == "https://quay.example/lantern"
    assert "noopener" in link.get_attribute("rel")
    assert "The Quay Times, 2031-03-19" in panel.text
    assert "verb-active" in panel.text and "0.81" in panel.text and "the article itself" in panel.text


def test_toggles_bring_the_possible_and_the_denied(opened: Any, example: str) -> None:
    shown = opened(example)
    count = "return kgView.state().strands.length"
    before = shown.run(count)
    for status in ("possible", "denied"):
        shown.run(f"document.getElementById('show-{status}').click()")
        after = shown.run(count)
        assert after > before
        before = after
    shown.run("document.getElementById('show-reported').click()")
    assert shown.run(count) < before


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_it_fits_a_phone_and_a_desk(opened: Any, example: str, size: tuple[int, int]) -> None:
    shown = opened(example)
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    shown.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        shown.driver.refresh()
        assert shown.run("return document.documentElement.scrollWidth") <= size[0]
        assert shown.run("return document.getElementById('graph').clientHeight") > size[1] * 0.6
        shown.run("document.getElementById('contents').click()")
        box = shown.run("const r = document.getElementById('panel').getBoundingClientRect(); return [r.left, r.right]")
        assert box[0] >= 0 and box[1] <= size[0]
    finally:
        shown.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_what_would_run_in_a_careless_page_runs_in_this_browser(opened: Any) -> None:
    """The control: the same words, put in as markup, do execute here."""
    shown = opened(f"<!DOCTYPE html><title>x</title><p>{HOSTILE[0]}</p>")
    assert shown.run("return window.__pwned") == 1


@pytest.mark.parametrize("crowd", [0, 300], ids=["small", "large"])
def test_hostile_words_execute_nothing_and_break_nothing(opened: Any, crowd: int) -> None:
    shown = opened(hostile_page(crowd=crowd))
    assert shown.run("return Boolean(kgView.kit)") == bool(crowd)
    assert shown.run("return document.body.dataset.ready") == "true"
    visited = shown.run(
        """const data = JSON.parse(document.getElementById("data").textContent);
        for (const box of document.querySelectorAll("#toggles input")) if (!box.checked) box.click();
        document.getElementById("filter").click();
        document.getElementById("contents").click();
        const panel = document.getElementById("panel"), search = document.getElementById("search");
        const strange = [];
        const look = () => strange.push(...[...panel.querySelectorAll("*")].filter((e) =>
          ["SCRIPT", "IMG", "IFRAME", "SVG", "OBJECT", "FORM", "STYLE"].includes(e.tagName.toUpperCase())
          || [...e.attributes].some((a) => a.name.startsWith("on"))
          || (e.hasAttribute("href") && !/^https?:/.test(e.href))).map((e) => e.outerHTML));
        look();
        for (const e of document.querySelectorAll("#filters *, #kinds *, #toggles *"))
          if (!["LABEL", "INPUT", "DIV", "SPAN", "BUTTON", "DATALIST", "OPTION", "CANVAS"].includes(e.tagName)
              || [...e.attributes].some((a) => a.name.startsWith("on"))) strange.push(e.outerHTML);
        let visited = 0;
        const nodes = data.nodes.filter((node) => !node.label.startsWith("Other "));
        const plain = new Set(data.nodes.filter((node) => node.label.startsWith("Other ")).map((node) => node.id));
        const strands = data.strands.filter((strand) => !plain.has(strand.from) && !plain.has(strand.to));
        for (const node of nodes) { kgView.openNode(node.id); look(); visited++; }
        for (const strand of strands) { kgView.openStrand(strand.id); look(); visited++; }
        for (const node of nodes) {
          search.value = node.label.slice(0, 200);
          search.dispatchEvent(new Event("input"));
          for (const e of document.querySelectorAll("#hits *"))
            if (!["LI", "SPAN", "SMALL"].includes(e.tagName)) strange.push(e.outerHTML);
        }
        return [visited, strange]"""
    )
    assert visited[0] > 2 * len(HOSTILE)
    assert visited[1] == []
    shown.run("kgView.network?.redraw()")
    assert shown.run("return typeof window.__pwned") == "undefined"
    assert shown.run("return document.scripts.length") == 3
    assert [line for line in shown.complaints() if "GL Driver Message" not in line] == []
    assert {address.split(":")[0] for address in shown.asked_for()} <= {"file", "data"}


def test_tooltips_are_text(opened: Any) -> None:
    """What vis-network shows on hovering is set as text, hostile or not."""
    shown = opened(hostile_page())
    found = shown.run(
        """const edges = Object.values(kgView.network.body.edges), out = [];
        const popup = kgView.network.interactionHandler;
        for (const edge of edges) {
          popup.popup = undefined; popup.popupObj = undefined;
          const at = edge.edgeType.getPoint(0.5);
          popup._checkShowPopup(kgView.network.canvasToDOM(at));
          const box = document.querySelector("div.vis-tooltip");
          if (box) out.push([...box.children].some((c) => c.tagName !== "BR") ? box.innerHTML : "");
        }
        return out"""
    )
    assert found, "no tooltip came up"
    assert [html for html in found if html] == []
    assert shown.run("return typeof window.__pwned") == "undefined"


def test_a_script_that_got_into_the_page_would_be_refused(opened: Any, example: str) -> None:
    """Behind all this stands the page's own policy: no script but its two runs, no handler, no connection."""
    shown = opened(example)
    shown.run(
        f"""const s = document.createElement("script"); s.textContent = "{PWN}"; document.body.append(s);
        const d = document.createElement("div"); d.innerHTML = '<img src="https://evil.example/x.png" onerror="{PWN}">';
        document.body.append(d);"""
    )
    assert shown.run("return typeof window.__pwned") == "undefined"
    assert any("Content Security Policy" in line for line in shown.complaints())
    # the browser notes the request before it refuses it
    assert [address for address in shown.asked_for() if address.startswith("http")] == ["https://evil.example/x.png"]
    assert shown.refused == ["csp"]


def test_an_empty_graph_says_so(opened: Any) -> None:
    shown = opened(page(network([], []), title="Nothing"))
    assert "Nothing to show" in shown.run("return document.getElementById('empty').innerText")
    assert shown.complaints() == []


def test_every_name_is_whole_in_its_room_whatever_opens_beside_it(opened: Any, example: str) -> None:
    shown = opened(example)
    for click in ("nothing", "#contents", "#filter", "#contents", "#show-possible"):
        shown.run(f"document.querySelector('{click}')?.click()")
        shown.driver.execute_async_script("const done = arguments[0]; setTimeout(done, 150)")
        outside = shown.run(
            """const room = document.getElementById("graph").getBoundingClientRect();
            const data = JSON.parse(document.getElementById("data").textContent).nodes;
            const half = kgView.network.getScale() / 2;
            const [panel, form] = ["panel", "filters"].map((id) => document.getElementById(id));
            const right = panel.hidden ? room.width : panel.getBoundingClientRect().left;
            const left = form.hidden ? 0 : form.getBoundingClientRect().right;
            return kgView.state().nodes.filter((id) => {
              const {x, y} = kgView.network.canvasToDOM(kgView.network.getPosition(id));
              const {w, h} = data.find((n) => n.id === id);
              return x - w * half < left || x + w * half > right || y - h * half < 0 || y + h * half > room.height;
            })"""
        )
        assert outside == [], click


def test_a_finger_opens_the_line_that_it_nearly_meets(opened: Any, large: str) -> None:
    shown = opened(large)
    at = shown.run(
        """const room = document.getElementById("graph").getBoundingClientRect();
        const live = new Set(kgView.state().strands), data = JSON.parse(document.getElementById("data").textContent);
        const lines = data.strands.filter((s) => live.has(s.id)), ends = (s) => [kgView.at(s.from), kgView.at(s.to)];
        const far = (s) => { const [a, b] = ends(s); return Math.hypot(a.x - b.x, a.y - b.y); };
        const s = lines.reduce((a, b) => (far(a) > far(b) ? a : b)), [a, b] = ends(s);
        return {x: Math.round(room.left + (a.x + b.x) / 2), y: Math.round(room.top + (a.y + b.y) / 2) + 3}"""
    )
    shown.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        shown.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
        shown.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        for _ in range(100):
            if opened_now := shown.run("return document.querySelector('#panel h2')?.innerText"):
                break
            shown.driver.execute_async_script("const done = arguments[0]; setTimeout(done, 100)")
        assert opened_now
    finally:
        shown.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
