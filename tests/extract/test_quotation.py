"""Quotations by their marks: kinds of marks, nesting, paragraphs, and marks that are missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quotation import outer, paragraphs, quotations, quoted, unclosed


def inside(text: str) -> list[str]:
    return [text[start:end] for start, end in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Lee said "we won" twice.', ["we won"]),
        ("“We won,” Lee said. “Twice.”", ["We won,", "Twice."]),
        ('“We won," Lee said.', ["We won,"]),
        ('"We won,” Lee said.', ["We won,"]),
        ("„We won“, Lee said.", ["We won"]),
        ("”We won”, Lee said.", ["We won"]),
        ("``We won,'' Lee said.", ["We won,"]),
        ("«We won», Lee said.", ["We won"]),
        ('Lee ("we won")—"twice"—left.', ["we won", "twice"]),
        ('He sold a 5" pipe as "long".', ["long"]),
        ("‘We won,’ Lee said.", ["We won,"]),
        ("'We won,' Lee said.", ["We won,"]),
        ("Lee wants ‘the workers’ rights’ kept.", ["the workers’ rights"]),
        ("In the '90s the dogs' home, it's said, wasn't Lee's.", []),
        ("It’s the dogs’ home and the cats’ too.", []),
        ("“He told me ‘we won’ and left,” Lee said.", ["He told me ‘we won’ and left,", "we won"]),
        ('"He said "no" twice," Lee said.', ['He said "no" twice,', "no"]),
        ("Nothing here.", []),
        ('""', []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert inside(text) == expected


def test_quotation_over_paragraphs_is_one_group_of_stretches() -> None:
    text = "“We won.\n\n“We won again.\n\n“And again,” Lee said. “Always.”"
    groups = quoted(text, quotations(text))
    assert [[text[slice(*span)] for span in group] for group in groups] == [
        ["We won.", "We won again.", "And again,"],
        ["Always."],
    ]


def test_forgotten_mark_ends_with_its_paragraph() -> None:
    text = 'Lee said "we won.\n\nThe plant closed.\n\nRoe said "no" and left.'
    assert inside(text) == ["we won.", "no"]
    assert len(quoted(text, quotations(text))) == 2


def test_forgotten_mark_ends_before_the_next_opening() -> None:
    assert inside('"We won. "We lost," Lee said. "Both."') == ["We won.", "We lost,", "Both."]


def test_outer_holds_the_marks_that_are_there() -> None:
    text = 'Lee: "we won" and “so on'
    first, second = quotations(text)
    assert text[slice(*outer(text, first))] == '"we won"'
    assert text[slice(*outer(text, second))] == "“so on"
    assert (unclosed(text, first), unclosed(text, second)) == (False, True)


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    wrapped = 'Lee said "we\nwon" twice.\n\nThe plant\nclosed.'
    assert [wrapped[slice(*span)] for span in paragraphs(wrapped)] == [
        'Lee said "we\nwon" twice.',
        "The plant\nclosed.",
    ]
    assert inside(wrapped) == ["we\nwon"]
    assert len(paragraphs("Title\n" + "word " * 30 + "\nMore")) == 3


@given(st.text(alphabet="ab .,\n\"'“”‘’«»`„", max_size=60))
def test_stretches_nest_and_stay_in_their_paragraph(text: str) -> None:
    spans = quotations(text)
    holders = paragraphs(text)
    for span in spans:
        assert text[slice(*span)].strip()
        assert any(p.start <= span.start and span.end <= p.end for p in holders)
        around = outer(text, span)
        assert around.start < span.start <= span.end <= around.end <= len(text)
    for one in spans:
        for two in spans:
            assert not one.start < two.start < one.end < two.end
