"""A network -> one self-contained HTML page that asks nobody for anything.

Up to 300 nodes pyvis makes the picture (vis-network), each name on a plate of its own; above that sigma.js draws it,
bundled with this package (`kg.view.bundle`). The rest of the page is the same. Article text is hostile: it travels as
JSON that cannot end its script element, is put into the page as text only, and the page's policy runs no script but the
two it was made with and opens no connection.
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

from kg.view.analysis import Ranking
from kg.view.network import Edge, Evidence, Graph, Node
from kg.view.picture import LARGEST, Mark, Picture, Strand, is_told, leads, picture
from kg.view.text import clean

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 350, "multiselect": False, "selectConnectedEdges": False},
    "nodes": {"font": {"multi": False}, "chosen": False},
    "edges": {"font": {"multi": False}, "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}}, "chosen": False},
}


def page(network: Graph, *, title: str, limit: int = LARGEST, findings: Iterable[Ranking] = ()) -> str:
    """One HTML page that shows this network, whole in itself: the same network gives the same bytes.

    ``title`` heads it; of more than ``limit`` nodes the most connected are drawn and the page says so; ``findings`` of
    an analysis stand in its list. The text is to be written as UTF-8.
    """
    drawn = picture(network, limit=limit)
    data = {"title": clean(title, limit=200), **_data(drawn, findings)}
    data |= {} if drawn.large else {"vis": _vis(drawn)}
    library = _asset("sigma/sigma.min.js") if drawn.large else _library()
    program = _program(large=drawn.large)
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


def _program(*, large: bool) -> str:
    """The page's own script: what it holds, how it draws, panel, tools, and what joins them."""
    draw = "draw_sigma" if large else "draw_vis"
    return "".join(_asset(f"{name}.js") for name in ("look", "state", "panel", draw, "tools", "page"))


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


def _data(drawn: Picture, findings: Iterable[Ranking]) -> dict[str, Any]:
    sources = _Sources()
    folded: dict[str, list[dict[str, Any]]] = {}
    times: dict[str, str] = {}
    for key, edge, node in drawn.folded:
        folded.setdefault(key, []).append({**_edge(edge, sources), "value": clean(node.label, limit=200)})
        if node.kind == "Time":
            times.setdefault(key, clean(node.label, limit=40))
    strands = [_strand(f"e{i}", strand, sources) for i, strand in enumerate(drawn.strands)]
    marks = [
        {**_node(mark, folded.get(mark.key, [])), "time": times.get(mark.key, "") if is_told(mark.node) else ""}
        for mark in drawn.marks
    ]
    return {
        "nodes": marks, "strands": strands, "articles": sources.articles, "voices": sources.voices,
        "large": drawn.large, "leftOut": drawn.left_out, "findings": _findings(drawn, findings),
    }  # fmt: skip


def _findings(drawn: Picture, findings: Iterable[Ranking]) -> list[dict[str, Any]]:
    """What an analysis found, each thing by its opaque id where it is drawn."""
    keys = {mark.node.id: mark.key for mark in drawn.marks}
    return [
        {
            "title": clean(found.title, limit=80), "about": clean(found.about, limit=200),
            "rows": [[keys.get(row.id, ""), clean(row.label, limit=300), clean(row.words, limit=300)]
                     for row in found.rows],
        }
        for found in findings
    ]  # fmt: skip


class _Sources:
    """Each article and each voice once, by its number."""

    def __init__(self) -> None:
        self.articles: list[dict[str, str]] = []
        self.voices: list[str] = []
        self._articles: dict[tuple[str, ...], int] = {}
        self._voices: dict[str, int] = {}

    def article(self, e: Evidence) -> int:
        """The number of the article that these words stand in."""
        key = (e.article_id, e.article_title, e.article_date, e.publisher, e.url)
        if key not in self._articles:
            self._articles[key] = len(self.articles)
            self.articles.append({
                "id": clean(e.article_id, limit=300), "title": clean(e.article_title, limit=300),
                "date": clean(e.article_date, limit=40), "publisher": clean(e.publisher, limit=120),
                "url": _web_address(e.url),
            })  # fmt: skip
        return self._articles[key]

    def spoken(self, e: Evidence) -> list[int]:
        """The numbers of those who vouch for these words, or pass them on."""
        names = dict.fromkeys(clean(name, limit=200) for name in (e.voices or ((e.speaker,) if e.speaker else ())))
        for name in names:
            if name not in self._voices:
                self._voices[name] = len(self.voices)
                self.voices.append(name)
        return [self._voices[name] for name in names]


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
        "id": mark.key, "key": _key(node.id), "kind": clean(node.kind, limit=40), "label": clean(node.label, limit=300),
        "lines": mark.lines, "detail": mark.detail, "size": mark.size, "w": mark.width, "h": mark.height,
        "x": mark.x, "y": mark.y, "first": mark.first, "values": values,
        "types": _texts(_local(t) for t in node.types), "names": _texts(node.names),
        "titles": _texts(node.titles), "articles": len(node.articles), "leads": leads(node) or node.kind == "Event",
    }  # fmt: skip


def _key(iri: str) -> str:
    """What names a node in the address of a view: the last two parts of its IRI ("entity/amazon")."""
    return clean("/".join(re.split(r"[#/]", iri)[-2:]), limit=120)


def _local(iri: str) -> str:
    return re.split(r"[#/:]", iri)[-1] or iri


def _texts(texts: Iterable[str]) -> list[str]:
    return [clean(text, limit=200) for text in texts][:40]


def _strand(key: str, strand: Strand, sources: _Sources) -> dict[str, Any]:
    return {
        "id": key, "from": strand.source, "to": strand.target, "layer": strand.layer, "status": strand.status,
        "lines": strand.lines, "at": strand.at, "first": strand.first,
        "edges": [_edge(edge, sources) for edge in strand.edges],
    }  # fmt: skip


def _edge(edge: Edge, sources: _Sources) -> dict[str, Any]:
    return {
        "label": clean(edge.label, limit=200), "status": edge.status,
        "evidence": [_evidence(e, sources) for e in edge.evidence[:50]], "more": max(0, len(edge.evidence) - 50),
    }  # fmt: skip


def _evidence(e: Evidence, sources: _Sources) -> dict[str, Any]:
    return {
        "before": clean(e.before[-600:]), "words": _marked(e), "after": clean(e.after, limit=600),
        "article": sources.article(e), "voices": sources.spoken(e), "speaker": clean(e.speaker, limit=200),
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
