"""Servers for the tests: a real one from PyPI, and one that answers as it is told and keeps what it was asked."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test is anybody, or goes through a proxy, unless it says so."""
    for name in ("KG_PUSH_USER", "KG_PUSH_PASSWORD", "KG_PUSH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[str]:
    """The address of a running Oxigraph server."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the Oxigraph server is not installed (pip install oxigraph)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve", "--bind", place]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stderr is not None
            assert any("http://" in line for line in process.stderr), "the Oxigraph server did not start"
            yield f"http://{place}"
        finally:
            process.terminate()


@dataclass
class Request:
    """One request that a server was asked."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Scripted:
    """A server whose next answers are given; 204 when there are none left."""

    address: str
    answers: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    most: int = 1 << 30

    def say(self, status: int, words: str = "", **headers: str) -> None:
        """Add an answer; underscores in the names of headers are hyphens."""
        self.answers.append((status, {name.replace("_", "-"): value for name, value in headers.items()}, words))


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    """A server that answers as it is told."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.asked.append(Request(self.command, self.path, dict(self.headers.items()), body))
            status, headers, words = told.answers.pop(0) if told.answers else (204, {}, "")
            if len(body) > told.most:
                status = 413
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(words.encode())))
            self.end_headers()
            self.wfile.write(words.encode())

        do_GET = do_PUT = do_POST = do_DELETE = answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = Scripted(f"http://127.0.0.1:{server.server_port}/store")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
