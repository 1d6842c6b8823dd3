"""Rules for dates that name a point of the calendar: days, months, years, "the first week of May"."""

from __future__ import annotations

import datetime
import re

from kg.extract import dates_calendar as calendar
from kg.extract.dates_calendar import show
from kg.extract.dates_grammar import (
    COMMA, DAY, DIGIT, MONTH, MONTHS, ORDINAL, WEEKDAY, WEEKDAYS, YEAR, YEARISH, Pieces, Scene, W, any_of,
    month_number, rule, time,
)  # fmt: skip
from kg.extract.numbers import ORDINALS, words

IN_TIME = words("in since until till during last this next early late mid through throughout")
BEFORE_MONTH = IN_TIME | words("by from to before after for of between and or each every")
BEFORE_YEAR = IN_TIME | words(
    "by of from to before after for between and or around circa c the a an than versus vs with over year fiscal "
    "its his her their our s class season onward dated back year's"
)
STRONG_BEFORE_YEAR = IN_TIME | words("by before after circa year fiscal")
TURNS = words("start started starts begin began begins end ended ends finish finished enter entered close")
# What is counted, so that a number before it is no year: "2000 people". Plural nouns are told by their "s".
COUNTED = words(
    "people men women children staff percent km kilometres miles metres meters feet kg tonnes euros dollars pounds yen "
    "rupees soldiers million billion thousand hours days weeks months years degrees votes units"
)
NOT_COUNTED = words("was is has its this as us series elections games olympics olympic business less news")
NAMED_DAYS = words("black good cyber super bloody ash holy giving fat easter palm red shrove maundy")
PAPERS = words("times mirror telegraph mail express post herald sun star world")

_TAIL = rf"(?:(?:{COMMA}|{W}|{W}of{W}|[-/])(?P<year>{YEAR})|(?:{COMMA}|\s?)['’](?P<short>\d\d)\b)?"
_SECOND = (
    rf"(?:\s?[-–—]\s?|{W}(?:and|to|through|until|till|or|&){W})(?P<day2>{DAY})(?=\s?[,.;:)”\"]|{W}[a-z]|\s?$|\s?\n)"
)
_JOIN = rf"(?:(?P<join>{W}(?:and|to|through|until|till|or|&){W})|\s?[-–—]\s?)"


def capital(m: re.Match[str], group: str) -> bool:
    """Whether a name is written with a capital; lower case is let pass where the word is nothing but a name."""
    word = m[group]
    sure = month_number(word) not in (3, 5, 8) and (len(word.rstrip(".")) > 3 or "day" in m.groupdict())
    return word[0].isupper() or sure


def year_told(m: re.Match[str], scene: Scene) -> str | None:
    """The year that the groups of ``YEARISH`` name: "2023", "FY2023", "XXXX" where it cannot be known; None: none."""
    groups = m.groupdict()
    mark = "FY" if groups.get("fiscal") else ""
    if groups.get("year"):
        return mark + str(groups["year"])
    if groups.get("short"):
        return f"{mark}{calendar.full_year(int(groups['short']), scene.today):04d}"
    which = groups.get("which")
    if not which:
        return None
    return mark + show(year_shifted(" ".join(which.lower().split()), m, scene), "year")


def year_shifted(which: str, m: re.Match[str], scene: Scene) -> datetime.date | None:
    """A day in "this", "last", "the previous" … year; "same" and "following" count from the time told last."""
    if which in ("the same", "the following"):
        anchor = scene.anchor()
        base = calendar.first_day(anchor.value) if anchor else None
        return calendar.shift(base, 0 if which == "the same" else 1, "year")
    return calendar.shift(scene.today, {"this": 0, "next": 1}.get(which, -1), "year")


def _day(m: re.Match[str], scene: Scene, day: str) -> str | None:
    month, number = month_number(m["month"]), int(re.sub(r"\D", "", day))
    told = year_told(m, scene)
    return dated(m, scene, month, number, int(told) if told and told.isdigit() else None)


def dated(m: re.Match[str], scene: Scene, month: int, number: int, year: int | None) -> str | None:
    """The value of a day of a month; without a year, by the story, the word before ("next 6 April") or the verb."""
    if year is not None:
        exact = calendar.date(year, month, number)
        return exact.isoformat() if exact else None
    if calendar.date(2024, month, number) is None:
        return None
    found = _narrated(m, scene, month, number)
    found = found or _beside(m, scene, month, number)
    found = found or calendar.day_of_year(scene.today, month, number, scene.lean(m.start(), m.end()))
    return found.isoformat() if found else f"XXXX-{month:02d}-{number:02d}"


