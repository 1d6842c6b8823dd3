"""Fit the weights with which pronouns and common nouns are given to chains (``kg.resolve.ranked``).

    python -m kg.score.fit_coreference --data DATA [--cache FOLDER]            how well they do on documents left out
    python -m kg.score.fit_coreference --data DATA [--cache FOLDER] --write    fits them anew on all

On the training documents of OntoGUM alone. A question is right answered by any chain whose mentions are of the same
thing in the annotation, so the likelihood sums over all of them (Durrett and Klein 2013); where there is none, by
something new. The chains of a question are those of our own earlier answers: in the first round of the hand-made rules,
in the second of weights that were fitted without the document; both are kept (after Ross and others 2011).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.records import Extraction
from kg.resolve import ranked
from kg.resolve.clues import by_name
from kg.resolve.coreference import drafted
from kg.resolve.draft import Chain, Draft
from kg.resolve.ranked import Question, Ranked, Rule, Weights
from kg.score import ontogum, parsed

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE = Path(ranked.__file__).with_name(ranked.TABLE)
FOLDS = 3
ROUNDS = 2
GROUPS: Mapping[str, tuple[str, ...]] = {
    "third": ("he", "it", "they"), "talk": ("I", "we", "you"), "noun": ("the", "this", "own"),
}  # fmt: skip
"""Sorts of mentions that have weights in common, besides their own."""
RARE = 4
SMALL = 0.02
HIDDEN = ("name ", "said ", "rule ", "new rule ")
PRIOR = {"name not none": -3.0, "name not not": -3.0, "name none": -0.5, "kind Person pronoun": -1.0}
"""Where weights start and are drawn to, other than nothing."""
PENALTY = 3.0
"""Of the squares of weights, per question by a thousand."""
STEPS = 200
RATE = 0.1


class Answered(NamedTuple):
    """A question with which of its answers are right."""

    question: Question
    right: tuple[bool, ...]


@dataclass(slots=True)
class Read:
    """A document's record with the thing that each mention is in the annotation (-1: none, no key: not marked)."""

    name: str
    record: Extraction
    things: Mapping[int, int]
    asked: list[Answered] = field(default_factory=list)

    def ask(self, weights: Mapping[str, Weights] | None) -> None:
        """Ask once more, by weights or by the rules alone."""
        self.asked += [*ask(self, weights), *told_by_gender(self.record, weights)]


def read(data: Path, part: str, *, model: str | None = None, cache: Path | None = None) -> list[Read]:
    """The documents of a part of OntoGUM."""
    from kg import extract, ontology

    documents, meanings = list(ontogum.documents(data, part)), ontology.load()
    kept = cache / f"ontogum_{part}.docs" if cache else None
    docs = parsed.docs([one.text for one in documents], model=model, cache=kept)
    found = []
    for one, doc in zip(documents, docs, strict=True):
        record = extract.extraction(doc, meanings)
        found.append(Read(one.name, record, ontogum.things(one, doc, record)))
    return found


def ask(one: Read, weights: Mapping[str, Weights] | None) -> list[Answered]:
    """The questions of a document, its chains built by weights, or by the rules alone."""
    asked: list[Answered] = []

    def chooser(draft: Draft) -> Callable[[int, Rule], Rule]:
        ranker = Ranked(draft, weights or {})

        def choose(index: int, rule: Rule) -> Rule:
            question = ranker.question(index, rule)
            if question is not None and index in one.things:
                right = _right(one, index, question.candidates)
                if question.sort != "he" or not right[-1] or one.things[index] < 0:
                    asked.append(Answered(question, right))
            if weights is None or question is None:
                return rule
            return ranker.choose(index, rule)

        return choose

    drafted(Draft(one.record), chooser)
    return asked


def _right(one: Read, index: int, candidates: Sequence[Chain]) -> tuple[bool, ...]:
    thing = one.things[index]
    found = [thing >= 0 and thing in _things(one, chain, index) for chain in candidates]
    return (*found, not any(found))


def _things(one: Read, chain: Chain, index: int) -> set[int]:
    """What most mentions of a chain are, of those that are anything, and what the last one before a mention is."""
    start = one.record.mentions[index].start
    known = [(one.record.mentions[i].start, thing) for i in chain.members if (thing := one.things.get(i, -1)) >= 0]
    found = {thing for thing, _ in Counter(thing for _, thing in known).most_common(1)}
    return found | {thing for _, thing in sorted(one for one in known if one[0] < start)[-1:]}


# --- gender tells who is meant ---------------------------------------------------------------------------------


def told_by_gender(record: Extraction, weights: Mapping[str, Weights] | None) -> list[Answered]:
    """Questions that gender alone answers, without what tells it: «Ann met Paul before she …» shows how places weigh.

    (In the manner of Bergsma and Lin 2006.)
    """
    found: list[Answered] = []

    def chooser(draft: Draft) -> Callable[[int, Rule], Rule]:
        ranker, blind = Ranked(draft, weights or {}), Ranked(draft, {}, blind=True)

        def choose(index: int, rule: Rule) -> Rule:
            question = blind.question(index, None)
            if question is not None and question.sort == "he" and len(question.candidates) > 1:
                found.extend(_without_gender(question, draft.mentions[index].gender or ""))
            return rule if weights is None else ranker.choose(index, rule)

        return choose

    drafted(Draft(record), chooser)
    return found


def _without_gender(question: Question, gender: str) -> Iterator[Answered]:
    """The question with those candidates alone whose names tell a gender, if one of several has the pronoun's."""
    kept = [n for n, chain in enumerate(question.candidates) if by_name(chain) is not None]
    right = [by_name(question.candidates[n]) == gender[:1] for n in kept]
    if right.count(True) == 1 and len(right) > 1:
        clues = [[one for one in question.clues[n] if not one.startswith(HIDDEN)] for n in (*kept, -1)]
        yield Answered(Question("he", [question.candidates[n] for n in kept], clues), (*right, False))


