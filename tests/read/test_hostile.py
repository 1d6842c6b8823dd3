"""Bad, broken and hostile input: a finding that says where, and the rest is read."""

from __future__ import annotations

import datetime
import os
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import read
from kg.read.clean import day, plain, web_address
from kg.records import Article, Finding

TEXT = "The harbour of Vell opened again on Monday."


def reading(*paths: str | Path) -> tuple[list[Article], list[Finding]]:
    findings: list[Finding] = []
    return list(read.articles(paths, on_error=findings.append)), findings


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only(findings: list[Finding], source: object, words: str) -> None:
    """There is one finding, about this source, with these words."""
    assert [finding.source for finding in findings] == [str(source)]
    assert words in findings[0].message


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\xef\xbb\xbf", "empty"),
        ("a.csv", b"", "empty"),
        ("a.html", b"", "empty"),
        ("a.txt", b"...\n!!", "no text"),
        ("a.txt", b"\xff\xfe", "empty"),
        ("a.json", b"\xfe\xff", "empty"),
        ("a.txt", b"%PDF-1.7\n1 0 obj", "PDF"),
        ("a.docx", b"PK\x03\x04\x14\x00", "damaged"),
        ("a.csv", b"PAR1\x15\x04", "Parquet file is broken"),
        ("a.txt", b"Some text \x00\x01\x02 and more", "binary"),
        ("a", bytes(range(256)) * 8, "binary"),
        ("a.txt", "Гавань снова открыта, сообщил порт.".encode("koi8-r") * 9, "encoding"),
        ("a.xml", b"<?xml version='1.0'?><note><to/></note>", "XML"),
        ("a.xml", b"<?xml version='1.0'?><rss><channel><item/></channel></rss>", "no text"),
        ("a.rss", b"<rss><channel>", "broken"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9999\r\n\r\nHTTP", "broken"),
        ("a.html", b"<html><body></body></html>", "no article"),
        ("a.json", b"{", "no JSON"),
        ("a.json", b'{"title":\n "a",\n}', "no JSON"),
        ("a.csv", b"title,text\n\n\n", "no rows"),
    ],
)
def test_files_without_an_article(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = written(tmp_path / name, content)
    good = written(tmp_path / "good.txt", TEXT)
    articles, findings = reading(path, good)
    assert [article.text for article in articles] == [TEXT]
    assert len(findings) == 1
    assert findings[0].source.startswith(str(path))
    assert words in findings[0].message


def test_paths_that_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone")
    monkeypatch.chdir(tmp_path)
    good = written(tmp_path / "good.txt", TEXT)
    paths: list[str | Path] = [
        tmp_path / "absent.txt",
        tmp_path / "*.xyz",
        tmp_path / "empty",
        tmp_path / "link.txt",
        "nul\0",
        "x" * 5000,
        "",
    ]
    articles, findings = reading(*paths, good)
    assert len(articles) == 1
    assert [finding.source for finding in findings] == [str(path).replace("\0", "\\x00") or "''" for path in paths]
    assert all(finding.message for finding in findings)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything may be read by root")
def test_files_and_folders_that_must_not_be_read(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", TEXT).chmod(0)
    (tmp_path / "sub").mkdir(mode=0)
    written(tmp_path / "z.txt", TEXT)
    articles, findings = reading(tmp_path)
    assert len(articles) == 1
    assert {finding.source for finding in findings} == {str(tmp_path / "a.txt"), str(tmp_path / "sub")}


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = written(tmp_path / "bad.txt", TEXT), written(tmp_path / "good.txt", TEXT)
    opened = Path.open

    def refuse(path: Path, *args: Any) -> Any:
        if path == bad:
            raise PermissionError(13, "Permission denied")
        return opened(path, *args)

    monkeypatch.setattr(Path, "open", refuse)
    articles, findings = reading(bad, good)
    assert [article.source for article in articles] == [str(good)]
    only(findings, bad, "permissions")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    written(tmp_path / "z.txt", TEXT)
    articles, findings = reading(tmp_path)
    assert len(articles) == 1
    only(findings, tmp_path / "pipe", "not a file")


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl"])
def test_a_line_of_50_megabytes(tmp_path: Path, name: str) -> None:
    before, after = {
        "a.txt": ("First.\n", "Last."),
        "a.csv": ("text,title\nFirst.,x\n", "Last.,x\n"),
        "a.jsonl": ('{"text": "First."}\n', '{"text": "Last."}\n'),
    }[name]
    path = written(tmp_path / name, before.encode() + b"x" * 50_000_000 + b"\n" + after.encode())
    articles, findings = reading(path)
    assert "\n".join(article.text for article in articles) == "First.\nLast."
    only(findings, f"{path}:{3 if name == 'a.csv' else 2}", "50,000,001 characters")


def test_texts_too_long_for_an_article(tmp_path: Path) -> None:
    long = "word " * (read.ARTICLE_LIMIT // 5 + 1) + "end"
    for name, content in {
        "a.txt": long,
        "a.jsonl": f'{{"text": "{long}"}}',
        "b.txt": (long[:99_000] + "\n") * 50,
    }.items():
        articles, findings = reading(written(tmp_path / name, content))
        assert not articles
        assert "are no article; split it up" in findings[0].message


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "Café prices\n\n“Rose,” she said.".encode("cp1252"))
    articles, findings = reading(path)
    assert (articles[0].title, articles[0].text) == ("Café prices", "“Rose,” she said.")
    only(findings, f"{path}:1", "Windows-1252")
    path = written(tmp_path / "a.csv", "title,text\nx,Zoë came.\nx,".encode() + b"Caf\xe9.\nx,Caf\xe9.\n")
    articles, findings = reading(path)
    assert [article.text for article in articles] == ["Zoë came.", "Café.", "Café."]
    only(findings, f"{path}:3", "Windows-1252")


def test_tables_without_text(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "\nurl,date,headline\nhttps://example.org,2024-05-02,x\n")
    articles, findings = reading(path)
    assert not articles
    only(findings, f"{path}:2", "found: url, date, headline; wanted: text, body")


def test_bad_rows(tmp_path: Path) -> None:
    rows = [
        "date,title,text",
        "2024-05-02,x,One.",
        "2024-05-02,x",
        "2024-05-02,x,Two.,y",
        "2024-05-02,x,",
        "soon,x,Three.",
        "02/07/2024,x,Four.",
        "2024-02-30,x,Five.",
        ",x,Six.",
        "2024-05-02,x,Seven.,,",
        ",,",
        "2024-05-02,x,Eight.",
    ]
    path = written(tmp_path / "a.csv", "\n".join(rows))
    articles, findings = reading(path)
    assert [article.text for article in articles] == ["One.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight."]
    assert [article.date is not None for article in articles] == [True, False, False, False, False, True, True]
    said = {finding.source.rpartition(":")[2]: finding.message for finding in findings}
    assert list(said) == ["3", "4", "5", "6", "7", "8"]
    assert "2 columns" in said["3"]
    assert "4 columns" in said["4"]
    assert "no text" in said["5"]
    assert "'soon'" in said["6"]


def test_a_broken_row_takes_no_other_row_with_it(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv",
        'date,title,text\n2024-05-01,x,One.\n2024-05-02,x,"Never closed\n2024-05-03,x,"Two, whole."\n'
        "2024-05-04,x,Three.\n"
        '2024-05-05,x,"He said "no" to it.\n\nAnd, well, more."\n2024-05-06,x,Four.\n2024-05-07,x,"End',
    )
    articles, findings = reading(path)
    assert [article.text for article in articles] == ["One.", "Two, whole.", "Three.", "Four."]
    assert [finding.source for finding in findings] == [f"{path}:{line}" for line in (3, 6, 10)]
    assert "quotation marks" in findings[0].message


def test_a_quotation_mark_that_is_never_closed_costs_bounded_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.read.table.LINE_LIMIT", 20_000)
    path = written(tmp_path / "a.csv", 'title,text\nx,"open\n' + 'y","z\n' * 20_000 + "x,Last.\n")
    articles, findings = reading(path)
    assert "longer than" in findings[0].message
    assert findings[0].source == f"{path}:2"
    assert all(len(article.text) < 20 for article in articles)


def test_bad_json_lines(tmp_path: Path) -> None:
    lines = [
        '{"text": "One."}',
        '{"text": "Two."',
        "[1]",
        '"x"',
        '{"title": "x"}',
        '{"text": ""}',
        '{"text": null}',
        "[" * 100_000,
        "1" * 5000,
        '{"text": "\\ud800 lone."}',
        '{"text": "Last.", "date": "May 2", "url": "javascript:x"}',
    ]
    path = written(tmp_path / "a.jsonl", "\n".join(lines))
    articles, findings = reading(path)
    assert [article.text for article in articles] == ["One.", "\ufffd lone.", "Last."]
    assert [int(finding.source.rpartition(":")[2]) for finding in findings] == [2, 3, 4, 5, 6, 7, 8, 9, 11, 11]
    assert articles[2].url is None


def test_a_broken_array_keeps_what_came_before(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", '[\n{"text": "One."},\n{"text": "Two"\n{"text": "Three."}\n]')
    articles, findings = reading(path)
    assert [article.text for article in articles] == ["One."]
    only(findings, f"{path}:3", "what follows was not read")


@pytest.mark.parametrize("charset", ["punycode", "zlib", "unicode_escape", "utf-7", "cp99999", "x" * 300, "idna"])
def test_pages_that_declare_odd_charsets(tmp_path: Path, charset: str) -> None:
    page = f"<html><head><meta charset='{charset}'></head><body><p>{TEXT} Caf\xe9.</p></body></html>"
    path = written(tmp_path / "a.html", page.encode("latin-1"))
    articles, findings = reading(path)
    assert articles[0].text == f"{TEXT} Café."
    only(findings, path, "Windows-1252")


def test_pages_that_are_too_large_or_too_deep(tmp_path: Path) -> None:
    path = written(tmp_path / "a.html", "<p>" * 4_000_000)
    articles, findings = reading(path)
    assert not articles
    only(findings, path, "larger than")
    path = written(tmp_path / "c.html", "<p>" * 60_000)
    only(reading(path)[1], path, "elements")
    path = written(tmp_path / "b.html", "<div>" * 5_000 + TEXT)
    articles, findings = reading(path)
    assert len(articles) + len(findings) == 1


def test_hostile_text_is_made_harmless(tmp_path: Path) -> None:
    content = "Pay \x1b[31m\u202edaer\u202c \x1b]0;title\x07\u2066now\u2069\x07, "
    content += "Ama\u00adzon \u200bsaid.\x08 It\u0092s <b>late</b>."
    articles, findings = reading(written(tmp_path / "a.txt", content))
    assert not findings
    assert articles[0].text == "Pay daer now, Amazon said. It’s <b>late</b>."


def test_file_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\n\u202e.pdf"
    try:
        written(path, "%PDF-1.4")
    except OSError:
        pytest.skip("the file system takes no such names")
    _, findings = reading(tmp_path)
    assert findings[0].source.isprintable()
    assert findings[0].source.endswith("a\\x1b[2J\\n\\u202e.pdf")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "https://[",
        "https://a b",
        "x" * 9999,
        "https://e<i>",
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    assert web_address(address) is None


def test_addresses_become_valid_iris() -> None:
    assert web_address(' HTTPS://example.org/"a"<b>\n') == "https://example.org/%22a%22%3Cb%3E"
    assert web_address("https://example.org/50%/é?q=[1]#a#b") == "https://example.org/50%25/%C3%A9?q=%5B1%5D#a%23b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-02", "2024-05-02"),
        ("2024-05-02T23:59:59.999+14:00", "2024-05-02"),
        ("20240502", "2024-05-02"),
        ("2024/5/2 10:00", "2024-05-02"),
        ("Thu, 02 May 2024 10:00:00 GMT", "2024-05-02"),
        ("2nd of May 2024", "2024-05-02"),
        ("May 2nd, 2024, 5:30 p.m. ET", "2024-05-02"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("2.5.2024", "2024-05-02"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("4/4/2024", "2024-04-04"),
        ("1714608000000", "2024-05-02"),
    ],
)
def test_dates(text: str, expected: str) -> None:
    found = day(text)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "May 2",
        "May 2024",
        "2024",
        "05/02/2024",
        "2024-13-01",
        "Maybe 2, 2024",
        "٢٠٢٤-٠٥-٠٢",
        "2024-05-02 to 2024-06-01",
        "0000-01-01",
        "3 days ago",
        "May 2, 2024 was a day on which much else happened besides the opening",
    ],
)
def test_dates_that_are_not_stated(text: str) -> None:
    assert day(text) is None


