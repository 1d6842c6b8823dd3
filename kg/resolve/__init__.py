"""Extraction -> Resolution: mentions become entities, and events, under the keys that they have in the graph.

One article at a time, and from that article alone: the same entity in two articles has the same key in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.records import Extraction, Resolution
from kg.resolve.coreference import explained, link
from kg.resolve.draft import Decision
from kg.resolve.event import event_keys
from kg.resolve.identity import keys


def resolve(extractions: Iterable[Extraction]) -> Iterator[Resolution]:
    """Resolve extractions one by one, in their order; nothing is kept between two of them."""
    for extraction in extractions:
        linked = keys(link(extraction))
        yield Resolution(linked, event_keys(linked))


__all__ = ["Decision", "event_keys", "explained", "keys", "link", "resolve"]
