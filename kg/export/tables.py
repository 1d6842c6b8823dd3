"""The facts as a network (GraphML, GEXF, node-link JSON) and as a table (CSV), each fact with its articles."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

import pyoxigraph as ox

from kg import names
from kg.emit.nodes import KIND_CLASS
from kg.store import Store

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NODE_FIELDS = ("label", "kind", "iri")
EDGE_FIELDS = ("label", "property", "layer", "articles")
_KINDS = {names.expand(class_) for class_ in KIND_CLASS.values()}


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """An entity, statement or other resource, or a literal, which has no IRI; ``kind`` is the class's local name."""

    key: str
    label: str
    kind: str
    iri: str


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """One fact; ``layer`` is asserted or reported, ``articles`` the ids of the articles that claim it."""

    source: str
    property: str
    target: str
    label: str
    layer: str
    articles: str


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by key and edges, sorted."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]


def network(store: Store, layers: Iterable[str]) -> Network:
    """The facts of some layers as nodes and edges."""
    labels, classes, articles = _values(store, _LABEL), _values(store, _TYPE), _articles(store)
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for layer in layers:
        graph = ox.NamedNode(names.mint("graph", layer, base=store.base))
        for quad in store.inner.quads_for_pattern(None, None, None, graph):
            source, target = (_node(term, labels, classes) for term in (quad.subject, quad.object))
            nodes |= {source.key: source, target.key: target}
            property_ = quad.predicate.value
            label = min(labels.get(property_, [names.in_words(property_)]))
            support = " ".join(sorted(articles[str(quad.subject), str(quad.predicate), str(quad.object)]))
            edges.append(Edge(source.key, property_, target.key, label, layer, support))
    return Network(dict(sorted(nodes.items())), tuple(sorted(edges)))


_TYPE, _LABEL = ox.NamedNode(names.expand("rdf:type")), ox.NamedNode(names.expand("rdfs:label"))
_TEXT = ox.NamedNode(names.expand("kg:text"))
_READ = ("rdf:subject", "rdf:predicate", "rdf:object", "kg:speaker", "kg:addressee")


def _node(term: object, labels: Mapping[str, list[str]], classes: Mapping[str, list[str]]) -> Node:
    if not isinstance(term, ox.NamedNode):
        value = term.value if isinstance(term, ox.Literal) else str(term)
        return Node(str(term), value, "Literal", "")
    iri = term.value
    kinds = sorted(classes.get(iri, ()), key=lambda class_: (class_ not in _KINDS, class_))
    kind = re.split(r"[/#]", kinds[0])[-1] if kinds else ""
    return Node(str(term), min(labels.get(iri, [names.in_words(iri)])), kind, iri)


