"""Misspelt terms of a query: what the ontology or the graph has instead."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import names
from kg.ask import finding
from kg.ask.sparql import Token, declared, place, suggestion, tokenized
from kg.errors import OntologyError, QueryError
from kg.store import Store

if TYPE_CHECKING:
    from kg.ask.values import Value
    from kg.ontology import Query

_NAMING = ("rdfs:label", "skos:altLabel")


def check(store: Store, text: str, prefixes: tuple[str, ...]) -> None:
    """Raise QueryError for a term that nothing knows but that is nearly one of those known.

    For our own prefix before a query is run; for others, whose terms may be right though this graph has none, only
    when there was no answer.
    """
    for token in _foreign(text, prefixes):
        if token.text in _ontology_terms() or _occurs(store, token.text):
            continue
        own_terms = {name for name in _ontology_terms() if name.startswith(f"{token.prefix}:")}
        if hint := suggestion(token.text, own_terms | _store_terms(store, token.prefix)):
            raise QueryError(f"{token.text} at {place(text, token.start)} is unknown{hint}")


def hint(store: Store, text: str, named: Query | None, parameters: Mapping[str, Value]) -> str:
    """Why there may have been no answer: a name, or the address of a node, that the graph does not have.

    One sentence with what may have been meant; empty where every name is known, or none is near.
    """
    given = [(p.type, str(parameters[p.name])) for p in named.parameters if parameters.get(p.name)] if named else []
    for class_ in (value for type_, value in given if type_ == "class"):
        if near := _no_class(class_):
            return near
    for name in [value for type_, value in given if type_ == "name"] if named else _compared(text):
        if not finding.is_called(store, name) and (near := finding.near(store, name)):
            return f"nothing in the graph is called {name!r}{near}"
    return _unknown_node(store, text)


def _foreign(text: str, prefixes: tuple[str, ...]) -> list[Token]:
    """The prefixed names of a query with one of those prefixes, as we and not the query declare them."""
    tokens = tokenized(text)
    own = declared(tokens)
    names_ = [token for token in tokens if token.kind == "name" and token.prefix in prefixes]
    return [token for token in names_ if token.prefix not in own and not token.text.endswith(":")]


def _compared(text: str) -> list[str]:
    """The strings that a query asks for as names (``rdfs:label "Amazon"``)."""
    tokens = tokenized(text)
    pairs = itertools.pairwise(tokens)
    return [value.text.strip("\"'") for property_, value in pairs
            if value.kind == "string" and property_.text in _NAMING]  # fmt: skip


def _no_class(given: str) -> str:
    """The complaint about a class that the ontology does not have, by its local name in any case, with what is near."""
    local = given.partition(":")[2] or given
    known = {term.partition(":")[2] for term in _ontology_terms() if term.startswith("kg:") and term[3:4].isupper()}
    wanted = local.replace(" ", "").casefold()
    if not known or any(class_.casefold() == wanted for class_ in known):
        return ""
    near = finding.meant(local, known)
    return f"the ontology has no class {given!r}{near}" if near else ""


def _unknown_node(store: Store, text: str) -> str:
    """The complaint about a node of the graph (``entity:amazn``) that it does not have, where one is nearly so."""
    short = [token.text for token in _foreign(text, names.DATA_KINDS)]
    whole = [token.text[1:-1].removeprefix(store.base).replace("/", ":", 1) for token in tokenized(text)
             if token.kind == "iri" and token.text[1:].startswith(store.base)]  # fmt: skip
    for name in (*short, *whole):
        prefix, _, local = name.partition(":")
        home = names.mint(prefix, "", base=store.base)
        if prefix in names.DATA_KINDS and local and not _in_graph(store, home + local):
            known = {f"{prefix}:{iri[len(home) :]}" for iri in _subjects(store) if iri.startswith(home)}
            if near := suggestion(name, known):
                return f"the graph has no {name}{near}"
    return ""


def _subjects(store: Store) -> set[str]:
    """The IRIs of all that has a class."""
    found = store.inner.quads_for_pattern(None, ox.NamedNode(names.expand("rdf:type")), None, None)
    return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}


def _in_graph(store: Store, iri: str) -> bool:
    """Whether anything is told of a node, or with it; also where its address is none."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return True
    patterns = (store.inner.quads_for_pattern(node, None, None), store.inner.quads_for_pattern(None, None, node))
    return any(next(found, None) is not None for found in patterns)


def _occurs(store: Store, name: str) -> bool:
    """Whether the graph has a term as a property or as a value."""
    try:
        term = ox.NamedNode(names.expand(name))
    except ValueError:
        return False
    patterns = (store.inner.quads_for_pattern(None, term, None), store.inner.quads_for_pattern(None, None, term))
    return any(next(found, None) is not None for found in patterns)


def _store_terms(store: Store, prefix: str) -> set[str]:
    """The properties and classes of the graph under one prefix."""
    query = "SELECT DISTINCT ?t WHERE { { SELECT DISTINCT ?t WHERE { ?s ?t ?o } } UNION { ?s a ?t } }"
    space = names.PREFIXES[prefix]
    rows: Any = store.inner.query(query, use_default_graph_as_union=True)
    iris = (row["t"].value for row in rows)
    return {f"{prefix}:{iri[len(space) :]}" for iri in iris if iri.startswith(space)}


@lru_cache(maxsize=1)
def _ontology_terms() -> frozenset[str]:
    from kg import ontology

    try:
        return frozenset(name for name in ontology.load().labels if name.partition(":")[0] in names.PREFIXES)
    except OntologyError:
        return frozenset()
