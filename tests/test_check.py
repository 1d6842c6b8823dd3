"""The rules of the graph: each breaks where it must and nowhere else, and what must never be is never written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import kg
from kg import emit, names, ontology
from kg.check import Breach
from kg.cli import cli
from kg.errors import UsageError
from kg.ontology.roles import CIRCUMSTANCES
from kg.ontology.shapes import KIND_NAMES, PREFIX, local, shapes
from kg.records import Event, Extraction, Kind, Resolution, Role
from tests.emit.hand import Hand, takeover

SH = "http://www.w3.org/ns/shacl#"
AGE = '<amount/age> a schema:QuantitativeValue ; schema:value 26 ; schema:unitText "years" ; rdfs:label "26" .'
BOUGHT = "?e a kg:Event"
BUYER = "?c rdf:predicate kg:buyer"
SAID = "?s a kg:Statement"
PLACE = "?p oa:exact 'Northwind'"
ARTICLE = "?a a schema:NewsArticle"
PRICE = "?m a schema:MonetaryAmount"


def more(where: str, triples: str) -> str:
    """An update that adds triples wherever something is the case."""
    return f"INSERT {{ GRAPH ?g {{ {triples} }} }} WHERE {{ GRAPH ?g {{ {where} }} }}"


def less(triples: str, *, where: str = "") -> str:
    """An update that takes triples away."""
    return f"DELETE {{ GRAPH ?g {{ {triples} }} }} WHERE {{ GRAPH ?g {{ {triples} . {where} }} }}"


def instead(where: str, old: str, new: str) -> str:
    """An update that puts triples in the place of others."""
    both = f"GRAPH ?g {{ {where} . {old} }}"
    return f"DELETE {{ GRAPH ?g {{ {old} }} }} INSERT {{ GRAPH ?g {{ {new} }} }} WHERE {{ {both} }}"


def retyped(label: str, class_: str) -> str:
    """An update that gives a thing of some name another class."""
    return instead(f"?n rdfs:label {label!r}", "?n a ?t", f"?n a {class_}")


def broken(*updates: str) -> tuple[Breach, ...]:
    """What breaks in the graph of an article about a purchase after some updates past the store's own rules."""
    with kg.KnowledgeGraph() as graph:
        resolution = takeover(url="https://example.org/a")
        graph.store.change(resolution.extraction.article.id, emit.quads(resolution, graph.ontology))
        for update in updates:
            before = set(graph.store.inner)
            graph.store.inner.update(update, base_iri=names.BASE, prefixes=names.PREFIXES)
            assert set(graph.store.inner) != before, f"the update changes nothing: {update}"
        return graph.check()


# ---- what breaks which rule

