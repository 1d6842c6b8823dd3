"""What stands around the mentions of a draft, worked out once: paragraphs, which chains have which nouns and pronouns.

The chains grow while they are asked about; what is kept of one is renewed as soon as it has more members.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from kg.records import Mention, Statement
from kg.resolve.draft import Chain, Draft
from kg.resolve.words import FIRST, HE, IT, SECOND, SHE, THEY, WE, bare

SORTS: Final = (("he", HE | SHE), ("it", IT), ("they", THEY), ("I", FIRST), ("we", WE), ("you", SECOND))
"""The sorts of pronouns by their words; «he» and «she» are one, so that both are weighed alike."""
_SORT: Final = {word: sort for sort, words in SORTS for word in words}
DIALOGUE: Final = frozenset({"I", "we", "you"})
DETERMINERS: Final = {
    "the": "the", "this": "this", "that": "this", "these": "this", "those": "this",
    "its": "own", "his": "own", "her": "own", "their": "own", "our": "own", "my": "own", "your": "own",
}  # fmt: skip
ROLES: Final = {
    "nsubj": "subject", "obj": "object", "iobj": "object", "obl": "oblique", "nmod": "nmod", "conj": "conj",
    "appos": "appos", "compound": "compound", "root": "root", "vocative": "vocative", "dislocated": "subject",
}  # fmt: skip
_PARAGRAPH: Final = re.compile(r"\n\s*\n|\n")
_ASKS: Final = re.compile(r"\?[\"”’)]*\s*$")


@dataclass(slots=True)
class Told:
    """What is known of a chain by so many of its members."""

    members: int = 0
    places: list[int] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    sorts: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


class Around:
    """The questions that the clues ask of a draft and its chains."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.starts = [0, *(match.end() for match in _PARAGRAPH.finditer(draft.text))]
        self._told: dict[Chain, Told] = {}
        self._quoted: dict[int, bool] = {}
        self._role: dict[int, str] = {}
        self._asks: dict[int, bool] = {}
        self._statement: dict[int, Statement | None] = {}
        self.at: dict[int, int] = {mention.head.start: i for i, mention in enumerate(draft.mentions)}

    def told(self, chain: Chain) -> Told:
        """What is known of a chain now."""
        known = self._told.get(chain)
        if known is None:
            known = self._told[chain] = Told()
        if known.members != len(chain.members):
            self._renew(known, chain)
        return known

    def _renew(self, known: Told, chain: Chain) -> None:
        draft = self.draft
        for i in chain.members[known.members :]:
            form = draft.mentions[i].form
            if form == "nominal":
                known.nouns.add(draft.noun(i))
            elif form == "pronoun":
                known.sorts.add(self.sort(i))
            else:
                known.words.update(word for word in map(bare, draft.words(i).split()))
        known.places = sorted(chain.members, key=lambda i: draft.mentions[i].start)
        known.members = len(chain.members)

    def last(self, chain: Chain, start: int) -> int | None:
        """The mention of a chain that stands last before a place; None where all stand behind it."""
        mentions = self.draft.mentions
        for i in reversed(self.told(chain).places):
            if mentions[i].end <= start:
                return i
        return None

    def last_of(self, chain: Chain, start: int, sort: str) -> int | None:
        """The last pronoun of a sort in a chain before a place."""
        mentions = self.draft.mentions
        for i in reversed(self.told(chain).places):
            if mentions[i].form == "pronoun" and mentions[i].end <= start and self.sort(i) == sort:
                return i
        return None

    def last_noun(self, chain: Chain, start: int, noun: str) -> int | None:
        """The last mention of a chain before a place that is called by a noun."""
        mentions = self.draft.mentions
        for i in reversed(self.told(chain).places):
            if mentions[i].form == "nominal" and mentions[i].end <= start and self.draft.noun(i) == noun:
                return i
        return None

    def sort(self, index: int) -> str:
        """The sort of a pronoun; "" for one that is not weighed."""
        return _SORT.get(bare(self.draft.head(index)), "")

    def determiner(self, index: int) -> str:
        """What a common noun begins with: "the", "this", "own" («his», «Acme's»); "" for all else."""
        first = self.draft.words(index).split(" ", 1)[0]
        if first.endswith(("'s", "’s", "s'", "s’")):
            return "own"
        return DETERMINERS.get(first.casefold(), "")

    def role(self, index: int) -> str:
        """The role of a mention in its clause, in a few kinds."""
        if index not in self._role:
            relation = self.draft.mentions[index].relation
            own = relation == "nmod:poss"
            self._role[index] = "own" if own else ROLES.get(relation.partition(":")[0], "other")
        return self._role[index]

    def quoted(self, index: int) -> bool:
        """Whether a mention stands between quotation marks."""
        if index not in self._quoted:
            self._quoted[index] = self.draft.in_quotation(self.draft.mentions[index])
        return self._quoted[index]

    def paragraph(self, index: int) -> int:
        """The number of the paragraph that a mention stands in."""
        return bisect_right(self.starts, self.draft.mentions[index].start) - 1

    def asks(self, paragraph: int) -> bool:
        """Whether a paragraph ends in a question."""
        if paragraph not in self._asks:
            ends = self.starts[paragraph + 1] if paragraph + 1 < len(self.starts) else len(self.draft.text)
            self._asks[paragraph] = bool(_ASKS.search(self.draft.text[max(self.starts[paragraph], ends - 20) : ends]))
        return self._asks[paragraph]

    def statement(self, index: int) -> Statement | None:
        """The innermost statement whose words hold a mention."""
        if index not in self._statement:
            self._statement[index] = self._around(self.draft.mentions[index])
        return self._statement[index]

    def _around(self, mention: Mention) -> Statement | None:
        around = [
            (span.end - span.start, statement)
            for statement in self.draft.extraction.statements
            for span in statement.content
            if span.start <= mention.start and mention.end <= span.end
        ]
        return min(around, key=lambda pair: pair[0])[1] if around else None

    def speaker(self, index: int) -> Chain | None:
        """Who says the words around a mention."""
        statement = self.statement(index)
        if statement is None or statement.speaker is None or statement.speaker.entity is None:
            return None
        inside = statement.speaker.start <= self.draft.mentions[index].start < statement.speaker.end
        return None if inside else self.draft.at(statement.speaker)

    def owner(self, index: int) -> Chain | None:
        """The chain of the possessor with which a phrase begins: «his career», «Acme's plant»."""
        mention = self.draft.mentions[index]
        for i, chain in self.draft.beside(index):
            other = self.draft.mentions[i]
            if other.start == mention.start and other.end < mention.head.start:
                return chain
        return None


__all__ = ["DIALOGUE", "SORTS", "Around", "Told"]
