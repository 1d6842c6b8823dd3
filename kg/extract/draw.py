"""A parsed sentence -> one plain line a word: the word, its place in the tree, its tags and its relation.

The tree hangs in the order of the words; every word stands one step to the right of its head, on a bar that begins
below the head's first letter:

    ┌─ Acme      nsubj
    bought       root
    ├─ Bolt      obj
    │  ┌─ in     case
    └─ May       obl
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span

WIDEST = 30
"""How wide a tree's column may get before its steps are made narrower."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence; ``start`` and ``end`` are offsets in the text, ``head`` is the head's own word.

    ``tree`` is the piece of the tree's drawing that stands before the word; ``name`` the kind of the name that the
    word belongs to.
    """

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    relation: str
    head: str | None
    name: str
    tree: str


def words(sentence: Span) -> tuple[Word, ...]:
    """The words of one sentence of a parsed Doc, with its tree; white space that is a token is left out."""
    tokens = [token for token in sentence if not token.is_space]
    place = {token.i: number for number, token in enumerate(tokens)}
    heads = [None if token.head == token else place.get(token.head.i) for token in tokens]
    return tuple(
        Word(
            token.text, token.idx, token.idx + len(token), token.lemma_, token.pos_, token.tag_,
            "root" if head is None else token.dep_, None if head is None else tokens[head].text, token.ent_type_, drawn,
        )
        for token, head, drawn in zip(tokens, heads, tree(heads), strict=True)
    )  # fmt: skip


def tree(heads: Sequence[int | None]) -> list[str]:
    """What is drawn before each word of a tree that is given by the place of each word's head (None: a root).

    An arc that crosses another is drawn dashed and hangs on no bar.

    >>> for drawn, word in zip(tree([1, None, 1, 4, 1]), "Acme bought Bolt in May".split()): print(drawn + word)
    ┌─ Acme
    bought
    ├─ Bolt
    │  ┌─ in
    └─ May
    """
    paths = [_path(heads, word) for word in range(len(heads))]
    bars = _bars(heads, paths)
    step = max(1, min(3, WIDEST // max(1, max(map(len, paths), default=1) - 1)))
    return [_before(path, bars, step) for path in paths]


def _path(heads: Sequence[int | None], word: int) -> list[int]:
    """The word's ancestors from the root down, and the word."""
    path = [word]
    while (head := heads[path[0]]) is not None and head not in path:
        path.insert(0, head)
    return path


def _bars(heads: Sequence[int | None], paths: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """From where to where each word's bar goes: to the furthest of the children whose arcs cross no other."""
    bars = [(word, word) for word in range(len(heads))]
    for word, head in enumerate(heads):
        if head is None:
            continue
        between = range(min(word, head) + 1, max(word, head))
        if all(head in paths[other] for other in between):
            first, last = bars[head]
            bars[head] = (min(first, word), max(last, word))
    return bars


def _before(path: Sequence[int], bars: Sequence[tuple[int, int]], step: int) -> str:
    """The bars of a word's ancestors that pass it, and the arc to its head."""
    if len(path) == 1:
        return ""
    word, *above = path[-1], *path[:-1]
    ranges = [bars[ancestor] for ancestor in above[:-1]]
    passing = "".join(("│" if first < word < last else " ").ljust(step) for first, last in ranges)
    first, last = bars[above[-1]]
    if not first <= word <= last:
        return passing + ("╌" * max(1, step - 1)).ljust(step)
    corner = "┌" if word == first else "└" if word == last else "├"
    return passing + (corner + "─" * min(1, step - 1)).ljust(step)
