"""Articles -> typed events drawn at random, for a person to judge: class and every filled role right, or not.

    python -m kg.score.sample_events --data DATA --articles 131:171 --seed 1 --count 100

Drawn as ``kg.score.sample`` draws propositions: by the seed and each event's own place and class alone. A noun that
only points back ("the deal") shows the event that it is joined to.
"""

from __future__ import annotations

import argparse
import hashlib
import heapq
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from kg.records import Event, Extraction, Finding, Role
from kg.score.sample import NEWS, line, stretch


@dataclass(frozen=True, slots=True)
class Drawn:
    """One event with what is needed to judge it; `roles` are «role: words [who or what is meant]»."""

    id: str
    article: int
    sentence: str
    class_: str
    trigger: str
    roles: tuple[str, ...]
    status: str
    joined: str
    rule: str
    confidence: float


def draw(extractions: Iterable[tuple[int, Extraction]], *, seed: int, count: int) -> list[Drawn]:
    """`count` events (fewer if there are not so many) of linked records with their places, in the order of the draw."""
    lots = (
        (_lot(seed, extraction, event), place, n, extraction)
        for place, extraction in extractions
        for n, event in enumerate(extraction.events)
    )
    lowest = heapq.nsmallest(count, lots, key=lambda lot: lot[:3])
    return [_drawn(place, extraction, n) for _, place, n, extraction in lowest]


def _lot(seed: int, extraction: Extraction, event: Event) -> str:
    """A number in hexadecimal; roles and status have no say, so that it outlives a change of them."""
    own = (seed, extraction.article.id, event.class_, tuple(event.trigger))
    return hashlib.sha256(repr(own).encode("utf-8", "surrogatepass")).hexdigest()


def _drawn(place: int, extraction: Extraction, n: int) -> Drawn:
    event, text = extraction.events[n], extraction.article.text
    start, end = extraction.sentences[event.sentence] if extraction.sentences else (0, len(text))
    roles = tuple(_role(extraction, role) for role in event.roles)
    return Drawn(
        _lot(0, extraction, event)[:12], place, line(text[start:end]), event.class_, line(text[slice(*event.trigger)]),
        roles, event.status, _joined(extraction, n), event.rule, event.confidence,
    )  # fmt: skip


def _role(extraction: Extraction, role: Role) -> str:
    """A filler in its words, with the entity, value or date that it stands for."""
    text = extraction.article.text
    if role.mention is not None:
        mention = extraction.mentions[role.mention]
        named = extraction.entities[mention.entity].name
        return line(f"{role.role}: {text[mention.start : mention.end]} [{named}]")
    if role.amount is not None:
        amount = extraction.amounts[role.amount]
        return line(f"{role.role}: {text[amount.start : amount.end]} [{amount.value} {amount.unit}]")
    time = extraction.times[role.time or 0]
    return line(f"{role.role}: {text[time.start : time.end]} [{time.value}]")


def _joined(extraction: Extraction, n: int) -> str:
    """For an event without roles: the words of the first event that it is one with."""
    from kg.resolve.event import event_keys

    if extraction.events[n].roles:
        return ""
    keys = event_keys(extraction)
    first = next(event for event, key in zip(extraction.events, keys, strict=True) if key == keys[n])
    start, end = extraction.sentences[first.sentence]
    return line(f"{extraction.article.text[slice(*first.trigger)]}: {extraction.article.text[start:end]}")


def extractions(data: Path, first: int, last: int) -> Iterator[tuple[int, Extraction]]:
    """The linked records of the articles of Wikinews from place `first` up to, not including, `last`."""
    from kg import extract, language, ontology, read, resolve

    def report(finding: Finding) -> None:
        print(f"{finding.source}: {finding.message}", file=sys.stderr)

    known = ontology.load()
    articles = islice(read.articles([data / NEWS], on_error=report), first, last)
    for place, doc in enumerate(language.parse(articles), first):
        yield place, resolve.link(extract.extraction(doc, known))


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw and print, an event a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m kg.score.sample_events", description="Events, to be judged.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of public data sets")
    parser.add_argument("--articles", type=stretch, default=(0, 40), metavar="FIRST:LAST", help="places in the file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    options = parser.parse_args(arguments)
    if not (options.data / NEWS).is_file():
        parser.error(f"there is no {NEWS} in {options.data}; give the folder of public data sets")
    for one in draw(extractions(options.data, *options.articles), seed=options.seed, count=options.count):
        print(json.dumps(asdict(one), ensure_ascii=False))


if __name__ == "__main__":
    main()
