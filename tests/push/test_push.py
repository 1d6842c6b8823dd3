"""What a server elsewhere has after a push is what an export holds; only what changed is sent, nothing else touched."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import kg
from kg import emit, export, names, push
from kg.cli import cli
from kg.errors import PushError, StoreError, UsageError
from kg.push import server as requests
from kg.push.sent import NAME, Sent
from kg.push.ways import for_sparql
from kg.store import Store
from tests.emit.hand import ONTOLOGY, Hand, Said, made_up, takeover
from tests.push.conftest import Scripted

HOSTILE = "\\u0022 } ; DROP ALL ; # \" ''' \\ \\\\u0041 \\U0001F600 \r\x01 \u2028 é 北京 </script> \\"
SECRET = "s3cret-of-ours"
STRANGER = "<urn:s> <urn:p> <urn:o> ."


def hostile() -> Hand:
    hand = Hand(f"{HOSTILE} owns Bolt.", title=HOSTILE, url=HOSTILE, publisher=HOSTILE, source=HOSTILE)
    hand.says(0, "own", hand.mention("Bolt"), property="kg:owns")
    return hand


def told(store: Store, *resolutions: object) -> None:
    for resolution in resolutions:
        store.change(resolution.extraction.article.id, emit.quads(resolution, ONTOLOGY, base=store.base))  # type: ignore[attr-defined,arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.kg", derive=emit.derived) as store:
        told(store, takeover(), made_up(1, (Said(0, 1, quoted=True),)), hostile().resolution())
        yield store


def lines(text: str) -> set[str]:
    return {str(quad) for quad in ox.parse(text.encode("utf-8"), format=ox.RdfFormat.N_QUADS)}


def ours(store: Store) -> set[str]:
    return lines(export.text(store, format="nq"))


def theirs(address: str) -> set[str]:
    """All that a server holds."""
    request = urllib.request.Request(f"{address}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request) as answer:
        return lines(answer.read().decode("utf-8"))


def emptied(address: str) -> str:
    """The server with nothing but a graph of somebody else's, and triples in no graph."""
    update = f"DROP ALL ; INSERT DATA {{ {STRANGER} GRAPH <urn:stranger> {{ {STRANGER} }} }}"
    headers = {"Content-Type": "application/sparql-update"}
    urllib.request.urlopen(urllib.request.Request(f"{address}/update", update.encode(), headers)).close()
    return address


STRANGERS = {STRANGER.removesuffix(" ."), "<urn:s> <urn:p> <urn:o> <urn:stranger>"}


# ---- a real server


@pytest.mark.parametrize(("way", "batch"), [("store", 10_000), ("update", 10_000), ("store", 7), ("update", 7)])
def test_the_server_has_what_an_export_holds(oxigraph: str, store: Store, way: str, batch: int) -> None:
    address = emptied(oxigraph)
    done = push.push(store, f"{address}/{way}", batch=batch)
    assert (done.via, done.dropped, done.unchanged, done.failed) == (way, 0, 0, ())
    assert theirs(address) == ours(store) | STRANGERS
    assert done.triples == len(ours(store))
    # nothing has changed
    assert push.push(store, f"{address}/{way}").sent == 0
    # an article goes, and another comes
    store.remove(hostile().resolution().extraction.article.id)
    told(store, made_up(5, (Said(2, 3),)))
    done = push.push(store, f"{address}/{way}", batch=batch)
    assert done.dropped == 1 and done.unchanged >= 2 and done.sent >= 2
    assert theirs(address) == ours(store) | STRANGERS
    # the server has lost it all
    emptied(address)
    assert push.push(store, f"{address}/{way}").sent == 0
    assert push.push(store, f"{address}/{way}", again=True).unchanged == 0
    assert theirs(address) == ours(store) | STRANGERS


