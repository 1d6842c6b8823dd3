"""Cutting a text into sentences while the network reads it, window by window.

A window holds whole sentences; the last one, perhaps cut off by the window's end, is read again at the
beginning of the next. So a sentence sees what stands before it, and memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kg.language.network import Network, Scores

WINDOW = 186
LONG_WINDOW = 480
"""Pieces of a window, and of one whose single sentence does not end ("whereas …; whereas …")."""
TAIL = 6
"""Words that must follow a sentence's first word, else the next window decides whether it begins there."""


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence's words `start` to `end` with their scores; `goes_on`: the given sentence began earlier."""

    start: int
    end: int
    scores: Scores
    goes_on: bool = False


def read(words: Sequence[str], breaks: Sequence[bool], network: Network, *, given: bool = False) -> Iterator[Read]:
    """Sentences in order; `breaks` marks words that must begin one (if `given`, no others may)."""
    lengths = [network.length(word) for word in words]
    at, limit = 0, WINDOW
    while at < len(words):
        end, whole = _window(lengths, breaks, at, limit)
        scores = network.scores(words[at:end])
        cuts = _cuts(scores, breaks, at, end, given=given)
        cuts = cuts if given else _with_words(words[:end], breaks, cuts)
        if not whole:
            cuts = _sure(cuts, end, given=given)
            if len(cuts) == 1 and limit == WINDOW:
                limit = LONG_WINDOW
                continue
            cuts.append(cuts.pop() if len(cuts) > 1 else _best_cut(scores, at, end))
        else:
            cuts.append(end)
        for start, stop in pairwise(cuts):
            yield Read(start, stop, scores.part(start - at, stop - at), goes_on=given and not breaks[start])
        at, limit = cuts[-1], WINDOW


def _window(lengths: Sequence[int], breaks: Sequence[bool], at: int, limit: int) -> tuple[int, bool]:
    """Where the window from a word on ends, and whether it ends with a whole sentence.

    It ends at a paragraph's end when that leaves it at least half full, so nothing is read twice.
    """
    total, end, paragraph = 0, at, at
    while end < len(lengths) and (end == at or total + lengths[end] <= limit):
        if breaks[end] and total > limit // 2:
            paragraph = end
        total += lengths[end]
        end += 1
    if end == len(lengths) or breaks[end]:
        return end, True
    return (paragraph, True) if paragraph > at else (end, False)


def _cuts(scores: Scores, breaks: Sequence[bool], at: int, end: int, *, given: bool) -> list[int]:
    """The words that begin a sentence; the window's first word always does."""
    begins = [at]
    for word in range(at + 1, end):
        if breaks[word] or (not given and scores.starts[word - at] > 0):
            begins.append(word)
    return begins


def _with_words(words: Sequence[str], breaks: Sequence[bool], cuts: Sequence[int]) -> list[int]:
    """The cuts without those that would leave a sentence of marks only.

    A mark that opens, or that begins a paragraph, goes with what follows, any other with what stands before.
    """
    kept = [cuts[0]]
    for cut in cuts[1:]:
        begun = kept[-1]
        if any(map(str.isalnum, "".join(words[begun:cut]))) or breaks[cut]:
            kept.append(cut)
        elif not (len(kept) == 1 or breaks[begun] or words[begun][0] in "“‘([{«"):
            kept[-1] = cut
    last = kept[-1]
    if len(kept) > 1 and not breaks[last] and not any(map(str.isalnum, "".join(words[last:]))):
        kept.pop()
    return kept


def _sure(cuts: Sequence[int], end: int, *, given: bool) -> list[int]:
    """The cuts with enough words behind them to be decided on."""
    return [cuts[0], *(cut for cut in cuts[1:] if given or end - cut >= TAIL)]


def _best_cut(scores: Scores, at: int, end: int) -> int:
    """The likeliest beginning in the second half of a window in which no sentence ends."""
    half = (end - at) // 2
    if half == 0:
        return end
    return at + half + int(np.argmax(scores.starts[half:]))
