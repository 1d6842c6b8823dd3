"""Rules for holidays, worked out for their year: "on Christmas Eve", "Easter 2024", "Labor Day weekend"."""

from __future__ import annotations

import datetime
import re

from kg.extract import dates_calendar as calendar
from kg.extract.dates_grammar import YEAR, Pieces, Scene, W, any_of, rule, time
from kg.extract.dates_weeks import week_of
from kg.extract.numbers import words

# A day of a month, the nth weekday of a month (month, ISO weekday, nth; with the days after it), or days after Easter.
# Those that date news in English; where countries differ ("Mother's Day"), the day of the United States.
HOLIDAYS: dict[str, tuple[int, ...]] = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new years eve": (12, 31), "new year eve": (12, 31), "new year's day": (1, 1),
    "new years day": (1, 1), "new year day": (1, 1), "new year": (1, 1), "groundhog day": (2, 2),
    "valentine's day": (2, 14), "international women's day": (3, 8), "saint patrick's day": (3, 17),
    "st. patrick's day": (3, 17), "april fools' day": (4, 1), "april fool's day": (4, 1), "earth day": (4, 22),
    "anzac day": (4, 25), "australia day": (1, 26), "may day": (5, 1), "international workers' day": (5, 1),
    "int'l workers day": (5, 1), "cinco de mayo": (5, 5), "juneteenth": (6, 19), "canada day": (7, 1),
    "independence day": (7, 4), "bastille day": (7, 14), "halloween": (10, 31), "all saints' day": (11, 1),
    "all souls' day": (11, 2), "guy fawkes night": (11, 5), "bonfire night": (11, 5), "veterans day": (11, 11),
    "veterans' day": (11, 11), "remembrance day": (11, 11), "armistice day": (11, 11), "world aids day": (12, 1),
    "martin luther king day": (1, 1, 3), "martin luther king jr. day": (1, 1, 3), "mlk day": (1, 1, 3),
    "presidents day": (2, 1, 3), "presidents' day": (2, 1, 3), "mother's day": (5, 7, 2), "memorial day": (5, 1, -1),
    "father's day": (6, 7, 3), "labor day": (9, 1, 1), "columbus day": (10, 1, 2), "thanksgiving day": (11, 4, 4),
    "thanksgiving": (11, 4, 4), "thanks giving day": (11, 4, 4), "black friday": (11, 4, 4, 1),
    "cyber monday": (11, 4, 4, 4), "giving tuesday": (11, 4, 4, 5), "mardi gras": (-47,), "shrove tuesday": (-47,),
    "ash wednesday": (-46,), "palm sunday": (-7,), "maundy thursday": (-3,), "holy thursday": (-3,),
    "good friday": (-2,), "holy saturday": (-1,), "easter eve": (-1,), "easter sunday": (0,), "easter": (0,),
    "easter monday": (1,), "ascension day": (39,), "pentecost": (49,), "whit sunday": (49,), "whit monday": (50,),
}  # fmt: skip
_FRAME = words("on for before after by until till since from this of last next each")
# "Chinese New Year", "a happy new year", "in the new year" are other days, or none.
_BEFORE_NEW_YEAR = words("on at before after by until till since from last next")


def _written(name: str) -> str:
    """The pattern of a holiday's name: with either apostrophe, with or without a dot."""
    return name.replace(".", "[.]?").replace("'", "[’']").replace(" ", W)


@rule(
    "holiday",
    {re.split("[ .'-]", name)[0] for name in HOLIDAYS} | {"last", "next", "previous", "following"},
    rf"(?:(?P<which>last|next|previous|following){W})?(?P<name>{any_of(_written(name) for name in HOLIDAYS)})"
    rf"(?:,?\s{{1,2}}(?P<year2>{YEAR})(?P<week2>{W}weekend)|(?P<week>{W}weekend)?(?:(?:,|{W}of)?\s{{1,2}}(?P<year>{YEAR}))?)"
    r"(?!\w|['’-]\w)",
    example=("It opened on Christmas Eve.", "2023-12-24"),
)
def holiday(m: re.Match[str], scene: Scene) -> Pieces:
    """«Christmas Day 2005», "on Thanksgiving", "Father's Day of 2015"; "a christmas list", "Easter Road" are none."""
    said = " ".join(m["name"].lower().replace("’", "'").split())
    key = next(name for name in HOLIDAYS if name.replace(".", "") == said.replace(".", ""))
    year, before = m["year"] or m["year2"], scene.before(m.start())
    if scene.after(m.end())[:1].isupper() or (m["name"].islower() and not (m["which"] or before in _FRAME)):
        return None
    if key == "new year" and not (m["which"] or before in _BEFORE_NEW_YEAR):
        return None
    if year:
        return _shown(m, holiday_date(key, int(year)))
    if scene.today is None:
        return time(m, "XXXX-XX-XX" if len(HOLIDAYS[key]) != 2 else "XXXX-{:02d}-{:02d}".format(*HOLIDAYS[key]))
    which = (m["which"] or "").lower()
    lean: calendar.Lean | None = "future" if which in ("next", "following") else "past" if which else None
    return _shown(m, _near(key, scene.today, lean or scene.lean(m.start(), m.end()) or "past"))


def _shown(m: re.Match[str], day: datetime.date | None) -> Pieces:
    """The holiday, or the weekend it is named with: "Labor Day weekend"."""
    if day is None:
        return None
    return time(m, week_of(day.isoformat(), "weekend") if m["week"] or m["week2"] else day.isoformat())


def _near(key: str, today: datetime.date, lean: calendar.Lean) -> datetime.date | None:
    """The last or the next time of a holiday."""
    days = [day for shift in (-1, 0, 1) if (day := holiday_date(key, today.year + shift))]
    fitting = [day for day in days if (day <= today if lean == "past" else day >= today)]
    return min(fitting, key=lambda day: abs((day - today).days), default=None)


def holiday_date(key: str, year: int) -> datetime.date | None:
    """The date of a holiday in a year.

    >>> holiday_date("thanksgiving", 2022), holiday_date("ash wednesday", 2024)
    (datetime.date(2022, 11, 24), datetime.date(2024, 2, 14))
    """
    row = HOLIDAYS[key]
    if len(row) == 1:
        return calendar.shift(calendar.easter(year), row[0], "day")
    if len(row) == 2:
        return calendar.date(year, row[0], row[1])
    day = calendar.nth_weekday(year, row[0], row[1], row[2])
    return calendar.shift(day, row[3] if len(row) == 4 else 0, "day")
