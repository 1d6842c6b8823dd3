"""SPARQL queries and what they answer, gathered by what it is about; the shape of the graph is told in GRAPH.md.

The queries stand here as text, whoever holds the graph asks them; this module touches no store. Names of things
come from articles and never enter a query but as an escaped string, IRIs only once they are seen to be IRIs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kg.errors import UsageError
from kg.names import PREFIXES, expand, in_words, mint
from kg.records import Answer
from kg.view.network import EdgeStatus
from kg.voices import Voices, voices

Ask = Callable[[str], Answer]

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
CLAIMS = """
SELECT ?claim ?subject ?relation ?object (isIRI(?object) AS ?isNode) ?polarity ?certainty ?tense ?conditional
       ?confidence ?rule ?statement ?article
WHERE {
  %s
  ?claim rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; prov:wasDerivedFrom ?article .
  OPTIONAL { ?claim kg:polarity ?polarity }
  OPTIONAL { ?claim kg:certainty ?certainty }
  OPTIONAL { ?claim kg:tense ?tense }
  OPTIONAL { ?claim kg:conditional ?conditional }
  OPTIONAL { ?claim kg:confidence ?confidence }
  OPTIONAL { ?claim kg:rule ?rule }
  OPTIONAL { ?claim kg:statedIn ?statement }
}
"""
FACTS = """
SELECT ?layer ?subject ?relation ?object
WHERE { VALUES ?layer { %s } GRAPH ?layer { %s ?subject ?relation ?object } }
"""
STATEMENTS = """
SELECT ?statement ?speaker ?addressee ?article ?within ?viaLabel ?anonymous
WHERE {
  %s
  ?statement a kg:Statement ; prov:wasDerivedFrom ?article .
  OPTIONAL { ?statement kg:speaker ?speaker }
  OPTIONAL { ?statement kg:addressee ?addressee }
  OPTIONAL { ?statement kg:nestedIn ?within }
  OPTIONAL { ?statement kg:via/rdfs:label ?viaLabel }
  OPTIONAL { ?statement kg:anonymous ?anonymous }
}
"""
# The statements that convey claims about some nodes, made by them, or reporting such ones.
NEAR = """
SELECT DISTINCT ?statement
WHERE {
  { ?inner kg:speaker ?node } UNION { ?claim rdf:subject ?node ; kg:statedIn ?inner }
  %s
  ?inner kg:nestedIn* ?statement
}
"""
# Only claims and statements have evidence. Not two long VALUES in one group: the store would pair all their terms first
# (at a million quads 8 s for the neighbours of one name, not 0.3 s).
PLACES = """
SELECT ?what ?article ?start ?end ?exact ?prefix ?suffix
WHERE {
  %s
  ?what kg:evidence ?place .
  ?place oa:hasSource ?article ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact .
  OPTIONAL { ?selector oa:prefix ?prefix }
  OPTIONAL { ?selector oa:suffix ?suffix }
}
"""
NODES = """
SELECT DISTINCT ?node ?property ?value
WHERE {
  %s
  { ?node rdfs:label ?value . BIND(rdfs:label AS ?property) }
  UNION { ?node skos:altLabel ?value . BIND(skos:altLabel AS ?property) }
  UNION { ?node rdf:type ?value . BIND(rdf:type AS ?property) }
  UNION { ?node kg:status ?value . BIND(kg:status AS ?property) }
  UNION { ?node kg:unnamed ?value . BIND(kg:unnamed AS ?property) }
  FILTER(?value NOT IN (kg:Claim, kg:Statement, oa:SpecificResource, oa:TextPositionSelector, oa:TextQuoteSelector))
}
"""
ABOVE = "SELECT DISTINCT ?class ?above WHERE { ?class rdfs:subClassOf ?above FILTER(?above != kg:Event) }"
MENTIONS = "SELECT DISTINCT ?node (STRBEFORE(STR(?place), '#') AS ?article) WHERE { %s ?node kg:denotedBy ?place }"
ARTICLES = """
SELECT ?article ?title ?date ?publisher ?url
WHERE {
  ?article a schema:NewsArticle .
  OPTIONAL { ?article schema:headline ?title }
  OPTIONAL { ?article schema:datePublished ?date }
  OPTIONAL { ?article schema:publisher/rdfs:label ?publisher }
  OPTIONAL { ?article schema:url ?url }
}
"""
CALLED = """
SELECT DISTINCT ?node
WHERE { ?node rdfs:label|skos:altLabel ?name . FILTER(LCASE(STR(?name)) = LCASE(%s)) }
"""
BESIDE = """
SELECT DISTINCT ?node
WHERE {
  VALUES ?known { %s }
  { ?claim rdf:subject ?known ; rdf:object ?node } UNION { ?claim rdf:object ?known ; rdf:subject ?node }
  UNION { ?claim rdf:subject ?known ; kg:attributedTo ?node }
  UNION { ?claim kg:attributedTo ?known ; rdf:subject ?node }
  FILTER(isIRI(?node))
}
"""

_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
TYPE = expand("rdf:type")
EVENT = expand("kg:Event")


@dataclass(slots=True)
class Place:
    """A stretch of an article in its sentence; ``offset`` is where ``before`` begins in the article's text."""

    article: str
    start: int
    end: int
    before: str
    words: str
    after: str

    @property
    def offset(self) -> int:
        """Where the sentence begins in the article's text, in code points."""
        return self.start - len(self.before)


