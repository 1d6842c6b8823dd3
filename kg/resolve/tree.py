"""Nodes -> trees: which names are variants of one name, and the key that a whole tree has in the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.records import Kind
from kg.resolve.memory import Memory, Node
from kg.resolve.review import Review, plain
from kg.resolve.rows import batches, coarse
from kg.resolve.variants import Likeness, abbreviates, persons, things

_BROAD: Final = frozenset(("Organization", "Product", "Work", "Event", "Law", "Other"))
_MARKS: Final = "~&%#"
"""With which those blocks begin that two variants of a name share, or two names of one thing."""
ABOVE: Final = ">"
"""What stands in the id of a node of short names between the name and the node of the full one."""


class Trees:
    """The nodes of a graph as they hang together; each has at most one above it, always one with a longer name."""

    def __init__(self, memory: Memory, review: Review) -> None:
        self._memory, self.review = memory, review

    def describe(self, buckets: Iterable[str]) -> None:
        """Bring the nodes of some names up to what their articles tell; what is above them stays."""
        for some in batches(buckets):
            told, known = self._memory.told(some), self._memory.nodes_of(some)
            owner = {id_: bucket for bucket, nodes in known.items() for id_ in nodes}
            for bucket in some:
                for new in told.get(bucket, ()):
                    old = known[bucket].pop(new.id, None)
                    if old is None or old[:7] != new[:7]:
                        self._memory.write_node(new if old is None else Node(*new[:7], *old[7:]))
                        known[owner.get(new.id, bucket)].pop(new.id, None)  # two names may come to one id
                for id_ in known[bucket]:
                    self._memory.drop_node(id_)

    def update(self, buckets: Iterable[str]) -> set[str]:
        """Decide anew what is above the nodes of some names; the tops of all trees that may be others now."""
        tops: set[str] = set()
        below: list[str] = []
        for some in batches(buckets):
            beside = self._memory.beside(some, _MARKS)
            for node in self.nodes(some):
                tops.add(self.above(node))
                parent, why = self._parent(node) if node.bucket in beside or ABOVE in node.id else (None, None)
                new = node._replace(parent=parent, reason=why.reason if why else None, score=why.score if why else None)
                if new != node:
                    self._memory.write_node(new)
                if parent is None:
                    tops.add(node.id)
                else:
                    below.append(node.id)
        return tops | {self.top(id_) for id_ in below}

    def nodes(self, buckets: Sequence[str]) -> Iterator[Node]:
        """The nodes of some names."""
        return (node for nodes in self._memory.nodes_of(buckets).values() for node in nodes.values())

    def above(self, node: Node) -> str:
        """The node that nothing is above, from a node on."""
        return node.id if node.parent is None else self.top(node.id)

    def top(self, id_: str) -> str:
        """The node that nothing is above."""
        for _ in range(50):
            node = self._memory.node(id_)
            if node is None or node.parent is None or self._memory.node(node.parent) is None:
                return id_
            id_ = node.parent
        return id_

    def tops(self, ids: Iterable[str]) -> set[str]:
        """The nodes above some, of those that are there."""
        found: set[str] = set()
        for some in batches(ids):
            found.update(id_ if above is None else self.top(id_) for id_, above in self._memory.parents(some).items())
        return found

    def shorter(self, buckets: Sequence[str]) -> set[str]:
        """The names that may be shorter ones of some names, by themselves or as the gazetteer has it."""
        beside = sorted(self._memory.beside(buckets, _MARKS))
        return {name for node in self.nodes(beside) if ABOVE not in node.id for name in self._shorter(node)}

    def _shorter(self, node: Node) -> set[str]:
        return {
            other.bucket
            for other in self._beside(node)
            if (node.thing and other.thing == node.thing) or (_length(other) < _length(node) and _variant(other, node))
        }

    def members(self, top: str) -> Iterator[Node]:
        """A tree from its top down."""
        node = self._memory.node(top)
        if node is not None:
            yield node
            for child in self._memory.children(top):
                yield from self.members(child.id)

    def cluster(self, top: str) -> dict[str, list[Node]]:
        """A tree, and the trees that people merged with it, by their tops."""
        found: dict[str, list[Node]] = {}
        todo = [top]
        while todo:
            at = todo.pop()
            if at not in found:
                found[at] = list(self.members(at))
                todo += sorted({self.top(other) for node in found[at] for other in self.decided(node)})
        return {at: found[at] for at in sorted(found)}

    def decided(self, node: Node) -> Iterator[str]:
        """The nodes that people merged with one."""
        for group in self.review.merged(node.bucket):
            nodes = [id_ for part in group for id_ in self._named(part)]
            if node.id in nodes:
                yield from (id_ for id_ in nodes if id_ != node.id)

    def _named(self, part: str) -> list[str]:
        """The nodes that a name of the review stands for: of an article, with it as id, or all that have it."""
        name, at, article = part.partition("@")
        if at:
            local = self._memory.local(name, article)
            return [local.node] if local and local.node else []
        return [name] if self._memory.node(name) is not None else [node.id for node in self._memory.nodes(name)]

    # ---- above

    def _parent(self, node: Node) -> tuple[str | None, Likeness | None]:
        if node.id in self.review.single:
            return None, None
        if ABOVE in node.id:
            full = self._memory.node(node.id.partition(ABOVE)[2])
            return (full.id, _why_short(node, full)) if full else (None, None)
        found = [(other, why) for other in self._near(node) if (why := self._alike(node, other)) is not None]
        thing = self._thing(node)
        listed = [(other, why) for other, why in found if thing and self._thing(other) == thing]
        if not found or not (listed or _one_line([other for other, _ in found])):
            return None, None
        found = listed or found
        best, why = min(found, key=lambda pair: (-pair[1].score, -coarse(pair[0].articles), pair[0].id))
        return best.id, why

    def _near(self, node: Node) -> list[Node]:
        """The nodes with a longer name that share a block."""
        return [other for other in self._beside(node) if _length(other) > _length(node)]

    def _beside(self, node: Node) -> list[Node]:
        """The nodes of other names that share a block, or are the same thing in the gazetteer."""
        blocks = {block for block in self._memory.blocks([node.bucket]) if block[0] in "~&%"}
        blocks |= {f"#{node.thing}"} if node.thing else set()
        buckets = self._memory.buckets(blocks) - {node.bucket}
        others = (other for bucket in sorted(buckets) for other in self._memory.nodes(bucket))
        return [other for other in others if ABOVE not in other.id]

    def _alike(self, node: Node, other: Node) -> Likeness | None:
        """Why a node and one with a longer name are one, where nothing speaks against it."""
        if other.id in self.review.single or self._split(node, other):
            return None
        if (mine := self._thing(node)) and (theirs := self._thing(other)):
            names = f"{node.words} and {other.words} are names of one thing in the gazetteer ({mine})"
            return Likeness(names, 0.95, wants_more=False) if mine == theirs else None
        if (node.kind == "Person") != (other.kind == "Person") or not _compatible(node.kind, other.kind):
            return None
        why = _variant(node, other)
        if why is None or self._memory.together(node.bucket, other.id):
            return None
        return why if not why.wants_more or self._connected(node, other) else None

    def _split(self, node: Node, other: Node) -> bool:
        """Whether people split the two, or one of them from what the other is alike."""
        if self.review.apart(node.bucket, other.bucket):
            return True
        pairs = ((node, other), (other, node))
        return any(self._like_any(one, self.review.rivals(leaving.bucket)) for leaving, one in pairs)

    def _like_any(self, node: Node, buckets: Iterable[str]) -> bool:
        """Whether the name of a node is a variant of any of some names."""
        others = (other for bucket in buckets for other in self._memory.nodes(bucket))
        return any(_variant(*sorted((node, other), key=_length)) for other in others)

    def _connected(self, node: Node, other: Node) -> bool:
        """Whether an article of one shares a telling name with an article of the other."""
        few, many = sorted((node, other), key=lambda one: (one.articles, one.id))
        return any(self._memory.shared(article, many.id, few.id) for article in self._memory.articles_of(few.id))

    # ---- keys

    def name(self, tops: Iterable[str]) -> set[str]:
        """Give each tree its key; the articles in which an entity has another than before."""
        changed: set[str] = set()
        named: set[str] = set()
        for some in batches(sorted(tops)):
            keys: dict[str, str] = {}
            single = self._memory.single(some)
            for top in some:
                if top not in named:
                    alone = single.get(top)
                    cluster = self.cluster(top) if alone is None or self.review else {top: [alone]}
                    named.update(cluster)
                    nodes = [node for tree in cluster.values() for node in tree]
                    keys.update(self._keys(nodes, merged=len(cluster) > 1))
            changed |= self._memory.name(keys)
        return changed

    def _keys(self, nodes: list[Node], *, merged: bool) -> Iterator[tuple[str, str]]:
        """The key of each node of a tree; of trees that people ``merged``, one key whatever the gazetteer says."""
        things = {node.id: self._thing(node) for node in nodes}
        known = sorted(set(filter(None, things.values())))
        key = known[0] if len(known) == 1 or (known and merged) else _key(nodes)
        for id_, thing in things.items():
            yield id_, key if merged else thing or key

    def _thing(self, node: Node) -> str:
        """The thing in the gazetteer that a node is; "" too where people split its name from the usual one."""
        own, usual = plain(node.bucket), plain(node.thing)
        if node.id in self.review.single:
            return ""
        if not node.thing or not self.review or own == usual:
            return node.thing
        left = {own, usual} & self.review.alone or any(
            {one, other} == {own, usual}
            or (one == own and any(rival.thing == node.thing for rival in self._memory.nodes(other)))
            for one, other in self.review.pairs
        )
        return "" if left else node.thing


def _length(node: Node) -> tuple[int, int, str]:
    return len(node.words.split()), len(node.words), node.id


def _compatible(one: Kind, other: Kind) -> bool:
    return one == other or "Other" in (one, other) or {one, other} <= _BROAD


def _variant(short: Node, long: Node) -> Likeness | None:
    """Why two names, the shorter one first, may be of one thing."""
    return (persons if short.kind == "Person" else things)(short.words, long.words)


def _one_line(nodes: list[Node]) -> bool:
    """Whether several longer names can all be of one thing: «George W. Bush» and «George H. W. Bush» cannot."""
    for one in nodes:
        for other in nodes:
            short, long = sorted((one, other), key=_length)
            if short is not long and _variant(short, long) is None:
                return False
    return True


def _why_short(node: Node, full: Node) -> Likeness:
    if node.kind == "Person":
        return Likeness(f"{node.words} is the surname, or a name by itself, of {full.words}", 0.8, wants_more=True)
    if abbreviates(node.words, full.words):
        return Likeness(f"{node.words} are the initials of {full.words}", 0.9, wants_more=False)
    return Likeness(f"other articles call {full.words} so", 0.8, wants_more=True)


def _key(nodes: list[Node]) -> str:
    """The key of a tree: the name that most articles give in full, the longest of those that about as many do."""

    def rank(node: Node) -> tuple[bool, int, int, str]:
        return " " not in node.words, -coarse(node.articles), -len(node.words), node.id

    full = [node for node in nodes if ABOVE not in node.id and node.words]
    return min(full or nodes, key=rank).id.partition(ABOVE)[0]


__all__ = ["ABOVE", "Trees"]
