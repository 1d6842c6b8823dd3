"""The ontology's tables -> SHACL: for every class of event its roles and what may fill each; the sides of relations.

A filler of another *sort* (an amount or a time where somebody is expected) is a violation; one of another *kind* (a
place as buyer) is doubtful, a warning, since the kind of a name is settled by all articles together. What is of no
known kind (``schema:Thing``) is never doubtful. The shapes have names throughout, those of the lists in ``sh:or`` too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from kg import names
from kg.ontology.roles import CIRCUMSTANCES, EVENT
from kg.ontology.rows import KINDS
from kg.ontology.tables import Filler, Ontology, Slot

PREFIX = "https://w3id.org/newskg/shape/"
KIND_NAMES: dict[Filler, tuple[str, str]] = {
    "Person": ("schema:Person", "a person"),
    "Organization": ("schema:Organization", "an organization"),
    "Group": ("kg:Group", "a group of people"),
    "Place": ("schema:Place", "a place"),
    "Product": ("schema:Product", "a product"),
    "Event": ("schema:Event", "an event"),
    "Work": ("schema:CreativeWork", "a work"),
    "Law": ("schema:Legislation", "a law"),
    "Concept": ("skos:Concept", "a common noun"),
}
"""The kinds of entities, each with its class and in words."""
SORTS: dict[str, tuple[str, str]] = {
    "entity": (
        "sh:nodeKind sh:IRI ; sh:not shape:sort-money , shape:sort-quantity",
        "a person, an organization or another thing",
    ),
    "money": ("sh:class schema:MonetaryAmount", "an amount of money"),
    "quantity": ("sh:class schema:QuantitativeValue", "a quantity"),
    "percent": ("sh:class schema:QuantitativeValue ; sh:property shape:unit-percent", "a percentage"),
    "time": ("sh:nodeKind sh:Literal", "a time"),
}
"""The sorts of fillers: which node is one, in SHACL, and in words."""


def shapes(ontology: Ontology) -> str:
    """The shapes that follow from the tables, as Turtle; a user's own classes and roles have theirs, too."""
    shared = _Shared()
    body = [*_events(ontology, shared), *_roles(ontology, shared), *_relations(ontology, shared)]
    prefixes = {**names.PREFIXES, "sh": "http://www.w3.org/ns/shacl#", "shape": PREFIX}
    head = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in prefixes.items()]
    return "\n".join([*head, *shared.turtle(), *body]) + "\n"


# ---- what may stand somewhere, shared by all shapes that let the same in


class _Shared:
    """The shapes «of one of these sorts», «of one of these kinds», «of one of these classes», each written once."""

    def __init__(self) -> None:
        self._unions: dict[str, tuple[str, ...]] = {}
        self._classes: set[str] = set()

    def union(self, members: Iterable[str]) -> str:
        """The name of the shape that what fits one of some shapes fits."""
        chosen = tuple(dict.fromkeys(members))
        if len(chosen) == 1:
            return f"shape:{chosen[0]}"
        name = "one-" + names.digest(*chosen, length=12)
        self._unions[name] = chosen
        return f"shape:{name}"

    def of_class(self, classes: Iterable[str]) -> str:
        """The name of the shape that instances of some classes fit."""
        chosen = list(classes)
        self._classes.update(chosen)
        return self.union(f"is-{local(class_)}" for class_ in chosen)

    def turtle(self) -> Iterator[str]:
        """All that is shared."""
        for sort, (condition, _) in SORTS.items():
            yield f"shape:sort-{sort} a sh:NodeShape ; {condition} ."
        yield 'shape:unit-percent a sh:PropertyShape ; sh:path schema:unitText ; sh:hasValue "percent" .'
        for kind, (class_, _) in KIND_NAMES.items():
            yield f"shape:kind-{kind} a sh:NodeShape ; sh:class {class_} ."
        yield "shape:kind-unknown a sh:NodeShape ; sh:property shape:type-thing ."
        yield "shape:type-thing a sh:PropertyShape ; sh:path rdf:type ; sh:hasValue schema:Thing ."
        for class_ in sorted(self._classes):
            yield f"shape:is-{local(class_)} a sh:NodeShape ; sh:class {_ref(class_)} ."
        for name, members in sorted(self._unions.items()):
            yield f"shape:{name} a sh:NodeShape ; sh:or shape:{name}-1 ."
            for place, member in enumerate(members, 1):
                rest = f"shape:{name}-{place + 1}" if place < len(members) else "rdf:nil"
                yield f"shape:{name}-{place} rdf:first shape:{member} ; rdf:rest {rest} ."


