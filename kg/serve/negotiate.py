"""Accept headers -> the media type that is sent (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

HTML = "text/html"
SOLUTIONS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""How rows, and yes or no, may be sent; the first where anything will do."""
TRIPLES = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
}
"""How triples may be sent."""
SHORT = {"html": HTML} | {name: media for found in (TRIPLES, SOLUTIONS) for media, name in reversed(found.items())}
"""What ``?format=`` may say, for links, which cannot send a header."""
_MOST = 100  # ranges of a header that are looked at; browsers send about eight


def best(accept: str, offered: Iterable[str]) -> str | None:
    """The media type that a client likes best of those offered, in our order; None where it takes none of them.

    >>> best("text/csv;q=0.5, application/*", SOLUTIONS), best("", SOLUTIONS), best("image/png", SOLUTIONS)
    ('application/sparql-results+json', 'application/sparql-results+json', None)
    """
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    liked = [(_liking(media, ranges), -place, media) for place, media in enumerate(offered)]
    quality, _, media = max(liked, default=(0.0, 0, ""))
    return media if quality > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(",", _MOST)[:_MOST]:
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media:
            yield media, next((_quality(p[2:]) for p in parameters if p.startswith("q=")), 1.0)


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _liking(media: str, ranges: Iterable[tuple[str, float]]) -> float:
    """How much a client likes a media type: by the narrowest range that holds it."""
    found = dict(ranges)
    for range_ in (media, f"{media.partition('/')[0]}/*", "*/*"):
        if range_ in found:
            return found[range_]
    return 0.0


__all__ = ["HTML", "SHORT", "SOLUTIONS", "TRIPLES", "best"]
