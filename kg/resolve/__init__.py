"""Extraction -> Resolution: mentions become entities, entities of many articles one node each, tellings one event.

``link`` joins the mentions of one article, from that article alone; ``Identity`` joins what articles tell of, as they
come and go; ``resolve`` does both for a number of extractions at once.
"""

from kg.resolve.across import Changed, Identity, resolve
from kg.resolve.coreference import explained, link
from kg.resolve.draft import Decision
from kg.resolve.event import event_keys
from kg.resolve.identity import keys
from kg.resolve.memory import Memory
from kg.resolve.resolved import Kept, resolved

__all__ = [
    "Changed", "Decision", "Identity", "Kept", "Memory", "event_keys", "explained", "keys", "link", "resolve",
    "resolved",
]  # fmt: skip
