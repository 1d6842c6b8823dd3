"""What was joined, and why; and the decisions (`review`) by which people overrule it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import UsageError
from kg.names import slug
from kg.records import Kind
from kg.resolve import review
from kg.resolve.across import Identity
from kg.resolve.coreference import explained
from kg.resolve.memory import Local, Node
from kg.resolve.naming import name as normal
from kg.resolve.review import Line

SAME: Final = ("same name", 0.95)
DECIDED: Final = "people decided so"
_KINDS: Final[tuple[Kind, ...]] = ("Organization", "Person")
_PLACE: Final = re.compile(r"(.+)#char=(\d+),(\d+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One name of an entity: as it is written most, its articles, why it belongs there and how sure that is (0 to 1).

    ``node`` is the name's own key, by which it can be split off.
    """

    name: str
    node: str
    articles: tuple[str, ...]
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Told:
    """Words of an article that were taken for an entity, with their place, why, and how sure that is (0 to 1)."""

    article: str
    start: int
    end: int
    words: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Joined:
    """An entity of the graph, its names across articles and, where it was asked for, its words within them."""

    key: str
    name: str
    kind: Kind
    parts: tuple[Part, ...]
    told: tuple[Told, ...] = ()

    @property
    def score(self) -> float:
        """How sure the least sure of its joins is."""
        return min(part.score for part in self.parts)


@dataclass(frozen=True, slots=True)
class Witnessed:
    """An event of which several articles tell: its key, and each article with the reason and score of its joining."""

    key: str
    told: tuple[tuple[str, str, float], ...]

    @property
    def score(self) -> float:
        """How sure the least sure of its joins is."""
        return min(score for _, _, score in self.told)


def events(identity: Identity, name: str | None = None, *, base: str = "") -> list[Witnessed]:
    """All events that several articles tell of, the least sure first; with a name (a key or an IRI), that event."""
    keys = list(identity.events.memory.joined()) if name is None else [_end(name, base, "event")]
    found = [Witnessed(key, tuple(told)) for key in keys if (told := identity.events.reasons(key))]
    return sorted(found, key=lambda one: (one.score, one.key))


def joined(identity: Identity) -> list[Joined]:
    """All entities with several names across articles; the least sure first."""
    keys = identity.memory.sql.execute(
        "SELECT key FROM local WHERE key IS NOT NULL GROUP BY key HAVING count(DISTINCT node) > 1"
    )
    found = [_joined(identity, key) for (key,) in keys.fetchall()]
    return sorted(found, key=lambda one: (one.score, one.key))


def named(identity: Identity, name: str, *, base: str) -> list[Joined]:
    """The entities that are called so, with all that was taken for them. Raises UsageError where there is none."""
    return [_joined(identity, key, told=True) for key in _keys(identity, name, base)]


def _joined(identity: Identity, key: str, *, told: bool = False) -> Joined:
    rows = identity.memory.of_key(key)
    by_node: dict[str, list[Local]] = {}
    for row in rows:
        by_node.setdefault(row.node or row.bucket, []).append(row)
    parts = sorted(
        (_part(identity, node, found) for node, found in by_node.items()),
        key=lambda part: (part.node != key, -len(part.articles), part.node),
    )
    kinds = Counter(row.kind for row in rows)
    kind = max(sorted(kinds), key=lambda kind: kinds[kind])
    words = tuple(_told(identity, rows)) if told else ()
    return Joined(key, parts[0].name, kind, tuple(parts), words)


def _part(identity: Identity, id_: str, rows: list[Local]) -> Part:
    names = Counter(row.name for row in rows)
    name = max(sorted(names), key=lambda name: names[name])
    articles = tuple(sorted({row.article for row in rows}))
    node = identity.memory.node(id_)
    reason, score = _why(identity, node) if node else SAME
    return Part(name, id_, articles, reason, score)


def _why(identity: Identity, node: Node) -> tuple[str, float]:
    """Why a node belongs with the others of its key."""
    if node.parent is not None and node.reason:
        return node.reason, node.score or 0.0
    if any(True for _ in identity.trees.decided(node)):
        return DECIDED, 1.0
    return (f"a name of {node.thing} in the gazetteer", SAME[1]) if node.thing else SAME


def _told(identity: Identity, rows: Iterable[Local]) -> Iterable[Told]:
    """All words that were taken for the entity in its articles."""
    places: dict[str, set[int]] = {}
    for row in rows:
        places.setdefault(row.article, set()).add(row.place)
    for article, entities in sorted(places.items()):
        extraction = identity.read_as(article)
        linked, decisions = explained(identity.memory.record(article))
        for place, decision in sorted(enumerate(decisions), key=lambda pair: extraction.mentions[pair[0]].start):
            mention = extraction.mentions[place]
            if mention.entity in entities:
                words = " ".join(extraction.article.text[mention.start : mention.end].split())
                known, reason, score = extraction.entities[mention.entity].known, decision.reason, decision.score
                if known and mention.form == "name" and linked.entities[decision.entity].known != known:
                    # It was read with a gazetteer of the user's own, which is not at hand here.
                    reason, score = f"a name of {known.label} in the gazetteer", SAME[1]
                yield Told(article, mention.start, mention.end, words, reason, score)


# ---- what a name means


def _end(name: str, base: str, kind: str = "entity") -> str:
    """The end of the IRI of an entity or an event, or what was given."""
    return name.removeprefix(f"{base}{kind}/").removeprefix(f"{kind}:")


