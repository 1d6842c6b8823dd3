"""The frozen records that travel between the stages; plain data, no spaCy and no rdflib inside.

The fields of an ``Extraction`` are the keys of the record that ``kg extract`` writes; offsets are
``[start, end)`` in Unicode code points of ``article.text``, indices point into the record's own lists.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, Literal, NamedTuple

from kg.answers import Answer

Kind = Literal["Person", "Organization", "Place", "Product", "Event", "Work", "Group", "Concept", "Law", "Other"]
Form = Literal["name", "nominal", "pronoun"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
QuotationKind = Literal["direct", "indirect", "mixed"]
Mode = Literal["saying", "thinking"]
Facts = Literal["all", "asserted", "reported"]
"""Which facts are wanted: all, those that an article itself asserts, or those that rest only on what somebody said."""
Polarity = Literal["+", "-"]
Certainty = Literal["certain", "probable", "possible"]
Tense = Literal["past", "present", "future"]
AmountRole = Literal["change", "level", "former"]
Status = Literal["Announced", "Planned", "Happened", "Denied", "Cancelled"]


_SURROGATES = re.compile("[\ud800-\udfff]")


class Span(NamedTuple):
    """A stretch of the article's text, ``[start, end)`` in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it was read.

    ``id`` is ``<date or "undated">-<digest>``; ``date`` is None where the source does not give it;
    ``source`` names the file and position (``news.csv:12``) for messages.
    """

    id: str
    text: str
    title: str | None = None
    date: datetime.date | None = None
    publisher: str | None = None
    url: str | None = None
    source: str | None = None

    @classmethod
    def of(
        cls, text: str, *, title: str | None = None, date: datetime.date | None = None, publisher: str | None = None,
        url: str | None = None, source: str | None = None,
    ) -> Article:  # fmt: skip
        """Make an article with its id, which depends on date, title and text alone (SHA-256, 12 hex digits).

        Halves of surrogate pairs, which no UTF-8 file can hold, become U+FFFD; no offset moves.
        """
        text = _SURROGATES.sub("\ufffd", text)
        day = date.isoformat() if date else "undated"
        digest = hashlib.sha256("\x1f".join((day, title or "", text)).encode("utf-8", "surrogatepass")).hexdigest()
        return cls(f"{day}-{digest[:12]}", text, title, date, publisher, url, source)

    @property
    def digest(self) -> str:
        """The content digest, the last part of the id (12 hex digits)."""
        return self.id.rsplit("-", 1)[1]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that stands for an entity; ``head`` is its head word or, for a name, the whole name.

    ``role`` is the grammatical role of its head: ``subject``, ``object`` or ``other``; ``relation`` that of the tree.
    ``generic`` marks a bare common noun ("marketing") that means the kind of thing, not one of them; ``restricted``
    one that words behind the mention narrow («the man who …»). ``path``: where the words above the head begin.
    """

    start: int
    end: int
    head: Span
    kind: Kind
    form: Form
    entity: int
    sentence: int = 0
    role: str = "other"
    plural: bool = False
    definite: bool = False
    generic: bool = False
    gender: str | None = None
    relation: str = ""
    path: tuple[int, ...] = ()
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the gazetteer has of a thing: key in the graph, usual name, IRI elsewhere (more: `kg.ontology.Thing`)."""

    key: str
    label: str
    same_as: str | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """One real thing: its fullest name, its kind and every other name form.

    Within an ``Extraction`` ``key`` is empty; in a ``Resolution`` it is the slug of the entity's IRI. ``type`` is a
    schema.org class where more than the kind is known ("schema:City"), ``known`` what the gazetteer has of it.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    unnamed: bool = False
    type: str | None = None
    key: str = ""
    known: Known | None = None

    def under(self, key: str, known: Known | None) -> Entity:
        """The same entity with another key, and what the gazetteer has of it (`replace` takes three times as long)."""
        return Entity(self.name, self.kind, self.aliases, self.unnamed, self.type, key, known)


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression with its TIMEX3 type and value ("2024-02-06", "P3D", "2022-Q3", "PRESENT_REF")."""

    start: int
    end: int
    type: TimeType
    value: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with what it counts; ``unit`` is an ISO 4217 code, ``percent`` or the noun counted.

    ``value`` is the figure said; ``min``/``max`` bound it ("up to 400": max 400; "a few hundred": 200 to 900).
    ``noun`` is the span of the counted noun phrase's head, where there is one, else None. ``role`` says which part it
    plays in a change: "fell 5% (change) to $3.2bn (level) from $3.4bn (former)". ``per`` is what a rate is reckoned by,
    in the singular ("$15 an hour": hour).
    """

    start: int
    end: int
    value: float | None
    min: float | None
    max: float | None
    unit: str | None
    approximate: bool = False
    noun: Span | None = None
    role: AmountRole | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a speaker, addressee or outlet is named, and which entity it is (None: not a known mention)."""

    start: int
    end: int
    entity: int | None


@dataclass(frozen=True, slots=True)
class Statement:
    """An act of saying: who, with which cue, which words; ``parent`` is the statement it is nested in.

    ``joint`` are those who say it together with the speaker («Lee and Park said»). ``mode`` tells what is said from
    what is only thought («Lee believes that»). ``commitment`` is the local name of a ``kg:Commitment``, what the cue
    tells about the standing of the words ("Asserts", "Denies"); None where there is no cue.
    """

    speaker: Reference | None
    cue: Span | None
    content: tuple[Span, ...]
    quotation: QuotationKind
    addressee: Reference | None = None
    via: Reference | None = None
    parent: int | None = None
    medium: str | None = None
    time: int | None = None
    sentence: int = 0
    anonymous: bool = False
    joint: tuple[Reference, ...] = ()
    mode: Mode = "saying"
    commitment: str | None = None

    @property
    def speakers(self) -> tuple[Reference, ...]:
        """All who vouch for the words; none where the article does not tell."""
        return self.joint if self.speaker is None else (self.speaker, *self.joint)

    def referring(self, move: Callable[[Reference], Reference]) -> Statement:
        """The same statement, with everybody in it put where ``move`` says."""
        people = self.speaker, self.addressee, self.via
        speaker, addressee, via = (None if who is None else move(who) for who in people)
        return replace(self, speaker=speaker, addressee=addressee, via=via, joint=tuple(map(move, self.joint)))


@dataclass(frozen=True, slots=True)
class Argument:
    """A subject or object: its words and, where it is one, the index of the mention, time or amount.

    ``entity`` is the index of an entity that the words stand for here and nowhere else («the AMERICAN banker»: the
    United States), so that they are no mention of it.
    """

    text: str
    spans: tuple[Span, ...] = ()
    mention: int | None = None
    time: int | None = None
    amount: int | None = None
    entity: int | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """What holds between subject and object: the words, and their normal form ("cut position in")."""

    text: str
    lemma: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposition:
    """One triple that the text says, with its stance, its rule and its place.

    ``property`` is a ``kg:`` or ``schema:`` name where the ontology knows the relation; ``statement`` is the
    innermost statement that conveys it; ``spans`` are the words that bear it, in order. ``begins`` and ``ends`` are
    the indices of the times since when and until when it is said to hold («chairman from 2012 to 2014»).
    """

    subject: Argument
    relation: Relation
    object: Argument
    sentence: int
    polarity: Polarity = "+"
    certainty: Certainty = "certain"
    tense: Tense = "present"
    conditional: bool = False
    statement: int | None = None
    event: int | None = None
    property: str | None = None
    confidence: float = 0.5
    rule: str = ""
    spans: tuple[Span, ...] = ()
    begins: int | None = None
    ends: int | None = None

    def __str__(self) -> str:
        denied = "not " if self.polarity == "-" else ""
        return f"{self.subject.text} | {denied}{self.relation.lemma} | {self.object.text}"


@dataclass(frozen=True, slots=True)
class Role:
    """One filler of an event's role, by exactly one of mention, amount and time; ``spans`` is where it is said."""

    role: str
    mention: int | None = None
    amount: int | None = None
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens, of a class of the ontology (``class_`` is the record's key ``class``)."""

    class_: str
    trigger: Span
    roles: tuple[Role, ...]
    status: Status = "Happened"
    polarity: Polarity = "+"
    certainty: Certainty = "certain"
    tense: Tense = "past"
    conditional: bool = False
    statement: int | None = None
    sentence: int = 0
    spans: tuple[Span, ...] = ()
    rule: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article says, from that article alone (the record of ``kg extract``)."""

    article: Article
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[Time, ...] = ()
    amounts: tuple[Amount, ...] = ()
    statements: tuple[Statement, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """An extraction whose entities and events have their names in the graph.

    ``extraction.entities[i].key`` is the slug of entity i; ``events[i]`` the key of the graph's event that
    event i of the extraction is (several may share one).
    """

    extraction: Extraction
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule, or one input that could not be used: where, what, and what to do."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What adding input did: counts, and what was skipped (known already) or failed.

    Of known articles, when the user's own frames changed: ``reread`` were read again, ``spared`` need not be.
    """

    articles: int = 0
    skipped: int = 0
    replaced: int = 0
    entities: int = 0
    claims: int = 0
    statements: int = 0
    events: int = 0
    reread: int = 0
    spared: int = 0
    failed: tuple[Finding, ...] = ()


def as_data(record: Any) -> Any:
    """A record as JSON-ready data: dataclasses become objects, spans ``[start, end]``, dates ISO 8601 strings.

    >>> as_data(Time(0, 7, "DATE", "2024-02-06"))
    {'start': 0, 'end': 7, 'type': 'DATE', 'value': '2024-02-06'}
    """
    if record is None or isinstance(record, str | int | float):
        return record
    if isinstance(record, datetime.date):
        return record.isoformat()
    if isinstance(record, Sequence):
        return [as_data(item) for item in record]
    if is_dataclass(record) and not isinstance(record, type):
        return {key: as_data(getattr(record, name)) for name, key in _keys(type(record))}
    return record


@cache
def _keys(record: type[Any]) -> tuple[tuple[str, str], ...]:
    """The fields of a record with their keys: ``class_`` is told as ``class``."""
    return tuple((f.name, f.name.rstrip("_")) for f in fields(record))


__all__ = [
    "Amount", "AmountRole", "Answer", "Argument", "Article", "Certainty", "Entity", "Event", "Extraction", "Facts",
    "Finding", "Form", "Kind", "Known", "Mention", "Mode", "Polarity", "Proposition", "QuotationKind", "Reference",
    "Relation", "Report", "Resolution", "Role", "Span", "Statement", "Status", "Tense", "Time", "TimeType", "as_data",
]  # fmt: skip
