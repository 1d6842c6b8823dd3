"""The spaCy component that writes tags, trees, lemmas and names into a Doc."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.lookups import load_lookups
from spacy.tokens import Doc, Span, Token

from kg.language import agreement, sentences, spans, trees
from kg.language.edits import Edits
from kg.language.lemmas import Lemmas
from kg.language.network import Network
from kg.language.relations import Tree, mend
from kg.language.sentences import Read
from kg.language.spans import Name
from kg.language.tokens import breaks, is_dateline, marks_sides

SHIPPED = Path(__file__).parent / "model"
Probabilities = NDArray[np.float64]
TABLES = ("lemma_exc", "lemma_index", "lemma_rules")
INNER = frozenset(("ADP", "CCONJ", "PUNCT", "DET", "PART", "SYM", "NUM", "SCONJ"))
"""Parts of speech that words inside a name keep: "Bank of America", "Smith & Co.", "Boeing 737"."""


@Language.factory("kg_neural", default_config={"model": None, "threads": 1})
def make(nlp: Language, name: str, model: str | None, threads: int) -> Neural:
    """The component by its name in a pipeline's configuration; `model` is a folder."""
    return Neural(Path(model) if model else SHIPPED, threads=threads)


@dataclass(slots=True)
class Row:
    """What is written to one word; the head is an index into the words, itself at the root."""

    upos: str
    xpos: str
    feats: str
    lemma: str
    head: int
    label: str
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be read of a Doc: its words without white space, where sentences must begin, sides of marks."""

    words: Sequence[Token]
    texts: Sequence[str]
    breaks: Sequence[bool]
    sides: Sequence[int]
    given: bool
    glued: Sequence[bool]


def _task(doc: Doc) -> Task:
    words = [token for token in doc if not token.is_space]
    texts, glued = [token.text for token in words], [not token.whitespace_ for token in words]
    if doc.user_data.get("given_sentences"):
        starts = [bool(token.is_sent_start) or not n for n, token in enumerate(words)]
        return Task(words, texts, starts, (), given=True, glued=glued)
    gaps = _gaps(doc, words)
    return Task(words, texts, breaks(texts, gaps), marks_sides(texts, gaps), given=False, glued=glued)


class Neural:
    """Reads a Doc's words with the network and writes what it finds.

    The same Doc gives the same result beside any other Docs and with any number of threads: windows never cross
    Docs, and which words a window holds depends on the Doc alone. With `doc.user_data["given_sentences"]` the
    sentence starts that the Doc has are kept and no others made.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.network = Network(folder)
        self.threads = threads
        self.lemmas = Lemmas(lemma_tables(), _table(folder / "lemmas.json"), Edits(self.network.lists[3]))
        self.known_kinds = _table(folder / "names.json")

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc, annotated; its windows are read on as many threads as there are."""
        task = _task(doc)
        return self._written(doc, task, self._read(task, self.threads))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 0) -> Iterator[Doc]:
        """The Docs in their order; as many are read at once as there are threads. `batch_size` changes nothing.

        Only the network and what cuts sentences run on other threads; spaCy's objects stay on this one. With one thread
        nothing runs beside it.
        """
        if self.threads < 2:
            yield from map(self, stream)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            waiting: deque[tuple[Doc, Task, Future[list[Read]]]] = deque()
            for doc in stream:
                task = _task(doc)
                waiting.append((doc, task, pool.submit(self._read, task, 1)))
                if len(waiting) > self.threads:
                    first, asked, reads = waiting.popleft()
                    yield self._written(first, asked, reads.result())
            for first, asked, reads in waiting:
                yield self._written(first, asked, reads.result())

    def _read(self, task: Task, threads: int) -> list[Read]:
        return sentences.read(
            task.texts, task.breaks, self.network, sides=task.sides, given=task.given, threads=threads
        )

    def _written(self, doc: Doc, task: Task, reads: Sequence[Read]) -> Doc:
        names = self._names(task, reads)
        _write(doc, task.words, self._rows(task.texts, reads, names))
        _write_names(doc, task.words, names)
        return doc

    def _names(self, task: Task, reads: Sequence[Read]) -> list[Name]:
        proper, texts = self.network.lists[0].index("PROPN"), task.texts
        found = [
            name
            for read in reads
            for name in spans.in_sentence(
                texts[read.start : read.end],
                read.scores.names,
                read.start,
                (read.scores.tags[:, 0] == proper).tolist(),
                task.glued[read.start : read.end],
            )
        ]
        datelines = {read.start for read in reads if is_dateline(texts[read.start : read.end])}
        found = [replace(name, kind="Place") if name.start in datelines else name for name in found]
        starts = frozenset(read.start for read in reads)
        return agreement.agreed(texts, found, starts, self.lemmas.is_common, self.known_kinds)

    def _rows(self, texts: Sequence[str], reads: Sequence[Read], names: Sequence[Name]) -> list[Row]:
        heads = _heads(reads, names)
        labels, sure = self._labels(reads, heads)
        rows: list[Row] = []
        root = 0
        for read, found in zip(reads, heads, strict=True):
            part = self._sentence(texts, read, found, labels)
            arcs = _chosen(read.scores.arcs, found) * sure[read.start : read.end]
            for row, probability in zip(part, arcs.tolist(), strict=True):
                row.sure = round(probability, 3)
            top = next(row.head for n, row in enumerate(part) if row.head == read.start + n)
            if read.goes_on:
                part[top - read.start].head, part[top - read.start].label = root, "parataxis"
            else:
                root = top
            rows += part
        _mark_names(texts, rows, names)
        return rows

    def _labels(self, reads: Sequence[Read], heads: Sequence[Sequence[int]]) -> tuple[list[int], Probabilities]:
        """Numbers of the labels of all words under their heads, and the probability of each."""
        if not reads:
            return [], np.zeros(0)
        child = np.concatenate([read.scores.child for read in reads])
        parent = np.concatenate([read.scores.parent[found] for read, found in zip(reads, heads, strict=True)])
        scores = self.network.label_scores(child, parent)
        scores[:, self.network.labels.index("root")] = trees.NEVER
        best = scores.argmax(1)
        return best.tolist(), _chosen(scores, best)

    def _sentence(self, texts: Sequence[str], read: Read, heads: Sequence[int], labels: Sequence[int]) -> list[Row]:
        """Tags and tree of one sentence."""
        upos, xpos, feats, _ = self.network.lists
        tags = read.scores.tags.tolist()
        tree = Tree(
            texts[read.start : read.end], [upos[tag[0]] for tag in tags], [xpos[tag[1]] for tag in tags], list(heads),
            [
                self.network.labels[label] if head else "root"
                for head, label in zip(heads, labels[read.start : read.end], strict=True)
            ],
        )  # fmt: skip
        mend(tree)
        return [
            Row(
                upos=one,
                xpos=two,
                feats=feats[tag[2]],
                lemma=self.lemmas.of(word, one, two, tag[3]),
                head=read.start + (head - 1 if head else n),
                label=label,
            )
            for n, (word, one, two, head, label, tag) in enumerate(
                zip(tree.words, tree.upos, tree.xpos, tree.heads, tree.labels, tags, strict=True)
            )
        ]


def _chosen(scores: NDArray[np.float32], columns: Sequence[int] | NDArray[np.intp]) -> Probabilities:
    """The probability of the column chosen in each row, by a softmax over the row."""
    wide = scores.astype(np.float64)
    wide = np.exp(wide - wide.max(axis=1, keepdims=True))
    found: Probabilities = wide[np.arange(len(wide)), np.asarray(columns, dtype=np.intp)] / wide.sum(axis=1)
    return found


def _heads(reads: Sequence[Read], names: Sequence[Name]) -> list[list[int]]:
    """The tree of each sentence, heads counted from 1 within it; a name is one unit."""
    found = []
    at = 0
    for read in reads:
        inside = []
        while at < len(names) and names[at].start < read.end:
            inside.append((names[at].start - read.start, names[at].end - read.start))
            at += 1
        found.append(trees.heads(read.scores.arcs, inside))
    return found


def lemma_tables() -> dict[str, dict[str, object]]:
    """spaCy's English lemma tables by name, then by part of speech."""
    lookups = load_lookups("en", tables=list(TABLES))
    kinds = ("noun", "verb", "adj", "adv")
    return {name: {kind: lookups.get_table(name).get(kind, {}) for kind in kinds} for name in TABLES}


