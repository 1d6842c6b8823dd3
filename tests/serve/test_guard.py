"""Who may ask, and what every answer carries; hostile headers and paths."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TOKEN = "a-token-of-some-length-1234"
PAGES = ["/", "/sparql", "/articles", "/search?q=a", "/entity/quillmark-robotics", "/nix", "/entity/nix",
         "/static/page.css", "/static/nix", "/sparql?query=nonsense", "/sparql?query=ASK%7B%7D"]  # fmt: skip


def sent(server: Any, request: bytes) -> bytes:
    """What comes back for bytes that no library would send; it is asked to close the connection."""
    host, _, port = server.host.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=60) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        found = b""
        while part := line.recv(65536):
            found += part
    return found


# ---- what every answer carries


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_its_safe_headers(server: Any, path: str) -> None:
    for accept in ("*/*", "text/html"):
        headers = server.ask(path, headers={"Accept": accept}).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy and "script-src 'unsafe-inline'" not in policy and "*" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not any(name.startswith("access-control-") for name in headers)
        assert "server" not in headers


def test_another_origin_is_given_no_leave(server: Any) -> None:
    for origin in ("https://evil.example", "null", server.address.replace("http:", "https:").rstrip("/") + "1"):
        answer = server.ask("/sparql?query=ASK%7B%7D", headers={"Origin": origin})
        assert answer.status == 403
        assert not any(name.startswith("access-control-") for name in answer.headers)
    assert server.ask("/sparql?query=ASK%7B%7D", headers={"Origin": server.address.rstrip("/")}).status == 200


def test_a_page_elsewhere_may_link_here_and_do_nothing_else(server: Any) -> None:
    here = "/sparql?query=ASK%7B%7D"
    assert server.ask(here, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}).status == 403
    assert server.ask(here, headers={"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}).status == 403
    assert server.ask("/articles", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}).status == 200
    posted = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Content-Type": "text/plain"}
    assert server.ask("/sparql", method="POST", body=b"", headers=posted).status == 403
    assert server.ask(here, headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}).status == 200


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "0.0.0.0"])
def test_another_name_for_this_machine_is_not_answered_to(server: Any, name: str) -> None:
    answer = server.ask("/articles", headers={"Host": name})
    assert answer.status == 421
    assert b"article" not in answer.body


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:8321"])
def test_names_of_the_loopback_are_answered_to(server: Any, name: str) -> None:
    assert server.ask("/articles", headers={"Host": name}).status == 200


def test_two_hosts_or_none_are_too_many_or_too_few(server: Any) -> None:
    for hosts in (b"", b"Host: localhost\r\nHost: evil.example\r\n", b"Host: a b\r\n", b"Host: \r\n"):
        found = sent(server, b"GET /articles HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")
        assert found.startswith(b"HTTP/1.1 400"), found[:200]


# ---- the token


@pytest.fixture(scope="module")
def guarded(start: Any, sample_graph: Path) -> Iterator[Any]:
    with start(sample_graph, "--host", "0.0.0.0", token=TOKEN) as served:
        yield served


def basic(password: str) -> str:
    return f"Basic {base64.b64encode(f'me:{password}'.encode()).decode()}"


@pytest.mark.parametrize("path", [*PAGES, "/article/x"])
@pytest.mark.parametrize(
    "given_", [None, "Bearer", "Bearer ", "Bearer wrong", f"Digest {TOKEN}", "Basic", "Basic %%%", basic("wrong"),
               basic(""), f"Bearer {TOKEN}x", TOKEN],
)  # fmt: skip
def test_nothing_is_told_without_the_token(guarded: Any, path: str, given_: str | None) -> None:
    answer = guarded.ask(path, headers={} if given_ is None else {"Authorization": given_})
    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert answer.body == b"this server wants its token, as password or as Bearer"


@pytest.mark.parametrize("given_", [f"Bearer {TOKEN}", f"bearer {TOKEN}", basic(TOKEN)])
def test_the_token_opens_the_door_under_any_name(guarded: Any, given_: str) -> None:
    answer = guarded.ask("/articles", headers={"Authorization": given_, "Host": "graph.example"})
    assert answer.status == 200


def test_a_token_that_was_given_is_not_shown_and_one_that_is_made_up_is(
    guarded: Any, start: Any, sample_graph: Path
) -> None:
    assert not any(TOKEN in line for line in guarded.said)
    with start(sample_graph, "--host", "0.0.0.0") as served:
        shown = served.process.stderr.readline().strip()
        token = shown.rpartition(" ")[2]
        assert "the token is" in shown and len(token) >= 32
        assert served.ask("/articles").status == 401
        assert served.ask("/articles", headers={"Authorization": f"Bearer {token}"}).status == 200


# ---- anything at all


FUZZ = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


def safe(answer: Any) -> None:
    assert answer.status < 500, (answer.status, answer.text)
    assert "x-content-type-options" in answer.headers


PIECES = st.one_of(
    st.sampled_from(["entity", "event", "claim", "article", "statement", "amount", "run", "graph", "static", "sparql",
                     "..", ".", "", "search", "articles", "quillmark-robotics", "page.css", "%2e%2e", "%00", "%FF",
                     "console.html", "2024-05-14-913ba5e4f5f6", "entity%2Fquillmark-robotics"]),
    st.text(max_size=30).map(lambda text: quote(text.encode("utf-8", "surrogatepass"), safe="")),
    st.binary(max_size=20).map(lambda data: quote(data, safe="")),
)  # fmt: skip
PATHS = st.lists(PIECES, max_size=4).map(lambda pieces: "/" + "/".join(pieces))
VALUES = st.one_of(PIECES, st.sampled_from(["ASK%7B%7D", "-1", "99999999", "1", "SELECT%20*%7B%3Fs%20%3Fp%20%3Fo%7D"]))
QUERIES = st.lists(
    st.tuples(st.sampled_from(["q", "page", "format", "query", "default-graph-uri", "named-graph-uri", "x"]), VALUES),
    max_size=3,
).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs))
PLAIN = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)
ACCEPTS = st.one_of(
    PLAIN,
    st.sampled_from(["text/html", "text/turtle", "*/*", "application/ld+json", "application/rdf+xml", "," * 500,
                     "text/html;q=1e999", "*/*;q=nan", ";;;,;q=", "text/csv"]),
)  # fmt: skip


@settings(FUZZ, max_examples=150)
@given(path=PATHS, query=QUERIES, accept=ACCEPTS, method=st.sampled_from(["GET", "HEAD", "POST", "PUT"]))
def test_no_path_and_no_header_makes_it_stumble(
    server: Any, path: str, query: str, accept: str, method: str
) -> None:
    if path == "/":
        path = "/x"  # the picture itself takes long to draw, and is the same for all
    safe(server.ask(f"{path}?{query}", method=method, headers={"Accept": accept}))


@settings(FUZZ, max_examples=80)
@given(
    body=st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))),
    kind=st.one_of(PLAIN, st.sampled_from(["application/x-www-form-urlencoded", "application/sparql-query",
                                           "application/sparql-query; charset=", "multipart/form-data"])),
    accept=ACCEPTS,
    name=st.sampled_from(["X-A", "Authorization", "Cookie", "Origin", "Referer", "X-Forwarded-For", "Range"]),
    value=PLAIN,
)  # fmt: skip
def test_no_body_makes_it_stumble(
    server: Any, body: bytes, kind: str, accept: str, name: str, value: str
) -> None:
    safe(server.post(body, kind.strip() or None, Accept=accept, **{name: value}))


@settings(FUZZ, max_examples=80)
@given(
    text=st.lists(
        st.sampled_from(["SELECT", "*", "{", "}", "?s", "?p", "?o", "kg:acquired", "a", ".", ";", "FILTER(", ")",
                         "GRAPH", "LIMIT 2", "'", '"', "<http://a.example/>", "BIND(1/0 AS ?x)", "OPTIONAL {", "UNION",
                         "VALUES ?s {", "CONSTRUCT {", "WHERE {", "DESCRIBE", "ASK {", "^", "*", "+", "REGEX(?s,'(')",
                         "STRDT('x',?p)", "<< ?s ?p ?o >>", "\\u0000", "\x00", "é", "NOW()", "ORDER BY", "GROUP BY ?s",
                         "IRI('a b')", "SELECT (COUNT(*) AS ?n)", "BASE <x>", "PREFIX a: <b>"]),
        max_size=14,
    )
)  # fmt: skip
def test_no_query_makes_it_stumble(server: Any, text: list[str]) -> None:
    safe(server.post(" ".join(text).encode(), "application/sparql-query"))


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /entity/\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET http://evil.example/articles HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET //evil.example/articles HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /static/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /articles HTTP/1.1\r\nHost: localhost\r\nAccept: \xff\xfe\r\n\r\n",
        b"GET /articles HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n",
        b"GET /articles HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /articles?" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /articles HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n"
        b"Content-Type: application/sparql-query\r\n\r\nASK",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nASK",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\r\n\r\n",
    ],
)  # fmt: skip
def test_broken_requests_end_in_an_answer_or_in_none_and_hurt_nobody(server: Any, request_: bytes) -> None:
    found = sent(server, request_)
    assert not found.startswith(b"HTTP/1.1 5"), found[:200]
    assert b"root:" not in found
    assert server.ask("/articles").status == 200


def test_it_answers_as_before_after_all_that(server: Any) -> None:
    answer = server.query("ASK { ?claim a kg:Claim }", "application/json")
    assert json.loads(answer.body)["boolean"] is True
