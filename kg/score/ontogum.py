"""OntoGUM: CoNLL-U with coreference in the manner of OntoNotes -> texts with their clusters; and our answer to them.

The texts are made from the words and what stands between them, with a blank line between paragraphs. OntoNotes marks
a whole noun phrase with its relative clauses and appositions, and nothing that is spoken of once; our records hold the
noun with its modifiers, so the phrase around it is read from our own tree of the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.records import Span
from kg.score.coref_metrics import Cluster, clusters

if TYPE_CHECKING:
    from collections.abc import Hashable

    from spacy.tokens import Doc, Token

    from kg.records import Extraction

FOLDER = Path("gum_open/coref/ontogum/conllu")
SPLITS = Path("gum_open/splits.md")
_MARK = re.compile(r"(\()?(\d+)(?:-[^()|]*)?(\))?")


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its words as spans of characters, and the clusters of spans of words that are one thing."""

    name: str
    text: str
    words: tuple[Span, ...]
    clusters: tuple[Cluster, ...]

    @property
    def genre(self) -> str:
        """What sort of text it is: "news", "bio" …"""
        return self.name.split("_")[1]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The words that some characters touch, as a span of their numbers."""
        starts = [word.start for word in self.words]
        first, last = (max(bisect_right(starts, at) - 1, 0) for at in (start, max(start, end - 1)))
        return first, last + 1


@dataclass(slots=True)
class _Reader:
    """What was read so far of one file."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    words: list[Span] = field(default_factory=list)
    opened: dict[str, list[int]] = field(default_factory=dict)
    found: list[tuple[tuple[int, int], str]] = field(default_factory=list)

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def paragraph(self) -> None:
        if self.parts:
            self.length -= len(self.parts[-1]) - len(self.parts[-1].rstrip())
            self.parts[-1] = self.parts[-1].rstrip()
            self.put("\n\n")

    def word(self, columns: Sequence[str], text: str, blank: bool) -> None:
        number = len(self.words)
        self.words.append(Span(self.length, self.length + len(text)))
        self.put(text + (" " if blank else ""))
        marks = re.search(r"(?:^|\|)Entity=([^|]*)", columns[9])
        for opens, name, closes in _MARK.findall(marks[1]) if marks else ():
            if opens:
                self.opened.setdefault(name, []).append(number)
            if closes and self.opened.get(name):
                self.found.append(((self.opened[name].pop(), number + 1), name))


def read(path: Path) -> Document:
    """One file as a document."""
    reader = _Reader()
    joined, space = 0, True
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and not line.startswith("# newpar_"):
            reader.paragraph()
        columns = line.split("\t")
        if len(columns) != 10 or "." in columns[0]:
            continue
        blank = "SpaceAfter=No" not in columns[9]
        if "-" in columns[0]:  # «don't» is two words that no blank parts
            joined, space = int(columns[0].split("-")[1]), blank
            continue
        inside = int(columns[0]) <= joined
        reader.word(columns, columns[1], blank if not inside else int(columns[0]) == joined and space)
        joined = 0 if int(columns[0]) >= joined else joined
    return Document(path.stem, "".join(reader.parts), tuple(reader.words), tuple(clusters(reader.found)))


def documents(data: Path, part: str) -> Iterator[Document]:
    """The documents of a part ("dev", "train") that lie in the folder, in the order of the list of splits."""
    for name in split(data, part):
        path = data / FOLDER / f"{name}.conllu"
        if path.is_file():
            yield read(path)


def split(data: Path, part: str) -> list[str]:
    """The names of a part of GUM."""
    sections = re.split(r"^## ", (data / SPLITS).read_text(encoding="utf-8"), flags=re.MULTILINE)
    section = next((one for one in sections if one.split("\n", 1)[0].strip() == part), "")
    return re.findall(r"\bGUM_\w+", section)


# --- our answer ------------------------------------------------------------------------------------------------

