"""Made-up awkward names and odd case, so that the network learns to see names in plain words.

Real companies are called by adjectives, numbers and verbs; treebanks hold few of them. The words come
from the treebank itself; one name in five is that of a listed company, since these are awkward by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from kg.language.kinds import KINDS, ONLY_OUTSIDE, PLACES_IN_NAME, label, listed, mask, places
from kg.language.train.treebank import Document, Sentence

OPENERS = listed("One First Second Two Three Blue Red Green Big Next Open New True Good Bright Smart Black Clear All")
ENDINGS = listed(
    "Inc. Corp. Ltd. LLC Co. Group Holdings Partners Labs Health Media Capital Systems Bank Energy Foods Motors "
    "Airlines Pharmaceuticals Technologies Ventures Insurance Studios News Times Journal"
)
LINKS = ("with", "for", "by", "of", "on", "from")


@dataclass(frozen=True, slots=True)
class Name:
    """Words of a made-up name with tags and tree; a head of -1 is outside."""

    words: list[str]
    upos: list[str]
    xpos: list[str]
    heads: list[int]
    labels: list[str]


class Namer:
    """Draws names out of the nouns, adjectives and verbs of the treebank, and out of a list of companies."""

    def __init__(
        self, documents: Iterable[Document], random: Random, companies: Sequence[Sequence[str]] = ()
    ) -> None:
        self.random = random
        self.companies = [list(words) for words in companies if _is_plain(words)]
        counts: Counter[tuple[str, str]] = Counter()
        for document in documents:
            for sentence in document:
                counts.update(zip(sentence.words, sentence.xpos, strict=True))
        self.lists: dict[str, list[str]] = {}
        for tag in ("NN", "NNS", "JJ", "VB", "NNP", "VBG"):
            found = (word for (word, kind), count in counts.items() if kind == tag and count > 1)
            self.lists[tag] = sorted(word for word in found if word.isalpha() and 2 < len(word) < 12)

    def word(self, *tags: str) -> str:
        """A word with one of the tags, with a capital."""
        return self.random.choice(self.lists[self.random.choice(tags)]).title()

    def single(self) -> str:
        """A name of one word."""
        draw = self.random.random()
        if draw < 0.45:
            return self.word("NN", "NNS", "VB", "JJ")
        if draw < 0.6:
            return "".join(self.random.choices("ABCDEFGHIKLMNOPRSTUVW", k=self.random.choice((2, 3, 3, 4))))
        if draw < 0.85:
            joined = self.word("NN", "JJ", "VB") + self.word("NN")
            return joined if self.random.random() < 0.6 else joined.capitalize()
        return self.random.choice(("i", "e", "")) + self.word("NN", "VB") + self.random.choice(("ly", "ify", "", "o"))

    def pair(self) -> list[str]:
        """A name of two words."""
        draw = self.random.random()
        if draw < 0.3:
            return [self.random.choice(OPENERS), self.word("NN", "JJ", "NNS")]
        if draw < 0.6:
            return [self.word("JJ", "NN"), self.word("NN", "NNS", "JJ")]
        if draw < 0.75:
            return [self.word("VB", "NNP", "VBG"), self.word("NN", "NNS")]
        return [self.random.choice((self.single(), self.word("NNP"))), self.random.choice(ENDINGS)]

    def make(self) -> Name:
        """A name of one to five words."""
        if self.companies and self.random.random() < 0.2:
            words = self.random.choice(self.companies)
            return _joined(words[0], "&", words[2]) if words[1:2] == ["&"] else _compound(words)
        draw = self.random.random()
        if draw < 0.2:
            return _compound([self.single()])
        if draw < 0.62:
            return _compound(self.pair())
        if draw < 0.76:
            return _compound([*self.pair(), self.random.choice((*ENDINGS, self.word("NN")))])
        if draw < 0.86:
            first = self.single() if self.random.random() < 0.5 else self.word("NNP")
            return _joined(first, "&", self.random.choice(("Co.", "Sons", self.word("NNP", "NN"))))
        return _joined(self.word("VB", "NN", "NNS", "NNP"), self.random.choice(LINKS), self.word("NN", "JJ", "NNP"))


def _is_plain(words: Sequence[str]) -> bool:
    """Whether a company's name is a row of words, or two with "&" between them."""
    return all(word[0].isalnum() for word in words) or (len(words) == 3 and words[1] == "&")


def _compound(words: list[str]) -> Name:
    count = len(words)
    return Name(words, ["PROPN"] * count, ["NNP"] * count, [count - 1] * (count - 1) + [-1], ["compound"] * count)


def _joined(first: str, link: str, second: str) -> Name:
    """ "Bank of America" and "Smith & Co.": the first word is the head."""
    if link == "&":
        upos, xpos, labels = ["PROPN", "CCONJ", "PROPN"], ["NNP", "CC", "NNP"], ["", "cc", "conj"]
    else:
        upos, xpos, labels = ["PROPN", "ADP", "PROPN"], ["NNP", "IN", "NNP"], ["", "case", "nmod"]
    return Name([first, link, second], upos, xpos, [-1, 2, 0], labels)


