"""Words, sentences, tags, lemmas and trees against treebanks, on gold words or from raw text.

From raw text words are matched by their characters, as the CoNLL 2018 shared task does (Zeman et al. 2018): a word
that is cut otherwise is wrong in every measure. Punctuation counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.language import parse_sentences
from kg.language.train.treebank import Document, Sentence
from kg.score import Row

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MEASURES = ("UAS", "LAS", "UPOS", "XPOS", "features", "lemma")


def gold_words(nlp: Language, documents: Sequence[Document], label: str) -> Iterator[Row]:
    """Attachment, tags, features and lemmas over all words."""
    right: Counter[str] = Counter()
    total = 0
    for document in documents:
        doc = parse_sentences((sentence.words for sentence in document), nlp)
        at = 0
        for sentence in document:
            right += _right(sentence, doc, at)
            at += len(sentence.words)
        total += at
    for measure in MEASURES:
        yield Row(label, measure, 100 * right[measure] / max(1, total))


def _right(sentence: Sentence, doc: Doc, at: int) -> Counter[str]:
    """How many words of a sentence are right in each measure."""
    right: Counter[str] = Counter()
    for n in range(len(sentence.words)):
        token = doc[at + n]
        head = 0 if token.head.i == token.i else token.head.i - at + 1
        right["UAS"] += head == sentence.heads[n]
        right["LAS"] += head == sentence.heads[n] and token.dep_ == sentence.labels[n]
        right["UPOS"] += token.pos_ == sentence.upos[n]
        right["XPOS"] += token.tag_ == sentence.xpos[n]
        right["features"] += (str(token.morph) or "_") == sentence.feats[n]
        right["lemma"] += token.lemma_ == sentence.lemmas[n]
    return right


Units = dict[str, set[tuple[object, ...]]]


def raw_text(nlp: Language, documents: Sequence[Document], label: str) -> Iterator[Row]:
    """Words, sentences, tags, lemmas and attachment from raw text, F1."""
    sums: dict[str, Counter[str]] = {}
    for document in documents:
        gold, found = _gold_units(document), _found_units(nlp(text_of(document)))
        for measure in gold:
            counts = sums.setdefault(measure, Counter())
            counts += Counter(right=len(gold[measure] & found[measure]), gold=len(gold[measure]))
            counts["found"] += len(found[measure])
    for measure, counts in sums.items():
        yield Row(label, measure, 100 * 2 * counts["right"] / max(1, counts["gold"] + counts["found"]))


def text_of(document: Document) -> str:
    """The raw text of a document: sentences parted by a blank, paragraphs by a blank line."""
    return "".join(
        ("" if n == 0 else "\n\n" if sentence.new_paragraph else " ") + sentence.text
        for n, sentence in enumerate(document)
    )


def _empty() -> Units:
    return {measure: set() for measure in ("words", "sentences", "UAS", "LAS", "UPOS", "lemma")}


def _gold_units(document: Document) -> Units:
    """Words, sentences and arcs by their offsets among the characters that are no white space."""
    units = _empty()
    at = 0
    for sentence in document:
        places = []
        begun = at
        for word in sentence.words:
            places.append((at, at + len("".join(word.split()))))
            at = places[-1][1]
        at = begun + len("".join(sentence.text.split()))
        units["sentences"].add((begun, at))
        for n, place in enumerate(places):
            head = places[sentence.heads[n] - 1] if sentence.heads[n] else None
            _add(units, place, head, (sentence.labels[n], sentence.upos[n], sentence.lemmas[n]))
    return units


def _add(units: Units, place: tuple[int, int], head: tuple[int, int] | None, tags: tuple[str, str, str]) -> None:
    label, upos, lemma = tags
    units["words"].add(place)
    units["UAS"].add((place, head))
    units["LAS"].add((place, head, label))
    units["UPOS"].add((place, upos))
    units["lemma"].add((place, lemma))


def _found_units(doc: Doc) -> Units:
    units = _empty()
    places: dict[int, tuple[int, int]] = {}
    at = 0
    for token in doc:
        if not token.is_space:
            places[token.i] = (at, at + len("".join(token.text.split())))
            at = places[token.i][1]
    for sentence in doc.sents:
        inside = [token for token in sentence if token.i in places]
        if inside:
            units["sentences"].add((places[inside[0].i][0], places[inside[-1].i][1]))
        for token in inside:
            head = None if token.head.i == token.i else places[token.head.i]
            _add(units, places[token.i], head, (token.dep_, token.pos_, token.lemma_))
    return units
