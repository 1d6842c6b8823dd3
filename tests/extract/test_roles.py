"""Titles and employers, each rule on a tree written by hand."""

from __future__ import annotations

import pytest

from kg.extract import roles
from tests.extract.parse import parse

NOUNS = {"ceo": "Person", "head": "Person", "physician": "Person", "executive": "Person", "engineer": "Person",
         "chief": "Person"}  # fmt: skip


def told(text: str, rows: str) -> set[tuple[str, str, str, str | None]]:
    doc = parse(text, rows)
    return {
        (job.rule, doc[job.person].text, " ".join(doc[i].text for i in job.title),
         None if job.employer is None else doc[job.employer].text)
        for job in roles.jobs(doc, NOUNS)
    }  # fmt: skip


def test_title_before_a_name_with_its_employer() -> None:
    found = told(
        "Acme CEO Ann Lee left.",
        """
        Acme 2 compound PROPN _ _ B-Organization
        CEO  3 nmod:desc NOUN ceo NN
        Ann  5 nsubj PROPN _ _ B-Person
        Lee  3 flat PROPN _ _ I-Person
        left 0 root VERB leave VBD
        . 5 punct PUNCT
        """,
    )
    assert found == {("title-before", "Ann", "CEO", "Acme")}


FORMER = (
    "Former Mar minister Ann Lee left.",
    """
    Former 3 amod ADJ former JJ
    Mar 3 compound PROPN _ _ B-Place
    minister 4 {dep} NOUN minister NN
    Ann 6 nsubj PROPN _ _ B-Person
    Lee 4 flat PROPN _ _ I-Person
    left 0 root VERB leave VBD
    . 6 punct PUNCT
    """,
)


@pytest.mark.parametrize(("dep", "title"), [("nmod:desc", "minister"), ("appos", "Mar minister")])
def test_a_title_behind_a_name_is_told_once_and_in_its_time(dep: str, title: str) -> None:
    doc = parse(FORMER[0], FORMER[1].format(dep=dep))
    (job,) = roles.jobs(doc, {"minister": "Person"})
    assert (" ".join(doc[i].text for i in job.title), job.stance.tense) == (title, "past")


def test_a_verb_joins_no_title() -> None:
    found = told(
        "Quipped chief Ann Lee.",
        """
        Quipped 2 amod VERB quip VBN
        chief 3 appos NOUN chief NN
        Ann 0 root PROPN _ _ B-Person
        Lee 3 flat PROPN _ _ I-Person
        . 3 punct PUNCT
        """,
    )
    assert ("title-before", "Ann", "chief", None) in found


def test_honorifics_and_verbs_are_no_titles() -> None:
    found = told(
        "Acme told Mr. Lee.",
        """
        Acme 2 nsubj PROPN _ _ B-Organization
        told 0 root VERB tell VBD
        Mr. 4 nmod:desc PROPN _ NNP
        Lee 2 obj PROPN _ _ B-Person
        . 2 punct PUNCT
        """,
    )
    assert found == set()


def test_apposition_behind_a_name() -> None:
    found = told(
        "Ann Lee, head of sales at Acme, left.",
        """
        Ann 10 nsubj PROPN _ _ B-Person
        Lee 1 flat PROPN _ _ I-Person
        , 4 punct PUNCT
        head 1 appos NOUN head NN
        of 6 case ADP
        sales 4 nmod NOUN sale NNS
        at 8 case ADP
        Acme 4 nmod PROPN _ _ B-Organization
        , 4 punct PUNCT
        left 0 root VERB leave VBD
        . 10 punct PUNCT
        """,
    )
    assert found == {("title-apposition", "Ann", "head of sales", "Acme")}


def test_apposition_before_a_name() -> None:
    found = told(
        "Acme's chief executive, Ann Lee, left.",
        """
        Acme 4 nmod:poss PROPN _ _ B-Organization
        's 1 case PART 's POS
        chief 4 amod ADJ chief JJ
        executive 9 nsubj NOUN executive NN
        , 6 punct PUNCT
        Ann 4 appos PROPN _ _ B-Person
        Lee 6 flat PROPN _ _ I-Person
        , 6 punct PUNCT
        left 0 root VERB leave VBD
        . 9 punct PUNCT
        """,
    )
    assert ("title-apposition", "Ann", "chief executive", "Acme") in found


def test_copula_and_former() -> None:
    found = told(
        "Ann Lee was a former engineer of Acme.",
        """
        Ann 6 nsubj PROPN _ _ B-Person
        Lee 1 flat PROPN _ _ I-Person
        was 6 cop AUX be VBD
        a 6 det DET a DT
        former 6 amod ADJ former JJ
        engineer 0 root NOUN engineer NN
        of 8 case ADP
        Acme 6 nmod PROPN _ _ B-Organization
        . 6 punct PUNCT
        """,
    )
    assert ("title-copula", "Ann", "engineer", "Acme") in found


def test_an_unnamed_person_at_an_organisation_works_there() -> None:
    found = told(
        "A physician at Acme spoke.",
        """
        A 2 det DET a DT
        physician 5 nsubj NOUN physician NN
        at 4 case ADP
        Acme 2 nmod PROPN _ _ B-Organization
        spoke 0 root VERB speak VBD
        . 5 punct PUNCT
        """,
    )
    assert found == {("role-nominal", "physician", "", "Acme")}


def test_working_for_somebody() -> None:
    found = told(
        "Ann Lee works for Acme.",
        """
        Ann 3 nsubj PROPN _ _ B-Person
        Lee 1 flat PROPN _ _ I-Person
        works 0 root VERB work VBZ
        for 5 case ADP
        Acme 3 obl PROPN _ _ B-Organization
        . 3 punct PUNCT
        """,
    )
    assert found == {("work-verb", "Ann", "", "Acme")}


def test_kin_is_no_job() -> None:
    doc = parse(
        "Ann Lee, daughter of Bo, left.",
        """
        Ann 8 nsubj PROPN _ _ B-Person
        Lee 1 flat PROPN _ _ I-Person
        , 4 punct PUNCT
        daughter 1 appos NOUN daughter NN
        of 6 case ADP
        Bo 4 nmod PROPN _ _ B-Person
        , 4 punct PUNCT
        left 0 root VERB leave VBD
        . 8 punct PUNCT
        """,
    )
    assert roles.jobs(doc, {"daughter": "Person"}) == []


def test_what_only_stands_before_a_name_is_no_title() -> None:
    for joint, relation in (("and", "cc"), ("of", "case")):
        found = told(
            f"an engineer {joint} Ann Lee left.",
            f"""
            an 1 det DET
            engineer 5 nsubj NOUN engineer NN
            {joint} 3 {relation} {"CCONJ" if relation == "cc" else "ADP"} {joint} {"CC" if relation == "cc" else "IN"}
            Ann 1 {"conj" if relation == "cc" else "nmod"} PROPN _ _ B-Person
            Lee 3 flat PROPN _ _ I-Person
            left 0 root VERB leave VBD
            . 5 punct PUNCT
            """,
        )
        assert found == set()


def test_kin_and_fate_are_no_jobs() -> None:
    from kg.extract.roles import is_person_noun

    rows = "hero 0 root NOUN hero NN\naunt 0 dep NOUN aunt NN\nengineer 0 dep NOUN engineer NN"
    nouns = dict.fromkeys(("hero", "aunt", "engineer"), "Person")
    found = [is_person_noun(word, nouns) for word in parse("hero aunt engineer", rows)]
    assert found == [False, False, True]
