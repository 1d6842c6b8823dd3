"""Exact names and their kinds against UNER, MEANTIME, CrossNER and FIRE, each set's labels mapped to ours."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kg.language import parse_sentences
from kg.language.kinds import KINDS, trimmed
from kg.language.train import name_sets, names
from kg.language.train.treebank import Sentence, read_ewt
from kg.score import Row

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Spans = set[tuple[int, int, str]]
Pair = tuple[Spans, Spans]
"""Gold and found names of one document, by the numbers of their words."""
COMPARED = {"Person": "PER", "Organization": "ORG", "Place": "LOC"}
MEANTIME = ("intra_cross-doc_annotation/corpus_airbus", "intra_cross-doc_annotation/corpus_gm")
MEANTIME_KINDS = {**COMPARED, "Group": "LOC"}
"""MEANTIME calls "American" and "European" locations and has no groups."""
ANNOTATED = 6
"""MEANTIME marks all entities of the title, the date line and the first sentences; later ones in part."""
FIRE = {"Company": "Organization", "BusinessUnit": "Organization", "Person": "Person", "Location": "Place"}
CROSSNER = ("ai", "literature", "music", "politics", "science")


def uner(nlp: Language, data: Path, share: float = 1.0) -> Iterator[Row]:
    """UNER's development part: its sentences as given, one Doc for each document."""
    gold = names.read_uner(data / "uner_ewt" / "en_ewt-ud-dev.iob2")
    pairs = []
    documents = list(read_ewt(data / "ud_ewt", "dev"))
    for document in documents[: max(1, round(len(documents) * share))]:
        kept = [sentence for sentence in document if gold.get(sentence.name, ([], []))[0] == sentence.words]
        spans: Spans = set()
        at = 0
        for sentence in kept:
            spans |= {(at + start, at + end, kind) for start, end, kind in names.tag_spans(gold[sentence.name][1])}
            at += len(sentence.words)
        if kept:
            pairs.append((spans, found_names(parse_sentences((sentence.words for sentence in kept), nlp), COMPARED)))
    yield from rows(pairs, "UNER-EWT dev")


def found_names(doc: Doc, kinds: dict[str, str]) -> Spans:
    """The Doc's names of the kinds that a set marks, under its labels."""
    return {(name.start, name.end, kinds[name.label_]) for name in doc.ents if name.label_ in kinds}


def rows(pairs: Sequence[Pair], label: str) -> Iterator[Row]:
    """Precision, recall and F1 of all names, F1 by kind, and F1 of spans whatever their kind."""
    counts: Counter[tuple[str, str]] = Counter()
    for gold, found in pairs:
        spans = tuple({(start, end, "span") for start, end, _ in one} for one in (gold, found))
        for what, marked in (("gold", gold | spans[0]), ("found", found | spans[1])):
            counts.update((what, kind) for _, _, kind in marked)
        counts.update(("right", kind) for _, _, kind in (gold & found) | (spans[0] & spans[1]))
    for what in ("gold", "found", "right"):
        counts[what, "all"] = sum(counts[what, kind] for kind in COMPARED.values())
    yield Row(label, "name precision", 100 * counts["right", "all"] / max(1, counts["found", "all"]))
    yield Row(label, "name recall", 100 * counts["right", "all"] / max(1, counts["gold", "all"]))
    for kind in ("all", *COMPARED.values(), "span"):
        both = counts["found", kind] + counts["gold", kind]
        yield Row(label, f"name F1 {kind}", 100 * 2 * counts["right", kind] / max(1, both))


def meantime(nlp: Language, data: Path, share: float = 1.0) -> Iterator[Row]:
    """Innermost names of persons, organisations and places in MEANTIME's airbus and gm articles."""
    pairs = []
    paths = [path for part in MEANTIME for path in sorted((data / "meantime" / part).glob("*.xml"))]
    for path in paths[: max(1, round(len(paths) * share))]:
        sentences, gold = read_meantime(path)
        pairs.append((gold, found_names(parse_sentences((one.words for one in sentences), nlp), MEANTIME_KINDS)))
    yield from rows(pairs, "MEANTIME airbus + gm")


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


def crossner(nlp: Language, data: Path, share: float = 1.0) -> Iterator[Row]:
    """Recall of exact name and kind on CrossNER's development parts, by kind; labels of several kinds are left out."""
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for domain in CROSSNER:
        sentences = list(name_sets.columns(data / "crossner" / domain / "dev.txt"))
        for words, tags in sentences[: max(1, round(len(sentences) * share))]:
            doc = parse_sentences([words], nlp)
            found = {(name.start, name.end): name.label_ for name in doc.ents}
            for first, last, tag in names.tag_spans(tags):
                kinds = name_sets.CROSSNER.get(tag, ())
                if len(kinds) == 1:
                    gold[kinds[0]] += 1
                    right[kinds[0]] += found.get(trimmed(words, first, last, kinds)) == kinds[0]
    for kind in KINDS:
        if gold[kind]:
            yield Row("CrossNER dev, five domains", f"name recall {kind}", 100 * right[kind] / gold[kind])


def fire(nlp: Language, data: Path, share: float = 1.0) -> Iterator[Row]:
    """Recall of exact names on FIRE's development part, filings and financial news, by kind; the kind must be right.

    Spans that do not look like a name ("the company"), or that hold another one in brackets, are left out.
    """
    rows_read = json.loads((data / "fire" / "fire" / "data" / "fire_dev.json").read_text(encoding="utf-8"))
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for row in rows_read[: max(1, round(len(rows_read) * share))]:
        words = [word or "-" for word in row["tokens"]]  # one token of the set is empty
        found = {(name.start, name.end): name.label_ for name in parse_sentences([words], nlp).ents}
        for entity in row["entities"]:
            kind = FIRE.get(entity["type"])
            start, end = trimmed(words, entity["start"], entity["end"], (kind or "",))
            if kind and _looks_like_name(words[start:end]):
                gold[kind] += 1
                right[kind] += found.get((start, end)) == kind
    for kind in sorted(gold):
        yield Row("FIRE dev", f"name recall {kind}", 100 * right[kind] / gold[kind])
