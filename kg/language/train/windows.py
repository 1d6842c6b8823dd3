"""Windows of consecutive sentences, and batches of windows of near-equal length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.language.edits import Edits
from kg.language.features import Pieces, word_inputs
from kg.language.kinds import LABELS
from kg.language.train.alignment import aligned
from kg.language.train.awkward import Namer, as_headline, gold_spans, with_new_names, with_odd_case
from kg.language.train.corpus import Corpus, Labels, tokenize
from kg.language.train.made_up import Maker
from kg.language.train.treebank import Document, Sentence

GIVEN = 0.35
"""Share of windows in which all beginnings of sentences are given, as benchmarks give them."""
MADE_UP = 1200
"""Sentences of our own with made-up names, for each pass over the sets of names."""
HEADLINES = 0.04
"""Share of short sentences that are read as headlines."""
LONGEST = 186
"""Pieces of a long window; the server packs as many."""

Window = list[Sentence]
Batch = dict[str, Tensor]


class Featuriser:
    """Turns windows into padded batches."""

    def __init__(self, pieces: Pieces, labels: Labels) -> None:
        self.pieces, self.labels = pieces, labels
        self.numbers: dict[str, dict[str, int]] = {
            column: {tag: number for number, tag in enumerate(getattr(labels, column))}
            for column in ("labels", "upos", "xpos", "feats")
        }
        self.edits = Edits(labels.edits)

    def length(self, sentence: Sentence) -> int:
        """Pieces of a sentence."""
        return sum(len(self.pieces.of(word)) for word in sentence.words)

    def batch(self, windows: Sequence[Window], known: Sequence[bool]) -> Batch:
        """Inputs and targets; word 0 is the root, its head and unknown heads are -1.

        `known` says of each window whether all its sentences' beginnings are given, or those of paragraphs only.
        """
        rows = [self.row(window, known=given) for window, given in zip(windows, known, strict=True)]
        return {key: _padded([row[key] for row in rows], PADDING.get(key, 0)) for key in rows[0]}

    def row(self, window: Window, *, known: bool) -> dict[str, NDArray[np.int64]]:
        """Inputs and targets of one window, unpadded."""
        words = [word for sentence in window for word in sentence.words]
        begins = [
            n == 0 and (known or sentence.new_paragraph) for sentence in window for n in range(len(sentence.words))
        ]
        inputs = word_inputs(words, self.pieces, begins)
        return inputs | {"real": np.ones_like(inputs["pieces"])} | self._targets(window)

    def _targets(self, window: Window) -> dict[str, NDArray[np.int64]]:
        heads, labels, upos, xpos, numbers, starts, names = [-1], [-1], [-1], [-1], [-1], [-1], [0]
        feats, edits = [-1], [-1]
        for number, sentence in enumerate(window):
            count, before = len(sentence.words), len(heads) - 1
            numbers += [number] * count
            starts += [1] + [0] * (count - 1)
            names += sentence.names
            if not sentence.heads:
                for target in (heads, labels, upos, xpos, feats, edits):
                    target += [-1] * count
                continue
            heads += [head + before if head > 0 else head for head in sentence.heads]
            for target, column in ((labels, "labels"), (upos, "upos"), (xpos, "xpos"), (feats, "feats")):
                numbers_of = self.numbers[column]
                target += [numbers_of.get(tag, -1) for tag in getattr(sentence, column)]
            edits += [
                -1 if lemma in ("_", "") else self.edits.number(word, lemma)
                for word, lemma in zip(sentence.words, sentence.lemmas, strict=True)
            ]
        starts[1] = -1
        columns = {
            "heads": heads, "labels": labels, "upos": upos, "xpos": xpos, "feats": feats, "edits": edits,
            "sentence": numbers, "starts": starts,
        }  # fmt: skip
        return {key: np.array(value, np.int64) for key, value in (columns | {"names": names}).items()}


PADDING = {
    "heads": -1, "labels": -1, "upos": -1, "xpos": -1, "feats": -1, "edits": -1, "sentence": -2, "starts": -1,
}  # fmt: skip


def _padded(rows: Sequence[NDArray[np.int64]], filler: int) -> Tensor:
    length = max(len(row) for row in rows)
    table = np.full((len(rows), length), filler, np.int64)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row
    return torch.from_numpy(table)


def allowed_names(bits: Tensor) -> Tensor:
    """The sets of allowed labels as booleans (…, labels)."""
    return (bits.unsqueeze(-1) >> torch.arange(len(LABELS))) & 1 > 0


def _places(corpus: Corpus) -> Iterator[list[str]]:
    """The names of places that the treebanks' training parts mark."""
    for sentence in (sentence for document in corpus.trees for sentence in document):
        for start, end, kind in gold_spans(sentence):
            if kind == "Place" and end - start < 3 and sentence.words[start].istitle():
                yield sentence.words[start:end]


