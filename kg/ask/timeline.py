"""What happened to one entity, and what was said of it and by it, in the order of time, with words and sources."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from kg import names
from kg.ask import claims, finding
from kg.ask.claims import Claim
from kg.ask.told import Told, by_claim, by_statement, distinct
from kg.ask.values import python_value
from kg.errors import UsageError
from kg.store import Store

Kind = Literal["event", "claim", "statement"]
_PART = re.compile(r"(\d{4})(?:-(Q|W|H)?(\d{1,2}))?(?:-(\d\d))?")
_MONTHS = {"Q": 3, "H": 6}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on a line of time.

    ``date`` is ISO 8601, as exact as it was told ("2024", "2024-05", "2024-05-14"), and empty where nothing dates it;
    ``published`` says that it is only the day of the article, since no time was told. ``what`` says it in words,
    ``status`` how far an event got ("happened", "planned"), ``stance`` what keeps a claim from being plainly so.
    """

    date: str
    published: bool
    kind: Kind
    what: str
    status: str
    stance: str
    iri: str
    told: tuple[Told, ...]


def timeline(store: Store, name: str, *, since: str = "", until: str = "") -> tuple[Moment, ...]:
    """The events that a thing takes part in, the claims about it and what it says, in the order of their dates.

    ``since`` and ``until`` are dates like those of a `Moment`; both days count, and what has no date is left out where
    one is given. Raises UsageError where nothing is called so, or for a date that is none.
    """
    for date in (since, until):
        if date and not _day(date):
            raise UsageError(f"{date!r} is no date; give one like 2024, 2024-05 or 2024-05-14")
    moments = {moment for node in finding.called(store, name) for moment in _moments(store, node)}
    ordered = sorted(moments, key=lambda moment: (_day(moment.date), moment.date, moment.kind, moment.what, moment.iri))
    return tuple(moment for moment in ordered if _within(moment.date, since, until))


def _within(date: str, since: str, until: str) -> bool:
    """Whether a date lies between two others; the last month or year counts to its end, the first from its beginning.

    >>> _within("2024-05-14", "2024", "2024-05"), _within("2024", "2024-02", ""), _within("", "2024", "")
    (True, True, False)
    """
    late = not since or _day(date) >= _day(since) or since.startswith(date)
    early = not until or _day(date) <= _day(until) or date.startswith(until)
    return (late and early and bool(date)) or not (since or until)


def _day(date: str) -> str:
    """The first day that a date may mean, for sorting; quarters, halves and weeks by their first month or day.

    >>> [_day(date) for date in ("2024", "2024-05", "2024-Q3", "2024-W05", "")]
    ['2024-00-00', '2024-05-00', '2024-07-00', '2024-01-29', '']
    """
    match = _PART.match(date)
    if match is None:
        return ""
    year, kind, number, day = match.groups()
    if kind == "W" and 1 <= int(number) <= 52:
        return datetime.date.fromisocalendar(int(year), int(number), 1).isoformat()
    if kind:
        number = str((int(number) - 1) * _MONTHS.get(kind, 0) + 1)
    return f"{year}-{int(number or 0):02d}-{day or '00'}"


def _moments(store: Store, node: ox.NamedNode) -> Iterator[Moment]:
    own = [claims.claim(store, found) for found in _bearers(store, node, "rdf:subject", "rdf:object")]
    events = sorted({claim.event.iri for claim in own if claim.event is not None and claim.event.iri})
    for event in events:
        yield from _event(store, ox.NamedNode(event))
    yield from _claims(claim for claim in own if claim.event is None and claim.relation.iri != _TYPE)
    for statement in _bearers(store, node, "kg:speaker"):
        yield _statement(store, statement)


def _bearers(store: Store, node: ox.NamedNode, *properties: str) -> list[ox.NamedNode]:
    """The claims or statements that have a node as a value of one of these properties, in order."""
    patterns = (store.inner.quads_for_pattern(None, ox.NamedNode(names.expand(p)), node, None) for p in properties)
    return sorted({q.subject for found in patterns for q in found if isinstance(q.subject, ox.NamedNode)}, key=str)


def _event(store: Store, event: ox.NamedNode) -> Iterator[Moment]:
    """An event at each time that is told of it; one without any on the day of the first article."""
    about = claims.About(store, event)
    told = [claims.claim(store, found) for found in _bearers(store, event, "kg:aboutEvent")]
    bearing = [claim for claim in told if claim.subject.iri == event.value]
    status, stances = about.local("kg:status"), {by_claim(claim).stance for claim in bearing}
    stance = "" if "" in stances else min(stances, default="")
    times = [str(python_value(time)) for time in about.terms("kg:time")]
    what = _told_of(store, event, bearing)
    for time in times:
        dated = [claim for claim in bearing if claim.relation.iri == _TIME and claim.object.label == time]
        places = distinct(map(by_claim, dated or bearing))
        yield Moment(time, False, "event", what, status, stance, event.value, places)
    if not times and told:
        places = distinct(map(by_claim, bearing or told))
        yield Moment(places[0].date, True, "event", what, status, stance, event.value, places)


def _told_of(store: Store, event: ox.NamedNode, told: Iterable[Claim]) -> str:
    """An event in words: its class, then who or what plays which part ("Layoff: employer Tarn; place Duluth")."""
    class_ = next(iter(claims.narrowest(store, event)), event.value)
    parts = dict.fromkeys(
        f"{claim.relation.label} {claim.object.label}" for claim in sorted(told, key=_by_role)
        if claim.relation.iri not in (_TIME, _TYPE)
    )  # fmt: skip
    return names.in_words(class_) + (f": {'; '.join(parts)}" if parts else "")


def _by_role(claim: Claim) -> tuple[bool, bool, str, str]:
    """Names first, then what has none, then figures."""
    iri = claim.object.iri or ""
    return not iri, "/amount/" in iri, claim.relation.label, claim.object.label


def _claims(found: Iterable[Claim]) -> Iterator[Moment]:
    """What is claimed, once for each date and stance, with every place that says so."""
    groups: dict[tuple[str, bool, str, str], list[tuple[str, Told]]] = {}
    for claim in found:
        told = by_claim(claim)
        begins = claim.begins or claim.ends
        what = f"{claim.subject.label} · {claim.relation.label} · {claim.object.label}"
        groups.setdefault((begins or told.date, not begins, what, told.stance), []).append((claim.iri, told))
    for (date, published, what, stance), places in groups.items():
        told_by = distinct(told for _, told in places)
        yield Moment(date, published, "claim", what, "", stance, min(iri for iri, _ in places), told_by)


def _statement(store: Store, node: ox.NamedNode) -> Moment:
    said, told = claims.said(store, node), by_statement(store, node)
    verb = "thought" if said.mode == "thinking" else "said"
    what = f"{said.speaker or 'somebody'} {verb}{f' to {said.addressee}' if said.addressee else ''}"
    date = said.said_on or told.date
    return Moment(date, not said.said_on, "statement", what, "", said.quotation, node.value, (told,))


_TYPE, _TIME = names.expand("rdf:type"), names.expand("kg:time")

__all__ = ["Moment", "timeline"]
