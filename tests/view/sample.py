"""A made-up network of about fifty nodes, as two articles on one takeover would give it."""

from __future__ import annotations

from kg.names import PREFIXES, expand
from kg.view.network import Edge, EdgeStatus, Evidence, Node

BASE = "https://w3id.org/newskg/"
ARTICLES = {
    "a": ("2031-03-04-aaaaaaaaaaaa", "Northwind to trim staff at Blue Lantern", "2031-03-04", "Harbour Courier",
          "https://news.example/northwind-trims"),
    "b": ("2031-03-19-bbbbbbbbbbbb", "Blue Lantern chief: cuts are our own", "2031-03-19", "The Quay Times",
          "https://quay.example/lantern"),
}  # fmt: skip
KINDS = {
    "Organization": "Northwind|Blue Lantern|Northwind Air|Harbour Courier|The Quay Times|Northwind Freight|Parcelo|"
    "Skylark Audio|Port Authority of Ostmark|Maritime Labour Union|Velora Capital|Blue Lantern Seniors|"
    "Ostmark Ministry of Trade",
    "Person": "Ada Marlowe|Jonas Whitfield|Petra Lindqvist|Samuel Okoye|Henrietta Vos",
    "Place": "Ostmark|Kestrel Bay|Valdoria",
    "Product": "Lantern One|QuickDock|Ship with North",
    "Group": "several hundred employees|dock workers|regional managers|current and former staff",
    "Concept": "marketing|recruiting|finance|operating losses|membership|front desk staff|office managers|"
    "customer satisfaction|new roles|coupons|memo to staff|shipping rates",
    "Event": "Acquisition|Layoff|Launch|Investment|Expansion|Appointment",
    "Amount": "$3.9 billion|a few hundred|roughly 115 positions|up to 400|$100 million|96%",
    "Time": "2029-07|2031|2030",
}  # fmt: skip
FACTS = """
Northwind|acquired|Blue Lantern|asserted|a
Northwind|owns|Northwind Air|asserted|a
Northwind|owns|Northwind Freight|asserted|a
Northwind|owns|Parcelo|asserted|a
Northwind|owns|Skylark Audio|asserted|a
Northwind|cut positions in|Blue Lantern|asserted|a
Northwind|cut positions in|Northwind Air|asserted|a
Northwind|cut positions in|Parcelo|reported|a
Northwind|cut positions in|Skylark Audio|reported|a
Northwind|is eliminating|several hundred employees|asserted|a
Northwind|laid off|several hundred employees|asserted|b
Northwind|confirmed to|Harbour Courier|asserted|a
Northwind|wants to reduce|operating losses|reported|a
Blue Lantern|has|operating losses|reported|a
Northwind Air|launched|Lantern One|reported|a
Northwind Air|launched|coupons|reported|a
Northwind Freight|offers|QuickDock|asserted|a
Northwind|offers|Ship with North|asserted|a
Jonas Whitfield|works for|Northwind|asserted|a
Ada Marlowe|works for|Blue Lantern|asserted|b
Ada Marlowe|told|The Quay Times|asserted|b
Jonas Whitfield|wrote to|several hundred employees|asserted|a
Jonas Whitfield|wrote|memo to staff|asserted|a
Petra Lindqvist|leads|Maritime Labour Union|asserted|b
Samuel Okoye|works for|Velora Capital|asserted|b
Henrietta Vos|works for|Ostmark Ministry of Trade|asserted|b
Velora Capital|invested in|Parcelo|asserted|b
Velora Capital|is based in|Kestrel Bay|asserted|b
Northwind|is based in|Ostmark|asserted|a
Blue Lantern|operates in|Valdoria|asserted|b
Blue Lantern|cut|marketing|reported|b
Blue Lantern|cut|recruiting|reported|b
Blue Lantern|cut|finance|reported|b
Blue Lantern|eliminated|front desk staff|reported|b
Blue Lantern|eliminated|office managers|reported|b
Blue Lantern|grew|membership|reported|a
Blue Lantern|runs|Blue Lantern Seniors|reported|a
Blue Lantern|will add|regional managers|possible|b
Northwind|will add|new roles|possible|a
current and former staff|told|The Quay Times|asserted|b
Maritime Labour Union|represents|dock workers|asserted|b
Maritime Labour Union|criticised|Northwind|asserted|b
Port Authority of Ostmark|raised|shipping rates|asserted|b
Port Authority of Ostmark|licensed|Northwind Freight|asserted|b
Blue Lantern|is independent of|Northwind|reported|b
Blue Lantern|is related to|Acquisition|denied|b
Northwind Freight|left|Valdoria|disputed|b
Lantern One|has|customer satisfaction|reported|a
Acquisition|buyer|Northwind|asserted|a
Acquisition|target|Blue Lantern|asserted|a
Acquisition|price|$3.9 billion|asserted|a
Acquisition|time|2029-07|asserted|a
Layoff|employer|Northwind|asserted|a
Layoff|affected unit|Blue Lantern|asserted|a
Layoff|affected unit|Northwind Air|asserted|a
Layoff|positions cut|a few hundred|asserted|a
Layoff|positions cut|roughly 115 positions|possible|a
Layoff|positions cut|up to 400|possible|a
Launch|launcher|Northwind Air|reported|a
Launch|product|Lantern One|reported|a
Launch|time|2030|reported|a
Investment|investor|Velora Capital|asserted|b
Investment|recipient|Parcelo|asserted|b
Investment|amount|$100 million|asserted|b
Expansion|organization|Lantern One|reported|a
Expansion|time|2031|reported|a
Appointment|employer|Blue Lantern|asserted|b
Appointment|person|Ada Marlowe|asserted|b
Lantern One|has rating of|96%|reported|a
Jonas Whitfield|said|Northwind|asserted|a
Jonas Whitfield|said|Blue Lantern|asserted|a
Jonas Whitfield|said|Lantern One|asserted|a
Ada Marlowe|said|Blue Lantern|asserted|b
Ada Marlowe|said|regional managers|asserted|b
Harbour Courier|said|Northwind|asserted|a
"""
NAMES = {"Northwind": ("the online carrier", "Northwind Inc."), "Ada Marlowe": ("Ms. Marlowe", "Marlowe")}
TITLES = {"Ada Marlowe": ("chief executive",), "Jonas Whitfield": ("senior vice president of Northwind Health",)}


