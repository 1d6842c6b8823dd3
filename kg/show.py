"""Everything known of one entity, line by line, each with who says so and the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kg.errors import UsageError
from kg.names import PREFIXES, held, in_words
from kg.records import Answer
from kg.voices import Voices, joined

Ask = Callable[[str, dict[str, Any]], Answer]
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
FIND = """
SELECT DISTINCT ?node WHERE {
  { ?node rdfs:label ?name } UNION { ?node skos:altLabel ?name }
  FILTER(LCASE(STR(?name)) = LCASE(STR(?wanted)))
  ?node kg:denotedBy ?place .
} ORDER BY ?node
"""
NAMES = """
SELECT ?label ?name ?class WHERE {
  ?node rdf:type ?class .
  FILTER NOT EXISTS { ?node rdf:type ?narrower . ?narrower rdfs:subClassOf ?class }
  OPTIONAL { ?node rdfs:label ?label }
  OPTIONAL { ?node skos:altLabel ?name }
} ORDER BY ?label ?name ?class
"""
# What bears a claim stands in each of the three ways to find one, not after them: so the store goes from few claims to
# their places, and does not look at all places of the graph (at 600,000 quads 0.5 s, not 3 s).
_BEARING = """
    ?claim rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
           kg:polarity ?polarity ; kg:certainty ?certainty ; prov:wasDerivedFrom ?article ; kg:evidence ?place .
    ?place oa:hasSelector ?selector . ?selector oa:start ?start ; oa:exact ?words .
"""
_ABOUT = (
    "?claim rdf:subject ?node .", "?claim rdf:object ?node .",
    "?filled rdf:object ?node ; kg:aboutEvent ?event . ?claim kg:aboutEvent ?event .",
)  # fmt: skip
CLAIMS = f"""
SELECT DISTINCT ?claim ?subject ?subjectLabel ?relation ?relationLabel ?object ?objectLabel ?polarity ?certainty
       ?tense ?begins ?ends ?statement ?article ?date ?start ?words
WHERE {{
  {{ SELECT DISTINCT ?node ?claim ?subject ?relation ?object ?polarity ?certainty ?article ?start ?words WHERE {{
      {" UNION ".join(f"{{ {about} {_BEARING} }}" for about in _ABOUT)}
  }} }}
  OPTIONAL {{ ?claim kg:tense ?tense }}
  OPTIONAL {{ ?claim schema:startDate ?begins }}
  OPTIONAL {{ ?claim schema:endDate ?ends }}
  OPTIONAL {{ ?subject rdfs:label ?subjectLabel }}
  OPTIONAL {{ ?relation rdfs:label ?relationLabel }}
  OPTIONAL {{ ?object rdfs:label ?objectLabel }}
  OPTIONAL {{ ?claim kg:statedIn ?statement }}
  OPTIONAL {{ ?article schema:datePublished ?date }}
}} ORDER BY ?date ?article ?start ?claim
"""
# Every statement that conveys one of those claims, and those that report it in turn. The path stands in each branch:
# after all of them, the store would follow it from every node there is.
VOICES = """
SELECT DISTINCT ?statement ?speakerLabel ?outer ?viaLabel
WHERE {
  { SELECT DISTINCT ?statement ?node WHERE {
      { ?inner kg:speaker ?node . ?inner kg:nestedIn* ?statement }
      UNION { ?claim rdf:subject ?node ; kg:statedIn ?inner . ?inner kg:nestedIn* ?statement }
      UNION { ?claim rdf:object ?node ; kg:statedIn ?inner . ?inner kg:nestedIn* ?statement }
      UNION { ?filled rdf:object ?node ; kg:aboutEvent ?event . ?claim kg:aboutEvent ?event ; kg:statedIn ?inner .
              ?inner kg:nestedIn* ?statement }
  } }
  OPTIONAL { ?statement kg:speaker/rdfs:label ?speakerLabel }
  OPTIONAL { ?statement kg:nestedIn ?outer }
  OPTIONAL { ?statement kg:via/rdfs:label ?viaLabel }
} ORDER BY ?statement ?speakerLabel
"""
SAID = """
SELECT DISTINCT ?statement ?text ?quotation ?mode ?article ?date ?addresseeLabel WHERE {
  ?statement kg:speaker ?node ; kg:text ?text ; kg:quotation ?quotation ; prov:wasDerivedFrom ?article .
  OPTIONAL { ?statement kg:mode ?mode }
  OPTIONAL { ?statement kg:addressee/rdfs:label ?addresseeLabel }
  OPTIONAL { ?article schema:datePublished ?date }
} ORDER BY ?date ?article ?statement
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing known: the triple in words, its stance, who says so, and where in which words; ``claim`` is its IRI.

    ``speaker`` names all who vouch for it and by way of whom it comes; for something said, whom it was said to.
    """

    subject: str
    relation: str
    object: str
    stance: str
    speaker: str | None
    words: str
    article: str
    date: str | None
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An entity with all that is known of it."""

    iri: str
    label: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    said: tuple[Line, ...]