def _keys(identity: Identity, name: str, base: str) -> list[str]:
    """The keys of what is called so: a key itself, an IRI, or a name. Raises UsageError where there is none."""
    key = _end(name, base)
    if found := identity.memory.of_key(key):
        return [found[0].key or key]
    ids = {node.id for node in identity.memory.nodes(key)} | ({key} if identity.memory.node(key) else set())
    for kind in _KINDS:
        words = " ".join(normal(name, kind).words)
        ids |= identity.memory.spelled(f"={words}").keys()
    keys = {key for id_ in ids for key in identity.memory.keys(id_)}
    if not keys:
        raise UsageError(f"nothing in the graph is called {name!r}; kg show NAME looks for names, kg merges lists them")
    return sorted(keys)


def _one(identity: Identity, name: str, base: str) -> str:
    """The name in the review of the one thing that is called so."""
    if (unnamed := _unnamed(identity, name, base)) is not None:
        return unnamed
    keys = _keys(identity, name, base)
    if len(keys) > 1:
        known = ", ".join(keys)
        raise UsageError(f"{name!r} is a name of {len(keys)} things: {known}; give the one that you mean in this form")
    return _reference(identity, keys[0], name, base)


def _reference(identity: Identity, key: str, name: str, base: str) -> str:
    """How the review refers to an entity: by the name that was given where it has a node, by its main node else."""
    rows = identity.memory.of_key(key)
    nodes = {row.node for row in rows}
    own = {slug(" ".join(normal(name, kind).words)) for kind in _KINDS}
    own |= {f"{one}-person" for one in own} | {_end(name, base)}
    chosen = next((node for node in sorted(filter(None, nodes)) if node in own), None)
    if chosen is None:
        chosen = key if key in nodes else min(row.node or row.bucket for row in rows if ">" not in (row.node or ""))
    row = min((row for row in rows if row.node == chosen), key=lambda row: row.article)
    # A node whose id follows from what else is in the graph ("ann-lee-1f0c2d3e") is told by its earliest article.
    return chosen if chosen == row.bucket else f"{row.bucket}@{row.article}"


def _unnamed(identity: Identity, name: str, base: str) -> str | None:
    """The key of a thing without a name, if it is one of an article of the graph."""
    key = _end(name, base)
    mark = re.search(r"-([0-9a-f]{8})(?:-\d+)?$", key)
    for article in identity.memory.articles(mark[1]) if mark else ():
        if any(entity.key == key and entity.unnamed for entity in identity.read_as(article).entities):
            return key
    return None


# ---- decisions


def merging(identity: Identity, names: Sequence[str], *, base: str) -> tuple[Line, str]:
    """The decision that some names are of one thing, and a note for readers. Raises UsageError."""
    parts = tuple(dict.fromkeys(_one(identity, name, base) for name in names))
    if len(parts) < 2:
        raise UsageError("to merge takes two names or more of different things; kg merges NAME shows what is one")
    return Line("merge", parts), ", ".join(names)


def splitting(identity: Identity, name: str, other: str | None, at: Sequence[str], *, base: str) -> tuple[Line, str]:
    """The decision that a name is of another thing, and a note for readers. Raises UsageError."""
    if at:
        line = Line("split", _at(identity, name, at, base))
    elif other is None:
        line = Line("split", (_form(identity, name, base),))
    else:
        line = Line("split", (_form(identity, name, base), _form(identity, other, base)))
    review.parse(str(line))  # what cannot be read again is not written
    return line, name if other is None else f"{name}, {other}"


def _form(identity: Identity, name: str, base: str) -> str:
    """A name in the form of the review, be it one that stands only beside others."""
    key = _end(name, base)
    if identity.memory.nodes(key) or identity.memory.calling(review.plain(key)):
        return key
    for kind in _KINDS:
        form = slug(" ".join(normal(name, kind).words))
        if identity.memory.calling(form):
            return form
    raise UsageError(f"nothing in the graph is called {name!r}; kg merges NAME shows the names of a thing")


def _at(identity: Identity, name: str, at: Sequence[str], base: str) -> tuple[str, ...]:
    """The name and the articles, or the words in them, that are not of it."""
    if any("#" in place for place in at):
        for place in at:
            found = _PLACE.fullmatch(place)
            if not (found and identity.memory.has(found[1])):
                raise UsageError(f"{place!r} is no place of an article here; kg merges NAME lists them")
        return (_form(identity, name, base), *at)
    if told := events(identity, name, base=base):
        return _event_at(identity, told[0], at)
    rows = [row for key in _keys(identity, name, base) for row in identity.memory.of_key(key) if row.article in at]
    names = {row.bucket for row in rows}
    if len(names) != 1 or {row.article for row in rows} != set(at):
        raise UsageError(f"not all of {', '.join(at)} speak of {name!r} by one name; kg merges {name!r} lists them")
    return (min(names), *(f"@{article}" for article in sorted(at)))


def _event_at(identity: Identity, event: Witnessed, at: Sequence[str]) -> tuple[str, ...]:
    """The own key of an event in some articles, and these."""
    rows = [row for article in at for row in identity.events.memory.of_article(article) if row.key == event.key]
    names = {row.told.own for row in rows}
    if len(names) != 1 or {row.told.article for row in rows} != set(at):
        known = ", ".join(article for article, *_ in event.told)
        raise UsageError(f"not one telling of {event.key} in {', '.join(at)}; give one of {known}, one at a time")
    return (min(names), *(f"@{article}" for article in sorted(at)))


__all__ = ["Joined", "Part", "Told", "Witnessed", "events", "joined", "merging", "named", "splitting"]
