"""Exports: every syntax reads back as the same graph, and equal graphs give equal bytes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import emit, export, names
from kg.errors import UsageError
from kg.export import ordering, tables
from kg.export.description import description
from kg.export.turtle import Turtle
from kg.store import Store
from tests.emit.hand import ONTOLOGY, Hand, Said, made_up, takeover

ROOT = Path(__file__).parent.parent
HOSTILE = "=HYPERLINK(\"http://x\")\r\x01 </script> \"\\\n''' \u2028 é 北京 ]]>"
RDF = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS, "nt": ox.RdfFormat.N_TRIPLES,
       "jsonld": ox.RdfFormat.JSON_LD, "rdf": ox.RdfFormat.RDF_XML}  # fmt: skip


def hostile() -> Hand:
    hand = Hand(f"{HOSTILE} owns Bolt.", title=HOSTILE, url=HOSTILE, publisher=HOSTILE, source=HOSTILE)
    said = hand.statement(HOSTILE, hand.mention(HOSTILE, key="hostile"))
    hand.says(0, "own", hand.mention("Bolt"), property="kg:owns")
    hand.says(0, "say", HOSTILE, property="kg:owns", statement=said)
    return hand


def filled(base: str | None = None) -> Store:
    store = Store(derive=emit.derived, base=base)
    for resolution in (takeover(), made_up(1, (Said(0, 1, quoted=True),)), hostile().resolution()):
        store.change(resolution.extraction.article.id, emit.quads(resolution, ONTOLOGY, base=store.base))
    return store


def plain(quads: object) -> set[str]:
    return {f"{quad.subject} {quad.predicate} {quad.object}" for quad in quads}  # type: ignore[attr-defined]


def content(store: Store) -> list[ox.Quad]:
    """What an export holds: the graph, and its description."""
    return [*store.quads(), *description(store, "all")]


def without_controls(lines: set[str]) -> set[str]:
    return {line.replace("\\u0001", "\ufffd") for line in lines}


@pytest.mark.parametrize("base", [None, "https://data.example/news/", "urn:news:"])
@pytest.mark.parametrize("format_", sorted(RDF))
def test_every_syntax_reads_back_as_the_same_graph(format_: str, base: str | None) -> None:
    store = filled(base)
    read = list(ox.parse(export.text(store, format=format_).encode(), format=RDF[format_]))
    if format_ in ("trig", "nq", "jsonld"):
        assert {str(quad) for quad in read} == {str(quad) for quad in content(store)}
    elif format_ == "rdf":
        assert plain(read) == without_controls(plain(content(store)))  # no XML can hold a control character
    else:
        assert plain(read) == plain(content(store))


@pytest.mark.parametrize(("format_", "parser"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml")])
def test_rdflib_reads_the_same_triples(format_: str, parser: str) -> None:
    rdflib = pytest.importorskip("rdflib")
    from rdflib.compare import isomorphic

    store = filled()
    ours, reference = rdflib.Graph(), rdflib.Graph()
    ours.parse(data=export.text(store, format=format_), format=parser)
    lines = "".join(f"{line} .\n" for line in plain(content(store)))
    reference.parse(data=without_controls({lines}).pop() if format_ == "rdf" else lines, format="nt")
    assert isomorphic(ours, reference)


@pytest.mark.parametrize(("format_", "parser"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same_graph_by_graph(format_: str, parser: str) -> None:
    rdflib = pytest.importorskip("rdflib")
    store = filled()
    ours, reference = rdflib.Dataset(), rdflib.Dataset()
    ours.parse(data=export.text(store, format=format_), format=parser)
    reference.parse(data="".join(f"{quad} .\n" for quad in content(store)), format="nquads")
    assert {str(quad) for quad in ours.quads()} == {str(quad) for quad in reference.quads()}


def test_no_export_has_blank_nodes_or_the_files_that_were_read() -> None:
    store = filled()
    for format_ in ("nq", "ttl", "trig"):
        text = export.text(store, format=format_)
        assert "_:" not in text.replace(HOSTILE, "") and "[]" not in text
        assert "terms/source" not in text and "dcterms:source" not in text


def test_equal_graphs_give_equal_bytes_in_another_order() -> None:
    store = Store(derive=emit.derived)
    for resolution in (hostile().resolution(), made_up(1, (Said(0, 1, quoted=True),)), takeover()):
        store.change(resolution.extraction.article.id, emit.quads(resolution, ONTOLOGY))
    for format_ in export.formats():
        assert export.text(store, format=format_) == export.text(filled(), format=format_), format_


def test_equal_graphs_give_equal_bytes_in_another_process() -> None:
    program = (
        "from hashlib import sha256\nfrom kg import export\nfrom tests.test_export import filled\nstore = filled()\n"
        "for name in export.formats(): print(name, sha256(export.text(store, format=name).encode()).hexdigest())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1 and outputs.pop().count("\n") == len(export.formats())


def test_turtle_is_for_readers() -> None:
    text = export.text(filled(), format="ttl")
    assert (
        'entity:northwind\n    a schema:Organization ;\n    rdfs:label "Northwind" ;\n'
        "    kg:acquired entity:blue-lantern ;" in text
    )
    assert "schema:value 3900000000" in text and "kg:conditional false" in text and "kg:confidence 0.8 " in text
    headings = [line[7:] for line in text.splitlines() if line.startswith("# ---- ")]
    assert headings[:2] == ["Articles", "Entities"] and headings[-2].startswith("Evidence")
    assert headings[-1] == "The data set"
    assert text.count("\nentity:northwind\n") == 1


@settings(max_examples=200, deadline=None)
@given(st.text(), st.sampled_from(["string", "integer", "decimal", "boolean", "double", "date", "anyURI"]))
def test_any_literal_is_written_so_that_it_reads_back(words: str, datatype: str) -> None:
    words = words.encode("utf-8", "replace").decode()
    literal = ox.Literal(words, datatype=ox.NamedNode(names.expand(f"xsd:{datatype}")))
    turtle = Turtle(names.BASE)
    triple = ox.Triple(ox.NamedNode("https://x.example/s"), ox.NamedNode("https://x.example/p"), literal)
    (read,) = ox.parse(turtle.document([triple]).encode(), format=ox.RdfFormat.TURTLE)
    assert read.object == literal


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcAZ09-._~%2F#=,/:", max_size=12), st.sampled_from([names.BASE, *names.prefixes().values()]))
def test_any_iri_is_written_so_that_it_reads_back(key: str, space: str) -> None:
    try:
        node = ox.NamedNode(space + key)
    except ValueError:
        return
    triple = ox.Triple(node, node, node)
    (read,) = ox.parse(Turtle(names.BASE).document([triple]).encode(), format=ox.RdfFormat.TURTLE)
    assert read.triple == triple


@pytest.mark.parametrize(
    ("facts", "kept", "left_out"),
    [
        ("asserted", "kg:acquired entity:blue-lantern", "kg:owns entity:bolt"),
        ("reported", "kg:owns entity:bolt", "kg:acquired entity:blue-lantern"),
    ],
)
def test_facts_of_one_layer_only(facts: export.Facts, kept: str, left_out: str) -> None:
    store = Store(derive=emit.derived)
    for resolution in (takeover(), made_up(1, (Said(0, 1, quoted=True),))):
        store.change(resolution.extraction.article.id, emit.quads(resolution, ONTOLOGY))
    text = export.text(store, format="ttl", facts=facts)
    assert kept in text and left_out not in text
    rows = list(csv.DictReader(io.StringIO(export.text(store, format="csv", facts=facts))))
    assert {row["layer"] for row in rows} == {facts}


def test_a_spreadsheet_takes_no_cell_for_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(export.text(filled(), format="csv"))))
    cells = [cell for row in rows for cell in row]
    assert f"'{HOSTILE}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    northwind = next(row for row in rows if row[0] == "Northwind")
    assert northwind[1:3] == ["acquired", "Blue Lantern"]
    assert northwind[6:] == ["asserted", takeover().extraction.article.id]


def test_networkx_reads_graphml_gexf_and_json_alike() -> None:
    networkx = pytest.importorskip("networkx")
    store = filled()
    graphs = [
        networkx.parse_graphml(export.text(store, format="graphml")),
        networkx.read_gexf(io.BytesIO(export.text(store, format="gexf").encode())),
        networkx.node_link_graph(json.loads(export.text(store, format="json")), edges="edges"),
    ]
    facts = len(list(csv.DictReader(io.StringIO(export.text(store, format="csv")))))
    for graph in graphs:
        assert graph.number_of_edges() == facts
        labels = {data["label"] for _, data in graph.nodes(data=True)}
        assert {"Northwind", "Blue Lantern", "chief"} <= labels
        edges = {
            (graph.nodes[a]["label"], data["label"], graph.nodes[b]["label"]) for a, b, data in graph.edges(data=True)
        }
        assert ("Northwind", "acquired", "Blue Lantern") in edges


def rows_of(graph: Any, fields: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The edges of a network with what its nodes and edges carry, whatever ids stand for them."""
    found = (
        (*(graph.nodes[end].get(field, "") for end in (a, b) for field in tables.NODE_FIELDS),
         *(data.get(field, "") for field in fields))
        for a, b, data in graph.edges(data=True)
    )  # fmt: skip
    return sorted(tuple(str(value).replace("\x01", "\ufffd") for value in row) for row in found)


