"""What a record can depend on when the user's own frames change: words that the article must show.

A frame reads nothing where its words do not stand, and no rule looks a word up in the ontology but by the lemma or the
lower-cased form of a token, or by some that stand together. So two states of the ontology make the same record of an
article that shows no word of what differs between them. ``between`` tells these words (the hinges), ``shown`` what an
article shows. Where something differs that no word tells (a name of the gazetteer, a cue, a rule for a kind of claim),
anything may change: ``between`` is None then. A field of the ontology of which nothing is said here counts as such.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from kg.ontology import Frame, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc

_RELATIONS: Final = ("relations_by_verb", "relations_by_noun")
_FRAMES: Final = ("frames_by_verb", "frames_by_noun", *_RELATIONS)
_BY_WORD: Final = ("echoes", "support_verbs", "support_nouns", "nouns")
_WORDS: Final = ("quantity_nouns", "containers", "categories", "firms", "industries")
_SEEN_ELSEWHERE: Final = ("frames", "relation_frames", "relations", "parents", "labels", "listed")
"""Fields that are compared by what they do to frames, or in a way of their own."""
_NO_MATTER: Final = ("patterns", "standings", "comments", "roles", "digest", "own", "added", "files")
"""Fields that no record depends on; what the graph says by them is written anew anyway."""
_NEED_NOT_SHOW: Final = frozenset({
    "be", "not", "subject", "object", "complement", "indirect", "agent", "possessive", "compound", "apposition",
    "named", "above", "time", "by",
})  # fmt: skip
"""Words of a frame's phrase that may stand for a place or a form, not for a word of the text («be not»)."""


def shown(doc: Doc) -> frozenset[str]:
    """Every word under which something may be looked up: lemmas and lower-cased forms, alone and as written together.

    «third-quarter» is "third", "-", "quarter", "third-", "-quarter" and "third-quarter".
    """
    found: set[str] = set()
    text, starts = doc.text, list[int]()  # where the one or two tokens begin that stand before without a blank
    for token in doc:
        forms = {token.lower_, token.lemma_.lower()}
        found |= forms
        found.update(part for form in forms if len(parts := form.split()) > 1 for part in parts)
        found.update(text[start : token.idx].lower() + form for start in starts for form in forms)
        alone = token.whitespace_ or token.is_space
        starts = [] if alone else [*starts[-1:], token.idx]
    return frozenset(found)


def touch(hinges: Collection[str] | None, words: Collection[str]) -> bool:
    """Whether an article that shows some words may be read otherwise.

    >>> touch({"hold election"}, {"hold", "talk"}), touch({"hold election"}, {"hold", "election"}), touch(None, ())
    (False, True, True)
    """
    if hinges is None:
        return True
    return any(all(word in words or word in _NEED_NOT_SHOW for word in hinge.split()) for hinge in hinges)


def between(old: Ontology, new: Ontology, *, ranker: bool = True) -> frozenset[str] | None:
    """The words, or phrases of words, one of which an article must show to be read otherwise; None: it may be anyhow.

    ``ranker`` is whether relations are judged, and added, by what was learned.
    """
    named = {*_FRAMES, *_BY_WORD, *_WORDS, *_SEEN_ELSEWHERE, *_NO_MATTER}
    others = (field.name for field in fields(Ontology) if field.name not in named)
    if any(getattr(old, name) != getattr(new, name) for name in others) or _unbound(old, new):
        return None
    found = {word for name in _WORDS for word in getattr(old, name) ^ getattr(new, name)}
    found.update(word for name in _BY_WORD for word in _differing(getattr(old, name), getattr(new, name)))
    for name in _FRAMES:
        one, other = (_told(ontology, getattr(ontology, name), name in _RELATIONS) for ontology in (old, new))
        found.update([*_differing(one, other), *(_glued(one, other) if name.endswith("noun") else ())])
    return frozenset(found | (_of_ranker(old, new) if ranker else set()))


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    return (word for word in {*old, *new} if old.get(word) != new.get(word))


def _glued(old: Collection[str], new: Collection[str]) -> Iterator[str]:
    """The nouns that ended no phrase before, or do no more, where one ends in them without a blank («pre-SALE»).

    Rules look whether a noun ends a phrase before they look what stands before it.
    """
    ends, others = ({phrase.rpartition(" ")[2] for phrase in table} for table in (old, new))
    return (word for word in ends ^ others if any(end != word and end.endswith(word) for end in ends | others))


def _told(
    ontology: Ontology, table: Mapping[str, Iterable[Frame]], labelled: bool
) -> dict[str, list[tuple[object, ...]]]:  # fmt: skip
    """By word the frames as they count under it, each with all that its class or relation adds to what it tells.

    A frame's other words and its examples tell nothing there. A relation is told by its label, which an event (not
    ``labelled``) is not.
    """
    known: dict[str, tuple[object, ...]] = {}

    def told(frame: Frame) -> tuple[object, ...]:
        if frame.name not in known:
            above = _above(ontology, frame.event)
            implied = tuple((name, rows) for name, rows in ontology.relations.items() if name in above)
            label = ontology.labels.get(frame.event) if labelled else None
            bare = replace(frame, examples=(), verbs=_EMPTY, nouns=_EMPTY, forms=_EMPTY)
            known[frame.name] = (bare, above, implied, label)
        return known[frame.name]

    return {word: [(*told(frame), word in frame.nouns) for frame in frames] for word, frames in table.items()}


_EMPTY: Final[frozenset[str]] = frozenset()


def _above(ontology: Ontology, name: str) -> frozenset[str]:
    """A class or relation and all above it."""
    found: set[str] = set()
    todo = [name]
    while todo:
        if (current := todo.pop()) not in found:
            found.add(current)
            todo += ontology.parents.get(current, ())
    return frozenset(found)


def _unbound(old: Ontology, new: Ontology) -> bool:
    """Whether names differ, or what is said of a shipped term: rules that no frame's word binds may tell of it.

    A relation that only the user's files describe is told by frames alone, unless it has a ``kg:lemma``.
    """
    from kg.extract.terms import lasting

    own = old.own | new.own
    lemmas = {row.name for rows in new.properties.values() for row in rows}
    if any(name not in own or name in lemmas for name in lasting(old) ^ lasting(new)):
        return True
    if any(name not in own for name in _differing(old.labels, new.labels)):
        return True
    one, other = old.gazetteer, new.gazetteer
    return one is not other and (one.own, one.shipped) != (other.own, other.shipped)


def _of_ranker(old: Ontology, new: Ontology) -> set[str]:
    """The words that count otherwise as triggers of the relations that the ranker adds."""
    from kg.extract import ranker

    one, other = (ranker.shipped().words(ontology) for ontology in (old, new))
    kinds = set(_differing(one.kinds, other.kinds))
    found = set(_differing(one.triggers, other.triggers))
    return found | {word for words in (one, other) for word, names in words.triggers.items() if kinds & names.keys()}


__all__ = ["between", "shown", "touch"]
