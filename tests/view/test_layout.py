"""Layouts: nothing covers anything else, and the same input gives the same picture."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.boxes import Box, Line, overlap
from kg.view.layout import place

sizes = st.tuples(st.integers(20, 260), st.integers(16, 70))


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, tuple[int, int]], list[Line], list[str]]:
    boxes = {f"n{i}": size for i, size in enumerate(draw(st.lists(sizes, min_size=1, max_size=14)))}
    pairs = draw(st.lists(st.tuples(st.sampled_from(sorted(boxes)), st.sampled_from(sorted(boxes))), max_size=22))
    lines = [Line(a, b, draw(st.integers(60, 300)), draw(st.integers(10, 120)), 16) for a, b in pairs]
    return boxes, lines, draw(st.lists(st.sampled_from(sorted(boxes)), unique=True, max_size=4))


def placed(boxes: dict[str, tuple[int, int]], lines: list[Line], later: list[str]) -> dict[str, Box]:
    made = {key: Box(*size) for key, size in boxes.items()}
    place(made, lines, later=later)
    return made


@given(graphs())
@settings(max_examples=25, deadline=None)
def test_no_box_covers_another(graph: tuple[dict[str, tuple[int, int]], list[Line], list[str]]) -> None:
    boxes = list(placed(*graph).values())
    for i, a in enumerate(boxes):
        assert not [b for b in boxes[i + 1 :] if overlap(a, b, 2, 2)]


@given(graphs(), st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_lines_does_not_matter(
    graph: tuple[dict[str, tuple[int, int]], list[Line], list[str]], chance: random.Random
) -> None:
    boxes, lines, later = graph
    mixed = list(lines)
    chance.shuffle(mixed)
    assert placed(boxes, lines, later) == placed(boxes, mixed, later)


def test_what_is_hidden_at_first_does_not_move_what_is_shown() -> None:
    boxes = {f"n{i}": (100, 30) for i in range(9)}
    ring = [Line(f"n{i}", f"n{(i + 1) % 8}", 150, 40, 16) for i in range(8)]
    extra = [Line("n8", "n0", 150, 40, 16), Line("n8", "n4", 150, 40, 16)]
    with_it = placed(boxes, [*ring, *extra], ["n8"])
    without = placed({key: size for key, size in boxes.items() if key != "n8"}, ring, [])
    assert {key: box for key, box in with_it.items() if key != "n8"} == without


def test_linked_boxes_stand_near_each_other() -> None:
    boxes = {f"n{i}": (80, 30) for i in range(20)}
    lines = [Line(f"n{i}", f"n{i + 1}", 140, 40, 16) for i in range(19)]
    made = placed(boxes, lines, [])

    def far(a: str, b: str) -> float:
        return ((made[a].x - made[b].x) ** 2 + (made[a].y - made[b].y) ** 2) ** 0.5

    linked = sum(far(line.a, line.b) for line in lines) / len(lines)
    others = [far(a, b) for a in made for b in made if a < b]
    assert linked < sum(others) / len(others) / 2
