"""Quotation marks + tokens -> quotations with their words; utterances: a quotation with the act that it belongs to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.act import Act
from kg.extract.quotation import outer, paragraphs, quoted
from kg.extract.tree import FINITE
from kg.extract.tree_index import index as index_of
from kg.records import Span

SENTENCE_END = frozenset({".", "!", "?"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation as its stretches (one a paragraph) and tokens; ``sentence`` if it is more than a word or title.

    ``container`` is the quotation it is nested in, by index; ``paragraph`` the paragraph that it begins in.
    """

    index: int
    spans: tuple[Span, ...]
    outer: Span
    tokens: frozenset[int]
    first: int
    last: int
    sentence: bool
    container: int | None
    paragraph: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """An act with its quotations, by index; or a quotation without a cue, and who the sentence before is about."""

    act: Act | None
    quotes: tuple[int, ...] = ()
    speaker: Token | None = None


@dataclass(frozen=True, slots=True)
class Quotes:
    """All quotations of a document; ``holder`` gives for each token the innermost one that it stands in, by index."""

    doc: Doc
    text: str
    items: tuple[Quote, ...]
    holder: tuple[int | None, ...]
    edges: tuple[int, ...]
    sentences: tuple[int, ...]

    def of(self, indices: Sequence[int]) -> list[Quote]:
        """The quotations with these indices."""
        return [self.items[i] for i in indices]

    def paragraph(self, position: int) -> int:
        """The number of the paragraph that a character of the text stands in."""
        return bisect_right(self.edges, position) - 1

    def sentence(self, token: int) -> int:
        """The number of the sentence that a token stands in."""
        return bisect_right(self.sentences, token) - 1


def quotes(doc: Doc, spans: Sequence[Span]) -> Quotes:
    """The document's quotations with their tokens; nested ones come after those that hold them."""
    known = index_of(doc)
    text, starts = known.text, known.starts
    top = quoted(text, spans)
    outermost = {span for group in top for span in group}
    groups = [*top, *((span,) for span in spans if span not in outermost)]
    edges = tuple(paragraph.start for paragraph in paragraphs(text))
    holder: list[int | None] = [None] * len(doc)
    found: list[Quote] = []
    for group in sorted(groups, key=lambda group: (group[0].start, -group[-1].end)):
        tokens = [i for start, end in group for i in range(bisect_left(starts, start), bisect_left(starts, end))]
        tokens = [i for i in tokens if not known.tokens[i].is_space]
        if tokens:
            around = Span(outer(text, group[0]).start, outer(text, group[-1]).end)
            place = bisect_right(edges, around.start) - 1
            found.append(Quote(len(found), group, around, frozenset(tokens), tokens[0], tokens[-1],
                               _is_sentence(doc, tokens), holder[tokens[0]], place))  # fmt: skip
            for i in tokens:
                holder[i] = found[-1].index
    return Quotes(doc, text, tuple(found), tuple(holder), edges, tuple(sentence.start for sentence in doc.sents))


def _is_sentence(doc: Doc, tokens: Sequence[int]) -> bool:
    """Whether quoted words are a clause that somebody said, no single word, phrase or title."""
    known = index_of(doc)
    words = [known.tokens[i] for i in tokens if not known.silent[i]]
    ended = doc[tokens[-1]].text in SENTENCE_END and words[:1] and words[0].tag_ == "VB"  # «"Ask me in May."»
    if len(words) < 2 or not (ended or any(word.tag_ in FINITE for word in words)):
        return False
    return not all(word.text[0].isupper() or word.pos_ in ("ADP", "DET", "CCONJ", "PART") for word in words[1:])


__all__ = ["SENTENCE_END", "Quote", "Quotes", "Utterance", "quotes"]
