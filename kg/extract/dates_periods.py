"""Rules for stretches of the calendar: decades, centuries, quarters, halves, fiscal years, seasons."""

from __future__ import annotations

import re

from kg.extract import dates_calendar as calendar
from kg.extract.dates_absolute import year_told
from kg.extract.dates_calendar import show
from kg.extract.dates_grammar import (
    DIGIT, SEASONS, YEAR, YEARISH, Pieces, Scene, W, any_of, rule, time,
)  # fmt: skip
from kg.extract.numbers import ORDINALS


@rule(
    "decade",
    [DIGIT, "the", "s"],
    r"(?P<d>(?:1[5-9]|20)\d0|[2-9]0)['’]?s\b",
    example=("It flourished in the 1990s.", "199"),
)
def decade(m: re.Match[str], scene: Scene) -> Pieces:
    """«the 1990s», "the 80s"; a century where two noughts stand ("the 1800s"); not "in his 50s"."""
    if len(m["d"]) == 4:
        return time(m, m["d"][:2] if m["d"].endswith("00") and m["d"] != "2000" else m["d"][:3])
    linked = scene.before(m.start()) in ("and", "or", "late", "early") and scene.told and len(scene.told[-1].value) == 3
    owned = re.search(
        r"\b(?:his|her|their|my|your)\s(?:\w{3,5}[\s-])?$", scene.text[max(0, m.start() - 16) : m.start()]
    )
    mark = scene.text[max(0, m.start() - 1) : m.start()] in ("'", "’", "‘")
    told = re.search(r"\b[Tt]he\s(?:early\s|mid-|late\s)?['’]?$", scene.text[max(0, m.start() - 12) : m.start()])
    if owned or not (mark or linked or told):
        return None
    tail = scene.text[m.end() : m.end() + 12].lower()
    if "degree" in tail or "fahrenheit" in tail:
        return None
    full = calendar.full_year(int(m["d"]), scene.today)
    ahead = scene.today and full > scene.today.year
    return time(m, str(full - 100 if ahead else full)[:3])


@rule(
    "century",
    ["the", DIGIT, *ORDINALS],
    rf"(?:the{W})?(?:(?P<n>\d{{1,2}})(?:st|nd|rd|th)|(?P<nth>{any_of(ORDINALS)}))[\s-]{{1,2}}century\b",
    example=("A house of the 19th century.", "18"),
)
def century(m: re.Match[str], scene: Scene) -> Pieces:
    """«the 19th century» is 18, the digits its years begin with."""
    number = int(m["n"]) if m["n"] else ORDINALS[m["nth"].lower()]
    return time(m, f"{number - 1:02d}") if 1 <= number <= 30 else None


_OF_YEAR = rf"(?:(?:,|{W}of|{W}in)?{W}{YEARISH}|(?P<the>{W}of{W}the{W}year\b))"


@rule(
    "quarter",
    ["q", "the", DIGIT, *ORDINALS, "final", "last"],
    rf"(?:Q(?P<q>[1-4])|(?P<r>[1-4])Q|(?:the{W})?(?P<nth>first|second|third|fourth|final|[1-3](?:st|nd|rd)|4th|last(?=\squarter\sof))"
    rf"[\s-](?P<inner>fiscal{W})?quarter)(?!\w)(?:{_OF_YEAR}|-(?P<joined>{YEAR}))?",
    example=("It lost money in the third quarter of 2022.", "2022-Q3"),
)
def quarter(m: re.Match[str], scene: Scene) -> Pieces:
    """«Q3 2022», "the fourth quarter of fiscal 2023", "third-quarter"; alone: the last one that has begun."""
    digits = m["q"] or m["r"]
    nth = (m["nth"] or "").lower()
    number = (
        int(digits) if digits else 4 if nth in ("final", "last") else int(nth[0]) if nth[0].isdigit() else ORDINALS[nth]
    )
    told = m["joined"] or year_told(m, scene)
    start = m.start() + (4 if m[0].lower().startswith("the ") and "-quarter" in m[0].lower() else 0)
    if told:
        mark = "FY" if m["inner"] and not told.startswith("FY") else ""
        return time(m, f"{mark}{told}-Q{number}", start=start)
    if m["inner"]:
        return time(m, f"FYXXXX-Q{number}")
    future = scene.lean(m.start(), m.end()) == "future"
    day = calendar.month(scene.today, 3 * number if future else 3 * number - 2, "future" if future else "past")
    return time(m, show(day, "quarter") if day else f"XXXX-Q{number}", start=start)


