"""A treebank's sentence on the words that the server will meet, where its tokenizer cuts otherwise.

    EWT        B  &  W        the server    B&W        one word, with the head of "B"
    EWT        pan-Arab       the server    pan - Arab the last part is the word, the rest is left open
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.language.kinds import ANY, ONLY_OUTSIDE
from kg.language.train.treebank import Sentence

Group = tuple[int, int, int, int]
"""Gold words [start, end) and the server's words [start, end) with the same characters."""


def aligned(sentence: Sentence, words: Sequence[str]) -> Sentence | None:
    """The sentence on other words of the same text; None where they are not the same characters."""
    groups = list(_groups(sentence.words, words))
    if not groups or groups[-1][1] != len(sentence.words) or groups[-1][3] != len(words):
        return None
    place = [0] * len(sentence.words)
    for start, end, first, last in groups:
        for word in range(start, end):
            place[word] = first + word - start if end - start == last - first else last - 1
    rows = [row for group in groups for row in _rows(sentence, group, place)]
    columns = list(zip(*rows, strict=True))
    names, heads, labels, upos, xpos, feats, lemmas = (list(column) for column in columns)
    return replace(
        sentence, words=list(words), names=names, heads=heads, labels=labels, upos=upos, xpos=xpos, feats=feats,
        lemmas=lemmas, misc=[],
    )  # fmt: skip


def _groups(gold: Sequence[str], words: Sequence[str]) -> Iterator[Group]:
    """The smallest stretches of both that have the same characters."""
    start = first = two = 0
    ends = _ends(words)
    length = 0
    for one, word in enumerate(gold):
        length += len(_plain(word))
        while two < len(ends) and ends[two] < length:
            two += 1
        if two < len(ends) and ends[two] == length:
            yield start, one + 1, first, two + 1
            start, first = one + 1, two + 1


def _plain(word: str) -> str:
    return "".join(word.split())


def _ends(words: Sequence[str]) -> list[int]:
    ends, length = [], 0
    for word in words:
        length += len(_plain(word))
        ends.append(length)
    return ends


Row = tuple[int, int, str, str, str, str, str]


def _rows(sentence: Sentence, group: Group, place: Sequence[int]) -> Iterator[Row]:
    """What is known of the server's words of a stretch; -1 and "" stand for nothing."""
    start, end, first, last = group
    inside = range(start, end)
    top = next((word for word in inside if not start < sentence.heads[word] <= end), start)
    same = end - start == last - first
    for word in range(first, last):
        gold = start + word - first if same else top
        if not same and word < last - 1:
            only = sentence.names[top] == ONLY_OUTSIDE
            yield ONLY_OUTSIDE if only else ANY, -1, "", "", "", "", "_"
            continue
        head = sentence.heads[gold]
        allowed = sentence.names[gold] if same or end - start == 1 == last - first else _names(sentence, group)
        lemma = sentence.lemmas[gold] if same or end - start == 1 else "_"
        moved = place[head - 1] + 1 if head > 0 else head
        tags = (sentence.labels[gold], sentence.upos[gold], sentence.xpos[gold], sentence.feats[gold])
        yield allowed, moved, *tags, lemma


def _names(sentence: Sentence, group: Group) -> int:
    """Labels that a joined or cut word may have: no name if no part is one, otherwise anything."""
    outside = all(sentence.names[word] == ONLY_OUTSIDE for word in range(group[0], group[1]))
    return ONLY_OUTSIDE if outside else ANY
