"""Clauses and nouns -> standing relations, by the relation frames of the ontology: who is whose what, and where.

    verb       Nordvik is based in Leeds. / Leeds-based Nordvik / Ann Lee married Tom Gray.
    named      Nordvik, a subsidiary of Acme, ... / Acme's subsidiary Nordvik / Nordvik is, or becomes, a subsidiary of
               Acme / Acme's subsidiaries include Nordvik       -> the noun's name stands in the slot "named"
    shared     Ann Lee, founder and chief executive of Acme     -> both nouns share the name, and "of Acme"

Words, places and kinds are rows of ``ontology/frames/*.ttl`` (``kg:RelationFrame``), as for events; but a relation
holds for a time and has two sides, so that it becomes a proposition, not an event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract.address import address
from kg.extract.frame_fill import LIST_WORDS, Place, Scene
from kg.extract.frame_match import Match, matches, word_parts
from kg.extract.frame_slots import Filling, fillings, guarded
from kg.extract.named import coordinated, named
from kg.extract.parts import Clause, Part, Stance
from kg.extract.roles import Job, held
from kg.extract.noun_phrase import phrase
from kg.extract.tree import children, conjuncts, dep, slot_of, unit_head
from kg.records import Argument, Mention, Proposition, Role, Span

SUBJECT, OBJECT = "rdf:subject", "rdf:object"
VERB, NOUN, UNKNOWN_KIND = 0.88, 0.85, 0.9
BEHIND, BEFORE = frozenset({"of", "at", "for", "in", "with", "by", "to"}), frozenset({"possessive", "compound"})
"""Slots that nouns joined by "and" have in common («founder and chief executive OF ACME»)."""


@dataclass(frozen=True, slots=True)
class Related:
    """A relation between two fillers, each an index of mention, time or amount in a ``Role``; ``words`` are tokens."""

    property: str
    rule: str
    predicate: int
    words: tuple[int, ...]
    subject: Role
    object: Role
    stance: Stance
    confidence: float


def relations(scene: Scene, clauses: Sequence[Clause]) -> list[Related]:
    """The relations that the frames of relations read in the clauses and nouns of an article, in text order."""
    found: dict[tuple[object, ...], Related] = {}
    for clause in (*(one for one in clauses if not one.nominal), *_nouns(scene)):
        for one in _of_clause(scene, clause):
            found.setdefault((one.property, one.subject, one.object), one)
    return sorted(found.values(), key=lambda one: (one.predicate, one.property))


def replaced(told: Sequence[Proposition], related: Sequence[Proposition], mentions: Sequence[Mention]) -> set[int]:
    """Which propositions a frame tells better, of a name instead of what describes it.

    «Acme, a group based in Tarn»: Acme, not the group; «in the village of Tarn»: in Tarn.
    """
    by_property: dict[str | None, list[Proposition]] = {}
    for one in related:
        by_property.setdefault(one.property, []).append(one)

    def better(old: Argument, new: Argument) -> bool:
        return old.mention == new.mention or (old.mention is not None and mentions[old.mention].form == "nominal")

    return {
        i for i, one in enumerate(told) if one.property
        and any(better(one.subject, new.subject) and better(one.object, new.object)
                and _meet(one.relation.spans, new.relation.spans) for new in by_property.get(one.property, ()))
    }  # fmt: skip


def _meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in some for b in others)


def unnamed(scene: Scene, jobs: Sequence[Job]) -> list[Job]:
    """The jobs without those of a bare noun that describes somebody named, or a body («Board of Directors»)."""
    return [job for job in jobs if job.rule != "role-nominal" or _stands_alone(scene, scene.doc[job.person])]


def _stands_alone(scene: Scene, noun: Token) -> bool:
    """Whether the noun is a person of a clause («a physician at Acme said»), not a description, nor part of another."""
    return dep(noun, "nsubj", "obj", "iobj", "obl") and slot_of(noun) != "as" and not named(scene, noun).parts


def _of_clause(scene: Scene, clause: Clause) -> Iterator[Related]:
    table = scene.ontology.relations_by_noun if clause.nominal else scene.ontology.relations_by_verb
    if not clause.nominal:
        if clause.lemma.partition(" ")[0] not in scene.ontology.relation_verbs:
            return
        clause = replace(clause, parts=tuple(_described(scene, part) for part in clause.parts))
    found = list(matches(scene, clause, table, titled=True))
    best = max((match.words for match in found), default=0)
    for match in found:
        if match.words == best or not clause.nominal:  # «vice president» is no president
            yield from _read(scene, clause, match)


def _read(scene: Scene, clause: Clause, match: Match) -> Iterator[Related]:
    stance, parts = clause.stance, word_parts(scene, clause, match)
    if clause.nominal:
        who = named(scene, scene.doc[clause.predicate])
        parts = (*parts, *who.parts, *_above(scene, clause), *_by_participle(scene, clause))
        stance = who.stance or _stance(scene.doc[clause.predicate])
    else:
        parts = (*parts, *_by_participle(scene, clause), *_of_light(scene, match))
    parts = tuple(_plain(scene, part) for part in parts)
    found = _without_headings(scene, fillings(scene, Place(scene, clause, parts, match.light), match.frame))
    if not guarded(scene, match.frame, found):
        return
    for first in (one for one in found if one.role.role == SUBJECT):
        for second in _around(scene, [one for one in found if one.role.role == OBJECT]):
            if first.role.mention is None or first.role.mention != second.role.mention:
                yield _related(scene, clause, match, first, second, stance)


def _described(scene: Scene, part: Part) -> Part:
    """A part with the noun that its name stands beside as its head again («owns the BRANDS Acme and Bolt»)."""
    name = scene.doc[part.head]
    noun = unit_head(name.head)
    beside = name.ent_type_ and name.dep_ == "appos" and noun.pos_ == "NOUN" and not noun.ent_type_
    return replace(part, head=noun.i) if beside and noun.i < name.i else part


def _plain(scene: Scene, part: Part) -> Part:
    """A part with what it counts as its head, in its own slot («for brands INCLUDING Acme»)."""
    slots = (part.slot.removesuffix(f" {word}") for word in LIST_WORDS if part.slot.endswith(f" {word}"))
    slot, head = next(slots, part.slot), scene.counted(scene.doc[part.head]).i
    return part if (slot, head) == (part.slot, part.head) else replace(part, slot=slot, head=head)


def _of_light(scene: Scene, match: Match) -> tuple[Part, ...]:
    """What the noun of the frame's word describes («has two UNITS, Acme and Bolt»)."""
    return named(scene, scene.doc[match.light]).parts if match.light is not None else ()


