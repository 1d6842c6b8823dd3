"""A network -> what stands out in it: who is central, what belongs together, what holds it so, what is in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from kg.names import expand
from kg.view.network import Edge, Graph, Node, edges_of, nodes_of

if TYPE_CHECKING:
    import networkx

    Plain: TypeAlias = "networkx.Graph[int]"

SEED = 20190711
SOURCES = 250  # nodes from which shortest ways are measured, where there are more
DAMPING = 0.85
VALUES = frozenset({"Amount", "Time", "Literal"})
SAID = expand("kg:said")


@dataclass(frozen=True, slots=True)
class Ranked:
    """One thing that stands out: its IRI (empty: a group), its label, a number to rank by, and what that says."""

    id: str
    label: str
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """What stands out in one respect, first what does so most; ``about`` tells how it was measured."""

    name: str
    title: str
    about: str
    rows: tuple[Ranked, ...]


def analysis(graph: Graph, *, most: int = 10) -> tuple[Ranking, ...]:
    """All rankings of a network, each of at most ``most`` rows; the same network gives the same ones.

    Figures and dates are no nodes here, who spoke of whom is no link, and neither is what is denied or only possible;
    parallel links count as one, the more of them the stronger.
    """
    everything = nodes_of(graph)
    nodes = [node for node in everything if node.kind not in VALUES]
    edges = edges_of(graph)
    plain = _plain(nodes, edges)
    return (
        _ranking("central", "Central", "PageRank: linked with much that is itself well linked",
                 nodes, _pagerank(plain), "{:.2%} of all ways end here", most),
        _ranking("between", "Between others", f"betweenness: shortest ways that lead through it{_sample(plain)}",
                 nodes, _betweenness(plain), "{:.2%} of shortest ways lead through it", most),
        _communities(nodes, plain, most),
        _bridges(nodes, plain, most),
        _disputed(everything, edges, most),
        _anonymous(nodes, edges, most),
    )  # fmt: skip


def _plain(nodes: Sequence[Node], edges: Iterable[Edge]) -> Plain:
    """Nodes by number, as sets of numbers are walked in the same order everywhere, and lines by how many links."""
    import networkx

    number = {node.id: i for i, node in enumerate(nodes)}
    weight: dict[tuple[int, int], float] = defaultdict(float)
    for edge in edges:
        if edge.relation == SAID or edge.status not in ("asserted", "reported"):
            continue
        a, b = number.get(edge.source), number.get(edge.target)
        if a is not None and b is not None and a != b:
            weight[min(a, b), max(a, b)] += 1.0
    plain: Plain = networkx.Graph()
    plain.add_nodes_from(range(len(nodes)))
    plain.add_weighted_edges_from((a, b, many) for (a, b), many in sorted(weight.items()))
    return plain


def _ranking(
    name: str, title: str, about: str, nodes: Sequence[Node], values: dict[int, float], words: str, most: int
) -> Ranking:  # fmt: skip
    first = sorted((i for i in values if values[i] > 0), key=lambda i: (-round(values[i], 9), nodes[i].id))[:most]
    rows = (Ranked(nodes[i].id, nodes[i].label, round(values[i], 6), words.format(values[i])) for i in first)
    return Ranking(name, title, about, tuple(rows))


def _pagerank(plain: Plain) -> dict[int, float]:
    """Brin and Page 1998, over lines both ways, by as many rounds as change anything.

    (That of networkx needs SciPy for any size of graph.)
    """
    linked = [i for i in plain if plain.degree(i)]
    strength = {i: float(plain.degree(i, weight="weight")) for i in linked}
    rank = dict.fromkeys(linked, 1 / (len(linked) or 1))
    for _ in range(60):
        fresh = {
            i: (1 - DAMPING) / len(linked)
            + DAMPING * sum(rank[j] * data["weight"] / strength[j] for j, data in plain[i].items())
            for i in linked
        }
        change = sum(abs(fresh[i] - rank[i]) for i in linked)
        rank = fresh
        if change < 1e-9:
            break
    return rank


def _betweenness(plain: Plain) -> dict[int, float]:
    """Brandes 2001; of large graphs from a sample of the nodes (Brandes and Pich 2007)."""
    import networkx

    sample = None if len(plain) <= SOURCES else SOURCES
    found: dict[int, float] = networkx.betweenness_centrality(plain, k=sample, seed=SEED)
    return found


def _sample(plain: Plain) -> str:
    return f", measured from {SOURCES} of the nodes" if len(plain) > SOURCES else ""


def _communities(nodes: Sequence[Node], plain: Plain, most: int) -> Ranking:
    """Groups with many links inside and few between (Blondel and others 2008), called by their best linked members."""
    import networkx

    linked = plain.subgraph([i for i in plain if plain.degree(i)])
    groups = networkx.community.louvain_communities(linked, weight="weight", seed=SEED) if len(linked) else []
    rows = []
    for group in sorted(groups, key=lambda group: (-len(group), min(group)))[:most]:
        led = sorted(group, key=lambda i: (-plain.degree(i, weight="weight"), nodes[i].id))
        label = ", ".join(nodes[i].label for i in led[:3])
        rows.append(Ranked(nodes[led[0]].id, label, float(len(group)), f"{len(group)} things"))
    parts = networkx.community.modularity(linked, groups, weight="weight") if groups and linked.size() else 0.0
    about = f"Louvain: {len(groups)} groups, modularity {parts:.2f}; called by their best linked members"
    return Ranking("communities", "Communities", about, tuple(rows))


def _bridges(nodes: Sequence[Node], plain: Plain, most: int) -> Ranking:
    """Links without which a part falls off, by how large the smaller part is; of one thing alone, it is none."""
    import networkx

    rows: list[tuple[int, int, int]] = []
    for members in networkx.connected_components(plain):
        part = plain.subgraph(sorted(members))
        parent, below = _below(part, min(members))
        for a, b in networkx.bridges(part):
            child = a if parent.get(a) == b else b
            rows.append((min(below[child], len(part) - below[child]), min(a, b), max(a, b)))
    rows.sort(key=lambda row: (-row[0], nodes[row[1]].id, nodes[row[2]].id))
    about = "links without which the graph falls apart, by the size of the smaller part"
    return Ranking("bridges", "Bridges", about, tuple(
        Ranked(nodes[a].id, f"{nodes[a].label} – {nodes[b].label}", float(many), f"holds {many} things")
        for many, a, b in rows[:most] if many > 1
    ))  # fmt: skip


def _below(part: Plain, root: int) -> tuple[dict[int, int], dict[int, int]]:
    """The parent of each node in a tree that spans the part, and how many nodes hang on it, itself included."""
    import networkx

    parent = dict(networkx.bfs_predecessors(part, root))
    below = dict.fromkeys(part, 1)
    for node in reversed(list(parent)):
        below[parent[node]] += below[node]
    return parent, below


def _disputed(nodes: Sequence[Node], edges: Iterable[Edge], most: int) -> Ranking:
    """What is said and denied: the relation between two things, by how many say either."""
    label = {node.id: node.label for node in nodes}
    found = []
    for edge in edges:
        against = sum(e.polarity == "negative" for e in edge.evidence)
        hold = len(edge.evidence) - against
        if edge.status == "disputed":
            words = f"{edge.label} {label.get(edge.target, edge.target)}: {hold} for, {against} against"
            found.append(((min(hold, against), len(edge.evidence)), edge, words))
    found.sort(key=lambda item: ((-item[0][0], -item[0][1]), item[1].source, item[1].relation, item[1].target))
    about = "said by some and denied by others, by how many say the less said of the two"
    return Ranking("disputed", "Most disputed", about, tuple(
        Ranked(edge.source, label.get(edge.source, edge.source), float(many), words)
        for (many, _), edge, words in found[:most]
    ))  # fmt: skip


def _anonymous(nodes: Sequence[Node], edges: Iterable[Edge], most: int) -> Ranking:
    """Things of which most is told by sources without a name."""
    label = {node.id: node.label for node in nodes}
    told: dict[str, int] = defaultdict(int)
    hidden: dict[str, int] = defaultdict(int)
    for edge in edges:
        if edge.relation == SAID:
            continue
        for end in {edge.source, edge.target} & label.keys():
            told[end] += len(edge.evidence)
            hidden[end] += sum(e.anonymous for e in edge.evidence)
    first = [key for key in hidden if hidden[key]]
    first.sort(key=lambda key: (-hidden[key], -hidden[key] / told[key], key))
    about = "by how many of the words about it come from sources without a name"
    return Ranking("anonymous", "Most anonymous", about, tuple(
        Ranked(key, label[key], float(hidden[key]), f"{hidden[key]} of {told[key]} from sources without a name")
        for key in first[:most]
    ))  # fmt: skip
