"""Extraction -> Extraction: the mentions of one article joined into entities.

Names first, over the whole text; then common nouns and pronouns from left to right, so that each sees what
the earlier ones turned out to mean; last the pronouns in quotations, whose speaker may be told behind them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.ontology import Gazetteer
from kg.records import Entity, Extraction, Kind, Reference
from kg.resolve.draft import Chain, Decision, Draft, decide_kind
from kg.resolve.lead import link_lead
from kg.resolve.names_in_text import display, link_names
from kg.resolve.nominals import link_nominal
from kg.resolve.pairs import in_pairs, split
from kg.resolve.pronouns import Choose, link_pronoun
from kg.resolve.ranked import Ranked, shipped


def link(extraction: Extraction, gazetteer: Gazetteer | None = None) -> Extraction:
    """Join the mentions of an article into entities; every entity index in the record is rewritten.

    Entities stand in the order of their first mention. The old entities serve only for what neither mentions nor the
    ``gazetteer`` (the shipped one, where none is given) tell (``type``), so linking twice changes nothing.
    """
    return explained(extraction, gazetteer)[0]


def explained(
    extraction: Extraction, gazetteer: Gazetteer | None = None
) -> tuple[Extraction, tuple[Decision, ...]]:
    """The linked extraction, and for every mention why it belongs to its entity."""
    draft = drafted(Draft(extraction, gazetteer), lambda draft: Ranked(draft, shipped()).choose)
    place = {index: position for position, index in enumerate(draft.order)}
    first = {id(chain): min(place[i] for i in chain.members) for chain in draft.chains}
    chains = sorted(draft.chains, key=lambda chain: first[id(chain)])
    number = {id(chain): position for position, chain in enumerate(chains)}
    entities = [_entity(draft, chain) for chain in chains]
    entities, left = _without_mentions(draft, entities)
    joined = [number[id(draft.chain_of[i])] for i in range(len(extraction.mentions))]
    mentions = tuple(
        mention if mention.entity == entity else replace(mention, entity=entity)
        for mention, entity in zip(extraction.mentions, joined, strict=True)
    )

    def moved(reference: Reference) -> Reference:
        if reference.entity is None:
            return reference
        if reference.entity in left:
            return replace(reference, entity=left[reference.entity])
        chain = draft.at(reference) if draft.names(reference) else None
        chain = chain or draft.of_entity(reference.entity)
        return replace(reference, entity=number[id(chain)])

    def meant(entity: int) -> int:
        return left[entity] if entity in left else number[id(draft.of_entity(entity))]

    pairs = [in_pairs(draft, statement) for statement in extraction.statements]
    told = [statement.referring(moved) for statement in extraction.statements]
    statements = tuple(
        one if pair is None else split(one, (number[id(pair[0])], number[id(pair[1])]))
        for one, pair in zip(told, pairs, strict=True)
    )
    decisions = tuple(
        Decision(i, entity, *draft.chain_of[i].reasons[i]) for i, entity in enumerate(joined)
    )
    propositions = tuple(
        one if one.object.entity is None else replace(one, object=replace(one.object, entity=meant(one.object.entity)))
        for one in extraction.propositions
    )
    return replace(
        extraction, mentions=mentions, entities=tuple(entities), statements=statements, propositions=propositions
    ), decisions


def drafted(draft: Draft, ranked: Callable[[Draft], Choose]) -> Draft:
    """The chains of an article; ``ranked`` gives what chooses for its pronouns and common nouns."""
    link_names(draft)
    choose = ranked(draft)
    quoted = [i for i in draft.order if draft.mentions[i].form == "pronoun" and draft.in_quotation(draft.mentions[i])]
    later = frozenset(quoted)
    for index in draft.order:
        form = draft.mentions[index].form
        if form == "nominal":
            link_nominal(draft, index, choose)
        elif form == "pronoun" and index not in later:
            link_pronoun(draft, index, choose)
    link_lead(draft)
    for index in quoted:
        link_pronoun(draft, index, choose)
    return draft


def _entity(draft: Draft, chain: Chain) -> Entity:
    """The entity of a chain; its type is what the earliest of its old entities knew, else what the gazetteer knows."""
    members = sorted(chain.members, key=lambda i: (draft.mentions[i].start, draft.mentions[i].end, i))
    old = [draft.extraction.entities[draft.mentions[i].entity] for i in members]
    type_ = next((entity.type for entity in old if entity.type), None)
    if chain.named:
        (name, aliases), kind = display(chain), _named_kind(draft, chain, members)
        match = draft.listed(chain)
        if match is None:
            return Entity(name, kind, aliases, type=type_)
        kind = match.thing.kind if kind == "Other" else kind
        listed = match.thing.type if kind == match.thing.kind else None
        return Entity(name, kind, aliases, type=type_ or listed, known=match.known)
    lead = next((i for i in members if draft.mentions[i].form == "nominal"), members[0])
    return Entity(draft.words(lead), _unnamed_kind(draft, members), unnamed=not chain.generic, type=type_)


def _named_kind(draft: Draft, chain: Chain, members: list[int]) -> Kind:
    if chain.kind == "Person":
        return "Person"
    return decide_kind(draft.mentions[i].kind for i in members if draft.mentions[i].form == "name")


def _unnamed_kind(draft: Draft, members: list[int]) -> Kind:
    nominals = [draft.mentions[i].kind for i in members if draft.mentions[i].form == "nominal"]
    return decide_kind(nominals) if nominals else "Other"


def _without_mentions(draft: Draft, entities: list[Entity]) -> tuple[list[Entity], dict[int, int]]:
    """The entities followed by those old ones that no mention stands for, and where these went."""
    extraction = draft.extraction
    mentioned = {mention.entity for mention in extraction.mentions}
    left = [index for index in range(len(extraction.entities)) if index not in mentioned]
    places = {old: len(entities) + position for position, old in enumerate(left)}
    return [*entities, *(_looked_up(draft, extraction.entities[index]) for index in left)], places


def _looked_up(draft: Draft, entity: Entity) -> Entity:
    """An entity that no mention names («the AMERICAN banker»: the United States), with what is listed of it."""
    match = draft.named(entity.name, entity.kind)
    if match is None or not match.strong:
        return entity
    return replace(entity, type=entity.type or match.thing.type, known=match.known)
