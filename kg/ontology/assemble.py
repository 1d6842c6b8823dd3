"""Rows -> tables: frames, support words, relations, cues and media, each checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar

from kg.ontology.roles import roles
from kg.ontology.rows import KINDS, Rows
from kg.ontology.tables import Cue, Frame, Implication, Ontology, Pattern, Property, Slot, Standing, Support
from kg.records import Certainty, Kind, Polarity, Status

_CERTAINTY: Mapping[str, Certainty] = {"kg:Certain": "certain", "kg:Probable": "probable", "kg:Possible": "possible"}
_POLARITY: Mapping[str, Polarity] = {"kg:Positive": "+", "kg:Negative": "-"}
_STATUS: Mapping[str, Status] = {
    "kg:Announced": "Announced", "kg:Planned": "Planned", "kg:Happened": "Happened", "kg:Denied": "Denied",
    "kg:Cancelled": "Cancelled",
}  # fmt: skip
_CUE_KINDS: Mapping[str, Literal["saying", "thinking", "wanting"]] = {
    "kg:Saying": "saying", "kg:Thinking": "thinking", "kg:Wanting": "wanting",
}  # fmt: skip


PROPERTIES = frozenset({"owl:ObjectProperty", "owl:DatatypeProperty", "rdf:Property"})
SIDES = ("rdf:subject", "rdf:object")


def build(files: Sequence[Path]) -> Ontology:
    """The tables that the rows of some Turtle files make. Raises OntologyError for a row that makes no sense."""
    rows = Rows(files)
    parents = {
        name: frozenset(rows.all(name, "rdfs:subClassOf") + rows.all(name, "rdfs:subPropertyOf")) for name in rows.rows
    }
    frames = tuple(_frame(rows, name) for name in rows.of_type("kg:Frame"))
    related = tuple(_frame(rows, name) for name in rows.of_type("kg:RelationFrame"))
    supports = [_support(rows, name) for name in rows.of_type("kg:Support")]
    ontology = Ontology(
        frames=frames,
        frames_by_verb=_index(frames, lambda frame: frame.verbs),
        frames_by_noun=_index(frames, lambda frame: frame.nouns | frame.forms),
        relation_frames=related,
        relations_by_verb=_index(related, lambda frame: frame.verbs),
        relations_by_noun=_index(related, lambda frame: frame.nouns | frame.forms),
        echoes=_echoes(rows, frames),
        support_verbs=MappingProxyType({word: row for row in supports for word in sorted(row.verbs)}),
        support_nouns=MappingProxyType({word: row for row in supports for word in sorted(row.nouns)}),
        relations=_index(_implications(rows), lambda row: [row.event]),
        properties=_index(_properties(rows), lambda row: [row.lemma]),
        cues=_index([cue for name in rows.of_type("kg:Cue") for cue in _cues(rows, name)], lambda cue: [cue.lemma]),
        media=MappingProxyType(dict(_media(rows))),
        nouns=MappingProxyType(dict(_nouns(rows))),
        patterns=tuple(_pattern(rows, name) for name in rows.of_type("kg:ClaimPattern")),
        standings=_standings(rows),
        quantity_nouns=rows.words("words:quantity", "kg:word"),
        containers=rows.words("words:container", "kg:word"),
        categories=rows.words("words:category", "kg:word"),
        firms=rows.words("words:firm", "kg:word"),
        industries=rows.words("words:industry", "kg:word"),
        labels=_texts(rows, "rdfs:label"),
        comments=_texts(rows, "rdfs:comment"),
        parents=MappingProxyType(parents),
        roles=roles(rows, frames, parents),
        digest=rows.digest,
    )
    _check(rows, ontology)
    return ontology


_Row = TypeVar("_Row")


def _index(rows: Iterable[_Row], keys: Callable[[_Row], Iterable[str]]) -> Mapping[str, tuple[_Row, ...]]:
    table: dict[str, tuple[_Row, ...]] = {}
    for row in rows:
        for key in sorted(keys(row)):
            table[key] = (*table.get(key, ()), row)
    return MappingProxyType(table)


def _texts(rows: Rows, predicate: str) -> Mapping[str, str]:
    return MappingProxyType({
        name: texts[0] for name in rows.rows if not name.startswith("words:") and (texts := rows.texts(name, predicate))
    })  # fmt: skip


def _frame(rows: Rows, name: str) -> Frame:
    frame = Frame(
        name=name.partition(":")[2] if name.startswith("frame:") else name,
        event=rows.one(name, "kg:evokes"),
        verbs=rows.words(name, "kg:verb"),
        nouns=rows.words(name, "kg:noun"),
        forms=rows.words(name, "kg:nounForm"),
        slots=tuple(sorted((_slot(rows, slot, of=name) for slot in rows.all(name, "kg:slot")), key=_turn)),
        examples=tuple(rows.texts(name, "skos:example")),
        objects=rows.words(name, "kg:withObject") | rows.listed(name, "kg:withObjectIn"),
        without=rows.words(name, "kg:without"),
        one_of=frozenset(rows.all(name, "kg:oneOf")),
        at_least=rows.value(name, "kg:atLeast", 1),
    )
    if not frame.verbs | frame.nouns | frame.forms:
        raise rows.fault(name, "has no word; give it a kg:verb, kg:noun or kg:nounForm")
    if not frame.slots or not frame.examples:
        raise rows.fault(name, "needs at least one kg:slot and one skos:example")
    return frame


def _echoes(rows: Rows, frames: Iterable[Frame]) -> Mapping[str, frozenset[str]]:
    """Nouns with the classes that they may point back to: those of ``kg:Echo`` and of the frames they stand in."""
    found: dict[str, set[str]] = {}
    for name in rows.of_type("kg:Echo"):
        if not (nouns := rows.words(name, "kg:noun")) or not (classes := rows.all(name, "kg:evokes")):
            raise rows.fault(name, "needs kg:noun, the words, and kg:evokes, the classes that they may point back to")
        for word in nouns:
            found.setdefault(word, set()).update(classes)
    for frame in frames:
        for word in frame.nouns | frame.forms:
            found.setdefault(word, set()).add(frame.event)
    return MappingProxyType({word: frozenset(classes) for word, classes in sorted(found.items())})


def _turn(slot: Slot) -> tuple[int, bool, str]:
    """The order in which slots are filled: by rank, what is required first."""
    return slot.rank, not slot.required, slot.name


def _slot(rows: Rows, name: str, *, of: str) -> Slot:
    if name not in rows.rows:
        raise rows.fault(of, f"has the kg:slot {name}, which is described nowhere; check its spelling")
    both = rows.words(name, "kg:from")
    slot = Slot(
        name=name,
        role=rows.one(name, "kg:fills"),
        verb=_with_agent(both | rows.words(name, "kg:fromVerb")),
        noun=_with_agent(both | rows.words(name, "kg:fromNoun")),
        expects=rows.fillers(name, "kg:expects"),
        required=rows.value(name, "kg:required", False),
        rank=rows.value(name, "kg:rank", 1),
        uncounted=rows.value(name, "kg:uncounted", False),
        named=rows.value(name, "kg:named", False),
        heads=rows.listed(name, "kg:headIn"),
        not_heads=rows.listed(name, "kg:headNotIn"),
    )
    if not slot.verb | slot.noun:
        raise rows.fault(name, "has no place; give it kg:from, kg:fromVerb or kg:fromNoun")
    if not slot.expects:
        raise rows.fault(name, "expects nothing; give it kg:expects (schema:Thing for anything)")
    return slot


def _with_agent(slots: frozenset[str]) -> frozenset[str]:
    """The subject of a passive is its agent, and a noun's agent stands behind "by"."""
    return slots | {"agent"} if slots & {"subject", "by"} else slots


