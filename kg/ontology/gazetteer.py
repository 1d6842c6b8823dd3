"""Files of names -> the gazetteer: things with their names, kinds, classes and outside identity.

`gazetteer/*.ttl` has what is shipped, in SKOS: one thing a row, its usual name, its other names, its class, the item
of Wikidata that it is. The user's own files are any Turtle of that form. Here the rows become a frozen table with no
RDF in it; how a name in a text is compared with a label is known in ``kg.resolve.listed``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.errors import OntologyError
from kg.names import PREFIXES
from kg.ontology.rows import KINDS, Name, directory
from kg.ontology.sources import Fault, Row, Source, Sources, near
from kg.records import Kind

LABELS = ("skos:prefLabel", "skos:altLabel")
PROPERTIES = (*LABELS, "rdf:type", "owl:sameAs", "kg:ambiguous")
_EXPECTED = frozenset(PROPERTIES)
_WEB = ("http://", "https://")
_NARROWER: Mapping[Kind, str] = {
    "Organization": "Airline Corporation Consortium GovernmentOrganization LibrarySystem LocalBusiness "
    "MedicalOrganization MusicGroup NGO NewsMediaOrganization OnlineBusiness PerformingGroup PoliticalParty "
    "ResearchOrganization SportsOrganization SportsTeam WorkersUnion EducationalOrganization CollegeOrUniversity "
    "School Hospital Store Hotel Restaurant FinancialService BankOrCreditUnion InsuranceAgency Project",
    "Place": "AdministrativeArea Airport BodyOfWater City Continent Country LakeBodyOfWater Landform "
    "LandmarksOrHistoricalBuildings Mountain OceanBodyOfWater RiverBodyOfWater SeaBodyOfWater State",
    "Product": "Car Drug ProductGroup ProductModel Vehicle",
    "Event": "BusinessEvent Festival MusicEvent SportsEvent",
    "Work": "Book Dataset Movie MusicAlbum MusicRecording Newspaper Painting Periodical Play SoftwareApplication "
    "TVSeries VideoGame WebSite",
}
TYPES: Mapping[str, Kind] = {
    **KINDS, "schema:Thing": "Other",
    **{f"schema:{word}": kind for kind, words in _NARROWER.items() for word in words.split()},
}  # fmt: skip
"""The kind of the extraction record that a class of named things is."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: its usual name, all of its names, its kind and class ("schema:Corporation").

    ``key`` tells it from others; ``same_as`` is its IRI elsewhere (Wikidata). An ``ambiguous`` thing has a name that is
    as often something else ("Target"), so that the name alone says nothing; it may share it with another ("Georgia").
    """

    key: str
    label: str
    labels: tuple[str, ...]
    kind: Kind
    type: str
    same_as: str | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """What is listed: the user's ``own`` things, which come first, and the ``shipped`` ones."""

    own: tuple[Thing, ...] = ()
    shipped: tuple[Thing, ...] = ()

    @property
    def things(self) -> tuple[Thing, ...]:
        """All of them."""
        return (*self.own, *self.shipped)


def files() -> list[Path]:
    """The shipped files of names; ``members.ttl`` has words for members, no names."""
    return [file for file in sorted((directory() / "gazetteer").glob("*.ttl")) if file.name != "members.ttl"]


@lru_cache(maxsize=1)
def shipped() -> Gazetteer:
    """What is listed without files of the user's own."""
    quick = [_quick(file) for file in files()]
    return Gazetteer(shipped=tuple(thing for some in quick for thing in some or ()) if all(quick) else _read(files()))


_WORDS = r'"[^"\\]+"@en'
_LINE = re.compile(
    rf"(?P<key>(?P<prefix>[a-z]+):[\w-]+) a (?P<type>[a-z]+:\w+) ; skos:prefLabel (?P<labels>{_WORDS}"
    rf"(?: ; skos:altLabel {_WORDS}(?:, {_WORDS})*)?)"
    r"(?: ; owl:sameAs <(?P<same>[^<>]+)>)?(?P<ambiguous> ; kg:ambiguous true)? \."
)
_TEXT = re.compile(r'"([^"]+)"@en')


