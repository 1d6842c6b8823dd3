"""What one article tells of each entity that others may speak of, too: the ground of identity across articles."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Final

from kg.records import Entity, Extraction, Kind, Mention
from kg.resolve.fields import fields
from kg.resolve.identity import bucket
from kg.resolve.naming import Name, initials, name
from kg.resolve.variants import variant_blocks
from kg.resolve.words import BODY, COMPANY, HAPPENINGS, MEDIA, PLACES, THINGS, WORKS, Gender, bare, singular

TELLING: Final[dict[Kind, frozenset[str]]] = {
    "Organization": COMPANY | BODY | MEDIA, "Place": PLACES, "Product": THINGS, "Work": WORKS, "Event": HAPPENINGS,
}  # fmt: skip
"""Nouns that tell the kind of what they are said of: «the airline», «the city»."""
_WITHOUT_KIND: Final = frozenset(("startup", "start-up", "platform", "label", "brand", "site", "website", "paper"))
MANY_FORMS: Final = 40


@dataclass(frozen=True, slots=True)
class Profile:
    """One named entity of one article.

    ``bucket`` is the key that its name alone gives (`identity.keys`), ``words`` the normal form of ``name``; ``forms``
    are the normal forms of all its names in the article. ``told`` is whether more than the reading of the name tells
    the kind («the airline», «Mr.»). ``gender`` is what title, nouns or several pronouns tell; ``born`` the years in
    which a person may have been born; ``fields`` are those of the titles. ``thing`` is the key of the thing in the
    gazetteer that this is, ``ambiguous`` whether a name of that is as often something else.
    """

    index: int
    bucket: str
    name: str
    words: str
    kind: Kind
    told: bool
    forms: tuple[str, ...]
    gender: Gender | None = None
    born: tuple[int, int] | None = None
    fields: frozenset[str] = frozenset()
    courtesy: bool = False
    thing: str = ""
    ambiguous: bool = False

    @property
    def single(self) -> bool:
        """Whether this is a person of whom the article gives one word only ("Trump")."""
        return self.kind == "Person" and " " not in self.words

    def blocks(self) -> frozenset[str]:
        """What another name must share with this one for the two to be looked at together."""
        return frozenset(self._blocks())

    def _blocks(self) -> Iterator[str]:
        for form in (self.words, *self.forms[:MANY_FORMS]):
            yield f"={form}"
        yield f"#{self.bucket}"
        if self.thing:
            yield f"#{self.thing}"
        yield from variant_blocks(self.words, self.kind)
        if self.kind == "Person":
            yield f"^{surname(self.words)}"
        elif " " in self.words:
            yield from (f"@{found.casefold()}" for found in initials(name(self.words, self.kind)))


def surname(words: str) -> str:
    """The surname of a person's name in its normal form.

    >>> surname("martin luther king jr"), surname("trump")
    ('king', 'trump')
    """
    return name(words, "Person").surname


def profiles(extraction: Extraction, unnamed: Container[str] = ()) -> Iterator[Profile]:
    """The profiles of all entities of an extraction with keys that have a name.

    Of those without one («the retailer»), or known by "Mr." alone, which nothing joins with others, the ones whose
    key is in ``unnamed`` get one that tells nothing but the key, with no words.
    """
    mentions: dict[int, list[Mention]] = {}
    for mention in extraction.mentions:
        mentions.setdefault(mention.entity, []).append(mention)
    told = _Told(extraction)
    for index, entity in enumerate(extraction.entities):
        here = mentions.get(index, [])
        if entity.unnamed or (here and not any(mention.form == "name" for mention in here)):
            if entity.key in unnamed:
                yield Profile(index, entity.key, entity.name, "", entity.kind, told=False, forms=())
            continue
        yield _profile(extraction, told, index, entity, here)


class _Told:
    """Titles and years of birth, by entity."""

    def __init__(self, extraction: Extraction) -> None:
        self.titles: dict[int, list[str]] = {}
        self.born: dict[int, tuple[int, int]] = {}
        for claim in extraction.propositions:
            if claim.subject.mention is None or claim.polarity == "-":
                continue
            entity = extraction.mentions[claim.subject.mention].entity
            if claim.property == "schema:jobTitle":
                self.titles.setdefault(entity, []).append(claim.object.text)
            elif claim.property == "kg:age" and claim.object.amount is not None and extraction.article.date:
                years = extraction.amounts[claim.object.amount].value
                if years is not None and 0 < years < 120:
                    latest = extraction.article.date.year - int(years)
                    self.born[entity] = (latest - 1, latest)
            elif claim.property == "schema:birthDate" and claim.object.time is not None:
                year = extraction.times[claim.object.time].value[:4]
                if year.isdigit():
                    self.born[entity] = (int(year), int(year))


def _profile(extraction: Extraction, told: _Told, index: int, entity: Entity, mentions: list[Mention]) -> Profile:
    names = [mention for mention in mentions if mention.form == "name"]
    spelled = [_spelled(extraction, mention, entity.kind) for mention in names]
    main = name(entity.name, entity.kind)
    titles = told.titles.get(index, [])
    sure = bool(entity.type) or (_told_kind(extraction, mentions) == entity.kind) or (
        entity.kind == "Person" and (bool(titles) or any(form.courtesy for form in spelled))
    )
    return Profile(
        index=index, bucket=bucket(entity), name=entity.name, words=" ".join(main.words), kind=entity.kind, told=sure,
        forms=tuple(sorted({" ".join(form.words) for form in spelled})),
        gender=_gender(extraction, mentions, spelled) if entity.kind == "Person" else None,
        born=told.born.get(index), fields=fields(titles),
        courtesy=bool(spelled) and all(form.courtesy for form in spelled),
        thing=entity.known.key if entity.known else "", ambiguous=bool(entity.known and entity.known.ambiguous),
    )  # fmt: skip


def _spelled(extraction: Extraction, mention: Mention, kind: Kind) -> Name:
    text = extraction.article.text
    return name(text[slice(*mention.head)], kind, before=text[max(0, mention.head.start - 20) : mention.head.start])


def _told_kind(extraction: Extraction, mentions: list[Mention]) -> Kind | None:
    """The kind that most common nouns in the entity's chain tell."""
    votes: dict[Kind, int] = {}
    for mention in mentions:
        if mention.form == "nominal":
            noun = singular((extraction.article.text[slice(*mention.head)].split() or [""])[-1])
            for kind, nouns in TELLING.items():
                if noun in nouns and noun not in _WITHOUT_KIND:
                    votes[kind] = votes.get(kind, 0) + 1
    return max(votes, key=lambda kind: (votes[kind], kind), default=None)


def _gender(extraction: Extraction, mentions: list[Mention], spelled: list[Name]) -> Gender | None:
    """What a title tells, else what at least two pronouns agree on: one may have been taken for the wrong person."""
    if titled := {form.gender for form in spelled if form.gender}:
        return min(titled) if len(titled) == 1 else None
    text = extraction.article.text
    words = [bare(text[mention.start : mention.end]) for mention in mentions if mention.form == "pronoun"]
    men = sum(word in ("he", "him", "his", "himself") for word in words)
    women = sum(word in ("she", "her", "hers", "herself") for word in words)
    if min(men, women) or max(men, women) < 2:
        return None
    return "m" if men else "f"


__all__ = ["Profile", "profiles", "surname"]
