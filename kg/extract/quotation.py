"""Direct quotations by their marks alone: ``quotations(text)`` gives the stretches between the marks.

Straight, curly, low and TeX double marks (mixed in one quotation, as feeds do), guillemets, and single marks
where they are clearly no apostrophes; nested quotations are given too, after the one they stand in. A quotation
that runs over paragraphs gives one stretch a paragraph. A mark that is never closed ends with its paragraph, so
that a slip of the typesetter cannot swallow the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from kg.records import Span

_OPENING = {'"': "double", "“": "double", "„": "double", "‟": "double", "«": "guillemet", "‹": "chevron"}
_CLOSING = {'"': "double", "”": "double", "“": "double", "»": "guillemet", "›": "chevron"}
_MARKS = re.compile(r"``|''|[\"“”„‟«»‹›]")
_MIRROR = {"”": "double", "»": "guillemet", "›": "chevron"}
_BEFORE_OPENING = frozenset("([{-–—/‘'*_")
_AFTER_CLOSING = frozenset(".,;:!?)]}-–—/…’'*_")
# Words that begin with an apostrophe and open no quotation: 'em, 'til, '90s.
_SINGLE = re.compile("[‘']")
_ELISION = re.compile(r"(?:\d\ds?|em|til|till|tis|twas|cause|cos|n|round|bout|neath|er|im)\b", re.IGNORECASE)
_WRAPPED = 100  # characters: text whose lines are all shorter is taken to be wrapped by hand


class _Mark(NamedTuple):
    """A quotation mark: where it stands, its family, and which sides its surroundings allow."""

    start: int
    end: int
    family: str
    opens: bool
    closes: bool


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text without outer blanks: parted by line breaks, or by blank lines where lines are wrapped.

    >>> paragraphs("One.\\n\\nTwo.")
    (Span(start=0, end=4), Span(start=6, end=10))
    """
    wrapped = "\n\n" in text and max(map(len, text.split("\n"))) <= _WRAPPED
    pattern = r"\n[^\S\n]*\n\s*" if wrapped else r"\s*\n\s*"
    edges = [0, *(edge for gap in re.finditer(pattern, text) for edge in gap.span()), len(text)]
    spans = (trimmed(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    return tuple(span for span in spans if span.start < span.end)


def trimmed(text: str, start: int, end: int) -> Span:
    """The stretch without blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def quotations(text: str) -> tuple[Span, ...]:
    """The stretches inside quotation marks, without the marks, in order; a nested one follows its outer one.

    ``outer`` gives the stretch with its marks, ``unclosed`` whether the closing mark is missing.

    >>> text = 'He said "we won" twice.'
    >>> [text[start:end] for start, end in quotations(text)]
    ['we won']
    """
    parts = paragraphs(text)
    found = [span for paragraph in parts for span in _in_paragraph(text, paragraph)]
    found += _left_open(text, parts, found)
    return tuple(sorted(set(found), key=lambda span: (span.start, -span.end)))


def _left_open(text: str, parts: Sequence[Span], found: Sequence[Span]) -> Iterator[Span]:
    """What a single mark opens and leaves open to the paragraph's end, where the next paragraph opens with one again.

    A single mark alone may be an apostrophe; before a paragraph that begins with another it is a quotation's.
    """
    for paragraph, following in pairwise(parts):
        mark = text[following.start]
        if mark not in "'‘" or not _opens_single(text, following.start, following):
            continue
        inside = [span.end for span in found if paragraph.start <= span.start < paragraph.end]
        at = text.rfind(mark, max([paragraph.start, *inside]), paragraph.end)
        whole = at >= 0 and _opens_single(text, at, paragraph) and text[paragraph.end - 1] in ".!?…"
        if whole and not any(span.start > at for span in found if span.end <= paragraph.end):
            yield Span(at + 1, paragraph.end)


def outer(text: str, span: Span) -> Span:
    """A quotation with its marks, as far as they are there.

    >>> outer('say "no" now', Span(5, 7))
    Span(start=4, end=8)
    """
    start = span.start - (2 if text[max(span.start - 2, 0) : span.start] == "``" else 1)
    if unclosed(text, span):
        return Span(start, span.end)
    return Span(start, span.end + (2 if text[span.end : span.end + 2] == "''" else 1))


def unclosed(text: str, span: Span) -> bool:
    """Whether a quotation has no closing mark: it goes on in the next paragraph, or the mark was forgotten."""
    return text[span.end : span.end + 1] not in {*'"”“»«›‹’', "'"}


def quoted(text: str, spans: Sequence[Span]) -> tuple[tuple[Span, ...], ...]:
    """The outermost quotations, each as its stretches: several where it runs over paragraphs.

    A paragraph continues the quotation of the one before if that was left open and this one opens again.
    """
    groups: list[list[Span]] = []
    for span in spans:
        last = groups[-1][-1] if groups else None
        if last and span.end <= last.end:
            continue
        between = text[last.end : outer(text, span).start] if last else ""
        if last and unclosed(text, last) and "\n" in between and not between.strip():
            groups[-1].append(span)
        else:
            groups.append([span])
    return tuple(tuple(group) for group in groups)


def _in_paragraph(text: str, paragraph: Span) -> Iterator[Span]:
    """The quotations of one paragraph, in no order."""
    pairs = _pairs(_double_marks(text, paragraph), paragraph.end)
    doubles = [span if closed else trimmed(text, *span) for span, closed in pairs if text[slice(*span)].strip()]
    crossing = _crossing(doubles)
    doubles = [span for span in doubles if span not in crossing]
    yield from doubles
    singles = list(_singles(text, paragraph))
    crossing = _crossing([*doubles, *singles]) | _crossing([*doubles, *singles], backwards=True)
    yield from (single for single in singles if single not in crossing)


def _crossing(spans: Iterable[Span], *, backwards: bool = False) -> set[Span]:
    """The stretches that begin within one that began before them and ends before they do.

    ``backwards``: those that end within one that ends after them and began after they did.
    """
    found: set[Span] = set()
    turned = [Span(-end, -start) if backwards else Span(start, end) for start, end in spans]
    ends: list[int] = []
    for _, group in groupby(sorted(turned), key=lambda span: span.start):
        together = list(group)
        for start, end in together:
            place = bisect_right(ends, start)
            if place < len(ends) and ends[place] < end:
                found.add(Span(-end, -start) if backwards else Span(start, end))
        for span in together:
            insort(ends, span.end)
    return found


def _double_marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    """Every mark of a paragraph that is not a single one, with the sides it may be on."""
    for match in _MARKS.finditer(text, *paragraph):
        start, end = match.span()
        before = text[start - 1 : start] if start > paragraph.start else ""
        after = text[end : end + 1] if end < paragraph.end else ""
        glyph = match[0]
        if glyph in ("``", "''"):
            yield _Mark(start, end, "double", glyph == "``", glyph == "''")
        elif not (glyph == '"' and before.isdigit() and _is_inches(text, paragraph, start)):
            yield _sided(glyph, start, end, before, after)


def _sided(glyph: str, start: int, end: int, before: str, after: str) -> _Mark:
    """A mark with its sides: a curly one by its form unless its surroundings gainsay it, a straight one by them."""
    can_open = bool(after.strip()) and (not before.strip() or before in _BEFORE_OPENING or before in _OPENING)
    can_close = bool(before.strip()) and (not after.strip() or after in _AFTER_CLOSING or after in _CLOSING)
    family = _OPENING.get(glyph) or _CLOSING[glyph]
    if glyph == '"':
        either = can_open == can_close
        return _Mark(start, end, family, can_open or either, can_close or either)
    if glyph in _MIRROR:
        return _Mark(start, end, family, glyph == "”" and can_open and not can_close, True)
    closes = glyph == "“" and (can_close and not can_open)
    return _Mark(start, end, family, not closes, closes)


def _is_inches(text: str, paragraph: Span, start: int) -> bool:
    """Whether a straight mark after a digit measures inches: no straight or curly mark stands open before it."""
    return sum(text.count(mark, paragraph.start, start) for mark in "\"“”") % 2 == 0


def _pairs(marks: Iterator[_Mark], end: int) -> Iterator[tuple[Span, bool]]:
    """The stretches between marks and whether they were closed; one left open ends at the next opening or ``end``."""
    stack: list[_Mark] = []
    levels: defaultdict[str, list[int]] = defaultdict(list)  # by family, where in the stack its open marks are
    seen: defaultdict[str, list[int]] = defaultdict(list)  # by family, where its opening marks stand
    for mark in marks:
        if mark.closes and levels[mark.family]:
            level = levels[mark.family][-1]
            yield Span(stack[level].end, mark.start), True
            for closed in stack[level:]:
                levels[closed.family].pop()
            del stack[level:]
        elif mark.opens:
            levels[mark.family].append(len(stack))
            stack.append(mark)
            seen[mark.family].append(mark.start)
    for mark in stack:
        following = seen[mark.family]
        place = bisect_right(following, mark.start)
        yield Span(mark.end, following[place] if place < len(following) else end), False


def _singles(text: str, paragraph: Span) -> Iterator[Span]:
    """Quotations in single marks: opened before a word, closed after one, apostrophes passed over."""
    at, left_open = paragraph.start, ""
    while found := _SINGLE.search(text, at, paragraph.end):
        at = found.start()
        if text[at] not in left_open and _opens_single(text, at, paragraph):
            close = _closing_single(text, at, paragraph)
            if close is not None:
                yield Span(at + 1, close)
                at = close
            else:  # nor will a later one be closed
                left_open += text[at]
        at += 1


def _opens_single(text: str, at: int, paragraph: Span) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if not (before.isspace() or before in '([{–—"“«') or not (after.isalnum() or after in '"“$€£['):
        return False
    return not _ELISION.match(text, at + 1)


def _closing_single(text: str, at: int, paragraph: Span) -> int | None:
    """Where the single mark opened at ``at`` closes; that of "workers' rights" only if nothing better comes."""
    closing = "’'" if text[at] == "‘" else "'"
    later = (
        i
        for i in range(at + 2, paragraph.end)
        if text[i] in closing
        and not text[i - 1].isspace()
        and not text[i + 1 : i + 2].isalnum()
        and text[i - 1 : i + 1] != "''"
    )
    for position, following in pairwise(chain(later, (None,))):
        assert position is not None
        possessive = text[position - 1] in "sS" and re.match(r"\s[a-z0-9]", text[position + 1 : position + 3])
        reopened = following is not None and not re.search(r"[\s(]['‘]\w", text[position:following])
        if not (possessive and reopened):
            return position
    return None


__all__ = ["outer", "paragraphs", "quotations", "quoted", "trimmed", "unclosed"]
