"""SPARQL 1.1 Protocol against the running server: how a query may come, how its answer goes, what is refused."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
import rdflib

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
SELECT = "SELECT ?who ?name WHERE { ?who a schema:Person ; rdfs:label ?name } ORDER BY ?name LIMIT 3"
ASK = "ASK { ?claim a kg:Claim }"
CONSTRUCT = "CONSTRUCT { ?a kg:acquired ?b } WHERE { ?a kg:acquired ?b }"
ENTITY = "https://w3id.org/newskg/entity/quillmark-robotics"
BASE = "https://w3id.org/newskg/"


def rows(answer: Any) -> list[dict[str, Any]]:
    assert answer.status == 200, answer.text
    return json.loads(answer.body)["results"]["bindings"]  # type: ignore[no-any-return]


# ---- how a query comes


def test_a_query_comes_in_the_address_in_a_form_and_as_the_body(server: Any) -> None:
    by_get = rows(server.query(SELECT, JSON))
    assert len(by_get) == 3 and all(row["who"]["type"] == "uri" and row["name"]["value"] for row in by_get)
    assert rows(server.post(urlencode({"query": SELECT}), FORM, Accept=JSON)) == by_get
    assert rows(server.post(SELECT, DIRECT, Accept=JSON)) == by_get
    assert rows(server.post(SELECT, f"{DIRECT}; charset=UTF-8", Accept=JSON)) == by_get


def test_letters_of_every_script_arrive(server: Any) -> None:
    query = 'SELECT ("Ωμέγα 名前 é 👩" AS ?x) {}'
    for answer in (server.query(query), server.post(query, DIRECT), server.post(urlencode({"query": query}), FORM)):
        assert rows(answer)[0]["x"]["value"] == "Ωμέγα 名前 é 👩"


@pytest.mark.parametrize("graph", ["asserted", "reported"])
def test_the_graphs_of_a_request_are_the_ones_asked(server: Any, graph: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{BASE}graph/{graph}> {{ ?s ?p ?o }} }}"
    expected = rows(server.query(named))
    assert 0 < int(expected[0]["n"]["value"]) < int(rows(server.query(count))[0]["n"]["value"])
    assert rows(server.query(count, default_graph_uri=f"{BASE}graph/{graph}")) == expected
    address = f"/sparql?{urlencode({'default-graph-uri': f'{BASE}graph/{graph}'})}"
    assert rows(server.post(count, DIRECT, path=address)) == expected
    form = urlencode({"query": count, "default-graph-uri": f"{BASE}graph/{graph}"})
    assert rows(server.post(form, FORM)) == expected


def test_only_graphs_that_are_named_can_be_reached_by_name(server: Any) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert len(rows(server.query(query))) > 3
    found = rows(server.query(query, named_graph_uri=f"{BASE}graph/asserted"))
    assert [row["g"]["value"] for row in found] == [f"{BASE}graph/asserted"]
    assert rows(server.query("SELECT * { ?s ?p ?o }", named_graph_uri=f"{BASE}graph/asserted")) == []


def test_a_graph_from_elsewhere_is_not_fetched(server: Any) -> None:
    for name in ("default_graph_uri", "named_graph_uri"):
        answer = server.query(ASK, **{name: "http://127.0.0.1:9/data.ttl"})
        assert answer.status == 400 and "not fetched" in answer.text
        assert server.query(ASK, **{name: "no address"}).status == 400


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/sparql?x=1", "missing"),
        ("/sparql?query=", "empty"),
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "more than one"),
        ("/sparql?update=DROP%20ALL", "updates"),
        ("/sparql?query=%FF%FE", "UTF-8"),
        ("/sparql?query=SELECT%20nonsense", "line 1"),
        ("/sparql?query=SELECT%20%2A%20%7B%20%3Fs%20nix%3Aa%20%3Fo%20%7D", "nix:"),
    ],
)
def test_what_is_no_query_is_400_and_says_why(server: Any, address: str, part: str) -> None:
    answer = server.ask(address, headers={"Accept": JSON})
    assert (answer.status, answer.type) == (400, "text/plain")
    assert part in answer.text


@pytest.mark.parametrize(
    ("body", "content_type", "path", "status"),
    [
        (ASK, None, "/sparql", 415),
        (ASK, "text/plain", "/sparql", 415),
        (ASK, "application/json", "/sparql", 415),
        (ASK, f"{DIRECT}; charset=utf-16", "/sparql", 415),
        ("DROP ALL", "application/sparql-update", "/sparql", 415),
        (b"\xff\xfe", DIRECT, "/sparql", 400),
        (b"query=%ff", FORM, "/sparql", 400),
        (b"query=\xff", FORM, "/sparql", 400),
        ("update=DROP+ALL", FORM, "/sparql", 400),
        ("", FORM, "/sparql", 400),
        ("  ", DIRECT, "/sparql", 400),
        ("query=ASK%7B%7D&query=ASK%7B%7D", FORM, "/sparql", 400),
        (ASK, DIRECT, "/sparql?query=ASK%7B%7D", 400),
        ("&".join("a=1" for _ in range(5000)), FORM, "/sparql", 400),
        ("query=" + "x" * 700_000, FORM, "/sparql", 413),
        ("#" + "x" * 250_000, DIRECT, "/sparql", 413),
    ],
)
def test_a_post_that_is_none_of_the_three_is_refused(
    server: Any, body: Any, content_type: str | None, path: str, status: int
) -> None:
    answer = server.post(body, content_type, path=path)
    assert answer.status == status, answer.text
    assert answer.text


def test_a_compressed_query_is_refused(server: Any) -> None:
    assert server.post(ASK, DIRECT, **{"Content-Encoding": "gzip"}).status == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_no_other_method_is_served(server: Any, method: str) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/", "/entity/x", "/articles"):
        answer = server.ask(path, method=method)
        assert answer.status == 405
        assert "GET" in answer.headers["allow"]


def test_head_is_get_without_the_body(server: Any) -> None:
    answer = server.ask(f"/sparql?{urlencode({'query': ASK})}", method="HEAD")
    assert (answer.status, answer.type, answer.body) == (200, JSON, b"")


# ---- what is refused


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { 1SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE ?x { ?s ?p ?o } } } }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:9/> { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <http://a.example/> a <http://b.example/> }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "PREFIX a: <http://a.example/> CLEAR DEFAULT",
    ],
)
def test_what_would_fetch_or_write_is_refused(server: Any, query: str) -> None:
    before = rows(server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    for answer in (server.query(query), server.post(query, DIRECT), server.post(urlencode({"query": query}), FORM)):
        assert answer.status == 400, answer.text
    assert rows(server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == before


def test_where_the_articles_lay_on_this_machine_is_not_told(server: Any, samples: Any) -> None:
    assert rows(server.query("SELECT * { ?s dcterms:source ?file }")) == []
    assert rows(server.query(f"SELECT * {{ GRAPH <{BASE}graph/sources> {{ ?s ?p ?o }} }}")) == []


# ---- how an answer goes


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("*/*", JSON), ("", JSON), (JSON, JSON), ("application/json", "application/json"), (XML, XML),
        ("application/xml", "application/xml"), (CSV, CSV), (TSV, TSV), ("text/*", CSV), ("application/*", JSON),
        (f"{CSV};q=0.2, {XML};q=0.9", XML), (f"*/*;q=0.1, {TSV}", TSV), (f"{JSON};q=0, */*", "application/json"),
        ("image/png, text/csv", CSV), ("TEXT/CSV", CSV), ("text/csv; q=nonsense, */*;q=0.5", JSON),
    ],
)  # fmt: skip
def test_rows_are_sent_as_the_client_likes_best(server: Any, accept: str, type_: str) -> None:
    answer = server.query(SELECT, accept)
    assert (answer.status, answer.type) == (200, type_)
    assert "accept" in answer.headers["vary"].lower()


@pytest.mark.parametrize("accept", ["image/png", "text/plain", "text/html;q=0", "*/*;q=0", "nonsense"])
def test_what_cannot_be_sent_is_406(server: Any, accept: str) -> None:
    for answer in (server.query(SELECT, accept), server.post(SELECT, DIRECT, Accept=accept)):
        assert answer.status == 406
        assert "text/csv" in answer.text and "text/turtle" in answer.text


def test_rows_are_not_turtle_and_triples_no_table(server: Any) -> None:
    assert server.query(SELECT, "text/turtle").status == 406
    assert server.query(CONSTRUCT, CSV).status == 406
    assert server.post(SELECT, DIRECT, Accept="text/html").status == 406


def test_the_four_formats_of_rows_hold_the_same(server: Any) -> None:
    values = '(<http://x.example/> "t\\"<&>\\n"@en 5 UNDEF) ("," "é" 0.5 true)'
    query = f"SELECT ?a ?b ?c ?d {{ VALUES (?a ?b ?c ?d) {{ {values} }} }}"
    found = {kind: server.query(query, kind) for kind in (JSON, XML, CSV, TSV)}
    first, second = rows(found[JSON])
    assert first["a"] == {"type": "uri", "value": "http://x.example/"} and "d" not in first
    assert first["b"] == {"type": "literal", "value": 't"<&>\n', "xml:lang": "en"}
    assert second["c"]["datatype"].endswith("#decimal") and second["a"] == {"type": "literal", "value": ","}
    results = rdflib.query.Result.parse(io.BytesIO(found[XML].body), format="xml")
    read = rdflib.query.Result.parse(io.BytesIO(found[JSON].body), format="json")
    assert [tuple(row) for row in results] == [tuple(row) for row in read]
    table = list(csv.reader(io.StringIO(found[CSV].text)))
    assert table == [["a", "b", "c", "d"], ["http://x.example/", 't"<&>\n', "5", ""], [",", "é", "0.5", "true"]]
    assert found[CSV].body.endswith(b"\r\n")
    lines = found[TSV].text.splitlines()
    assert lines[0] == "?a\t?b\t?c\t?d"
    assert lines[1].split("\t")[:2] == ["<http://x.example/>", '"t\\"<&>\\n"@en']


def test_yes_and_no_in_every_format(server: Any) -> None:
    assert json.loads(server.query(ASK, JSON).body) == {"head": {}, "boolean": True}
    root = ElementTree.fromstring(server.query("ASK { ?s kg:nix 7 }", XML).body)
    assert [child.text for child in root if child.tag.endswith("boolean")] == ["false"]
    assert server.query(ASK, CSV).text == server.query(ASK, TSV).text == "true"


@pytest.mark.parametrize(
    ("media", "form"),
    [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml"),
     ("application/ld+json", "json-ld")],
)  # fmt: skip
def test_triples_are_sent_in_four_formats(server: Any, media: str, form: str) -> None:
    answer = server.query(CONSTRUCT, media)
    assert (answer.status, answer.type) == (200, media)
    read = rdflib.Graph().parse(data=answer.body, format=form)
    acquired = rdflib.URIRef("https://w3id.org/newskg/ontology#acquired")
    assert (None, acquired, rdflib.URIRef(ENTITY)) in read
    assert server.query(CONSTRUCT, media).body == answer.body
    assert server.query(f"DESCRIBE <{ENTITY}>", media).status == 200


def test_turtle_is_what_triples_are_sent_as_where_anything_will_do(server: Any) -> None:
    assert server.query(CONSTRUCT).type == "text/turtle"
    assert server.query(f"DESCRIBE <{ENTITY}>").type == "text/turtle"


def test_the_limit_of_rows_is_announced_and_so_is_that_it_was_reached(server: Any) -> None:
    every = "SELECT * { ?s ?p ?o }"
    for accept in (JSON, XML, CSV, TSV):
        cut = server.query(every, accept)
        assert (cut.headers["x-row-limit"], cut.headers["x-rows-cut-off"]) == ("50", "yes")
    assert len(rows(server.query(every))) == 50
    whole = server.query(f"{every} LIMIT 50")
    assert len(rows(whole)) == 50 and whole.headers["x-rows-cut-off"] == "no"
    triples = server.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "application/n-triples")
    assert len(triples.text.splitlines()) == 50 and triples.headers["x-rows-cut-off"] == "yes"


# ---- without a query


def test_the_endpoint_describes_itself(server: Any) -> None:
    answer = server.ask("/sparql", headers={"Accept": "text/turtle"})
    read = rdflib.Graph().parse(data=answer.body, format="turtle")
    described = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(f"{server.address}sparql")
    assert (service, described.endpoint, service) in read
    assert (service, described.supportedLanguage, described.SPARQL11Query) in read
    assert "50 rows" in str(read.value(service, rdflib.RDFS.comment))
    assert server.ask("/sparql").type == "text/turtle"


def test_a_browser_gets_the_page_to_write_queries_in(server: Any) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for path in ("/sparql", f"/sparql?{urlencode({'query': SELECT})}"):
        answer = server.ask(path, headers={"Accept": accept})
        assert (answer.status, answer.type) == (200, "text/html")
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe-eval" not in answer.headers["content-security-policy"]
