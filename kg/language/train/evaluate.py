"""Measuring a model on the development parts of public sets: trees, tags, sentences, lemmas, names, speed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from spacy.language import Language
from spacy.tokens import Doc

from kg.language import load
from kg.language.kinds import trimmed
from kg.language.train import names
from kg.language.train.treebank import Document, Sentence, read_ewt, read_gum

Spans = set[tuple[int, int, str]]
COMPARED = {"Person": "PER", "Organization": "ORG", "Place": "LOC"}
MEANTIME = ("intra_cross-doc_annotation/corpus_airbus", "intra_cross-doc_annotation/corpus_gm")

ANNOTATED = 6
"""MEANTIME marks all entities of the title, the date line and the first sentences; later ones in part."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a set, a measure, its value in percent or in words a second."""

    data: str
    measure: str
    value: float


def evaluate(data: Path, *, model: Path | None = None, threads: int = 1, share: float = 1.0) -> Iterator[Row]:
    """All rows; `share` below 1 takes the first part of each set only, for a quick look."""
    nlp = load(model, threads=threads)
    ewt = _first(list(read_ewt(data / "ud_ewt", "dev")), share)
    gum = _first(list(read_gum(data / "gum_open", "dev")), share)
    for label, documents in (("EWT dev", ewt), ("GUM dev", gum), ("EWT + GUM dev", [*ewt, *gum])):
        yield from gold_words(nlp, documents, label)
    yield from gold_words(nlp, [[sentence] for document in ewt for sentence in document], "EWT dev, one by one")
    yield from raw_text(nlp, ewt, "EWT dev, raw text")
    news = [document for document in gum if "_news_" in document[0].name]
    yield from raw_text(nlp, news, "GUM news dev, raw text")
    yield from uner(nlp, data, share)
    yield from meantime(nlp, data, share)


def _first(items: list[Document], share: float) -> list[Document]:
    return items[: max(1, round(len(items) * share))]


def given(nlp: Language, document: Iterable[Sentence]) -> Doc:
    """A Doc with the gold words and sentences, annotated by the pipeline."""
    words = [word for sentence in document for word in sentence.words]
    starts = [n == 0 for sentence in document for n in range(len(sentence.words))]
    doc = Doc(nlp.vocab, words=words, sent_starts=starts)
    doc.user_data["given_sentences"] = True
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc


def gold_words(nlp: Language, documents: Sequence[Document], label: str) -> Iterator[Row]:
    """Attachment, tags and lemmas over all words, punctuation included, and the speed."""
    right: Counter[str] = Counter()
    total = 0
    begun = time.perf_counter()
    docs = [given(nlp, document) for document in documents]
    spent = time.perf_counter() - begun
    for document, doc in zip(documents, docs, strict=True):
        at = 0
        for sentence in document:
            right += _right(sentence, doc, at)
            at += len(sentence.words)
        total += at
    for measure in ("UAS", "LAS", "UPOS", "XPOS", "lemma"):
        yield Row(label, measure, 100 * right[measure] / total)
    yield Row(label, "words/s", total / spent)


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
        right["lemma"] += token.lemma_ == sentence.lemmas[n]
    return right


def raw_text(nlp: Language, documents: Sequence[Document], label: str) -> Iterator[Row]:
    """Words, sentences and attachment from raw text, matched by characters as the CoNLL 2018 task does."""
    sums: dict[str, Counter[str]] = {}
    for document in documents:
        text = "".join(
            ("" if n == 0 else "\n\n" if sentence.new_paragraph else " ") + sentence.text
            for n, sentence in enumerate(document)
        )
        gold, found = _gold_units(document), _found_units(nlp(text))
        for measure in gold:
            counts = sums.setdefault(measure, Counter())
            counts += Counter(right=len(gold[measure] & found[measure]), gold=len(gold[measure]))
            counts["found"] += len(found[measure])
    for measure, counts in sums.items():
        yield Row(label, f"{measure} F1", 100 * 2 * counts["right"] / max(1, counts["gold"] + counts["found"]))


Units = dict[str, set[tuple[object, ...]]]


def _gold_units(document: Document) -> Units:
    """Words, sentences and arcs by their offsets among the characters that are no white space."""
    units: Units = {"words": set(), "sentences": set(), "UAS": set(), "LAS": set()}
    at = 0
    for sentence in document:
        places = []
        begun = at
        for word in sentence.words:
            places.append((at, at + len(word.replace(" ", ""))))
            at = places[-1][1]
        at = begun + len("".join(sentence.text.split()))
        units["sentences"].add((begun, at))
        for n, place in enumerate(places):
            head = places[sentence.heads[n] - 1] if sentence.heads[n] else None
            _add(units, place, head, sentence.labels[n])
    return units


def _add(units: Units, place: tuple[int, int], head: tuple[int, int] | None, label: str) -> None:
    units["words"].add(place)
    units["UAS"].add((place, head))
    units["LAS"].add((place, head, label))


def _found_units(doc: Doc) -> Units:
    units: Units = {"words": set(), "sentences": set(), "UAS": set(), "LAS": set()}
    places: dict[int, tuple[int, int]] = {}
    at = 0
    for token in doc:
        if not token.is_space:
            places[token.i] = (at, at + len(token))
            at += len(token)
    for sentence in doc.sents:
        inside = [token for token in sentence if token.i in places]
        if inside:
            units["sentences"].add((places[inside[0].i][0], places[inside[-1].i][1]))
        for token in inside:
            head = None if token.head.i == token.i else places[token.head.i]
            _add(units, places[token.i], head, token.dep_)
    return units


