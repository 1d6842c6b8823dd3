"""The words for members of countries and parties, from ``ontology/gazetteer/members.ttl``: "American", "Labour".

The file keeps to one line a body, so that this stage reads it without an RDF library; a line that breaks the form is
an error that names it, never skipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from kg import ontology
from kg.errors import OntologyError

_ROW = re.compile(
    r'(country|party):[a-z-]+ skos:prefLabel "([^"\\]+)"@en ; kg:memberWord ("[^"\\]+"@en(?:, "[^"\\]+"@en)*) \.'
)
_LITERAL = re.compile(r'"([^"\\]+)"@en')


class Body(NamedTuple):
    """A country or party by its usual name."""

    sort: Literal["country", "party"]
    name: str


def bodies() -> Mapping[str, Body]:
    """Every word for a member, as it is written, and what they are a member of.

    >>> bodies()["American"], bodies()["Tory"].name
    (Body(sort='country', name='United States'), 'Conservative Party')
    """
    return _bodies()


@lru_cache(maxsize=1)
def _bodies() -> Mapping[str, Body]:
    return MappingProxyType(read(ontology.directory() / "gazetteer" / "members.ttl"))


@lru_cache(maxsize=1)
def beginnings() -> frozenset[str]:
    """The first of the words of each, to look no further where none stands."""
    return frozenset(word.partition(" ")[0] for word in bodies())


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """The usual names of the countries and parties."""
    return frozenset(body.name for body in bodies().values())


def read(path: Path) -> dict[str, Body]:
    """Every word of a file with its country or party.

    Raises OntologyError for a line that is not in the form, and for a word that two bodies claim.
    """
    table: dict[str, Body] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith(("#", "@prefix ")):
            continue
        row = _ROW.fullmatch(line.strip())
        if row is None:
            raise OntologyError(f"{path}:{number}", "is not in the form that the head of the file shows; mend the line")
        body = Body("country" if row[1] == "country" else "party", row[2])
        for word in _LITERAL.findall(row[3]):
            if table.setdefault(word, body) != body:
                raise OntologyError(f"{path}:{number}", f"calls its members “{word}”, as “{table[word].name}” does")
    return table


__all__ = ["Body", "beginnings", "bodies", "names", "read"]