GENERAL = {
    "article-identifier": less("?a dcterms:identifier ?x"),
    "article-date": more(ARTICLE, '?a schema:datePublished "2031-03-05"^^xsd:date'),
    "article-headline": more(ARTICLE, "?a schema:headline 'Another'"),
    "article-url": more(ARTICLE, "?a schema:url 'https://example.org/b'"),
    "article-publisher": more(ARTICLE, "?a schema:publisher 'The Courier'"),
    "named-label": less("?n rdfs:label 'Northwind'"),
    "read-type": less("?n a ?t", where="?n rdfs:label 'Northwind'"),
    "one-person": more("?n a schema:Person", "?n a schema:Place"),
    "one-organization": more("?n a schema:Organization ; rdfs:label 'Northwind'", "?n a schema:Place"),
    "claim-subject": more(BUYER, "?c rdf:subject <entity/other>"),
    "claim-predicate": more(BUYER, "?c rdf:predicate kg:seller"),
    "claim-object": less("?c rdf:object ?o", where=BUYER),
    "claim-polarity": more(BUYER, "?c kg:polarity kg:Negative"),
    "claim-certainty": instead(BUYER, "?c kg:certainty ?x", "?c kg:certainty kg:Past"),
    "claim-tense": less("?c kg:tense ?x", where=BUYER),
    "claim-conditional": instead(BUYER, "?c kg:conditional ?x", "?c kg:conditional 'no'"),
    "claim-confidence": instead(BUYER, "?c kg:confidence ?x", "?c kg:confidence 1.5"),
    "claim-rule": less("?c kg:rule ?x", where=BUYER),
    "claim-start": more(BUYER, "?c schema:startDate 'long ago'"),
    "claim-end": more(BUYER, "?c schema:endDate '2031'^^xsd:gYear, '2032'^^xsd:gYear"),
    "claim-article": more(BUYER, "?c prov:wasDerivedFrom <article/other>"),
    "claim-evidence": less("?c kg:evidence ?x", where=BUYER),
    "claim-statement": more(BUYER, "?c kg:statedIn <entity/northwind>"),
    "claim-event": more(BUYER, "?c kg:aboutEvent <entity/northwind>"),
    "claim-speaker": more(f"{BUYER} . ?m a schema:MonetaryAmount", "?c kg:attributedTo ?m"),
    "statement-text": more(SAID, "?s kg:text 'other words'"),
    "statement-quotation": more(SAID, "?s kg:quotation kg:Direct"),
    "statement-mode": less("?s kg:mode ?x"),
    "statement-article": less("?s prov:wasDerivedFrom ?x", where=SAID),
    "statement-evidence": less("?s kg:evidence ?x", where=SAID),
    "statement-speaker": more(f"{SAID} . {PRICE}", "?s kg:speaker ?m"),
    "statement-addressee": more(SAID, "?s kg:addressee 'you'"),
    "statement-via": more(SAID, "?s kg:via 'the Courier'"),
    "statement-nested": more(SAID, "?s kg:nestedIn <entity/northwind>"),
    "statement-claims": more(SAID, "?s kg:conveys <entity/northwind>"),
    "statement-cue": more(SAID, "?s kg:cue 'said'"),
    "statement-date": more(SAID, "?s kg:saidOn '2031', '2032'"),
    "evidence-source": less("?e oa:hasSource ?x", where=f"?e oa:hasSelector ?p . {PLACE}"),
    "evidence-selector": less("?e oa:hasSelector ?p", where=PLACE),
    "selector-start": instead(PLACE, "?p oa:start ?x", "?p oa:start 99999"),
    "selector-end": less("?p oa:end ?x", where=PLACE),
    "selector-exact": more(PLACE, "?p oa:exact 'Southwind'"),
    "event-class": less("?e kg:readAs ?x", where=BOUGHT),
    "event-status": more("?e kg:status ?x", "?e kg:status kg:Denied"),
    "event-told": less("?e kg:toldAs ?x"),
    "event-words": less("?e kg:denotedBy ?x", where=BOUGHT),
    "any-money": less("?m schema:value ?x", where=PRICE),
    "any-quantity": more(ARTICLE, "<amount/x> a schema:QuantitativeValue"),
    "value": more(PRICE, "?m schema:value 4"),
    "least": more(PRICE, "?m schema:minValue 5 ; schema:maxValue 4"),
    "most": more(PRICE, "?m schema:maxValue 5, 6"),
    "currency": instead(PRICE, "?m schema:currency ?x", "?m schema:currency 'dollars'"),
    "unit": more(ARTICLE, "<amount/x> a schema:QuantitativeValue ; schema:value 1 ; schema:unitText 'a', 'b'"),
}
"""An update that breaks each rule of ``shapes.ttl`` that has something to say."""

AGED_CLAIM = instead(BUYER, "?c rdf:object ?o", f"?c rdf:object <amount/age> . {AGE}")
FROM_TABLES = {
    "Acquisition-buyer": more(BUYER + " ; rdf:subject ?e", f"?e kg:buyer <amount/age> . {AGE}"),
    "Acquisition-target": more(BUYER + " ; rdf:subject ?e", "?e kg:target 'everything'"),
    "Acquisition-price": more(BUYER + " ; rdf:subject ?e ; rdf:object ?o", "?e kg:price ?o"),
    "Acquisition-buyer-kind": retyped("Northwind", "schema:Place"),
    "Event-time": more(BUYER + " ; rdf:subject ?e ; rdf:object ?o", "?e kg:time ?o"),
    "Event-schema-location": more(f"{BUYER} ; rdf:subject ?e . {PRICE}", "?e schema:location ?m"),
    "role-buyer": instead("?e a kg:Acquisition", "?e a ?t", "?e a kg:Meeting"),
    "relation-acquired-object": instead("?c rdf:predicate kg:acquired", "?c rdf:object ?o", "?c rdf:object '26'"),
    "relation-acquired-subject": instead(
        f"?c rdf:predicate kg:acquired . {PRICE}", "?c rdf:subject ?o", "?c rdf:subject ?m"
    ),
    "relation-schema-worksFor-subject-kind": retyped("Ada Marlowe", "schema:Product"),
}
"""The same for some of those that follow from the frames."""


