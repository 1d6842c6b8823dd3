"""An extraction drawn for people: the article's text in pieces with their marks, and its triples in lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

from kg.errors import UsageError
from kg.records import Argument, Event, Extraction, Proposition, Reference, Role
from kg.voices import Voices, voices

# Marks that may overlap, with their style in a terminal (rich's style language).
STYLES = {
    "name": "bold cyan", "nominal": "cyan", "time": "magenta", "amount": "yellow", "said": "italic", "cue": "underline",
}  # fmt: skip
_CSS = """
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
article { white-space: pre-wrap; overflow-wrap: anywhere; }
.name { font-weight: 600; border-bottom: 2px solid #0a7f8c; } .nominal { border-bottom: 1px dotted #0a7f8c; }
.time { border-bottom: 2px solid #a23b8f; } .amount { border-bottom: 2px solid #b8860b; }
.said { background: color-mix(in srgb, #4a90d9 16%, transparent); }
.cue { text-decoration: underline wavy #4a90d9 1px; }
ul { padding-left: 1.2rem; } li { margin: .2rem 0; } .legend span { margin-right: 1rem; } .dim { opacity: .7; }
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; ``title`` says what the innermost mark stands for."""

    text: str
    kinds: tuple[str, ...]
    title: str = ""


def pieces(extraction: Extraction) -> Iterator[Piece]:
    """The article's whole text, cut wherever a mark begins or ends."""
    text, marks = extraction.article.text, sorted(_marks(extraction))
    cuts = sorted({0, len(text), *(mark[0] for mark in marks), *(mark[1] for mark in marks)})
    for start, end in pairwise(cuts):
        covering = [mark for mark in marks if mark[0] <= start and end <= mark[1]]
        kinds = tuple(dict.fromkeys(mark[2] for mark in covering))
        inner = min(covering, key=lambda mark: mark[1] - mark[0], default=None)
        yield Piece(text[start:end], kinds, inner[3] if inner else "")


def _marks(extraction: Extraction) -> Iterator[tuple[int, int, str, str]]:
    for m in extraction.mentions:
        entity = extraction.entities[m.entity]
        if m.form == "name":
            yield m.start, m.end, "name", f"{entity.kind}: {entity.name}"
        elif not entity.unnamed:
            yield m.head.start, m.head.end, "nominal", f"{entity.kind}: {entity.name}"
    for t in extraction.times:
        yield t.start, t.end, "time", f"{t.type} {t.value}"
    for a in extraction.amounts:
        yield a.start, a.end, "amount", f"{_figure(a.value, a.min, a.max)} {a.unit or ''}".strip()
    for s in extraction.statements:
        who = extraction.entities[s.speaker.entity].name if s.speaker and s.speaker.entity is not None else "someone"
        for start, end in s.content:
            yield start, end, "said", f"{who} ({s.quotation})"
        if s.cue:
            yield s.cue.start, s.cue.end, "cue", f"{who} ({s.quotation})"


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
    content = page(extractions)
    try:
        Path(target).write_text(content, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{target} cannot be written ({error.strerror}); name another file") from error


def page(extractions: Iterable[Extraction]) -> str:
    """A self-contained HTML page with every article marked; all text is escaped, nothing is fetched or run."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    bodies = "\n".join(_article(extraction) for extraction in extractions)
    legend = "".join(f'<span class="{kind}">{kind}</span>' for kind in STYLES)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>Annotated articles</title>'
        f'<style>{_CSS}</style></head><body><p class="legend">{legend}</p>\n{bodies}\n</body></html>\n'
    )


def _article(extraction: Extraction) -> str:
    article = extraction.article
    body = "".join(
        f'<span class="{" ".join(piece.kinds)}" title="{escape(piece.title)}">{escape(piece.text)}</span>'
        if piece.kinds
        else escape(piece.text)
        for piece in pieces(extraction)
    )
    found = "".join(f"<li>{escape(line)}</li>" for line in lines(extraction))
    date = article.date.isoformat() if article.date else "undated"
    return (
        f'<h1>{escape(article.title or article.id)}</h1><p class="dim">{date} {escape(article.publisher or "")}</p>'
        f"<article>{body}</article><ul>{found}</ul>"
    )
