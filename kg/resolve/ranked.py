"""A pronoun or a common noun -> the chain that it most likely stands for, or none, by weights learned from open texts.

A log-linear ranker of chains (Denis and Baldridge 2008; Durrett and Klein 2013): each candidate, and that the mention
begins something new, has the sum of the weights of its clues; the soft maximum over them is how sure an answer is.
What the hand-made rules would choose is one of the clues. The weights (``ranker.json``) are fitted by
``kg.score.fit_coreference``, which says on what.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final, NamedTuple

from kg.resolve.around import Around
from kg.resolve.because import because
from kg.resolve.candidates import Candidates
from kg.resolve.clues import Field, asked
from kg.resolve.draft import Chain, Draft

TABLE: Final = "ranker.json"
OPEN: Final = ("the most salient person", "the most salient thing", "the most salient group", "the same noun again")
"""How the reasons of those hand-made rules begin that the ranker may overrule."""
LEAST_LIKELY: Final = 0.33
"""No chain that is less likely is chosen: a wrong «it» makes a wrong fact."""
LEAST: Final = {"he": 0.0}
MARGIN: Final = {"he": 1.15}
"""How much likelier than the next chain one must be: where two persons are as likely, none is told."""
GAIN: Final = {"it": 2.0, "they": 2.0, "the": 2.0, "this": 2.0, "own": 2.0}
"""How much less likely than something new a chain may be: by cross-validation a few more joined make better chains."""
Rule = tuple[Chain, str, float] | None
"""What a hand-made rule chooses: a chain, why, and how sure."""


class Question(NamedTuple):
    """What is weighed of one mention: its sort, the candidates, and the clues of each, last those of something new."""

    sort: str
    candidates: Sequence[Chain]
    clues: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one sort of mentions by clue."""

    clues: Mapping[str, float]

    def chances(self, question: Question) -> list[float]:
        """How likely each candidate is, and last that it is something new."""
        get = self.clues.get
        sums = [sum([get(clue, 0.0) for clue in clues]) for clues in question.clues]
        top = max(sums)
        parts = [math.exp(one - top) for one in sums]
        total = sum(parts)
        return [part / total for part in parts]

    @staticmethod
    def best(sort: str, chances: Sequence[float]) -> int | None:
        """Which candidate is chosen; None for something new."""
        *chains, new = chances
        best = max(range(len(chains)), key=lambda n: (chains[n], -n), default=None)
        if best is None or chains[best] < LEAST.get(sort, LEAST_LIKELY) or chains[best] * GAIN.get(sort, 1.0) < new:
            return None
        second = max((chance for n, chance in enumerate(chains) if n != best), default=0.0)
        return best if chains[best] >= MARGIN.get(sort, 1.0) * second else None


class Ranked:
    """The ranker at work on one draft."""

    def __init__(self, draft: Draft, weights: Mapping[str, Weights], *, blind: bool = False) -> None:
        self.draft, self.weights = draft, weights
        self.around = Around(draft)
        self.candidates = Candidates(self.around, blind=blind)

    def question(self, index: int, rule: Rule) -> Question | None:
        """What is weighed of a mention; None where the rule alone decides."""
        now = asked(self.around, index)
        if now is None:
            return None
        found = self.candidates.of(now)
        if rule is not None and rule[0] not in found:
            found.append(rule[0])
        told = None if rule is None else (rule[0], kind_of(rule[1]))
        field = Field(self.around, now, found, told, self.candidates.follows(now))
        return Question(now.sort, found, [*(field.of(chain) for chain in found), field.of_new()])

    def choose(self, index: int, rule: Rule) -> Rule:
        """The chain of a mention with the reason and how sure that is; None for something new."""
        if rule is not None and (not rule[1].startswith(OPEN) or self.draft.speaks(index)):
            return rule  # what the text says of speakers, titles, names: made for news, of which few are annotated
        question = self.question(index, rule)
        known = None if question is None else self.weights.get(question.sort)
        if question is None or known is None:
            return rule
        chances = known.chances(question)
        best = known.best(question.sort, chances)
        if best is None:
            return None
        chain = question.candidates[best]
        told = rule[1] if rule is not None and rule[0] is chain else None
        return chain, because(question.clues[best], known.clues, told), chances[best]


def kind_of(reason: str) -> str:
    """A rule's reason without the words of the article in it.

    >>> kind_of("the most salient person for “he”"), kind_of("the name says airline")
    ('the most salient person', 'the name says')
    """
    for start in ("the most salient person", "the most salient group", "the most salient thing", "the name says"):
        if reason.startswith(start):
            return start
    return "the most salient" if reason.startswith("the most salient") else reason


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Weights]:
    """The weights that are shipped."""
    path = resources.files("kg.resolve") / TABLE
    if not path.is_file():
        return {}
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {sort: Weights(row) for sort, row in table.items()}


__all__ = ["Question", "Ranked", "Weights", "kind_of", "shipped"]
