"""Relations between entities against CORE and KnowledgeNet: precision, recall and F1 of each relation, and micro.

    python -m kg.score.relations --data DATA [--only core|knowledgenet] [--relation NAME] [--errors N]
        [--share 0.25] [--cache FILE]

What counts as right. An end of a relation that we tell is where it should be when one of the mentions of its entity
overlaps the annotated stretch, as in KnowledgeNet's own measure (there without «its» of «its subsidiaries»); in CORE,
where two stretches are given, the head of a mention must (a name is all head). A relation is told of each pair of our
entities once, and is right when it so overlaps any fact of its passage. In CORE only what is told of the two annotated
stretches counts, in each direction once; a pair with another label, or with ``undefined``, has no other relation. In
KnowledgeNet it is wrong only in passages that were annotated for the property. Several annotated facts of one passage
whose ends are the same count once: same by URI, by words, or since an entity of ours is at both. Ours and the
baseline's are counted against the same facts. Symmetric relations count once for both directions.

The ranker has been fitted on these sets, so that it is left out here: what it adds, by models that have not seen the
document, is told by ``fit_relations``.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.records import Extraction, Span
from kg.score import Row, parsed
from kg.score.relation_found import PLAIN, WAYS, Told, end_at, plainly, told
from kg.score.relation_sets import CORE_FILE, KNOWLEDGENET_FILE, SYMMETRIC, Fact, Passage, core, knowledgenet

if TYPE_CHECKING:
    from spacy.tokens import Doc

Case = TypeVar("Case")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Set:
    """One set of passages: the file that it needs, how it is read, and the relations that have a target."""

    name: str
    file: Path
    read: Callable[[Path], list[Passage]]
    wanted: tuple[str, ...]
    others: tuple[str, ...]


SETS = {
    "core": Set(
        "relations, CORE train", CORE_FILE, core,
        ("acquired_by", "subsidiary_of", "shareholder_of", "merged_with", "client_of"),
        ("competitor_of", "brand_of", "product_or_service_of", "collaboration"),
    ),
    "knowledgenet": Set(
        "relations, KnowledgeNet folds 1-3", KNOWLEDGENET_FILE, knowledgenet,
        (
            "CEO", "FOUNDED_BY", "SUBSIDIARY_OF", "HEADQUARTERS", "EMPLOYEE_OR_MEMBER_OF", "SPOUSE", "PLACE_OF_BIRTH",
        ),
        (
            "CHILD_OF", "EDUCATED_AT", "NATIONALITY", "PLACE_OF_RESIDENCE", "POLITICAL_AFFILIATION", "DATE_OF_BIRTH",
            "DATE_OF_DEATH", "DATE_FOUNDED",
        ),
    ),
}  # fmt: skip
TARGETS = {"precision": 85.0, "recall": 45.0}
_BASED_ON_VERBS = frozenset(relation for row in PLAIN.values() for relation, _ in row)


@dataclass(slots=True)
class Tally:
    """What is counted of one relation, with the cases for those who look for faults."""

    right: list[tuple[Passage, Told]] = field(default_factory=list)
    wrong: list[tuple[Passage, Told]] = field(default_factory=list)
    hit: list[tuple[Passage, Fact]] = field(default_factory=list)
    missed: list[tuple[Passage, Fact]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 in percent; 0 where nothing was told."""
        return percent([self])


def percent(tallies: Iterable[Tally]) -> dict[str, float]:
    """Precision, recall and F1 of some relations together, in percent; 0 where nothing was told."""
    listed = list(tallies)
    right, wrong, hit, missed = (
        sum(len(getattr(tally, name)) for tally in listed) for name in ("right", "wrong", "hit", "missed")
    )
    p, r = right / max(1, right + wrong), hit / max(1, hit + missed)
    return {"precision": 100 * p, "recall": 100 * r, "F1": 200 * p * r / (p + r) if p + r else 0.0}


# --- reading -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Counts:
    """The tallies by relation, of what we tell and of what the baseline tells."""

    ours: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    plain: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))


def tally(
    passages: Sequence[Passage], *, model: str | None = None, threads: int = 1, cache: Path | None = None
) -> Counts:
    """Read some passages, each alone as one article, and count."""
    from kg import ontology

    meanings, counts = ontology.load(), Counts()
    by_text: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_text[passage.text].append(passage)
    for text, doc in zip(by_text, parsed.docs(list(by_text), model=model, threads=threads, cache=cache), strict=True):
        record = _record(doc)
        ours, plain = told(record, meanings), plainly(doc)
        for passage in by_text[text]:
            gold = classes(passage, record)
            count(counts.ours, passage, gold, ours)
            count(counts.plain, passage, gold, plain)
    return counts


