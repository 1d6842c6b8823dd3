"""Rules for durations, repeated times and times of the day: "three years", "every Monday", "at 10:30 a.m."."""

from __future__ import annotations

import re

from kg.extract.dates_grammar import (
    COUNT, DAYPART, DAYPARTS, DIGIT, FULL_WEEKDAY, MONTH, NUMBER_FIRST, PERIODS, SEASONS, UNIT, WEEKDAYS, Pieces, Scene,
    W, any_of, month_number, rule, time, weekday_number,
)  # fmt: skip
from kg.extract.numbers import number, words

PERIOD = any_of(PERIODS)
_HALF = rf"(?P<half>{W}and{W}(?:an?{W})?half)"
ANCHORLESS = "XXXX-XX-XX"
# Words before "a year" and "years" that make them a stretch of time.
OVER = words(
    "wait waits waited stay stays stayed need needs needed "
    "for in over within after during nearly almost about around than least every under only just of past last next "
    "recent through throughout another whole entire full since before lasted lasting took takes take spent spend"
)
AFTER = words("after before later earlier ago of old long in when since")


def period(count: float | None, unit: str) -> str:
    """The ISO 8601 value of so many units; X for a vague number.

    >>> period(2.5, "year"), period(None, "decade"), period(30, "minute"), period(2, "fortnight")
    ('P2.5Y', 'PXY', 'PT30M', 'P4W')
    """
    head, factor, letter = PERIODS[unit]
    return f"{head}{'X' if count is None else format(count * factor, 'g')}{letter}"


def count_of(words: str, half: bool = False) -> float | None:
    """The number said; one for "a", None for what is vague."""
    plain = " ".join(words.lower().split())
    value = 1.0 if plain in ("a", "an", "one") else number(plain)
    if value is None or value >= 100_000:
        return None
    return value + 0.5 if half else value


@rule(
    "duration",
    NUMBER_FIRST | {"last", "next", "past", "coming", "previous", "first", "final", "another"},
    rf"(?P<frame>(?:the{W})?(?:last|next|past|coming|previous|first|final|another){W})?(?P<n>{COUNT}){_HALF}?"
    rf"(?P<join>{W}|-)(?:(?:consecutive|straight|full|whole|long|calendar|business|working|more|(?:past|previous|next|upcoming)(?={W}(?:{PERIOD})s\b)){W})?(?P<unit>{PERIOD})(?P<s>s)?\b(?P<half2>{W}and{W}(?:an?{W})?half\b)?"
    rf"(?!{W}?-?{W}?old\b|{W}of{W}age\b|['’]s{W}\w)",
    example=("It took three years.", "P3Y"),
)
def duration(m: re.Match[str], scene: Scene) -> Pieces:
    """«three years», "a six-month delay", "the next four years", "two and a half years"; ages are no durations."""
    unit, said = m["unit"].lower(), m["n"].lower()
    if (m["join"] == "-" and said in ("a", "an", "the")) or said in ("the", "these", "those"):
        return None
    if (unit == "second" and not (m["s"] or m["join"] == "-" or said == "one")) or (
        unit in ("min", "hr", "sec", "weekend") and (said in ("a", "an") or not m["unit"].islower())
    ):
        return None
    half = bool(m["half"] or m["half2"])
    if said in ("a", "an", "one") and not half and not m["frame"]:
        return _single(m, scene, unit)
    if not m["s"] and m["join"] != "-" and count_of(m["n"]) is None:
        return None  # "several year" is none, "a two hour drive" and "1 hour 59 minutes" are
    return time(m, period(count_of(said, half), unit), "DURATION")


def _single(m: re.Match[str], scene: Scene, unit: str) -> Pieces:
    """«a year»: a stretch ("for a year"), or a rate ("15 a year")."""
    before, after = scene.before(m.start()), scene.after(m.end()).lower()
    if m["join"] == "-" and m["n"].lower() == "one":
        return time(m, period(1, unit), "DURATION")
    if unit == "second" and m["n"].lower() == "one":
        return time(m, period(1, unit), "DURATION") if before in {*OVER, "a"} else None
    if unit in ("second", "min", "hr", "sec", "night", "weekend", "quarter") or m["s"]:  # "a quarter" is a fraction
        return None
    if m["n"].lower() != "one" and _rate(scene.text[max(0, m.start() - 40) : m.start()]):
        return time(m, period(1, unit), "SET")
    if before.startswith("wait") and unit == "minute":
        return None  # "wait a minute" counts none
    if before in OVER or after in AFTER or (m["n"].lower() == "one" and before not in ("day", "the")):
        return time(m, period(1, unit), "DURATION")
    return None


