"""Places of thousands of nodes: the same each time, apart from each other, neighbours near."""

from __future__ import annotations

import math
from types import ModuleType

import pytest

from kg.view import network
from kg.view.field import scatter
from kg.view.picture import picture


def far(a: tuple[float, float], b: tuple[float, float]) -> float:
    return math.dist(a, b)


def test_the_same_lines_in_any_order_give_the_same_places(many: ModuleType) -> None:
    nodes, edges = many.many(600, articles=50)
    number = {node.id: i for i, node in enumerate(nodes)}
    pairs = [(number[edge.source], number[edge.target]) for edge in edges]
    first = scatter(len(nodes), pairs)
    assert scatter(len(nodes), [(b, a) for a, b in reversed(pairs)]) == first
    assert all(math.isfinite(value) for place in first for value in place)


def test_nodes_stand_apart_and_neighbours_near(many: ModuleType) -> None:
    nodes, edges = many.many(600, articles=50)
    number = {node.id: i for i, node in enumerate(nodes)}
    pairs = {(number[edge.source], number[edge.target]) for edge in edges}
    places = scatter(len(nodes), sorted(pairs))
    close = sum(far(places[i], places[j]) < 6 for i in range(len(places)) for j in range(i))
    assert close <= len(places) // 50
    linked = sum(far(places[a], places[b]) for a, b in pairs) / len(pairs)
    others = sum(far(places[i], places[-i]) for i in range(1, 300)) / 299
    assert linked < others / 2


@pytest.mark.parametrize("pairs", [[], [(0, 1)], [(0, 0)], [(0, 1), (1, 0)], [(0, 1), (0, 2), (0, 3), (0, 4)]])
def test_the_smallest_graphs_have_places_too(pairs: list[tuple[int, int]]) -> None:
    places = scatter(5, pairs)
    assert len({(round(x, 3), round(y, 3)) for x, y in places}) == 5
    assert scatter(0, []) == []
    assert len(scatter(1, [])) == 1


def test_a_large_network_is_scattered_whole(many: ModuleType) -> None:
    drawn = picture(network(*many.many(600, articles=50)))
    assert drawn.large and drawn.left_out == 0
    assert len({(mark.x, mark.y) for mark in drawn.marks}) > 0.97 * len(drawn.marks)