def _quick(file: Path) -> list[Thing] | None:
    """The things of a file that keeps to one line a thing, as the shipped ones do, in a fifth of the time of Turtle.

    None where a line does not keep to it.
    """
    found: list[Thing] = []
    lines = file.read_text(encoding="utf-8").splitlines()
    spaces = dict(re.findall(r"^@prefix ([a-z]+): <([^>]+)> \.$", "\n".join(lines), re.MULTILINE))
    for line in lines:
        if not line or line.startswith(("#", "@prefix ")):
            continue
        row = _LINE.fullmatch(line)
        if row is None or row["type"] not in TYPES or row["prefix"] not in spaces:
            return None
        labels = tuple(_TEXT.findall(row["labels"]))
        key = spaces[row["prefix"]] + row["key"].partition(":")[2]
        kind = TYPES[row["type"]]
        found.append(Thing(key, labels[0], labels, kind, row["type"], row["same"], bool(row["ambiguous"])))
    return found


def load(extra: Sequence[Path] = ()) -> Gazetteer:
    """The shipped names with those of the user's own files; an own row of a shipped thing's usual name adds to it.

    Raises OntologyError, naming file and subject, for a row that makes no sense.
    """
    if not extra:
        return shipped()
    listed, own = shipped().shipped, _read(extra)
    known = {_claim(thing.kind, thing.label): thing for thing in listed}
    old = {thing.key: known.get(_claim(thing.kind, thing.label)) for thing in own}
    gone = {thing.key for thing in old.values() if thing}
    added = tuple(_added(thing, old[thing.key]) for thing in own)
    return Gazetteer(added, tuple(thing for thing in listed if thing.key not in gone))


def check(extra: Sequence[Path]) -> list[Fault]:
    """All that is wrong in some files of names."""
    return _rows(extra)[1]


def is_of_names(source: Source) -> bool:
    """Whether a file lists names: rows with labels or of classes of things, and nothing that only a frame has."""
    rows = source.rows.values()
    kinds = {str(kind) for row in rows for kind in row.get("rdf:type", ())}
    used = {predicate for row in rows for predicate in row}
    named = bool(used & set(LABELS)) or bool(kinds & TYPES.keys())
    ours = {name for name in (*used, *kinds) if name.startswith("kg:")} - {*PROPERTIES, "kg:Group"}
    return named and not ours and not used & {"rdfs:subClassOf", "rdfs:subPropertyOf"}


def _read(paths: Sequence[Path]) -> tuple[Thing, ...]:
    things, faults = _rows(paths)
    if faults:
        more = f" ({len(faults) - 1} more: kg ontology check)" if len(faults) > 1 else ""
        raise OntologyError(faults[0].file, f"{faults[0].told}{more}")
    return tuple(things)


def _rows(paths: Sequence[Path]) -> tuple[list[Thing], list[Fault]]:
    """The things that can be read of some files, and what is wrong."""
    rows = Sources(paths)
    found: list[Thing] = []
    faults = list(rows.faults)
    claimed: dict[tuple[Kind, str], Thing] = {}
    for source in rows.sources:
        for subject in source.rows:
            wrong = [*_faults(source, subject, rows.rows[subject])]
            faults += wrong
            if not wrong and source.file == rows.files[subject]:
                thing = _thing(subject, rows.rows[subject])
                found.append(thing)
                faults += _twice(source, thing, claimed)
    found.sort(key=lambda thing: thing.key)
    return found, sorted(dict.fromkeys(faults), key=lambda one: (one.file, one.line or 0, one.subject, one.message))


