"""From arc scores to a tree with one root, in which each name is one unit.

The deal gave One Medical a new owner.
              \\_________/
only "Medical" may have its head outside the name, and outer words may hang on "Medical" alone
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
NEVER = -1e6


def heads(arcs: NDArray[np.float32], names: Sequence[tuple[int, int]] = ()) -> list[int]:
    """Head of each word, counted from 1, 0 for the root; arcs are (words, root and words)."""
    scores = arcs.astype(np.float64)
    np.fill_diagonal(scores[:, 1:], NEVER)
    found = [0] * len(scores)
    outer = list(range(len(scores)))
    for start, end in names:
        if end - start > 1:
            top = _inside(scores, start, end, found)
            outer = [word for word in outer if not start <= word < end or word == top]
    picked = scores[np.ix_(outer, [0, *(word + 1 for word in outer)])]
    for word, head in zip(outer, tree(picked), strict=True):
        found[word] = outer[head - 1] + 1 if head else 0
    return found


def _inside(scores: Table, start: int, end: int, found: list[int]) -> int:
    """Write the heads inside a name and return its top word.

    A word's score as the top is that of its best head outside.
    """
    rows = scores[start:end]
    outside = np.concatenate((rows[:, : start + 1], rows[:, end + 1 :]), axis=1)
    small = np.concatenate((outside.max(axis=1, keepdims=True), rows[:, start + 1 : end + 1]), axis=1)
    top = start
    for word, head in enumerate(tree(small)):
        found[start + word] = start + head
        if head == 0:
            top = start + word
    return top


def tree(scores: Table) -> list[int]:
    """The best tree with one root; mostly each word's best head is that already."""
    best = [int(head) for head in scores.argmax(axis=1)]
    if best.count(0) == 1 and not _cycle(best):
        return best
    roots = np.argsort(-(scores[:, 0] - scores[:, 1:].max(axis=1, initial=NEVER)), kind="stable")
    tried = [_rooted(scores, int(root)) for root in roots[:4]]
    totals = [round(float(sum(scores[word, head] for word, head in enumerate(one))), 3) for one in tried]
    return tried[totals.index(max(totals))]


def _rooted(scores: Table, root: int) -> list[int]:
    """The best tree under a given root word (Chu and Liu, Edmonds)."""
    forced = scores.copy()
    forced[:, 0] = NEVER * 10
    forced[root] = NEVER * 10
    forced[root, 0] = 0.0
    graph = np.full((len(scores) + 1,) * 2, NEVER * 100)
    graph[1:, :] = forced
    return [int(head) for head in _edmonds(graph)[1:]]


def _cycle(best: Sequence[int]) -> list[int]:
    """Words (from 0) of some cycle, or nothing; `best` are heads counted from 1."""
    state = [0] * (len(best) + 1)
    state[0] = 2
    for first in range(1, len(best) + 1):
        path = []
        word = first
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = best[word - 1]
        if state[word] == 1:
            return [each - 1 for each in path[path.index(word) :]]
        for each in path:
            state[each] = 2
    return []


def _edmonds(graph: Table) -> list[int]:
    """Heads in the best tree below node 0; `graph[child, head]`. Cycles are contracted one after another."""
    best = graph.argmax(axis=1)
    best[0] = 0
    cycle = [node + 1 for node in _cycle([int(head) for head in best[1:]])]
    if not cycle:
        return [int(head) for head in best]
    rest = [node for node in range(len(graph)) if node not in set(cycle)]
    inner = graph[cycle, best[cycle]]
    entering = graph[np.ix_(cycle, rest)] - inner[:, None]
    leaving = graph[np.ix_(rest, cycle)]
    small = np.empty((len(rest) + 1,) * 2)
    small[:-1, :-1] = graph[np.ix_(rest, rest)]
    small[-1, :-1] = entering.max(axis=0)
    small[:-1, -1] = leaving.max(axis=1)
    small[-1, -1] = NEVER * 100
    return _expanded(_edmonds(small), rest, cycle, best, entering.argmax(axis=0), leaving.argmax(axis=1))


def _expanded(
    small: Sequence[int],
    rest: Sequence[int],
    cycle: Sequence[int],
    best: NDArray[np.intp],
    entries: NDArray[np.intp],
    exits: NDArray[np.intp],
) -> list[int]:
    """Heads in the graph before a cycle was contracted, from those after it."""
    found = [int(head) for head in best]
    for index, node in enumerate(rest):
        head = small[index]
        found[node] = cycle[int(exits[index])] if head == len(rest) else rest[head]
    outside = small[-1]
    found[cycle[int(entries[outside])]] = rest[outside]
    found[0] = 0
    return found
