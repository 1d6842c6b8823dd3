"""The derived layer: which facts, labels, classes and statuses change when an article comes or goes.

Everything here follows from what the articles say; nothing is edited. The cost of a change is that of the article,
not of the graph: only the nodes and triples that the article speaks of are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pyoxigraph import Quad

from kg import names, ontology
from kg.emit import describe, stand
from kg.emit.facts import Rule
from kg.emit.look import Look, Match


@cache
def shipped_rule() -> Rule:
    """The rule of the shipped ontology."""
    tables = ontology.load()
    return Rule(tables.patterns, tables.standings)


class Derivation(NamedTuple):
    """What must leave the derived graphs and what must enter them."""

    drop: frozenset[Quad]
    add: frozenset[Quad]


def derived(
    removed: Iterable[Quad],
    added: Iterable[Quad],
    told: Match,
    held: Match,
    *,
    base: str = names.BASE,
    rule: Rule | None = None,
) -> Derivation:
    """The derived triples that a change of article graphs touches.

    ``removed`` and ``added`` are the quads of the article graphs before and after (what is in both may be in both);
    ``told`` looks into all article graphs as they will be after the change, ``held`` into the derived graphs as
    they still are, which must be right for what the articles said before. ``rule`` tells which triples stand; by
    default the shipped ontology's.
    """
    rule = rule or shipped_rule()
    look = Look(told, held, base)
    gone, fresh = set(removed), set(added)
    touched = {quad.subject for quad in gone ^ fresh}
    old: set[Quad] = set()
    new: set[Quad] = set()
    for node, description in describe.changes(gone, fresh).items():
        old.update(describe.before(look, node))
        new.update(describe.after(look, node, description))
    # A claim is looked at whole, so that one with a new stance is seen though its triple is the same.
    gone, fresh = ({quad for quad in quads if quad.subject in touched} for quads in (gone, fresh))
    for fact, change in stand.changes(gone, fresh, base).items():
        old.update(stand.before(look, fact))
        new.update(stand.after(look, fact, change, rule))
    return Derivation(frozenset(old - new), frozenset(new - old))
