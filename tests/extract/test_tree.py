"""Questions to a tree, on trees written by hand."""

from __future__ import annotations

from kg.extract import tree
from kg.extract.noun_phrase import phrase
from tests.extract.parse import parse

DOC = (
    "The bank, Verlane Capital, told the paper Jan. 5.",
    """
    The 2 det DET the DT
    bank 7 nsubj NOUN bank NN
    , 4 punct PUNCT
    Verlane 2 appos PROPN _ _ B-Organization
    Capital 4 flat PROPN _ _ I-Organization
    , 4 punct PUNCT
    told 0 root VERB tell VBD
    the 9 det DET the DT
    paper 7 iobj NOUN paper NN
    Jan. 11 nmod:unmarked PROPN _ NNP
    5 9 nmod:unmarked NUM 5 CD
    . 7 punct PUNCT
    """,
)


def test_a_description_stands_for_the_name_in_apposition() -> None:
    doc = parse(*DOC)
    name = tree.named_in_apposition(doc[1])
    assert name is not None and name.text == "Verlane"
    assert tree.named_in_apposition(doc[8]) is None


def test_a_date_is_no_part_of_the_phrase_before_it() -> None:
    doc = parse(*DOC)
    assert [doc[i].text for i in phrase(doc[8])] == ["the", "paper"]


def test_a_name_is_one_unit_from_each_of_its_words() -> None:
    doc = parse(*DOC)
    assert tree.unit(doc[3]) == tree.unit(doc[4]) == (doc[3], doc[4])
    assert tree.unit_head(doc[4]) == doc[3]
