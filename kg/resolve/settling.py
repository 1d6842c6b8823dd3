"""What is decided anew when articles come or go: only names that share something with one of theirs, and in what order.

What comes out is a function of all articles alone:

1. the entities of each name are placed (``facets``): this looks at the name alone;
2. short names go to full ones (``shorts``): this looks at how all names are placed, not at where they went;
3. nodes get one above them (``tree``), and trees their keys: this looks at names and at how these are placed.

So it is enough to look again at the names of the articles that come and go; at the names that they are called by beside
these, which may be short for them; and at the names that are shorter variants of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.resolve.facets import facets, one_person, persons
from kg.resolve.memory import Local, Memory
from kg.resolve.review import Review
from kg.resolve.rows import batches
from kg.resolve.shorts import shorts
from kg.resolve.tree import Trees


class Settling:
    """One change of the articles: names are noted before it, all is decided anew after it.

    Where there was no article before, all names are looked at, and need not be looked for.
    """

    def __init__(self, memory: Memory, trees: Trees) -> None:
        self._memory, self._trees = memory, trees
        self.whole = not memory.holds()
        self._touched: set[str] = set()
        self._blocks: set[str] = set()
        self._tops: set[str] = set()
        self._near: set[str] = set()

    @property
    def _review(self) -> Review:
        return self._trees.review

    def note(self, buckets: Iterable[str]) -> None:
        """Note names whose entities are about to change, with what hangs on them as it is now."""
        if self.whole:
            self._touched.update(buckets)
            return
        for some in batches(sorted(set(buckets) - self._touched)):
            self._touched.update(some)
            self._blocks |= self._memory.blocks(some)
            self._look(some)

    def _look(self, buckets: Iterable[str]) -> None:
        """Note the trees of some names, and the names below their nodes and those that could be."""
        for some in batches(buckets):
            for nodes in batches(self._trees.nodes(some)):
                self._tops.update(map(self._trees.above, nodes))
                self._near |= self._memory.below([node.id for node in nodes])
            self._near |= self._trees.shorter(some)

    def settle(self) -> set[str]:
        """Decide anew; the articles in which an entity has another key than before."""
        self._memory.loading.names()
        self._note_more()
        for some in batches(sorted(self._touched)):
            self._place(some)
        if self.whole:
            self._memory.stay_all()
        self._memory.loading.nodes()
        self._trees.describe(sorted(self._touched))
        moved = self._attach(sorted(self._touched | self._called()))
        if not self.whole:
            self._look(sorted(self._touched | moved))
        tops = self._trees.update(sorted(self._touched | moved | self._near)) | self._tops
        return self._trees.name(self._trees.tops(tops))

    def _note_more(self) -> None:
        """Names that hang on those of the articles by the gazetteer, or by what people decided."""
        if self.whole:
            return
        for some in batches(self._touched):
            self._blocks |= self._memory.blocks(some)
        things = {block[1:] for block in self._blocks if block[0] == "#"}
        decided = {name for bucket in self._touched for name in self._review.beside(bucket)}
        self.note(name for name in things | decided if self._memory.knows(name))

    def _called(self) -> set[str]:
        """The names that are words by which something touched is called, its surname or its initials."""
        return self._memory.called({block[1:] for block in self._blocks if block[0] in "=^@"})

    def _place(self, buckets: list[str]) -> None:
        """Which of the entities of each of some names are one node."""
        memory = self._memory
        groups, taken = memory.groups(buckets), memory.things(buckets)
        found = {bucket: facets(bucket, told, taken=bucket in taken) for bucket, told in groups.items()}
        memory.place_all((node, bucket, label) for bucket, nodes in found.items() for label, node in nodes.items())
        for bucket, nodes in found.items():
            people = nodes.get("Person")
            if people is not None and not one_person([one for one in groups[bucket] if nodes[one.label] == people]):
                rows = [row for row in memory.locals(bucket) if nodes[row.thing or row.kind] == people]
                placed = persons(people, rows, self._apart)
                for row in rows:
                    memory.place(row, placed[_at(row)])
        for row in memory.courteous(buckets):
            if " " not in row.words:  # «Mr. Green» without more holds for the article alone
                memory.place(row, f"{row.bucket}-{row.article.rsplit('-', 1)[1][:8]}")
        for bucket in buckets if self._review.others else ():
            for article, own in self._review.taken_out(bucket):
                for row in memory.locals(bucket):
                    if row.article == article:
                        memory.place(row, own)

    def _attach(self, buckets: list[str]) -> set[str]:
        """Send short names to the full name that they stand for; the names of which any entity has another node now."""
        moved: set[str] = set()
        again: set[str] = set()
        for some in batches(buckets):
            called = sorted(self._memory.called_as(some))
            found = {bucket: nodes for bucket in called if (nodes := shorts(self._memory, bucket, self._review))}
            stayed = self._memory.stay([bucket for bucket in some if bucket not in found])
            changed = {bucket for bucket, nodes in found.items() if self._assign(bucket, nodes)}
            moved |= stayed.keys() | changed
            again.update(changed, (bucket for bucket, others in stayed.items() if others))
        if not self.whole:
            self._look(sorted(moved))
        self._trees.describe(sorted(again))
        return moved

    def _assign(self, bucket: str, nodes: dict[tuple[str, int], str]) -> bool:
        """Send some entities of a name to a full one; whether any has another node than before."""
        changed = False
        for row in self._memory.locals(bucket):
            node = nodes.get(_at(row), row.placed)
            if row.node != node:
                self._memory.assign(row, node)
                changed = True
        return changed

    def _apart(self, some: Sequence[Local], others: Sequence[Local]) -> bool:
        """Whether two groups of entities of one name have no telling name in common."""
        own = some[0].bucket
        mine, theirs = (
            {row.bucket for one in group for row in self._memory.of_article(one.article) if row.telling} - {own}
            for group in (some, others)
        )
        return not mine & theirs


def _at(row: Local) -> tuple[str, int]:
    return row.article, row.place


__all__ = ["Settling"]
