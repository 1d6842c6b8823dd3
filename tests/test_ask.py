"""Questions: answers as Python values, named queries with parameters, and what is refused."""

from __future__ import annotations

import builtins
import datetime
import http.server
import io
import json
import threading
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import emit, names, ontology
from kg.ask import ask, hint, results
from kg.ask.results import Table, sparql_json, tsv
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


# ---- the standard forms


TYPED = "SELECT ?a ?name ?when ?none { ?a kg:acquired ?b ; rdfs:label ?name . ?e kg:time ?when }"


def test_results_keep_the_types_of_terms_as_the_standard_has_them() -> None:
    data = json.loads(results(STORE, TYPED, "sparql-json"))
    assert data["head"] == {"vars": ["a", "name", "when", "none"]}
    (row,) = data["results"]["bindings"]
    assert row == {
        "a": {"type": "uri", "value": names.mint("entity", "northwind")},
        "name": {"type": "literal", "value": "Northwind"},
        "when": {"type": "literal", "value": "2029-07", "datatype": names.expand("xsd:gYearMonth")},
    }
    assert json.loads(results(STORE, "ASK { ?s ?p ?o }", "sparql-json")) == {"head": {}, "boolean": True}
    assert json.loads(results(STORE, "ASK { <a:b> ?p ?o }", "sparql-json"))["boolean"] is False


@pytest.mark.parametrize(
    ("form", "syntax"), [("sparql-json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV)]
)
def test_results_are_what_the_store_itself_reads_and_would_write(form: Any, syntax: ox.QueryResultsFormat) -> None:
    for query in (TYPED, "SELECT ?x { ?x kg:buyer ?y } LIMIT 0", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"):
        read = ox.parse_query_results(results(STORE, query, form).encode(), format=syntax)
        direct = STORE.inner.query(query, prefixes=names.prefixes(), use_default_graph_as_union=True)
        assert isinstance(read, ox.QuerySolutions) and isinstance(direct, ox.QuerySolutions)
        shown = [name.value for name in direct.variables]
        assert [name.value for name in read.variables] == shown
        assert [[row[name] for name in shown] for row in read] == [[row[name] for name in shown] for row in direct]


@settings(max_examples=200, deadline=None)
@given(st.text(), st.sampled_from(["", "=", "+", "-", "@", "\t", "\r"]))
def test_any_text_is_read_back_from_the_standard_forms_and_is_no_formula(words: str, sign: str) -> None:
    literal = ox.Literal(sign + words.encode("utf-8", "replace").decode())
    table = Table(("x",), ((literal,), (None,), (ox.NamedNode("a:b"),), (ox.Literal("é", language="fr"),)))
    for text, syntax in ((sparql_json(table), ox.QueryResultsFormat.JSON), (tsv(table), ox.QueryResultsFormat.TSV)):
        read = ox.parse_query_results(text.encode(), format=syntax)
        assert isinstance(read, ox.QuerySolutions)
        assert [row["x"] for row in read] == [row[0] for row in table.rows]
    assert not tsv(table).splitlines()[1].startswith(('"=', '"+', '"-', '"@'))


def test_rdflib_reads_our_results() -> None:
    rdflib = pytest.importorskip("rdflib")
    from rdflib.query import Result

    for form in ("json", "tsv"):
        text = results(STORE, TYPED, "sparql-json" if form == "json" else "tsv")
        (row,) = Result.parse(source=io.BytesIO(text.encode()), format=form)
        assert row["name"] == rdflib.Literal("Northwind") and str(row["when"]) == "2029-07"


def test_the_answer_of_a_construct_has_no_rows_for_a_table() -> None:
    with pytest.raises(QueryError, match="is Turtle and has no rows for tsv; ask with SELECT"):
        results(STORE, "CONSTRUCT WHERE { ?s kg:acquired ?o }", "tsv")


def test_results_hide_the_columns_of_parameters() -> None:
    text = results(STORE, "owners", "tsv", parameters={"least": 1}, queries={"owners": NAMED})
    assert text == '?a\n"Northwind"\n'


# ---- names that nothing has


@pytest.mark.parametrize(
    ("question", "parameters", "words"),
    [
        ("acquisitions", {"buyer": "Northwnd"}, "nothing in the graph is called 'Northwnd'; did you mean Northwind?"),
        ("acquisitions", {"target": "lantern"}, "did you mean Blue Lantern?"),
        ("acquisitions", {"buyer": "northwind", "target": "Blue Lantern"}, ""),
        ("acquisitions", {"buyer": "Xyzzy"}, ""),
        ("events", {"class": "Acquisitoin"}, "the ontology has no class 'Acquisitoin'; did you mean Acquisition?"),
        ("events", {"class": "acquisition"}, ""),
        ("events", {"class": "cost target"}, ""),
        ('SELECT * { ?x rdfs:label "Northwint" }', {}, "did you mean Northwind?"),
        ('SELECT * { ?x rdfs:label "Northwind" ; rdfs:comment "Northwint" }', {}, ""),
        ("SELECT * { entity:northwnd ?p ?o }", {}, "the graph has no entity:northwnd; did you mean entity:northwind?"),
        ("SELECT * { <https://w3id.org/newskg/entity/northwnd> ?p ?o }", {}, "did you mean entity:northwind?"),
        ("PREFIX d: <https://w3id.org/newskg/> SELECT * { ?x a <https://w3id.org/newskg/ontology#X> }", {}, ""),
        ("SELECT * { entity:northwind kg:owns ?o }", {}, ""),
        ("PREFIX entity: <a:> SELECT * { entity:northwnd ?p ?o }", {}, ""),
    ],
)
def test_where_there_is_no_answer_a_hint_says_which_name_may_be_meant(
    question: str, parameters: dict[str, Any], words: str
) -> None:
    found = hint(STORE, question, parameters=parameters)
    assert found.endswith(words) if words else found == ""


def test_a_hint_is_no_error() -> None:
    assert rows("acquisitions", buyer="Northwnd") == []
    assert rows("SELECT * { entity:northwnd ?p ?o }") == []


# ---- in a notebook


HOSTILE = "<script>alert(1)</script>"


def test_a_notebook_shows_answers_and_no_markup_of_theirs() -> None:
    html = Answer((HOSTILE, "xLabel"), ((HOSTILE, "https://a.example/x\"><script>"), (None, 3)))._repr_html_()
    assert "<script" not in html and "&lt;script&gt;alert" in html and "<th>x</th>" in html
    assert 'title="https://a.example/x&quot;&gt;&lt;script&gt;"' in html and "<td></td><td>3</td>" in html


def test_a_notebook_shows_turtle_as_it_stands_and_the_first_of_many_rows() -> None:
    assert Answer(("turtle",), (("<a:b> <c:d> '<i>' .",),))._repr_html_() == (
        "<pre>&lt;a:b&gt; &lt;c:d&gt; &#x27;&lt;i&gt;&#x27; .</pre>"
    )
    many = Answer(("n",), tuple((number,) for number in range(1234)))
    assert many._repr_html_().count("<tr>") == 201 and "200 of 1,234 rows; df() has all" in many._repr_html_()


def test_an_answer_as_a_data_frame() -> None:
    pytest.importorskip("pandas")
    frame = Answer(("a", "n"), (("x", 1), ("y", None))).df()
    assert list(frame.columns) == ["a", "n"] and list(frame["a"]) == ["x", "y"] and len(frame) == 2


def test_without_pandas_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError, match="pip install"):
        Answer(("a",), ((1,),)).df()
