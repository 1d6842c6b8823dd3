"""Every fault that a user's frames can have is told with its file, line and subject; those beside it, too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import ontology
from kg.cli import cli
from kg.errors import OntologyError

HEAD = """\
@prefix kg:     <https://w3id.org/newskg/ontology#> .
@prefix frame:  <https://w3id.org/newskg/frame/> .
@prefix words:  <https://w3id.org/newskg/words/> .
@prefix cue:    <https://w3id.org/newskg/cue/> .
@prefix schema: <https://schema.org/> .
@prefix skos:   <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf:    <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs:   <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd:    <http://www.w3.org/2001/XMLSchema#> .
"""
BODY = """
kg:Baptism a rdfs:Class ; rdfs:subClassOf kg:Event ; rdfs:label "baptism" .
kg:baptized a rdfs:Property ; rdfs:label "baptized" ;
    kg:impliedBy kg:Baptism ; kg:subjectRole kg:baptist ; kg:objectRole kg:person .
kg:baptist a rdfs:Property ; rdfs:subPropertyOf kg:participant ; rdfs:label "baptist" .
frame:baptism a kg:Frame ; kg:evokes kg:Baptism ; kg:verb "baptize" ; kg:noun "baptism" ;
    skos:example "The bishop baptized Ann Lee." ;
    kg:slot frame:baptism-by, frame:baptism-of .
