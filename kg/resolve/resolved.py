"""A kept record and the keys of its things -> Resolution: the last step, which needs no other article.

So it can be taken by another process than the one that knows who is who.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg import record_bytes
from kg.records import Entity, Extraction, Resolution
from kg.resolve import undo
from kg.resolve.event import own_keys, tellings
from kg.resolve.identity import keys
from kg.resolve.naming import name
from kg.resolve.review import Review


@dataclass(frozen=True, slots=True)
class Kept:
    """An article's record as it is kept, with the keys that its things have now: entities and events by their place.

    ``events`` are by the place of their telling in the article (``kg.resolve.event.tellings``).
    """

    article: str
    record: bytes
    entities: Mapping[int, str]
    events: Mapping[int, str]


def resolved(kept: Kept, review: Review) -> Resolution:
    """The article's extraction under the keys that its things have. Raises ValueError where the record is none."""
    return with_keys(by_itself(record_bytes.loads(kept.record), review), kept.entities, kept.events)


def by_itself(extraction: Extraction, review: Review) -> Extraction:
    """An extraction as people split it, with its publisher, and the keys that it gives by itself."""
    return keys(_with_publisher(undo.applied(extraction, review)))


def with_keys(extraction: Extraction, entities: Mapping[int, str], events: Mapping[int, str]) -> Resolution:
    """The same under the keys that its entities and events have in the graph."""
    found = tuple(under(entity, entities.get(place)) for place, entity in enumerate(extraction.entities))
    extraction = replace(extraction, entities=found)
    told = tellings(extraction)
    keyed = list(own_keys(extraction, told))
    for place, key in events.items():
        for index in told[place].members:
            keyed[index] = key
    return Resolution(extraction, tuple(keyed))


def under(entity: Entity, key: str | None) -> Entity:
    """An entity under its key; where people split it from what the gazetteer has, it is that no more."""
    key = key or entity.key
    known = entity.known if entity.known and entity.known.key == key else None
    return entity if key == entity.key and known is entity.known else entity.under(key, known)


def _with_publisher(extraction: Extraction) -> Extraction:
    """An extraction in which the publisher is an entity, behind the others where the text does not speak of it."""
    publisher = " ".join((extraction.article.publisher or "").split())
    wanted = name(publisher, "Organization").words
    known = (one for one in extraction.entities if one.kind == "Organization")
    forms = (name(form, "Organization").words for one in known for form in (one.name, *one.aliases))
    if not publisher or wanted in forms:
        return extraction
    return replace(extraction, entities=(*extraction.entities, Entity(publisher, "Organization")))


__all__ = ["Kept", "by_itself", "resolved", "under", "with_keys"]
