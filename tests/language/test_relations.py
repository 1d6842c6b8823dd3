"""Relations that contradict their sentence, on trees by hand."""

from __future__ import annotations

from kg.language.kinds import listed
from kg.language.relations import Tree, mend


def mended(text: str, upos: str, xpos: str, heads: list[int], labels: str) -> list[tuple[str, int, str]]:
    """Words, heads and labels of a tree after mending."""
    tree = Tree([*listed(text)], [*listed(upos)], [*listed(xpos)], heads, [*listed(labels)])
    mend(tree)
    return list(zip(tree.words, tree.heads, tree.labels, strict=True))


def test_a_subject_under_a_passive_is_a_passive_subject() -> None:
    found = mended("Harrow was bought", "PROPN AUX VERB", "NNP VBD VBN", [3, 3, 0], "nsubj aux:pass root")
    assert found[0] == ("Harrow", 3, "nsubj:pass")


def test_a_passive_subject_of_an_active_verb_is_a_subject() -> None:
    found = mended("Coups remove them", "NOUN VERB PRON", "NNS VBP PRP", [2, 0, 2], "nsubj:pass root obj")
    assert found[0] == ("Coups", 2, "nsubj")


def test_a_headline_keeps_its_passive_subject() -> None:
    found = mended("Two killed", "NUM VERB", "CD VBN", [2, 0], "nsubj:pass root")
    assert found[0] == ("Two", 2, "nsubj:pass")


def test_an_agent_has_by() -> None:
    rows = ("They asked of Harrow", "PRON VERB ADP PROPN", "PRP VBD IN NNP", [2, 0, 4, 2], "nsubj root case obl:agent")
    assert mended(*rows)[3] == ("Harrow", 2, "obl")
    by = ("Told by Harrow", "VERB ADP PROPN", "VBN IN NNP", [0, 3, 1], "root case obl:agent")
    assert mended(*by)[2] == ("Harrow", 1, "obl:agent")


def test_a_noun_before_a_name_describes_it() -> None:
    found = mended(
        "the founder Ada Finch left", "DET NOUN PROPN PROPN VERB", "DT NN NNP NNP VBD", [2, 5, 2, 3, 0],
        "det nsubj flat flat root",
    )  # fmt: skip
    assert found == [
        ("the", 2, "det"), ("founder", 3, "nmod:desc"), ("Ada", 5, "nsubj"), ("Finch", 3, "flat"), ("left", 0, "root"),
    ]  # fmt: skip


def test_a_number_is_no_name() -> None:
    rows = [("route", 0, "root"), ("No.", 1, "flat"), ("11", 2, "flat")]
    assert mended("route No. 11", "NOUN PROPN NUM", "NN NNP CD", [0, 1, 2], "root flat flat") == rows


def test_of_two_subjects_the_noun_describes_the_name() -> None:
    found = mended(
        "his wife Ada told us", "PRON NOUN PROPN VERB PRON", "PRP$ NN NNP VBD PRP", [2, 4, 4, 0, 4],
        "nmod:poss nsubj nsubj root obj",
    )  # fmt: skip
    assert found[1:3] == [("wife", 3, "nmod:desc"), ("Ada", 4, "nsubj")]


def test_who_is_made_something_is_the_object() -> None:
    found = mended(
        "Voters elected Ada Finch mayor", "NOUN VERB PROPN PROPN NOUN", "NNS VBD NNP NNP NN", [2, 0, 5, 3, 2],
        "nsubj root compound flat xcomp",
    )  # fmt: skip
    assert found[2:] == [("Ada", 2, "obj"), ("Finch", 3, "flat"), ("mayor", 2, "xcomp")]


def test_a_name_before_a_verb_without_subject_is_its_subject() -> None:
    found = mended("Harrow named it", "PROPN VERB PRON", "NNP VBD PRP", [2, 0, 2], "xcomp root obj")
    assert found[0] == ("Harrow", 2, "nsubj")


def test_the_first_of_two_subjects_is_the_object_before() -> None:
    found = mended(
        "She cited clerks who thought many could lose", "PRON VERB NOUN PRON VERB ADJ AUX VERB",
        "PRP VBD NNS WP VBD JJ MD VB", [2, 0, 8, 5, 3, 8, 8, 2], "nsubj root nsubj nsubj acl:relcl nsubj aux ccomp",
    )  # fmt: skip
    assert found[2] == ("clerks", 2, "obj")
    assert found[7] == ("lose", 5, "ccomp")
    assert found[5] == ("many", 8, "nsubj")


def test_a_sound_tree_stays_as_it_is() -> None:
    rows = [("Ada", 2, "nsubj"), ("bought", 0, "root"), ("it", 2, "obj")]
    assert mended("Ada bought it", "PROPN VERB PRON", "NNP VBD PRP", [2, 0, 2], "nsubj root obj") == rows
