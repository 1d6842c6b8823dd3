"""Events of one article -> keys of the graph's events: which mentions of events tell of the same one.

Two tellings are one event when they are of one class, share a participant, and contradict each other in none that
an event has only one of, nor in time. Rival figures do not keep them apart: they stand side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kg.names import slug
from kg.records import Event, Extraction, Role
from kg.resolve.fillers import some_alike
from kg.resolve.identity import is_local
from kg.resolve.times import clash
from kg.resolve.words import POINTING, bare, listed

CORE: Final[dict[str, tuple[str, ...]]] = {
    "Acquisition": ("buyer", "target"), "StakeAcquisition": ("buyer", "target"),
    "Merger": ("party",), "Partnership": ("party",),
    "Investment": ("investor", "recipient"), "Offering": ("recipient",), "Launch": ("launcher", "product"),
    "Appointment": ("person", "employer"), "Departure": ("person", "employer"), "Hiring": ("employer", "person"),
    "Lawsuit": ("plaintiff", "defendant"), "Award": ("recipient", "work"), "SportsResult": ("winner", "loser"),
    "Layoff": ("employer",), "Expansion": ("organization",), "Closure": ("organization",),
    "Restructuring": ("organization",), "Earnings": ("organization",), "CostTarget": ("organization",),
    "Measurement": ("subject",), "Charge": ("defendant",), "Election": ("winner",), "Leak": ("leaker",),
    "Bailout": ("investor", "recipient"), "Founding": ("founder", "organization"), "Bankruptcy": ("organization",),
    "Sale": ("seller", "buyer", "product"), "Order": ("buyer", "supplier", "product"),
    "Delivery": ("supplier", "recipient", "product"), "Production": ("producer", "product"),
    "Recall": ("organization", "product"), "Transfer": ("person", "buyer"), "SpaceMission": ("launcher", "vehicle"),
    "Publication": ("publisher", "work"), "Discovery": ("discoverer", "discovered"),
    "Nomination": ("recipient", "prize"), "Victory": ("winner", "loser"), "Marriage": ("party",), "Divorce": ("party",),
    "Contract": ("contractor",), "Payment": ("payer",), "Donation": ("donor",), "Birth": ("person",),
    "Flight": ("vehicle",), "Study": ("researcher",), "Performance": ("performer",), "Treatment": ("patient",),
    "Illness": ("patient",), "Plan": ("organizer",), "PriceChange": ("subject",), "Growth": ("measure",),
    "Endorsement": ("endorser", "endorsed"), "Overthrow": ("attacker", "victim"), "Settlement": ("party",),
    "Kidnapping": ("attacker", "victim"), "Deportation": ("person", "destination"), "Conquest": ("attacker", "place"),
    "Release": ("authority", "person"), "Appeal": ("appellant",), "Campaign": ("organizer",), "Trial": ("defendant",),
    "Conviction": ("defendant",), "Acquittal": ("defendant",), "Sentence": ("defendant",), "GuiltyPlea": ("defendant",),
    "Accusation": ("defendant",), "Criticism": ("critic",), "Demand": ("demander",), "Damage": ("damaged",),
}  # fmt: skip
"""The participants that make an event of a class what it is, in the order in which they stand in its key.

