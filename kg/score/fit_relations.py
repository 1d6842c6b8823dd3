"""Fit the ranker of relations, and show by cross-validation what it adds.

    python -m kg.score.fit_relations --data DATA [--cache FOLDER]     with and without it, a line a relation
    python -m kg.score.fit_relations --data DATA --write              fits it anew; needs ``pip install newskg[train]``

Fitted on the development part of CORE and folds 1 to 3 of KnowledgeNet (``relation_sets``), without a word of theirs in
a name. A reading of a frame, or a candidate (``extract.loose``), is right where it says an annotated fact; in CORE only
the two annotated stretches count, in KnowledgeNet only the properties that a passage was annotated for.

1. Readings of frames: one logistic regression over ``extract.ranker.features``.
2. Candidates: one a property over their plain features; the least score that is told is the lowest at which, by
   cross-validation within what it is fitted on, those that frames do not tell are right often enough (``WANTED``).

The figures come from models of five folds, by document: what is read in a document is judged by a model that has seen
no passage of it. Run it anew whenever frames of relations, or trees, have changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.extract import ranker
from kg.extract.ranker import Ranker
from kg.extract.relation import Related
from kg.records import Extraction, Role
from kg.score import fit, parsed
from kg.score.fit import Example
from kg.score.relation_found import WAYS, End, Ends, Told, told
from kg.score.relations import SETS, Counts, Set, agrees, classes, count, of_pair, percent

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.ontology import Ontology
    from kg.score.relation_sets import Passage

TABLE = Path(ranker.__file__).with_name(ranker.TABLE)
FOLDS = 5
WANTED = 0.85
"""Of the candidates that are told, so many are to be right; one of each is added to those that are counted."""
FEWEST = 8
"""A property is not told by candidates that so few of were right."""
STRENGTH = 0.3
"""Inverse strength of the L2 penalty: there are more features than examples."""
LOWEST = 0.7
"""What has a lower score is never told: the sets hold more that is related, for every pair, than news does."""
RARE = 3
"""A feature that is seen less often is not weighed."""
SMALL = 0.15
"""Nor is one whose weight is less than this."""
LEARNED: Mapping[str, tuple[str, ...]] = {
    "kg:holdsStakeIn": ("shareholder_of",),
    "kg:investedIn": ("shareholder_of",),
    "kg:chiefExecutiveOf": ("CEO",),
    "schema:worksFor": ("EMPLOYEE_OR_MEMBER_OF",),
    "schema:birthPlace": ("PLACE_OF_BIRTH",),
    "schema:alumniOf": ("EDUCATED_AT",),
    "schema:children": ("CHILD_OF",),
    "schema:parent": ("CHILD_OF",),
}
"""The properties of candidates, and the annotated relations that say whether one is right.

Others are none: by cross-validation too few candidates were right (buyers, spouses, homes), or none was sure enough
(customers, wholes, seats, founders); in news that was read, more than half of those for partners were wrong.
"""


def fold_of(document: str) -> int:
    """The fold that a document is in; only its name, or for CORE its text, decides."""
    return int(hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest(), 16) % FOLDS


class Seen(NamedTuple):
    """A reading or a candidate with its truth: `fact` names its property and ends, `new` that no frame tells it."""

    example: Example
    fact: tuple[str, str, str]
    new: bool


@dataclass(slots=True)
class Examples:
    """What there is to fit on: readings of frames, and candidates by property."""

    readings: list[Seen] = field(default_factory=list)
    loose: dict[str, list[Seen]] = field(default_factory=lambda: defaultdict(list))

    def without(self, fold: int) -> Examples:
        """Those of all folds but one."""
        kept = {name: _others(rows, fold) for name, rows in self.loose.items()}
        return Examples(_others(self.readings, fold), kept)


def _others(rows: Iterable[Seen], fold: int) -> list[Seen]:
    return [one for one in rows if fold_of(one.example.document) != fold]


# --- examples --------------------------------------------------------------------------------------------------


def gather(passages: Sequence[Passage], docs: Iterable[Doc], ontology: Ontology, into: Examples) -> None:
    """Add the readings and candidates of passages with one text each, in the order of their Docs."""
    words = Ranker({}, dict.fromkeys(LEARNED, ranker.Loose(1.0, {}))).words(ontology)
    for (_, same), doc in zip(by_text(passages).items(), docs, strict=True):
        _gather(same, doc, ontology, words, into)


def by_text(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    """The passages by their text, in their order."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        found[passage.text].append(passage)
    return found


