"""What one article says, as quads."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg import emit, names
from kg.emit import terms
from kg.records import Reference, Resolution, Role, Span
from tests.emit.hand import ONTOLOGY, Hand, takeover


def iri(prefixed: str) -> ox.NamedNode:
    return ox.NamedNode(names.expand(prefixed))


def node(kind: str, key: str) -> ox.NamedNode:
    return ox.NamedNode(names.mint(kind, key))


class Told:
    """The quads of one article, to be looked into by prefixed names."""

    def __init__(self, resolution: Resolution) -> None:
        self.all = emit.quads(resolution, ONTOLOGY)
        self.store = ox.Store()
        self.store.extend(self.all)

    def values(self, subject: object, predicate: str) -> list[str]:
        found = self.store.quads_for_pattern(subject, iri(predicate), None)  # type: ignore[arg-type]
        return sorted(quad.object.value for quad in found)  # type: ignore[union-attr]

    def claims(self, subject: str, predicate: str) -> list[ox.NamedNode]:
        found = self.store.quads_for_pattern(None, iri("rdf:subject"), node(*subject.split("/", 1)))
        return [quad.subject for quad in found if self.values(quad.subject, "rdf:predicate") == [iri(predicate).value]]  # type: ignore[misc]


def test_everything_lies_in_the_articles_own_graph_under_valid_iris_and_without_blank_nodes() -> None:
    resolution = takeover()
    article = node("article", resolution.extraction.article.id)
    quads = emit.quads(resolution, ONTOLOGY)
    assert {quad.graph_name for quad in quads} == {article}
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object):
            assert isinstance(term, ox.NamedNode | ox.Literal)
            if isinstance(term, ox.NamedNode):
                assert ox.NamedNode(term.value) == term  # the constructor checks the IRI
    assert len(set(quads)) == len(quads)


def test_the_file_an_article_came_from_is_noted_outside_its_graph() -> None:
    quads = emit.quads(takeover(source="news/a.csv:3"), ONTOLOGY)
    noted = [quad for quad in quads if quad.graph_name == node("graph", "sources")]
    assert [quad.object.value for quad in noted] == ["news/a.csv:3"]  # type: ignore[union-attr]
    assert set(quads) - set(noted) == set(emit.quads(takeover(), ONTOLOGY))


def test_the_purchase_is_an_event_with_roles_an_amount_and_a_month() -> None:
    told = Told(takeover())
    event = node("event", "acquisition-blue-lantern")
    assert told.values(event, "kg:buyer") == [node("entity", "northwind").value]
    assert told.values(event, "kg:time") == ["2029-07"]
    assert told.values(event, "kg:toldAs") == [iri("kg:Happened").value]
    amount = ox.NamedNode(told.values(event, "kg:price")[0])
    assert told.values(amount, "rdf:type") == [iri("schema:MonetaryAmount").value]
    assert told.values(amount, "schema:value") == ["3900000000"]
    assert told.values(amount, "schema:currency") == ["USD"]
    assert told.values(amount, "kg:approximate") == ["true"]
    assert told.values(amount, "kg:nameForm") == ["about $3.9 billion"]


def test_every_filler_of_a_role_is_claimed_and_so_is_the_implied_relation() -> None:
    told = Told(takeover())
    for role in ("kg:buyer", "kg:target", "kg:price", "kg:time"):
        (claim,) = told.claims("event/acquisition-blue-lantern", role)
        assert told.values(claim, "kg:aboutEvent") == [node("event", "acquisition-blue-lantern").value]
        assert told.values(claim, "kg:confidence") == ["0.7"]
    (implied,) = told.claims("entity/northwind", "kg:acquired")
    assert told.values(implied, "rdf:object") == [node("entity", "blue-lantern").value]
    assert told.values(implied, "kg:attributedTo") == []


def test_evidence_gives_the_words_within_their_sentence() -> None:
    resolution = takeover()
    text = resolution.extraction.article.text
    sentences = {text[start:end] for start, end in resolution.extraction.sentences}
    told = Told(resolution)
    selectors = {quad.object for quad in told.store.quads_for_pattern(None, iri("oa:hasSelector"), None)}
    assert len(selectors) > 5
    for selector in selectors:
        start, end = (int(told.values(selector, f"oa:{edge}")[0]) for edge in ("start", "end"))
        (exact,) = told.values(selector, "oa:exact")
        assert exact == text[start:end]
        before, after = ("".join(told.values(selector, f"oa:{side}")) for side in ("prefix", "suffix"))
        assert before + exact + after in sentences
    evidence = {quad.object for quad in told.store.quads_for_pattern(None, iri("kg:evidence"), None)}
    evidence |= {quad.object for quad in told.store.quads_for_pattern(None, iri("kg:denotedBy"), None)}
    described = {quad.subject for quad in told.store.quads_for_pattern(None, iri("oa:hasSelector"), None)}
    assert evidence == described


def test_a_claim_within_a_statement_is_attributed_to_its_speaker() -> None:
    told = Told(takeover())
    (statement,) = (quad.subject for quad in told.store.quads_for_pattern(None, iri("kg:speaker"), None))
    (claim,) = told.values(statement, "kg:conveys")
    assert told.values(statement, "kg:text") == ["the cuts were not related"]
    assert told.values(statement, "kg:cue") == ["told"]
    assert told.values(statement, "kg:quotation") == [iri("kg:Indirect").value]
    assert told.values(statement, "kg:addressee") == [node("entity", "quay-times").value]
    conveyed = ox.NamedNode(claim)
    assert told.values(conveyed, "kg:attributedTo") == [node("entity", "ada-marlowe").value]
    assert told.values(conveyed, "kg:statedIn") == [statement.value]  # type: ignore[union-attr]
    assert told.values(conveyed, "kg:polarity") == [iri("kg:Negative").value]


def test_a_statement_of_unknown_speaker_still_marks_its_claims_as_said() -> None:
    hand = Hand("Sales fell, it was said.")
    said = hand.statement("Sales fell", None)
    hand.says("Sales", "fall", "fell", statement=said)
    told = Told(hand.resolution())
    (claim,) = (quad.subject for quad in told.store.quads_for_pattern(None, iri("kg:statedIn"), None))
    assert told.values(claim, "kg:attributedTo") == []


def test_a_speaker_who_is_no_known_entity_keeps_a_node_with_the_words() -> None:
    hand = Hand("People close to the talks said sales fell.")
    said = hand.statement("sales fell", None)
    hand.statements[said] = replace(
        hand.statements[said], speaker=Reference(*hand.span("People close to the talks"), None)
    )
    told = Told(hand.resolution())
    (speaker,) = (quad.object for quad in told.store.quads_for_pattern(None, iri("kg:speaker"), None))
    assert told.values(speaker, "kg:nameForm") == ["People close to the talks"]
    assert told.values(speaker, "kg:unnamed") == ["true"]


def test_statements_nest_and_tell_how_they_were_made() -> None:
    hand = Hand("On Monday the Courier wrote that Ada told it by email: it is over.")
    courier, ada, day = hand.mention("Courier"), hand.mention("Ada", "Person"), hand.time("Monday", "2031-03-03")
    outer = hand.statement("Ada told it by email: it is over", courier)
    via = hand.reference("Courier", 0)
    inner = hand.statement("it is over", ada, parent=outer, medium="email", via=via, time=day, quotation="direct")
    told = Told(hand.resolution())
    assert inner == 1
    (node_,) = (quad.subject for quad in told.store.quads_for_pattern(None, iri("kg:nestedIn"), None))
    assert told.values(node_, "kg:text") == ["it is over"]
    assert told.values(node_, "kg:medium") == ["email"]
    assert told.values(node_, "kg:via") == [node("entity", "courier").value]
    assert told.values(node_, "kg:saidOn") == ["2031-03-03"]
    assert told.values(ox.NamedNode(told.values(node_, "kg:nestedIn")[0]), "kg:speaker") == [
        node("entity", "courier").value
    ]


def test_words_in_several_stretches_are_joined_by_an_ellipsis() -> None:
    hand = Hand("It is, she said, over.")
    hand.statement("It is", None)
    hand.statements[0] = replace(hand.statements[0], content=(hand.span("It is"), hand.span("over")))
    told = Told(hand.resolution())
    (statement,) = (quad.subject for quad in told.store.quads_for_pattern(None, iri("kg:text"), None))
    assert told.values(statement, "kg:text") == ["It is … over"]
    assert len(told.values(statement, "kg:evidence")) == 2


@pytest.mark.parametrize(
    ("status", "polarity", "tense"),
    [
        ("Happened", "kg:Positive", "kg:Past"),
        ("Announced", "kg:Positive", "kg:Past"),
        ("Planned", "kg:Positive", "kg:Future"),
        ("Denied", "kg:Negative", "kg:Past"),
        ("Cancelled", "kg:Negative", "kg:Past"),
    ],
)
def test_an_event_implies_its_relation_only_as_far_as_it_got(status: str, polarity: str, tense: str) -> None:
    hand = Hand("Acme bought Bolt.")
    roles = (Role("buyer", mention=hand.mention("Acme")), Role("target", mention=hand.mention("Bolt")))
    hand.event("kg:Takeover", "bought", "takeover-bolt", *roles, status=status)  # implied through the wider class
    told = Told(hand.resolution())
    (claim,) = told.claims("entity/acme", "kg:acquired")
    assert told.values(claim, "kg:polarity") == [iri(polarity).value]
    assert told.values(claim, "kg:tense") == [iri(tense).value]


def test_an_event_without_fillers_is_claimed_as_such() -> None:
    hand = Hand("There was a strike.")
    hand.event("kg:Protest", "strike", "protest-1")
    told = Told(hand.resolution())
    (claim,) = told.claims("event/protest-1", "rdf:type")
    assert told.values(claim, "rdf:object") == [iri("kg:Protest").value]


def test_the_same_words_without_a_mention_are_different_things_in_different_places() -> None:
    hand = Hand("It fell. Later it rose.")
    hand.says("It", "fall", "fell")
    hand.says("it", "rise", "rose", sentence=1)
    told = Told(hand.resolution())
    minted = {quad.subject for quad in told.store.quads_for_pattern(None, iri("kg:readAs"), iri("skos:Concept"))}
    assert len(minted) == 2


def test_an_unknown_relation_becomes_an_open_one_with_its_phrase() -> None:
    hand = Hand("Acme runs into Bolt.")
    hand.says(hand.mention("Acme"), "run into", hand.mention("Bolt"))
    told = Told(hand.resolution())
    relation = ox.NamedNode(names.PREFIXES["rel"] + "run-into")
    assert told.values(relation, "kg:nameForm") == ["run into"]
    assert told.values(relation, "rdf:type") == [iri("kg:OpenRelation").value]
    assert told.claims("entity/acme", "rel:run-into")


def test_objects_are_entities_amounts_times_or_the_words() -> None:
    hand = Hand("Acme has Bolt, 40 percent, 2031-02 and courage.")
    acme, bolt = hand.mention("Acme"), hand.mention("Bolt")
    share, month = hand.amount("40 percent", 40, "percent"), hand.time("2031-02", "2031-02")
    for value in (bolt, ("amount", share), ("time", month), "courage"):
        hand.says(acme, "have", value)
    told = Told(hand.resolution())
    objects = {told.values(claim, "rdf:object")[0] for claim in told.claims("entity/acme", "rel:have")}
    amount = next(value for value in objects if "/amount/" in value)
    assert objects == {node("entity", "bolt").value, amount, "2031-02", "courage"}
    assert told.values(ox.NamedNode(amount), "rdf:type") == [iri("schema:QuantitativeValue").value]
    assert told.values(ox.NamedNode(amount), "schema:unitText") == ["percent"]


def test_equal_amounts_in_other_words_are_one_node_and_unlike_ones_are_not() -> None:
    hand = Hand("Some said $2 billion, others 2 billion dollars, or about $2 billion, or up to $2 billion.")
    hand.says("Some", "say", ("amount", hand.amount("$2 billion", 2e9, "USD")))
    hand.says("others", "say", ("amount", hand.amount("2 billion dollars", 2000000000, "USD")))
    hand.says("others", "say", ("amount", hand.amount("about $2 billion", 2e9, "USD", approximate=True)))
    hand.says("others", "say", ("amount", hand.amount("up to $2 billion", None, "USD", max=2e9)))
    told = Told(hand.resolution())
    amounts = {quad.subject for quad in told.store.quads_for_pattern(None, iri("schema:currency"), None)}
    assert len(amounts) == 3
    assert ["$2 billion", "2 billion dollars"] in [told.values(amount, "kg:nameForm") for amount in amounts]


def test_an_amount_tells_its_part_in_a_change_and_what_it_is_reckoned_by() -> None:
    hand = Hand("Sales fell 5%, and 5% of the staff earn $15 an hour.")
    hand.says("Sales", "fall", ("amount", hand.amount("5%", 5.0, "percent", role="change")))
    hand.says("Sales", "be", ("amount", hand.amount("5% of", 5.0, "percent")))
    hand.says("the staff", "earn", ("amount", hand.amount("$15", 15.0, "USD", per="hour")))
    told = Told(hand.resolution())
    amounts = {quad.subject for quad in told.store.quads_for_pattern(None, iri("schema:value"), None)}
    assert sorted((told.values(amount, "kg:amountRole"), told.values(amount, "kg:per")) for amount in amounts) == [
        ([], []), ([], ["hour"]), (["change"], []),
    ]  # fmt: skip


def test_two_readings_of_one_claim_are_one_claim_with_the_higher_confidence() -> None:
    hand = Hand("Acme owns Bolt.")
    acme, bolt = hand.mention("Acme"), hand.mention("Bolt")
    hand.says(acme, "own", bolt, confidence=0.4, rule="noun")
    hand.says(acme, "own", bolt, confidence=0.9, rule="verb")
    told = Told(hand.resolution())
    (claim,) = told.claims("entity/acme", "rel:own")
    assert told.values(claim, "kg:confidence") == ["0.9"]
    assert told.values(claim, "kg:rule") == ["verb"]


def test_the_publisher_is_the_organization_of_that_name_that_the_article_speaks_of() -> None:
    hand = Hand("The Courier, based in Bay, was founded here.", publisher="the courier")
    hand.mention("The Courier", key="courier-of-bay")
    told = Told(hand.resolution())
    article = node("article", hand.article.id)
    assert told.values(article, "schema:publisher") == [node("entity", "courier-of-bay").value]


def test_text_that_no_syntax_can_carry_does_not_stop_an_article() -> None:
    text = 'A\ud800 "x\\" <b>\x00\x1f {?s} \u202e owns B.'
    hand = Hand(text, title="\udfff", url="http://[broken url>", publisher="\ud800")
    hand.says(hand.mention(text[:12]), 'ow\ud800n "', hand.mention("B"))
    told = Told(hand.resolution())
    assert "A\ufffd" in "".join(told.values(None, "oa:exact"))


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2024-02-29", "xsd:date"),
        ("2023-02-29", "xsd:string"),
        ("2024-13-01", "xsd:string"),
        ("2024-07", "xsd:gYearMonth"),
        ("2024-13", "xsd:string"),
        ("1999", "xsd:gYear"),
        ("0000", "xsd:string"),
        ("2022-Q3", "xsd:string"),
        ("P3D", "xsd:string"),
        ("٢٠٢٤", "xsd:string"),
    ],
)
def test_a_time_is_typed_where_it_is_a_day_month_or_year(value: str, datatype: str) -> None:
    assert terms.moment(value).datatype == iri(datatype)


@pytest.mark.parametrize(
    ("value", "lexical"), [(115.0, "115"), (0.5, "0.5"), (1e-7, "0.0000001"), (-3, "-3"), (float("nan"), None)]
)
def test_a_figure_is_whole_or_decimal_and_never_in_scientific_notation(value: float, lexical: str | None) -> None:
    number = terms.number(value)
    assert (number.value if number else None) == lexical


def test_a_relation_begins_with_a_letter_so_that_rdf_xml_can_name_it() -> None:
    assert terms.relation("3 point").value.endswith("/x-3-point")
    assert terms.relation("***").value.rpartition("/")[2].startswith("x-")


def test_spans_out_of_any_sentence_get_a_context_of_their_own() -> None:
    hand = Hand("Acme owns Bolt.")
    hand.sentences = []
    hand.says(hand.mention("Acme"), "own", hand.mention("Bolt"), spans=(Span(5, 9),))
    told = Told(hand.resolution())
    (selector,) = (quad.subject for quad in told.store.quads_for_pattern(None, iri("oa:exact"), ox.Literal("owns")))
    assert told.values(selector, "oa:prefix") == ["Acme "]
    assert told.values(selector, "oa:suffix") == [" Bolt."]


def test_who_buys_a_stake_has_not_acquired_the_whole() -> None:
    hand = Hand("Acme bought 12% of Bolt.")
    buyer, target = hand.mention("Acme"), hand.mention("Bolt")
    stake = hand.amount("12%", 12, "percent")
    roles = (Role("kg:buyer", mention=buyer), Role("kg:target", mention=target))
    hand.event("kg:Acquisition", "bought", "stake-acquisition-acme-bolt", *roles, Role("kg:stake", amount=stake))
    assert Told(hand.resolution()).claims("entity/acme", "kg:acquired") == []


def test_two_readings_of_one_assertion_are_one_claim_with_the_places_of_both() -> None:
    hand = Hand("Acme bought Bolt.")
    buyer, target = hand.mention("Acme"), hand.mention("Bolt")
    hand.event("kg:Acquisition", "bought", "acquisition-acme-bolt",
               Role("kg:buyer", mention=buyer), Role("kg:target", mention=target))  # fmt: skip
    hand.says(buyer, "acquire", target, property="kg:acquired", tense="past")
    told = Told(hand.resolution())
    (claim,) = told.claims("entity/acme", "kg:acquired")
    assert told.values(claim, "kg:aboutEvent") != []
