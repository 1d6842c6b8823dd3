"""Clues -> words: why a chain was chosen, in the two or three clues that weighed most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from kg.resolve.words import KEPT

MOST: Final = 3
_PLAIN: Final[tuple[tuple[str, str], ...]] = (
    (r"far 0\b|near ", "in the same sentence"),
    (r"far 1\b", "told of one sentence before"),
    (r"far \d\b", "told of shortly before"),
    (r"rank 0\b|share 4$", "the most salient"),
    (r"recent 0$", "the nearest"),
    (r"role (\w+) \1$", "in the same role"),
    (r"role subject\b", "a subject"),
    (r"role object\b", "an object"),
    (r"role own\b", "an owner"),
    (r"form name$", "last told of by name"),
    (r"form pronoun$", "last told of by a pronoun"),
    (r"has True\b", "meant by such a pronoun before"),
    (r"only .", "what it was called by before"),
    (r"name fits\b", "a given name that fits"),
    (r"said fits$", "the gender that the text tells"),
    (r"often [48]$", "told of often"),
    (r"counts True$|plural ", "the same number"),
    (r"kind (\w+)$", "of the kind \\1"),
    (r"(Person|Organization|Place|Product|Event|Work|Group|Concept|Law|Other) is \1\b", "of the same kind"),
    (r"noun exact True$|noun same\b", "the same words"),
    (r"noun owner same$", "of the same owner"),
    (r"noun (?:fewer|more)\b|noun$", "the same noun"),
    (r"in name True$", "a name with the noun in it"),
    (r"modifier in \w+ True$", "a name with the modifier in it"),
    (r"with (\w+)", "who was “\\1” before"),
    (r"speaker True\b", "the speaker of the quotation"),
    (r"speaks True$", "one who has spoken before"),
    (r"follows True\b", "the subject that follows"),
    (r"(?:high \w+ 0|first True)\b", "the first in its sentence"),
    (r"same verb", "with the same verb"),
    (r"(?:up|down|deeper|same|under|governs|owned) ", "where both stand in the sentence"),
)
"""Clues by their beginning, and what they say."""
_WORDS: Final = tuple((re.compile(start), says) for start, says in _PLAIN)


@lru_cache(maxsize=KEPT)
def words(clue: str) -> str:
    """What a clue says; "" for one that says little to a reader.

    >>> words("far 0 subject"), words("kind Person"), words("has False")
    ('in the same sentence', 'of the kind Person', '')
    """
    for pattern, says in _WORDS:
        if found := pattern.match(clue):
            return found.expand(says)
    return ""


def because(clues: Iterable[str], weights: Mapping[str, float], rule: str | None) -> str:
    """The strongest clues in words, that of the hand-made rule first where it chose the same."""
    told: dict[str, float] = {}
    for clue in clues:
        if (weight := weights.get(clue, 0.0)) and (says := words(clue)):
            told[says] = told.get(says, 0.0) + weight
    strong = sorted((says for says, weight in told.items() if weight > 0), key=lambda says: (-told[says], says))
    if rule is not None:
        return ", ".join([rule, *strong[: MOST - 1]])
    return "ranked first: " + ", ".join(strong[:MOST] or ["all clues together"])


__all__ = ["because", "words"]
