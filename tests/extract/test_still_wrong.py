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
    (
        "Police reported the attacker left the hall and continued to attack others.",
        ("Police", "continued to attack", "others"),
        "a verb behind «and» hangs on the verb of saying, not on what is said",
    ),
    (
        "Residents were told to stay off the roads and businesses and ferries were closed.",
        ("Residents", "were told to stay off", "businesses"),
        "two clauses joined without a comma are read as one list",
    ),
    (
        "Acme sent a letter requesting the new rules to Ann Lee.",
        ("a letter", "requesting the new rules to", "Ann Lee"),
        "a phrase hangs on the nearer verb, not on the one that takes it",
    ),
    (
        "Although known to have lived in Tarnville, his daughter said he died in Nordholm.",
        ("his daughter", "known to have lived in", "Tarnville"),
        "a participle before the clause is about a pronoun further on",
    ),
    (
        "A road accident killed five children in a church bus and two truck drivers.",
        ("A road accident", "killed five children in", "two truck drivers"),
        "the last of a list hangs on the nearer noun, not on the one of its kind",
    ),
    (
        "The area is popular with visitors, with budget hotels and shops.",
        ("The area", "is popular with", "budget hotels"),
        "a phrase cut off by a comma finishes the adjective all the same",
    ),
]


@pytest.mark.parametrize("sentence, triple, reason", WRONG)
def test_still_wrong(sentence: str, triple: tuple[str, str, str], reason: str, request: pytest.FixtureRequest) -> None:
    request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    assert triple not in extract.triples(language.load()(sentence))
