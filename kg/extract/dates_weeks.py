"""Rules for weeks and for parts of months and years: "the first week of 2015", "later in the year"."""

from __future__ import annotations

import datetime
import re

from kg.extract import dates_calendar as calendar
from kg.extract.dates_absolute import year_told
from kg.extract.dates_calendar import Unit, first_day, show
from kg.extract.dates_grammar import (
    DIGIT, SHORT_WEEKDAY, FULL_WEEKDAY, UNITS, YEARISH, Pieces, Scene, W, any_of, rule, time, weekday_number,
)  # fmt: skip
from kg.extract.numbers import ORDINALS, numbered

_NTH = rf"(?:(?P<nth>{any_of([*ORDINALS, 'last', 'final'])})|(?P<n>\d{{1,2}})(?:st|nd|rd|th))"


def week_of(value: str, unit: str) -> str:
    """The week or weekend that belongs to a day; a Monday's weekend is the one before it ("Labor Day weekend").

    >>> week_of("2018-04-10", "week"), week_of("2021-09-06", "weekend")
    ('2018-W15', '2021-W35-WE')
    """
    day = first_day(value)
    if unit.lower() == "week":
        return show(day, "week")
    return show(calendar.shift(day, -1, "day") if day and day.isoweekday() == 1 else day, "weekend")


@rule(
    "part-of-year",
    ["the", DIGIT, *ORDINALS, "last", "final"],
    rf"(?:the{W})?{_NTH}{W}(?P<unit>week|month){W}(?:of|in){W}{YEARISH}",
    example=("It opened in the first week of 2015.", "2015-W01"),
)
def part_of_year(m: re.Match[str], scene: Scene) -> Pieces:
    """«the first week of 2015», "the 9th month of next year": by the weeks of ISO 8601."""
    told = (year_told(m, scene) or "").removeprefix("FY")
    if not told.isdigit():
        return None
    weeks = datetime.date(int(told), 12, 28).isocalendar().week
    whole = weeks if m["unit"].lower() == "week" else 12
    number = int(m["n"]) if m["n"] else ORDINALS.get(m["nth"].lower(), whole)
    return time(m, f"{told}-{'W' if whole != 12 else ''}{number:02d}") if 1 <= number <= whole else None


@rule(
    "week-weekday",
    ["this", "next", "last"],
    rf"(?P<which>this|next|last){W}week{W}(?:on{W})?(?P<weekday>{FULL_WEEKDAY}|{SHORT_WEEKDAY})",
    example=("It will open next week on Tuesday.", "2024-02-13"),
)
def week_weekday(m: re.Match[str], scene: Scene) -> Pieces:
    """«next week on Tuesday», "last week Monday"."""
    wanted = weekday_number(m["weekday"])
    week = calendar.shift(scene.today, {"last": -1, "this": 0, "next": 1}[m["which"].lower()], "week")
    day = calendar.shift(week, wanted - week.isoweekday(), "day") if week else None
    return time(m, show(day, "day") if day else f"XXXX-WXX-{wanted}")


@rule(
    "week-number",
    ["week", "the"],
    rf"(?:the{W})?week{W}(?P<n>\d{{1,2}})\b(?:(?:,|{W}of|{W}in)?{W}{YEARISH})?(?![-:/]\d|{W}of\b)",
    example=("It opened in week 31 of 2019.", "2019-W31"),
)
def week_number(m: re.Match[str], scene: Scene) -> Pieces:
    """«week 31 of 2019», "in the week 31"; without a year or an article, "week 3" is of a season or a course."""
    told, number = year_told(m, scene), int(m["n"])
    framed = m[0].lower().startswith("the") and scene.before(m.start()) in ("in", "during", "by", "until", "since")
    if not (told or framed) or not 1 <= number <= 53 or "Week" in m[0]:
        return None
    return time(m, f"{(told or show(scene.today, 'year')).removeprefix('FY')}-W{number:02d}")


