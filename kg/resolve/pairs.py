"""Speakers told in the plural -> the two that are named: «the two ministers said», «both said», «the firms said»."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.records import Kind, Reference, Statement
from kg.resolve.draft import Chain, Draft
from kg.resolve.nominals import is_media
from kg.resolve.words import COMPANY, bare, listed, singular

REACH: Final = 3
"""How many sentences back the two may be named."""
_PAIRS: Final = listed("pair couple duo sisters brothers twins parents both two spouses rivals")


def in_pairs(draft: Draft, statement: Statement) -> tuple[Chain, Chain] | None:
    """The two chains that a statement's speaker stands for, where exactly two of the kind were named before."""
    speaker = statement.speaker
    if speaker is None or statement.joint:
        return None
    words = [bare(word) for word in draft.text[speaker.start : speaker.end].split()]
    if not words or words[0] not in ("the", "both") or len(words) > 4:
        return None
    firms = singular(words[-1]) in COMPANY and words[-1] != singular(words[-1])
    if not (_PAIRS & set(words) or firms):
        return None
    kind: Kind = "Organization" if firms else "Person"
    return _two_named(draft, speaker, kind)


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
