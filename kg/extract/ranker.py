"""What frames read, and looser candidates -> what is told, and how sure that is, by weights learned from open sets.

    reading       a relation that a frame reads gets the probability that it is right, by frame and parse
    ranker:NAME   a candidate (``loose``) is told as property NAME where it is right as often as what frames tell

The weights (``ranker.json``) are fitted by ``kg.score.fit_relations``, which says on what. All of it is left out with
``--no-ranker``: then frames tell with the same confidence each, and no candidate is told.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from itertools import product
from typing import Any

from kg.extract import confidence, loose
from kg.extract.frame_fill import Scene
from kg.extract.loose import Candidate, Pair, Ways, Words
from kg.extract.parts import Part, Reading, Reject, Stance
from kg.extract.relation import Related
from kg.extract.roles import held
from kg.extract.rules import RANKER
from kg.extract.stance import argument_stance
from kg.extract.noun_phrase import phrase
from kg.extract.tree import unit_head
from kg.extract.tree_index import index
from kg.ontology import Ontology
from kg.records import Event, Proposition, Role, Span

TABLE = "ranker.json"
OFTEN = "what its frame reads in such a place is often wrong"
SYMMETRIC = frozenset({"kg:mergedWith", "kg:partneredWith", "kg:competesWith", "schema:spouse"})
"""Properties that hold the other way round as well, so that they are told of two mentions once."""


@dataclass(frozen=True, slots=True)
class Loose:
    """When a candidate of one property is told: weights by feature, and the least probability."""

    least: float
    weights: Mapping[str, float]


@dataclass(frozen=True)
class Ranker:
    """The weights by feature of what frames read, and those of candidates by property."""

    readings: Mapping[str, float]
    loose: Mapping[str, Loose]
    _words: dict[str, Words] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Ranker:
        """The ranker of a table as it is written in ``ranker.json``."""
        found = {name: Loose(row["least"], row["weights"]) for name, row in table["loose"].items()}
        return cls(table["readings"], found)

    def words(self, ontology: Ontology) -> Words:
        """The triggers of its properties, worked out once an ontology."""
        if ontology.digest not in self._words:
            self._words[ontology.digest] = loose.words_of(ontology, self.loose)
        return self._words[ontology.digest]

    def judged(self, scene: Scene, related: Iterable[Related], on_reject: Reject) -> list[Related]:
        """What frames read, each with the probability that it is right; without those that are likely wrong."""
        ways, found = Ways(index(scene.doc)), []
        for one in related:
            score = confidence.probability(features(scene, ways, one), self.readings) if self.readings else 1.0
            if score >= confidence.LEAST_TOLD:
                found.append(replace(one, confidence=score) if self.readings else one)
            else:
                why = f"its score {score:g} is below {confidence.LEAST_TOLD:g}: {OFTEN}"
                on_reject(_reading(scene, ways, one), why)
        return found

    def chosen(self, scene: Scene, told: Sequence[Proposition], events: Sequence[Event]) -> list[Related]:
        """The candidates that are told, the surest first; no pair of which its property is read already."""
        read = list(read_pairs(scene, told, events))
        known = {key for one in read for key in _keys(scene, one.property, one.subject, one.object)}
        found = []
        for score, one in self._scored(scene, read):
            keys = _keys(scene, one.property, one.subject, one.object)
            if not known & keys:
                known |= keys | _keys(scene, one.property, one.object, one.subject)
                found.append(related(scene, one, score))
        return found

    def _scored(self, scene: Scene, read: Collection[Pair]) -> list[tuple[float, Candidate]]:
        scored = []
        for one in loose.candidates(scene, self.words(scene.ontology), read):
            known = self.loose[one.property]
            score = confidence.probability(dict.fromkeys(one.features, 1.0), known.weights)
            if score >= known.least and holds(scene, one.trigger):
                scored.append((score, one))
        return sorted(scored, key=lambda pair: (-pair[0], pair[1].property, pair[1].subject, pair[1].object))


@lru_cache(maxsize=1)
def shipped() -> Ranker:
    """The ranker that is shipped."""
    return Ranker.of(json.loads((resources.files("kg.extract") / TABLE).read_text(encoding="utf-8")))


# --- what frames read ------------------------------------------------------------------------------------------


def features(scene: Scene, ways: Ways, one: Related) -> dict[str, float]:
    """What is weighed of a relation that a frame reads: its frame, where its sides stand, how sure the parse is."""
    known, arcs = ways.known, scene.doc.user_data.get("arc_probability", {})
    subject, obj = _top(scene, one.subject), _top(scene, one.object)
    found = [ways.between(one.predicate, side) for side in (subject, obj)]
    doubts = [confidence.doubt(arcs, i) for way in found if way for i in way.arcs]
    first, last = sorted((subject, obj))
    return {
        one.rule: 1.0, f"predicate {known.tags[one.predicate]}": 1.0,
        f"subject {_kind(scene, one.subject)}": 1.0, f"object {_kind(scene, one.object)}": 1.0,
        **{f"{side} {_place(way)}": 1.0 for side, way in zip(("subject at", "object at"), found, strict=True)},
        **{f"{one.rule} {side} {_place(way)}": 1.0 for side, way in zip(("s", "o"), found, strict=True)},
        "coordinated": float(sum(way is not None and any("conj" in step for step in way.steps) for way in found)),
        "doubt": sum(doubts), "root of doubt": math.sqrt(sum(doubts)), "greatest doubt": max(doubts, default=0.0),
        "arcs": float(len(doubts)), "distance": math.log(1 + last - first),
        "names between": float(loose.names(scene, range(first + 1, last))),
        "length of sentence": math.log(known.stops[one.predicate] - known.sentence[one.predicate]),
        f"tense {one.stance.tense}": 1.0, f"weak {one.confidence:g}": 1.0,
    }  # fmt: skip


def _top(scene: Scene, role: Role) -> int:
    """The token under which a side of a relation hangs in the tree."""
    if role.time is not None:
        return scene.time_roots[role.time].i
    if role.mention is None:
        return scene.amount_roots[role.amount or 0].i
    known, head = index(scene.doc), scene.mentions[role.mention].head
    return unit_head(known.tokens[max(bisect_right(known.starts, head.start) - 1, 0)]).i


def _kind(scene: Scene, role: Role) -> str:
    """Kind and form of a side; the sets tell nothing of descriptions, so that these are weighed as names are."""
    if role.mention is None:
        return "time" if role.time is not None else "amount"
    mention = scene.mentions[role.mention]
    return f"{mention.kind} {'pronoun' if mention.form == 'pronoun' else 'name'}"


def _place(way: loose.Way | None) -> str:
    """Where a side stands below the predicate: the labels and prepositions of the steps, if they are few."""
    if way is None or len(way.steps) > 3:
        return "far"
    return " ".join(way.steps) or "itself"


def _reading(scene: Scene, ways: Ways, one: Related) -> Reading:
    """A relation as a reading, for who asks why it is not told."""
    tops = (_top(scene, side) for side in (one.subject, one.object))
    subject, obj = (Part("", top, phrase(ways.known.tokens[top])) for top in tops)
    label = scene.ontology.labels.get(one.property, one.property)
    return Reading(one.rule, one.predicate, subject, one.words, label, obj, one.stance)


# --- candidates ------------------------------------------------------------------------------------------------


def read_pairs(scene: Scene, told: Iterable[Proposition], events: Iterable[Event]) -> Iterator[Pair]:
    """The pairs of mentions of which propositions tell a property, and events imply one, by each word that says so."""
    for one in told:
        if one.property and one.subject.mention is not None and one.object.mention is not None:
            for span in one.relation.spans or (None,):
                for i in _tokens(scene, span):
                    yield Pair(one.property, i, one.subject.mention, one.object.mention)
    for event in events:
        for name, first, second in _implied(scene.ontology, event):
            for i in _tokens(scene, event.trigger):
                yield Pair(name, i, first, second)


def _implied(ontology: Ontology, event: Event) -> Iterator[tuple[str, int, int]]:
    """The plain relations that an event implies between mentions in its roles."""
    filled = [(role.role, role.mention) for role in event.roles if role.mention is not None]
    for row in ontology.implied(event.class_):
        for (one, first), (other, second) in product(filled, filled):
            if (one, other) == (row.subject_role, row.object_role) and first != second:
                yield row.relation, first, second


def _tokens(scene: Scene, span: Span | None) -> range:
    """The tokens of a stretch of text; -1, which is no token, for none."""
    starts = index(scene.doc).starts
    if span is None:
        return range(-1, 0)
    return range(max(bisect_right(starts, span.start) - 1, 0), bisect_right(starts, span.end - 1))


def _keys(scene: Scene, name: str, first: int, second: int) -> set[tuple[str, int, int]]:
    """A property of two entities, both ways where it is symmetric."""
    a, b = scene.mentions[first].entity, scene.mentions[second].entity
    return {(name, a, b), (name, b, a)} if name in SYMMETRIC else {(name, a, b)}


def stance_of(scene: Scene, trigger: int) -> Stance:
    """How what a word says is put forward: its clause's stance, a noun's where it stands («the former chief»)."""
    token = scene.doc[trigger]
    if trigger in scene.clauses:
        return scene.clauses[trigger].stance
    if token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in scene.ontology.frames_by_noun:
        return argument_stance(token)
    return held(scene.doc, list(phrase(token)))


def holds(scene: Scene, trigger: int) -> bool:
    """Whether what a word says is a fact of now or before; a candidate that is not is left alone."""
    stance = stance_of(scene, trigger)
    affirmed = stance.polarity == "+" and stance.certainty != "possible"
    return affirmed and stance.tense != "future" and not stance.conditional


def related(scene: Scene, one: Candidate, score: float) -> Related:
    """A candidate as a relation of the ranker's rule for its property."""
    rule = RANKER + one.property.partition(":")[2]
    return Related(one.property, rule, one.trigger, (one.trigger,), Role("rdf:subject", mention=one.subject),
                   Role("rdf:object", mention=one.object), stance_of(scene, one.trigger), score)  # fmt: skip


__all__ = ["Loose", "Ranker", "features", "holds", "read_pairs", "related", "shipped", "stance_of"]
