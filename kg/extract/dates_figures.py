"""Rules for dates written in figures: "11/20", "2019-Aug-01", "20161016", "2017-Q1", and a year before its month."""

from __future__ import annotations

import re

from kg.extract import dates_calendar as calendar
from kg.extract.dates_absolute import IN_TIME, counted, dated
from kg.extract.dates_grammar import (
    DIGIT, MONTH, MONTHS, WEEKDAYS, Pieces, Scene, W, any_of, month_number, rule, time,
)  # fmt: skip
from kg.extract.numbers import words

_FRAME = words("on until till since before after this next last dated")
# Where both are written with two figures ("04/05"), more words may stand before: no fraction is written so.
_TWO_FIGURES = words("by from to and or between of due for in at the was is starting ending")
_GROUPS = words("of majority cup cups inch inches mile miles season campaign seasons")
# What is numbered by a number and a year: "Resolution 5/2015", "version 2015.5".
_NUMBERED = words(
    "version v resolution law act decree no nos number case cases directive regulation order bill report section "
    "article decision document flight model room judgment ruling opinion file docket paragraph issue release series"
)
_NAMED = {("9", "11"): "2001-09-11", ("24", "7"): None}  # an event, and no day


@rule(
    "slashed-day",
    [DIGIT, "this", "next", "last"],
    r"(?:(?:this|next|last)\s)?(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/%]|[.,]\d|-\w)",
    example=("It opened on 2/29.", "2024-02-29"),
)
def slashed_day(m: re.Match[str], scene: Scene) -> Pieces:
    """«on 11/20», "Friday 5/12": month first unless only the other way fits.

    "1/3 of them" is a fraction; "05/06" may be two years.
    """
    pair = (m["a"], m["b"])
    if pair in _NAMED:
        return time(m, _NAMED[pair] or "") if _NAMED[pair] else None
    before, opens = scene.before(m.start()), m.start("a") == m.start()
    one, two = int(m["a"]), int(m["b"])
    padded = "0" in (m["a"][0], m["b"][0]) and len(m["a"] + m["b"]) == 4 and two != one + 1
    loose = padded and before not in _NUMBERED and (before in _TWO_FIGURES or max(one, two) > 12)
    framed = not opens or before in _FRAME or before in WEEKDAYS or _in_list(m, scene) or loose
    if not framed or scene.after(m.end()) in _GROUPS or (loose and counted(scene, m.end())):
        return None
    month, day = (two, one) if one > 12 else (one, two)
    which = None if opens else m[0].split()[0].lower()
    if which in ("next", "last"):
        value = _shifted(scene, month, day, ahead=which == "next")
    else:
        value = dated(m, scene, month, day, None)
    return time(m, value, start=m.start("a")) if value else None


def _shifted(scene: Scene, month: int, day: int, *, ahead: bool) -> str | None:
    """The first such day after the article's, or the last before it."""
    start = calendar.shift(scene.today, 1 if ahead else -1, "day")
    days = [d for step in (-1, 0, 1) if start and (d := calendar.date(start.year + step, month, day))]
    fitting = [d for d in days if start and (d >= start if ahead else d <= start)]
    return (min(fitting) if ahead else max(fitting)).isoformat() if fitting else None


def _in_list(m: re.Match[str], scene: Scene) -> bool:
    """Whether such a day stands right before or after: "11/20, 11/22 or 11/25"."""
    last = scene.told[-1] if scene.told else None
    if last is None or "/" not in scene.text[last.start : last.end]:
        return False
    return scene.text[last.end : m.start()].strip() in (",", "or", "and", ", or", ", and", "-", "–")


@rule(
    "three-parts",
    [DIGIT, *MONTHS],
    rf"(?P<one>\d{{1,4}}|{MONTH})(?P<sep>[-/])(?P<two>\d{{1,4}}|{MONTH})(?P=sep)(?P<three>\d{{1,4}}|{MONTH})(?![\w/-])",
    example=("It opened on 2019-Aug-01.", "2019-08-01"),
)
def three_parts(m: re.Match[str], scene: Scene) -> Pieces:
    """«2019/aug/01», "23/Sep/2020", "Sep-23-2020": a named month, a year of four digits and a day, in any order."""
    parts = m.group("one", "two", "three")
    named = [part for part in parts if part[0].isalpha()]
    years = [part for part in parts if part.isdigit() and len(part) == 4]
    days = [part for part in parts if part.isdigit() and len(part) <= 2]
    if not (len(named) == len(years) == len(days) == 1):
        return None
    day = calendar.date(int(years[0]), month_number(named[0]), int(days[0]))
    return time(m, day.isoformat()) if day else None


