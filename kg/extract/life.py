"""Parentheses behind a person's name -> when and where they were born and died.

    born     Ann Lee (born 3 May 1972 in Leeds) / (b. 1972) / (born Ann Gray, May 3, 1972, Leeds, England)
    died     Ann Lee (died 4 June 2010 in Oslo) / (d. 2010)
    range    Ann Lee (3 May 1972 – 4 June 2010) / (1905–1981) / (1905, Leeds – 4 June 1981, Oslo)

Two years alone are as often a term of office («Ann Lee (2009–2014)»), so that they must lie a life apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.dates_grammar import MONTH, MONTHS
from kg.extract.tree_index import index
from kg.records import Span, Time

MOST = 200
"""How long a parenthesis may be, in characters."""
SHORTEST, LONGEST = 25, 115
"""Years from birth to death, where years alone are given."""
SHORTEST_BY_DAYS = 5
"""Years from birth to death, where days are given."""
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_DAY}(?: of)? {MONTH},? \d{{3,4}}|{MONTH} (?:{_DAY},? )?\d{{3,4}}|\d{{3,4}})(?![\w'’])"
_ABOUT = r"(?:(?:c\.?|ca\.?|circa|around|about)\s*)?"
_TOLD = rf"(?=\W)(?P<before>[^;–—]{{0,70}}?)\b{_ABOUT}(?P<first>{_DATE})"
_BORN = re.compile(rf"\b(?:born|b\.|né|née){_TOLD}", re.IGNORECASE)
_DIED = re.compile(rf"(?:\b(?:died|d\.)|†){_TOLD}", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?:^|[;:] ?){_ABOUT}(?P<first>{_DATE})(?P<birth>[^;\d–—]{{0,60}}?)\s*(?:[-–—]|\bto\b)\s*"
    rf"{_ABOUT}(?P<second>{_DATE})(?P<death>[^;\d]*)", re.IGNORECASE)  # fmt: skip
_SUFFIX = re.compile(r"(?:,?\s+(?:[JS]r\.?|Ph\.?D\.?|M\.?D\.?|Esq\.?|O\.P\.|[A-Z]{2,5})(?=[\s,]|\Z))*\s*,?\s*\Z")
_CLOSED = re.compile(r"\([^()]*\)\s*\Z")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as it stands in the text, with its value in ISO 8601, and the stretch in which its place is told."""

    span: Span
    value: str
    place: Span


@dataclass(frozen=True, slots=True)
class Life:
    """A person, by the index of a token of their name, and what the parenthesis ``span`` tells of them.

    ``sure``: its words ("born", "d.") can be said of a person only.
    """

    person: int
    span: Span
    birth: Moment | None
    death: Moment | None
    sure: bool


def lives(doc: Doc) -> list[Life]:
    """The lives that parentheses behind names tell of, in text order."""
    text = index(doc).text
    return [life for start, end in _parentheses(text) if (life := _life(doc, text, start, end)) is not None]


def dated(times: Sequence[Time], found: Iterable[Life]) -> tuple[Time, ...]:
    """The times of the article with those of the lives, which are told apart («1905–1981» is two dates)."""
    own = [Time(*one.span, "DATE", one.value) for life in found for one in (life.birth, life.death) if one is not None]
    kept = [time for time in times if not any(time.start < one.end and one.start < time.end for one in own)]
    return tuple(sorted((*kept, *own), key=lambda time: (time.start, time.end))) if own else tuple(times)


def _parentheses(text: str) -> Iterator[tuple[int, int]]:
    """The stretches inside outer parentheses, without those that never close or are long."""
    at = text.find("(")
    while at >= 0:
        depth, end = 1, at + 1
        while depth and end < min(len(text), at + MOST):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        if depth == 0:
            yield at + 1, end - 1
        at = text.find("(", end if depth == 0 else at + 1)


def _life(doc: Doc, text: str, start: int, end: int) -> Life | None:
    inside = text[start:end]
    if not re.search(r"\d{3}", inside):
        return None
    born, died = _BORN.search(inside), _DIED.search(inside)
    birth, death = (_moment(one, start, inside) if one else None for one in (born, died))
    sure = birth is not None or death is not None
    if not sure:
        birth, death = _range(inside, start)
    if birth is None and death is None:
        return None
    person = _named_before(doc, text, start - 1, sure=sure)
    return None if person is None else Life(person, Span(start, end), birth, death, sure)


def _moment(found: re.Match[str], start: int, inside: str) -> Moment | None:
    """The date behind "born" or "died"; its place stands between them or behind the date."""
    before = found["before"]
    if re.search(r"\b(?:died|d\.|born|married|founded)(?=\W)", before):
        return None
    stop = re.compile(r"[;–—]|\b(?:and )?(?:died|d\.|born)(?=\W)| - ").search(inside, found.end())
    behind = Span(start + found.end(), start + (stop.start() if stop else len(inside)))
    between = re.search(r"\b(?:in|at|near)\s+(?=[A-Z])", before)
    place = Span(start + found.start("before") + between.end(), start + found.end("before")) if between else behind
    return _made(found, "first", start, place)


def _range(inside: str, start: int) -> tuple[Moment | None, Moment | None]:
    found = _RANGE.search(inside)
    if found is None:
        return None, None
    birth = _made(found, "first", start, Span(start + found.start("birth"), start + found.end("birth")))
    death = _made(found, "second", start, Span(start + found.start("death"), start + found.end("death")))
    apart = int(death.value[:4]) - int(birth.value[:4])
    least = SHORTEST if len(birth.value) == len(death.value) == 4 else SHORTEST_BY_DAYS
    return (birth, death) if least <= apart <= LONGEST else (None, None)


def _made(found: re.Match[str], name: str, start: int, place: Span) -> Moment:
    words = found[name]
    month = re.search(MONTH, words, re.IGNORECASE)
    year, day = re.findall(r"\d{3,4}", words)[-1], re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    value = year.zfill(4)
    if month:
        value += f"-{MONTHS[month[0].lower().rstrip('.')]:02}" + (f"-{int(day[0]):02}" if day else "")
    return Moment(Span(start + found.start(name), start + found.end(name)), value, place)


def _named_before(doc: Doc, text: str, at: int, *, sure: bool) -> int | None:
    """A token of the person's name that stands right before a place in the text, over other parentheses."""
    before = text[max(0, at - 2 * MOST) : at]
    for _ in range(3):
        before = _SUFFIX.sub("", before)
        closed = _CLOSED.search(before)
        if closed is None:
            break
        before = before[: closed.start()]
    end = max(0, at - 2 * MOST) + len(before)
    found = doc.char_span(end - 1, end, alignment_mode="expand") if end else None
    if found is None:
        return None
    name = found.root
    is_name = name.ent_type_ == "Person" or (sure and name.pos_ == "PROPN" and name.ent_type_ in ("", "Other"))
    return name.i if is_name else None


__all__ = ["Life", "Moment", "dated", "lives"]