# --- fitting ---------------------------------------------------------------------------------------------------


def fit(examples: Sequence[Answered]) -> dict[str, Weights]:
    """The weights of all sorts."""
    found: dict[str, Weights] = {}
    for sorts in GROUPS.values():
        if of_group := [one for one in examples if one.question.sort in sorts]:
            found |= _fit_group(of_group, sorts)
    return found


def _fit_group(examples: Sequence[Answered], sorts: Sequence[str]) -> dict[str, Weights]:
    names = _names(examples)
    columns: list[int] = []
    rows: list[int] = []
    starts, right = [0], list[bool]()
    for one in examples:
        for clues, good in zip(one.question.clues, one.right, strict=True):
            row = len(right)
            for clue in clues:
                for key in (("", clue), (one.question.sort, clue)):
                    if (n := names.get(key)) is not None:
                        columns.append(n)
                        rows.append(row)
            right.append(good)
        starts.append(len(right))
    prior = np.array([PRIOR.get(clue, 0.0) if not sort else 0.0 for sort, clue in names])
    values = _solve(np.array(columns), np.array(rows), np.array(starts), np.array(right), prior)
    return {sort: Weights(_of_sort(names, values, sort)) for sort in sorts}


def _names(examples: Sequence[Answered]) -> dict[tuple[str, str], int]:
    """A number for each clue that is seen often enough, of all sorts ("") and of one."""
    counts = Counter(
        key
        for one in examples
        for clues in one.question.clues
        for clue in clues
        for key in (("", clue), (one.question.sort, clue))
    )
    return {key: n for n, key in enumerate(sorted(key for key, count in counts.items() if count >= RARE))}


def _of_sort(names: Mapping[tuple[str, str], int], values: NDArray[np.float64], sort: str) -> dict[str, float]:
    clues = sorted({clue for of, clue in names if of in ("", sort)})
    found = {}
    for clue in clues:
        value = sum(values[names[key]] for key in (("", clue), (sort, clue)) if key in names)
        if abs(value) >= SMALL:
            found[clue] = round(float(value), 2)
    return found


def _solve(
    columns: NDArray[np.int64], rows: NDArray[np.int64], starts: NDArray[np.int64], right: NDArray[np.bool_],
    prior: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The greatest likelihood of the right answers under a penalty, by Adam (Kingma and Ba 2015) on all at once."""
    size = len(prior)
    weights, first, second = prior.copy(), np.zeros(size), np.zeros(size)
    questions = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    penalty = PENALTY / 1000
    for step in range(1, STEPS + 1):
        sums = np.bincount(rows, weights[columns], len(right))
        sums -= np.maximum.reduceat(sums, starts[:-1])[questions]
        parts = np.exp(sums)
        chance = parts / np.add.reduceat(parts, starts[:-1])[questions]
        good = np.where(right, parts, 0.0)
        told = good / np.add.reduceat(good, starts[:-1])[questions]
        slope = np.bincount(columns, (chance - told)[rows], size) / len(questions) + penalty * (weights - prior)
        first += 0.1 * (slope - first)
        second += 0.001 * (slope**2 - second)
        rate = RATE * (1.0 - step / (STEPS + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def fold_of(number: int) -> int:
    """The fold that a document is in, by its place."""
    return number % FOLDS


def rounds(documents: Sequence[Read]) -> list[dict[str, Weights]]:
    """The weights that are fitted without each fold, after some rounds of asking anew."""
    for one in documents:
        one.ask(None)
    without: list[dict[str, Weights]] = []
    for number in range(ROUNDS):
        without = [
            fit([a for n, one in enumerate(documents) if fold_of(n) != fold for a in one.asked])
            for fold in range(FOLDS)
        ]
        if number < ROUNDS - 1:
            for n, one in enumerate(documents):
                one.ask(without[fold_of(n)])
    return without


def accuracy(documents: Iterable[tuple[Read, Mapping[str, Weights]]]) -> dict[str, tuple[int, int, int, int]]:
    """By sort: how many questions, of how many with an earlier mention, and how many were told and told right."""
    found: dict[str, list[int]] = {}
    for one, weights in documents:
        for answered in ask(one, weights):
            counts = found.setdefault(answered.question.sort, [0, 0, 0, 0])
            known = weights[answered.question.sort]
            best = known.best(answered.question.sort, known.chances(answered.question))
            counts[0] += 1
            counts[1] += not answered.right[-1]
            counts[2] += best is not None
            counts[3] += best is not None and answered.right[best]
    return {sort: (a, b, c, d) for sort, (a, b, c, d) in found.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how well the weights do on documents that they were not fitted on; with ``--write``, fit them on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public data sets")
    parser.add_argument("--model", help="another language model")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="keep the trees here between runs")
    parser.add_argument("--write", action="store_true", help="write the weights that are shipped")
    given = parser.parse_args(arguments)
    documents = read(given.data, "train", model=given.model, cache=given.cache)
    without = rounds(documents)
    for sort, (asked, known, told, good) in accuracy(
        (one, without[fold_of(n)]) for n, one in enumerate(documents)
    ).items():
        print(f"{sort:6} asked {asked:5} known {known:5} told {told:5} precision {good / max(1, told):.3f}"
              f" recall {good / max(1, known):.3f}")  # fmt: skip
    if given.write:
        write(fit([a for one in documents for a in one.asked]))


def write(weights: Mapping[str, Weights]) -> None:
    """Write the table that is shipped."""
    table = {sort: dict(one.clues) for sort, one in sorted(weights.items())}
    TABLE.write_text(json.dumps(table, indent=0, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
