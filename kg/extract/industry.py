"""A trade before a noun for a firm -> the industry of the organisation that the noun describes.

    beside      Bolt, a pharmaceutical company, / the oil giant Acme
    predicate   Bolt is a software firm.

Trades and firms are word lists of the ontology (``words:industry``, ``words:firm``): an adjective that is none of them
("a private company") tells no industry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.frame_fill import Scene
from kg.extract.named import meant
from kg.extract.parts import Stance
from kg.extract.roles import held
from kg.extract.noun_phrase import phrase
from kg.extract.tree import adjoining_name, sentence_start, unit_head
from kg.extract.tree_index import index

INDUSTRY, RULE, CONFIDENCE = "kg:industry", "industry", 0.9
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Industry:
    """What an organisation, a mention, does, in the words of the text (tokens)."""

    organization: int
    words: tuple[int, ...]
    stance: Stance


def industries(scene: Scene) -> Iterator[Industry]:
    """The industries that an article tells of organisations that it names, in text order."""
    known = index(scene.doc)
    for noun, tag in zip(known.tokens, known.tags, strict=True):
        if tag != "NOUN" or noun.ent_type_ or noun.lemma_.lower() not in scene.ontology.firms:
            continue
        words = _trade(scene, noun)
        whose = _described(scene, noun) if words else None
        if words and whose is not None and scene.mentions[whose].kind == "Organization":
            yield Industry(whose, words, held(scene.doc, list(phrase(noun))))


def _trade(scene: Scene, noun: Token) -> tuple[int, ...]:
    """The longest trade that ends right before the noun («real estate FIRM»)."""
    first = sentence_start(noun)
    for size in range(MOST_WORDS, 0, -1):
        start = noun.i - size
        if start < first or any(word.ent_type_ for word in scene.doc[start : noun.i]):
            continue  # «the former Trainload FREIGHT companies»
        words = scene.text[scene.doc[start].idx : noun.idx].lower().split()
        if words and " ".join(words) in scene.ontology.industries:
            return tuple(range(start, noun.i))
    return ()


def _described(scene: Scene, noun: Token) -> int | None:
    """The mention of the name that the noun describes; a noun that names nobody tells nothing."""
    names = [adjoining_name(noun), unit_head(noun.head) if noun.head.ent_type_ and noun.head.i > noun.i else None]
    for word in (*(name for name in names if name is not None), *meant(scene, noun)):
        if word.ent_type_ and (mention := scene.mention(word)) is not None:
            return mention
    return None


__all__ = ["CONFIDENCE", "INDUSTRY", "RULE", "Industry", "industries"]
