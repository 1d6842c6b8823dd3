"""Sentences that are still read wrongly: what should not be said of them, with the reason.

One that is read right must leave this list (``strict``).
"""

from __future__ import annotations

import pytest

from kg import extract, language

WRONG = [
    (
        "Monday's law would let the state remove people accused of crimes from Tarnville to the mainland.",
        ("people", "accused from", "Tarnville"),
        "«from … to …» hangs on the nearer verb, not on the one that takes it",
    ),
    (
        "Gloria, a singer, later also became a performer, an artist, and designer of porcelain and a line of jeans.",
        ("Gloria", "became", "a line of jeans"),
        "the last of a list hangs on the first, not on the word before it",
    ),
    (
        "Acme and Bolt, respectively, make nuts and screws.",
        ("Acme", "make", "screws"),
        "«respectively» is not understood",
    ),
]


@pytest.mark.parametrize("sentence, triple, reason", WRONG)
def test_still_wrong(sentence: str, triple: tuple[str, str, str], reason: str, request: pytest.FixtureRequest) -> None:
    request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    assert triple not in extract.triples(language.load()(sentence))
