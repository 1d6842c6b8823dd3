"""The scorers of coreference: the measures on the worked examples of their papers, and the readers on made-up data."""

from __future__ import annotations

import os
import random
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.records import Article, Entity, Extraction, Mention, Span, Time
from kg.score import coreference, cross_document, fit_coreference, gap, ontogum
from kg.score.coref_metrics import Cluster, Ratio, b_cubed, best_assignment, ceaf, clusters, muc, scores

DATA = Path(os.environ.get("KG_DATA") or Path(__file__).parents[2] / "shared" / "data")
FLOORS = {
    ("coreference, OntoGUM dev", "CoNLL F1"): 55.5,
    ("coreference, OntoGUM dev, news", "CoNLL F1"): 58.5,
    ("pronouns, GAP development", "F1"): 69.3,  # of its first 300 examples; of all 67.9
    ("entities across articles, MEANTIME", "CoNLL F1"): 49.5,
    ("entities across articles, MEANTIME", "B³ F1"): 46.5,
    ("entities across articles, MEANTIME, shared", "CoNLL F1"): 73.0,
    ("entities across articles, MEANTIME, shared", "B³ F1"): 77.5,
}


def of(*words: str) -> list[Cluster]:
    return [frozenset(word) for word in words]


def rounded(found: Ratio) -> tuple[float, float]:
    return round(found.precision, 1), round(found.recall, 1)


def test_the_example_of_pradhan_and_others() -> None:
    key, response = of("abc", "defg"), of("ab", "cd", "fghi")
    assert rounded(muc(key, response)) == (40.0, 40.0)
    assert rounded(b_cubed(key, response)) == (50.0, 41.7)
    assert rounded(ceaf(key, response)) == (43.3, 65.0)
    assert scores([(key, response)]).conll == pytest.approx((40.0 + 45.45454 + 52.0) / 3, abs=1e-3)


def test_the_examples_of_vilain_and_others() -> None:
    assert rounded(muc(of("abcd"), of("ab", "cd"))) == (100.0, 66.7)
    assert rounded(muc(of("ab", "cd"), of("abcd"))) == (66.7, 100.0)
    assert rounded(muc(of("abcd"), of("abcd"))) == (100.0, 100.0)
    assert rounded(muc(of("ab", "cde"), of("abd"))) == (50.0, 33.3)


def test_the_examples_of_bagga_and_baldwin() -> None:
    key = of("12345", "67", "89ABC")
    small, large = of("12345", "6789ABC"), of("1234589ABC", "67")
    assert rounded(b_cubed(key, small)) == (76.2, 100.0)
    assert rounded(b_cubed(key, large)) == (58.3, 100.0)
    assert rounded(muc(key, small)) == rounded(muc(key, large)) == (90.0, 100.0)


def test_the_examples_of_luo() -> None:
    key = of("12345", "67", "89ABC")
    assert ceaf(key, of("12345", "6789ABC")).precision == pytest.approx(100 * (1 + 10 / 12) / 2)
    assert ceaf(key, of("123456789ABC")).recall == pytest.approx(100 * (10 / 17) / 3)
    everything_alone = of(*"123456789ABC")
    assert rounded(muc(key, everything_alone)) == (0.0, 0.0)


def test_the_assignment_is_the_best_one() -> None:
    numbers = random.Random(7)
    for _ in range(60):
        rows, columns = numbers.randint(1, 5), numbers.randint(1, 5)
        table = np.array([[numbers.choice([0.0, numbers.random()]) for _ in range(columns)] for _ in range(rows)])
        wide = table if rows <= columns else table.T
        ways = permutations(range(wide.shape[1]), wide.shape[0])
        assert best_assignment(table) == pytest.approx(max(sum(wide[i, j] for i, j in enumerate(way)) for way in ways))


def test_documents_are_added_before_they_are_divided() -> None:
    one, other = (of("ab"), of("ab")), (of("cdef"), of("cd"))
    assert rounded(scores([one, other]).muc) == (100.0, 50.0)
    assert scores([]).conll == 0.0