def test_every_network_reads_back_as_the_facts_of_the_graph() -> None:
    """GraphML, GEXF (1.2, as Gephi has it) and JSON hold the same nodes and edges, parallel ones with them."""
    networkx = pytest.importorskip("networkx")
    store, fields = filled(), tables.EDGE_FIELDS
    wanted = tables.network(store, ("asserted", "reported"))
    facts = sorted(
        tuple(str(value).replace("\x01", "\ufffd") for value in (
            *(getattr(wanted.nodes[key], name) for key in (edge.source, edge.target) for name in tables.NODE_FIELDS),
            *(getattr(edge, name) for name in fields)))
        for edge in wanted.edges
    )  # fmt: skip
    gexf = networkx.read_gexf(io.BytesIO(export.text(store, format="gexf").encode()))
    assert gexf.is_directed()
    assert facts == rows_of(gexf, fields)
    assert facts == rows_of(networkx.parse_graphml(export.text(store, format="graphml"), force_multigraph=True), fields)
    linked = networkx.node_link_graph(json.loads(export.text(store, format="json")), edges="edges")
    assert facts == rows_of(linked, fields)


def test_gexf_keeps_to_what_gephi_reads() -> None:
    root = ElementTree.fromstring(export.text(filled(), format="gexf"))
    space = "{http://www.gexf.net/1.2draft}"
    assert root.tag == f"{space}gexf" and root.get("version") == "1.2"
    nodes = [node.get("id") for node in root.iter(f"{space}node")]
    edges = [(edge.get("id"), edge.get("source"), edge.get("target")) for edge in root.iter(f"{space}edge")]
    assert len(set(nodes)) == len(nodes) and len({key for key, _, _ in edges}) == len(edges)
    assert {end for _, *ends in edges for end in ends} <= set(nodes)
    declared = {(place.get("class"), a.get("id")) for place in root.iter(f"{space}attributes") for a in place}
    used = {(kind, value.get("for")) for kind in ("node", "edge") for item in root.iter(f"{space}{kind}")
            for value in item.iter(f"{space}attvalue")}  # fmt: skip
    assert used == declared


