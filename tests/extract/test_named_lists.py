"""Lists of names behind a plural, whatever tree they have."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.named import in_row, listed

PLAIN = spacy.blank("en").vocab


def flat(text: str, noun: str) -> Doc:
    """A Doc whose words all hang on a plural noun without relation; capitalised words are names of organisations."""
    words = text.split()
    named = [word[0].isupper() for word in words]
    return Doc(
        PLAIN,
        words=words,
        heads=[words.index(noun)] * len(words),
        deps=["root" if word == noun else "dep" for word in words],
        pos=["PROPN" if name else "NOUN" for name in named],
        tags=["NNP" if word[0].isupper() else "NNS" if word.endswith("s") else "NN" for word in words],
        ents=["B-Organization" if name else "O" for name in named],
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("clients such as Acme , Bolt and Tarn", ["Acme", "Bolt", "Tarn"]),
        ("clients : Acme and Bolt", ["Acme", "Bolt"]),
        ("clients near the lake , including Acme and Bolt", ["Acme", "Bolt"]),
        ("clients with engines , including Acme and Bolt", []),
        ("clients of Acme and Bolt", []),
    ],
)
def test_a_plural_has_the_names_of_the_row_behind_it(text: str, names: list[str]) -> None:
    doc = flat(text, "clients")
    assert [word.text for word in listed(doc[0])] == names


def test_a_row_is_whole_between_two_of_its_names() -> None:
    doc = flat("clients met Acme , Bolt and Tarn", "clients")
    assert [word.text for word in in_row([doc[2], doc[6]])] == ["Acme", "Tarn", "Bolt"]


def test_what_stands_between_two_names_that_are_no_row_is_not_added() -> None:
    doc = flat("clients met Acme while Bolt met Tarn", "clients")
    assert [word.text for word in in_row([doc[2], doc[6]])] == ["Acme", "Tarn"]
