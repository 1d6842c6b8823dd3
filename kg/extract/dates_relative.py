"""Rules for dates that count from the article's date or a time told before: "yesterday", "last week", "Tuesday"."""

from __future__ import annotations

import datetime
import re

from kg.extract import dates_calendar as calendar
from kg.extract.dates_absolute import is_name
from kg.extract.dates_periods import season_value
from kg.extract.dates_calendar import Unit, first_day, show
from kg.extract.dates_grammar import (
    COUNT, DAYPART, DAYPARTS, FULL_WEEKDAY, MONTH, NUMBER_FIRST, SEASONS, UNIT, UNITS, WEEKDAYS, Pieces, Scene, W,
    any_of, month_number, rule, time, weekday_number,
)  # fmt: skip
from kg.extract.numbers import number, words

THIS, LAST, NEXT = (
    ("this", "current"),
    ("last", "past", "previous", "prior"),
    ("next", "coming", "upcoming", "following"),
)
WHICH = any_of([*THIS, *LAST, *NEXT, "same", "that"])
_PART = rf"(?:{W}(?P<part>{DAYPART})\b)?"


def with_part(m: re.Match[str], value: str) -> Pieces:
    """A day, or the part of the day that follows it ("Tuesday evening")."""
    if m["part"]:
        return time(m, f"{value}T{DAYPARTS[m['part'].lower()]}", "TIME")
    return time(m, value)


@rule(
    "today",
    ["today", "yesterday", "tomorrow", "tmrw", "the", "day", "tonight"],
    rf"(?:(?P<far>(?:the{W})?day{W}(?:before|after){W})?(?P<day>today|yesterday|tomorrow|tmrw)\b{_PART}|(?P<night>tonight)\b)",
    example=("It opened yesterday.", "2024-02-06"),
)
def today(m: re.Match[str], scene: Scene) -> Pieces:
    """«today», "the day before yesterday", "tomorrow morning", "tonight"; "today's world" is the present."""
    if m["night"]:
        return time(m, f"{show(scene.today, 'day')}TNI", "TIME")
    step = {"today": 0, "yesterday": -1}.get(m["day"].lower(), 1)
    day = calendar.shift(scene.today, step * (2 if m["far"] and step else 1), "day")
    return with_part(m, show(day, "day"))


@rule(
    "this-last-next",
    [*WHICH.split("|"), "the"],
    rf"(?:(?:the|this(?={W}(?:past|coming))){W})?(?P<which>{WHICH}){W}(?:(?P<season>{any_of(SEASONS)})|(?P<part>{DAYPART})|(?P<month>{MONTH})"
    rf"|(?P<weekday>{FULL_WEEKDAY})(?:{W}(?P<wpart>{DAYPART}))?|(?:(?:fiscal|calendar|financial|working){W}|work[\s-]?(?=week))?(?P<unit>{UNIT}))(?![\w-])",
    example=("It opened last month.", "2024-01"),
)
def this_last_next(m: re.Match[str], scene: Scene) -> Pieces:
    """«last year», "this weekend", "next Tuesday", "that month", "the following day", "last summer"."""
    which = m["which"].lower()
    step = 0 if which in THIS else -1 if which in LAST else 1 if which in NEXT else 0
    if m["unit"]:
        return _unit(m, scene, which, step)
    if m["weekday"]:
        return _weekday(m, scene, which, step)
    if m["month"]:
        return _month(m, scene, which, step)
    if m["part"]:
        return _daypart(m, scene, which, step)
    return _season(m, scene, which, step)