def show(ask: Ask, name: str, *, near: Callable[[str], str] = lambda name: "") -> list[Shown]:
    """What the graph knows of every entity called ``name`` (any of its names, or its IRI).

    ``ask`` answers SPARQL with bound variables. Raises UsageError where nothing has that name, with what may have been
    meant, as ``near`` says it ("; did you mean …?").
    """
    nodes = [name] if name.startswith(("http://", "https://")) else []
    nodes += [str(row[0]) for row in ask(PROLOGUE + FIND, {"wanted": name})]
    found = [shown for node in nodes if (shown := _shown(ask, node)) is not None]
    if not found:
        hint = near(name) or "; look for it with: kg view, or kg ask"
        raise UsageError(f"nothing in the graph is called {name!r}{hint}")
    return found


def _shown(ask: Ask, node: str) -> Shown | None:
    """One node with all that is known of it; None where the graph has no such node."""
    about = ask(PROLOGUE + NAMES, {"node": node}).rows
    if not about:
        return None
    label = about[0][0] or _short(node)
    voices = _voices(ask(PROLOGUE + VOICES, {"node": node}))
    return Shown(
        iri=node,
        label=label,
        types=_distinct(_short(row[2]) for row in about),
        names=_distinct(row[1] for row in about if row[1]),
        lines=tuple(_lines(ask(PROLOGUE + CLAIMS, {"node": node}), voices)),
        said=tuple(_said(ask(PROLOGUE + SAID, {"node": node}), label, voices)),
    )


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _voices(answer: Answer) -> Voices[str]:
    found: Voices[str] = Voices()
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        found.add(cells["statement"], speaker=cells["speakerLabel"], outer=cells["outer"], via=cells["viaLabel"])
    return found


def _lines(answer: Answer, voices: Voices[str]) -> Iterable[Line]:
    """One line a claim; a claim's several stretches are put together in text order."""
    rows: dict[str, dict[str, Any]] = {}
    words: dict[str, list[str]] = {}
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        rows.setdefault(cells["claim"], cells)
        if cells["words"] not in words.setdefault(cells["claim"], []):
            words[cells["claim"]].append(cells["words"])
    for claim, cells in rows.items():
        yield Line(
            cells["subjectLabel"] or _short(cells["subject"]), cells["relationLabel"] or in_words(cells["relation"]),
            cells["objectLabel"] or _short(cells["object"]), _stance(cells),
            voices.words(cells["statement"]) if cells["statement"] else None, " … ".join(words[claim]),
            _short(cells["article"]), str(cells["date"]) if cells["date"] else None, claim,
        )  # fmt: skip


def _stance(cells: dict[str, Any]) -> str:
    marks = ["denied"] if _short(cells["polarity"]) == "Negative" else []
    if _short(cells["certainty"]) != "Certain":
        marks.append(_short(cells["certainty"]).lower())
    if cells["tense"] and _short(cells["tense"]) == "Future":
        marks.append("future")
    if term := held(cells["begins"], cells["ends"]):
        marks.append(term)
    return ", ".join(marks)


def _said(answer: Answer, label: str, voices: Voices[str]) -> Iterable[Line]:
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        verb = "thought" if cells["mode"] and _short(cells["mode"]) == "Thinking" else "said"
        how = ", ".join([_short(cells["quotation"]).lower(), *_company(voices, cells["statement"], label)])
        yield Line(
            label, verb, cells["text"], how, cells["addresseeLabel"], cells["text"],
            _short(cells["article"]), str(cells["date"]) if cells["date"] else None,
        )  # fmt: skip


def _company(voices: Voices[str], statement: str, label: str) -> Iterable[str]:
    """Who else says it, and by way of whom it comes."""
    speakers, *others = voices.chain(statement)
    if company := [name for name in speakers if name != label]:
        yield f"with {joined(company)}"
    yield from (f"by way of {joined(link)}" for link in others if link)


def _short(value: object) -> str:
    """The last part of an IRI; any other value as text.

    >>> _short("https://schema.org/Person"), _short(3)
    ('Person', '3')
    """
    text = str(value)
    return text.replace("#", "/").rsplit("/", 1)[-1] if text.startswith(("http://", "https://")) else text