@dataclass
class Gathered:
    """The answers, by what they are about."""

    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[tuple[str, str, str], EdgeStatus] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    about: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    mentions: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    articles: dict[str, dict[str, str]] = field(default_factory=dict)
    literals: dict[str, str] = field(default_factory=dict)

    def label(self, node: str) -> str:
        """The node's name; without one, the last part of its class or IRI in words."""
        return min(self.about[node]["label"], default="") or in_words(self.kind_class(node) or node)

    @cached_property
    def voices(self) -> Voices[str]:
        """The voices of all statements, by IRI."""
        return voices({
            key: ([self.label(one) for one in row["speakers"]], row["within"], row["viaLabel"])
            for key, row in self.statements.items()
        })  # fmt: skip

    def kind_class(self, node: str) -> str:
        """The most special class of an event ("kg:Acquisition", not "kg:Event"), else nothing."""
        types = self.about[node]["type"]
        return min(types - {EVENT}, default="") if EVENT in types else ""


def gather(ask: Ask, base: str, scope: Collection[str] | None) -> Gathered:
    """Ask for everything, or for what is said of the nodes in ``scope`` and by them."""
    got = Gathered()

    def rows(query: str) -> Iterable[dict[str, Any]]:
        answer = ask(PROLOGUE + query)
        columns = [column.lstrip("?") for column in answer.columns]
        return (dict(zip(columns, row, strict=True)) for row in answer.rows)

    def within(variable: str) -> str:
        return "" if scope is None else f"VALUES ?{variable} {{ {_iris(scope)} }}"

    layers: dict[str, EdgeStatus] = {
        mint("graph", "asserted", base=base): "asserted",
        mint("graph", "reported", base=base): "reported",
    }
    for row in sorted(rows(CLAIMS % within("subject")), key=lambda row: str(row["claim"])):
        got.claims.setdefault(row["claim"], row)
    for row in rows(FACTS % (_iris(layers), within("subject"))):
        got.facts[row["subject"], row["relation"], str(row["object"])] = layers[row["layer"]]
    near = None if scope is None else {str(row["statement"]) for row in rows(NEAR % within("node"))}
    for row in sorted(rows(STATEMENTS % ("" if near is None else f"VALUES ?statement {{ {_iris(near)} }}")),
                      key=lambda row: (str(row["statement"]), str(row["speaker"]))):  # fmt: skip
        known = got.statements.setdefault(row["statement"], {**row, "speakers": []})
        if row["speaker"] and row["speaker"] not in known["speakers"]:
            known["speakers"].append(row["speaker"])
    told = None if scope is None else {*got.claims, *got.statements}
    _gather_places(got, rows(PLACES % ("" if told is None else f"VALUES ?what {{ {_iris(told)} }}")))
    _gather_nodes(got, rows, scope)
    return got


def _gather_places(got: Gathered, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        before, after = row["prefix"] or "", row["suffix"] or ""
        place = Place(row["article"], int(row["start"]), int(row["end"]), before, row["exact"], after)
        if place not in got.places[row["what"]]:
            got.places[row["what"]].append(place)
    for places in got.places.values():
        places.sort(key=lambda place: (place.article, place.start, place.end))


def _gather_nodes(
    got: Gathered, rows: Callable[[str], Iterable[dict[str, Any]]], scope: Collection[str] | None
) -> None:
    kinds = {
        expand("rdfs:label"): "label",
        expand("skos:altLabel"): "name",
        TYPE: "type",
        expand("kg:unnamed"): "unnamed",
    }
    wanted = ""
    if scope is not None:
        ends = {str(row[end]) for row in got.claims.values() for end in ("object", "relation") if row[end]}
        ends |= {str(node) for row in got.statements.values() for node in (*row["speakers"], row["addressee"]) if node}
        wanted = f"VALUES ?node {{ {_iris({*scope, *ends})} }}"
    for row in rows(NODES % wanted):
        got.about[row["node"]][kinds.get(row["property"], "status")].add(str(row["value"]))
    above = [(row["class"], row["above"]) for row in rows(ABOVE)]
    for about in got.about.values():  # an event is drawn by its narrowest class, not by those above it, too
        about["type"] -= {higher for class_, higher in above if class_ in about["type"]}
    for row in rows(MENTIONS % wanted):
        got.mentions[row["node"]].add(row["article"])
    for row in rows(ARTICLES):
        got.articles.setdefault(row["article"], {k: "" if v is None else str(v) for k, v in row.items()})


def neighbourhood(ask: Ask, name: str, hops: int) -> set[str]:
    """The IRIs of the entity of that name and of all that is at most ``hops`` claims from it."""
    if _IRI.fullmatch(name) and "://" in name:
        reached = {name}
    else:
        reached = {row[0] for row in ask(PROLOGUE + CALLED % _literal(name))}
    if not reached:
        raise UsageError(f"the graph has no entity called {name!r}; `kg show` lists what the graph knows")
    fresh = reached
    for _ in range(hops):
        fresh = {str(row[0]) for row in ask(PROLOGUE + BESIDE % _iris(fresh))} - reached if fresh else set()
        reached = reached | fresh
    return reached


def _iris(iris: Iterable[str]) -> str:
    """IRIs as SPARQL writes them; what is no IRI is left out, as it could end its brackets."""
    return " ".join(f"<{iri}>" for iri in sorted(iris) if _IRI.fullmatch(iri))


def _literal(text: str) -> str:
    r"""A string as SPARQL writes it.

    >>> print(_literal('a" . } DROP ALL #'))
    "a\u0022 . } DROP ALL #"
    """
    return '"' + "".join(c if c.isalnum() or c in " .,:;#{}-&'()" else f"\\U{ord(c):08X}" if ord(c) > 0xFFFF
                         else f"\\u{ord(c):04X}" for c in text) + '"'  # fmt: skip


def true(value: object) -> bool:
    """Whether an answer's value is the boolean true, whatever it came as."""
    return value is True or str(value).lower() == "true"
