"""Speakers told in the plural -> the two that are named: «the two ministers said», «both said», «the firms said»."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.records import Kind, Reference, Statement
from kg.resolve.draft import Chain, Draft
from kg.resolve.nominals import is_media
from kg.resolve.words import COMPANY, bare, listed, singular

REACH: Final = 3
"""How many sentences back the two may be named."""
_JOINED: Final = re.compile(r",?\s+and\s+(?:[^,;.]{1,40},\s+)?")
"""What stands between two names that are one subject: "Ann Lee and her husband, Per"."""
_PAIRS: Final = listed("pair couple duo sisters brothers twins parents both two spouses rivals")


def in_pairs(draft: Draft, statement: Statement) -> tuple[Chain, Chain] | None:
    """The two chains that a statement's speaker stands for, where exactly two of the kind were named before."""
    speaker = statement.speaker
    if speaker is None or statement.joint:
        return None
    words = [bare(word) for word in draft.text[speaker.start : speaker.end].split()]
    if words == ["they"]:
        return _two_joined(draft, speaker)
    if not words or words[0] not in ("the", "both") or len(words) > 4:
        return None
    firms = singular(words[-1]) in COMPANY and words[-1] != singular(words[-1])
    if not (_PAIRS & set(words) or firms):
        return None
    kind: Kind = "Organization" if firms else "Person"
    return _two_named(draft, speaker, kind)


def _two_joined(draft: Draft, speaker: Reference) -> tuple[Chain, Chain] | None:
    """The two persons whom the sentence before joins as its subject, for a "they" that stands for no group.

    «Nina Holm and her husband, Per, bought the farm. They say …»
    """
    at = next((i for i in draft.order if draft.mentions[i].start >= speaker.start), None)
    chain = draft.chain_of.get(at) if at is not None else None
    if at is None or chain is None or any(draft.mentions[i].form != "pronoun" for i in chain.members):
        return None
    last = draft.mentions[at].sentence - 1
    persons = [
        (draft.mentions[i], draft.chain_of[i])
        for i in draft.order
        if draft.mentions[i].sentence == last and draft.mentions[i].form == "name" and i in draft.chain_of
    ]
    named = [(mention, one) for mention, one in persons if one.kind == "Person" and not one.apart]
    if len(named) != 2 or named[0][1] is named[1][1]:
        return None
    (first, one), (second, other) = named
    between = draft.text[first.end : second.start]
    joined = _JOINED.fullmatch(between) is not None
    return (one, other) if joined and first.role == "subject" else None


def _two_named(draft: Draft, speaker: Reference, kind: Kind) -> tuple[Chain, Chain] | None:
    at = next((i for i in draft.order if draft.mentions[i].start >= speaker.start), None)
    if at is None:
        return None
    near = [chain for chain in draft.near(at, REACH) if chain.named and chain.kind == kind and not chain.apart]
    near = [chain for chain in near if kind == "Person" or not is_media(draft, chain)]
    return (near[0], near[1]) if len(near) == 2 else None


def split(statement: Statement, pair: tuple[int, int]) -> Statement:
    """The statement with both as its speakers, in the place of the words that mean them."""
    speaker = statement.speaker
    assert speaker is not None
    first, second = (Reference(speaker.start, speaker.end, entity) for entity in sorted(pair))
    return replace(statement, speaker=first, joint=(second,))


__all__ = ["in_pairs", "split"]
