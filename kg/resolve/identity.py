"""Extraction -> Extraction: every entity gets its key, the slug of its IRI, from its own article alone.

Articles meet in the graph through equal keys, so that no order and no batch changes anything. What follows from
that is known: two persons of one full name are one node, and so are two things with one name unless one of them is
a single-word person or a common noun; a name that an article never gives in full ("BBC") is another node than the
full one. ``kg split`` and ``kg merge`` overrule both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kg.names import slug
from kg.records import Entity, Extraction, Mention
from kg.resolve.naming import Name, name
from kg.resolve.words import DETERMINERS, bare, concept


def keys(extraction: Extraction) -> Extraction:
    """Give every entity its key.

    - what the gazetteer knows: the key that it gives;
    - a name: the slug of its normal form (no legal suffix, no "the", no possessive, countries by usual name);
    - a person known by one word only gets ``-person`` after it, so that Paris Hilton's "Paris" is no city;
      where even that word comes only with "Mr." or "Ms.", the key holds for the article alone;
    - a common noun in general ("marketing"): its slug and ``-concept`` ("target" is not Target);
    - anything else ("several hundred employees", an unresolved "they"): slug, article digest and, where two would
      be alike, a number in the order of the text.
    """
    mentions: dict[int, list[Mention]] = {}
    for mention in extraction.mentions:
        mentions.setdefault(mention.entity, []).append(mention)
    used: Counter[str] = Counter()
    entities = []
    for index, entity in enumerate(extraction.entities):
        key, local = _key(extraction, entity, mentions.get(index, []))
        if local:
            key = f"{key}-{extraction.article.digest[:8]}"
            used[key] += 1
            key = key if used[key] == 1 else f"{key}-{used[key]}"
        entities.append(entity.under(key, entity.known))
    return replace(extraction, entities=tuple(entities))


def is_local(key: str, extraction: Extraction) -> bool:
    """Whether a key holds for this article alone."""
    mark = f"-{extraction.article.digest[:8]}"
    return key.endswith(mark) or f"{mark}-" in key


def _key(extraction: Extraction, entity: Entity, mentions: list[Mention]) -> tuple[str, bool]:
    """The key without the article's digest, and whether the digest must follow."""
    if any(mention.form == "name" for mention in mentions) or (not mentions and not entity.unnamed):
        return _named(extraction, entity, mentions)
    if mentions and all(mention.generic for mention in mentions):
        return f"{slug(concept(entity.name), limit=70)}-concept", False
    return slug(_without_determiner(entity.name), limit=60), True


def bucket(entity: Entity) -> str:
    """The key that an entity's name alone gives, the same in every article."""
    form = name(entity.name, entity.kind)
    plain = slug(" ".join(form.words))
    return f"{plain}-person" if entity.kind == "Person" and len(form.words) == 1 else plain


def _named(extraction: Extraction, entity: Entity, mentions: list[Mention]) -> tuple[str, bool]:
    key = bucket(entity)
    if entity.known is not None:
        return entity.known.key, False
    if entity.kind != "Person" or len(name(entity.name, entity.kind).words) > 1:
        return key, False
    names = [mention for mention in mentions if mention.form == "name"]
    return key, bool(names) and all(_spelled(extraction, mention).courtesy for mention in names)


def _spelled(extraction: Extraction, mention: Mention) -> Name:
    """A mention's name with the word before it, where "Mr." may stand."""
    text = extraction.article.text
    before = text[max(0, mention.head.start - 20) : mention.head.start]
    return name(text[slice(*mention.head)], "Person", before=before)


def _without_determiner(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and bare(first) in DETERMINERS else words
