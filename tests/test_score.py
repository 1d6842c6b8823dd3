"""Scores on public development data, against floors that only rise; skipped where the data is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language.train.treebank import Sentence, read_conllu
from kg.records import Event, Span
from kg.score import Row, entities, factuality, scorecard, trees, triples

DATA = Path(os.environ.get("KG_DATA") or Path(__file__).parents[2] / "shared" / "data")


@pytest.mark.skipif(not (DATA / "oie" / "benchie").is_dir(), reason="BenchIE is not there; set KG_DATA to its folder")
def test_open_triples_stay_above_their_floor() -> None:
    found = triples.score(DATA)
    assert found["f1"] >= 0.47
    assert found["p"] >= 0.54


@pytest.mark.skipif(not (DATA / "meantime").is_dir(), reason="MEANTIME is not there; set KG_DATA to its folder")
def test_stance_stays_above_its_floor() -> None:
    found = {row.measure: row.value for row in factuality.rows(DATA)}
    assert found["events matched"] >= 39.0
    assert found["polarity"] >= 99.0
    assert found["certainty"] >= 93.0
    assert found["time"] >= 92.0
    assert found["tense"] >= 88.0


MEANTIME = """<Document>
<token t_id="1" sentence="0">Acme</token><token t_id="2" sentence="0">has</token>
<token t_id="3" sentence="0">sold</token><token t_id="4" sentence="1">Bolt</token>
<token t_id="5" sentence="6">left</token>
<Markables>
<EVENT_MENTION polarity="POS" certainty="UNDERSPECIFIED" time="NON_FUTURE" tense="PRESENT" aspect="PERFECTIVE">
<token_anchor t_id="3"/></EVENT_MENTION>
<EVENT_MENTION polarity="NEG" certainty="CERTAIN" time="NON_FUTURE" tense="NONE">
<token_anchor t_id="5"/></EVENT_MENTION>
<EVENT_MENTION polarity="NEG" certainty="CERTAIN" time="FUTURE" tense="NONE"><token_anchor t_id="4"/></EVENT_MENTION>
</Markables></Document>"""


def test_meantime_is_read_up_to_its_last_annotated_sentence(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text(MEANTIME, encoding="utf-8")
    sentences, gold = factuality.read(tmp_path / "one.xml")
    assert sentences == [["Acme", "has", "sold"], ["Bolt"]]
    assert [mention.words for mention in gold] == [(2,), (3,)]
    assert gold[0].right == {"polarity": {"+"}, "time": {"not future"}, "tense": {"past"}}
    assert gold[1].right["tense"] == {"future"}


def test_a_mention_is_matched_by_its_word_and_judged_where_it_was_answered() -> None:
    gold = [factuality.Gold((1, 2), {"polarity": frozenset("-"), "tense": frozenset({"past", "present"})})]
    event = Event("kg:Sale", Span(0, 4), (), polarity="-", tense="future")
    (pair,) = factuality.matched(gold, {2: event, 7: event})
    rows = {row.measure: row.value for row in factuality.compare([pair], "hand")}
    assert rows == {"polarity": 100.0, "polarity, always +": 0.0, "tense": 0.0, "tense, always past": 100.0}
    assert factuality.happened(event) == -1.0


def test_a_fact_is_hit_by_any_of_its_forms_and_a_word_too_many_is_wrong() -> None:
    gold = triples.facts(["sent_id:1\tShe runs Acme .", "1--> Cluster 1:", "She --> runs --> [the] Acme [firm]"])
    right, wrong = ("She", "runs", "Acme firm"), ("She", "runs", "big Acme")
    assert triples.compare(gold, {1: [right]})["f1"] == 1.0
    assert triples.compare(gold, {1: [wrong]})["f1"] == 0.0
    assert triples.compare(gold, {1: [right, right]})["p"] == 1.0


TREEBANK = """# newdoc id = hand
# sent_id = hand-1
# newpar
# text = Ada can't go.
1\tAda\tAda\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = hand-2
# text = It rained.
1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\trained\train\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""


def by_heart(document: list[Sentence], *, cut: str = "") -> Language:
    """A pipeline that knows a document by heart; a word given as `cut` is cut in two."""
    nlp = spacy.blank("en")
    rows = [(sentence, n) for sentence in document for n in range(len(sentence.words))]
    if cut:
        nlp.tokenizer.add_special_case(cut, [{"ORTH": cut[:1]}, {"ORTH": cut[1:]}])  # type: ignore[union-attr]
        rows.insert(0, rows[0])

    @Language.component(f"by_heart{cut}")
    def write(doc: Doc) -> Doc:
        starts = [n == 0 and (at == 0 or rows[at - 1] != (one, n)) for at, (one, n) in enumerate(rows)]
        base = [max(at for at in range(here + 1) if starts[at]) for here in range(len(rows))]
        heads = [base[at] + one.heads[n] - 1 if one.heads[n] else at for at, (one, n) in enumerate(rows)]
        return Doc(
            doc.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc],
            pos=[one.upos[n] for one, n in rows], tags=[one.xpos[n] for one, n in rows],
            deps=[one.labels[n] for one, n in rows], lemmas=[one.lemmas[n] for one, n in rows], heads=heads,
        )  # fmt: skip

    nlp.add_pipe(f"by_heart{cut}")
    return nlp


@pytest.fixture
def document(tmp_path: Path) -> list[Sentence]:
    """The two sentences above."""
    (tmp_path / "hand.conllu").write_text(TREEBANK, encoding="utf-8")
    (found,) = read_conllu(tmp_path / "hand.conllu")
    return found


def test_what_is_all_right_scores_all(document: list[Sentence]) -> None:
    nlp = by_heart(document)
    assert {row.value for row in trees.gold_words(nlp, [document], "hand")} == {100.0}
    assert {row.value for row in trees.raw_text(nlp, [document], "hand")} == {100.0}


def test_a_word_cut_otherwise_is_wrong_in_every_measure(document: list[Sentence]) -> None:
    found = {row.measure: row.value for row in trees.raw_text(by_heart(document, cut="Ada"), [document], "hand")}
    assert found["words"] < 100
    assert found["LAS"] < found["words"]


def test_names_are_counted_by_kind_and_by_span() -> None:
    gold = {(0, 1, "PER"), (3, 5, "ORG"), (7, 8, "LOC")}
    found = {(0, 1, "PER"), (3, 5, "LOC"), (9, 10, "LOC")}
    rows = {row.measure: round(row.value, 1) for row in entities.rows([(gold, found)], "hand")}
    assert rows["name precision"] == rows["name recall"] == rows["name F1 all"] == 33.3
    assert rows["name F1 PER"] == 100.0
    assert rows["name F1 span"] == 66.7


def test_a_target_is_reached_at_its_own_decimals() -> None:
    assert Row("", "", 90.96, target=91.0).met
    assert not Row("", "", 90.94, target=91.0).met
    assert Row("", "", 50.0).met is None


def test_a_scorecard_of_no_data_is_empty(tmp_path: Path) -> None:
    assert list(scorecard(tmp_path)) == []
