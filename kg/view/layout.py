"""Boxes and the lines between them -> where each box stands; the same input gives the same places everywhere.

Stress minimisation by stochastic gradient descent (Zheng, Pawar and Goodman 2018, "Graph Drawing by Stochastic
Gradient Descent"), then boxes are pushed apart (``push``) and moved to better places one by one (``polish``).
Plain Python: only operations that IEEE 754 rounds correctly, so that another machine gives the same picture.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Iterable, Mapping, Sequence

from kg.view.boxes import ASPECT, Box, Line, overlap
from kg.view.polish import polish
from kg.view.push import push_apart

PACK = (0.75, 0.45)  # names are wider than high, so what is far may be nearer down than across
SQUEEZE = (0.9, 0.75)  # how much tighter it is tried once every box has found a good place


def place(boxes: Mapping[str, Box], lines: Iterable[Line], *, later: Sequence[str] = ()) -> None:
    """Set ``x`` and ``y`` of every box, whole pixels; boxes in ``later`` take free room beside the rest.

    ``later`` names what is hidden at first: it must not pull the visible part of the picture about.
    """
    known = sorted(line for line in lines if line.a in boxes and line.b in boxes and line.a != line.b)
    aside = set(later)
    first = [key for key in boxes if key not in aside]
    inner = [line for line in known if line.a not in aside and line.b not in aside]
    groups = sorted(_components(first, inner), key=lambda group: (-len(group), group[0]))
    placed: list[str] = []
    for group in groups:
        members = set(group)
        own = [line for line in inner if line.a in members]
        _arrange(boxes, group, own)
        if placed:
            _fit_in(boxes, group, placed, inner)
        placed += group
    for key in later:
        _beside(boxes, key, placed, known)
        placed.append(key)
    for box in boxes.values():
        box.x, box.y = float(round(box.x)), float(round(box.y))


def _components(keys: Sequence[str], lines: Sequence[Line]) -> list[list[str]]:
    near: dict[str, list[str]] = {key: [] for key in keys}
    for line in lines:
        near[line.a].append(line.b)
        near[line.b].append(line.a)
    seen: set[str] = set()
    groups = []
    for key in keys:
        if key in seen:
            continue
        stack, group = [key], []
        seen.add(key)
        while stack:
            group.append(at := stack.pop())
            fresh = [other for other in dict.fromkeys(near[at]) if other not in seen]
            seen.update(fresh)
            stack += fresh
        groups.append(sorted(group))
    return groups


def _arrange(boxes: Mapping[str, Box], group: Sequence[str], lines: Sequence[Line]) -> None:
    """Lay out one connected group around the origin."""
    for key, (x, y) in zip(group, _turned(_stress(group, lines)), strict=True):
        boxes[key].x, boxes[key].y = x * PACK[0], y * PACK[1]
    push_apart(boxes, group, lines)
    polish(boxes, group, lines)
    _squeeze([boxes[key] for key in group])
    push_apart(boxes, group, lines)
    polish(boxes, group, lines)
    push_apart(boxes, group, ())


def _squeeze(members: Sequence[Box]) -> None:
    """Press the group together, harder in the direction in which it is too long for the screen."""
    wide = max(b.x for b in members) - min(b.x for b in members)
    high = max(b.y for b in members) - min(b.y for b in members)
    across, down = SQUEEZE if wide < high * ASPECT else reversed(SQUEEZE)
    for box in members:
        box.x, box.y = box.x * across, box.y * down


def _stress(group: Sequence[str], lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Places whose distances are near the lengths of the shortest ways between the nodes."""
    pairs = _distances(group, lines)
    chance = random.Random(20190711)
    points = [[chance.random() * 200, chance.random() * 200] for _ in group]
    if not pairs:
        return [(0.0, 0.0) for _ in group]
    longest, shortest = max(d for *_, d in pairs), min(d for *_, d in pairs)
    rounds = 60 if len(group) <= 120 else 25
    step = longest * longest
    decay = round(((0.05 * shortest * shortest) / step) ** (1 / (rounds - 1)), 6)
    for _ in range(rounds):
        chance.shuffle(pairs)
        for i, j, d in pairs:
            (ax, ay), (bx, by) = points[i], points[j]
            dx, dy = ax - bx, ay - by
            length = math.sqrt(dx * dx + dy * dy) or 0.01
            move = min(1.0, step / (d * d)) * (length - d) / (2 * length)
            points[i][0], points[i][1] = ax - move * dx, ay - move * dy
            points[j][0], points[j][1] = bx + move * dx, by + move * dy
        step *= decay
    return [(x, y) for x, y in points]


