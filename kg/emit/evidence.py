"""What one article bears out of the derived layer: rows that meet those of all articles, thing by thing, in `blocks`.

A row is plain data (JSON), so that it can be made by one process, lie in a file, and be weighed by another:

- ``[node, "form" | "told" | "listed", value]``: a name form of the node, how far an event got, its IRI elsewhere;
- ``[node, "read", class, article, [classes above]]``: what the article takes the node for;
- ``[subject, "fact", predicate, object, [patterns]]``: a plain triple, and which patterns of claims one claim or
  statement fits. The object is an IRI, or a pair of a literal's text and datatype.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg import names
from kg.emit import describe, stand
from kg.emit.facts import Rule, Stance
from kg.emit.stand import Parts
from kg.emit.terms import Term

Row = list[Any]
_SORTS = {describe.FORM: "form", describe.TOLD: "told", describe.LISTED: "listed"}
_WATCHED = {*_SORTS, describe.READ, describe.BELOW, *stand.PARTS}


class Evidence:
    """Quads of articles -> rows, by a rule of which claims bear a triple out; ``base`` begins the nodes' IRIs."""

    def __init__(self, base: str, rule: Rule) -> None:
        self._events, self._rule = names.mint("event", "", base=base), rule
        self._fits: dict[Stance, list[str]] = {}

    def rows(self, article: str, quads: Iterable[Quad]) -> list[Row]:
        """The rows of one article, given its IRI and all its quads."""
        told = stand.parts(quads, _WATCHED)
        return [*self._described(article, told), *self._borne_out(told)]

    def _described(self, article: str, parts: Parts) -> Iterator[Row]:
        for node, part in parts.items():
            for predicate, sort in _SORTS.items():
                yield from ([node.value, sort, value.value] for value in part.get(predicate, ()))
            for class_ in part.get(describe.READ, ()):
                above = sorted(_above(parts, class_.value)) if node.value.startswith(self._events) else []
                yield [node.value, "read", class_.value, article, above]

    def _borne_out(self, parts: Parts) -> Iterator[Row]:
        for fact, node in stand.facts(parts, self._events):
            stance = stand.stance(fact, parts[node])
            if stance not in self._fits:
                self._fits[stance] = sorted(self._rule.fits(stance))
            yield [fact.subject.value, "fact", fact.predicate.value, _plain(fact.object), self._fits[stance]]


def _above(parts: Parts, class_: str) -> set[str]:
    """The classes between one and ``kg:Event`` in an article."""
    return describe.above(class_, lambda one: parts.get(one, {}).get(describe.BELOW, ()))


def _plain(term: Term) -> str | list[str]:
    return [term.value, term.datatype.value] if isinstance(term, Literal) else term.value


def as_term(plain: str | list[str]) -> Term:
    """The object of a fact of a row."""
    return NamedNode(plain) if isinstance(plain, str) else Literal(plain[0], datatype=NamedNode(plain[1]))
