"""Turtle files as far as they can be read: the rows of each, where they stand, and what could not be read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import OntologyError
from kg.names import PREFIXES
from kg.ontology.rows import OWN_PREFIXES, Rows, plain, shorten

Row = dict[str, list[str | bool | int]]
_ALL = {**PREFIXES, **OWN_PREFIXES}
_NAMES = "give every thing a name of its own ('[ … ]', '( … )' and '_:x' have none)"
_LEXICAL = {"boolean": re.compile("true|false|1|0"), "integer": re.compile("[+-]?[0-9]+")}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file: what and what to do; ``line`` counts from 1, None where it is not known.

    A ``note`` is worth a look and stops nothing. ``subject`` is the prefixed name of the row, empty for a whole file.
    """

    file: str
    line: int | None
    subject: str
    message: str
    note: bool = False

    @property
    def told(self) -> str:
        """The subject with what is wrong with it."""
        return f"{self.subject} {self.message}".strip()


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its text, its prefixes, and its rows by subject and predicate."""

    file: str
    text: str
    prefixes: Mapping[str, str]
    rows: dict[str, Row] = field(default_factory=dict)

    def fault(self, subject: str, message: str, *, at: str = "", note: bool = False) -> Fault:
        """A fault of a row of this file; ``at`` is a word of the row to look for, a property or a value."""
        return Fault(self.file, self._line(subject, at), self._as_written(subject), self._as_written(message), note)

    def _as_written(self, words: str) -> str:
        """Words in which names that only this file has a prefix for are written with it."""
        for prefix, space in self.prefixes.items():
            if space not in _ALL.values():
                words = words.replace(space, f"{prefix}:")
        return words

    def _line(self, subject: str, at: str) -> int | None:
        """The line of the first such word behind the subject's name, else that of the subject."""
        start = self._place(subject, 0, at_start=True)
        start = self._place(subject, 0) if start is None else start
        place = None if start is None or not at else self._place(at, start)
        found = start if place is None else place
        return None if found is None else self.text.count("\n", 0, found) + 1

    def _place(self, word: str, start: int, *, at_start: bool = False) -> int | None:
        ways = "|".join(re.escape(way) for way in self._spelled(word))
        head = r"(?m)^[ \t]*" if at_start else r"(?<![\w:-])"
        match = re.compile(rf"{head}(?P<word>{ways})(?![\w-])").search(self.text, start)
        return match.start("word") if match else None

    def _spelled(self, word: str) -> Iterator[str]:
        """The ways in which the file may write a name or a literal."""
        if word.startswith(("http://", "https://")):
            iri = word
        else:
            prefix, _, local = word.partition(":")
            iri = _ALL.get(prefix, f"{prefix}:") + local
        yield from (f"{p}:{iri.removeprefix(space)}" for p, space in self.prefixes.items() if iri.startswith(space))
        yield from (f"<{iri}>", f'"{word}"', f"'{word}'")


class Sources(Rows):
    """The rows of several files together; what cannot be read of them is in ``faults``, the rest goes on."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.sources: list[Source] = []
        self.faults: list[Fault] = []
        super().__init__(files)

    def _bytes(self, file: Path) -> bytes:
        if file.is_dir():
            message = "holds no Turtle file (*.ttl); name another folder, or files"
            self.faults.append(Fault(str(file), None, "", message))
            return b""
        try:
            return super()._bytes(file)
        except OntologyError as error:
            self.faults.append(Fault(str(file), None, "", error.message))
            return b""

    def _parse(self, file: Path, data: bytes) -> None:
        source, faults = _read(str(file), data)
        self.sources.append(source)
        self.faults += faults
        for subject, row in source.rows.items():
            self.files.setdefault(subject, source.file)
            for predicate, values in row.items():
                merge(self.rows.setdefault(subject, {}).setdefault(predicate, []), values)


def merge(values: list[str | bool | int], more: Iterable[str | bool | int]) -> None:
    """Put values into a list that has each once; a name is another value than the same text, and True than 1."""
    known = {(type(value), value) for value in values}
    values += [value for value in more if (type(value), value) not in known]


def _read(file: str, data: bytes) -> tuple[Source, list[Fault]]:
    """A file's rows and what is wrong with its writing; of a file that is no Turtle, no row."""
    import pyoxigraph as ox

    source = Source(file, data.decode("utf-8", "replace"), {})
    parser = ox.parse(data, format=ox.RdfFormat.TURTLE)
    faults: list[Fault] = []
    try:
        quads = list(parser)
    except SyntaxError as error:
        what = re.sub(r"^Parser error (at|between) .*?: ", "", error.msg)
        message = f"is no Turtle at line {error.lineno}, column {error.offset}: {what}; nothing else in it was checked"
        return source, [Fault(file, error.lineno, "", message)]
    source = Source(file, source.text, parser.prefixes)
    for quad in quads:
        predicate = shorten(quad.predicate.value)
        if isinstance(quad.subject, ox.NamedNode):
            subject = shorten(quad.subject.value)
            row = source.rows.setdefault(subject, {})
            if wrong := _not_of_its_type(quad.object):
                faults.append(source.fault(subject, f"has {predicate} {wrong}", at=predicate))
            elif (value := plain(quad.object)) is None:
                faults.append(source.fault(subject, f"has a blank node as {predicate}; {_NAMES}", at=predicate))
            else:
                merge(row.setdefault(predicate, []), [value])
    if not faults and any(isinstance(quad.subject, ox.BlankNode) for quad in quads):
        faults.append(Fault(file, None, "", f"has a blank node; {_NAMES}"))
    return source, faults


def _not_of_its_type(term: object) -> str:
    """What is wrong with a literal whose text is none of its type ("yes"^^xsd:boolean)."""
    import pyoxigraph as ox

    if not isinstance(term, ox.Literal):
        return ""
    kind = term.datatype.value.rpartition("#")[2]
    pattern = _LEXICAL.get(kind)
    return f"{str(term.value)!r}, which is no {kind}" if pattern and not pattern.fullmatch(term.value) else ""


def near(word: str, known: Iterable[str], *, cutoff: float = 0.75, otherwise: str = "") -> str:
    """«; did you mean X?» where a known word is like this one; of names, the part behind the prefix counts.

    >>> near("subjet", ["subject", "object"]), near("onto", ["subject"])
    ('; did you mean subject?', '')
    """
    words = {name.rpartition(":")[2]: name for name in sorted(known, reverse=True)}
    found = difflib.get_close_matches(word.rpartition(":")[2], sorted(words), 1, cutoff)
    return f"; did you mean {words[found[0]]}?" if found else otherwise
