"""Looking at the graph: as a networkx graph, as one self-contained HTML page or a still picture, what stands out."""

from __future__ import annotations

from kg.view.analysis import Ranked, Ranking, analysis
from kg.view.drawing import draw
from kg.view.network import Edge, Evidence, Node, network
from kg.view.page import page
from kg.view.rows import records
from kg.view.svg import png, svg

__all__ = [
    "Edge", "Evidence", "Node", "Ranked", "Ranking", "analysis", "draw", "network", "page", "png", "records", "svg",
]  # fmt: skip
