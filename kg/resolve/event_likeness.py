"""Two tellings of different articles -> whether they are of one event, with the reason in words and a score."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from kg.resolve.event import SPREADING
from kg.resolve.event_sorts import PLACE_ROLES, SAME_MATTER, WIDE, Sort, compatible, reach, sort_of
from kg.resolve.happenings import Fillers, Happening
from kg.resolve.times import days

TELLING: Final = frozenset(("position", "hazard", "vehicle", "measure", "disease", "prize", "law", "unit", "product"))
"""Roles whose fillers without a name keep two tellings apart where they have no word in common."""
SHORT: Final = 31
"""Days: how long a time may be to tell when something happened."""

WEAK: Final = 14
"""Days within which a surname that no article gives in full is trusted to be the same person's."""
MATTER: Final = 3
"""How many telling names two articles must share for one figure to be of one event."""
UNDATED: Final = 90
"""Days that a window must have for an article without a date to count as being within."""


class Alike(NamedTuple):
    """Why two tellings are of one event, and how sure that is (0 to 1)."""

    reason: str
    score: float


class _Near(NamedTuple):
    score: float
    words: str


def alike(a: Happening, b: Happening) -> Alike | None:
    """Whether two tellings of different articles may be of one event, as far as they themselves tell."""
    if a.article == b.article or _far(a, b) or not compatible(a.class_, b.class_):
        return None
    sort = sort_of(a.class_, b.class_, frozenset(a.named) & frozenset(b.named))
    shared = _shared(a, b, sort)
    weak = bool(shared) and all(_is_weak(key) for keys in shared.values() for key in keys)
    for who, score, window, slack, exact in _grounds(a, b, sort, shared):
        if weak:
            window, slack = min(window, WEAK), min(slack, SAME_MATTER)
        near = _nearness(a, b, window, slack, exact=exact)
        if near is not None:
            return Alike(f"{_in_words(a, b)} {who}; {near.words}", round(score * near.score, 3))
    return None


def _is_weak(key: str) -> bool:
    """Whether it is the key of a person of whom no article gives more than one name."""
    return key.endswith("-person")


def _shared(a: Happening, b: Happening, sort: Sort) -> dict[str, frozenset[str]]:
    """The participants in common, by role; of two classes whatever their role is in each."""
    if a.class_ == b.class_:
        both = {role: a.named.get(role, frozenset()) & b.named.get(role, frozenset()) for role in sort.core}
        return {role: keys for role, keys in sorted(both.items()) if keys}
    return {"participant": a.core & b.core} if a.core & b.core else {}


Ground = tuple[str, float, int, int, bool]
"""What is in common, in words; its weight; the window and the slack of times in days; whether days must be told."""


def _grounds(a: Happening, b: Happening, sort: Sort, shared: dict[str, frozenset[str]]) -> Iterable[Ground]:
    keys = frozenset(key for found in shared.values() for key in found)
    words = " and ".join(f"{', '.join(sorted(found))} ({role})" for role, found in shared.items())
    if len(keys) > 1:
        yield f"share {words}", 0.95, sort.window, sort.slack, False
    if any(role in sort.alone for role in shared):
        yield f"share {words}", 0.9, sort.near, sort.slack, False
    telling = keys - a.countries
    if telling and (more := _more(a, b)):
        yield f"share {words} and {more}", 0.85, SAME_MATTER, 1, False
    if telling and not _open(a, b, sort):
        yield f"share {words}", 0.8, SAME_MATTER, 0, True
    figures, names = a.amounts & b.amounts, a.about & b.about
    if figures and len(names) >= MATTER:
        yield f"share {_figure(figures)}, in articles that share {', '.join(sorted(names))}", 0.75, WEAK, 1, False
    if sort.placed:
        places = _keys(a.named, PLACE_ROLES) & _keys(b.named, PLACE_ROLES)
        if cities := places - a.countries:
            yield f"share the place {', '.join(sorted(cities))}", 0.8, SAME_MATTER, 1, False
        if places and _more(a, b):
            yield f"share the place {', '.join(sorted(places))} and {_more(a, b)}", 0.75, SAME_MATTER, 1, False


def _keys(fillers: Fillers, roles: Iterable[str]) -> frozenset[str]:
    return frozenset(key for role in roles for key in fillers.get(role, ()))


def _more(a: Happening, b: Happening) -> str:
    """What else is in common: a figure, another thing that is named, a word of what has no name."""
    if amounts := a.amounts & b.amounts:
        return _figure(amounts)
    for role in sorted(WIDE - set(PLACE_ROLES)):
        if keys := a.named.get(role, frozenset()) & b.named.get(role, frozenset()):
            return f"{', '.join(sorted(keys))} ({role})"
    for role in sorted(a.words.keys() & b.words.keys()):
        if said := a.words[role] & b.words[role]:
            return f"«{', '.join(sorted(said))}» ({role})"
    return ""