_RATE = re.compile(
    r"(?:\d|%|\b(?:once|twice|times|million|billion|trillion|thousand|hundred|percent|cent|dollars|euros|pounds|people|"
    r"(?<!\bthe\s)(?:one|two|three|four|five|six|seven|eight|nine|ten)|\d[\d,.]{0,9}\s[a-z]{2,15}s))[\s,]{1,2}$",
    re.IGNORECASE,
)


def _rate(head: str) -> bool:
    return bool(_RATE.search(head)) and not re.search(r"\b(?:in|since|by|of|on)\s\d{4}[\s,]+$", head)


@rule(
    "rate",
    ["per"],
    rf"per{W}(?P<unit>day|week|month|quarter|year)\b",
    example=("It builds 15 per year.", "P1Y"),
)
def per_unit(m: re.Match[str], scene: Scene) -> Pieces:
    """«per year»; "miles per hour" is a measure."""
    return time(m, period(1, m["unit"].lower()), "SET")


@rule(
    "two-counts",
    NUMBER_FIRST,
    rf"(?P<a>{COUNT})(?P<join>{W}(?:and|to|or){W}|\s?[-–—]\s?)(?P<b>{COUNT})(?:{W}|-)(?P<unit>{PERIOD})s?\b(?!{W}?-?{W}?old\b|{W}of{W}age\b)",
    example=("It takes between 60 and 90 days.", "P60D"),
)
def two_counts(m: re.Match[str], scene: Scene) -> Pieces:
    """«between 60 and 90 days», "two or three years": two durations, the first by its number alone."""
    first, second = count_of(m["a"]), count_of(m["b"])
    vague = {"a", "an", "the", "these", "those"}
    if first is None or second is None or m["a"].lower() in vague or m["b"].lower() in vague:
        return None
    if ("and" in m["join"] and scene.before(m.start()) != "between") or first >= second:
        return None
    unit = m["unit"].lower()
    return [
        time(m, period(first, unit), "DURATION", end=m.end("a")),
        time(m, period(second, unit), "DURATION", start=m.start("b")),
    ]


@rule(
    "half-a-unit",
    [DIGIT, "half", "a"],
    rf"(?:half{W}an?{W}|half-|an?{W}half[\s-])(?P<unit>{PERIOD})s?\b(?!-|['’]|{W}old\b)",
    example=("It took half an hour.", "PT30M"),
)
def half_a_unit(m: re.Match[str], scene: Scene) -> Pieces:
    """«half an hour», "a half-hour", "half a century"."""
    unit = {"hr": "hour"}.get(m["unit"].lower(), m["unit"].lower())
    smaller = {"hour": (30.0, "minute"), "year": (6.0, "month"), "day": (12.0, "hour"), "minute": (30.0, "second")}
    if unit in ("second", "quarter", "night", "weekend", "min", "sec") or scene.before(m.start()) == "and":
        return None  # "half a second" is said of no length that news tell
    return time(m, period(*smaller.get(unit, (0.5, unit))), "DURATION")


@rule(
    "all-or-another",
    ["all", "another"],
    r"(?:all|another)\s(?P<unit>day|week|weekend|month|year|night|hour|decade|century)\b(?!-|['’])",
    example=("It was open all week.", "P1W"),
)
def all_or_another(m: re.Match[str], scene: Scene) -> Pieces:
    """«all day», "for another year"; "another day of protests" is told by no word before it."""
    if m[0].lower().startswith("another") and scene.before(m.start()) not in OVER:
        return None
    return time(m, period(1, m["unit"].lower()), "DURATION")


@rule(
    "whole",
    ["the", "all", "most"],
    rf"the{W}(?:entire|whole|full){W}(?P<unit>{UNIT})\b",
    example=("In 2010 it grew; for the entire year it made a loss.", "2010"),
)
def whole(m: re.Match[str], scene: Scene) -> Pieces:
    """«the entire year»: the one told last."""
    anchor = scene.anchor(start=m.start())
    unit = m["unit"].lower()
    if anchor and unit == "year":
        return time(m, anchor.value[:4])
    return time(m, period(1, unit), "DURATION")


