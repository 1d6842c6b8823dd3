"""Amounts over Docs built by hand: money, percent, counts with their noun, bounds, vague numerals, and what is none."""

from __future__ import annotations

import re

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from kg.extract.amounts import amounts
from kg.extract.amounts_change import per
from kg.extract.amounts_grammar import currency, figures
from kg.extract.numbers import number
from kg.records import Amount
from tests.extract.parse import parse

VOCAB = spacy.blank("en").vocab


def make(text: str, *, names: tuple[str, ...] = ()) -> Doc:
    """A Doc from ``word/POS`` or ``word/POS/relation>head word``; ``names`` are its entities."""
    rows = [row.split("/") for row in text.split()]
    words = [row[0].replace("∕", "/") for row in rows]
    places = [row[2].split(">") if len(row) > 2 else ["dep", words[0]] for row in rows]
    heads = [words.index(head) for _, head in places]
    spaces = [not after.startswith((",", ".")) for after in [*words[1:], ""]]
    doc = Doc(VOCAB, words, spaces, pos=[row[1] for row in rows], deps=[dep for dep, _ in places], heads=heads)
    doc.set_ents([span for name in names if (span := _span(doc, name))])
    return doc


def _span(doc: Doc, name: str) -> Span | None:
    start = doc.text.index(name)
    return doc.char_span(start, start + len(name), label="Organization")


def one(text: str, **options: tuple[str, ...]) -> tuple[str, Amount]:
    doc = make(text, **options)
    (amount,) = amounts(doc)
    return doc.text[amount.start : amount.end], amount


def bounds(amount: Amount) -> tuple[float | None, float | None, float | None]:
    return amount.value, amount.min, amount.max


def test_a_count_has_its_noun() -> None:
    words, amount = one("Roughly/ADV 115/NUM/nummod>positions positions/NOUN may/AUX be/AUX cut/VERB")
    assert words == "Roughly 115 positions"
    assert (amount.value, amount.unit, amount.approximate) == (115, "positions", True)
    assert amount.noun == (12, 21)


@pytest.mark.parametrize(
    ("text", "words", "expected", "unit"),
    [
        ("up/ADP to/PART 400/NUM/nummod>nurses nurses/NOUN", "up to 400 nurses", (None, None, 400), "nurses"),
        ("more/ADJ than/ADP 1,000/NUM/nummod>jobs jobs/NOUN", "more than 1,000 jobs", (None, 1000, None), "jobs"),
        ("at/ADP least/ADJ three/NUM/nummod>men men/NOUN", "at least three men", (None, 3, None), "men"),
        ("between/ADP 10/NUM and/CCONJ 20/NUM/nummod>firms firms/NOUN", "10 and 20 firms", (None, 10, 20), "firms"),
        ("a/DET few/ADJ hundred/NUM/nummod>roles roles/NOUN", "a few hundred roles", (None, 200, 900), "roles"),
        ("several/ADJ hundred/NUM/nummod>staff staff/NOUN", "several hundred staff", (None, 300, 900), "staff"),
        ("dozens/NOUN of/ADP people/NOUN/nmod>dozens", "dozens of people", (None, 24, None), "people"),
        ("115/NUM/nummod>cuts job/NOUN/compound>cuts cuts/NOUN", "115 job cuts", (115, None, None), "job cuts"),
        ("One/NUM/nummod>person person/NOUN came/VERB", "One person", (1, None, None), "person"),
        ("120/NUM/nummod>ships new/ADJ big/ADJ ships/NOUN", "120 new big ships", (120, None, None), "ships"),
        ("two/NUM/nummod>men dying/VERB/amod>men men/NOUN", "two dying men", (2, None, None), "men"),
        ("two/NUM of/ADP the/DET men/NOUN left/VERB", "two", (2, None, None), "men"),
    ],
)
def test_counts(text: str, words: str, expected: tuple[float | None, ...], unit: str) -> None:
    found, amount = one(text)
    assert (found, bounds(amount), amount.unit) == (words, expected, unit)
    assert amount.noun is not None
    assert amount.approximate == (words.split()[0] in ("a", "several", "dozens"))


