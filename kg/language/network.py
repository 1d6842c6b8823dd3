"""Asking the shipped network: words of one window in, scores out.

Each window runs alone. The graph's 8-bit layers scale their input by its largest value, so a padded batch
would let one window change another's scores, and a record must depend on its article alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.language.features import INPUTS, Pieces, word_inputs

Floats = NDArray[np.float32]
DECIMALS = 3
"""Scores are rounded before they are compared: processors differ in the sixth decimal."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of n words: rows are words, and `arcs` has the root as its column 0.

    `parent` has the root as its row 0.
    """

    starts: Floats
    upos: Floats
    xpos: Floats
    names: Floats
    arcs: Floats
    child: Floats
    parent: Floats

    def part(self, start: int, end: int) -> Scores:
        """The scores of some of the words, with arcs among them only."""
        rows = slice(start, end)
        columns = [0, *range(start + 1, end + 1)]
        return Scores(
            self.starts[rows], self.upos[rows], self.xpos[rows], self.names[rows],
            self.arcs[rows][:, columns], self.child[rows], self.parent[columns],
        )  # fmt: skip


class Network:
    """The ONNX graphs of a model folder with their vocabulary and label lists."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        lists: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.upos, self.xpos, self.labels = lists["upos"], lists["xpos"], lists["labels"]
        self.names = lists["names"]
        self.pieces = Pieces.read(folder / "vocab.txt")
        self._words = _session(folder / "words.onnx", threads)
        self._labels = _session(folder / "labels.onnx", threads)

    def length(self, word: str) -> int:
        """Pieces of a word."""
        return len(self.pieces.of(word))

    def scores(self, words: Sequence[str]) -> Scores:
        """Scores of the words of one window of at most 500 pieces, rounded."""
        columns = word_inputs(words, self.pieces)
        found = self._words.run(None, {name: columns[name] for name in INPUTS})
        starts, upos, xpos, names, arcs = (np.round(table[1:], DECIMALS) for table in found[:5])
        return Scores(starts, upos, xpos, np.round(_log_softmax(names), DECIMALS), arcs, found[5][1:], found[6])

    def label_scores(self, child: Floats, parent: Floats) -> Floats:
        """Scores (words, labels) of words under their parents, rounded."""
        (found,) = self._labels.run(None, {"child": child, "parent": parent})
        rounded: Floats = np.round(found, DECIMALS)
        return rounded


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(-1, keepdims=True)
    logs: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return logs


def _session(path: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
