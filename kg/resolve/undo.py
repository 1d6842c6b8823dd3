"""Extraction -> Extraction: what coreference joined in one article and people split again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial

from kg.names import slug
from kg.records import Entity, Extraction, Kind, Mention, Reference
from kg.resolve.identity import bucket
from kg.resolve.review import Review, plain


def applied(extraction: Extraction, review: Review) -> Extraction:
    """A linked extraction in which names and words that people split are things of their own.

    The other mentions of a thing whose names part go with the name before them. New entities stand behind the old ones.
    """
    spans = review.words.get(extraction.article.id, ())
    if not spans and not review.splits_names:
        return extraction
    parting = _Parting(extraction)
    if review.splits_names:
        for entity in range(len(extraction.entities)):
            parting.by_name(entity, review)
    for name, span in spans:
        parting.by_place(name, (span.start, span.end))
    return parting.result()


@dataclass
class _Parting:
    """The mentions by entity, and the entities that have been added."""

    extraction: Extraction

    def __post_init__(self) -> None:
        self.entity_of = [mention.entity for mention in self.extraction.mentions]
        self.entities = list(self.extraction.entities)
        order = sorted(range(len(self.entity_of)), key=lambda i: (self.extraction.mentions[i].start, i))
        self.members: dict[int, list[int]] = {}
        for i in order:
            self.members.setdefault(self.entity_of[i], []).append(i)

    def _words(self, mention: Mention) -> str:
        return " ".join(self.extraction.article.text[slice(*mention.head)].split())

    def by_name(self, entity: int, review: Review) -> None:
        """Part the names of an entity that are not to be one."""
        old = self.entities[entity]
        spelled = {
            i: form_key(self._words(mention), old.kind)
            for i in self.members.get(entity, ())
            if (mention := self.extraction.mentions[i]).form == "name"
        }
        forms = set(spelled.values())
        usual = plain(old.known.key) if old.known else ""
        if len(forms) < 2 or not (leaving := _leaving(forms, usual, review)):
            return
        groups: dict[str, list[int]] = {}
        now = next((form for form in spelled.values()), "")
        for i in self.members[entity]:
            now = spelled.get(i, now)
            groups.setdefault(now if now in leaving else "", []).append(i)
        for form, members in sorted(groups.items()):
            names = [self._words(self.extraction.mentions[i]) for i in members if i in spelled]
            if form:
                self._new(members, _named(old, names))
            else:
                self.entities[entity] = _named(old, names)

    def by_place(self, name: str, span: tuple[int, int]) -> None:
        """Make words a thing of their own where they are taken for what has a name."""
        for i, mention in enumerate(self.extraction.mentions):
            if (mention.start, mention.end) == span and self._is(self.entities[self.entity_of[i]], name):
                words = " ".join(self.extraction.article.text[slice(*span)].split())
                self._new([i], Entity(words, mention.kind, unnamed=mention.form != "name"))

    def _is(self, entity: Entity, name: str) -> bool:
        return any(plain(form_key(form, entity.kind)) == plain(name) for form in (entity.name, *entity.aliases))

    def _new(self, members: list[int], entity: Entity) -> None:
        self.entities.append(entity)
        for i in members:
            self.entity_of[i] = len(self.entities) - 1

    def result(self) -> Extraction:
        """The extraction with its new entities, where there are any."""
        old = self.extraction
        if len(self.entities) == len(old.entities):
            return old
        mentions = tuple(
            replace(mention, entity=entity) for mention, entity in zip(old.mentions, self.entity_of, strict=True)
        )
        at = {(mention.start, mention.end): mention.entity for mention in mentions}
        at |= {(mention.head.start, mention.head.end): mention.entity for mention in mentions}
        statements = tuple(one.referring(partial(_meant, at)) for one in old.statements)
        return replace(old, mentions=mentions, entities=tuple(self.entities), statements=statements)


def _leaving(forms: set[str], usual: str, review: Review) -> set[str]:
    """The names that leave: those that are to be alone, and the first of two that are not to be one.

    The name that the gazetteer gives to the entity, ``usual``, need not stand here, and never leaves.
    """
    found = {form for form in forms if plain(form) in review.alone}
    there = {plain(form) for form in forms} | {usual}
    pairs = [(b, a) if usual and a == usual else (a, b) for a, b in review.pairs]
    found |= {form for form in forms for a, b in pairs if a == plain(form) and b in there}
    return found if found != forms else found - {max(found, key=lambda form: (len(form), form))}


def _named(old: Entity, names: list[str]) -> Entity:
    """An entity that has some of another's names only: the fullest, then the commonest is its own."""
    counted = Counter(names)
    best = max(counted, key=lambda name: (len(name.split()), counted[name], name), default=old.name)
    kept = old.name if old.name in counted else best
    return replace(old, name=kept, aliases=tuple(alias for alias in dict.fromkeys(names) if alias != kept))


def _meant(at: dict[tuple[int, int], int], who: Reference) -> Reference:
    entity = at.get((who.start, who.end))
    return who if entity is None or who.entity is None else replace(who, entity=entity)


def form_key(words: str, kind: Kind) -> str:
    """The key that a name by itself would give."""
    return bucket(Entity(words, kind)) or slug(words)


__all__ = ["applied", "form_key"]
