"""Score time expressions: MEANTIME's TIMEX3 annotation (Wikinews), and the specifications of Recognizers-Text.

Measures are those of TempEval-3: spans strict (same characters) and relaxed (overlapping), values on the relaxed
matches (a gold expression counts when the one found over it has the same value). In MEANTIME the title and the
first sentences (0 to 5) are annotated, so only they are scored; the dateline is given to the system as the
article's date and is left out on both sides. ``kg.score.recognizers`` says which specifications of Recognizers-Text
are compared and why the others are not.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from kg.records import Time
from kg.score import Row, recognizers

Finder = Callable[[str, datetime.date | None], Sequence[Time]]

ANNOTATED = 5  # the last sentence that MEANTIME's annotators worked on
MEANTIME_FOLDERS = ("corpus_airbus", "corpus_gm")
SPEC = "DateTimeModel.json"


class Document(NamedTuple):
    """An article's annotated part with its gold times; ``dateline`` is the span of its date in the text."""

    name: str
    text: str
    date: datetime.date | None
    gold: tuple[Time, ...]
    dateline: tuple[int, int] | None


class Tally:
    """Counts of gold, found, and what of each is right under three measures."""

    def __init__(self) -> None:
        self.gold = self.found = 0
        self.strict = self.relaxed = self.value = self.strict_value = self.type = 0

    def add(self, gold: Sequence[Time], found: Sequence[Time]) -> None:
        """Count one document; each gold time is paired with the overlapping found time that shares most with it."""
        self.gold += len(gold)
        self.found += len(found)
        for truth, guess in pairs(gold, found):
            same = (truth.start, truth.end) == (guess.start, guess.end)
            self.relaxed += 1
            self.strict += same
            self.type += truth.type == guess.type
            self.value += equal(truth.value, guess.value)
            self.strict_value += same and equal(truth.value, guess.value)

    def figures(self) -> dict[str, Any]:
        """Precision, recall and F1 per measure, and the counts."""
        names = ("strict", "relaxed", "value", "strict_value", "type")
        measures = {name: prf(getattr(self, name), self.gold, self.found) for name in names}
        return {**measures, "gold": self.gold, "found": self.found}


def score(data: Path) -> dict[str, Any]:
    """Figures for the sets below ``data`` (``meantime``, ``recognizers_datetime``); absent sets are left out."""
    from kg.extract.dates import times

    figures: dict[str, Any] = {}
    if (data / "meantime").is_dir():
        figures["meantime"] = score_meantime(meantime(data / "meantime"), times)
    if (data / "recognizers_datetime" / SPEC).is_file():
        figures["recognizers"] = recognizers.score(data / "recognizers_datetime" / SPEC, times)
        figures["recognizers, wide"] = recognizers.wide(data / "recognizers_datetime", times)
    return figures


def rows(data: Path) -> Iterator[Row]:
    """The rows of the scorecard; the targets are of MEANTIME's values and of the date-like specifications."""
    found = score(data)
    for measure, figures in found.get("meantime", {}).items():
        for name, word in (("p", "precision"), ("r", "recall"), ("f1", "F1")) if isinstance(figures, dict) else ():
            target = 75.0 if (measure, name) == ("value", "f1") else None
            yield Row(f"dates, MEANTIME airbus + gm, {measure}", word, 100 * figures[name], target)
    for name, aim in (("recognizers", ("dates",)), ("recognizers, wide", ("all", "all with two ends"))):
        yield from _specified(found.get(name), name.replace("recognizers", "dates, Recognizers-Text"), aim)


def _specified(figures: dict[str, Any] | None, name: str, aim: Sequence[str]) -> Iterator[Row]:
    """The rows of one reading of the specifications; the target is of the kinds ``aim``."""
    figures = figures or {"recall": {}, "left_out": {}}
    for kind, recall in figures["recall"].items():
        words = f"recall of {kind} (of {figures['gold'][kind]})"
        yield Row(name, words, 100 * recall, 80.0 if kind in aim else None)
    for reason, count in figures["left_out"].items():
        yield Row(f"{name}, left out", f"{reason}, count", count)