def _unit(m: re.Match[str], scene: Scene, which: str, step: int) -> Pieces:
    unit = UNITS[m["unit"].lower()]
    the = m[0].lower().startswith("the")
    if (which in ("past", "coming") and unit != "weekend") or (
        which == "last" and the and unit in ("decade", "century")
    ):
        return time(
            m, {"decade": "P10Y", "century": "P100Y", "quarter": "P3M"}.get(unit, f"P1{unit[0].upper()}"), "DURATION"
        )
    if which in ("that", "same", "previous", "prior", "following") or (which == "next" and the):
        return _told_unit(m, scene, which, step, unit)
    if (which == "last" and unit == "day") or (which == "next" and unit == "day" and not the):
        return None
    base = scene.today
    if (
        unit == "weekend"
        and which == "this"
        and base
        and base.isoweekday() < 4
        and scene.lean(m.start(), m.end()) != "future"
    ):
        step = -1  # "this weekend", told of the past early in the week, is the one just gone
    mark = "FY" if re.search(r"\b(?:fiscal|financial)\b", m[0].lower()) and unit == "year" else ""
    return time(m, mark + show(calendar.shift(base, step, unit), unit))


def _told_unit(m: re.Match[str], scene: Scene, which: str, step: int, unit: Unit) -> Pieces:
    """Count from the time told last; "the previous year" falls back on the article's date, "that day" does not."""
    anchor = scene.anchor(start=m.start())
    base = first_day(anchor.value) if anchor else None
    if anchor and unit in ("day", "week", "weekend") and not re.match(r"\d{4}-(\d\d-\d\d|W\d\d)", anchor.value):
        base = None
    if base is None and which not in ("that", "same"):
        base = scene.today
    if which == "that" and base is None and unit != "day":
        return None  # "that year" with nothing to point at
    return time(m, show(calendar.shift(base, step, unit), unit))


def _weekday(m: re.Match[str], scene: Scene, which: str, step: int) -> Pieces:
    wanted = weekday_number(m["weekday"])
    if which in THIS:
        day = _this_week(scene, wanted, m)
    else:
        base = scene.today
        if which in ("following", "previous", "that", "same") and (anchor := scene.anchor(start=m.start())):
            base = first_day(anchor.value) or base
        day = calendar.weekday(base, wanted, "future" if step == 1 else "past", strict=step != 0)
        if day and scene.today and which in ("next", "last") and abs((day - scene.today).days) == 1:
            day = calendar.shift(day, 7 * step, "day")  # nobody calls tomorrow "next Friday"
    value = show(day, "day") if day else f"XXXX-WXX-{wanted}"
    if m["wpart"]:
        return time(m, f"{value}T{DAYPARTS[m['wpart'].lower()]}", "TIME")
    return time(m, value)


def _this_week(scene: Scene, wanted: int, m: re.Match[str]) -> datetime.date | None:
    lean = scene.lean(m.start(), m.end())
    return calendar.weekday(scene.today, wanted, lean) if lean else calendar.shift(
        scene.today, wanted - (scene.today.isoweekday() if scene.today else 0), "day"
    )  # fmt: skip


def _month(m: re.Match[str], scene: Scene, which: str, step: int) -> Pieces:
    wanted = month_number(m["month"])
    if not m["month"][0].isupper() and wanted in (3, 5, 8):
        return None  # "the last march", "this may"
    if which in THIS or which in ("that", "same"):
        day = calendar.date(scene.today.year, wanted) if scene.today else None
    else:
        lean: calendar.Lean = "future" if step == 1 else "past"
        first = scene.today.replace(day=1) if scene.today else None
        day = calendar.month(calendar.shift(first, step, "month"), wanted, lean)
    end = m.end() - (m[0].endswith(".") and len(m["month"]) > 5)  # the dot of "last October." ends the sentence
    return time(m, show(day, "month") if day else f"XXXX-{wanted:02d}", end=end)


def _daypart(m: re.Match[str], scene: Scene, which: str, step: int) -> Pieces:
    code = DAYPARTS[m["part"].lower()]
    if which in ("that", "same", "following", "next", "previous"):
        anchor = scene.anchor(start=m.start())
        day = calendar.shift(first_day(anchor.value) if anchor else None, step, "day")
    else:
        day = calendar.shift(scene.today, step, "day")
    return time(m, f"{show(day, 'day')}T{code}", "TIME")


