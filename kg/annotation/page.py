"""Extractions -> one self-contained page: each article with its speakers in colour and a margin of what it claims.

All text is escaped; nothing is fetched or run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.annotation import STYLES, event_line, pieces, proposition_line, statement_voices
from kg.extract.quotation import paragraphs
from kg.plain import html as escape
from kg.records import Extraction, Span
from kg.voices import NOBODY, joined

HUES = (210, 25, 130, 285, 50, 175, 335, 95, 240, 0, 155, 310)
"""The colours of speakers (degrees), most frequent speaker first; a thirteenth begins again."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_CSS = """
:root { color-scheme: light dark; --ink: #1c2330; --paper: #fff; --line: #d5dae3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --paper: #14181f; --line: #3a4252; } }
body { font: 16px/1.6 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 76rem;
  margin: 2rem auto; padding: 0 1rem; }
.row { display: grid; grid-template-columns: minmax(0, 7fr) minmax(0, 5fr); gap: 0 2rem; }
.row > p { margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.row > ul { margin: .4rem 0; padding: 0; list-style: none; font-size: .82rem; line-height: 1.4; }
.row li { margin: .15rem 0; padding: .05rem 0 .05rem .6rem; border-left: 4px solid var(--line);
  overflow-wrap: anywhere; }
.row li.voice { border-color: hsl(var(--hue) 65% 50%); }
.name { font-weight: 600; border-bottom: 2px solid #0a7f8c; } .nominal { border-bottom: 1px dotted #0a7f8c; }
.time { border-bottom: 2px solid #a23b8f; } .amount { border-bottom: 2px solid #b8860b; }
.said { background: hsl(var(--hue, 210) 75% 50% / .2); } .thought { background-image: repeating-linear-gradient(
  135deg, transparent 0 6px, hsl(var(--hue, 210) 75% 50% / .25) 6px 8px); }
.cue { text-decoration: underline wavy hsl(var(--hue, 210) 65% 50%) 1px; }
.speakers { padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1rem; }
.speakers b { padding: 0 .4rem; border-radius: .3rem; background: hsl(var(--hue) 75% 50% / .28); font-weight: 600; }
.legend span { margin-right: 1rem; } .dim { opacity: .7; }
@media (max-width: 48rem) { .row { display: block; } .row > ul { margin: 0 0 1rem 1rem; } }
"""


def page(extractions: Iterable[Extraction]) -> str:
    """The page of some articles, as HTML."""
    bodies = "\n".join(map(_article, extractions))
    legend = "".join(f'<span class="{kind}">{kind}</span>' for kind in STYLES)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>Annotated articles</title>'
        f'<style>{_CSS}</style></head><body><p class="legend">{legend}</p>\n{bodies}\n</body></html>\n'
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """An article with the speaker of each statement (without those who pass it on) and each speaker's colour."""

    extraction: Extraction
    speakers: tuple[str, ...]
    hues: dict[str, int]

    def hue(self, statement: int) -> int:
        """The colour of who says a statement, in degrees."""
        return self.hues[self.speakers[statement]]


def _sheet(extraction: Extraction) -> _Sheet:
    voices = statement_voices(extraction)
    speakers = tuple(joined(voices.chain(index)[0]) or NOBODY for index in range(len(extraction.statements)))
    counts = Counter(speakers)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return _Sheet(extraction, speakers, {name: HUES[place % len(HUES)] for place, name in enumerate(ranked)})


def _article(extraction: Extraction) -> str:
    article, sheet = extraction.article, _sheet(extraction)
    date = article.date.isoformat() if article.date else "undated"
    rows = "\n".join(_row(sheet, part) for part in _parts(extraction.article.text))
    return (
        f"<section><h1>{escape(article.title or article.id)}</h1>"
        f'<p class="dim">{date} {escape(article.publisher or "")}</p>\n{_legend(sheet)}\n'
        f"<article>{rows}</article></section>"
    )


def _legend(sheet: _Sheet) -> str:
    """Every speaker in the colour of what is said, with the number of statements."""
    counts = Counter(sheet.speakers)
    items = (
        f'<li style="--hue:{hue}"><b>{escape(name)}</b> {counts[name]}</li>' for name, hue in sheet.hues.items()
    )
    return f'<ul class="speakers">{"".join(items)}</ul>' if sheet.hues else ""


def _parts(text: str) -> Iterator[Span]:
    """The whole text, paragraph by paragraph, each with the blanks behind it."""
    starts = [part.start for part in paragraphs(text)] or [0]
    starts[0] = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield Span(start, end)


def _row(sheet: _Sheet, part: Span) -> str:
    """A paragraph with the claims that its sentences make beside it."""
    text, claims = "".join(_pieces(sheet, part)), "".join(_claims(sheet, part))
    return f'<div class="row"><p>{text}</p><ul>{claims}</ul></div>'


def _pieces(sheet: _Sheet, part: Span) -> Iterator[str]:
    for piece in pieces(sheet.extraction, part):
        kinds, style = list(piece.kinds), ""
        if piece.statement is not None:
            style = f' style="--hue:{sheet.hue(piece.statement)}"'
            thought = sheet.extraction.statements[piece.statement].mode == "thinking" and "said" in kinds
            kinds += ["thought"] if thought else []
        marked = f'<span class="{" ".join(kinds)}"{style} title="{escape(piece.title)}">{escape(piece.text)}</span>'
        yield marked if kinds else escape(piece.text)


def _claims(sheet: _Sheet, part: Span) -> Iterator[str]:
    """The propositions and events of a paragraph in the order of the text, coloured by who says so."""
    record = sheet.extraction
    here = {n for n, sentence in enumerate(record.sentences) if part.start <= sentence.start < part.end}
    found = [(p.spans[:1], p.statement, proposition_line(record, p)) for p in record.propositions if p.sentence in here]
    found += [((e.trigger,), e.statement, event_line(record, e)) for e in record.events if e.sentence in here]
    for _, statement, line in sorted(found, key=lambda item: item[0]):
        voice = "" if statement is None else f' class="voice" style="--hue:{sheet.hue(statement)}"'
        yield f"<li{voice}>{escape(line)}</li>"


__all__ = ["page"]
