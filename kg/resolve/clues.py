"""What is weighed when a pronoun or a common noun may stand for a chain, or for something new: features by name.

After Durrett and Klein (2013) and Clark and Manning (2016), as far as plain records go: what a hand-made rule would
choose, agreement, distance, role and parallel role, salience, the words of both, quotation, who speaks, whose turn it
is. ``ranker.json`` has the weights; its sorts of mentions («it», «the», …) have each their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.records import Mention
from kg.resolve.around import DIALOGUE, Around
from kg.resolve.draft import Chain
from kg.resolve.given import usual, usual_alone
from kg.resolve.words import HE, REFLEXIVE, SHE, Gender, bare, concept

DECAY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """The mention that is asked about: its sort, its words, and what is known of it before any candidate is seen."""

    index: int
    mention: Mention
    sort: str
    word: str
    role: str
    quoted: bool
    paragraph: int
    noun: str = ""
    modifiers: frozenset[str] = frozenset()
    concept: str = ""
    owner: Chain | None = None
    speaker: Chain | None = None
    speaks: bool = False
    verb: str = ""
    """The word that it hangs on."""

    @property
    def gender(self) -> Gender | None:
        """The gender that a pronoun tells."""
        return "m" if self.word in HE else "f" if self.word in SHE else None


def asked(around: Around, index: int) -> Asked | None:
    """What is asked about a mention; None for one that is not weighed."""
    draft = around.draft
    mention = draft.mentions[index]
    sort = around.determiner(index) if mention.form == "nominal" else around.sort(index)
    if not sort or mention.form == "name" or mention.generic:
        return None
    known = (index, mention, sort, bare(draft.head(index)), around.role(index), around.quoted(index))
    verb = _word_at(draft.text, governor(mention))
    paragraph = around.paragraph(index)
    if mention.form == "nominal":
        words, modifiers = concept(draft.words(index)), frozenset(draft.modifiers(index))
        return Asked(*known, paragraph, draft.noun(index), modifiers, words, around.owner(index), verb=verb)
    speaker = around.speaker(index)
    return Asked(*known, paragraph, speaker=speaker, speaks=bool(draft.speaks(index)), verb=verb)


@lru_cache(maxsize=4096)
def _cut(text: str) -> str:
    return text.casefold()


def _word_at(text: str, start: int) -> str:
    """The word that begins at a place."""
    if start < 0:
        return ""
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] in "'’"):
        end += 1
    return _cut(text[start:end])


_FAR: Final = ("0", "1", "2", "3", "4", "5", "5", "5", "8", "8", "8", "8", "8")


def far(sentences: int) -> str:
    """A distance in sentences, in steps."""
    return _FAR[sentences] if sentences < len(_FAR) else "more"


def governor(mention: Mention) -> int:
    """Where the word begins that the head of a mention hangs on; -1 for none."""
    return mention.path[0] if mention.path else -1


def apart(here: Mention, there: Mention) -> tuple[int, int]:
    """How many steps up from one mention, and then down, another is in the tree of their sentence; at most 5 each."""
    above = {there.head.start: 0, **{offset: n + 1 for n, offset in reversed(list(enumerate(there.path)))}}
    for n, offset in enumerate((here.head.start, *here.path)):
        if offset in above:
            return min(n, 5), min(above[offset], 5)
    return 6, 6


def by_name(chain: Chain) -> Gender | None:
    """What gender the names of a chain usually go with."""
    words = max((name.words for name in chain.names), key=len, default=())
    return usual(words) or (usual_alone(words[0]) if len(words) == 1 else None)


class Field:
    """The candidates of one mention, with what can be told of one only beside the others."""

    def __init__(
        self, around: Around, now: Asked, candidates: Sequence[Chain], rule: tuple[Chain, str] | None,
        follows: Chain | None,
    ) -> None:
        self.around, self.draft, self.now, self.candidates, self.rule = around, around.draft, now, candidates, rule
        self.follows = follows
        start = now.mention.start
        self.last = {chain: around.last(chain, start) for chain in candidates}
        self.weight = {chain: self._salience(chain) for chain in candidates}
        self.best = max(self.weight.values(), default=0.0)
        by_weight = sorted(candidates, key=lambda chain: -self.weight[chain])
        self.rank = {chain: min(place, 3) for place, chain in enumerate(by_weight)}
        by_place = sorted(candidates, key=lambda chain: -self._start(chain))
        self.recency = {chain: min(place, 4) for place, chain in enumerate(by_place)}
        self.high = self._high()
        self.leftmost = self._leftmost()
        self.known = bool(now.noun) and any(now.noun in around.told(chain).nouns for chain in candidates)

    def _high(self) -> dict[Chain, int]:
        """The place of each candidate among those last mentioned in its sentence, from the top of the tree and from
        the left (Hobbs 1978)."""
        found: dict[Chain, int] = {}
        sentences: dict[int, list[tuple[int, int, int, Chain]]] = {}
        for n, (chain, last) in enumerate(self.last.items()):
            if last is not None:
                mention = self.draft.mentions[last]
                sentences.setdefault(mention.sentence, []).append((len(mention.path), mention.start, n, chain))
        for beside in sentences.values():
            beside.sort(key=lambda one: one[:3])
            found |= {chain: min(place, 3) for place, (_, _, _, chain) in enumerate(beside)}
        return found

    def _leftmost(self) -> dict[int, int]:
        """Where the first of those begins that were last mentioned in a sentence, by sentence."""
        found: dict[int, int] = {}
        for last in self.last.values():
            if last is not None:
                mention = self.draft.mentions[last]
                found[mention.sentence] = min(mention.start, found.get(mention.sentence, mention.start))
        return found

    def _start(self, chain: Chain) -> int:
        last = self.last[chain]
        return -1 if last is None else self.draft.mentions[last].start

    def _salience(self, chain: Chain) -> float:
        """How much a chain is in mind: its mentions by role and form, falling by half a sentence."""
        total, here, mentions = 0.0, self.now.mention, self.draft.mentions
        for i in reversed(self.around.told(chain).places):
            mention = mentions[i]
            if mention.start >= here.start:
                continue
            ago = here.sentence - mention.sentence
            if ago > 8:
                break
            weight = 1.0 if mention.role == "subject" else 0.65 if mention.role == "object" else 0.4
            total += weight * DECAY**ago
        return total

    def of_new(self) -> list[str]:
        """What speaks for something new."""
        now, mention = self.now, self.now.mention
        found = [
            "new", f"new {now.role}", f"new of {min(len(self.candidates), 4)}", f"new quoted {now.quoted}",
            f"new lead {mention.sentence == 0}", f"new rule {self.rule is not None}",
        ]  # fmt: skip
        if mention.form == "pronoun":
            asks = self.around.asks(now.paragraph)
            found += [f"new {now.word}", f"new under {now.verb}", f"new {now.word} {now.role}", f"new asks {asks}"]
            return found
        modified = min(len(now.modifiers), 2)
        found += [
            f"new {mention.kind}", f"new restricted {mention.restricted}", f"new plural {mention.plural}",
            f"new modified {modified}", f"new noun {now.noun}", f"new known {self.known} {modified}",
            f"new {mention.kind} {mention.restricted}", f"new bare {self.draft.bare_head(now.index)} {self.known}",
            f"new known {self.known} {mention.restricted}",
        ]  # fmt: skip
        return found

    def of(self, chain: Chain) -> list[str]:
        """What speaks for and against one candidate."""
        now, last = self.now, self.last[chain]
        found = self._agreement(chain)
        if self.rule is not None:
            found.append(f"rule {self.rule[1]}" if self.rule[0] is chain else "rule another")
        if self.follows is not None:
            found += [f"follows {chain is self.follows}", f"follows {chain is self.follows} {now.role} {chain.named}"]
        if last is None:
            return [*found, "behind", f"behind {now.role}"]
        found += self._place(chain, last)
        if now.sort in DIALOGUE:
            found += self._dialogue(chain, last)
        elif now.mention.form == "pronoun":
            found += self._pronoun(chain, last)
        else:
            found += self._words(chain, last)
        return found

    def _place(self, chain: Chain, last: int) -> list[str]:
        """Where the chain was last mentioned, how often, and how salient it is."""
        now, around = self.now, self.around
        mention = self.draft.mentions[last]
        sentences = far(max(0, now.mention.sentence - mention.sentence))
        place, form, recent, rank = around.role(last), mention.form, self.recency[chain], self.rank[chain]
        members = len(chain.members)
        often = members if members < 4 else 4 if members < 8 else 8
        share = int(4 * self.weight[chain] / self.best) if self.best else 0
        first = self.leftmost[mention.sentence] == mention.start
        found = [
            f"far {sentences}", f"form {form}", f"role {place}", f"role {place} {now.role}", f"far {sentences} {form}",
            f"far {sentences} {place}", f"often {often}", f"rank {rank}", f"recent {recent}", f"rank {rank} {recent}",
            f"share {share}", f"quoted {around.quoted(last)} {now.quoted}", f"far {sentences} {recent}",
            f"high {sentences} {self.high[chain]}", f"high {sentences} {self.high[chain]} {now.role}",
            f"first {first} {sentences}", f"first {first} {place} {now.role}",
            f"paragraph {min(abs(now.paragraph - around.paragraph(last)), 3)}",
        ]  # fmt: skip
        if mention.sentence == now.mention.sentence:
            up, down = apart(now.mention, mention)
            deeper = (up < down) - (up > down)
            same = governor(mention) == governor(now.mention) and governor(mention) >= 0
            found += [f"same governor {same}", f"deeper {deeper} {place} {now.role}", f"same {same} {place} {now.role}"]
            found += [f"up {up} {down}", f"up {up} {place} {now.role}", f"down {down} {place} {now.role}"]
            found.append(f"near {min((now.mention.start - mention.end) // 20, 6)}")
            found.append(f"under {governor(mention) == now.mention.head.start}")
            found.append(f"governs {governor(now.mention) == mention.head.start}")
        elif now.verb and _word_at(self.draft.text, governor(mention)) == now.verb:
            found.append(f"same verb {place == now.role}")
        return found

    def _agreement(self, chain: Chain) -> list[str]:
        """Kind, number and gender."""
        now, told = self.now, self.around.told(chain)
        kind = f"{chain.kind}{'' if chain.named else ' unnamed' if told.nouns else ' pronoun'}"
        found = [
            f"kind {kind}", f"plural {chain.plural}", f"kind {kind} {chain.plural}", f"apart {chain.apart}",
            f"generic {chain.generic}",
        ]  # fmt: skip
        if now.mention.form == "nominal":
            found += [f"counts {chain.plural == now.mention.plural}", f"{now.mention.kind} is {kind}"]
            return found
        found.append(f"only {'+'.join(sorted(told.sorts))}")
        if now.sort == "he":
            gender = now.gender
            name = by_name(chain)
            known = "none" if name is None else "fits" if name == gender else "not"
            said = "none" if chain.gender is None else "fits" if chain.gender == gender else "not"
            found += [f"name {known}", f"name {known} {gender}", f"said {said}", f"name {known} {said}"]
        return found

    def _pronoun(self, chain: Chain, last: int) -> list[str]:
        """What only pronouns of the third person are asked."""
        now, around = self.now, self.around
        has = now.sort in around.told(chain).sorts
        found = [f"has {has}", f"has {has} {self.recency[chain]}", f"{now.word} {around.role(last)} {now.role}"]
        if now.word in REFLEXIVE:
            mention = self.draft.mentions[last]
            found.append(f"reflexive {mention.sentence == now.mention.sentence} {around.role(last)}")
        if now.role == "own" and (thing := around.at.get(governor(now.mention))) is not None:
            owned, head = self.draft.mentions[thing], self.draft.mentions[last].head
            under = head.start <= governor(owned) < head.end
            beside = governor(owned) == governor(self.draft.mentions[last]) and governor(owned) >= 0
            found += [f"owned {owned.relation} {under}", f"owned {around.role(thing)} {beside} {around.role(last)}"]
        if now.speaks:
            found.append(f"speaks {any(self.draft.speaks(i) for i in around.told(chain).places)}")
        if now.speaker is not None:
            found.append(f"speaker {now.speaker is chain} {now.quoted}")
        mention = self.draft.mentions[last]
        if mention.form == "name" and mention.relation in ("compound", "amod"):
            found.append("before a noun")
        return found

    def _dialogue(self, chain: Chain, last: int) -> list[str]:
        """Who speaks, and whose turn it is."""
        now, around = self.now, self.around
        told = around.told(chain)
        found = []
        for sort in sorted(told.sorts & DIALOGUE):
            near = around.last_of(chain, now.mention.start, sort)
            if near is None:
                continue
            there = around.paragraph(near)
            apart, turn = min(abs(now.paragraph - there), 4), f"{around.asks(there)} {around.asks(now.paragraph)}"
            same = around.statement(near) is around.statement(now.index)
            found += [
                f"with {sort}", f"with {sort} {apart}", f"with {sort} {apart} {turn}",
                f"with {sort} {apart} {now.quoted}", f"with {sort} same {same} {now.quoted}",
            ]  # fmt: skip
        if now.speaker is not None:
            found += [f"speaker {now.speaker is chain}", f"speaker {now.speaker is chain} {now.speaker.kind}"]
        return found

    def _words(self, chain: Chain, last: int) -> list[str]:
        """What the words of a common noun have in common with those of the chain."""
        now, around = self.now, self.around
        told = around.told(chain)
        if now.noun in told.nouns and (near := around.last_noun(chain, now.mention.start, now.noun)) is not None:
            return self._same_noun(near)
        found = [f"another {self.known}"]
        if chain.named:
            found.append(f"in name {now.noun in told.words}")
            found.append(f"{now.noun} is {chain.kind}")
            if now.modifiers:
                found.append(f"modifier in name {not now.modifiers.isdisjoint(told.words)}")
        else:
            found.append(f"modifier in noun {not now.modifiers.isdisjoint(told.nouns)}")
            found.append(f"noun of {now.noun}")
        return found

    def _same_noun(self, near: int) -> list[str]:
        now, around, draft = self.now, self.around, self.draft
        other = draft.mentions[near]
        theirs = frozenset(draft.modifiers(near))
        way = (
            "same" if theirs == now.modifiers else "fewer" if now.modifiers < theirs
            else "more" if theirs < now.modifiers else "other"
        )  # fmt: skip
        how = around.determiner(near) or "none"
        distance = far(max(0, now.mention.sentence - other.sentence))
        found = [
            "noun", f"noun {way}", f"noun {way} {len(now.modifiers) > 0}", f"noun of {how}", f"noun {way} {how}",
            f"noun counts {now.mention.plural == other.plural}", f"noun far {distance}", f"noun {now.mention.kind}",
            f"noun restricted {now.mention.restricted} {other.restricted}", f"noun {way} {now.mention.restricted}",
            f"noun exact {concept(draft.words(near)) == now.concept}",
        ]  # fmt: skip
        if now.sort == "own":
            theirs_owner = around.owner(near)
            same = "none" if theirs_owner is None else "same" if theirs_owner is now.owner else "other"
            found.append(f"noun owner {same}")
        return found


__all__ = ["Asked", "Field", "asked", "by_name", "far"]
