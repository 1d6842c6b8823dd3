"""The table of rules: every rule that the code emits is described, and its example is read by it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kg import language, ontology
from kg.extract import clause, extraction, nominal, roles
from kg.extract.rules import RULES, described

FOLDER = Path(clause.__file__).parent
MADE = {"Clause", "Reading", "Job"}
LOOKS_LIKE_A_RULE = re.compile(r"(?:verb|noun|title|role|work)-[a-z-]+|copula|existential|possession")
FLOOR = 19
"""How many of the table's examples the shipped model must give with the rule that they stand for."""


def emitted(tree: ast.Module) -> set[str]:
    """The names of rules in a module's code: what clauses, readings and jobs are made with, and what looks like one."""
    strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    firsts = [call.args[0] for call in calls if call.func.id in MADE and call.args]  # type: ignore[attr-defined]
    made = {first.value for first in firsts if isinstance(first, ast.Constant) and isinstance(first.value, str)}
    return made | {text for text in strings if LOOKS_LIKE_A_RULE.fullmatch(text)}


def test_every_rule_that_the_code_emits_is_in_the_table() -> None:
    found = {name for path in FOLDER.glob("*.py") if path.name != "rules.py"
             for name in emitted(ast.parse(path.read_text(encoding="utf-8")))}  # fmt: skip
    assert {"verb-active", "copula", "title-before", "existential"} <= found
    assert found <= set(RULES), f"describe them in kg/extract/rules.py: {sorted(found - set(RULES))}"


@pytest.mark.parametrize("module", [clause, nominal, roles])
def test_the_rules_that_a_docstring_tells_of_are_in_the_table(module: object) -> None:
    name = "[a-z]+-[a-z-]+|copula|existential|possession"
    told = re.findall(rf"^ {{0,4}}({name}) {{2,}}\S", module.__doc__ or "", flags=re.MULTILINE)
    assert told and set(told) <= set(RULES)


def test_the_examples_are_read_by_their_rules() -> None:
    nlp, tables = language.load(), ontology.load()
    read = {}
    for rule in RULES.values():
        doc = nlp(rule.example)
        read[rule.name] = {p.rule for p in extraction(doc, tables).propositions} | {c.rule for c in clause.clauses(doc)}
    failed = sorted(name for name, rules in read.items() if name not in rules)
    assert len(RULES) - len(failed) >= FLOOR, f"their examples are read otherwise: {failed}"


def test_a_frame_is_described_by_its_rows() -> None:
    rule = described("frame:acquisition", ontology.load())
    assert "acquire" in rule.does and "kg:Acquisition" in rule.does and rule.example


@pytest.mark.parametrize("name", ["frame:nonsense", "verb-nonsense", ""])
def test_a_rule_of_another_version_is_told_as_such(name: str) -> None:
    assert "no rule of that name" in described(name, ontology.load()).does
