"""The frozen tables of the ontology; plain data that any stage may look words up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kg.records import Certainty, Kind, Polarity, Status

if TYPE_CHECKING:
    from kg.ontology.gazetteer import Gazetteer

Filler = Literal[
    "Person", "Organization", "Place", "Product", "Event", "Work", "Group", "Concept", "Law", "Other",
    "money", "percent", "quantity", "time",
]  # fmt: skip
"""What may fill a slot: a mention of one of the record's kinds, an amount of money,
a percentage, any other amount, a time."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in which a role of a frame's event is said.

    ``verb`` and ``noun`` are the slots of a clause's parts ("subject", "of") where the filler stands under a verb or
    a noun; ``heads`` and ``not_heads`` restrict the filler's head lemma; a slot of a higher ``rank`` is tried only
    while its role is empty; ``uncounted`` refuses "three X", ``named`` takes names alone.
    """

    name: str
    role: str
    verb: frozenset[str]
    noun: frozenset[str]
    expects: frozenset[Filler]
    required: bool = False
    rank: int = 1
    uncounted: bool = False
    named: bool = False
    heads: frozenset[str] = frozenset()
    not_heads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that tell of one class of event, and where its roles stand around them.

    ``objects``: the verb counts only with such an object ("cut" + "job"), the noun only with such an "of" or
    compound ("elimination of roles"). ``without``: slots that must be empty. ``one_of``: at least one of these roles
    must be filled. ``at_least``: how many must fill the required roles ("met" takes two). ``forms``: nouns that count
    in exactly this form ("redundancies", not "redundancy").
    """

    name: str
    event: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    forms: frozenset[str]
    slots: tuple[Slot, ...]
    examples: tuple[str, ...]
    objects: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Support:
    """A word that carries an event's noun or infinitive and says how far it got ("scrapped the merger").

    ``shares``: the word's subject also takes part in the event ("Acme completed the acquisition of Bolt").
    """

    name: str
    status: Status
    verbs: frozenset[str]
    nouns: frozenset[str]
    shares: bool


@dataclass(frozen=True, slots=True)
class Implication:
    """An event of ``event`` whose roles are filled implies subject role -> ``relation`` -> object role.

    ``unless`` are roles that, once filled, take the implication away.
    """

    event: str
    relation: str
    subject_role: str
    object_role: str
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Property:
    """A relation that a proposition's words name directly ("own", "be based in"), with the kinds it holds between."""

    name: str
    lemma: str
    subjects: frozenset[Filler]
    objects: frozenset[Filler]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that shows that somebody says, thinks or wants something, and what it tells about it.

    ``part`` is "verb", "preposition" or "noun". ``commitment`` is the local name of a ``kg:Commitment``
    ("Asserts", "Denies"); ``polarity``, ``certainty`` and ``presupposes`` (the content holds whatever the speaker
    says: "admit") are that commitment's. ``speaker`` and ``addressee`` are slots of the cue's clause; ``content`` those
    in which something is called something («called it "a ruin"»: object, «described it as "a ruin"»: as), none where
    a clause is conveyed.
    """

    name: str
    lemma: str
    part: Literal["verb", "preposition", "noun"]
    kind: Literal["saying", "thinking", "wanting"]
    commitment: str
    polarity: Polarity
    certainty: Certainty
    presupposes: bool
    speaker: frozenset[str]
    addressee: frozenset[str]
    examples: tuple[str, ...]
    content: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a claim must be like (``kg:ClaimPattern``); None: it does not matter.

    The values are local names ("Positive", "Past"); ``spoken`` tells what somebody said from what the article asserts.
    """

    name: str
    polarity: frozenset[str] | None = None
    certainty: frozenset[str] | None = None
    tense: frozenset[str] | None = None
    conditional: bool | None = None
    spoken: bool | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a plain triple stands by all claims of it (``kg:Standing``), by the names of patterns.

    ``layer`` is the derived graph in which such a triple is a fact ("asserted"), None where it is none.
    """

    name: str
    needs: frozenset[str]
    excludes: frozenset[str]
    layer: str | None


ParameterType = Literal["name", "class", "text", "integer", "number", "date"]
"""What a named query may be given: a name of a thing in the graph, a class of the ontology, or any value of a type."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes; ``variable`` is its SPARQL name."""

    name: str
    type: ParameterType
    optional: bool
    help: str

    @property
    def variable(self) -> str:
        """The SPARQL variable (no question mark) that the value is bound to, never pasted in."""
        return f"param_{self.name}"