frame:baptism-by kg:fills kg:baptist ; kg:from "subject" ; kg:expects schema:Person .
frame:baptism-of kg:fills kg:person ; kg:required true ; kg:from "object", "of" ; kg:expects schema:Person .
"""
SLOT, FRAME, RELATION = "frame:baptism-of", "frame:baptism", "kg:baptized"


def told(tmp_path: Path, turtle: str, name: str = "own.ttl") -> list[ontology.Fault]:
    file = tmp_path / name
    file.write_text(turtle, encoding="utf-8")
    return list(ontology.faults([file]))


def test_sound_frames_have_no_fault_and_no_note(tmp_path: Path) -> None:
    assert told(tmp_path, HEAD + BODY) == []


FAULTS = [
    # a property of the vocabulary
    (("kg:required true", "kg:requird true"), SLOT, "no property of the ontology; did you mean kg:required?"),
    (('kg:verb "baptize"', 'kg:vreb "baptize"'), FRAME, "did you mean kg:verb?"),
    (('kg:verb "baptize" ;', 'kg:verb "baptize" ; kg:colour "red" ;'), FRAME, "kg:colour, which is no property"),
    (('kg:verb "baptize" ;', 'kg:verb "baptize" ; kg:required true ;'), FRAME, "belongs on a kg:Slot"),
    (("kg:required true ;", 'kg:required true ; kg:verb "baptize" ;'), SLOT, "kg:verb; it belongs on a kg:Frame"),
    (("skos:example", "skos:exmaple"), FRAME, "did you mean skos:example?"),
    (("rdfs:subClassOf", "rdfs:subClasOf"), "kg:Baptism", "did you mean rdfs:subClassOf?"),
    # a class or a role
    (("a kg:Frame", "a kg:Frme"), FRAME, "described nowhere; did you mean kg:Frame?"),
    (("frame:baptism a kg:Frame ;", "frame:baptism"), FRAME, "is no frame; begin it with: a kg:Frame"),
    (("kg:evokes kg:Baptism", "kg:evokes kg:Baptims"), FRAME, "did you mean kg:Baptism?"),
    (("kg:evokes kg:Baptism", "kg:evokes kg:Baptism, kg:Death"), FRAME, "2 values of kg:evokes"),
    (("kg:evokes kg:Baptism ;", ""), FRAME, "0 values of kg:evokes"),
    (("rdfs:subClassOf kg:Event ;", ""), FRAME, "not declared below kg:Event; add: kg:Baptism rdfs:subClassOf"),
    (("rdfs:subPropertyOf kg:participant ;", ""), "frame:baptism-by", "not declared below kg:participant"),
    (("kg:fills kg:person", "kg:fills kg:persn"), SLOT, "did you mean kg:person?"),
    (("kg:fills kg:person ;", ""), SLOT, "0 values of kg:fills"),
    (("kg:expects schema:Person .\nframe:baptism-of", "kg:expects schema:Persona .\nframe:baptism-of"),
     "frame:baptism-by", "cannot be expected; did you mean schema:Person?"),
    (("kg:evokes kg:Baptism ;", "kg:evokes frame:baptism ;"), FRAME, "needs another prefix"),
    # what a row must have
    (('kg:verb "baptize" ; kg:noun "baptism" ;', ""), FRAME, "has no word"),
    (('skos:example "The bishop baptized Ann Lee." ;', ""), FRAME, "has no skos:example"),
    ((" ;\n    kg:slot frame:baptism-by, frame:baptism-of", ""), FRAME, "has no kg:slot"),
    (('kg:from "object", "of" ;', ""), SLOT, "has no place"),
    (('"of" ; kg:expects schema:Person', '"of"'), SLOT, "expects nothing"),
    (("frame:baptism-by, frame:baptism-of", "frame:baptism-by, frame:baptism-off"), SLOT, "used by no frame"),
    (("frame:baptism-by, frame:baptism-of", "frame:baptism-by, frame:baptism-off"), FRAME,
     "did you mean frame:baptism-of?"),
    (('kg:from "object", "of"', 'kg:fromNoun "of"'), FRAME, "never holds by a verb: kg:person is required"),
    (("kg:slot frame:baptism-by,", "kg:oneOf kg:victim ; kg:slot frame:baptism-by,"), FRAME, "none of its slots fills"),
    # values
    (("kg:required true", 'kg:required "true"'), SLOT, "true or false, without quotation marks"),
    (("kg:required true", 'kg:required "yes"^^xsd:boolean'), SLOT, "'yes', which is no boolean"),
    (("kg:required true", "kg:rank 1.5"), SLOT, "a whole number"),
    (("kg:required true", 'kg:rank "x"^^xsd:integer'), SLOT, "'x', which is no integer"),
    (('kg:verb "baptize"', 'kg:verb "Baptize"'), FRAME, 'lower case, single blanks: "baptize"'),
    (('kg:verb "baptize"', 'kg:verb " baptize"'), FRAME, "lower case, single blanks"),
    (('kg:verb "baptize"', 'kg:verb "baptize", ""'), FRAME, "an empty kg:verb"),
    (('kg:verb "baptize"', "kg:verb kg:Baptism"), FRAME, "give text in quotation marks"),
    (("kg:fills kg:person", 'kg:fills "person"'), SLOT, "must be the name of a term"),
    (('"The bishop baptized Ann Lee."', "kg:Baptism"), FRAME, "skos:example kg:Baptism; give text"),
    (('kg:from "object", "of"', 'kg:from "objet", "of"'), SLOT, "is no place; did you mean object?"),
    (('kg:from "object", "of"', 'kg:from "object.posessive", "of"'), SLOT, "did you mean possessive?"),
    (("kg:required true", "kg:headIn words:nothing"), SLOT, "words:nothing, which is described nowhere"),
    (("kg:required true", "kg:headIn frame:baptism"), SLOT, "is no kg:WordList"),
    (("kg:required true", "kg:headIn [ kg:word 'x' ]"), SLOT, "has a blank node as kg:headIn"),
    # relations
    (("kg:subjectRole kg:baptist ;", ""), RELATION, "no kg:subjectRole"),
    (("kg:impliedBy kg:Baptism ;", ""), RELATION, "no kg:impliedBy"),
    (("kg:objectRole kg:person", "kg:objectRole kg:victim"), RELATION, "no frame of kg:Baptism has a slot"),
    (("kg:impliedBy kg:Baptism", "kg:impliedBy kg:Organization"), RELATION, "described nowhere"),
    (("kg:objectRole kg:person", "kg:objectRole kg:Baptism"), RELATION, "not declared below kg:participant"),
    # other rows
    (("\nframe:baptism a", '\nframe:drop a kg:Support ; kg:gives kg:Canceled ; kg:verb "drop" .\nframe:baptism a'),
     "frame:drop", "did you mean kg:Cancelled?"),
    (("\nframe:baptism a", "\ncue:mutter a kg:Cue ; kg:lemma 'mutter' .\nframe:baptism a"),
     "cue:mutter", "0 values of kg:partOfSpeech"),
    # names
    (("frame:baptism a", "frame:acquisition a"), "frame:acquisition", "is described in business.ttl, too"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "subject", "message"), FAULTS, ids=[f"{s}: {m}" for _, s, m in FAULTS])
def test_each_fault_is_told_with_its_place(change: tuple[str, str], subject: str, message: str, tmp_path: Path) -> None:
    turtle = HEAD + BODY.replace(*change)
    assert turtle != HEAD + BODY
    found = [fault for fault in told(tmp_path, turtle) if not fault.note]
    meant = [fault for fault in found if fault.subject == subject and message in fault.message]
    assert len(meant) == 1, found
    assert meant[0].file == str(tmp_path / "own.ttl")
    lines, (first, *_) = turtle.splitlines(), subject.splitlines()
    assert meant[0].line is not None
    assert any(first in line for line in lines[: meant[0].line])  # at the subject or below it
    with pytest.raises(OntologyError, match=r"own\.ttl: "):
        ontology.load([tmp_path / "own.ttl"])


NOTES = [
    (('rdfs:label "baptism" ', ""), "kg:Baptism", "has no rdfs:label"),
    (('kg:verb "baptize"', 'kg:verb "baptized"'), FRAME, "is that the lemma"),
    (('kg:verb "baptize"', 'kg:verb "acquire"'), FRAME, "as has frame:acquisition (kg:Acquisition)"),
    (("\nframe:baptism a", "\nkg:Feast a rdfs:Class ; rdfs:label 'x' ; rdfs:subClassOf kg:Event .\nframe:baptism a"),
     "kg:Feast", "no frame evokes"),
    (("\nframe:baptism a", "\nkg:guest a rdfs:Property ; rdfs:label 'x' ; rdfs:subPropertyOf kg:participant .\n"
      "frame:baptism a"), "kg:guest", "no slot of a frame fills"),
    (("\nframe:baptism a", '\nframe:acquisition kg:verb "snaffle" .\nframe:baptism a'),
     "frame:acquisition", "adds to what business.ttl says"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "subject", "message"), NOTES, ids=[m for _, _, m in NOTES])
def test_what_is_worth_a_look_is_a_note_and_stops_nothing(
    change: tuple[str, str], subject: str, message: str, tmp_path: Path
) -> None:
    (found,) = told(tmp_path, HEAD + BODY.replace(*change))
    assert (found.note, found.subject) == (True, subject) and message in found.message
    assert ontology.load([tmp_path / "own.ttl"]).own


def test_several_faults_are_all_told_each_on_its_line(tmp_path: Path) -> None:
    turtle = HEAD + BODY
    for old, new in (
        ("Baptism ; kg:verb", "Baptims ; kg:verb"), ('"object", "of"', '"objet"'),
        ("kg:required true", "kg:requird true"), ("kg:subjectRole kg:baptist ; ", ""),
    ):  # fmt: skip
        assert old in turtle
        turtle = turtle.replace(old, new)
    found = {(fault.line, fault.subject, fault.message.partition(",")[0].split(" but")[0])
             for fault in told(tmp_path, turtle)}  # fmt: skip
    lines = turtle.splitlines()
    at = {key: next(n for n, line in enumerate(lines, 1) if key in line) for key in ("Baptims", "objet", "impliedBy")}
    assert found >= {
        (at["Baptims"], "frame:baptism", "has kg:evokes kg:Baptims"),
        (at["objet"], SLOT, 'has kg:from "objet"'),
        (at["objet"], SLOT, "has kg:requird"),
        (at["impliedBy"], "kg:baptized", "has kg:impliedBy"),
    }
    with pytest.raises(OntologyError, match=r"\(\d+ more: kg ontology check\)$"):
        ontology.load([tmp_path / "own.ttl"])


def test_files_that_cannot_be_read_are_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "broken.ttl").write_text("@prefix kg: <https://x/> .\nkg:a kg:b ;;; nonsense", encoding="utf-8")
    (tmp_path / "own.ttl").write_text(HEAD + BODY.replace("kg:required", "kg:requird"), encoding="utf-8")
    paths = [tmp_path / name for name in ("none", "broken.ttl", "absent.ttl", "own.ttl")]
    found = {Path(fault.file).name: fault for fault in ontology.faults(paths)}
    assert "holds no Turtle file" in found["none"].message
    assert "is no Turtle at line 2, column 11" in found["broken.ttl"].message and found["broken.ttl"].line == 2
    assert "cannot be read" in found["absent.ttl"].message
    assert "kg:requird" in found["own.ttl"].message and len(found) == 4


def test_a_wrong_address_behind_a_known_prefix_is_told(tmp_path: Path) -> None:
    turtle = (HEAD + BODY).replace("<https://w3id.org/newskg/ontology#>", "<https://w3id.org/newskg/ontology/>")
    (found,) = [fault for fault in told(tmp_path, turtle) if "prefix kg:" in fault.message]
    assert found.line == 1 and "@prefix kg: <https://w3id.org/newskg/ontology#> ." in found.message


def test_a_name_used_twice_is_told_where_the_contents_differ(tmp_path: Path) -> None:
    other = BODY.replace('"baptism" ;\n', '"christening" ;\n')
    for name, turtle in (("a.ttl", BODY), ("b.ttl", BODY), ("c.ttl", other)):
        (tmp_path / name).write_text(HEAD + turtle, encoding="utf-8")
    assert ontology.faults([tmp_path / "a.ttl", tmp_path / "b.ttl"]) == ()
    assert {(Path(fault.file).name, fault.subject) for fault in ontology.faults([tmp_path])} == {("c.ttl", FRAME)}


def test_a_frame_of_a_relation_has_two_sides(tmp_path: Path) -> None:
    relation = """
