"""Doc -> turns: paragraphs that begin with who speaks and a colon, as in a printed interview or a headline.

    The Ledger: Is it over?          a turn of an interview, where several paragraphs begin so: the very words
    Police: no injuries in blast     a line without a full stop: a headline, in the paper's words
    No injuries in blast: police     the same the other way round
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.quotation import paragraphs
from kg.records import Mention, Span

_LABEL = re.compile(r"(?:\d{1,2}[:.]\d\d\s+)?(?P<label>[^\W\d_][^:\n\"“”«»]{0,60}?):\s+(?=\S)")
_BRACKETED = re.compile(r"\(\((?P<label>[^()\n]{1,40})\)\)\s+(?=\S)")  # «((Wikinews)) Is it over?»
_LAST = re.compile(r"[^\n\"“”«»]+:\s+(?P<label>[^:\n\"“”«».?!]{2,40})$")
_LONGEST = 6  # words of a label
_ANIMATE = frozenset({"Person", "Organization", "Group"})
_FEWEST = 3  # paragraphs with a label, by two speakers or more, that make an interview


@dataclass(frozen=True, slots=True)
class Turn:
    """What stands behind a label: ``label`` and ``content`` in the text; ``verbatim`` in an interview."""

    label: Span
    content: Span
    verbatim: bool


def turns(text: str, mentions: Sequence[Mention]) -> tuple[Turn, ...]:
    """The turns of a text, in order."""
    named = {mention.head.end: mention for mention in mentions if mention.kind in _ANIMATE or mention.form == "name"}
    labelled = _canonical(text, [one for part in paragraphs(text) if (one := _labelled(text, part, named)) is not None])
    speakers = {text[slice(*label)].split()[-1].casefold() for label, _ in labelled}
    if len(labelled) >= _FEWEST and 1 < len(speakers) < len(labelled):
        return tuple(Turn(label, content, verbatim=True) for label, content in labelled)
    animate = {end: mention for end, mention in named.items() if mention.kind in _ANIMATE}
    told = [found for found in labelled if found[0].end in animate and _is_headline(text, found[1])]
    headlines = [Turn(*found, verbatim=False) for found in told]
    return tuple(sorted([*headlines, *_reversed(text, animate)], key=lambda turn: turn.content.start))


def _labelled(text: str, paragraph: Span, named: dict[int, Mention]) -> tuple[Span, Span] | None:
    """The label of a paragraph and what stands behind it."""
    match = _BRACKETED.match(text, *paragraph) or _LABEL.match(text, *paragraph)
    if match is None:
        return None
    label = Span(*match.span("label"))
    if text[paragraph.start] == "(" or _is_initials(text[slice(*label)]):
        return (label, Span(match.end(), paragraph.end)) if match.end() < paragraph.end else None
    mention = named.get(label.end)
    fits = mention is not None and len(text[slice(*label)].split()) <= _LONGEST and mention.start >= label.start
    return (label, Span(match.end(), paragraph.end)) if fits and match.end() < paragraph.end else None


def _is_initials(label: str) -> bool:
    return label.isupper() and label.isalpha() and 1 < len(label) < 5


def _canonical(text: str, labelled: Sequence[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """The turns with short labels replaced by the first of the same speaker: «NG» by «Natasha Gownaris», any in double
    brackets by the first; initials of nobody are none.
    """
    first: dict[str, Span] = {}
    for label, _ in labelled:
        words = text[slice(*label)].split()
        if text[label.start - 1 : label.start] == "(":
            first.setdefault("((", label)
        elif len(words) > 1:
            first.setdefault("".join(word[0] for word in words).upper(), label)
    found: list[tuple[Span, Span]] = []
    for label, content in labelled:
        whole = text[slice(*label)]
        if text[label.start - 1 : label.start] == "(":
            found.append((first["(("], content))
        elif not _is_initials(whole) or whole in first:
            found.append((first.get(whole, label), content))
    return found


def _is_headline(text: str, content: Span) -> bool:
    """Whether what stands behind a label is one line of plain words without a full stop."""
    words = text[slice(*content)]
    return words[-1] not in ".!?:;,\"”»’'" and not re.search(r"[\"“”«»\n]|[.!?]\s", words) and len(words.split()) > 2


def _reversed(text: str, named: dict[int, Mention]) -> Iterator[Turn]:
    for part in paragraphs(text):
        match = _LAST.match(text[slice(*part)])
        if match is None:
            continue
        label = Span(part.start + match.start("label"), part.end)
        mention = named.get(label.end)
        words = text[part.start : label.start].rstrip()[:-1]
        if words.split()[-1][:1].isupper():
            continue  # «Lee as a ranger from Fallout: New Vegas»
        if mention is not None and mention.start == label.start and len(words.split()) > 3 and "." not in words:
            yield Turn(label, Span(part.start, part.start + len(words)), verbatim=False)


__all__ = ["Turn", "turns"]
