"""MEANTIME across documents: which mentions of all articles are of one thing, by the keys of our graph.

The corpus counts as one document: a mention is a span of words in an article, a cluster all mentions with one
``instance_id`` of the annotation, and of ours all with one key of ``resolve``. Each article is read as a whole, but
only mentions in its title and first sentences (0 to 5) count, which are annotated in full. Pronouns are left out on
both sides: names and nominals count. A mention that the annotators link to nothing is a thing of its own.

What counts as the same mention: ``head``, ours has its head word among the heads of theirs (of several the smallest
that is not taken), and of theirs those with one head and one thing count once; ``exact``, the same words. A mention of
ours that is none of theirs stays in the response, where its kind is one that they annotate: they mark persons,
organisations, places, products and financial things alone.
As CoNLL scores are told, clusters of one mention are dropped on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.records import Extraction, Mention as Ours
from kg.score.coref_metrics import Pair, clusters
from kg.score.events import head_words
from kg.score.meantime import FOLDER, Linked, articles, linked
from kg.score.ontogum import phrase, top
from kg.resolve.words import FIRST, HE, IT, RELATIVE, SHE, THEY, WE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PRONOUNS = FIRST | WE | HE | SHE | IT | THEY | RELATIVE | {"you", "your", "this", "these", "those", "what"}
MARKED = frozenset({"Person", "Organization", "Place", "Product", "Group"})
"""Our kinds that MEANTIME annotates."""
Match = Literal["head", "exact"]
Mention = tuple[str, str, int, int]
"""An article, whose mention it is ("theirs", "ours"), its first word and its end."""


def read(path: Path) -> Linked:
    """One file of the corpus, its pronouns left out."""
    found = linked(path, "ENTITY")
    return replace(found, mentions=tuple(one for one in found.mentions if found.words(one[0]) not in PRONOUNS))


Read = tuple[Linked, "Doc", Extraction]
"""An article as it was annotated, its Doc, and its record with the keys of the graph."""


def pair(
    read: Sequence[Read], match: Match, *, plain: bool = False, shared: bool = False, singletons: bool = False
) -> Pair:
    """Key and response of the corpus; ``plain``: names that are spelled alike are one thing, and no other is joined.

    ``shared`` leaves out the mentions that only one side has, so that only the joining is judged and not the finding.
    """
    key: dict[Mention, str] = {}
    response: dict[Mention, str] = {}
    for gold, doc, record in read:
        gold = alone(gold, doc) if match == "head" else gold
        key |= {(gold.name, "theirs", words[0], words[-1] + 1): thing for words, thing in gold.mentions}
        response |= dict(_ours(gold, doc, record, match, plain))
    if shared:
        both = key.keys() & response.keys()
        key, response = ({one: side[one] for one in both} for side in (key, response))
    key_clusters, found = (clusters(side.items(), singletons=singletons) for side in (key, response))
    return key_clusters, found


def alone(gold: Linked, doc: Doc) -> Linked:
    """The annotation with one mention, the shortest, of those with one head and one thing.

    «Acme», «Acme, a maker of toys» and «the maker Acme» are marked each, of the same words.
    """
    found: dict[tuple[int, str], tuple[int, ...]] = {}
    for words, thing in sorted(gold.mentions, key=lambda mention: len(mention[0])):
        found.setdefault((doc[words[0] : words[-1] + 1].root.i, thing), words)
    return replace(gold, mentions=tuple((words, thing) for (_, thing), words in found.items()))


def _ours(gold: Linked, doc: Doc, record: Extraction, match: Match, plain: bool) -> Iterator[tuple[Mention, str]]:
    """Our names and nominals, as theirs where they are the same, with what they are."""
    same = _Same(gold, doc, match)
    for mention in record.mentions:
        thing = record.entities[mention.entity]
        head = top(doc, mention.head)
        if head.i >= gold.last or mention.form == "pronoun" or mention.generic:
            continue
        place = (gold.name, "theirs", *theirs) if (theirs := same.as_theirs(mention, head)) else None
        if place is None and mention.form != "name" and not {mention.kind, thing.kind} & MARKED:
            continue
        spelled = record.article.text[slice(*mention.head)] if mention.form == "name" else f"{gold.name} {head.i}"
        yield place or (gold.name, "ours", head.i, head.i + 1), spelled if plain else thing.key


class _Same:
    """Which of the annotated mentions of an article is one of ours; each is given once."""

    def __init__(self, gold: Linked, doc: Doc, match: Match) -> None:
        self.doc, self.match = doc, match
        spans = {(words[0], words[-1] + 1): words for words, _ in gold.mentions}
        self.left = {
            span: head_words(doc, words) for span, words in sorted(spans.items(), key=lambda one: one[0][1] - one[0][0])
        }

    def as_theirs(self, mention: Ours, head: Token) -> tuple[int, int] | None:
        """The annotated mention that ours is, by its words; None where there is none."""
        if self.match == "head":
            fits = [span for span, heads in self.left.items() if head.i in heads]
        else:
            fits = [span for span in self._spans(mention, head) if span in self.left]
        for span in fits[:1]:
            del self.left[span]
        return fits[0] if fits else None

    def _spans(self, mention: Ours, head: Token) -> list[tuple[int, int]]:
        """Our mention with all that belongs to its phrase, and as the record has it."""
        places = (phrase(head), (mention.start, mention.end), mention.head)
        found = (self.doc.char_span(*place, alignment_mode="expand") for place in places)
        return [(span.start, span.end) for span in found if span is not None]


def read_all(data: Path, *, model: str | None = None) -> list[Read]:
    """Each article, read by us as a whole and resolved together with the others."""
    from kg import extract, language, ontology, resolve

    nlp, meanings = language.load(model), ontology.load()
    golds = [read(path) for path in articles(data)]
    docs = [language.parse_sentences(gold.sentences, nlp) for gold in golds]
    found = resolve.resolve(extract.extraction(doc, meanings) for doc in docs)
    return [(gold, doc, one.extraction) for gold, doc, one in zip(golds, docs, found, strict=True)]


__all__ = ["FOLDER", "pair", "read", "read_all"]