Two of them (or the parties) make a key that other articles come to as well; of one alone there may be many events.
"""

SPREADING: Final = listed("participant jobFunction topic charge candidate victim location place measure")
"""Roles of which one telling may give some fillers and another telling others, of the same event."""

IDENTIFYING: Final[dict[str, tuple[str, ...]]] = {
    "Measurement": ("subject", "measure"), "Earnings": ("organization", "measure"),
    "CostTarget": ("organization",), "Offering": ("recipient",), "PriceChange": ("subject", "measure"),
    "Growth": ("subject", "measure"), "Plan": ("organizer", "topic"), "Decision": ("organizer", "topic"),
    "Speech": ("orator", "occasion"), "Payment": ("payer", "recipient"), "Contract": ("contractor", "client"),
    "Donation": ("donor", "recipient"), "Illness": ("patient", "disease"), "Study": ("researcher", "topic"),
    "Contest": ("participant", "competition"), "Goal": ("scorer", "competition"), "Record": ("holder", "competition"),
    "Delay": ("topic",), "Malfunction": ("product",), "Discovery": ("discovered",), "Publication": ("work",),
    "Gathering": ("occasion",),
    "Demand": ("demander", "topic"), "Declaration": ("authority", "topic"),
}  # fmt: skip
"""Classes of which a participant has many at a time: all of these roles must be shared, not just one."""

ECHO: Final = "echo"
"""The rule of a noun that points back; what it may point to was looked for where it was read."""

WIDE: Final = listed("location place market authority court topic measure position jobFunction charge")
"""Roles whose fillers take part in many events: sharing one of them alone makes no two events one."""
_SEVERAL: Final = re.compile(r"(?:the (?:two|three|four)|both|the pair|the duo)\b", re.IGNORECASE)


@dataclass(eq=False, slots=True)
class Telling:
    """What one article tells of one event: the events of the record that it is, and all that they give."""

    class_: str
    members: list[int] = field(default_factory=list)
    roles: dict[str, set[int]] = field(default_factory=dict)
    times: set[str] = field(default_factory=set)
    sums: set[tuple[str, float, str]] = field(default_factory=set)


def event_keys(extraction: Extraction) -> tuple[str, ...]:
    """The key that its own article gives to every event of a linked extraction whose entities have keys."""
    return own_keys(extraction, tellings(extraction))


def tellings(extraction: Extraction) -> list[Telling]:
    """The events of one article, in the order in which they are first told, each with all its tellings."""
    happenings: list[Telling] = []
    for index in sorted(range(len(extraction.events)), key=lambda i: (extraction.events[i].trigger, i)):
        event = extraction.events[index]
        found = _same(extraction, event, happenings)
        if found is None:
            found = Telling(_class(event))
            happenings.append(found)
        _take(extraction, found, index)
    return happenings


def _class(event: Event) -> str:
    """The class, where a purchase of a stake is kept apart from one of the whole."""
    name = event.class_.rpartition(":")[2]
    return "StakeAcquisition" if name == "Acquisition" and any(_role(role) == "stake" for role in event.roles) else name


def _role(role: Role) -> str:
    return role.role.rpartition(":")[2]


def _fillers(extraction: Extraction, event: Event) -> dict[str, set[int]]:
    """Role -> entities; amounts and times are no participants."""
    found: dict[str, set[int]] = {}
    for role in event.roles:
        if role.mention is not None:
            found.setdefault(_role(role), set()).add(extraction.mentions[role.mention].entity)
    return found


def _times(extraction: Extraction, event: Event) -> set[str]:
    when = [role.time for role in event.roles if role.time is not None and _role(role) in ("time", "period")]
    return {extraction.times[time].value for time in when}


def _sums(extraction: Extraction, event: Event) -> set[tuple[str, float, str]]:
    """Role, figure and currency of the sums of money."""
    figures = ((_role(role), extraction.amounts[role.amount]) for role in event.roles if role.amount is not None)
    return {(role, a.value, a.unit) for role, a in figures if a.value and a.unit and a.unit.isupper()}


def _take(extraction: Extraction, happening: Telling, index: int) -> None:
    event = extraction.events[index]
    happening.members.append(index)
    happening.times |= _times(extraction, event)
    happening.sums |= _sums(extraction, event)
    for role, entities in _fillers(extraction, event).items():
        happening.roles.setdefault(role, set()).update(entities)


def _same(extraction: Extraction, event: Event, happenings: list[Telling]) -> Telling | None:
    """The event told before that this one tells of again; of several, the one told last."""
    roles, times = _fillers(extraction, event), _times(extraction, event)
    latest = sorted((h for h in happenings if h.class_ == _class(event)), key=lambda h: -max(h.members))
    for happening in latest:
        if clash(times, happening.times) or _contradict(extraction, roles, happening.roles):
            continue
        sum_ = bool(happening.sums & _sums(extraction, event)) and happening.class_ not in IDENTIFYING
        back = bool(roles) and all(_back(extraction, entities) for entities in roles.values())
        pointing = back or (not roles and (event.rule == ECHO or _repeated(extraction, event)))
        if pointing or sum_ or _shared(extraction, happening.class_, roles, happening.roles):
            return happening
    return None


def _contradict(extraction: Extraction, a: dict[str, set[int]], b: dict[str, set[int]]) -> bool:
    """Whether a role that has one filler, or one set of them, is filled in two ways; «12 jets» may be «the planes»."""
    for role in (a.keys() & b.keys()) - SPREADING:
        x, y = a[role], b[role]
        pairs = role == "party" and min(len(x), len(y)) > 1 and not (x <= y or y <= x)
        if pairs or not (x & y or some_alike(extraction, x, y) or _back(extraction, x) or _back(extraction, y)):
            return True
    return False


def _back(extraction: Extraction, entities: set[int]) -> bool:
    """«The two companies», «both»: several that were named before, of which this one may be one."""
    found = (extraction.entities[i] for i in entities)
    return any(entity.unnamed and _SEVERAL.match(entity.name) is not None for entity in found)


def _shared(extraction: Extraction, class_: str, a: dict[str, set[int]], b: dict[str, set[int]]) -> bool:
    if class_ in IDENTIFYING:
        pairs = [(a.get(role, set()), b.get(role, set())) for role in IDENTIFYING[class_]]
        return all(x & y or some_alike(extraction, x, y) for x, y in pairs)
    roles = (a.keys() & b.keys()) - WIDE
    return any(a[role] & b[role] or some_alike(extraction, a[role], b[role], strictly=True) for role in roles)


def _repeated(extraction: Extraction, event: Event) -> bool:
    """ "the layoffs", "these job cuts": a definite noun phrase, which tells of something already told."""
    lead = extraction.article.text[max(0, event.trigger.start - 40) : event.trigger.start]
    words = re.split(r"[^\w'’-]+", re.split(r"[.,;:!?]", lead)[-1])
    return any(bare(word) in POINTING for word in [word for word in words if word][-2:])


# keys


def own_keys(extraction: Extraction, happenings: Iterable[Telling]) -> tuple[str, ...]:
    """The keys of the events of an article, as long as no other article is looked at."""
    keys = [""] * len(extraction.events)
    used: Counter[str] = Counter()
    for happening in happenings:
        key = shared_key(extraction, happening)
        if key is None or used[key]:
            key = _local_key(extraction, happening)
        used[key] += 1
        key = key if used[key] == 1 else f"{key}-{used[key]}"
        for index in happening.members:
            keys[index] = key
    return tuple(keys)


def shared_key(extraction: Extraction, happening: Telling) -> str | None:
    """A key that other articles come to as well, where named participants alone tell the event; else None.

    The time is left out: one article gives the month, the next one none.
    """
    core = CORE.get(happening.class_)
    if core is None or (len(core) < 2 and core != ("party",)):
        return None
    parts: list[str] = []
    for role in core:
        keys = sorted(extraction.entities[i].key for i in happening.roles.get(role, ()))
        if not keys or any(is_local(key, extraction) for key in keys):
            return None
        parts += keys
    return slug("-".join((_kebab(happening.class_), *parts))) if len(parts) > 1 else None


def _local_key(extraction: Extraction, happening: Telling) -> str:
    """A key of this article alone: the class, the main participant, the article's digest."""
    digest = extraction.article.digest[:8]
    order = (*CORE.get(happening.class_, ()), *sorted(happening.roles))
    main = next((min(happening.roles[role]) for role in order if happening.roles.get(role)), None)
    words = "" if main is None else extraction.entities[main].key.split(f"-{digest}")[0]
    return f"{slug(f'{_kebab(happening.class_)}-{words}', limit=60)}-{digest}"


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
