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


def test_an_apposition_right_before_a_verb_of_saying_is_its_subject() -> None:
    found = mended(
        "It sold Bolt , his lawyer , Ada , said", "PRON VERB PROPN PUNCT PRON NOUN PUNCT PROPN PUNCT VERB",
        "PRP VBD NNP , PRP$ NN , NNP , VBD", [2, 10, 2, 6, 6, 3, 8, 6, 6, 0],
        "nsubj ccomp obj punct nmod:poss appos punct appos punct root",
    )  # fmt: skip
    assert found[5] == ("lawyer", 10, "nsubj")
    assert found[7] == ("Ada", 6, "appos")


def test_the_object_of_a_verb_behind_a_clause_speaks() -> None:
    rows = (
        "It fell , claimed its head", "PRON VERB PUNCT VERB PRON NOUN", "PRP VBD , VBD PRP$ NN", [2, 0, 4, 2, 6, 4],
        "nsubj root punct parataxis nmod:poss obj",
    )  # fmt: skip
    assert mended(*rows)[5] == ("head", 4, "nsubj")
    listened = (
        "It fell , he told its head", "PRON VERB PUNCT PRON VERB PRON NOUN", "PRP VBD , PRP VBD PRP$ NN",
        [2, 0, 5, 5, 2, 7, 5], "nsubj root punct nsubj parataxis nmod:poss obj",
    )  # fmt: skip
    assert mended(*listened)[6] == ("head", 5, "obj")


def test_of_two_subjects_in_commas_the_name_describes() -> None:
    found = mended(
        "Another , Ada , said", "DET PUNCT PROPN PUNCT VERB", "DT , NNP , VBD", [5, 1, 5, 3, 0],
        "nsubj punct nsubj punct root",
    )  # fmt: skip
    assert found[0] == ("Another", 5, "nsubj")
    assert found[2] == ("Ada", 1, "appos")
    told = mended(
        "It is over , the head , Ada , said", "PRON AUX ADV PUNCT DET NOUN PUNCT PROPN PUNCT VERB",
        "PRP VBZ RB , DT NN , NNP , VBD", [3, 3, 10, 3, 6, 3, 8, 10, 6, 0],
        "nsubj cop ccomp punct det nsubj punct nsubj punct root",
    )  # fmt: skip
    assert told[5] == ("head", 10, "nsubj")
    assert told[7] == ("Ada", 6, "appos")


def test_a_whole_clause_behind_the_listener_is_what_was_told() -> None:
    found = mended(
        "He told the panel she wrote it", "PRON VERB DET NOUN PRON VERB PRON", "PRP VBD DT NN PRP VBD PRP",
        [2, 0, 4, 2, 6, 4, 6], "nsubj root det iobj nsubj acl:relcl obj",
    )  # fmt: skip
    assert found[5] == ("wrote", 2, "ccomp")


def test_what_governs_a_clause_is_a_verb() -> None:
    tree = Tree(
        ["Papers", "show", "he", "knew"], ["NOUN", "NOUN", "PRON", "VERB"], ["NNS", "VBP", "PRP", "VBD"], [2, 0, 4, 2],
        ["nsubj", "root", "nsubj", "ccomp"],
    )  # fmt: skip
    mend(tree)
    assert tree.upos == ["NOUN", "VERB", "PRON", "VERB"]


def test_a_sound_tree_stays_as_it_is() -> None:
    rows = [("Ada", 2, "nsubj"), ("bought", 0, "root"), ("it", 2, "obj")]
    assert mended("Ada bought it", "PROPN VERB PRON", "NNP VBD PRP", [2, 0, 2], "nsubj root obj") == rows