def controls(text: str) -> list[str]:
    """The characters that no text may have."""
    bidi = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    return [c for c in text if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t") or c in bidi]


PIECES = st.sampled_from(
    [
        b"date 2024-05-02 ",
        b"text,title\n",
        b'"',
        b",",
        b"\n",
        b"\n\n",
        b"{",
        b"}",
        b'"text": ',
        b"[",
        b"]",
        b"<html>",
        b"<p>",
        b"</p>",
        b"<!--",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\x00",
        b"\x1b[",
        b"\x1b]",
        b"\\ud800",
        b"---\n",
        b"\r",
        b"Title: x\n",
        "“\u202e\u0085é".encode(),
        b"The harbour opened. ",
        b"<meta charset=",
        b"<script type='application/ld+json'>",
    ]
)
CONTENT = st.one_of(
    st.binary(max_size=300), st.lists(st.one_of(PIECES, st.binary(max_size=6)), max_size=30).map(b"".join)
)


@settings(max_examples=150, deadline=None)
@given(content=CONTENT, suffix=st.sampled_from([".txt", ".md", ".csv", ".json", ".jsonl", ".html", ".x"]))
def test_no_bytes_raise_and_no_text_is_empty_or_has_controls(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder) / f"a{suffix}", content)
        articles, findings = reading(path)
    assert articles or findings
    for article in articles:
        assert article.text == article.text.strip() != ""
        shown = "\n".join(filter(None, (article.text, article.title, article.publisher, article.url)))
        assert not controls(shown)
        shown.encode()
    assert all(finding.source.startswith(folder) and "\n" not in finding.message for finding in findings)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_plain_is_stable(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert not controls(once)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))))
def test_plain_keeps_what_can_be_seen(text: str) -> None:
    assert plain(text) == text.strip()


@settings(deadline=None)
@given(
    st.dates(min_value=datetime.date(1000, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 10:00:00 GMT", "%A, %b. %d, %Y", "%Y%m%d"]),
)
def test_a_day_is_read_as_it_is_written(date: datetime.date, form: str) -> None:
    assert day(date.strftime(form)) == date
