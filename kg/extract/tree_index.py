"""Doc -> Index: what the rules ask of a Doc again and again, by token; made once a Doc and kept with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from spacy.tokens import Doc, Token

from kg.extract.parts import Stance

INDEX = "kg tree index"


class Index:
    """What the rules ask of a Doc again and again, looked up once: its text, and by token relation, name, dependents.

    spaCy makes a Token anew each time that one is asked for, and a Doc's text from all of them. ``related`` are a
    token's dependents by relation, whole and without subtype: most tokens have none that a rule asks for.
    ``hanging`` is what hangs on a token itself, be it part of a name or not, as spaCy's ``children``.
    ``sentence`` and ``stops`` are where a token's sentence begins and ends, ``numbers`` which one it is; ``starts`` and
    ``ends`` are its own place in the text, ``marks`` the punctuation marks before it; ``silent`` is what is punctuation
    or blank, no word; ``tags`` are the parts of speech; ``lowers`` and ``lemmas`` the words and their lemmas in lower
    case; ``tops`` are, for the words of long names, those that head them. ``cases`` (prepositions), ``passives``,
    ``phrases`` and ``stances`` keep what was worked out, by token.
    """

    __slots__ = (
        "cases", "dependents", "ends", "hanging", "heads", "kinds", "lemmas", "lowers", "marks", "names",
        "numbers", "passives", "phrases", "related", "relations", "sentence", "silent", "stances", "starts", "stops",
        "tags", "text", "tokens", "tops",
    )  # fmt: skip

    def __init__(self, doc: Doc) -> None:
        self.tokens = tokens = tuple(doc)
        self.text = "".join([token.text_with_ws for token in tokens])
        self.cases: dict[int, tuple[Token, ...]] = {}
        self.passives: dict[int, bool] = {}
        self.phrases: dict[tuple[int, bool], tuple[int, ...]] = {}
        self.stances: dict[int, Stance] = {}
        columns = dict(zip(_COLUMNS, doc.to_array(_COLUMNS).T.tolist(), strict=True))
        heads, relations = columns["HEAD"], columns["DEP"]
        strings = _strings(doc, relations)
        kinds = {relation: string.partition(":")[0] for relation, string in strings.items()}
        self.relations: list[str] = [strings[relation] for relation in relations]
        self.kinds: list[str] = [kinds[relation] for relation in relations]
        self.sentence = list(accumulate((i if start == 1 else 0 for i, start in enumerate(columns["SENT_START"])), max))
        self.numbers = [number - 1 for number in accumulate(i == start for i, start in enumerate(self.sentence))]
        firsts = [*(i for i, start in enumerate(self.sentence) if i == start), len(tokens)]
        self.stops = [firsts[number + 1] for number in self.numbers]
        self.starts: list[int] = columns["IDX"]
        self.ends = [start + length for start, length in zip(self.starts, columns["LENGTH"], strict=True)]
        self.marks = list(accumulate(columns["IS_PUNCT"], initial=0))
        tags, lowers, lemmas = (_strings(doc, columns[name]) for name in ("POS", "LOWER", "LEMMA"))
        self.tags: list[str] = [tags[pos] for pos in columns["POS"]]
        self.lowers: list[str] = [lowers[word] for word in columns["LOWER"]]
        lemmas = {lemma: string.lower() for lemma, string in lemmas.items()}
        self.lemmas: list[str] = [lemmas[lemma] for lemma in columns["LEMMA"]]
        no_word = zip(columns["IS_PUNCT"], columns["IS_SPACE"], self.tags, strict=True)
        self.silent = [bool(mark or blank or tag in ("PUNCT", "SPACE")) for mark, blank, tag in no_word]
        self.heads: list[int] = [(i + head) % 2**64 for i, head in enumerate(heads)]  # told as unsigned distances
        below: defaultdict[int, list[Token]] = defaultdict(list)
        for i, head in enumerate(self.heads):
            if head != i:
                below[head].append(tokens[i])
        self.hanging: list[tuple[Token, ...]] = [tuple(below[i]) if i in below else () for i in range(len(tokens))]
        self.dependents = list(self.hanging)
        self.names: dict[int, tuple[Token, ...]] = {}
        self.tops: dict[int, Token] = {}
        for start, end in _names(columns["ENT_IOB"]):
            name = tokens[start:end]
            shared = tuple([child for one in self.hanging[start:end] for child in one if not start <= child.i < end])
            tops = (i for i in range(start, end) if self.heads[i] == i or not start <= self.heads[i] < end)
            for i in range(start, end):
                self.names[i], self.dependents[i] = name, shared
            if len(name) > 1:
                self.tops |= dict.fromkeys(range(start, end), tokens[next(tops, start)])
        labels = {relation: tuple({string, kinds[relation]}) for relation, string in strings.items()}
        self.related: list[dict[str, list[Token]]] = [{} if found else _NONE for found in self.dependents]
        for related, found in zip(self.related, self.dependents, strict=True):
            for child in found:
                for label in labels[relations[child.i]]:
                    if label in related:
                        related[label].append(child)
                    else:
                        related[label] = [child]


_NONE: dict[str, list[Token]] = {}
_COLUMNS: list[int | str] = [
    "HEAD", "DEP", "POS", "SENT_START", "ENT_IOB", "IS_PUNCT", "IS_SPACE", "IDX", "LENGTH", "LOWER", "LEMMA",
]  # fmt: skip
_INSIDE, _BEGINS = 1, 3
"""How spaCy tells in ``ENT_IOB`` that a word goes on with a name, and that it begins one."""


def _strings(doc: Doc, keys: Sequence[int]) -> dict[int, str]:
    """The strings that a column of a Doc has the keys of."""
    return {key: doc.vocab.strings[key] for key in set(keys)}


def _names(marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches of names: a beginning with what goes on behind it (a stray "I" goes with what is before it)."""
    start = 0
    for i, mark in enumerate(marks):
        if mark in (_BEGINS, _INSIDE):
            if mark == _BEGINS or not i or marks[i - 1] not in (_BEGINS, _INSIDE):
                start = i
            if i + 1 == len(marks) or marks[i + 1] != _INSIDE:
                yield start, i + 1


def index(doc: Doc) -> Index:
    """The Doc's index, made when first asked for; a Doc must not change after that."""
    found: Index | None = doc.user_data.get(INDEX)
    if found is None:
        found = doc.user_data[INDEX] = Index(doc)
    return found


def forget(doc: Doc) -> None:
    """Drop the Doc's index, whose tokens hold the Doc."""
    doc.user_data.pop(INDEX, None)


__all__ = ["INDEX", "Index", "forget", "index"]
