"""Files of names: what is shipped, how they are read, and that every fault is told with file and subject."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import ontology
from kg.cli import cli
from kg.errors import OntologyError
from kg.ontology import gazetteer

HEAD = """
@prefix my: <https://example.org/names#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
NORDVIK = 'my:nordvik a schema:Corporation ; skos:prefLabel "Nordvik Dairy" ; skos:altLabel "Norda", "NVD Foods"'
ROW = f"{NORDVIK} ; owl:sameAs <https://example.org/register/4711> .\n"


def write(folder: Path, text: str, name: str = "names.ttl") -> Path:
    file = folder / name
    file.write_text(HEAD + text, encoding="utf-8")
    return file


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


# what is shipped


def test_the_shipped_files_have_no_faults() -> None:
    assert gazetteer.check(gazetteer.files()) == []


def test_the_quick_way_reads_what_turtle_says() -> None:
    """Shipped files keep to one line a thing; both ways of reading them give the same."""
    quick = {thing.key: thing for thing in gazetteer.shipped().things}
    slow = {thing.key: thing for thing in gazetteer._read(gazetteer.files())}
    assert quick.keys() == slow.keys()
    for key, thing in quick.items():
        other = slow[key]
        assert (thing.label, set(thing.labels)) == (other.label, set(other.labels))
        assert (thing.kind, thing.type, thing.same_as) == (other.kind, other.type, other.same_as)
        assert thing.ambiguous == other.ambiguous


def test_every_shipped_file_is_read_the_quick_way() -> None:
    assert all(gazetteer._quick(file) for file in gazetteer.files())