def _record(doc: Doc) -> Extraction:
    """The linked record; one that breaks a rule of ours is reported and tells nothing."""
    from kg import extract, ontology, resolve

    try:
        return resolve.link(extract.extraction(doc, ontology.load(), ranker=False))
    except Exception as error:
        _log.warning("a passage could not be read (%s: %s): %s", type(error).__name__, error, doc.text)
        return Extraction(doc.user_data["article"])


def count(tallies: dict[str, Tally], passage: Passage, gold: Sequence[Sequence[Fact]], found: Sequence[Told]) -> None:
    """Add what is told of a passage to the tallies; `gold` are its facts, the same ones together (see `classes`)."""
    if passage.pair is not None:
        found = list(of_pair(passage.pair, found))
    hits: set[int] = set()
    for one in _once(found):
        if passage.asked is None or one.relation in passage.asked:
            met = [n for n, same in enumerate(gold) if any(agrees(one, fact) for fact in same)]
            hits.update(met)
            (tallies[one.relation].right if met else tallies[one.relation].wrong).append((passage, one))
    for n, same in enumerate(gold):
        (tallies[same[0].relation].hit if n in hits else tallies[same[0].relation].missed).append((passage, same[0]))


def of_pair(pair: tuple[Span, Span], found: Iterable[Told]) -> Iterator[Told]:
    """What is told of the two stretches of a pair, in either direction."""
    ends = [end_at(name, place) for name, place in zip("12", pair, strict=True)]
    for one in found:
        for first, second in (ends, ends[::-1]):
            if _meet(one.subject.spans, first.spans) and _meet(one.object.spans, second.spans):
                yield Told(one.relation, first, second, one.why)


def _once(found: Iterable[Told]) -> Iterable[Told]:
    """Each relation of a pair once; a symmetric one once for both directions."""
    kept: dict[tuple[str, str, str], Told] = {}
    for one in found:
        first, second = one.subject.key, one.object.key
        if one.relation in SYMMETRIC:
            first, second = sorted((first, second))
        kept.setdefault((one.relation, first, second), one)
    return kept.values()


def agrees(one: Told, fact: Fact) -> bool:
    """Whether a told relation is the annotated one: both ends overlap (of a pair's, see `of_pair`)."""
    if one.relation != fact.relation:
        return False
    ways = [(fact.subject, fact.object), (fact.object, fact.subject)][: 1 + (fact.relation in SYMMETRIC)]
    return any(_meet(one.subject.whole, (s,)) and _meet(one.object.whole, (o,)) for s, o in ways)


def _meet(some: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in some for b in others)


# --- the same fact -----------------------------------------------------------------------------------------------


def classes(passage: Passage, record: Extraction) -> list[list[Fact]]:
    """The facts of a passage, those of one relation whose ends are the same together, in their order."""
    entities: dict[Span, frozenset[str]] = {}
    for fact in passage.facts:
        for place in (fact.subject, fact.object):
            entities[place] = frozenset(
                f"entity {m.entity}" for m in record.mentions if _meet((Span(*m.head),), (place,))
            )
    found: list[list[Fact]] = []
    for fact in passage.facts:
        same = [group for group in found if any(_same(passage.text, fact, other, entities) for other in group)]
        found = [group for group in found if group not in same] + [[*(one for group in same for one in group), fact]]
    return found


def _same(text: str, one: Fact, other: Fact, entities: Mapping[Span, frozenset[str]]) -> bool:
    if one.relation != other.relation:
        return False
    (first, second), ends = (
        [_names(text, place, uri, entities) for place, uri in zip((f.subject, f.object), f.uris, strict=True)]
        for f in (one, other)
    )
    straight = first & ends[0] and second & ends[1]
    return bool(straight or (one.relation in SYMMETRIC and first & ends[1] and second & ends[0]))


def _names(text: str, place: Span, uri: str | None, entities: Mapping[Span, frozenset[str]]) -> frozenset[str]:
    """All by which an end is known; two with one of them in common are the same."""
    return entities[place] | {text[slice(*place)].casefold()} | ({uri} if uri else set())


# --- figures -----------------------------------------------------------------------------------------------------


def rows(
    data: Path, *, model: str | None = None, share: float = 1.0, threads: int = 1, cache: Path | None = None,
    only: str | None = None,
) -> Iterator[Row]:  # fmt: skip
    """The figures of the sets that lie in the folder; `share` takes every so-manieth item, 0.25 every fourth."""
    for name, one in SETS.items():
        if only in (None, name) and (data / one.file).is_file():
            yield from figures(one, tally(some(one, data, share), model=model, threads=threads, cache=cache))


