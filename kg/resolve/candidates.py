"""Which chains a pronoun or a common noun may stand for: by place, number, gender and kind, nothing weighed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Final

from kg.resolve.around import DIALOGUE, Around
from kg.resolve.clues import Asked, by_name
from kg.resolve.draft import Chain
from kg.resolve.pronouns import open_to

REACH: Final = {"he": 4, "it": 4, "they": 4}
"""How many sentences back a pronoun may point."""
NOUN_REACH: Final = 6
MOST: Final = 10
"""So many of the nearest chains are weighed."""
_TALK: Final = 40
"""So many pronouns of dialogue back one looks for who speaks and is spoken to."""
_BODIES: Final = frozenset({"Organization", "Place", "Group"})
_MISREAD: Final = frozenset({"Other", "Organization", "Work", "Product", "Event"})
"""Kinds that a person's name may be read as, where it goes with the pronoun."""
_THINGS: Final = frozenset({"Organization", "Place", "Product", "Work", "Event", "Law"})


class Candidates:
    """The candidates of the mentions of one draft; ``blind`` to gender where weights are fitted."""

    def __init__(self, around: Around, *, blind: bool = False) -> None:
        self.around, self.draft, self.blind = around, around.draft, blind
        draft = around.draft
        self._talk: list[tuple[int, int]] = []
        self._nouns: dict[str, list[tuple[int, int]]] = {}
        for i in draft.order:
            mention = draft.mentions[i]
            if mention.form == "pronoun" and around.sort(i) in DIALOGUE:
                self._talk.append((mention.start, i))
            elif mention.form == "nominal" and not mention.generic:
                self._nouns.setdefault(draft.noun(i), []).append((mention.start, i))

    def of(self, now: Asked) -> list[Chain]:
        """The chains that a mention may stand for, the nearest last mentioned first."""
        if now.mention.form == "nominal":
            return list(dict.fromkeys(self._of_noun(now)))
        if now.sort in DIALOGUE:
            return list(dict.fromkeys(self._of_talk(now)))
        return self._of_third(now)

    def _nearest(self, now: Asked, reach: int, fits: Callable[[Chain], bool], most: int = MOST) -> Iterator[Chain]:
        """The chains last mentioned in so many sentences that pass a test, the nearest first."""
        draft = self.draft
        told = draft.recent(now.index)
        chains = enumerate(draft.near(now.index, reach))
        near = [(told[chain][-1].start, n, chain) for n, chain in chains if fits(chain)]
        near.sort(key=lambda one: (-one[0], one[1]))
        return (chain for _, _, chain in near[:most])

    def _of_third(self, now: Asked) -> list[Chain]:
        fits = {"he": self._he, "it": self._it, "they": self._they}[now.sort]
        free = set(open_to(self.draft, now.index, REACH[now.sort]))
        found = list(self._nearest(now, REACH[now.sort], lambda chain: chain in free and fits(now, chain)))
        follows = self.follows(now)
        return found if follows is None or follows in found else [*found, follows]

    def follows(self, now: Asked) -> Chain | None:
        """ "In his speech, Lee said …": the first subject after a pronoun before which no person is named."""
        if now.sort != "he":
            return None
        for i, chain in self.draft.beside(now.index):
            mention = self.draft.mentions[i]
            if mention.form == "name" and chain.kind == "Person":
                if mention.start < now.mention.start:
                    return None
                if mention.role == "subject":
                    spoken = now.quoted and chain is now.speaker
                    return chain if self._he(now, chain) and not spoken else None
        return None

    def _he(self, now: Asked, chain: Chain) -> bool:
        gender = now.gender
        if chain.plural or not (self.blind or chain.gender in (None, gender)):
            return False
        if chain.kind == "Person" or (not chain.named and chain.kind == "Group"):
            return True
        return chain.kind in _MISREAD and by_name(chain) == gender

    def _it(self, now: Asked, chain: Chain) -> bool:
        if chain.plural or chain.generic or chain.gender is not None or (chain.kind == "Person" and chain.named):
            return False
        sorts = self.around.told(chain).sorts
        return chain.kind != "Person" and not sorts & DIALOGUE and "they" not in sorts

    def _they(self, now: Asked, chain: Chain) -> bool:
        if chain.generic or (chain.kind == "Person" and chain.named):
            return False
        sorts = self.around.told(chain).sorts
        several = chain.plural or chain.kind in ("Group", "Organization") or "they" in sorts
        return several or (chain.kind == "Person" and chain.gender is None and not sorts)

    def _of_talk(self, now: Asked) -> Iterator[Chain]:
        draft = self.draft
        at = bisect_left(self._talk, (now.mention.start, -1))
        found: dict[Chain, None] = {}
        for _, i in reversed(self._talk[max(0, at - _TALK) : at]):
            if i in draft.chain_of:
                found.setdefault(draft.chain_of[i])
                if len(found) == 5:
                    break
        yield from found
        if now.speaker is not None:
            yield now.speaker
        if now.sort == "we":
            yield from self._nearest(now, 3, lambda chain: chain.named and chain.kind in _BODIES, 3)

    def _of_noun(self, now: Asked) -> Iterator[Chain]:
        draft = self.draft
        barred = draft.partners(now.index) | draft.overlapping(now.index)
        places = self._nouns.get(now.noun, [])
        at = bisect_left(places, (now.mention.start, -1))
        same: dict[Chain, None] = {}
        for _, i in reversed(places[max(0, at - 12) : at]):
            chain = draft.chain_of.get(i)
            if chain is not None and chain not in barred and not chain.apart and not chain.generic:
                same.setdefault(chain)
        yield from list(same)[:4]
        yield from self._nearest(now, NOUN_REACH, lambda chain: chain not in barred and self._may(now, chain), 6)

    def _may(self, now: Asked, chain: Chain) -> bool:
        """Whether a thing that is called otherwise may be meant by a common noun."""
        if chain.apart or chain.generic or now.mention.plural != chain.plural:
            return False
        told, kind = self.around.told(chain), now.mention.kind
        if told.sorts & DIALOGUE:
            return False
        if chain.named:
            return now.noun in told.words or kind == chain.kind or (kind in _THINGS and chain.kind in _THINGS)
        return bool(told.nouns) and kind == chain.kind and (now.sort == "this" or kind != "Concept")


__all__ = ["Candidates"]
