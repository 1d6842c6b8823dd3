"""What is said of two ends: by a record, through a table of properties; by a plain baseline, from the verb's lemma.

A record says a relation by a proposition with a property, and by an event that implies one (``_implied_claims`` of
``kg.emit.events``): only what is affirmed, not merely possible, not conditional, and not still to come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Protocol

from kg.records import Argument, Certainty, Event, Extraction, Mention, Polarity, Role, Span, Tense

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.ontology import Implication, Ontology


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relation: what tells it from others in its text, the heads of all its mentions, and these whole."""

    key: str
    spans: tuple[Span, ...]
    whole: tuple[Span, ...]


def end_at(key: str, place: Span) -> End:
    """An end that is said in one place only."""
    return End(key, (place,), (place,))


@dataclass(frozen=True, slots=True)
class Told:
    """A relation of the gold sets that is said of two ends; `why` tells a person who is looking for faults."""

    relation: str
    subject: End
    object: End
    why: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A property that says a relation; `inverse`: its subject is the relation's object.

    `kinds` are the kinds that the property's subject and object must be of; None: any.
    """

    property: str
    inverse: bool = False
    kinds: tuple[str | None, str | None] = (None, None)


def way(words: str) -> Way:
    """A way in short: «y kg:owns x:Organization» for a relation of x to y.

    >>> way("y kg:owns x:Organization")
    Way(property='kg:owns', inverse=True, kinds=(None, 'Organization'))
    """
    first, name, second = words.split()
    kinds = tuple(end.partition(":")[2] or None for end in (first, second))
    return Way(name, inverse=first.startswith("y"), kinds=(kinds[0], kinds[1]))


WAYS: Mapping[str, tuple[Way, ...]] = {
    relation: tuple(map(way, ways))
    for relation, ways in {
        # CORE
        "acquired_by": ("y kg:acquired x",),
        "subsidiary_of": ("x schema:parentOrganization y",),
        "shareholder_of": ("x kg:holdsStakeIn y", "x kg:investedIn y"),
        "merged_with": ("x kg:mergedWith y",),
        "client_of": ("x kg:customerOf y", "y kg:supplies x"),
        "competitor_of": ("x kg:competesWith y",),
        "brand_of": ("y schema:brand x",),
        "product_or_service_of": ("y kg:develops x", "y kg:launched x"),
        "collaboration": ("x kg:partneredWith y",),
        # KnowledgeNet
        "CEO": ("y kg:chiefExecutiveOf x",),
        "FOUNDED_BY": ("y kg:founded x",),
        "SUBSIDIARY_OF": ("x schema:parentOrganization y",),
        "HEADQUARTERS": ("x kg:headquarteredIn y", "x:Organization schema:location y:Place"),
        "EMPLOYEE_OR_MEMBER_OF": (
            "x schema:worksFor y", "x schema:memberOf y", "x kg:playsFor y", "x:Person kg:leads y:Organization",
            "x:Person kg:chiefExecutiveOf y:Organization", "x:Person kg:leftPositionAt y:Organization",
            "x kg:politicalParty y", "y:Organization kg:hired x:Person",
        ),
        "SPOUSE": ("x schema:spouse y",),
        "PLACE_OF_BIRTH": ("x schema:birthPlace y",),
        "CHILD_OF": ("x schema:parent y", "y schema:children x"),
        "EDUCATED_AT": ("x schema:alumniOf y",),
        "NATIONALITY": ("x schema:nationality y",),
        "PLACE_OF_RESIDENCE": ("x schema:homeLocation y",),
        "POLITICAL_AFFILIATION": ("x kg:politicalParty y",),
        "DATE_OF_BIRTH": ("x schema:birthDate y",),
        "DATE_OF_DEATH": ("x schema:deathDate y",),
        "DATE_FOUNDED": ("x schema:foundingDate y",),
    }.items()
}  # fmt: skip
"""How each gold relation of x to y is said in our properties."""


# --- from a record -----------------------------------------------------------------------------------------------


class _Held(Protocol):
    @property
    def polarity(self) -> Polarity: ...
    @property
    def certainty(self) -> Certainty: ...
    @property
    def tense(self) -> Tense: ...
    @property
    def conditional(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Triple:
    """A property between two ends, with their kinds ("Time" for a time)."""

    property: str
    ends: tuple[End, End]
    kinds: tuple[str, str]
    why: str


def told(record: Extraction, ontology: Ontology) -> list[Told]:
    """The relations of the gold sets that a record says, each pair of entities once a relation."""
    found: dict[tuple[str, str, str], Told] = {}
    for triple in _triples(record, ontology):
        for relation, ways in WAYS.items():
            for one in ways:
                if one.property == triple.property and _of_kinds(one, triple):
                    subject, object_ = reversed(triple.ends) if one.inverse else triple.ends
                    found.setdefault((relation, subject.key, object_.key), Told(relation, subject, object_, triple.why))
    return list(found.values())


def _of_kinds(one: Way, triple: _Triple) -> bool:
    return all(want in (None, kind) for want, kind in zip(one.kinds, triple.kinds, strict=True))


def _triples(record: Extraction, ontology: Ontology) -> Iterator[_Triple]:
    ends = Ends(record)
    for proposition in record.propositions:
        if proposition.property and _holds(proposition):
            why = f"{proposition.property}, {proposition.rule} {proposition.confidence:.2f}: {proposition}"
            yield from _triple(proposition.property, ends.of(proposition.subject), ends.of(proposition.object), why)
    for event in record.events:
        if event.status in ("Happened", "Announced") and _holds(event):
            yield from _implied(event, ends, ontology)


def _holds(said: _Held) -> bool:
    """Whether it is affirmed as a fact of now or before."""
    affirmed = said.polarity == "+" and said.certainty != "possible"
    return affirmed and not said.conditional and said.tense != "future"


def _triple(name: str, first: _Filled | None, second: _Filled | None, why: str) -> Iterator[_Triple]:
    if first is not None and second is not None and first[0].key != second[0].key:
        yield _Triple(_prefixed(name), (first[0], second[0]), (first[1], second[1]), why)


def _implied(event: Event, ends: Ends, ontology: Ontology) -> Iterator[_Triple]:
    """The plain relations that an event's class implies between those who fill its roles."""
    filled = {_prefixed(role.role) for role in event.roles}
    text = ends.record.article.text
    for row in _rows(event, ontology):
        if filled & {_prefixed(role) for role in row.unless}:
            continue
        fillers = ([r for r in event.roles if _prefixed(r.role) == _prefixed(role)] for role in _roles(row))
        for first, second in product(*fillers):
            why = f"{row.relation}, {event.class_} {event.rule} {event.confidence:.2f}: {text[slice(*event.trigger)]}"
            yield from _triple(row.relation, ends.of(first), ends.of(second), why)


