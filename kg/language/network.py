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
Numbers = NDArray[np.int64]
TAGS = ("upos", "xpos", "feats", "edits")
DECIMALS = 3
"""The graphs round their scores before anything is compared: processors differ in the sixth decimal."""
BLOCK = 1024
"""Words whose labels are asked for at once: it bounds the memory."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of n words: rows are words, and `arcs` has the root as its column 0.

    `tags` are numbers of labels, a column for each of TAGS; `names` are log probabilities; `parent` has the root as
    its row 0.
    """

    starts: Floats
    tags: Numbers
    names: Floats
    arcs: Floats
    child: Floats
    parent: Floats

    def part(self, start: int, end: int) -> Scores:
        """The scores of some of the words, with arcs among them only."""
        rows = slice(start, end)
        columns = [0, *range(start + 1, end + 1)]
        return Scores(
            self.starts[rows], self.tags[rows], self.names[rows], self.arcs[rows][:, columns], self.child[rows],
            self.parent[columns],
        )  # fmt: skip


class Network:
    """The ONNX graphs of a model folder with their vocabulary and label lists."""

    def __init__(self, folder: Path) -> None:
        lists: dict[str, list[Any]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.lists = [lists[name] for name in TAGS]
        self.labels: list[str] = lists["labels"]
        self.pieces = Pieces.read(folder / "vocab.txt")
        self._words = _session(folder / "words.onnx")
        self._labels = _session(folder / "labels.onnx")

    def length(self, word: str) -> int:
        """Pieces of a word."""
        return len(self.pieces.of(word))

    def scores(self, words: Sequence[str], begins: Sequence[bool] = ()) -> Scores:
        """What is said of the words of one window of at most 500 pieces; `begins` marks known beginnings."""
        columns = word_inputs(words, self.pieces, begins)
        starts, tags, names, arcs, child, parent = self._words.run(None, {name: columns[name] for name in INPUTS})
        return Scores(starts[1:], tags[1:], names[1:], arcs[1:], child[1:], parent)

    def label_scores(self, child: Floats, parent: Floats) -> Floats:
        """Scores (words, labels) of words under their parents, rounded."""
        blocks = [slice(at, at + BLOCK) for at in range(0, len(child), BLOCK)]
        found = [self._labels.run(None, {"child": child[block], "parent": parent[block]})[0] for block in blocks]
        scores: Floats = np.concatenate(found)
        return scores


def _session(path: Path) -> Any:
    """A graph that runs on the thread that asks; several threads may ask at once. ValueError for a damaged file."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no narrower class
        raise ValueError(str(error)) from error
