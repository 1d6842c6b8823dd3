"""Turtle files -> rows: triples by subject with typed access; every fault names its file and subject."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from kg.errors import OntologyError
from kg.names import PREFIXES
from kg.ontology.tables import Filler
from kg.records import Kind

OWN_PREFIXES = {
    "frame": "https://w3id.org/newskg/frame/",
    "cue": "https://w3id.org/newskg/cue/",
    "words": "https://w3id.org/newskg/words/",
}
KINDS: Mapping[str, Kind] = {
    "schema:Person": "Person",
    "schema:Organization": "Organization",
    "schema:Place": "Place",
    "schema:Product": "Product",
    "schema:Event": "Event",
    "schema:CreativeWork": "Work",
    "kg:Group": "Group",
    "skos:Concept": "Concept",
    "schema:Legislation": "Law",
}
"""The kind of the extraction record that a class of entities is."""

FILLERS: Mapping[str, tuple[Filler, ...]] = {
    **{name: (kind,) for name, kind in KINDS.items()},
    "schema:Thing": (*KINDS.values(), "Other"),
    "schema:MonetaryAmount": ("money",),
    "kg:Percentage": ("percent",),
    "schema:QuantitativeValue": ("quantity", "percent"),
    "sem:Time": ("time",),
}
"""What a class behind ``kg:expects`` lets in."""


def directory() -> Path:
    """Where the ontology's files lie: ``ontology/`` beside the package in a checkout, ``kg/_ontology/`` in a wheel.

    Raises OntologyError where neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    for candidate in (package.parent / "ontology", package / "_ontology"):
        if (candidate / "kg.ttl").is_file():
            return candidate
    raise OntologyError(str(package), "the ontology's files are missing; install the package again")


class Name(str):
    """A prefixed name in the triples, as against a literal's text."""

    __slots__ = ()


_Value = TypeVar("_Value", str, bool, int)
_WANTED = {str: "one text", bool: "true or false, without quotation marks", int: "one whole number"}


class Rows:
    """The triples of all files by subject and predicate, and the file that each subject was first named in."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.rows: dict[str, dict[str, list[str | bool | int]]] = {}
        self.files: dict[str, str] = {}
        digest = hashlib.sha256()
        for file in files:
            data = self._bytes(file)
            digest.update(len(data).to_bytes(8, "big") + data)
            self._parse(file, data)
        self.digest = digest.hexdigest()[:16]

    def _bytes(self, file: Path) -> bytes:
        try:
            return file.read_bytes()
        except OSError as error:
            raise OntologyError(str(file), f"cannot be read ({error.strerror}); give a Turtle file") from error

    def _parse(self, file: Path, data: bytes) -> None:
        import pyoxigraph

        try:
            for quad in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE):
                subject, value = (_term(term, file) for term in (quad.subject, quad.object))
                self.files.setdefault(str(subject), str(file))
                row = self.rows.setdefault(str(subject), {})
                values = row.setdefault(shorten(quad.predicate.value), [])
                if value not in values:
                    values.append(value)
        except SyntaxError as error:
            raise OntologyError(str(file), f"is no Turtle: {error.msg}") from error

    def of_type(self, *types: str) -> list[str]:
        """The subjects of a class, sorted."""
        return sorted(name for name, row in self.rows.items() if any(t in types for t in row.get("rdf:type", ())))

    def fault(self, subject: str, message: str) -> OntologyError:
        """An error that names the subject and its file."""
        return OntologyError(self.files.get(subject, "ontology"), f"{subject} {message}")

    def all(self, subject: str, predicate: str) -> list[str]:
        """The names that are a property's values, sorted; literals are a fault."""
        values = self.rows.get(subject, {}).get(predicate, [])
        if wrong := [value for value in values if not isinstance(value, Name)]:
            raise self.fault(subject, f"has {predicate} {wrong[0]!r}; it must be the name of a term, not a literal")
        return sorted(str(value) for value in values)

    def one(self, subject: str, predicate: str) -> str:
        """The one name that is a property's value; several or none are a fault."""
        values = self.all(subject, predicate)
        if len(values) != 1:
            raise self.fault(subject, f"has {len(values)} values of {predicate}; give exactly one")
        return values[0]

    def texts(self, subject: str, predicate: str) -> list[str]:
        """The literals that are a property's values, sorted."""
        values = self.rows.get(subject, {}).get(predicate, [])
        if wrong := [value for value in values if isinstance(value, Name) or not isinstance(value, str)]:
            raise self.fault(subject, f"has {predicate} {wrong[0]}; it must be text in quotation marks")
        return sorted(str(value) for value in values)

    def words(self, subject: str, predicate: str) -> frozenset[str]:
        """The lemmas that are a property's values; anything but trimmed lower case is a fault."""
        words = self.texts(subject, predicate)
        for word in words:
            if word != " ".join(word.lower().split()) or not word:
                raise self.fault(subject, f"has {predicate} {word!r}; words are written in lower case, single blanks")
        return frozenset(words)

    def value(self, subject: str, predicate: str, default: _Value) -> _Value:
        """The one boolean or number that is a property's value, or the default."""
        values = self.rows.get(subject, {}).get(predicate, [default])
        if len(values) != 1 or type(values[0]) is not type(default):
            raise self.fault(subject, f"has {predicate} {values[0]!r}; give {_WANTED[type(default)]}")
        return values[0]

    def choice(self, subject: str, predicate: str, table: Mapping[str, _Choice]) -> _Choice:
        """The one value of a property, looked up in a table."""
        value = self.one(subject, predicate)
        if value not in table:
            raise self.fault(subject, f"has {predicate} {value}; it must be one of {', '.join(sorted(table))}")
        return table[value]

    def listed(self, subject: str, predicate: str) -> frozenset[str]:
        """The words of the word lists (``kg:WordList``) that are a property's values."""
        found: set[str] = set()
        for name in self.all(subject, predicate):
            if "kg:WordList" not in self.rows.get(name, {}).get("rdf:type", ()):
                raise self.fault(subject, f"has {predicate} {name}, which is no kg:WordList")
            found |= self.words(name, "kg:word")
        return frozenset(found)

    def fillers(self, subject: str, predicate: str) -> frozenset[Filler]:
        """What may fill a slot, by the classes that are a property's values."""
        found: set[Filler] = set()
        for name in self.all(subject, predicate):
            if name not in FILLERS:
                raise self.fault(subject, f"has {predicate} {name}; it must be one of {', '.join(sorted(FILLERS))}")
            found.update(FILLERS[name])
        return frozenset(found)


_Choice = TypeVar("_Choice")


def _term(term: object, file: Path) -> str | bool | int:
    if (value := plain(term)) is None:
        raise OntologyError(str(file), "has a blank node ('[ … ]' or '_:x'); give every thing a name of its own")
    return value


def plain(term: object) -> str | bool | int | None:
    """A term as a value of a row: a ``Name``, a text, a number, a boolean; None for a blank node."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return Name(shorten(term.value))
    if not isinstance(term, pyoxigraph.Literal):
        return None
    kind = term.datatype.value.rpartition("#")[2]
    if kind == "boolean":
        return term.value in ("true", "1")
    return int(term.value) if kind == "integer" else term.value


@lru_cache(maxsize=20_000)
def shorten(iri: str) -> str:
    """The prefixed name of an IRI, or the IRI itself where we have no prefix for it."""
    for prefix, start in (*PREFIXES.items(), *OWN_PREFIXES.items()):
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start):]}"
    return iri
