"""Files of frames -> all that is wrong in them: every faulty row with its file, line and subject, and what to do.

`ontology.load` stops at the first fault; here each row is looked at by itself, so that one run tells of all. What may
stand in a row is read off ``kg.ttl`` (``rdfs:domain``, ``rdfs:range``), so that a new property needs no word here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.names import PREFIXES
from kg.ontology import assemble, faults_between
from kg.ontology.rows import FILLERS, OWN_PREFIXES, Name
from kg.ontology.sources import Fault, Row, Source, Sources, near

PLACES = ("kg:from", "kg:fromVerb", "kg:fromNoun", "kg:without")
KNOWN_PLACES = (
    "subject", "object", "indirect", "complement", "possessive", "compound", "apposition", "unmarked", "agent",
    "member", "named",
)  # fmt: skip
# Words that several kinds of rows have, so that kg.ttl gives them no single domain.
_SHARED: Mapping[str, tuple[str, ...]] = {
    "kg:verb": ("kg:Frame", "kg:Support"),
    "kg:noun": ("kg:Frame", "kg:Support", "kg:NounKind", "kg:Medium", "kg:Echo"),
}
_READ = {
    "kg:Support": assemble._support, "kg:Cue": assemble._cues, "kg:ClaimPattern": assemble._pattern,
}  # fmt: skip
_TYPES = {"xsd:string": str, "xsd:boolean": bool, "xsd:integer": int}
_WANTED = {
    "xsd:string": "text in quotation marks", "xsd:boolean": "true or false, without quotation marks",
    "xsd:integer": "a whole number, without quotation marks",
}  # fmt: skip
_OPEN = ("skos", "rdfs", "rdf", "owl", "schema")
_COMMON = ("rdfs:seeAlso", "skos:altLabel", "skos:broader", "skos:definition", "skos:note", "skos:prefLabel",
           "skos:exactMatch", "skos:scopeNote", "schema:name")  # fmt: skip


def check(files: Sequence[Path], extra: Sequence[Path]) -> tuple[Fault, ...]:
    """All faults and notes in the files of ``extra``, read together with the shipped ``files``; by file and line.

    Without ``extra``, those of the shipped files.
    """
    shipped = {file.resolve() for file in files}
    rows = Sources([*files, *(file for file in extra if file.resolve() not in shipped)])
    wanted = {file.resolve() for file in extra} or shipped
    checked = [source for source in rows.sources if Path(source.file).resolve() in wanted]
    view = View.of(rows, map(str, files))
    found = [*rows.faults, *(fault for source in checked for fault in _source(view, source))]
    found += faults_between.check(view.rows, checked, view.shipped)
    if not any(not fault.note for fault in found):
        found += _built([*files, *(file for file in extra if file.resolve() not in shipped)])
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.file, one.line or 0, one.subject, one.message)))


def _built(files: Sequence[Path]) -> Iterator[Fault]:
    """What only shows when the tables are made."""
    try:
        assemble.build(files)
    except OntologyError as error:
        yield Fault(error.source, None, "", error.message)


@dataclass(frozen=True, slots=True)
class View:
    """The rows of all files, which of these are shipped, and what follows from them.

    ``written`` are the classes of rows that an ontology is written in, ``used`` other vocabularies' properties that may
    stand in one without a doubt.
    """

    rows: Sources
    shipped: frozenset[str]
    written: frozenset[str]
    slots: frozenset[str]
    used: frozenset[str]

    @classmethod
    def of(cls, rows: Sources, shipped: Iterable[str]) -> View:
        """The view of some rows."""
        domains = {str(value) for row in rows.rows.values() for value in row.get("rdfs:domain", ())}
        slots = {str(value) for row in rows.rows.values() for value in row.get("kg:slot", ())}
        ours = frozenset(shipped)
        used = {name for source in rows.sources if source.file in ours for row in source.rows.values() for name in row}
        used = {*_COMMON, *(name for name in used if name.partition(":")[0] in _OPEN)}
        return cls(rows, ours, frozenset(domains - _GRAPH), frozenset(slots), frozenset(used))

    def kinds(self, subject: str) -> frozenset[str]:
        """What a row is for: its classes that kg.ttl has for rows; a relation frame counts as a frame, too."""
        row = self.rows.rows.get(subject, {})
        kinds = {str(value) for value in row.get("rdf:type", ())}
        kinds |= {"kg:Frame"} if "kg:RelationFrame" in kinds else set()
        kinds |= {"kg:Slot"} if "kg:fills" in row or subject in self.slots else set()
        return frozenset(kinds & self.written)


_GRAPH = frozenset({"kg:Claim", "kg:Statement", "kg:Event", "oa:SpecificResource"})


def _source(view: View, source: Source) -> Iterator[Fault]:
    yield from _prefixes(source)
    for subject in source.rows:
        yield from _row(view, source, subject)


def _prefixes(source: Source) -> Iterator[Fault]:
    """A wrong address behind a known prefix makes every row another thing than it seems."""
    if source.text.strip() and not source.rows:
        yield Fault(source.file, None, "", "says nothing; a frame is told in README.md of the ontology", note=True)
    for prefix, iri in source.prefixes.items():
        right = {**PREFIXES, **OWN_PREFIXES}.get(prefix)
        if right and iri != right:
            line = source.text[: source.text.find(f"<{iri}>")].count("\n") + 1
            message = f"has the prefix {prefix}: as <{iri}>; write @prefix {prefix}: <{right}> ."
            yield Fault(source.file, line, "", message)


def _row(view: View, source: Source, subject: str) -> list[Fault]:
    """All faults of one row of one file."""
    row, kinds = source.rows[subject], view.kinds(subject)
    found = [fault for predicate in row for fault in _property(view, source, subject, predicate, kinds)]
    found += _meant(view, source, subject, row)
    for kind in sorted(kinds & _READ.keys()) if not found else ():
        try:
            _READ[kind](view.rows, subject)
        except OntologyError as error:
            found.append(source.fault(subject, error.message.removeprefix(f"{subject} ")))
    return found


def _property(view: View, source: Source, subject: str, predicate: str, kinds: frozenset[str]) -> Iterator[Fault]:
    """A property that is unknown, out of place, or has a wrong value."""
    rows = view.rows.rows
    declared = rows.get(predicate, {})
    if predicate.startswith("kg:") and "rdf:type" not in declared:
        known = _like(predicate, (name for name, row in rows.items() if name.startswith("kg:") and "rdf:type" in row))
        message = f"has {predicate}, which is no property of the ontology"
        yield source.fault(subject, message + near(predicate, known, otherwise="; check its spelling"), at=predicate)
        return
    other = predicate.partition(":")[0] in _OPEN and predicate not in view.used
    if other and (hint := near(predicate, view.used, cutoff=0.85)):
        yield source.fault(subject, f"has {predicate}{hint}", at=predicate)
    homes = _SHARED.get(predicate) or tuple(str(v) for v in declared.get("rdfs:domain", ()))
    if kinds and set(homes) & view.written and not set(homes) & kinds:
        where = f"it belongs on a {' or '.join(homes)}, not on a {' or '.join(sorted(kinds))}"
        yield source.fault(subject, f"has {predicate}; {where}", at=predicate)
        return
    yield from _values(source, subject, predicate, declared)


def _values(source: Source, subject: str, predicate: str, declared: Row) -> Iterator[Fault]:
    """Values of another type than the property's, words that are not lemmas in lower case."""
    values = source.rows[subject][predicate]
    types, ranges = (tuple(str(v) for v in declared.get(p, ())) for p in ("rdf:type", "rdfs:range"))
    if "owl:ObjectProperty" in types:
        for value in values:
            if not isinstance(value, Name):
                message = f"has {predicate} {value!r}; it must be the name of a term, not a literal"
                yield source.fault(subject, message, at=predicate)
        return
    if predicate.startswith("kg:") and "owl:DatatypeProperty" in types:
        wanted = ranges[0] if ranges else "xsd:string"
        for value in values:
            if wanted in _TYPES and (isinstance(value, Name) or type(value) is not _TYPES[wanted]):
                yield source.fault(subject, f"has {predicate} {str(value)!r}; give {_WANTED[wanted]}", at=predicate)
            elif wanted == "xsd:string":
                yield from _word(source, subject, predicate, str(value))
    if predicate in ("skos:example", "rdfs:label", "rdfs:comment"):
        for value in values:
            if isinstance(value, Name) or not isinstance(value, str):
                yield source.fault(subject, f"has {predicate} {value}; give text in quotation marks", at=predicate)


