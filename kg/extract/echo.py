"""Definite nouns -> mentions of events that were told before: «the deal», «its acquisition», «these job cuts».

A noun of a frame, or a word that may stand for events of several classes (``kg:Echo``), points back where it is
definite and an event of such a class stands before it in the article; it fills no role, and ``resolve.event`` joins it
to what it points to. Without such an event nothing is told: which deal it is, nobody could say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.frame_fill import Scene
from kg.extract.frame_status import carrying, status_of, support
from kg.extract.parts import Clause
from kg.extract.stance import argument_stance
from kg.extract.tree import children, dep
from kg.extract.tree_index import index
from kg.records import Event, Role, Span

RULE = "echo"
CONFIDENCE = 0.7
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
APART = ("amod", "nummod", "compound", "nmod:desc", "nmod:unmarked", "nmod", "acl", "appos")
"""What tells one event from another of its class: «the FINAL vote», «the 2016 referendum», «the vote that failed»."""


def echoes(scene: Scene, events: Sequence[Event]) -> list[Event]:
    """The mentions of events by a noun that points back and that no frame has read, in text order.

    Each has the class of the last event before it that the noun may mean, and no roles; it is as far as that event was
    told to be, unless its own verb says more («called off the deal»).
    """
    found = []
    for noun in _nouns(scene):
        before = _before(scene, noun, events)
        if not before or _is_told(noun, events) or not (_is_definite(noun) or _is_same(scene, noun, before)):
            continue
        if _points(noun) or (_is_one(scene, before) and not _is_vague(scene, noun)):
            found.append(_event(scene, noun, max(before, key=lambda event: event.trigger)))
    return found


def _is_one(scene: Scene, events: Sequence[Event]) -> bool:
    """Whether events are tellings of one, as far as their words show: each shares a filler with one of the others."""
    told = [{_filler(scene, role) for role in event.roles} - {""} for event in events]
    one = told[-1]
    for fillers in reversed(told[:-1]):
        if not fillers & one:
            return False
        one = one | fillers
    return True


def _filler(scene: Scene, role: Role) -> str:
    """A filler by its head word, "" for amounts and times, which may differ between tellings of one event."""
    if role.mention is None:
        return ""
    start, end = scene.mentions[role.mention].head
    return scene.text[start:end].lower()


def _is_vague(scene: Scene, noun: Token) -> bool:
    """A plural that may mean events of several classes («the decisions»): these it points to by "these" alone."""
    return noun.tag_ == "NNS" and _word(scene, noun) not in scene.ontology.frames_by_noun


def _points(noun: Token) -> bool:
    return any(word.lower_ in ("this", "these", "those") for word in children(noun, "det"))


def _is_told(noun: Token, events: Sequence[Event]) -> bool:
    """Whether the noun is a word of an event that a frame has read («announced his RESIGNATION»)."""
    places = [span for event in events for span in (event.trigger, *event.spans)]
    return any(start <= noun.idx < end for start, end in places)


def _before(scene: Scene, noun: Token, events: Sequence[Event]) -> list[Event]:
    """The events before a noun that it may mean: those of its own frames' classes, else those of its echoes."""
    word = _word(scene, noun)
    own = {frame.event for frame in scene.ontology.frames_by_noun.get(word, ())}
    told = [event for event in events if event.trigger.end <= noun.idx]
    return [event for event in told if event.class_ in own] or [
        event for event in told if event.class_ in scene.ontology.echoes[word]
    ]


def _nouns(scene: Scene) -> Iterator[Token]:
    known = index(scene.doc)
    for token, tag in zip(known.tokens, known.tags, strict=True):
        named = tag != "NOUN" or token.ent_type_ or not _word(scene, token)
        if not named and not dep(token, "compound", "amod", "nmod:desc", "flat"):  # «treatment centres», «ruling party»
            yield token


def _word(scene: Scene, noun: Token) -> str:
    """The word under which a noun stands among the echoes, "" for none."""
    forms = (noun.lower_, noun.lemma_.lower())
    return next((form for form in forms if form in scene.ontology.echoes), "")


def _is_definite(noun: Token) -> bool:
    """Whether the noun points at something known, with nothing of its own that may tell it apart from that."""
    pointing = any(word.lower_ in DEFINITE for word in children(noun, "det")) or bool(children(noun, "nmod:poss"))
    return pointing and not any(not dep(child, "nmod:poss") for child in children(noun, *APART))


def _is_same(scene: Scene, noun: Token, before: Sequence[Event]) -> bool:
    """A bare noun that the only event of its class was told with («filed for bankruptcy … to leave bankruptcy»)."""
    bare = not (children(noun, "det", *APART) or noun.tag_ == "NNS")
    told = {event.class_ for event in before}
    words = {scene.text[event.trigger.start : event.trigger.end].lower() for event in before}
    return bare and len(told) == 1 and any(noun.lower_ in word.split() for word in words)


def _event(scene: Scene, noun: Token, meant: Event) -> Event:
    stance = argument_stance(noun)
    carried, _ = support(scene, Clause("noun-argument", noun.i, (noun.i,), noun.lemma_.lower(), (), nominal=True))
    carried = carrying(scene, meant.class_, carried)
    status = meant.status if carried is None else status_of(stance, carried, nominal=True, infinitive=False)
    return Event(
        class_=meant.class_,
        trigger=Span(noun.idx, noun.idx + len(noun)),
        roles=(),
        status=status,
        polarity=stance.polarity,
        certainty=stance.certainty,
        tense=stance.tense,
        conditional=stance.conditional,
        sentence=scene.sentence_at[noun.i],
        spans=(),
        rule=RULE,
        confidence=CONFIDENCE,
    )


__all__ = ["RULE", "echoes"]
