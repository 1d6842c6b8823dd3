"""The sets of names without trees, each mapped to our kinds.

Every map says which kinds a set marks; a label that fits no kind leaves its words open.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.language.kinds import ANY, KINDS, TITLES
from kg.language.train.names import Found, can_be_name, mark, outside, tag_spans
from kg.language.train.treebank import Document, Sentence

Kinds = tuple[str, ...]
PERSON, ORGANIZATION, PLACE = ("Person",), ("Organization",), ("Place",)
WORK, EVENT, PRODUCT = ("Work",), ("Event",), ("Product",)
MIXED = ("Product", "Event", "Work", "Law", "Group", "Other")

WIKIGOLD: Mapping[str, Kinds] = {"PER": PERSON, "ORG": ORGANIZATION, "LOC": PLACE, "MISC": MIXED}
WNUT: Mapping[str, Kinds] = {
    "person": PERSON, "location": PLACE, "corporation": ORGANIZATION, "group": ORGANIZATION,
    "product": PRODUCT, "creative-work": WORK,
}  # fmt: skip
BTC: Mapping[str, Kinds] = {"PER": PERSON, "ORG": ORGANIZATION, "LOC": PLACE}
SEC: Mapping[str, Kinds] = {"ORG": ORGANIZATION, "LOC": PLACE}
"""Its persons are "Borrower" and "Lender": they stay open."""
CROSSNER: Mapping[str, Kinds] = {
    **dict.fromkeys(("person", "politician", "scientist", "researcher", "writer", "musicalartist"), PERSON),
    **dict.fromkeys(("organisation", "university", "band", "politicalparty"), ORGANIZATION),
    **dict.fromkeys(("location", "country"), PLACE),
    **dict.fromkeys(("book", "poem", "album", "song"), WORK),
    **dict.fromkeys(("magazine", "academicjournal"), ("Work", "Organization")),
    **dict.fromkeys(("event", "election", "conference"), EVENT),
    **dict.fromkeys(("product", "programlang"), PRODUCT),
    "award": ("Other", "Event"), "astronomicalobject": ("Place", "Other"), "misc": MIXED,
}  # fmt: skip
RE3D: Mapping[str, Kinds] = {
    "Person": PERSON, "Organisation": ORGANIZATION, "Location": PLACE, "Nationality": ("Group",),
    "Weapon": PRODUCT, "MilitaryPlatform": PRODUCT, "Vehicle": PRODUCT,
}  # fmt: skip
PROPERTIES: Mapping[str, tuple[Kinds, Kinds]] = {
    **dict.fromkeys(("EMPLOYEE_OR_MEMBER_OF", "EDUCATED_AT", "POLITICAL_AFFILIATION"), (PERSON, ORGANIZATION)),
    **dict.fromkeys(("PLACE_OF_RESIDENCE", "PLACE_OF_BIRTH"), (PERSON, PLACE)),
    **dict.fromkeys(("SPOUSE", "CHILD_OF"), (PERSON, PERSON)),
    **dict.fromkeys(("DATE_OF_BIRTH", "DATE_OF_DEATH", "NATIONALITY"), (PERSON, ())),
    "HEADQUARTERS": (ORGANIZATION, PLACE), "SUBSIDIARY_OF": (ORGANIZATION, ORGANIZATION),
    "FOUNDED_BY": (ORGANIZATION, ()), "CEO": (ORGANIZATION, PERSON), "DATE_FOUNDED": (ORGANIZATION, ()),
}  # fmt: skip


def columns(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags of files with one word a line, the tag last."""
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        parts = line.split()
        if len(parts) > 1 and parts[0] != "-DOCSTART-":
            rows.append(parts)
        elif rows:
            yield [row[0] for row in rows], [row[-1] for row in rows]
            rows = []


def tagged(
    path: Path, kinds: Mapping[str, Kinds], groups: frozenset[str], *, known: Sequence[str] | None = None
) -> Iterator[Sentence]:
    """Sentences of a set with BIO or IO tags that marks the known kinds (otherwise those of the map)."""
    marked = {kind for found in kinds.values() for kind in found} if known is None else set(known)
    for words, tags in columns(path):
        found: list[Found] = []
        for first, last, tag in tag_spans(tags):
            one_group = last - first == 1 and words[first] in groups and "Group" in kinds.get(tag, ())
            found.append((first, last, ("Group",) if one_group else kinds.get(tag, ())))
        yield Sentence(words, mark(words, found, outside(words, marked, groups)))


