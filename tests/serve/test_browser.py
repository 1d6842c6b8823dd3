"""The server in a browser: queries are asked and answered, nothing is asked of anybody else, nothing hostile runs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

QUERY = "SELECT ?firm ?name { ?firm a schema:Organization ; rdfs:label ?name } ORDER BY ?name"


class Visit:
    """A browser on the server, with what it asked for since."""

    def __init__(self, driver: Any, server: Any) -> None:
        self.driver, self.server = driver, server
        driver.get("about:blank")
        driver.get_log("browser")
        driver.get_log("performance")

    def go(self, path: str) -> None:
        self.driver.get(f"{self.server.address}{path}")

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def until(self, script: str) -> Any:
        """The value of a script as soon as it is true."""
        for _ in range(300):
            if found := self.run(script):
                return found
            time.sleep(0.1)
        raise AssertionError(f"never: {script}\n{self.complaints()}\n{self.run('return document.body.innerText')}")

    def elsewhere(self) -> list[str]:
        """Addresses outside the server that were asked for."""
        told = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        asked = [one["params"]["request"]["url"] for one in told if one["method"] == "Network.requestWillBeSent"]
        return [url for url in asked if not url.startswith((self.server.address, "data:", "about:"))]

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture
def visit(browser: Any) -> Callable[[Any], Visit]:
    return lambda server: Visit(browser, server)


def test_a_query_in_the_address_is_asked_and_its_results_lead_to_pages_here(visit: Any, server: Any) -> None:
    seen = visit(server)
    seen.go(f"sparql?query={quote(QUERY)}")
    table = seen.until("return document.querySelector('.yasr_results tbody')?.innerText")
    assert "Quillmark Robotics" in table
    tabs = seen.run("return document.querySelectorAll('.tabsList .tab').length")
    seen.go(f"sparql?query={quote(QUERY)}")  # the browser remembers: the same query takes the tab that it had
    seen.until("return document.querySelector('.yasr_results tbody')?.innerText.includes('Quillmark')")
    assert seen.run("return document.querySelectorAll('.tabsList .tab').length") == tabs
    value = seen.run("return kgConsole.getTab().getQuery()")
    assert value.startswith("PREFIX rdfs: <") and QUERY in value
    seen.run(
        "const a = [...document.querySelectorAll('.yasr_results a')].find((a) => a.innerText.includes('quillmark'));"
        "a.target = ''; a.click()"
    )
    seen.until("return location.pathname.startsWith('/entity/quillmark')")
    assert "Quillmark Robotics" in seen.run("return document.querySelector('h1').innerText")
    assert seen.elsewhere() == []
    assert seen.complaints() == []


def test_a_query_is_written_and_asked_and_mistakes_are_told(visit: Any, server: Any) -> None:
    seen = visit(server)
    seen.go("sparql")
    seen.until("return document.body.dataset.ready")
    seen.run("kgConsole.getTab().setQuery('ASK { ?claim a <https://w3id.org/newskg/ontology#Claim> }');"
             "kgConsole.getTab().getYasqe().query().catch(() => 0)")  # fmt: skip
    seen.until("return /true/i.test(document.querySelector('.yasr_results')?.innerText || '')")
    seen.run("kgConsole.getTab().setQuery('SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }');"
             "kgConsole.getTab().getYasqe().query().catch(() => 0)")  # fmt: skip
    seen.until("return /asks another server/.test(document.querySelector('.yasr').innerText)")
    assert seen.elsewhere() == []
    assert [line for line in seen.complaints() if "400 (Bad Request)" not in line] == []


@pytest.mark.parametrize("path", ["articles", "search?q=quill", "entity/quillmark-robotics",
                                  "claim/3e31a1a13d039e39", "article/2024-05-14-913ba5e4f5f6", ""])  # fmt: skip
def test_pages_open_without_a_complaint_and_without_a_request_elsewhere(visit: Any, server: Any, path: str) -> None:
    seen = visit(server)
    for _ in range(20):
        seen.go(path)
        if "being drawn" not in seen.driver.title.lower():
            break
    assert seen.run("return document.body.innerText.length") > 50
    assert seen.run("return [...document.querySelectorAll('a')].some((a) => a.pathname === '/sparql')")
    wide = seen.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1
    assert seen.elsewhere() == []
    assert [line for line in seen.complaints() if "503" not in line] == []


def test_keys_reach_the_search_and_the_links(visit: Any, server: Any) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    seen = visit(server)
    seen.go("articles")
    for _ in range(4):
        seen.driver.switch_to.active_element.send_keys(Keys.TAB)
    assert seen.driver.switch_to.active_element.get_attribute("name") == "q"
    seen.driver.switch_to.active_element.send_keys("Quillmark", Keys.ENTER)
    seen.until("return location.pathname === '/search'")
    assert "Quillmark Robotics" in seen.driver.find_element(By.TAG_NAME, "main").text


def test_nothing_hostile_runs(visit: Any, start: Any, tmp_path: Path) -> None:
    from kg import emit, names
    from kg.store import Store

    module = _pages()
    with Store(tmp_path / "news.kg", derive=emit.derived) as store:
        store.change("a", list(module.attacks()))
    with start(tmp_path / "news.kg") as served:
        seen = visit(served)
        paths = ["articles", "article/a", "search?q=script", f"sparql?query={quote('SELECT * { ?s ?p ?o }')}", ""]
        paths += [names.mint("entity", name[:60]).removeprefix(names.BASE) for name in module.HOSTILE]
        for path in paths:
            seen.go(path)
            if path.startswith("sparql"):
                seen.until("return document.querySelector('.yasr_results tbody')")
            seen.run("for (const e of document.querySelectorAll('*')) e.dispatchEvent(new MouseEvent('mouseover'))")
            assert seen.run("return window.__pwned") is None, path
        assert seen.elsewhere() == []


def _pages() -> Any:
    import importlib.util

    spec = importlib.util.spec_from_file_location("serve_pages", Path(__file__).with_name("test_pages.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
