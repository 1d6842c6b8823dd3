"""What is wrong between the rows of frames: roles, classes and slots that do not fit each other, names used twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.ontology.assemble import PROPERTIES, SIDES
from kg.ontology.rows import OWN_PREFIXES, Name
from kg.ontology.sources import Fault, Source, Sources, near

FRAMES = frozenset({"kg:Frame", "kg:RelationFrame"})
WORDS = ("kg:verb", "kg:noun", "kg:nounForm")
PLACES = ("kg:from", "kg:fromVerb", "kg:fromNoun")
BY_ITSELF = ("kg:time", "schema:location")
"""Roles that every event gets without a slot."""
Check = Callable[["Crossing", Source, str], Iterator[Fault]]


class Crossing:
    """The rows of all files, looked at across each other; ``shipped`` are the names of the shipped files."""

    def __init__(self, rows: Sources, shipped: frozenset[str]) -> None:
        self.rows, self.shipped = rows.rows, shipped
        self.sources = rows.sources
        self.frames = rows.of_type(*FRAMES)
        self.slots = {slot for name in self.frames for slot in self.names(name, "kg:slot")}
        related = (name for name in self.frames if "kg:RelationFrame" in self.names(name, "rdf:type"))
        self.sides = {slot for name in related for slot in self.names(name, "kg:slot")}
        fills = ((name, slot) for name in self.frames for slot in self.names(name, "kg:slot"))
        self.filled = {
            (event, role)
            for name, slot in fills
            for event in self.names(name, "kg:evokes")
            for role in self.names(slot, "kg:fills")
        }

    def names(self, subject: str, predicate: str) -> list[str]:
        """The names among a property's values."""
        return [str(v) for v in self.rows.get(subject, {}).get(predicate, ()) if isinstance(v, Name)]

    def texts(self, subject: str, predicate: str) -> list[str]:
        """The texts among a property's values."""
        values = self.rows.get(subject, {}).get(predicate, ())
        return [str(v) for v in values if isinstance(v, str) and not isinstance(v, Name)]

    def below(self, name: str, ancestor: str) -> bool:
        """Whether a class or property is ``ancestor`` or below it."""
        seen, todo = {name}, [name]
        while todo:
            current = todo.pop()
            if current == ancestor:
                return True
            above = {*self.names(current, "rdfs:subClassOf"), *self.names(current, "rdfs:subPropertyOf")} - seen
            seen |= above
            todo += above
        return False

    def known(self, name: str) -> bool:
        """Whether a row describes the name; a name of ours that none does is told of elsewhere."""
        return name in self.rows or name.partition(":")[0] not in ("kg", "frame")

    def all_below(self, ancestor: str) -> list[str]:
        """Every class or property below another one."""
        return [name for name in self.rows if name != ancestor and self.below(name, ancestor)]


def check(rows: Sources, checked: Sequence[Source], shipped: frozenset[str]) -> Iterator[Fault]:
    """The faults and notes of this kind in some of the files."""
    crossing = Crossing(rows, shipped)
    for source in checked:
        for subject in source.rows:
            yield from (fault for one in _CHECKS for fault in one(crossing, source, subject))


def _frame(at: Crossing, source: Source, subject: str) -> Iterator[Fault]:
    """What a frame must have."""
    row = at.rows[subject]
    if not set(at.names(subject, "rdf:type")) & FRAMES:
        if "kg:Echo" in at.names(subject, "rdf:type"):
            return
        if "kg:evokes" in source.rows[subject] and not _misspelt_type(at, subject):
            yield source.fault(subject, "evokes something but is no frame; begin it with: a kg:Frame")
        return
    if source.rows[subject].get("rdf:type") is None:  # the row of another file, which this one adds to
        return
    if (number := len(row.get("kg:evokes", ()))) != 1:
        yield source.fault(subject, f"has {number} values of kg:evokes; give exactly one", at="kg:evokes")
    if not any(row.get(predicate) for predicate in WORDS):
        yield source.fault(subject, "has no word; give it a kg:verb, kg:noun or kg:nounForm")
    if not row.get("kg:slot"):
        yield source.fault(subject, "has no kg:slot; say where the roles of the event stand")
    if not row.get("skos:example"):
        yield source.fault(subject, "has no skos:example; give a sentence that shows it")
    yield from _meaning(at, source, subject)


def _misspelt_type(at: Crossing, subject: str) -> bool:
    return any(not at.known(name) for name in at.names(subject, "rdf:type"))


