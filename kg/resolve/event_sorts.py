"""Classes of events -> what makes two tellings of different articles one event: who must be shared, and how near."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kg.resolve.words import listed

ANY_TIME: Final = 100_000
"""Days: a span that no two articles are apart."""


@dataclass(frozen=True, slots=True)
class Sort:
    """How tellings of a class are compared.

    ``core``: the roles whose fillers tell the event; two participants in common make it the same within ``window``
    days. ``alone``: roles of which one participant in common is enough, within ``near`` days (0: none is). Times that
    are told may be ``slack`` days apart, as where one article gives the day of the news and the next one that of the
    deed. ``placed``: a place in common is enough within ``SAME_MATTER`` days. ``once``: it happens to one but once, so
    that nothing else that is told of it keeps two tellings apart.
    """

    core: frozenset[str]
    window: int
    slack: int = 1
    alone: frozenset[str] = frozenset()
    near: int = 0
    placed: bool = False
    once: bool = False


SAME_MATTER: Final = 3
"""Days: how near two articles must be where nothing but one participant, or a place, tells that it is one event."""


def _pair(core: str, window: int, slack: int = 1, *, alone: str = "", near: int = 0, placed: bool = False) -> Sort:
    return Sort(listed(core), window, slack, listed(alone), near, placed)


def _one(core: str, near: int, slack: int, *, more: str = "", placed: bool = False) -> Sort:
    """An event that one participant tells: nobody is charged or elected every week."""
    return Sort(listed(f"{core} {more}"), max(near, 120), slack, listed(core), near, placed)


def _once(core: str, *, more: str = "") -> Sort:
    return Sort(listed(f"{core} {more}"), ANY_TIME, ANY_TIME, listed(core), ANY_TIME, once=True)


_LAW: Final = "authority court"
SORTS: Final[dict[str, Sort]] = {
    "Acquisition": _pair("buyer target", 400, 400, alone="target", near=14),
    "StakeAcquisition": _pair("buyer target", 400, 60),
    "Merger": _pair("party", 400, 400),
    "Sale": _pair("seller buyer target", 200, 30),
    "Partnership": _pair("party", 90, 14), "Settlement": _pair("party", 90, 14), "Treaty": _pair("party", 180, 30),
    "Ceasefire": _pair("party", 30, 3), "Conflict": _pair("party opponent", 180, 30),
    "Investment": _pair("investor recipient", 120, 14), "Bailout": _pair("investor recipient", 120, 30),
    "Offering": _one("recipient", 180, 60), "Lawsuit": _pair("plaintiff defendant", 400, 14),
    "Marriage": _pair("party", 400, 31), "Divorce": _pair("party", 400, 31),
    "Contract": _pair("contractor client party", 90, 14), "Order": _pair("buyer supplier product", 60, 7),
    "Delivery": _pair("supplier recipient product", 30, 3), "Transfer": _pair("person buyer seller", 60, 14),
    "Endorsement": _pair("endorser endorsed", 60, 7), "Overthrow": _one("victim", 60, 7, more="attacker"),
    "Conquest": _pair("attacker place", 60, 7), "Award": _pair("recipient prize work", 120, 14),
    "Nomination": _pair("recipient prize", 60, 7), "Victory": _pair("winner loser", 5, 1),
    "SportsResult": _pair("winner loser", 3, 1), "Hiring": _pair("employer person", 180, 31),
    "Withdrawal": _pair("participant origin force", 60, 14), "Meeting": _pair("participant", 7, 1),
    "Negotiation": _pair("participant", 30, 7), "Recall": _pair("organization product", 60, 7),
    "Launch": _one("product", 120, 31, more="launcher"), "Publication": _one("work", 120, 14, more="publisher"),
    "Discovery": _one("discovered", 60, 7, more="discoverer"), "SpaceMission": _one("vehicle", 60, 3, more="launcher"),
    "Appointment": _one("person", 90, 31, more="employer"), "Departure": _one("person", 90, 31, more="employer"),
    "Layoff": _one("employer affectedUnit", 45, 14), "Bankruptcy": _one("organization", 365, 14),
    "Restructuring": _one("organization", 60, 14, more="unit"), "Closure": _one("unit", 90, 31, more="organization"),
    "Founding": _once("organization", more="founder"), "Birth": _once("person"), "Death": _once("victim"),
    "Arrest": _one("defendant", 45, 3, more=_LAW), "Charge": _one("defendant", 90, 7, more=_LAW),
    "Trial": _one("defendant", 120, 31, more=_LAW), "Conviction": _one("defendant", 90, 3, more=_LAW),
    "Acquittal": _one("defendant", 90, 3, more=_LAW), "Sentence": _one("defendant", 90, 3, more=_LAW),
    "GuiltyPlea": _one("defendant", 60, 3, more=_LAW), "NotGuiltyPlea": _one("defendant", 60, 3, more=_LAW),
    "Fine": _one("regulated", 45, 7, more=_LAW), "Release": _one("person", 45, 3, more=_LAW),
    "Escape": _one("person", 45, 3), "Surrender": _one("person", 45, 3),
    "Deportation": _one("person", 60, 7, more="destination"), "Legislation": _one("law", 120, 31),
    "Hospitalization": _one("patient", 14, 3), "Injury": _one("victim", 14, 1),
    "Illness": _pair("patient disease", 60, 60),
    "Disappearance": _one("victim vehicle", 120, 7), "Kidnapping": _one("victim", 120, 7, more="attacker"),
    "Rescue": _one("victim", 14, 3), "Election": _one("winner", 90, 3, more="candidate", placed=True),
    "Attack": _one("victim", 21, 1, more="attacker", placed=True),
    "Explosion": _pair("vehicle attacker", 14, placed=True), "Accident": _pair("vehicle victim", 14, placed=True),
    "Disaster": _pair("hazard victim", 14, placed=True), "Outbreak": _pair("disease place", 60, 60, placed=True),
    "Protest": _pair("participant topic", 3, placed=True), "Strike": _pair("participant employer", 14, 3),
    "Evacuation": _pair("origin victim", 7, placed=True), "Declaration": _pair("authority topic", 60, 7),
    "Accusation": _pair("accuser defendant", 7), "Criticism": _pair("critic criticized", 3),
    "Warning": _pair("authority addressed", 3), "Demand": _pair("demander addressed", 3),
}  # fmt: skip
"""Of classes that are not here little is known: see ``sort_of``."""

UNDER: Final[dict[str, str]] = {
    "Offering": "Investment", "Bailout": "Investment", "Bankruptcy": "Restructuring", "SportsResult": "Victory",
    "Outbreak": "Disaster", "Hospitalization": "Treatment", "Vaccination": "Treatment", "Conviction": "Ruling",
    "Acquittal": "Ruling", "Sentence": "Ruling", "Sanction": "Regulation", "Fine": "Regulation", "Ceasefire": "Treaty",
    "Negotiation": "Meeting", "Strike": "Protest", "Kidnapping": "Attack",
    "Merger": "Acquisition", "Sale": "Acquisition", "Hiring": "Appointment",
}  # fmt: skip
"""Class -> the one that may tell of the same event in other words: its superclass, or «merges with» for «buys»."""

SAME_ROLE: Final = {("Sale", "product"): "target"}
"""What a role of a class is in the class of ``UNDER``."""

PLACE_ROLES: Final = ("location", "place")
WIDE: Final = listed("location place market authority court topic measure position jobFunction charge body occasion")
"""Roles whose fillers take part in many events: one of them in common is little."""

_UNKNOWN: Final = Sort(frozenset(), 7, 1)
_OWN: Final = Sort(frozenset(), 60, 7)


def group(class_: str) -> str:
    """The classes whose tellings may be of one event go by one name."""
    return UNDER.get(class_, class_)


def compatible(a: str, b: str) -> bool:
    """Whether a telling of one class can be of the same event as one of the other.

    >>> compatible("Merger", "Acquisition"), compatible("Sentence", "Acquittal"), compatible("Attack", "Attack")
    (True, False, True)
    """
    return a == b or UNDER.get(a) == b or UNDER.get(b) == a


def sort_of(a: str, b: str, roles: frozenset[str]) -> Sort:
    """How two tellings are compared; ``roles`` are those filled, for classes of which nothing is known.

    Of two classes the wider one counts, but two participants in common are asked for.
    """
    wide = a if a == b or UNDER.get(b) == a else b
    known = SORTS.get(wide, _UNKNOWN if wide in _COMMON else _OWN)
    if not known.core:
        known = replace(known, core=roles - WIDE)
    return known if a == b else replace(known, alone=frozenset(), near=0, placed=False)


def reach(class_: str) -> int:
    """How many days apart two tellings of a class can be at most."""
    known = SORTS.get(class_, _OWN)
    return max(known.window, known.near, known.slack)


_COMMON: Final = listed(
    "Investigation Ruling Regulation Sanction Vote Damage Travel Plan Decision Speech Campaign Study Earnings "
    "CostTarget Measurement PriceChange Growth Production ProductionCut Expansion Delay Malfunction Payment Donation "
    "Flight Performance Gathering Contest Goal Record Treatment Vaccination Appeal Search Seizure Crime Threat "
    "MilitaryOperation Deployment Displacement Leak"
)
"""Classes of which one has many in a year; of a class of the user's own this is not known."""

__all__ = [
    "ANY_TIME", "PLACE_ROLES", "SAME_MATTER", "SAME_ROLE", "SORTS", "UNDER", "WIDE", "Sort", "compatible", "group",
    "reach", "sort_of",
]  # fmt: skip
