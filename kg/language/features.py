"""What the network reads of each word: its pieces, its case and shape, its cased beginning and end.

The trainer and the server share this module, so both see a word in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SUFFIXES = 2000
PREFIXES = 2000
SHAPES = 12
PIECES_PER_WORD = 8
"""A URL of a hundred pieces would fill a window alone; its first pieces say what it is."""

INPUTS = ("pieces", "piece_shapes", "first", "last", "shapes", "suffixes", "prefixes")

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
_EDITED = re.compile(r"^\[([A-Za-z])\](?=[a-z])")
"""An editor's letter in brackets: "[e]xtremely" is read as "extremely"."""
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "—": "-", "–": "-", "…": "..."})


def shape(word: str) -> int:
    """Class of case and form, 1 to 11 (0 stands for the root).

    >>> [shape(word) for word in ("word", "Word", "WORD", "W", "iWord", "McWord", "12", "5th", ",")]
    [1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    if not any(map(str.isalnum, word)):
        return 9
    if any(map(str.isdigit, word)):
        return 8 if any(map(str.isalpha, word)) else 7
    if word.islower():
        return 1
    if word.isupper():
        return 3 if sum(map(str.isalpha, word)) > 1 else 4
    if not any(map(str.isupper, word)):
        return 11
    if not word[0].isupper():
        return 5
    return 2 if word[1:].islower() else 6


def suffix(word: str) -> int:
    """Bucket of the last three characters, case kept; 0 stands for the root."""
    return 1 + crc32(word[-3:].encode("utf-8", "replace")) % (SUFFIXES - 1)


def prefix(word: str) -> int:
    """Bucket of the first two characters, case kept; 0 stands for the root."""
    return 1 + crc32(word[:2].encode("utf-8", "replace")) % (PREFIXES - 1)


class Pieces:
    """BERT's uncased word pieces, one word at a time.

    Sixty lines here save the `tokenizers` package and its download client at run time.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = list(vocabulary)
        self._index = {piece: index for index, piece in enumerate(vocabulary)}
        self.start, self.end = self._index[START], self._index[END]
        self.unknown = self._index[UNKNOWN]
        self.of = lru_cache(maxsize=200_000)(self._of)

    @classmethod
    def read(cls, path: Path) -> Pieces:
        """The vocabulary file of BERT: one piece a line."""
        return cls(path.read_text(encoding="utf-8").split("\n")[:-1])

    def _of(self, word: str) -> tuple[int, ...]:
        """Indices of a word's pieces, at least one and at most PIECES_PER_WORD."""
        plain = _EDITED.sub(r"\1", word)
        found = [index for part in _parts(plain) for index in self._split(part)]
        return tuple(found[:PIECES_PER_WORD]) or (self.unknown,)

    def _split(self, part: str) -> list[int]:
        """Longest match first, as WordPiece does; an unmatched part is unknown as a whole."""
        found: list[int] = []
        at = 0
        while at < len(part):
            for end in range(min(len(part), at + 40), at, -1):
                index = self._index.get(("##" if at else "") + part[at:end])
                if index is not None:
                    break
            else:
                return [self.unknown]
            found.append(index)
            at = end
            if len(found) >= PIECES_PER_WORD:
                break
        return found


def _parts(word: str) -> list[str]:
    """The word in lower case without accents, split around punctuation.

    >>> _parts("Café-bar")
    ['cafe', '-', 'bar']
    """
    plain = unicodedata.normalize("NFD", word[:200].translate(_QUOTES).lower())
    parts: list[str] = []
    joined = False
    for character in plain:
        category = unicodedata.category(character)
        if category == "Mn":
            continue
        if category[0] in "ZC":
            joined = False
        elif category[0] in "PS" or 0x4E00 <= ord(character) <= 0x9FFF:
            parts.append(character)
            joined = False
        elif joined:
            parts[-1] += character
        else:
            parts.append(character)
            joined = True
    return parts


def word_inputs(words: Sequence[str], pieces: Pieces, begins: Sequence[bool] = ()) -> dict[str, NDArray[np.int64]]:
    """The network's inputs for a window of words; the root's piece is [CLS].

    A [SEP] stands before each word that is known to begin a sentence (`begins`), as between BERT's own segments: so
    a headline or a line without full stop shows where it ends.
    """
    ids, piece_shapes, first, last = [pieces.start], [0], [0], [0]
    shapes, suffixes, prefixes = [0], [0], [0]
    for word, known in zip(words, begins or repeat(False), strict=False):
        if known and len(ids) > 1:
            ids.append(pieces.end)
            piece_shapes.append(0)
        found = pieces.of(word)
        form = shape(word)
        first.append(len(ids))
        ids += found
        last.append(len(ids) - 1)
        piece_shapes += [form] * len(found)
        shapes.append(form)
        suffixes.append(suffix(word))
        prefixes.append(prefix(word))
    ids.append(pieces.end)
    piece_shapes.append(0)
    columns = (ids, piece_shapes, first, last, shapes, suffixes, prefixes)
    return {name: np.array(column, np.int64) for name, column in zip(INPUTS, columns, strict=True)}
