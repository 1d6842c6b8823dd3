"""Who the first sentence describes and the next ones name: «A builder lied, a court heard. Gary Pell, 44, told …».

News tells in its lead what somebody is and who it is right after. Joined only where nothing speaks against it.
"""

from __future__ import annotations

import re

from kg.resolve.draft import Chain, Draft
from kg.resolve.words import COURTESY

_ANOTHER = re.compile(r"\b[Aa](?:nother|\s+second|\s+third)\b[^.,;:]{0,30},?\s*$")

REACH = 2
"""How many sentences after the lead the name may come."""


def link_lead(draft: Draft) -> None:
    """Join the one unnamed person who acts or speaks in the first sentence with the first person named after it."""
    first = min((draft.mentions[i].sentence for i in draft.order), default=0)
    described = [chain for chain in draft.chains if _is_described(draft, chain, first)]
    named = _first_named(draft, first)
    if len(described) == 1 and named is not None and _agree(draft, described[0], named):
        draft.merge(described[0], named, "described in the lead, named right after", 0.6)


def _is_described(draft: Draft, chain: Chain, first: int) -> bool:
    """Whether a chain is an unnamed person whom the first sentence introduces and makes speak or act."""
    if chain.named or chain.plural or chain.apart or chain.generic or chain.kind != "Person":
        return False
    lead = min(chain.members, key=lambda i: draft.mentions[i].start)
    mention = draft.mentions[lead]
    speaks = bool(draft.speaks(lead))
    return mention.sentence == first and mention.form == "nominal" and mention.role == "subject" and speaks


def _first_named(draft: Draft, first: int) -> Chain | None:
    """The first person named after the first sentence, by a full name and as a subject; None where the lead has names
    of persons, or the next sentences name another one first."""
    for i in draft.order:
        mention = draft.mentions[i]
        chain = draft.chain_of.get(i)
        if chain is None or mention.form != "name" or chain.kind != "Person":
            continue
        if mention.sentence <= first:
            if mention.role == "subject":
                return None
            continue
        whole = mention.role == "subject" and len(draft.name(i).words) > 1 and mention.sentence - first <= REACH
        new = min(draft.mentions[j].sentence for j in chain.members) > first
        return chain if whole and new else None
    return None


def _agree(draft: Draft, described: Chain, named: Chain) -> bool:
    """Whether gender and description allow it: «a nurse said … Ann Lee, a doctor, denied it» are two."""
    if described.gender and named.seems and described.gender != named.seems:
        return False
    lead = min(described.members, key=lambda i: draft.mentions[i].start)
    noun = draft.noun(lead)
    first = min(named.members, key=lambda i: draft.mentions[i].start)
    if _ANOTHER.search(draft.text[: draft.mentions[first].start]):
        return False  # «one resident said … Another, Ann Lee, 61, ran»
    if _title(draft, first) not in ("", noun):
        return False  # «the mayor said … Governor Ann Lee»
    beside = [i for i, _ in draft.beside(first) if _touch(draft, i, first)]
    titles = {draft.noun(i) for i in beside if draft.mentions[i].form == "nominal"}
    return not titles or noun in titles


def _title(draft: Draft, name: int) -> str:
    """The word with a capital right before a name, in lower case: "governor"; "" for «Ms» and the like."""
    before = draft.before(name)
    title = before.lower() if before[:1].isupper() and before.isalpha() else ""
    return "" if title in COURTESY or title in ("the", "a") else title


def _touch(draft: Draft, description: int, name: int) -> bool:
    """Whether nothing but a comma stands between a description and a name."""
    one, other = sorted((draft.mentions[description], draft.mentions[name]), key=lambda mention: mention.start)
    return draft.text[one.end : other.start].strip(" ,") == ""


__all__ = ["link_lead"]
