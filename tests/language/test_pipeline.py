"""What must hold of every Doc, whatever the model says."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg import language
from kg.language.kinds import KINDS, listed

TEXT = """Council names new harbour chief

Feb. 3 (Local) — The U.S. council said on Monday that Blue Kettle Inc. would pay $3.9bn for First Lantern, a
maker of lamps. "We're glad," said Ada Brown, the firm's chief executive.

Blue Kettle, which Brown founded in 2009, didn't say when the deal would close. Shares of First Lantern rose 5%."""

Facts = list[tuple[object, ...]]

AWKWARD = (
    "",
    " ",
    "\n\n\n",
    "word",
    "  two  spaces   here \t and\ttabs ",
    "\ufeff“Curly” – quotes’ …\u200b\u00a0end",
    "One line\nand another\r\n\r\nand a paragraph",
    "😀 😀 !!! ??? ...",
    "x" * 3000,
    "http://a.example/" + "b/" * 400,
    "</script><b>&amp; \x00 \x1b[31m",
)


def facts(doc: Doc) -> Facts:
    """All that the pipeline writes."""
    words: Facts = [(t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, str(t.morph), t.is_sent_start) for t in doc]
    return [*words, *((name.start, name.end, name.label_) for name in doc.ents)]


def roots(doc: Doc) -> Iterator[int]:
    """Roots in each sentence that has a word."""
    for sentence in doc.sents:
        if any(not token.is_space for token in sentence):
            yield sum(token.head.i == token.i and not token.is_space for token in sentence)


@pytest.mark.parametrize("text", [TEXT, *AWKWARD])
def test_tokens_cover_the_text_and_trees_are_whole(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(doc.text[token.idx :].startswith(token.text) for token in doc)
    assert set(roots(doc)) <= {1}
    for token in doc:
        assert token.head.sent.start == token.sent.start
        assert (token.dep_ == "root") == (token.head.i == token.i and not token.is_space)
        assert token.pos_ and token.tag_ and token.dep_ and token.lemma_
        assert len(list(token.ancestors)) < len(doc)


def test_labels_are_those_promised(nlp: Language) -> None:
    assert {name.label_ for name in nlp(TEXT).ents} <= set(KINDS)


def test_a_blank_line_always_ends_a_sentence(nlp: Language) -> None:
    for gap in ("\n\n", "\n \n", "\r\n\r\n", "\n\n\n\n"):
        doc = nlp(f"the council of{gap}small towns met")
        starts = [token.text for token in doc if token.is_sent_start and not token.is_space]
        assert "small" in starts


def test_a_wrapped_line_ends_no_sentence(nlp: Language) -> None:
    doc = nlp("The company said on Monday that it would open\na new office in the north of the country.")
    assert len(list(doc.sents)) == 1


def test_every_name_is_one_unit(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc.ents
    for name in doc.ents:
        inside = range(name.start, name.end)
        tops = [token for token in name if token.head.i not in inside or token.head.i == token.i]
        assert len(tops) == 1
        outside = [token for token in doc if token.i not in inside and not token.is_space]
        assert {token.head.i for token in outside if token.head.i in inside} <= {tops[0].i}


def test_no_name_crosses_a_sentence(nlp: Language) -> None:
    assert all(name[0].sent.start == name[-1].sent.start for name in nlp(TEXT).ents)


def test_news_words(nlp: Language) -> None:
    doc = nlp.make_doc("On Feb. 3 the U.S. firm's $3.9bn deal with Kite Inc. ended. It can't pay $5.2B.")
    words = [token.text for token in doc]
    assert {"Feb.", "U.S.", "$", "3.9", "bn", "Inc.", "'s", "ca", "n't", "5.2", "B"} <= set(words)
    assert words[-1] == "."


def test_other_docs_batches_and_threads_change_nothing(nlp: Language) -> None:
    alone = facts(nlp(TEXT))
    other = "Rain fell in the hills. " * 30
    for size in (1, 2, 7):
        docs = list(nlp.pipe([other, TEXT, other, TEXT], batch_size=size))
        assert facts(docs[1]) == alone == facts(docs[3])
    for threads in (2, 3):
        parallel = language.load(threads=threads)
        assert facts(parallel(TEXT)) == alone
        assert [facts(doc) for doc in parallel.pipe([other, TEXT, "", TEXT])][1::2] == [alone, alone]


def test_another_process_gives_the_same() -> None:
    source = inspect.getsource(facts)
    head = "from __future__ import annotations\nfrom kg import language\n"
    code = f"{head}{source}\nprint(facts(language.load()({TEXT!r})))"
    run = [sys.executable, "-c", code]
    out = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert out.strip() == str(facts(language.load()(TEXT)))


def test_given_words_and_sentences_are_kept(nlp: Language) -> None:
    words = [*listed("Blue Kettle paid 5 dollars . It did n't say why ; nobody asked")]
    starts = [n in (0, 6) for n in range(len(words))]
    doc = Doc(nlp.vocab, words=words, sent_starts=starts)
    doc.user_data["given_sentences"] = True
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    assert [token.text for token in doc] == words
    assert [bool(token.is_sent_start) for token in doc] == starts
    assert set(roots(doc)) == {1}


def test_a_given_sentence_longer_than_a_window_stays_one(nlp: Language) -> None:
    words = ["word", ","] * 700
    doc = Doc(nlp.vocab, words=words, sent_starts=[n == 0 for n in range(len(words))])
    doc.user_data["given_sentences"] = True
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    assert list(roots(doc)) == [1]


def test_long_text_without_any_stop(nlp: Language) -> None:
    doc = nlp("and the council went on to talk about " * 600)
    assert len(doc) > 4500
    assert set(roots(doc)) == {1}


def test_a_name_is_marked_at_its_other_occurrences() -> None:
    from kg.language.agreement import agreed
    from kg.language.spans import Name

    words = [*listed("Odd Kettle rose . Shares of Odd Kettle fell . The kettle boiled .")]
    found = agreed(words, [Name(0, 2, "Organization", 0.9)], frozenset((0, 4, 10)), lambda word: True)
    assert [(name.start, name.end, name.kind) for name in found] == [(0, 2, "Organization"), (6, 8, "Organization")]


def test_a_common_word_that_begins_a_sentence_is_no_evidence() -> None:
    from kg.language.agreement import agreed
    from kg.language.spans import Name

    words = [*listed("Target rose . Shares of Target fell . Target practice is loud .")]
    names = [Name(5, 6, "Organization", 0.9)]
    found = agreed(words, names, frozenset((0, 3, 8)), lambda word: True)
    assert [name.start for name in found] == [5]


def test_parse_keeps_order_and_article() -> None:
    class Item:
        def __init__(self, text: str) -> None:
            self.text = text

    items = [Item("First came rain."), Item("Then came snow.")]
    docs = list(language.parse(items))  # type: ignore[arg-type]
    assert [doc.text for doc in docs] == [item.text for item in items]
    assert [doc.user_data["article"] for doc in docs] == items