def iri(name: str) -> str:
    kind = next(kind for kind, names in KINDS.items() if name in names.split("|"))
    folder = {"Event": "event", "Amount": "amount", "Time": "time"}.get(kind, "entity")
    return f"{BASE}{folder}/{name.lower().replace(' ', '-')}"


def nodes() -> list[Node]:
    class_ = {"Event": "kg:Event", "Concept": "skos:Concept", "Group": "kg:Group"}
    return [
        Node(
            iri(name),
            name,
            kind,
            (expand(class_.get(kind, f"schema:{kind}")),),
            NAMES.get(name, ()),
            TITLES.get(name, ()),
            ("a",),
        )
        for kind, names in KINDS.items()
        for name in names.split("|")
    ]


def evidence(subject: str, relation: str, object_: str, article: str, *, reported: bool) -> Evidence:
    id_, title, date, publisher, url = ARTICLES[article]
    return Evidence(
        f"{subject} {relation} {object_}", "On Tuesday, as the harbour froze, ", ", people near the quay said.",
        id_, title, date, publisher, url, "Jonas Whitfield" if reported else "", rule="verb-active", confidence=0.81,
    )  # fmt: skip


def edges() -> list[Edge]:
    made = []
    for row in FACTS.strip().splitlines():
        subject, relation, object_, status, article = row.split("|")
        kind: EdgeStatus = status  # type: ignore[assignment]
        words = evidence(subject, relation, object_, article, reported=status == "reported")
        name = expand("kg:said") if relation == "said" else PREFIXES["rel"] + relation.replace(" ", "-")
        made.append(Edge(iri(subject), iri(object_), name, relation, kind, (words,)))
    return made
