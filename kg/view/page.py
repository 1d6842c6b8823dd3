"""A network -> one self-contained HTML page, made with pyvis, that asks nobody for anything.

Article text is hostile: it travels as JSON that cannot end its script element, is put into the page as text
only, and the page's policy runs no script but the two it was made with and opens no connection.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.view.network import Edge, Evidence, Graph, Node
from kg.view.picture import Mark, Picture, Strand, leads, picture
from kg.view.text import clean

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 350, "multiselect": False, "selectConnectedEdges": False},
    "nodes": {"font": {"multi": False}, "chosen": False},
    "edges": {"font": {"multi": False}, "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}}, "chosen": False},
}


def page(network: Graph, *, title: str, limit: int = 300) -> str:
    """One HTML page that shows this network, whole in itself: the same network gives the same bytes.

    ``title`` heads it; of more than ``limit`` nodes the most connected are drawn and the page says so. The text
    is to be written as UTF-8.
    """
    drawn = picture(network, limit=limit)
    data = {"title": clean(title, limit=200), **_data(drawn), "vis": _vis(drawn)}
    library, program = _library(), _asset("look.js") + _asset("page.js")
    parts = {
        "TITLE": html.escape(clean(title, limit=200)),
        "POLICY": _policy(library, program),
        "STYLE": _asset("page.css"),
        "DATA": _json(data),
        "LIBRARY": library,
        "PROGRAM": program,
    }
    # one pass, so that a title that reads like a place holder stays a title
    return re.sub(r"\{\{([A-Z]+)\}\}", lambda found: parts[found[1]], _asset("page.html"))


def _asset(name: str) -> str:
    return resources.files("kg.view").joinpath("assets", name).read_text("utf-8")


def _library() -> str:
    """The vis-network library that pyvis carries."""
    import pyvis

    found = sorted(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    text = found[-1].read_text("utf-8")
    return re.sub(r"</(script)", r"<\\/\1", text, flags=re.IGNORECASE)


def _policy(*scripts: str) -> str:
    """No connection at all, and no script but these, known by their digests."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _json(data: Any) -> str:
    """JSON in plain ASCII in which no tag can end or begin."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _vis(drawn: Picture) -> dict[str, Any]:
    """Nodes, edges and options as pyvis hands them to vis-network; ids are opaque, texts are no markup."""
    from pyvis.network import Network

    net = Network(directed=True)
    net.set_options(json.dumps(OPTIONS))
    for mark in drawn.marks:
        net.add_node(mark.key, label=" ".join(mark.lines), shape="custom", x=mark.x, y=mark.y)
    for i, strand in enumerate(drawn.strands):
        turn = "curvedCW" if strand.bend > 0 else "curvedCCW"
        smooth = {"enabled": True, "type": turn, "roundness": abs(strand.bend)} if strand.bend else False
        net.add_edge(strand.source, strand.target, id=f"e{i}", smooth=smooth)
    return {"nodes": net.nodes, "edges": net.edges, "options": net.options}


def _data(drawn: Picture) -> dict[str, Any]:
    articles = _Articles()
    folded: dict[str, list[dict[str, Any]]] = {}
    for key, edge, node in drawn.folded:
        folded.setdefault(key, []).append({**_edge(edge, articles), "value": clean(node.label, limit=200)})
    strands = [_strand(f"e{i}", strand, articles) for i, strand in enumerate(drawn.strands)]
    marks = [_node(mark, folded.get(mark.key, [])) for mark in drawn.marks]
    return {"nodes": marks, "strands": strands, "articles": articles.rows, "leftOut": drawn.left_out}


class _Articles:
    """Each article once, by its number."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._known: dict[tuple[str, ...], int] = {}

    def number(self, e: Evidence) -> int:
        key = (e.article_id, e.article_title, e.article_date, e.publisher, e.url)
        if key not in self._known:
            self._known[key] = len(self.rows)
            self.rows.append({
                "id": clean(e.article_id, limit=300), "title": clean(e.article_title, limit=300),
                "date": clean(e.article_date, limit=40), "publisher": clean(e.publisher, limit=120),
                "url": _web_address(e.url),
            })  # fmt: skip
        return self._known[key]


def _web_address(url: str) -> str:
    """The address if a browser may be sent there, http or https, else nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc and clean(url) == url else ""


def _node(mark: Mark, values: list[dict[str, Any]]) -> dict[str, Any]:
    node: Node = mark.node
    return {
        "id": mark.key, "kind": clean(node.kind, limit=40), "label": clean(node.label, limit=300),
        "lines": mark.lines, "detail": mark.detail, "size": mark.size, "w": mark.width, "h": mark.height,
        "x": mark.x, "y": mark.y, "first": mark.first, "values": values,
        "types": _texts(_local(t) for t in node.types), "names": _texts(node.names),
        "titles": _texts(node.titles), "articles": len(node.articles), "leads": leads(node) or node.kind == "Event",
    }  # fmt: skip


def _local(iri: str) -> str:
    return re.split(r"[#/:]", iri)[-1] or iri


def _texts(texts: Iterable[str]) -> list[str]:
    return [clean(text, limit=200) for text in texts][:40]


def _strand(key: str, strand: Strand, articles: _Articles) -> dict[str, Any]:
    return {
        "id": key, "from": strand.source, "to": strand.target, "layer": strand.layer, "status": strand.status,
        "lines": strand.lines, "at": strand.at, "first": strand.first,
        "edges": [_edge(edge, articles) for edge in strand.edges],
    }  # fmt: skip


def _edge(edge: Edge, articles: _Articles) -> dict[str, Any]:
    return {
        "label": clean(edge.label, limit=200), "status": edge.status,
        "evidence": [_evidence(e, articles) for e in edge.evidence[:50]], "more": max(0, len(edge.evidence) - 50),
    }  # fmt: skip


def _evidence(e: Evidence, articles: _Articles) -> dict[str, Any]:
    return {
        "before": clean(e.before[-600:]), "words": _marked(e), "after": clean(e.after, limit=600),
        "article": articles.number(e), "speaker": clean(e.speaker, limit=200),
        "certainty": clean(e.certainty, limit=40), "polarity": clean(e.polarity, limit=40),
        "tense": clean(e.tense, limit=40), "rule": clean(e.rule, limit=120), "conditional": e.conditional,
        "confidence": None if e.confidence is None else round(float(e.confidence), 3),
    }  # fmt: skip


def _marked(e: Evidence) -> list[list[Any]]:
    """The words cut into stretches that bear the claim and stretches between them: ``[words, bears]``."""
    pieces: list[list[Any]] = []
    at = 0
    for start, end in e.marks or ((0, len(e.words)),):
        pieces += [[clean(e.words[at:start]), False], [clean(e.words[start:end], limit=1500), True]]
        at = end
    return [piece for piece in [*pieces, [clean(e.words[at:]), False]] if piece[0]]