def sorts_of(fillers: frozenset[Filler]) -> list[str]:
    """The sorts of some fillers, in the order of ``SORTS``; a quantity may be a percentage, not the other way round."""
    found = {filler if filler in SORTS else "entity" for filler in fillers}
    return [sort for sort in SORTS if sort in found and not (sort == "percent" and "quantity" in found)]


def kinds_of(fillers: frozenset[Filler]) -> list[Filler]:
    """The kinds among some fillers; none where any kind will do, or none is meant."""
    kinds = [kind for kind in KIND_NAMES if kind in fillers]
    return [] if set(KINDS.values()) <= fillers else kinds


# ---- shapes


def _events(ontology: Ontology, shared: _Shared) -> Iterator[str]:
    """One shape for each class of event, with two rules for each of its roles: of which sort, of which kind."""
    for event, row in ontology.roles.items():
        own = {role: taken for role, taken in row.items() if event == EVENT or taken != CIRCUMSTANCES.get(role)}
        if event == EVENT:
            own = {role: taken for role, taken in own.items() if role in CIRCUMSTANCES}
        key, name = local(event), _label(ontology, event)
        yield f"shape:{key} a sh:NodeShape ; sh:targetClass {_ref(event)} ; rdfs:label {_text(name)} ."
        for role, taken in own.items():
            of = f"the {_label(ontology, role)} of {_an(name)}"
            yield from _property(f"{key}-{local(role)}", f"shape:{key}", role, taken, of, shared)


def _roles(ontology: Ontology, shared: _Shared) -> Iterator[str]:
    """One shape for each role: which events have it."""
    for role in sorted(set(ontology.roles.get(EVENT, ())) - {"schema:location"}):
        classes = [event for event, row in ontology.roles.items() if event != EVENT and role in row]
        if role in CIRCUMSTANCES or not classes:
            classes = [EVENT]
        top = [one for one in classes if not any(one != other and ontology.is_a(one, other) for other in classes)]
        message = f"only {_or([_an(_label(ontology, event)) for event in top])} has the role {_label(ontology, role)}"
        yield (
            f"shape:role-{local(role)} a sh:NodeShape ; sh:targetSubjectsOf {_ref(role)} ; "
            f"sh:node {shared.of_class(top)} ; rdfs:label {_text('role ' + _label(ontology, role))} ; "
            f"sh:message {_text(message)} ."
        )


def _relations(ontology: Ontology, shared: _Shared) -> Iterator[str]:
    """One shape for each relation whose sides are told: its subjects, and its objects."""
    for relation, (subjects, objects) in sides(ontology).items():
        key, name = f"relation-{local(relation)}", _label(ontology, relation)
        yield f"shape:{key} a sh:NodeShape ; sh:targetSubjectsOf {_ref(relation)} ; rdfs:label {_text(name)} ."
        if objects:
            yield from _property(f"{key}-object", f"shape:{key}", relation, objects, f"the object of “{name}”", shared)
        if subjects:
            for more, condition, message in _conditions(subjects, f"the subject of “{name}”", shared):
                yield (
                    f"shape:{key}-subject{more} a sh:NodeShape ; sh:targetSubjectsOf {_ref(relation)} ; {condition} ; "
                    f"rdfs:label {_text('subject of ' + name)} ; sh:message {_text(message)} ."
                )


