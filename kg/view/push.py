"""Boxes that overlap -> boxes pushed apart, with room for the words on their lines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kg.view.boxes import ASPECT, MARGIN, Box, Line

WORK = 400_000  # box-and-line comparisons spent on pushing lines and boxes apart


class _Plane:
    """Boxes of one group and the words on its lines, pushing each other about."""

    def __init__(self, members: Sequence[Box], lines: Sequence[Line], at: Mapping[str, int]) -> None:
        self.x, self.y = [box.x for box in members], [box.y for box in members]
        self.weight = [box.weight for box in members]
        self.count = len(members)
        self.ends = [(at[line.a], at[line.b]) for line in lines]
        self.where = [line.at for line in lines]
        # half sizes with half the margin; words need less room around them than boxes
        self.half_x = [(b.width + MARGIN[0]) / 2 for b in members] + [line.width / 2 + 1 for line in lines]
        self.half_y = [(b.height + MARGIN[1]) / 2 for b in members] + [line.height / 2 + 1 for line in lines]

    def step(self, *, words: bool) -> bool:
        """Part whatever overlaps, once; False where nothing did."""
        x, y = list(self.x), list(self.y)
        if words:
            for (a, b), t in zip(self.ends, self.where, strict=True):
                x.append(self.x[a] + t * (self.x[b] - self.x[a]))
                y.append(self.y[a] + t * (self.y[b] - self.y[a]))
        half_x, half_y = self.half_x, self.half_y
        order = sorted(range(len(x)), key=lambda i: (y[i] - half_y[i], i))
        moved = False
        for rank, i in enumerate(order):
            bottom, xi, reach = y[i] + half_y[i], x[i], half_x[i]
            for j in order[rank + 1 :]:
                if y[j] - half_y[j] >= bottom:
                    break
                over_x = reach + half_x[j] - abs(xi - x[j])
                if over_x > 0.01:
                    over_y = half_y[i] + half_y[j] - abs(y[i] - y[j])
                    if over_y > 0.01:
                        moved = True
                        self._part(i, j, over_x, over_y, x[i] - x[j], y[i] - y[j])
        return moved

    def _part(self, i: int, j: int, over_x: float, over_y: float, dx: float, dy: float) -> None:
        """Move two things apart the shorter way; a move sideways counts less, as the screen is wide."""
        if over_y <= over_x / ASPECT:
            push_x, push_y = 0.0, over_y if dy > 0 or (dy == 0 and i > j) else -over_y
        else:
            push_x, push_y = over_x if dx > 0 or (dx == 0 and i > j) else -over_x, 0.0
        if i >= self.count > j:
            i, j, push_x, push_y = j, i, -push_x, -push_y
        if i < self.count and j >= self.count and i in self.ends[j - self.count]:
            # words on the box that their own line begins at: the line is too short, so pull its ends apart
            a, b = self.ends[j - self.count]
            self._move(i, b if i == a else a, push_x * 1.2, push_y * 1.2)
        elif j < self.count:
            self._move(i, j, push_x, push_y)
        else:
            self._move_words(i, j, push_x * 0.4, push_y * 0.4)

    def _move(self, i: int, j: int, push_x: float, push_y: float) -> None:
        share = self.weight[j] / (self.weight[i] + self.weight[j])
        self.x[i] += push_x * share
        self.y[i] += push_y * share
        self.x[j] -= push_x * (1 - share)
        self.y[j] -= push_y * (1 - share)

    def _move_words(self, i: int, j: int, push_x: float, push_y: float) -> None:
        """Words move with both ends of their line."""
        for thing, sign in ((i, 0.5), (j, -0.5)):
            for box in self.ends[thing - self.count] if thing >= self.count else (thing,):
                ease = 2 / (1 + self.weight[box] ** 0.5)
                self.x[box] += sign * push_x * ease
                self.y[box] += sign * push_y * ease

    def off_lines(self) -> None:
        """Push boxes off the lines that run under them."""
        for i, j in sorted(set(self.ends)):
            ax, ay, bx, by = self.x[i], self.y[i], self.x[j], self.y[j]
            dx, dy = bx - ax, by - ay
            square = dx * dx + dy * dy
            if square < 1:
                continue
            root = math.sqrt(square)
            left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
            for k in range(self.count):
                x, y, half_x, half_y = self.x[k], self.y[k], self.half_x[k], self.half_y[k]
                if x + half_x < left or x - half_x > right or y + half_y < top or y - half_y > bottom or k in (i, j):
                    continue
                t = ((x - ax) * dx + (y - ay) * dy) / square
                far = ((x - ax) * -dy + (y - ay) * dx) / root  # to the side of the line, signed
                # how far the box reaches towards the line: its half sizes seen along the line's normal
                reach = (abs(dy) * half_x + abs(dx) * half_y) / root
                if 0.03 < t < 0.97 and abs(far) < reach:
                    push = (reach - abs(far)) * (0.4 if far >= 0 else -0.4) / self.weight[k] ** 0.5
                    self.x[k] += push * -dy / root
                    self.y[k] += push * dx / root


def push_apart(boxes: Mapping[str, Box], group: Sequence[str], lines: Sequence[Line]) -> None:
    """Move boxes until none overlaps another and, as far as that goes, lines and their words are free."""
    plane = _Plane([boxes[key] for key in group], lines, {key: i for i, key in enumerate(group)})
    rounds = max(24, min(140, WORK // (len(group) * (len(lines) + 1))))
    for turn in range(rounds if lines else 0):
        free = not plane.step(words=True)
        if turn % 2 == 0:
            plane.off_lines()
        if free:
            break
    for _ in range(200):
        if not plane.step(words=False):
            break
    for key, x, y in zip(group, plane.x, plane.y, strict=True):
        boxes[key].x, boxes[key].y = x, y
