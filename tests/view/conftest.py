"""A browser without a network, where there is one."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic",
    "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--window-size=1280,800",
]  # fmt: skip


def beside(name: str) -> ModuleType:
    """A module beside this one."""
    spec = importlib.util.spec_from_file_location(f"view_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """The module beside this one: a made-up network."""
    return beside("sample")


@pytest.fixture(scope="session")
def many() -> ModuleType:
    """The module beside this one: a made-up network of any size."""
    return beside("many")


@pytest.fixture(scope="session")
def large(many: ModuleType) -> str:
    """The page of 700 nodes, which sigma.js draws."""
    from kg.view import analysis, network, page

    graph = network(*many.many(700, articles=120))
    return page(graph, title="Much news", findings=analysis(graph, most=3))


@pytest.fixture(scope="session")
def example(sample: ModuleType) -> str:
    """The page of that network."""
    from kg.view import network, page

    return page(network(sample.nodes(), sample.edges()), title="Two articles")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Headless Chromium, driven by selenium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("no chromium with chromedriver on this machine: the page is not opened in a browser")
    if importlib.util.find_spec("selenium") is None:
        pytest.skip("selenium is not installed: the page is not opened in a browser")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    made = webdriver.Chrome(options=options, service=Service(driver))
    made.set_page_load_timeout(240)
    made.set_script_timeout(240)
    yield made
    made.quit()


class Opened:
    """A page in the browser, with what it logged and asked for since it was opened."""

    def __init__(self, driver: Any, html: str, path: Path) -> None:
        path.write_text(html, encoding="utf-8")
        self.driver = driver
        driver.get("about:blank")
        driver.get_log("browser")
        driver.get_log("performance")
        driver.get(path.as_uri())
        self.requests: list[str] = []
        self.refused: list[str] = []

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def asked_for(self) -> list[str]:
        """Every address that was asked for, in the page or on its behalf; ``refused`` has the reasons why not."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                found = message["params"]
                self.requests.append(found["request"]["url"] if "request" in found else found["url"])
            if message["method"] == "Network.loadingFailed":
                self.refused.append(message["params"].get("blockedReason", ""))
        return self.requests

    def complaints(self) -> list[str]:
        """What the console says."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Any:
    return lambda html: Opened(browser, html, tmp_path / "page.html")
