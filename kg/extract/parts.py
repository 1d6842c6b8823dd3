"""What the rules of ``extract`` hand to each other: clauses and their parts, by token index of one Doc."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.records import Certainty, Polarity, Tense


@dataclass(frozen=True, slots=True)
class Part:
    """One argument of a predicate.

    ``slot`` is ``subject``, ``object``, ``indirect`` (indirect object), ``agent`` (by-phrase of a passive),
    ``possessive`` (Amazon's acquisition), ``compound`` (job cuts), ``complement`` (nominal or adjectival
    predicate), ``apposition``, or a preposition's lemma ("in", "for", "of", "according to").
    ``head`` is the head token's index, ``tokens`` all of the argument's tokens in order, minimal and complete.
    ``case`` are the words of its preposition where they are more than its own ("in honor of"); else it is empty.
    """

    slot: str
    head: int
    tokens: tuple[int, ...]
    case: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """How a proposition is put forward; the categories are FactBank's, certainty and polarity, plus time."""

    polarity: Polarity = "+"
    certainty: Certainty = "certain"
    tense: Tense = "present"
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with its arguments, in active order (a passive's patient is its ``object``).

    ``predicate`` is the head token's index (verb, or noun of a nominal predicate), ``words`` the tokens that
    say the relation (particles, the nouns of light verbs; no auxiliaries, no negation), ``lemma`` their normal
    form ("take over", "acquire"), ``rule`` the rule that read it ("verb-active", "noun-possessive" …).
    The stance of a nominal clause is not worked out here, since few are told (``stance.argument_stance``).
    """

    rule: str
    predicate: int
    words: tuple[int, ...]
    lemma: str
    parts: tuple[Part, ...]
    stance: Stance = field(default_factory=Stance)
    nominal: bool = False

    def part(self, *slots: str) -> Part | None:
        """The first part that stands in one of these slots, in the order of ``slots``."""
        for slot in slots:
            for part in self.parts:
                if part.slot == slot:
                    return part
        return None


@dataclass(frozen=True, slots=True)
class Reading:
    """One binary relation: ``words`` are its tokens in the order in which it is read, ``added`` a word that the text
    leaves out behind them ("is" in an apposition, "to" in «gave Bolt a loan»); an ``object`` without tokens is none.

    ``lemma`` is the normal form of the relation; ``inverted`` says that the text has the object before it
    (a passive with its agent: "Bolt was bought by Acme" is read as Acme, buy, Bolt).
    """

    rule: str
    predicate: int
    subject: Part
    words: tuple[int, ...]
    lemma: str
    object: Part
    stance: Stance
    inverted: bool = False
    added: str = ""


Reject = Callable[[Reading, str], None]
"""Told of a reading that is dropped, and why."""


def dropped(reading: Reading, why: str) -> None:
    """Tell nobody."""
