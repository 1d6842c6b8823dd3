"""SPARQL text as tokens: what it may not do, where it is wrong, and where its parameters stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from kg.errors import QueryError

_UPDATES = frozenset({"LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:\w[\w.-]*)?:(?:[\w:.%-]|\\[-_~.!$&'()*+,;=/?\#@%])*)
    | (?P<word>\w+)
    | (?P<blank>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: ``iri``, ``string``, ``variable``, ``name`` (prefixed), ``word`` or ``other``; its place."""

    kind: str
    text: str
    start: int

    @property
    def prefix(self) -> str:
        """What stands before the colon of a prefixed name."""
        return self.text.partition(":")[0]


def tokenized(text: str) -> list[Token]:
    """A query's tokens without blanks and comments."""
    tokens = (Token(str(match.lastgroup), match.group(), match.start()) for match in _TOKEN.finditer(text))
    return [token for token in tokens if token.kind not in ("blank", "comment")]


def refuse(text: str) -> None:
    """Raise QueryError for a query that would write, or ask another server.

    The store's parser takes ``1SERVICE`` and ``SERVICE:x`` as the keyword, too, so the letters are refused wherever
    they are not part of a string, an address, a variable or the second half of a prefixed name. The standard lets
    ``\\u0053`` stand for any letter, so the text is looked at as it stands and as it would then read.
    """
    for reading in (text, _ESCAPE.sub(_unescaped, text)):
        tokens = tokenized(reading)
        for token in tokens:
            word = token.prefix if token.kind == "name" else token.text if token.kind == "word" else ""
            if "SERVICE" in word.upper():
                at = place(reading, token.start)
                raise QueryError(f"SERVICE at {at} asks another server; questions only read this graph")
        first = next((token for token in _operations(tokens)), None)
        if first is not None and first.text.upper() in _UPDATES:
            at = place(reading, first.start)
            raise QueryError(f"{first.text.upper()} at {at} changes the graph; questions only read it")


def _operations(tokens: list[Token]) -> Iterator[Token]:
    """The words that are no part of the prologue, in order."""
    skip = {"BASE", "PREFIX", "WITH"}
    return (token for token in tokens if token.kind == "word" and token.text.upper() not in skip)


def _unescaped(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code < 0x110000 else match.group()


def place(text: str, position: int) -> str:
    """A position as people count: line and column from 1."""
    line = text.count("\n", 0, position) + 1
    return f"line {line}, column {position - text.rfind(chr(10), 0, position)}"


def names_its_graphs(text: str) -> bool:
    """Whether a query says itself which graphs it asks (``FROM``)."""
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in tokenized(text))


def declared(tokens: list[Token]) -> set[str]:
    """The prefixes that a query declares itself."""
    return {name.prefix for word, name in pairwise(tokens) if word.text.upper() == "PREFIX" and name.kind == "name"}


def with_parameters(text: str, bound: Iterable[str], unbound: Iterable[str]) -> tuple[str, set[str]]:
    """The query with its parameters made ready, and the variables that were added to its columns.

    The store binds only variables that are columns, and takes BOUND of a bound one to be false; so columns are
    added and BOUND is answered here.
    """
    answers = dict.fromkeys(bound, "true") | dict.fromkeys(unbound, "false")
    tokens = tokenized(text)
    edits: list[tuple[int, int, str]] = []
    for word, left, name, right in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        if word.text.upper() == "BOUND" and left.text == "(" and name.text[1:] in answers and right.text == ")":
            edits.append((word.start, right.start + 1, answers[name.text[1:]]))
    added = _missing_columns(tokens, bound)
    if added:
        edits.append((*_after_select(tokens), "".join(f" ?{name}" for name in sorted(added))))
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text, added


def _missing_columns(tokens: list[Token], bound: Iterable[str]) -> set[str]:
    words = [token.text.upper() for token in tokens]
    if "SELECT" not in words:
        return set()
    head = tokens[words.index("SELECT") : words.index("{") if "{" in words else None]
    if any(token.text == "*" for token in head[1:3]):
        return set()
    return set(bound) - {token.text[1:] for token in head if token.kind == "variable"}


def _after_select(tokens: list[Token]) -> tuple[int, int]:
    words = [token.text.upper() for token in tokens]
    index = words.index("SELECT")
    token = tokens[index + 1] if words[index + 1] in ("DISTINCT", "REDUCED") else tokens[index]
    return token.start + len(token.text), token.start + len(token.text)


def syntax_error(text: str, error: SyntaxError, prefixes: Mapping[str, str]) -> QueryError:
    """The parser's complaint with line and column, and the prefix that was meant where one is unknown."""
    message = " ".join(str(error.msg or error).split())
    tokens = tokenized(text)
    known = declared(tokens) | set(prefixes)
    for token in tokens if "Prefix not found" in message else ():
        if token.kind == "name" and token.prefix not in known:
            alike = [prefix for prefix in known if abs(len(prefix) - len(token.prefix)) <= 1]
            hint = suggestion(token.prefix, alike, cutoff=0.5) or suggestion("", known, all_of_them=True)
            at = place(text, token.start)
            return QueryError(f"the prefix '{token.prefix}:' at {at} is unknown{hint}")
    found = re.match(r"error at (\d+):(\d+): (.*)", message)
    if not found:
        return QueryError(f"the query cannot be read: {message}")
    line, column, expected = found.groups()
    return QueryError(f"the query cannot be read at line {line}, column {column}: {_readable(expected)}")


def _readable(expected: str) -> str:
    """The parser's wish without its character classes, which fill a screen."""
    wishes = re.findall(r'"[^"]+"|\b[A-Z]{2,}\b', re.sub(r"\[[^\]]*\]", "", expected))
    return (
        f"expected {' or '.join(wishes[:8])}"
        if len(wishes) > 1
        else "something is missing or superfluous just before it"
    )


def suggestion(word: str, known: Iterable[str], *, all_of_them: bool = False, cutoff: float = 0.75) -> str:
    """What may have been meant, to follow a complaint; else, if wished, all that there is.

    >>> suggestion("kg:aquired", ["kg:acquired", "kg:buyer"])
    '; did you mean kg:acquired?'
    """
    choices = sorted(known)
    prefix = word[: word.find(":") + 1]  # compared without it, since it would make all terms look alike
    local = {choice.removeprefix(prefix): choice for choice in choices}
    if near := get_close_matches(word.removeprefix(prefix), local, n=2, cutoff=cutoff):
        return f"; did you mean {' or '.join(local[name] for name in near)}?"
    return f"; there are {', '.join(choices)}" if all_of_them and choices else ""