@rule(
    "in-the-unit",
    ["the", "this", *UNITS],
    r"(?:the\s)?(?P<unit>week|weekend|month|year|quarter|decade|century)\b(?!\s(?:of|after|before|to|that|when)\b|['’-])",
    example=("Later in the year it opened.", "2024"),
)
def in_the_unit(m: re.Match[str], scene: Scene) -> Pieces:
    """«earlier in the week», "the end of the year", "by end of month": of the time told last, else of the article's."""
    head = scene.text[max(0, m.start() - 24) : m.start()].lower()
    within = (
        r"\b(?:later|earlier|early|late)\s(?:on\s)?in\s$|"
        r"\b(?:end|beginning|start|close|middle|rest|remainder)\sof\s$"
    )
    bare = r"\b(?:at|by|until|before|the|since)\s(?:the\s)?end\sof\s$"
    if not re.search(within if m[0].lower().startswith("the") else bare, head):
        return None
    unit = UNITS[m["unit"].lower()]
    anchor = scene.anchor(within=200, start=m.start())
    finer = anchor and len(anchor.value) >= len(show(scene.today, unit))
    base = first_day(anchor.value) if anchor and finer else scene.today
    return time(m, show(base, unit))


@rule(
    "after-next",
    ["the"],
    rf"the{W}(?P<unit>{any_of(UNITS)}){W}(?P<where>after{W}(?:the{W})?next|before{W}(?:the{W})?last)\b(?!{W}\w)",
    example=("It will open the week after next.", "2024-W08"),
)
def after_next(m: re.Match[str], scene: Scene) -> Pieces:
    """«the week after next», "the year before last"."""
    unit: Unit = UNITS[m["unit"].lower()]
    step = 2 if m["where"].lower().startswith("after") else -2
    return time(m, show(calendar.shift(scene.today, step, unit), unit))


@rule(
    "to-date",
    ["to", "till", "year", "quarter", "month"],
    r"(?:(?P<unit>year|quarter|month)[\s-]to[\s-]date|(?:to|till)\sdate)\b(?!-)",
    example=("It is down 20% in the year to date.", "2024"),
)
def to_date(m: re.Match[str], scene: Scene) -> Pieces:
    """«the year to date», "to date"; not "up to date" or "to date a man"."""
    if m["unit"]:
        return time(m, show(scene.today, UNITS[m["unit"].lower()]))
    plain = scene.after(m.end()) in ("", "has", "have", "is", "in", "and") and scene.before(m.start()) not in (
        "up", "due", "a", "how", "want", "wants", "wanted",
    )  # fmt: skip
    return time(m, "PRESENT_REF") if plain else None


_DECADES = numbered("twenties thirties forties fifties sixties seventies eighties nineties", start=2)
_CENTURIES = numbered("fifteen sixteen seventeen eighteen nineteen twenty", start=15)


@rule(
    "decade-in-words",
    [*_DECADES, *_CENTURIES, "tens", "two", "noughties", "aughts"],
    rf"(?:(?P<c>{any_of(_CENTURIES)})[\s-](?:(?P<dc>{any_of(_DECADES)}|tens)|(?P<hundreds>hundreds))"
    rf"|(?P<noughts>two{W}thousands|noughties)|(?P<d>{any_of(_DECADES)}))\b(?!-|{W}of\b)",
    example=("It flourished in the nineties.", "199"),
)
def decade_in_words(m: re.Match[str], scene: Scene) -> Pieces:
    """«the nineties», "in the mid-nineties", "the nineteen-seventies"; "in his nineties", "in the low eighties" not."""
    head = scene.text[max(0, m.start() - 12) : m.start()].lower()
    if not re.search(r"\b(?:the\s(?:early\s|late\s|mid[\s-])?|in\s)$", head):
        return None
    if m["c"] or m["noughts"]:
        century = _CENTURIES[m["c"].lower()] if m["c"] else 20
        return time(
            m, f"{century}" if m["hundreds"] else f"{century}{_DECADES.get((m['dc'] or '').lower(), int(bool(m['c'])))}"
        )
    full = calendar.full_year(10 * _DECADES[m["d"].lower()], scene.today)
    ahead = scene.today and full > scene.today.year
    return time(m, str(full - 100 if ahead else full)[:3])
