"""Gold against output, one module a benchmark; `scorecard` runs them over a folder of public data.

Figures are of development parts: what is tuned on them is said where a figure is shown. Held-out parts are measured
outside the repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["OWN", "PARTS", "Row", "scorecard"]

PARTS = ("language", "triples", "dates", "stance", "events", "relations", "coreference", "statements")
"""What `kg score` can measure, in the order of the chain."""
OWN = frozenset({"statements"})
"""The parts that need no folder of public data."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the scorecard: the data, the measure, its value (percent if nothing else is said), its target."""

    data: str
    measure: str
    value: float
    target: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        return None if self.target is None else round(self.value, 1) >= self.target


def scorecard(
    data: Path | None, parts: Sequence[str] = PARTS, *, model: str | None = None, share: float = 1.0, threads: int = 1
) -> Iterator[Row]:
    """The figures of some parts, one by one, of the benchmarks that lie in a folder.

    `share` below 1 is for a quick look: it takes the first part of each set of the language benchmarks only, and of
    those of relations a part spread over all (0.25: every fourth item). A benchmark whose data is not there is left
    out; without a folder only those of our own data are measured.
    """
    if "statements" in parts:
        from kg.score import statements

        yield from statements.rows(data, model=model)
    if data is None:
        return
    if "language" in parts:
        from kg.score import language

        yield from language.rows(data, model=model, share=share, threads=threads)
    if "triples" in parts:
        from kg.score import carb, triples

        yield from triples.rows(data, model=model)
        yield from carb.rows(data, model=model)
    if "dates" in parts:
        from kg.score import times

        yield from times.rows(data)
    if "stance" in parts:
        from kg.score import factuality

        if (data / "meantime").is_dir():
            yield from factuality.rows(data, model=model)
        if (data / "uds").is_dir() and (data / "ud_ewt").is_dir():
            yield from factuality.uds(data, model=model)
    if "events" in parts and (data / "meantime").is_dir():
        from kg.score import event_coreference, events

        yield from events.rows(data, model=model)
        yield from event_coreference.rows(data, model=model)
    if "relations" in parts:
        from kg.score import relations

        yield from relations.rows(data, model=model, share=share, threads=threads)
    if "coreference" in parts:
        from kg.score import coreference

        yield from coreference.rows(data, model=model)
