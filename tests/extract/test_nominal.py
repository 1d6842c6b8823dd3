"""What nouns say, prepositions of several words, small clauses, and readings without sense, on trees by hand."""

from __future__ import annotations

import pytest

from kg.extract import clause, reading, surface
from kg.extract.deverbal import verb_of
from tests.extract.parse import parse

DEED = (
    "Acme's acquisition of Bolt failed.",
    """
    Acme        3 nmod:poss PROPN _ _ B-Organization
    's          1 case      PART  's POS
    acquisition 6 nsubj     NOUN  acquisition NN
    of          5 case      ADP
    Bolt        3 nmod      PROPN _ _ B-Organization
    failed      0 root      VERB  fail VBD
    .           6 punct     PUNCT
    """,
)
OWNED = (
    "Acme's lawyers left.",
    """
    Acme    3 nmod:poss PROPN _ _ B-Organization
    's      1 case      PART 's POS
    lawyers 4 nsubj     NOUN lawyer NNS
    left    0 root      VERB leave VBD
    .       4 punct     PUNCT
    """,
)
COMPLEX = (
    "Acme was renamed in honor of Lee.",
    """
    Acme    3 nsubj:pass PROPN _ _ B-Organization
    was     3 aux:pass   AUX be VBD
    renamed 0 root       VERB rename VBN
    in      5 case       ADP
    honor   3 obl        NOUN honor NN
    of      7 case       ADP
    Lee     5 nmod       PROPN _ _ B-Person
    .       3 punct      PUNCT
    """,
)
SMALL = (
    "Acme made Lee famous.",
    """
    Acme   2 nsubj PROPN _ _ B-Organization
    made   0 root  VERB make VBD
    Lee    2 obj   PROPN _ _ B-Person
    famous 2 xcomp ADJ famous JJ
    .      2 punct PUNCT
    """,
)
ALONE = (
    "Two people were killed.",
    """
    Two    2 nummod     NUM
    people 4 nsubj:pass NOUN people NNS
    were   4 aux:pass   AUX be VBD
    killed 0 root       VERB kill VBN
    .      4 punct      PUNCT
    """,
)
GAVE = (
    "Acme gave Bolt a loan.",
    """
    Acme 2 nsubj PROPN _ _ B-Organization
    gave 0 root  VERB give VBD
    Bolt 2 iobj  PROPN _ _ B-Organization
    a    5 det   DET
    loan 2 obj   NOUN loan NN
    .    2 punct PUNCT
    """,
)
RESTRICTED = (
    "Any acts that harm Acme cost money.",
    """
    Any   2 det       DET
    acts  6 nsubj     NOUN act NNS
    that  4 nsubj     PRON that WDT
    harm  2 acl:relcl VERB harm VBP
    Acme  4 obj       PROPN _ _ B-Organization
    cost  0 root      VERB cost VBP
    money 6 obj       NOUN money NN
    .     6 punct     PUNCT
    """,
)
RIGHTS = (
    "Acme cut the workers' pay.",
    """
    Acme    2 nsubj     PROPN _ _ B-Organization
    cut     0 root      VERB cut VBD
    the     4 det       DET
    workers 6 nmod:poss NOUN worker NNS
    '       4 case      PART ' POS
    pay     2 obj       NOUN pay NN
    .       2 punct     PUNCT
    """,
)
HEADLINE = (
    "Acme, a maker, to buy Bolt",
    """
    Acme  0 root  PROPN _ _ B-Organization
    ,     4 punct PUNCT
    a     4 det   DET
    maker 1 appos NOUN maker NN
    ,     4 punct PUNCT
    to    7 mark  PART to TO
    buy   1 acl   VERB buy VB
    Bolt  7 obj   PROPN _ _ B-Organization
    """,
)
PERSON = (
    "The country's George Washington led.",
    """
    The        2 det       DET
    country    4 nmod:poss NOUN country NN
    's         2 case      PART 's POS
    George     6 nsubj     PROPN _ _ B-Person
    Washington 4 flat      PROPN _ _ I-Person
    led        0 root      VERB lead VBD
    .          6 punct     PUNCT
    """,
)


def told(case: tuple[str, str]) -> set[tuple[str, str, str]]:
    doc = parse(*case)
    return {surface(one, doc) for one in reading.readings(clause.clauses(doc), doc) if one.object.tokens}


@pytest.mark.parametrize(
    "case, triple",
    [
        (DEED, ("Acme", "acquisition of", "Bolt")),
        (OWNED, ("Acme", "has", "lawyers")),
        (COMPLEX, ("Acme", "was renamed in honor of", "Lee")),
        (SMALL, ("Acme", "made Lee", "famous")),
        (ALONE, ("Two people", "were", "killed")),
        (GAVE, ("Acme", "gave a loan to", "Bolt")),
        (RIGHTS, ("Acme", "cut", "the workers ' pay")),
        (HEADLINE, ("Acme", "buy", "Bolt")),
    ],
)
def test_a_triple_is_read(case: tuple[str, str], triple: tuple[str, str, str]) -> None:
    assert triple in told(case)


@pytest.mark.parametrize(
    "case, triple",
    [
        (DEED, ("Acme", "has", "acquisition")),
        (COMPLEX, ("Acme", "was renamed in", "honor")),
        (SMALL, ("Acme", "made", "Lee")),
        (RESTRICTED, ("Any acts", "cost", "money")),
        (PERSON, ("The country", "has", "George Washington")),
    ],
)
def test_a_triple_that_says_nothing_or_too_much_is_not(case: tuple[str, str], triple: tuple[str, str, str]) -> None:
    assert triple not in told(case)


def test_a_deed_has_the_lemma_of_its_verb() -> None:
    doc = parse(*DEED)
    assert "acquire" in {one.lemma for one in reading.readings(clause.clauses(doc), doc)}


@pytest.mark.parametrize("noun", ["position", "organization", "government", "meeting", "table"])
def test_a_thing_is_no_deed(noun: str) -> None:
    assert verb_of(noun) is None