@rule(
    "compact",
    [DIGIT],
    r"(?P<y>(?:19|20)\d\d)(?P<sep> ?)(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])(?![\w%]|[.,:]\d|-[a-z])",
    example=("It opened on 20161016.", "2016-10-16"),
)
def compact(m: re.Match[str], scene: Scene) -> Pieces:
    """«20161016», "2016 10 16": ISO 8601's basic form; eight other figures are hardly such a date by chance."""
    day = calendar.date(int(m["y"]), int(m["m"]), int(m["d"]))
    return time(m, day.isoformat()) if day else None


@rule(
    "year-first",
    [DIGIT],
    rf"(?P<year>(?:19|20)\d\d)(?P<sep>{W}|-|/|(?=[QH][1-4]))(?:(?P<month>{MONTH})|(?P<part>[QH])(?P<n>[1-4]))(?!\w|[-/]\d)",
    example=("Sales rose in 2017-Q1.", "2017-Q1"),
)
def year_first(m: re.Match[str], scene: Scene) -> Pieces:
    """«2017-Q1», "2019 H2", "2018Q3", "in 2017 April"; "in 2017 April Jones" names a person."""
    if m["part"]:
        return time(m, f"{m['year']}-{m['part'].upper()}{m['n']}") if m["part"].upper() == "Q" or m["n"] < "3" else None
    if m["sep"].isspace() and (scene.before(m.start()) not in IN_TIME or scene.after(m.end())[:1].isupper()):
        return None
    if m["sep"].isspace() and re.match(rf"{W}\d", scene.text[m.end() : m.end() + 4]):
        return None  # "in 2017 April 5 was …"
    return time(m, f"{m['year']}-{month_number(m['month']):02d}")


@rule(
    "year-month-day",
    [DIGIT],
    r"(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\w%]|[-/.,:]\w)",
    example=("It opened on 2019/8/1.", "2019-08-01"),
)
def year_month_day(m: re.Match[str], scene: Scene) -> Pieces:
    """«2019/8/1», "2015.5.13"; "version 2015.5.13" is none."""
    day = calendar.date(int(m["y"]), int(m["m"]), int(m["d"]))
    return time(m, day.isoformat()) if day and scene.before(m.start()) not in _NUMBERED else None


_MONTHLY = IN_TIME | words("by from to before after until and or between of out")


@rule(
    "month-figure-year",
    [DIGIT],
    r"(?:(?P<m>0?[1-9]|1[0-2])(?P<sep>[-/])(?P<y>(?:19|20)\d\d)|(?P<y2>(?:19|20)\d\d)(?P<sep2>[-/])(?P<m2>0?[1-9]|1[0-2]))"
    r"(?![\w%]|[-/.,:]\w|\s?[-–/]\s?\d)",
    example=("It opened in 11/2016.", "2016-11"),
)
def month_figure_year(m: re.Match[str], scene: Scene) -> Pieces:
    """«11/2016», "3/2015", "2016/11", "2015-3"; "2009/10" is rather two years, "Resolution 5/2015" is numbered."""
    year, month = m["y"] or m["y2"], int(m["m"] or m["m2"])
    head = scene.text[max(0, m.start() - 24) : m.start()]
    named = re.search(r"(?:\b[A-Z][\w.]{0,20}\)?\s|[-/.#№]\s?)$", head) and scene.before(m.start()) not in _MONTHLY
    span = m["y2"] and month > int(year) % (100 if len(m["m2"]) > 1 else 10)  # "2009/10", "1981-2"
    if named or scene.before(m.start()) in _NUMBERED or span:
        return None
    if (m["sep"] or m["sep2"]) == "-" and scene.before(m.start()) not in _MONTHLY | {""}:
        return None  # "flight 11-2016"
    return time(m, f"{year}-{month:02d}")


@rule(
    "joined-month",
    MONTHS,
    rf"(?P<month>{any_of(MONTHS)})(?P<day>3[01]|[12]\d|0?[1-9])"
    r"(?:\s?,\s?(?P<year>(?:1[5-9]|20)\d\d))?(?![\w/:-]|[.,]\d)",
    example=("It opened on Dec31, 1994.", "1994-12-31"),
)
def joined_month(m: re.Match[str], scene: Scene) -> Pieces:
    """«Dec31, 1994», "Oct2": a month and its day without a blank."""
    value = dated(m, scene, month_number(m["month"]), int(m["day"]), int(m["year"]) if m["year"] else None)
    return time(m, value) if value else None
