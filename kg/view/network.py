"""Entities and what is said between them -> a networkx MultiDiGraph with the evidence on its edges."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from kg.errors import UsageError
from kg.records import Facts

if TYPE_CHECKING:
    import networkx

Graph: TypeAlias = "networkx.MultiDiGraph[str]"
EdgeStatus = Literal["asserted", "reported", "denied", "possible", "disputed"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that bear one claim, where they stand and how far they go.

    ``before`` and ``after`` are what surrounds ``words`` in the article; ``speaker`` is who vouches for it, and by
    way of whom (empty: the article itself), ``voices`` the names of all of these; ``certainty`` is certain, probable
    or possible, ``polarity`` positive or negative, ``tense`` past, present or future; ``confidence`` is a probability
    (None: not known); ``marks`` are the stretches of ``words`` that bear the claim, ``[start, end)`` (none: all);
    ``anonymous``: who vouches for it has no name.
    """

    words: str
    before: str = ""
    after: str = ""
    article_id: str = ""
    article_title: str = ""
    article_date: str = ""
    publisher: str = ""
    url: str = ""
    speaker: str = ""
    certainty: str = "certain"
    polarity: str = "positive"
    tense: str = ""
    rule: str = ""
    confidence: float | None = None
    conditional: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    voices: tuple[str, ...] = ()
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the picture: an entity, an event, an amount or a time.

    ``id`` is its IRI (for a plain value, any key of its own); ``kind`` one of ``kg.records.Kind`` or ``Amount``,
    ``Time`` or ``Literal``; ``names`` every other form of its name, ``articles`` the ids of articles that name it;
    ``unnamed`` tells "a physician" or "care teams" from what has a name of its own.
    """

    id: str
    label: str
    kind: str = "Other"
    types: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """What relates two nodes: ``relation`` is an IRI, ``label`` its words, ``status`` how far it stands.

    ``asserted`` by an article itself, only ``reported`` from a speaker, ``denied``, merely ``possible`` (also:
    future or conditional), or ``disputed``: both said and denied.
    """

    source: str
    target: str
    relation: str
    label: str
    status: EdgeStatus = "asserted"
    evidence: tuple[Evidence, ...] = ()


def network(
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    *,
    around: str | None = None,
    hops: int = 2,
    says: str | None = None,
    facts: Facts = "all",
) -> Graph:
    """The graph of these nodes and edges, in a fixed order whatever the order they come in.

    Nodes are keyed by their id and carry the fields of ``Node``, edges those of ``Edge`` (key: relation and
    status). ``around`` keeps what is at most ``hops`` edges from that entity (a name or an IRI), ``says`` what rests
    on that voice; ``facts`` leaves out edges that are only reported, or those asserted. Edges to unknown nodes are
    left out. Raises UsageError for an unknown entity or speaker.
    """
    import networkx

    graph: Graph = networkx.MultiDiGraph()
    for node in sorted(nodes, key=lambda node: node.id):
        graph.add_node(node.id, **_attributes(node, leave_out=("id",)))
    hidden = {"asserted": "reported", "reported": "asserted"}.get(facts)
    known = [edge for edge in edges if edge.source in graph and edge.target in graph and edge.status != hidden]
    if says is not None:
        known = _said_by(graph, known, find(graph, says))
    for edge in sorted(known, key=lambda edge: (edge.source, edge.target, edge.relation, edge.status)):
        key = f"{edge.relation} {edge.status}"
        graph.add_edge(edge.source, edge.target, key=key, **_attributes(edge, leave_out=("source", "target")))
    if says is not None or hidden:
        graph.remove_nodes_from([node for node in list(graph) if graph.degree(node) == 0])
    return graph if around is None else _around(graph, find(graph, around), hops)


def find(graph: Graph, name: str) -> str:
    """The id of the node called ``name``: its IRI, its label, any other name, in that order, whatever the case.

    Of several that fit, the one with most edges. Raises UsageError, with names that come near, where none fits.
    """
    if name in graph:
        return name
    wanted = name.casefold().strip()
    labels = {node: str(data["label"]) for node, data in graph.nodes(data=True)}
    for fits in (
        [node for node, label in labels.items() if label.casefold() == wanted],
        [node for node, data in graph.nodes(data=True) if wanted in {n.casefold() for n in data["names"]}],
    ):
        if fits:
            return str(min(fits, key=lambda node: (-graph.degree(node), node)))
    near = difflib.get_close_matches(name, sorted(set(labels.values())), n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `kg show` lists what the graph knows"
    raise UsageError(f"the graph has no entity called {name!r}{hint}")


def edges_of(graph: Graph) -> list[Edge]:
    """The edges of such a graph as records again, in its order."""
    return [Edge(source, target, **data) for source, target, data in graph.edges(data=True)]


def nodes_of(graph: Graph) -> list[Node]:
    """The nodes of such a graph as records again, in its order."""
    return [Node(node, **data) for node, data in graph.nodes(data=True)]


def _attributes(record: Node | Edge, *, leave_out: Sequence[str]) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in fields(record) if f.name not in leave_out}


def _said_by(graph: Graph, edges: list[Edge], speaker: str) -> list[Edge]:
    """Each edge with only that speaker's evidence; edges without any are dropped."""
    data = graph.nodes[speaker]
    names = {name.casefold() for name in (data["label"], *data["names"])}
    theirs = (replace(edge, evidence=tuple(e for e in edge.evidence if _voiced(e, names))) for edge in edges)
    return [edge for edge in theirs if edge.evidence]


def _voiced(evidence: Evidence, names: set[str]) -> bool:
    """Whether somebody of these names vouches for it, or passes it on."""
    return bool(names & {voice.casefold() for voice in (*evidence.voices, evidence.speaker)})


def _around(graph: Graph, centre: str, hops: int) -> Graph:
    import networkx

    near = networkx.single_source_shortest_path_length(graph.to_undirected(as_view=True), centre, cutoff=hops)
    kept: Graph = graph.subgraph(sorted(near)).copy()
    ordered: Graph = networkx.MultiDiGraph()
    ordered.add_nodes_from(sorted(kept.nodes(data=True), key=lambda item: item[0]))
    ordered.add_edges_from(sorted(kept.edges(keys=True, data=True), key=lambda item: item[:3]))
    return ordered
