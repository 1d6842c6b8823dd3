"""Doc -> Extraction: all that one article says, from that article, the language model and the ontology alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.records import Article, Extraction, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Sentence

    from kg.extract.dates_grammar import TenseAt
    from kg.extract.parts import Reject
    from kg.extract.ranker import Ranker
    from kg.ontology import Ontology


def extraction(
    doc: Doc, ontology: Ontology, *, on_reject: Reject | None = None, ranker: Ranker | bool = True
) -> Extraction:
    """Read one parsed article into its record (before coreference: one entity per distinct name).

    ``doc`` comes from ``language.parse`` and carries its article in ``doc.user_data["article"]``. ``on_reject`` is told
    of each reading of a clause that was made and then dropped, with the reason (see ``trace``). ``ranker`` says which
    relations are told beyond those of frames, and how sure all are; False for none, True for the shipped one.
    """
    from kg.extract import (
        age, amounts, belonging, clause, dates, echo, frame, frame_fill, industry, life, nouns, parts, people,
        phrase, proposition, quotation, ranker as ranking, reading, relation, roles, speech, terms, tree_index,
    )  # fmt: skip

    known = tree_index.index(doc)
    article: Article = doc.user_data.get("article") or Article.of(known.text)
    kinds = nouns.kinds(ontology)
    lives = life.lives(doc)
    times = life.dated(dates.times(known.text, article.date, tense_at=_tense_at(doc)), lives)
    figures = amounts.amounts(doc, times=times)
    money = [Span(a.start, a.end) for a in figures if a.noun is None]
    mentions, entities = phrase.mentions(doc, nouns=kinds, taken=[*(Span(t.start, t.end) for t in times), *money])
    quotations = quotation.quotations(known.text)
    statements = speech.statements(doc, mentions, times, quotations, ontology.cues, media=ontology.media)
    said = [statement for statement in statements if statement.mode == "saying"]
    voices = [who for one in said for who in (*one.speakers, one.addressee) if who is not None]
    mentions, entities = phrase.speaking(doc, mentions, entities, voices, ontology.media)
    clauses = clause.clauses(doc)
    scene = frame_fill.Scene.of(clauses, mentions, figures, times, doc, ontology)
    events = frame.events(scene, clauses)
    events = [*events, *echo.echoes(scene, events)]
    told = on_reject or parts.dropped
    maker = proposition.Maker(doc, mentions, times, figures, statements, ontology, told)
    events = maker.placed(events)
    related, ranker = relation.relations(scene, clauses), ranking.shipped() if ranker is True else ranker
    if ranker:
        related = ranker.judged(scene, related, told)
    related = people.people(scene, lives, related)
    figures = age.in_years(figures, related)
    propositions = [
        *maker.propositions(reading.readings(clauses, doc, on_reject=told), events),
        *maker.jobs(relation.unnamed(scene, roles.jobs(doc, kinds))),
        *maker.industries(industry.industries(scene)),
    ]
    added = maker.related(related, propositions)
    better = relation.replaced(propositions, added, mentions)
    propositions = [*(one for i, one in enumerate(propositions) if i not in better), *added]
    if ranker:
        propositions += maker.related(ranker.chosen(scene, propositions, events), propositions)
    belongings = belonging.belongings(scene)
    entities, where = belonging.with_entities(entities, belongings)
    propositions = belonging.with_parties(scene, [*propositions, *maker.belonging(belongings, where)])
    propositions = terms.termed(scene, propositions)
    sentences = tuple(_sentence(known.text, one) for one in doc.sents)
    tree_index.forget(doc)
    return Extraction(
        article=article,
        sentences=sentences,
        mentions=mentions,
        entities=entities,
        times=times,
        amounts=figures,
        statements=tuple(statements),
        propositions=tuple(sorted(propositions, key=lambda p: (p.spans[:1], p.spans, p.relation.lemma))),
        events=tuple(events),
    )


def _sentence(text: str, found: Sentence) -> Span:
    """A sentence without the blanks behind it, unless it is nothing but blanks."""
    said = text[found.start_char : found.end_char]
    return Span(found.start_char, found.start_char + len(said.rstrip() or said))


def _tense_at(doc: Doc) -> TenseAt:
    """The tense of the verb that governs a stretch of text, which decides whether «Tuesday» is past or to come."""
    from kg.extract.stance import stance
    from kg.extract.tree import is_predicate

    def tense(start: int, end: int) -> str | None:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            return None
        for token in (span.root, *span.root.ancestors):
            if is_predicate(token) and token.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
                return stance(token).tense
        return None

    return tense


def triples(doc: Doc) -> list[tuple[str, str, str]]:
    """The open triples of a Doc in its own words (``kg extract --tokenized``), blank-separated tokens."""
    from kg.extract import clause, confidence, reading

    found = reading.readings(clause.clauses(doc), doc, titles=True)
    told = (one for one in found if confidence.of_reading(one, doc) >= confidence.LEAST_TOLD)
    return [surface(one, doc) for one in told if one.object.tokens]


def surface(found: object, doc: Doc) -> tuple[str, str, str]:
    """One reading in the words and the order of its sentence: a passive keeps its patient first."""
    from kg.extract.parts import Reading
    from kg.extract.reading import with_article

    assert isinstance(found, Reading)
    first, last = (found.object, found.subject) if found.inverted else (found.subject, found.object)
    relation = f"{_words(doc, found.words)} {found.added}".strip()
    subject, obj = (_words(doc, with_article(doc, part.tokens)) for part in (first, last))
    if found.rule == "possession":
        subject = NOMINATIVE.get(subject.lower(), subject)
    return subject, relation, obj


NOMINATIVE = {"his": "he", "her": "she", "its": "it", "their": "they", "our": "we", "my": "I", "your": "you"}


def _words(doc: Doc, tokens: Sequence[int]) -> str:
    return " ".join(doc[i].text for i in tokens)


__all__ = ["extraction", "surface", "triples"]
