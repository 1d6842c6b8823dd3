"""How far a triple stands, by the rule that the ontology gives as data."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from kg.emit.derive import shipped_rule
from kg.emit.facts import Rule, Stance

OWN = Stance("Positive", "Certain", "Past", conditional=False, spoken=False)
SAID = replace(OWN, spoken=True)
DENIED = replace(SAID, polarity="Negative")
MAYBE = replace(OWN, certainty="Possible")
TO_COME = replace(OWN, tense="Future")
IF = replace(OWN, conditional=True)

CASES = [
    ([OWN], "kg:Asserted"),
    ([SAID], "kg:Reported"),
    ([SAID, OWN], "kg:Asserted"),
    ([SAID, SAID], "kg:Reported"),
    ([OWN, DENIED], "kg:Disputed"),
    ([SAID, DENIED], "kg:Disputed"),
    ([DENIED], "kg:DeniedOnly"),
    ([replace(DENIED, certainty="Possible"), OWN], "kg:Disputed"),
    ([MAYBE, TO_COME, IF], None),
    ([MAYBE, SAID], "kg:Reported"),
    ([IF, DENIED], "kg:DeniedOnly"),
    ([], None),
]


def standing(rule: Rule, stances: list[Stance]) -> str | None:
    found = rule.standing(map(rule.fits, stances))
    return found.name if found else None


@pytest.mark.parametrize("stances, expected", CASES)
def test_the_standing_of_a_triple_by_all_its_claims_in_any_order(stances: list[Stance], expected: str | None) -> None:
    for order in permutations(stances):
        assert standing(shipped_rule(), list(order)) == expected


def test_only_what_nobody_denies_lives_in_a_graph_of_facts() -> None:
    rule = shipped_rule()
    layers = {one.name: one.layer for one in rule.standings}
    assert layers == {"kg:Asserted": "asserted", "kg:Reported": "reported", "kg:Disputed": None, "kg:DeniedOnly": None}
    assert rule.fatal == {"kg:DeniesIt"}


def test_where_nothing_denies_looking_stops_at_the_best_that_can_come() -> None:
    rule, looked = shipped_rule(), list[Stance]()

    def looking() -> object:
        for stance in (OWN, SAID, SAID):
            looked.append(stance)
            yield rule.fits(stance)

    best = rule.of_layer("asserted")
    assert rule.standing(looking(), at_best=best) is best  # type: ignore[arg-type]
    assert looked == [OWN]


def test_the_rule_is_the_data_s_a_looser_pattern_makes_more_facts() -> None:
    rule = shipped_rule()
    looser = tuple(
        replace(one, certainty=frozenset({"Certain", "Possible"})) if one.name == "kg:HoldsByItself" else one
        for one in rule.patterns
    )
    assert standing(Rule(looser, rule.standings), [MAYBE]) == "kg:Asserted"