def test_links_are_to_items_of_wikidata_and_no_two_things_have_one() -> None:
    links = [thing.same_as for thing in gazetteer.shipped().things if thing.same_as]
    assert all(re.fullmatch(r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*", link) for link in links)
    assert len(set(links)) == len(links) > 500


def test_every_file_tells_where_its_links_are_from() -> None:
    for file in gazetteer.files():
        head = file.read_text(encoding="utf-8").partition("@prefix")[0]
        assert "country-coder" in head and "Wikidata" in head, file


@pytest.mark.parametrize("label", ["IBM", "Airbus", "Germany", "Reuters", "United Nations", "Paris", "Amazon"])
def test_well_known_names_are_listed(label: str) -> None:
    assert [thing.same_as for thing in gazetteer.shipped().things if thing.label == label and thing.same_as]


# the user's own


def test_a_row_becomes_a_thing(tmp_path: Path) -> None:
    (thing,) = ontology.load([write(tmp_path, ROW)]).gazetteer.own
    assert thing == ontology.Thing(
        "https://example.org/names#nordvik", "Nordvik Dairy", ("Nordvik Dairy", "NVD Foods", "Norda"), "Organization",
        "schema:Corporation", "https://example.org/register/4711",
    )  # fmt: skip


def test_names_leave_frames_as_they_are(tmp_path: Path) -> None:
    own, shipped = ontology.load([write(tmp_path, ROW)]), ontology.load()
    assert own.frames == shipped.frames and own.own == frozenset()
    assert own.added.startswith("names.ttl ") and own.gazetteer.shipped == shipped.gazetteer.shipped
    assert shipped.gazetteer.own == ()


def test_an_own_row_adds_to_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    file = write(tmp_path, 'my:a a schema:Organization ; skos:prefLabel "airbus" ; skos:altLabel "The Planemaker" .')
    known = ontology.load([file]).gazetteer
    (thing,) = known.own
    assert thing.type == "schema:Corporation" and thing.same_as == "http://www.wikidata.org/entity/Q2311"
    assert {"The Planemaker", "EADS", "airbus"} <= set(thing.labels)
    assert not [other for other in known.shipped if other.label == "Airbus"]


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    files = [
        write(tmp_path, 'my:a a schema:City ; skos:prefLabel "Tarn" .', "b.ttl"),
        write(tmp_path, 'my:b a schema:NGO ; skos:prefLabel "Tarn" .\nmy:a skos:altLabel "Tarn City" .', "a.ttl"),
        write(tmp_path, 'my:a skos:altLabel "New Tarn" . ' + ROW, "c.ttl"),
    ]
    first, *others = (ontology.load(order) for order in permutations(files))
    assert len(first.gazetteer.own) == 3
    assert all(other.gazetteer.own == first.gazetteer.own and other.added == first.added for other in others)


def test_names_and_frames_are_told_apart(tmp_path: Path) -> None:
    frames = write(
        tmp_path,
        "@prefix frame: <https://w3id.org/newskg/frame/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'kg:Baptism a rdfs:Class ; rdfs:subClassOf kg:Event ; rdfs:label "baptism" .\n'
        'frame:baptism a kg:Frame ; kg:evokes kg:Baptism ; kg:verb "baptize" ; kg:slot frame:b-p ;\n'
        '    skos:example "The bishop baptized Ann Lee." .\n'
        'frame:b-p kg:fills kg:person ; kg:required true ; kg:fromVerb "object" ; kg:expects schema:Person .\n',
        "frames.ttl",
    )
    own = ontology.load([frames, write(tmp_path, ROW)])
    assert "baptize" in own.frames_by_verb and [thing.label for thing in own.gazetteer.own] == ["Nordvik Dairy"]


def test_files_that_were_kept_give_the_same(tmp_path: Path) -> None:
    own = ontology.load([write(tmp_path, ROW)])
    kept = ontology.load_kept(own.files)
    assert kept.gazetteer.own == own.gazetteer.own and kept.added == own.added


# faults

FAULTS = [
    ('my:a a schema:Corporation ; skos:altLabel "Tarn" .', "has 0 values of skos:prefLabel"),
    ('my:a a schema:Corporation ; skos:prefLabel "Tarn", "Marl" .', "has 2 values of skos:prefLabel"),
    ('my:a skos:prefLabel "Tarn" .', "has no class"),
    ('my:a a schema:Corporatoin ; skos:prefLabel "Tarn" .', "did you mean schema:Corporation?"),
    ('my:a a schema:Recipe ; skos:prefLabel "Tarn" .', "is a schema:Recipe, which is no class of named things"),
    ('my:a a schema:City ; skos:prefLabel "Tarn" ; skos:altLable "Marl" .', "did you mean skos:altLabel?"),
    ('my:a a schema:City ; skos:prefLabel "Tarn" ; skos:altLabel my:b .', "give a name in quotation marks"),
    ('my:a a schema:City ; skos:prefLabel "Tarn" ; skos:altLabel " " .', "give a name in quotation marks"),
    ('my:a a schema:City ; skos:prefLabel "Tarn" ; owl:sameAs "Q42" .', "has a wrong owl:sameAs"),
    ('my:a a schema:City ; skos:prefLabel "Tarn" ; owl:sameAs <javascript:alert(1)> .', "has a wrong owl:sameAs"),
    ('my:a a schema:City ; skos:prefLabel "Tarn" ; owl:sameAs my:b, my:c .', "has a wrong owl:sameAs"),
    ('my:a a schema:City ; skos:prefLabel "Tarn" ; kg:ambiguous "yes" .', "has a wrong kg:ambiguous"),
    ('my:a a schema:City ; skos:prefLabel "Tarn" ; kg:ambiguos true .', "did you mean kg:ambiguous?"),
    (
        'my:b a schema:City ; skos:prefLabel "Tarn" .\nmy:a a schema:State ; skos:prefLabel "tarn" .',
        "calls itself “tarn”, as my:b does",
    ),
]


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_a_fault_names_file_line_and_subject(text: str, message: str, tmp_path: Path) -> None:
    file = write(tmp_path, text)
    (fault,) = ontology.faults([file])
    assert message in fault.told and fault.told.startswith("my:a ")
    assert fault.file == str(file) and fault.line == HEAD.count("\n") + 1 + text.count("\n")
    with pytest.raises(OntologyError, match=re.escape(str(file))):
        ontology.load([file])


def test_every_fault_of_every_file_is_told(tmp_path: Path) -> None:
    texts = (text.replace("my:a", f"my:a{number}") for number, (text, _) in enumerate(FAULTS[:4]))
    files = [write(tmp_path, text, f"{number}.ttl") for number, text in enumerate(texts)]
    assert [Path(fault.file).name for fault in ontology.faults(files)] == ["0.ttl", "1.ttl", "2.ttl", "3.ttl"]
    result = run("ontology", "check", *files)
    assert result.exit_code == 1 and result.stdout.endswith("4 faults, 0 notes.\n")


def test_turtle_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    told = ontology.faults([write(tmp_path, "my:a a schema:City ; skos:prefLabel .")])
    (fault,) = (fault for fault in told if not fault.note)
    assert fault.line == HEAD.count("\n") + 1


def test_two_ambiguous_things_may_share_a_name(tmp_path: Path) -> None:
    rows = "\n".join(f'my:{x} a schema:City ; skos:prefLabel "Tarn" ; kg:ambiguous true .' for x in "ab")
    assert ontology.faults([write(tmp_path, rows)]) == ()


def test_one_row_may_be_given_twice(tmp_path: Path) -> None:
    known = ontology.load([write(tmp_path, ROW, "a.ttl"), write(tmp_path, ROW, "b.ttl")]).gazetteer
    assert [thing.label for thing in known.own] == ["Nordvik Dairy"]


# the command


def test_the_number_of_things_is_shown(tmp_path: Path) -> None:
    count = sum(thing.kind == "Organization" for thing in gazetteer.shipped().things)
    assert f"\nGazetteer: {count:,} Organization, " in run("ontology", "show").stdout
    assert f"\nGazetteer: {count + 1:,} Org" in run("ontology", "show", "--gazetteer", write(tmp_path, ROW)).stdout


def test_a_thing_is_shown(tmp_path: Path) -> None:
    shown = run("ontology", "show", "norda", "--gazetteer", write(tmp_path, ROW)).stdout
    assert shown == (
        "Nordvik Dairy  schema:Corporation\n  also called NVD Foods, Norda\n  same as https://example.org/register/4711\n"
    )


def test_hostile_names_are_shown_as_text(tmp_path: Path) -> None:
    file = write(tmp_path, 'my:a a schema:City ; skos:prefLabel "Tarn\\u001B[31m" ; skos:altLabel "Marl" .')
    shown = run("ontology", "show", "Marl", "--gazetteer", file).stdout
    assert "\x1b" not in shown and "Tarn" in shown