def _values(store: Store, property_: ox.NamedNode) -> dict[str, list[str]]:
    """The values of a property by node; a statement's label is its text."""
    found: dict[str, list[str]] = defaultdict(list)
    for predicate in (property_, _TEXT) if property_ == _LABEL else (property_,):
        for quad in store.inner.quads_for_pattern(None, predicate, None, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                found[quad.subject.value].append(quad.object.value)
    return found


def _articles(store: Store) -> defaultdict[tuple[str, str, str], set[str]]:
    """The ids of the articles that claim each triple, or that tell of each act of saying."""
    found: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for values, article in _described(store, "rdf:subject"):
        triple = [str(value) for key in ("rdf:subject", "rdf:predicate", "rdf:object") for value in values[key]]
        found[triple[0], triple[1], triple[2]].add(article)
    for values, article in _described(store, "kg:speaker"):
        for speaker in map(str, values["kg:speaker"]):
            found[speaker, f"<{names.expand('kg:said')}>", str(values[""][0])].add(article)
            for addressee in map(str, values["kg:addressee"]):
                found[speaker, f"<{names.expand('kg:told')}>", addressee].add(article)
    return found


def _described(store: Store, property_: str) -> Iterator[tuple[defaultdict[str, list[object]], str]]:
    """The values of every node that has a property, by prefixed name ("": the node itself), and its article's id."""
    start = names.mint("article", "", base=store.base)
    short = {names.expand(key): key for key in _READ}
    for found in store.inner.quads_for_pattern(None, ox.NamedNode(names.expand(property_)), None, None):
        values: defaultdict[str, list[object]] = defaultdict(list, {"": [found.subject]})
        for quad in store.inner.quads_for_pattern(found.subject, None, None, found.graph_name):
            if quad.predicate.value in short:
                values[short[quad.predicate.value]].append(quad.object)
        yield values, str(found.graph_name)[1:-1].removeprefix(start)


# ---- writing


def node_link(network: Network) -> str:
    """JSON that ``networkx.node_link_graph`` reads as a MultiDiGraph."""
    nodes = [{"id": node.key, **_fields(node, NODE_FIELDS)} for node in network.nodes.values()]
    edges = [
        {"source": edge.source, "target": edge.target, "key": key, **_fields(edge, EDGE_FIELDS)}
        for key, edge in enumerate(network.edges)
    ]
    data = {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def csv_text(network: Network) -> str:
    """The facts, one a row; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["subject", "relation", "object", "subject IRI", "relation IRI", "object IRI", "layer", "articles"])
    for edge in network.edges:
        source, target = network.nodes[edge.source], network.nodes[edge.target]
        cells = [source.label, edge.label, target.label, source.iri, edge.property, target.iri]
        cells += [edge.layer, edge.articles]
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return out.getvalue()


def graphml(network: Network) -> str:
    """GraphML 1.0, as Gephi, yEd and networkx read it."""
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for place, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for field in fields:
            about = {"id": f"{place}-{field}", "for": place, "attr.name": field, "attr.type": "string"}
            ElementTree.SubElement(root, "key", about)
    graph = ElementTree.SubElement(root, "graph", id="facts", edgedefault="directed")
    for kind, about, values in _elements(network):
        element = ElementTree.SubElement(graph, kind, about)
        for field, value in values.items():
            ElementTree.SubElement(element, "data", key=f"{kind}-{field}").text = value
    return _document(root)


def gexf(network: Network) -> str:
    """GEXF 1.2, as Gephi and networkx read it."""
    root = ElementTree.Element("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2")
    graph = ElementTree.SubElement(root, "graph", defaultedgetype="directed", mode="static")
    for place, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        declared = ElementTree.SubElement(graph, "attributes", {"class": place})
        for field in fields:
            ElementTree.SubElement(declared, "attribute", id=f"{place}-{field}", title=field, type="string")
    lists = {place: ElementTree.SubElement(graph, f"{place}s") for place in ("node", "edge")}
    for kind, about, values in _elements(network):
        element = ElementTree.SubElement(lists[kind], kind, about | {"label": values["label"]})
        listed = ElementTree.SubElement(element, "attvalues")
        for field, value in values.items():
            ElementTree.SubElement(listed, "attvalue", {"for": f"{kind}-{field}", "value": value})
    return _document(root)


def _elements(network: Network) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Nodes, then edges, under short ids of their own, with their fields as XML can hold them."""
    ids = {key: f"n{index}" for index, key in enumerate(network.nodes)}
    for key, node in network.nodes.items():
        yield "node", {"id": ids[key]}, _xml_safe(_fields(node, NODE_FIELDS))
    for index, edge in enumerate(network.edges):
        about = {"id": f"e{index}", "source": ids[edge.source], "target": ids[edge.target]}
        yield "edge", about, _xml_safe(_fields(edge, EDGE_FIELDS))


def _fields(row: Node | Edge, fields: Iterable[str]) -> dict[str, str]:
    return {field: getattr(row, field) for field in fields}


def _xml_safe(fields: dict[str, str]) -> dict[str, str]:
    return {field: NOT_XML.sub("\ufffd", value) for field, value in fields.items()}


def _document(root: ElementTree.Element) -> str:
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
