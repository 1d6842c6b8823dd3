"""Names -> the things of the gazetteer that they name, and how far the kind of the mention speaks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from kg.names import digest, slug
from kg.ontology import Gazetteer, Thing
from kg.ontology import gazetteer as files
from kg.records import Kind, Known
from kg.resolve.naming import Name, name

_NEAR: Mapping[str, frozenset[Kind]] = {
    "schema:NewsMediaOrganization": frozenset(("Work", "Product")),
    "schema:Corporation": frozenset(("Product", "Group")),
    "schema:Airline": frozenset(("Product", "Group")),
    "schema:Country": frozenset(("Organization", "Group")),
    "schema:Organization": frozenset(("Group",)),
    "schema:PoliticalParty": frozenset(("Group",)),
}
"""What else the names of a class of things are often read as: a paper as a work, a maker as its product."""


SHORT: Final = 3
"""Up to how many letters an acronym is never written as a word."""


class Match(NamedTuple):
    """A thing that a name names: ``strong`` where the mention is read as a thing of its kind, else weak."""

    thing: Thing
    strong: bool
    known: Known


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """The things of a gazetteer by the normal forms of their names."""

    by_words: Mapping[tuple[str, ...], tuple[Thing, ...]]
    known: Mapping[str, Known]
    capitals: frozenset[tuple[str, ...]]

    def find(self, form: Name, kind: Kind) -> Match | None:
        """The one thing that a name of a kind names; None where there is none, or more than one.

        The kinds agree strongly where they are the same; weakly where the mention's is not known ("Other") or one that
        such names are often read as, and the thing is not ``ambiguous``. A short name that is listed in capitals only
        (``capitals``) is so in the text, too: The Who are not the WHO.

        >>> known = listed(files.shipped())
        >>> known.find(name("International Business Machines", "Organization"), "Organization").thing.label
        'IBM'
        >>> known.find(name("IBM", "Other"), "Other").strong, known.find(name("IBM", "Person"), "Person")
        (False, None)
        >>> known.find(name("Target", "Other"), "Other"), known.find(name("The Who", "Organization"), "Organization")
        (None, None)
        """
        if form.words in self.capitals and not _shouted(form):
            return None
        things = self.by_words.get(form.words, ())
        strong = [thing for thing in things if thing.kind == kind]
        weak = [] if strong else [thing for thing in things if _near(thing, kind) and not thing.ambiguous]
        found = strong or weak
        return Match(found[0], bool(strong), self.known[found[0].key]) if len(found) == 1 else None


def _near(thing: Thing, kind: Kind) -> bool:
    return "Other" in (kind, thing.kind) or kind in _NEAR.get(thing.type, ())


@lru_cache(maxsize=4)
def listed(gazetteer: Gazetteer | None = None) -> Listed:
    """The things of a gazetteer, of the shipped one where none is given; a form that the user's own have is theirs."""
    known = gazetteer or files.shipped()
    mine, others = _forms(known.own), _forms(known.shipped)
    own, table = _table(mine), _table(others)
    for words, things in own.items():
        kinds = {thing.kind for thing in things}
        table[words] = [*things, *(thing for thing in table.get(words, ()) if thing.kind not in kinds)]
    by_words = {words: tuple(things) for words, things in table.items()}
    keys = _keys(known.shipped, frozenset())
    keys |= _keys(known.own, frozenset(keys.values()))
    told = {thing.key: Known(keys[thing.key], thing.label, thing.same_as, thing.ambiguous) for thing in known.things}
    return Listed(MappingProxyType(by_words), MappingProxyType(told), _capitals([*mine, *others]))


def _capitals(forms: Iterable[tuple[Thing, Name]]) -> frozenset[tuple[str, ...]]:
    """Names of at most three letters that are listed in capitals only ("WHO"); longer ones may be words ("Nato")."""
    short = [form for _, form in forms if len(form.words) == 1 and len(form.words[0]) <= SHORT]
    return frozenset(form.words for form in short) - {form.words for form in short if not _shouted(form)}


def _shouted(form: Name) -> bool:
    return form.text.split()[-1].isupper()


def _keys(things: Sequence[Thing], used: frozenset[str]) -> dict[str, str]:
    """The keys that things have in the graph, by their IRIs: what the usual name alone gives.

    Where two would have the same one, or it is ``used``, a digest of the IRI follows, so that no order matters.
    """
    plain = {thing.key: _plain(thing) for thing in things}
    often = Counter(plain.values())
    return {
        iri: key if often[key] == 1 and key not in used else f"{key}-{digest(iri, length=8)}"
        for iri, key in plain.items()
    }


def _plain(thing: Thing) -> str:
    """The key that `identity.bucket` gives to the usual name."""
    words = name(thing.label, thing.kind).words
    return slug(" ".join(words)) + ("-person" if thing.kind == "Person" and len(words) == 1 else "")


def _table(forms: Iterable[tuple[Thing, Name]]) -> dict[tuple[str, ...], list[Thing]]:
    table: dict[tuple[str, ...], dict[str, Thing]] = {}
    for thing, form in forms:
        table.setdefault(form.words, {})[thing.key] = thing
    return {words: list(things.values()) for words, things in table.items()}


def _forms(things: Sequence[Thing]) -> list[tuple[Thing, Name]]:
    return [(thing, name(label, thing.kind)) for thing in things for label in thing.labels]


__all__ = ["Listed", "Match", "listed"]
