"""Calendar arithmetic for time expressions: points of a granularity, shown and moved as TIMEX3 values."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Literal

Unit = Literal["day", "weekend", "week", "month", "quarter", "year", "decade", "century"]
Lean = Literal["past", "future"]

# What stands in a value for a point that is not known, as in TIMEX3.
UNKNOWN: dict[Unit, str] = {
    "day": "XXXX-XX-XX", "weekend": "XXXX-WXX-WE", "week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip


def show(day: datetime.date | None, unit: Unit) -> str:
    """The TIMEX3 value of the day, week, month … that holds ``day``; X for what is unknown.

    >>> show(datetime.date(2024, 2, 7), "week"), show(datetime.date(2024, 2, 7), "quarter"), show(None, "month")
    ('2024-W06', '2024-Q1', 'XXXX-XX')
    """
    if day is None:
        return UNKNOWN[unit]
    if unit in ("week", "weekend"):
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "weekend" else "")
    if unit == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4, "decade": 3, "century": 2}[unit]]


def shift(day: datetime.date | None, count: int, unit: Unit) -> datetime.date | None:
    """``day`` moved by a number of units, held to the month's length; None where the calendar ends (years 1-9999).

    >>> shift(datetime.date(2024, 3, 31), -1, "month")
    datetime.date(2024, 2, 29)
    """
    if day is None:
        return None
    try:
        if unit in ("day", "week", "weekend"):
            return day + datetime.timedelta(days=count * (1 if unit == "day" else 7))
        months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, calendar.IllegalMonthError):
        return None


def date(year: int, month: int = 1, day: int = 1) -> datetime.date | None:
    """A date, or None where there is none (30 February)."""
    try:
        return datetime.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def weekday(today: datetime.date | None, number: int, lean: Lean, *, strict: bool = False) -> datetime.date | None:
    """The last (or next) day with this ISO weekday; ``today`` counts unless ``strict``.

    >>> weekday(datetime.date(2024, 2, 7), 2, "past")
    datetime.date(2024, 2, 6)
    """
    if today is None:
        return None
    gap = (today.isoweekday() - number) % 7 if lean == "past" else (number - today.isoweekday()) % 7
    gap = 7 if strict and gap == 0 else gap
    return shift(today, -gap if lean == "past" else gap, "day")


def month(today: datetime.date | None, number: int, lean: Lean) -> datetime.date | None:
    """The last (or next) month with this number; the current month counts."""
    if today is None:
        return None
    later = (number - today.month) % 12
    return shift(today.replace(day=1), later if lean == "future" or later == 0 else later - 12, "month")


def day_of_year(today: datetime.date | None, month: int, day: int, lean: Lean | None) -> datetime.date | None:
    """The nearest such day of a year; where it is more than four months off, in the direction that is told."""
    if today is None:
        return None
    days = [found for year in (-1, 0, 1) if (found := date(today.year + year, month, day))]
    if not days:
        return None
    nearest = min(days, key=lambda one: (abs((one - today).days), one))
    if lean and abs((nearest - today).days) > 120:
        fitting = [one for one in days if (one <= today if lean == "past" else one >= today)]
        return min(fitting, key=lambda one: abs((one - today).days), default=nearest)
    return nearest


def full_year(short: int, today: datetime.date | None) -> int:
    """A year of two digits as four: the last with them, or the next within 20 years (without an article: 1970-2069).

    >>> full_year(40, datetime.date(2016, 11, 7)), full_year(35, datetime.date(2018, 8, 7))
    (1940, 2035)
    """
    if today is None:
        return short + (1900 if short >= 70 else 2000)
    century = today.year - today.year % 100
    return max(y for y in (century - 100 + short, century + short, century + 100 + short) if y < today.year + 20)


def nth_weekday(year: int, month: int, number: int, nth: int) -> datetime.date | None:
    """The nth given ISO weekday of a month (-1: the last)."""
    if nth > 0:
        first = date(year, month)
        return first and shift(first, (number - first.isoweekday()) % 7 + 7 * (nth - 1), "day")
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last and shift(last, -((last.isoweekday() - number) % 7), "day")


def easter(year: int) -> datetime.date | None:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    number = moon + sunday - 7 * late + 114
    return date(year, number // 31, number % 31 + 1)


def first_day(value: str) -> datetime.date | None:
    """The first day of a resolved value; None for durations, references and what is unknown.

    >>> first_day("2022-Q3"), first_day("2024-W06"), first_day("2024-02-06TEV"), first_day("P3D")
    (datetime.date(2022, 7, 1), datetime.date(2024, 2, 5), datetime.date(2024, 2, 6), None)
    """
    if found := re.match(r"(\d{4})-W(\d\d)", value):
        try:
            return datetime.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return None
    if found := re.match(r"(\d{4})-([QH])(\d)", value):
        return date(int(found[1]), (int(found[3]) - 1) * (3 if found[2] == "Q" else 6) + 1)
    if found := re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![\dX])", value):
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    return None
