"""Words of real text, and white space that ends a sentence or does not; no offset may break."""

from __future__ import annotations

from functools import lru_cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.language.sentences import WINDOW, _parts
from kg.language.tokens import add_rules, marks_sides

CASES = {
    "a $3.9bn deal, £20m and $5.2B.": "a|$|3.9|bn|deal|,|£|20|m|and|$|5.2|B|.",
    "The U.S.-based firm's Feb. 28 call": "The|U.S.|-|based|firm|'s|Feb.|28|call",
    "at 7:30pm and/or 9 a.m.": "at|7:30|pm|and|/|or|9|a.m.",
    "the co-founder's anti-fraud e-mail": "the|co-founder|'s|anti-fraud|e-mail",
    "a long-term plan": "a|long|-|term|plan",
    "call 555-0142 or 1-555-555-0142": "call|555-0142|or|1-555-555-0142",
    "#harbour was #1": "#harbour|was|#|1",
    "They wanna go; it isn’t": "They|wan|na|go|;|it|is|n’t",
    "It was “[e]xtremely” good […]": "It|was|“|[e]xtremely|”|good|[|…|]",
    "<<Harrow>> rose!!! 😀": "<<|Harrow|>>|rose|!!!|😀",
    "on 2024-02-07 (see https://a.example/b?c=d).": "on|2024-02-07|(|see|https://a.example/b?c=d|)|.",
    "“Don’t,” she said": "“|Do|n’t|,|”|she|said",
}


@lru_cache(maxsize=1)
def english() -> Language:
    """The tokenizer alone."""
    nlp = spacy.blank("en")
    add_rules(nlp)
    return nlp


@pytest.mark.parametrize("text", CASES)
def test_words(text: str) -> None:
    assert "|".join(token.text for token in english().make_doc(text)) == CASES[text]


@given(st.text(st.sampled_from("abC1.,-–'’\"“” \n\t$€#@/()[]<>!?…😀é\u200b\u00a0"), max_size=60))
@settings(deadline=None)
def test_no_word_breaks_an_offset(text: str) -> None:
    doc = english().make_doc(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def sides(text: str) -> list[int]:
    """The sides of the marks of a text, other words left out."""
    doc = english().make_doc(text)
    words = [token for token in doc if not token.is_space]
    gaps = [text[:1].strip() and "", *(one.whitespace_ for one in words[:-1])]
    found = marks_sides([word.text for word in words], gaps)
    return [side for word, side in zip(words, found, strict=True) if word.is_quote or side]


def test_straight_marks_open_and_close_by_the_white_space_beside_them() -> None:
    assert sides('He said "it rained." She left.') == [1, -1]
    assert sides("\"He told us 'it rained.'\" She left.") == [1, 1, -1, -1]
    assert sides("“It rained,” (he said)") == [1, -1, 1, -1]


@given(st.lists(st.tuples(st.integers(1, 90), st.booleans()), max_size=60))
def test_parts_are_whole_paragraphs_that_fit_a_window(words: list[tuple[int, bool]]) -> None:
    lengths = [length for length, _ in words]
    breaks = [n == 0 or begins for n, (_, begins) in enumerate(words)]
    parts = list(_parts(lengths, breaks))
    assert [start for start, _ in parts] == [0, *(end for _, end in parts[:-1])][: len(parts)]
    assert (parts[-1][1] if parts else 0) == len(words)
    for start, end in parts:
        assert breaks[start]
        assert sum(lengths[start:end]) <= WINDOW or not any(breaks[start + 1 : end])
