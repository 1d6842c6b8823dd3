"""Other names of countries, from ``ontology/gazetteer/countries.ttl``.

The file keeps to one line a country, so that this stage reads it without an RDF library; a line that breaks the
form is an error that names it, never skipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from kg import ontology
from kg.errors import OntologyError

_LITERAL = re.compile(r'"([^"\\]+)"@en')
_ROW = re.compile(
    r'country:[a-z-]+ a schema:Country ; skos:prefLabel ("[^"\\]+"@en)'
    r'(?: ; skos:altLabel ("[^"\\]+"@en(?:, "[^"\\]+"@en)*))?'
    r"(?: ; owl:sameAs <http://www\.wikidata\.org/entity/Q[0-9]+>)?(?: ; kg:ambiguous true)? \."
)


def canonical(form: str) -> str | None:
    """The usual name of the country that goes by a form, both lower case, no dots; None where it is no country's.

    >>> canonical("us"), canonical("britain"), canonical("american")
    ('united states', 'united kingdom', None)
    """
    return _countries().get(form)


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    return MappingProxyType(read(ontology.directory() / "gazetteer" / "countries.ttl"))


def read(path: Path) -> dict[str, str]:
    """Every form of every country in a file -> its preferred name, in lower case without dots.

    Raises OntologyError for a line that is not in the form, and for a name that two countries claim.
    """
    table: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith(("#", "@prefix ")):
            continue
        row = _ROW.fullmatch(line.strip())
        if row is None:
            raise OntologyError(f"{path}:{number}", "is not in the form that the head of the file shows; mend the line")
        usual = _plain(_LITERAL.findall(row[1])[0])
        for form in {usual, *map(_plain, _LITERAL.findall(row[2] or ""))}:
            if table.setdefault(form, usual) != usual:
                raise OntologyError(f"{path}:{number}", f"calls “{form}” what line of “{table[form]}” claims already")
    return table


def _plain(form: str) -> str:
    return form.casefold().replace(".", "").replace("’", "'")
