"""What the graph answers -> the nodes and edges of a network, on plain rows of Python values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kg.names import BASE, PREFIXES, expand, in_words
from kg.view.network import Edge, EdgeStatus, Evidence, Node
from kg.view.queries import TYPE, Ask, Gathered, Place, gather, neighbourhood, true
from kg.view.text import local

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
_JOB_TITLE = expand("schema:jobTitle")
_SAID = expand("kg:said")
_TOLD = expand("kg:told")


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
    scope = None if around is None else neighbourhood(ask, around, hops)
    gathered = gather(ask, base, scope)
    edges = [*_claim_edges(gathered, labels or {}), *_said_edges(gathered), *_told_edges(gathered)]
    return _nodes(gathered, edges), edges


# ---- edges -------------------------------------------------------------------------------------------------------


def _claim_edges(got: Gathered, labels: Mapping[str, str]) -> list[Edge]:
    """One edge for each triple that is claimed, with the words of every claim of it."""
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in got.claims.values():
        if row["relation"] not in (TYPE, _SAID):
            groups[row["subject"], row["relation"], _object(got, row)].append(row)
    return [
        Edge(subject, object_, relation, _relation_label(got, relation, labels), _status(got, triple, rows),
             tuple(_evidence(got, row["claim"], row) for row in rows))
        for triple, rows in sorted(groups.items())
        for subject, relation, object_ in [triple]
    ]  # fmt: skip


def _object(got: Gathered, row: Mapping[str, Any]) -> str:
    """The object's node: its IRI, or for a plain value a key of its own, one for each subject that has it."""
    if row["isNode"]:
        return str(row["object"])
    key = f"value:{row['subject']} {row['relation']} {row['object']}"
    got.literals[key] = str(row["object"])
    return key


def _status(got: Gathered, triple: tuple[str, str, str], rows: list[dict[str, Any]]) -> EdgeStatus:
    subject, relation, object_ = triple
    fact = got.facts.get((subject, relation, got.literals.get(object_, object_)))
    if fact:
        return fact
    holding = [row for row in rows if _stance(row) == "holds"]
    if any(_stance(row) == "denied" for row in rows):
        return "disputed" if holding else "denied"
    if not holding:
        return "possible"
    return "asserted" if any(not row["statement"] for row in holding) else "reported"


def _stance(row: Mapping[str, Any]) -> str:
    if local(row["polarity"]) == "Negative":
        return "denied"
    sure = local(row["certainty"]) in ("Certain", "") and local(row["tense"]) != "Future"
    return "holds" if sure and not true(row["conditional"]) else "possible"


def _said_edges(got: Gathered) -> list[Edge]:
    """Who spoke of whom: from each speaker to the subjects of what the statements convey."""
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in got.claims.values():
        statement = got.statements.get(row["statement"] or "", {})
        for speaker in statement.get("speakers", ()):
            if speaker != row["subject"]:
                pairs[speaker, row["subject"]].add(row["statement"])
    return [
        Edge(speaker, subject, _SAID, "said", _said_status(got, said), _statement_evidence(got, said))
        for (speaker, subject), said in sorted(pairs.items())
    ]


def _told_edges(got: Gathered) -> list[Edge]:
    """Who told whom."""
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in got.statements.values():
        for speaker in row["speakers"] if row["addressee"] else ():
            pairs[speaker, row["addressee"]].add(row["statement"])
    claimed = {(row["subject"], str(row["object"])) for row in got.claims.values() if row["relation"] == _TOLD}
    return [
        Edge(speaker, addressee, _TOLD, "told", _said_status(got, said), _statement_evidence(got, said))
        for (speaker, addressee), said in sorted(pairs.items())
        if (speaker, addressee) not in claimed
    ]


def _said_status(got: Gathered, statements: Iterable[str]) -> EdgeStatus:
    return "asserted" if any(not got.statements[key]["within"] for key in statements) else "reported"


def _statement_evidence(got: Gathered, statements: Iterable[str]) -> tuple[Evidence, ...]:
    return tuple(_evidence(got, key, got.statements[key]) for key in sorted(statements))


def _evidence(got: Gathered, key: str, row: Mapping[str, Any]) -> Evidence:
    """The words of a claim or statement in their sentence, with its article and its stance."""
    before, words, after, marks = _quoted(got.places.get(key, []))
    article = got.articles.get(row["article"], {})
    statement = row["statement"]
    voices = {name for link in got.voices.chain(statement) for name in link} if statement else ()
    confidence = row.get("confidence")
    return Evidence(
        words, before, after,
        article_id=str(row["article"]).rpartition("/")[2], article_title=article.get("title", ""),
        article_date=article.get("date", ""), publisher=article.get("publisher", ""), url=article.get("url", ""),
        speaker=got.voices.words(statement) if statement else "", voices=tuple(sorted(voices)),
        certainty=local(row.get("certainty")).lower() or "certain",
        polarity=local(row.get("polarity")).lower() or "positive", tense=local(row.get("tense")).lower(),
        rule=str(row.get("rule") or ""), confidence=None if confidence is None else float(confidence),
        conditional=true(row.get("conditional")), marks=marks,
        anonymous=bool(statement) and true(got.statements.get(statement, {}).get("anonymous")),
    )  # fmt: skip


def _quoted(places: list[Place]) -> tuple[str, str, str, tuple[tuple[int, int], ...]]:
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


def _nodes(got: Gathered, edges: Iterable[Edge]) -> list[Node]:
    titles: dict[str, set[str]] = defaultdict(set)
    ends: set[str] = set()
    for edge in edges:
        ends |= {edge.source, edge.target}
        if edge.relation == _JOB_TITLE and edge.status in ("asserted", "reported"):
            titles[edge.source].add(got.literals.get(edge.target) or got.label(edge.target))
    return [
        _value(key, got.literals[key]) if key in got.literals else _node(got, key, titles[key]) for key in sorted(ends)
    ]


def _value(key: str, text: str) -> Node:
    time = re.fullmatch(r"\d{4}(-(\d\d|Q\d|W\d\d|H\d)(-\d\d)?)?(T.*)?", text)
    return Node(key, text, "Time" if time else "Literal")


def _node(got: Gathered, key: str, titles: set[str]) -> Node:
    about = got.about[key]
    status = {local(value).lower() for value in about["status"]} - {"happened"}
    label = got.label(key)
    return Node(
        key, label, _kind(about["type"]), tuple(sorted(about["type"])), tuple(sorted(about["name"] - {label})),
        tuple(sorted(titles | status, key=lambda title: (-len(title), title))),
        tuple(sorted(local(article) for article in got.mentions[key])),
        unnamed=any(true(value) for value in about["unnamed"]),
    )  # fmt: skip


def _kind(types: Collection[str]) -> str:
    for kind, classes in _KINDS:
        if any(expand(class_) in types for class_ in classes):
            return kind
    return "Other"


def _relation_label(got: Gathered, relation: str, labels: Mapping[str, str]) -> str:
    if found := min(got.about[relation]["label"], default=""):
        return found
    for prefix in ("kg", "schema"):
        name = relation.replace(PREFIXES[prefix], f"{prefix}:", 1)
        if name in labels:
            return labels[name]
    return in_words(relation)
