"""What the layout moves: boxes, the lines between them, and how they overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

MARGIN = (20.0, 16.0)  # free space between boxes, in pixels, across and down
ASPECT = 1.8  # width to height of the picture


@dataclass(slots=True)
class Box:
    """A node as the layout sees it: its size, its place, and how hard it is to push (1 or more)."""

    width: float
    height: float
    weight: float = 1.0
    x: float = 0.0
    y: float = 0.0


class Line(NamedTuple):
    """A line between two boxes: the wished distance of their centres, the size of the words on it, in pixels.

    ``at`` is where along the line its words wish to stand, 0 to 1.
    """

    a: str
    b: str
    length: float
    width: float = 0.0
    height: float = 0.0
    at: float = 0.5


def overlap(a: Box, b: Box, margin_x: float = MARGIN[0], margin_y: float = MARGIN[1]) -> bool:
    """Whether two boxes are nearer than the margins."""
    return abs(a.x - b.x) < (a.width + b.width) / 2 + margin_x and abs(a.y - b.y) < (a.height + b.height) / 2 + margin_y