def _gather(passages: Sequence[Passage], doc: Doc, ontology: Ontology, words: Any, into: Examples) -> None:
    from kg import extract, resolve
    from kg.extract import clause, frame_fill, loose, relation, tree_index

    found = extract.extraction(doc, ontology, ranker=False)
    clauses = clause.clauses(doc)
    scene = frame_fill.Scene.of(clauses, found.mentions, found.amounts, found.times, doc, ontology)
    record = resolve.link(found)
    ends, known = Ends(record), {(one.relation, one.subject.key, one.object.key) for one in told(record, ontology)}
    judges = [_Judge(passage, classes(passage, record)) for passage in passages]
    ways = loose.Ways(tree_index.index(doc))
    for one in relation.relations(scene, clauses):
        sides = ends.of(one.subject), ends.of(one.object)
        if sides[0] and sides[1] and not _described(found, one):
            _add(into.readings, judges, one.property, (sides[0][0], sides[1][0]), ALL,
                 ranker.features(scene, ways, one), known)  # fmt: skip
    for candidate in loose.candidates(scene, words, list(ranker.read_pairs(scene, found.propositions, found.events))):
        sides = ends.of(Role("", mention=candidate.subject)), ends.of(Role("", mention=candidate.object))
        if sides[0] and sides[1] and sides[0][0].key != sides[1][0].key and ranker.holds(scene, candidate.trigger):
            _add(into.loose[candidate.property], judges, candidate.property, (sides[0][0], sides[1][0]), LEARNED,
                 dict.fromkeys(candidate.features, 1.0), known)  # fmt: skip
    tree_index.forget(doc)


def _described(found: Extraction, one: Related) -> bool:
    """Whether a side is a description («his brother»), of which the annotators of the sets tell nothing."""
    return any(side.mention is not None and found.mentions[side.mention].form == "nominal"
               for side in (one.subject, one.object))  # fmt: skip


class _Judge(NamedTuple):
    """A passage with its facts, the same ones together."""

    passage: Passage
    gold: Sequence[Sequence[Any]]

    def says(self, relation: str, subject: End, obj: End) -> bool | None:
        """Whether an annotated fact is that one; None where it was not asked for."""
        passage, found = self.passage, [Told(relation, subject, obj)]
        if passage.pair is not None:
            found = list(of_pair(passage.pair, found)) if relation in CORE else []
        elif relation not in (passage.asked or ()):
            found = []
        if not found:
            return None
        return any(agrees(one, fact) for one in found for same in self.gold for fact in same)


CORE = frozenset((*SETS["core"].wanted, *SETS["core"].others))
ALL: Mapping[str, tuple[str, ...]] = {
    name: tuple(relation for relation, ways in WAYS.items() if any(way.property == name for way in ways))
    for name in sorted({way.property for ways in WAYS.values() for way in ways} - {"kg:leads", "kg:playsFor"})
}
"""By property the relations that it says; who is annotated to be employed does not for that lead, or play."""


def _add(
    rows: list[Seen], judges: Sequence[_Judge], name: str, sides: tuple[End, End],
    relations: Mapping[str, tuple[str, ...]], features: dict[str, float], known: set[tuple[str, str, str]],
) -> None:  # fmt: skip
    """Add an example with its truth, once a passage that was asked for it."""
    for judge in judges:
        says: list[bool | None] = []
        new = True
        for relation in relations.get(name, ()):
            inverse = next(way.inverse for way in WAYS[relation] if way.property == name)
            subject, obj = reversed(sides) if inverse else sides
            says.append(judge.says(relation, subject, obj))
            new = new and (relation, subject.key, obj.key) not in known
        if any(one is not None for one in says):
            fact = (judge.passage.text, sides[0].key, sides[1].key)
            rows.append(Seen(Example(features, any(says), judge.passage.document), fact, new))


# --- fitting ---------------------------------------------------------------------------------------------------


def fitted(examples: Examples) -> Ranker:
    """The ranker of some examples: weights of readings, and of candidates where enough can be told."""
    found = {}
    for name, rows in sorted(examples.loose.items()):
        least = _least(_frequent(rows), rows)
        if least is not None:
            found[name] = ranker.Loose(least, _weights(_frequent(rows)))
    return Ranker(_weights(_frequent(examples.readings)), found)


def _frequent(rows: Sequence[Seen]) -> list[Example]:
    """The examples without their rare features."""
    number = Counter(name for one in rows for name in one.example.features)
    return [one.example._replace(features={name: value for name, value in one.example.features.items()
                                           if number[name] >= RARE}) for one in rows]  # fmt: skip