def test_a_graph_that_comes_to_nothing_leaves_nothing(oxigraph: str, store: Store) -> None:
    address = emptied(oxigraph)
    push.push(store, f"{address}/store")
    for article in store.articles():
        store.remove(article.id)
    done = push.push(store, f"{address}/store")
    assert done.sent == 0 and done.dropped >= 5
    assert theirs(address) == STRANGERS


def test_the_command_with_a_real_server(oxigraph: str, sample_graph: Path, tmp_path: Path) -> None:
    address = emptied(oxigraph)
    words = ["push", "-g", str(sample_graph), "--to", f"{address}/update"]
    done = CliRunner().invoke(cli, [*words, "--dry-run"], catch_exceptions=False)
    assert done.exit_code == 0 and "would be sent" in done.stdout and done.stdout.count("send https://") == 8
    assert theirs(address) == STRANGERS and not (sample_graph / NAME).exists()
    try:
        done = CliRunner().invoke(cli, [*words, "--json"], catch_exceptions=False)
        assert done.exit_code == 0 and json.loads(done.stdout)["push"]["sent"] == 8
        done = CliRunner().invoke(cli, [*words, "--dry-run"], catch_exceptions=False)
        assert "0 graphs would be sent" in done.stdout and "8 unchanged" in done.stdout
        with Store(sample_graph, read_only=True) as store:
            assert theirs(address) == ours(store) | STRANGERS
    finally:
        (sample_graph / NAME).unlink(missing_ok=True)
    emptied(address)


def test_the_address_of_a_question_is_told_to_be_wrong(oxigraph: str, store: Store) -> None:
    with pytest.raises(PushError, match=r"answered 415 .*takes no graphs at this address.*7878/store"):
        push.push(store, f"{oxigraph}/query")


# ---- stopped, refused, too large


def graphs_of(scripted: Scripted, *methods: str) -> list[str]:
    return [parse_qs(urlsplit(one.path).query)["graph"][0] for one in scripted.asked if one.method in methods]


def test_a_push_that_was_stopped_goes_on(scripted: Scripted, store: Store) -> None:
    whole = push.push(store, scripted.address, dry_run=True)
    assert scripted.asked == [] and whole.sent == 7

    def stop(*step: object) -> None:
        if len(graphs_of(scripted, "PUT")) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push.push(store, scripted.address, on_step=stop)
    done = push.push(store, scripted.address)
    assert done.unchanged == 3 and done.sent == 4
    sent = graphs_of(scripted, "PUT")
    assert len(sent) == len(set(sent)) == 7
    last = [names.mint("graph", key) for key in ("asserted", "reported", "entities", "description")]
    assert sent[-4:] == last  # no fact comes before its claim


def test_a_graph_of_which_half_was_sent_is_sent_anew_or_dropped(scripted: Scripted, store: Store) -> None:
    scripted.say(204)
    scripted.say(403)
    with pytest.raises(PushError, match="answered 403"):
        push.push(store, scripted.address, batch=5)
    (graph,) = graphs_of(scripted, "PUT")
    store.remove(graph.removeprefix(names.mint("article", "")))
    push.push(store, scripted.address)
    assert graphs_of(scripted, "DELETE") == [graph] and graphs_of(scripted, "PUT").count(graph) == 1


def test_another_target_is_another_push(scripted: Scripted, store: Store) -> None:
    first = push.push(store, scripted.address)
    assert push.push(store, scripted.address.replace("/store", "/data")).sent == first.sent


def test_what_is_too_large_is_sent_in_smaller_parts(scripted: Scripted, store: Store) -> None:
    scripted.most = 2_000
    done = push.push(store, scripted.address)
    taken = [one for one in scripted.asked if len(one.body) <= 2_000]
    got = {f"{line.removesuffix(' .')} <{parse_qs(urlsplit(one.path).query)['graph'][0]}>"
           for one in taken for line in one.body.decode().split("\n") if line}  # fmt: skip
    assert lines("".join(f"{line} .\n" for line in got)) == ours(store)
    assert done.failed == ()
    scripted.most = 10
    with pytest.raises(PushError, match="one triple alone is too large"):
        push.push(store, scripted.address, again=True)