# ---- the description


def test_the_description_counts_what_the_graph_holds() -> None:
    rdflib = pytest.importorskip("rdflib")
    store = filled()
    void, base = rdflib.Namespace(names.PREFIXES["void"]), names.BASE
    read = rdflib.Graph()
    read.parse(data=export.text(store, format="ttl"), format="turtle")
    quads = list(store.quads())

    def number(node: str, property_: str) -> int:
        return int(read.value(rdflib.URIRef(base + node), void[property_]))

    assert number("dataset", "triples") == len(quads) and number("dataset", "documents") == 3
    assert number("dataset", "properties") == len({quad.predicate for quad in quads})
    for layer in ("asserted", "reported", "entities"):
        own = ox.NamedNode(names.mint("graph", layer))
        assert number(f"graph/{layer}", "triples") == sum(quad.graph_name == own for quad in quads)
    subsets = [str(node) for node in read.objects(rdflib.URIRef(f"{base}dataset"), void.subset)]
    assert sum(number(node.removeprefix(base), "triples") for node in subsets) == len(quads)
    claims = {q.subject for q in quads if q.object == ox.NamedNode(names.expand("kg:Claim"))}
    assert number("dataset/class-kg-Claim", "entities") == len(claims) > 0
    speakers = [quad for quad in quads if quad.predicate.value == names.expand("kg:speaker")]
    assert number("dataset/property-kg-speaker", "triples") == len(speakers) > 0


