"""An article in the graph before a change and after it, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

Change = Literal["added", "replaced", "removed", "unchanged"]


@dataclass(frozen=True, slots=True)
class State:
    """What the graph has from an article before a change, what it is to have after it, and what is noted of it."""

    article: ox.NamedNode
    before: frozenset[ox.Quad]
    told: frozenset[ox.Quad]
    noted: frozenset[ox.Quad]


def what_became(state: State, older: Sequence[ox.NamedNode] | None) -> Change:
    """What became of an article; ``older`` are other states of it that went."""
    if state.before == state.told:
        return "unchanged"
    return "removed" if not state.told else "replaced" if state.before or older else "added"


__all__ = ["Change", "State", "what_became"]