@dataclass(frozen=True, slots=True)
class Query:
    """A named question: SPARQL text with declared parameters; columns named ``param_…`` are not for the reader.

    ``examples`` are commands that ask it ("kg ask acquisitions --buyer Amazon").
    """

    name: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ontology:
    """The frozen tables. ``digest`` changes with every byte of the files that they came from.

    ``frames_by_verb`` and ``frames_by_noun`` have a verb's or noun's lemma as key ("take over", "job cut", also "hold
    election": verb and head of its object), and so have those of the ``relation_frames``, whose ``event`` is
    the property that they tell of; ``relations`` has a class of event, ``properties`` a proposition's lemma,
    ``cues`` a lemma, ``media`` the noun of a medium with its plain name, ``nouns`` a common noun with the kind of
    thing that it stands for. ``standings`` are in the order in which they are tried. ``roles`` tells by class of event
    which roles it has and what may fill each. ``own`` are the names that only the user's files describe, and ``added``
    tells these files, as they are, from others; ``files`` are their names and texts. All are empty without any.
    """

    frames: tuple[Frame, ...]
    frames_by_verb: Mapping[str, tuple[Frame, ...]]
    frames_by_noun: Mapping[str, tuple[Frame, ...]]
    relation_frames: tuple[Frame, ...]
    relations_by_verb: Mapping[str, tuple[Frame, ...]]
    relations_by_noun: Mapping[str, tuple[Frame, ...]]
    echoes: Mapping[str, frozenset[str]]
    support_verbs: Mapping[str, Support]
    support_nouns: Mapping[str, Support]
    relations: Mapping[str, tuple[Implication, ...]]
    properties: Mapping[str, tuple[Property, ...]]
    cues: Mapping[str, tuple[Cue, ...]]
    media: Mapping[str, str]
    nouns: Mapping[str, Kind]
    patterns: tuple[Pattern, ...]
    standings: tuple[Standing, ...]
    quantity_nouns: frozenset[str]
    containers: frozenset[str]
    categories: frozenset[str]
    firms: frozenset[str]
    industries: frozenset[str]
    labels: Mapping[str, str]
    comments: Mapping[str, str]
    parents: Mapping[str, frozenset[str]] = field(repr=False)
    roles: Mapping[str, Mapping[str, frozenset[Filler]]] = field(repr=False)
    digest: str = ""
    own: frozenset[str] = frozenset()
    added: str = ""
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    listed: Gazetteer | None = field(default=None, repr=False)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names of things: the shipped ones, read once they are wanted, and those of the user's own files."""
        from kg.ontology import gazetteer

        return self.listed or gazetteer.shipped()

    @cached_property
    def relation_verbs(self) -> frozenset[str]:
        """The verbs that begin a word of the frames of relations, to look no further where none stands."""
        return frozenset(word.partition(" ")[0] for word in self.relations_by_verb)

    @cached_property
    def event_verbs(self) -> frozenset[str]:
        """The verbs that begin a word of the frames of events."""
        return frozenset(word.partition(" ")[0] for word in self.frames_by_verb)

    @cached_property
    def event_nouns(self) -> frozenset[str]:
        """The nouns that end a word of the frames of events."""
        return frozenset(word.rpartition(" ")[2] for word in self.frames_by_noun)

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether a class or property is ``ancestor`` or below it (``rdfs:subClassOf``, ``rdfs:subPropertyOf``)."""
        seen: set[str] = set()
        todo = [name]
        while todo:
            current = todo.pop()
            if current == ancestor:
                return True
            if current not in seen:
                seen.add(current)
                todo.extend(self.parents.get(current, ()))
        return False

    @cached_property
    def _implied(self) -> dict[str, tuple[Implication, ...]]:
        return {}

    def implied(self, event: str) -> tuple[Implication, ...]:
        """The plain relations that an event of a class implies, by its own class and by those above it."""
        if event not in self._implied:
            above = [rows for ancestor, rows in self.relations.items() if self.is_a(event, ancestor)]
            self._implied[event] = tuple(row for rows in above for row in rows)
        return self._implied[event]

    def takes(self, event: str, role: str) -> frozenset[Filler] | None:
        """What may fill a role of a class of event; for a role that is not the class's own what any class takes.

        None where nothing is known of the role.
        """
        return self.roles.get(event, {}).get(role) or self.roles.get("kg:Event", {}).get(role) or None

    def property_of(self, lemma: str, subject: Filler | None, object_: Filler | None) -> str | None:
        """The relation that a proposition's lemma names between such fillers ("acquire" -> "kg:acquired"), or None.

        A filler of None is one of unknown kind and fits no row that asks for kinds.
        """
        for row in self.properties.get(lemma, ()):
            if (not row.subjects or subject in row.subjects) and (not row.objects or object_ in row.objects):
                return row.name
        return None

    def cue(self, lemma: str, *, part: str = "verb") -> Cue | None:
        """The cue with this lemma and part of speech, or None."""
        return next((cue for cue in self.cues.get(lemma, ()) if cue.part == part), None)
