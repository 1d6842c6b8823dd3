"""Questions: answers as Python values, named queries with parameters, and what is refused."""

from __future__ import annotations

import datetime
import http.server
import threading
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import emit, names, ontology
from kg.ask import ask
from kg.ask.sparql import refuse, tokenized
from kg.errors import QueryError
from kg.ontology import Parameter, Query
from kg.records import Answer
from kg.store import Store
from tests.emit.hand import ONTOLOGY, Said, made_up, takeover


def filled() -> Store:
    store = Store(derive=emit.derived)
    for resolution in (takeover(), made_up(1, (Said(0, 1, quoted=True),))):
        store.change(resolution.extraction.article.id, emit.quads(resolution, ONTOLOGY))
    return store


STORE = filled()


def rows(question: str, **parameters: Any) -> list[tuple[Any, ...]]:
    answer = ask(STORE, question, parameters=parameters)
    assert isinstance(answer, Answer)
    return list(answer)


def test_facts_of_all_graphs_answer_a_simple_query_and_a_careful_one_can_tell_them_apart() -> None:
    assert rows("SELECT ?b { entity:northwind kg:acquired ?b }") == [(names.mint("entity", "blue-lantern"),)]
    assert rows("SELECT ?g { GRAPH ?g { ?a kg:owns ?b } }") == [(names.mint("graph", "reported"),)]
    assert rows("ASK FROM graph:asserted { ?a kg:owns ?b }") == [(False,)]
    assert rows("ASK FROM graph:reported { ?a kg:owns ?b }") == [(True,)]


def test_values_are_those_of_python() -> None:
    columns = "?date ?year ?count ?rough ?score ?words ?none ?real ?odd"
    (row,) = rows(
        f"""SELECT {columns} {{ ?a schema:datePublished ?date . FILTER EXISTS {{ ?a schema:publisher ?p }}
        ?e kg:time ?year . ?m schema:value ?count ; kg:approximate ?rough . entity:northwind rdfs:label ?words .
        ?c rdf:predicate kg:price ; kg:confidence ?score . BIND (0.5e0 AS ?real)
        BIND ("2024-13-77"^^xsd:date AS ?odd) }}"""
    )
    assert row == (
        datetime.date(2031, 3, 4), "2029-07", 3900000000, True, Decimal("0.7"), "Northwind", None, 0.5, "2024-13-77",
    )  # fmt: skip
    assert [type(value) for value in row[2:5]] == [int, bool, Decimal]


def test_construct_gives_sorted_turtle_with_the_prefixes_that_are_used() -> None:
    text = ask(STORE, "CONSTRUCT { ?a kg:acquired ?b } WHERE { ?a kg:acquired ?b }")
    assert text == (
        "@prefix entity: <https://w3id.org/newskg/entity/> .\n@prefix kg: <https://w3id.org/newskg/ontology#> .\n"
        "entity:northwind kg:acquired entity:blue-lantern .\n"
    )
    described = ask(STORE, "DESCRIBE entity:northwind")
    assert isinstance(described, str) and 'rdfs:label "Northwind"' in described


def test_the_users_own_prefixes_win() -> None:
    assert rows("PREFIX kg: <https://w3id.org/newskg/entity/> SELECT ?l { kg:northwind rdfs:label ?l }") == [
        ("Northwind",)
    ]
    assert rows("PREFIX kg: <https://x.example/> SELECT ?l { ?x kg:aquired ?l }") == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("SELECT * { ?a kg:aquired ?b }", r"kg:aquired at line 1, column 15 is unknown; did you mean kg:acquired"),
        (
            "SELECT *\n{ ?a schema:jobTitel ?b }",
            r"schema:jobTitel at line 2, column 6 .* did you mean schema:jobTitle\?",
        ),
        ("SELECT * { ?a kq:acquired ?b }", r"prefix 'kq:' at line 1, column 15 is unknown; did you mean kg\?"),
        ("SELECT * { ?a foobar:x ?b }", r"prefix 'foobar:' .* there are amount, article"),
        ("SELECT * {\n ?a kg:acquired ?b", r"cannot be read at line 2, column \d+: expected"),
        ("SELEKT ?a { ?a ?b ?c }", r"cannot be read at line 1, column 1"),
        ("", r"cannot be read"),
        ("acquisitons", r"no question 'acquisitons'; did you mean acquisitions"),
    ],
)
def test_a_mistake_is_shown_with_its_place_and_what_was_meant(question: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        ask(STORE, question)


def test_terms_of_other_vocabularies_and_of_the_graph_are_taken_as_they_are() -> None:
    assert rows("SELECT * { ?a schema:telephone ?b }") == []
    assert rows("SELECT * { ?a <http://xmlns.com/foaf/0.1/name> ?b }") == []
    assert len(rows("SELECT ?c { ?c rdf:predicate rel:relate }")) == 1


# ---- reading only


class Listener(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def do_POST(self) -> None:
        self.asked.append(self.path)
        self.send_error(500)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <{url}> {{ ?a ?b ?c }}",
        "service silent<{url}>{{?a ?b ?c}}",
        "?s ?p 1SERVICE <{url}> {{ ?a ?b ?c }}",
        "?s ?p trueSERVICE:{path} {{ ?a ?b ?c }}",
        "SERVICE:{path} {{ ?a ?b ?c }}",
        "\\u0053ERVICE <{url}> {{ ?a ?b ?c }}",
        '?s ?p "\\u0022 #" . SERVICE <{url}> {{ ?a ?b ?c }}',
        "?s ?p ?o FILTER(?s<?o)SERVICE<{url}>{{?a ?b ?c}}",
        "BIND(<{url}> AS ?u) SERVICE?u{{ ?a ?b ?c }}",
        '?s ?p """ " """ . SERVICE <{url}> {{ ?a ?b ?c }}',
        "# <\n SERVICE <{url}> {{ ?a ?b ?c }}",
        "{{ SELECT * {{ SERVICE <{url}> {{ ?a ?b ?c }} }} }}",
    ],
)
def test_no_query_reaches_another_server(pattern: str) -> None:
    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Listener.asked.clear()
    here = f"http://127.0.0.1:{server.server_port}/"
    try:
        body = pattern.format(url=here + "x", path="x")
        with pytest.raises(QueryError, match="SERVICE"):
            ask(STORE, f"PREFIX : <{here}> SELECT * WHERE {{ {body} }}")
    finally:
        server.shutdown()
        server.server_close()
    assert Listener.asked == []