def _figure(amounts: frozenset[str]) -> str:
    return f"the figure {min(amounts).split(' ', 1)[1].strip()}"


def _open(a: Happening, b: Happening, sort: Sort) -> bool:
    """Whether a role is filled by different words, so that the same day is not enough."""
    roles = a.words.keys() & b.words.keys()
    return any(not a.words[role] & b.words[role] for role in roles)


def _in_words(a: Happening, b: Happening) -> str:
    return f"two tellings of {a.class_}" if a.class_ == b.class_ else f"tellings of {a.class_} and {b.class_}"


# ---- time


def _nearness(a: Happening, b: Happening, window: int, slack: int, *, exact: bool) -> _Near | None:
    """How near in time two tellings are; None where they are too far apart.

    Where both give times these must be at most ``slack`` days apart; where only one does, the date of the other's
    article must lie within the window of it; else the dates of both articles must. ``exact``: both must give the day.
    """
    first, second = _ranges(a), _ranges(b)
    if exact and not (_within(first, 1) and _within(second, 1)):
        return None
    if first and second:
        return _told(first, second, window, slack)
    if first or second:
        return _dated(first or second, _day(b if first else a), window)
    days_ = _day(a), _day(b)
    if days_[0] is None or days_[1] is None:
        return _Near(0.6, "an article has no date") if window >= UNDATED else None
    apart = abs((days_[0] - days_[1]).days)
    return _Near(_fading(apart), f"articles {_in_days(apart)}") if apart <= window else None


_Range = tuple[datetime.date, datetime.date]


def _far(a: Happening, b: Happening) -> bool:
    """Whether two tellings are so far apart that nothing can bring them together: most pairs are, and are seen fast."""
    first, second = span(a), span(b)
    if first is None or second is None:
        return False
    return max(first[0] - second[1], second[0] - first[1]) > max(days_around(a), days_around(b))


def days_around(one: Happening) -> int:
    """Within how many days a telling of its own class may be of the same event."""
    return max(WEAK, reach(one.class_))


def span(one: Happening) -> tuple[int, int] | None:
    """The first and last day that a telling gives (as ordinals), else that of the article; None where both are open."""
    return _span(one.times, one.day)


@lru_cache(maxsize=65536)
def _span(times: tuple[str, ...], day: str) -> tuple[int, int] | None:
    ranges = [found for value in times if (found := days(value))]
    if not ranges and not day:
        return None
    if not ranges:
        return (datetime.date.fromisoformat(day).toordinal(),) * 2
    return min(start for start, _ in ranges).toordinal(), max(end for _, end in ranges).toordinal()


def _ranges(one: Happening) -> list[_Range]:
    return [found for value in one.times if (found := days(value))]


def _within(ranges: Iterable[_Range], length: int) -> bool:
    return any((end - start).days < length for start, end in ranges)


def _day(one: Happening) -> datetime.date | None:
    return datetime.date.fromisoformat(one.day) if one.day else None


def _told(first: list[_Range], second: list[_Range], window: int, slack: int) -> _Near | None:
    """Both give times. Only a year in common is little where such an event comes again within one."""
    apart = min(_apart(x, y) for x in first for y in second)
    if apart > slack:
        return None
    long = not (_within(first, SHORT) and _within(second, SHORT))
    if apart == 0 and long:
        return _Near(0.8, "times agree") if window > SHORT else None
    return _Near(1.0 if apart == 0 else 0.8, "times agree" if apart == 0 else f"times {_in_days(apart)}")


def _apart(x: _Range, y: _Range) -> int:
    return max(0, (y[0] - x[1]).days, (x[0] - y[1]).days)


def _dated(ranges: list[_Range], day: datetime.date | None, window: int) -> _Near | None:
    if day is None:
        return _Near(0.6, "an article has no date") if window >= UNDATED else None
    apart = min(_apart(found, (day, day)) for found in ranges)
    if apart > window or not _within(ranges, max(window, SHORT)):
        return None
    return _Near(0.95 * _fading(apart), f"the time of one and the article of the other {_in_days(apart)}")


def _fading(apart: int) -> float:
    return 1.0 if apart <= 3 else 0.95 if apart <= 14 else 0.9 if apart <= 60 else 0.8


def _in_days(apart: int) -> str:
    return "of one day" if apart == 0 else f"{apart} day{'s' * (apart > 1)} apart"


# ---- against


def contradict(a: Happening, named: Fillers, words: Fillers) -> bool:
    """Whether a telling fills a role that has one filler with another than those of an event, named or described."""
    for role in a.named.keys() & named.keys() - SPREADING:
        x, y = a.named[role], named[role]
        pairs = role == "party" and min(len(x), len(y)) > 1 and not (x <= y or y <= x)
        if pairs or not x & y:
            return True
    return any(
        not a.words[role] & words[role]
        for role in a.words.keys() & words.keys() & TELLING
        if not a.named.get(role, frozenset()) & named.get(role, frozenset())
    )


__all__ = ["Alike", "alike", "contradict", "days_around", "span"]
