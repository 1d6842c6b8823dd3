"""Open triples against CaRB (Bhardwaj, Aggarwal and Mausam 2019, EMNLP): how many words of gold tuples are found.

A tuple found and one of gold are compared slot by slot (arguments after the first are one slot); what they share in
words is a precision and a recall, both zero where the relations share none. In a sentence, the recall of a gold tuple
is its best over all found; precision pairs each gold tuple with at most one found, best pairs first, and a found tuple
without partner has none. Sums over all sentences at each threshold of confidence give a curve, its best F1, and the
area under it, drawn from precision 1 at recall 0. Where all confidences are equal the curve is one point, and the area
is kinder than that of a real curve.

The output of OpenIE 5 that lies beside the gold file has F1 45.8 and area 24.0 by this module, on the development
part; published for the test part are 48.0 and 25.0 (Kolluru et al. 2020, EMNLP).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from kg.score import Row
from kg.score.triples import Triple

WHAT = "open triples, CaRB dev"
BE = frozenset({"be", "is", "am", "are", "was", "were", "been", "being"})
SAYING = ("said", "told", "added", "adds", "says")
BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}


class Told(NamedTuple):
    """A relation with its arguments; gold tuples have any number of them."""

    relation: str
    arguments: tuple[str, ...]
    confidence: float = 1.0


class Figures(NamedTuple):
    """Precision, recall and F1 at the best threshold, and the area under the curve; shares of 1."""

    p: float
    r: float
    f1: float
    auc: float


def rows(data: Path, *, model: str | None = None) -> Iterator[Row]:
    """Our figures, then those of OpenIE 5, of the development part under ``data/oie/carb``; none if it is missing."""
    folder = data / "oie" / "carb"
    if not (folder / "gold_dev.tsv").is_file():
        return
    yield from _rows(score(data, model=model), "")
    if (folder / "peer_openie5_dev.txt").is_file():
        yield from _rows(peer(data), "OpenIE 5, ")


def _rows(figures: Figures, name: str) -> Iterator[Row]:
    for key, measure in (("p", "precision"), ("r", "recall"), ("f1", "F1"), ("auc", "AUC")):
        yield Row(WHAT, f"{name}{measure}", 100 * getattr(figures, key))


def score(data: Path, *, model: str | None = None) -> Figures:
    """The figures of our triples on the development sentences."""
    from kg import extract, language

    lines = (data / "oie" / "carb" / "gold_dev.tsv").read_text(encoding="utf-8").split("\n")
    gold = tuples(lines)
    sentences = {line.split("\t", 1)[0].strip() for line in lines if line.strip()}
    found = {
        key(sentence): [told(triple) for triple in extract.triples(language.parse_words(sentence.split(), model=model))]
        for sentence in sorted(sentences)
    }
    return compare(gold, found)


def peer(data: Path) -> Figures:
    """The figures of OpenIE 5 on the same sentences."""
    folder = data / "oie" / "carb"
    gold = tuples((folder / "gold_dev.tsv").read_text(encoding="utf-8").split("\n"))
    return compare(gold, openie5((folder / "peer_openie5_dev.txt").read_text(encoding="utf-8").split("\n")))


def key(sentence: str) -> str:
    """A sentence as CaRB tells it from others: by its letters and digits, brackets in either spelling.

    >>> key("He (Lee) left .") == key("He -LRB- Lee -RRB- left.")
    True
    """
    for code, bracket in BRACKETS.items():
        sentence = sentence.replace(code, bracket)
    return "".join(sign for sign in sentence if not (sign.isspace() or (sign.isascii() and not sign.isalnum())))


def tuples(lines: Iterable[str]) -> dict[str, list[Told]]:
    """The gold tuples of each sentence: ``sentence, relation, argument, argument ...``, by tabs.

    >>> tuples(["She left Rome .\\tleft\\tShe\\tRome"])
    {'SheleftRome': [Told(relation='left', arguments=('She', 'Rome'), confidence=1.0)]}
    """
    found: dict[str, list[Told]] = {}
    for line in lines:
        if line.strip():
            sentence, relation, *arguments = line.strip().split("\t")
            found.setdefault(key(sentence), []).append(
                Told(relation.strip(), tuple(argument.strip() for argument in arguments))
            )
    return found


def told(triple: Triple) -> Told:
    """A triple of ours, with confidence 1 if it has none of its own.

    >>> told(("She", "left", "Rome", 0.7))
    Told(relation='left', arguments=('She', 'Rome'), confidence=0.7)
    """
    return Told(triple[1], (triple[0], triple[2]), triple[3] if len(triple) == 4 else 1.0)


def openie5(lines: Iterable[str]) -> dict[str, list[Told]]:
    """OpenIE 5's output, by sentence: confidence, context, first argument, relation, others and sentence, by tabs.

    As CaRB reads it: a line without other arguments is left out; a context ("He said") goes before the first argument,
    unless argument and relation begin with it.
    """
    found: dict[str, list[Told]] = {}
    for line in lines:
        cells = line.strip().split("\t")
        if len(cells) < 6 or not all(cells[2:5]):
            continue
        first, relation = _inner(cells[2]), _inner(cells[3])
        context = _inner(cells[1]) if cells[1] else ""
        if not f"{first} {relation}".startswith(context):
            first = f"{context} {first}"
        others = tuple(_inner(cell) for cell in cells[4].split(");"))
        found.setdefault(key(cells[5]), []).append(Told(relation, (first, *others), float(cells[0])))
    return found


def _inner(cell: str) -> str:
    """«SimpleArgument(Lee,List([0, 3)))» -> «Lee»."""
    return cell[cell.index("(") + 1 : cell.index(",List(")]


def compare(gold: Mapping[str, Sequence[Told]], found: Mapping[str, Sequence[Told]]) -> Figures:
    """The measure for gold tuples and found ones, both by the key of their sentence.

    >>> gold = tuples(["She left old Rome .\\tleft\\tShe\\told Rome"])
    >>> compare(gold, {key("She left old Rome."): [told(("She", "left", "Rome"))]})
    Figures(p=1.0, r=0.75, f1=0.8571428571428571, auc=0.75)
    """
    changes: defaultdict[float, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for sentence, facts in gold.items():
        before = (0.0, 0.0, 0.0)
        for threshold, now in _steps(facts, found.get(sentence, [])):
            for place in range(3):
                changes[threshold][place] += now[place] - before[place]
            before = now
    if not changes:
        return Figures(0.0, 0.0, 0.0, 0.0)
    total = sum(map(len, gold.values()))
    curve: list[tuple[float, float]] = [(1.0, 0.0)]
    shared = told_all = covered = 0.0
    for threshold in sorted(changes, reverse=True):
        more = changes[threshold]
        shared, told_all, covered = shared + more[0], told_all + more[1], covered + more[2]
        curve.append((shared / told_all, covered / total))
    precision, recall = max(reversed(curve), key=lambda point: _f1(*point))
    return Figures(precision, recall, _f1(precision, recall), _area(curve))


def _steps(facts: Sequence[Told], found: Sequence[Told]) -> Iterator[tuple[float, tuple[float, float, float]]]:
    """For each threshold of a sentence, highest first: sum of precisions, tuples found, sum of recalls."""
    matches = [[_match(fact, one) for one in found] for fact in facts]
    for threshold in sorted({one.confidence for one in found}, reverse=True):
        chosen = [place for place, one in enumerate(found) if one.confidence >= threshold]
        covered = sum(max(row[place][1] for place in chosen) for row in matches)
        yield threshold, (_paired(matches, chosen), float(len(chosen)), covered)


def _paired(matches: Sequence[Sequence[tuple[float, float]]], chosen: Iterable[int]) -> float:
    """The precisions of the best pairs of a gold and a found tuple, none in two pairs, summed up."""
    places = [(row, place) for row in range(len(matches)) for place in chosen]
    total, rows, taken = 0.0, set(), set()
    for row, place in sorted(places, key=lambda pair: -matches[pair[0]][pair[1]][0]):
        if row not in rows and place not in taken:
            rows.add(row)
            taken.add(place)
            total += matches[row][place][0]
    return total


def _match(fact: Told, found: Told) -> tuple[float, float]:
    """The precision and recall of a found tuple by the words that it shares with a gold one.

    Where a gold relation is of saying, speaker and what is said may stand in either order.
    """
    gold, one = _binary(fact), _binary(found)
    straight = _shared(gold, one)
    if not any(word in fact.relation for word in SAYING):
        return straight
    return max(straight, _shared(gold, one._replace(arguments=one.arguments[::-1])))


def _binary(told: Told) -> Told:
    first, *others = told.arguments
    return told._replace(arguments=(first, " ".join(others)) if others else (first,))


def _shared(fact: Told, found: Told) -> tuple[float, float]:
    gold, one = fact.relation.split(), found.relation.split()
    same, left = _common(gold, one)
    if "be" in left and not BE.isdisjoint(gold):
        same += 1
    if same == 0 or len(found.arguments) < min(len(fact.arguments), 2):
        return 0.0, 0.0
    of_gold, of_found = len(gold), len(one)
    for theirs, ours in zip(fact.arguments, found.arguments, strict=False):
        gold, one = theirs.split(), ours.split()
        of_gold, of_found, same = of_gold + len(gold), of_found + len(one), same + _common(gold, one)[0]
    return same / of_found, same / of_gold


def _common(gold: Sequence[str], found: Sequence[str]) -> tuple[int, list[str]]:
    """How many words of gold are found, each used once, and the found words that are left over."""
    left, same = list(found), 0
    for word in gold:
        if word in left:
            left.remove(word)
            same += 1
    return same, left


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _area(curve: Sequence[tuple[float, float]]) -> float:
    """The area under points of precision and recall that follow each other by recall (trapezoids)."""
    return sum((recall - before) * (precision + last) / 2 for (last, before), (precision, recall) in pairwise(curve))
