"""The working state of coreference in one article: chains of mentions, why they were joined, and salience."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from kg.ontology import Gazetteer
from kg.records import Extraction, Kind, Mention, Reference, Span, Statement
from kg.resolve.naming import Name, name
from kg.resolve.given import usual
from kg.resolve.listed import Match, listed
from kg.resolve.words import GENERATION, KIN, POINTING, Gender, bare, folded, noun_gender, singular


class Decision(NamedTuple):
    """Why one mention belongs to one entity: indices into the linked extraction, and how sure (0 to 1)."""

    mention: int
    entity: int
    reason: str
    score: float


@dataclass(eq=False, slots=True)
class Chain:
    """The mentions of one thing so far, in the order in which they were joined.

    ``apart``: a description beside the name that it describes («podcast host Ann Lee»); nothing points back to it.
    """

    members: list[int] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    forms: dict[Name, None] = field(default_factory=dict)
    kind: Kind = "Other"
    gender: Gender | None = None
    plural: bool = False
    generic: bool = False
    apart: bool = False
    reasons: dict[int, tuple[str, float]] = field(default_factory=dict)

    @property
    def seems(self) -> Gender | None:
        """The gender that the text tells; where it tells none, what the given name usually goes with."""
        return self.gender or (usual(max((name.words for name in self.names), key=len)) if self.names else None)

    @property
    def named(self) -> bool:
        """Whether some mention names it."""
        return bool(self.names)


ROLE_WEIGHT = {"subject": 1.0, "object": 0.65}
FORM_WEIGHT = {"name": 1.0, "pronoun": 0.9, "nominal": 0.7}
HORIZON = 15
"""How many sentences back a mention still counts; what no rule may reach need not be weighed."""
MANY = 400
"""How many mentions back one still counts: more than so many sentences have, so that a list of thousands of names,
which is one sentence, takes no more time a name than a text."""
_RELATIVE = re.compile(r"(?:\b(?:his|her|their|whose)|['’]s?)\s+(?:[\w-]+\s+){0,3}?([\w-]+),?\s+$", re.IGNORECASE)


class Draft:
    """The mentions of one article, their chains, and the questions that the rules ask of them."""

    def __init__(self, extraction: Extraction, gazetteer: Gazetteer | None = None) -> None:
        self.extraction = extraction
        self._listed = listed(gazetteer)
        self.text = extraction.article.text
        self.mentions = list(extraction.mentions)
        self.order = sorted(range(len(self.mentions)), key=lambda i: (self.mentions[i].start, self.mentions[i].end, i))
        self.chains: list[Chain] = []
        self.chain_of: dict[int, Chain] = {}
        self.concepts: dict[str, Chain] = {}
        self._rank = {i: place for place, i in enumerate(self.order)}
        self._sentences = [self.mentions[i].sentence for i in self.order]  # they ascend, as the mentions do
        self._words = [" ".join(self.text[mention.start : mention.end].split()) for mention in self.mentions]
        self._in_sentence: dict[int, list[int]] = {}
        for i in self.order:
            self._in_sentence.setdefault(self.mentions[i].sentence, []).append(i)
        self._partners = _partners(extraction)
        self.apposed = _apposed(extraction)
        self.predicated = _predicated(extraction)
        spans = sorted(_marked(extraction))
        self._quote_starts = [span.start for span in spans]
        self._quote_ends = list(accumulate((span.end for span in spans), max))
        self._places: dict[Reference, int] = {}
        self._nouns: dict[int, str] = {}
        self._names: dict[str, list[int]] | None = None
        self._speaks: dict[int, list[Statement]] | None = None
        self._listens: dict[int, list[Statement]] = {}
        self._recent: tuple[int, int, dict[Chain, list[Mention]]] = (-1, 0, {})

    def listed(self, chain: Chain) -> Match | None:
        """The thing of the gazetteer that a chain is, by its fullest name; None where that is not listed."""
        return self._listed.find(full_form(chain.names), chain.kind) if chain.names else None

    def named(self, words: str, kind: Kind) -> Match | None:
        """The thing of the gazetteer that some words name."""
        return self._listed.find(name(words, kind), kind)

    def words(self, index: int) -> str:
        """The words of a mention, blanks made single."""
        return self._words[index]

    def head(self, index: int) -> str:
        """The head of a mention: for a name the whole name, for a nominal its noun."""
        return self.text[slice(*self.mentions[index].head)] or self.words(index)

    def noun(self, index: int) -> str:
        """The last word of the head, singular and in lower case."""
        if index not in self._nouns:
            self._nouns[index] = singular((self.head(index).split() or [""])[-1])
        return self._nouns[index]

    def name(self, index: int, kind: Kind | None = None) -> Name:
        """The name that a mention spells, with a title that stands right before it."""
        kind = kind or self.mentions[index].kind
        return name(self.head(index), kind, before=self.before(index) if kind == "Person" else "")

    def before(self, index: int) -> str:
        """The word right before a mention's head, which may be a title; "" where none is."""
        start = self.mentions[index].head.start
        lead = self.text[max(0, start - 20) : start]
        return lead.split()[-1] if lead[-1:].isspace() and not lead.isspace() else ""

    def relative(self, index: int) -> bool:
        """Whether a name is introduced as that of somebody's relative: «her late mother, NAME», «Bo's son NAME»."""
        start = self.mentions[index].start
        before = _RELATIVE.search(self.text[max(0, start - 60) : start])
        return before is not None and folded(bare(before[1])) in KIN

    def modifiers(self, index: int) -> tuple[str, ...]:
        """The words of a nominal before its head, without the determiner."""
        mention = self.mentions[index]
        words = [bare(word) for word in self.text[mention.start : max(mention.start, mention.head.start)].split()]
        return tuple(word for word in words if word not in POINTING and word not in ("a", "an"))

    def pointing(self, index: int) -> bool:
        """Whether a nominal begins with "the", "this", "that" …, so that it may point back."""
        words = self.words(index).split()
        return bool(words) and bare(words[0]) in POINTING

    def bare_head(self, index: int) -> bool:
        """Whether nothing follows the head: "the company", not "the company behind the app"."""
        mention = self.mentions[index]
        return not any(c.isalnum() for c in self.text[mention.head.end : mention.end])

    def new(self, index: int, reason: str) -> Chain:
        """Begin a chain with a mention."""
        mention = self.mentions[index]
        chain = Chain(kind=mention.kind, plural=mention.plural, generic=mention.generic, gender=self._gender(index))
        self.chains.append(chain)
        return self.add(index, chain, reason, 1.0)

    def add(self, index: int, chain: Chain, reason: str, score: float) -> Chain:
        """Put a mention into a chain, saying why."""
        chain.members.append(index)
        chain.reasons[index] = (reason, round(min(score, 1.0), 3))
        chain.gender = chain.gender or self._gender(index)
        self.chain_of[index] = chain
        return chain

    def merge(self, old: Chain, into: Chain, reason: str, score: float) -> None:
        """Put all mentions of one chain into another, saying why."""
        for i in old.members:
            self.add(i, into, reason, score)
        self.chains.remove(old)
        self._recent = (-1, 0, {})

    def names_like(self, words: str) -> Iterator[tuple[int, Chain]]:
        """The mentions that are a name of exactly these words, with their chains."""
        if self._names is None:
            self._names = {}
            for i in self.order:
                if self.mentions[i].form == "name":
                    self._names.setdefault(self.words(i), []).append(i)
        return ((i, self.chain_of[i]) for i in self._names.get(words, ()) if i in self.chain_of)

    def speaks(self, index: int) -> list[Statement]:
        """The statements that a mention is a speaker of."""
        if self._speaks is None:
            self._speaks = {}
            for statement in self.extraction.statements:
                for speaker in statement.speakers:
                    self._speaks.setdefault(self._place(speaker), []).append(statement)
                if statement.addressee is not None:
                    self._listens.setdefault(self._place(statement.addressee), []).append(statement)
        return self._speaks.get(index, [])

    def listens(self, index: int) -> list[Statement]:
        """The statements that are said to a mention."""
        self.speaks(index)
        return self._listens.get(index, [])

    def _gender(self, index: int) -> Gender | None:
        """The gender that a pronoun, or a common noun in the singular, tells."""
        mention = self.mentions[index]
        told = (mention.gender or "").casefold()[:1]
        if told in ("m", "f"):
            return "m" if told == "m" else "f"
        return noun_gender(self.noun(index)) if mention.form == "nominal" and not mention.plural else None

    def recent(self, index: int) -> dict[Chain, list[Mention]]:
        """The chains' mentions that end before a mention begins, in the sentences that still count."""
        if self._recent[0] != index or self._recent[1] != len(self.chain_of):
            self._recent = index, len(self.chain_of), self._look_back(index)
        return self._recent[2]

    def _look_back(self, index: int) -> dict[Chain, list[Mention]]:
        start, rank = self.mentions[index].start, self._rank[index]
        earliest = bisect_left(self._sentences, self.mentions[index].sentence - HORIZON)
        found: dict[Chain, list[Mention]] = {}
        for i in self.order[max(earliest, rank - MANY) : rank]:
            mention = self.mentions[i]
            if mention.end <= start and i in self.chain_of:
                found.setdefault(self.chain_of[i], []).append(mention)
        return found

    def near(self, index: int, reach: int) -> list[Chain]:
        """The chains that were last mentioned not more than ``reach`` sentences before a mention."""
        earliest = self.mentions[index].sentence - reach
        return [chain for chain, told in self.recent(index).items() if told[-1].sentence >= earliest]

    def distance(self, chain: Chain, index: int) -> int | None:
        """How many sentences ago the chain was last mentioned; None where not within the horizon."""
        sentence = self.mentions[index].sentence
        return min((sentence - m.sentence for m in self.recent(index).get(chain, ())), default=None)

    def introduced(self, chain: Chain, index: int) -> bool:
        """Whether the chain is mentioned anywhere before a mention."""
        start = self.mentions[index].start
        return any(self.mentions[i].end <= start for i in chain.members)

    def salience(self, chain: Chain, index: int, *, decay: float) -> float:
        """How much a chain is in mind at a mention.

        The sum over its earlier mentions of role weight times form weight, falling by ``decay`` a sentence
        (Lappin and Leass 1994 in spirit; weights set on the training documents of GUM).
        """
        here = self.mentions[index]
        quoted = self.in_quotation(here)
        total = 0.0
        for mention in self.recent(index).get(chain, ()):
            if mention.form == "pronoun" and self.in_quotation(mention) and not quoted:
                continue  # a speaker's "we" does not make "the company" theirs
            weight = ROLE_WEIGHT.get(mention.role, 0.4) * FORM_WEIGHT[mention.form]
            weight *= 1.0 if self.in_quotation(mention) == quoted else 0.6
            total += weight * decay ** max(0, here.sentence - mention.sentence)
        return total

    def in_quotation(self, mention: Mention) -> bool:
        """Whether a mention stands between quotation marks."""
        place = bisect_right(self._quote_starts, mention.start)
        return place > 0 and self._quote_ends[place - 1] >= mention.end

    def overlapping(self, index: int) -> set[Chain]:
        """The chains with a mention that holds this one or is held by it ("[the CEO of [the company]]")."""
        here = self.mentions[index]
        return {
            chain
            for i, chain in self.beside(index)
            if self.mentions[i].start < here.end and here.start < self.mentions[i].end
        }

    def beside(self, index: int) -> Iterator[tuple[int, Chain]]:
        """The mentions of the same sentence that have a chain, in the order of the text, with their chains."""
        for i in self._in_sentence.get(self.mentions[index].sentence, ()):
            if i in self.chain_of:
                yield i, self.chain_of[i]

    def partners(self, index: int) -> set[Chain]:
        """The chains on the other side of a proposition from a mention, so that they differ from it."""
        return {self.chain_of[i] for i in self._partners.get(index, ()) if i in self.chain_of}

    def meets(self, a: Chain, b: Chain) -> bool:
        """Whether two chains are mentioned in one sentence."""
        return bool({self.mentions[i].sentence for i in a.members} & {self.mentions[i].sentence for i in b.members})

    def at(self, reference: Reference) -> Chain | None:
        """The chain of the mention that a statement's reference means: one there of the same entity, if any."""
        if reference not in self._places:
            self._places[reference] = self._place(reference)
        return self.chain_of.get(self._places[reference])

    def names(self, reference: Reference) -> bool:
        """Whether a mention in a reference's place is of its entity; not where two are meant by one word («both»)."""
        self.at(reference)
        place = self._places[reference]
        return place >= 0 and self.mentions[place].entity == reference.entity

    def _place(self, reference: Reference) -> int:
        start, end = reference.start, reference.end
        there = [i for i in self.order if self.mentions[i].start < end and start < self.mentions[i].end]

        def rank(i: int) -> tuple[bool, bool, int]:
            mention = self.mentions[i]
            exact = (mention.start, mention.end) == (start, end)
            return mention.entity == reference.entity, exact, mention.end - mention.start

        return max(there, key=rank, default=-1)

    def of_entity(self, entity: int) -> Chain:
        """The chain that the first mention of an old entity went to; KeyError where it has none."""
        return self.chain_of[next((i for i in self.order if self.mentions[i].entity == entity), -1)]