def _property(key: str, owner: str, path: str, taken: frozenset[Filler], of: str, shared: _Shared) -> Iterator[str]:
    for more, condition, message in _conditions(taken, of, shared):
        yield (
            f"shape:{key}{more} a sh:PropertyShape ; sh:path {_ref(path)} ; {condition} ; "
            f"rdfs:label {_text(of.removeprefix('the '))} ; sh:message {_text(message)} ."
        )
        yield f"{owner} sh:property shape:{key}{more} ."


def _conditions(taken: frozenset[Filler], of: str, shared: _Shared) -> Iterator[tuple[str, str, str]]:
    """What is asked of a filler, as a suffix of the shape's name, in SHACL and in words."""
    sorts, kinds = sorts_of(taken), kinds_of(taken)
    in_words = [KIND_NAMES[kind][1] for kind in kinds] + [SORTS[s][1] for s in sorts if s != "entity" or not kinds]
    words = _or(in_words)
    fitting = shared.union(f"sort-{sort}" for sort in sorts)
    yield "", f"sh:node {fitting} ; sh:severity sh:Violation", f"{of} must be {words}"
    if kinds:
        others = (f"sort-{sort}" for sort in SORTS if sort not in ("entity", "percent"))
        fitting = shared.union([*(f"kind-{kind}" for kind in kinds), "kind-unknown", *others])
        yield "-kind", f"sh:node {fitting} ; sh:severity sh:Warning", f"{of} should be {words}"


def sides(ontology: Ontology) -> dict[str, tuple[frozenset[Filler], frozenset[Filler]]]:
    """What the subjects and the objects of each relation may be; nothing for a side that may be anything.

    A relation's own rows tell, the frames of it, and the roles of the events that imply it, taken together.
    """
    found: dict[str, list[tuple[frozenset[Filler], frozenset[Filler]]]] = {}
    for row in (row for rows in ontology.properties.values() for row in rows):
        found.setdefault(row.name, []).append((row.subjects, row.objects))
    for frame in ontology.relation_frames:
        pair = (_expected(frame.slots, "rdf:subject"), _expected(frame.slots, "rdf:object"))
        found.setdefault(frame.event, []).append(pair)
    for implied in (row for rows in ontology.relations.values() for row in rows):
        subjects, objects = (
            ontology.takes(implied.event, role) or frozenset() for role in (implied.subject_role, implied.object_role)
        )
        found.setdefault(implied.relation, []).append((subjects, objects))
    return {
        name: (_together(one for one, _ in pairs), _together(other for _, other in pairs))
        for name, pairs in sorted(found.items())
    }


def _expected(slots: Iterable[Slot], side: str) -> frozenset[Filler]:
    return frozenset().union(*(slot.expects for slot in slots if slot.role == side))


def _together(rows: Iterable[frozenset[Filler]]) -> frozenset[Filler]:
    """All that some rows let in; a row that asks for nothing lets in anything."""
    given = list(rows)
    return frozenset().union(*given) if all(given) else frozenset()


# ---- names and words


def local(name: str) -> str:
    """A term's part in the names of shapes.

    >>> local("kg:Acquisition"), local("schema:worksFor")
    ('Acquisition', 'schema-worksFor')
    """
    prefix, _, rest = name.partition(":")
    if prefix in names.PREFIXES and re.fullmatch(r"[A-Za-z][\w-]*", rest, re.ASCII):
        return rest if prefix == "kg" else f"{prefix}-{rest}"
    return f"own-{names.digest(name, length=12)}"


def iri(name: str) -> str:
    """The IRI of a term of the tables: of one of our prefixes, or whole already."""
    return names.expand(name) if name.partition(":")[0] in names.PREFIXES else name


def _ref(name: str) -> str:
    return f"<{iri(name)}>"


def _label(ontology: Ontology, name: str) -> str:
    return ontology.labels.get(name) or names.in_words(name.replace(":", "/"))


def _text(words: str) -> str:
    """A string of Turtle, in which JSON's escapes mean the same."""
    return json.dumps(words, ensure_ascii=False)


def _an(words: str) -> str:
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
