"""Question -> Answer: SPARQL, or a named query with its parameters, over the union of all graphs; reading only."""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import names
from kg.ask import sparql
from kg.ask.sparql import place, suggestion
from kg.ask.values import Value, bindings, python_value
from kg.errors import OntologyError, QueryError
from kg.records import Answer, Facts
from kg.store import Store

if TYPE_CHECKING:
    from kg.ontology import Query


def ask(
    store: Store,
    question: str,
    *,
    parameters: Mapping[str, Value] | None = None,
    timeout: float | None = None,
    queries: Mapping[str, Query] | None = None,
    facts: Facts = "all",
) -> Answer | str:
    """The answer to a named query or to SPARQL text: rows for SELECT and ASK, Turtle for CONSTRUCT and DESCRIBE.

    ``parameters`` are bound to the query's variables of these names, never pasted into its text. ``timeout`` is in
    seconds. ``queries`` are the named queries, by default the ontology's. ``facts`` leaves the graph of reported, or of
    asserted, facts out of the union. Raises QueryError, with the place and a
    suggestion, for a question that cannot be read, that would write or fetch something, or that took too long.
    """
    known = _named() if queries is None else queries
    named = known.get(question.strip())
    if named is None and re.fullmatch(r"\s*[\w-]+\s*", question):
        hint = suggestion(question.strip(), known, all_of_them=True)
        raise QueryError(f"there is no question {question.strip()!r}{hint}; or write SPARQL")
    text = named.text if named else question
    sparql.refuse(text)
    _check_terms(store, text, ("kg",))
    bound = bindings(named, parameters or {})
    if unused := sorted(set(bound) - {token.text[1:] for token in sparql.tokenized(text) if token.kind == "variable"}):
        raise QueryError(f"the query has no variable ?{unused[0]} to bind the parameter to")
    open_ = {parameter.variable for parameter in named.parameters} - set(bound) if named else set()
    ready, added = sparql.with_parameters(text, bound, open_)
    answer = _limited(lambda stop: _run(store, ready, bound, added, stop, facts), timeout)
    if isinstance(answer, Answer) and answer.rows in ((), ((False,),)):
        _check_terms(store, text, ("kg", "schema", "rel"))
    return answer


def _run(
    store: Store,
    text: str,
    bound: Mapping[str, ox.Literal | ox.NamedNode],
    added: set[str],
    stop: threading.Event,
    facts: Facts,
) -> Answer | str:
    prefixes = names.prefixes(store.base)
    terms: dict[ox.Variable, Any] = {ox.Variable(name): term for name, term in bound.items()}
    union = not sparql.names_its_graphs(text)  # the store would take the union even so
    only: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    if union and facts != "all":
        hidden = names.mint("graph", "reported" if facts == "asserted" else "asserted", base=store.base)
        only = [graph for graph in store.inner.named_graphs() if graph != ox.NamedNode(hidden)]
    try:
        result = store.inner.query(
            text, prefixes=prefixes, use_default_graph_as_union=union and only is None, default_graph=only,
            substitutions=terms,
        )  # fmt: skip
        if isinstance(result, ox.QueryBoolean):
            return Answer(("answer",), ((bool(result),),))
        if isinstance(result, ox.QuerySolutions):
            return _rows(result, added, stop)
        triples = sorted(set(_until(result, stop)), key=str)
    except SyntaxError as error:
        raise sparql.syntax_error(text, error, prefixes) from error
    except RuntimeError as error:
        hint = "; name the parameter among the columns after SELECT" if "projection" in str(error) else ""
        raise QueryError(f"the query cannot be answered: {error}{hint}") from error
    return _turtle(triples, prefixes)


def _turtle(triples: list[ox.Triple], prefixes: Mapping[str, str]) -> str:
    """Triples as Turtle, with those prefixes that are used, in order (the serializer's own order is random)."""
    lines = [str(triple) for triple in triples]
    used = {prefix: iri for prefix, iri in prefixes.items() if any(f"<{iri}" in line for line in lines)}
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used)
    assert data is not None
    written = data.decode("utf-8").split("\n")
    return "\n".join([*sorted(written[: len(used)]), *written[len(used) :]])


def _rows(result: ox.QuerySolutions, added: set[str], stop: threading.Event) -> Answer:
    """The rows; columns that only carry a parameter are left out."""
    shown = [item for item in result.variables if item.value not in added and not item.value.startswith("param_")]
    rows = tuple(tuple(python_value(row[item]) for item in shown) for row in _until(result, stop))
    return Answer(tuple(item.value for item in shown), rows)


def _until(items: Any, stop: threading.Event) -> Iterator[Any]:
    for item in items:
        if stop.is_set():
            return
        yield item


def _limited(run: Callable[[threading.Event], Answer | str], timeout: float | None) -> Answer | str:
    """Run within a time limit.

    The caller goes on at the limit; what the store computes cannot be stopped from here and may go on in the
    background until its next row. Where that matters, ask in a process of its own, as the server does.
    """
    stop = threading.Event()
    if timeout is None:
        return run(stop)
    done: queue.SimpleQueue[Answer | str | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            done.put(run(stop))
        except BaseException as error:  # handed to the caller's thread
            done.put(error)

    threading.Thread(target=work, daemon=True, name="kg-ask").start()
    try:
        outcome = done.get(timeout=max(timeout, 0.0))
    except queue.Empty:
        stop.set()
        raise QueryError(f"the query took more than {timeout:g} s and was stopped; ask for less, or LIMIT it") from None
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


# ---- misspelt terms


def _check_terms(store: Store, text: str, prefixes: tuple[str, ...]) -> None:
    """Raise QueryError for a term that nothing knows but that is nearly one of those known.

    For our own prefix before a query is run; for others, whose terms may be right though this graph has none, only
    when there was no answer.
    """
    tokens = sparql.tokenized(text)
    own = sparql.declared(tokens)
    for token in tokens:
        if token.kind != "name" or token.prefix not in prefixes or token.prefix in own or token.text.endswith(":"):
            continue
        if token.text in _ontology_terms() or _occurs(store, token.text):
            continue
        own_terms = {name for name in _ontology_terms() if name.startswith(f"{token.prefix}:")}
        if hint := suggestion(token.text, own_terms | _store_terms(store, token.prefix)):
            raise QueryError(f"{token.text} at {place(text, token.start)} is unknown{hint}")


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
def _named() -> Mapping[str, Query]:
    from kg import ontology

    return ontology.queries()


@lru_cache(maxsize=1)
def _ontology_terms() -> frozenset[str]:
    from kg import ontology

    try:
        return frozenset(name for name in ontology.load().labels if name.partition(":")[0] in names.PREFIXES)
    except OntologyError:
        return frozenset()


__all__ = ["ask", "bindings", "python_value"]
