"""The vocabulary of time expressions, what a rule may look at (``Scene``), and how a rule is written (``rule``)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.dates_calendar import Lean, Unit, first_day
from kg.extract.numbers import ORDINALS, WORDS, numbered, words
from kg.records import Time, TimeType

Pieces = Time | list[Time] | None
Reader = Callable[[re.Match[str], "Scene"], Pieces]
TenseAt = Callable[[int, int], str | None]


MONTHS = numbered(
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct "
    "november/nov december/dec"
)
WEEKDAYS = numbered(
    "monday/mon tuesday/tues/tue wednesday/wed thursday/thurs/thur/thu friday/fri saturday/sat sunday/sun"
)
DAYPARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI", "lunchtime": "MI",
    "overnight": "NI",
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
UNITS: dict[str, Unit] = {
    "day": "day", "weekend": "weekend", "week": "week", "month": "month", "quarter": "quarter", "year": "year",
    "decade": "decade", "century": "century",
}  # fmt: skip
# Unit words of durations with their ISO 8601 pattern; a fortnight is two weeks, a decade ten years.
PERIODS = {
    "second": ("PT", 1, "S"), "sec": ("PT", 1, "S"), "minute": ("PT", 1, "M"), "min": ("PT", 1, "M"),
    "hour": ("PT", 1, "H"), "hr": ("PT", 1, "H"), "day": ("P", 1, "D"), "night": ("P", 1, "D"),
    "weekend": ("P", 1, "WE"), "week": ("P", 1, "W"), "fortnight": ("P", 2, "W"), "month": ("P", 1, "M"),
    "quarter": ("P", 3, "M"),
    "year": ("P", 1, "Y"), "decade": ("P", 10, "Y"), "century": ("P", 100, "Y"),
}  # fmt: skip


def any_of(words: Iterable[str]) -> str:
    """An alternation, longest word first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


W = r"(?:\s{1,3})"
COMMA = r"\s{0,2},\s{0,2}"
MONTH = rf"(?:(?:{any_of(word for word in MONTHS if len(word) > 3)}|{any_of(w for w in MONTHS if len(w) == 3)})\b\.?)"
FULL_WEEKDAY = rf"(?:{any_of(word for word in WEEKDAYS if word.endswith('day'))})\b"
SHORT_WEEKDAY = rf"(?:{any_of(word for word in WEEKDAYS if not word.endswith('day'))})\b\.?"
WEEKDAY = rf"(?:{FULL_WEEKDAY}|{SHORT_WEEKDAY})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:st\b|nd\b|rd\b|th\b)?(?![%:]|[.,]\d)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d|%|[.,:]\d|\s?(?:percent|per\scent|GMT|UTC|hrs))"
DAYPART = any_of(DAYPARTS)
UNIT = any_of(UNITS)
# "2009", "last year", "fiscal 2023": the year that a month, quarter or season belongs to.
YEARISH = (
    rf"(?:(?:the{W})?(?P<fiscal>FY|fiscal(?:{W}year)?|financial{W}year){W}?)?(?:(?P<year>{YEAR})|['’](?P<short>\d\d)\b"
    rf"|(?P<which>this|last|next|the{W}(?:same|previous|prior|following|past)){W}year\b)"
)
VAGUE = (
    r"(?:(?:an?|the|these|those)\s)?(?:last\s)?(?:couple(?:\sof)?|few|several|many|some|numerous|dozens?\sof|countless)"
)
COUNT = rf"(?:\d{{1,4}}(?:[.,]\d{{1,3}})?½?|{WORDS}|{VAGUE}|an?|one)"


@dataclass(slots=True)
class Scene:
    """What a rule may see besides its own words: the text, the article's date, the times told before."""

    text: str
    today: datetime.date | None
    tense_at: TenseAt | None = None
    told: list[Time] = field(default_factory=list)
    named_month: bool = False

    def __post_init__(self) -> None:
        self.named_month = bool(_NAME_BEFORE.search(self.text))

    def before(self, start: int) -> str:
        """The word that stands right before, in lower case; "" where punctuation or a line break intervenes."""
        found = _BEFORE.search(self.text[max(0, start - 24) : start])
        return found[1].lower() if found else ""

    def after(self, end: int) -> str:
        """The word that follows, as written; "" where punctuation or a line break intervenes."""
        found = _AFTER.match(self.text, end)
        return found[1] if found else ""

    def opens_sentence(self, start: int) -> bool:
        """Whether nothing but the end of a sentence stands before."""
        head = self.text[max(0, start - 4) : start].rstrip(" \t\"“'‘(")
        return not head or head[-1] in ".!?\n:"

    def lean(self, start: int, end: int) -> Lean | None:
        """The direction in time: of the governing verb where it is known, else of the nearest verb in the sentence."""
        told = self.tense_at(start, end) if self.tense_at else None
        if told in ("past", "future"):
            return "past" if told == "past" else "future"
        head = _SENTENCE_END.split(self.text[max(0, start - 120) : start])[-1]
        cues = list(_CUE.finditer(head))
        cue = cues[-1] if cues else _CUE.search(_SENTENCE_END.split(self.text[end : end + 120])[0])
        return None if cue is None else "future" if cue["future"] else "past"

    def anchor(self, *, within: int = 600, start: int | None = None) -> Time | None:
        """The last dated time told before (in the last ``within`` characters), that "later" may count from."""
        for time in reversed(self.told):
            if start is not None and start - time.end > within:
                return None
            if time.type in ("DATE", "TIME") and first_day(time.value):
                return time
        return None