@pytest.mark.parametrize(
    ("text", "expected", "unit"),
    [
        ("$3.9 billion", (3.9e9, None, None), "USD"),
        ("$3.9bn", (3.9e9, None, None), "USD"),
        ("US$5m", (5e6, None, None), "USD"),
        ("A$5", (5, None, None), "AUD"),
        ("HK$2.5 billion", (2.5e9, None, None), "HKD"),
        ("€2.5 million", (2.5e6, None, None), "EUR"),
        ("£1.2 m", (1.2e6, None, None), "GBP"),
        ("3 million euros", (3e6, None, None), "EUR"),
        ("10,000 yen", (10_000, None, None), "JPY"),
        ("EUR 30m", (30e6, None, None), "EUR"),
        ("several million dollars", (None, 3e6, 9e6), "USD"),
        ("$3-5 million", (None, 3e6, 5e6), "USD"),
        ("$3 billion to $4 billion", (None, 3e9, 4e9), "USD"),
        ("as much as $5 million", (None, None, 5e6), "USD"),
        ("96%", (96, None, None), "percent"),
        ("5 per cent", (5, None, None), "percent"),
        ("5-10%", (None, 5, 10), "percent"),
        ("3 percentage points", (3, None, None), "percentage points"),
        ("two-thirds", (66.67, None, None), "percent"),
        ("50 km", (50, None, None), "km"),
        ("3.5 tonnes", (3.5, None, None), "tonnes"),
        ("120 miles per hour", (120, None, None), "miles per hour"),
        ("twice", (2, None, None), "times"),
        ("45-year-old", (45, None, None), "years old"),
    ],
)
def test_units_that_stand_with_the_number(text: str, expected: tuple[float | None, ...], unit: str) -> None:
    (figure,) = figures(text)
    assert text[figure.start : figure.end] == text
    assert (figure.value, figure.min, figure.max) == expected
    assert figure.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "Chapter/NOUN 11/NUM/nummod>Chapter",
        "Flight/NOUN 370/NUM",
        "no/DET one/PRON left/VERB",
        "one/NUM of/ADP the/DET men/NOUN",
        "It/PRON opened/VERB in/ADP 2019/NUM",
        "It/PRON took/VERB three/NUM/nummod>years years/NOUN",
        "They/PRON won/VERB 3-1/NUM",
        "the/DET first/ADJ man/NOUN",
        "call/VERB 555-0199/NUM",
        "Boeing/PROPN 707/NUM/nummod>plane cargo/NOUN plane/NOUN",
        "619/NUM/nummod>Avenue Waddell/PROPN/compound>Avenue Avenue/PROPN",
        "a/DET 43rd/ADJ member/NOUN",
        "1/NUM ./PUNCT Open/VERB",
        "few/ADJ people/NOUN",
        "She/PRON phoned/VERB 911/NUM/obj>phoned ./PUNCT",
        "a/DET Six/NUM/nummod>Flags Flags/PROPN park/NOUN",
        "a/DET magnitude/NOUN 6.5/NUM/nummod>quake quake/NOUN",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert amounts(make(text)) == ()


def test_numbers_inside_names_are_left_alone() -> None:
    text = "Boeing/PROPN 737/NUM jets/NOUN"
    assert amounts(make(text, names=("Boeing 737",))) == ()
    one_medical = "One/PROPN Medical/PROPN hired/VERB 20/NUM/nummod>nurses nurses/NOUN"
    assert one(one_medical, names=("One Medical",))[0] == "20 nurses"


def test_ages_of_people() -> None:
    words, amount = one("Ann/PROPN Lee/PROPN ,/PUNCT 45/NUM ,/PUNCT left/VERB")
    assert (words, amount.unit) == ("45", "years old")
    assert [(f.value, f.kind) for f in figures("He died aged 78.")] == [(78, "age")]


def test_a_figure_without_a_noun_stands_alone() -> None:
    words, amount = one("The/DET toll/NOUN rose/VERB to/ADP 22/NUM/obl>rose ./PUNCT")
    assert (words, amount.value, amount.unit, amount.noun) == ("22", 22, None, None)


