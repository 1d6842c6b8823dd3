"""GAP: does our chain of a pronoun name A, B or neither? (Webster et al. 2018, by its scorer, without the page.)

A pair of a pronoun and a name is told to corefer where the pronoun's chain has a mention by name whose words touch the
given ones. F1 is over all pairs; the bias is F1 of feminine pronouns by that of masculine ones. Names are found by us,
as the set asks; what it gives of them serves only to answer. The plain answer is the name nearest before the pronoun.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.records import Extraction, Span
from kg.score.coref_metrics import Ratio

FOLDER = Path("gap")
Part = Literal["development", "validation"]
FEMININE = frozenset({"she", "her", "hers", "herself"})


@dataclass(frozen=True, slots=True)
class Example:
    """A text with a pronoun and two names, each with whether the pronoun stands for it."""

    text: str
    pronoun: Span
    names: tuple[Span, Span]
    right: tuple[bool, bool]

    @property
    def feminine(self) -> bool:
        """Whether the pronoun is feminine; all others are masculine."""
        return self.text[slice(*self.pronoun)].lower() in FEMININE


Answer = tuple[bool, bool]


def read(data: Path, part: Part) -> list[Example]:
    """The examples of a part."""
    with (data / FOLDER / f"gap-{part}.tsv").open(encoding="utf-8", newline="") as file:
        return [_example(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _example(row: dict[str, str]) -> Example:
    def span(name: str) -> Span:
        start = int(row[f"{name}-offset"])
        return Span(start, start + len(row[name]))

    right = tuple(row[f"{name}-coref"].upper() == "TRUE" for name in "AB")
    return Example(row["Text"], span("Pronoun"), (span("A"), span("B")), (right[0], right[1]))


def answer(example: Example, found: Extraction) -> Answer:
    """Which of the names the chain of the pronoun has in a linked record."""
    chains = {m.entity for m in found.mentions if m.form == "pronoun" and _touch(m.head, example.pronoun)}
    named = [m.head for m in found.mentions if m.form == "name" and m.entity in chains]
    first, second = (any(_touch(name, given) for name in named) for given in example.names)
    return first, second


def nearest(example: Example, found: Extraction) -> Answer:
    """The plain answer: the name that ends last before the pronoun."""
    before = [m.head for m in found.mentions if m.form == "name" and m.end <= example.pronoun.start]
    last = max(before, default=Span(-1, -1))
    first, second = (_touch(last, given) for given in example.names)
    return first, second


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def figures(pairs: Iterable[tuple[Example, Answer]]) -> dict[str, float]:
    """F1 of all, of masculine and of feminine pronouns, and the ratio of the last to the one before (times 100)."""
    asked = list(pairs)
    found = {"F1": _f1(asked)}
    for name, feminine in (("F1 masculine", False), ("F1 feminine", True)):
        found[name] = _f1([pair for pair in asked if pair[0].feminine == feminine])
    return found | {"feminine / masculine": 100 * found["F1 feminine"] / max(1e-9, found["F1 masculine"])}


def _f1(pairs: Sequence[tuple[Example, Answer]]) -> float:
    total = Ratio()
    for example, answered in pairs:
        for right, told in zip(example.right, answered, strict=True):
            total += Ratio(right and told, told, right and told, right)
    return total.f1


def answered(
    examples: Sequence[Example], records: Iterable[Extraction], way: Callable[[Example, Extraction], Answer] = answer
) -> Iterator[tuple[Example, Answer]]:
    """The examples with the answers that their records give."""
    for example, record in zip(examples, records, strict=True):
        yield example, way(example, record)


__all__ = ["Example", "answer", "answered", "figures", "nearest", "read"]