OUTSIDE = frozenset({
    "conj", "cc", "punct", "parataxis", "discourse", "cop", "nsubj", "csubj", "aux", "advcl", "mark", "dislocated",
    "vocative", "expl", "orphan", "list", "reparandum", "obl",
})  # fmt: skip
"""What hangs on the head of a noun phrase and is no part of it."""
_EDGE = frozenset(",;:-–—")


def response(document: Document, doc: Doc, found: Extraction, *, singletons: bool = False) -> list[Cluster]:
    """The clusters of a linked record as OntoNotes would mark them, each mention by the noun phrase around its head.

    Bare common nouns («marketing») are never joined there with one another, and what somebody is («Ann is a DOCTOR») or
    a demonym before a noun («FRENCH wine») is no mention. Of two mentions with one phrase («the captain, Ann Lee») the
    name counts.
    """
    labels: dict[Hashable, Hashable] = {}
    for _, _, place, label in sorted(_told(document, doc, found), key=lambda one: one[1]):
        labels.setdefault(place, label)
    return clusters(labels.items(), singletons=singletons)


def _told(document: Document, doc: Doc, found: Extraction) -> Iterator[tuple[int, int, tuple[int, int], Hashable]]:
    """The mentions that count: their number, which goes first, the words of its phrase, and what it stands for."""
    for number, mention in enumerate(found.mentions):
        head = top(doc, mention.head)
        described = _described(head) if mention.form == "name" else head
        if mention.form != "pronoun" and not _marked(head, mention.kind):
            continue
        rank = 2 if mention.form != "name" else 0 if described == head else 1
        label = ("generic", number) if mention.generic else mention.entity
        yield number, rank, document.place(*phrase(described)), label


def _described(name: Token) -> Token:
    """The noun that a name stands beside in apposition («the captain ANN LEE»), else the name."""
    while name.dep_ in ("appos", "flat") and name.head != name:
        name = name.head
    return name


def _marked(head: Token, kind: str) -> bool:
    if kind == "Group" and head.tag_ == "JJ" and head.dep_ in ("amod", "compound", "nmod:desc", "conj"):
        return False
    return not any(child.dep_ == "cop" for child in head.children)


def things(document: Document, doc: Doc, found: Extraction) -> dict[int, int]:
    """The number of the annotated cluster that each mention of a record is in, -1 for none; only those that count."""
    gold = {place: number for number, cluster in enumerate(document.clusters) for place in cluster}
    return {number: gold.get(place, -1) for number, _, place, _ in _told(document, doc, found)}


def names_only(document: Document, doc: Doc, found: Extraction) -> list[Cluster]:
    """The plain answer: names that are spelled alike are one thing, and nothing else is joined."""
    names = [mention.head for mention in found.mentions if mention.form == "name"]
    labels = {document.place(*phrase(top(doc, name))): found.article.text[slice(*name)] for name in names}
    return clusters(labels.items())


def top(doc: Doc, span: Span) -> Token:
    """The word of some characters on which the others hang."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    assert found is not None, span
    return found.root


def phrase(head: Token) -> tuple[int, int]:
    """The characters of the noun phrase around a head, with what follows it and without a preposition before it."""
    words, todo = [head], [head]
    while todo:
        token = todo.pop()
        kept = [child for child in token.children if token is not head or _inside(child, head)]
        words, todo = words + kept, todo + kept
    cases = [child.i for child in head.children if child.dep_ == "case" and child.i < head.i]
    words = [word for word in words if not word.is_space and word.i > max(cases, default=-1)] or [head]
    words.sort(key=lambda word: word.i)
    doc, first, last = head.doc, words[0].i, words[-1].i
    while last > first and doc[last].text in _EDGE:
        last -= 1
    while first < last and doc[first].text in _EDGE:
        first += 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def _inside(child: Token, head: Token) -> bool:
    relation = child.dep_.partition(":")[0]
    return relation not in OUTSIDE and (relation != "case" or child.i > head.i)


__all__ = ["Document", "documents", "names_only", "phrase", "read", "response", "split", "top"]