def _beside(m: re.Match[str], scene: Scene, month: int, number: int) -> datetime.date | None:
    """The next (last) such day, the article's left out, where "next" ("last") stands right before."""
    word = scene.before(m.start())
    if scene.today is None or word not in ("next", "last"):
        return None
    years = (scene.today.year + step for step in ((0, 1) if word == "next" else (0, -1)))
    days = (calendar.date(year, month, number) for year in years)
    return next((day for day in days if day and (day > scene.today) == (word == "next") and day != scene.today), None)


def _narrated(m: re.Match[str], scene: Scene, month: int, number: int) -> datetime.date | None:
    """The day in a past year's story: "on 15 November 2017 …, on 21 November" goes on in 2017."""
    anchor = scene.anchor(within=200, start=m.start())
    if not (anchor and scene.today and re.search(r"\d{4}", scene.text[anchor.start : anchor.end])):
        return None
    told = calendar.first_day(anchor.value)
    if told is None or told.year >= scene.today.year:
        return None
    days = [day for year in (0, 1) if (day := calendar.date(told.year + year, month, number)) and day >= told]
    return days[0] if days and (days[0] - told).days <= 100 else None


def _days(m: re.Match[str], scene: Scene, *, cut: int) -> Pieces:
    """One day, or the two ends of a range; ``cut`` is where the first ends."""
    first = _day(m, scene, m["day"])
    if first is None:
        return None
    if not m["day2"]:
        return time(m, first)
    second = _day(m, scene, m["day2"])
    return [time(m, first, end=cut), time(m, second, start=m.start("day2"))] if second else None


@rule(
    "month-day",
    [*MONTHS, *WEEKDAYS],
    rf"(?:{WEEKDAY}(?:{COMMA}|{W}))?(?P<month>{MONTH})(?:[\s.]{{1,3}}|[-/]|,\s(?=\d\d?(?:st|nd|rd|th)))?(?:the\s)?(?P<day>{DAY})(?:{_SECOND})?{_TAIL}",
    example=("It opened on Feb. 28.", "2024-02-28"),
)
def month_day(m: re.Match[str], scene: Scene) -> Pieces:
    """ "Feb. 28", "January 12, 2016", "Tues., March 3-5, 2020"; not "in May 20 people died"."""
    told = bool(m["year"] or m["short"])
    if not (capital(m, "month") or told):
        return None
    if not told and scene.before(m.start()) == "in" and counted(scene, m.end()):
        return None
    return _days(m, scene, cut=m.end("day"))


@rule(
    "day-month",
    [DIGIT, "the", *ORDINALS, *WEEKDAYS],
    rf"(?:{WEEKDAY}(?:{COMMA}|{W}))?(?:the{W})?(?:(?P<day>{DAY})(?:{_JOIN}(?P<day2>{DAY}))?|(?P<nth>{any_of(ORDINALS)}))"
    rf"(?:{W}(?:of{W})?|-)(?P<month>{MONTH})(?:(?:,?\s{{1,2}}|-|{W}(?:of|in){W})(?P<year>{YEAR})|(?:\s?['’]|{W}of{W}(?=\d\d\s*(?:[.,;:!?)]|$)))(?P<short>\d\d)\b)?",
    example=("It opened on 28 February 2023.", "2023-02-28"),
)
def day_month(m: re.Match[str], scene: Scene) -> Pieces:
    """ "28 February 2024", "the 5th of November", "11-13 May", "the Fourth of July"."""
    if not (capital(m, "month") or m["year"]):
        return None
    if m["nth"]:
        found = _day(m, scene, str(ORDINALS[m["nth"].lower()]))
        return time(m, found) if found and "of" in m[0] else None
    if not m["day2"]:
        found = _day(m, scene, m["day"])
        return time(m, found) if found else None
    first, second = _day(m, scene, m["day"]), _day(m, scene, m["day2"])
    if not (first and second):
        return None
    return [time(m, first, end=m.end("day")), time(m, second, start=m.start("day2"))]


@rule(
    "month-year",
    MONTHS,
    rf"(?P<month>{MONTH})(?:[.,]?\s{{1,2}}|-|/|{W}of{W}){YEARISH}",
    example=("It opened in July 2022.", "2022-07"),
)
def month_year(m: re.Match[str], scene: Scene) -> Pieces:
    """ "July 2022", "October of next year"."""
    year = year_told(m, scene)
    return time(m, f"{year.removeprefix('FY')}-{month_number(m['month']):02d}") if year else None