@pytest.mark.parametrize(
    "question",
    [
        "INSERT DATA { <a:b> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX x: <http://x.example/> LOAD <http://127.0.0.1:9/x>",
        "CLEAR ALL",
        "drop graph <http://x.example/>",
        "WITH <http://x.example/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ; CLEAR ALL",
    ],
)
def test_no_query_changes_the_graph(question: str) -> None:
    before = len(STORE.inner)
    with pytest.raises(QueryError):
        ask(STORE, question)
    assert len(STORE.inner) == before


@pytest.mark.parametrize(
    "question",
    [
        'SELECT ?x { ?x rdfs:label "SERVICE" }',
        "SELECT ?service { ?service rdfs:label ?l } # SERVICE",
        "SELECT ?x { ?x a schema:Service }",
        "SELECT ?x { ?x a <https://schema.org/Service> }",
        "SELECT ?x { ?x rdfs:label '''it's a \"service\"''' }",
    ],
)
def test_the_word_may_stand_where_it_asks_nobody(question: str) -> None:
    assert isinstance(ask(STORE, question), Answer)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_tokens_cover_any_text(text: str) -> None:
    covered = [False] * len(text)
    for token in tokenized(text):
        assert text[token.start : token.start + len(token.text)] == token.text
        covered[token.start : token.start + len(token.text)] = [True] * len(token.text)
    if "SERVICE" in text.upper() and not any(mark in text for mark in "#<\"'?$:"):
        with pytest.raises(QueryError):
            refuse(text)


# ---- parameters


NAMED = Query(
    "owners",
    "Who acquired what",
    "SELECT ?a ?param_least WHERE { ?x kg:acquired ?y . ?x rdfs:label ?a . ?y rdfs:label ?b . "
    "?e kg:price/schema:value ?v . FILTER (?v >= ?param_least) FILTER (!BOUND(?param_of) || ?b = ?param_of) }",
    (Parameter("least", "number", False, "the lowest price"), Parameter("of", "text", True, "")),
)


def owners(**parameters: Any) -> list[tuple[Any, ...]]:
    answer = ask(STORE, "owners", parameters=parameters, queries={"owners": NAMED})
    assert isinstance(answer, Answer)
    assert answer.columns == ("a",)
    return list(answer)


def test_a_named_query_takes_its_parameters_and_hides_their_columns() -> None:
    assert owners(least=1) == [("Northwind",)]
    assert owners(least="1e3", of=None) == [("Northwind",)]
    assert owners(least=4e9) == []
    assert owners(least=1, of="Blue Lantern") == [("Northwind",)]
    assert owners(least=1, of="Northwind") == []


@pytest.mark.parametrize("name", ['" } INSERT', 'x" . ?s ?p ?o . #', "\\", "Blue Lantern\n", "?b", "'''", "<x>"])
def test_a_parameter_is_a_value_and_never_query_text(name: str) -> None:
    assert owners(least=1, of=name) == []


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, "needs least: the lowest price"),
        ({"least": "many"}, "least must be a number, not 'many'"),
        ({"least": 1, "off": "x"}, "no parameter 'off'; did you mean of|no parameter 'off'; there are least, of"),
    ],
)
def test_a_wrong_parameter_is_named(parameters: dict[str, Any], words: str) -> None:
    with pytest.raises(QueryError, match=words):
        owners(**parameters)


def test_parameters_of_ones_own_query_bind_its_variables() -> None:
    question = "SELECT ?l { ?x rdfs:label ?l FILTER (BOUND(?who) && ?l = ?who) }"
    assert rows(question, who="Northwind") == [("Northwind",)]
    assert rows("SELECT ?l { ?x rdfs:label ?l }", x=names.mint("entity", "northwind")) == [("Northwind",)]
    assert rows("SELECT ?d { ?a schema:datePublished ?d FILTER (?d > ?since) }", since=datetime.date(2032, 1, 1)) == []
    assert (
        len(
            rows(
                "SELECT DISTINCT ?d { ?a schema:datePublished ?d FILTER (?d > ?since) }",
                since=datetime.date(2031, 1, 1),
            )
        )
        == 1
    )


def test_the_shipped_questions_can_be_asked() -> None:
    assert ontology.queries()
    for name, query in ontology.queries().items():
        needed = {p.name: "2031-01-01" if p.type == "date" else "1" for p in query.parameters if not p.optional}
        answer = ask(STORE, name, parameters=needed)
        assert isinstance(answer, Answer)
        assert not [column for column in answer.columns if column.startswith("param_")]


def test_a_query_that_takes_too_long_is_given_up() -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(QueryError, match=r"more than 0\.05 s"):
        ask(STORE, endless, timeout=0.05)
    assert ask(STORE, "ASK { ?s ?p ?o }", timeout=60) == Answer(("answer",), ((True,),))
    with pytest.raises(QueryError, match="cannot be read"):
        ask(STORE, "SELECT *", timeout=60)
