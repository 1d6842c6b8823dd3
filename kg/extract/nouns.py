"""What kind of thing a common noun stands for: the ontology's table over the one counted in GUM."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

from kg.ontology import Ontology


@lru_cache(maxsize=1)
def counted() -> dict[str, str]:
    """Noun lemma -> kind of record, as GUM's training documents use the noun."""
    table = resources.files("kg.extract") / "nouns.json"
    found: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
    return found


def kinds(ontology: Ontology) -> dict[str, str]:
    """Noun lemma -> kind of record; the ontology's own statements win."""
    return {**counted(), **ontology.nouns}
