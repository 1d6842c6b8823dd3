"""What holds of every article, however odd: indices stay valid, linking settles, articles do not touch each other."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings, strategies as st

from kg.records import Extraction, Reference, Span, Statement
from kg.resolve import explained, keys, link, resolve

WORDS = st.sampled_from(
    ["Ada Brook", "Brook", "Mr. Brook", "Ada", "Tom Brook", "Acme", "Acme Tea", "Acme Inc.", "AT",
    "the company", "a man",
     "The man", "the airline", "he", "She", "it", "they", "who", "I", "we", "U.S.", "America", "tea", "’s", "-", "Ltd."]
)  # fmt: skip
FLAGS = st.tuples(
    st.sampled_from(["Person", "Organization", "Place", "Product", "Group", "Concept", "Other"]),
    st.sampled_from(["name", "nominal", "pronoun"]),
    st.sampled_from(["subject", "object", "other"]),
    st.sampled_from(["", "plural", "generic"]),
)
MARKS = st.builds(lambda words, flags: f"[[{words}|{' '.join(flags).strip()}]]", WORDS, FLAGS)
SENTENCES = st.lists(st.lists(MARKS, min_size=1, max_size=4).map(" met ".join), min_size=1, max_size=5)
ARTICLES = SENTENCES.map("\n".join)
UNHEALTHY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]  # as on a busy machine
quick = settings(max_examples=60, deadline=None, suppress_health_check=UNHEALTHY)


def _with_statement(extraction: Extraction) -> Extraction:
    first, last = extraction.mentions[0], extraction.mentions[-1]
    speaker = Reference(first.start, first.end, first.entity)
    via = Reference(0, len(extraction.article.text), last.entity)
    content = (Span(first.end, last.end),)
    return _put(extraction, Statement(speaker, None, content, "direct", via=via))


def _put(extraction: Extraction, statement: Statement) -> Extraction:
    from dataclasses import replace

    return replace(extraction, statements=(statement,))


@quick
@given(text=ARTICLES)
def test_indices_are_valid_and_every_entity_is_mentioned(hand, text):
    extraction = _with_statement(hand.marked(text))
    linked, decisions = explained(extraction)
    assert {mention.entity for mention in linked.mentions} == set(range(len(linked.entities)))
    assert [d.entity for d in decisions] == [m.entity for m in linked.mentions]
    assert all(0 <= d.score <= 1 and d.reason for d in decisions)
    for statement in linked.statements:
        for reference in (statement.speaker, statement.via):
            assert reference is not None and reference.entity is not None
            assert 0 <= reference.entity < len(linked.entities)
    assert len(linked.mentions) == len(extraction.mentions)


@quick
@given(text=ARTICLES)
def test_linking_twice_changes_nothing(hand, text):
    linked = keys(link(_with_statement(hand.marked(text))))
    assert keys(link(linked)) == linked


@quick
@given(texts=st.lists(ARTICLES, min_size=1, max_size=4))
def test_the_order_of_articles_changes_nothing(hand, texts):
    # Marks are no part of an article: of two texts that differ in marks alone, one is taken.
    extractions = list({found.article.id: found for found in map(hand.marked, texts)}.values())
    assert list(resolve(reversed(extractions))) == list(resolve(extractions))[::-1]


@quick
@given(text=ARTICLES)
def test_keys_tell_all_unnamed_entities_apart(hand, text):
    extraction = keys(link(hand.marked(text)))
    unnamed = [entity.key for entity in extraction.entities if entity.unnamed]
    assert len(unnamed) == len(set(unnamed))
    assert all(entity.key and entity.key == entity.key.strip("-") for entity in extraction.entities)


def test_nothing_gives_nothing():
    assert list(resolve([])) == []


def test_an_entity_that_only_a_statement_knows_stays(hand):
    from dataclasses import replace

    from kg.records import Entity

    extraction = hand.marked("[[Acme|Organization]] grew, says Orlo.")
    extraction = replace(extraction, entities=(Entity("Orlo", "Organization"), *extraction.entities))
    mentions = tuple(replace(mention, entity=1) for mention in extraction.mentions)
    extraction = _put(replace(extraction, mentions=mentions), Statement(Reference(17, 21, 0), None, (), "indirect"))
    linked = keys(link(extraction))
    assert [entity.key for entity in linked.entities] == ["acme", "orlo"]
    speaker = linked.statements[0].speaker
    assert speaker is not None and speaker.entity == 1
