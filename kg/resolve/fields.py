"""Fields of work: what a person's title tells, so that two people of one name can be told apart.

A title says nothing certain (a footballer may become a minister); it only counts beside other differences.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.resolve.words import bare, listed, singular

FIELDS: Final[dict[str, frozenset[str]]] = {
    "politics": listed(
        "president minister premier chancellor senator congressman congresswoman lawmaker legislator mp mep mla "
        "mayor governor councillor councilor councilman councilwoman politician candidate secretary ambassador "
        "diplomat commissioner representative king queen prince princess"
    ),
    "sport": listed(
        "footballer player striker midfielder defender goalkeeper winger forward captain quarterback linebacker "
        "pitcher cricketer batsman bowler golfer swimmer cyclist boxer wrestler gymnast sprinter runner skier skater "
        "athlete jockey racer driver referee umpire coach medalist medallist olympian fighter"
    ),
    "arts": listed(
        "singer actor actress musician composer drummer guitarist rapper painter sculptor novelist poet playwright "
        "writer author filmmaker director comedian dancer choreographer photographer artist designer screenwriter "
        "songwriter conductor cosplayer"
    ),
    "business": listed(
        "ceo cfo coo executive founder co-founder entrepreneur chairman chairwoman banker financier economist analyst "
        "businessman businesswoman investor trader owner"
    ),
    "law": listed("judge justice lawyer attorney prosecutor solicitor barrister sheriff detective constable inspector"),
    "science": listed(
        "professor scientist researcher physicist chemist biologist astronomer historian geologist mathematician "
        "doctor physician surgeon psychologist ecologist epidemiologist astronaut engineer lecturer"
    ),
    "military": listed("general colonel admiral lieutenant sergeant corporal soldier marine pilot commander"),
    "church": listed("bishop archbishop cardinal priest pastor imam rabbi pope nun reverend"),
}
"""Nouns of titles by field."""
_FIELD_OF: Final = {noun: field for field, nouns in FIELDS.items() for noun in nouns}


def fields(titles: Iterable[str]) -> frozenset[str]:
    """The fields that some titles belong to, each by the last noun in it that belongs to one.

    >>> sorted(fields(["Prime Minister", "former striker", "spokesperson for the firm"]))
    ['politics', 'sport']
    """
    return frozenset(found for title in titles if (found := _field(title)))


def _field(title: str) -> str | None:
    words = title.split(" of ")[0].split(" for ")[0].split()
    nouns = (singular(bare(word)) for word in reversed(words))
    return next((_FIELD_OF[noun] for noun in nouns if noun in _FIELD_OF), None)


__all__ = ["FIELDS", "fields"]