def uner(nlp: Language, data: Path, share: float) -> Iterator[Row]:
    """Exact names of UNER's development part, sentences as given, one Doc for each document."""
    gold = names.read_uner(data / "uner_ewt" / "en_ewt-ud-dev.iob2")
    pairs = []
    for document in _first(list(read_ewt(data / "ud_ewt", "dev")), share):
        kept = [sentence for sentence in document if gold.get(sentence.name, ([], []))[0] == sentence.words]
        spans: Spans = set()
        at = 0
        for sentence in kept:
            spans |= {(at + start, at + end, kind) for start, end, kind in names.tag_spans(gold[sentence.name][1])}
            at += len(sentence.words)
        if kept:
            pairs.append((spans, found_names(given(nlp, kept))))
    yield from name_rows(pairs, "UNER-EWT dev")


def found_names(doc: Doc) -> Spans:
    """The Doc's names of the three kinds that most sets mark."""
    return {(name.start, name.end, COMPARED[name.label_]) for name in doc.ents if name.label_ in COMPARED}


def name_rows(pairs: Sequence[tuple[Spans, Spans]], label: str) -> Iterator[Row]:
    """Precision, recall and F1 of all names, and F1 by kind."""
    counts: Counter[tuple[str, str]] = Counter()
    for gold, found in pairs:
        for what, spans in (("gold", gold), ("found", found), ("right", gold & found)):
            for span in spans:
                counts[what, span[2]] += 1
                counts[what, "all"] += 1
    right, found_count, gold_count = (counts[what, "all"] for what in ("right", "found", "gold"))
    yield Row(label, "name precision", 100 * right / max(1, found_count))
    yield Row(label, "name recall", 100 * right / max(1, gold_count))
    for kind in ("all", "PER", "ORG", "LOC"):
        both = counts["found", kind] + counts["gold", kind]
        yield Row(label, f"name F1 {kind}", 100 * 2 * counts["right", kind] / max(1, both))


def meantime(nlp: Language, data: Path, share: float) -> Iterator[Row]:
    """Innermost names of persons, organisations and places in MEANTIME's airbus and gm articles."""
    pairs = []
    paths = [path for part in MEANTIME for path in sorted((data / "meantime" / part).glob("*.xml"))]
    for path in paths[: max(1, round(len(paths) * share))]:
        sentences, gold = read_meantime(path)
        pairs.append((gold, found_names(given(nlp, sentences))))
    yield from name_rows(pairs, "MEANTIME airbus + gm")


def read_meantime(path: Path) -> tuple[list[Sentence], Spans]:
    """The sentences of an article that MEANTIME annotates in full, and the innermost names in them."""
    root = ElementTree.parse(path).getroot()
    tokens = [token for token in root.findall("token") if int(token.get("sentence", "0")) < ANNOTATED]
    sentences: dict[str, list[str]] = {}
    for token in tokens:
        sentences.setdefault(token.get("sentence", ""), []).append(token.text or "")
    place = {token.get("t_id"): n for n, token in enumerate(tokens)}
    words = [token.text or "" for token in tokens]
    kinds = _meantime_kinds(root)
    found = []
    for mention in root.iter("ENTITY_MENTION"):
        anchors = sorted(place.get(anchor.get("t_id"), -1) for anchor in mention.findall("token_anchor"))
        kind = kinds.get(mention.get("m_id"), "")
        if anchors and anchors[0] >= 0 and kind in COMPARED.values():
            start, end = trimmed(words, anchors[0], anchors[-1] + 1, ("Person",) if kind == "PER" else ())
            if _looks_like_name(words[start:end]):
                found.append((start, end, kind))
    inner = {one for one in found if not any(_holds(one, other) for other in found)}
    return [Sentence(words) for words in sentences.values()], inner


def _looks_like_name(words: Sequence[str]) -> bool:
    """Capitals at both ends and nothing but small joiners in lower case between them."""
    if len(words) == 1 and words[0].lower() in names.FUNCTION_WORDS:
        return False
    inside = all(word[:1].isupper() or word in names.JOINERS for word in words)
    return inside and words[0][:1].isupper() and words[-1][:1].isupper()


def _holds(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[:2] != other[:2] and one[0] <= other[0] and other[1] <= one[1]


def _meantime_kinds(root: ElementTree.Element) -> dict[str | None, str]:
    """The type of each mention, through the entity that it refers to."""
    types = {entity.get("m_id"): entity.get("ent_type", "") for entity in root.iter("ENTITY")}
    kinds = {}
    for link in root.iter("REFERS_TO"):
        target = link.find("target")
        for source in link.findall("source"):
            kinds[source.get("m_id")] = types.get(target.get("m_id"), "") if target is not None else ""
    return kinds


def table(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as lines of a Markdown table, one line a set."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.data, []).append(row)
    for data, found in grouped.items():
        yield f"| {data} | " + ", ".join(f"{row.measure} {row.value:,.1f}" for row in found) + " |"
