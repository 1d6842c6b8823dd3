"""Names out of hand-made label scores: where they end, what they are, what the rest of the article knows of them."""

from __future__ import annotations

import numpy as np
import pytest

from kg.language.agreement import agreed
from kg.language.kinds import LABELS, label, listed, places
from kg.language.spans import Name, in_sentence

Marked = tuple[int, int, str]


def scores(words: list[str], *names: Marked, doubt: float = 0.02) -> np.ndarray:
    """Log probabilities that say these names and no others."""
    table = np.full((len(words), len(LABELS)), doubt / len(LABELS), dtype=np.float32)
    wanted = [0] * len(words)
    for start, end, kind in names:
        wanted[start:end] = [label(kind, place) for place in places(end - start)]
    for word, index in enumerate(wanted):
        table[word, index] = 1 - doubt
    return np.log(table)


def found(text: str, *names: Marked, proper: list[bool] | None = None) -> list[tuple[str, str]]:
    """Texts and kinds of the names of a sentence."""
    words = [*listed(text)]
    marked = in_sentence(words, scores(words, *names), 0, proper)
    return [(" ".join(words[name.start : name.end]), name.kind) for name in marked]


def test_two_names_side_by_side_in_a_list_are_two() -> None:
    text = "shares of GM , Chrysler fell"
    assert found(text, (2, 5, "Organization")) == [("GM", "Organization"), ("Chrysler", "Organization")]


def test_a_legal_form_belongs_to_the_name() -> None:
    text = "shares of Harrow , Inc. fell"
    assert found(text, (2, 3, "Organization")) == [("Harrow , Inc.", "Organization")]
    assert found(text, (2, 5, "Organization")) == [("Harrow , Inc.", "Organization")]


def test_a_noun_of_firms_belongs_to_the_name() -> None:
    assert found("the Harrow Motor Company fell", (1, 3, "Organization")) == [("Harrow Motor Company", "Organization")]
    assert found("the Harrow Motor company fell", (1, 3, "Organization")) == [("Harrow Motor", "Organization")]


def test_a_list_under_of_belongs_to_the_office() -> None:
    text = "the Department of Housing and Urban Renewal said"
    assert found(text, (1, 4, "Organization")) == [("Department of Housing and Urban Renewal", "Organization")]
    text = "the Bank of Harrow and Finch Brothers said"
    names = ((1, 4, "Organization"), (5, 7, "Organization"))
    assert found(text, *names) == [("Bank of Harrow", "Organization"), ("Finch Brothers", "Organization")]


@pytest.mark.parametrize("words", ["Prime Minister", "Chief Operating Officer"])
def test_titles_alone_are_no_name(words: str) -> None:
    text = f"the {words} left early on this day"
    end = 1 + len(words.split())
    assert found(text, (1, end, "Person")) == []
    assert found(text) == []


def test_a_title_is_outside_the_name() -> None:
    assert found("then spokeswoman Ada Finch left", (1, 4, "Person")) == [("Ada Finch", "Person")]


def test_a_title_with_its_portfolio_is_outside_the_name() -> None:
    text = "then Minister of Foreign Affairs Ada Finch left"
    assert found(text, (1, 7, "Person")) == [("Ada Finch", "Person")]
    assert found("then Joan of Arc left", (1, 4, "Person")) == [("Joan of Arc", "Person")]


def test_a_mailbox_is_no_name() -> None:
    assert found("write to ada.finch@harrow.example today", (2, 3, "Person")) == []


def test_capitals_make_a_name_of_proper_nouns_only() -> None:
    text = "it was first told by Harrow Insider on this day"
    proper = [word[0].isupper() for word in text.split()]
    assert [name for name, _ in found(text, proper=proper)] == ["Harrow Insider"]
    assert found(text, proper=[False] * 10) == []


def test_a_known_name_of_which_a_part_was_marked_is_whole() -> None:
    words = [*listed("the United States left")]
    known = {"United States": "Place"}
    names = agreed(words, [Name(2, 3, "Place", 0.4)], frozenset((0,)), lambda word: True, known)
    assert names == [Name(1, 3, "Place", 0.4)]