def _support(rows: Rows, name: str) -> Support:
    return Support(
        name, rows.choice(name, "kg:gives", _STATUS), rows.words(name, "kg:verb"), rows.words(name, "kg:noun"),
        rows.value(name, "kg:sharesSubject", False),
    )  # fmt: skip


def _implications(rows: Rows) -> list[Implication]:
    return [
        Implication(event, relation, subject, object_, frozenset(rows.all(relation, "kg:unlessRole")))
        for relation in sorted(rows.rows)
        for event in rows.all(relation, "kg:impliedBy")
        for subject in rows.all(relation, "kg:subjectRole")
        for object_ in rows.all(relation, "kg:objectRole")
    ]


def _properties(rows: Rows) -> list[Property]:
    return [
        Property(name, lemma, rows.fillers(name, "kg:expectsSubject"), rows.fillers(name, "kg:expectsObject"))
        for name in sorted(rows.rows)
        for lemma in sorted(rows.words(name, "kg:lemma") if not name.startswith("cue:") else ())
    ]


def _cues(rows: Rows, name: str) -> list[Cue]:
    part: Literal["verb", "preposition", "noun"] = rows.choice(
        name, "kg:partOfSpeech", {"kg:Verb": "verb", "kg:Preposition": "preposition", "kg:Noun": "noun"}
    )
    commitment = rows.one(name, "kg:commitment")
    if "kg:Commitment" not in rows.rows.get(commitment, {}).get("rdf:type", ()):
        raise rows.fault(name, f"has kg:commitment {commitment}, which is no kg:Commitment")
    if not (lemmas := rows.words(name, "kg:lemma")):
        raise rows.fault(name, "has no kg:lemma")
    return [
        Cue(
            name, lemma, part, rows.choice(name, "kg:cueKind", _CUE_KINDS), commitment.partition(":")[2],
            rows.choice(commitment, "kg:setsPolarity", _POLARITY),
            rows.choice(commitment, "kg:setsCertainty", _CERTAINTY), rows.value(commitment, "kg:presupposes", False),
            rows.words(name, "kg:speakerFrom"), rows.words(name, "kg:addresseeFrom"),
            tuple(rows.texts(name, "skos:example")), rows.words(name, "kg:contentFrom"),
        )
        for lemma in sorted(lemmas)
    ]  # fmt: skip


