"""Sums of units and days counted from a named day: "2 years 1 month later", "two days after Christmas"."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from kg.extract import dates_calendar as calendar
from kg.extract.dates_calendar import Unit, first_day, show
from kg.extract.dates_grammar import COUNT, NUMBER_FIRST, PERIODS, Pieces, Scene, W, any_of, rule, time
from kg.extract.dates_spans import count_of
from kg.records import Time

_PART = re.compile(rf"(?P<n>{COUNT})(?:{W}|-)?(?P<unit>{any_of(PERIODS)})s?\b", re.IGNORECASE)
_ONE = rf"(?:{COUNT}){W}(?:{any_of(PERIODS)})s?\b"
_FROM = re.compile(r"\s(?P<where>after|before|from)\s", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$")


@rule(
    "sum",
    NUMBER_FIRST,
    rf"{_ONE}(?P<rest>(?:(?:,|,?{W}and)?{W}{_ONE}){{1,3}})(?:{W}(?P<where>ago|later|from{W}now|earlier)\b)?",
    example=("It took 2 hours and 30 minutes.", "PT2H30M"),
)
def units_summed(m: re.Match[str], scene: Scene) -> Pieces:
    """«2 hours and 30 minutes», "2 years, 1 month and 21 days later"; each unit once, the smaller behind unless nothing
    but blanks stands between ("1 month 2 years ago")."""
    parts = [(count_of(one["n"]), one["unit"].lower()) for one in _PART.finditer(m[0])]
    places = [_ORDER.index(unit) if unit in _ORDER else -1 for _, unit in parts]
    ordered = places == sorted(places) or not re.search(r"(?i),|\b(?:and|an?)\b", m["rest"])  # "8 hours a day"
    if any(count is None for count, _ in parts) or -1 in places or len(set(places)) < len(places) or not ordered:
        return None
    parts.sort(key=lambda part: _ORDER.index(part[1]))
    value = _written([(count or 0, unit) for count, unit in parts])
    if not m["where"]:
        return time(m, value, "DURATION")
    back = m["where"].lower() in ("ago", "earlier")
    anchor = scene.anchor(start=m.start()) if m["where"].lower() in ("later", "earlier") else None
    base = first_day(anchor.value) if anchor else scene.today
    day = moved(base, value, -1 if back else 1)
    return time(m, show(day, "day"))


_ORDER = ["year", "month", "week", "day", "hour", "hr", "minute", "min", "second"]


def _written(parts: list[tuple[float, str]]) -> str:
    """The ISO 8601 value of a sum: [(1, "day"), (5, "hour")] is P1DT5H."""
    days = "".join(f"{count:g}{PERIODS[unit][2]}" for count, unit in parts if PERIODS[unit][0] == "P")
    clock = "".join(f"{count:g}{PERIODS[unit][2]}" for count, unit in parts if PERIODS[unit][0] == "PT")
    return f"P{days}" + (f"T{clock}" if clock else "")


def moved(day: datetime.date | None, length: str, sign: int) -> datetime.date | None:
    """A day moved by a length of whole units, the largest first; None where it has others.

    >>> moved(datetime.date(2017, 11, 23), "P2Y1M21D", 1)
    datetime.date(2020, 1, 13)
    """
    found = _LENGTH.match(length)
    if found is None:
        return None
    units: tuple[Unit, ...] = ("year", "month", "week", "day")
    for count, unit in zip(found.groups(), units, strict=True):
        day = calendar.shift(day, sign * int(count), unit) if count else day
    return day


def from_a_day(length: Time, day: Time, between: str, after: str) -> Time | None:
    """The day that a length before or after a named day is: "two days after Christmas", "3 weeks from tomorrow".

    Months and years give a month and a year, as they do before "ago". "the two days from Monday to Thursday" is a
    length and two days.
    """
    told = _FROM.fullmatch(between)
    if told is None or length.type != "DURATION" or not _DAY.match(day.value):
        return None
    if told["where"].lower() == "from" and re.match(r"\s(?:to|until|till|through|onwards?)\b|\s?[-–—]", after):
        return None
    end = moved(first_day(day.value), length.value, -1 if told["where"].lower() == "before" else 1)
    unit: Unit = "year" if length.value.endswith("Y") else "month" if length.value.endswith("M") else "day"
    return replace(day, start=length.start, value=show(end, unit)) if end else None