def _season(m: re.Match[str], scene: Scene, which: str, step: int) -> Pieces:
    code = SEASONS[m["season"].lower()]
    if m["season"].lower() == "fall" and scene.after(m.end()) in ("of", "in", "from"):
        return None
    if scene.today is None:
        return time(m, f"XXXX-{code}")
    if step == 0:
        return time(m, f"{scene.today.year}-{code}")
    begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    gone = scene.today.month >= begins
    year = scene.today.year - (0 if gone else 1) if step < 0 else scene.today.year + (1 if gone else 0)
    return time(m, f"{year}-{code}") if year > 0 else time(m, season_value(code, scene, m))


@rule(
    "weekday",
    [word for word in WEEKDAYS if word.endswith("day")],
    rf"(?P<weekday>{FULL_WEEKDAY}){_PART}(?:{W}(?:of{W})?(?P<week>last|next|this){W}week\b)?",
    example=("It opened on Tuesday.", "2024-02-06"),
)
def weekday(m: re.Match[str], scene: Scene) -> Pieces:
    """«Tuesday», "Thursday night", "Monday last week"; the last one in the past, the next one in the future."""
    if is_name(m, scene):
        return None
    wanted = weekday_number(m["weekday"])
    if m["week"] and scene.today:
        week = calendar.shift(scene.today, {"last": -1, "this": 0, "next": 1}[m["week"].lower()], "week")
        day = calendar.shift(week, wanted - scene.today.isoweekday(), "day")
    else:
        day = _range_end(m, scene, wanted)
        day = day or calendar.weekday(scene.today, wanted, scene.lean(m.start(), m.end()) or "past")
    return with_part(m, show(day, "day") if day else f"XXXX-WXX-{wanted}")


def _range_end(m: re.Match[str], scene: Scene, wanted: int) -> datetime.date | None:
    """The end of a range that has just begun: "from tomorrow night into Friday"."""
    last = scene.told[-1] if scene.told else None
    if last is None or not re.fullmatch(
        r"\s(?:to|into|until|till|through)\s|\s?[-–—]\s?", scene.text[last.end : m.start()]
    ):
        return None
    begin = first_day(last.value) if re.match(r"\d{4}-\d\d-\d\d", last.value) else None
    return calendar.weekday(begin, wanted, "future")


@rule(
    "ago",
    NUMBER_FIRST,
    rf"(?P<n>{COUNT}){W}(?P<unit>day|week|fortnight|month|quarter|year|decade|hour|minute)s?{W}"
    rf"(?P<where>ago(?:{W}(?P<day>today|yesterday))?|from{W}(?:now|today)|hence|earlier|later|prior|previously|before)\b(?!{W}than\b)",
    example=("It opened two weeks ago.", "2024-W04"),
)
def ago(m: re.Match[str], scene: Scene) -> Pieces:
    """«two days ago» from the article's date; "three weeks later" from the time told last."""
    where = m["where"].lower().split()[0]
    count = _count(m["n"])
    if (where == "before" and scene.after(m.end())) or (count is not None and count != int(count)):
        return None  # "two days before the vote" counts from an event
    unit = m["unit"].lower()
    count, unit = (2 * count, "week") if unit == "fortnight" and count else (count, unit)
    base = scene.today
    if where in ("earlier", "later", "prior", "previously", "before"):
        anchor = scene.anchor(start=m.start())
        base = first_day(anchor.value) if anchor else scene.today if where == "earlier" else None
    step = 1 if where in ("from", "hence", "later") else -1
    if unit in ("hour", "minute"):
        return time(m, f"{show(base if count and where == 'ago' and count < 4 else None, 'day')}TXX", "TIME")
    if count is None:
        return time(m, "PAST_REF" if where == "ago" else show(None, UNITS[unit])) if where in ("ago", "later") else None
    return time(m, show(calendar.shift(base, step * int(count), UNITS[unit]), UNITS[unit]))


