"""Trees drawn in the order of their words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.draw import WIDEST, tree, words
from tests.extract.parse import parse

SENTENCE = (
    "Acme will buy Bolt in late May.",
    """
    Acme 3 nsubj PROPN _ _ B-Organization
    will 3 aux AUX
    buy 0 root VERB buy VB
    Bolt 3 obj PROPN _ _ B-Organization
    in 7 case ADP
    late 7 amod ADJ
    May 3 obl PROPN
    . 3 punct PUNCT
    """,
)


def drawn(heads: list[int | None]) -> list[str]:
    return [f"{before}{number}" for number, before in enumerate(tree(heads))]


def test_words_with_tree_tags_and_head() -> None:
    found = words(next(parse(*SENTENCE).sents))
    assert [word.tree + word.text for word in found] == [
        "┌─ Acme",
        "├─ will",
        "buy",
        "├─ Bolt",
        "│  ┌─ in",
        "│  ├─ late",
        "├─ May",
        "└─ .",
    ]
    acme, _, buy, *_ = found
    assert (acme.lemma, acme.pos, acme.tag, acme.relation, acme.head, acme.name) == (
        "acme", "PROPN", "NNP", "nsubj", "buy", "Organization",
    )  # fmt: skip
    assert (buy.relation, buy.head, buy.name) == ("root", None, "")
    assert all(SENTENCE[0][word.start : word.end] == word.text for word in found)


def test_a_deep_tree() -> None:
    assert drawn([1, 2, None, 2, 5, 3]) == ["   ┌─ 0", "┌─ 1", "2", "└─ 3", "   │  ┌─ 4", "   └─ 5"]


def test_an_arc_that_crosses_another_hangs_on_no_bar() -> None:
    #   0 <- 2 and 1 <- 3 cross: 1's head lies beyond 2, which is no descendant of 3
    assert drawn([2, 3, None, 2]) == ["┌─ 0", "│  ╌╌ 1", "2", "└─ 3"]


def test_two_roots() -> None:
    assert drawn([None, 0, None, 2]) == ["0", "└─ 1", "2", "└─ 3"]


def test_no_words() -> None:
    assert tree([]) == []


def test_a_chain_of_a_thousand_words_is_drawn_in_narrow_steps() -> None:
    found = tree([None, *range(999)])
    assert len(found[-1]) <= 999 and len(tree([None, *range(WIDEST // 2)])[-1]) <= WIDEST


def test_white_space_that_is_a_token_is_left_out() -> None:
    text, rows = SENTENCE
    doc = parse(text + "\n\nIt grew.", rows.rstrip() + "\n\nIt 2 nsubj PRON\ngrew 0 root VERB grow\n. 2 punct PUNCT")
    assert [word.text for sentence in doc.sents for word in words(sentence)][7:] == [".", "It", "grew", "."]


@st.composite
def trees(draw: st.DrawFn) -> list[int | None]:
    """Heads of any tree: each word but the root hangs on one that was placed before it, in a shuffled order."""
    size = draw(st.integers(1, 12))
    order = draw(st.permutations(range(size)))
    heads: list[int | None] = [None] * size
    for place, word in enumerate(order[1:], 1):
        heads[word] = order[draw(st.integers(0, place - 1))]
    return heads


def depth(heads: list[int | None], word: int) -> int:
    head = heads[word]
    return 0 if head is None else 1 + depth(heads, head)


@given(trees())
def test_every_word_stands_as_far_right_as_it_is_deep(heads: list[int | None]) -> None:
    found = tree(heads)
    step = len(found[next(i for i in range(len(heads)) if depth(heads, i) == 1)]) if len(heads) > 1 else 0
    assert [len(before) for before in found] == [step * depth(heads, word) for word in range(len(heads))]


@given(trees())
def test_the_head_can_be_read_off_every_arc_that_crosses_no_other(heads: list[int | None]) -> None:
    """A bar leads, without a gap, from the corner to a word that begins in the corner's column: the head."""
    found = tree(heads)
    for word, head in enumerate(heads):
        if head is None or "╌" in found[word]:
            continue
        column = len(found[head])
        corner = found[word][column]
        assert corner in "┌├└"
        way = range(word + 1, head) if word < head else range(head + 1, word)
        assert all(found[other][column : column + 1] in ("│", "┌", "├", "└") for other in way)
        assert corner != ("└" if word < head else "┌")
