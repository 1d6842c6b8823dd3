"""A network -> what is drawn of it: which nodes lead, what is folded into a label, which lines run together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from kg.names import expand
from kg.view.boxes import Box, Line
from kg.view.field import scatter
from kg.view.layout import place
from kg.view.network import Edge, EdgeStatus, Graph, Node, edges_of, nodes_of
from kg.view.text import clean, readable_date, text_width, wrap

NAMED = frozenset({"Person", "Organization", "Place", "Product", "Work", "Law"})
VALUES = frozenset({"Amount", "Time", "Literal"})
STANDING = frozenset({"asserted", "reported"})
SAID = expand("kg:said")
JOB_TITLE = expand("schema:jobTitle")
EVENT = expand("kg:Event")
WEIGHT = {"asserted": 1.0, "reported": 0.8, "disputed": 0.5, "denied": 0.4, "possible": 0.3}
SMALL = 300  # up to so many nodes each has its name plate, and the words on lines find room
LARGEST = 20_000  # more nodes than this no browser draws well
FIRST_SIGHT = 50  # more nodes than this at first sight and common nouns give way
SAYINGS = 2  # lines of "said" from one speaker at first sight
LINE_TEXT = 13.0  # size of the words on a line, pixels


@dataclass(slots=True)
class Mark:
    """A node as it is drawn: its lines of words, its size, whether it is there at first sight."""

    key: str
    node: Node
    lines: list[str]
    detail: list[str]
    size: float
    width: float
    height: float
    weight: float
    first: bool = True
    x: int = 0
    y: int = 0


@dataclass(slots=True)
class Strand:
    """One drawn line: all edges of one status and layer (``fact``, ``role`` or ``said``) from one node to another."""

    source: str
    target: str
    layer: str
    status: EdgeStatus
    edges: list[Edge] = field(default_factory=list)
    bend: float = 0.0
    at: float = 0.5
    first: bool = True

    @property
    def lines(self) -> list[str]:
        """The words on the line: the first relations, and how many more there are."""
        words = list(dict.fromkeys(clean(edge.label, limit=34) for edge in self.edges))
        # an event's plain relation and the words it was read from come as "launched" and "launch": one will do
        words = [word for word in words if not any(other != word and other.startswith(word) for other in words)]
        if self.layer == "said":
            return ["said"]
        most = 3 if len(words) <= 3 else 2
        return words[:most] + ([f"+ {len(words) - most} more"] if len(words) > most else [])


@dataclass(slots=True)
class Picture:
    """All that the page draws, with how much was left out."""

    marks: list[Mark]
    strands: list[Strand]
    folded: list[tuple[str, Edge, Node]]
    left_out: int = 0

    @property
    def large(self) -> bool:
        """Whether there are too many nodes for name plates."""
        return len(self.marks) > SMALL


def picture(graph: Graph, *, limit: int = LARGEST) -> Picture:
    """Choose, fold, bundle, measure and place; at most ``limit`` nodes, the most connected ones."""
    nodes = {node.id: node for node in nodes_of(graph)}
    edges = [edge for edge in edges_of(graph) if edge.source != edge.target]
    nodes, edges, folded = _fold_values(nodes, edges)
    weight = _weights(nodes, edges)
    linked = [key for key in nodes if weight[key] > 0] or list(nodes)
    ranked = sorted(linked, key=lambda key: (-weight[key], key))
    kept = set(ranked[:limit])
    edges = [edge for edge in edges if edge.source in kept and edge.target in kept]
    details = _details(nodes, folded)
    first = _first_sight({key: nodes[key] for key in kept}, edges, weight, telling=details)
    keys = {key: f"n{i}" for i, key in enumerate(ranked[:limit])}
    marks = [_mark(keys[k], nodes[k], details.get(k, []), weight[k], first=k in first) for k in ranked[:limit]]
    strands = _strands(edges, keys, events={key for key in kept if is_told(nodes[key])})
    _main_sayings(strands, {keys[key]: nodes[key] for key in kept})
    _place(marks, strands)
    inside = [(keys[key], edge, node) for key, edge, node in folded if key in keys]
    return Picture(marks, strands, inside, left_out=len(linked) - len(kept))


def is_told(node: Node) -> bool:
    """Whether a node is an event that articles tell of (one with roles), not one with a name ("World Cup")."""
    return node.kind == "Event" and EVENT in node.types


def leads(node: Node) -> bool:
    """Whether a node has a name of its own."""
    return not node.unnamed and (node.kind in NAMED or (node.kind == "Event" and not is_told(node)))


def _fold_values(
    nodes: dict[str, Node], edges: list[Edge]
) -> tuple[dict[str, Node], list[Edge], list[tuple[str, Edge, Node]]]:
    """Take an event's figures and dates that have no rival, and people's titles, into the labels of their owners."""
    degree: dict[str, int] = defaultdict(int)
    rivals: dict[tuple[str, str], int] = defaultdict(int)
    for edge in edges:
        degree[edge.source] += 1
        degree[edge.target] += 1
        rivals[edge.source, edge.relation] += 1

    def folds(edge: Edge) -> bool:
        value, owner = nodes[edge.target], nodes[edge.source]
        if degree[edge.target] > 1 or edge.status not in STANDING:
            return False
        if edge.relation == JOB_TITLE:
            return True
        return is_told(owner) and value.kind in VALUES and rivals[edge.source, edge.relation] == 1

    folded = [(edge.source, edge, nodes[edge.target]) for edge in edges if folds(edge)]
    gone = {node.id for _, _, node in folded}
    return (
        {key: node for key, node in nodes.items() if key not in gone},
        [edge for edge in edges if edge.target not in gone],
        folded,
    )


def _details(nodes: dict[str, Node], folded: Iterable[tuple[str, Edge, Node]]) -> dict[str, list[str]]:
    """The second line of a node: how far an event got, its figures and its date; a person's first title."""
    details: dict[str, list[str]] = defaultdict(list)
    for key, node in nodes.items():
        if node.titles:
            details[key] = [clean(title, limit=60) for title in node.titles[:1]]
    for key, _, node in sorted(folded, key=lambda item: (item[0], item[2].kind == "Time", item[1].relation)):
        if is_told(nodes[key]):
            details[key].append(_words(node, limit=30))
    return details


