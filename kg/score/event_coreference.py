"""Events across documents: which mentions of events in MEANTIME's articles are of one event, by the keys of our graph.

    python -m kg.score.event_coreference --data DATA [--joins]

The corpus counts as one document: a mention is the head word of an annotated event mention in an article, a cluster
all mentions with one ``instance_id`` of the annotation (those without one belong to an event of their article alone),
and of ours all with one key of ``resolve``. Articles are read as a whole and with their dates. Only the joining is
judged, not the finding: mentions whose head is the head of a trigger of ours count, clusters of one mention too.

The annotators joined by words more than by deeds («be», «sales» of three years), and of the mentions that both sides
have hardly two in different articles are of one event: "links across articles" are pairs of such mentions. What is
joined across articles is better judged by reading (``--joins``). Beside it stands the plain answer: events of one class
and lemma are one within an article, and none across.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from kg.records import Article, Extraction, Resolution, Span
from kg.score import Row, times
from kg.score.coref_metrics import Pair, clusters, scores
from kg.score.meantime import Linked, articles, linked

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABEL = "events across articles, MEANTIME"
Mention = tuple[str, int]
"""An article and the number of a word in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One mention that both sides have: its event by the annotators, by us, and by the plain answer."""

    mention: Mention
    theirs: str
    ours: str
    plain: str


def read_all(data: Path, *, model: str | None = None) -> Iterator[tuple[Linked, Doc, Resolution]]:
    """Each article, read by us as a whole and resolved together with the others."""
    from kg import extract, language, ontology, resolve

    nlp, meanings = language.load(model), ontology.load()
    golds = [linked(path, "EVENT") for path in articles(data)]
    docs = [language.parse_sentences(gold.sentences, nlp) for gold in golds]
    for gold, doc in zip(golds, docs, strict=True):
        doc.user_data["article"] = Article.of(doc.text, date=times.document(gold.path).date)
    yield from zip(golds, docs, resolve.resolve(extract.extraction(doc, meanings) for doc in docs), strict=True)


def told(gold: Linked, doc: Doc, found: Resolution) -> Iterator[Told]:
    """The mentions that both sides have; of two triggers with one head, the first."""
    theirs = {doc[words[0] : words[-1] + 1].root.i: event for words, event in gold.mentions}
    for event, key in zip(found.extraction.events, found.events, strict=True):
        head = _head(doc, event.trigger)
        if head in theirs:
            lemma = doc[head].lemma_.lower()
            yield Told((gold.path.stem, head), theirs.pop(head), key, f"{gold.path.stem} {event.class_} {lemma}")


def _head(doc: Doc, span: Span) -> int:
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    assert found is not None, span
    return found.root.i


def rows(data: Path, *, model: str | None = None) -> Iterator[Row]:
    """B³, CoNLL F1 and links across articles, ours and the plain answer's."""
    mentions = [one for gold, doc, found in read_all(data, model=model) for one in told(gold, doc, found)]
    yield Row(LABEL, "mentions compared (number)", len(mentions))
    for name, answer in (("", [one.ours for one in mentions]), ("plain, ", [one.plain for one in mentions])):
        found = scores([pair(mentions, answer)])
        yield Row(LABEL, f"{name}CoNLL F1", found.conll)
        yield Row(LABEL, f"{name}B³ F1", found.b_cubed.f1)
        for measure, value in zip(("precision", "recall"), across(mentions, answer), strict=True):
            yield Row(LABEL, f"{name}links across articles, {measure}", value)


def pair(mentions: Sequence[Told], answer: Sequence[str]) -> Pair:
    """Key and response over the mentions that both sides have."""
    key = clusters(((one.mention, one.theirs) for one in mentions), singletons=True)
    return key, clusters(zip((one.mention for one in mentions), answer, strict=True), singletons=True)


def across(mentions: Sequence[Told], answer: Sequence[str]) -> tuple[float, float]:
    """Precision and recall, in percent, of pairs of mentions of different articles that are of one event."""
    theirs, ours = (_links(mentions, events) for events in ([one.theirs for one in mentions], answer))
    right = len(theirs & ours)
    return 100 * right / max(1, len(ours)), 100 * right / max(1, len(theirs))


def _links(mentions: Sequence[Told], events: Sequence[str]) -> set[tuple[Mention, Mention]]:
    same: dict[str, list[Mention]] = {}
    for one, event in zip(mentions, events, strict=True):
        same.setdefault(event, []).append(one.mention)
    return {(a, b) for group in same.values() for a, b in combinations(sorted(group), 2) if a[0] != b[0]}


def joins(data: Path, *, model: str | None = None) -> Iterator[str]:
    """Every event of ours that two articles or more tell of: its key, and the sentences, to be read and judged."""
    told_in: dict[str, dict[str, list[str]]] = {}
    for gold, _, found in read_all(data, model=model):
        for event, key in zip(found.extraction.events, found.events, strict=True):
            said = _sentence(found.extraction, event.sentence)
            told_in.setdefault(key, {}).setdefault(gold.path.stem, []).append(said)
    for key, told in sorted(told_in.items()):
        if len(told) > 1:
            yield key
            yield from (f"    {name[:30]}: {words}" for name, said in told.items() for words in dict.fromkeys(said))


def _sentence(extraction: Extraction, number: int) -> str:
    return extraction.article.text[slice(*extraction.sentences[number])].strip()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, or what is joined."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of public data sets")
    parser.add_argument("--model", help="another language model")
    parser.add_argument("--joins", action="store_true", help="print the events that several witnesses tell of")
    given = parser.parse_args(arguments)
    if given.joins:
        for line in joins(given.data, model=given.model):
            print(line)
    else:
        for row in rows(given.data, model=given.model):
            print(f"{row.data:40} {row.measure:34} {row.value:6.1f}")


if __name__ == "__main__":
    main()