def _meaning(at: Crossing, source: Source, subject: str) -> Iterator[Fault]:
    """What the frame evokes is an event, or for a frame of a relation a property; its roles go with that."""
    relation = "kg:RelationFrame" in at.names(subject, "rdf:type")
    for event in at.names(subject, "kg:evokes"):
        if relation and not set(at.names(event, "rdf:type")) & PROPERTIES and (":" in event and at.known(event)):
            message = f"speaks of {event}, which is declared as no property; add: {event} a rdf:Property"
            yield source.fault(subject, message, at=event)
        elif not relation:
            yield from _below(at, source, subject, event, "kg:Event")
    for role in at.names(subject, "kg:oneOf"):
        roles = {r for slot in at.names(subject, "kg:slot") for r in at.names(slot, "kg:fills")}
        if role not in roles and at.known(role):
            yield source.fault(subject, f"has kg:oneOf {role}, which none of its slots fills", at=role)
    if not relation:
        yield from _dead(at, source, subject)


def _dead(at: Crossing, source: Source, subject: str) -> Iterator[Fault]:
    """A required role without a place around the verbs, or the nouns, shuts these out."""
    for own, words, places in (("verb", WORDS[:1], PLACES[:2]), ("noun", WORDS[1:], PLACES[::2])):
        if not any(at.rows[subject].get(word) for word in words):
            continue
        by_role: dict[str, list[str]] = {}
        for slot in at.names(subject, "kg:slot"):
            for role in at.names(slot, "kg:fills"):
                by_role.setdefault(role, []).append(slot)
        for role, slots in sorted(by_role.items()):
            required = any(True in at.rows.get(slot, {}).get("kg:required", ()) for slot in slots)
            placed = any(at.rows.get(slot, {}).get(place) for slot in slots for place in places)
            if required and not placed and any(at.rows.get(slot, {}).get(p) for slot in slots for p in PLACES):
                message = f"never holds by a {own}: {role} is required and has no place there; give a slot of it"
                yield source.fault(subject, f"{message} kg:from{own.capitalize()} or kg:from")


def _slot(at: Crossing, source: Source, subject: str) -> Iterator[Fault]:
    """What a slot must have, and that a frame uses it."""
    row, own = at.rows[subject], source.rows[subject]
    if subject not in at.slots:
        if "kg:fills" in own:
            yield source.fault(subject, "is used by no frame; name it behind kg:slot of one")
            return
        return
    if not any(predicate.startswith("kg:") for predicate in own):
        return
    if (number := len(row.get("kg:fills", ()))) != 1:
        yield source.fault(subject, f"has {number} values of kg:fills; give exactly one role", at="kg:fills")
    if not any(row.get(place) for place in PLACES):
        yield source.fault(subject, "has no place; give it kg:from, kg:fromVerb or kg:fromNoun")
    if not row.get("kg:expects"):
        yield source.fault(subject, "expects nothing; give it kg:expects (schema:Thing for anything)")
    relations = subject in at.sides
    for role in at.names(subject, "kg:fills"):
        if relations and role not in SIDES:
            yield source.fault(subject, f"fills {role}; a relation has the sides {' and '.join(SIDES)}", at=role)
        elif not relations:
            yield from _below(at, source, subject, role, "kg:participant")
    for predicate in ("kg:headIn", "kg:headNotIn"):
        for name in at.names(subject, predicate):
            if at.known(name) and name in at.rows and "kg:WordList" not in at.names(name, "rdf:type"):
                yield source.fault(subject, f"has {predicate} {name}, which is no kg:WordList", at=name)


def _below(at: Crossing, source: Source, subject: str, name: str, ancestor: str) -> Iterator[Fault]:
    """A class must be one of events, a role one of participants; one that nothing describes is told of elsewhere."""
    way = "rdfs:subClassOf" if ancestor == "kg:Event" else "rdfs:subPropertyOf"
    misspelt = any(one != way and near(one, [way], cutoff=0.85) for one in at.rows.get(name, ()))
    if name.partition(":")[0] in OWN_PREFIXES and at.known(name):
        message = f"speaks of {name}; what the graph speaks of needs another prefix, kg: or one of your own"
        yield source.fault(subject, message, at=name)
    if misspelt or at.below(name, ancestor) or not at.known(name):
        return
    hint = near(name, at.all_below(ancestor), otherwise=f"; add: {name} {way} {ancestor} .")
    yield source.fault(subject, f"speaks of {name}, which is not declared below {ancestor}{hint}", at=name)


