"""Who said what, counted: how annotation and finding are paired, and the floors of our own passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.records import Article, Entity, Extraction, Mention, Reference, Span, Statement
from kg.score import statements as score
from kg.score.said_passages import HERE, Passage, Said, passages

TEXT = "Ann Lee told the Post that Bo Park had lied. The nurse agreed, the Post reported."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def record(*statements: Statement) -> Extraction:
    named = [span(words) for words in ("Ann Lee", "Post", "Bo Park", "The nurse")]
    return Extraction(
        article=Article.of(TEXT),
        mentions=tuple(Mention(*at, head=at, kind="Person", form="name", entity=i) for i, at in enumerate(named)),
        entities=(
            Entity("Ann Lee", "Person", ("Lee",)), Entity("The Post", "Organization"), Entity("Bo Park", "Person"),
            Entity("The nurse", "Person"),
        ),
        statements=statements,
    )  # fmt: skip


LEE = Statement(Reference(*span("Ann Lee"), 0), span("told"), (span("Bo Park had lied"),), "indirect",
                addressee=Reference(*span("Post"), 1))  # fmt: skip
NURSE = Statement(Reference(*span("The nurse"), 3), None, (span("The nurse agreed"),), "indirect", parent=2)
POST = Statement(Reference(*span("Post"), 1), span("reported"), (span("The nurse agreed"),), "indirect")


def counted(found: Extraction, *said: Said) -> score.Tally:
    counts = score.Tally()
    score._count(counts, Passage("p", found.article, said), found)
    return counts


def test_a_pair_is_right_in_speaker_addressee_and_chain() -> None:
    gold = Said("indirect", ("Ann Lee",), (span("Bo Park had lied"),), addressees=("the Post",))
    nurse = Said("indirect", ("The nurse",), (span("The nurse agreed"),), chain=("the Post",))
    counts = counted(record(LEE, NURSE, POST), gold, nurse)
    assert [pair.found for pair in counts.pairs] == [0, 1]
    assert all(map(score.speaker_right, counts.pairs))
    assert score.addressee_right(counts.pairs[0]) and score.chain_right(counts.pairs[1])
    assert [index for _, _, index in counts.spurious] == [2]
    assert score._f1(counts, "indirect") == pytest.approx(200 * 27 / (27 + 41))


def test_what_is_missed_or_by_another_is_wrong() -> None:
    gold = Said("direct", ("Bo Park",), (span("Bo Park had lied"),))
    missed = Said("direct", ("Ann Lee",), (span("Ann Lee told"),))
    counts = counted(record(LEE), gold, missed)
    assert [score.speaker_right(pair) for pair in counts.pairs] == [False, False]
    assert [score.addressee_right(pair) for pair in counts.pairs] == [False, False]
    assert not score.chain_right(counts.pairs[1])


def test_all_speakers_must_be_found_and_nobody_else() -> None:
    both = Said("indirect", ("Ann Lee", "Bo Park"), (span("Bo Park had lied"),))
    assert not score.speaker_right(counted(record(LEE), both).pairs[0])


@pytest.mark.parametrize(
    "row, complaint",
    [
        ('kind = "spoken"\nspeaker = []\ncontent = ["a"]', "kind must be one of"),
        ('kind = "direct"\nspeaker = ["Roe"]\ncontent = ["Lee won"]', "“Roe” does not stand in the text"),
        ('kind = "direct"\nspeaker = []\ncontent = ["e"]', "stands 2 times"),
        ('kind = "direct"\nspeaker = []\ncontent = ["Lee won"]\nto = ["Lee"]', "unknown keys to"),
        ('kind = "direct"\nspeaker = []\ncontent = ["Lee won"]\ncue = "said"', "cue “said”"),
    ],
)
def test_a_faulty_annotation_names_passage_and_statement(tmp_path: Path, row: str, complaint: str) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(f'[[passage]]\nid = "one"\ntext = "Lee won"\n[[passage.statement]]\n{row}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"odd\.toml: one: statement 1") as caught:
        list(passages(file))
    assert complaint in str(caught.value)


FLOORS = {
    "our development passages": (87.0, 98.0, 87.0, 95.0, 80.0, 86.0),
    "our held-out passages": (87.0, 99.0, 83.0, 91.0, 70.0, 82.0),
}
"""Speaker and content of direct statements, of indirect ones, addressee, chain; they only rise."""


def test_who_said_what_stays_above_its_floors() -> None:
    found = list(score.rows(None))
    for name, floors in FLOORS.items():
        values = [(row.measure, row.value) for row in found if row.data == name]
        assert len(values) == len(floors)
        low = [(measure, value, floor) for (measure, value), floor in zip(values, floors, strict=True) if value < floor]
        assert not low


def test_the_passages_are_many_and_each_is_told_once() -> None:
    every = [one for file in sorted(HERE.glob("*.toml")) for one in passages(file)]
    assert len(every) >= 40 and len({one.id for one in every}) == len(every)
    assert sum(len(one.said) for one in passages(HERE / "held_out.toml")) >= 100


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("the weekly newspaper Rannik", "rannik"),
        ("The newspaper De Klok", "de klok"),
        ("Needle magazine", "needle"),
        ("a nurse at the clinic", "a nurse at the clinic"),
        ("Ann Lee", "ann lee"),
    ],
)
def test_a_word_of_class_is_no_part_of_a_name(name: str, bare: str) -> None:
    assert score._unclassed(name) == bare
