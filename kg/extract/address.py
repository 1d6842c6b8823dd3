"""A place in an address -> the places behind it, in which it lies: «in Tarn, Bolton County, Norland»."""

from __future__ import annotations

import re

from kg.extract.frame_fill import Scene

COMMA = re.compile(r",\s*\Z")
LIST = re.compile(r"\s*,?\s*(?:and|or|&)\s")
MOST = 3


def address(scene: Scene, index: int) -> list[int]:
    """The mentions of places that follow a name of a place as the rest of its address, nearest first.

    A list is no address («in Tarn, Bolton and Oslo»): nothing is told of one that goes on with "and".
    """
    mentions, text, found = scene.mentions, scene.text, [index]
    if mentions[index].kind != "Place" or mentions[index].form != "name":
        return []
    while len(found) <= MOST:
        last = mentions[found[-1]]
        after = next((i for i in scene.names_of_places if mentions[i].start > last.start), None)
        if after is None or not COMMA.match(text[last.end : mentions[after].start]):
            break
        found.append(after)
    end = mentions[found[-1]].end
    return [] if LIST.match(text[end : end + 6]) and _names(text[end:]) else found[1:]


def _names(rest: str) -> bool:
    """Whether another name follows the "and": "and the team" goes on with something else."""
    return bool(re.match(r"\s*,?\s*(?:and|or|&)\s+(?:the\s+)?[A-Z]", rest))


__all__ = ["address"]
