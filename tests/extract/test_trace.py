"""What nearly became a claim, and why it did not."""

from __future__ import annotations

from kg import language, ontology
from kg.extract import extraction
from kg.extract.trace import Near, Trace, trace
from tests.extract.parse import parse

TABLES = ontology.load()


def traced(text: str, rows: str) -> Trace:
    return trace(parse(text, rows), TABLES)


def near(text: str, rows: str, kind: str = "predicate") -> list[tuple[str, str]]:
    (sentence,) = traced(text, rows).sentences
    return [(one.words, one.why) for one in sentence.near if one.kind == kind]


BOUGHT = (
    "Acme bought Bolt.",
    """
    Acme 2 nsubj PROPN _ _ B-Organization
    bought 0 root VERB buy
    Bolt 2 obj PROPN _ _ B-Organization
    . 2 punct PUNCT
    """,
)


def test_a_trace_reads_as_the_extraction_does() -> None:
    doc = parse(*BOUGHT)
    found = trace(doc, TABLES)
    assert found.extraction == extraction(doc, TABLES)
    (sentence,) = found.sentences
    assert (sentence.start, sentence.end, sentence.propositions, sentence.events) == (0, 17, (0,), (0,))
    assert sentence.near == ()


def test_each_sentence_has_its_own() -> None:
    rows = BOUGHT[1].rstrip() + "\n\nGrow 0 root VERB grow VB\n. 1 punct PUNCT"
    first, second = traced(BOUGHT[0] + " Grow.", rows).sentences
    assert (first.propositions, second.propositions) == ((0,), ())
    assert [one.words for one in first.near] == []
    assert "Grow" in [one.words for one in second.near if one.kind == "predicate"]


def test_subject_and_object_that_are_one() -> None:
    rows = """
    Acme 2 nsubj PROPN _ _ B-Organization
    is 0 root VERB help VBZ
    Acme 2 obj PROPN _ _ B-Organization
    . 2 punct PUNCT
    """
    (sentence,) = traced("Acme is Acme.", rows).sentences
    assert sentence.propositions  # two mentions, so far two things

    rows = """
    Yesterday 2 nsubj NOUN
    saw 0 root VERB see
    rain 2 obj NOUN
    . 2 punct PUNCT
    """
    dropped = near("Yesterday saw rain.", rows, "reading")
    assert dropped == [("Yesterday | see | rain", "its subject «Yesterday» names no thing and no amount")]


def test_a_relative_word_without_its_noun() -> None:
    rows = """
    What 3 obj PRON what WP
    Acme 3 nsubj PROPN _ _ B-Organization
    sold 0 root VERB sell
    . 3 punct PUNCT
    """
    assert near("What Acme sold.", rows, "reading") == [
        ("Acme | sell | What", "a relative word whose noun was not found says nothing by itself")
    ]


def test_a_verb_with_a_subject_and_nothing_else() -> None:
    rows = """
    Acme 2 nsubj PROPN _ _ B-Organization
    tried 0 root VERB try
    to 4 mark PART
    vanish 2 xcomp VERB vanish VB
    . 2 punct PUNCT
    """
    assert near("Acme tried to vanish.", rows) == [
        ("tried", "it has a subject, and beside that only a clause, which is read by itself"),
        ("vanish", "it has a subject, but neither an object nor a prepositional phrase"),
    ]


def test_a_passive_that_tells_no_agent() -> None:
    rows = """
    Jobs 3 nsubj NOUN job NNS
    painted 1 acl VERB paint VBN
    vanished 0 root VERB vanish
    . 3 punct PUNCT
    """
    assert near("Jobs painted vanished.", rows) == [("painted", "a passive that tells no agent, place or time")]


def test_a_verb_without_subject() -> None:
    rows = """
    Paint 0 root VERB paint VB
    Bolt 1 obj PROPN _ _ B-Organization
    . 1 punct PUNCT
    """
    assert near("Paint Bolt.", rows) == [("Paint", "it has no subject of its own, and as root it borrows none")]


def test_a_verb_that_would_borrow_a_subject() -> None:
    rows = """
    Plan 0 root VERB plan VB
    to 3 mark PART
    paint 1 xcomp VERB paint VB
    Bolt 3 obj PROPN _ _ B-Organization
    . 1 punct PUNCT
    """
    assert ("paint", "it has no subject of its own, and none was found at the verb above it («Plan»)") in near(
        "Plan to paint Bolt.", rows
    )


def test_a_verb_that_modifies_a_noun() -> None:
    rows = """
    The 3 det DET
    growing 3 amod VERB grow VBG
    firm 4 nsubj NOUN
    met 0 root VERB meet
    Bolt 4 obj PROPN _ _ B-Organization
    . 4 punct PUNCT
    """
    assert ("growing", "it modifies a noun") in near("The growing firm met Bolt.", rows)


def test_a_frame_whose_role_is_not_filled() -> None:
    rows = """
    Acme 2 nsubj PROPN _ _ B-Organization
    acquired 0 root VERB acquire
    skills 2 obj NOUN skill NNS
    . 2 punct PUNCT
    """
    (sentence,) = traced("Acme acquired skills.", rows).sentences
    frames = {one.rule: one for one in sentence.near if one.kind == "frame"}
    assert "frame:acquisition" in frames and "target" in frames["frame:acquisition"].why
    assert [one.words for one in frames.values()] == ["acquire"] * len(frames)


def test_the_cue_of_a_statement_is_told_as_such() -> None:
    text = "Acme said Bolt sold Nut."
    rows = """
    Acme 2 nsubj PROPN _ _ B-Organization
    said 0 root VERB say
    Bolt 4 nsubj PROPN _ _ B-Organization
    sold 2 ccomp VERB sell
    Nut 4 obj PROPN _ _ B-Organization
    . 2 punct PUNCT
    """
    assert near(text, rows) == [("said", "it is the cue of a statement, which tells who said what")]


def test_a_text_without_words() -> None:
    (sentence,) = traced("...", "... 0 root PUNCT").sentences
    assert sentence.near == () and isinstance(Near("frame", "", "", ""), Near)


def test_a_low_score_comes_with_what_lowers_it() -> None:
    doc = language.load()("Alice gave Bob, who was late, and Carol a book about the town and a lamp near the old mill.")
    low = [one.why for one in trace(doc, ontology.load()).sentences[0].near if one.why.startswith("its score")]
    assert low and all("the parser is not sure" in why for why in low)
