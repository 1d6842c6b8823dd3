"""Looking at the graph: as a networkx graph, and as one self-contained HTML page."""

from __future__ import annotations

from kg.view.analysis import Ranked, Ranking, analysis
from kg.view.network import Edge, Evidence, Node, network
from kg.view.page import page
from kg.view.rows import records

__all__ = ["Edge", "Evidence", "Node", "Ranked", "Ranking", "analysis", "network", "page", "records"]
