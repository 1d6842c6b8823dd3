"""Each form of input gives the article that stands in it."""

from __future__ import annotations

import datetime
import io
import json
import os
import threading
from pathlib import Path

import pytest

from kg import read
from kg.records import Article, Finding

DAY = datetime.date(2024, 5, 2)
BODY = "The harbour of Vell opened again on Monday.\n\nShips had waited for nine days, the port said."


def reading(*paths: str | Path) -> tuple[list[Article], list[Finding]]:
    findings: list[Finding] = []
    return list(read.articles(paths, on_error=findings.append)), findings


def one(path: Path, content: str | bytes) -> Article:
    """The only article of a file with this content; there must be no findings."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    articles, findings = reading(path)
    assert not findings
    assert len(articles) == 1
    return articles[0]


def test_text_with_its_date_in_front(tmp_path: Path) -> None:
    article = one(tmp_path / "a.txt", f" date 2024-05-02 {BODY}\n")
    assert (article.date, article.title, article.text) == (DAY, None, BODY)
    assert article.source == str(tmp_path / "a.txt")
    assert article.id == Article.of(BODY, date=DAY).id


@pytest.mark.parametrize(
    ("start", "title", "date"),
    [
        ("Harbour opens again\n\n", "Harbour opens again", None),
        ("Is the harbour open?\n\n", "Is the harbour open?", None),
        ("# Harbour opens again.\n\n", "Harbour opens again.", None),
        ("date 2024-05-02 Harbour opens again\n\n", "Harbour opens again", DAY),
        ("Thursday, May 2, 2024\n\n", None, DAY),
        ("Harbour opens again\n\nMay 2, 2024\n\n", "Harbour opens again", DAY),
        ("Title: Harbour opens again\nDate: 2 May 2024\n\n", "Harbour opens again", DAY),
        ('---\ntitle: "Harbour opens again"\nauthor: nobody\ndate: 2024-05-02\n---\n', "Harbour opens again", DAY),
        ("Harbour opens again\n\nHarbour opens again\n\n", "Harbour opens again", None),
    ],
)
def test_what_a_text_says_of_itself_at_its_start(
    tmp_path: Path, start: str, title: str | None, date: datetime.date | None
) -> None:
    article = one(tmp_path / "a.txt", start + BODY)
    assert (article.title, article.date, article.text) == (title, date, BODY)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "A first line without full stop but with no blank line after it\n" + BODY,
        '"We will rebuild," the mayor said. "All of it."\n\n' + BODY,
        "Title only",
        "date of birth unknown, the court heard.\n\n" + BODY,
    ],
)
def test_a_text_without_title_or_date_stays_whole(tmp_path: Path, text: str) -> None:
    article = one(tmp_path / "a.txt", text)
    assert (article.title, article.date, article.text) == (None, None, text)


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    article = one(
        tmp_path / "a.md", "# Vell *opens*\n\nThe [port](https://example.org/p) **is** open.\n\n- Ships wait.\n"
    )
    assert article.text == "The port is open.\n\nShips wait."


def test_text_keeps_its_characters(tmp_path: Path) -> None:
    text = "“Très cher,” Zoë said — cafe\u0301 prices rose 5 % 🚢 in Łódź."
    assert one(tmp_path / "a.txt", text).text == text


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.html"])
def test_declared_encodings_and_line_ends(tmp_path: Path, coding: str, name: str) -> None:
    text = "Zoë said “no” in Łódź."
    content = {
        "a.txt": f"date 2024-05-02 {text}\r\n",
        "a.csv": f"date,text\r\n2024-05-02,{text}\r\n",
        "a.jsonl": json.dumps({"date": "2024-05-02", "text": text}, ensure_ascii=False) + "\r\n",
        "a.html": f"<html><head><meta name='date' content='2024-05-02'></head><body><p>{text}</p></body></html>\r\n",
    }[name]
    article = one(tmp_path / name, content.encode(coding))
    assert (article.text, article.date) == (text, DAY)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "news", "news.dat"])
def test_tables(tmp_path: Path, delimiter: str, name: str) -> None:
    path = tmp_path / name
    rows = [
        ["Link", "Published_At", "Headline", "Body", "author"],
        ["https://www.example.org/a", "2024-05-02", "One", '"First line, he said; a | b\n\n""Second"" line."', "x"],
        ["https://example.org/b", "2 May 2024", "Two", "Next.", "y"],
    ]
    path.write_text("\n".join(delimiter.join(row) for row in rows) + "\n\n")
    articles, findings = reading(path)
    assert not findings
    assert [article.text for article in articles] == ['First line, he said; a | b\n\n"Second" line.', "Next."]
    assert [article.title for article in articles] == ["One", "Two"]
    assert {article.date for article in articles} == {DAY}
    assert [article.publisher for article in articles] == ["example.org", "example.org"]
    assert [article.url for article in articles] == ["https://www.example.org/a", "https://example.org/b"]
    assert [article.source for article in articles] == [f"{path}:2", f"{path}:5"]


def test_a_cell_may_be_long(tmp_path: Path) -> None:
    words = "Prices rose again. " * 20_000
    assert one(tmp_path / "a.csv", f'title,text\nx,"{words}"\n').text == words.strip()


def test_title_and_date_are_not_doubled(tmp_path: Path) -> None:
    content = f'date,title,text\n2024-05-02,Harbour  Opens,"Harbour opens\n\nThursday, May 2, 2024\xa0\n\n{BODY}"\n'
    article = one(tmp_path / "a.csv", content)
    assert (article.title, article.text) == ("Harbour Opens", BODY)


OBJECTS = [
    {"text": "One came.", "date": "2024-05-02T23:30:00-05:00", "publisher": "Vell Post", "title": "T"},
    {"content": ["Two", "came."], "publishedAt": 1714608000, "source": {"id": None, "name": "Vell Post"}},
    {"article_body": "Three came.", "url": "https://example.org/3", "date": None, "headline": "T"},
]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", "\n".join(json.dumps(value) for value in OBJECTS)),
        ("a.json", "\n\n".join(json.dumps(value) for value in OBJECTS)),
        ("a.json", json.dumps(OBJECTS)),
        ("a.json", json.dumps(OBJECTS, indent=2)),
        ("a.json", json.dumps({"status": "ok", "articles": OBJECTS})),
        ("a.json", json.dumps({"status": "ok", "articles": OBJECTS}, indent=2)),
        ("unknown", json.dumps(OBJECTS, indent=2)),
        ("unknown", "\n".join(json.dumps(value) for value in OBJECTS)),
    ],
)
def test_json(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    articles, findings = reading(path)
    assert not findings
    assert [article.text for article in articles] == ["One came.", "Two\n\ncame.", "Three came."]
    assert [article.publisher for article in articles] == ["Vell Post", "Vell Post", "example.org"]
    assert [article.date for article in articles] == [DAY, DAY, None]


def test_json_articles_know_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[\n {"text": "One."},\n\n {"text":\n  "Two."}, {"text": "Three."}]')
    articles, _ = reading(path)
    assert [article.source for article in articles] == [f"{path}:2", f"{path}:4", f"{path}:5"]


def test_a_long_json_array_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    texts = [f"Number {i} came. " + "x" * (i * 997 % 70_000) for i in range(60)]
    path.write_text(json.dumps([{"text": text} for text in texts]))
    articles, findings = reading(path)
    assert not findings
    assert [article.text for article in articles] == [text.strip() for text in texts]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,text\nx,One.\n" + "x,Two.\n" * 5000 + "broken\n")
    findings: list[Finding] = []
    stream = read.articles([path, tmp_path / "absent"], on_error=findings.append)
    assert next(stream).text == "One."
    assert not findings


PAGE = """<!DOCTYPE html><html><head><title>Harbour opens again | Vell Post</title>
<meta property="og:title" content="Harbour opens again"><meta property="og:site_name" content="Vell Post">
<link rel="canonical" href="https://vellpost.example/2024/harbour">{head}</head><body>
<nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<article><h1>Harbour opens again</h1>{date}
<p>The harbour of Vell opened again on Monday, nine days after the storm of 2023-01-05 had closed it to all ships.</p>
<p>"We are back," said Mara Quist, who runs the port. She said that the ships which had waited would go first.</p>
</article><aside><time datetime="2019-01-01">old news</time></aside>
<footer>Copyright 2021 Vell Post. Last built 2022-02-02.</footer></body></html>"""


def test_html(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2024-05-02T08:00:00+02:00">'
    article = one(tmp_path / "a.html", PAGE.format(head=head, date=""))
    assert (article.title, article.date, article.publisher) == ("Harbour opens again", DAY, "Vell Post")
    assert article.url == "https://vellpost.example/2024/harbour"
    assert article.text.startswith("The harbour of Vell opened")
    assert 'closed it to all ships.\n\n"We are back," said Mara Quist' in article.text
    assert not any(word in article.text for word in ("Copyright", "Sport", "old news", "<"))


@pytest.mark.parametrize("name", ["a.txt", "page", "page.php"])
def test_html_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    article = one(tmp_path / name, "<!-- saved --><!-- twice -->\n" + PAGE.format(head="", date=""))
    assert article.title == "Harbour opens again"


LINKED = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta name="DC.date.issued" content="2024-05-02">', ""),
        ('<meta itemprop="datePublished" content="May 2, 2024">', ""),
        (LINKED.format('{"@type": "NewsArticle", "datePublished": "2024-05-02T01:00Z"}'), ""),
        (LINKED.format('{"@graph": [1, {"@type": ["NewsArticle"], "datePublished": "2024-05-02"}]}'), ""),
        (LINKED.format("{broken") + '<meta name="date" content="2024-05-02">', ""),
        ("", '<time datetime="2024-05-02T09:00">this morning</time>'),
        ("", '<p class="article-date">Published: Thursday, May 2, 2024 at 9:15 am</p>'),
        ("", '<span itemprop="datePublished">2 May 2024</span>'),
    ],
)
def test_a_page_states_its_date(tmp_path: Path, head: str, date: str) -> None:
    assert one(tmp_path / "a.html", PAGE.format(head=head, date=date)).date == DAY


def test_the_url_may_state_the_date(tmp_path: Path) -> None:
    page = PAGE.format(head="", date="").replace("/2024/harbour", "/2024/05/02/harbour")
    assert one(tmp_path / "a.html", page).date == DAY


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("", ""),
        ('<meta name="date" content="today">', ""),
        (LINKED.format('{"@type": "WebSite", "datePublished": "2011-01-01"}'), ""),
        ("", '<p class="date">yesterday</p>'),
        ("", '<p class="date">May 2</p><p>In 2020-03-03 a storm came and the harbour of Vell was closed.</p>'),
    ],
)
def test_a_date_that_a_page_does_not_state_is_not_guessed(tmp_path: Path, head: str, date: str) -> None:
    """Not from the clock, the copyright line, the text, a picture or another article."""
    assert one(tmp_path / "a.html", PAGE.format(head=head, date=date)).date is None


def test_declared_charsets(tmp_path: Path) -> None:
    page = PAGE.format(head='<meta charset="iso-8859-2">', date="").replace("Mara Quist", "Maří Kvíst")
    assert "Maří Kvíst" in one(tmp_path / "a.html", page.encode("iso-8859-2")).text
    page = PAGE.format(head='<meta charset="iso-8859-1">', date="").replace('"We are back,"', "“We are back,”")
    assert "“We are back,” said" in one(tmp_path / "b.html", page.encode("cp1252")).text


def test_a_fragment_of_html(tmp_path: Path) -> None:
    assert one(tmp_path / "a.html", f"<p>{BODY}</p>").text.startswith("The harbour of Vell")


def test_folders_are_read_in_order_without_what_is_no_article(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "news.kg/e.txt", "page_files/style.css"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{path.stem} came.")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    articles, findings = reading(tmp_path / "in")
    assert not findings
    assert [article.text for article in articles] == ["a came.", "b came.", "c came."]


def test_patterns_and_repetition(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "d.md", "e[1].txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name} came.")
    for pattern, names in {
        "*.txt": ["a.txt", "b.txt", "e[1].txt"],
        "**/*.txt": ["a.txt", "b.txt", "e[1].txt", "sub/c.txt"],
        "s?b": ["sub/c.txt"],
        "e[1].txt": ["e[1].txt"],
    }.items():
        articles, findings = reading(str(tmp_path / pattern))
        assert not findings
        assert [article.text for article in articles] == [f"{name} came." for name in names]
    articles, _ = reading(tmp_path / "a.txt", tmp_path / "a.txt")
    assert len(articles) == 2
    assert articles[0] == articles[1]


def test_one_path_need_not_be_in_a_list(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    assert [article.text for article in read.articles(str(tmp_path / "a.txt"), on_error=print)] == [BODY]


@pytest.mark.parametrize("content", [f"date 2024-05-02 {BODY}", json.dumps({"text": BODY, "date": "2024-05-02"})])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    articles, findings = reading("-")
    assert not findings
    assert (articles[0].text, articles[0].date) == (BODY, DAY)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("title,text\nx,Came.\n",), daemon=True)
    writer.start()
    articles, findings = reading(pipe)
    writer.join(10)
    assert not findings
    assert [article.text for article in articles] == ["Came."]


def test_the_samples_are_articles_with_dates() -> None:
    samples = Path(read.__file__).parent.parent / "samples"
    articles, findings = reading(samples)
    assert not findings
    assert len(articles) == len(list(samples.glob("*.txt"))) >= 3
    assert all(article.date and 100 < len(article.text.split()) < 260 for article in articles)
