"""The ontology's files hold together, faults name their place, and the named queries answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kg import names, ontology
from kg.errors import OntologyError

pyoxigraph = pytest.importorskip("pyoxigraph")

WORD = re.compile(r"\w+")
TURTLE = sorted(p for p in ontology.directory().rglob("*.ttl") if "gazetteer" not in p.parts and p.name != "shapes.ttl")
HEAD = (
    "\n".join(f"@prefix {prefix}: <{iri}> ." for prefix, iri in names.PREFIXES.items())
    + """
@prefix frame: <https://w3id.org/newskg/frame/> .
@prefix words: <https://w3id.org/newskg/words/> .
@prefix cue: <https://w3id.org/newskg/cue/> .
"""
)
# The tutorial of ontology/README.md, word for word, is read below; this is the least that a frame needs.
FRAME = """
kg:Baptism a owl:Class ; rdfs:subClassOf kg:Event ; rdfs:label "baptism" .
frame:baptism a kg:Frame ; kg:evokes kg:Baptism ; kg:verb "baptize" ;
    skos:example "The bishop baptized Ann Lee." ; kg:slot frame:baptism-person .
frame:baptism-person kg:fills kg:person ; kg:from "object" ; kg:expects schema:Person .
"""


@pytest.fixture(scope="module")
def shipped() -> ontology.Ontology:
    return ontology.load()


def read_extra(tmp_path: Path, turtle: str) -> ontology.Ontology:
    file = tmp_path / "own.ttl"
    file.write_text(HEAD + turtle, encoding="utf-8")
    return ontology.load([file])


# --- the files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", TURTLE, ids=lambda file: file.name)
def test_no_blank_nodes(file: Path) -> None:
    quads = list(pyoxigraph.parse(path=str(file)))
    assert quads
    assert not [q for q in quads if any(isinstance(t, pyoxigraph.BlankNode) for t in (q.subject, q.object))]


def test_every_own_term_that_a_file_uses_is_declared() -> None:
    declared, used = set(), set()
    for file in TURTLE:
        for quad in pyoxigraph.parse(path=str(file)):
            if quad.predicate.value.endswith("#type"):
                declared.add(quad.subject.value)
            terms = (quad.subject, quad.predicate, quad.object)
            used |= {term.value for term in terms if isinstance(term, pyoxigraph.NamedNode)}
    own = {term for term in used if term.startswith(names.PREFIXES["kg"])}
    assert own - declared == set()


def test_every_own_term_has_a_label_and_a_comment(shipped: ontology.Ontology) -> None:
    own = {
        quad.subject.value.replace(names.PREFIXES["kg"], "kg:")
        for quad in pyoxigraph.parse(path=str(ontology.directory() / "kg.ttl"))
        if quad.subject.value.startswith(names.PREFIXES["kg"])
    }
    assert len(own) > 150
    assert {term for term in own if term not in shipped.labels or term not in shipped.comments} == set()


def test_the_contract_s_terms_are_there(shipped: ontology.Ontology) -> None:
    classes = WORD.findall("""
        Acquisition Merger Partnership Investment Offering Layoff Hiring Appointment Departure Launch Expansion
        Closure Restructuring Earnings CostTarget Measurement Lawsuit Ruling Charge Arrest Investigation Regulation
        Election Vote Protest Meeting Death Injury Attack Accident Disaster Award Leak Travel SportsResult""")
    roles = WORD.findall("""
        buyer target seller price stake party topic investor recipient amount employer affectedUnit jobFunction
        positionsCut person position launcher product market organization unit place measure change period subject
        plaintiff defendant court authority charge outcome candidate winner body organizer count victim attacker cause
        weapon work leaker informationAbout traveler destination loser score""")
    assert [name for name in classes if not shipped.is_a(f"kg:{name}", "kg:Event")] == []
    assert [name for name in roles if not shipped.is_a(f"kg:{name}", "kg:participant")] == []
    assert shipped.is_a("kg:Claim", "rdf:Statement") and shipped.is_a("kg:Claim", "prov:Entity")
    assert shipped.is_a("kg:Statement", "schema:Quotation")
    assert shipped.is_a("kg:Event", "sem:Event") and shipped.is_a("kg:Event", "schema:Event")
    assert shipped.is_a("kg:nameForm", "skos:hiddenLabel")


# --- frames ----------------------------------------------------------------------------------------------------


def test_every_class_of_event_has_a_frame(shipped: ontology.Ontology) -> None:
    classes = {name for name in shipped.parents if shipped.is_a(name, "kg:Event")} - {"kg:Event"}
    assert {frame.event for frame in shipped.frames} == classes


def test_a_role_is_one_of_its_event_s(shipped: ontology.Ontology) -> None:
    """The roles that a frame fills are those that kg.ttl gives its class (``schema:domainIncludes``)."""
    include = f"{names.PREFIXES['schema']}domainIncludes"
    domains: dict[str, set[str]] = {}
    for quad in pyoxigraph.parse(path=str(ontology.directory() / "kg.ttl")):
        if quad.predicate.value == include:
            short = [t.value.replace(names.PREFIXES["kg"], "kg:") for t in (quad.subject, quad.object)]
            domains.setdefault(short[0], set()).add(short[1])
    loose = {
        (frame.name, slot.role)
        for frame in shipped.frames
        for slot in frame.slots
        if slot.role != "kg:participant" and not any(shipped.is_a(frame.event, c) for c in domains[slot.role])
    }
    assert loose == set()


def test_every_required_role_can_be_filled_by_verb_and_by_noun(shipped: ontology.Ontology) -> None:
    dead = []
    for frame in shipped.frames:
        for kind, words in (("verb", frame.verbs), ("noun", frame.nouns | frame.forms)):
            places = {slot.role for slot in frame.slots if getattr(slot, kind)}
            dead += [(frame.name, kind, s.role) for s in frame.slots if words and s.required and s.role not in places]
    assert dead == []


def test_implied_relations_join_roles_that_some_frame_of_the_class_fills(shipped: ontology.Ontology) -> None:
    filled = {(frame.event, slot.role) for frame in shipped.frames for slot in frame.slots}
    rows = [row for rows in shipped.relations.values() for row in rows]
    assert [row for row in rows if not {(row.event, row.subject_role), (row.event, row.object_role)} <= filled] == []
    stake = frozenset({"kg:stake"})
    assert ontology.Implication("kg:Acquisition", "kg:acquired", "kg:buyer", "kg:target", stake) in rows


def test_propositions_find_their_property_by_kind(shipped: ontology.Ontology) -> None:
    assert shipped.property_of("acquire", "Organization", "Organization") == "kg:acquired"
    assert shipped.property_of("acquire", "Person", "Concept") is None
    assert shipped.property_of("be based in", "Organization", "Place") == "kg:headquarteredIn"
    assert shipped.property_of("acquire", None, None) is None


def test_the_manual_s_tables_are_those_of_the_ontology(shipped: ontology.Ontology) -> None:
    """`python -m kg.ontology.table --write` writes them anew."""
    from kg.ontology import table

    manual = (ontology.directory() / "README.md").read_text(encoding="utf-8")
    assert table.written(manual, shipped) == manual
    classes = {name for name in shipped.parents if shipped.is_a(name, "kg:Event")} - {"kg:Event"}
    assert {name for name in classes if f"\n| `{name}`" not in manual} == set()
    assert {frame.event for frame in shipped.relation_frames if f"\n| `{frame.event}`" not in manual} == set()
    lost = manual.replace("| `kg:Merger` |", "| `kg:Murger` |")
    assert lost != manual and table.written(lost, shipped) == manual


def test_the_manual_names_every_file_and_place(shipped: ontology.Ontology) -> None:
    manual = (ontology.directory() / "README.md").read_text(encoding="utf-8")
    frames = sorted((ontology.directory() / "frames").glob("*.ttl"))
    assert [file.name for file in frames if not re.search(rf"[`/]{re.escape(file.name)}`", manual)] == []
    places = {place for frame in (*shipped.frames, *shipped.relation_frames) for slot in frame.slots
              for place in slot.verb | slot.noun}  # fmt: skip
    named = {part for place in places for part in place.split(".")} & {
        "subject", "object", "indirect", "complement", "possessive", "compound", "apposition", "unmarked", "named",
        "above", "member",
    }  # fmt: skip
    assert len(named) > 8 and {place for place in named if f"`{place}`" not in manual} == set()


# --- cues ------------------------------------------------------------------------------------------------------


def test_cues(shipped: ontology.Ontology) -> None:
    verbs = {cue.lemma for rows in shipped.cues.values() for cue in rows if cue.part == "verb"}
    wanted = WORD.findall("""
        say tell write announce confirm deny warn estimate report claim note add explain argue insist state
        reveal disclose admit acknowledge suggest predict promise mention testify tweet post believe think expect want
        plan hope""")
    assert set(wanted) <= verbs and len(verbs) >= 60
    deny, admit, think = shipped.cue("deny"), shipped.cue("admit"), shipped.cue("think")
    assert deny is not None and (deny.polarity, deny.certainty) == ("-", "certain")
    assert admit is not None and admit.presupposes
    assert think is not None and think.kind == "thinking" and think.certainty == "probable"
    assert shipped.cue("according to") is None
    assert shipped.cue("according to", part="preposition") is not None
    assert shipped.media["memo"] == "memo" and shipped.media["e-mail"] == "email"


def test_a_cue_s_example_shows_the_cue(shipped: ontology.Ontology) -> None:
    """Some lemma of the row stands in the example, up to its ending ("deny", "denied")."""
    silent = []
    for cue in {cue.name: cue for rows in shipped.cues.values() for cue in rows}.values():
        lemmas = [c.lemma for rows in shipped.cues.values() for c in rows if c.name == cue.name]
        text = " ".join(cue.examples).lower()
        stems = {lemma.split()[0][: max(3, len(lemma.split()[0]) - 2)] for lemma in lemmas}
        irregular = {"say": "said", "tell": "told", "think": "th", "find": "found", "swear": "swor", "write": "wrote"}
        stems |= {irregular[lemma] for lemma in lemmas if lemma in irregular}
        if not cue.examples or not any(stem in text for stem in stems):
            silent.append(cue.name)
    assert silent == []


# --- faults ----------------------------------------------------------------------------------------------------


def test_a_new_kind_of_event_is_read(tmp_path: Path, shipped: ontology.Ontology) -> None:
    own = read_extra(tmp_path, FRAME)
    assert own.frames_by_verb["baptize"][0].event == "kg:Baptism"
    assert own.digest != shipped.digest
    assert "baptize" not in ontology.load().frames_by_verb


def test_the_readme_s_tutorial_works(tmp_path: Path) -> None:
    readme = (ontology.directory() / "README.md").read_text(encoding="utf-8")
    turtle = re.search(r"```turtle\n(@prefix.*?)```", readme, re.S)
    assert turtle is not None
    file = tmp_path / "own.ttl"
    file.write_text(turtle.group(1), encoding="utf-8")
    before, after = ontology.load(), ontology.load([file])
    new = set(after.frames) - set(before.frames)
    assert len(new) == 1 and next(iter(new)).event not in {frame.event for frame in before.frames}


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        (('kg:verb "baptize"', 'kg:verb "Baptize"'), "frame:baptism"),
        (('kg:verb "baptize"', 'kg:verb " baptize"'), "frame:baptism"),
        (('kg:verb "baptize" ;', ""), "frame:baptism"),
        (('skos:example "The bishop baptized Ann Lee." ;', ""), "frame:baptism"),
        (("kg:slot frame:baptism-person", "kg:slot frame:baptism-persn"), "frame:baptism"),
        (("kg:evokes kg:Baptism", "kg:evokes kg:Baptims"), "frame:baptism"),
        (("kg:evokes kg:Baptism", "kg:evokes kg:Baptism, kg:Death"), "frame:baptism"),
        (("kg:fills kg:person", "kg:fills kg:persn"), "frame:baptism-person"),
        (("kg:fills kg:person ;", ""), "frame:baptism-person"),
        (('kg:from "object" ;', ""), "frame:baptism-person"),
        (("kg:expects schema:Person", "kg:expects schema:Persona"), "frame:baptism-person"),
        (("; kg:expects schema:Person", ""), "frame:baptism-person"),
        (("kg:expects schema:Person", 'kg:expects "Person"'), "frame:baptism-person"),
        (("schema:Person .", 'schema:Person ; kg:required "yes" .'), "frame:baptism-person"),
        (("schema:Person .", "schema:Person ; kg:headIn words:nothing ."), "frame:baptism-person"),
    ],
)
def test_a_fault_names_its_file_and_subject(tmp_path: Path, change: tuple[str, str], subject: str) -> None:
    turtle = FRAME.replace(*change)
    assert turtle != FRAME
    with pytest.raises(OntologyError) as caught:
        read_extra(tmp_path, turtle)
    assert caught.value.source.endswith("own.ttl")
    assert re.search(rf"\b{re.escape(subject)}(?![\w-])", caught.value.message)


def test_blank_nodes_and_broken_turtle_are_faults(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"own\.ttl.*blank node"):
        read_extra(tmp_path, FRAME + "frame:baptism kg:slot [ kg:fills kg:person ] .")
    with pytest.raises(OntologyError, match=r"own\.ttl.*no Turtle"):
        read_extra(tmp_path, "frame:baptism a kg:Frame ;;; nonsense")
    with pytest.raises(OntologyError, match=r"absent\.ttl.*cannot be read"):
        ontology.load([tmp_path / "absent.ttl"])


# --- queries ---------------------------------------------------------------------------------------------------

GRAPH = (
    HEAD
    + """
