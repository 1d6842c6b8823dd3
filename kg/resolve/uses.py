"""One use of a name in the text, and how a use begins or joins a chain."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records import Kind
from kg.resolve.draft import Chain, Draft
from kg.resolve.naming import Name


@dataclass(frozen=True, slots=True)
class Use:
    """One name mention: its index, and the name that it spells under its settled kind."""

    index: int
    name: Name
    kind: Kind


def begin(draft: Draft, use: Use) -> Chain:
    """A new chain with this use."""
    chain = draft.new(use.index, "name")
    chain.kind = use.kind
    return _spell(chain, use)


def join(draft: Draft, use: Use, chain: Chain, reason: str, score: float) -> Chain:
    """The chain with one use more."""
    return _spell(draft.add(use.index, chain, reason, score), use)


def _spell(chain: Chain, use: Use) -> Chain:
    chain.names.append(use.name)
    chain.forms[use.name] = None
    chain.gender = chain.gender or use.name.gender
    return chain


def merge(draft: Draft, short: Chain, long: Chain, reason: str, score: float) -> None:
    """Move every mention of one chain into another."""
    for index in short.members:
        draft.add(index, long, reason, score)
    long.names.extend(short.names)
    long.forms.update(short.forms)
    if long.kind == "Other":
        long.kind = short.kind
    draft.chains.remove(short)
