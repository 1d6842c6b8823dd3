"""Resolutions made by hand: spans are found by their words, so that tests read like the article they speak of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from kg import names
from kg.records import (
    Amount,
    Argument,
    Article,
    Entity,
    Event,
    Extraction,
    Kind,
    Mention,
    Proposition,
    Reference,
    Relation,
    Resolution,
    Role,
    Span,
    Statement,
    Time,
)


@dataclass(frozen=True)
class Tables:
    """An ontology of two rows: purchases imply ``kg:acquired``, and a takeover is a purchase."""

    relations: dict[str, tuple[Any, ...]] = field(
        default_factory=lambda: {
            "kg:Acquisition": (
                SimpleNamespace(
                    relation="kg:acquired",
                    subject_role="kg:buyer",
                    object_role="kg:target",
                    unless=frozenset({"kg:stake"}),
                ),
            )
        }
    )

    def takes(self, event: str, role: str, /) -> frozenset[str] | None:
        return None

    def is_a(self, name: str, ancestor: str, /) -> bool:
        return name == ancestor or (name, ancestor) == ("kg:Takeover", "kg:Acquisition")


ONTOLOGY = Tables()


class Hand:
    """One article in the making; every method returns the index or the node's record."""

    def __init__(self, text: str, **about: Any) -> None:
        self.article = Article.of(text, **({"date": datetime.date(2031, 3, 4)} | about))
        self.text = text
        self.sentences: list[Span] = []
        self.mentions: list[Mention] = []
        self.entities: list[Entity] = []
        self.times: list[Time] = []
        self.amounts: list[Amount] = []
        self.statements: list[Statement] = []
        self.propositions: list[Proposition] = []
        self.events: list[Event] = []
        self.keys: list[str] = []
        start = 0
        while start < len(text):
            end = text.find(". ", start)
            end = len(text) if end < 0 else end + 1
            self.sentences.append(Span(start, end))
            start = end + 1

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def entity(self, name: str, kind: Kind = "Organization", *, key: str | None = None, **more: Any) -> int:
        key = names.slug(name) if key is None else key
        for index, entity in enumerate(self.entities):
            if entity.key == key:
                return index
        self.entities.append(Entity(name, kind, key=key, **more))
        return len(self.entities) - 1

    def mention(self, words: str, kind: Kind = "Organization", *, of: int | None = None, **more: Any) -> int:
        span = self.span(words)
        index = self.entity(words, kind, **more) if of is None else of
        self.mentions.append(Mention(*span, head=span, kind=kind, form="name", entity=index))
        return len(self.mentions) - 1

    def time(self, words: str, value: str) -> int:
        self.times.append(Time(*self.span(words), type="DATE", value=value))
        return len(self.times) - 1

    def amount(self, words: str, value: float | None, unit: str | None, **more: Any) -> int:
        self.amounts.append(
            Amount(*self.span(words), value, more.pop("min", None), more.pop("max", None), unit, **more)
        )
        return len(self.amounts) - 1

    def statement(self, content: str, speaker: int | None, **more: Any) -> int:
        reference = None
        if speaker is not None:
            mention = self.mentions[speaker]
            reference = Reference(mention.start, mention.end, mention.entity)
        values = {"cue": None, "quotation": "indirect"} | more
        self.statements.append(Statement(reference, content=(self.span(content),), **values))
        return len(self.statements) - 1

    def reference(self, words: str, entity: int | None = None) -> Reference:
        return Reference(*self.span(words), entity)

    def argument(self, value: int | str | tuple[str, int]) -> Argument:
        if isinstance(value, int):
            mention = self.mentions[value]
            return Argument(self.text[mention.start : mention.end], (Span(mention.start, mention.end),), mention=value)
        if isinstance(value, str):
            return Argument(value, (self.span(value),))
        kind, index = value
        return Argument("", **{kind: index})

    def says(self, subject: Any, relation: str, value: Any, **more: Any) -> None:
        spans = tuple(span for part in (self.argument(subject), self.argument(value)) for span in part.spans)
        values = {"sentence": 0, "tense": "past", "rule": "verb-active", "confidence": 0.8, "spans": spans} | more
        self.propositions.append(
            Proposition(self.argument(subject), Relation(relation, relation), self.argument(value), **values)
        )

    def event(self, class_: str, trigger: str, key: str, *roles: Role, **more: Any) -> None:
        self.events.append(Event(class_, self.span(trigger), roles, **({"rule": "verb", "confidence": 0.7} | more)))
        self.keys.append(key)

    def resolution(self) -> Resolution:
        lists = ("sentences", "mentions", "entities", "times", "amounts", "statements", "propositions", "events")
        values = {name: tuple(getattr(self, name)) for name in lists}
        return Resolution(replace(Extraction(self.article), **values), tuple(self.keys))