@rule("month", MONTHS, rf"(?P<month>{MONTH})", example=("It opened in March.", "2023-03"))
def month(m: re.Match[str], scene: Scene) -> Pieces:
    """A month alone: "in March", "their January sales"; names of people and of things are left alone."""
    name = m[0].lower().rstrip(".")
    end = m.end() - (m[0].endswith(".") and (len(name) > 4 or name in ("june", "july")))  # it ends a sentence
    before, after = scene.before(m.start()), scene.after(end)
    number, word = month_number(m["month"]), m["month"].rstrip(".")
    strong = before in IN_TIME or (before == "by" and not after[:1].isupper())
    if (not capital(m, "month") and not strong) or word == "march" or word == "may":
        return None
    doubtful = (len(word) <= 4 and number not in (5, 6, 7)) or number in (3, 4, 5, 6, 8)
    if doubtful and not (strong or (before in BEFORE_MONTH and not scene.named_month)):
        return None
    linked = scene.text[max(0, m.start() - 6) : m.start()].lower().endswith(("mid-", "early-", "late-"))
    if (after[:1].isupper() and not strong) or (m.start() and scene.text[m.start() - 1] in "-/&" and not linked):
        return None
    found = calendar.month(scene.today, number, scene.lean(m.start(), end) or "past")
    return time(m, show(found, "month") if found else f"XXXX-{number:02d}", end=end)


@rule(
    "iso",
    [DIGIT],
    r"(?P<y>\d{4})(?P<sep>[-/])(?P<m>\d\d)(?:(?P=sep)(?P<d>\d\d)(?:[T ](?P<clock>\d\d:\d\d)(?::\d\d(?:\.\d{1,6})?)?"
    r"(?P<z>Z)?)?)?(?![\d-]|[.,:]\d)",
    example=("It opened on 2023-11-05.", "2023-11-05"),
)
def iso(m: re.Match[str], scene: Scene) -> Pieces:
    """ISO 8601 dates: "2024-02-07", "2024-02-07T10:30Z"; "2009-10" is rather the year from 2009 to 2010."""
    if not m["d"]:
        near = int(m["m"]) == (int(m["y"]) + 1) % 100
        fits = m["sep"] == "-" and not near and calendar.date(int(m["y"]), int(m["m"]))
        return time(m, m[0]) if fits and 1500 <= int(m["y"]) < 2100 else None
    day = calendar.date(int(m["y"]), int(m["m"]), int(m["d"]))
    if day is None:
        return None
    return time(m, f"{day}T{m['clock']}{m['z'] or ''}", "TIME") if m["clock"] else time(m, day.isoformat())


@rule(
    "slashed",
    [DIGIT],
    r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?:(?P=sep)(?P<y>\d{4}|\d\d)|(?<=/\d\d),\s?(?P<y2>(?:19|20)\d\d))"
    r"(?![\d/]|-(?!\d{1,2}[/-]\d{1,2}[/-]\d)|[.,:]\d)",
    example=("It opened on 02/07/2022.", "2022-02-07"),
)
def slashed(m: re.Match[str], scene: Scene) -> Pieces:
    """ "02/07/2024" in American order, unless it can only be read the other way; "7.2.2024" day first."""
    one, two = int(m["a"]), int(m["b"])
    told = m["y"] or m["y2"]
    if (m["sep"] != "/" and len(told) == 2) or (m["sep"] == "." and scene.before(m.start()) in ("version", "v")):
        return None
    year = int(told) if len(told) == 4 else calendar.full_year(int(told), scene.today)
    day_first = (m["sep"] == "." and two <= 12) or one > 12
    day = calendar.date(year, two, one) if day_first else calendar.date(year, one, two)
    return time(m, day.isoformat()) if day else None


def counted(scene: Scene, end: int) -> bool:
    """Whether the next word is a thing that is counted: "2019 employees", "2000 km"."""
    word = scene.after(end)
    if not word or not word.islower() or word in NOT_COUNTED:
        return False
    return word in COUNTED or (word.endswith("s") and not word.endswith("ss") and len(word) > 3)


