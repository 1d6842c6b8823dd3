"""Lemmas by edit trees: what a word's form loses and gains on its way to the lemma, learned as one label a tree.

    running -> run      the same tree as sunning -> sun: "ning" goes at the end
    men -> man          "e" becomes "a" before the last letter

Edit trees are those of Chrupała (2008), as spaCy implements them. A label is kept as an example that anyone can
read, and its tree is built again from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from spacy.pipeline._edit_tree_internals.edit_trees import EditTrees
from spacy.strings import StringStore

Example = tuple[str, str]
"""A form and its lemma. A form in lower case stands for forms of any case, one with a capital for forms as written."""


class Edits:
    """Edit trees numbered by their examples."""

    def __init__(self, examples: Sequence[Sequence[str]]) -> None:
        self._trees = EditTrees(StringStore())
        self._keys = [self._key(form, lemma) for form, lemma in examples]
        self._numbers = {key: number for number, key in enumerate(self._keys)}

    def __len__(self) -> int:
        return len(self._keys)

    def _key(self, form: str, lemma: str) -> tuple[bool, int]:
        """Whether the form's case is kept, and the tree."""
        kept = not lemma.islower() and any(map(str.isalpha, lemma))
        return kept, self._trees.add(form if kept else form.lower(), lemma)

    def number(self, form: str, lemma: str) -> int:
        """The label that leads from a form to a lemma, -1 where none does."""
        return self._numbers.get(self._key(form, lemma), -1)

    def apply(self, number: int, form: str) -> str | None:
        """The lemma that a label gives of a form, None where its tree does not fit.

        >>> Edits([("running", "run")]).apply(0, "Sunning"), Edits([("running", "run")]).apply(0, "sun")
        ('sun', None)
        """
        kept, tree = self._keys[number]
        found: str | None = self._trees.apply(tree, form if kept else form.lower())
        return found or None


def examples(pairs: Iterable[Example], *, least: int) -> list[Example]:
    """One example for each tree that is seen at least so often, the commonest first; its own commonest pair."""
    trees = Edits(())
    counts: dict[tuple[bool, int], Counter[Example]] = {}
    for (form, lemma), count in Counter(pairs).items():
        key = trees._key(form, lemma)
        counts.setdefault(key, Counter())[(form if key[0] else form.lower()), lemma] += count
    kept = [seen for seen in counts.values() if seen.total() >= least]
    kept.sort(key=lambda seen: (-seen.total(), min(seen)))
    return [min(seen, key=lambda pair: (-seen[pair], pair)) for seen in kept]
