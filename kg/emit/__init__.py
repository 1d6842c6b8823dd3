"""Resolution -> quads: all that one article says, in the named graph with the article's IRI; and what follows from it.

What one article says is written as it says it (``quads``). Anything that depends on more than one article is derived
from all of them together (``derived``), into three graphs of its own, and recomputed when an article comes or goes:

==================  ==================================================================================
``graph/asserted``  plain triples that an article itself asserts
``graph/reported``  plain triples that rest only on what somebody said
``graph/entities``  ``rdfs:label``, ``skos:altLabel``, ``rdf:type``, ``kg:alsoReadAs``, ``kg:status``,
                    ``owl:sameAs``
==================  ==================================================================================

In an article's graph the same things stand as that article has them: ``kg:nameForm`` (a form of the name),
``kg:readAs`` (the class it takes the node for), ``kg:toldAs`` (how far it says an event got) and ``kg:listedAs`` (its
IRI elsewhere, by the gazetteer). A fourth graph, ``graph/sources``, notes the file that each article came from, and
with which files of the user's own it was read; it is no part of an export. Classes and relations of the user's own are
declared where they are used (``vocabulary``).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, Protocol

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from kg import names
from kg.emit import claims, nodes
from kg.emit.blocks import Blocks
from kg.emit.derive import Derivation, derived, shipped_rule
from kg.emit.differing import differing
from kg.emit.draft import Draft
from kg.emit.events import Ontology as Relations
from kg.emit.events import event_nodes, events
from kg.emit.evidence import Evidence, Row
from kg.emit.look import Match
from kg.emit.terms import name, text
from kg.emit.vocabulary import Vocabulary, vocabulary
from kg.records import Resolution


class Ontology(Relations, Vocabulary, Protocol):
    """What is asked of ``kg.ontology.Ontology``."""


class Told(NamedTuple):
    """All that one article says, ready for a graph that is filled at once: N-Quads, and what it bears out."""

    quads: bytes
    rows: list[Row]


def told(resolution: Resolution, ontology: Ontology, *, read_with: str = "", base: str = names.BASE) -> list[Quad]:
    """All quads of one article: what it says, the terms of the user's own that it uses, with which frames it was read.

    ``read_with`` is the key of the frames of the user's own, empty without any.
    """
    found = quads(resolution, ontology, base=base)
    return [*found, *vocabulary(found, ontology), *frames(resolution.extraction.article.id, read_with, base=base)]


def ready(resolution: Resolution, ontology: Ontology, *, read_with: str = "", base: str = names.BASE) -> Told:
    """The same, ready to be loaded, with the evidence for what follows from many articles (``Blocks``)."""
    found = told(resolution, ontology, read_with=read_with, base=base)
    article = names.mint("article", resolution.extraction.article.id, base=base)
    return Told(serialize(found, format=RdfFormat.N_QUADS) or b"", _evidence(base).rows(article, found))


@cache
def _evidence(base: str) -> Evidence:
    return Evidence(base, shipped_rule())


def quads(resolution: Resolution, ontology: Relations, *, base: str = names.BASE) -> list[Quad]:
    """Everything that one article says, each quad once; dropping its graph retracts it.

    ``ontology`` tells which plain relations a class of event implies; ``base`` begins the IRIs of all nodes.
    """
    draft = Draft(resolution.extraction, base=base)
    nodes.article(draft)
    nodes.entities(draft)
    claims.statements(draft)
    told = event_nodes(draft, resolution)
    found = [claims.of_proposition(draft, item, events=told) for item in resolution.extraction.propositions]
    claims.write(draft, [*found, *events(draft, told, ontology)])
    return [*draft.quads(), *_source(draft)]


def frames(article_id: str, key: str, *, base: str = names.BASE) -> list[Quad]:
    """The note with which frames of the user's own an article was read (``key``); none without any."""
    if not key:
        return []
    article = NamedNode(names.mint("article", article_id, base=base))
    graph = NamedNode(names.mint("graph", "sources", base=base))
    return [Quad(article, name("dcterms:conformsTo"), text(key), graph)]


def _source(draft: Draft) -> list[Quad]:
    source = draft.extraction.article.source
    if not source:
        return []
    graph = NamedNode(names.mint("graph", "sources", base=draft.base))
    return [Quad(draft.article, name("dcterms:source"), text(source), graph)]


__all__ = [
    "Blocks", "Derivation", "Match", "Ontology", "Told", "derived", "differing", "frames", "quads", "ready", "told",
]  # fmt: skip
