"""A layout -> a better one: each box in turn goes to the place near it that costs the picture least.

What costs: long lines, lines that cross or run under boxes, words that cover boxes or other words, and being far
from the middle. A plain local search, in a fixed order, so that the same input gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from kg.view.boxes import ASPECT, MARGIN, Box, Line

WORK = 9_000_000  # comparisons to spend; a few seconds at most
OVER_BOX, CROSSING, UNDER_BOX, WORDS, LENGTH, FAR = 400.0, 26.0, 60.0, 45.0, 0.22, 0.25
REACH = (160.0, 100.0, 60.0, 30.0, 15.0)  # how far to look, in each sweep, in pixels
# rounded, as the last digit of sine and cosine may differ between machines
AROUND = tuple((round(math.cos(math.pi * i / 6), 9), round(math.sin(math.pi * i / 6), 9)) for i in range(12))

Rect = tuple[float, float, float, float]  # centre x, centre y, half width, half height


def polish(boxes: Mapping[str, Box], group: Sequence[str], lines: Sequence[Line]) -> None:
    """Set new places of the boxes in ``group``; where there are too many for that, leave them as they are."""
    if len(group) < 3:
        return
    table = _Table(boxes, group, lines)
    sweep = sum((1 + len(near)) * (len(group) + 2 * len(lines)) * 3 * len(AROUND) for near in table.incident) // 3
    order = sorted(range(len(group)), key=lambda i: (len(table.incident[i]), i))
    for reach in REACH[: max(0, min(len(REACH), WORK // max(1, sweep)))]:
        for i in order:
            table.settle(i, reach)
    for i, key in enumerate(group):
        boxes[key].x, boxes[key].y = table.x[i], table.y[i]


class _Table:
    """The boxes of one group by number, and what each place of one of them costs."""

    def __init__(self, boxes: Mapping[str, Box], group: Sequence[str], lines: Sequence[Line]) -> None:
        at = {key: i for i, key in enumerate(group)}
        self.x, self.y = [boxes[key].x for key in group], [boxes[key].y for key in group]
        self.half = [(boxes[key].width / 2, boxes[key].height / 2) for key in group]
        self.lines = [(at[line.a], at[line.b], line.at, line.width / 2, line.height / 2) for line in lines]
        self.incident: list[list[int]] = [[] for _ in group]
        for number, (a, b, *_) in enumerate(self.lines):
            self.incident[a].append(number)
            self.incident[b].append(number)

    def settle(self, i: int, reach: float) -> None:
        """Move one box to the cheapest of the places within reach."""
        rest = _Rest(self, i)
        best_x, best_y = self.x[i], self.y[i]
        best = self.cost(i, rest, math.inf)
        for x, y in list(self._places(i, reach)):
            self.x[i], self.y[i] = x, y
            cost = self.cost(i, rest, best)
            if cost < best - 1e-6:
                best, best_x, best_y = cost, x, y
        self.x[i], self.y[i] = best_x, best_y

    def _places(self, i: int, reach: float) -> Iterator[tuple[float, float]]:
        x, y = self.x[i], self.y[i]
        for cos, sin in AROUND:
            yield x + cos * reach, y + sin * reach / 1.5
        near = [b if a == i else a for a, b, *_ in (self.lines[n] for n in self.incident[i])]
        middle_x, middle_y = sum(self.x[j] for j in near) / len(near), sum(self.y[j] for j in near) / len(near)
        far = 60 + self.half[i][0] + reach / 2 if len(set(near)) == 1 else reach
        for ring in (1.0, 1.5):
            for cos, sin in AROUND:
                yield middle_x + cos * far * ring * 1.2, middle_y + sin * far * ring * 0.75

    def cost(self, i: int, rest: _Rest, limit: float) -> float:
        """What the present place of box ``i`` costs, or anything above ``limit`` once that is passed."""
        x, y = self.x[i], self.y[i]
        cost = FAR * math.sqrt(x * x / (ASPECT * ASPECT) + y * y)
        for number in self.incident[i]:
            a, b, *_ = self.lines[number]
            dx, dy = self.x[a] - self.x[b], self.y[a] - self.y[b]
            cost += LENGTH * math.sqrt(dx * dx / 2 + dy * dy)
        if cost < limit:
            cost += rest.under((x, y, *self.half[i]))
        labels = [self.words(number) for number in self.incident[i]]
        for rank, number in enumerate(self.incident[i]):
            if cost >= limit:
                break
            cost += self._line_cost(i, number, rest) + rest.words_cost(labels[rank])
            cost += WORDS * sum(_covers(labels[rank], label) for label in labels[:rank])
            cost += WORDS * _covers(labels[rank], (x, y, *self.half[i]))
        return cost

    def words(self, number: int) -> Rect:
        """Where the words of a line stand."""
        a, b, at, half_x, half_y = self.lines[number]
        return self.x[a] + at * (self.x[b] - self.x[a]), self.y[a] + at * (self.y[b] - self.y[a]), half_x, half_y

    def _line_cost(self, i: int, number: int, rest: _Rest) -> float:
        """A line of box ``i`` under other boxes and across other lines."""
        a, b, *_ = self.lines[number]
        ax, ay, bx, by = self.x[a], self.y[a], self.x[b], self.y[b]
        other = b if a == i else a
        cost = UNDER_BOX * sum(_runs_under(ax, ay, bx, by, rect) for j, rect in rest.boxes if j != other)
        return cost + CROSSING * sum(
            _cross(ax, ay, bx, by, *segment) for c, d, segment in rest.lines if c != other and d != other
        )


class _Rest:
    """All that stays where it is while one box is moved."""

    def __init__(self, table: _Table, i: int) -> None:
        mine = set(table.incident[i])
        x, y = table.x, table.y
        self.boxes = [(j, (x[j], y[j], *half)) for j, half in enumerate(table.half) if j != i]
        others = [(n, a, b) for n, (a, b, *_) in enumerate(table.lines) if n not in mine]
        self.lines = [(a, b, (x[a], y[a], x[b], y[b])) for _, a, b in others]
        self.words = [table.words(n) for n, _, _ in others]

    def under(self, box: Rect) -> float:
        """What it costs that a box covers other boxes, lines and words."""
        x, y, half_x, half_y = box
        near = (x, y, half_x + MARGIN[0] - 3, half_y + MARGIN[1] - 3)
        cost = OVER_BOX * sum(_covers(near, other) for _, other in self.boxes)
        cost += UNDER_BOX * sum(_runs_under(*segment, box) for _, _, segment in self.lines)
        return cost + WORDS * sum(_covers(box, label) for label in self.words)

    def words_cost(self, label: Rect) -> float:
        """What it costs that words cover boxes and other words."""
        return WORDS * (
            sum(_covers(label, other) for _, other in self.boxes) + sum(_covers(label, other) for other in self.words)
        )


def _covers(a: Rect, b: Rect) -> bool:
    return abs(a[0] - b[0]) < a[2] + b[2] + 3 and abs(a[1] - b[1]) < a[3] + b[3] + 3


def _runs_under(ax: float, ay: float, bx: float, by: float, rect: Rect) -> bool:
    """Whether a line comes within a few pixels of a box (separating axes: the two sides, and the line's normal)."""
    x, y, half_x, half_y = rect
    half_x, half_y = half_x + 5, half_y + 5
    if (ax < x - half_x and bx < x - half_x) or (ax > x + half_x and bx > x + half_x):
        return False
    if (ay < y - half_y and by < y - half_y) or (ay > y + half_y and by > y + half_y):
        return False
    dx, dy = bx - ax, by - ay
    return abs((x - ax) * dy - (y - ay) * dx) < abs(dy) * half_x + abs(dx) * half_y


def _cross(ax: float, ay: float, bx: float, by: float, cx: float, cy: float, dx: float, dy: float) -> bool:
    if max(ax, bx) < min(cx, dx) or max(cx, dx) < min(ax, bx) or max(ay, by) < min(cy, dy) or max(cy, dy) < min(ay, by):
        return False
    one = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    two = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
    if one * two >= 0:
        return False
    three = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
    four = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
    return three * four < 0
