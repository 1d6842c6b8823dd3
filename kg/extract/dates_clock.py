"""Rules for times of the day in words: "half past seven", "3 in the morning", "nine o'clock", "six p.m."."""

from __future__ import annotations

import re

from kg.extract.dates_grammar import DIGIT, Pieces, Scene, W, any_of, rule, time
from kg.extract.numbers import ONES, TENS, number

_HOURS = [word for word, value in ONES.items() if 1 <= value <= 12]
_HOUR = rf"(?:1[0-2]|0?[1-9]|{any_of(_HOURS)})\b"
_TENS = any_of(word for word in TENS if TENS[word] < 60)
_ONES = any_of(word for word, value in ONES.items() if 0 < value < 10)
_MINUTES = rf"(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|{any_of(word for word in ONES if ONES[word] >= 10)}|{_ONES})"
_PART = rf"(?:{W}(?:in{W}the{W}(?P<part>morning|afternoon|evening)|(?P<night>at{W}night)))"
_OCLOCK = rf"{W}o['’]?clock\b"
_AP = r"\s?(?P<ap>[ap])\s?\.?\s?m\b\.?"


def of_day(hour: int, minute: int, m: re.Match[str]) -> str:
    """The clock value of an hour told with "a.m." or a part of the day: 8 in the evening is 20:00."""
    groups = m.groupdict()
    half, part = (groups.get("ap") or "").lower(), (groups.get("part") or "").lower()
    late = half == "p" or part in ("afternoon", "evening") or (groups.get("night") and 6 <= hour < 12)
    midnight = hour == 12 and (half == "a" or part == "morning" or groups.get("night"))
    return f"@T{0 if midnight else hour + 12 if late and hour < 12 else hour:02d}:{minute:02d}"


def _value(words: str) -> int:
    return int(number(" ".join(words.replace("-", " ").split())) or 0)


@rule(
    "past-the-hour",
    [DIGIT, "half", "a", "quarter", *TENS, *ONES],
    rf"(?:(?P<half>half)|(?P<quarter>(?:a{W})?quarter)|(?P<n>\d{{1,2}}|{_MINUTES})(?:{W}min(?:ute)?s?)?){W}(?P<way>past|to){W}"
    rf"(?P<h>{_HOUR})(?:{_OCLOCK})?{_PART}?(?!{W}?(?:per|%|[-/:]))",
    example=("It opened at half past seven.", "2024-02-07T07:30"),
)
def past_the_hour(m: re.Match[str], scene: Scene) -> Pieces:
    """«half past seven», "20 minutes past eight in the evening", "quarter to nine"; "from 5 to 6" is a range."""
    minute = 30 if m["half"] else 15 if m["quarter"] else _value(m["n"])
    back = m["way"].lower() == "to"
    if not 0 < minute < 60 or (back and m["n"] and "min" not in m[0].lower()) or (back and m["half"]):
        return None
    hour = _value(m["h"])
    clear = m["half"] or m["quarter"] or m["part"] or m["night"] or re.search("clock|min", m[0].lower())
    if not clear and scene.before(m.start()) not in ("at", "by", "until", "around", "about", "before", "after"):
        return None  # "he ran ten past two"
    if back:
        hour, minute = (hour - 1 or 12), 60 - minute
    return time(m, of_day(hour, minute, m), "TIME")


@rule(
    "hour-in-words",
    [DIGIT, *_HOURS],
    rf"(?P<h>{_HOUR})(?:(?::(?P<m>[0-5]\d)|[\s-](?P<words>{_MINUTES})))?(?:(?:{_OCLOCK})?{_PART}|{_OCLOCK}|{_AP})(?!\w)",
    example=("It opened at nine o'clock.", "2024-02-07T09:00"),
)
def hour_in_words(m: re.Match[str], scene: Scene) -> Pieces:
    """«nine o'clock», "3 in the morning", "10:30 at night", "six p.m."; "two in the morning session" is a count."""
    opens = scene.after(m.end()).lower() in ("session", "sessions", "trade", "trading", "papers", "hours")
    apart = m["ap"] and m["h"].isdigit() and not re.search(r"\s\.|[ap]\s", m[0])  # the rule for figures reads it
    if apart or (opens and m["part"]):
        return None
    minute = int(m["m"]) if m["m"] else _value(m["words"]) if m["words"] else 0
    return time(m, of_day(_value(m["h"]), minute, m), "TIME") if minute < 60 else None


@rule(
    "twelve-named",
    [DIGIT, "mid"],
    r"(?:12\s(?P<noon>noon|midday)|(?:12\s|mid\s)(?P<night>midnight|night))\b(?!-)",
    example=("It opened at 12 noon.", "2024-02-07T12:00"),
)
def twelve(m: re.Match[str], scene: Scene) -> Pieces:
    """«12 noon», "12 midnight"."""
    if m["night"] and m["night"].lower() == "night" and not m[0].lower().startswith("mid"):
        return None  # "12 night shifts"
    return time(m, "@T12:00" if m["noon"] else "@T00:00", "TIME")