def _weights(examples: Sequence[Example]) -> dict[str, float]:
    weights = {name: round(weight, 2) for name, weight in sorted(fit.fit(examples, strength=STRENGTH).items())}
    return {name: weight for name, weight in weights.items() if abs(weight) >= SMALL or not name}


def _least(examples: Sequence[Example], rows: Sequence[Seen]) -> float | None:
    """The lowest score from which on those that frames do not tell are right often enough; None where none is."""
    if sum(one.right for one in examples) < 2 * FEWEST or len({one.document for one in examples}) < FOLDS:
        return None
    best: dict[tuple[str, str, str], tuple[float, bool]] = {}
    for (score, right), one in zip(fit.crossed(examples, folds=FOLDS, strength=STRENGTH), rows, strict=True):
        if one.new:
            best[one.fact] = max(best.get(one.fact, (0.0, False)), (round(score, 2), right))
    good, least = 0, None
    scored = sorted(best.values(), reverse=True)
    for number, (score, right) in enumerate(scored, 1):
        good += right
        last = number == len(scored) or scored[number][0] < score
        if last and good >= FEWEST and (good + 1) / (number + 2) >= WANTED and score >= LOWEST:
            least = score
    return least


def table(found: Ranker) -> dict[str, Any]:
    """A ranker as it is written."""
    loose = {name: {"least": one.least, "weights": dict(one.weights)} for name, one in sorted(found.loose.items())}
    return {"readings": dict(found.readings), "loose": loose}


# --- figures ---------------------------------------------------------------------------------------------------


def counted(
    passages: Sequence[Passage], docs: Iterable[Doc], ontology: Ontology, rankers: Sequence[Ranker | bool]
) -> Counts:
    """The tallies of some passages, each read with the ranker of its fold."""
    from kg import extract, resolve

    counts = Counts()
    for (_, same), doc in zip(by_text(passages).items(), docs, strict=True):
        mine = rankers[fold_of(same[0].document)]
        record = resolve.link(extract.extraction(doc, ontology, ranker=mine))
        ours = told(record, ontology)
        for passage in same:
            count(counts.ours, passage, classes(passage, record), ours)
    return counts


def lines(one: Set, without: Counts, with_: Counts) -> Iterator[str]:
    """A line a relation: precision and recall without the ranker and with it, and what it adds and takes away."""
    yield f"{one.name:36}{'P':>7}{'R':>7}   {'P':>7}{'R':>7}   right, wrong by it"
    groups = {"micro": one.wanted, **{relation: (relation,) for relation in (*one.wanted, *one.others)}}
    for name, relations in groups.items():
        cells = ""
        for counts in (without, with_):
            figures = percent(counts.ours[relation] for relation in relations)
            cells += f"{figures['precision']:7.1f}{figures['recall']:7.1f}   "
        right, wrong = (
            sum(len(getattr(with_.ours[r], part)) - len(getattr(without.ours[r], part)) for r in relations)
            for part in ("right", "wrong")
        )
        yield f"{name:36}{cells}{right:+5}{wrong:+5}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Cross-validate, print, and write where asked."""
    from kg import ontology

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public data sets")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="keep the trees here between runs")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} anew")
    asked = parser.parse_args(arguments)
    known, examples = ontology.load(), Examples()
    sets = {name: (one, one.read(asked.data)) for name, one in SETS.items() if (asked.data / one.file).is_file()}

    def docs(name: str, passages: Sequence[Passage]) -> Iterator[Doc]:
        cache = asked.cache / f"relations_{name}.pkl" if asked.cache else None
        return parsed.docs(list(by_text(passages)), cache=cache, threads=2)

    for name, (_, passages) in sets.items():
        gather(passages, docs(name, passages), known, examples)
    readings = [one.example for one in examples.readings]
    fit.show("readings of frames, cross-validated", fit.crossed(readings, folds=FOLDS, strength=STRENGTH))
    rankers = [fitted(examples.without(fold)) for fold in range(FOLDS)]
    for name, (one, passages) in sets.items():
        plain = counted(passages, docs(name, passages), known, [False] * FOLDS)
        ranked = counted(passages, docs(name, passages), known, rankers)
        print(*lines(one, plain, ranked), sep="\n")
    if asked.write:
        written = json.dumps(table(fitted(examples)), indent=0, sort_keys=True, ensure_ascii=False)
        TABLE.write_text(f"{written}\n", encoding="utf-8")
        ranker.shipped.cache_clear()


if __name__ == "__main__":
    main()
