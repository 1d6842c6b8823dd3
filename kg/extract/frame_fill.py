"""Where the fillers of a frame's slots stand: from a clause and a slot's place ("object", "for") to mentions,
amounts and times.

A part of the clause gives a mention by its head word. Amounts and times are found by climbing the tree from their
own root to the predicate, since they often modify a part ("in a $3.9 billion deal") or hang on it by mistake of the
parser ("bought Bolt for $3 million" with "for" below "Bolt").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.extract.parts import Clause, Part
from kg.extract.tree import (
    case_words, children, conjuncts, dep, inside, is_predicate, named_in_apposition, slot_of, unit, unit_head,
)  # fmt: skip
from kg.extract.tree_index import index as index_of
from kg.ontology import Filler, Ontology
from kg.records import Amount, Mention, Span, Time

LIST_WORDS = frozenset({"such as", "including", "like"})
# Dependents that stand before their noun without a preposition ("a $5 million fine", "the 2022 merger").
BARE = ("compound", "nummod", "amod", "nmod:unmarked", "nmod:desc", "obl:unmarked", "nmod:tmod", "obl:tmod",
        "nmod:npmod", "obl:npmod", "nmod:poss")  # fmt: skip
# A date behind one of these is not the event's ("since 2019", "until May").
NOT_WHEN = frozenset({"before", "after", "until", "till", "since", "for", "than", "of", "ahead of", "prior to", "about",
                      "to", "between", "from", "over", "with", "as of", "within"})  # fmt: skip
PLACES = frozenset({"in", "at", "near", "outside", "on", "inside", "across", "off", "around", "throughout"})
MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Route:
    """How a word hangs below a predicate: ``slots`` that it stands in, ``steps`` in between, the preposition."""

    slots: frozenset[str]
    steps: int
    case: str


STEPS = 100  # of a coordination, at most: a chain of thousands would be walked again for each of its words


@dataclass(frozen=True)
class Scene:
    """One article's words with everything already found in them, by token index."""

    doc: Doc
    mentions: Sequence[Mention]
    amounts: Sequence[Amount]
    times: Sequence[Time]
    ontology: Ontology
    clauses: dict[int, Clause] = field(default_factory=dict)
    nominals: dict[int, Clause] = field(default_factory=dict)
    mention_at: dict[int, int] = field(default_factory=dict)
    amount_roots: tuple[Token, ...] = ()
    time_roots: tuple[Token, ...] = ()
    sentence_at: Sequence[int] = ()
    text: str = ""
    meanings: dict[int, list[Token]] = field(default_factory=dict)

    @cached_property
    def sums(self) -> frozenset[int]:
        """The head words of the sums of money."""
        return frozenset(root.i for i, root in enumerate(self.amount_roots) if self.kind_of(i) == "money")

    @cached_property
    def names_of_places(self) -> list[int]:
        """The mentions that are names of places, in text order."""
        places = [i for i, one in enumerate(self.mentions) if one.kind == "Place" and one.form == "name"]
        return sorted(places, key=lambda i: self.mentions[i].start)

    @cached_property
    def relation_nouns(self) -> list[Token]:
        """The common nouns that are the last word of a noun of a relation frame («executive» of "chief executive")."""
        words = {noun.rpartition(" ")[2] for noun in self.ontology.relations_by_noun}
        known = index_of(self.doc)
        rows = zip(known.tokens, known.tags, known.lowers, known.lemmas, strict=True)
        return [word for word, tag, lower, lemma in rows
                if tag in ("NOUN", "PROPN") and (lower in words or lemma in words)]  # fmt: skip

    @classmethod
    def of(
        cls,
        clauses: Sequence[Clause],
        mentions: Sequence[Mention],
        amounts: Sequence[Amount],
        times: Sequence[Time],
        doc: Doc,
        ontology: Ontology,
    ) -> Scene:
        """The scene of an article; looks every mention, amount and time up in the tree once."""
        known = index_of(doc)
        starts = known.starts
        return cls(
            doc, mentions, amounts, times, ontology,
            {clause.predicate: clause for clause in clauses if not clause.nominal},
            {clause.predicate: clause for clause in clauses if clause.nominal},
            _mention_at(doc, mentions, starts),
            tuple(_root(doc, _whole(amount), starts) for amount in amounts),
            tuple(_root(doc, Span(time.start, time.end), starts) for time in times),
            known.numbers, known.text,
        )  # fmt: skip

    def counted(self, token: Token) -> Token:
        """The word itself or, for "hundreds of employees" and "20 of its shops", what is counted."""
        number = token.pos_ == "NUM"
        if not number and (token.i in self.mention_at or token.lemma_.lower() not in self.ontology.quantity_nouns):
            return token
        return next((child for child in children(token, "nmod") if slot_of(child) == "of"), token)

    def mention(self, token: Token) -> int | None:
        """The mention that a part's head word names."""
        return self.mention_at.get((named_in_apposition(token) or self.counted(token)).i)

    def kind_of(self, amount: int) -> Filler:
        """Whether an amount is money, a percentage or any other quantity."""
        unit_ = self.amounts[amount].unit or ""
        if len(unit_) == 3 and unit_.isupper():
            return "money"
        return "percent" if unit_ == "percent" else "quantity"


