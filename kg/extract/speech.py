"""Doc -> statements: who said what, how it is quoted, to whom, through whom and when.

``saying`` finds the acts that the tree shows, ``utterance`` joins them with the quotation marks, ``voices`` tells
who takes part; here they become ``Statement``s: one for each act of saying, nested by ``parent``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from spacy.tokens import Doc, Token

from kg.extract import conveyed, saying, transcript, utterance, voices
from kg.extract.act import Act, Cues
from kg.extract.source import AUTHORING
from kg.extract.tree_index import index as index_of
from kg.extract.quotes import Quote, Quotes, Utterance
from kg.extract.quotes import quotes as quotes_of
from kg.records import Mention, QuotationKind, Reference, Span, Statement, Time

REACH = 2  # paragraphs from a speaker's last words to a quotation without a cue
_NO_MEDIA: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Draft:
    """A statement with what it takes to nest it: its first token, its cue's, and those of acts in a chain with it.

    ``source_of`` is the cue of the act that it is the source of, ``passes_on`` that of the act that it quotes.
    """

    statement: Statement
    first: int
    cue: int | None = None
    source_of: int | None = None
    passes_on: int | None = None


def statements(
    doc: Doc,
    mentions: Sequence[Mention],
    times: Sequence[Time],
    quotations: Sequence[Span],
    cues: Cues,
    *,
    media: Mapping[str, str] = _NO_MEDIA,
) -> tuple[Statement, ...]:
    """Every act of saying in a document, in the order in which cue or content begins, outer ones first.

    ``quotations`` are those of ``quotation.quotations``, ``cues`` and ``media`` the ontology's tables. A speaker,
    addressee or outlet refers to an entity of ``mentions``, a time to ``times`` by index. ``content`` holds exactly
    the words conveyed: inside the marks of a direct quotation, without the "that" of an indirect one.
    """
    scene = voices.Scene(doc, mentions, times, media)
    quotes = quotes_of(doc, quotations)
    acts = saying.acts(doc, cues, media)
    acts = [saying.contrasts_removed(act, acts) for act in acts]
    drafts: list[_Draft] = []
    for spoken in sorted(utterance.utterances(quotes, acts, cues, media), key=lambda one: _order(one, quotes)):
        draft = _draft(scene, spoken, quotes, drafts)
        if draft is not None:
            drafts.append(draft)
    said = transcript.turns(quotes.text, mentions)
    drafts = [_without_reporter(draft, quotes, said) for draft in drafts]
    drafts += _turns(scene, said, quotes)
    return _nested(sorted(drafts, key=lambda draft: draft.first) if said else drafts)


def innermost(statements: Sequence[Statement], start: int, end: int) -> int | None:
    """The index of the innermost statement whose content covers a stretch of text, or None.

    Of statements with the same content (a chain of sources) it is the one nested deepest.
    """
    best: tuple[int, int, int] | None = None
    for index, statement in enumerate(statements):
        for span in statement.content:
            if span.start <= start and end <= span.end:
                rank = (sum(s.end - s.start for s in statement.content), -_depth(statements, index), index)
                best = rank if best is None or rank < best else best
    return best[2] if best else None


def _depth(statements: Sequence[Statement], index: int) -> int:
    depth, parent = 0, statements[index].parent
    while parent is not None and depth < len(statements):
        depth, parent = depth + 1, statements[parent].parent
    return depth


# --- one statement -----------------------------------------------------------------------------------------------


def _order(spoken: Utterance, quotes: Quotes) -> tuple[int, int, int]:
    """Sort key: where cue or content begins, then the longer, then the one that is nobody's source."""
    tokens = {token for quote in quotes.of(spoken.quotes) for token in quote.tokens}
    if spoken.act is None:
        return min(tokens), -len(tokens), 0
    tokens |= spoken.act.content | {spoken.act.cue.i}
    return min(tokens), -len(tokens), int(spoken.act.source_of is not None)


def _draft(scene: voices.Scene, spoken: Utterance, quotes: Quotes, before: Sequence[_Draft]) -> _Draft | None:
    own = quotes.of(spoken.quotes)
    if spoken.act is None:
        return _uncued(scene, own[0], spoken.speaker, quotes, before)
    if not own and quotes.holder[spoken.act.cue.i] is not None and _is_first_person(spoken.act):
        return None  # «"We have shown that it works," he said»: no saying within his own words
    act = conveyed.without_leading_time(conveyed.enclosed(spoken.act, quotes), scene.doc, scene.times)
    act = conveyed.with_quotes(conveyed.within_semicolons(act, scene.doc), own, scene.doc)
    if not act.content:
        return None
    act = conveyed.with_speaker(act, scene.doc)
    content = conveyed.stretches(scene.doc, act, own, quotes)
    if not content or not _may_speak(scene, act):
        return None
    about = voices.circumstances(scene, act)
    words = scene.doc[act.words[0] : act.words[-1] + 1] if act.words else None
    cue = Span(words.start_char, words.end_char) if words is not None else None
    statement = Statement(
        about.speaker, cue, content, conveyed.kind(scene.doc, act, own, quotes), about.addressee, about.via, None,
        about.medium, about.time, quotes.sentence(act.cue.i if act.words else min(act.content)), about.anonymous,
        about.joint, act.kind, act.commitment,
    )  # fmt: skip
    return _Draft(statement, min(act.content), act.cue.i, act.source_of, act.passes_on)


def _is_first_person(act: Act) -> bool:
    return act.speaker is not None and act.speaker.lower_ in ("i", "we", "my", "our")