@rule(
    "vague-units",
    [f"{unit}s" for unit in PERIODS] + ["recent", "the", "centuries"],
    rf"(?:(?:the|recent|past){W}){{0,2}}(?P<unit>years|decades|months|weeks|days|hours|minutes|centuries)\b(?P<ago>{W}ago\b)?(?!-|{W}old\b|{W}of{W}age\b)",
    example=("It has struggled for years.", "PXY"),
)
def vague_units(m: re.Match[str], scene: Scene) -> Pieces:
    """«for years», "over the years", "recent years", "decades in the making"."""
    head, after = m[0].lower().split()[:-1], scene.after(m.end()).lower()
    before = scene.before(m.start())
    if m["ago"]:
        return None if head or before == "of" else time(m, "PAST_REF")
    unit = "century" if m["unit"].lower() == "centuries" else m["unit"].lower()[:-1]
    if head == ["the"] and not (
        before in ("over", "through", "throughout", "across") and unit in ("year", "decade", "century")
    ):
        return None
    if before == "of" and after in AFTER:
        return None  # "millions of years after"
    if not head and not (
        before in ("for", "over", "within", "in", "after", "took", "takes", "take", "many") or after in AFTER
    ):
        return None
    return time(m, period(None, unit), "DURATION")


_ADVERBS = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M", "quarterly": "P3M",
    "annually": "P1Y", "yearly": "P1Y", "hourly": "PT1H", "biannually": "P6M",
    "biannual": "P6M", "semiannually": "P6M", "semi-annually": "P6M", "semiannual": "P6M", "semi-annual": "P6M",
    "bimonthly": "P2M", "bi-monthly": "P2M", "biweekly": "P2W", "bi-weekly": "P2W",
}  # fmt: skip


@rule(
    "adverb",
    [*_ADVERBS, "annual", "semi", "bi"],
    rf"(?:{any_of(_ADVERBS)}|annual)\b(?!-)",
    example=("It reports quarterly.", "P3M"),
)
def adverb(m: re.Match[str], scene: Scene) -> Pieces:
    """«annually» is a set; "annual" a duration of one year, as MEANTIME has it; "Daily Mail" is a name."""
    if (m[0][0].isupper() and not scene.opens_sentence(m.start())) or scene.after(m.end())[:1].isupper():
        return None
    if m[0].lower() == "annual":
        return time(m, "P1Y", "DURATION")
    return time(m, _ADVERBS[m[0].lower()], "SET")


@rule(
    "every",
    ["every", "each"],
    rf"(?:every|each)(?:{W}(?:other|single|(?P<n>{COUNT})))?{W}(?:(?P<weekday>{FULL_WEEKDAY})(?:{W}(?P<wpart>{DAYPART})\b)?"
    rf"|(?P<month>{MONTH})|(?P<season>{any_of(SEASONS)})|(?P<part>{DAYPART})|(?P<unit>{PERIOD})s?)(?!\w)",
    example=("It meets every Monday.", "XXXX-WXX-1"),
)
def every(m: re.Match[str], scene: Scene) -> Pieces:
    """«every Monday», "each year", "every two weeks", "every other day"."""
    if m["weekday"]:
        part = f"T{DAYPARTS[m['wpart'].lower()]}" if m["wpart"] else ""
        return time(m, f"XXXX-WXX-{weekday_number(m['weekday'])}{part}", "SET")
    if m["month"]:
        return time(m, f"XXXX-{month_number(m['month']):02d}", "SET") if m["month"][0].isupper() else None
    if m["season"]:
        return time(m, f"XXXX-{SEASONS[m['season'].lower()]}", "SET")
    if m["part"]:
        return time(m, f"{ANCHORLESS}T{DAYPARTS[m['part'].lower()]}", "SET")
    if m["unit"].lower() == "second" and not m["n"]:
        return None  # "every second house"
    if m["unit"].lower() == "weekend" and not m["n"] and " other" not in m[0].lower():
        return time(m, "XXXX-WXX-WE", "SET")
    count = 2.0 if re.search(r"\sother\s", m[0]) else count_of(m["n"]) if m["n"] else 1.0
    return time(m, period(count, m["unit"].lower()), "SET")


@rule(
    "weekdays",
    [word + s for word in WEEKDAYS if word.endswith("day") for s in ("", "s")],
    rf"(?P<day>{FULL_WEEKDAY[:-2]})(?:s\b(?:{W}(?P<part>{DAYPART})s?)?|{W}(?P<parts>{DAYPART})s\b)",
    example=("It meets on Mondays.", "XXXX-WXX-1"),
)
def weekdays(m: re.Match[str], scene: Scene) -> Pieces:
    """«on Mondays», "Friday mornings"."""
    part = m["part"] or m["parts"]
    part = f"T{DAYPARTS[part.lower()]}" if part else ""
    return time(m, f"XXXX-WXX-{weekday_number(m['day'])}{part}", "SET")


