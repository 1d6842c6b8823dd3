"""An extraction drawn for people: the article's text in pieces with their marks, and its triples in lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from kg.records import Argument, Event, Extraction, Proposition, Reference, Role, Span
from kg.voices import Voices, voices

# Marks that may overlap, with their style in a terminal (rich's style language).
STYLES = {
    "name": "bold cyan", "nominal": "cyan", "time": "magenta", "amount": "yellow", "said": "italic", "cue": "underline",
}  # fmt: skip
@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; ``title`` says what the innermost mark stands for.

    ``statement`` is the innermost statement that it belongs to, by index: as what is said, or as its cue.
    """

    text: str
    kinds: tuple[str, ...]
    title: str = ""
    statement: int | None = None


def pieces(extraction: Extraction, within: Span | None = None) -> Iterator[Piece]:
    """The article's whole text, or a stretch of it, cut wherever a mark begins or ends."""
    text = extraction.article.text
    first, last = within or (0, len(text))
    marks = sorted(mark for mark in _marks(extraction) if mark.start < last and first < mark.end)
    cuts = sorted({first, last, *(at for mark in marks for at in (mark.start, mark.end) if first < at < last)})
    for start, end in pairwise(cuts):
        covering = [mark for mark in marks if mark.start <= start and end <= mark.end]
        kinds = tuple(dict.fromkeys(mark.kind for mark in covering))
        inner = min(covering, key=lambda mark: mark.end - mark.start, default=None)
        said = [mark for mark in covering if mark.statement >= 0]
        voice = min(said, key=lambda mark: (mark.end - mark.start, -mark.statement), default=None)
        yield Piece(text[start:end], kinds, inner.title if inner else "", voice.statement if voice else None)


class _Mark(NamedTuple):
    """A mark on a stretch of text; ``statement`` is -1 where it is of no statement."""

    start: int
    end: int
    kind: str
    title: str
    statement: int = -1


def _marks(extraction: Extraction) -> Iterator[_Mark]:
    for m in extraction.mentions:
        entity = extraction.entities[m.entity]
        if m.form == "name":
            yield _Mark(m.start, m.end, "name", f"{entity.kind}: {entity.name}")
        elif not entity.unnamed:
            yield _Mark(m.head.start, m.head.end, "nominal", f"{entity.kind}: {entity.name}")
    for t in extraction.times:
        yield _Mark(t.start, t.end, "time", f"{t.type} {t.value}")
    for a in extraction.amounts:
        yield _Mark(a.start, a.end, "amount", f"{_figure(a.value, a.min, a.max)} {a.unit or ''}".strip())
    voices = statement_voices(extraction)
    for i, s in enumerate(extraction.statements):
        title = f"{voices.words(i)} ({s.quotation})"
        for start, end in s.content:
            yield _Mark(start, end, "said", title, i)
        if s.cue:
            yield _Mark(s.cue.start, s.cue.end, "cue", title, i)


def _figure(value: float | None, least: float | None, most: float | None) -> str:
    """A figure with its bounds.

    >>> _figure(115, None, None), _figure(None, None, 400), _figure(None, 200, 900)
    ('115', 'up to 400', '200 to 900')
    """
    if value is not None:
        return f"{value:,.10g}"
    if least is not None and most is not None:
        return f"{least:,.10g} to {most:,.10g}"
    return f"up to {most:,.10g}" if most is not None else f"at least {least:,.10g}" if least is not None else "?"


def lines(extraction: Extraction) -> Iterator[str]:
    """The article's propositions and events, one line each, with stance and speaker."""
    yield from (f"{proposition_line(extraction, p)}  ({p.rule})" for p in extraction.propositions)
    yield from (event_line(extraction, event) for event in extraction.events)


def proposition_line(extraction: Extraction, proposition: Proposition) -> str:
    """A proposition in words, with its stance and who says so."""
    stance: list[str] = [proposition.certainty] if proposition.certainty != "certain" else []
    stance += [proposition.tense] if proposition.tense == "future" else []
    stance += ["if"] if proposition.conditional else []
    by = _by(extraction, proposition.statement)
    return f"{_triple(extraction, proposition)}{' [' + ', '.join(stance) + ']' if stance else ''}{by}"


def event_line(extraction: Extraction, event: Event) -> str:
    """An event with its class, how far it got, its roles and who says so."""
    roles = ", ".join(f"{r.role.removeprefix('kg:')} {_filler(extraction, r)}" for r in event.roles)
    return f"{event.class_.removeprefix('kg:')} ({event.status}): {roles}{_by(extraction, event.statement)}"


def _triple(extraction: Extraction, proposition: Proposition) -> str:
    """A proposition in words, a pronoun by the name that it stands for."""
    denied = "not " if proposition.polarity == "-" else ""
    subject, object_ = (_argument(extraction, argument) for argument in (proposition.subject, proposition.object))
    return f"{subject} | {denied}{proposition.relation.lemma} | {object_}"


def _argument(extraction: Extraction, argument: Argument) -> str:
    if argument.mention is None or extraction.mentions[argument.mention].form != "pronoun":
        return argument.text
    entity = extraction.entities[extraction.mentions[argument.mention].entity]
    return argument.text if entity.unnamed else f"{entity.name} ({argument.text})"


def _by(extraction: Extraction, statement: int | None) -> str:
    if statement is None:
        return ""
    verb = "thinks" if extraction.statements[statement].mode == "thinking" else "says"
    return f" — {verb} {statement_voices(extraction).words(statement)}"


def statement_voices(extraction: Extraction) -> Voices[int]:
    """The voices of an article's statements, by index."""

    def called(reference: Reference) -> str:
        if reference.entity is not None:
            return extraction.entities[reference.entity].name
        return extraction.article.text[reference.start : reference.end]

    return voices({
        index: (list(map(called, one.speakers)), one.parent, called(one.via) if one.via else None)
        for index, one in enumerate(extraction.statements)
    })  # fmt: skip


def _filler(extraction: Extraction, role: Role) -> str:
    if role.mention is not None:
        return extraction.entities[extraction.mentions[role.mention].entity].name
    if role.amount is not None:
        amount = extraction.amounts[role.amount]
        return extraction.article.text[amount.start : amount.end]
    return extraction.times[role.time].value if role.time is not None else "?"


def write(extractions: Iterable[Extraction], target: str | Path) -> None:
    """Write the page; UsageError where the file cannot be written."""
    from kg.annotation.page import page
    from kg import files

    content = page(extractions).encode("utf-8", "replace")
    with files.output(target) as file:
        file.write(content)


__all__ = ["STYLES", "Piece", "event_line", "lines", "pieces", "proposition_line", "statement_voices", "write"]
