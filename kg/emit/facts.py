"""The rules by which facts follow from claims, labels from name forms, classes and status from readings.

Pure functions over what all articles say together; ``derive`` applies them to a store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from kg.ontology.tables import Pattern, Standing

STATUS_ORDER = ("Cancelled", "Denied", "Happened", "Announced", "Planned")
"""Strongest first: what ended or is denied outweighs what happened, that what was announced, that what is planned."""


@dataclass(frozen=True, slots=True)
class Stance:
    """How one claim, or one act of saying, puts a triple forward: local names of its values ("Positive", "Past").

    ``spoken``: it is what somebody said, not what the article itself asserts.
    """

    polarity: str
    certainty: str
    tense: str
    conditional: bool
    spoken: bool


@dataclass(frozen=True)
class Rule:
    """The rule by which triples stand, as the ontology gives it (``kg:Standing``, ``kg:ClaimPattern``)."""

    patterns: tuple[Pattern, ...]
    standings: tuple[Standing, ...]

    def fits(self, stance: Stance) -> frozenset[str]:
        """The names of the patterns that a claim fits."""
        return frozenset(pattern.name for pattern in self.patterns if _fits(stance, pattern))

    def standing(self, fitting: Iterable[frozenset[str]], *, at_best: Standing | None = None) -> Standing | None:
        """The standing of the triple of some claims, given by the patterns that each fits; None where none does.

        Where it is known that no claim denies it, no more claims are looked at than it takes to be ``at_best``.
        """
        seen: set[str] = set()
        for names in fitting:
            seen |= names
            if at_best is not None and at_best.needs <= seen:
                return at_best
        return next((one for one in self.standings if one.needs <= seen and not one.excludes & seen), None)

    @cached_property
    def fatal(self) -> frozenset[str]:
        """The patterns of which one claim is enough for the triple to be no fact, whatever the others say."""
        excluded = [standing.excludes for standing in self.standings if standing.layer is not None]
        return frozenset.intersection(*excluded) if excluded else frozenset()

    def of_layer(self, layer: str | None) -> Standing | None:
        """The standing whose facts live in a layer."""
        return next((standing for standing in self.standings if layer is not None and standing.layer == layer), None)

    def better(self, one: Standing | None, other: Standing | None) -> Standing | None:
        """The one that is tried first."""
        both = [standing for standing in self.standings if standing in (one, other)]
        return both[0] if both else None


def _fits(stance: Stance, pattern: Pattern) -> bool:
    wanted = ((pattern.polarity, stance.polarity), (pattern.certainty, stance.certainty), (pattern.tense, stance.tense))
    return (
        all(values is None or value in values for values, value in wanted)
        and pattern.conditional in (None, stance.conditional)
        and pattern.spoken in (None, stance.spoken)
    )


def label(forms: Mapping[str, int]) -> str:
    """The fullest of some name forms, given with the number of articles that use each: the longest, then the
    most frequent, then one that is not in capitals throughout, then the first in code point order.

    >>> label({"Amazon": 9, "Amazon.com": 2, "AMAZON.COM": 2})
    'Amazon.com'
    """
    return min(forms, key=lambda form: (-len(form), -forms[form], form.isupper(), form))


def longest(forms: Iterable[str]) -> list[str]:
    """The forms of the greatest length, sorted: only between these does frequency matter."""
    forms = sorted(forms)
    length = max(map(len, forms))
    return [form for form in forms if len(form) == length]


def classes(
    readings: Sequence[frozenset[str]], kinds: Sequence[str], *, depths: Mapping[str, int] = MappingProxyType({})
) -> frozenset[str]:
    """The classes of a node by majority of its articles' readings, so that no two kinds stand side by side.

    A reading is what one article takes the node for: a kind's class, perhaps with a narrower class. The most
    frequent kind wins (ties: the order of ``kinds``), then the most frequent narrower class among its readings
    (ties: the one with more classes above it, by ``depths``, then alphabetical). A reading without a kind (an event)
    votes with its narrower class alone.

    >>> sorted(classes([frozenset("PE"), frozenset("PF"), frozenset("PF"), frozenset("O")], kinds="OP"))
    ['F', 'P']
    """
    votes = {kind: sum(kind in reading for reading in readings) for kind in kinds}
    winner = max(kinds, key=lambda kind: votes[kind], default=None)
    if winner is not None and votes[winner]:
        readings = [reading for reading in readings if winner in reading]
    else:
        winner = None
    found = {class_ for reading in readings for class_ in reading} - set(kinds)
    narrow = sorted(found, key=lambda class_: (-depths.get(class_, 0), class_))
    counts = {class_: sum(class_ in reading for reading in readings) for class_ in narrow}
    best = max(narrow, key=lambda class_: counts[class_], default=None)
    return frozenset(class_ for class_ in (winner, best) if class_ is not None)


def status(told: Iterable[str]) -> str | None:
    """The status of an event that several articles or sentences tell of: the strongest of ``STATUS_ORDER``.

    >>> status(["Planned", "Happened"])
    'Happened'
    """
    told = set(told)
    return next((value for value in STATUS_ORDER if value in told), None)
