"""Scores on public development data, against floors that only rise; skipped where the data is not there."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language.train.treebank import Sentence, read_conllu
from kg.records import Argument, Article, Event, Extraction, Proposition, Relation, Span, Statement, Time
from kg.score import OWN, PARTS, Row, carb, entities, factuality, recognizers, sample, scorecard, times, trees, triples

DATA = Path(os.environ.get("KG_DATA") or Path(__file__).parents[2] / "shared" / "data")


@pytest.mark.skipif(not (DATA / "oie" / "benchie").is_dir(), reason="BenchIE is not there; set KG_DATA to its folder")
def test_open_triples_stay_above_their_floor() -> None:
    found = triples.score(DATA)
    assert found["benchie"]["f1"] >= 0.49
    assert found["benchie"]["p"] >= 0.6
    if (DATA / "oie" / "benchie_fl").is_dir():
        assert found["benchie_fl"]["f1"] >= 0.3


@pytest.mark.skipif(not (DATA / "oie" / "benchie").is_dir(), reason="BenchIE is not there; set KG_DATA to its folder")
def test_other_systems_have_their_published_figures() -> None:
    found = triples.peers(DATA / "oie" / "benchie")
    assert found["ClausIE"] == {"p": 0.557, "r": 0.258, "f1": 0.353}
    assert found["MinIE"]["f1"] == 0.349


@pytest.mark.skipif(not (DATA / "oie" / "carb").is_dir(), reason="CaRB is not there; set KG_DATA to its folder")
def test_words_of_open_triples_stay_above_their_floor() -> None:
    assert carb.score(DATA).f1 >= 0.45


@pytest.mark.skipif(not (DATA / "oie" / "carb").is_dir(), reason="CaRB is not there; set KG_DATA to its folder")
def test_the_measure_of_words_gives_a_known_system_what_it_is_known_for() -> None:
    found = carb.peer(DATA)
    assert (round(found.f1, 3), round(found.auc, 3)) == (0.458, 0.240)


@pytest.mark.skipif(not (DATA / "meantime").is_dir(), reason="MEANTIME is not there; set KG_DATA to its folder")
def test_stance_stays_above_its_floor() -> None:
    found = {row.measure: row.value for row in factuality.rows(DATA)}
    assert found["events matched"] >= 45.0
    assert found["polarity"] >= 98.5
    assert found["certainty"] >= 93.0
    assert found["time"] >= 87.5
    assert found["tense"] >= 85.0
    # Nouns that tell events are harder, and more of them are found: what rises is the share of all that is right.
    assert found["events matched"] * found["certainty"] >= 4250
    assert found["events matched"] * found["time"] >= 4000


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


@pytest.mark.skipif(not (DATA / "recognizers_datetime").is_dir(), reason="no specifications; set KG_DATA")
def test_specified_dates_stay_above_their_floor() -> None:
    figures = times.score(DATA)
    found, wide = figures["recognizers"], figures["recognizers, wide"]
    assert found["recall"]["dates"] >= 0.895
    assert found["recall"]["all"] >= 0.84
    assert found["gold"]["dates"] >= 461  # what is left out is not what is missed
    assert sum(found["left_out"].values()) + found["gold"]["all"] == 1047
    assert wide["recall"]["all"] >= 0.855
    assert wide["recall"]["all with two ends"] >= 0.82
    assert min(wide["recall"][kind] for kind in recognizers.WIDE) >= 0.83  # no kind is carried by the others
    assert wide["gold"]["all"] >= 953
    assert wide["gold"]["all with two ends"] >= 1203
    assert sum(wide["left_out"].values()) <= 67


SPECIFIED = """[{"Input": "It ran for 3h.", "Context": {"ReferenceDateTime": "2020-05-05T10:00:00"}, "Results": [
{"Text": "3h", "Type": "duration", "Value": {"Timex": "PT3H", "FutureResolution": {"duration": "10800"}},
"Start": 11, "Length": 2}]},
{"Input": "A run of 3h was it, or 3H.", "Context": {"ReferenceDateTime": "2020-05-05T10:00:00"}, "Results": [
{"Text": "3h", "Type": "duration", "Value": {"Timex": "PT3H", "FutureResolution": {"duration": "10800"}},
"Start": 9, "Length": 2}]},
{"Input": "It ran in May.", "Context": {"ReferenceDateTime": "2020-05-05T10:00:00"}, "Results": [
{"Text": "May", "Type": "daterange", "Value": {"Timex": "XXXX-05",
"FutureResolution": {"startDate": "2021-05-01", "endDate": "2021-06-01"},
"PastResolution": {"startDate": "2020-05-01", "endDate": "2020-06-01"}}, "Start": 10, "Length": 3}]},
{"Input": "It ran on Feb 30.", "Context": {"ReferenceDateTime": "2020-05-05T10:00:00"}, "Results": [
{"Text": "Feb 30", "Type": "date", "Value": {"Timex": "XXXX-02-30", "FutureResolution": {"date": "0001-01-01"}},
"Start": 10, "Length": 6}]}]"""


def test_an_expression_is_counted_once_and_right_in_all_of_its_sentences(tmp_path: Path) -> None:
    (tmp_path / "DateParser.json").write_text(SPECIFIED, encoding="utf-8")
    hour, may = Time(9, 13, "DURATION", "PT3H"), Time(10, 13, "DATE", "2020-05")
    found = recognizers.wide(tmp_path, lambda text, date: [hour] if "3h" in text else [may])
    assert found["gold"] == {"duration": 1, "daterange": 1, "all": 2, "all with two ends": 2}
    assert set(found["recall"].values()) == {1.0}
    assert found["left_out"] == {"no day": 1}
    once = recognizers.wide(tmp_path, lambda text, date: [hour] if text.startswith("It ran for") else [])
    assert set(once["recall"].values()) == {0.0}


def test_a_range_is_found_by_both_of_its_ends_or_its_length() -> None:
    reading = {"timex": "(2020-05-03,2020-05-09,P6D)", "start": "2020-05-03", "end": "2020-05-09"}
    spec = recognizers.Spec("from May 3 to May 8", 0, 19, "daterange", (reading,), "")
    first, last, wrong = (
        Time(place, place + 5, "DATE", f"2020-05-0{day}") for place, day in ((5, 3), (14, 8), (14, 7))
    )
    assert recognizers.both_ends(spec, [first, last], None)
    assert not recognizers.both_ends(spec, [last, first], None)
    assert not recognizers.both_ends(spec, [first], None)
    assert not recognizers.both_ends(spec, [first, wrong], None)
    assert recognizers.both_ends(spec, [Time(5, 10, "DURATION", "P6D")], None)
    assert not recognizers.both_ends(spec, [Time(20, 25, "DURATION", "P6D")], None)


def test_a_doubt_is_one_of_the_result_and_not_of_a_program() -> None:
    day = ({"timex": "2016-01-01", "value": "2016-01-01"},)
    told = ("Known false positive needs to be supported in the future", "Java disabled due to issue in lookbehind.", "")
    specs = [recognizers.Spec("1/1/2016", 0, 8, "date", day, comment) for comment in told]
    assert [recognizers.difference(spec) for spec in specs] == ["doubted", None, None]


def test_every_weekend_is_a_set_of_weekends() -> None:
    spec = recognizers.Spec("every weekend", 0, 13, "set", ({"timex": "P1WE"},), "")
    assert recognizers.accepted(spec) == {"XXXX-WXX-WE"}


def test_a_convention_is_told_by_words_and_values() -> None:
    reading = {"timex": "(2016-11-08,2016-11-11,P3D)", "start": "2016-11-08", "end": "2016-11-11"}
    assert recognizers.difference(recognizers.Spec("next 3 days", 0, 11, "daterange", (reading,), "")) == "two points"
    decade = {"timex": "(1990-01-01,2000-01-01,P10Y)", "start": "1990-01-01", "end": "2000-01-01"}
    spec = recognizers.Spec("1990s", 0, 5, "daterange", (decade,), "")
    assert recognizers.difference(spec) is None
    assert recognizers.covers(spec, Time(0, 5, "DATE", "199"))
    assert not recognizers.covers(spec, Time(6, 9, "DATE", "199"))


def test_either_of_past_and_future_is_right_in_the_length_that_is_meant() -> None:
    days = tuple({"timex": "XXXX-WXX-5", "value": day} for day in ("2016-11-04", "2016-11-11"))
    friday = recognizers.Spec("Friday", 0, 6, "date", days, "")
    assert {"2016-11-04", "2016-11-11"} < recognizers.accepted(friday)
    weeks = recognizers.Spec("in 2 weeks", 0, 10, "date", ({"timex": "2018-04-06", "value": "2018-04-06"},), "")
    assert recognizers.accepted(weeks) == {"2018-04-06", "2018-W14"}


def test_a_fact_is_hit_by_any_of_its_forms_and_a_word_too_many_is_wrong() -> None:
    gold = triples.facts(["sent_id:1\tShe runs Acme .", "1--> Cluster 1:", "She --> runs --> [the] Acme [firm]"])
    right, wrong = ("She", "runs", "Acme firm"), ("She", "runs", "big Acme")
    assert triples.compare(gold, {1: [right]})["f1"] == 1.0
    assert triples.compare(gold, {1: [wrong]})["f1"] == 0.0
    assert triples.compare(gold, {1: [right, right]})["p"] == 1.0


def test_a_form_may_stand_above_all_cluster_lines_and_name_its_source() -> None:
    lines = ["sent_id:1\tShe runs Acme .", "She --> runs --> Acme {attribution: he said}", "1--> Cluster 1:"]
    gold = triples.facts(lines)
    assert [len(fact) for fact in gold[1]] == [1, 0]
    assert triples.compare(gold, {1: [("She", "runs", "Acme", 0.9)]})["p"] == 1.0


def test_a_set_without_data_has_no_rows(tmp_path: Path) -> None:
    assert list(triples.rows(tmp_path)) == list(carb.rows(tmp_path)) == []


def told(sentence: str, *facts: tuple[str, ...]) -> dict[str, list[carb.Told]]:
    """Gold tuples of a sentence, relation first."""
    return carb.tuples("\t".join((sentence, *fact)) for fact in facts)


def test_words_count_only_under_a_relation_that_shares_one() -> None:
    gold = told("Ada ran Acme .", ("ran", "Ada", "Acme"))
    assert carb.compare(gold, {"AdaranAcme": [carb.told(("Ada", "led", "Acme"))]}).f1 == 0.0
    assert carb.compare(gold, {"AdaranAcme": [carb.told(("Ada", "ran", "Acme"))]}).f1 == 1.0


def test_a_gold_tuple_has_one_partner_but_a_found_one_covers_many() -> None:
    gold = told("Ada ran Acme in Rome .", ("ran", "Ada", "Acme"), ("ran", "Ada", "Acme", "in Rome"))
    once = [carb.told(("Ada", "ran", "Acme"))]
    found = carb.compare(gold, {"AdaranAcmeinRome": once})
    assert (found.p, found.r) == (1.0, (1 + 3 / 5) / 2)
    assert carb.compare(gold, {"AdaranAcmeinRome": once * 4}).p == 0.5


def test_what_is_said_and_who_says_it_may_change_places() -> None:
    gold = told("Ada said yes .", ("said", "yes", "Ada"))
    assert carb.compare(gold, {"Adasaidyes": [carb.told(("Ada", "said", "yes"))]}).f1 == 1.0


def test_the_best_threshold_leaves_out_what_is_wrong() -> None:
    gold = told("Ada ran Acme .", ("ran", "Ada", "Acme"))
    found = [carb.told(("Ada", "ran", "Acme", 0.9)), carb.told(("Rome", "ran", "Bolt", 0.2))]
    assert carb.compare(gold, {"AdaranAcme": found}) == carb.Figures(1.0, 1.0, 1.0, 1.0)
    assert carb.compare(gold, {"AdaranAcme": [one._replace(confidence=1.0) for one in found]}).p == 0.5


def test_the_output_of_openie_5_is_read_with_its_context() -> None:
    line = "0.5\tContext(He said,List([0, 7)))\tSimpleArgument(Ada,List([8, 11)))\tRelation(ran,List([12, 15)))\t"
    others = "SimpleArgument(Acme,List([16, 20))); TemporalArgument(in May,List([21, 27)))"
    lines = [f"{line}{others}\tHe said Ada ran Acme in May .", f"{line}\tHe said Ada ran ."]
    assert carb.openie5(lines) == {"HesaidAdaranAcmeinMay": [carb.Told("ran", ("He said Ada", "Acme", "in May"), 0.5)]}


def article(text: str) -> Extraction:
    """An extraction that has each word say each later one, in a statement that names no speaker."""
    starts = [(len(" ".join(text.split()[:n])) + (n > 0), word) for n, word in enumerate(text.split())]
    words = [Argument(word, (Span(start, start + len(word)),)) for start, word in starts]
    found = tuple(
        Proposition(one, Relation("says", "say"), other, 0, statement=0, rule="hand")
        for n, one in enumerate(words) for other in words[n + 1 :]
    )  # fmt: skip
    said = (Statement(None, None, (), "direct"),)
    return Extraction(Article.of(text), sentences=(Span(0, len(text)),), propositions=found, statements=said)


def test_a_draw_depends_on_its_seed_and_on_no_order() -> None:
    read = [(0, article("a b c d e f g")), (1, article("h i j k l m n"))]
    drawn = sample.draw(read, seed=1, count=20)
    turned = [(place, replace(one, propositions=one.propositions[::-1])) for place, one in reversed(read)]
    assert sample.draw(turned, seed=1, count=20) == drawn
    assert sample.draw(read, seed=1, count=5) == drawn[:5]
    assert sample.draw(read, seed=2, count=20) != drawn
    assert len({(one.subject, one.object) for one in drawn}) == 20
    assert {one.article for one in drawn} == {0, 1}
    assert len(sample.draw(read, seed=1, count=1000)) == 42


def test_a_drawn_proposition_is_one_line_that_no_text_can_break() -> None:
    (one,) = sample.draw([(7, article("Bolt\x1b[2J Ada"))], seed=1, count=1)
    assert len(one.cells()) == len(sample.HEAD)
    assert one.cells()[1:4] == ["7", "Bolt [2J Ada", "Bolt [2J | says (say) | Ada"]
    assert one.speaker == "?"


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
    assert list(scorecard(tmp_path, [part for part in PARTS if part not in OWN])) == []
