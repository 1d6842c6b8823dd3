"""Answers to SPARQL queries -> the nodes and edges of a network; the shape of the graph is told in GRAPH.md.

The queries stand here as text, whoever holds the graph asks them; this module touches no store. Names of things
come from articles and never enter a query but as an escaped string, IRIs only once they are seen to be IRIs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import UsageError
from kg.names import BASE, PREFIXES, expand, mint
from kg.records import Answer
from kg.view.network import Edge, EdgeStatus, Evidence, Node

Ask = Callable[[str], Answer]

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
CLAIMS = """
SELECT ?claim ?subject ?relation ?object (isIRI(?object) AS ?isNode) ?polarity ?certainty ?tense ?conditional
       ?confidence ?rule ?speaker ?statement ?article
WHERE {
  %s
  ?claim rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; prov:wasDerivedFrom ?article .
  OPTIONAL { ?claim kg:polarity ?polarity }
  OPTIONAL { ?claim kg:certainty ?certainty }
  OPTIONAL { ?claim kg:tense ?tense }
  OPTIONAL { ?claim kg:conditional ?conditional }
  OPTIONAL { ?claim kg:confidence ?confidence }
  OPTIONAL { ?claim kg:rule ?rule }
  OPTIONAL { ?claim kg:attributedTo ?speaker }
  OPTIONAL { ?claim kg:statedIn ?statement }
}
"""
FACTS = "SELECT ?layer ?subject ?relation ?object WHERE { VALUES ?layer { %s } GRAPH ?layer { %s ?subject ?relation ?object } }"
STATEMENTS = """
SELECT ?statement ?speaker ?addressee ?article ?within
WHERE {
  %s
  ?statement kg:speaker ?speaker ; prov:wasDerivedFrom ?article .
  OPTIONAL { ?statement kg:addressee ?addressee }
  OPTIONAL { ?statement kg:statedIn ?within }
}
"""
PLACES = """
SELECT ?what ?article ?start ?end ?exact ?prefix ?suffix
WHERE {
  VALUES ?class { kg:Claim kg:Statement }
  %s
  ?what a ?class ; kg:evidence ?place .
  ?place oa:hasSource ?article ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact .
  OPTIONAL { ?selector oa:prefix ?prefix }
  OPTIONAL { ?selector oa:suffix ?suffix }
}
"""
NODES = """
SELECT DISTINCT ?node ?property ?value
WHERE {
  VALUES ?property { rdfs:label skos:altLabel rdf:type kg:status kg:unnamed }
  %s
  ?node ?property ?value .
  FILTER(?value NOT IN (kg:Claim, kg:Statement, oa:SpecificResource, oa:TextPositionSelector, oa:TextQuoteSelector))
}
"""
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
  FILTER(isIRI(?node))
}
"""

# The class of each kind (as the graph writes it) and what else is drawn like it, most telling first.
_KINDS = (
    ("Amount", ("schema:MonetaryAmount", "schema:QuantitativeValue")),
    ("Event", ("kg:Event", "schema:Event")),
    ("Person", ("schema:Person",)),
    ("Organization", ("schema:Organization", "schema:Corporation", "schema:NewsMediaOrganization")),
    ("Place", ("schema:Place", "schema:City", "schema:Country", "schema:State", "schema:AdministrativeArea")),
    ("Product", ("schema:Product", "schema:Service")),
    ("Work", ("schema:CreativeWork",)),
    ("Law", ("schema:Legislation",)),
    ("Group", ("kg:Group",)),
    ("Concept", ("skos:Concept",)),
)
_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_JOB_TITLE = expand("schema:jobTitle")
_SAID = expand("kg:said")
_TOLD = expand("kg:told")
_EVENT = expand("kg:Event")
_TYPE = expand("rdf:type")


def records(
    ask: Ask,
    *,
    base: str = BASE,
    labels: Mapping[str, str] | None = None,
    around: str | None = None,
    hops: int = 2,
) -> tuple[list[Node], list[Edge]]:
    """All nodes and edges that a graph holds, or those around one entity, for ``network``.

    ``ask`` answers a SPARQL query over the union of all named graphs; ``base`` begins the graph's IRIs; ``labels``
    gives words to relations of the ontology (prefixed name to label). Raises UsageError for an unknown ``around``.
    """
    scope = None if around is None else _neighbourhood(ask, around, hops)
    gathered = _gather(ask, base, scope)
    edges = [*_claim_edges(gathered, labels or {}), *_said_edges(gathered), *_told_edges(gathered)]
    return _nodes(gathered, edges), edges


# ---- asking ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Place:
    """A stretch of an article in its sentence; ``offset`` is where ``before`` begins in the article's text."""

    article: str
    start: int
    end: int
    before: str
    words: str
    after: str

    @property
    def offset(self) -> int:
        return self.start - len(self.before)