def _roles(row: Implication) -> tuple[str, str]:
    return row.subject_role, row.object_role


def _rows(event: Event, ontology: Ontology) -> Iterator[Implication]:
    for ancestor, rows in sorted(ontology.relations.items()):
        if ontology.is_a(_prefixed(event.class_), ancestor):
            yield from rows


def _prefixed(name: str) -> str:
    """A bare name is one of ours: "buyer" is "kg:buyer"."""
    return name if ":" in name else f"kg:{name}"


_Filled = tuple[End, str]
"""An end and its kind."""


class Ends:
    """The ends that a record's arguments and roles are."""

    def __init__(self, record: Extraction) -> None:
        self.record = record
        self._heads: dict[int, list[Span]] = defaultdict(list)
        self._whole: dict[int, list[Span]] = defaultdict(list)
        for mention in record.mentions:
            self._heads[mention.entity].append(Span(*mention.head))
            self._whole[mention.entity].append(self._without_owner(mention))

    def _without_owner(self, mention: Mention) -> Span:
        """A mention without another at its beginning: «its subsidiaries» is no place where "its" is said."""
        inside = (
            other.end
            for other in self.record.mentions
            if other.start == mention.start and other.end <= mention.head.start and other.entity != mention.entity
        )
        return Span(max(inside, default=mention.start), mention.end)

    def of(self, place: Argument | Role) -> _Filled | None:
        """The entity or time that is meant; None for what is neither."""
        if place.mention is not None:
            entity = self.record.mentions[place.mention].entity
            end = End(f"e{entity}", tuple(self._heads[entity]), tuple(self._whole[entity]))
            return end, self.record.entities[entity].kind
        if isinstance(place, Argument) and place.entity is not None:
            entity = place.entity
            end = End(f"e{entity}", place.spans + tuple(self._heads[entity]), place.spans + tuple(self._whole[entity]))
            return end, self.record.entities[entity].kind
        if place.time is not None:
            time = self.record.times[place.time]
            return end_at(f"t{place.time}", Span(time.start, time.end)), "Time"
        return None


