"""Reading -> confidence: how likely it is right, by a logistic regression over its rule, its lengths and its parse.

What is weighed is plain: the rule, where the object stands, how sure the parser is of the arcs between subject,
predicate and object (a long way through doubtful arcs is doubtful), how long the parts are and how far apart. The
weights (``confidence.json``) are fitted and calibrated by ``kg.score.fit``, which says on what.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.extract.tree import above, case_words, sentence_end, sentence_start
from kg.extract.tree_index import index

if TYPE_CHECKING:
    from kg.extract.parts import Reading

DOUBT_OF_WAY = "the parser is not sure how its words hang together"
DOUBT_OF_CASE = "the parser is not sure of its preposition"
DOUBT_INSIDE = "the parser is not sure where its phrases end"
LEAST_TOLD = 0.62
"""A reading that is wrong more than three times in eight is no proposition; ``kg explain`` tells of it."""
UNKNOWN = 0.95
"""The probability of an arc where the pipeline tells none (a pipeline that is not ours)."""
LEAST, ANY = 0.02, 0.05
LOWERED = -0.3
"""A sum of weights below this is told as a reason for a low score."""
# What is weighed, by the beginning of its name, in words for the user.
REASONS = {
    "rule ": "its rule is wrong more often than others",
    "place ": "phrases in the place of its object are often attached wrongly",
    "doubt of the way": DOUBT_OF_WAY, "root of doubt of the way": DOUBT_OF_WAY, "any doubt of the way": DOUBT_OF_WAY,
    "greatest doubt": DOUBT_OF_WAY,
    "doubt of the prep": DOUBT_OF_CASE, "root of doubt of the prep": DOUBT_OF_CASE, "any doubt of the p": DOUBT_OF_CASE,
    "doubt inside": DOUBT_INSIDE, "root of doubt inside": DOUBT_INSIDE, "any doubt inside": DOUBT_INSIDE,
    "distance of subject": "its subject stands far from the verb",
    "distance of object": "its object stands far from the verb",
    "length of sentence": "the sentence is long",
    "marks between": "marks stand between its parts",
    "subject ": "its subject is of a form that is often wrong",
    "object ": "its object is of a form that is often wrong",
}


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    table = resources.files("kg.extract") / "confidence.json"
    found: dict[str, dict[str, float]] = json.loads(table.read_text(encoding="utf-8"))
    return found


def forget() -> None:
    """Read the weights anew when next asked."""
    _weights.cache_clear()


def of_reading(reading: Reading, doc: Doc) -> float:
    """The probability that a reading is right, from 0 to 1, with two decimals."""
    return probability(features(reading, doc), _weights()["reading"])


def of_rule(rule: str) -> float:
    """The share of a rule's propositions that were right when read; for titles and employers."""
    priors = _weights()["rule"]
    return priors.get(rule, priors[""])


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic function of the weighted sum, rounded to two decimals; an unknown feature weighs nothing.

    >>> probability({"far": 2.0}, {"": 1.0, "far": -0.5})
    0.5
    """
    total = weights.get("", 0.0) + sum([weights.get(name, 0.0) * value for name, value in sorted(found.items())])
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 2)


def features(reading: Reading, doc: Doc) -> dict[str, float]:
    """What is weighed of a reading, by name; lengths in words, doubts in negative log probabilities."""
    arcs, known = doc.user_data.get("arc_probability", {}), index(doc)
    subject, predicate, obj = (known.tokens[i] for i in (reading.subject.head, reading.predicate, reading.object.head))
    top = above(predicate)
    way = _doubts_of(arcs, sorted((above(subject) ^ top) | (above(obj) ^ top)))
    case = _doubts_of(arcs, [word.i for word in case_words(obj)])
    inside = [
        i
        for part in (reading.subject, reading.object)
        for i in part.tokens
        if i != part.head and known.heads[i] in part.tokens
    ]
    first, middle, last = known.marks[subject.i], known.marks[predicate.i], known.marks[obj.i]
    return {
        f"rule {reading.rule}": 1.0,
        f"place {_place(reading, obj, predicate)}": 1.0,
        **_doubts("of the way", sum(way)),
        **_doubts("of the preposition", sum(case)),
        **_doubts("inside", sum(_doubts_of(arcs, inside))),
        "greatest doubt of the way": max(way, default=0.0),
        "arcs of the way": float(len(way)),
        "length of subject": math.log(max(1, len(reading.subject.tokens))),
        "length of object": math.log(max(1, len(reading.object.tokens))),
        "length of relation": math.log(1 + len(reading.words)),
        "length of sentence": math.log(sentence_end(predicate) - sentence_start(predicate)),
        "distance of subject": math.log(1 + abs(predicate.i - subject.i)),
        "distance of object": math.log(1 + abs(predicate.i - obj.i)),
        "marks between": float(abs(middle - first) + abs(last - middle)),
        f"subject {_form(subject)}": 1.0,
        f"object {_form(obj)}": 1.0,
    }


def lowered(reading: Reading, doc: Doc, *, most: int = 2) -> list[str]:
    """What lowers the score of a reading most, in words for the user, the worst first."""
    weights, sums = _weights()["reading"], dict[str, float]()
    for name, value in features(reading, doc).items():
        words = next((words for start, words in REASONS.items() if name.startswith(start)), None)
        if words is not None:
            sums[words] = sums.get(words, 0.0) + weights.get(name, 0.0) * value
    worst = sorted((total, words) for words, total in sums.items() if total < LOWERED)
    return [words for _, words in worst[:most]]


def _doubts(where: str, doubt: float) -> dict[str, float]:
    """A doubt, its root and whether there is any: small doubts weigh more than in proportion."""
    return {f"doubt {where}": doubt, f"root of doubt {where}": math.sqrt(doubt), f"any doubt {where}": doubt > ANY}


def _doubts_of(arcs: Mapping[int, float], words: Sequence[int]) -> list[float]:
    return [doubt(arcs, i) for i in words]


def doubt(arcs: Mapping[int, float], word: int) -> float:
    """How unsure the parser is of a word's arc, a negative log probability; 0: sure."""
    return -math.log(max(LEAST, arcs.get(word, UNKNOWN)))


def _place(reading: Reading, obj: Token, predicate: Token) -> str:
    """Where the object stands: in a slot of the clause, or within another argument («cut jobs in | finance»)."""
    slot = reading.object.slot
    if slot in ("object", "complement", "indirect", "subject", "time", ""):
        return slot
    drilled = obj.head != predicate and obj.head.pos_ in ("NOUN", "PROPN") and obj.dep_.startswith("nmod")
    return ("inner " if drilled else "") + (slot if slot in COMMON else "other")


COMMON = frozenset({"in", "of", "to", "for", "on", "with", "by", "at", "from", "as"})


def _form(token: Token) -> str:
    if token.ent_type_:
        return "name"
    return {"PRON": "pronoun", "NOUN": "noun", "PROPN": "name"}.get(token.pos_, "other")
