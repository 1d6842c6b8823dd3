"""Descriptions beside the name that they describe: «podcast host Ann Lee», «her mother, Ann Lee,»."""

from __future__ import annotations

from dataclasses import replace

from kg.resolve.draft import Chain, Draft
from kg.resolve.words import EITHER, MAN, POSSESSIVE, WOMAN, bare, noun_gender

_MISREAD = ("Other", "Organization", "Place", "Work")
"""Kinds that a name may have been read as that a description tells to be a person's."""


def described(draft: Draft, index: int) -> Chain | None:
    """The chain of the name that a description stands right before: «podcast host Ann Lee», «her mother, Ann
    Lee,»; or right behind, as «Ann Lee, the dispatcher,».
    """
    mention = draft.mentions[index]
    if mention.plural or mention.kind not in ("Person", "Concept", "Other", "Group", "Organization"):
        return None
    if mention.kind in ("Person", "Organization") and index in draft.apposed:
        other = draft.apposed[index]
        if draft.mentions[other].form == "name":
            return draft.chain_of.get(other)
        return _beside(draft, other) or _beside(draft, index)  # «The captain, a pilot named Ann Lee»
    return _beside(draft, index)


def _beside(draft: Draft, index: int) -> Chain | None:
    """The chain of the name that touches a description."""
    mention = draft.mentions[index]
    for i, chain in draft.beside(index):
        name = draft.mentions[i]
        if name.form != "name" or not chain.named or chain.kind not in ("Person", "Organization"):
            continue
        if mention.kind == "Organization" and chain.kind != "Organization":
            continue
        if name.start >= mention.end:
            between = draft.text[mention.end : name.start]
            closed = draft.text[name.end : name.end + 1] in (",", ".", ";", ":", "")
            first = draft.words(index).split()[0]
            own = draft.pointing(index) or bare(first) in POSSESSIVE or first.endswith(("'s", "’s"))
            alike = mention.kind == chain.kind or draft.noun(index) in MAN | WOMAN
            between = " " if between in (" named ", " called ") else between
            if (between == " " and (alike or chain.kind == "Person")) or (between == ", " and closed and own and alike):
                return chain
        elif draft.text[name.end : mention.start] == ", " and draft.pointing(index) and mention.kind == "Person":
            return chain
    return None


def beside_name(draft: Draft, index: int, owner: Chain) -> Chain:
    """A description gets a chain of its own, apart; whom it introduced before is the one named here.

    «A dispatcher testified … Ann Lee, the dispatcher, told jurors»: the same woman, as no other dispatcher is told of.
    """
    noun, start = draft.noun(index), draft.mentions[index].start
    owner.gender = owner.gender or noun_gender(noun)
    _takes_place_of(draft, index, owner)
    known = [
        chain
        for chain in draft.recent(index)
        if not chain.named and not chain.apart and not chain.plural and chain.kind == "Person" and chain is not owner
        and any(draft.mentions[i].form == "nominal" and draft.noun(i) == noun for i in chain.members)
    ]  # fmt: skip
    first = min(draft.mentions[i].start for i in owner.members)
    if len(known) == 1 and _is_known(draft, index, known[0], min(first, start)):
        draft.merge(known[0], owner, f"the {noun} that is named later", 0.7)
    chain = draft.new(index, "description beside a name")
    chain.apart = True
    return chain


def _is_known(draft: Draft, index: int, chain: Chain, start: int) -> bool:
    """Whether a description speaks of one that was introduced: «the dispatcher», not «governor Ann Lee» or «a student».

    What was told of the one before must be told here, too: «her third husband» is not «her first husband, Bo Lee».
    """
    earlier = chain.members[0]
    definite = draft.pointing(index) or bare(draft.words(index).split()[0]) in POSSESSIVE
    same = set(draft.modifiers(earlier)) - POSSESSIVE <= set(draft.modifiers(index)) - POSSESSIVE
    return definite and same and draft.mentions[earlier].start < start


def _takes_place_of(draft: Draft, index: int, owner: Chain) -> None:
    """The name beside a description is the clause's subject where that is; what is called a person is one."""
    here = draft.mentions[index]
    named = [i for i in owner.members if draft.mentions[i].form == "name"]
    near = [i for i in named if draft.mentions[i].sentence == here.sentence]
    if near and here.role != "other":
        name = min(near, key=lambda i: abs(draft.mentions[i].start - here.end))
        draft.mentions[name] = replace(draft.mentions[name], role=here.role)
    if here.kind == "Person" and owner.kind in _MISREAD and draft.noun(index) not in EITHER:
        owner.kind = "Person"


__all__ = ["beside_name", "described"]
