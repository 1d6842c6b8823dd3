"""Quotations without a cue -> part of the neighbour's utterance, or one of their own by the same speaker."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from kg.extract.act import Act
from kg.extract.quotes import SENTENCE_END, Quote, Quotes, Utterance
from kg.extract.source import is_silent, sentence_root, subject


def continued(
    quotes: Quotes,
    owner: dict[int, int],
    by_cue: Mapping[int, Act],
    media: Mapping[str, str],
    apart: Mapping[int, Act],
) -> list[Utterance]:
    """Quotations without a cue: part of the neighbour's utterance, or one of their own by the same speaker."""
    loose = [Utterance(None, (index,), act.speaker) for index, act in sorted(apart.items())]
    outermost, text = [quote for quote in quotes.items if quote.container is None], quotes.text
    for i in reversed(range(len(outermost) - 1)):  # «"A." "B," said X»
        quote, following = outermost[i], outermost[i + 1]
        adjacent = not text[quote.outer.end : following.outer.start].strip() and quote.paragraph == following.paragraph
        if adjacent and quote.index not in owner and quote.sentence and following.index in owner:
            owner[quote.index] = owner[following.index]
    previous: Quote | None = None
    for quote in outermost:
        if quote.index not in owner and quote.index not in apart and (quote.sentence or _is_remark(quotes, quote)):
            if previous is not None and previous.index in owner and _carries_on(quotes.doc, previous, quote):
                owner[quote.index] = owner[previous.index]
            elif quote.sentence and _stands_alone(quotes.doc, quote):
                loose.append(Utterance(None, (quote.index,), _narrated(quote, quotes, by_cue, media)))
        previous = quote
    return loose


def _is_remark(quotes: Quotes, quote: Quote) -> bool:
    """«"…," she laughed. "World champion!"»: words with a full stop of their own, where a sentence begins."""
    doc = quotes.doc
    before = [token for token in doc[max(quote.first - 4, 0) : quote.first] if token.idx < quote.outer.start]
    begins = not before or before[-1].text in SENTENCE_END
    return begins and doc[quote.last].text in SENTENCE_END and quote.container is None


def _stands_alone(doc: Doc, quote: Quote) -> bool:
    """Whether a quotation begins like a sentence, or where one begins; else it is a piece of the writer's own."""
    before = [token for token in doc[max(quote.first - 4, 0) : quote.first] if token.idx < quote.outer.start]
    begins = not before or before[-1].text in SENTENCE_END or before[-1].is_space
    return begins or not doc[quote.first].text[:1].islower()


def _carries_on(doc: Doc, previous: Quote, quote: Quote) -> bool:
    """«"A," X said. "B."»: nothing but the rest of the cue's sentence between two quotations of a paragraph."""
    if previous.paragraph != quote.paragraph or (not previous.sentence and doc[previous.last].text != ","):
        return False
    between = [doc[i] for i in range(previous.last + 1, quote.first) if doc[i].idx >= previous.outer.end]
    ends = [token for token in between if token.text in SENTENCE_END]
    words = [token for token in between if not is_silent(token)]
    return len(ends) <= 1 and (not ends or all(word.i < ends[0].i for word in words))


def _narrated(quote: Quote, quotes: Quotes, by_cue: Mapping[int, Act], media: Mapping[str, str]) -> Token | None:
    """The speaker of a quotation without a cue: who the sentence before it, in its paragraph, is about."""
    doc, start = quotes.doc, quotes.edges[quote.paragraph]
    begin = quote.first
    while begin > 0 and doc[begin - 1].idx >= start:
        begin -= 1
    before = [token for token in doc[begin : quote.first] if token.idx < quote.outer.start and not token.is_space]
    if not before:
        return None
    said = [act for act in by_cue.values() if act.speaker is not None and before[0].i <= act.cue.i < quote.first]
    if said:
        return max(said, key=lambda act: act.cue.i).speaker
    return subject(sentence_root(before[-1]), media=media)


__all__ = ["continued"]
