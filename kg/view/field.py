"""Thousands of nodes -> where each stands; the same input gives the same places everywhere.

Forces as of Fruchterman and Reingold (1991), with repulsion from a random sample of the nodes in each round (Gove 2019,
"A Random Sampling O(n) Force-calculation Algorithm for Graph Layouts"); then whatever overlaps is pushed apart. Nodes
with one neighbour only take no part: they stand around it like the seeds of a sunflower. Only operations that IEEE 754
rounds correctly, and sums in a fixed order, so that another machine gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats: TypeAlias = "NDArray[numpy.float64]"
    Whole: TypeAlias = "NDArray[numpy.int64]"

GAP = 26.0  # distance of two nodes side by side, pixels
ROUNDS = 220
SAMPLE = 160  # nodes that push in each round
PUSHES = 60  # rounds of pushing apart
BIG = 150  # so many of the widest nodes are held against all others in each of these rounds
TURN = (-0.737368878, 0.675490294)  # cosine and sine of the golden angle
MIDDLE, RIM = 0.6, 0.12  # how hard nodes of large and of small parts are drawn to the middle
ROOM = 5.0  # how much wider the whole is than all nodes side by side
WIDER = 1.35  # how much the whole is stretched across, and pressed together down
SEED = 20190711


def scatter(count: int, pairs: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """The places of ``count`` nodes, in pixels around 0, 0; ``pairs`` are the numbers of nodes that a line joins."""
    import numpy as np

    if not count:
        return []
    links = sorted({(min(a, b), max(a, b)) for a, b in pairs if a != b})
    host, leaves = _leaves(count, links)
    core = [i for i in range(count) if host[i] < 0]
    at = {node: i for i, node in enumerate(core)}
    inner = np.array([(at[a], at[b]) for a, b in links if a in at and b in at], dtype=np.int64).reshape(-1, 2)
    radius = np.array([GAP * (0.5 + 0.62 * math.sqrt(len(leaves.get(node, ())))) for node in core], dtype=np.float64)
    x, y = _settle(radius, inner)
    _gather(x, y, radius)
    _part(x, y, radius)
    places = [(0.0, 0.0)] * count
    for node, i in at.items():
        places[node] = (float(x[i]), float(y[i]))
        own = leaves.get(node, [])
        for leaf, (dx, dy) in zip(own, _sunflower(len(own), skip=i % 8), strict=True):
            places[leaf] = (float(x[i]) + dx, float(y[i]) + dy)
    return places


def _leaves(count: int, links: Sequence[tuple[int, int]]) -> tuple[list[int], dict[int, list[int]]]:
    """The only neighbour of each node that has but one (-1: others), and the other way round."""
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    host = [-1] * count
    for node, others in enumerate(near):
        # of two nodes that have only each other, the first is host
        if len(others) == 1 and (len(near[others[0]]) > 1 or node > others[0]):
            host[node] = others[0]
    leaves: dict[int, list[int]] = {}
    for node, other in enumerate(host):
        if other >= 0:
            leaves.setdefault(other, []).append(node)
    return host, leaves


def _sunflower(count: int, *, skip: int) -> list[tuple[float, float]]:
    """So many places around a node, the nearest first; ``skip`` turns the flower, so that not all begin on one side."""
    places, (cos, sin) = [], (1.0, 0.0)
    for i in range(-skip, count):
        if i >= 0:
            far = GAP * 0.62 * math.sqrt(i + 1.6)
            places.append((far * cos, far * sin))
        cos, sin = cos * TURN[0] - sin * TURN[1], sin * TURN[0] + cos * TURN[1]
    return places


def _settle(radius: Floats, links: Whole) -> tuple[Floats, Floats]:
    """Where the forces lead: linked nodes to each other, all others away, everything a little to the middle."""
    import numpy as np

    n = len(radius)
    chance = np.random.default_rng(SEED)
    side = math.sqrt(float(sum((radius * radius).tolist())) * 4) or 1.0
    x, y = (chance.random(n) - 0.5) * side, (chance.random(n) - 0.5) * side
    if n < 2:
        return x, y
    a, b = links[:, 0], links[:, 1]
    degree = np.bincount(links.ravel(), minlength=n)
    # a line between two nodes of many lines counts less, so that groups around each of them stand apart
    pull = 1.0 / np.sqrt(np.minimum(degree[a], degree[b]).astype(np.float64))
    rest = 1.0 / (radius[a] + radius[b] + GAP)
    weight = _weights(n, links)
    step = side * 0.1
    for turn in range(ROUNDS):
        some = chance.integers(0, n, size=min(n, SAMPLE))
        fx, fy = _push(x, y, radius, some)
        dx, dy = x[a] - x[b], y[a] - y[b]
        far = np.sqrt(dx * dx + dy * dy)
        force = far * rest * pull
        for moved, delta in ((fx, dx * force), (fy, dy * force)):
            moved -= np.bincount(a, delta, minlength=n)
            moved += np.bincount(b, delta, minlength=n)
        fx -= x * weight
        fy -= y * weight
        length = np.sqrt(fx * fx + fy * fy) + 1e-9
        most = np.minimum(length, step * (1 - turn / ROUNDS) + 1.0) / length
        x, y = x + fx * most, y + fy * most
    return x, y


def _weights(count: int, links: Whole) -> Floats:
    """How hard each node is drawn to the middle: what hangs together with much stands there, the rest around it."""
    import numpy as np

    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in links.tolist():
        a, b = sorted((root(a), root(b)))
        parent[b] = a
    of = [root(node) for node in range(count)]
    sizes = np.bincount(of, minlength=count)
    return np.where(sizes[of] * 4 >= sizes.max(), MIDDLE, RIM)


def _gather(x: Floats, y: Floats, radius: Floats) -> None:
    """Leave no empty rings and nothing astray: as far out as the room for all that is farther in; wide as a screen."""
    import numpy as np

    far = np.sqrt(x * x + y * y)
    order = np.argsort(far, kind="stable")
    room = np.sqrt(np.cumsum(radius[order] * radius[order]) * ROOM)
    change = np.ones(len(far))
    change[order] = room / np.maximum(far[order], 1e-9)
    x *= change * WIDER
    y *= change / WIDER


def _push(x: Floats, y: Floats, radius: Floats, some: Whole) -> tuple[Floats, Floats]:
    """How hard a sample of the nodes, standing for all, pushes each node away."""
    import numpy as np

    dx, dy = x[None, :] - x[some][:, None], y[None, :] - y[some][:, None]
    square = dx * dx + dy * dy + 1.0
    wide = radius[None, :] + radius[some][:, None]
    share = (wide * wide) * (len(x) / len(some)) * 0.5 / square
    # row by row, as the order of a sum decides its last digit
    return np.add.reduce(dx * share, axis=0), np.add.reduce(dy * share, axis=0)


def _part(x: Floats, y: Floats, radius: Floats) -> None:
    """Push apart what overlaps: the widest against all, the others against what stands in the squares around them."""
    import numpy as np

    n = len(radius)
    wide = np.argsort(-radius, kind="stable")[: min(BIG, n)]
    reach = max(GAP, 2 * float(radius[wide[-1]]))
    for turn in range(PUSHES):
        moved = np.zeros(n), np.zeros(n)
        i, j = np.repeat(wide, n), np.tile(np.arange(n), len(wide))
        _shove(x, y, radius, i, j, moved)
        _shove(x, y, radius, *_neighbours(x, y, reach), moved)
        if not (moved[0].any() or moved[1].any()):
            break
        ease = 0.5 if turn < PUSHES - 10 else 0.3
        x += moved[0] * ease
        y += moved[1] * ease


def _shove(x: Floats, y: Floats, radius: Floats, i: Whole, j: Whole, moved: tuple[Floats, Floats]) -> None:
    """Add to ``moved`` what parts the nodes i and j, the smaller one moving farther."""
    import numpy as np

    dx, dy = x[i] - x[j], y[i] - y[j]
    want = radius[i] + radius[j]
    square = dx * dx + dy * dy
    close = (square < want * want) & (i != j)
    i, j, dx, dy, want = i[close], j[close], dx[close], dy[close], want[close]
    same = (dx == 0) & (dy == 0)
    dx = np.where(same, np.where(i < j, 1.0, -1.0), dx)
    far = np.sqrt(dx * dx + dy * dy)
    over = (want - far) / far
    mine = radius[j] / want
    for k, delta in enumerate((dx, dy)):
        moved[k][:] += np.bincount(i, delta * over * mine, minlength=len(x))
        moved[k][:] -= np.bincount(j, delta * over * (1 - mine), minlength=len(x))


def _neighbours(x: Floats, y: Floats, reach: float) -> tuple[Whole, Whole]:
    """Pairs of nodes in the same square or in two that touch; of a crowded square only those next in line."""
    import numpy as np

    column, row = np.floor(x / reach).astype(np.int64), np.floor(y / reach).astype(np.int64)
    column -= column.min()
    row -= row.min()
    stride = int(row.max()) + 3
    cell = column * stride + row
    order = np.argsort(cell, kind="stable")
    ordered = cell[order]
    found: list[tuple[Whole, Whole]] = []
    for aside in (0, 1, stride - 1, stride, stride + 1):
        start = np.searchsorted(ordered, cell + aside)
        for k in range(8):
            at = start + k
            fits = np.flatnonzero(at < len(order))
            fits = fits[ordered[at[fits]] == cell[fits] + aside]
            other = order[at[fits]]
            keep = fits < other if aside == 0 else np.full(len(fits), True)
            found.append((fits[keep], other[keep]))
    return np.concatenate([i for i, _ in found]), np.concatenate([j for _, j in found])
