"""The rules by which facts follow from claims, labels from name forms, classes and status from readings.

Pure functions over what all articles say together; ``derive`` applies them to a store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Layer = Literal["asserted", "reported"]

STATUS_ORDER = ("Cancelled", "Denied", "Happened", "Announced", "Planned")
"""Strongest first: what ended or is denied outweighs what happened, that what was announced, that what is planned."""


@dataclass(frozen=True, slots=True)
class Stance:
    """How one claim, or one act of saying, puts a triple forward.

    ``holds``: it says that the triple holds or held (certain, not future, not conditional). ``denies``: it is
    negative, however sure. ``reported``: it is what somebody said, not what the article itself asserts.
    """

    holds: bool
    denies: bool
    reported: bool


def layer(stances: Iterable[Stance], *, undisputed: bool = False, best: Layer = "asserted") -> Layer | None:
    """Where the triple of these claims stands: a fact that an article asserts, one only reported, or none.

    A fact needs one claim that holds and none that denies: a disputed triple stays a matter of claims. Where it is
    known that none denies (``undisputed``), no more claims are looked at than it takes to reach the ``best`` layer.

    >>> layer([Stance(True, False, True), Stance(True, False, False)])
    'asserted'
    >>> layer([Stance(True, False, False), Stance(False, True, True)]) is None
    True
    """
    found: Layer | None = None
    for stance in stances:
        if stance.denies:
            return None
        if stance.holds:
            found = found if stance.reported and found else "reported" if stance.reported else "asserted"
        if undisputed and found == best:
            break
    return found


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


def classes(readings: Sequence[frozenset[str]], kinds: Sequence[str]) -> frozenset[str]:
    """The classes of a node by majority of its articles' readings, so that no two kinds stand side by side.

    A reading is what one article takes the node for: a kind's class, perhaps with a narrower class. The most
    frequent kind wins (ties: the order of ``kinds``), then the most frequent narrower class among its readings
    (ties: alphabetical). A reading without a kind (an event) votes with its narrower class alone.

    >>> sorted(classes([frozenset("PE"), frozenset("PF"), frozenset("PF"), frozenset("O")], kinds="OP"))
    ['F', 'P']
    """
    votes = {kind: sum(kind in reading for reading in readings) for kind in kinds}
    winner = max(kinds, key=lambda kind: votes[kind], default=None)
    if winner is not None and votes[winner]:
        readings = [reading for reading in readings if winner in reading]
    else:
        winner = None
    narrow = sorted({class_ for reading in readings for class_ in reading} - set(kinds))
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
