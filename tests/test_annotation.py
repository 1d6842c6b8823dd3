"""Drawing an extraction: the pieces are the text, marks may overlap, and nothing of an article is markup."""

from __future__ import annotations

import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import annotation
from kg.annotation.page import page
from kg.errors import UsageError
from kg.plain import plain
from kg.records import (
    Amount,
    Argument,
    Article,
    Entity,
    Event,
    Extraction,
    Mention,
    Proposition,
    Reference,
    Relation,
    Role,
    Span,
    Statement,
    Time,
)  # fmt: skip

TEXT = "Ann Lee said Tarn may buy Pike for $5 million on Monday, not <b>now</b>."


def span(words: str, text: str = TEXT) -> Span:
    """Where the words stand in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def mention(words: str, entity: int, form: str = "name") -> Mention:
    return Mention(*span(words), head=span(words), kind="Organization", form=form, entity=entity)  # type: ignore[arg-type]


@pytest.fixture
def extraction() -> Extraction:
    """One sentence with a speaker, two firms, an amount, a day, a possible purchase."""
    return Extraction(
        article=Article.of(TEXT, title="<i>Tarn</i>", date=datetime.date(2024, 5, 6)),
        sentences=(Span(0, len(TEXT)),),
        mentions=(mention("Ann Lee", 0), mention("Tarn", 1), mention("Pike", 2)),
        entities=(Entity("Ann Lee", "Person"), Entity("Tarn", "Organization"), Entity("Pike", "Organization")),
        times=(Time(*span("Monday"), "DATE", "2024-05-06"),),
        amounts=(Amount(*span("$5 million"), 5_000_000, None, None, "USD"),),
        statements=(
            Statement(
                Reference(*span("Ann Lee"), 0), span("said"), (span("Tarn may buy Pike for $5 million"),), "indirect"
            ),
        ),
        propositions=(
            Proposition(
                Argument("Tarn", (span("Tarn"),), mention=1), Relation("may buy", "buy"),
                Argument("Pike", (), mention=2), sentence=0,
                certainty="possible", tense="future", conditional=True, statement=0, rule="verb-active",
            ),
            Proposition(Argument("Tarn"), Relation("buys", "buy"), Argument("it"), sentence=0, polarity="-", rule="r"),
        ),
        events=(
            Event(
                "kg:Acquisition", span("buy"),
                (Role("kg:buyer", mention=1), Role("kg:price", amount=0), Role("kg:time", time=0)), status="Planned",
            ),
        ),
    )  # fmt: skip


def test_the_pieces_are_the_whole_text(extraction: Extraction) -> None:
    pieces = list(annotation.pieces(extraction))
    assert "".join(piece.text for piece in pieces) == TEXT
    marked = {piece.text: piece for piece in pieces if piece.kinds}
    assert marked["Ann Lee"].kinds == ("name",) and marked["Ann Lee"].title == "Person: Ann Lee"
    assert set(marked["Pike"].kinds) == {"name", "said"} and marked["Pike"].title == "Organization: Pike"
    assert set(marked["$5 million"].kinds) == {"amount", "said"} and marked["$5 million"].title == "5,000,000 USD"
    assert marked["Monday"].title == "DATE 2024-05-06"
    assert marked["said"].kinds == ("cue",)


def test_lines_tell_stance_speaker_and_rule(extraction: Extraction) -> None:
    first, second, event = annotation.lines(extraction)
    assert first == "Tarn | buy | Pike [possible, future, if] — says Ann Lee  (verb-active)"
    assert second == "Tarn | not buy | it  (r)"
    assert event == "Acquisition (Planned): buyer Tarn, price $5 million, time 2024-05-06"


def test_every_kind_of_mark_has_a_style(extraction: Extraction) -> None:
    kinds = {kind for piece in annotation.pieces(extraction) for kind in piece.kinds}
    assert kinds <= set(annotation.STYLES)


class Reader(HTMLParser):
    """Collects a page's tags and the text of its article."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.article = self.inside = False
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.article = self.article or tag == "article"
        self.inside = self.article and (self.inside or tag == "p")

    def handle_endtag(self, tag: str) -> None:
        self.article = self.article and tag != "article"
        self.inside = self.inside and tag != "p"

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""


