"""Rules for days and years written in words, and for days without a month: "May twenty-ninth", "on the 18th"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from kg.extract import dates_calendar as calendar
from kg.extract.dates_absolute import IN_TIME, capital, counted, dated, is_name
from kg.extract.dates_grammar import (
    COMMA, DAY, DIGIT, FULL_WEEKDAY, MONTH, MONTHS, SHORT_WEEKDAY, WEEKDAY, WEEKDAYS, YEAR, Pieces, Scene, W, any_of,
    month_number, rule, time, weekday_number,
)  # fmt: skip
from kg.extract.numbers import ONES, ORDINALS, TENS, number

_ONES = [word for word, value in ONES.items() if 0 < value < 10]
_TEENS = [word for word, value in ONES.items() if value >= 10]
_BELOW_100 = rf"(?:(?:{any_of(TENS)})(?:[\s-](?:{any_of(_ONES)}))?|{any_of([*_TEENS, *_ONES])})"
_CENTURY = any_of(["fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"])
# "nineteen ninety-six", "nineteen hundred ninety three", "two thousand and fifteen", "nineteen oh five".
SPELLED_YEAR = (
    rf"(?:two{W}thousand(?:{W}(?:and{W})?{_BELOW_100})?|(?:{_CENTURY})(?:{W}hundred(?:{W}(?:and{W})?{_BELOW_100})?"
    rf"|[\s-](?:{any_of(TENS)})(?:[\s-](?:{any_of(_ONES)}))?|[\s-](?:{any_of(_TEENS)})|{W}(?:oh|zero){W}(?:{any_of(_ONES)})))\b"
)
_NTHS = {**ORDINALS, "thirtieth": 30}
_FIRSTS = any_of([word for word, value in ORDINALS.items() if value < 10])
SPELLED_NTH = rf"(?:(?:twenty|thirty)[\s-](?:{_FIRSTS})|{any_of(_NTHS)})\b"
_SPELLED_COUNT = rf"(?:(?:twenty|thirty)[\s-](?:{any_of(_ONES)})|thirty|twenty|{any_of([*_TEENS, *_ONES])})\b"
_YEAR_TAIL = rf"(?:(?:{COMMA}|{W}|{W}(?:of|in){W})(?:(?P<year>{YEAR})|(?P<spelled>{SPELLED_YEAR})))"
_ONE_WORD = {word for word in [*_NTHS, *ONES] if "-" not in word}
# Words that may follow a day that stands without its month: "on the 18th at noon"; a noun makes it no day.
AFTER_DAY = frozenset({"", "and", "or", "at", "to", "for", "with", "until", "through", "in", "from", "when", "if"})


def day_number(text: str) -> int:
    """The number of a day in digits or words.

    >>> day_number("4th"), day_number("twenty-ninth"), day_number("twenty nine")
    (4, 29, 29)
    """
    if digits := re.match(r"\d+", text):
        return int(digits[0])
    *tens, last = re.split(r"[\s-]+", text.lower())
    return sum(TENS[word] for word in tens) + (_NTHS.get(last) or int(number(last) or 0))


def spelled_year(text: str) -> int:
    """The year that words name.

    >>> [spelled_year(t) for t in ("nineteen ninety-six", "two thousand and five", "nineteen hundred ninety three")]
    [1996, 2005, 1993]
    >>> spelled_year("twenty twenty"), spelled_year("nineteen oh five")
    (2020, 1905)
    """
    words = [word for word in re.split(r"[\s-]+", text.lower()) if word not in ("and", "oh", "zero")]
    if words[1] == "thousand":
        return 2000 + sum(ONES.get(word, TENS.get(word, 0)) for word in words[2:])
    rest = sum(ONES.get(word, TENS.get(word, 0)) for word in words[1:] if word != "hundred")
    return 100 * (ONES.get(words[0]) or TENS[words[0]]) + rest


def _year(m: re.Match[str]) -> int | None:
    return int(m["year"]) if m["year"] else spelled_year(m["spelled"]) if m["spelled"] else None


def _dated(m: re.Match[str], scene: Scene, day: str) -> Pieces:
    value = dated(m, scene, month_number(m["month"]), day_number(day), _year(m))
    return time(m, value) if value else None


@rule(
    "month-spelled-day",
    [*MONTHS, *WEEKDAYS],
    rf"(?:{WEEKDAY}(?:{COMMA}|{W}))?(?P<month>{MONTH}){W}(?:the{W})?(?P<day>{SPELLED_NTH}|{_SPELLED_COUNT}|\d{{1,2}}(?=(?:{COMMA}|{W}){SPELLED_YEAR})){_YEAR_TAIL}?",
    example=("It opened on May twenty-ninth.", "2024-05-29"),
)
def month_spelled_day(m: re.Match[str], scene: Scene) -> Pieces:
    """«May twenty nine», "January first two thousand and thirty two"; not "in May second place"."""
    said = m["day"].lower()
    clear = _year(m) is not None or (said not in _ONE_WORD and said not in TENS)
    if not capital(m, "month") or not (clear or (said in _NTHS and scene.after(m.end()) in AFTER_DAY)):
        return None
    return None if said not in _NTHS and counted(scene, m.end()) else _dated(m, scene, m["day"])


@rule(
    "spelled-day-month",
    ["the", *_NTHS, *TENS, *_TEENS, *_ONES, DIGIT],
    rf"(?:the{W})?(?:(?P<nth>{SPELLED_NTH}|\d{{1,2}}(?:st|nd|rd|th))(?:{W}day)?(?:{W}of)?|(?P<count>{_SPELLED_COUNT})|(?P<plain>{DAY})){W}"
    rf"(?P<month>{MONTH}){_YEAR_TAIL}?",
    example=("It opened on the twenty-third day of September.", "2023-09-23"),
)
def spelled_day_month(m: re.Match[str], scene: Scene) -> Pieces:
    """«the twenty third day of September», "fifteen August nineteen hundred ninety three"; a count needs a year."""
    spelled = _year(m) is not None
    if not (capital(m, "month") or spelled) or (not m["nth"] and not spelled):
        return None
    if m["nth"] and not spelled and " of" not in m[0].lower() and not re.search(r"[\s-]", m["nth"].strip()):
        return None  # "first May", "second March"
    return _dated(m, scene, m["nth"] or m["count"] or m["plain"])


@rule(
    "month-spelled-year",
    MONTHS,
    rf"(?P<month>{MONTH})(?:{COMMA}|{W}(?:of{W})?)(?:(?P<spelled>{SPELLED_YEAR})|of{W}(?P<short>\d\d)(?=\s*(?:[.,;:!?)]|$)))",
    example=("It opened in October two thousand and five.", "2005-10"),
)
def month_spelled_year(m: re.Match[str], scene: Scene) -> Pieces:
    """«October two thousand and five», "April of 87"."""
    if not capital(m, "month"):
        return None
    year = spelled_year(m["spelled"]) if m["spelled"] else calendar.full_year(int(m["short"]), scene.today)
    return time(m, f"{year:04d}-{month_number(m['month']):02d}")


@rule(
    "spelled-year",
    ["two", *_CENTURY.split("|")],
    SPELLED_YEAR,
    example=("It opened in nineteen ninety-six.", "1996"),
)
def year_in_words(m: re.Match[str], scene: Scene) -> Pieces:
    """«in nineteen ninety six», "since two thousand and fifteen"; "in two thousand homes" counts."""
    full = len(re.split(r"[\s-]+", m[0])) > 2 or m[0].lower().startswith("twenty")
    after = scene.after(m.end())
    if not full or scene.before(m.start()) not in IN_TIME or counted(scene, m.end()) or after in ("per", "percent"):
        return None
    return time(m, f"{spelled_year(m[0]):04d}")


@rule(
    "weekday-number",
    WEEKDAYS,
    rf"(?P<weekday>{FULL_WEEKDAY}|{SHORT_WEEKDAY})(?:{COMMA}|{W})(?:the{W})?(?P<day>{DAY}|{SPELLED_NTH})"
    rf"(?!{W}?(?:{MONTH}|of\b|[ap]\.?m\b)|[-/:.]\d|{W}?[-–—])",
    example=("It opened on Tuesday the 6th.", "2024-02-06"),
)
def weekday_day(m: re.Match[str], scene: Scene) -> Pieces:
    """«Tuesday the eleventh», "Mon 13th", "Sunday 31": the nearest such day; "Friday 13 people" is none."""
    suffixed = not m["day"].isdigit()
    if is_name(m, scene) or (not m["weekday"][0].isupper() and not suffixed):
        return None
    if scene.after(m.end()) not in AFTER_DAY or (not suffixed and int(m["day"]) < 13):
        return None
    number, wanted = day_number(m["day"]), weekday_number(m["weekday"])
    lean = scene.lean(m.start(), m.end())
    near = _near(scene.today, lean, lambda day: (day.day, day.isoweekday()) == (number, wanted))
    return time(m, near.isoformat()) if near else time(m, f"XXXX-WXX-{wanted}") if not scene.today else None


@rule(
    "day-alone",
    ["the", DIGIT],
    rf"(?:the{W})?(?:(?P<day>(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)|(?:{SPELLED_NTH})(?:{W}day\b|(?={W}of{W}(?:this|next|last){W}month\b)))(?P<of>{W}(?:day{W})?of{W}(?P<which>the|this|next|last|(?:the{W})?(?:following|coming|previous)){W}month\b(?!['’]))?)(?!-)",
    example=("It opened on the 6th.", "2024-02-06"),
)
def day_alone(m: re.Match[str], scene: Scene) -> Pieces:
    """«on the 18th», "the 20th of next month", "the thirty-first day of the month"; "on 29th Street" is no day."""
    before, step = scene.before(m.start()), _STEPS.get((m["which"] or "the").lower().split()[-1])
    framed = before in ("on", "by", "until", "till", "since", "before", "after") or re.search(
        r"\bweek\sof\s$", scene.text[max(0, m.start() - 9) : m.start()]
    )
    ends = before in ("for", "around") and m[0].lower().startswith("the") and not scene.after(m.end())
    if not (framed or ends or step is not None) or not (
        m["of"] or (scene.after(m.end()) in AFTER_DAY and m["day"][0].isdigit())
    ):
        return None
    number = day_number(re.sub(r"\s+day$", "", m["day"]))
    if step is not None and scene.today:
        month = calendar.shift(scene.today.replace(day=1), step, "month")
        day = calendar.date(month.year, month.month, number) if month else None
        return time(m, day.isoformat()) if day else None
    near = _near(scene.today, scene.lean(m.start(), m.end()), lambda day: day.day == number)
    return time(m, near.isoformat() if near else f"XXXX-XX-{number:02d}")


_STEPS = {"this": 0, "next": 1, "following": 1, "coming": 1, "last": -1, "previous": -1}


@rule(
    "day-of-months",
    ["the", DIGIT],
    rf"(?:the{W})?(?P<day>\d{{1,2}}(?:st|nd|rd|th)|{SPELLED_NTH})(?:{W}day)?{W}of{W}(?:every|each){W}month\b",
    example=("It is paid on the 19th of every month.", "XXXX-XX-19"),
)
def day_of_months(m: re.Match[str], scene: Scene) -> Pieces:
    """«the 19th of every month»."""
    number = day_number(m["day"])
    return time(m, f"XXXX-XX-{number:02d}", "SET") if 1 <= number <= 31 else None


def _near(
    today: datetime.date | None, lean: calendar.Lean | None, fits: Callable[[datetime.date], bool]
) -> datetime.date | None:
    """The nearest day that fits, in the direction that is told; within two years."""
    steps = {"future": (1,), "past": (-1,)}.get(lean or "", (-1, 1))
    days = (calendar.shift(today, step * count, "day") for count in range(730) for step in steps)
    return next((day for day in days if day and fits(day)), None)