def some(one: Set, data: Path, share: float) -> list[Passage]:
    """The passages of a set, or a share of them spread over all of it."""
    return one.read(data)[:: max(1, round(1 / share))] if share > 0 else []


def figures(one: Set, counts: Counts) -> Iterator[Row]:
    """The rows of a set: the average over the relations that have a target, these, then the others."""
    for tallies, suffix in ((counts.ours, ""), (counts.plain, ", verb's lemma alone")):
        micro = percent(tallies[relation] for relation in one.wanted)
        for measure, value in micro.items():
            yield Row(one.name, f"micro {measure}{suffix}", value, None if suffix else TARGETS.get(measure))
    for relation in (*one.wanted, *one.others):
        for measure, value in counts.ours[relation].figures().items():
            target = TARGETS.get(measure) if relation in one.wanted else None
            yield Row(one.name, f"{relation} {measure}", value, target)
        if relation in _BASED_ON_VERBS:
            for measure, value in counts.plain[relation].figures().items():
                yield Row(one.name, f"{relation} {measure}, verb's lemma alone", value)


# --- by hand -----------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table a set and, for one relation, cases of each fault."""
    options = _options(arguments)
    for name, one in SETS.items():
        if options.only in (None, name) and (options.data / one.file).is_file():
            if options.relation and options.relation not in (*one.wanted, *one.others):
                continue
            passages = some(one, options.data, options.share)
            counts = tally(passages, model=options.model, threads=options.threads, cache=options.cache)
            print(one.name)
            for line in table(one, counts):
                print(line)
            if options.relation and options.errors:
                for line in faults(counts.ours[options.relation], options.errors):
                    print(line)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kg.score.relations", description="Relations against public sets.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of public data sets")
    parser.add_argument("--only", choices=tuple(SETS), help="one of the sets")
    parser.add_argument("--relation", choices=tuple(WAYS), metavar="NAME", help="the relation whose faults are shown")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong ones and N missed ones")
    parser.add_argument("--share", type=float, default=1.0, help="part of each set: 0.25 takes every fourth item")
    parser.add_argument("--cache", type=Path, metavar="FILE", help="keep the trees here between runs")
    parser.add_argument("--threads", type=int, default=2, help="texts read at once")
    parser.add_argument("--model", help="another language model")
    return parser.parse_args(arguments)


def table(one: Set, counts: Counts) -> Iterator[str]:
    """A line a relation: precision, recall, F1, the numbers behind them, and the baseline's."""
    yield f"{'':24}{'P':>7}{'R':>7}{'F1':>7}{'right':>8}{'told':>6}{'hit':>6}{'gold':>6}   lemma alone: P, R, F1"
    groups = {"micro": one.wanted, **{relation: (relation,) for relation in (*one.wanted, *one.others)}}
    for name, relations in groups.items():
        ours = [counts.ours[relation] for relation in relations]
        right, wrong, hit, missed = (
            sum(len(getattr(t, part)) for t in ours) for part in ("right", "wrong", "hit", "missed")
        )
        values = "".join(f"{value:7.1f}" for value in percent(ours).values())
        plain = "".join(f"{value:7.1f}" for value in percent(counts.plain[r] for r in relations).values())
        yield f"{name:24}{values}{right:8}{right + wrong:6}{hit:6}{hit + missed:6}   {plain}"


def faults(found: Tally, most: int) -> Iterator[str]:
    """Some wrong and some missed cases, spread over all: the text with subject [[…]] and object {{…}} marked."""
    for passage, one in _spread(found.wrong, most):
        yield f"WRONG {_marked(passage.text, one.subject.spans, one.object.spans)}\n      {one.why} | {_truth(passage)}"
    for passage, fact in _spread(found.missed, most):
        yield f"MISS  {_marked(passage.text, (fact.subject,), (fact.object,))}"


def _spread(cases: Sequence[Case], most: int) -> Sequence[Case]:
    return cases[:: max(1, len(cases) // most)][:most]


def _truth(passage: Passage) -> str:
    if passage.pair is not None:
        return f"gold: {passage.label}"
    facts = (f"{f.relation}({_said(passage, f.subject)}, {_said(passage, f.object)})" for f in passage.facts)
    return f"gold: {'; '.join(facts)}"


def _said(passage: Passage, place: Span) -> str:
    return passage.text[place.start : place.end]


def _marked(text: str, subjects: Iterable[Span], objects: Iterable[Span]) -> str:
    marks = [(s, "[[", "]]") for s in subjects] + [(s, "{{", "}}") for s in objects]
    for place, left, right in sorted(marks, key=lambda mark: mark[0], reverse=True):
        text = f"{text[: place.start]}{left}{text[place.start : place.end]}{right}{text[place.end :]}"
    return " ".join(text.split())


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr, format="%(message)s")
    main()
