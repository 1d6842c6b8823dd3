"""Rules for lengths written close or without an article, and for sets in the plural: "3h", "full-year", "weekends"."""

from __future__ import annotations

import re

from kg.extract import dates_calendar as calendar
from kg.extract.dates_grammar import (
    COUNT, DAYPARTS, DIGIT, FULL_WEEKDAY, NUMBER_FIRST, PERIODS, Pieces, Scene, W, any_of, rule, time, weekday_number,
)  # fmt: skip
from kg.extract.dates_spans import ANCHORLESS, OVER, count_of, period
from kg.extract.numbers import FRACTIONS, words

_SHORT = {"h": "hour", "hr": "hour", "min": "minute", "sec": "second", "yr": "year"}
_CLOSE = any_of([*_SHORT, *PERIODS])


@rule(
    "close-length",
    [DIGIT],
    rf"(?P<n>\d{{1,4}}(?:\.\d{{1,2}})?)(?:(?P<unit>{_CLOSE})s?|\s(?P<h>h|yrs?))(?![\w/]|{W}?-?{W}?olds?\b|-\d)",
    example=("It took 3h.", "PT3H"),
)
def close_length(m: re.Match[str], scene: Scene) -> Pieces:
    """«3h», "30min", "2.5years", "3 h": a number and its unit without a blank; "3H" is a name, "2day" is today."""
    unit = (m["unit"] or m["h"]).lower().removesuffix("s")
    if not (m["unit"] or m["h"]).islower() or m[0] == "2day" or scene.text[max(0, m.start() - 1)] == "%":
        return None
    return time(m, period(float(m["n"]), _SHORT.get(unit, unit)), "DURATION")


@rule(
    "whole-length",
    ["full", "whole", "all"],
    rf"(?:(?:full|whole)(?:(?P<apart>{W})|-)|all-)(?P<unit>day|week|month|year|night|hour|decade)\b(?![-–’'])",
    example=("The full-year loss was small.", "P1Y"),
)
def whole_length(m: re.Match[str], scene: Scene) -> Pieces:
    """«a full-day strike», "all-night talks", "for full week"; "any other whole year" is none."""
    if m["apart"] and scene.before(m.start()) not in OVER:
        return None
    return time(m, period(1, m["unit"].lower()), "DURATION")


@rule(
    "half-length",
    ["half", *FRACTIONS],
    rf"(?:half|(?P<fraction>[{''.join(FRACTIONS)}])){W}?(?P<unit>year|hour|day|century|decade)\b(?!-|['’]|{W}old\b)",
    example=("It took half hour.", "PT30M"),
)
def half_length(m: re.Match[str], scene: Scene) -> Pieces:
    """«half year», "½ hour"; "half year on year" halves a growth, "the first half day one" is of a match."""
    before, after = scene.before(m.start()), scene.after(m.end()).lower()
    if after in ("on", "over", "to", "one", "two") or before in ("and", "first", "second", "last", "other"):
        return None
    share = FRACTIONS[m["fraction"]] if m["fraction"] else 0.5
    smaller = {"hour": (60.0, "minute"), "year": (12.0, "month"), "day": (24.0, "hour")}
    size, unit = smaller.get(m["unit"].lower(), (1.0, m["unit"].lower()))
    return time(m, period(round(share * size, 2), unit), "DURATION")


_FRAME = words("on at over during and most")


@rule(
    "weekends",
    ["weekends", "all", "any"],
    rf"(?:(?P<all>all{W}weekends|any{W}weekends?)|weekends)\b(?![-’'])",
    example=("It shuts at weekends.", "XXXX-WXX-WE"),
)
def weekends(m: re.Match[str], scene: Scene) -> Pieces:
    """«at weekends», "all weekends", "evenings and weekends"; "two weekends" and "recent weekends" are lengths."""
    framed = m["all"] or scene.before(m.start()) in _FRAME
    return time(m, "XXXX-WXX-WE", "SET") if framed else None


@rule(
    "dayparts",
    ["the", "mornings", "afternoons", "evenings"],
    rf"(?:(?P<the>the){W})?(?P<part>morning|afternoon|evening)s\b(?![-’'])",
    example=("It shuts in the evenings.", "XXXX-XX-XXTEV"),
)
def dayparts(m: re.Match[str], scene: Scene) -> Pieces:
    """«in the evenings», "it shuts mornings": every day's; "three mornings", "their mornings" are not."""
    framed = scene.before(m.start()) == "in" if m["the"] else scene.before(m.start()) in (*_FRAME, "out", "weekday")
    return time(m, f"{ANCHORLESS}T{DAYPARTS[m['part'].lower()]}", "SET") if framed else None


@rule("everyday", ["everyday"], r"everyday(?=\s?[.,;:!?)]|\s?$|\s?\n)", example=("It opens everyday.", "P1D"))
def everyday(m: re.Match[str], scene: Scene) -> Pieces:
    """«it opens everyday» for "every day"; "everyday life" is a kind of life."""
    return time(m, period(1, "day"), "SET") if m[0][0].islower() else None


@rule(
    "weekdays-away",
    NUMBER_FIRST,
    rf"(?P<n>{COUNT}){W}(?P<day>{FULL_WEEKDAY[:-2]})s?{W}(?P<where>ago|from{W}(?:now|today)|later)\b",
    example=("It opened two Tuesdays ago.", "2024-01-30"),
)
def weekdays_away(m: re.Match[str], scene: Scene) -> Pieces:
    """«two Tuesdays ago», "three Mondays from now"."""
    count, wanted = count_of(m["n"]), weekday_number(m["day"])
    if count is None or count != int(count) or not 0 < count < 60:
        return None
    back = m["where"].lower() == "ago"
    near = calendar.weekday(scene.today, wanted, "past" if back else "future", strict=True)
    day = calendar.shift(near, (int(count) - 1) * (-1 if back else 1), "week")
    return time(m, day.isoformat() if day else f"XXXX-WXX-{wanted}")


@rule(
    "the-fortnight",
    ["the", "past", "last", "next", "coming", "previous"],
    rf"(?:the{W})?(?:past|last|next|coming|previous){W}fortnight\b(?![-’'])",
    example=("It lost money in the past fortnight.", "P2W"),
)
def the_fortnight(m: re.Match[str], scene: Scene) -> Pieces:
    """«the past fortnight», which begins on no day of the week."""
    return time(m, period(1, "fortnight"), "DURATION")
