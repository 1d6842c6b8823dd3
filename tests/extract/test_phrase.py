"""Mentions: names, nouns and pronouns with their kinds and stretches, on trees written by hand."""

from __future__ import annotations

from kg.extract import phrase
from kg.records import Span
from tests.extract.parse import parse

NOUNS = {"company": "Organization", "worker": "Person", "city": "Place"}
TEXT = "The company told its workers about two new jobs in Springfield."
ROWS = """
The         2 det       DET the DT
company     3 nsubj     NOUN company NN
told        0 root      VERB tell VBD
its         5 nmod:poss PRON its PRP$
workers     3 obj       NOUN worker NNS
about       9 case      ADP
two         9 nummod    NUM two CD
new         9 amod      ADJ new JJ
jobs        3 obl       NOUN job NNS
in         11 case      ADP
Springfield 9 nmod      PROPN _ _ B-Place
.           3 punct     PUNCT
"""


def test_each_phrase_is_one_mention_with_kind_and_form() -> None:
    found, entities = phrase.mentions(parse(TEXT, ROWS), nouns=NOUNS)
    told = [(TEXT[m.start : m.end], m.kind, m.form) for m in found]
    assert told == [
        ("The company", "Organization", "nominal"),
        ("its workers", "Group", "nominal"),
        ("its", "Other", "pronoun"),
        ("two new jobs", "Concept", "nominal"),
        ("Springfield", "Place", "name"),
    ]
    assert entities[found[0].entity].name == "company"
    assert found[0].definite and found[0].role == "subject" and found[3].plural


def test_stretches_taken_by_times_are_no_mentions() -> None:
    start = TEXT.index("Springfield")
    found, _ = phrase.mentions(parse(TEXT, ROWS), nouns=NOUNS, taken=[Span(start, start + len("Springfield"))])
    assert all(m.start != start for m in found)


def test_one_name_is_one_entity_wherever_it_stands() -> None:
    text = "Bolt sued Bolt."
    rows = """
    Bolt 2 nsubj PROPN _ _ B-Organization
    sued 0 root VERB sue VBD
    Bolt 2 obj PROPN _ _ B-Organization
    . 2 punct PUNCT
    """
    found, entities = phrase.mentions(parse(text, rows), nouns={})
    assert len(entities) == 1 and {m.entity for m in found} == {0}


def test_a_bare_noun_means_the_kind_and_a_quotation_mark_is_no_part_of_it() -> None:
    text = 'Acme likes "marketing" staff.'
    rows = """
    Acme 2 nsubj PROPN _ _ B-Organization
    likes 0 root VERB like VBZ
    " 4 punct PUNCT _ ``
    marketing 6 compound NOUN marketing NN
    " 4 punct PUNCT _ ''
    staff 2 obj NOUN staff NN
    . 2 punct PUNCT
    """
    doc = parse(text, rows)
    found, entities = phrase.mentions(doc, nouns={})
    assert found[1].generic
    assert '"' not in entities[found[1].entity].name


def test_at_finds_the_smallest_mention_by_its_head() -> None:
    found, _ = phrase.mentions(parse(TEXT, ROWS), nouns=NOUNS)
    jobs = TEXT.index("jobs")
    index = phrase.Heads(found).at(jobs, jobs + 4)
    assert index is not None and TEXT[found[index].start : found[index].end] == "two new jobs"
    assert phrase.Heads(found).at(TEXT.index("new"), TEXT.index("new") + 3) is None


def test_a_name_is_called_without_characters_that_nobody_sees() -> None:
    from kg import language

    _, entities = phrase.mentions(language.load()("\u200dParis grew. Ann Lee left Paris."), nouns={})
    assert [one.name for one in entities if "Paris" in one.name] == ["Paris"]