def test_a_known_name_crosses_no_sentence_and_not_the_end() -> None:
    words = [*listed("they were United States left United")]
    known = {"United States": "Place", "United States of Harrow": "Place"}
    names = agreed(words, [Name(3, 4, "Place", 0.4), Name(5, 6, "Person", 0.4)], frozenset((0, 3)), str.islower, known)
    assert [(name.start, name.end) for name in names] == [(3, 4), (5, 6)]


def test_a_ship_is_no_person() -> None:
    assert found("then the MV Ada Finch left", (3, 5, "Person")) == [("MV Ada Finch", "Product")]
    assert found("then the MV Professor Ada Finch left", (4, 6, "Person")) == [("MV Professor Ada Finch", "Product")]


def test_lower_case_beside_a_place_is_outside() -> None:
    assert found("in North Harrow hospital today", (1, 4, "Place")) == [("North Harrow", "Place")]
    assert found("in central Harrow today", (1, 3, "Place")) == [("Harrow", "Place")]
    assert found("then van der Finch left", (1, 4, "Person")) == [("van der Finch", "Person")]


def test_two_centers_are_two() -> None:
    text = "the Center for Lamps and Center for Kettles said"
    names = [("Center for Lamps", "Organization"), ("Center for Kettles", "Organization")]
    assert found(text, (1, 8, "Organization")) == names


def kinds(text: str, *names: Name) -> dict[str, str]:
    """The kinds of an article's names after agreement; all names are single sentences' own."""
    words = [*listed(text)]
    return {
        " ".join(words[name.start : name.end]): name.kind
        for name in agreed(words, names, frozenset((0,)), lambda word: False)
    }


def test_a_short_form_has_the_kind_of_the_long_one() -> None:
    text = "Harrow Crew Kite rose . Crew Kite fell"
    names = (Name(0, 3, "Product", 0.9), Name(5, 7, "Organization", 0.5))
    assert kinds(text, *names) == {"Harrow Crew Kite": "Product", "Crew Kite": "Product"}
    names = (Name(0, 2, "Person", 0.9), Name(3, 4, "Organization", 0.6))
    assert kinds("Ada Finch rose Finch fell", *names) == {"Ada Finch": "Person", "Finch": "Person"}


def test_an_acronym_has_the_kind_of_the_name_with_its_capitals() -> None:
    names = (Name(0, 4, "Place", 0.9), Name(5, 6, "Organization", 0.6))
    assert kinds("Harrow House of Lamps and HHL fell", *names)["HHL"] == "Place"


def test_a_name_in_capitals_has_the_kind_of_the_same_name_without() -> None:
    names = (Name(0, 1, "Organization", 0.7), Name(4, 5, "Place", 0.9))
    assert kinds("HARROW , today . Harrow fell", *names)["HARROW"] == "Place"


def test_lower_case_is_no_name_in_a_text_with_capitals() -> None:
    words = [*listed("The kettle rose . It fell . She left")]
    names = [Name(1, 2, "Person", 0.9)]
    assert agreed(words, names, frozenset((0, 4, 7)), lambda word: False) == []
    words = [*listed("the kettle rose . it fell . she left")]
    assert agreed(words, names, frozenset((0, 4, 7)), lambda word: False) == names


def test_a_hyphen_without_blanks_joins_names() -> None:
    words = [*listed("then Eva Lind - Holm left")]
    marked = scores(words, (1, 3, "Person"))
    close = [False, False, True, True, False, False]
    assert [name.end for name in in_sentence(words, marked, 0, None, close)] == [5]
    assert [name.end for name in in_sentence(words, marked, 0, None, [False] * 6)] == [3]
    assert [name.end for name in in_sentence(words, marked, 0)] == [3]


def test_a_word_that_only_begins_names_belongs_to_the_name() -> None:
    assert found("in the Middle Eastern city", (3, 4, "Group")) == [("Middle Eastern", "Group")]
    assert found("an African American left", (2, 3, "Group")) == [("African American", "Group")]
    assert found("the Eastern Harrow Tribe left", (2, 4, "Organization")) == [("Eastern Harrow Tribe", "Organization")]
    assert found("Eastern Harrow left", (1, 2, "Place")) == [("Harrow", "Place")]