@pytest.mark.parametrize(("rule", "update"), [*GENERAL.items(), *FROM_TABLES.items()], ids=[*GENERAL, *FROM_TABLES])
def test_what_breaks_a_rule_is_told_with_it(rule: str, update: str) -> None:
    found = [breach for breach in broken(update) if breach.rule == PREFIX + rule]
    assert found, f"{rule} is not broken"
    assert {breach.severity for breach in found} == {"warning" if rule.endswith("-kind") else "violation"}
    assert all(breach.message and breach.name for breach in found)


def test_every_general_rule_is_tried() -> None:
    text = (ontology.directory() / "shapes.ttl").read_bytes()
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    told = {q.subject.value.removeprefix(PREFIX) for q in quads if q.predicate.value == SH + "message"}
    assert told == set(GENERAL)


def test_a_right_graph_breaks_nothing() -> None:
    assert broken() == ()


def test_a_buyer_that_is_an_age_is_told_with_fact_words_article_and_claim() -> None:
    (found,) = (b for b in broken(AGED_CLAIM) if b.rule == PREFIX + "Acquisition-buyer")
    assert found.message == "the buyer of an acquisition must be a person, an organization or a group of people"
    assert found.relation is not None and found.object is not None
    labels = (found.subject.label, found.relation.label, found.object.label)
    assert labels == ("acquisition-blue-lantern", "buyer", "26")
    (place,) = found.places
    assert place.words == "Northwind bought" and place.article == takeover().extraction.article.id
    assert place.claim is not None and place.claim.startswith(names.mint("claim", ""))


def test_two_polarities_are_told_of_the_claim_and_its_words() -> None:
    (found,) = broken(GENERAL["claim-polarity"])
    assert found.relation is not None and found.object is not None
    assert (found.relation.label, found.object.label) == ("polarity", "negative, positive")
    (place,) = found.places
    assert place.claim == found.subject.iri and place.words == "Northwind bought"


def test_a_thing_of_unknown_kind_is_not_doubtful() -> None:
    assert broken(retyped("Northwind", "schema:Thing")) == ()


def test_what_is_only_claimed_is_checked_too() -> None:
    """A claim that is no fact, since it is denied, has sides as any other."""
    denied = instead("?c rdf:predicate kg:acquired", "?c kg:polarity ?x", "?c kg:polarity kg:Negative")
    rules = {breach.rule for breach in broken(denied, FROM_TABLES["relation-acquired-subject"])}
    assert PREFIX + "relation-acquired-subject" in rules


def test_the_gravest_come_first_and_the_order_is_always_the_same() -> None:
    updates = (AGED_CLAIM, retyped("Ada Marlowe", "schema:Product"), GENERAL["currency"])
    found = broken(*updates)
    severities = [breach.severity for breach in found]
    assert severities == sorted(severities, key=("violation", "warning").index) and len(set(severities)) == 2
    assert found == broken(*updates)