@dataclass(slots=True)
class _Gathered:
    """The answers, by what they are about."""

    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[tuple[str, str, str], EdgeStatus] = field(default_factory=dict)
    places: dict[str, list[_Place]] = field(default_factory=lambda: defaultdict(list))
    about: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    mentions: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    articles: dict[str, dict[str, str]] = field(default_factory=dict)
    literals: dict[str, str] = field(default_factory=dict)

    def label(self, node: str) -> str:
        """The node's name; without one, the last part of its class or IRI in words."""
        return min(self.about[node]["label"], default="") or _in_words(self.kind_class(node) or node)

    def kind_class(self, node: str) -> str:
        """The most special class of an event ("kg:Acquisition", not "kg:Event"), else nothing."""
        types = self.about[node]["type"]
        return min(types - {_EVENT}, default="") if _EVENT in types else ""


def _gather(ask: Ask, base: str, scope: Collection[str] | None) -> _Gathered:
    got = _Gathered()

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
    for row in rows(STATEMENTS % within("speaker")):
        got.statements.setdefault(row["statement"], row)
    told = None if scope is None else {*got.claims, *got.statements}
    _gather_places(got, rows(PLACES % ("" if told is None else f"VALUES ?what {{ {_iris(told)} }}")))
    _gather_nodes(got, rows, scope)
    return got


