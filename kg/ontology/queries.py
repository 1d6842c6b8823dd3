"""The named queries: `ontology/queries/*.rq` -> `Query`.

A query is plain SPARQL that runs as it stands. Its head comments give its title and its parameters; a parameter
``buyer`` is the variable ``?param_buyer``, projected by the query so that an engine can bind it to a value
(``substitutions=`` of pyoxigraph, ``initBindings=`` of rdflib). Nothing is ever pasted into the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import OntologyError
from kg.ontology.rows import directory
from kg.ontology.tables import Parameter, ParameterType, Query


@lru_cache(maxsize=1)
def queries() -> Mapping[str, Query]:
    """The named queries of ``ontology/queries/*.rq``, by name.

    Raises OntologyError where a query's head comments lack its title or a parameter is written wrongly.
    """
    files = sorted((directory() / "queries").glob("*.rq"))
    return MappingProxyType({file.stem: read_query(file) for file in files})


def read_query(file: Path) -> Query:
    """A named query out of its file: first comment line the title, then ``# param NAME: TYPE[, optional][: HELP]``.

    ``# example: kg ask …`` is a command that asks it.
    """
    text = file.read_text(encoding="utf-8")
    head: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line.lstrip("#").strip())
    title = head[0] if head else ""
    if not title or title.startswith("param "):
        raise OntologyError(str(file), "has no title; begin it with a comment line that says what it asks")
    parameters = tuple(_parameter(file, line) for line in head[1:] if line.startswith("param "))
    for parameter in parameters:
        if f"?{parameter.variable}" not in text:
            raise OntologyError(str(file), f"declares {parameter.name} but has no ?{parameter.variable}")
    examples = tuple(line.removeprefix("example:").strip() for line in head[1:] if line.startswith("example:"))
    return Query(file.stem, title, text, parameters, examples)


def _parameter(file: Path, line: str) -> Parameter:
    name, _, rest = line.removeprefix("param ").partition(":")
    described, _, explanation = rest.partition(":")
    kind, _, option = (part.strip() for part in described.partition(","))
    types: Mapping[str, ParameterType] = {
        "name": "name", "class": "class", "text": "text", "integer": "integer", "number": "number", "date": "date",
    }  # fmt: skip
    if not name.strip().isidentifier() or kind not in types or option not in ("", "optional"):
        raise OntologyError(str(file), f"has {line!r}; write 'param NAME: TYPE[, optional][: HELP]'")
    return Parameter(name.strip(), types[kind], option == "optional", explanation.strip())