CONLLU = """# newdoc id = GUM_news_made
# newpar
# text = Ann Lee's firm didn't pay.
1\tAnn\tAnn\tPROPN\tNNP\t_\t4\tnmod:poss\t_\tEntity=(2(1
2-3\tLee's\t_\t_\t_\t_\t_\t_\t_\t_
2\tLee\tLee\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\t's\t's\tPART\tPOS\t_\t1\tcase\t_\tEntity=1)
4\tfirm\tfirm\tNOUN\tNN\t_\t7\tnsubj\t_\tEntity=2)
5-6\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
5\tdid\tdo\tAUX\tVBD\t_\t7\taux\t_\t_
6\tn't\tnot\tPART\tRB\t_\t7\tadvmod\t_\t_
7\tpay\tpay\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t7\tpunct\t_\t_

# newpar
# text = It owes her.
1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(2)
2\towes\towe\tVERB\tVBZ\t_\t0\troot\t_\t_
3\ther\tshe\tPRON\tPRP\t_\t2\tobj\t_\tEntity=(1)|SpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""


def test_a_document_of_ontogum_is_read_as_it_would_stand_in_print(tmp_path: Path) -> None:
    (tmp_path / "GUM_news_made.conllu").write_text(CONLLU, encoding="utf-8")
    found = ontogum.read(tmp_path / "GUM_news_made.conllu")
    assert found.text == "Ann Lee's firm didn't pay.\n\nIt owes her. "
    assert found.genre == "news"
    assert [found.text[slice(*word)] for word in found.words][:7] == ["Ann", "Lee", "'s", "firm", "did", "n't", "pay"]
    assert set(found.clusters) == {frozenset({(0, 3), (10, 11)}), frozenset({(0, 4), (8, 9)})}
    assert found.place(8, 14) == (2, 4)


def test_the_parts_of_gum_are_read_from_its_list(tmp_path: Path) -> None:
    listed = tmp_path / ontogum.SPLITS
    listed.parent.mkdir(parents=True)
    text = "# Splits\n\n## dev\n\n  * GUM_news_a\n  * GUM_bio_b\n\n## test\n\n  * GUM_bio_c\n"
    listed.write_text(text, encoding="utf-8")
    assert ontogum.split(tmp_path, "dev") == ["GUM_news_a", "GUM_bio_b"]
    assert list(ontogum.documents(tmp_path, "dev")) == []


def doc() -> Doc:
    words = "The owner of the firm , which failed and Bolt met her in 2020 Bolt left in 2020"
    relations = "det nsubj case det nmod punct nsubj acl:relcl cc conj root obj case obl nsubj conj case obl"
    heads = [1, 10, 4, 4, 1, 7, 7, 4, 10, 10, 10, 10, 13, 10, 15, 10, 17, 15]
    return Doc(spacy.blank("en").vocab, words=words.split(), heads=heads, deps=relations.split())


def record(made: Doc) -> Extraction:
    def mention(word: int, form: str, entity: int) -> Mention:
        token = made[word]
        span = Span(token.idx, token.idx + len(token))
        return Mention(*span, span, "Person", form, entity)  # type: ignore[arg-type]

    spans = [(made[i].idx, made[i].idx + len(made[i])) for i in (13, 17)]
    return Extraction(
        Article.of(made.text),
        mentions=(
            mention(1, "nominal", 0), mention(4, "nominal", 1), mention(9, "name", 2), mention(11, "pronoun", 0),
            mention(14, "name", 2),
        ),
        entities=(Entity("owner", "Person"), Entity("firm", "Organization"), Entity("Bolt", "Person")),
        times=tuple(Time(*span, "DATE", "2020") for span in spans),
    )  # fmt: skip


def test_a_mention_has_the_whole_phrase_that_our_tree_gives_it() -> None:
    made = doc()
    words = tuple(Span(token.idx, token.idx + len(token)) for token in made)
    document = ontogum.Document("GUM_news_made", made.text, words, ())
    found = ontogum.response(document, made, record(made))
    assert set(found) == {
        frozenset({(0, 8), (11, 12)}), frozenset({(9, 10), (14, 15)}),
    }  # fmt: skip
    assert ontogum.names_only(document, made, record(made)) == [frozenset({(9, 10), (14, 15)})]


def test_gap_counts_a_pair_where_the_chain_names_it(tmp_path: Path) -> None:
    text = "Bolt met Ann. She left."
    line = "\t".join(("x-1", text, "She", "14", "Bolt", "0", "FALSE", "Ann", "9", "TRUE", "http://x"))
    header = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
    path = tmp_path / "gap" / "gap-validation.tsv"
    path.parent.mkdir()
    path.write_text(f"{header}\n{line}\n", encoding="utf-8")
    (example,) = gap.read(tmp_path, "validation")
    assert (example.feminine, example.right) == (True, (False, True))
    spans = [("name", Span(0, 4), 0), ("name", Span(9, 12), 1), ("pronoun", Span(14, 17), 1)]
    mentions = tuple(Mention(*span, span, "Person", form, entity) for form, span, entity in spans)  # type: ignore[arg-type]
    linked = Extraction(Article.of(text), mentions=mentions)
    assert gap.answer(example, linked) == (False, True) == gap.nearest(example, linked)
    assert gap.figures([(example, (True, True))])["F1"] == pytest.approx(200 / 3)
    assert gap.figures([(example, (False, True))])["F1 feminine"] == 100.0


XML = """<Document doc_name="one">
<token t_id="1" sentence="0">Acme</token><token t_id="2" sentence="0">hired</token>
<token t_id="3" sentence="0">her</token><token t_id="4" sentence="1">Acme</token>
<token t_id="5" sentence="1">paid</token><token t_id="6" sentence="9">Acme</token>
<Markables>
<ENTITY_MENTION m_id="1"><token_anchor t_id="1"/></ENTITY_MENTION>
<ENTITY_MENTION m_id="2"><token_anchor t_id="3"/></ENTITY_MENTION>
<ENTITY_MENTION m_id="3"><token_anchor t_id="4"/></ENTITY_MENTION>
<ENTITY_MENTION m_id="4"><token_anchor t_id="6"/></ENTITY_MENTION>
<ENTITY m_id="9" instance_id="ORG1"/></Markables><Relations>
<REFERS_TO><source m_id="1"/><source m_id="3"/><target m_id="9"/></REFERS_TO>
</Relations></Document>"""


def test_meantime_is_read_with_what_its_mentions_are_across_articles(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text(XML, encoding="utf-8")
    gold = cross_document.read(tmp_path / "one.xml")
    assert gold.sentences == (("Acme", "hired", "her"), ("Acme", "paid"), ("Acme",))
    assert gold.mentions == (((0,), "ORG1"), ((3,), "ORG1"))
    made = Doc(spacy.blank("en").vocab, words=[w for s in gold.sentences for w in s], heads=[1, 1, 1, 4, 4, 4],
               deps=["nsubj", "ROOT", "obj", "nsubj", "ROOT", "obj"])  # fmt: skip
    spans = [Span(made[i].idx, made[i].idx + len(made[i])) for i in (0, 3, 5)]
    mentions = tuple(Mention(*span, span, "Organization", "name", 0) for span in spans)
    acme = Entity("Acme", "Organization", key="acme")
    linked = Extraction(Article.of(made.text), mentions=mentions, entities=(acme,))
    for match in ("head", "exact"):
        key, response = cross_document.pair([(gold, made, linked)], match)  # type: ignore[arg-type]
        assert key == response == [frozenset({("one", "theirs", 0, 1), ("one", "theirs", 3, 4)})]


def test_clusters_of_one_mention_are_kept_where_asked() -> None:
    assert clusters([("a", 1), ("b", 2)], singletons=True) == of("a", "b")
    assert clusters([("a", 1), ("b", 2)]) == []


@pytest.mark.skipif(not (DATA / "gum_open" / "coref").is_dir(), reason="no OntoGUM; set KG_DATA to its folder")
def test_coreference_stays_above_its_floors() -> None:
    found = {(row.data, row.measure): row.value for row in coreference.rows(DATA, most=300)}
    for place, floor in FLOORS.items():
        assert found[place] >= floor, place
        assert found[place] > found.get((place[0], f"plain, {place[1]}"), 0.0), place


def test_gender_alone_tells_who_is_meant_and_is_then_hidden() -> None:
    text = "Helen Marsh met Paul Dunn. He left."
    spans = [Span(0, 11), Span(16, 25), Span(27, 29)]
    forms = [("name", "nsubj", 0), ("name", "obj", 0), ("pronoun", "nsubj", 1)]
    mentions = tuple(
        Mention(
            *span, span, "Person", form, n, sentence, relation=relation,  # type: ignore[arg-type]
            gender="m" if form == "pronoun" else None,
        )
        for n, (span, (form, relation, sentence)) in enumerate(zip(spans, forms, strict=True))
    )
    entities = tuple(Entity(text[slice(*span)], "Person") for span in spans)
    (told,) = fit_coreference.told_by_gender(Extraction(Article.of(text), mentions=mentions, entities=entities), None)
    names = [chain.names[0].text for chain in told.question.candidates]
    assert dict(zip(names, told.right, strict=False)) == {"Helen Marsh": False, "Paul Dunn": True}
    assert not any(clue.startswith(("name ", "said ", "rule ")) for clues in told.question.clues for clue in clues)
    weights = fit_coreference.fit([told] * 8)["he"]
    chances = weights.chances(told.question)
    assert max(zip(chances, told.right, strict=True))[1]