def test_strong_crowds_are_people() -> None:
    doc = Doc(VOCAB, ["a", "10,000", "-", "strong", "crowd"], [True, False, False, True, False],
              pos=["DET", "NUM", "PUNCT", "ADJ", "NOUN"], deps=["det", "nummod", "punct", "amod", "root"],
              heads=[4, 3, 3, 4, 4])  # fmt: skip
    assert [(a.value, a.unit) for a in amounts(doc)] == [(10_000, "people")]


def test_currencies_keep_their_case() -> None:
    assert [figure.unit for figure in figures("try 5 times, all 30 won the race")] == [None, None]
    assert (currency("Hong Kong dollars"), currency("RMB")) == ("HKD", "CNY")


@pytest.mark.parametrize(
    ("words", "value"),
    [("two hundred and fifty thousand", 250_000), ("half a million", 500_000), ("two dozen", 24), ("two three", None),
     ("1,234.5", 1234.5), ("2½", 2.5), ("twenty-five", 25), ("and", None), ("", None)],
)  # fmt: skip
def test_number_words(words: str, value: float | None) -> None:
    assert number(words) == value


PIECES = [
    *("$", "US$", "€", "3", "3.9", "1,000", "billion", "m", "bn", "%", "per cent", "about", "more than", "up to", "-"),
    *("between", "and", "10", "a few", "several", "hundred", "dozens of", "people", "half of", "the", "one", "twenty"),
    *(",", ".", "km", "euros", "or so", "+", "-year-old", "aged", "½", "million", "to", "two-thirds", "9" * 40, "per"),
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))


@given(TEXTS)
@settings(max_examples=120, deadline=None)
def test_what_holds_for_any_text(text: str) -> None:
    words = [word for word in text.split(" ") if word] or ["."]
    doc = Doc(VOCAB, words, pos=["NOUN" if word.isalpha() else "NUM" for word in words])
    end = 0
    for amount in amounts(doc):
        assert end <= amount.start < amount.end <= len(doc.text)
        known = [number for number in (amount.min, amount.value, amount.max) if number is not None]
        assert known
        assert known == sorted(known)
        if amount.noun:
            assert doc.text[amount.noun.start : amount.noun.end].strip()
        end = amount.end


