"""The named graph of one article in the making: its triples, each once, and the stretches of text they rest on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from kg import names
from kg.emit.terms import Term, name, text, typed
from kg.records import Extraction, Span

CONTEXT = 80  # code points shown on either side of a stretch that lies in no sentence


class Draft:
    """What is written of one article so far; ``add`` may be called with the same triple again."""

    def __init__(self, extraction: Extraction, *, base: str) -> None:
        self.extraction = extraction
        self.base = base
        self.id = extraction.article.id
        self.text = extraction.article.text
        self._sentences = sorted(extraction.sentences)
        self._starts = [sentence.start for sentence in self._sentences]
        self._quads: dict[Quad, None] = {}
        self._stretches: dict[Span, NamedNode] = {}
        self._nodes: dict[tuple[str, str], NamedNode] = {}
        self.article = self.mint("article", self.id)

    def mint(self, kind: str, key: str) -> NamedNode:
        """The IRI of a node of this graph's base."""
        node = self._nodes.get((kind, key))
        if node is None:
            node = self._nodes[kind, key] = NamedNode(names.mint(kind, key, base=self.base))
        return node

    def add(self, subject: NamedNode, predicate: str | NamedNode, value: Term | None) -> None:
        """Write one triple; nothing where there is no value."""
        if value is not None:
            property_ = name(predicate) if isinstance(predicate, str) else predicate
            self._quads[Quad(subject, property_, value, self.article)] = None

    def quads(self) -> list[Quad]:
        """All that is written, in the order in which it was."""
        return list(self._quads)

    def words(self, *spans: Span) -> str:
        """The words of some stretches, verbatim; several are joined by an ellipsis."""
        return " … ".join(self.text[start:end] for start, end in spans)

    def stretch(self, span: Span) -> NamedNode:
        """The IRI of a stretch of the article, described once as a Web Annotation resource with its selector."""
        if span not in self._stretches:
            self._stretches[span] = self._describe(span)
        return self._stretches[span]

    def evidence(self, node: NamedNode, spans: Iterable[Span], *, sentence: int | None = None) -> None:
        """Say where a node is borne out; without spans, by its sentence."""
        stretches = joined(spans, self.text)
        if not stretches and sentence is not None and sentence < len(self.extraction.sentences):
            stretches = (Span(*self.extraction.sentences[sentence]),)
        for span in stretches:
            self.add(node, "kg:evidence", self.stretch(span))

    def _describe(self, span: Span) -> NamedNode:
        start, end = span
        resource = NamedNode(names.evidence(self.id, start, end, base=self.base))
        selector = NamedNode(f"{self.article.value}#selector={start},{end}")
        before, after = self._context(span)
        self.add(resource, "rdf:type", name("oa:SpecificResource"))
        self.add(resource, "oa:hasSource", self.article)
        self.add(resource, "oa:hasSelector", selector)
        self.add(selector, "rdf:type", name("oa:TextPositionSelector"))
        self.add(selector, "rdf:type", name("oa:TextQuoteSelector"))
        self.add(selector, "oa:start", typed(str(start), "xsd:nonNegativeInteger"))
        self.add(selector, "oa:end", typed(str(end), "xsd:nonNegativeInteger"))
        self.add(selector, "oa:exact", text(self.text[start:end]))
        self.add(selector, "oa:prefix", text(before) if before else None)
        self.add(selector, "oa:suffix", text(after) if after else None)
        return resource

    def _context(self, span: Span) -> tuple[str, str]:
        """The words from the sentence's start and to its end, so that a reader sees the stretch in its sentence."""
        first = self._sentence_at(span.start)
        last = self._sentence_at(max(span.start, span.end - 1))
        start = first.start if first else max(0, span.start - CONTEXT)
        end = last.end if last else span.end + CONTEXT
        return self.text[start : span.start], self.text[span.end : max(end, span.end)]

    def _sentence_at(self, position: int) -> Span | None:
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and position < self._sentences[index].end:
            return self._sentences[index]
        return None


def joined(spans: Iterable[Span], words: str) -> tuple[Span, ...]:
    """Stretches in order, those that overlap or have only blanks between them made one.

    >>> joined([Span(4, 7), Span(0, 3), Span(10, 12)], "one two or so")
    (Span(start=0, end=7), Span(start=10, end=12))
    """
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and (start <= result[-1].end or not words[result[-1].end : start].strip()):
            result[-1] = Span(result[-1].start, max(end, result[-1].end))
        else:
            result.append(Span(start, end))
    return tuple(result)
