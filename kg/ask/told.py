"""Where something stands: the words of a claim or a statement, in their sentence, with article, date and voices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg import names
from kg.ask import claims
from kg.ask.claims import Claim
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Told:
    """One place of an article that bears something.

    ``voices`` name who says it and by way of whom it comes, empty where the article itself does; ``stance`` is empty
    for what is affirmed, certain and not future. ``iri`` is the claim, or the statement, that has the words.
    """

    words: str
    sentence: str
    article: str
    title: str
    date: str
    voices: str
    stance: str
    iri: str


def by_claim(claim: Claim) -> Told:
    """Where a claim stands."""
    words = " … ".join(dict.fromkeys(evidence.words for evidence in claim.evidence))
    sentence = " … ".join(text for _, text in claim.sentences)
    article, voices = claim.article, claim.statement.voices if claim.statement else ""
    day = article.date.isoformat() if article.date else ""
    return Told(words, sentence, article.id, article.title or "", day, voices, stance(claim), claim.iri)


def by_statement(store: Store, node: ox.NamedNode) -> Told:
    """Where a statement stands."""
    said, about = claims.said(store, node), claims.About(store, node)
    home = names.mint("article", "", base=store.base)
    article = store.find_article(str(about.value("prov:wasDerivedFrom")).removeprefix(home))
    day = article.date.isoformat() if article.date else ""
    return Told(said.text, said.text, article.id, article.title or "", day, said.voices, said.quotation, node.value)


def stance(claim: Claim) -> str:
    """What keeps a claim from being plainly so, in words; empty for one that is."""
    marks = ["denied"] if claim.polarity == "negative" else []
    marks += [claim.certainty] if claim.certainty not in ("certain", "") else []
    marks += ["future"] if claim.tense == "future" else []
    marks += ["if"] if claim.conditional else []
    return ", ".join([*marks, claim.term] if claim.term else marks)


def distinct(places: Iterable[Told]) -> tuple[Told, ...]:
    """Each sentence of each voice once, the oldest article first."""
    ordered = sorted(places, key=lambda told: (told.date, told.article, told.stance != "", told.iri))
    return tuple({(told.article, told.sentence, told.voices): told for told in reversed(ordered)}.values())[::-1]