def _tokens(doc: Doc, span: Span, starts: Sequence[int]) -> list[Token]:
    first = max(bisect_right(starts, span.start) - 1, 0)
    last = max(bisect_right(starts, span.end - 1), first + 1)
    words = index_of(doc).tokens[first:last]
    return [token for token in words if not token.is_space] or [words[0]]


def _root(doc: Doc, span: Span, starts: Sequence[int]) -> Token:
    words = _tokens(doc, span, starts)
    return next((word for word in words if word.head not in words or word.head == word), words[0])


def _whole(amount: Amount) -> Span:
    """The figure together with what it counts."""
    if amount.noun is None:
        return Span(amount.start, amount.end)
    return Span(min(amount.start, amount.noun.start), max(amount.end, amount.noun.end))


def _mention_at(doc: Doc, mentions: Sequence[Mention], starts: Sequence[int]) -> dict[int, int]:
    """Token -> the smallest mention whose head (for a name: any of its words) the token is."""
    found: dict[int, int] = {}
    for index, mention in enumerate(mentions):
        for token in _tokens(doc, mention.head, starts):
            other = found.get(token.i)
            if other is None or mention.end - mention.start < mentions[other].end - mentions[other].start:
                found[token.i] = index
    return found


@dataclass(frozen=True)
class Place:
    """A clause read through a frame: ``light`` is the noun that carries part of the frame's meaning ("cut JOBS"),
    ``above`` a light verb whose own circumstances are the noun's as well ("COMPLETED the merger in May").
    """

    scene: Scene
    clause: Clause
    parts: tuple[Part, ...]
    light: int | None = None
    above: int | None = None

    def heads(self, slot: str) -> Iterator[Token]:
        """The head words that stand in a slot; "subject.possessive" is the possessor of the subject."""
        base, *inner = slot.split(".")
        doc = index_of(self.scene.doc).tokens
        stand = [part for part in self.parts if part.slot == base]
        if inner == ["member"]:
            yield from (doc[part.head] for part in stand if is_member(doc[part.head]))
        elif inner:
            heads = [doc[part.head] for part in stand]
            for step in inner:
                heads = [word for head in heads for word in dependents(head, step)]
            yield from heads
        else:
            yield from (doc[part.head] for part in stand if not self._listed(part, stand))
            if not stand and not self.clause.nominal:
                # A name or sum has no prepositional phrase of its own: what hangs on it belongs to the verb before it.
                yield from (word for head in self._closed_objects for word in dependents(head, base) if slot_of(word))

    @cached_property
    def _closed_objects(self) -> list[Token]:
        """The names and sums among the objects behind the predicate."""
        return [self.scene.doc[part.head] for part in self.parts
                if part.slot == "object" and self._closed(part) and part.head > self.clause.predicate]  # fmt: skip

    def _closed(self, part: Part) -> bool:
        return bool(self.scene.doc[part.head].ent_type_) or part.head in self.scene.sums

    def _listed(self, part: Part, stand: Sequence[Part]) -> bool:
        """Whether the phrase is only the heading of a list that stands in the same slot ("areas such as X and Y")."""
        head = self.scene.doc[part.head]
        return any(other is not part and head in list_heads(self.scene.doc[other.head]) for other in stand)

    def route(self, root: Token) -> Route | None:
        """The way from a word up to the predicate or one of its stand-ins; None where another clause lies between."""
        anchors = {self.clause.predicate, *(i for i in (self.light, self.above) if i is not None)}
        if root.i == self.clause.predicate and self.clause.nominal:
            return Route(frozenset({"compound"}), 0, "")
        path = _path(root, anchors)
        if path is None:
            return self._through_part(root)
        top = path[-1]
        return _route(path, self._slots_of(top))

    def _slots_of(self, top: Token) -> frozenset[str]:
        words = {word.i for word in unit(top)}
        own = frozenset(part.slot for part in self.parts if part.head in words)
        if top.i != self.light and top.head.i == self.light and dep(top, *BARE):
            # What stands before the light noun ("a $3 million LOSS") stands in the noun's own slot.
            own |= {part.slot for part in self.parts if part.head == self.light}
        return own | {_own_slot(top)}

    def _through_part(self, root: Token) -> Route | None:
        """A part that the tree hangs elsewhere (the antecedent of a relative clause, a shared subject)."""
        heads = {part.head: part.slot for part in self.parts}
        if root.i in heads:
            return Route(frozenset({heads[root.i]}), 0, "")
        path = _path(root, set(heads))
        if path is None or not dep(path[0], *BARE) or len(path) > 1:
            return None
        return Route(frozenset(heads[anchor.i] for anchor in (path[-1].head,) if anchor.i in heads), 1, "")

    def amounts(self, slots: frozenset[str], kinds: frozenset[Filler]) -> Iterator[int]:
        """The amounts of some kinds that stand in one of the slots.

        Sums and percentages also stand before a part's head ("a $3 million deal"); what counts something else there
        is no count of the part ("a three-year-old child", "Lee, 79, died").
        """
        for index, root in enumerate(self.scene.amount_roots):
            if not self._near(root):
                continue
            kind = self.scene.kind_of(index)
            route = self.route(root) if kind in kinds else None
            if route is not None and route.slots & slots and (kind != "quantity" or route.steps == 0):
                yield index

    def _near(self, root: Token) -> bool:
        at = self.scene.sentence_at
        return at[root.i] == at[self.clause.predicate]

    def dates(self, slots: frozenset[str] | None = None) -> Iterator[int]:
        """The times that stand in the slots or, without slots, say when it happened; nearest to the predicate first."""
        found = []
        for index, root in enumerate(self.scene.time_roots):
            route = self.route(root) if self._near(root) and self._own(root) else None
            if route is None or (slots is not None and not route.slots & slots):
                continue
            if slots is None and not self._says_when(index, route):
                continue
            found.append((route.steps, index))
        yield from (index for _, index in sorted(found))

    def _own(self, root: Token) -> bool:
        """Whether a circumstance is the noun's own, not that of the verb around it ("announced layoffs on Friday")."""
        doc = self.scene.doc
        return not self.clause.nominal or self.above is not None or inside(root, doc[self.clause.predicate])

    def _says_when(self, index: int, route: Route) -> bool:
        time = self.scene.times[index]
        if time.type not in ("DATE", "TIME") or time.value.endswith("_REF") or route.case in NOT_WHEN:
            return False
        return route.steps == 0 or bool(route.case)

    def places(self) -> Iterator[Token]:
        """The head words of phrases of place, those of the verb above included."""
        for part in self.parts:
            if part.slot in PLACES and self._own(self.scene.doc[part.head]):
                yield self.scene.doc[part.head]
        for part in self.parts:
            head = self.scene.doc[part.head]
            if part.slot == "object" and self._closed(part):
                yield from (word for slot in ("in", "at", "near") for word in dependents(head, slot))