ZONES = {
    "utc": "Z", "gmt": "Z", "z": "Z", "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "bst": "+01:00", "cet": "+01:00",
    "cest": "+02:00", "jst": "+09:00", "ast": "-04:00", "aest": "+10:00", "aedt": "+11:00",
}  # fmt: skip
_ZONE = (
    rf"(?:\s?\(?(?P<zone>{any_of(ZONES)}|[ECMP]T|local{W}time|"
    rf"(?:eastern|central|pacific|mountain)(?:{W}(?:standard|daylight))?(?:{W}time)?)\b\)?)?"
)
FRAME = words("at by around about before after until till from to and between since")


@rule(
    "clock",
    [DIGIT],
    rf"(?P<h>[01]?\d|2[0-4])(?:(?P<colon>[:.])(?P<m>[0-5]\d)(?::[0-5]\d)?)?(?:\s?(?P<ap>[ap])(?:\.\s?m\b\.?|m\b)|(?P<oclock>{W}o['’]clock))?{_ZONE}(?![\w%]|[.,:]\d)",
    example=("It opened at 10:30 a.m.", "2024-02-07T10:30"),
)
def clock(m: re.Match[str], scene: Scene) -> Pieces:
    """«10:30 a.m.», "6pm", "18:00 UTC", "at 10:30", "nine o'clock"; without "a.m." or a zone it needs "at"."""
    hour, minute = int(m["h"]), int(m["m"] or 0)
    half, zone = m["ap"], (m["zone"] or "").lower()
    named = half or m["oclock"]
    colon = m["colon"] == ":"
    if not named and not (colon and (zone or scene.before(m.start()) in FRAME or _behind_day(m, scene))):
        return None
    if (half and not 1 <= hour <= 12) or (hour == 24 and minute):
        return None
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return time(m, f"@T{hour % 24:02d}:{minute:02d}{ZONES.get(zone, '')}", "TIME")


def _behind_day(m: re.Match[str], scene: Scene) -> bool:
    """Whether a day stands right before: "23.04.2022 14:55"."""
    last = scene.told[-1] if scene.told else None
    return bool(last and re.fullmatch(r"\d{4}-\d\d-\d\d", last.value) and scene.text[last.end : m.start()] == " ")


@rule(
    "military-clock",
    [DIGIT],
    r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)\s?(?P<zone>UTC|GMT|hrs|hours|Z)\b",
    example=("It opened at 1830 UTC.", "2024-02-07T18:30Z"),
)
def military(m: re.Match[str], scene: Scene) -> Pieces:
    """«1830 UTC»; "hours" only after "at"."""
    if m["zone"].lower() in ("hrs", "hours", "z") and scene.before(m.start()) not in ("at", "by", "until"):
        return None
    return time(m, f"@T{m['h']}:{m['m']}{'Z' if m['zone'].lower() in ('utc', 'gmt', 'z') else ''}", "TIME")


@rule(
    "noon",
    ["noon", "midnight", "midday"],
    r"(?:noon|midnight|midday)\b(?!-)",
    example=("It opened at noon.", "2024-02-07T12:00"),
)
def noon(m: re.Match[str], scene: Scene) -> Pieces:
    """«at noon», "midnight"; "Midnight Express" is a name."""
    if (m[0][0].isupper() and not scene.opens_sentence(m.start())) or scene.after(m.end())[:1].isupper():
        return None
    return time(m, "@T00:00" if m[0].lower() == "midnight" else "@T12:00", "TIME")


@rule(
    "daypart",
    ["in", "early", "late", "the", *DAYPARTS],
    rf"(?:the{W})?(?P<part>{DAYPART})\b(?![\w-])",
    example=("It opened in the morning.", "2024-02-07TMO"),
)
def daypart(m: re.Match[str], scene: Scene) -> Pieces:
    """«in the morning», "morning trading", "overnight": of the day told in the sentence, else of the article's."""
    head = scene.text[max(0, m.start() - 14) : m.start()].lower()
    plain = not m[0].lower().startswith("the")
    trading = plain and scene.after(m.end()).lower() in ("trading", "trade", "session")
    within = re.search(r"\b(?:in|during|by|until|on|into|through)\s(?P<how>early\s|late\s)?$", head)
    within = within if within and (within["how"] or not plain) else None
    return time(m, f"@T{DAYPARTS[m['part'].lower()]}", "TIME") if trading or within else None