def _by_participle(scene: Scene, clause: Clause) -> list[Part]:
    """The agents of a participle behind the verb, in slots like "led by" («raised $5 million, LED BY Acme»)."""
    verbs = [word for word in children(scene.doc[clause.predicate], "advcl", "acl") if word.tag_ == "VBN"]
    agents = [(verb, one) for verb in verbs for one in children(verb, "obl") if slot_of(one) == "by"]
    return [
        Part(f"{verb.lower_} by", word.i, phrase(word)) for verb, one in agents for word in conjuncts(unit_head(one))
    ]


def _without_headings(scene: Scene, found: list[Filling]) -> list[Filling]:
    """Without a plural that only heads a list of names («companies such as Acme»)."""
    mentions = {one: scene.mentions[one.role.mention] for one in found if one.role.mention is not None}
    named_roles = {one.role.role for one, mention in mentions.items() if mention.form == "name"}
    return [one for one in found if one.role.role not in named_roles or one not in mentions
            or mentions[one].form != "nominal" or not mentions[one].plural]  # fmt: skip


def _above(scene: Scene, clause: Clause) -> list[Part]:
    """The subject of the verb that the noun stands under, in the slot "above" («ACME serves clients such as Bolt»)."""
    noun = scene.doc[clause.predicate]
    if dep(noun, "nmod") and slot_of(noun) == "of":
        noun = unit_head(noun.head)  # «has a list OF CLIENTS»
    verb = scene.clauses.get(unit_head(noun.head).i)
    if verb is None or verb.rule == "copula":
        return []
    if all(part.head != noun.i and noun.lower_ not in part.slot.split() for part in verb.parts):
        return []  # «in collaboration with» is one slot
    slot = "object" if verb.rule == "verb-passive" and verb.part("subject") is None else "subject"
    return [replace(part, slot="above") for part in verb.parts if part.slot == slot and part.head != noun.i]


def _around(scene: Scene, found: Sequence[Filling]) -> list[Filling]:
    """Places with those that they lie in («in Tarn, Norland»: in Tarn, and in Norland)."""
    outer = [Filling(replace(one.role, mention=index)) for one in found if one.role.mention is not None
             for index in address(scene, one.role.mention)]  # fmt: skip
    return [*found, *(one for one in outer if one.role not in {other.role for other in found})]


def _related(
    scene: Scene, clause: Clause, match: Match, first: Filling, second: Filling, stance: Stance
) -> Related:
    score = (NOUN if clause.nominal else VERB) * (UNKNOWN_KIND if first.weak or second.weak else 1.0)
    words = (*clause.words, *((match.light,) if match.light is not None else ()))
    return Related(match.frame.event, f"frame:{match.frame.name}", clause.predicate, tuple(sorted({*words})),
                   first.role, second.role, stance, round(score, 3))  # fmt: skip


def _stance(noun: Token) -> Stance:
    """A description holds, now or once («the former chief executive»), whatever is said of who is described."""
    return held(noun.doc, list(phrase(noun)))


def _nouns(scene: Scene) -> Iterator[Clause]:
    """The nouns that a relation frame knows, as clauses of their own parts and those of nouns joined to them."""
    for token in scene.relation_nouns:
        own = scene.nominals.get(token.i) or Clause("noun-argument", token.i, (token.i,), token.lemma_.lower(), (),
                                                    nominal=True)  # fmt: skip
        yield replace(own, parts=(*own.parts, *_shared(scene, own)))


def _shared(scene: Scene, own: Clause) -> list[Part]:
    """What a noun has in common with those it is joined to («Acme's founder and chief», «founder and chief of Acme»).

    Nothing is, where it has a phrase of its own («chief of Acme and director at Bolt») or an article stands between.
    """
    noun = scene.doc[own.predicate]
    if any(part.slot in BEHIND | BEFORE for part in own.parts):
        return []
    others = [word for word in coordinated(noun) if word != noun and word.i in scene.nominals]
    for other in others:
        second = max(other, noun, key=lambda word: word.i)
        parts = scene.nominals[other.i].parts
        behind = [part for part in parts if part.slot in BEHIND and part.head > second.i]
        before = [part for part in parts if part.slot in BEFORE and other.i < noun.i]
        if (behind or before) and not children(second, "det"):
            return behind or before
    return []


__all__ = ["Related", "relations", "replaced", "unnamed"]
