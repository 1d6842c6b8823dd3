"""What is weighed when a pronoun or a common noun may stand for a chain, or for something new: features by name.

After Durrett and Klein (2013) and Clark and Manning (2016), as far as plain records go: agreement, distance, role and
parallel role, salience, first mention in a sentence, same or contained words, kinds, quotation, who speaks. The names
of the features are what ``ranker.json`` has weights for; each is told for a sort of mention («it», «the», …).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kg.records import Mention
from kg.resolve.draft import Chain, Draft
from kg.resolve.words import FIRST, HE, IT, REFLEXIVE, SECOND, SHE, THEY, WE, bare, concept, listed

SORTS: Final = (("he", HE), ("she", SHE), ("it", IT), ("they", THEY), ("I", FIRST), ("we", WE), ("you", SECOND))
"""The sorts of pronouns by their words."""
DIALOGUE: Final = frozenset({"I", "we", "you"})
_DETERMINERS: Final = {
    "the": "the", "this": "this", "that": "this", "these": "this", "those": "this", "a": "a", "an": "a", "some": "a",
    "any": "a", "no": "a", "every": "every", "each": "every", "all": "every", "both": "both", "another": "a",
    "its": "poss", "his": "poss", "her": "poss", "their": "poss", "our": "poss", "my": "poss", "your": "poss",
}  # fmt: skip
_ROLES: Final = {
    "nsubj": "subj", "nsubj:pass": "subj", "nsubj:outer": "subj", "obj": "obj", "iobj": "obj", "obl": "obl",
    "obl:agent": "obl", "nmod": "nmod", "nmod:poss": "poss", "conj": "conj", "appos": "appos", "compound": "comp",
    "root": "root", "": "other",
}  # fmt: skip
_COUNTED: Final = listed("one two three four five six seven eight nine ten many several few more most")


def sort_of_pronoun(word: str) -> str:
    """The sort of a pronoun; "" for one that is not weighed."""
    return next((name for name, words in SORTS if word in words), "")


def determiner(first: str) -> str:
    """What a noun phrase begins with: "the", "this", "a", "poss" …; "bare" where with no determiner."""
    word = bare(first)
    if first.endswith(("'s", "’s", "s'", "s’")):
        return "poss"
    return _DETERMINERS.get(word, "count" if word in _COUNTED or word.isdigit() else "bare")


class Here(NamedTuple):
    """The mention that is asked about: its sort, its words, and what is known of it once."""

    index: int
    mention: Mention
    sort: str
    word: str
    role: str
    quoted: bool
    noun: str
    modifiers: frozenset[str]
    concept: str
    owner: Chain | None


def here(draft: Draft, index: int) -> Here:
    """What is known of a mention before any candidate is looked at."""
    mention = draft.mentions[index]
    words = draft.words(index)
    nominal = mention.form == "nominal"
    first = words.split(" ", 1)[0]
    word = bare(draft.head(index).split(" ", 1)[0])
    return Here(
        index, mention, determiner(first) if nominal else sort_of_pronoun(word), word, role(mention),
        draft.in_quotation(mention), draft.noun(index) if nominal else "",
        frozenset(draft.modifiers(index)) if nominal else frozenset(), concept(words) if nominal else "",
        owner(draft, index) if nominal else None,
    )  # fmt: skip


def role(mention: Mention) -> str:
    """The role of a mention in its clause, a few kinds."""
    return _ROLES.get(mention.relation) or _ROLES.get(mention.relation.split(":")[0], "other")


def owner(draft: Draft, index: int) -> Chain | None:
    """The chain of the possessor with which a phrase begins: «his career», «Acme's plant»."""
    mention = draft.mentions[index]
    for i, chain in draft.beside(index):
        other = draft.mentions[i]
        if other.start == mention.start and other.end < mention.head.start and other.relation == "nmod:poss":
            return chain
    return None


@lru_cache(maxsize=64)
def _distance(sentences: int) -> str:
    return str(sentences) if sentences < 4 else "4" if sentences < 6 else "6" if sentences < 10 else "10"