def _faults(source: Source, subject: str, row: Row) -> Iterator[Fault]:
    """What is wrong with one row."""
    for predicate in source.rows[subject].keys() - _EXPECTED:
        alike = [name for name in PROPERTIES if name.partition(":")[0] == predicate.partition(":")[0]]
        if hint := near(predicate, alike, cutoff=0.8):
            yield source.fault(subject, f"has {predicate}{hint}", at=predicate)
        elif predicate.startswith("kg:"):
            yield source.fault(subject, f"has {predicate}, which no name has; leave it out", at=predicate)
    for predicate in LABELS:
        for value in row.get(predicate, ()):
            if isinstance(value, Name) or not isinstance(value, str) or not value.strip():
                message = f"has {predicate} {str(value)!r}; give a name in quotation marks"
                yield source.fault(subject, message, at=predicate)
    if len(row.get(LABELS[0], ())) != 1:
        count = len(row.get(LABELS[0], ()))
        yield source.fault(subject, f"has {count} values of skos:prefLabel; give exactly one, the usual name")
    yield from _of_class(source, subject, row)
    same = row.get("owl:sameAs", [])
    if len(same) > 1 or not all(isinstance(value, Name) and _full(value).startswith(_WEB) for value in same):
        message = "has a wrong owl:sameAs; give one address, as <http://www.wikidata.org/entity/Q42>"
        yield source.fault(subject, message, at="owl:sameAs")
    if [type(value) for value in row.get("kg:ambiguous", [True])] != [bool]:
        yield source.fault(subject, "has a wrong kg:ambiguous; give true or false, without quotation marks")


def _of_class(source: Source, subject: str, row: Row) -> Iterator[Fault]:
    """A thing without a class, or of one that we do not know."""
    kinds = [str(value) for value in row.get("rdf:type", ())]
    if not kinds:
        yield source.fault(subject, "has no class; say what it is, as in: a schema:Corporation")
    elif not any(kind in TYPES for kind in kinds):
        hint = near(kinds[0], TYPES, otherwise="; give one such as schema:Organization, beside it or for it")
        yield source.fault(subject, f"is a {kinds[0]}, which is no class of named things{hint}", at=kinds[0])


def _thing(subject: str, row: Row) -> Thing:
    """A row without faults; values are sorted, since those of one thing may stand in several files."""
    kinds = sorted(str(value) for value in row["rdf:type"] if str(value) in TYPES)
    type_ = next((kind for kind in kinds if kind not in KINDS), kinds[0])
    values = (str(value) for predicate in LABELS for value in sorted(map(str, row.get(predicate, ()))))
    labels = dict.fromkeys(" ".join(value.split()) for value in values)
    same = [_full(str(value)) for value in row.get("owl:sameAs", ())]
    ambiguous = row.get("kg:ambiguous", [False])[0] is True
    return Thing(subject, next(iter(labels)), tuple(labels), TYPES[type_], type_, next(iter(same), None), ambiguous)


def _twice(source: Source, thing: Thing, claimed: dict[tuple[Kind, str], Thing]) -> Iterator[Fault]:
    """A name that another thing of this kind has already; both may where both are ambiguous."""
    for label in thing.labels:
        other = claimed.setdefault(_claim(thing.kind, label), thing)
        if other is not thing and not (thing.ambiguous and other.ambiguous):
            hint = "leave it out of one of them, or give both kg:ambiguous true"
            message = f"calls itself “{label}”, as {other.key} does; {hint}"
            yield source.fault(thing.key, message, at=label)


def _claim(kind: Kind, label: str) -> tuple[Kind, str]:
    return kind, label.casefold()


def _added(own: Thing, old: Thing | None) -> Thing:
    """The user's row with what a shipped one of its name says besides."""
    if old is None:
        return own
    exact = own.type if own.type not in KINDS else old.type
    labels = tuple(dict.fromkeys((*own.labels, *old.labels)))
    return replace(
        own, labels=labels, type=exact, same_as=own.same_as or old.same_as, ambiguous=own.ambiguous or old.ambiguous
    )


def _full(name: str) -> str:
    """The IRI of a name that may be a prefixed one."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name


def split(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The files of frames, and the files of names, of some files; what cannot be read counts as frames."""
    frames: list[Path] = []
    names: list[Path] = []
    for path in paths:
        readable = path.is_file() and Sources([path]).sources
        (names if readable and is_of_names(readable[0]) else frames).append(path)
    return frames, names


__all__ = ["Gazetteer", "Thing", "check", "files", "is_of_names", "load", "shipped", "split"]