def test_slices_find_what_the_whole_does(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.check import slices

    def found() -> tuple[Breach, ...]:
        with kg.KnowledgeGraph() as graph:
            for title in ("One", "Two", "Three"):
                told = takeover(title=title)
                graph.store.change(told.extraction.article.id, emit.quads(told, graph.ontology))
            graph.store.inner.update(AGED_CLAIM, base_iri=names.BASE, prefixes=names.PREFIXES)
            graph.store.inner.update(retyped("Northwind", "schema:Place"), base_iri=names.BASE, prefixes=names.PREFIXES)
            return graph.check()

    whole = found()
    monkeypatch.setattr(slices, "SLICE", 1)
    assert found() == whole
    (aged,) = (breach for breach in whole if breach.rule == PREFIX + "Acquisition-buyer")
    assert len(aged.places) == 3 and len({place.article for place in aged.places}) == 3


# ---- the shapes


def pairs(turtle: str) -> set[tuple[str, str, str]]:
    quads = list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    assert not [q for q in quads if any(isinstance(t, ox.BlankNode) for t in (q.subject, q.object))]
    return {(q.subject.value, q.predicate.value, q.object.value) for q in quads}


def test_the_shapes_are_named_throughout() -> None:
    assert pairs((ontology.directory() / "shapes.ttl").read_text(encoding="utf-8")) and pairs(shapes(ontology.load()))


def test_every_class_of_event_has_a_shape_with_the_roles_that_its_frames_fill() -> None:
    tables = ontology.load()
    found = pairs(shapes(tables))
    classes = {name for name in tables.parents if tables.is_a(name, "kg:Event")} - {"kg:Event"}
    assert len(classes) > 30
    for name in classes:
        owners = [s for s, p, o in found if p == SH + "targetClass" and o == names.expand(name)]
        assert owners == [PREFIX + local(name)], f"{name} has no shape"
        rules = {o for s, p, o in found if (s, p) == (owners[0], SH + "property")}
        paths = {o for s, p, o in found if s in rules and p == SH + "path"}
        filled = {slot.role for frame in tables.frames if frame.event == name for slot in frame.slots}
        assert filled and {names.expand(role) for role in filled} <= paths, f"{name} lacks a role's rule"


BAPTISM = """
@prefix kg: <https://w3id.org/newskg/ontology#> . @prefix frame: <https://w3id.org/newskg/frame/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
kg:Baptism a owl:Class ; rdfs:subClassOf kg:Event ; rdfs:label "baptism" .
frame:baptism a kg:Frame ; kg:evokes kg:Baptism ; kg:verb "baptize" ;
    skos:example "The bishop baptized Ann Lee." ; kg:slot frame:baptism-person .
frame:baptism-person kg:fills kg:person ; kg:from "object" ; kg:expects schema:Person .
"""


def test_a_class_of_a_users_own_has_a_shape_too(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(BAPTISM, encoding="utf-8")
    tables = ontology.load([file])
    found = pairs(shapes(tables))
    assert (PREFIX + "Baptism", SH + "targetClass", names.expand("kg:Baptism")) in found
    assert (PREFIX + "Baptism", SH + "property", PREFIX + "Baptism-person") in found
    assert tables.takes("kg:Baptism", "kg:person") == {"Person"}


def test_names_and_labels_of_a_users_own_cannot_break_out_of_the_shapes() -> None:
    tables = ontology.load()
    labels = dict(tables.labels) | {"kg:buyer": 'b" . <x> <y> "\\\n\U0001f600'}
    roles = dict(tables.roles) | {"https://example.org/a>b": tables.roles["kg:Merger"]}
    messages = {o for _, p, o in pairs(shapes(replace(tables, labels=labels))) if p == SH + "message"}
    assert any('b" . <x> <y> "\\\n\U0001f600' in message for message in messages)
    with pytest.raises(SyntaxError):  # no name that the tables can hold: Turtle has no such IRI either
        pairs(shapes(replace(tables, roles=roles)))


def test_every_kind_of_the_records_has_a_shape() -> None:
    kinds = {kind for row in ontology.load().roles.values() for taken in row.values() for kind in taken}
    assert kinds <= {*KIND_NAMES, "Other", "money", "percent", "quantity", "time"}


# ---- files of the user's own

OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/newskg/ontology#> .
<https://example.org/sure> a sh:NodeShape ; sh:targetClass kg:Claim ; sh:severity sh:Info ;
    sh:property [ sh:path kg:confidence ; sh:minInclusive 0.75 ; sh:severity sh:Info ; sh:message "be sure" ] .
"""


def test_shapes_of_a_users_own(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(OWN, encoding="utf-8")
    with kg.KnowledgeGraph() as graph:
        told = takeover()
        graph.store.change(told.extraction.article.id, emit.quads(told, graph.ontology))
        found = graph.check([file])
    assert found and {(breach.severity, breach.message) for breach in found} == {("info", "be sure")}
    assert all(breach.object is not None and float(breach.object.label) < 0.75 for breach in found)


@pytest.mark.parametrize(
    "text",
    [
        "no turtle",
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <x:s> a sh:PropertyShape .",
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <x:s> a sh:NodeShape ; sh:targetClass <x:c> ; sh:or <x:none> .",
        None,
    ],
)
def test_shapes_that_cannot_be_used_are_told(text: str | None, tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with kg.KnowledgeGraph() as graph:
        told = takeover()
        graph.store.change(told.extraction.article.id, emit.quads(told, graph.ontology))
        with pytest.raises(UsageError):
            graph.check([file])


# ---- never written


def aged() -> Resolution:
    """A bad reading: «Ann Lee, 26 years, bought Bolt for $3 million in 2030», with the age as buyer."""
    hand = Hand("Ann Lee, 26 years, bought Bolt for $3 million in 2030.")
    years, price = hand.amount("26 years", 26, "years"), hand.amount("$3 million", 3e6, "USD")
    hand.event(
        "kg:Acquisition", "bought", "acquisition-bolt",
        Role("kg:buyer", amount=years), Role("kg:target", mention=hand.mention("Bolt")), Role("kg:price", amount=price),
    )  # fmt: skip
    return hand.resolution()


def told(resolution: Resolution) -> set[tuple[str, str, str]]:
    """The triples that are written, and those that are claimed."""
    quads = emit.quads(resolution, ontology.load())
    claims: dict[str, dict[str, str]] = {}
    for quad in quads:
        claims.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    parts = [names.expand(f"rdf:{part}") for part in ("subject", "predicate", "object")]
    claimed = {tuple(row[part] for part in parts) for row in claims.values() if parts[0] in row}
    return {(q.subject.value, q.predicate.value, q.object.value) for q in quads} | claimed  # type: ignore[operator]


def test_an_acquisition_whose_buyer_is_an_age_is_never_written() -> None:
    found = {predicate for _, predicate, _ in told(aged())}
    assert names.expand("kg:buyer") not in found and names.expand("kg:acquired") not in found
    assert {names.expand("kg:target"), names.expand("kg:price")} <= found
    right = replace(aged(), extraction=replace(aged().extraction, events=(_with_buyer(aged().extraction),)))
    assert names.expand("kg:buyer") in {predicate for _, predicate, _ in told(right)}


@pytest.mark.parametrize(("kind", "written"), [("Concept", False), ("Organization", True), ("Other", True)])
def test_a_pronoun_fills_a_role_only_as_what_it_stands_for(kind: Kind, written: bool) -> None:
    """«The gates were shut. They bought Bolt.»: whatever "they" may be, gates buy nothing."""
    hand = Hand("The gates were shut. They bought Bolt.")
    they = hand.mention("They", "Group", of=hand.entity("The gates", kind))
    hand.mentions[they] = replace(hand.mentions[they], form="pronoun")
    hand.event(
        "kg:Acquisition", "bought", "acquisition-bolt",
        Role("kg:buyer", mention=they), Role("kg:target", mention=hand.mention("Bolt")),
    )  # fmt: skip
    assert (names.expand("kg:buyer") in {predicate for _, predicate, _ in told(hand.resolution())}) is written


def _with_buyer(extraction: Extraction) -> Event:
    (event,) = extraction.events
    bolt = next(role.mention for role in event.roles if role.role == "kg:target")
    return replace(event, roles=(Role("kg:buyer", mention=bolt),))


def test_an_event_that_loses_all_its_fillers_is_still_told() -> None:
    record = aged().extraction
    bare = replace(record, events=(replace(record.events[0], roles=record.events[0].roles[:1]),))
    claimed = told(replace(aged(), extraction=bare))
    assert any(p == names.expand("rdf:type") and o == names.expand("kg:Acquisition") for _, p, o in claimed)


def fillers(hand: Hand) -> Iterator[tuple[str, Role]]:
    """One filler of each sort and kind."""
    kinds = ("Person", "Organization", "Place", "Product", "Event", "Work", "Group", "Concept", "Law", "Other")
    for word, kind in zip(hand.text.split(), kinds, strict=False):
        yield kind, Role("", mention=hand.mention(word, kind))  # type: ignore[arg-type]
    yield "money", Role("", amount=hand.amount("$5", 5, "USD"))
    yield "percent", Role("", amount=hand.amount("6%", 6, "percent"))
    yield "quantity", Role("", amount=hand.amount("7 years", 7, "years"))
    yield "time", Role("", time=hand.time("2030", "2030"))


def test_no_role_of_any_class_is_written_with_a_wrong_filler() -> None:
    tables = ontology.load()
    text = "Ann Acme Rome Car Fair Novel Crowd Trade Act Thing $5 6% 7 years 2030"
    for event, row in tables.roles.items():
        hand = Hand(text)
        made = list(fillers(hand))
        for role in row:
            for sort, filler in made:
                hand.event(event, "Fair", f"{local(role)}-{sort}", replace(filler, role=role))
        written = {(s.rpartition("/")[2], p) for s, p, _ in told(hand.resolution())}
        for role, taken in row.items():
            anybody = bool(taken & set(KIND_NAMES))
            for sort, _ in made:
                right = sort in taken or (sort == "Other" and anybody)
                there = (f"{local(role)}-{sort}", names.expand(role)) in written
                assert there == right, f"{event} {role} {sort}"


def test_what_every_event_may_have_is_taken_by_every_class() -> None:
    tables = ontology.load()
    assert all(tables.takes(event, role) for event in tables.roles for role in CIRCUMSTANCES)
    assert tables.takes("kg:Merger", "kg:buyer") == tables.takes("kg:Event", "kg:buyer")
    assert tables.takes("kg:Merger", "kg:noSuchRole") is None


# ---- the samples, and the command


def test_the_samples_break_no_rule_that_none_may_break(sample_graph: Path) -> None:
    with kg.KnowledgeGraph(sample_graph, read_only=True) as graph:
        found = graph.check()
    assert [breach for breach in found if breach.severity == "violation"] == []


def run(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["check", *(str(word) for word in words)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph on disk with six purchases by an age, and names that steer a terminal."""
    path = tmp_path_factory.mktemp("wrong") / "news.kg"
    with kg.KnowledgeGraph(path) as graph:
        for number in range(6):
            told = takeover(title=f"Part {number}")
            graph.store.change(told.extraction.article.id, emit.quads(told, graph.ontology))
        for number in range(6):
            steering = f"?e kg:buyer <amount/{number}> . " + AGE.replace("<amount/age>", f"<amount/{number}>")
            update = more(BUYER + " ; rdf:subject ?e", steering.replace('"26"', f'"{number} \x1b[2J\u202e years"'))
            graph.store.inner.update(update, base_iri=names.BASE, prefixes=names.PREFIXES)
    return path


def test_the_command_on_a_right_graph(sample_graph: Path) -> None:
    status, text, complaints = run("-g", sample_graph)
    assert status == 0 and complaints.startswith("0 violations")
    assert "violation" not in text


def test_the_command_shows_some_of_each_rule_or_all(wrong: Path) -> None:
    status, text, complaints = run("-g", wrong)
    assert status == 1 and complaints == "6 violations, 0 doubts\n"
    assert "violation  the buyer of an acquisition must be a person" in text and "(6 facts)" in text
    assert text.count("· buyer ·") == 5 and "1 more; kg check --all shows them" in text
    _, whole, _ = run("-g", wrong, "--all")
    assert whole.count("· buyer ·") == 6 and "more" not in whole


def test_the_command_shows_words_and_a_claim_that_can_be_explained(tmp_path: Path) -> None:
    path = tmp_path / "news.kg"
    with kg.KnowledgeGraph(path) as graph:
        one = takeover()
        graph.store.change(one.extraction.article.id, emit.quads(one, graph.ontology))
        graph.store.inner.update(AGED_CLAIM, base_iri=names.BASE, prefixes=names.PREFIXES)
    status, text, _ = run("-g", path)
    assert status == 1
    line = next(line for line in text.splitlines() if "claim/" in line)
    assert f"{one.extraction.article.id}: “Northwind bought”" in line
    explained = CliRunner().invoke(cli, ["explain", line.split()[-1], "-g", str(path)])
    assert explained.exit_code == 0 and "Northwind bought" in explained.stdout


def test_the_command_writes_json(wrong: Path) -> None:
    status, text, _ = run("-g", wrong, "--json")
    found = json.loads(text)
    assert status == 1 and found["conforms"] is False and len(found["breaches"]) == 6
    first = found["breaches"][0]
    assert set(first) >= {"severity", "rule", "message", "subject", "relation", "object", "places"}
    assert "\x1b" in first["object"]["label"]  # escaped on the way, kept in the data


def test_nothing_that_steers_a_terminal_comes_through(wrong: Path) -> None:
    for more_ in ((), ("--all",), ("--json",)):
        for part in run("-g", wrong, *more_)[1:]:
            assert all(char.isprintable() or char == "\n" for char in part)


def test_wrong_use_is_2(tmp_path: Path, wrong: Path) -> None:
    (tmp_path / "bad.ttl").write_text("no turtle", encoding="utf-8")
    for words in (("-g", tmp_path / "none"), ("-g", wrong, "--shapes", tmp_path / "bad.ttl")):
        status, text, complaints = run(*words)
        assert status == 2 and text == "" and complaints.startswith("kg: ") and "Traceback" not in complaints