def test_the_description_is_left_out_where_it_is_not_wanted() -> None:
    store = filled()
    for format_ in RDF:
        assert "void#" in export.text(store, format=format_)
        read = ox.parse(export.text(store, format=format_, description=False).encode(), format=RDF[format_])
        assert not [quad for quad in read if "void#" in str(quad) or "/description" in str(quad.graph_name)]
    hidden = export.text(store, format="nq", facts="asserted")
    assert "graph/reported" not in hidden


def test_an_empty_graph_can_be_exported() -> None:
    for format_ in export.formats():
        text = export.text(Store(), format=format_)
        if format_ in RDF:
            read = list(ox.parse(text.encode(), format=RDF[format_]))
            assert read and not [quad for quad in read if "dataset" not in str(quad.subject)]


# ---- many lines


@pytest.mark.parametrize("run", [1, 2, 7, 1000])
@pytest.mark.parametrize("unique", [False, True])
def test_lines_in_runs_are_in_the_same_order_as_in_memory(run: int, unique: bool) -> None:
    lines = [f"{number * 7919 % 100:03d} é\u2028\x85 北京" for number in range(250)]
    expected = sorted(set(lines)) if unique else sorted(lines)
    assert list(ordering.ordered(iter(lines), unique=unique, run=run)) == expected


def test_a_graph_that_is_sorted_on_disk_has_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled()
    whole = {format_: export.text(store, format=format_) for format_ in RDF}
    default = ordering.ordered.__kwdefaults__
    monkeypatch.setitem(default, "run", 20)
    assert {format_: export.text(store, format=format_) for format_ in RDF} == whole


@pytest.mark.parametrize("format_", ["graphml", "gexf", "rdf"])
def test_xml_is_well_formed_whatever_the_text(format_: str) -> None:
    assert (
        "\ufffd" in "".join(ElementTree.fromstring(export.text(filled(), format=format_)).itertext())
        or format_ == "gexf"
    )


def test_a_file_appears_whole_under_its_name_or_not_at_all(tmp_path: Path) -> None:
    store = filled()
    export.write(store, tmp_path / "graph.ttl")
    assert (tmp_path / "graph.ttl").read_text(encoding="utf-8") == export.text(store, format="ttl")
    stream = io.BytesIO()
    export.write(store, stream, format="nt")
    assert stream.getvalue().decode() == export.text(store, format="nt")
    with pytest.raises(UsageError, match="name another file"):
        export.write(store, tmp_path / "no" / "graph.ttl")
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(UsageError, match="name another file"):
        export.write(store, tmp_path / "folder.ttl")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.ttl", "graph.ttl"]


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    program = (
        "import resource, sys\nfrom pathlib import Path\nfrom kg import export\nfrom kg.errors import UsageError\n"
        "from tests.test_export import filled\nstore = filled()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))\n"
        "for name in export.formats():\n"
        "    try: export.write(store, Path(sys.argv[1]) / f'graph.{name}')\n"
        "    except UsageError as error: print(name, error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True, cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    told = [line.split(" ", 1) for line in done.stdout.splitlines()]
    assert {name for name, _ in told} >= {*RDF, "json", "graphml", "gexf"}
    assert all("cannot be written (File too large)" in words for _, words in told)
    assert {path.suffix[1:] for path in tmp_path.iterdir()} <= {*export.formats()} - {name for name, _ in told}


def test_xml_comes_out_the_same_however_it_is_cut() -> None:
    store = filled()
    whole = export.text(store, format="rdf").encode()
    for size in (1, 7, 100):
        out = io.BytesIO()
        writer = export._XmlStable(out)
        for start in range(0, len(whole), size):
            writer.write(whole[start : start + size])
        assert out.getvalue() == whole


def test_an_unknown_format_names_those_that_there_are(tmp_path: Path) -> None:
    for target, format_ in ((tmp_path / "graph.docx", None), (tmp_path / "graph", None), (io.BytesIO(), None)):
        with pytest.raises(UsageError, match="graphml"):
            export.write(filled(), target, format=format_)
    with pytest.raises(UsageError, match="asserted"):
        export.write(filled(), io.BytesIO(), format="ttl", facts="some")  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())
