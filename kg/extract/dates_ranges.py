"""Rules for two months or days with one year: "January to April 2015", "3 May and 5 June 2019"."""

from __future__ import annotations

import re

from kg.extract import dates_calendar as calendar
from kg.extract.dates_absolute import year_told
from kg.extract.dates_grammar import (
    COMMA, DAY, DIGIT, MONTH, MONTHS, YEAR, YEARISH, Pieces, Scene, W, month_number, rule, time,
)  # fmt: skip

_JOIN = rf"(?P<join>{W}(?:to|until|till|through|and|or|&){W}|\s?[-–—/]\s?)"


@rule(
    "two-months",
    MONTHS,
    rf"(?P<first>{MONTH}){_JOIN}(?P<last>{MONTH})(?:(?:,?\s{{1,2}}|{W}(?:of|in){W}){YEARISH})?(?!{W}?\d)",
    example=("It was open from January to April 2015.", "2015-01"),
)
def two_months(m: re.Match[str], scene: Scene) -> Pieces:
    """«January to April 2015», "Nov.-Feb. 2017", "from May to September"; "April and June" may be persons."""
    said, first, last = year_told(m, scene), month_number(m["first"]), month_number(m["last"])
    listed = re.search(r"and|or|&|/", m["join"])
    capitals = all(
        m[name][0].isupper() or (said and month_number(m[name]) not in (3, 5, 8)) for name in ("first", "last")
    )
    if not capitals or (not said and (scene.named_month or (listed and scene.before(m.start()) != "between"))):
        return None
    year = (said or "").removeprefix("FY")
    if not said:
        day = calendar.month(scene.today, last, scene.lean(m.start(), m.end()) or "past")
        year = f"{day.year:04d}" if day else "XXXX"
    before = f"{int(year) - 1:04d}" if first > last and year.isdigit() else year
    end = m.end("last") - (m["last"].endswith(".") and not said and len(m["last"]) > 5)  # it ends the sentence
    return [
        time(m, f"{before}-{first:02d}", end=m.end("first")),
        time(m, f"{year}-{last:02d}", start=m.start("last"), end=m.end() if said else end),
    ]


def _day_of(number: int) -> str:
    """The pattern of a day of a month, in either order, with groups of this number."""
    return (
        rf"(?:(?P<m{number}>{MONTH}){W}(?:the{W})?(?P<d{number}>{DAY})"
        rf"|(?P<dd{number}>{DAY}){W}(?:of{W})?(?P<mm{number}>{MONTH}))"
    )


@rule(
    "two-days",
    [*MONTHS, DIGIT],
    rf"(?P<first>{_day_of(1)}){_JOIN}(?P<last>{_day_of(2)}(?:{COMMA}|{W}(?:(?:of|in){W})?)(?P<year>{YEAR}))",
    example=("It was open from November 18 to January 9, 2016.", "2015-11-18"),
)
def two_days(m: re.Match[str], scene: Scene) -> Pieces:
    """«Nov. 18-Dec. 19, 2015», "3 May and 5 June 2019": the first is in the year told, or the one before."""
    months = [month_number(m[f"m{n}"] or m[f"mm{n}"]) for n in (1, 2)]
    days = [int(re.sub(r"\D", "", m[f"d{n}"] or m[f"dd{n}"])) for n in (1, 2)]
    back = (months[0], days[0]) > (months[1], days[1])
    first = calendar.date(int(m["year"]) - back, months[0], days[0])
    last = calendar.date(int(m["year"]), months[1], days[1])
    if not (first and last):
        return None
    return [
        time(m, first.isoformat(), end=m.end("first")),
        time(m, last.isoformat(), start=m.start("last")),
    ]