def takeover(**about: Any) -> Resolution:
    """Two sentences with a purchase, its price and time, a title, and what a person said of it."""
    hand = Hand(
        "Northwind bought Blue Lantern for about $3.9 billion in July 2029. "
        "Ada Marlowe, its chief, told the Quay Times the cuts were not related.",
        **({"title": "Northwind grows", "publisher": "Harbour Courier"} | about),
    )
    northwind, lantern = hand.mention("Northwind"), hand.mention("Blue Lantern")
    ada, times = hand.mention("Ada Marlowe", "Person"), hand.mention("Quay Times", type="schema:NewsMediaOrganization")
    price, month = hand.amount("about $3.9 billion", 3.9e9, "USD", approximate=True), hand.time("July 2029", "2029-07")
    hand.event(
        "kg:Acquisition", "bought", "acquisition-blue-lantern",
        Role("kg:buyer", mention=northwind), Role("kg:target", mention=lantern),
        Role("kg:price", amount=price), Role("kg:time", time=month),
    )  # fmt: skip
    hand.says(ada, "be chief of", lantern, property="schema:worksFor", tense="present", sentence=1)
    hand.says(ada, "be", "chief", property="schema:jobTitle", tense="present", sentence=1)
    said = hand.statement(
        "the cuts were not related", ada, cue=hand.span("told"), sentence=1,
        addressee=hand.reference("Quay Times", hand.mentions[times].entity),
    )  # fmt: skip
    hand.says("the cuts", "relate", "related", polarity="-", statement=said, sentence=1)
    return hand.resolution()


NAMES = ("Acme", "Bolt", "Carla Dune", "Delta Bay")
ALSO = ("Acme Inc.", "Bolt GmbH", "C. Dune", "Delta-Bay")
KINDS: tuple[Kind, ...] = ("Organization", "Person", "Place", "Concept")


@dataclass(frozen=True)
class Said:
    """One triple of a made-up article, and how it is said."""

    subject: int
    object: int
    relation: str = "kg:owns"
    polarity: Any = "+"
    certainty: Any = "certain"
    tense: Any = "past"
    conditional: bool = False
    quoted: bool = False


def made_up(
    number: int,
    facts: tuple[Said, ...] = (),
    *,
    kind: Kind = "Organization",
    other_name: bool = False,
    only_other: bool = False,
    status: Any = None,
    url: str | None = None,
) -> Resolution:
    """Article ``number`` of a small world in which every article may speak of the same four entities."""
    names_ = " ".join((*NAMES, *(f"({name})" for name in ALSO)))
    hand = Hand(f"Article {number}. {names_} deal told. words said", title=f"No. {number}", url=url)
    mentions = [hand.mention(name, kind) for name in NAMES]
    if other_name:
        for index, name in enumerate(ALSO):
            entity = hand.entities[index]
            hand.entities[index] = replace(entity, name=name) if only_other else replace(entity, aliases=(name,))
            hand.mention(name, of=index)
    speech = hand.statement("words said", mentions[2], cue=hand.span("told"), addressee=hand.reference("Bolt", 1))
    for fact in facts:
        hand.says(
            mentions[fact.subject], "own", mentions[fact.object], property=fact.relation, polarity=fact.polarity,
            certainty=fact.certainty, tense=fact.tense, conditional=fact.conditional,
            statement=speech if fact.quoted else None,
        )  # fmt: skip
    if status:
        roles = (Role("kg:buyer", mention=mentions[0]), Role("kg:target", mention=mentions[1]))
        hand.event("kg:Acquisition", "deal", "acquisition-bolt", *roles, status=status)
    return hand.resolution()
