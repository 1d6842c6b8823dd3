"""Cutting a text into sentences while the network reads it, window by window.

A window holds whole sentences; the last one, perhaps cut off by the window's end, is read again at the
beginning of the next. So a sentence sees what stands before it, and memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kg.language.network import Network, Scores

WINDOW = 186
LONG_WINDOW = 480
"""Pieces of a window, and of one whose single sentence does not end ("whereas …; whereas …")."""
TAIL = 6
"""Words that must follow a sentence's first word, else the next window decides whether it begins there."""

LEAST_READ = 0.25
"""Share of a long window that is read for good: in «“We won,” Lee said, and “we won,” Lee said, and …» without an end
each window gave its first ten words alone, and the rest was read again thirty times."""


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence's words `start` to `end` with their scores; `goes_on`: the given sentence began earlier."""

    start: int
    end: int
    scores: Scores
    goes_on: bool = False


def read(
    words: Sequence[str],
    breaks: Sequence[bool],
    network: Network,
    *,
    sides: Sequence[int] = (),
    given: bool = False,
    threads: int = 1,
) -> list[Read]:
    """Sentences in order; `breaks` marks words that must begin one (if `given`, no others may).

    `sides` has 1 for a mark that belongs to the word after it (an opening quotation mark), -1 for one that belongs to
    the word before it, else 0: no sentence ends between them.

    Whole paragraphs that fit into one window are one part, a longer paragraph is a part by itself. Parts are read
    apart from each other, on as many threads as given; the network lets go of the interpreter while it runs.
    """
    lengths = [network.length(word) for word in words]
    parts = list(_parts(lengths, breaks))

    def one(part: tuple[int, int]) -> list[Read]:
        return list(_read(words, breaks, sides or [0] * len(words), lengths, part, network, given=given))

    if threads < 2 or len(parts) < 2:
        return [found for part in parts for found in one(part)]
    with ThreadPoolExecutor(threads) as pool:
        return [found for part in pool.map(one, parts) for found in part]


def _parts(lengths: Sequence[int], breaks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Stretches of whole paragraphs, each of at most one window if its paragraphs allow it."""
    begun = total = 0
    edges = [*(word for word in range(1, len(lengths)) if breaks[word]), len(lengths)]
    before = 0
    for edge in edges if lengths else ():
        length = sum(lengths[before:edge])
        if total and total + length > WINDOW:
            yield begun, before
            begun, total = before, 0
        total += length
        before = edge
    if lengths:
        yield begun, len(lengths)


def _read(
    words: Sequence[str],
    breaks: Sequence[bool],
    sides: Sequence[int],
    lengths: Sequence[int],
    part: tuple[int, int],
    network: Network,
    *,
    given: bool,
) -> Iterator[Read]:
    """The sentences of one part."""
    (at, stop), limit = part, WINDOW
    while at < stop:
        end = _window(lengths, at, stop, limit)
        scores = network.scores(words[at:end], breaks[at:end])
        cuts = _cuts(scores, words, breaks, sides, (at, end), given=given)
        cuts = cuts if given else _with_words(words[:end], breaks, _beside(cuts, breaks, sides, end))
        if end < stop and not breaks[end]:
            cuts = _sure(cuts, end, given=given)
            if len(cuts) == 1 and limit == WINDOW:
                limit = LONG_WINDOW
                continue
            if len(cuts) == 1 or (limit == LONG_WINDOW and cuts[-1] - at < LEAST_READ * (end - at)):
                cuts.append(_best_cut(scores, at, end))
        else:
            cuts.append(end)
        for start, after in pairwise(cuts):
            yield Read(start, after, scores.part(start - at, after - at), goes_on=given and not breaks[start])
        at, limit = cuts[-1], WINDOW


def _window(lengths: Sequence[int], at: int, stop: int, limit: int) -> int:
    """Where the window from a word on ends: at the part's end, or with the last word that fits."""
    total, end = lengths[at], at + 1
    while end < stop and total + lengths[end] <= limit:
        total += lengths[end]
        end += 1
    return end


def _cuts(
    scores: Scores,
    words: Sequence[str],
    breaks: Sequence[bool],
    sides: Sequence[int],
    window: tuple[int, int],
    *,
    given: bool,
) -> list[int]:
    """The words that begin a sentence; the window's first word always does."""
    at, end = window
    begins = [at]
    for word in range(at + 1, end):
        if breaks[word] or (not given and (scores.starts[word - at] > 0 or _quoted_end(words, sides, at, word))):
            begins.append(word)
    return begins


def _quoted_end(words: Sequence[str], sides: Sequence[int], at: int, word: int) -> bool:
    """Whether a full stop and closing marks stand before a word with a capital: «… away with it.'" Ada Finch …».

    A speaker who follows a quotation follows a comma (or "?", "!", which are left to the network).
    """
    last = word - 1
    while last > at and sides[last] < 0:
        last -= 1
    return last < word - 1 and words[last] == "." and words[word][:1].isupper()


def _beside(cuts: Sequence[int], breaks: Sequence[bool], sides: Sequence[int], end: int) -> list[int]:
    """The cuts moved so that opening marks go with what follows, closing ones with what stands before."""
    moved = {cuts[0]}
    for cut in cuts[1:]:
        place = cut
        while not breaks[place] and sides[place - 1] > 0 and place - 1 > cuts[0]:
            place -= 1
        while place == cut and place < end and not breaks[place] and sides[place] < 0:
            place += 1
            cut = place
        if place < end:
            moved.add(place)
    return sorted(moved)


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
