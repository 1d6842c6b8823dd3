"""Doc -> Extraction: all that one article says, from that article, the language model and the ontology alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.records import Article, Extraction, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.dates_grammar import TenseAt
    from kg.extract.reading import Reject
    from kg.ontology import Ontology


def extraction(doc: Doc, ontology: Ontology, *, on_reject: Reject | None = None) -> Extraction:
    """Read one parsed article into its record (before coreference: one entity per distinct name).

    ``doc`` comes from ``language.parse`` and carries its article in ``doc.user_data["article"]``. ``on_reject`` is told
    of each reading of a clause that was made and then dropped, with the reason (see ``trace``).
    """
    from kg.extract import amounts, clause, dates, frame, nouns, phrase, proposition, quotation, reading, roles, speech

    article: Article = doc.user_data.get("article") or Article.of(doc.text)
    kinds = nouns.kinds(ontology)
    times = dates.times(doc.text, article.date, tense_at=_tense_at(doc))
    figures = amounts.amounts(doc, times=times)
    money = [Span(a.start, a.end) for a in figures if a.noun is None]
    mentions, entities = phrase.mentions(doc, nouns=kinds, taken=[*(Span(t.start, t.end) for t in times), *money])
    quotations = quotation.quotations(doc.text)
    statements = speech.statements(doc, mentions, times, quotations, ontology.cues, media=ontology.media)
    clauses = clause.clauses(doc)
    events = frame.events(clauses, mentions, figures, times, doc, ontology)
    told = on_reject or reading.dropped
    maker = proposition.Maker(doc, mentions, times, figures, statements, ontology, told)
    events = maker.placed(events)
    propositions = [
        *maker.propositions(reading.readings(clauses, doc, told), events),
        *maker.jobs(roles.jobs(doc, kinds)),
    ]
    return Extraction(
        article=article,
        sentences=tuple(Span(s.start_char, s.start_char + len(s.text.rstrip())) for s in doc.sents),
        mentions=mentions,
        entities=entities,
        times=times,
        amounts=figures,
        statements=tuple(statements),
        propositions=tuple(sorted(propositions, key=lambda p: (p.spans[:1], p.spans, p.relation.lemma))),
        events=tuple(events),
    )


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
    from kg.extract import clause, reading

    return [surface(found, doc) for found in reading.readings(clause.clauses(doc), doc)]


def surface(found: object, doc: Doc) -> tuple[str, str, str]:
    """One reading in the words and the order of its sentence: a passive keeps its patient first."""
    from kg.extract.reading import Reading

    assert isinstance(found, Reading)
    first, last = (found.object, found.subject) if found.inverted else (found.subject, found.object)
    relation = found.added or _words(doc, found.words)
    return _words(doc, _with_article(doc, first.tokens)), relation, _words(doc, _with_article(doc, last.tokens))


def _with_article(doc: Doc, tokens: Sequence[int]) -> Sequence[int]:
    """A name with the article before it («the High Court»), which is no part of the name itself."""
    before = tokens[0] - 1
    named = doc[tokens[0]].ent_iob_ == "B" and before >= 0 and doc[before].tag_ == "DT"
    return (before, *tokens) if named and doc[before].sent.start == doc[tokens[0]].sent.start else tokens


def _words(doc: Doc, tokens: Sequence[int]) -> str:
    return " ".join(doc[i].text for i in tokens)


__all__ = ["extraction", "surface", "triples"]
