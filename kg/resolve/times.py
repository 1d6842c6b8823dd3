"""Whether two TIMEX3 values can be of one time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|W\d\d|SP|SU|FA|WI)")
_Range = tuple[datetime.date, datetime.date]
_MONTHS = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12)}


def clash(a: Iterable[str], b: Iterable[str]) -> bool:
    """Whether both sides give dates, and none of one side overlaps one of the other.

    >>> clash(["2022-07"], ["2022-07-21"]), clash(["2022-07"], ["2024"]), clash(["2022"], []), clash(["P3D"], ["2024"])
    (False, True, False, False)
    """
    first = [found for value in a if (found := days(value))]
    second = [found for value in b if (found := days(value))]
    return bool(first and second) and not any(x[0] <= y[1] and y[0] <= x[1] for x in first for y in second)


def days(value: str) -> _Range | None:
    """The first and last day of a date value; None for durations, sets and vague references.

    >>> [str(day) for day in days("2022-Q3")], [str(day) for day in days("2024-W06")]
    (['2022-07-01', '2022-09-30'], ['2024-02-05', '2024-02-11'])
    """
    try:
        if part := _PART.fullmatch(value):
            return _part(int(part[1]), part[2])
        if day := _DAY.fullmatch(value):
            return _span(int(day[1]), int(day[2] or 0), int(day[3] or 0))
    except ValueError:  # "2024-13", "2023-02-30": written so in the text, no day
        return None
    return None


def _part(year: int, part: str) -> _Range:
    if part.startswith("W"):
        monday = datetime.date.fromisocalendar(year, int(part[1:]), 1)
        return monday, monday + datetime.timedelta(6)
    first, last = _MONTHS.get(part, (1, 12))  # seasons differ between the hemispheres: any day of the year
    return datetime.date(year, first, 1), _end(year, last)


def _span(year: int, month: int, day: int) -> _Range:
    if day:
        return (datetime.date(year, month, day),) * 2
    return datetime.date(year, month or 1, 1), _end(year, month or 12)


def _end(year: int, month: int) -> datetime.date:
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)