def decide_kind(kinds: Iterable[Kind]) -> Kind:
    """The kind that most mentions have, the earliest of those that tie; "Other" only where nothing else is said."""
    counted = Counter(kinds)
    telling = {kind: count for kind, count in counted.items() if kind != "Other"} or counted
    return max(telling, key=lambda kind: telling[kind], default="Other")


def full_form(names: list[Name]) -> Name:
    """The fullest of some names: most words, then longest without dots, then most often used, then first."""
    often = Counter(form.text for form in names)
    first = {form.text: -position for position, form in reversed(list(enumerate(names)))}

    def rank(form: Name) -> tuple[int, bool, int, int]:
        words = [word for word in form.all_words if word not in GENERATION]
        spelled = sum(len(word) for word in form.all_words) if len(form.all_words) == 1 else 0
        shouted = form.text.isupper() and len(form.text) > 5
        return len(words), not shouted, spelled or often[form.text], first[form.text]

    return max(names, key=rank)


def _marked(extraction: Extraction) -> Iterator[Span]:
    """The words of the article's direct and mixed quotations."""
    for statement in extraction.statements:
        if statement.quotation != "indirect":
            yield from statement.content


def _apposed(extraction: Extraction) -> dict[int, int]:
    """Description -> the name that it stands beside, by what the text says of them («Ann Lee, her neighbour»)."""
    found: dict[int, int] = {}
    for proposition in extraction.propositions:
        pair = (proposition.subject.mention, proposition.object.mention)
        if proposition.rule != "apposition" or None in pair or proposition.polarity == "-":
            continue
        for named, other in (pair, pair[::-1]):
            assert named is not None and other is not None
            form = extraction.mentions[named].form
            better = form == "name" or (form == "nominal" and other not in found)
            if extraction.mentions[other].form == "nominal" and better:
                found[other] = named
    return found


def _predicated(extraction: Extraction) -> set[int]:
    """The mentions that a proposition says something to be: «Acme is the FIRM …»."""
    return {
        proposition.object.mention
        for proposition in extraction.propositions
        if proposition.object.mention is not None
        and (proposition.relation.lemma in ("be", "become") or "appos" in proposition.rule)
    }


def _partners(extraction: Extraction) -> dict[int, list[int]]:
    """Mention -> the mentions across a proposition from it."""
    found: dict[int, list[int]] = {}
    for proposition in extraction.propositions:
        a, b = proposition.subject.mention, proposition.object.mention
        if a is not None and b is not None and a != b:
            found.setdefault(a, []).append(b)
            found.setdefault(b, []).append(a)
    return found
