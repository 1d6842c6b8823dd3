"""The record of a fact that breaks a rule: the fact, the rule, and the words and articles that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
"""The gravest first: what must never be, what is doubtful, what is worth knowing."""


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a fact: in words and, where it is no literal, by its IRI."""

    label: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact is said: the words, the article's id and, where there is one, the claim (its IRI)."""

    words: str
    article: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """One fact that breaks one rule.

    ``rule`` is the name (IRI) of the SHACL shape, ``name`` its label and ``message`` what it asks. Where the rule is
    broken by a thing as such, there is no ``relation``, where something is missing no ``object``. ``places`` are all
    those where articles say so, in order.
    """

    severity: Severity
    rule: str
    name: str
    message: str
    subject: Term
    relation: Term | None = None
    object: Term | None = None
    places: tuple[Place, ...] = ()

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes this breach one with another: rule and fact."""
        return (self.rule, self.message, self.subject, self.relation, self.object)

    @property
    def order(self) -> tuple[Any, ...]:
        """Where it stands in a list: the gravest first, then by rule and fact."""
        parts = (self.subject, self.relation, self.object)
        fact = [(part.label, part.iri or "") if part else ("", "") for part in parts]
        return (SEVERITIES.index(self.severity), self.rule, self.message, *fact)


__all__ = ["SEVERITIES", "Breach", "Place", "Severity", "Term"]