def _open(words: Sequence[str]) -> list[int]:
    """Nothing known but that words in lower case are no names."""
    return [ANY if can_be_name(words, at) else 1 for at in range(len(words))]


def _capital(words: Sequence[str]) -> bool:
    """Whether a span looks like a name: "the company" and "it" do not."""
    return any(map(str.isupper, words[-1])) and words[-1].lower() not in ("it", "they", "he", "she", "i", "company")


def core(path: Path) -> Iterator[Sentence]:
    """CORE's pairs of companies; only spans with capitals, all other words open."""
    for row in json.loads(path.read_text(encoding="utf-8")):
        words = row["context"]
        spans = [(row[f"{end}_start"], row[f"{end}_end"] + 1) for end in ("e1", "e2")]
        found = [(first, last, ORGANIZATION) for first, last in spans if _capital(words[first:last])]
        if len(words) < 110 and found:
            yield Sentence(words, mark(words, _apart(found), _open(words)))


def _apart(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for name in sorted(found, key=lambda name: name[0] - name[1]):
        if all(name[1] <= other[0] or other[1] <= name[0] for other in kept):
            kept.append(name)
    return kept


Tokenize = Callable[[str], list[tuple[str, int]]]
"""Words of a text with their offsets."""


def _cut(text: str, spans: Sequence[tuple[int, int, Kinds]], tokenize: Tokenize) -> tuple[list[str], list[Found]]:
    """Words of a text, and the spans of characters as spans of words where both ends fit."""
    tokens = tokenize(text)
    starts = {at: index for index, (_, at) in enumerate(tokens)}
    ends = {at + len(word): index + 1 for index, (word, at) in enumerate(tokens)}
    found: list[Found] = []
    for first, last, kinds in spans:
        if first in starts and last in ends and ends[last] > starts[first]:
            found.append((starts[first], ends[last], kinds))
    words = [word for word, _ in tokens]
    return words, [name for name in found if _capital(words[name[0] : name[1]])]


def knowledgenet(path: Path, tokenize: Tokenize) -> Iterator[Sentence]:
    """KnowledgeNet's passages with the subjects and objects of their facts."""
    passages: dict[tuple[str, int], tuple[str, set[tuple[int, int, Kinds]]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        begin = row["passageStart"]
        _, spans = passages.setdefault((row["documentId"], begin), (row["passage"], set()))
        for end, kinds in zip(("subject", "object"), PROPERTIES[row["property"]], strict=True):
            if kinds and f"{end}Start" in row:
                spans.add((row[f"{end}Start"] - begin, row[f"{end}End"] - begin, kinds))
    for passage, spans in passages.values():
        words, found = _cut(passage, sorted(spans), tokenize)
        if found and len(words) < 140:
            yield Sentence(words, mark(words, _apart(found), _open(words)))


def sp500(path: Path, tokenize: Tokenize) -> list[list[str]]:
    """The words of the names of the companies in the S&P 500, without "(The)" and "(Class A)"."""
    with path.open(encoding="utf-8", newline="") as file:
        names = sorted({row["Security"].partition(" (")[0].strip() for row in csv.DictReader(file)})
    return [[word for word, _ in tokenize(name)] for name in names]


def re3d(folder: Path, tokenize: Tokenize) -> Iterator[Document]:
    """re3d's documents, as one sentence a paragraph; roles ("Foreign Office Minister") are no persons."""
    spans: dict[str, list[tuple[int, int, Kinds]]] = defaultdict(list)
    for path in sorted(folder.glob("*/entities.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            kinds = RE3D.get(row["type"], ())
            role = kinds == PERSON and not TITLES.isdisjoint(row["value"].lower().split()[-1:])
            if row["type"] in RE3D and not role:
                spans[row["documentId"]].append((row["begin"], row["end"], kinds))
    for path in sorted(folder.glob("*/documents.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield list(_paragraphs(row["text"], spans[row["_id"]], tokenize))


def _paragraphs(text: str, spans: Sequence[tuple[int, int, Kinds]], tokenize: Tokenize) -> Iterator[Sentence]:
    known = [kind for kind in KINDS if kind in ("Organization", "Place", "Group")]
    begin = 0
    for paragraph in text.split("\n"):
        end = begin + len(paragraph)
        inside = [(first - begin, last - begin, kinds) for first, last, kinds in spans if begin <= first < last <= end]
        words, found = _cut(paragraph, inside, tokenize)
        if 2 < len(words) < 140:
            yield Sentence(words, mark(words, _apart(found), outside(words, known)))
        begin = end + 1
