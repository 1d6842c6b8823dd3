"""All training data of the recipe, read from one folder of public data sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.language import Language

from kg.language.edits import examples
from kg.language.kinds import KINDS
from kg.language.train import name_sets, names
from kg.language.train.name_sets import BTC, CROSSNER, SEC, WIKIGOLD, WNUT
from kg.language.train.treebank import Document, Sentence, read_ewt, read_gum

CONLL = "CONLL-format/data"
RARE = 3
"""A set of features or an edit tree that the treebanks have less often is not learned."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The label lists of a model, in the order of its outputs."""

    upos: list[str]
    xpos: list[str]
    labels: list[str]
    feats: list[str]
    edits: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NameSet:
    """Documents of one set of names, and how often it is drawn against its size."""

    name: str
    documents: list[Document]
    weight: float


@dataclass(frozen=True, slots=True)
class Corpus:
    """Treebank documents (with names where known), sets of names, the label lists, names of companies."""

    trees: list[Document]
    names: list[NameSet]
    labels: Labels
    companies: list[list[str]]


def read_trees(data: Path, part: str) -> list[Document]:
    """EWT and GUM with UNER's and GUM's names; part is `train` or `dev`."""
    ewt = list(read_ewt(data / "ud_ewt", part))
    gum = list(read_gum(data / "gum_open", part))
    names.add_uner(ewt, names.read_uner(data / "uner_ewt" / f"en_ewt-ud-{part}.iob2"))
    names.add_gum(gum)
    return [*ewt, *gum]


def read(data: Path) -> Corpus:
    """The training corpus; `data` holds the folders that the model card lists."""
    trees = read_trees(data, "train")
    groups = names.group_words(trees)
    companies = name_sets.sp500(data / "sp500" / "data" / "constituents.csv", tokenize)
    return Corpus(trees, list(_name_sets(data, groups)), _labels(trees), companies)


def _labels(trees: list[Document]) -> Labels:
    sentences = [sentence for document in trees for sentence in document]
    counts = Counter(feats for sentence in sentences for feats in sentence.feats)
    return Labels(
        upos=sorted({tag for sentence in sentences for tag in sentence.upos}),
        xpos=sorted({tag for sentence in sentences for tag in sentence.xpos}),
        labels=sorted({tag for sentence in sentences for tag in sentence.labels}),
        feats=sorted(feats for feats, count in counts.items() if count >= RARE),
        edits=examples((pair for sentence in sentences for pair in lemma_pairs(sentence)), least=RARE),
    )


def lemma_pairs(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Forms with their lemmas, those that the treebank gives."""
    for form, lemma in zip(sentence.words, sentence.lemmas, strict=True):
        if lemma != "_":
            yield form, lemma


def _alone(sentences: Iterator[Sentence]) -> list[Document]:
    return [[sentence] for sentence in sentences if len(sentence.words) < 150]


def _name_sets(data: Path, groups: frozenset[str]) -> Iterator[NameSet]:
    tagged = name_sets.tagged
    wiki = tagged(data / "wikigold" / CONLL / "wikigold.conll.txt", WIKIGOLD, groups, known=KINDS)
    yield NameSet("wikigold", _alone(wiki), 1.5)
    yield NameSet("wnut17", _alone(tagged(data / "wnut17" / CONLL / "train/wnut17train.conll", WNUT, groups)), 0.5)
    yield NameSet("btc", _alone(tagged(data / "btc" / CONLL / "g.conll", BTC, groups)), 0.8)
    sec = tagged(data / "sec_filings" / CONLL / "train/FIN5.txt", SEC, groups)
    yield NameSet("sec_filings", _alone(sec), 0.2)
    for domain in ("ai", "literature", "music", "politics", "science"):
        known = [kind for kind in KINDS if kind not in ("Other", "Group", "Law", "Work", "Product")]
        part = tagged(data / "crossner" / domain / "train.txt", CROSSNER, groups, known=known)
        yield NameSet(f"crossner/{domain}", _alone(part), 2.0 if domain == "politics" else 1.0)
    yield NameSet("core", _alone(name_sets.core(data / "core" / "dataset" / "train.json")), 0.7)
    knowledge = name_sets.knowledgenet(data / "knowledgenet" / "train.jsonl", tokenize)
    yield NameSet("knowledgenet", _alone(knowledge), 0.5)
    yield NameSet("re3d", list(name_sets.re3d(data / "re3d", tokenize)), 1.0)


def counts(corpus: Corpus) -> Iterator[str]:
    """Lines of a Markdown table: documents, sentences and words of each set."""
    for name, documents in (("trees", corpus.trees), *((part.name, part.documents) for part in corpus.names)):
        sentences = [sentence for document in documents for sentence in document]
        words = sum(len(sentence.words) for sentence in sentences)
        yield f"| {name} | {len(documents):,} | {len(sentences):,} | {words:,} |"


def tokenize(text: str) -> list[tuple[str, int]]:
    """Words with their offsets, as the server cuts them."""
    return [(token.text, token.idx) for token in _english().make_doc(text) if not token.is_space]


@cache
def _english() -> Language:
    import spacy

    from kg.language.tokens import add_rules

    nlp = spacy.blank("en")
    add_rules(nlp)
    return nlp
