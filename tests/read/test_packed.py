"""Archives, feeds, crawls, tables of columns and addresses give the articles within, and no trap does harm."""

from __future__ import annotations

import bz2
import datetime
import gzip
import io
import json
import lzma
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from kg import read
from kg.read import fetch, packed
from kg.records import Article, Finding

BODY = "The harbour of Vell opened again on Monday. Ships had waited for nine days, the port said."
DAY = datetime.date(2024, 5, 2)
LINES = "".join(
    json.dumps({"text": f"{BODY} {n}", "title": f"Harbour {n}", "date": "2024-05-02"}) + "\n" for n in range(3)
)
FEED = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Vell Courier</title>
<item><title>Harbour &amp; ships</title><link>https://vell.example/1</link>
<pubDate>Thu, 02 May 2024 06:00:00 GMT</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>{BODY}</p><script>steal()</script><p>Nobody
was hurt.</p>]]></content:encoded></item>
<item><title>Nothing</title></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Vell</title><entry><title>Harbour</title>
<link href="https://vell.example/2"/><updated>2024-05-02T08:00:00Z</updated><summary>{BODY}</summary></entry></feed>"""
PAGE = f"""<html><head><title>Harbour</title><meta property="og:type" content="article">
<meta property="article:published_time" content="2024-05-02"></head><body><article><h1>Harbour</h1>
<p>{BODY}</p><p>{BODY} It was the first time in a year.</p></article></body></html>"""
FRONT = PAGE.replace('content="article"', 'content="website"')


def reading(*paths: str | Path, private: bool = False) -> tuple[list[Article], list[Finding]]:
    findings: list[Finding] = []
    return list(read.articles(paths, on_error=findings.append, private=private)), findings


def zipped(**members: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(mode: str, **members: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return made.getvalue()


def test_each_wrapping_gives_the_articles_within(tmp_path: Path) -> None:
    plain = tmp_path / "a.jsonl"
    plain.write_text(LINES)
    wanted, findings = reading(plain)
    assert len(wanted) == 3 and not findings
    data = LINES.encode()
    for name, content in {
        "a.jsonl.gz": gzip.compress(data), "b.jsonl.bz2": bz2.compress(data), "c.jsonl.xz": lzma.compress(data),
        "no-suffix": gzip.compress(data), "d.zip": zipped(**{"news/a.jsonl": data}),
        "e.tar": tarred("w", a=data), "f.tgz": tarred("w:gz", a=data), "g.tar.xz": tarred("w:xz", a=data),
        "h.zip": zipped(**{"inner.tar.gz": tarred("w:gz", a=data)}),
    }.items():  # fmt: skip
        path = tmp_path / name
        path.write_bytes(content)
        found, findings = reading(path)
        assert ([one.id for one in found], findings) == ([one.id for one in wanted], []), name
        assert all(one.source and one.source.startswith(str(path)) for one in found), name


def test_a_table_in_an_archive_keeps_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    table = f'text,date\n"{BODY}",2024-05-02\n'
    path.write_bytes(zipped(**{"2024/b.csv": table, "a.txt": BODY, "__MACOSX/x": "no"}))
    found, findings = reading(path)
    assert [one.source for one in found] == [f"{path}/2024/b.csv:2", f"{path}/a.txt"] and not findings
    assert found[0].date == DAY


def test_a_bad_member_takes_no_other_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    whole = zipped(**{"a.txt": "x" * 200 + BODY, "b.txt": BODY, "c.pdf": b"%PDF-1.7", "d\x1b[2J.txt": b"\x00" * 50})
    place = whole.index(b"a.txt") + 10
    path.write_bytes(whole[:place] + b"\xff\xff\xff" + whole[place + 3 :])
    found, findings = reading(path)
    assert [one.text for one in found] == [BODY]
    assert [finding.source.removeprefix(f"{path}/") for finding in findings] == ["a.txt", "c.pdf", "d\\x1b[2J.txt"]
    assert "damaged" in findings[0].message


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt.gz", cut(gzip.compress("".join(f"{n * 7919}\n" for n in range(9000)).encode())), "damaged"),
        ("a.tar.gz", cut(tarred("w:gz", a=bytes(range(256)) * 99)), "damaged"),
        ("a.zip", cut(zipped(a=BODY)), "damaged"),
        ("a.docx", zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "office document"),
        ("a.zip", zipped(a=zipped(b=zipped(c=zipped(d=BODY)))), "too deep"),
        ("a.zip", b"PK\x05\x06" + bytes(18), ""),
    ],
)  # fmt: skip
def test_archives_that_are_none(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path, good = tmp_path / name, tmp_path / "good.txt"
    path.write_bytes(content)
    good.write_text(BODY)
    found, findings = reading(path, good)
    assert found[-1].text == BODY
    assert [words in finding.message for finding in findings] == ([True] if words else [])


WORDS = b"words " * 50_000


def sparse(size: int) -> bytes:
    """A tar with a file that is all holes."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("holes.txt")
        member.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.map": f"{size},0", "GNU.sparse.size": str(size)}
        archive.addfile(member)
    return made.getvalue()