def of_new(draft: Draft, now: Here, candidates: Sequence[Chain], empty: bool) -> list[str]:
    """What speaks for a mention to begin something new."""
    mention = now.mention
    found = [
        "new", f"new {now.role}", f"new {min(len(candidates), 4)}", f"new quoted {now.quoted}",
        f"new first {mention.sentence == 0}",
    ]  # fmt: skip
    if mention.form == "pronoun":
        governor = draft.word_at(mention.governor)
        found += [f"new {now.word}", f"new under {governor}", f"new empty {empty}", f"new {now.word} {now.role}"]
        return found
    found += [
        f"new {mention.kind}", f"new restricted {mention.restricted}", f"new plural {mention.plural}",
        f"new modified {min(len(now.modifiers), 2)}", f"new noun {now.noun}", f"new generic {mention.generic}",
        f"new {mention.kind} restricted {mention.restricted}", f"new bare {draft.bare_head(now.index)}",
        f"new known {any(draft.noun_in(now.noun, chain) for chain in candidates)}",
    ]  # fmt: skip
    return found


class Field:
    """The candidates of one mention, with what can be told of one only beside the others."""

    def __init__(self, draft: Draft, now: Here, candidates: Sequence[Chain], decay: float) -> None:
        self.draft, self.now, self.candidates = draft, now, candidates
        self.last = {chain: draft.latest(now.index, chain) for chain in candidates}
        weights = {chain: draft.salience(chain, now.index, decay=decay) for chain in candidates}
        self.best = max(weights.values(), default=0.0)
        self.weights = weights
        by_weight = sorted(candidates, key=lambda chain: -weights[chain])
        self.rank = {chain: min(place, 3) for place, chain in enumerate(by_weight)}
        by_place = sorted(candidates, key=lambda chain: -self._start(chain))
        self.recency = {chain: min(place, 4) for place, chain in enumerate(by_place)}
        self.same_noun = {chain for chain in candidates if now.noun and draft.noun_in(now.noun, chain)}

    def _start(self, chain: Chain) -> int:
        last = self.last[chain]
        return -1 if last is None else self.draft.mentions[last].start

    def clues(self, chain: Chain) -> list[str]:
        """What speaks for and against one candidate."""
        now, draft = self.now, self.draft
        last = self.last[chain]
        if last is None:
            return ["ahead", f"ahead {now.role}", f"ahead {chain.kind}", *self._agreement(chain)]
        found = self._place(chain, last) + self._agreement(chain)
        found += self._words(chain, last) if now.mention.form == "nominal" else self._pronoun(chain, last)
        del draft
        return found

    def _place(self, chain: Chain, last: int) -> list[str]:
        """Where the chain was last mentioned, how often, and how salient it is."""
        now, draft = self.now, self.draft
        mention = draft.mentions[last]
        sentences = _distance(max(0, now.mention.sentence - mention.sentence))
        place, form = role(mention), mention.form[:2]
        told = draft.recent(now.index).get(chain, ())
        often = len(told) if len(told) < 4 else 4 if len(told) < 8 else 8
        share = int(4 * self.weights[chain] / self.best) if self.best else 0
        quoted = draft.in_quotation(mention)
        first = draft.first_in_sentence(last)
        found = [
            f"far {sentences}", f"form {form}", f"role {place}", f"{place} {now.role}", f"far {sentences} {form}",
            f"far {sentences} {place}", f"far {sentences} {place} {now.role}", f"often {often}", f"rank {self.rank[chain]}",
            f"recent {self.recency[chain]}", f"rank {self.rank[chain]} recent {self.recency[chain]}", f"share {share}",
            f"quoted {quoted} {now.quoted}", f"first {first} {sentences}", f"far {sentences} recent {self.recency[chain]}",
            f"paragraphs {min(draft.paragraph(now.mention.start) - draft.paragraph(mention.start), 3)}",
        ]  # fmt: skip
        if mention.sentence == now.mention.sentence:
            deeper = (mention.depth > now.mention.depth) - (mention.depth < now.mention.depth)
            same = mention.governor == now.mention.governor and mention.governor >= 0
            found += [f"deeper {deeper}", f"same governor {same}", f"deeper {deeper} {place} {now.role}"]
            found.append(f"same governor {same} {place} {now.role}")
            found.append(f"governs {draft.governs(mention, now.mention)} {draft.governs(now.mention, mention)}")
        elif draft.word_at(mention.governor) == draft.word_at(now.mention.governor):
            found.append("same verb")
        return found

    def _agreement(self, chain: Chain) -> list[str]:
        """Kind, number and gender."""
        now = self.now
        kind = f"{chain.kind}{'' if chain.named else ' unnamed'}"
        found = [
            f"kind {kind}", f"plural {chain.plural}", f"kind {kind} plural {chain.plural}", f"apart {chain.apart}",
            f"generic {chain.generic}", f"counts {chain.plural == now.mention.plural}",
        ]  # fmt: skip
        if now.sort in ("he", "she"):
            told = "m" if now.sort == "he" else "f"
            known = "none" if chain.seems is None else "fits" if chain.seems == told else "not"
            sure = "said" if chain.gender else "name"
            found += [f"gender {known}", f"gender {known} {sure}"]
        elif now.mention.form == "nominal" and now.mention.gender is None:
            found.append(f"{now.mention.kind} is {chain.kind}")
        return found

    def _pronoun(self, chain: Chain, last: int) -> list[str]:
        """What only pronouns are asked."""
        now, draft = self.now, self.draft
        mention = draft.mentions[last]
        sorts = draft.sorts(chain)
        found = [f"has it {now.sort in sorts}"]
        if now.sort in DIALOGUE:
            same = draft.paragraph(now.mention.start) - draft.paragraph(mention.start)
            for sort in sorts:
                near = draft.latest_of(now.index, chain, sort)
                if near is not None:
                    apart = draft.paragraph(now.mention.start) - draft.paragraph(draft.mentions[near].start)
                    asks = draft.asks(draft.mentions[near].start)
                    found += [f"with {sort}", f"with {sort} {min(apart, 3)}", f"with {sort} {min(apart, 3)} {asks}"]
            found += [f"apart {min(same, 3)}", f"only {'+'.join(sorted(sorts))}"]
            return found
        if now.word in REFLEXIVE:
            found.append(f"reflexive {mention.sentence == now.mention.sentence} {role(mention)}")
        spoken = draft.speaks(now.index)
        if spoken:
            found.append(f"speaks {draft.spoke_last(chain, now.index)}")
            found.append(f"speaks {chain.kind}")
        found += [f"{now.word} {role(mention)} {now.role}", f"has it {now.sort in sorts} {self.recency[chain]}"]
        found.append(f"premodifies {draft.premodifies(last)}")
        return found

    def _words(self, chain: Chain, last: int) -> list[str]:
        """What the words of a common noun have in common with those of the chain."""
        now, draft = self.now, self.draft
        found = []
        if chain in self.same_noun:
            near = draft.latest_with(now.index, chain, now.noun)
            other = draft.mentions[near]
            theirs = frozenset(draft.modifiers(near))
            kind = (
                "same" if theirs == now.modifiers else "fewer" if now.modifiers < theirs else "more"
                if theirs < now.modifiers else "other"
            )  # fmt: skip
            how = determiner(draft.words(near).split(" ", 1)[0])
            sentences = _distance(max(0, now.mention.sentence - other.sentence))
            bare_one, count = not now.modifiers, now.mention.plural == other.plural
            found += [
                "noun", f"noun {kind}", f"noun {kind} {bare_one}", f"noun {how}", f"noun counts {count}", f"noun far {sentences}",
                f"noun {kind} {how}", f"noun restricted {now.mention.restricted} {other.restricted}",
                f"noun exact {concept(draft.words(near)) == now.concept}", f"noun {now.mention.kind}",
            ]  # fmt: skip
            if now.owner is not None or how == "poss":
                found.append(f"noun owner {_same(now.owner, owner(draft, near))}")
        elif self.same_noun:
            found.append("other has noun")
        if chain.named:
            inside = draft.in_name(now.noun, chain)
            found.append(f"in name {inside}")
            found.append(f"{now.noun} is {chain.kind}")
            if now.modifiers:
                shared = any(word in form.all_words for form in chain.forms for word in now.modifiers)
                found.append(f"modifier in name {shared}")
        elif chain not in self.same_noun:
            other_noun = draft.noun(last) if draft.mentions[last].form == "nominal" else ""
            found.append(f"{now.noun} is {other_noun}")
            found.append(f"modifiers shared {not now.modifiers.isdisjoint(draft.modifiers(last)) if other_noun else ''}")
        return found


def _same(one: Chain | None, other: Chain | None) -> str:
    if one is None or other is None:
        return "none" if one is other else "one"
    return "same" if one is other else "other"


__all__ = ["DIALOGUE", "Field", "Here", "determiner", "here", "of_new", "owner", "role", "sort_of_pronoun"]