def _weights(nodes: dict[str, Node], edges: Iterable[Edge]) -> dict[str, float]:
    """How much each node matters: the sum of its edges, each by how far it stands; names count double."""
    weight = dict.fromkeys(nodes, 0.0)
    for edge in edges:
        share = 0.3 if edge.relation == SAID else WEIGHT[edge.status]
        weight[edge.source] += share
        weight[edge.target] += share
    return {key: value * (2 if leads(nodes[key]) else 1) for key, value in weight.items()}


def _first_sight(
    nodes: dict[str, Node], edges: Sequence[Edge], weight: dict[str, float], *, telling: Collection[str]
) -> set[str]:
    """The nodes shown before anybody asks for more: those in a standing edge that hangs together with a name."""
    near: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.status in STANDING and (edge.relation != SAID or leads(nodes[edge.target])):
            near[edge.source].add(edge.target)
            near[edge.target].add(edge.source)
    shown: set[str] = set()
    fresh = [key for key in near if leads(nodes[key])]
    while fresh:
        shown.update(fresh)
        fresh = sorted({other for key in fresh for other in near[key]} - shown)
    shown -= {key for key in shown if is_told(nodes[key]) and _adds_nothing(key, nodes, near, telling)}
    shown -= {key for key in shown if _stray_value(key, nodes, near[key] & shown)}
    lesser = [k for k in shown if nodes[k].kind != "Event" and not leads(nodes[k]) and len(near[k] & shown) < 2]
    for key in sorted(lesser, key=lambda k: (weight[k], k))[: max(0, len(shown) - FIRST_SIGHT)]:
        shown.discard(key)
    return shown or set(nodes)


def _adds_nothing(event: str, nodes: dict[str, Node], near: dict[str, set[str]], telling: Collection[str]) -> bool:
    """Whether an event can be spared: one party only, or two that are linked without it, and no figure or date."""
    parties = [key for key in near[event] if nodes[key].kind not in VALUES]
    if len(parties) < len(near[event]) or (event in telling and len(parties) > 1):
        return False
    return len(parties) < 2 or (len(parties) == 2 and parties[0] in near[parties[1]])


def _stray_value(key: str, nodes: dict[str, Node], owners: set[str]) -> bool:
    """Whether a plain value can be spared: nothing shown has it, or a date or words that belong to no event."""
    if nodes[key].kind not in VALUES:
        return False
    return not owners or (nodes[key].kind != "Amount" and not any(is_told(nodes[owner]) for owner in owners))


def _words(node: Node, *, limit: int) -> str:
    label = clean(node.label, limit=limit)
    return readable_date(label) if node.kind in ("Time", "Literal") else label