@pytest.mark.parametrize(
    "trap",
    [
        lambda: gzip.compress(WORDS * 10), lambda: gzip.compress(gzip.compress(WORDS * 100)),
        lambda: zipped(**{f"{n}.txt": WORDS for n in range(10)}), lambda: tarred("w:gz", a=WORDS * 10),
        lambda: sparse(3_000_000),
    ],
    ids=["gzip", "gzip twice", "zip of many", "tar", "holes"],
)  # fmt: skip
def test_what_grows_beyond_measure_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: Callable[[], bytes]
) -> None:
    monkeypatch.setattr(packed, "FREE", 1_000_000)
    monkeypatch.setattr(packed, "RATIO", 10)
    read_ = 0
    spend = packed.Budget.spend

    def count(budget: packed.Budget, number: int, name: str) -> None:
        nonlocal read_
        read_ += number
        spend(budget, number, name)

    monkeypatch.setattr(packed.Budget, "spend", count)
    path = tmp_path / "trap.gz"
    path.write_bytes(trap())
    _, findings = reading(path)
    assert sum("as only traps do" in finding.message for finding in findings) == 1
    assert read_ < 2_500_000


def test_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(FEED)
    (tmp_path / "b.xml").write_text(ATOM)
    (first, second), findings = reading(tmp_path)
    assert (first.title, first.date, first.publisher) == ("Harbour & ships", DAY, "The Vell Courier")
    assert first.text == f"{BODY}\n\nNobody was hurt." and first.url == "https://vell.example/1"
    assert (second.text, second.date, second.url) == (BODY, DAY, "https://vell.example/2")
    assert [(one.source, "no text" in one.message) for one in findings] == [(f"{tmp_path / 'a.rss'}:2", True)]


