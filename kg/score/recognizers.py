"""Recall on the English specifications of Microsoft's Recognizers-Text, where their conventions are those of TIMEX3.

Sentences made up to be hard. The narrow figure is of the dates and date ranges of the model as it comes
(`DateTimeModel.json`: 985 sentences, 1,047 expressions); the wide one is of dates, date ranges, durations and sets in
every file of `FILES`, an expression with its reference date and its value once, right where it is right in all of its
sentences. Left out as files: those that give no value (`*Extractor`), the clock and its zones (`Time*`, `DateTime*`
parsers), `DateTimeModelSplitDateAndTime` (a day and its hour are two expressions there, at wrong places) and
`DateTimeModelTasksMode` (a set is where it begins and its step in one value, "TNIP1D").

Some are written after conventions that no TIMEX3 annotation has; `DIFFERENCES` tells them by their own words and
values, never by what we read, and each is counted. What its authors' Python does not support yet (`NotSupported`) is no
difference of convention, so it stays. Five differences are turned into TIMEX3 instead of being left out:

- Microsoft's timex leaves open what it counts from ("XXXX-10-02") and lists the past and the future day: either is
  right, in the timex's own granularity ("XXXX-08" from 2016-08-01 is 2016-08);
- a range that is one unit of the calendar, "(1990-01-01,2000-01-01,P10Y)", is that unit: 199;
- a count of weeks, months or years ("in two weeks") is a day there and the unit, 2018-W14, in TIMEX3; "the week of
  10 April" is seven days from the 10th there and a calendar week in TIMEX3: the unit is accepted besides the day;
- "every weekend" is the length P1WE there, and XXXX-WXX-WE as "every Monday" is XXXX-WXX-1;
- a range that is no such unit is one expression of start, end and length there ("from May 3 to May 9", "the next three
  days"), and two times or a length in TIMEX3: the wide figure counts them as a kind of their own, "two ends", right
  where both ends or the length are found in it (an end there is the last day or the one after), and with the others.

`Mod` ("since August") does not change the value, as in TIMEX3; clock times are compared in hours and minutes, without
the day where the specification gives none. Precision is not measured: the sentences are not news.

How much hangs on the list: with nothing left out but ranges of two points and malformed results, recall of the narrow
kinds is 0.853 where it is 0.896 with all of it, and of the wide ones 0.806 (of 1,014) where it is 0.856 (of 953).
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.extract.dates_calendar import Unit, first_day, shift, show
from kg.records import Time

__all__ = [
    "DATES", "DIFFERENCES", "ENDS", "FILES", "WIDE", "Spec", "accepted", "both_ends", "covers", "score", "specs",
    "wide",
]  # fmt: skip

DATES = ("date", "daterange")
"""The kinds of the narrow figure; clock times, durations and sets are shown beside them."""

WIDE = (*DATES, "duration", "set")
"""The kinds of the wide figure."""

ENDS = "two ends"
"""The kind of the ranges that TIMEX3 tells by two times or by a length."""

FILES = (
    "DateTimeModel.json", "MergedParser.json", "DateParser.json", "DatePeriodParser.json", "DurationParser.json",
    "SetParser.json", "HolidayParser.json", "DateTimeModelCalendarMode.json", "DateTimeModelComplexCalendar.json",
    "DateTimeModelExperimentalMode.json", "DateTimeModelExtendedTypes.json",
)  # fmt: skip
"""The files of the wide figure, all that give values in the conventions of the model."""


class Spec(NamedTuple):
    """One expected expression: its words, their place (code points, end exclusive), kind, readings, any comment."""

    text: str
    start: int
    end: int
    kind: str
    readings: tuple[dict[str, Any], ...]
    comment: str


Test = Callable[[Spec], bool]


def _any(field: str, pattern: str) -> Test:
    """Whether a field of any reading holds a pattern."""
    wanted = re.compile(pattern)
    return lambda spec: any(wanted.search(str(reading.get(field, ""))) for reading in spec.readings)


def _unresolved(spec: Spec) -> bool:
    """No reading gives a date: "summer" is SU without a year, "Feb 30" is no day."""
    open_or_no_day = re.compile(r"SU|WI|SP|FA|FYX|XX|\d{4}-\d\d-\d\d$")
    return spec.kind in DATES and not any(
        _point(one) or not open_or_no_day.match(str(one.get("timex"))) for one in spec.readings
    )


def _no_day(spec: Spec) -> bool:
    """No reading is a day that there is: 30 February, or a feast of a calendar that was not worked out."""
    unread = ("", "None", "0001-01-01")
    points = [str(one.get("value", one.get("start", ""))) for one in spec.readings]
    timexes = {str(one.get("timex", "")) for one in spec.readings}
    full = [one for one in timexes if re.fullmatch(r"\d{4}-\d\d-\d\d", one)]
    missing = bool(full) and all(first_day(one) is None for one in full)
    return spec.kind in DATES and (timexes <= {""} or missing or (set(points) <= {*unread} and "0001-01-01" in points))


def _two_points(spec: Spec) -> bool:
    """A range that is no single unit of the calendar: its words name two ends, or count units."""
    ends = r"\b(?:to|until|till?|and|through|between)\b|[a-z]-[A-Z]|\b(?:year|quarter|month|week)s\b"
    told = bool(re.search(ends, spec.text))
    return any(str(one.get("timex")).startswith("(") and (told or not whole(one)) for one in spec.readings)


def _from_the_clock(spec: Spec) -> bool:
    """«in 5 minutes», "3 minutes from now", "at the minute": the value is an hour's, not a day's."""
    unit = re.search(r"\b(?:hours?|hrs?|minutes?|min|seconds?|secs?)\b", spec.text)
    return spec.kind == "datetime" and bool(unit and re.search(r"\b(?:in|later|ago|from|at the)\b", spec.text))


DIFFERENCES: dict[str, tuple[str, Test]] = {
    "malformed": ("a result without its kind or its value (a slip in the file)", lambda spec: not spec.readings),
    "two points": ("one expression of start, end and length; TIMEX3 has a time for each end", _two_points),
    "time zone": ("a zone is an expression of its own, or an offset beside the value", _any("utcOffsetMins", ".")),
    "no day": ("30 February, or a feast that is left without a date", _no_day),
    "business days": (
        "business days, week days and school years have no value in TIMEX3",
        lambda spec: bool(_any("timex", "BD|WD|SY")(spec) or re.search(r"\bbusiness days?\b", spec.text.lower())),
    ),
    "meals": ("meals and the night-time have codes of their own", _any("timex", "TME|TNT")),
    "last second": ("the end of a day is its last second; in TIMEX3 the day with mod END", _any("timex", "T23:59:59")),
    "clock": ("counted from the hour of the request, which a dated article has not", _from_the_clock),
    "not resolved": ("left without a year, where TIMEX3 counts from the reference date", _unresolved),
    "vague counts": (
        "«a few» is three there, X in TIMEX3",
        lambda spec: bool(re.search(r"\b(?:few|several|some|couple)\b", spec.text.lower())),
    ),
    "generic": (
        "«partner of the year» is the current year there, no time in TIMEX3",
        lambda spec: bool(re.fullmatch(r"the (?:day|week|month|year)", spec.text.lower())),
    ),
    "doubted": (
        "the case's own comment says that another result would be right",
        lambda spec: bool(re.search("(?i)false positive|ambigu|should be|will be tagged as time", spec.comment)),
    ),
}
"""Name, meaning and test of each difference of convention; the first that applies is counted."""


def specs(path: Path) -> Iterator[tuple[str, datetime.date | None, list[Spec]]]:
    """The cases of a specification file: sentence, reference date, expected expressions."""
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        told = str(case.get("Context", {}).get("ReferenceDateTime", ""))[:10]
        expected = [_spec(case, result) for result in case["Results"]]
        yield case["Input"], datetime.date.fromisoformat(told) if told else None, expected


def _spec(case: dict[str, Any], result: dict[str, Any]) -> Spec:
    start = int(result.get("Start", 0))
    end = start + int(result["Length"]) if "Length" in result else int(result.get("End", -1)) + 1
    kind = str(result.get("TypeName", result.get("Type", ""))).rpartition(".")[2]
    values = tuple(_readings(result)) if kind else ()
    return Spec(case["Input"][start:end], start, end, kind, values, str(case.get("Comment", "")))


def _readings(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The readings of a result: of a model, or of a parser, which has one of the future and one of the past."""
    told = result.get("Resolution") or result.get("Value") or {}
    yield from told.get("values", ())
    for way in ("FutureResolution", "PastResolution"):
        named = told.get(way) or {}
        shown = {name: named[key] for key, name in _NAMES.items() if named.get(key)}
        if way in told:
            yield {"timex": told.get("Timex", ""), **({"Mod": told["Mod"]} if told.get("Mod") else {}), **shown}


