"""Time expressions in text -> ``Time`` with TIMEX3 type and value, resolved against the article's date.

A grammar of named rules over the characters (the modules ``dates_*``): a rule is tried where one of its first words
stands, the longest match wins, a modifier before it ("early", "the end of") joins the span. No model and no clock:
without an article date, values keep TIMEX3's X ("XXXX-WXX-2").

Why our own. Measured on 2026-11-25: F1 of values on MEANTIME (airbus and gm, 166 expressions besides the dateline);
recall on the 736 specifications of Recognizers-Text that agree with TIMEX3 (``kg.score.recognizers``), and on the 456
dates and date ranges among them. Our rules of that day: 0.85; 0.81, 0.86 (``kg score`` tells those of today).
recognizers-text-date-time 1.0.2a2 (last release in 2019, needs emoji < 2) on its own specifications: 0.68; 0.71, 0.70.
dateparser 1.5.0 (search_dates): 0.22; 0.41, 0.53. parsedatetime 2.6: 0.09; 0.33, 0.41. The libraries had it easier: the
best of the readings they offer counted, and as the last two give moments only, a day inside the right month or year was
right for a range. Our rules were developed on both sets (their authors' on the second), so unseen text will be lower.

Conventions beyond TIMEX3: a fiscal year is ``FY2023`` (``FY2023-Q4``), a half year ``2023-H1``, years that belong
together ``2019/2020``, a decade ``199``, a century ``18``; "every Monday" is ``XXXX-WXX-1``, "annually" ``P1Y``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract import (  # noqa: F401  (the modules register their rules)
    dates_absolute, dates_clock, dates_counted, dates_figures, dates_holidays, dates_lengths, dates_periods,
    dates_ranges, dates_relative, dates_spans, dates_spelled, dates_weeks,
)  # fmt: skip
from kg.extract.dates_counted import from_a_day
from kg.extract.dates_grammar import DIGIT, RULES, Rule, Scene, TenseAt
from kg.extract.dates_weeks import week_of
from kg.records import Time

_WORD = re.compile(r"(?<![\w$€£¥#])(?<!\d[.,:/])(?:[A-Za-z]+|\d+|[½¼¾⅓⅔])")
_BEFORE_DATE = re.compile(
    r"\b(?:(?:the\s)?(?:very\s)?(?:end|beginning|start|middle|close|rest|remainder)\sof\s(?:the\s)?|"
    r"(?:early|late|mid|earlier|later)(?:\son|\sin)?[\s-])$",
    re.IGNORECASE,
)
_BEFORE_DURATION = re.compile(
    r"\b(?:about|almost|nearly|roughly|approximately|at\sleast|at\smost|more\sthan|less\sthan|fewer\sthan|up\sto|"
    r"just\s(?:over|under)|the\sfirst|the\slast)\s$",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(
    r"\b(?:the\s)?(?:(?P<unit>week|weekend)\s(?:of|(?:beginning|starting|commencing)(?:\son)?)|w/c)\s$", re.IGNORECASE
)
_DAY = re.compile(r"(?:\d{4}|XXXX)-(?:\d\d-\d\d|WXX-\d|XX-XX)$")
_RESOLVED = re.compile(r"\d{4}-\d\d-\d\d")
_SENTENCE_END = re.compile(r"[.!?][\"”')]{0,2}\s(?=[A-Z\"“])|\n")


def times(text: str, date: datetime.date | None, *, tense_at: TenseAt | None = None) -> tuple[Time, ...]:
    """The time expressions of a text, sorted and apart from each other; offsets in code points.

    ``date`` is the article's date; ``tense_at(start, end)`` may tell "past" or "future" of the verb that governs
    the expression, so that "Tuesday" is the last or the next one (default: by the nearest verb, else the past).

    >>> [(t.type, t.value) for t in times("It grew in 2019 and will close on Friday.", datetime.date(2024, 2, 7))]
    [('DATE', '2019'), ('DATE', '2024-02-09')]
    """
    scene = Scene(text, date, tense_at)
    position = 0
    while word := _WORD.search(text, position):
        rules = RULES.get(DIGIT if word[0][0].isdigit() else word[0].lower())
        pieces = _read(word, rules, scene) if rules else []
        if pieces:
            scene.told += _widened(pieces, scene)
            position = max(pieces[-1].end, word.end())
        else:
            position = word.end()
    return tuple(_placed(_joined(scene), scene))


def _read(word: re.Match[str], rules: Sequence[Rule], scene: Scene) -> list[Time]:
    """The longest reading that begins at a word, by the rules that it may begin."""
    best: list[Time] = []
    for rule in rules:
        match = rule.pattern.match(scene.text, word.start())
        if match is None or (best and match.end() <= best[-1].end):
            continue
        read = rule.read(match, scene)
        pieces = [read] if isinstance(read, Time) else read or []
        if pieces and (not best or pieces[-1].end > best[-1].end):
            best = pieces
    return best


def _widened(pieces: list[Time], scene: Scene) -> list[Time]:
    """The pieces, the first with the modifier that stands before it: "early June", "almost two years"."""
    first = pieces[0]
    if first.value.endswith("_REF") or first.type == "SET":
        return pieces
    floor = scene.told[-1].end if scene.told else 0
    head = scene.text[max(floor, first.start - 32) : first.start]
    week = _WEEK_OF.search(head) if re.fullmatch(r"\d{4}-\d\d-\d\d", first.value) and len(pieces) == 1 else None
    if week:
        return [replace(first, start=first.start - len(week[0]), value=week_of(first.value, week["unit"] or "week"))]
    modifier = _BEFORE_DURATION if first.type == "DURATION" else _BEFORE_DATE
    found = modifier.search(head)
    return [replace(first, start=first.start - len(found[0])), *pieces[1:]] if found else pieces


def _joined(scene: Scene) -> list[Time]:
    """What is one expression in two: "12:00 UTC Monday", "two days after Monday", "9 a.m. on Tuesdays"."""
    joined: list[Time] = []
    for time in scene.told:
        last = joined[-1] if joined else None
        apart = scene.text[last.end : time.start] if last else ""
        if last and _repeated(last) and time.value.startswith("@") and apart.split() in ([], ["at"]):
            joined[-1] = Time(last.start, time.end, "SET", last.value + time.value[1:])
        elif last and last.value.startswith("@") and _repeated(time) and apart.split() in ([], ["on"]) and apart:
            joined[-1] = Time(last.start, time.end, "SET", time.value + last.value[1:])
        elif last and last.value.startswith("@") and apart in (" ", "\xa0") and _DAY.search(time.value):
            joined[-1] = Time(last.start, time.end, "TIME", time.value + last.value[1:])
        elif last and (counted := from_a_day(last, time, apart, scene.text[time.end : time.end + 12])):
            joined[-1] = counted
        else:
            joined.append(time)
    return joined


def _repeated(time: Time) -> bool:
    """Whether a time is a day of every week, that a clock time may stand beside."""
    return time.type == "SET" and bool(re.fullmatch(r"XXXX-WXX-\d", time.value))


def _placed(found: list[Time], scene: Scene) -> list[Time]:
    """Give clock times their day: one told in the same sentence, else just before it, else the article's."""
    placed: list[Time] = []
    for index, time in enumerate(found):
        if time.value.startswith("@"):
            near = _day_before(placed, time, scene, sentence=True) or _day_after(
                found[index + 1 : index + 4], time, scene
            )
            day = _day_before(placed, time, scene, sentence=False)
            today = scene.today.isoformat() if scene.today else "XXXX-XX-XX"
            time = replace(time, value=(near or day or today) + time.value[1:])
        placed.append(time)
    return placed


def _day_before(placed: list[Time], time: Time, scene: Scene, *, sentence: bool) -> str | None:
    """The last day told before, in the same sentence or a little way back."""
    for other in reversed(placed[-6:]):
        between = scene.text[other.end : time.start]
        if len(between) > 200 or (sentence and _SENTENCE_END.search(between)):
            return None
        if _RESOLVED.match(other.value):
            return other.value[:10]
    return None


def _day_after(rest: list[Time], time: Time, scene: Scene) -> str | None:
    """The first day told after, in the same sentence."""
    for other in rest:
        if _SENTENCE_END.search(scene.text[time.end : other.start]):
            return None
        if _RESOLVED.match(other.value):
            return other.value[:10]
    return None