# --- the baseline ------------------------------------------------------------------------------------------------

_BY_OBJECT = True
PLAIN: Mapping[str, tuple[tuple[str, bool], ...]] = {
    **dict.fromkeys(("acquire", "buy", "purchase"), (("acquired_by", _BY_OBJECT),)),
    "merge": (("merged_with", False),),
    "own": (("subsidiary_of", _BY_OBJECT), ("SUBSIDIARY_OF", _BY_OBJECT)),
    "invest": (("shareholder_of", False),),
    **dict.fromkeys(("supply", "serve"), (("client_of", _BY_OBJECT),)),
    "found": (("FOUNDED_BY", _BY_OBJECT),),
    **dict.fromkeys(("lead", "head"), (("CEO", _BY_OBJECT),)),
    **dict.fromkeys(("base", "headquarter"), (("HEADQUARTERS", False),)),
    **dict.fromkeys(("work", "join"), (("EMPLOYEE_OR_MEMBER_OF", False),)),
    "marry": (("SPOUSE", False),),
    "bear": (("PLACE_OF_BIRTH", False),),
}
"""The relations of a verb's lemma; with `_BY_OBJECT` the relation's subject is the verb's object."""


def plainly(doc: Doc) -> list[Told]:
    """What the verbs' lemmas alone say: of the heads of subject and object (or oblique) that are names or pronouns.

    In a passive the agent after "by" is the subject, or else its subject stays one («was born in», «is based in»). No
    nouns, no lists, no coreference, no apposition.
    """
    return [
        Told(relation, second, first, verb.text) if by_object else Told(relation, first, second, verb.text)
        for verb in doc
        if verb.pos_ == "VERB"
        for relation, by_object in PLAIN.get(verb.lemma_.lower(), ())
        for first, second in _ends_of(verb)
    ]


def _ends_of(verb: Token) -> Iterator[tuple[End, End]]:
    parts: dict[str, list[Token]] = defaultdict(list)
    for child in verb.children:
        if child.pos_ in ("PROPN", "PRON"):
            agent = any(case.dep_ == "case" and case.lower_ == "by" for case in child.children)
            parts["agent" if agent and child.dep_.startswith("obl") else child.dep_].append(child)
    passive = parts["nsubj:pass"]
    objects = parts["obj"] + parts["obl"]
    firsts, seconds = (parts["agent"] or passive, passive) if passive else (parts["nsubj"], objects)
    for first, second in product(firsts, seconds if parts["agent"] or not passive else objects):
        yield _word(first), _word(second)


def _word(token: Token) -> End:
    return end_at(f"w{token.i}", Span(token.idx, token.idx + len(token)))


__all__ = ["PLAIN", "WAYS", "End", "Told", "Way", "end_at", "plainly", "told", "way"]
