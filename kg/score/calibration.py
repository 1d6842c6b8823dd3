"""How far confidences can be believed: pairs of a confidence and whether it was right -> reliability, Brier, ECE."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Pair = tuple[float, bool]


class Bin(NamedTuple):
    """The pairs with a confidence in ``[start, end)``, 1 in the last bin: how many, mean confidence, share right."""

    start: float
    end: float
    size: int
    confidence: float
    right: float


def reliability(pairs: Iterable[Pair], bins: int = 10) -> list[Bin]:
    """Mean confidence and share right in bins of equal width, without those that are empty (a reliability diagram).

    >>> for one in reliability([(0.9, True), (1.0, True), (0.8, False), (0.3, False)], bins=2):
    ...     print(one.start, one.end, one.size, round(one.confidence, 3), round(one.right, 3))
    0.0 0.5 1 0.3 0.0
    0.5 1.0 3 0.9 0.667

    Raises ValueError for a confidence that is not within 0 and 1.
    """
    held: dict[int, list[Pair]] = {}
    for confidence, right in pairs:
        if not 0 <= confidence <= 1:
            raise ValueError(f"a confidence must be within 0 and 1, not {confidence}")
        held.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    return [
        Bin(
            place / bins, (place + 1) / bins, len(inside),
            sum(confidence for confidence, _ in inside) / len(inside), sum(right for _, right in inside) / len(inside),
        )
        for place, inside in sorted(held.items())
    ]  # fmt: skip


def brier(pairs: Iterable[Pair]) -> float:
    """The mean square of what confidences are off (Brier 1950): 0 is perfect, 0.25 is that of always saying 0.5.

    >>> brier([(1.0, True), (0.5, False)])
    0.125
    """
    errors = [(confidence - right) ** 2 for confidence, right in pairs]
    return sum(errors) / len(errors) if errors else 0.0


def ece(pairs: Iterable[Pair], bins: int = 10) -> float:
    """Expected calibration error (Guo et al. 2017): how far confidence and share right lie apart, averaged over bins.

    >>> round(ece([(0.8, True), (0.8, True), (0.8, True), (0.8, True), (0.8, False)]), 6)
    0.0
    >>> ece([(1.0, True), (1.0, False)])
    0.5
    """
    found = reliability(pairs, bins)
    total = sum(one.size for one in found)
    return sum(one.size * abs(one.confidence - one.right) for one in found) / total if total else 0.0