def _word(source: Source, subject: str, predicate: str, word: str) -> Iterator[Fault]:
    """A word is a lemma, in lower case, with single blanks; a place is one that there is, or a preposition."""
    if not word.strip():
        yield source.fault(subject, f"has an empty {predicate}; give a word", at=predicate)
    elif word != " ".join(word.lower().split()):
        right = " ".join(word.lower().split())
        message = f'has {predicate} "{word}"; words are written in lower case, single blanks: "{right}"'
        yield source.fault(subject, message, at=word)
    elif predicate in PLACES:
        for part in word.split("."):
            if part not in KNOWN_PLACES and (hint := near(part, KNOWN_PLACES, cutoff=0.75)):
                yield source.fault(subject, f'has {predicate} "{word}", which is no place{hint}', at=word)
    elif predicate == "kg:verb" and word.split()[0].endswith("ed") and not word.split()[0].endswith(_TRUE_ED):
        note = f'has {predicate} "{word}"; is that the lemma, as in a dictionary?'
        yield source.fault(subject, note, at=word, note=True)


_TRUE_ED = ("eed", "bed", "hed", "wed", "led", "red", "med")
"""Ends of verbs whose lemma ends in "ed": feed, embed, shed, wed, sled, shred, and what is like these."""


def _meant(view: View, source: Source, subject: str, row: Row) -> Iterator[Fault]:
    """Names that no row describes, and fillers that there are not."""
    rows = view.rows.rows
    for predicate, values in row.items():
        for value in values:
            if not isinstance(value, Name):
                continue
            if predicate in ("kg:expects", "kg:expectsSubject", "kg:expectsObject"):
                if value not in FILLERS:
                    hint = near(value, FILLERS, otherwise=f"; it must be one of {', '.join(sorted(FILLERS))}")
                    yield source.fault(subject, f"has {predicate} {value}, which cannot be expected{hint}", at=value)
            elif value.partition(":")[0] in ("kg", *OWN_PREFIXES) and value not in rows:
                same = [name for name in rows if name.partition(":")[0] == value.partition(":")[0]]
                hint = near(value, _like(value, same), otherwise="; check its spelling")
                yield source.fault(subject, f"has {predicate} {value}, which is described nowhere{hint}", at=value)


def _like(name: str, known: Iterable[str]) -> list[str]:
    """Names that begin in the same case behind their prefix: classes for a class, properties for a property."""
    upper = name.partition(":")[2][:1].isupper()
    return [other for other in known if other.partition(":")[2][:1].isupper() == upper]


__all__ = ["Fault", "check"]