# A person called like a month ("Theresa May", "Ms. March"): then "by May" is not told as a time.
# "In May" at the start of a sentence names nobody.
_NAME_BEFORE = re.compile(
    r"\b(?!(?:In|Since|By|Until|Till|From|During|Between|Through|Throughout|Last|This|Next|Early|Late|Every|Each)\s)"
    r"(?:[A-Z][a-z]{1,20}|Mrs?\.|Ms\.) (?:May|April|June|August|March|Jan|Dec)\b(?! \d)"
)
_BEFORE = re.compile(r"(?:^|[^\w])([^\W_]+)[ \t\xa0]{1,2}[\"“'‘]?$")
_AFTER = re.compile(r"[ \t\xa0]{1,2}([^\W_]+)")
_SENTENCE_END = re.compile(r"[.!?][\"”')]{0,2}\s(?=[A-Z\"“])|\n")
_CUE = re.compile(
    r"\b(?:(?:was|were|been)\s(?:expected|scheduled|due|planned|slated|set\sto)|(?P<future>(?:will|won't|shall|would|should|can|could|(?-i:may)|might|must|['’]ll|is\sto|are\sto|(?:to|going\sto)(?=\sbe\s))"
    r"(?:\s(?:not|also|be|have|soon|only|[a-z]{2,12}ly)){0,3}(?:\s[a-z]{2,20}ed)?|going\sto|expect(?:s|ed)?|scheduled|due|"
    r"plans?|planned|planning|set\sto|slated|upcoming|deadline|until|till|"
    r"by(?=\s(?:early\s|mid-|late\s|(?:the\s)?(?:end|middle|start|beginning)\sof\s(?:the\s)?)?$))|was|were|had|did|"
    r"has|have|said|told|[a-z]{2,20}ed|came|went|took|made|began|won|lost|fell|rose|died|met|left|became|gave|saw|held|"
    r"sold|bought)(?!\w)",
    re.IGNORECASE,
)


class Rule(NamedTuple):
    """A named rule: its pattern, matched where one of its first words stands, and what it reads from a match."""

    name: str
    pattern: re.Pattern[str]
    read: Reader
    example: tuple[str, str]


RULES: dict[str, list[Rule]] = {}
DIGIT = "#"  # the key of rules that begin with a digit


def rule(name: str, first: Iterable[str], pattern: str, *, example: tuple[str, str]) -> Callable[[Reader], Reader]:
    """Register a rule under the words (lower case, ``DIGIT`` for digits) that an expression may begin with.

    ``example`` is a text and the value in it, read in an article of 2024-02-07; the tests run every example.
    """

    def register(read: Reader) -> Reader:
        made = Rule(name, re.compile(pattern, re.IGNORECASE), read, example)
        for word in sorted(set(first)):
            RULES.setdefault(word, []).append(made)
        return read

    return register


def time(
    m: re.Match[str], value: str, type: TimeType = "DATE", *, start: int | None = None, end: int | None = None
) -> Time:
    """A time over the match, or over ``start`` and ``end`` where they are given."""
    return Time(m.start() if start is None else start, m.end() if end is None else end, type, value)


def month_number(word: str) -> int:
    """The number of a month's name or abbreviation."""
    return MONTHS[word.lower().rstrip(".")]


def weekday_number(word: str) -> int:
    """The ISO number of a weekday's name or abbreviation (Monday is 1)."""
    return WEEKDAYS[word.lower().rstrip(".")]


NUMBER_FIRST = words(
    f"{DIGIT} zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety a an half several few many some "
    "couple numerous dozens countless the these those"
)
ORDINAL = any_of([*ORDINALS, "final", "last"])
