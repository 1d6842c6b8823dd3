"""Records -> a networkx graph: order, filters, names that nobody has."""

from __future__ import annotations

import random
from types import ModuleType

import pytest

from kg.errors import UsageError
from kg.view import Edge, Evidence, Node, network


def test_the_graph_carries_the_records_in_one_order(sample: ModuleType) -> None:
    nodes, edges = sample.nodes(), sample.edges()
    graph = network(nodes, edges)
    random.Random(3).shuffle(nodes)
    random.Random(4).shuffle(edges)
    again = network(nodes, edges)
    assert list(graph.nodes(data=True)) == list(again.nodes(data=True))
    assert list(graph.edges(keys=True, data=True)) == list(again.edges(keys=True, data=True))
    buyer, target = sample.iri("Northwind"), sample.iri("Blue Lantern")
    acquired = [data for data in graph.get_edge_data(buyer, target).values() if data["label"] == "acquired"]
    assert acquired[0]["evidence"][0].words == "Northwind acquired Blue Lantern"
    assert graph.nodes[buyer]["names"] == ("the online carrier", "Northwind Inc.")


def test_parallel_relations_stay_apart() -> None:
    ends = [Node("a:1", "A"), Node("a:2", "B")]
    edges = [Edge("a:1", "a:2", relation, relation) for relation in ("rel:x", "rel:y", "rel:z")]
    assert network(ends, edges).number_of_edges() == 3


def test_around_keeps_what_is_near(sample: ModuleType) -> None:
    nodes, edges = sample.nodes(), sample.edges()
    near = network(nodes, edges, around="samuel OKOYE", hops=1)
    assert {data["label"] for _, data in near.nodes(data=True)} == {"Samuel Okoye", "Velora Capital"}
    further = network(nodes, edges, around=sample.iri("Samuel Okoye"), hops=2)
    assert set(near) < set(further) < set(network(nodes, edges))
    assert "Parcelo" in {data["label"] for _, data in further.nodes(data=True)}


def test_says_keeps_what_somebody_said() -> None:
    nodes = [
        Node("e:a", "Ada", "Person", names=("Ms. Ada",)),
        Node("e:b", "Bolt"),
        Node("e:c", "Cog"),
        Node("e:d", "Dot"),
    ]
    hers, his = Evidence("x", speaker="ms. ada"), Evidence("y", speaker="Bo")
    edges = [
        Edge("e:b", "e:c", "rel:p", "p", "reported", (hers, his)),
        Edge("e:b", "e:d", "rel:q", "q", "reported", (his,)),
    ]
    graph = network(nodes, edges, says="Ada")
    assert [(a, b, data["evidence"]) for a, b, data in graph.edges(data=True)] == [("e:b", "e:c", (hers,))]
    assert "e:d" not in graph


def test_a_name_that_nobody_has_is_refused_with_what_comes_near() -> None:
    nodes = [Node("e:a", "Northwind"), Node("e:b", "Bolt")]
    with pytest.raises(UsageError, match=r"'Northwnd'.*did you mean Northwind"):
        network(nodes, [], around="Northwnd")