def _pattern(rows: Rows, name: str) -> Pattern:
    def local(predicate: str) -> frozenset[str] | None:
        return frozenset(value.partition(":")[2] for value in rows.all(name, predicate)) or None

    def flag(predicate: str) -> bool | None:
        return rows.value(name, predicate, False) if predicate in rows.rows[name] else None

    return Pattern(
        name, local("kg:withPolarity"), local("kg:withCertainty"), local("kg:withTense"), flag("kg:withCondition"),
        flag("kg:withSpeaker"),
    )  # fmt: skip


def _standings(rows: Rows) -> tuple[Standing, ...]:
    found: list[tuple[int, Standing]] = []
    for name in rows.of_type("kg:Standing"):
        needs, excludes = (frozenset(rows.all(name, predicate)) for predicate in ("kg:needs", "kg:excludes"))
        for pattern in sorted(needs | excludes):
            if "kg:ClaimPattern" not in rows.rows.get(pattern, {}).get("rdf:type", ()):
                raise rows.fault(name, f"speaks of {pattern}, which is no kg:ClaimPattern; check its spelling")
        if not needs:
            raise rows.fault(name, "needs nothing; give it kg:needs with a kg:ClaimPattern")
        layers = rows.texts(name, "kg:factsIn")
        if len(layers) > 1 or not set(layers) <= {"asserted", "reported"}:
            raise rows.fault(name, 'has a wrong kg:factsIn; give one of "asserted" and "reported", or none')
        standing = Standing(name, needs, excludes, layers[0] if layers else None)
        found.append((rows.value(name, "kg:precedence", 0), standing))
    return tuple(standing for _, standing in sorted(found, key=lambda pair: (pair[0], pair[1].name)))


def _media(rows: Rows) -> list[tuple[str, str]]:
    return [
        (word, (rows.texts(name, "rdfs:label") or [word])[0])
        for name in rows.of_type("kg:Medium")
        for word in sorted(rows.words(name, "kg:noun"))
    ]


def _nouns(rows: Rows) -> list[tuple[str, Kind]]:
    found: dict[str, tuple[str, Kind]] = {}
    for name in rows.of_type("kg:NounKind"):
        kind = rows.choice(name, "kg:standsFor", KINDS)
        for word in sorted(rows.words(name, "kg:noun")):
            if word in found:
                raise rows.fault(name, f"has the noun {word!r}, which {found[word][0]} has too; keep it in one")
            found[word] = (name, kind)
    return [(word, kind) for word, (_, kind) in found.items()]


def _check(rows: Rows, ontology: Ontology) -> None:
    """Every event and role that a row speaks of is declared as one; else OntologyError."""

    def need(subject: str, name: str, ancestor: str) -> None:
        if not ontology.is_a(name, ancestor):
            raise rows.fault(subject, f"speaks of {name}, which is not declared below {ancestor}; check its spelling")

    for name in rows.of_type("kg:Frame"):
        need(name, rows.one(name, "kg:evokes"), "kg:Event")
        for slot in rows.all(name, "kg:slot"):
            need(slot, rows.one(slot, "kg:fills"), "kg:participant")
        for role in rows.all(name, "kg:oneOf"):
            need(name, role, "kg:participant")
    for name in rows.of_type("kg:Echo"):
        for event in rows.all(name, "kg:evokes"):
            need(name, event, "kg:Event")
    for name in rows.of_type("kg:RelationFrame"):
        if not set(rows.all(property_ := rows.one(name, "kg:evokes"), "rdf:type")) & PROPERTIES:
            raise rows.fault(name, f"speaks of {property_}, which is declared as no property; check its spelling")
        for slot in rows.all(name, "kg:slot"):
            if (role := rows.one(slot, "kg:fills")) not in SIDES:
                raise rows.fault(slot, f"fills {role}; a relation has the sides {' and '.join(SIDES)}")
    for relation in sorted(rows.rows):
        for event in rows.all(relation, "kg:impliedBy"):
            need(relation, event, "kg:Event")
        for role in rows.all(relation, "kg:subjectRole") + rows.all(relation, "kg:objectRole"):
            need(relation, role, "kg:participant")
