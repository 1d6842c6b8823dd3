"""Reading treebanks: CoNLL-U files into documents of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.language.kinds import ANY

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Sentence:
    """Words and what is known of them; `heads` count from 1, 0 is the root, empty without a tree.

    `names` holds for each word the set of name labels that the gold allows, as bits.
    """

    words: list[str]
    names: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)
    name: str = ""
    text: str = ""
    new_paragraph: bool = False

    def __post_init__(self) -> None:
        if not self.names:
            self.names = [ANY] * len(self.words)


Document = list[Sentence]


def read_conllu(path: Path) -> Iterator[Document]:
    """Documents of a file, cut at `# newdoc`."""
    document: Document = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if not block.strip():
            continue
        if "# newdoc" in block and document:
            yield document
            document = []
        document.append(_sentence(block))
    if document:
        yield document


def _sentence(block: str) -> Sentence:
    """One sentence; ranges (`1-2`) and empty nodes (`8.1`) are left out."""
    comments = dict(re.findall(r"^# (sent_id|text) = (.*)$", block, re.M))
    lines = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
    rows = [row for row in lines if row[0].isdigit()]
    return Sentence(
        words=[row[1] for row in rows],
        lemmas=[row[2] for row in rows],
        upos=[row[3] for row in rows],
        xpos=[row[4] for row in rows],
        feats=[row[5] for row in rows],
        heads=[int(row[6]) for row in rows],
        labels=[row[7] for row in rows],
        misc=[row[9] for row in rows],
        name=comments.get("sent_id", ""),
        text=comments.get("text", ""),
        new_paragraph="# newpar" in block,
    )


def gum_split(folder: Path, part: str) -> set[str]:
    """Names of the documents of a part (`dev`, `test`, …), out of `splits.md`; train is the rest."""
    text = (folder / "splits.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {part}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return set(re.findall(r"\* (\S+)", section.group(1))) if section else set()


def read_gum(folder: Path, part: str) -> Iterator[Document]:
    """GUM's documents of `train` or `dev`; whatever the splits call a test stays unread."""
    kept_back = gum_split(folder, "test") | gum_split(folder, "test2")
    development = gum_split(folder, "dev")
    for path in sorted((folder / "dep").glob("*.conllu")):
        if path.stem not in kept_back and (path.stem in development) == (part == "dev"):
            yield from read_conllu(path)


def read_ewt(folder: Path, part: str) -> Iterator[Document]:
    """EWT's documents of `train` or `dev`."""
    return read_conllu(folder / f"en_ewt-ud-{part}.conllu")


def gold_tree(ours: Doc, document: Sequence[Sentence]) -> Doc:
    """The words of a Doc with the treebank's tags, lemmas and trees; names stay as they are."""
    from spacy.tokens import Doc, Span

    heads: list[int] = []
    for sentence in document:
        start = len(heads)
        heads += [start + (head - 1 if head else n) for n, head in enumerate(sentence.heads)]
    doc = Doc(
        ours.vocab, words=[token.text for token in ours], spaces=[bool(token.whitespace_) for token in ours],
        heads=heads, deps=[label for sentence in document for label in sentence.labels],
        pos=[tag for sentence in document for tag in sentence.upos],
        tags=[tag for sentence in document for tag in sentence.xpos],
        lemmas=[lemma for sentence in document for lemma in sentence.lemmas],
    )  # fmt: skip
    doc.set_ents([Span(doc, name.start, name.end, label=name.label_) for name in ours.ents], default="outside")
    return doc