def _relation(at: Crossing, source: Source, subject: str) -> Iterator[Fault]:
    """A relation that events imply needs both roles, which frames of these events fill."""
    row, own = at.rows[subject], source.rows[subject]
    parts = [predicate for predicate in ("kg:impliedBy", "kg:subjectRole", "kg:objectRole") if row.get(predicate)]
    if not any(predicate in own for predicate in parts):
        return
    for missing in ("kg:impliedBy", "kg:subjectRole", "kg:objectRole"):
        if missing not in parts:
            message = f"has {parts[0]} but no {missing}; a relation that events imply needs all three"
            yield source.fault(subject, message, at=parts[0])
    events = [event for event in at.names(subject, "kg:impliedBy") if event in at.rows]
    for event in events:
        yield from _below(at, source, subject, event, "kg:Event")
    for predicate in ("kg:subjectRole", "kg:objectRole"):
        for role in at.names(subject, predicate):
            yield from _below(at, source, subject, role, "kg:participant")
            for event in events:
                evoked = any(at.below(one, event) for one, _ in at.filled)
                if evoked and role in at.rows and role not in BY_ITSELF and not _expected(at, event, role):
                    message = f"has {predicate} {role}, but no frame of {event} has a slot that fills it"
                    yield source.fault(subject, message, at=role)


def _expected(at: Crossing, event: str, role: str) -> bool:
    return any(role == filled and at.below(evoked, event) for evoked, filled in at.filled)


def _vocabulary(at: Crossing, source: Source, subject: str) -> Iterator[Fault]:
    """Notes on the user's own classes, roles and relations: without a label, without use."""
    if source.file in at.shipped or "rdf:type" not in source.rows[subject] or subject in (*at.frames, *at.slots):
        return
    event, role = at.below(subject, "kg:Event"), at.below(subject, "kg:participant")
    if not at.texts(subject, "rdfs:label") and (event or role or at.rows[subject].get("kg:impliedBy")):
        yield source.fault(subject, "has no rdfs:label; the graph shows its name instead", note=True)
    if event and not any(at.below(evoked, subject) for evoked, _ in at.filled):
        yield source.fault(subject, "is a class of events that no frame evokes", note=True)
    if role and not any(at.below(filled, subject) for _, filled in at.filled):
        yield source.fault(subject, "is a role that no slot of a frame fills", note=True)


def _twice(at: Crossing, source: Source, subject: str) -> Iterator[Fault]:
    """A name with other content in a file read before; word lists, and rows without a head of their own, add to it."""
    before = at.sources[: at.sources.index(source)]
    for other in (one for one in before if one.rows.get(subject, source.rows[subject]) != source.rows[subject]):
        place, listed = Path(other.file).name, "kg:WordList" in at.names(subject, "rdf:type")
        both = {"kg:evokes", "kg:fills", "rdf:type"} & source.rows[subject].keys() & other.rows[subject].keys()
        if both and not listed:
            message = f"is described in {place}, too, and differently; give one of the two another name"
            yield source.fault(subject, message)
        else:
            yield source.fault(subject, f"adds to what {place} says of it", note=True)


def _shared(at: Crossing, source: Source, subject: str) -> Iterator[Fault]:
    """Notes on words that frames of other classes have, too."""
    if source.file in at.shipped or subject not in at.frames or _narrowed(at, subject):
        return
    for predicate in WORDS:
        for word in (str(value) for value in source.rows[subject].get(predicate, ())):
            others = [
                f"{frame} ({', '.join(at.names(frame, 'kg:evokes'))})"
                for frame in at.frames
                if word in at.texts(frame, predicate) and not _narrowed(at, frame)
                and set(at.names(frame, "kg:evokes")) != set(at.names(subject, "kg:evokes"))
            ]  # fmt: skip
            if others:
                rule = "a clause that fits several is read as the one with more roles in it"
                message = f'has {predicate} "{word}", as has {", ".join(others[:3])}; {rule}'
                yield source.fault(subject, message, at=word, note=True)


def _narrowed(at: Crossing, frame: str) -> bool:
    return bool(at.rows[frame].get("kg:withObject") or at.rows[frame].get("kg:withObjectIn"))


_CHECKS: tuple[Check, ...] = (_frame, _slot, _relation, _vocabulary, _twice, _shared)