@rule(
    "year",
    [DIGIT],
    r"(?P<year>(?:1[5-9]|2[01])\d\d)(?:\s?[-–—/]\s?(?P<until>(?:1[5-9]|20)\d\d|\d\d)(?!\w|[-–—/]))?"
    r"(?![\w%°+]|[.,:]\d|[-–—/]\d|\s?(?:percent|per\scent|GMT|UTC)\b)",
    example=("Sales have grown since 2019.", "2019"),
)
def year(m: re.Match[str], scene: Scene) -> Pieces:
    """A number of four digits as a year, only where the words around it speak of time; "2019-20" is a span."""
    if m["until"]:
        return _year_span(m)
    value = time(m, m["year"])
    before, after = scene.before(m.start()), scene.after(m.end())
    left = scene.text[max(0, m.start() - 3) : m.start()]
    if m["year"] > "2099" and (before not in STRONG_BEFORE_YEAR or after in COUNTED or counted(scene, m.end())):
        return None  # "by 2100" may be one, "2100 homes" is none
    if left[-1:] in ("-", "/", ".", "+", "№") or left.endswith(("$ ", "€ ", "£ ")):
        linked = re.search(
            r"\b(?:mid|pre|post|early|late)-$", scene.text[max(0, m.start() - 6) : m.start()], re.IGNORECASE
        )
        return value if linked else None
    if left.endswith("(") and scene.text[m.end() : m.end() + 1] in (")", ",", ";"):
        return value
    if before in STRONG_BEFORE_YEAR:
        return None if after in COUNTED else value
    if counted(scene, m.end()):
        return None
    if before in BEFORE_YEAR or before in TURNS or after == "saw" or _after_year(m, scene):
        return value
    if re.match(r"\s(?:or|and)\s(?:later|earlier|beyond|onwards?|after|before)\b", scene.text[m.end() : m.end() + 16]):
        return value
    if re.match(r"\s(?:to|through|until|till)\s(?:1[5-9]|20)\d\d(?![\w%]|[.,:]\d)", scene.text[m.end() : m.end() + 16]):
        return None if counted(scene, scene.text.index(" ", m.end() + 1) + 5) else value  # "the 2014 to 2018 seasons"
    opens = scene.opens_sentence(m.start()) and (after.islower() or scene.text[m.end() : m.end() + 1] == ",")
    return value if opens and m["year"] >= "1900" else None


def _after_year(m: re.Match[str], scene: Scene) -> bool:
    """Whether a year stands right before, as in "2014, 2015 and 2016", "2018, not 2017"; "and" was seen already."""
    last = scene.told[-1] if scene.told else None
    between = scene.text[last.end : m.start()].strip() if last else ""
    joined = between in (",", "to", "–") or re.fullmatch(r"(?:,\s)?(?:but|and)?\s?not", between)
    return bool(last and re.fullmatch(r"\d{4}(?:/\d{4})?", last.value) and joined)


def _year_span(m: re.Match[str]) -> Pieces:
    first, last = m["year"], m["until"]
    last = first[:2] + last if len(last) == 2 else last
    if len(m["until"]) == 2 and int(last) < int(first):
        last = str(int(last) + 100)  # 1999-00
    short = len(m["until"]) == 2 and int(last) - int(first) > 30
    return None if int(last) <= int(first) or short else time(m, f"{first}/{last}")


@rule(
    "part",
    ["the", DIGIT, *ORDINALS, "last", "final"],
    rf"(?:the{W})?(?P<nth>{ORDINAL}|[1-5](?:st|nd|rd|th)){W}(?P<unit>week|weekend|day|(?P<wd>monday|tuesday|wednesday|thursday|friday|saturday|sunday))"
    rf"{W}(?:of|in){W}(?:(?P<month>{MONTH})(?:,?\s(?P<year>{YEAR}))?|(?P<rel>this|last|next|(?:the{W})?previous){W}month)",
    example=("It opened in the last week of January.", "2024-W04"),
)
def part(m: re.Match[str], scene: Scene) -> Pieces:
    """ "the last week of March", "the first Monday of May"."""
    month = _month_of(m, scene)
    said = m["nth"].lower()
    nth = -1 if said in ("last", "final") else int(said[0]) if said[0].isdigit() else ORDINALS[said]
    unit = m["unit"].lower()
    if m["wd"]:
        day = calendar.nth_weekday(month.year, month.month, WEEKDAYS[unit], nth) if month else None
        return time(m, show(day, "day"))
    if unit == "day":
        day = (
            calendar.shift(month, nth - 1, "day")
            if nth > 0
            else calendar.shift(calendar.shift(month, 1, "month"), -1, "day")
        )
    else:  # a week belongs to the month that its Thursday is in, as ISO 8601 has it for years
        day = calendar.nth_weekday(month.year, month.month, 4, nth) if month else None
    return time(m, show(day, "day" if unit == "day" else "weekend" if unit == "weekend" else "week"))


def _month_of(m: re.Match[str], scene: Scene) -> datetime.date | None:
    if m["rel"]:
        first = scene.today.replace(day=1) if scene.today else None
        return calendar.shift(first, {"this": 0, "next": 1}.get(m["rel"].lower(), -1), "month")
    number = month_number(m["month"])
    if m["year"]:
        return calendar.date(int(m["year"]), number)
    return calendar.month(scene.today, number, scene.lean(m.start(), m.end()) or "past")


def is_name(m: re.Match[str], scene: Scene) -> bool:
    """Whether a weekday is part of a name: "Black Friday", "The Sunday Times"."""
    before, after = scene.before(m.start()), scene.after(m.end())
    return before in NAMED_DAYS or (after.lower() in PAPERS and after[:1].isupper())