def gold_spans(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Spans whose kind the gold says without doubt."""
    table = {1 << label(kind, place): (kind, place) for kind in KINDS for place in PLACES_IN_NAME}
    found = []
    start = 0
    for position, allowed in enumerate(sentence.names):
        kind, place = table.get(allowed, ("", ""))
        if place in ("B", "S"):
            start = position
        if place in ("E", "S"):
            found.append((start, position + 1, kind))
    return found


def splice(sentence: Sentence, start: int, end: int, kind: str, name: Name) -> Sentence:
    """The sentence with a name put in the place of a span; the tree is kept around it."""
    count = len(name.words)
    marks = [mask([kind], place) for place in places(count)]
    words = [*sentence.words[:start], *name.words, *sentence.words[end:]]
    names = [*sentence.names[:start], *marks, *sentence.names[end:]]
    if not sentence.heads:
        return Sentence(words, names)
    top = next(at for at in range(start, end) if not start < sentence.heads[at] <= end)
    new_top = start + name.heads.index(-1)

    def moved(head: int) -> int:
        if head <= start:
            return head
        return new_top + 1 if head <= end else head + count - (end - start)

    inner = [moved(sentence.heads[top]) if head < 0 else start + head + 1 for head in name.heads]
    labels = [sentence.labels[top] if head < 0 else tag for head, tag in zip(name.heads, name.labels, strict=True)]
    heads = [moved(head) for head in sentence.heads]
    return replace(
        sentence, words=words, names=names, misc=[],
        lemmas=[*sentence.lemmas[:start], *name.words, *sentence.lemmas[end:]],
        feats=[*sentence.feats[:start], *map(_features, name.upos), *sentence.feats[end:]],
        heads=[*heads[:start], *inner, *heads[end:]],
        labels=[*sentence.labels[:start], *labels, *sentence.labels[end:]],
        upos=[*sentence.upos[:start], *name.upos, *sentence.upos[end:]],
        xpos=[*sentence.xpos[:start], *name.xpos, *sentence.xpos[end:]],
    )  # fmt: skip


def _features(upos: str) -> str:
    return "Number=Sing" if upos == "PROPN" else "_"


def _one_unit(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a span of proper nouns has one word whose head is outside, and not in a flat list."""
    if not sentence.heads:
        return True
    tops = [at for at in range(start, end) if not start < sentence.heads[at] <= end]
    return len(tops) == 1 and set(sentence.upos[start:end]) <= {"PROPN", "ADP", "CCONJ", "DET", "PUNCT"}


def with_new_names(sentence: Sentence, namer: Namer, *, rate: float) -> Sentence:
    """The sentence with some of its organisations and products called otherwise."""
    for start, end, kind in reversed(gold_spans(sentence)):
        eligible = kind in ("Organization", "Product") and _one_unit(sentence, start, end)
        if eligible and namer.random.random() < rate:
            sentence = splice(sentence, start, end, kind, namer.make())
    return sentence


DROPPED = ("aux:pass", "cop", "det")


def as_headline(sentence: Sentence) -> Sentence:
    """The sentence as a headline tells it: without articles, forms of "be" and the full stop.

    "A bridge was closed in the north." becomes "Bridge closed in north".
    """
    count = len(sentence.words)
    parents = {head - 1 for head in sentence.heads}

    def goes(at: int) -> bool:
        if at in parents or sentence.names[at] != ONLY_OUTSIDE:
            return False
        article = sentence.lemmas[at] in ("the", "a", "an", "be") and sentence.labels[at] in DROPPED
        return article or (at == count - 1 and sentence.words[at] == ".")

    kept = [at for at in range(count) if not goes(at)]
    if len(kept) < 4 or not sentence.heads:
        return sentence
    place = {at: new for new, at in enumerate(kept, 1)}
    words = [sentence.words[at] for at in kept]
    words[0] = words[0][:1].upper() + words[0][1:]

    def column(values: Sequence[str]) -> list[str]:
        return [values[at] for at in kept]

    return replace(
        sentence, words=words, misc=[], names=[sentence.names[at] for at in kept],
        heads=[place[sentence.heads[at] - 1] if sentence.heads[at] else 0 for at in kept],
        labels=column(sentence.labels), upos=column(sentence.upos), xpos=column(sentence.xpos),
        feats=column(sentence.feats), lemmas=column(sentence.lemmas),
    )  # fmt: skip


def with_odd_case(sentences: Sequence[Sentence], random: Random) -> list[Sentence]:
    """Now and then a copy in lower case, in Title Case or in capitals, as headlines and posts have."""
    draw = random.random()
    if draw < 0.025:
        return [replace(sentence, words=[word.lower() for word in sentence.words]) for sentence in sentences]
    if draw < 0.04:
        return [replace(sentence, words=[word.upper() for word in sentence.words]) for sentence in sentences]
    if draw < 0.065:
        return [replace(sentence, words=[_title(word) for word in sentence.words]) for sentence in sentences]
    return list(sentences)


def _title(word: str) -> str:
    """With a capital, unless it is a small joining word."""
    small = word in ("of", "the", "and", "in", "to", "a", "for", "on", "at", "'s")
    return word if small else word[:1].upper() + word[1:]