_NAMES = {"date": "value", "startDate": "start", "endDate": "end"}  # what a parser calls it, and the model


def difference(spec: Spec) -> str | None:
    """The name of the convention that keeps a specification from being compared; None: it is compared."""
    return next((name for name, (_, applies) in DIFFERENCES.items() if applies(spec)), None)


def score(path: Path, finder: Callable[[str, datetime.date | None], Any]) -> dict[str, Any]:
    """Recall of the values, by kind, of the date-like kinds and of all; the counts of what is left out, by reason."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    for text, date, expected in specs(path):
        found = finder(text, date)
        for spec in expected:
            reason = difference(spec)
            left_out.update([reason] if reason else [])
            kinds = [] if reason else [spec.kind, "all", *(["dates"] if spec.kind in DATES else [])]
            total.update(kinds)
            right.update(kinds if any(covers(spec, time) for time in found) else [])
    recall = {kind: round(right[kind] / total[kind], 3) for kind in sorted(total)}
    return {"recall": recall, "gold": dict(total), "left_out": dict(left_out)}


def wide(folder: Path, finder: Callable[[str, datetime.date | None], Any]) -> dict[str, Any]:
    """Recall of the values in all files of ``FILES`` that there are, by kind and of all; the counts left out."""
    right: dict[tuple[Any, ...], bool] = {}
    left_out: dict[tuple[Any, ...], str] = {}
    for path in (folder / name for name in FILES if (folder / name).is_file()):
        for text, date, expected in specs(path):
            found = finder(text, date)
            for spec in (spec for spec in expected if spec.kind in ("", *WIDE)):
                reason = difference(spec)
                kind = ENDS if reason == "two points" else spec.kind
                key = (spec.text.lower(), date, kind, frozenset(accepted(spec) or _timexes(spec)))
                if reason and kind != ENDS:
                    left_out[key] = reason
                else:
                    hit = both_ends(spec, found, date) if kind == ENDS else any(covers(spec, time) for time in found)
                    right[key] = right.get(key, True) and hit
    total = Counter(kind for key in right for kind in _kinds(key[2]))
    hits = Counter(kind for key, hit in right.items() if hit for kind in _kinds(key[2]))
    recall = {kind: round(hits[kind] / total[kind], 3) for kind in sorted(total)}
    return {"recall": recall, "gold": dict(total), "left_out": dict(Counter(left_out.values()))}


def _kinds(kind: str) -> tuple[str, ...]:
    """The rows that a kind is counted in."""
    return (kind, "all with two ends", *(() if kind == ENDS else ("all",)))


def _timexes(spec: Spec) -> set[str]:
    return {str(reading.get("timex")) for reading in spec.readings}


def both_ends(spec: Spec, found: Iterable[Time], date: datetime.date | None) -> bool:
    """Whether the start and the end of a range are found in it, or its length.

    >>> reading = {"timex": "(2020-05-03,2020-05-09,P6D)", "start": "2020-05-03", "end": "2020-05-09"}
    >>> spec = Spec("from May 3 to 8", 0, 15, "daterange", (reading,), "")
    >>> both_ends(spec, [Time(5, 10, "DATE", "2020-05-03"), Time(14, 15, "DATE", "2020-05-08")], None)
    True
    """
    inside = [time for time in found if time.start < spec.end and time.end > spec.start]
    lengths = {comparable(time.value) for time in inside if time.type == "DURATION"}
    values = [value for time in inside for value in _halves(time.value)]
    days = [date if value == "PRESENT_REF" else first_day(value) for value in values]
    ends = [{day, shift(day, 1, _unit(value))} for day, value in zip(days, values, strict=True)]
    for reading in spec.readings:
        length = str(reading.get("timex")).rpartition(",")[2].rstrip(")")
        first, last = (first_day(str(reading.get(name))) for name in ("start", "end"))
        places = [place for place, day in enumerate(days) if first and day == first]
        closed = any(last and last in end for place in places for end in ends[place + 1 :])
        if closed or comparable(length) in lengths:
            return True
    return False


def _halves(value: str) -> list[str]:
    """The two years of "2014/2018"; any other value is one."""
    return value.split("/") if re.fullmatch(r"\d{4}/\d{4}", value) else [value]


def _unit(value: str) -> Unit:
    """The unit of the calendar that a value is of."""
    units: dict[str, Unit] = {r"\d{4}": "year", r"\d{4}-\d\d": "month", r"\d{4}-W\d\d": "week", r"\d{4}-Q\d": "quarter"}
    return next((unit for shape, unit in units.items() if re.fullmatch(shape, value)), "day")


def covers(spec: Spec, time: Time) -> bool:
    """Whether a found time lies over the specified one and has an accepted value."""
    if time.start >= spec.end or time.end <= spec.start:
        return False
    clock = time.value[time.value.find("T") :] if time.type in ("TIME", "SET") and "T" in time.value else time.value
    return bool({comparable(time.value), comparable(clock)} & accepted(spec))


def accepted(spec: Spec) -> set[str]:
    """The values that a specification accepts, in TIMEX3's form.

    >>> reading = {"timex": "XXXX-08", "start": "2016-08-01", "Mod": "since"}
    >>> sorted(accepted(Spec("since August", 0, 12, "daterange", (reading,), "")))
    ['2016-08', 'XXXX-08']
    """
    values: set[str] = set()
    for reading in spec.readings:
        timex = str(reading.get("timex", ""))
        if timex.startswith("("):
            values.add(whole(reading) or "")
            continue
        values.add(comparable("XXXX-WXX-WE" if spec.kind == "set" and timex == "P1WE" else timex))
        if point := _point(reading):
            values.add(_filled(timex, point))
            values |= _units(spec, timex, reading, point)
    return values - {""}


def _point(reading: dict[str, Any]) -> str:
    """The date (and clock time) that a reading is resolved to: its value, else its start, else its end."""
    told = (str(reading.get(key)) for key in ("value", "start", "end"))
    point = next((one for one in told if re.match(r"\d{4}-", one)), "")
    a_day = re.search(r"-\d\d$|WXX-\d$|T", str(reading.get("timex"))[5:])
    if point and reading.get("Mod") in ("after", "before-end") and not a_day:
        return str(shift(first_day(point), -1, "day"))  # "after August" starts in September
    return point


def _filled(timex: str, point: str) -> str:
    """A timex whose X are filled from a point: "XXXX-WXX-5TMO" and 2016-11-04 are 2016-11-04TMO."""
    if "X" not in timex and "-W" not in timex:
        return comparable(timex)
    day = datetime.date.fromisoformat(point[:10])
    head, _, tail = timex.partition("T")
    if tail:
        return f"{day}T{tail}" if not tail[0].isdigit() else comparable(f"{day}T{tail}")
    shapes: tuple[tuple[str, Unit], ...] = (
        (r"\w{4}-WXX-WE", "weekend"), (r"\w{4}-\d\d-W\d\d|XXXX-WXX", "week"), (r"XXXX-..", "month"), (r"XXXX", "year"),
    )  # fmt: skip
    return show(day, next((unit for shape, unit in shapes if re.fullmatch(shape, head)), "day"))


def _units(spec: Spec, timex: str, reading: dict[str, Any], point: str) -> set[str]:
    """The week, month or year that TIMEX3 gives where words count them, or name a week by a day of it."""
    day = datetime.date.fromisoformat(point[:10])
    if not re.fullmatch(r"[\dX]{4}-[\dX]{2}-\d\d", timex):
        return set()
    units: tuple[Unit, ...] = ("week", "month", "year", "decade")
    words = set(re.findall(r"[a-z]+", spec.text.lower().replace("fortnight", "week")))
    seven = str(reading.get("end")) == str(shift(day, 7, "day"))
    return {show(day, unit) for unit in units if words & {unit, f"{unit}s"} or (unit == "week" and seven)}


def whole(reading: dict[str, Any]) -> str | None:
    """The value of a range that is exactly one unit of the calendar.

    >>> whole({"timex": "(1990-01-01,2000-01-01,P10Y)", "start": "1990-01-01", "end": "2000-01-01"})
    '199'
    """
    ends = re.match(r"\((\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d),", str(reading.get("timex")))
    first, last = ends.groups() if ends else (str(reading.get("start")), str(reading.get("end")))
    if not (re.fullmatch(r"\d{4}-\d\d-\d\d", first) and re.fullmatch(r"\d{4}-\d\d-\d\d", last)):
        return None
    start, end = first_day(first), first_day(last)
    if start is None or end is None:
        return None
    units: tuple[Unit, ...] = ("week", "month", "quarter", "year", "decade", "century")
    for unit in units:
        if shift(start, 1, unit) == end and _opens(start, unit):
            return show(start, unit)
    half = start.day == 1 and start.month in (1, 7) and shift(start, 6, "month") == end
    return f"{start.year:04d}-H{1 if start.month == 1 else 2}" if half else None


def _opens(day: datetime.date, unit: Unit) -> bool:
    """Whether a day is the first of its unit."""
    before = shift(day, -1, "day")
    return show(day, unit) != show(before, unit)


def comparable(value: str) -> str:
    """A value in a form that equal times and lengths share: hours and minutes, no zone, months, days and seconds.

    >>> comparable("2018-01-01T16"), comparable("T07:30:00"), comparable("P0.5Y"), comparable("PT1H30M")
    ('2018-01-01T16:00', 'T07:30', 'P6/0/0', 'P0/0/5400')
    """
    if re.fullmatch(r"P(?:[\d.]+[YMWD])*(?:T(?:[\d.]+[HMS])+)?", value) and len(value) > 2:
        return _length(value)
    return re.sub(r"T(\d\d)(?::(\d\d))?(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?$", lambda m: f"T{m[1]}:{m[2] or '00'}", value)


def _length(value: str) -> str:
    days, _, clock = value[1:].partition("T")
    count = {unit: float(number) for number, unit in re.findall(r"([\d.]+)(\w)", days)}
    time = {unit: float(number) for number, unit in re.findall(r"([\d.]+)(\w)", clock)}
    months = 12 * count.get("Y", 0) + count.get("M", 0)
    seconds = 3600 * time.get("H", 0) + 60 * time.get("M", 0) + time.get("S", 0)
    return f"P{months:g}/{7 * count.get('W', 0) + count.get('D', 0):g}/{seconds:g}"