def _table(path: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def _gaps(doc: Doc, words: Sequence[Token]) -> list[str]:
    """The white space before each word."""
    text = doc.text
    ends = [0, *(token.idx + len(token) for token in words)]
    return [text[end : token.idx] for end, token in zip(ends, words, strict=False)]


def _mark_names(texts: Sequence[str], rows: Sequence[Row], names: Sequence[Name]) -> None:
    """Words of names become proper nouns, but for joiners, and for groups ("Australian" stays an adjective)."""
    for name in names:
        inside = range(name.start, name.end)
        capitals = any(texts[word][:1].isupper() for word in inside)
        for word in inside if name.kind != "Group" else ():
            row = rows[word]
            number = row.upos == "NUM" and texts[word][:1].isalpha()
            if (row.upos in INNER and not number and len(inside) > 1) or (capitals and texts[word].islower()):
                continue
            if row.upos != "PROPN":
                plural = row.xpos in ("NNS", "NNPS")
                row.upos, row.lemma = "PROPN", texts[word]
                row.xpos, row.feats = ("NNPS", "Number=Plur") if plural else ("NNP", "Number=Sing")


def _write(doc: Doc, words: Sequence[Token], rows: Sequence[Row]) -> None:
    """Write the rows; white space hangs on the word before it, at the beginning on the first word.

    ``doc.user_data["arc_probability"]`` has, by token, how probable the network holds its head and relation together.
    """
    strings, morphology = doc.vocab.strings, doc.vocab.morphology
    table = np.zeros((len(doc), 6), dtype=np.int64)
    places = {token.i: n for n, token in enumerate(words)}
    last = words[0].i if words else 0
    for token in doc:
        n = places.get(token.i)
        if n is None:
            values, head = ("SPACE", "_SP", "dep", token.text, ""), last - token.i
        else:
            row, last = rows[n], token.i
            values, head = (row.upos, row.xpos, row.label, row.lemma, row.feats), words[row.head].i - token.i
        keys = [*(strings.add(value) for value in values[:4]), morphology.add(values[4])]
        table[token.i, :5] = np.array(keys, dtype=np.uint64).view(np.int64)
        table[token.i, 5] = head
    doc.from_array(["POS", "TAG", "DEP", "LEMMA", "MORPH", "HEAD"], cast(Any, table.view(np.uint64)))
    doc.user_data["arc_probability"] = {token.i: row.sure for token, row in zip(words, rows, strict=True)}


def _write_names(doc: Doc, words: Sequence[Token], names: Sequence[Name]) -> None:
    """Entities, and their probabilities by first token in `doc.user_data["name_probability"]`."""
    found = [Span(doc, words[name.start].i, words[name.end - 1].i + 1, label=name.kind) for name in names]
    doc.set_ents(found, default="outside")
    doc.user_data["name_probability"] = {words[name.start].i: name.sure for name in names}
