"""Given names that are mostly women's or mostly men's: a hint which person "she" or "he" means, never a fact.

What the text itself tells (a pronoun, a title, a noun) comes first and stands against any name; a name that both bear
("Kim", "Robin", "Andrea") is not listed. Nothing of this goes into the graph. ``given.json``: the names of the United
States census of 1990 (public domain) that one sex had 20 times as often as the other, and some of other countries.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Final

from kg.resolve.words import Gender, listed

FITS: Final = 1.25
"""How much more a person is meant whose given name usually goes with the pronoun."""
FITS_NOT: Final = 0.1
"""How much less one whose given name usually goes with the other one."""

@lru_cache(maxsize=1)
def _known() -> dict[str, frozenset[str]]:
    """The given names of women and of men, and those of both that are surnames too."""
    table = json.loads((resources.files("kg.resolve") / "given.json").read_text(encoding="utf-8"))
    return {sort: listed(" ".join(lines)) for sort, lines in table.items()}


def usual(words: Sequence[str]) -> Gender | None:
    """The gender that the given name of a person's name, in its normal form, usually goes with.

    >>> usual(("helen", "marsh")), usual(("paul", "roe")), usual(("kim", "lund")), usual(("helen",))
    ('f', 'm', None, None)
    """
    return _of(words[0]) if len(words) > 1 else None


def usual_alone(word: str) -> Gender | None:
    """The gender that a name of one word usually goes with, where it is rather a given name than a surname.

    >>> usual_alone("helen"), usual_alone("scott")
    ('f', None)
    """
    return None if word in _known()["surnames"] else _of(word)


def _of(given: str) -> Gender | None:
    known = _known()
    return "f" if given in known["women"] else "m" if given in known["men"] else None


SHORT: Final[dict[str, frozenset[str]]] = {
    "al": listed("albert alan allen alfred"), "alex": listed("alexander alexandra alexandre aleksandr"),
    "andy": listed("andrew andreas"), "ben": listed("benjamin benedict"), "bernie": listed("bernard"),
    "bill": listed("william"), "billy": listed("william"), "bob": listed("robert"), "bobby": listed("robert"),
    "charlie": listed("charles"), "chris": listed("christopher christian christine"), "chuck": listed("charles"),
    "dan": listed("daniel"), "dave": listed("david"), "dick": listed("richard"), "don": listed("donald"),
    "doug": listed("douglas"), "ed": listed("edward edmund edwin"), "eddie": listed("edward"),
    "fred": listed("frederick alfred"), "geoff": listed("geoffrey"), "greg": listed("gregory"),
    "jack": listed("john"), "jeff": listed("jeffrey"), "jerry": listed("gerald jerome"), "jim": listed("james"),
    "jimmy": listed("james"), "joe": listed("joseph"), "jon": listed("jonathan"), "josh": listed("joshua"),
    "kate": listed("katherine kathleen catherine"), "ken": listed("kenneth"), "larry": listed("lawrence laurence"),
    "liz": listed("elizabeth"), "maggie": listed("margaret"), "matt": listed("matthew"), "mike": listed("michael"),
    "mitch": listed("mitchell"), "nick": listed("nicholas nicolas"), "pat": listed("patrick patricia"),
    "pete": listed("peter"), "phil": listed("philip phillip"), "ray": listed("raymond"), "rick": listed("richard"),
    "rob": listed("robert"), "ron": listed("ronald"), "sam": listed("samuel samantha"),
    "steve": listed("steven stephen"), "sue": listed("susan"), "ted": listed("edward theodore"),
    "tim": listed("timothy"), "tom": listed("thomas"), "tony": listed("anthony antonio"), "vince": listed("vincent"),
    "will": listed("william"),
}  # fmt: skip
"""Short given names and the ones that they are short for."""


def short_for(a: str, b: str) -> bool:
    """Whether one given name is a usual short form of the other.

    >>> short_for("Joe".lower(), "joseph"), short_for("robert", "bob"), short_for("jim", "john")
    (True, True, False)
    """
    return b in SHORT.get(a, ()) or a in SHORT.get(b, ())


__all__ = ["FITS", "FITS_NOT", "short_for", "usual", "usual_alone"]
