"""Articles with the graph that they must give: `tests/cases/NAME/article*.txt` and `expected.ttl`.

Of a graph these are compared: the plain facts of known relations, the statements (speaker, kind of quotation, words),
and the class, the status and the roles of every event. Confidences, rules, offsets and open relations are left out,
since they move with the language model without anything being wrong; so are the digests in the IRIs of statements,
events and amounts: they become blank nodes, and graphs are compared by isomorphism.

After a change that is meant, write the expected graphs anew, and read the difference before it is committed:

    python tests/test_cases.py
"""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.compare import graph_diff, isomorphic, to_canonical_graph, to_isomorphic

import kg
from kg.names import BASE, prefixes

CASES = Path(__file__).parent / "cases"
FACTS = """
CONSTRUCT { ?s ?p ?o } WHERE {
  GRAPH ?layer { ?s ?p ?o }
  FILTER(?layer IN (<%(base)sgraph/asserted>, <%(base)sgraph/reported>))
  FILTER(!STRSTARTS(STR(?p), STR(rel:)))
}
"""
STATEMENTS = """
CONSTRUCT { ?s a kg:Statement ; kg:speaker ?who ; kg:quotation ?kind ; kg:text ?text }
WHERE { ?s a kg:Statement ; kg:quotation ?kind ; kg:text ?text . OPTIONAL { ?s kg:speaker ?who } }
"""
EVENTS = """
CONSTRUCT { ?e a ?class ; kg:status ?status ; ?role ?filler }
WHERE {
  ?e a kg:Event ; a ?class ; kg:status ?status .
  OPTIONAL {
    ?c kg:aboutEvent ?e ; rdf:subject ?e ; rdf:predicate ?role ; rdf:object ?filler .
    FILTER(?role != rdf:type)
  }
}
"""
AMOUNTS = """
CONSTRUCT { ?a ?p ?v }
WHERE {
  ?c kg:aboutEvent ?e ; rdf:subject ?e ; rdf:object ?a . ?a ?p ?v .
  FILTER(?p IN (schema:value, schema:minValue, schema:maxValue, schema:currency, schema:unitText, kg:approximate))
}
"""


def read(case: Path) -> kg.KnowledgeGraph:
    """The graph of the articles of a case."""
    graph = kg.KnowledgeGraph()
    articles = sorted(case.glob("article*.txt"))
    report = graph.add(articles)
    assert report.articles == len(articles) and report.failed == ()
    return graph


def selection(case: Path) -> rdflib.Graph:
    """What is compared of a case's graph, with blank nodes where an IRI is a digest."""
    found = rdflib.Graph()
    with read(case) as graph:
        for query in (FACTS, STATEMENTS, EVENTS, AMOUNTS):
            ((turtle,),) = graph.ask(query.replace("%(base)s", BASE))
            found.parse(data=turtle, format="turtle")
    return without_digests(found)


def without_digests(graph: rdflib.Graph) -> rdflib.Graph:
    """The graph with a blank node for each statement, event and amount."""
    blank: dict[str, rdflib.BNode] = {}

    def renamed(term: rdflib.term.Node) -> rdflib.term.Node:
        kind = str(term).removeprefix(BASE).partition("/")[0]
        if isinstance(term, rdflib.URIRef) and kind in ("statement", "event", "amount"):
            return blank.setdefault(str(term), rdflib.BNode())
        return term

    result = bound()
    for triple in graph:
        result.add(tuple(map(renamed, triple)))  # type: ignore[arg-type]
    return result


def bound() -> rdflib.Graph:
    """An empty graph with our prefixes."""
    graph = rdflib.Graph()
    for prefix, iri in prefixes().items():
        graph.bind(prefix, iri)
    return graph


def described(graph: rdflib.Graph) -> str:
    return "\n".join(sorted(line for line in graph.serialize(format="nt").splitlines() if line)) or "(nothing)"


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
def test_the_article_gives_the_expected_graph(case: str) -> None:
    expected = rdflib.Graph().parse(CASES / case / "expected.ttl")
    found = selection(CASES / case)
    if not isomorphic(expected, found):
        _, missing, extra = graph_diff(to_isomorphic(expected), to_isomorphic(found))
        pytest.fail(f"missing:\n{described(missing)}\n\nnot expected:\n{described(extra)}")


def test_a_deal_that_is_rumoured_announced_and_called_off_is_one_event_with_three_stages() -> None:
    with read(CASES / "calledoff") as graph:
        rows = graph.ask("stages", about="Lindqvist Foods").rows
        (known,) = graph.ask("acquisitions", target="Lindqvist Foods").df()["status"].unique()
    assert {row[0] for row in rows} == {f"{BASE}event/acquisition-harrow-dairies-lindqvist-foods"}
    first = {stage: str(date) for _, _, stage, date, *_ in reversed(rows)}
    assert first | {
        "rumoured": "2031-02-03", "announced": "2031-03-14", "called off": "2031-06-20",
    } == first  # fmt: skip
    assert known == "Cancelled"


def test_the_comparison_sees_a_difference() -> None:
    one, same, other = (
        without_digests(rdflib.Graph().parse(data=f"@base <{BASE}> . <event/{event}> <urn:p> <entity/{entity}> ."))
        for event, entity in ("ab", "cb", "cd")
    )
    assert isomorphic(one, same) and not isomorphic(one, other)


def main() -> None:
    """Write every expected graph anew."""
    for folder in sorted(path for path in CASES.iterdir() if path.is_dir()):
        graph = selection(folder)
        written = bound()
        written += to_canonical_graph(graph)  # blank nodes get names that are the same every time
        written.serialize(folder / "expected.ttl", format="turtle")
        print(f"{folder.name}: {len(graph)} triples")


if __name__ == "__main__":
    main()
