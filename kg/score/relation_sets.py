"""CORE and KnowledgeNet as passages with the facts that their annotators saw in them.

CORE (Borchert et al. 2023, EMNLP) gives one pair of names a text with one of 12 relations; what is said of other pairs
is not asked. KnowledgeNet (Mesquita et al. 2019, EMNLP) gives all facts of the properties that a passage was annotated
for. Both become `Passage`s. Offsets are code points of the passage's own text.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.records import Span

CORE_FILE = Path("core") / "dataset" / "train.json"
KNOWLEDGENET_FILE = Path("knowledgenet") / "train.jsonl"
SYMMETRIC = frozenset({"merged_with", "competitor_of", "collaboration", "SPOUSE"})
"""Relations that hold the other way round as well."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One annotated relation; the URIs are None where the annotators knew none."""

    relation: str
    subject: Span
    object: Span
    uris: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, the relations that it was annotated for (None: all), and all facts of these.

    `pair` are the two stretches whose relation alone is asked, None where everything is. `label` is what the
    annotators called the relation of the pair. ``document`` tells passages of one document from others.
    """

    text: str
    facts: tuple[Fact, ...]
    asked: frozenset[str] | None = None
    pair: tuple[Span, Span] | None = None
    label: str = ""
    document: str = ""


# --- CORE --------------------------------------------------------------------------------------------------------


def core(data: Path) -> list[Passage]:
    """The pairs of the development part of CORE, in their order."""
    return [core_passage(item) for item in json.loads((data / CORE_FILE).read_text(encoding="utf-8"))]


def core_passage(item: Mapping[str, Any]) -> Passage:
    """One pair: `e1_end` and `e2_end` are its last words, `invert_relation` tells that the second is the subject."""
    text, places = joined(item["context"])
    first, second = (_stretch(item["context"], places, item[f"{e}_start"], item[f"{e}_end"]) for e in ("e1", "e2"))
    label, ends = item["relation"], (second, first) if item["invert_relation"] else (first, second)
    facts = () if label == "undefined" else (Fact(label, *ends),)
    return Passage(text, facts, pair=(first, second), label=label, document=text)


_LEFT = re.compile(r"[,.;:!?%)\]”]|''|\.\.\.|['’](?:s|re|ve|ll|d|m)|n['’]t", re.IGNORECASE)
"""Words that follow the one before without a blank."""
_RIGHT = re.compile(r"[(\[“#]|``|(?:[A-Z]{1,3})?[$€£¥]")
"""Words that the next one follows without a blank."""
_MARKS = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}


def joined(words: Sequence[str]) -> tuple[str, list[Span]]:
    """The text that words of a treebank's kind were cut from, as far as can be told, and the place of each.

    >>> joined(["Acme", "'s", "``", "Bolt", "''", "cost", "$", "3", "."])[0]
    'Acme\\'s "Bolt" cost $3.'
    """
    text, places, glued = "", [], True
    for n, word in enumerate(words):
        before = words[n - 1] if n else ""
        plural = word in ("'", "’") and before[-1:] == "s"
        if not (glued or plural or _LEFT.fullmatch(word) or word == "/"):
            text += " "
        shown = _MARKS.get(word, word)
        places.append(Span(len(text), len(text) + len(shown)))
        text += shown
        glued = bool(_RIGHT.fullmatch(word)) or word == "/"
    return text, places


_EMPTY = re.compile(r"\W+|['’]s")


def _stretch(words: Sequence[str], places: Sequence[Span], first: int, last: int) -> Span:
    """The place of the words `first` to `last`, without marks and the «'s» at its ends."""
    inside = [n for n in range(first, last + 1) if not _EMPTY.fullmatch(words[n])] or [first, last]
    start, end = places[inside[0]].start, places[inside[-1]].end
    return Span(start, end - 2 if re.search(r"\w['’]s$", words[inside[-1]]) else end)


# --- KnowledgeNet ------------------------------------------------------------------------------------------------


def knowledgenet(data: Path) -> list[Passage]:
    """The passages of folds 1 to 3, in the order in which they are first met."""
    with (data / KNOWLEDGENET_FILE).open(encoding="utf-8") as lines:
        return list(knowledgenet_passages(json.loads(line) for line in lines))


def knowledgenet_passages(rows: Iterable[Mapping[str, Any]]) -> Iterator[Passage]:
    """The passages of some lines: one a fact, or one without subject for a property of which there is none."""
    groups: dict[tuple[str, int, int], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["documentId"], row["passageStart"], row["passageEnd"]].append(row)
    for (document, start, _), group in groups.items():
        facts = dict.fromkeys(_fact(row, start) for row in group if row.get("subjectStart") is not None)
        asked = frozenset(row["property"] for row in group)
        yield Passage(group[0]["passage"], tuple(facts), asked=asked, document=str(document))


def _fact(row: Mapping[str, Any], start: int) -> Fact:
    return Fact(
        row["property"],
        Span(row["subjectStart"] - start, row["subjectEnd"] - start),
        Span(row["objectStart"] - start, row["objectEnd"] - start),
        (row["subjectUri"] or None, row["objectUri"] or None),
    )


__all__ = [
    "CORE_FILE", "KNOWLEDGENET_FILE", "SYMMETRIC", "Fact", "Passage", "core", "core_passage", "joined", "knowledgenet",
    "knowledgenet_passages",
]  # fmt: skip