def _without_reporter(draft: _Draft, quotes: Quotes, turns: Sequence[transcript.Turn]) -> _Draft:
    """«he told me»: what is quoted by nobody has the reporter in "me", of whom the article tells no name."""
    listener = draft.statement.addressee
    if listener is None or quotes.text[listener.start : listener.end].casefold() not in ("me", "us"):
        return draft
    quoted = [quote.outer for quote in quotes.items] + [turn.content for turn in turns]
    if any(span.start <= listener.start and listener.end <= span.end for span in quoted):
        return draft
    return replace(draft, statement=replace(draft.statement, addressee=None))


def _may_speak(scene: voices.Scene, act: Act) -> bool:
    """Whether the noun that a rule took for the speaker can be one, where the cue alone does not show it."""
    if act.rule == "statement-cited":
        return voices.is_source(scene, act.speaker) and voices.is_teller(scene, act.speaker)
    if act.rule == "statement-according":
        return voices.is_source(scene, act.speaker)
    if act.rule == "statement-behind-colon" and act.speaker is not None:
        return (
            act.cue.lemma_.lower() in AUTHORING or bool(act.speaker.ent_type_) or voices.is_animate(scene, act.speaker)
        )
    return True


def _uncued(
    scene: voices.Scene, quote: Quote, speaker: Token | None, quotes: Quotes, before: Sequence[_Draft]
) -> _Draft:
    """A quotation without a cue: by whom the sentence before it is about, else by the last direct speaker."""
    who = voices.reference(scene, speaker) if speaker is not None and voices.is_animate(scene, speaker) else None
    if who is None:
        who = _last_speaker(quote, quotes, before)
    content = tuple(conveyed.inside(quotes.text, span) for span in quote.spans)
    return _Draft(Statement(who, None, content, "direct", sentence=quotes.sentence(quote.first)), quote.first)


def _turns(scene: voices.Scene, turns: Sequence[transcript.Turn], quotes: Quotes) -> list[_Draft]:
    """The turns of an interview, each said to the other where two talk; headlines with who says so."""
    starts = index_of(scene.doc).starts
    speakers = [voices.reference_at(scene, turn.label) for turn in turns]
    entities = {speaker.entity for speaker in speakers}
    found: list[_Draft] = []
    for turn, speaker in zip(turns, speakers, strict=True):
        others = [one for one in speakers if one.entity != speaker.entity]
        listener = others[0] if turn.verbatim and len(entities) == 2 else None
        kind: QuotationKind = "direct" if turn.verbatim else "indirect"
        first = bisect_left(starts, turn.content.start)
        content = conveyed.inside(quotes.text, turn.content)
        statement = Statement(speaker, None, (content,), kind, listener, sentence=quotes.sentence(first))
        found.append(_Draft(statement, first))
    return found


def _last_speaker(quote: Quote, quotes: Quotes, before: Sequence[_Draft]) -> Reference | None:
    """The speaker of the last statement that stands in no other, not more than two paragraphs back.

    Nobody speaks to himself: «"The data are brown, Mr Roe."» is not said by Roe but by whoever spoke before.
    """
    words = quotes.text[quote.outer.start : quote.outer.end]
    for draft in reversed(before):
        statement = draft.statement
        if statement.speaker is not None and draft.first < quote.first:
            distance = quote.paragraph - quotes.paragraph(statement.content[-1].start)
            name = quotes.text[statement.speaker.start : statement.speaker.end].split()[-1]
            if name[:1].isupper() and f", {name}" in re.sub(r"\b(?:Mrs?|Ms|Dr|Sir)\.? ", "", words):
                continue
            return statement.speaker if distance <= REACH else None
    return None


# --- nesting -----------------------------------------------------------------------------------------------------


def _nested(drafts: Sequence[_Draft]) -> tuple[Statement, ...]:
    """The statements with their parents: the next link of a chain of sources, else the one whose words hold the cue.

    Who passes on another's words is what these come ``via``.
    """
    index_of = {draft.cue: i for i, draft in enumerate(drafts) if draft.cue is not None}
    quoted_by = {draft.passes_on: i for i, draft in enumerate(drafts) if draft.passes_on is not None}
    parents: list[int | None] = []
    found: list[Statement] = []
    for i, draft in enumerate(drafts):
        link = index_of.get(draft.source_of) if draft.source_of is not None else quoted_by.get(draft.cue or 0)
        parent = link if link is not None else _holder(drafts, i)
        via = drafts[link].statement.speaker if link is not None else draft.statement.via
        parents.append(parent)
        found.append(replace(draft.statement, via=via))
    return tuple(replace(one, parent=_acyclic(parents, i)) for i, one in enumerate(found))


def _acyclic(parents: Sequence[int | None], index: int) -> int | None:
    """The parent, or None for the first statement of a ring (two that hold each other's cue, in a garbled tree)."""
    seen, at = [index], parents[index]
    while at is not None and at not in seen:
        seen.append(at)
        at = parents[at]
    return None if at == index and index == min(seen) else parents[index]


def _holder(drafts: Sequence[_Draft], index: int) -> int | None:
    """The smallest other statement whose content holds this one's cue (or content, where it has no cue)."""
    inner = drafts[index].statement
    held = inner.cue or inner.content[0]
    best: tuple[int, int] | None = None
    for i, draft in enumerate(drafts):
        if i == index:
            continue
        if any(span.start <= held.start and held.end <= span.end for span in draft.statement.content):
            size = sum(span.end - span.start for span in draft.statement.content)
            best = min(best, (size, i)) if best else (size, i)
    return best[1] if best else None


__all__ = ["innermost", "statements"]
