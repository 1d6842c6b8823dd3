"""Paragraphs that begin with who speaks: interviews, headlines; and what only looks like one."""

from __future__ import annotations

from kg.extract.transcript import turns
from kg.records import Kind, Mention, Span


def mentions(text: str, *names: tuple[str, Kind]) -> list[Mention]:
    found = []
    for words, kind in names:
        at = text.find(words)
        while at >= 0:
            place = Span(at, at + len(words))
            found.append(Mention(*place, head=place, kind=kind, form="name", entity=0))
            at = text.find(words, at + 1)
    return found


def told(text: str, *names: tuple[str, Kind]) -> list[tuple[str, str, bool]]:
    return [
        (text[slice(*turn.label)], text[slice(*turn.content)], turn.verbatim)
        for turn in turns(text, mentions(text, *names))
    ]


def test_an_interview_is_told_word_for_word() -> None:
    text = "The Post: Is it over?\n\nLee: No. It never was.\n\nThe Post: And now?"
    assert told(text, ("The Post", "Work"), ("Lee", "Person")) == [
        ("The Post", "Is it over?", True), ("Lee", "No. It never was.", True), ("The Post", "And now?", True),
    ]  # fmt: skip


def test_initials_and_double_brackets_stand_for_the_first_label_of_the_same_speaker() -> None:
    text = "((Wikia)) Who are you?\n\nAnn Lee: A nurse.\n\n((WN)) Since when?\n\nAL: Since June.\n\nXY: Nobody."
    found = [(label, words) for label, words, _ in told(text, ("Ann Lee", "Person"))]
    assert found == [
        ("Wikia", "Who are you?"), ("Ann Lee", "A nurse."), ("Wikia", "Since when?"), ("Ann Lee", "Since June."),
    ]  # fmt: skip


def test_a_headline_either_way_round() -> None:
    text = "Police: no injuries in blast\n\nTwo hurt in fire near the port: police\n\nThe fire began at noon."
    assert told(text, ("Police", "Organization"), ("police", "Organization")) == [
        ("Police", "no injuries in blast", False), ("police", "Two hurt in fire near the port", False),
    ]  # fmt: skip


def test_no_headline_in_a_sentence_a_title_or_a_list() -> None:
    assert told("Police: three men were hurt.", ("Police", "Organization")) == []
    assert told("Lee as a ranger from Fallout: Rebels", ("Rebels", "Organization")) == []
    assert told("Ingredients: two eggs and some flour", ("Ingredients", "Product")) == []
    assert told('Lee: "We won"', ("Lee", "Person")) == []
    assert told("", ("Lee", "Person")) == []
