"""What one question may cost, and how many are answered at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` and ``memory`` (MiB) of one question, ``rows`` of its answer (solutions or triples).

    ``workers`` queries are answered at once, in a process each; pages have a process of their own, so that they are
    answered while every worker is busy. ``longest`` is the greatest length of a query, ``largest`` of an answer, in
    bytes. ``look`` says how often, in seconds, the graph is looked at for what has changed.
    """

    seconds: float = 30.0
    memory: int = 1024
    rows: int = 10_000
    workers: int = 2
    longest: int = 200_000
    largest: int = 64 * 2**20
    look: float = 5.0


__all__ = ["Limits"]