def test_a_feed_opens_no_file_and_swells_no_entity(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret of the harbour")
    swelling = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt"><!ENTITY a0 "ha">{swelling}]>'
    text = FEED.replace("<rss", f"{head}<rss").replace("Short.", "&x; &a8;").replace(BODY, f"{BODY} &x;")
    (tmp_path / "a.rss").write_text(text)
    found, _ = reading(tmp_path / "a.rss")
    assert all("secret of" not in one.text and len(one.text) < 1000 for one in found)


def test_a_crawl_gives_its_articles_only(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    for name, packing in (("a.warc", False), ("b.warc.gz", True)):
        with (tmp_path / name).open("wb") as file:
            writer = WARCWriter(file, gzip=packing)
            for address, kind, status, body in (
                ("https://vell.example/2024/harbour", "text/html; charset=utf-8", "200 OK", PAGE),
                ("https://vell.example/", "text/html", "200 OK", FRONT),
                ("https://vell.example/gone", "text/html", "404 Not Found", PAGE),
                ("https://vell.example/a.png", "image/png", "200 OK", "PNG"),
                ("https://vell.example/empty", "text/html", "200 OK", "<html><article></article></html>"),
                ("https://vell.example/second", "text/html", "200 OK", PAGE.replace("nine", "ten")),
            ):
                told = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
                writer.write_record(
                    writer.create_warc_record(address, "response", payload=io.BytesIO(body.encode()), http_headers=told)
                )
        found, findings = reading(tmp_path / name)
        addresses = ["https://vell.example/2024/harbour", "https://vell.example/second"]
        assert [one.url for one in found] == addresses and {one.date for one in found} == {DAY}
        assert [one.source for one in found] == [f"{tmp_path / name}/{address}" for address in addresses]
        assert [one.source for one in findings] == [f"{tmp_path / name}/https://vell.example/empty"]


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: no Parquet is read")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    rows = {"Body": [BODY, None, BODY + " Again."], "published": [DAY, None, DAY], "views": [1, 2, 3]}
    parquet.write_table(pa.table(rows), path)
    found, findings = reading(path)
    assert [(one.text, one.date) for one in found] == [(BODY, DAY), (BODY + " Again.", DAY)]
    assert [one.source for one in findings] == [f"{path}:2"]
    parquet.write_table(pa.table({"views": [1]}), path)
    assert "no field holds the text" in reading(path)[1][0].message


# ---- addresses


@pytest.fixture
def site() -> Iterator[str]:
    """A web server on this machine."""
    answers = {
        "/page": ("text/html", PAGE.encode()), "/feed": ("application/rss+xml", FEED.encode()),
        "/news.jsonl.gz": ("application/octet-stream", gzip.compress(LINES.encode())), "/moved": ("", b"/page"),
        "/away": ("", b"file:///etc/passwd"),
    }  # fmt: skip

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = answers.get(self.path, (None, b""))
            self.send_response(404 if kind is None else 302 if not kind else 200)
            self.send_header(*(("Location", body.decode()) if kind == "" else ("Content-Type", kind or "text/plain")))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_pages_feeds_and_files_are_fetched(site: str) -> None:
    found, findings = reading(f"{site}/page", f"{site}/moved", f"{site}/feed", f"{site}/news.jsonl.gz", private=True)
    assert [one.url for one in found[:2]] == [f"{site}/page"] * 2 and found[0].date == DAY
    assert found[2].url == "https://vell.example/1" and len(found) == 6
    assert [one.source for one in findings] == [f"{site}/feed:2"]


def test_what_is_not_fetched(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    local = site.replace("127.0.0.1", "localhost")
    _, findings = reading(f"{site}/page", f"{local}/page", "http://[::ffff:127.0.0.1]:" + site.rpartition(":")[2])
    assert all("private address" in one.message and "--private" in one.message for one in findings[:2])
    assert len(findings) == 3
    odd = [f"{site}/none", f"{site}/away", "http://", "http://nowhere.invalid/", "https://127.0.0.1:1/"]
    found, findings = reading(*odd, private=True)
    assert not found and [one.source for one in findings] == odd
    assert "404" in findings[0].message and "root:" not in str(findings)
    monkeypatch.setattr(fetch, "SIZE_LIMIT", 100)
    assert "larger than 100 bytes" in reading(f"{site}/page", private=True)[1][0].message


def test_other_places() -> None:
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: no address but http(s) is read")
    place = fsspec.filesystem("memory")
    lines = gzip.compress(LINES.encode())
    place.pipe({"/news/b.txt": BODY.encode(), "/news/a.jsonl.gz": lines, "/news/c.pdf": b"%PDF-"})
    try:
        found, findings = reading("memory://news", "memory://news/*.txt", "memory://nothing", "nosuch://place")
    finally:
        place.rm("/news", recursive=True)
    assert len(found) == 5 and found[3].source == "memory:///news/b.txt"
    assert ["PDF" in findings[0].message, "nothing lies" in findings[1].message, len(findings)] == [True, True, 3]
