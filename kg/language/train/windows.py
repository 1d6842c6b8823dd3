"""Windows of consecutive sentences, and batches of windows of near-equal length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.language.features import Pieces, word_inputs
from kg.language.kinds import LABELS
from kg.language.train.awkward import Namer, with_new_names, with_odd_case
from kg.language.train.corpus import Corpus, Labels
from kg.language.train.treebank import Document, Sentence

LONGEST = 186
"""Pieces of a long window; the server packs as many."""

Window = list[Sentence]
Batch = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Featuriser:
    """Turns windows into padded batches."""

    pieces: Pieces
    labels: Labels

    def length(self, sentence: Sentence) -> int:
        """Pieces of a sentence."""
        return sum(len(self.pieces.of(word)) for word in sentence.words)

    def batch(self, windows: Sequence[Window]) -> Batch:
        """Inputs and targets; word 0 is the root, its head and unknown heads are -1."""
        rows = [self.row(window) for window in windows]
        return {key: _padded([row[key] for row in rows], PADDING.get(key, 0)) for key in rows[0]}

    def row(self, window: Window) -> dict[str, NDArray[np.int64]]:
        """Inputs and targets of one window, unpadded."""
        words = [word for sentence in window for word in sentence.words]
        inputs = word_inputs(words, self.pieces)
        return inputs | {"real": np.ones_like(inputs["pieces"])} | self._targets(window)

    def _targets(self, window: Window) -> dict[str, NDArray[np.int64]]:
        heads, labels, upos, xpos, numbers, starts, names = [-1], [-1], [-1], [-1], [-1], [-1], [0]
        for number, sentence in enumerate(window):
            count, before = len(sentence.words), len(heads) - 1
            numbers += [number] * count
            starts += [1] + [0] * (count - 1)
            names += sentence.names
            if not sentence.heads:
                for target in (heads, labels, upos, xpos):
                    target += [-1] * count
                continue
            heads += [head + before if head else 0 for head in sentence.heads]
            labels += [self.labels.labels.index(tag) for tag in sentence.labels]
            upos += [self.labels.upos.index(tag) for tag in sentence.upos]
            xpos += [self.labels.xpos.index(tag) for tag in sentence.xpos]
        starts[1] = -1
        columns = {"heads": heads, "labels": labels, "upos": upos, "xpos": xpos, "sentence": numbers, "starts": starts}
        return {key: np.array(value, np.int64) for key, value in (columns | {"names": names}).items()}


PADDING = {"heads": -1, "labels": -1, "upos": -1, "xpos": -1, "sentence": -2, "starts": -1}


def _padded(rows: Sequence[NDArray[np.int64]], filler: int) -> Tensor:
    length = max(len(row) for row in rows)
    table = np.full((len(rows), length), filler, np.int64)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row
    return torch.from_numpy(table)


def allowed_names(bits: Tensor) -> Tensor:
    """The sets of allowed labels as booleans (…, labels)."""
    return (bits.unsqueeze(-1) >> torch.arange(len(LABELS))) & 1 > 0


class Source:
    """An endless stream of batches out of a corpus, augmented anew each time."""

    def __init__(self, corpus: Corpus, featuriser: Featuriser, *, seed: int, size: int) -> None:
        self.random = Random(seed)
        self.corpus, self.featuriser, self.size = corpus, featuriser, size
        self.namer = Namer(corpus.trees, self.random)
        self.words_read = 0

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
            changed = [with_new_names(sentence, self.namer, rate=rate) for sentence in document]
            for length, window in self._windows(changed):
                pool.append((length, window))
                pieces += length
            if pieces > 60_000:
                yield from self._sorted(pool)
                pool, pieces = [], 0
        yield from self._sorted(pool)

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
                yield self.featuriser.batch(batch)

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