def _gather_places(got: _Gathered, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        before, after = row["prefix"] or "", row["suffix"] or ""
        place = _Place(row["article"], int(row["start"]), int(row["end"]), before, row["exact"], after)
        if place not in got.places[row["what"]]:
            got.places[row["what"]].append(place)
    for places in got.places.values():
        places.sort(key=lambda place: (place.article, place.start, place.end))


def _gather_nodes(
    got: _Gathered, rows: Callable[[str], Iterable[dict[str, Any]]], scope: Collection[str] | None
) -> None:
    kinds = {expand("rdfs:label"): "label", expand("skos:altLabel"): "name", _TYPE: "type", expand("kg:unnamed"): "unnamed"}
    wanted = ""
    if scope is not None:
        ends = {str(row[end]) for row in got.claims.values() for end in ("object", "relation", "speaker") if row[end]}
        wanted = f"VALUES ?node {{ {_iris({*scope, *ends})} }}"
    for row in rows(NODES % wanted):
        got.about[row["node"]][kinds.get(row["property"], "status")].add(str(row["value"]))
    for row in rows(MENTIONS % wanted):
        got.mentions[row["node"]].add(row["article"])
    for row in rows(ARTICLES):
        got.articles.setdefault(row["article"], {k: "" if v is None else str(v) for k, v in row.items()})


def _neighbourhood(ask: Ask, name: str, hops: int) -> set[str]:
    """The IRIs of the entity of that name and of all that is linked with it by fewer than ``hops`` claims."""
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


# ---- edges -------------------------------------------------------------------------------------------------------


def _claim_edges(got: _Gathered, labels: Mapping[str, str]) -> list[Edge]:
    """One edge for each triple that is claimed, with the words of every claim of it."""
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in got.claims.values():
        if row["relation"] not in (_TYPE, _SAID):
            groups[row["subject"], row["relation"], _object(got, row)].append(row)
    return [
        Edge(subject, object_, relation, _relation_label(got, relation, labels), _status(got, triple, rows),
             tuple(_evidence(got, row["claim"], row) for row in rows))
        for triple, rows in sorted(groups.items())
        for subject, relation, object_ in [triple]
    ]  # fmt: skip


def _object(got: _Gathered, row: Mapping[str, Any]) -> str:
    """The object's node: its IRI, or for a plain value a key of its own, one for each subject that has it."""
    if row["isNode"]:
        return str(row["object"])
    key = f"value:{row['subject']} {row['relation']} {row['object']}"
    got.literals[key] = str(row["object"])
    return key


def _status(got: _Gathered, triple: tuple[str, str, str], rows: list[dict[str, Any]]) -> EdgeStatus:
    subject, relation, object_ = triple
    fact = got.facts.get((subject, relation, got.literals.get(object_, object_)))
    if fact:
        return fact
    holding = [row for row in rows if _stance(row) == "holds"]
    if any(_stance(row) == "denied" for row in rows):
        return "disputed" if holding else "denied"
    if not holding:
        return "possible"
    return "asserted" if any(not row["speaker"] and not row["statement"] for row in holding) else "reported"


def _stance(row: Mapping[str, Any]) -> str:
    if _local(row["polarity"]) == "Negative":
        return "denied"
    sure = _local(row["certainty"]) in ("Certain", "") and _local(row["tense"]) != "Future"
    return "holds" if sure and not _true(row["conditional"]) else "possible"


def _said_edges(got: _Gathered) -> list[Edge]:
    """Who spoke of whom: from each speaker to the subjects of what the statements convey."""
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in got.claims.values():
        statement = got.statements.get(row["statement"] or "")
        if statement and statement["speaker"] != row["subject"]:
            pairs[statement["speaker"], row["subject"]].add(row["statement"])
    return [
        Edge(speaker, subject, _SAID, "said", _said_status(got, said), _statement_evidence(got, said))
        for (speaker, subject), said in sorted(pairs.items())
    ]


def _told_edges(got: _Gathered) -> list[Edge]:
    """Who told whom."""
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in got.statements.values():
        if row["addressee"]:
            pairs[row["speaker"], row["addressee"]].add(row["statement"])
    claimed = {(row["subject"], str(row["object"])) for row in got.claims.values() if row["relation"] == _TOLD}
    return [
        Edge(speaker, addressee, _TOLD, "told", _said_status(got, said), _statement_evidence(got, said))
        for (speaker, addressee), said in sorted(pairs.items())
        if (speaker, addressee) not in claimed
    ]


def _said_status(got: _Gathered, statements: Iterable[str]) -> EdgeStatus:
    return "asserted" if any(not got.statements[key]["within"] for key in statements) else "reported"


def _statement_evidence(got: _Gathered, statements: Iterable[str]) -> tuple[Evidence, ...]:
    return tuple(_evidence(got, key, got.statements[key]) for key in sorted(statements))


def _evidence(got: _Gathered, key: str, row: Mapping[str, Any]) -> Evidence:
    """The words of a claim or statement in their sentence, with its article and its stance."""
    before, words, after, marks = _quoted(got.places.get(key, []))
    article = got.articles.get(row["article"], {})
    speaker = got.label(row["speaker"]) if row["speaker"] else "somebody unnamed" if row.get("statement") else ""
    confidence = row.get("confidence")
    return Evidence(
        words, before, after,
        article_id=str(row["article"]).rpartition("/")[2], article_title=article.get("title", ""),
        article_date=article.get("date", ""), publisher=article.get("publisher", ""), url=article.get("url", ""),
        speaker=speaker if "certainty" in row or row.get("within") else "",
        certainty=_local(row.get("certainty")).lower() or "certain",
        polarity=_local(row.get("polarity")).lower() or "positive", tense=_local(row.get("tense")).lower(),
        rule=str(row.get("rule") or ""), confidence=None if confidence is None else float(confidence),
        conditional=_true(row.get("conditional")), marks=marks,
    )  # fmt: skip


def _quoted(places: list[_Place]) -> tuple[str, str, str, tuple[tuple[int, int], ...]]:
    """Several stretches as one quotation: what is before, from the first word to the last, after, and which bear it."""
    if not places:
        return "", "", "", ()
    first, last = places[0], max(places, key=lambda place: place.end)
    if any(place.offset != first.offset or place.article != first.article for place in places):
        return first.before, " … ".join(place.words for place in places), last.after, ()
    sentence = last.before + last.words + last.after
    start, end = first.start - first.offset, last.end - first.offset
    marks = tuple((p.start - first.start, p.end - first.start) for p in places)
    return sentence[:start], sentence[start:end], sentence[end:], marks if len(marks) > 1 else ()


# ---- nodes -------------------------------------------------------------------------------------------------------


def _nodes(got: _Gathered, edges: Iterable[Edge]) -> list[Node]:
    titles: dict[str, set[str]] = defaultdict(set)
    ends: set[str] = set()
    for edge in edges:
        ends |= {edge.source, edge.target}
        if edge.relation == _JOB_TITLE and edge.status in ("asserted", "reported"):
            titles[edge.source].add(got.literals.get(edge.target) or got.label(edge.target))
    return [_value(key, got.literals[key]) if key in got.literals else _node(got, key, titles[key]) for key in sorted(ends)]


def _value(key: str, text: str) -> Node:
    time = re.fullmatch(r"\d{4}(-(\d\d|Q\d|W\d\d|H\d)(-\d\d)?)?(T.*)?", text)
    return Node(key, text, "Time" if time else "Literal")


def _node(got: _Gathered, key: str, titles: set[str]) -> Node:
    about = got.about[key]
    status = {_local(value).lower() for value in about["status"]} - {"happened"}
    label = got.label(key)
    return Node(
        key, label, _kind(about["type"]), tuple(sorted(about["type"])), tuple(sorted(about["name"] - {label})),
        tuple(sorted(titles | status)), tuple(sorted(_local(article) for article in got.mentions[key])),
        unnamed=any(_true(value) for value in about["unnamed"]),
    )  # fmt: skip


def _kind(types: Collection[str]) -> str:
    for kind, classes in _KINDS:
        if any(expand(class_) in types for class_ in classes):
            return kind
    return "Other"


def _relation_label(got: _Gathered, relation: str, labels: Mapping[str, str]) -> str:
    if found := min(got.about[relation]["label"], default=""):
        return found
    for prefix in ("kg", "schema"):
        name = relation.replace(PREFIXES[prefix], f"{prefix}:", 1)
        if name in labels:
            return labels[name]
    return _in_words(relation)


def _in_words(iri: str) -> str:
    """The last part of an IRI in words.

    >>> _in_words("https://w3id.org/newskg/ontology#cutPositionsIn"), _in_words("x/relation/cut-back")
    ('cut positions in', 'cut back')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _local(iri)).replace("-", " ").replace("_", " ")
    return words.lower() if "#" in iri and words[:1].islower() else words


def _local(iri: object) -> str:
    return re.split(r"[#/]", str(iri or ""))[-1]


def _true(value: object) -> bool:
    return value is True or str(value).lower() == "true"
