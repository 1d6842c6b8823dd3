"""Question -> Answer: SPARQL, or a named query with its parameters, over the union of all graphs; reading only."""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import names
from kg.ask import sparql, terms
from kg.ask.results import Form, Table, sparql_json, tsv
from kg.ask.sparql import suggestion
from kg.ask.values import Value, bindings, python_value
from kg.errors import QueryError
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
    found = _answered(store, question, parameters, timeout, queries, facts)
    if isinstance(found, str):
        return found
    if found.truth is not None:
        return Answer(("answer",), ((found.truth,),))
    return Answer(found.columns, tuple(tuple(python_value(term) for term in row) for row in found.rows))


def results(
    store: Store,
    question: str,
    form: Form,
    *,
    parameters: Mapping[str, Value] | None = None,
    timeout: float | None = None,
    queries: Mapping[str, Query] | None = None,
    facts: Facts = "all",
) -> str:
    """The answer in a standard form for programs, with the types of its terms; the rest is as in ``ask``.

    Raises QueryError also for CONSTRUCT and DESCRIBE, whose answer is Turtle.
    """
    found = _answered(store, question, parameters, timeout, queries, facts)
    if isinstance(found, str):
        raise QueryError(f"the answer of this query is Turtle and has no rows for {form}; ask with SELECT")
    return sparql_json(found) + "\n" if form == "sparql-json" else tsv(found)


def hint(
    store: Store,
    question: str,
    *,
    parameters: Mapping[str, Value] | None = None,
    queries: Mapping[str, Query] | None = None,
) -> str:
    """Why a question may have had no answer: a name in it that nothing in the graph has, with what may be meant.

    One sentence, empty where nothing is near.
    """
    named = (_named() if queries is None else queries).get(question.strip())
    return terms.hint(store, question if named is None else named.text, named, parameters or {})


def no_question(name: str, known: Iterable[str]) -> str:
    """The complaint about a question that there is not, with what may have been meant.

    >>> no_question("acquisitons", ["acquisitions", "jobs"])
    "there is no question 'acquisitons'; did you mean acquisitions?"
    """
    near = suggestion(name, known, all_of_them=True)
    return f"there is no question {name!r}{near}{'' if near.endswith('?') else '; or write SPARQL'}"


def _question(question: str, queries: Mapping[str, Query] | None) -> tuple[Query | None, str]:
    """The named query that is meant, if one is, and the SPARQL text; QueryError for a name that no query has."""
    known = _named() if queries is None else queries
    named = known.get(question.strip())
    if named is None and re.fullmatch(r"\s*[\w-]+\s*", question):
        raise QueryError(no_question(question.strip(), known))
    return named, named.text if named else question


def _answered(
    store: Store,
    question: str,
    parameters: Mapping[str, Value] | None,
    timeout: float | None,
    queries: Mapping[str, Query] | None,
    facts: Facts,
) -> Table | str:
    named, text = _question(question, queries)
    sparql.refuse(text)
    terms.check(store, text, ("kg",))
    bound = bindings(named, parameters or {})
    if unused := sorted(set(bound) - {token.text[1:] for token in sparql.tokenized(text) if token.kind == "variable"}):
        raise QueryError(f"the query has no variable ?{unused[0]} to bind the parameter to")
    open_ = {parameter.variable for parameter in named.parameters} - set(bound) if named else set()
    ready, added = sparql.with_parameters(text, bound, open_)
    answer = _limited(lambda stop: _run(store, ready, bound, added, stop, facts), timeout)
    if isinstance(answer, Table) and not answer.rows and not answer.truth:
        terms.check(store, text, ("kg", "schema", "rel"))
    return answer


def _run(
    store: Store,
    text: str,
    bound: Mapping[str, ox.Literal | ox.NamedNode],
    added: set[str],
    stop: threading.Event,
    facts: Facts,
) -> Table | str:
    prefixes = names.prefixes(store.base)
    substitutions: dict[ox.Variable, Any] = {ox.Variable(name): term for name, term in bound.items()}
    union = not sparql.names_its_graphs(text)  # the store would take the union even so
    only: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    if union and facts != "all":
        hidden = names.mint("graph", "reported" if facts == "asserted" else "asserted", base=store.base)
        only = [graph for graph in store.inner.named_graphs() if graph != ox.NamedNode(hidden)]
    try:
        result = store.inner.query(
            text, prefixes=prefixes, use_default_graph_as_union=union and only is None, default_graph=only,
            substitutions=substitutions,
        )  # fmt: skip
        if isinstance(result, ox.QueryBoolean):
            return Table((), truth=bool(result))
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


def _rows(result: ox.QuerySolutions, added: set[str], stop: threading.Event) -> Table:
    """The rows; columns that only carry a parameter are left out."""
    shown = [item for item in result.variables if item.value not in added and not item.value.startswith("param_")]
    rows = tuple(tuple(row[item] for item in shown) for row in _until(result, stop))
    return Table(tuple(item.value for item in shown), rows)


def _until(items: Any, stop: threading.Event) -> Iterator[Any]:
    for item in items:
        if stop.is_set():
            return
        yield item


def _limited(run: Callable[[threading.Event], Table | str], timeout: float | None) -> Table | str:
    """Run within a time limit.

    The caller goes on at the limit; what the store computes cannot be stopped from here and may go on in the
    background until its next row. Where that matters, ask in a process of its own, as the server does.
    """
    stop = threading.Event()
    if timeout is None:
        return run(stop)
    done: queue.SimpleQueue[Table | str | BaseException] = queue.SimpleQueue()

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
        raise QueryError(
            f"the query took more than {timeout:g} s and was stopped; begin it with what you know best "
            "(a name, a class), LIMIT it, or allow more time (--timeout SECONDS; timeout= in Python)"
        ) from None
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


@lru_cache(maxsize=1)
def _named() -> Mapping[str, Query]:
    from kg import ontology

    return ontology.queries()


__all__ = ["Form", "ask", "bindings", "hint", "python_value", "results"]
