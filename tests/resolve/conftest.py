"""Hand-made extractions: text with [[marked mentions]], one sentence a line."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from kg.records import (
    Article,
    Argument,
    Entity,
    Event,
    Extraction,
    Form,
    Kind,
    Mention,
    Proposition,
    Reference,
    Relation,
    Role,
    Span,
    Statement,
    Tense,
    Time,
)

_FORMS = ("name", "nominal", "pronoun")
_ROLES = ("subject", "object", "other")
_RELATIONS = {
    "subject": "nsubj", "object": "obj", "other": "obl", "his": "nmod:poss", "her": "nmod:poss", "its": "nmod:poss",
    "their": "nmod:poss",
}  # fmt: skip
_MARK = re.compile(r"\[\[|\|[\w ]+\]\]")


def marked(text: str, *, date: datetime.date | None = None) -> Extraction:
    """An extraction whose mentions are marked ``[[words|Kind form role plural generic]]``; marks may nest.

    Left-out parts: kind Other, form name, role other. Mentions stand in the order in which their marks close.
    """
    plain, found, starts, last = "", [], [], 0
    for mark in _MARK.finditer(text):
        plain += text[last : mark.start()]
        last = mark.end()
        if mark[0] == "[[":
            starts.append(len(plain))
        else:
            found.append((starts.pop(), len(plain), mark[0][1:-2].split()))
    plain += text[last:]
    lines = [Span(*match.span()) for match in re.finditer(r"[^\n]+", plain)]
    mentions = tuple(_mention(plain, lines, *parts) for parts in found)
    names: dict[tuple[str, str], int] = {}
    entities: list[Entity] = []
    linked = []
    for mention in mentions:
        words = plain[mention.start : mention.end]
        key = ("name", words) if mention.form == "name" else ("", f"{len(entities)}")
        if key not in names:
            names[key] = len(entities)
            entities.append(Entity(words, mention.kind))
        linked.append(replace(mention, entity=names[key]))
    return Extraction(Article.of(plain, date=date), tuple(lines), tuple(linked), tuple(entities))


def _mention(text: str, lines: list[Span], start: int, end: int, flags: list[str]) -> Mention:
    form = cast(Form, next((flag for flag in flags if flag in _FORMS), "name"))
    kind = cast(Kind, next((flag for flag in flags if flag[0].isupper()), "Other"))
    words = text[start:end]
    core = re.split(r" (?:at|of|who|that|in|for|behind) ", words)[0] if form == "nominal" else words
    head = Span(start + core.rfind(" ") + 1, start + len(core)) if form == "nominal" else Span(start, end)
    sentence = next(i for i, line in enumerate(lines) if line.start <= start < line.end)
    role = next((flag for flag in flags if flag in _ROLES), "other")
    definite = words.split()[0].lower() in ("the", "this", "these", "that", "those")
    return Mention(
        start, end, head, kind, form, 0, sentence, role, "plural" in flags, definite, "generic" in flags,
        relation=_RELATIONS.get(words.lower(), _RELATIONS[role]),
    )  # fmt: skip


def find(extraction: Extraction, words: str, nth: int = 0) -> int:
    """The index of the nth mention (in text order) with these words."""
    text = extraction.article.text
    hits = sorted((m.start, i) for i, m in enumerate(extraction.mentions) if text[m.start : m.end] == words)
    return hits[nth][1]


def entity_of(extraction: Extraction, words: str, nth: int = 0) -> Entity:
    """The entity of the nth mention with these words."""
    return extraction.entities[extraction.mentions[find(extraction, words, nth)].entity]


def said(extraction: Extraction, speaker: str | None, content: str, *, quotation: str = "direct") -> Extraction:
    """The extraction with a statement added: the speaker's first mention, and the content's words."""
    start = extraction.article.text.index(content)
    reference = None
    if speaker is not None:
        mention = extraction.mentions[find(extraction, speaker)]
        reference = Reference(mention.start, mention.end, mention.entity)
    statement = Statement(reference, None, (Span(start, start + len(content)),), quotation)  # type: ignore[arg-type]
    return replace(extraction, statements=(*extraction.statements, statement))


def told(
    extraction: Extraction,
    subject: str,
    object_: str,
    *,
    lemma: str,
    property: str | None = None,
    nth: int = 0,
    rule: str = "",
    tense: Tense = "present",
) -> Extraction:
    """The extraction with a proposition added, between the nth mention of the subject and the first of the object."""
    left = Argument(subject, (), find(extraction, subject, nth))
    right = Argument(object_, (), find(extraction, object_))
    proposition = Proposition(left, Relation(lemma, lemma), right, 0, property=property, rule=rule, tense=tense)
    return replace(extraction, propositions=(*extraction.propositions, proposition))


def happens(extraction: Extraction, class_: str, trigger: str, nth: int = 0, **roles: int | list[int]) -> Extraction:
    """The extraction with an event added; roles are indices of mentions."""
    text = extraction.article.text
    starts = [match.start() for match in re.finditer(re.escape(trigger), text)]
    span = Span(starts[nth], starts[nth] + len(trigger))
    fillers = tuple(
        Role(f"kg:{role}", mention=index)
        for role, given in roles.items()
        for index in ([given] if isinstance(given, int) else given)
    )
    return replace(extraction, events=(*extraction.events, Event(f"kg:{class_}", span, fillers)))


def at(extraction: Extraction, value: str, event: int = -1) -> Extraction:
    """The extraction with a time given to one of its events."""
    times = (*extraction.times, Time(0, 1, "DATE", value))
    events = list(extraction.events)
    roles = (*events[event].roles, Role("kg:time", time=len(times) - 1))
    events[event] = replace(events[event], roles=roles)
    return replace(extraction, times=times, events=tuple(events))


def joined(extraction: Extraction, a: str, b: str) -> bool:
    """Whether the last mentions with two wordings are one entity."""
    return _last(extraction, a).entity == _last(extraction, b).entity


def _last(extraction: Extraction, words: str) -> Mention:
    text = extraction.article.text
    return max((m for m in extraction.mentions if text[m.start : m.end] == words), key=lambda m: m.start)


@pytest.fixture(scope="session")
def hand() -> SimpleNamespace:
    """The helpers above; modules of tests cannot import each other."""
    helpers = (marked, find, entity_of, said, told, happens, at, joined)
    return SimpleNamespace(**{helper.__name__: helper for helper in helpers})
