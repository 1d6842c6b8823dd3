"""Voices: speakers together, chains of sources, outlets."""

from __future__ import annotations

from kg.voices import Voices, voices


def test_several_speakers_and_those_who_pass_it_on() -> None:
    found = voices({
        "inner": (["Park", "Lee"], "outer", None),
        "outer": (["Insider"], None, "Insider"),
        "sent": (["Roe"], None, "the Post"),
        "none": ([], None, None),
    })  # fmt: skip
    assert found.chain("inner") == (("Lee", "Park"), ("Insider",))
    assert found.words("inner") == "Lee and Park, by way of Insider"
    assert found.words("sent") == "Roe, by way of the Post"
    assert found.words("none") == "someone"


def test_a_ring_of_statements_ends_and_an_unknown_one_is_someone() -> None:
    found: Voices[int] = voices({1: (["A"], 2, None), 2: (["B"], 1, None)})
    assert found.words(1) == "A, by way of B"
    assert found.words(7) == "someone"


def test_what_is_told_later_of_a_statement_is_added_once() -> None:
    found: Voices[int] = Voices()
    for name in ("A", "A", "B"):
        found.add(1, speaker=name)
    assert found.words(1) == "A and B"
