"""How a graph grows: copies of records, what one more article costs, and that the order changes nothing."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import kg
from kg.read import articles
from kg.records import Article, Extraction
from kg.score.growth import growth, read_all
from kg.score.orders import orders
from kg.score.resample import copied, copies
from kg.score.throughput import write

SAMPLES = Path(kg.__file__).parent / "samples"


def _samples() -> list[Article]:
    return list(articles([SAMPLES], on_error=lambda finding: None))


def _records() -> list[Extraction]:
    return [record for record, _ in read_all(_samples()[:2])]


def test_a_copy_has_other_names_and_the_same_places() -> None:
    record = _records()[0]
    copy = copied(record, 3)
    assert copy.article.id != record.article.id and len(copy.article.text) == len(record.article.text)
    assert [tuple(mention.head) for mention in copy.mentions] == [tuple(mention.head) for mention in record.mentions]
    assert record.article.date and copy.article.date == record.article.date + datetime.timedelta(days=3)
    old, new = ({entity.name for entity in one.entities} for one in (record, copy))
    assert new - old and copied(record, 3) == copy != copied(record, 4)


def test_what_is_usual_stays_in_all_copies() -> None:
    record = _records()[0]
    usual = {word for entity in record.entities for word in re.findall(r"\w+", entity.name)}
    kept = copied(record, 2, usual)
    assert {entity.name for entity in kept.entities} == {entity.name for entity in record.entities}


def test_the_first_copies_are_the_records() -> None:
    records = _records()
    made = list(copies(records, 5))
    assert made[:2] == records and len({record.article.id for record in made}) == 5


def test_no_order_and_no_detour_changes_a_byte() -> None:
    found = orders(list(copies(_records(), 6)))
    whole, half = found["as given"], found["half removed"]
    assert whole == found["reversed"] == found["shuffled"] == found["half removed and added again"]
    assert half == found["the other half alone"] != whole


def test_what_one_more_article_costs_is_told_for_each_size() -> None:
    small, large = growth(_samples()[:2], [2, 4])
    assert (small.articles, large.articles) == (2, 4)
    assert small.read > 0 and small.alone > 0 and small.written >= 1 and large.ratio > 0


def test_nodes_are_drawn_by_their_names_and_descriptions() -> None:
    from kg.score.sample_nodes import drawn, nodes

    found = nodes([record for record, _ in read_all(_samples())])
    keys = drawn(found, count=100, seed=1)
    assert "quillmark-robotics" in keys and keys != sorted(keys) and keys == drawn(found, count=100, seed=1)
    assert set(drawn(found, count=100, seed=1, names=True)) < set(keys)
    assert {place.form for place in found["quillmark-robotics"]} == {"name", "nominal"}


def test_the_articles_of_a_bench_are_read_as_they_were_written(tmp_path: Path) -> None:
    given = [record.article for record in _records()]
    write(given, target := tmp_path / "articles.jsonl")
    found = list(articles([target], on_error=lambda finding: None))
    assert [(one.id, one.text, one.title) for one in found] == [(one.id, one.text, one.title) for one in given]
