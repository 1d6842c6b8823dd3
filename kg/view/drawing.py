"""A network -> a file of the form that its name says: a page (.html), or a still picture (.svg, .png)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg import files
from kg.errors import UsageError
from kg.view.analysis import Ranking
from kg.view.network import Graph
from kg.view.page import page
from kg.view.svg import png, svg

NOT_DRAWN = frozenset({".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".pdf", ".eps"})


def draw(network: Graph, target: str | Path, *, title: str, findings: Iterable[Ranking] = ()) -> Path:
    """Draw the network into a file; returns its path. What is no picture by its name becomes a page.

    ``findings`` of an analysis stand in a page's list. Raises UsageError where the file cannot be written, or its form
    is another, or PNG wants what is not installed.
    """
    path = Path(target)
    suffix = path.suffix.lower()
    if suffix in NOT_DRAWN:
        raise UsageError(f"{path} would be a {suffix[1:].upper()}; the graph is drawn as .html, .svg or .png")
    if suffix == ".png":
        content = png(network, title=title)
    else:
        text = svg(network, title=title) if suffix == ".svg" else page(network, title=title, findings=findings)
        content = text.encode("utf-8", "replace")
    with files.output(path) as file:
        file.write(content)
    return path