@rule(
    "half",
    ["h", "the", "first", "second"],
    rf"(?:H(?P<h>[12])|(?:the{W})?(?P<nth>first|second)[\s-]half)(?:{_OF_YEAR})?(?!\w)",
    example=("Sales in the first half of 2023 rose.", "2023-H1"),
)
def half(m: re.Match[str], scene: Scene) -> Pieces:
    """«the first half of 2023», "H1 2023", "first-half profit"; a half alone may be of a match, so it needs "year"."""
    number = m["h"] or ("1" if m["nth"].lower() == "first" else "2")
    told = year_told(m, scene)
    if told:
        return time(m, f"{told}-H{number}")
    if m["the"] or (m["nth"] and "-half" in m[0].lower()):
        return time(m, f"{_half_year(int(number), m, scene)}-H{number}")
    return None


def _half_year(number: int, m: re.Match[str], scene: Scene) -> str:
    """The year of the last half that is over; in the future, of the next that is not."""
    if scene.today is None:
        return "XXXX"
    past = scene.lean(m.start(), m.end()) != "future" and not (m["the"] and scene.today.month > 6 * (number - 1))
    over = number == 1 and scene.today.month > 6
    return (
        f"{scene.today.year - (1 if past and not over else 0) + (1 if not past and over and not m['the'] else 0):04d}"
    )


@rule(
    "fiscal",
    ["fiscal", "fy", "financial", "the"],
    rf"(?:the{W})?(?:fiscal(?:{W}year)?|financial{W}year|FY){W}?(?:(?P<year>(?:1[5-9]|20)\d\d)(?:[-–/]\d\d)?|['’]?(?P<short>\d\d))(?!\w)",
    example=("It made a profit in FY2023.", "FY2023"),
)
def fiscal(m: re.Match[str], scene: Scene) -> Pieces:
    """«FY2023», "fiscal year 2023", "FY23"."""
    number = m["year"] or f"{calendar.full_year(int(m['short']), scene.today):04d}"
    return time(m, f"FY{number}")


@rule(
    "calendar-year",
    ["cy"],
    r"(?:CY|cy)\s?(?:(?P<year>(?:19|20)\d\d)|['’]?(?P<short>\d\d))(?![\w%]|[.,:]\d)",
    example=("It made a profit in CY2023.", "2023"),
)
def calendar_year(m: re.Match[str], scene: Scene) -> Pieces:
    """«CY2023», "cy 23", beside fiscal years; "Cy" is a name."""
    named = m[0].startswith("Cy")
    year = m["year"] or f"{calendar.full_year(int(m['short']), scene.today):04d}"
    return None if named else time(m, year)


@rule(
    "season",
    SEASONS,
    rf"(?P<season>{any_of(SEASONS)})(?:(?:{W}of)?{W}{YEARISH}(?:[-–/]\d\d\b)?)?(?!\w)",
    example=("It opened in spring 2021.", "2021-SP"),
)
def season(m: re.Match[str], scene: Scene) -> Pieces:
    """«spring 2021», "the summer of last year"; alone after "in" ("in the summer"): the last or the next one."""
    told = year_told(m, scene)
    code = SEASONS[m["season"].lower()]
    if told:
        return time(m, f"{told.removeprefix('FY')}-{code}")
    head = scene.text[max(0, m.start() - 12) : m.start()].lower()
    if not re.search(r"\b(?:in|during|by|since|until)\s(?:the\s)?(?:early\s|late\s)?$", head):
        return None
    if code == "FA" and m["season"].lower() == "fall" and scene.after(m.end()) in ("of", "in"):
        return None
    return time(m, season_value(code, scene, m))


def season_value(code: str, scene: Scene, m: re.Match[str]) -> str:
    """The value of the last (or, in the future, the next) season of this kind."""
    if scene.today is None:
        return f"XXXX-{code}"
    begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    lean = scene.lean(m.start(), m.end()) or "past"
    day = calendar.month(scene.today, begins + 2 if lean == "future" and begins < 12 else begins, lean)
    return f"{day.year}-{code}" if day else f"XXXX-{code}"
