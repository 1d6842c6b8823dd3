"""Merged nodes for reading: entities with three names or descriptions, each with the places where they stand.

    KG_DATA=DATA python -m kg.score.sample_nodes FOLDER_OF_ARTICLES [--count 100] [--seed 11] [--names]

The articles (Wikinews under $KG_DATA, else those of the folder) are put into one graph. ``--names`` draws from nodes
with three names alone. A reader decides of each whether all names are of one thing, and whether each description means
it where it stands.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.resolve.naming import name

if TYPE_CHECKING:
    from kg.records import Extraction, Mention

LEAST, BEFORE, AFTER = 3, 90, 70


class Place(NamedTuple):
    """A name or a description of a node where it stands."""

    words: str
    form: str
    article: str
    context: str


def nodes(records: Sequence[Extraction]) -> dict[str, list[Place]]:
    """The places of each named node of a graph of some articles, by its key."""
    from kg.resolve import Identity

    identity = Identity()
    for record in records:
        identity.add(record)
    found: dict[str, list[Place]] = {}
    for article in identity.memory.articles():
        told = identity.resolution(article).extraction
        for mention in told.mentions:
            if mention.form != "pronoun":
                found.setdefault(told.entities[mention.entity].key, []).append(_place(told, mention))
    return {key: places for key, places in found.items() if any(place.form == "name" for place in places)}


def _place(told: Extraction, mention: Mention) -> Place:
    text = told.article.text
    start, end = mention.head if mention.form == "name" else (mention.start, mention.end)
    around = text[max(0, start - BEFORE) : end + AFTER]
    return Place(" ".join(text[start:end].split()), mention.form, told.article.id, " ".join(around.split()))


def drawn(found: dict[str, list[Place]], *, count: int, seed: int, names: bool = False) -> list[str]:
    """The keys of some nodes with three names or more (or descriptions), in the order of the draw."""
    keys = sorted(key for key, places in found.items() if len(_forms(places, names=names)) >= LEAST)
    random.Random(seed).shuffle(keys)
    return keys[:count]


def _forms(places: Sequence[Place], *, names: bool) -> set[tuple[str, ...]]:
    return {name(place.words, "Other").words for place in places if place.form == "name" or not names}


def _lines(number: int, key: str, places: Sequence[Place]) -> Iterator[str]:
    yield f"\n{number}. entity:{key} in {len({place.article for place in places})} articles"
    by_words: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        by_words.setdefault((place.form, place.words), []).append(place)
    for (form, words), same in by_words.items():
        yield f"  {form} {words!r} {len(same)} times: …{same[0].context}… [{same[0].article}]"
        if same[-1].article != same[0].article:
            yield f"    and …{same[-1].context}… [{same[-1].article}]"


def main(folder: Path, *, count: int, seed: int, names: bool) -> None:
    """Print some nodes for reading."""
    from kg.score.growth import read_all
    from kg.score.speed import some_articles

    articles, what = some_articles(folder, words=sys.maxsize)
    found = nodes([record for record, _ in read_all(articles)])
    keys = drawn(found, count=count, seed=seed, names=names)
    print(f"{len(keys)} nodes of {len(found)} with a name, {len(articles)} articles of {what}")
    for number, key in enumerate(keys, 1):
        print("\n".join(_lines(number, key, found[key])))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--names", action="store_true")
    given = parser.parse_args()
    main(given.folder, count=given.count, seed=given.seed, names=given.names)
