"""Short names of one article -> the full name that they stand for: «Trump», «BBC», «Insider».

The article itself never gives the full name. It is known from other articles, which use both; where two could be
meant, or nothing else connects the article with the ones that give the full name, the short name stays by itself.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from kg.resolve.given import usual_alone
from kg.resolve.memory import Local, Memory, Node
from kg.resolve.profile import surname
from kg.resolve.review import Review
from kg.resolve.rows import coarse
from kg.resolve.variants import abbreviates
from kg.resolve.words import GENERATION

CLEARLY: Final = 3
"""How many times more often one full name must be meant by the short one than any other."""
USUAL: Final = 5
"""In how many articles a person must be spoken of for a surname alone to be enough, where nobody shares it."""


OFTEN: Final = 25
"""How many articles to each that asks may speak of a node whose company is looked up as a whole."""


class Candidate(NamedTuple):
    """A full name that a short one may stand for: its node, the articles that use both, whether by initials."""

    node: Node
    both: int
    initials: bool


class Shared:
    """How many telling names articles share with those of some nodes; where many ask, the names are looked up once."""

    def __init__(self, memory: Memory, asking: int) -> None:
        self._memory, self._asking = memory, asking
        self._names: dict[str, set[str]] = {}

    def count(self, row: Local, nodes: list[Node]) -> dict[str, int]:
        """The number for each node; none of them may be spoken of in the article of the row."""
        few = [node for node in nodes if self._asking > 1 and node.articles <= OFTEN * self._asking]
        own = self._memory.telling(row.article) if few else []
        found = {node.id: self._of(node, row, own) for node in few}
        others = (node.id for node in nodes if node.id not in found)
        return found | {id_: self._memory.shared(row.article, id_, row.placed) for id_ in others}

    def _of(self, node: Node, row: Local, own: list[tuple[str, str | None]]) -> int:
        if node.id not in self._names:
            self._names[node.id] = self._memory.telling_beside(node.id)
        names = self._names[node.id]
        return len({name for name, placed in own if placed not in (node.id, row.placed) and name in names})


def shorts(memory: Memory, bucket: str, review: Review) -> dict[tuple[str, int], str]:
    """Article and place of the entities of a name that stand for a full one, with their node from now on.

    Such a node is ``<name>><node of the full name>``: it has that one above it, and never gives the key.
    """
    found: dict[tuple[str, int], str] = {}
    for people in (True, False):
        first = memory.first(bucket, people=people)
        if first is None or (people and " " in first.words):
            continue
        candidates = [
            one
            for one in (_people if people else _things)(memory, first)
            if one.node.bucket != bucket and not review.apart(bucket, one.node.bucket)
            and one.node.id not in review.single
        ]  # fmt: skip
        if candidates:
            found |= _of_sort(memory, bucket, candidates, review, people=people)
    return found


def _of_sort(
    memory: Memory, bucket: str, candidates: list[Candidate], review: Review, *, people: bool
) -> dict[tuple[str, int], str]:
    """What becomes of the people of a name, or of what is no person."""
    found = {}
    rows = memory.locals(bucket)
    shared = Shared(memory, len(rows))
    for row in rows:
        # What the gazetteer knows needs no guess, and what people decided none either.
        if row.thing or (row.kind == "Person") != people or (bucket, row.article) in review.others:
            continue
        if (meant := _meant(memory, row, candidates, shared)) is not None:
            found[row.article, row.place] = f"{bucket}>{meant.node.id}"
    return found


def _people(memory: Memory, row: Local) -> list[Candidate]:
    """Persons whose surname it is, or whom other articles call so."""
    both = memory.spelled(f"={row.words}")
    ids = set(memory.spelled(f"^{row.words}")) | set(both)
    nodes = [node for id_ in sorted(ids) if (node := memory.stand(id_)) is not None]
    return [
        Candidate(node, both.get(node.id, 0), False)
        for node in nodes
        if node.kind == "Person" and " " in node.words and (surname(node.words) == row.words or node.id in both)
    ]


def _things(memory: Memory, row: Local) -> list[Candidate]:
    """Things whose initials it is, or that other articles call so."""
    both = memory.spelled(f"={row.words}")
    ids = set(both) | (set(memory.spelled(f"@{row.words}")) if " " not in row.words else set())
    nodes = [node for id_ in sorted(ids) if (node := memory.stand(id_)) is not None]
    alone = coarse(memory.articles_calling(row.bucket))
    return [
        Candidate(node, both.get(node.id, 0), abbreviates(row.words, node.words))
        for node in nodes
        if node.kind != "Person" and len(node.words) > len(row.words) and _compatible(row.kind, node.kind)
        # What begins with a name that is mostly used alone is a part of that thing: «Toyota Research Institute».
        and not (node.words.startswith(f"{row.words} ") and coarse(both.get(node.id, 0)) < alone)
    ]


def _compatible(one: str, other: str) -> bool:
    places = {one, other} & {"Place"}
    return one == other or "Other" in (one, other) or not places


def _meant(memory: Memory, row: Local, candidates: list[Candidate], counted: Shared) -> Candidate | None:
    """The one that this article means."""
    alive = [one for one in candidates if not _denied(memory, row, one)]
    if not alive:
        return None
    shared = counted.count(row, [one.node for one in alive])
    if row.kind == "Person":
        near = [one for one in alive if shared[one.node.id]]
        if not near:
            alone = len(alive) == 1 and alive[0].node.articles >= USUAL and _is_surname(row.words, alive[0].node)
            return alive[0] if alone else None
        return _clear(near, shared)
    known = [one for one in alive if (one.initials and one.both) or shared[one.node.id]]
    ranked = sorted(known, key=lambda one: (-coarse(one.both), -shared[one.node.id], one.node.id))
    if len(ranked) > 1 and coarse(ranked[0].both) < CLEARLY * max(coarse(ranked[1].both), 1):
        return _clear(ranked, shared)
    return ranked[0] if ranked else None


def _is_surname(word: str, node: Node) -> bool:
    """Whether a word by itself can be nothing but a surname: the Elizabeth of an article need not be Elizabeth II."""
    return len(set(node.words.split()) - GENERATION) > 1 and usual_alone(word) is None


def _clear(candidates: list[Candidate], shared: dict[str, int]) -> Candidate | None:
    """The candidate whose articles have clearly more in common with this one."""
    ranked = sorted(candidates, key=lambda one: (-shared[one.node.id], -coarse(one.node.articles), one.node.id))
    if len(ranked) == 1 or shared[ranked[0].node.id] >= 2 * shared[ranked[1].node.id]:
        return ranked[0]
    return None


def _denied(memory: Memory, row: Local, one: Candidate) -> bool:
    """Whether the article itself speaks of both, as two."""
    return memory.speaks(row.article, one.node.id) or (
        not one.initials and row.kind != "Person" and memory.together(row.bucket, one.node.id)
    )


__all__ = ["shorts"]