OURS = {
    "html", "head", "meta", "title", "style", "body", "p", "span", "h1", "article", "ul", "li", "b", "div", "section",
}  # fmt: skip


def test_a_page_shows_the_text_and_has_no_tags_but_ours(extraction: Extraction) -> None:
    reader = Reader()
    reader.feed(page([extraction]))
    assert reader.text == TEXT and reader.tags == OURS


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=60))
def test_no_text_becomes_markup(words: str) -> None:
    article = Article.of(words + '<script>"\'', title=words)
    whole = Span(0, len(article.text))
    found = Extraction(
        article=article, mentions=(Mention(*whole, head=whole, kind="Other", form="name", entity=0),),
        entities=(Entity(words + "\"'><img>", "Other"),),
    )  # fmt: skip
    reader = Reader()
    reader.feed(page([found]))
    assert reader.tags <= OURS and reader.text == plain(article.text)


def test_an_empty_article_is_drawn() -> None:
    assert [piece.text for piece in annotation.pieces(Extraction(Article.of("")))] == []


def test_a_page_that_cannot_be_written(extraction: Extraction, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        annotation.write([extraction], tmp_path / "no" / "folder.html")
    annotation.write([extraction], tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page([extraction])


def test_a_pronoun_is_drawn_with_the_name_that_it_stands_for() -> None:
    text = "Acme grew. It sold Bolt."
    entity = Entity("Acme", "Organization")
    mentions = (
        Mention(0, 4, Span(0, 4), "Organization", "name", 0),
        Mention(11, 13, Span(11, 13), "Other", "pronoun", 0, 1),
    )
    sold = Proposition(Argument("It", (Span(11, 13),), 1), Relation("sold", "sell"), Argument("Bolt"), 1)
    extraction = Extraction(Article.of(text), mentions=mentions, entities=(entity,), propositions=(sold,))
    assert next(annotation.lines(extraction)).startswith("Acme (It) | sell | Bolt")


def test_each_speaker_has_a_colour_of_its_own_in_text_and_margin() -> None:
    text = "Ann Lee said Tarn won.\n\nBo Roe thinks Pike won."
    lee, roe = span("Ann Lee", text), span("Bo Roe", text)
    won = [span("Tarn won", text), span("Pike won", text)]
    found = Extraction(
        article=Article.of(text),
        sentences=(Span(0, 22), Span(24, len(text))),
        entities=(Entity("Ann Lee", "Person"), Entity("Bo Roe", "Person")),
        statements=(
            Statement(Reference(*lee, 0), span("said", text), (won[0],), "indirect"),
            Statement(Reference(*roe, 1), span("thinks", text), (won[1],), "indirect", mode="thinking"),
        ),
        propositions=(
            Proposition(Argument("Tarn"), Relation("won", "win"), Argument(""), sentence=0, statement=0, rule="r"),
            Proposition(Argument("Pike"), Relation("won", "win"), Argument(""), sentence=1, statement=1, rule="r"),
            Proposition(Argument("Both"), Relation("lost", "lose"), Argument(""), sentence=1, rule="r"),
        ),
    )
    drawn = page([found])
    assert '<li style="--hue:210"><b>Ann Lee</b> 1</li><li style="--hue:25"><b>Bo Roe</b> 1</li>' in drawn
    assert '<span class="said" style="--hue:210" title="Ann Lee (indirect)">Tarn won</span>' in drawn
    assert '<span class="said thought" style="--hue:25" title="Bo Roe (indirect)">Pike won</span>' in drawn
    assert '<li class="voice" style="--hue:25">Pike | win |  — thinks Bo Roe</li>' in drawn
    assert "<li>Both | lose | </li>" in drawn
    first, second = drawn.split('<div class="row">')[1:]
    assert "Tarn | win" in first and "Pike | win" in second


def test_the_pieces_of_a_stretch_are_that_stretch(extraction: Extraction) -> None:
    part = Span(8, 30)
    assert "".join(piece.text for piece in annotation.pieces(extraction, part)) == TEXT[8:30]