def _mark(key: str, node: Node, detail: list[str], weight: float, *, first: bool) -> Mark:
    """Measure a node: names lead, in the more articles the larger; events and common nouns stay small."""
    if leads(node):
        size, width, bold = min(30.0, 13 + 3.2 * max(1, len(node.articles)) ** 0.5), 22, True
    elif node.kind == "Event":
        size, width, bold = 14.0, 24, True
    else:
        size, width, bold = 13.5, 22, False
    lines = wrap(_words(node, limit=90), width=width, lines=3)
    rows = wrap(" · ".join(detail), width=30, lines=2) if detail else []
    words = max([text_width(line, size, bold=bold) for line in lines] + [text_width(row, 13) for row in rows])
    pad = 8 if node.kind in VALUES else 18 + size * 0.7
    height = len(lines) * size * 1.22 + len(rows) * 15 + (4 if node.kind in VALUES else 10 + size * 0.2)
    return Mark(key, node, lines, rows, round(size, 1), round(words + pad), round(height), weight, first)


def _strands(edges: Iterable[Edge], keys: dict[str, str], *, events: set[str]) -> list[Strand]:
    """Run edges of one kind between the same two nodes together, and bend lines that share their ends apart."""
    strands: dict[tuple[str, str, str, EdgeStatus], Strand] = {}
    for edge in edges:
        layer = "said" if edge.relation == SAID else "fact"
        if edge.source in events:
            layer = "role"
        where = (keys[edge.source], keys[edge.target], layer, edge.status)
        strands.setdefault(where, Strand(*where)).edges.append(edge)
    beside: dict[frozenset[str], list[Strand]] = defaultdict(list)
    for where in sorted(strands, key=lambda w: (int(w[0][1:]), int(w[1][1:]), w[2:])):
        beside[frozenset(where[:2])].append(strands[where])
    for group in beside.values():
        for i, strand in enumerate(group):
            # the bend is to the left of the line's own direction, so that there and back lie on different sides
            side = 1 if strand.source == group[0].source else -1
            strand.bend = round(0.3 * (i - (len(group) - 1) / 2) * side, 3)
            # words of lines side by side stand staggered
            shift = 0.0 if len(group) == 1 else round(0.24 * (i / (len(group) - 1) - 0.5) * side, 3)
            strand.at = 0.5 + shift
    return [strand for group in beside.values() for strand in group]


def _main_sayings(strands: Sequence[Strand], nodes: dict[str, Node]) -> None:
    """Of all that a speaker spoke of show the few things first that have names and were spoken of most."""
    spoken: dict[str, list[Strand]] = defaultdict(list)
    for strand in strands:
        if strand.layer == "said":
            strand.first = leads(nodes[strand.target])
            spoken[strand.source].append(strand)
    for lines in spoken.values():
        lines.sort(key=lambda s: (not s.first, -sum(len(edge.evidence) for edge in s.edges), int(s.target[1:])))
        for strand in lines[SAYINGS:]:
            strand.first = False


def _place(marks: Sequence[Mark], strands: Sequence[Strand]) -> None:
    if len(marks) > SMALL:
        _scatter(marks, strands)
        return
    boxes = {mark.key: Box(mark.width, mark.height, weight=1 + mark.weight) for mark in marks}
    degree: dict[str, int] = defaultdict(int)
    for strand in strands:
        degree[strand.source] += 1
        degree[strand.target] += 1
    bound = {key for strand in strands if strand.layer != "said" for key in (strand.source, strand.target)}
    lines = [
        _line(strand, boxes, degree)
        for strand in strands
        # who spoke of whom shall not pull together what has its place by the facts
        if strand.layer != "said" or (strand.first and not {strand.source, strand.target} <= bound)
    ]
    place(boxes, lines, later=[mark.key for mark in marks if not mark.first])
    for mark in marks:
        mark.x, mark.y = int(boxes[mark.key].x), int(boxes[mark.key].y)


def _scatter(marks: Sequence[Mark], strands: Sequence[Strand]) -> None:
    number = {mark.key: i for i, mark in enumerate(marks)}
    bound = {key for strand in strands if strand.layer != "said" for key in (strand.source, strand.target)}
    pairs = [
        (number[strand.source], number[strand.target])
        for strand in strands
        if strand.layer != "said" or not {strand.source, strand.target} <= bound
    ]
    for mark, (x, y) in zip(marks, scatter(len(marks), pairs), strict=True):
        mark.x, mark.y = round(x), round(y)


def _line(strand: Strand, boxes: dict[str, Box], degree: dict[str, int]) -> Line:
    """The line as the layout sees it: long enough that its words can be read between the two nodes."""
    a, b = boxes[strand.source], boxes[strand.target]
    width = max(text_width(words, LINE_TEXT) for words in strand.lines)
    crowd = min(degree[strand.source], degree[strand.target], 4) * 12
    length = (a.width + a.height + b.width + b.height) / 4 + width * 0.75 + 24 + crowd
    return Line(strand.source, strand.target, length, width + 6, len(strand.lines) * LINE_TEXT * 1.2 + 2, strand.at)