def _count(words: str) -> float | None:
    """The number said; one for "a", None for what is vague ("several")."""
    plain = " ".join(words.lower().split())
    if plain in ("a", "an", "one"):
        return 1
    value = number(plain)
    return value if value is not None and value <= 10_000 else None


@rule(
    "in-time",
    ["in"],
    rf"in{W}(?P<n>{COUNT}){W}(?P<unit>day|week|fortnight|month|year|decade)s?\b(?P<time>['’]?s?{W}time\b)?(?!{W}of\b|-)",
    example=("It will open in five years.", "2029"),
)
def in_time(m: re.Match[str], scene: Scene) -> Pieces:
    """«in five years», of the future; of the past it is a duration ("the first gain in five years")."""
    count = _count(m["n"])
    if count is None or count != int(count) or not (m["time"] or scene.lean(m.start(), m.end()) == "future"):
        return None
    weeks = m["unit"].lower() == "fortnight"
    unit = "week" if weeks else UNITS[m["unit"].lower()]
    return time(m, show(calendar.shift(scene.today, int(count) * (2 if weeks else 1), unit), unit))


@rule(
    "same-period",
    ["the"],
    rf"the{W}same{W}(?P<what>period|time|month|quarter|week|day){W}(?:(?P<ago>an?|one){W}year{W}(?:ago|earlier|before)"
    rf"|(?:of{W}|in{W})?(?:last|the{W}previous|the{W}prior){W}year)",
    example=("Sales in February rose against the same month a year ago.", "2023-02"),
)
def same_period(m: re.Match[str], scene: Scene) -> Pieces:
    """«the same month a year ago»: the period told last, one year before."""
    what = m["what"].lower()
    anchor = scene.anchor(start=m.start())
    base = first_day(anchor.value) if anchor else scene.today
    unit: Unit = UNITS.get(what) or _granularity(anchor.value if anchor else "")
    return time(m, show(calendar.shift(base, -1, "year"), unit))


def _granularity(value: str) -> Unit:
    if re.fullmatch(r"\d{4}-Q\d", value):
        return "quarter"
    return "month" if re.fullmatch(r"\d{4}-\d\d(-\d\d)?.*", value) else "year"


@rule(
    "neighbour",
    ["the", "a"],
    rf"(?:the|a){W}(?P<unit>day|week|month|year|night){W}(?P<where>before|after|previous|prior|earlier|later)\b(?!{W}(?:the|a|an|his|her|its|their|than)\b)",
    example=("In 2010 it grew more than the year before.", "2009"),
)
def neighbour(m: re.Match[str], scene: Scene) -> Pieces:
    """«the day before», "the year previous", "a year later": the unit next to the time told last."""
    where = m["where"].lower()
    if where in ("before", "after") and scene.after(m.end()):
        return None  # "a day after Chrysler …" counts from an event
    anchor = scene.anchor(start=m.start())
    base = first_day(anchor.value) if anchor else None
    if base is None and where in ("before", "previous", "prior", "earlier"):
        base = scene.today
    night = m["unit"].lower() == "night"
    unit: Unit = "day" if night else UNITS[m["unit"].lower()]
    value = show(calendar.shift(base, 1 if where in ("after", "later") else -1, unit), unit)
    return time(m, f"{value}TNI", "TIME") if night else time(m, value)


_REFERENCES = {
    "PRESENT_REF": r"(?:right\s)?now|currently|at\s(?:present|the\smoment|the\spresent\stime|this\stime)|presently"
    r"|nowadays|these\sdays|ongoing",
    "PAST_REF": r"(?:most\s|more\s)?recent(?:ly)?|lately|the\s(?:recent\s|distant\s)?past|long\sago",
    "FUTURE_REF": r"(?:very\s|as\s)?soon|shortly|the\s(?:near\s|foreseeable\s|immediate\s)?future|short-term|long-term"
    r"|the\s(?:short|long|medium|near)\sterm|the\scoming\s(?:days|weeks|months|years)",
}