def _distances(group: Sequence[str], lines: Sequence[Line]) -> list[tuple[int, int, float]]:
    """The length of the shortest way between every two nodes (Dijkstra)."""
    index = {key: i for i, key in enumerate(group)}
    near: list[dict[int, float]] = [{} for _ in group]
    for line in lines:
        i, j = index[line.a], index[line.b]
        near[i][j] = near[j][i] = min(line.length, near[i].get(j, line.length))
    pairs = []
    for start in range(len(group)):
        best = {start: 0.0}
        queue = [(0.0, start)]
        while queue:
            far, at = heapq.heappop(queue)
            if far > best[at]:
                continue
            for to, length in near[at].items():
                if far + length < best.get(to, math.inf):
                    best[to] = far + length
                    heapq.heappush(queue, (far + length, to))
        pairs += [(start, to, far) for to, far in sorted(best.items()) if to > start]
    return pairs


def _turned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same places, centred and turned so that they fill a screen that is wider than high."""
    n = len(points) or 1
    cx, cy = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    best, result = math.inf, [(x - cx, y - cy) for x, y in points]
    for turn in range(18):
        # rounded, as the last digit of sine and cosine may differ between machines
        cos, sin = round(math.cos(math.pi * turn / 18), 9), round(math.sin(math.pi * turn / 18), 9)
        turned = [((x - cx) * cos - (y - cy) * sin, (x - cx) * sin + (y - cy) * cos) for x, y in points]
        wide = max(x for x, _ in turned) - min(x for x, _ in turned)
        high = max(y for _, y in turned) - min(y for _, y in turned)
        cost = max(wide * PACK[0] / ASPECT, high * PACK[1])
        if cost < best - 1e-6:
            best, result = cost, turned
    return result


def _fit_in(boxes: Mapping[str, Box], group: Sequence[str], placed: Sequence[str], lines: Sequence[Line]) -> None:
    """Move a group as a whole to the free place nearest the middle."""
    mine = [boxes[key] for key in group]
    left, right = min(b.x - b.width / 2 for b in mine), max(b.x + b.width / 2 for b in mine)
    top, bottom = min(b.y - b.height / 2 for b in mine), max(b.y + b.height / 2 for b in mine)
    hull = Box(right - left, bottom - top)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    old = set(placed)
    segments = [(boxes[line.a], boxes[line.b]) for line in lines if line.a in old and line.b in old]
    _free_place(hull, [boxes[key] for key in placed], segments, 0.0, 0.0)
    for box in mine:
        box.x, box.y = box.x - middle_x + hull.x, box.y - middle_y + hull.y


def _beside(boxes: Mapping[str, Box], key: str, placed: Sequence[str], lines: Sequence[Line]) -> None:
    """Put one box in the free place nearest the middle of its neighbours."""
    done = set(placed)
    others = [line.b if line.a == key else line.a for line in lines if key in (line.a, line.b)]
    near = [boxes[other] for other in others if other in done]
    x = sum(box.x for box in near) / len(near) if near else 0.0
    y = sum(box.y for box in near) / len(near) if near else 0.0
    _free_place(boxes[key], [boxes[other] for other in placed], (), x, y)


def _free_place(box: Box, taken: Sequence[Box], segments: Sequence[tuple[Box, Box]], x: float, y: float) -> None:
    """Walk rings around ``x, y`` until the box meets no other box and no line."""
    for ring in range(400):
        steps = max(1, ring * 6)
        for step in range(steps):
            angle = 2 * math.pi * step / steps
            box.x = x + round(math.cos(angle), 9) * ring * 14 * ASPECT
            box.y = y + round(math.sin(angle), 9) * ring * 14
            if not any(overlap(box, other) for other in taken) and not any(_crosses(box, *s) for s in segments):
                return


def _crosses(box: Box, a: Box, b: Box) -> bool:
    """Whether the line from a to b runs through the box (Liang-Barsky clipping)."""
    enter, leave = 0.0, 1.0
    dx, dy = b.x - a.x, b.y - a.y
    half_x, half_y = box.width / 2 + 6, box.height / 2 + 6
    for p, q in (
        (-dx, a.x - (box.x - half_x)), (dx, box.x + half_x - a.x),
        (-dy, a.y - (box.y - half_y)), (dy, box.y + half_y - a.y),
    ):  # fmt: skip
        if p == 0:
            if q < 0:
                return False
        elif p < 0:
            enter = max(enter, q / p)
        else:
            leave = min(leave, q / p)
    return enter <= leave