@pytest.mark.parametrize(
    "piece", ["1", "1 ", " ", "$", "one and ", "1,000,", "12-", "twenty ", "a few ", ".1", "hundreds of "]
)
def test_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (6_000 // len(piece)) + "\n\nIt paid €7 million."
    assert list(figures(text))[-1].unit == "EUR"


CHANGES = {
    "Sales fell 5% to $3.2bn from $3.4bn.": (
        """
        Sales 2 nsubj NOUN sale
        fell 0 root VERB fall
        5 4 nummod NUM
        % 2 obl NOUN
        to 7 case ADP
        $ 7 compound SYM
        3.2bn 2 obl NUM
        from 10 case ADP
        $ 10 compound SYM
        3.4bn 2 obl NUM
        . 2 punct PUNCT
        """,
        [("5%", "change"), ("$3.2bn", "level"), ("$3.4bn", "former")],
    ),
    "It rose from $4m to $5m.": (
        """
        It 2 nsubj PRON
        rose 0 root VERB rise
        from 5 case ADP
        $ 5 compound SYM
        4m 2 obl NUM
        to 8 case ADP
        $ 8 compound SYM
        5m 2 obl NUM
        . 2 punct PUNCT
        """,
        [("$4m", "former"), ("$5m", "level")],
    ),
    "It costs from $4m to $5m.": (
        """
        It 2 nsubj PRON
        costs 0 root VERB cost
        from 5 case ADP
        $ 5 compound SYM
        4m 2 obl NUM
        to 8 case ADP
        $ 8 compound SYM
        5m 2 obl NUM
        . 2 punct PUNCT
        """,
        [("$4m to $5m", None)],
    ),
    "Profit rose by 3 points to 45.": (
        """
        Profit 2 nsubj NOUN
        rose 0 root VERB rise
        by 5 case ADP
        3 5 nummod NUM
        points 2 obl NOUN point
        to 7 case ADP
        45 2 obl NUM
        . 2 punct PUNCT
        """,
        [("3 points", "change"), ("45", "level")],
    ),
    "Sales were up 4% from $2bn.": (
        """
        Sales 5 nsubj NOUN sale
        were 5 cop AUX be
        up 5 advmod ADV
        4 5 nummod NUM
        % 0 root NOUN
        from 8 case ADP
        $ 8 compound SYM
        2bn 5 nmod NUM
        . 5 punct PUNCT
        """,
        [("4%", "change"), ("$2bn", "former")],
    ),
    "A 5% rise and a cut of 200 jobs came.": (
        """
        A 4 det DET
        5 3 nummod NUM
        % 4 compound NOUN
        rise 10 nsubj NOUN
        and 7 cc CCONJ
        a 7 det DET
        cut 4 conj NOUN
        of 10 case ADP
        200 10 nummod NUM
        jobs 7 nmod NOUN job
        came 0 root VERB come
        . 11 punct PUNCT
        """,
        [("5%", "change"), ("200 jobs", "change")],
    ),
    "Tarn cut 200 jobs and moved to 45 offices.": (
        """
        Tarn 2 nsubj PROPN
        cut 0 root VERB cut
        200 4 nummod NUM
        jobs 2 obj NOUN job
        and 6 cc CCONJ
        moved 2 conj VERB move
        to 9 case ADP
        45 9 nummod NUM
        offices 6 obl NOUN office
        . 2 punct PUNCT
        """,
        [("200 jobs", None), ("45 offices", None)],
    ),
    "It made $12m, compared with $10m a year earlier.": (
        """
        It 2 nsubj PRON
        made 0 root VERB make
        $ 4 compound SYM
        12m 2 obj NUM
        , 6 punct PUNCT
        compared 9 case VERB compare
        with 9 case ADP
        $ 9 compound SYM
        10m 2 obl NUM
        a 11 det DET
        year 12 obl NOUN
        earlier 9 advmod ADV
        . 2 punct PUNCT
        """,
        [("$12m", None), ("$10m", "former")],
    ),
}


@pytest.mark.parametrize("text", CHANGES)
def test_the_part_that_a_figure_plays_in_a_change(text: str) -> None:
    rows, expected = CHANGES[text]
    assert [(text[a.start : a.end], a.role) for a in amounts(parse(text, rows))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("$15 an hour", "hour"), ("$3 per share", "share"), ("20 cars a day", "day"), ("$2m/year", "year"),
     ("$5 a year ago", None), ("$5 and a day", None)],
)  # fmt: skip
def test_rates(text: str, expected: str | None) -> None:
    end = next(re.finditer(r"^(?:\S+m(?=/)|\S+(?: cars)?)", text)).end()
    assert per(text, end) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("₹500 crore", (5e9, None, None, "INR")),
        ("3 lakh rupees", (300_000, None, None, "INR")),
        ("C$6.5m", (6.5e6, None, None, "CAD")),
        ("25 basis points", (25, None, None, "basis points")),
        ("a handful", (None, 3, 9, None)),
        ("a couple of", (None, 2, 2, None)),
        ("tens of thousands", (None, 20_000, None, None)),
        ("scores", (None, 40, None, None)),
        ("one in five", (20, None, None, "percent")),
        ("-5 degrees", (-5, None, None, "degrees")),
        ("between $3 million and $5 million", (None, 3e6, 5e6, "USD")),
        ("a maximum of 50", (None, None, 50, None)),
        ("20 or more", (None, 20, None, None)),
        ("five to six million US dollars", (None, 5e6, 6e6, "USD")),
        ("three to five hundred", (None, 300, 500, None)),
        ("CDN$11,000", (11_000, None, None, "CAD")),
        ("cut by a third", (33.33, None, None, "percent")),
    ],
)
def test_other_figures(text: str, expected: tuple[float | str | None, ...]) -> None:
    (figure,) = figures(text)
    assert (figure.value, figure.min, figure.max, figure.unit) == expected


def test_a_comma_that_other_languages_write_for_the_point_is_left_alone() -> None:
    assert list(figures("€1,5 Mio")) == []


def test_a_particle_tells_of_no_change() -> None:
    text = "Women/NOUN make/VERB up/ADP/compound:prt>make 16/NUM %/NOUN/obj>make of/ADP it/PRON"
    assert [amount.role for amount in amounts(make(text))] == [None]
    assert [amount.role for amount in amounts(make("Sales/NOUN up/ADV 16/NUM %/NOUN"))] == ["change"]
