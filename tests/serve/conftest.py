"""A server over the sample articles, as people start it, and how to ask it."""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("view_conftest", ROOT / "tests" / "view" / "conftest.py")
assert _spec and _spec.loader
_view = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_view)
browser = _view.browser


@dataclass
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    address: str
    said: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://").rstrip("/")

    def ask(
        self, path: str, *, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Answered:
        """One request, with these headers and none that a library would add."""
        connection = http.client.HTTPConnection(self.host, timeout=120)
        with contextlib.closing(connection):
            connection.request(method, path, body=body, headers=headers or {})
            reply = connection.getresponse()
            return Answered(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())

    def query(self, text: str, accept: str = "*/*", **graphs: str) -> Answered:
        """A query by GET."""
        given = urlencode({"query": text, **{name.replace("_", "-"): iri for name, iri in graphs.items()}})
        return self.ask(f"/sparql?{given}", headers={"Accept": accept})

    def post(self, body: str | bytes, content_type: str | None, *, path: str = "/sparql", **headers: str) -> Answered:
        """A POST request."""
        given = headers | ({"Content-Type": content_type} if content_type else {})
        return self.ask(path, method="POST", body=body.encode() if isinstance(body, str) else body, headers=given)

    def page(self, kind: str, key: str, accept: str = "text/html") -> Answered:
        """The page or the data of a node."""
        return self.ask(f"/{kind}/{quote(key, safe='')}", headers={"Accept": accept})

    def end(self, how: int = signal.SIGTERM) -> None:
        """Stop it and wait."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(how)
        self.process.wait(60)


@contextlib.contextmanager
def started(graph: Path, *options: str, token: str | None = None) -> Iterator[Served]:
    """`kg serve` on a free port."""
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    environment = {k: v for k, v in os.environ.items() if k != "KG_TOKEN"} | {"PYTHONPATH": paths}
    environment |= {"KG_TOKEN": token} if token else {}
    command = [sys.executable, "-P", "-m", "kg", "serve", "--graph", str(graph), "--port", "0", *options]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    served = Served(process, "")
    try:
        assert process.stderr is not None
        while found := process.stderr.readline():
            served.said.append(found)
            if match := re.search(r"at (http://\S+/)", found):
                served.address = match[1].replace("0.0.0.0", "127.0.0.1")
                break
        assert served.address, served.said
        yield served
    finally:
        served.end()
        if process.stderr is not None:
            process.stderr.close()


@pytest.fixture(scope="session")
def start() -> Callable[..., contextlib.AbstractContextManager[Served]]:
    """Starts a server over a graph: a context."""
    return started


@pytest.fixture(scope="session")
def server(sample_graph: Path) -> Iterator[Served]:
    """A server over the sample articles, with a low limit of rows."""
    with started(sample_graph, "--rows", "50", "--timeout", "60") as served:
        yield served