def _path(root: Token, anchors: set[int]) -> list[Token] | None:
    """The words from ``root`` up to just below an anchor; None where none is near or a clause lies between."""
    path = [unit_head(root)]
    while path[-1].head.i not in anchors:
        parent = unit_head(path[-1].head)
        if parent == path[-1] or len(path) > MOST_STEPS or parent.i in anchors:
            return path if parent.i in anchors and parent != path[-1] else None
        if is_predicate(parent) and parent.lemma_.lower() not in ("value", "price"):
            return None
        path.append(parent)
    return path


def _route(path: Sequence[Token], tops: frozenset[str]) -> Route:
    """The slots that a path gives: its top's, if only bare modifiers lie between; else its own preposition's."""
    first, top = path[0], path[-1]
    case = slot_of(first)
    bare = all(not case_words(word) and (dep(word, *BARE) or _is_worth(word.head)) for word in path[:-1])
    worth = any(word.lemma_.lower() in ("worth", "value", "price") for word in path[1:-1])
    if len(path) == 1:
        return Route(tops, 0, case)
    if bare or worth:
        return Route(tops | {"worth"} if worth else tops, len(path) - 1, slot_of(top))
    if len(path) == 2 and case:
        return Route(frozenset({case, *(f"{slot}.{case}" for slot in tops)}), 1, case)
    return Route(frozenset(), len(path) - 1, case)