kg:mentors a rdf:Property ; rdfs:label "mentors" .
frame:mentor a kg:RelationFrame ; kg:evokes kg:mentors ; kg:verb "mentor" ; skos:example "Ann Lee mentors Tom Gray." ;
    kg:slot frame:mentor-one, frame:mentor-other .
frame:mentor-one kg:fills rdf:subject ; kg:from "subject" ; kg:expects schema:Person .
frame:mentor-other kg:fills rdf:object ; kg:from "object" ; kg:expects schema:Person .
"""
    assert told(tmp_path, HEAD + relation) == []
    (wrong,) = told(tmp_path, HEAD + relation.replace("rdf:object", "kg:person"))
    assert wrong.subject == "frame:mentor-other" and "rdf:subject and rdf:object" in wrong.message
    (wrong,) = told(tmp_path, HEAD + relation.replace("a rdf:Property ; ", ""))
    assert wrong.subject == "frame:mentor" and "declared as no property" in wrong.message


def test_the_shipped_files_have_no_fault() -> None:
    assert [fault for fault in ontology.faults() if not fault.note] == []


# ---- the command


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_the_command_s_exit_status_and_what_it_prints(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(HEAD + BODY, encoding="utf-8")
    assert (run("ontology", "check", tmp_path).exit_code, run("ontology", "check").exit_code) == (0, 0)
    (tmp_path / "own.ttl").write_text(HEAD + BODY.replace("kg:required", "kg:requird"), encoding="utf-8")
    result = run("ontology", "check", tmp_path)
    assert result.exit_code == 1
    line = f"{tmp_path / 'own.ttl'}:19: {SLOT} has kg:requird, which is no property of the ontology"
    assert result.stdout.startswith(line) and result.stdout.endswith("\n1 fault, 0 notes.\n")
    (told,) = json.loads(run("ontology", "check", tmp_path, "--json").stdout)["faults"]
    assert (told["line"], told["subject"], told["note"]) == (19, SLOT, False)
    assert run("ontology", "check", "--model", "x").exit_code == 2
    assert run("ontology", "check", "--nonsense").exit_code == 2


def test_an_example_that_is_not_read_as_meant_is_a_fault(tmp_path: Path) -> None:
    turtle = BODY.replace('"The bishop baptized Ann Lee."', '"The bishop baptized Ann Lee.", "Ann Lee slept well."')
    (tmp_path / "own.ttl").write_text(HEAD + turtle, encoding="utf-8")
    result = run("ontology", "check", tmp_path / "own.ttl", "--examples", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {one["sentence"]: one["right"] for one in told["examples"]} == {
        "The bishop baptized Ann Lee.": True, "Ann Lee slept well.": False,
    }  # fmt: skip
    (fault,) = told["faults"]
    assert fault["subject"] == FRAME and "Ann Lee slept well." in fault["message"] and fault["line"] == 16
    (right,) = [one for one in told["examples"] if one["right"]]
    assert ["kg:person", "Ann Lee"] in right["read"][0]["roles"]


def test_show_tells_of_a_class_and_of_a_word(tmp_path: Path) -> None:
    told = run("ontology", "show", "acquisition").stdout
    assert told.startswith("kg:Acquisition  acquisition\n") and "kg:buyer" in told and "take over" in told
    assert "kg:Acquisition" in run("ontology", "show", "buy").stdout
    (tmp_path / "own.ttl").write_text(HEAD + BODY, encoding="utf-8")
    assert "kg:baptist kg:baptized kg:person" in run("ontology", "show", "baptize", "--ontology", tmp_path).stdout
    assert run("ontology", "show", "baptize").exit_code == 2


def test_show_without_a_name_lists_all_and_the_readme_tells_about_as_many() -> None:
    told = run("ontology", "show").stdout
    assert "  kg:Acquisition  acquisition\n" in told and "  kg:owns  owns\n" in told
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"\$ kg ontology show\n…\n(.*)\n```", readme)
    lines = told.splitlines()[-1], shown
    now, then = ([int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", line)] for line in lines)
    assert len(now) == len(then) == 4
    assert all(0.8 < few / many < 1.25 for few, many in zip(then, now, strict=True)), lines
