"""The house of DESIGN: floors and walls, read off the imports of every module; and what its rooms must look like.

Imports for type checking only are free: they are gone when the program runs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "kg"
Rule = Callable[[Path, ast.Module], Iterator[str]]
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = (
    ("plain",),
    ("answers",),
    ("errors", "records", "names", "voices"),
    ("ontology", "record_bytes", "files"),
    ("read", "language", "extract", "resolve", "emit", "store", "cache"),
    ("mapping",),
    ("ask", "check", "view", "export", "annotation", "show", "changing", "sparing"),
    ("taking", "score"),
    ("build", "cluster", "push"),
    ("graph", "sentences", "serve"),
    ("cli", "__init__", "crashes"),
    ("__main__",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
VERSION = ("kg", "__version__")
"""The one thing that a room on the top floor takes from its neighbour: the command shows the package's version."""

ONLY_IN = {
    "spacy": {"language", "extract"},
    "networkx": {"view"},
    "pyvis": {"view"},
    "pyshacl": {"check"},
    "click": {"cli"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "rich": {"cli"},
    "distributed": {"cluster"},
    "dask": {"cluster"},
}
_LIGHT = frozenset(
    {"errors", "records", "names", "voices", "read", "extract", "resolve", "view", "annotation", "show", "cli"}
)
NOT_IN = {"rdflib": _LIGHT, "pyoxigraph": _LIGHT, "oxrdflib": _LIGHT}
LONGEST = 400


class Import(NamedTuple):
    """One imported module (or name in a module) and the line where it stands."""

    module: str
    name: str
    line: int


def imports(tree: ast.Module) -> Iterator[Import]:
    """Every import that runs, wherever it stands."""
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, "", node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (Import(node.module or "", alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            stack.extend(node.orelse)
            continue
        stack.extend(ast.iter_child_nodes(node))


def room_of(path: Path) -> str:
    """The room that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def room_meant(found: Import) -> str | None:
    """The room of ours that an import leads to."""
    first, *rest = found.module.split(".")
    if first != "kg":
        return None
    target = rest[0] if rest else found.name
    return target if target in FLOOR else "__init__"


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def floor_violations(path: Path, tree: ast.Module) -> Iterator[str]:
    """Imports that lead up, or across to another room on the same floor."""
    own = room_of(path)
    for found in imports(tree):
        room = room_meant(found)
        if room is None or room == own or (found.module, found.name) == VERSION:
            continue
        if FLOOR[room] >= FLOOR[own]:
            yield f"{place(path, found.line)}: {own} imports {room}, which is not on a lower floor"


def wall_violations(path: Path, tree: ast.Module) -> Iterator[str]:
    """Imports of libraries that stay out of a room."""
    own = room_of(path)
    for found in imports(tree):
        library = found.module.split(".")[0]
        if own not in ONLY_IN.get(library, {own}) or own in NOT_IN.get(library, ()):
            yield f"{place(path, found.line)}: {library} has no place in {own}"


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions and methods that others may call, without those of protocols, which say nothing but their type."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_") and "Protocol" not in ast.dump(node):
            yield from (item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef))


def undescribed(path: Path, tree: ast.Module) -> Iterator[str]:
    """Modules and public functions without a word on what they are for, or without a return type."""
    if ast.get_docstring(tree) is None and path.name != "__main__.py":
        yield f"{place(path, 1)}: the module has no docstring"
    for function in public_functions(tree):
        if function.returns is None:
            yield f"{place(path, function.lineno)}: {function.name} has no return type"
        if not function.name.startswith("_") and ast.get_docstring(function) is None:
            yield f"{place(path, function.lineno)}: {function.name} has no docstring"


@pytest.mark.parametrize("rule", [floor_violations, wall_violations, undescribed], ids=["floors", "walls", "words"])
def test_every_module_keeps_the_rules_of_the_house(rule: Rule) -> None:
    found = [violation for path in MODULES for violation in rule(path, parsed(path))]
    assert not found, "\n".join(found)


def test_every_room_has_a_floor() -> None:
    assert {room_of(path) for path in MODULES} <= set(FLOOR)


def test_no_module_is_longer_than_can_be_read() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    long = [f"{place(path, length)}" for path, length in lengths.items() if length > LONGEST]
    assert not long, f"more than {LONGEST} lines; split it: {', '.join(long)}"


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    # Put together from two parts, so that this file does not name one itself.
    homes = re.compile("|".join(("/" + "home/[a-z]", "/" + "root/", "/" + "Users/", "/" + "work/", ":\\\\" + "Users")))
    kinds = {".py", ".md", ".toml", ".ttl", ".rq", ".ipynb", ".txt", ".json", ".html", ".js", ".css"}
    folders = [ROOT / name for name in ("kg", "ontology", "tests", "notebooks")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in kinds]
    files += [path for path in ROOT.iterdir() if path.is_file() and (path.suffix in kinds or path.name == "Makefile")]
    found = [
        place(path, text.count("\n", 0, match.start()) + 1)
        for path in files
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        for match in homes.finditer(text)
    ]
    assert len(files) > 50
    assert not found, f"paths of one machine: {', '.join(found)}"


# ---- the rules themselves


def broken(rule: Rule, room: str, code: str) -> list[str]:
    """What a rule says of a module with this code in this room."""
    return list(rule(PACKAGE / f"{room}.py", ast.parse(code)))


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("read", "from kg.store import Store"),
        ("read", "from kg import store"),
        ("records", "import kg.names"),
        ("resolve", "def f():\n    from kg.build import build"),
        ("graph", "from kg.cli import main"),
        ("build", "from kg import KnowledgeGraph"),
    ],
)
def test_a_step_up_or_across_is_seen(room: str, code: str) -> None:
    assert broken(floor_violations, room, code)


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("build", "from kg import store, read\nfrom kg.records import Article"),
        ("store", "from kg.store import folder"),
        ("cli", "from kg import __version__"),
        ("read", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from kg.store import Store"),
    ],
)
def test_a_step_down_is_allowed(room: str, code: str) -> None:
    assert not broken(floor_violations, room, code)


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("store", "import spacy.tokens"),
        ("view", "def f():\n    import rdflib"),
        ("show", "from pyoxigraph import NamedNode"),
        ("graph", "from rich.table import Table"),
        ("export", "import networkx as nx"),
    ],
)
def test_a_library_out_of_place_is_seen(room: str, code: str) -> None:
    assert broken(wall_violations, room, code)
    assert not broken(wall_violations, room, "import json")


def test_a_function_without_words_is_seen() -> None:
    code = (
        '"""M."""\ndef told() -> int:\n    """T."""\ndef silent() -> int: ...\n'
        'def _own() -> int: ...\ndef open_():\n    """D."""'
    )
    found = broken(undescribed, "store", code)
    assert len(found) == 2 and "silent" in found[0] and "open_" in found[1]