def test_a_graph_that_is_refused_is_set_aside_and_tried_next_time(scripted: Scripted, store: Store) -> None:
    scripted.say(204)
    scripted.say(400, "line 3: \x1b[2J odd")
    done = push.push(store, scripted.address)
    (finding,) = done.failed
    assert finding.source == graphs_of(scripted, "PUT")[1]
    assert "answered 400 (Bad Request line 3: [2J odd)" in finding.message
    assert push.push(store, scripted.address).sent == 1
    for _ in range(3):
        scripted.say(500)
    with pytest.raises(PushError, match="answered 500"):
        push.push(store, scripted.address, again=True)


def test_a_server_without_time_is_asked_again(
    scripted: Scripted, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(requests.Server.__init__, "__kwdefaults__", {"pause": waited.append})
    scripted.say(503)
    scripted.say(429, Retry_After="7")
    scripted.say(503, Retry_After="999999")
    assert push.push(store, scripted.address).failed == ()
    assert waited == [1.0, 7.0, requests.LONGEST_WAIT]
    for _ in range(len(requests.WAITS) + 1):
        scripted.say(503)
    with pytest.raises(PushError, match="answered 503"):
        push.push(store, scripted.address, again=True)


def test_nobody_else_pushes_meanwhile(scripted: Scripted, store: Store) -> None:
    assert store.path is not None
    with Sent(store.path, "http://x/"), pytest.raises(StoreError, match="another kg push"):
        push.push(store, scripted.address)
    assert push.push(store, scripted.address).sent == 7


def test_the_library_pushes_as_the_command_does(scripted: Scripted, sample_graph: Path) -> None:
    steps: list[str] = []
    with kg.KnowledgeGraph(sample_graph, read_only=True) as graph:
        done = graph.push(scripted.address, dry_run=True, on_step=lambda what, iri, triples: steps.append(iri))
    assert done.sent == len(set(steps)) == 8 and scripted.asked == []


def test_the_command_tells_of_what_is_refused_and_of_credentials_in_the_clear(
    scripted: Scripted, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.path is not None
    store.close()
    words = ["push", "-g", str(store.path), "--to", scripted.address]
    scripted.say(422, "\x1b[2J odd")
    done = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert done.exit_code == 1 and "answered 422" in done.stderr and "\x1b" not in done.output
    assert "6 graphs sent" in done.stdout and "1 graph refused" in done.stdout and "clear" not in done.stderr
    scripted.say(401)
    done = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert done.exit_code == 2 and "set KG_PUSH_USER and KG_PUSH_PASSWORD, or KG_PUSH_TOKEN" in done.stderr
    monkeypatch.setenv("KG_PUSH_TOKEN", SECRET)
    away = [*words[:-1], "http://example.org/store", "--dry-run"]
    done = CliRunner().invoke(cli, away, catch_exceptions=False)
    assert done.exit_code == 0 and "unencrypted" in done.stderr and SECRET not in done.output


def test_a_graph_in_memory_can_be_pushed(scripted: Scripted) -> None:
    store = Store(derive=emit.derived)
    assert push.push(store, scripted.address).sent == 0  # an empty one is nothing, not even a description
    told(store, takeover())
    assert push.push(store, scripted.address).sent == len(scripted.asked) >= 3


# ---- who we are


def test_credentials_come_from_the_environment_and_stand_nowhere(
    scripted: Scripted, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("KG_PUSH_TOKEN", SECRET)
    scripted.say(401, f"you said Bearer {SECRET}")
    with pytest.raises(PushError, match=r"answered 401 \(Unauthorized you said Bearer \*\*\*\).*check them") as caught:
        push.push(store, scripted.address)
    push.push(store, scripted.address)
    assert all(one.headers["Authorization"] == f"Bearer {SECRET}" for one in scripted.asked)
    assert store.path is not None
    written = (store.path / NAME).read_bytes()
    assert SECRET not in f"{caught.value}{caplog.text}{requests.credentials()!r}" and SECRET.encode() not in written


def test_a_server_that_wants_a_digest_gets_one(
    scripted: Scripted, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_PUSH_USER", "dba")
    monkeypatch.setenv("KG_PUSH_PASSWORD", SECRET)
    scripted.say(401, WWW_Authenticate='Digest realm="SPARQL", nonce="n", qop="auth", algorithm=MD5')
    push.push(store, scripted.address)
    first, second, third = (one.headers["Authorization"] for one in scripted.asked[:3])
    assert first.startswith("Basic ") and second.startswith("Digest ") and 'username="dba"' in second
    assert third == first and SECRET not in second
    assert scripted.asked[0].body == scripted.asked[1].body


def test_a_redirection_is_followed_on_the_same_host_alone(
    scripted: Scripted, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_PUSH_TOKEN", SECRET)
    scripted.say(307, Location="/elsewhere")
    push.push(store, scripted.address)
    first, second = scripted.asked[:2]
    assert second.path == "/elsewhere" and (second.method, second.body) == (first.method, first.body)
    assert second.headers["Authorization"] == f"Bearer {SECRET}"
    asked = len(scripted.asked)
    for target in ("http://localhost.example/x", scripted.address.replace("127.0.0.1", "localhost"), "ftp://127.0.0.1/"):
        scripted.say(302, Location=target)
        with pytest.raises(PushError, match=r"answered 302.*(sends us on to|give that)"):
            push.push(store, scripted.address, again=True)
        asked += 1
        assert len(scripted.asked) == asked


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"KG_PUSH_TOKEN": f"{SECRET}\nX-Evil: 1"}, "cannot be sent"),
        ({"KG_PUSH_TOKEN": f"{SECRET}é"}, "cannot be sent"),
        ({"KG_PUSH_TOKEN": SECRET, "KG_PUSH_USER": "me", "KG_PUSH_PASSWORD": SECRET}, "both set"),
        ({"KG_PUSH_PASSWORD": SECRET}, "go together"),
        ({"KG_PUSH_USER": f"a:{SECRET}", "KG_PUSH_PASSWORD": SECRET}, "cannot be sent"),
    ],
)
def test_credentials_that_cannot_be_are_told_without_them(environ: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        requests.credentials(environ)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://host/store", "host:7878/store", "", "http://", f"http://me:{SECRET}@host/store", "http://host:x/store",
        f"http://host/?access-token={SECRET}", "http://host/#x", "http://host/a b", "http://host/\r\nX: 1",
        "file:///etc/passwd", "http://[::1/store",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_told_without_secrets(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        push.push(Store(), address)
    assert SECRET not in str(caught.value)


def test_a_server_that_is_not_there_is_not_asked_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(requests.Server.__init__, "__kwdefaults__", {"pause": waited.append})
    with pytest.raises(PushError, match=r"cannot be reached \(.*\): is it running"):
        push.push(store, "http://127.0.0.1:9/store")
    assert not waited


def test_notes_that_are_broken_are_told(scripted: Scripted, store: Store) -> None:
    assert store.path is not None
    (store.path / NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=f"{NAME} .*delete it"):
        push.push(store, scripted.address)


def test_a_backslash_before_u_cannot_be_taken_for_an_escape() -> None:
    for text in ("\\u0022", "\\\\u0041", "\\\\\\U00000041", "\\n\\u", "\n\\u0022", '"\\u'):
        line = f"<urn:s> <urn:p> {ox.Literal(text)!s} ."
        sent = for_sparql(line)
        replaced = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), sent)
        for read in (sent, replaced):
            assert [one.object for one in ox.parse(read, format=ox.RdfFormat.N_TRIPLES)] == [ox.Literal(text)]