def prf(right: int, gold: int, found: int) -> dict[str, float]:
    """Precision, recall and F1 of counts, rounded to three places.

    >>> prf(1, 2, 1)
    {'p': 1.0, 'r': 0.5, 'f1': 0.667}
    """
    precision = right / found if found else 0.0
    recall = right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"p": round(precision, 3), "r": round(recall, 3), "f1": round(f1, 3)}


def equal(truth: str, guess: str) -> bool:
    """Whether two TIMEX3 values say the same ("T06:40Z" and "T06:40" do: annotators give zones unevenly)."""
    return truth.strip().removesuffix("Z") == guess.removesuffix("Z")


def pairs(gold: Sequence[Time], found: Sequence[Time]) -> Iterator[tuple[Time, Time]]:
    """One-to-one pairs of overlapping times, those that share most first."""
    shared = sorted(
        ((min(t.end, g.end) - max(t.start, g.start)) / (max(t.end, g.end) - min(t.start, g.start)), -i, -j)
        for i, t in enumerate(gold)
        for j, g in enumerate(found)
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for overlap, i, j in reversed(shared):
        if overlap > 0 and -i not in used[0] and -j not in used[1]:
            used[0].add(-i)
            used[1].add(-j)
            yield gold[-i], found[-j]


def score_meantime(documents: Iterable[Document], finder: Finder) -> dict[str, Any]:
    """The figures of ``finder`` on documents of MEANTIME."""
    tally = Tally()
    for document in documents:
        tally.add(document.gold, outside(document, finder(document.text, document.date)))
    return tally.figures()


def outside(document: Document, found: Sequence[Time]) -> list[Time]:
    """What was found, without what overlaps the dateline."""
    if document.dateline is None:
        return list(found)
    start, end = document.dateline
    return [time for time in found if time.end <= start or time.start >= end]


def meantime(folder: Path) -> Iterator[Document]:
    """The documents of the folders that we develop on, in the order of their file names."""
    base = folder / "intra-doc_annotation"
    for name in MEANTIME_FOLDERS:
        for path in sorted((base / name).glob("*.xml")):
            yield document(path)


def document(path: Path) -> Document:
    """One file of MEANTIME; its text is made of the tokens, joined by blanks, a line a sentence."""
    root = ElementTree.parse(path).getroot()
    text, places = tokens(root)
    gold: list[Time] = []
    dateline: Time | None = None
    for node in root.iterfind("Markables/TIMEX3"):
        spans = [places[id] for anchor in node.iterfind("token_anchor") if (id := anchor.get("t_id", "")) in places]
        if not spans:
            continue  # implicit times ("the begin of the four years") have no words
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        time = Time(start, end, node.get("type", "DATE"), node.get("value", ""))  # type: ignore[arg-type]
        if node.get("functionInDocument") == "CREATION_TIME" or text[:start].count("\n") == 1:
            dateline = time
        else:
            gold.append(time)
    day = datetime.datetime.strptime(text[dateline.start : dateline.end], "%B %d , %Y").date() if dateline else None
    where = (dateline.start, dateline.end) if dateline else None
    return Document(path.stem, text, day, tuple(sorted(gold, key=lambda t: (t.start, t.end))), where)


def tokens(root: ElementTree.Element) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text of the annotated sentences and, by token id, the place of each token in it."""
    text, places, last = "", {}, 0
    for node in root.iterfind("token"):
        sentence = int(node.get("sentence", "0"))
        if sentence > ANNOTATED:
            break
        if text:
            text += "\n" if sentence != last else " "
        last = sentence
        word = node.text or ""
        places[node.get("t_id", "")] = (len(text), len(text) + len(word))
        text += word
    return text, places