def _is_worth(token: Token) -> bool:
    return token.lemma_.lower() in ("worth", "value", "price")


def _own_slot(token: Token) -> str:
    """The slot of a direct dependent by its relation alone."""
    case = slot_of(token)
    if case:
        return case
    if dep(token, "nmod:poss"):
        return "possessive"
    if dep(token, "appos"):
        return "apposition"
    if token.dep_ in ("obl:unmarked", "obl:tmod", "obl:npmod", "advmod"):
        return "unmarked"
    if dep(token, "obj"):
        return "object"
    return "compound" if dep(token, *BARE) else ""


def dependents(head: Token, slot: str) -> Iterator[Token]:
    """The words below a noun that stand in a slot relative to it ("of", "possessive", "compound")."""
    for child in children(head, "nmod", "compound", "amod", "obl"):
        if _own_slot(child) == slot and child.pos_ != "ADJ":
            yield from conjuncts(unit_head(child))
    if slot == "by":  # «a round led by Acme»
        for agent in (word for verb in children(head, "acl") if verb.tag_ == "VBN" for word in children(verb, "obl")):
            if slot_of(agent) == "by":
                yield from conjuncts(unit_head(agent))


def first_conjunct(token: Token) -> Token:
    """The first word of a coordination (a tree may hang a name on one of its own words, so steps are counted)."""
    for _ in range(STEPS):
        if token.dep_ != "conj" or token.head == token:
            break
        token = unit_head(token.head)
    return token


def is_member(token: Token) -> bool:
    """Whether a word belongs to a list behind "such as" or "including"."""
    return bool(list_heads(token))


def list_heads(token: Token) -> list[Token]:
    """The phrases that a word is given as an example of."""
    first = first_conjunct(token)
    if slot_of(first) in LIST_WORDS:
        return [unit_head(first.head)]
    if dep(first, "obj") and first.head.lower_ == "including":
        return [unit_head(first.head.head)]
    return []


__all__ = ["LIST_WORDS", "Place", "Route", "Scene", "dependents", "first_conjunct", "is_member", "list_heads"]