@rule(
    "reference",
    words(
        "right now currently at presently nowadays these ongoing most more recent recently lately the long in very as "
        "soon shortly short"
    ),
    "|".join(f"(?P<{name}>(?:{pattern})(?![\\w-]))" for name, pattern in _REFERENCES.items()),
    example=("It is now open.", "PRESENT_REF"),
)
def reference(m: re.Match[str], scene: Scene) -> Pieces:
    """«now», "recently", "soon", "the past", "the future": TimeML's references to the present, past and future."""
    said, after = m[0].lower(), scene.after(m.end()).lower()
    if not said[0].isalpha() or (m[0][:1].isupper() and not scene.opens_sentence(m.start())):
        return None
    if (said.endswith("soon") and (said.startswith("as") or after in ("as", "after"))) or (
        said == "shortly" and after in ("after", "before")
    ):
        return None
    if (said.endswith("past") and after) or (said.endswith("future") and after not in ("", "of", "as", "and", "but")):
        return None
    if said == "at this time" and (after == "that" or scene.lean(m.start(), m.end()) == "past"):
        return None  # in a story it is the story's time
    if (said == "now" and after == "that") or said in ("most", "more"):
        return None
    if after in ("years", "months", "weeks", "days", "decades", "times"):
        return None  # "recent years" is a duration
    return time(m, str(m.lastgroup))


@rule(
    "that-time",
    ["that", "the"],
    rf"(?:that{W}(?:time|date|point)|the{W}same{W}(?:date|point{W}in{W}time))\b(?!-)",
    example=("It has until June 10, 2023. By that time it must decide.", "2023-06-10"),
)
def that_time(m: re.Match[str], scene: Scene) -> Pieces:
    """«by that time», "that date": the time told last."""
    anchor = scene.anchor(within=200, start=m.start())
    return time(m, anchor.value) if anchor and scene.before(m.start()) in ("by", "on", "at", "until", "since") else None


@rule(
    "in-the-day",
    ["the"],
    r"the\sday\b(?!\s(?:before|after|of|that|when|he|she|it|they|to|for|care)\b|['’-])",
    example=("On Monday it rose, later in the day it fell.", "2024-02-05"),
)
def in_the_day(m: re.Match[str], scene: Scene) -> Pieces:
    """«later in the day»: the day told last, else the article's."""
    if not re.search(r"\b(?:later|earlier|early|late)\sin\s$", scene.text[max(0, m.start() - 12) : m.start()].lower()):
        return None
    anchor = scene.anchor(within=200, start=m.start())
    day = anchor.value[:10] if anchor and re.match(r"\d{4}-\d\d-\d\d", anchor.value) else show(scene.today, "day")
    return time(m, day)


@rule("weekend", ["the"], r"the\sweekend\b(?!-|\sof\b)", example=("It opened over the weekend.", "2024-W05-WE"))
def weekend(m: re.Match[str], scene: Scene) -> Pieces:
    """«over the weekend», "at the weekend": the last one that has begun, or the next one."""
    if scene.before(m.start()) not in (
        "over",
        "at",
        "on",
        "during",
        "before",
        "after",
        "by",
        "of",
        "for",
        "throughout",
    ):
        return None
    back = scene.today and scene.today.isoweekday() < 6 and scene.lean(m.start(), m.end()) != "future"
    return time(m, show(calendar.shift(scene.today, -1 if back else 0, "week"), "weekend"))


@rule(
    "year-end", ["year"], r"year[\s-]end(?:\s(?P<year>(?:19|20)\d\d))?\b", example=("It will open by year-end.", "2024")
)
def year_end(m: re.Match[str], scene: Scene) -> Pieces:
    """«by year-end»."""
    framed = m["year"] or scene.before(m.start()) in ("by", "at", "before", "until", "of", "since", "from", "to")
    return time(m, m["year"] or show(scene.today, "year")) if framed else None
