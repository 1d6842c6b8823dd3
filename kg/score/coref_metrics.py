"""How alike two partitions of mentions are: MUC, B³, CEAF over entities, and their mean, the CoNLL F1.

A mention is anything that can be compared (a span, a document with a span); a cluster is the set of the mentions of
one thing. Key and response need not have the same mentions (Pradhan et al. 2014, "Scoring Coreference Partitions of
Predicted Mentions"): a mention that is only in one of them counts against precision or recall. Over several documents
numerators and denominators are summed before they are divided, as the reference scorer does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Cluster = frozenset[Hashable]
Pair = tuple[Sequence[Cluster], Sequence[Cluster]]
"""Key and response of one document."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Precision and recall as numerators and denominators, so that those of several documents can be added."""

    right: float = 0.0
    found: float = 0.0
    covered: float = 0.0
    wanted: float = 0.0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(
            self.right + other.right, self.found + other.found,
            self.covered + other.covered, self.wanted + other.wanted,
        )  # fmt: skip

    @property
    def precision(self) -> float:
        """Percent of the response that is right; 0 where there is none."""
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Percent of the key that is found; 0 where there is none."""
        return 100 * self.covered / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in percent."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """The three measures of some documents, and how well the mentions themselves were found."""

    muc: Ratio
    b_cubed: Ratio
    ceaf: Ratio
    mentions: Ratio

    @property
    def conll(self) -> float:
        """The mean of the three F1, in percent."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf.f1) / 3


def scores(documents: Iterable[Pair]) -> Scores:
    """The measures over all documents together."""
    total = Scores(Ratio(), Ratio(), Ratio(), Ratio())
    for key, response in documents:
        total = Scores(
            total.muc + muc(key, response), total.b_cubed + b_cubed(key, response),
            total.ceaf + ceaf(key, response), total.mentions + mentions(key, response),
        )  # fmt: skip
    return total


def clusters(labels: Iterable[tuple[Hashable, Hashable]], *, singletons: bool = False) -> list[Cluster]:
    """The clusters of some mentions, each given with the label of its cluster; those of one mention only if asked.

    >>> clusters([("Ann", 1), ("she", 1), ("Oslo", 2)]) == [frozenset({"Ann", "she"})]
    True
    """
    found: dict[Hashable, set[Hashable]] = {}
    for mention, label in labels:
        found.setdefault(label, set()).add(mention)
    return [frozenset(one) for one in found.values() if singletons or len(one) > 1]


def mentions(key: Sequence[Cluster], response: Sequence[Cluster]) -> Ratio:
    """The mentions themselves, whatever their clusters."""
    wanted, found = (frozenset(m for cluster in side for m in cluster) for side in (key, response))
    both = len(wanted & found)
    return Ratio(both, len(found), both, len(wanted))


def muc(key: Sequence[Cluster], response: Sequence[Cluster]) -> Ratio:
    """Links: the key's clusters need so many links fewer as the response leaves them in pieces (Vilain et al. 1995)."""
    return Ratio(*_links(response, key), *_links(key, response))


def _links(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    """The links of the clusters that the others have too, and all that they have."""
    where = _where(others)
    kept = sum(len(one) - len({where.get(mention, mention) for mention in _told(one, where)}) for one in clusters)
    return kept, sum(len(one) - 1 for one in clusters)


def _told(cluster: Cluster, where: dict[Hashable, int]) -> Iterator[Hashable]:
    """The mentions of a cluster, those of no cluster as wrapped, so that none is taken for the number of one."""
    for mention in cluster:
        yield mention if mention in where else ("alone", mention)


def _where(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def b_cubed(key: Sequence[Cluster], response: Sequence[Cluster]) -> Ratio:
    """Mentions: how much of the cluster of each is right, and is found (Bagga and Baldwin 1998)."""
    return Ratio(*_overlaps(response, key), *_overlaps(key, response))


def _overlaps(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    where = _where(others)
    total = 0.0
    for one in clusters:
        shared = Counter(where[mention] for mention in one if mention in where)
        total += sum(number**2 for number in shared.values()) / len(one)
    return total, sum(map(len, clusters))


def ceaf(key: Sequence[Cluster], response: Sequence[Cluster]) -> Ratio:
    """Entities: the best match of clusters one to one, by φ4 = 2|K ∩ R| / (|K| + |R|) (Luo 2005)."""
    best = _best(key, response)
    return Ratio(best, len(response), best, len(key))


def _best(key: Sequence[Cluster], response: Sequence[Cluster]) -> float:
    where = _where(response)
    alike = np.zeros((len(key), len(response)))
    for k, one in enumerate(key):
        for r, number in Counter(where[mention] for mention in one if mention in where).items():
            alike[k, r] = 2 * number / (len(one) + len(response[r]))
    return best_assignment(alike)


def best_assignment(weights: NDArray[np.float64]) -> float:
    """The greatest sum of weights (none below 0), of which no two stand in one row or column.

    Shortest augmenting paths with potentials (Kuhn 1955; Munkres 1957; Jonker and Volgenant 1987).

    >>> best_assignment(np.array([[3.0, 2.0], [2.0, 0.0]]))
    4.0
    """
    cost = -(weights if weights.shape[0] <= weights.shape[1] else weights.T)
    rows, columns = cost.shape
    u, v = np.zeros(rows), np.zeros(columns)
    row_of = np.full(columns, -1)
    for row in range(rows):
        _augment(cost, u, v, row_of, row)
    return float(-sum(cost[row_of[j], j] for j in range(columns) if row_of[j] >= 0))


def _augment(
    cost: NDArray[np.float64], u: NDArray[np.float64], v: NDArray[np.float64], row_of: NDArray[np.int_], start: int
) -> None:
    """Give one row more a column, moving others along the cheapest path; potentials and ``row_of`` are changed."""
    columns = cost.shape[1]
    least, before, done = np.full(columns, np.inf), np.full(columns, -1), np.zeros(columns, dtype=bool)
    row, at = start, -1
    while row >= 0:
        reduced = cost[row] - u[row] - v
        better = ~done & (reduced < least)
        least[better], before[better] = reduced[better], at
        at_next = int(np.argmin(np.where(done, np.inf, least)))
        step = least[at_next]
        u[start] += step
        u[row_of[done]] += step
        v[done] -= step
        least[~done] -= step
        done[at_next], at, row = True, at_next, int(row_of[at_next])
    while at >= 0:
        row_of[at] = row_of[before[at]] if before[at] >= 0 else start
        at = int(before[at])


__all__ = ["Cluster", "Ratio", "Scores", "b_cubed", "best_assignment", "ceaf", "clusters", "mentions", "muc", "scores"]
