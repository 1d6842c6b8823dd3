"""Readings: the binary relations of clauses, in their own words and in normal form."""

from __future__ import annotations

from kg.extract import clause, reading, surface
from tests.extract.parse import parse
from tests.extract.test_clause import ACTIVE, CONTROL, COPULA, PASSIVE


def told(case: tuple[str, str]) -> list[tuple[str, tuple[str, str, str]]]:
    doc = parse(*case)
    return [(one.lemma, surface(one, doc)) for one in reading.readings(clause.clauses(doc), doc)]


def test_object_and_preposition_give_a_reading_each() -> None:
    assert told(ACTIVE) == [
        ("buy", ("Acme", "bought", "Bolt")),
        ("buy something in", ("Acme", "bought Bolt in", "May")),
    ]


def test_a_passive_is_read_in_active_order_and_shown_in_its_own() -> None:
    doc = parse(*PASSIVE)
    (one,) = reading.readings(clause.clauses(doc), doc)
    assert (doc[one.subject.head].text, one.lemma, doc[one.object.head].text) == ("Acme", "buy", "Bolt")
    assert surface(one, doc) == ("Bolt", "was bought by", "Acme")


def test_a_governing_verb_stays_in_the_words_and_leaves_the_lemma() -> None:
    assert told(CONTROL) == [("buy", ("Acme", "plans to buy", "Bolt"))]


def test_a_predicate_noun_and_its_phrase() -> None:
    assert set(told(COPULA)) == {
        ("be", ("Bolt", "is", "a maker of nuts")),
        ("be maker of", ("Bolt", "is a maker of", "nuts")),
    }


def test_what_happened_to_a_patient_is_told_of_the_patient() -> None:
    case = (
        "Jobs were cut at Acme.",
        """
        Jobs 3 nsubj:pass NOUN job NNS
        were 3 aux:pass AUX be VBD
        cut 0 root VERB cut VBN
        at 5 case ADP
        Acme 3 obl PROPN _ _ B-Organization
        . 3 punct PUNCT
        """,
    )
    assert told(case) == [("be cut at", ("Jobs", "were cut at", "Acme"))]


def test_an_apposition_is_a_reading_with_an_added_copula() -> None:
    case = (
        "Bolt, a maker, grew.",
        """
        Bolt 6 nsubj PROPN _ _ B-Organization
        , 4 punct PUNCT
        a 4 det DET a DT
        maker 1 appos NOUN maker NN
        , 4 punct PUNCT
        grew 0 root VERB grow VBD
        . 6 punct PUNCT
        """,
    )
    assert ("be", ("Bolt", "is", "a maker")) in told(case)


def test_a_place_is_no_person() -> None:
    case = (
        "A governor in Tarn, Mar spoke.",
        """
        A 2 det DET a DT
        governor 7 nsubj NOUN governor NN
        in 4 case ADP
        Tarn 2 nmod PROPN _ _ B-Place
        , 6 punct PUNCT
        Mar 2 appos PROPN _ _ B-Place
        spoke 0 root VERB speak VBD
        . 7 punct PUNCT
        """,
    )
    assert "be" not in [lemma for lemma, _ in told(case)]
    seat = (case[0].replace("governor", "village"), case[1].replace("governor", "village"))
    assert ("be", ("Mar", "is", "A village")) in told(seat)


def test_a_description_at_the_end_of_a_text_is_looked_at_no_further() -> None:
    doc = parse("Acme maker", "Acme 0 root PROPN _ _ B-Organization\nmaker 1 compound NOUN maker NN")
    assert reading.readings(clause.clauses(doc), doc) == []
