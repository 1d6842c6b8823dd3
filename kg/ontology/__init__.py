"""The ontology as tables: `ontology/*.ttl` -> `Ontology`; a faulty row names its file and subject.

What a word means lives in Turtle (`ontology/README.md` is its manual): classes and relations in ``kg.ttl``, frames
("to buy is an acquisition, its subject the buyer") in ``frames/*.ttl``, words of saying in ``cues.ttl``, kinds of
common nouns in ``nouns.ttl``, named queries in ``queries/*.rq``. Here they become frozen tables that the stages look
words up in. Names are prefixed names throughout ("kg:Acquisition"); words are lemmas in lower case.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kg.ontology.assemble import build
from kg.ontology.queries import queries, read_query
from kg.ontology.rows import directory
from kg.ontology.tables import (
    Cue, Filler, Frame, Implication, Ontology, Parameter, Pattern, Property, Query, Slot, Standing, Support,
)  # fmt: skip


def load(extra: Iterable[str | Path] = ()) -> Ontology:
    """The shipped ontology, with the Turtle files of ``extra`` (files, or folders of ``*.ttl``) added to it.

    Raises OntologyError, naming file and subject, for Turtle that cannot be read or a row that makes no sense.
    """
    added = [Path(item) for item in extra]
    return build([*_shipped(), *_expanded(added)]) if added else _load_shipped()


@lru_cache(maxsize=1)
def _load_shipped() -> Ontology:
    return build(_shipped())


def _shipped() -> list[Path]:
    root = directory()
    return [root / "kg.ttl", root / "cues.ttl", root / "nouns.ttl", *sorted((root / "frames").glob("*.ttl"))]


def _expanded(paths: Iterable[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.glob("*.ttl")) if path.is_dir() else [path])]


__all__ = [
    "Cue", "Filler", "Frame", "Implication", "Ontology", "Parameter", "Pattern", "Property", "Query", "Slot",
    "Standing", "Support", "directory", "load", "queries", "read_query",
]  # fmt: skip