@prefix : <https://example.org/> .
:art { :art a schema:NewsArticle ; schema:headline "Acme buys Nordvik" ; schema:datePublished "2031-03-04"^^xsd:date . }
:graph {
  :acme rdfs:label "Acme Corporation" ; skos:altLabel "Acme" .
  :nordvik rdfs:label "Nordvik" . :other rdfs:label "Other" . :lee rdfs:label "Ann Lee" .
  :lee schema:jobTitle "director" ; schema:worksFor :acme .
  :sum rdfs:label "$3 million" ; a schema:MonetaryAmount ; schema:value 3000000.0 ; schema:currency "USD" .
  :forty rdfs:label "40 jobs" ; a schema:QuantitativeValue ; schema:value 40.0 ; schema:unitText "jobs" .
  :some rdfs:label "up to 60 jobs" ; a schema:QuantitativeValue ; schema:maxValue 60.0 ; schema:unitText "jobs" .
  :deal a kg:Event, kg:Acquisition ; kg:buyer :acme ; kg:target :nordvik ; kg:price :sum ; kg:status kg:Happened .
  :sale a kg:Event, kg:Acquisition ; kg:target :other ; kg:status kg:Planned .
  :cut a kg:Event, kg:Layoff ; kg:employer :acme ; kg:affectedUnit :nordvik ; kg:positionsCut :forty, :some .
  :c1 a kg:Claim ; rdf:subject :deal ; rdf:predicate kg:target ; rdf:object :nordvik ; kg:aboutEvent :deal ;
      kg:polarity kg:Positive ; prov:wasDerivedFrom :art .
  :c2 a kg:Claim ; rdf:subject :cut ; rdf:predicate kg:positionsCut ; rdf:object :forty ; kg:aboutEvent :cut ;
      kg:polarity kg:Positive ; kg:certainty kg:Certain ; prov:wasDerivedFrom :art .
  :c3 a kg:Claim ; rdf:subject :cut ; rdf:predicate kg:positionsCut ; rdf:object :some ; kg:aboutEvent :cut ;
      kg:polarity kg:Positive ; kg:certainty kg:Possible ; kg:attributedTo :lee ; prov:wasDerivedFrom :art .
  :c4 a kg:Claim ; rdf:subject :acme ; rdf:predicate kg:closed ; rdf:object :nordvik ; kg:polarity kg:Negative ;
      kg:attributedTo :lee ; kg:statedIn :s1 ; prov:wasDerivedFrom :art .
  :s1 a kg:Statement ; kg:speaker :lee ; kg:text "Nordvik stays" ; kg:quotation kg:Direct ; prov:wasDerivedFrom :art .
  :lee a schema:Person .
  :penalty a kg:Event, kg:Fine, kg:Regulation ; kg:regulated :other ; kg:amount :sum ; kg:status kg:Happened ;
      kg:time "2031-02"^^xsd:gYearMonth ; kg:denotedBy :place .
  kg:Fine rdfs:subClassOf kg:Regulation . kg:Regulation rdfs:subClassOf kg:Event .
  :place oa:hasSource :art ; oa:hasSelector :selector ; kg:stage kg:Planned .
  :selector oa:start 10 ; oa:end 25 ; oa:prefix "Yesterday " ; oa:exact "Other was fined" ; oa:suffix " $3 million." .
  :c6 a kg:Claim ; rdf:subject :lee ; rdf:predicate kg:chiefExecutiveOf ; rdf:object :acme ; kg:tense kg:Past ;
      kg:polarity kg:Positive ; kg:evidence :place ; prov:wasDerivedFrom :art .
  :c7 a kg:Claim ; rdf:subject :lee ; rdf:predicate schema:jobTitle ; rdf:object "director" ; kg:evidence :place ;
      prov:wasDerivedFrom :art .
  :c14 a kg:Claim ; rdf:subject :lee ; rdf:predicate schema:jobTitle ; rdf:object "founder" ; prov:wasDerivedFrom :art .
  :c8 a kg:Claim ; rdf:subject :acme ; rdf:predicate kg:hired ; rdf:object :lee ; prov:wasDerivedFrom :art .
  :c9 a kg:Claim ; rdf:subject :nordvik ; rdf:predicate schema:parentOrganization ; rdf:object :acme ;
      prov:wasDerivedFrom :art .
  :c10 a kg:Claim ; rdf:subject :acme ; rdf:predicate kg:holdsStakeIn ; rdf:object :other ; kg:certainty kg:Possible ;
      prov:wasDerivedFrom :art .
  :c11 a kg:Claim ; rdf:subject :penalty ; rdf:predicate kg:amount ; rdf:object :sum ; kg:aboutEvent :penalty ;
      kg:certainty kg:Certain ; prov:wasDerivedFrom :art .
  :c12 a kg:Claim ; rdf:subject :penalty ; rdf:predicate kg:regulated ; rdf:object :other ; kg:aboutEvent :penalty ;
      kg:certainty kg:Possible ; kg:evidence :place ; prov:wasDerivedFrom :art .
  :c13 a kg:Claim ; rdf:subject :penalty ; rdf:predicate kg:time ; rdf:object "2031-02"^^xsd:gYearMonth ;
      kg:aboutEvent :penalty ; prov:wasDerivedFrom :art .
  :acme a schema:Organization ; kg:denotedBy :art . :nordvik a schema:Organization .
}
:later { :late a schema:NewsArticle ; schema:headline "Acme sells" ; schema:datePublished "2031-06-01"^^xsd:date . }
:graph2 {
  :penalty kg:denotedBy :place2 . :place2 oa:hasSource :late ; oa:hasSelector :selector2 ; kg:stage kg:Cancelled .
  :selector2 oa:start 0 ; oa:end 4 ; oa:exact "The fine" ; oa:suffix " was cancelled." .
  :clerk rdfs:label "a clerk" . :post rdfs:label "The Post" .
  :c5 a kg:Claim ; rdf:subject :acme ; rdf:predicate kg:closed ; rdf:object :other ; kg:polarity kg:Positive ;
      kg:certainty kg:Certain ; kg:attributedTo :clerk ; kg:statedIn :s2 ; prov:wasDerivedFrom :late .
  :s2 a kg:Statement ; kg:speaker :clerk ; kg:anonymous true ; kg:via :post ; kg:text "Other is closed" ;
      kg:conveys :c5 ; kg:quotation kg:Indirect ; prov:wasDerivedFrom :late .
}
"""
)


def answer(name: str, /, **values: str) -> list[dict[str, Any]]:
    """Rows of a named query, its parameters bound as values the way ``ontology/README.md`` says."""
    store = pyoxigraph.Store()
    store.load(GRAPH.encode(), format=pyoxigraph.RdfFormat.TRIG)
    query = ontology.queries()[name]
    variables = {p.name: p.variable for p in query.parameters}
    day = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    decimal = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    types = {p.name: {"date": day, "number": decimal}.get(p.type) for p in query.parameters}
    bound = {
        pyoxigraph.Variable(variables[key]): pyoxigraph.Literal(value, datatype=types[key])
        for key, value in values.items()
    }
    found: Any = store.query(query.text, use_default_graph_as_union=True, substitutions=bound)
    columns = [v.value for v in found.variables]
    rows = [{c: None if row[c] is None else row[c].value for c in columns} for row in found]
    return [{key: value for key, value in row.items() if not key.startswith("param_")} for row in rows]


def test_all_queries_have_title_parameters_and_run() -> None:
    assert {"acquisitions", "statements", "layoffs", "denied", "jobs", "figures"} <= set(ontology.queries())
    needed = {"about": {"thing": "Nordvik"}, "changes": {"from": "2031-04-01", "to": "2031-12-31"}}
    for query in ontology.queries().values():
        assert query.title.endswith(".") and query.parameters
        assert all(parameter.help for parameter in query.parameters)
        assert answer(query.name, **needed.get(query.name, {}))


def test_acquisitions() -> None:
    rows = answer("acquisitions", buyer="ACME")
    assert [(r["buyerLabel"], r["targetLabel"], r["price"], r["source"]) for r in rows] == [
        ("Acme Corporation", "Nordvik", "$3 million", "Acme buys Nordvik")
    ]
    assert {r["targetLabel"] for r in answer("acquisitions")} == {"Nordvik", "Other"}
    assert answer("acquisitions", buyer="Nobody") == []


def test_layoffs_and_figures_keep_rival_values_apart() -> None:
    rows = answer("layoffs", employer="Nordvik")
    assert {(r["value"], r["max"], r["source"]) for r in rows} == {("40", None, None), (None, "60", "Ann Lee")}
    rows = answer("figures", of="acme")
    told = {(r["class"], r["words"], r["certainty"], r["source"]) for r in rows}
    assert told == {("Layoff", "40 jobs", "Certain", None), ("Layoff", "up to 60 jobs", "Possible", "Ann Lee")}


def test_denied_statements_and_jobs() -> None:
    assert [(r["whoLabel"], r["subject"], r["relation"], r["object"], r["words"]) for r in answer("denied")] == [
        ("Ann Lee", "Acme Corporation", "closed", "Nordvik", "Nordvik stays")
    ]
    assert answer("denied", who="Acme") == []
    said = answer("statements", speaker="ann lee")
    assert [(r["text"], r["date"]) for r in said] == [("Nordvik stays", "2031-03-04")]
    assert answer("statements", containing="leaves") == []
    held = answer("jobs", employer="Acme")
    assert [(r["title"], r["employerLabel"]) for r in held] == [("director", "Acme Corporation")]


SENTENCE = "Yesterday Other was fined $3 million."


def test_people_with_title_and_words() -> None:
    rows = answer("people", org="acme")
    told = [(r["personLabel"], r["relation"], r["title"], r["tense"], r["words"]) for r in rows]
    assert told == [
        ("Ann Lee", "chief executive of", "director", "past", SENTENCE),
        ("Ann Lee", "hired by", None, None, None),  # what she was hired as is not told
    ]
    assert answer("people", person="Ann Lee") == rows and answer("people", org="Nordvik") == []


def test_ownership_has_the_owner_first() -> None:
    told = [(r["ownerLabel"], r["relation"], r["ownedLabel"], r["certainty"]) for r in answer("ownership", name="Acme")]
    assert told == [
        ("Acme Corporation", "holds stake in", "Other", "possible"), ("Acme Corporation", "parent of", "Nordvik", None)
    ]  # fmt: skip
    assert [r["relation"] for r in answer("ownership", name="nordvik")] == ["parent of"]


@pytest.mark.parametrize("class_", ["Fine", "fine", "kg:Regulation", "regulation", "Event"])
def test_events_of_a_class_and_of_those_below_it(class_: str) -> None:
    fines = [row for row in answer("events", **{"class": class_}) if row["class"] == "Fine"]
    assert [(r["roles"], r["time"], r["status"], r["words"]) for r in fines] == [
        ("amount: $3 million; regulated: Other", "2031-02", "Happened", SENTENCE)
    ]


def test_events_that_somebody_takes_part_in() -> None:
    assert {row["class"] for row in answer("events", about="other")} == {"Fine"}
    assert {row["class"] for row in answer("events", about="Nordvik")} == {"Acquisition"}
    assert {row["roles"] for row in answer("events", **{"class": "Layoff"})} == {
        "positions cut: 40 jobs", "positions cut: up to 60 jobs",
    }  # fmt: skip
    assert answer("events", about="Nordvik", **{"class": "Regulation"}) == []


def test_the_stages_of_an_event_stand_in_the_order_in_which_they_were_told() -> None:
    rows = answer("stages", about="other")
    assert [(r["class"], r["stage"], r["date"], r["source"], r["words"]) for r in rows] == [
        ("Fine", "possible", "2031-03-04", "", SENTENCE),
        ("Fine", "called off", "2031-06-01", "", "The fine was cancelled."),
    ]
    assert answer("stages", **{"class": "Layoff"}) == []


def test_sums_of_money() -> None:
    told = [(r["class"], r["role"], r["sum"], r["value"], r["others"]) for r in answer("money", about="Other")]
    assert told == [("Fine", "amount", "$3 million", "3000000", "regulated: Other")]
    assert answer("money", least="3000000") and answer("money", least="3000001") == []


def test_who_said_what_about_whom() -> None:
    rows = answer("about", thing="nordvik")
    assert [(r["speakerLabel"], r["polarity"], r["words"]) for r in rows] == [("Ann Lee", "negative", "Nordvik stays")]
    rows = answer("about", thing="Acme", speaker="a clerk")
    assert [(r["object"], r["by"], r["date"]) for r in rows] == [("Other", "The Post", "2031-06-01")]
    rows = answer("voices", speaker="Ann Lee")
    told = {(r["aboutLabel"], r["claims"], r["denied"]) for r in rows}
    assert told == {("Acme Corporation", "1", "1"), ("Nordvik", "1", "1")}
    assert answer("voices", about="Nobody") == []


def test_what_rests_on_anonymous_sources_and_which_figures_differ() -> None:
    rows = answer("anonymous")
    assert [(r["subject"], r["object"], r["source"], r["by"]) for r in rows] == [
        ("Acme Corporation", "Other", "a clerk", "The Post")
    ]
    assert answer("anonymous", about="Nordvik") == []
    assert {(r["role"], r["words"], r["source"]) for r in answer("rivals")} == {
        ("positionsCut", "40 jobs", None), ("positionsCut", "up to 60 jobs", "Ann Lee"),
    }  # fmt: skip


def test_what_changed_between_two_days() -> None:
    rows = answer("changes", **{"from": "2031-04-01", "to": "2031-12-31"})
    assert [(r["subject"], r["relation"], r["before"], r["now"], r["date"]) for r in rows] == [
        ("Acme Corporation", "closed", "Nordvik", "Other", "2031-06-01"),
        ("penalty", "stage", "planned", "cancelled", "2031-06-01"),
    ]
    assert answer("changes", **{"from": "2031-06-01", "to": "2031-12-31"}) == []


@pytest.mark.parametrize("hostile", ['" } DROP ALL #', "\\u0022 ) } #", "Acme\n}", "a' OR 1=1", "?buyer", "(.*)"])
def test_a_hostile_parameter_is_only_a_value(hostile: str) -> None:
    for query in ontology.queries().values():
        for parameter in query.parameters:
            needed = {"changes": {"from": "2000-01-01", "to": "2100-01-01"}}.get(query.name, {})
            if parameter.type == "text":
                assert answer(query.name, **needed, **{parameter.name: hostile}) == []


@pytest.mark.parametrize(
    "text",
    ["SELECT * {}", "# param a: text\nSELECT ?param_a {}", "# Title.\n# param a: letters\nSELECT ?param_a {}",
     "# Title.\n# param a: text\nSELECT * {}", "# Title.\n# param a b: text\nSELECT ?param_a {}"],
)  # fmt: skip
def test_a_faulty_query_file_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "odd.rq"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=r"odd\.rq"):
        ontology.read_query(file)