class Source:
    """An endless stream of batches out of a corpus, augmented anew each time."""

    def __init__(self, corpus: Corpus, featuriser: Featuriser, *, seed: int, size: int) -> None:
        self.random = Random(seed)
        self.corpus, self.featuriser, self.size = corpus, featuriser, size
        self.namer = Namer(corpus.trees, self.random, corpus.companies)
        self.maker = Maker(self.namer, list(_places(corpus)), self.random)
        self.served: dict[str, Sentence] = {}

    def trees(self) -> Iterator[Batch]:
        """Batches with trees."""
        while True:
            documents = list(self.corpus.trees)
            self.random.shuffle(documents)
            yield from self._batches(documents, rate=0.35)

    def names(self) -> Iterator[Batch]:
        """Batches with names only."""
        while True:
            documents = [
                document for part in self.corpus.names for document in self._drawn(part.documents, part.weight)
            ]
            documents += [[sentence] for sentence in self.maker.sentences(MADE_UP)]
            self.random.shuffle(documents)
            yield from self._batches(documents, rate=0.4)

    def _drawn(self, documents: list[Document], weight: float) -> list[Document]:
        whole, rest = divmod(weight, 1)
        return documents * int(whole) + self.random.sample(documents, int(rest * len(documents)))

    def _batches(self, documents: Sequence[Document], *, rate: float) -> Iterator[Batch]:
        """Batches of some 60,000 pieces at a time, sorted by length and then shuffled."""
        pool: list[tuple[int, Window]] = []
        pieces = 0
        for document in documents:
            changed = [with_new_names(self._changed(sentence), self.namer, rate=rate) for sentence in document]
            for length, window in self._windows(changed):
                pool.append((length, window))
                pieces += length
            if pieces > 60_000:
                yield from self._sorted(pool)
                pool, pieces = [], 0
        yield from self._sorted(pool)

    def _changed(self, sentence: Sentence) -> Sentence:
        """Now and then the sentence as a headline, or on the words that the server's tokenizer makes of it."""
        draw = self.random.random()
        if not sentence.heads or sentence.misc == []:
            return sentence
        if draw < HEADLINES and len(sentence.words) < 25:
            return as_headline(sentence)
        if draw > 0.5:
            if sentence.name not in self.served:
                self.served[sentence.name] = self._served(sentence)
            return self.served[sentence.name]
        return sentence

    def _served(self, sentence: Sentence) -> Sentence:
        words = [word for word, _ in tokenize(sentence.text)]
        same = words == sentence.words
        return sentence if same else aligned(sentence, words) or sentence

    def _sorted(self, pool: list[tuple[int, Window]]) -> Iterator[Batch]:
        pool.sort(key=lambda item: item[0] + self.random.random() * 2)
        batches: list[list[Window]] = [[]]
        for length, window in pool:
            if batches[-1] and (len(batches[-1]) + 1) * length > self.size:
                batches.append([])
            batches[-1].append(window)
        self.random.shuffle(batches)
        for batch in batches:
            if batch:
                yield self.featuriser.batch(batch, [self.random.random() < GIVEN for _ in batch])

    def _windows(self, document: Document) -> Iterator[tuple[int, Window]]:
        """Cuts a document at random; a third of the windows are single sentences, as benchmarks have them."""
        window: Window = []
        total, target = 0, self._target()
        for sentence in document:
            length = self.featuriser.length(sentence)
            if length > 300 or not sentence.words:
                continue
            if window and total + length > target:
                yield total + 2, with_odd_case(window, self.random)
                window, total, target = [], 0, self._target()
            window.append(sentence)
            total += length
        if window:
            yield total + 2, with_odd_case(window, self.random)

    def _target(self) -> int:
        return 1 if self.random.random() < 0.3 else self.random.randint(40, LONGEST)
