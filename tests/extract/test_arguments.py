"""Subjects and objects that a tree hangs in the wrong place, each on a tree written by hand."""

from __future__ import annotations

from kg.extract.arguments import arguments
from tests.extract.parse import parse

ASTRAY = (
    "Lee resigned and Gray was sworn in.",
    """
    Lee      2 nsubj PROPN _ _ B-Person
    resigned 0 root  VERB resign VBD
    and      4 cc    CCONJ
    Gray     1 conj  PROPN _ _ B-Person
    was      6 aux:pass AUX be VBD
    sworn    2 conj  VERB swear VBN
    in       6 compound:prt ADP
    .        2 punct PUNCT
    """,
)
LEFT_OBJECT = (
    "Lee said the search had found nothing.",
    """
    Lee     2 nsubj PROPN _ _ B-Person
    said    0 root  VERB say VBD
    the     4 det   DET
    search  6 obj   NOUN
    had     6 aux   AUX have VBD
    found   2 ccomp VERB find VBN
    nothing 6 obj   PRON
    .       2 punct PUNCT
    """,
)
EFFORT = (
    "Acme closed Bolt in an effort to save Nut.",
    """
    Acme   2 nsubj PROPN _ _ B-Organization
    closed 0 root  VERB close VBD
    Bolt   2 obj   PROPN _ _ B-Organization
    in     6 case  ADP
    an     6 det   DET
    effort 2 obl   NOUN
    to     8 mark  PART to TO
    save   6 acl   VERB save VB
    Nut    8 obj   PROPN _ _ B-Organization
    .      2 punct PUNCT
    """,
)
EFFORT_OF_NOBODY = (
    "Bolt was closed in an effort to save Nut.",
    """
    Bolt   3 nsubj:pass PROPN _ _ B-Organization
    was    3 aux:pass AUX be VBD
    closed 0 root  VERB close VBN
    in     6 case  ADP
    an     6 det   DET
    effort 3 obl   NOUN
    to     8 mark  PART to TO
    save   6 acl   VERB save VB
    Nut    8 obj   PROPN _ _ B-Organization
    .      3 punct PUNCT
    """,
)


def told(case: tuple[str, str], verb: str) -> tuple[list[str], list[str]]:
    """Who does what a verb says, and to whom; of a passive nobody and who suffers it."""
    doc = parse(*case)
    _, subjects, objects = arguments(next(token for token in doc if token.text == verb))
    return [word.text for word in subjects], [word.text for word in objects]


def test_a_subject_between_two_verbs_that_hangs_on_the_first_ones_is_the_second_ones() -> None:
    assert told(ASTRAY, "resigned") == (["Lee"], [])
    assert told(ASTRAY, "sworn") == ([], ["Gray"])


def test_an_object_before_a_finite_verb_that_has_another_is_its_subject() -> None:
    assert told(LEFT_OBJECT, "found") == (["search"], ["nothing"])


def test_who_acts_in_an_effort_does_what_the_effort_is_for() -> None:
    assert told(EFFORT, "save") == (["Acme"], ["Nut"])
    assert told(EFFORT_OF_NOBODY, "save") == ([], ["Nut"])
