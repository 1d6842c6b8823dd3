"""Trigger words and pairs of mentions in a sentence -> candidates for a relation, looser than any frame.

    Acme's engines run most of the ships that Nordvik has had built.     no slot of a frame leads from "engines"

A candidate is a word of a frame (or of an event that implies the relation), two mentions of kinds that the relation
takes in the same sentence, and plain features: the ways through the tree between the three, the words on these ways
and between the two, prepositions, order, kinds and forms. Most candidates are wrong: ``ranker`` says which are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.frame_fill import Scene
from kg.extract.named import meant
from kg.extract.tree import slot_of
from kg.extract.tree_index import Index, index
from kg.ontology import Filler, Frame, Ontology

SAYS_LITTLE = frozenset({"be", "have", "take", "make", "get", "do", "of", "in", "to", "at", "by", "with", "from"})
"""Words of a frame's phrases that are no triggers themselves («have HEADQUARTERS in»)."""
MOST_SIDES, MOST_TRIGGERS = 24, 12
"""A sentence with more mentions or triggers is a list or a table; it gives no candidates."""
STEPS = 6
"""From a word up the tree, at most, to where two ways meet."""
NEAR = 5
"""Steps from the trigger to both sides together, at most; beyond that candidates in news are wrong too often."""
BETWEEN = 14
"""Words between two mentions are features of themselves where there are no more of them."""
UNKNOWN: Filler = "Other"
"""The kind of a name or pronoun of which nothing is known: it may be of any."""


class Words(NamedTuple):
    """By word the properties that it may be a trigger of, each with the phrases that end in it ("chief executive");
    by property the kinds of its subject and its object.
    """

    triggers: Mapping[str, Mapping[str, frozenset[str]]]
    kinds: Mapping[str, tuple[frozenset[Filler], frozenset[Filler]]]


class Pair(NamedTuple):
    """Two mentions of which frames read a property, and the token of the word that says so."""

    property: str
    trigger: int
    subject: int
    object: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A property that may hold between two mentions, the token of the nearest trigger, and what there is to weigh."""

    property: str
    trigger: int
    subject: int
    object: int
    features: tuple[str, ...]


class _Side(NamedTuple):
    """A mention with the tokens of its head: the topmost, the first, and that behind the last."""

    mention: int
    top: int
    first: int
    stop: int


# --- words ---------------------------------------------------------------------------------------------------


def words_of(ontology: Ontology, properties: Collection[str]) -> Words:
    """The triggers of some properties: words of their frames, of events that imply them, and of plain propositions."""
    triggers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, frame in _frames(ontology):
        if name in properties:
            for phrase in _of_frame(frame):
                triggers[phrase.rpartition(" ")[2]][name].add(phrase)
    for lemma, rows in ontology.properties.items():
        for row in rows:
            if row.name in properties:
                for phrase in _of_lemma(lemma):
                    triggers[phrase.rpartition(" ")[2]][row.name].add(phrase)
    kinds = {name: _kinds(ontology, name) for name in sorted(properties)}
    found = {word: {name: frozenset(phrases) for name, phrases in names.items()}
             for word, names in triggers.items() if word not in SAYS_LITTLE}  # fmt: skip
    return Words(found, kinds)


def _frames(ontology: Ontology) -> Iterator[tuple[str, Frame]]:
    """The frames with the properties that they tell of."""
    yield from ((frame.event, frame) for frame in ontology.relation_frames)
    for frame in ontology.frames:
        yield from ((row.relation, frame) for row in ontology.implied(frame.event))


def _of_frame(frame: Frame) -> set[str]:
    """The first and the last word of each phrase of verbs, the nouns with the words before them, and the objects."""
    phrases = [phrase.split() for phrase in frame.verbs]
    return {word for phrase in phrases for word in (phrase[0], phrase[-1])} | frame.nouns | frame.forms | frame.objects


def _of_lemma(lemma: str) -> list[str]:
    """The words of a plain proposition's lemma that say something; what somebody is, is one phrase."""
    said = [word for word in lemma.split() if word not in SAYS_LITTLE]
    return [" ".join(said)] if lemma.startswith("be ") else said


def _kinds(ontology: Ontology, name: str) -> tuple[frozenset[Filler], frozenset[Filler]]:
    """What the subject and the object of a property may be, by its frames and its plain propositions."""
    first: set[Filler] = {UNKNOWN}
    second: set[Filler] = {UNKNOWN}
    for frame in ontology.relation_frames:
        for slot in frame.slots if frame.event == name else ():
            (first if slot.role == "rdf:subject" else second).update(slot.expects)
    for rows in ontology.properties.values():
        for row in rows:
            if row.name == name:
                first |= row.subjects
                second |= row.objects
    return frozenset(first), frozenset(second)


# --- candidates ------------------------------------------------------------------------------------------------


def candidates(scene: Scene, words: Words, read: Collection[Pair] = ()) -> Iterator[Candidate]:
    """The candidates of an article in text order; ``read`` are the pairs that frames read there."""
    known = index(scene.doc)
    triggers = _triggers(known, words.triggers)
    if not triggers:
        return
    sides = _sides(scene, known)
    of_trigger = {(one.property, one.trigger): one for one in read}
    for number, here in triggers.items():
        there = sides.get(number, [])
        if 1 < len(there) <= MOST_SIDES and len(here) <= MOST_TRIGGERS:
            yield from _of_sentence(scene, Ways(known), words, here, there, of_trigger)


def _triggers(
    known: Index, table: Mapping[str, Mapping[str, frozenset[str]]]
) -> dict[int, list[tuple[Token, frozenset[str]]]]:
    """The triggers by sentence, each with its properties."""
    found: dict[int, list[tuple[Token, frozenset[str]]]] = defaultdict(list)
    for token, tag, lower, lemma in zip(known.tokens, known.tags, known.lowers, known.lemmas, strict=True):
        phrases = table.get(lemma) or table.get(lower)
        if phrases and tag in ("VERB", "NOUN", "ADJ", "PROPN", "SYM") and not token.ent_type_:
            names = frozenset(name for name, some in phrases.items() if _said(known, token, some))
            if names:
                found[known.numbers[token.i]].append((token, names))
    return found


def _said(known: Index, token: Token, phrases: Collection[str]) -> bool:
    """Whether the text has the words that one of the phrases has before its last («CHIEF executive»)."""
    if any(" " not in phrase for phrase in phrases):
        return True
    before = known.text[max(0, known.starts[token.i] - 40) : known.starts[token.i]].lower()
    return any(before.endswith(phrase.rpartition(" ")[0] + " ") for phrase in phrases)


def _sides(scene: Scene, known: Index) -> dict[int, list[_Side]]:
    """The names, pronouns and definite descriptions by sentence, in text order."""
    tokens: dict[int, list[int]] = defaultdict(list)
    for i, mention in sorted(scene.mention_at.items()):
        if (one := scene.mentions[mention]).form != "nominal" or one.definite:
            tokens[mention].append(i)
    found: dict[int, list[_Side]] = defaultdict(list)
    for mention, own in tokens.items():
        top = next((i for i in own if known.heads[i] not in own or known.heads[i] == i), own[0])
        if [word.i for word in meant(scene, known.tokens[top])] != [top]:
            continue  # «the village of Tarn» stands for Tarn, which is a side by itself
        found[known.numbers[top]].append(_Side(mention, top, own[0], own[-1] + 1))
    return found


def _of_sentence(
    scene: Scene, ways: Ways, words: Words, triggers: Sequence[tuple[Token, frozenset[str]]],
    sides: Sequence[_Side], read: Mapping[tuple[str, int], Pair],
) -> Iterator[Candidate]:  # fmt: skip
    possible = sorted({name for _, names in triggers for name in names})
    for a in sides:
        for b in sides:
            first, second = scene.mentions[a.mention], scene.mentions[b.mention]
            if first.entity == second.entity or first.form == second.form == "pronoun":
                continue
            fitting = [name for name in possible
                       if first.kind in words.kinds[name][0] and second.kind in words.kinds[name][1]]  # fmt: skip
            near = _nearest(ways, triggers, fitting, a, b) if fitting else {}
            of_pair = _of_pair(scene, ways, a, b) if near else []
            for name, trigger in near.items():
                yield Candidate(name, trigger, a.mention, b.mention, (
                    *of_pair, *_of_trigger(ways, trigger, a, b), *_of_read(read.get((name, trigger)), a, b),
                ))  # fmt: skip


def _nearest(
    ways: Ways, triggers: Sequence[tuple[Token, frozenset[str]]], fitting: Sequence[str], a: _Side, b: _Side
) -> dict[str, int]:
    """By property the trigger from which it is the fewest steps to both sides; a word of the two is none."""
    steps = {
        token.i: length for token, _ in triggers
        if not (a.first <= token.i < a.stop or b.first <= token.i < b.stop)
        and (length := ways.steps(token.i, a.top, b.top)) is not None and length <= NEAR
    }  # fmt: skip
    found = {}
    for name in fitting:
        near = [(steps[token.i], token.i) for token, names in triggers if token.i in steps and name in names]
        if near:
            found[name] = min(near)[1]
    return found


# --- features --------------------------------------------------------------------------------------------------


class Way(NamedTuple):
    """The way through the tree from one word to another: labels of its steps, the words whose arcs they are, the words
    between, and the topmost word.
    """

    steps: tuple[str, ...]
    arcs: tuple[int, ...]
    words: tuple[int, ...]
    top: int


class Ways:
    """The ways between the words of one sentence, each found once."""

    def __init__(self, known: Index) -> None:
        """No way is found yet."""
        self.known = known
        self._found: dict[tuple[int, int], Way | None] = {}
        self._above: dict[int, list[int]] = {}
        self._labels: dict[int, str] = {}

    def between(self, first: int, second: int) -> Way | None:
        """The way from one word to another; None where it goes more than ``STEPS`` up or down."""
        key = (first, second)
        if key not in self._found:
            self._found[key] = self._way(self._up(first), self._up(second))
        return self._found[key]

    def steps(self, trigger: int, first: int, second: int) -> int | None:
        """How many steps it is from a trigger to two words; None where one is out of reach."""
        one, other = self.between(trigger, first), self.between(trigger, second)
        return None if one is None or other is None else len(one.steps) + len(other.steps)

    def word(self, i: int) -> str:
        """A word as a feature: its lemma, or the kind of the name that it is in."""
        token = self.known.tokens[i]
        return f"<{token.ent_type_}>" if token.ent_type_ else "#" if token.like_num else token.lemma_.lower()

    def _up(self, i: int) -> list[int]:
        if i not in self._above:
            heads, found = self.known.heads, [i]
            while heads[found[-1]] != found[-1] and len(found) <= STEPS:
                found.append(heads[found[-1]])
            self._above[i] = found
        return self._above[i]

    def _way(self, up: Sequence[int], down: Sequence[int]) -> Way | None:
        meet = next((i for i in up if i in down), None)
        if meet is None:
            return None
        up, down = up[: up.index(meet)], down[: down.index(meet)][::-1]
        steps = (*(f"^{self._label(i)}" for i in up), *(f"v{self._label(i)}" for i in down))
        return Way(steps, (*up, *down), (*up[1:], *((meet,) if up and down else ()), *down[:-1]), meet)

    def _label(self, i: int) -> str:
        if i not in self._labels:
            case = slot_of(self.known.tokens[i])
            self._labels[i] = f"{self.known.relations[i]}.{case}" if case else self.known.relations[i]
        return self._labels[i]


def _of_pair(scene: Scene, ways: Ways, a: _Side, b: _Side) -> list[str]:
    """What is weighed of the two mentions, their order, what stands between and around, and the way between them."""
    first, second = scene.mentions[a.mention], scene.mentions[b.mention]
    return [
        f"kinds {first.kind} {second.kind}", f"forms {first.form} {second.form}",
        f"subject {first.kind} {first.form}", f"object {second.kind} {second.form}",
        *_around(scene, ways, a, b), *_of_way(ways, ways.between(a.top, b.top)),
    ]  # fmt: skip


def _around(scene: Scene, ways: Ways, a: _Side, b: _Side) -> list[str]:
    order, (left, right) = ("so", (a, b)) if a.first < b.first else ("os", (b, a))
    known = ways.known
    inside = range(left.stop, right.first)
    found = [f"order {order}", f"far {min(8, len(inside) // 3)}", f"names {names(scene, inside)}"]
    if len(inside) <= BETWEEN:
        said = [ways.word(i) for i in inside if not known.silent[i]]
        found += [f"{order} {word}" for word in said]
        found += [f"{order} {word} {after}" for word, after in pairwise(said)]
    if left.first > known.sentence[left.first]:
        found.append(f"{order} left {ways.word(left.first - 1)}")
    if right.stop < known.stops[right.first]:
        found.append(f"{order} right {ways.word(right.stop)}")
    return found


def names(scene: Scene, inside: range) -> int:
    """How many names stand between, three for any more."""
    found = {scene.mention_at[i] for i in inside if i in scene.mention_at}
    return min(3, sum(scene.mentions[one].form == "name" for one in found))


def _of_way(ways: Ways, way: Way | None) -> list[str]:
    if way is None:
        return ["no way"]
    steps = " ".join(way.steps)
    bare = " ".join(step.partition(".")[0] for step in way.steps)
    found = [f"way {steps}", f"bare {bare}", f"steps {len(way.steps)}"]
    found += [f"on {ways.word(i)}" for i in way.words]
    if way.steps:
        found.append(f"top {ways.word(way.top)} {way.steps[0]} {way.steps[-1]}")
    return found


def _of_trigger(ways: Ways, trigger: int, a: _Side, b: _Side) -> list[str]:
    token = ways.known.tokens[trigger]
    lemma = token.lemma_.lower()
    order = "".join(side for _, side in sorted([(trigger, "t"), (a.top, "s"), (b.top, "o")]))
    one, other = (" ".join(way.steps) if way else "" for way in (
        ways.between(trigger, a.top), ways.between(trigger, b.top),
    ))  # fmt: skip
    return [
        f"trigger {lemma}", f"order {order}", f"trigger {lemma} {order}", f"trigger {token.pos_} {order}",
        f"to subject {one}", f"to object {other}",
        f"trigger {lemma} subject {one}", f"trigger {lemma} object {other}",
    ]  # fmt: skip


def _of_read(read: Pair | None, a: _Side, b: _Side) -> list[str]:
    """What frames read of the same trigger: of others, of one of the two, or of the two the other way round."""
    if read is None or (read.subject, read.object) == (a.mention, b.mention):
        return []
    same = f"{'s' if read.subject == a.mention else ''}{'o' if read.object == b.mention else ''}"
    turned = f"{'s' if read.object == a.mention else ''}{'o' if read.subject == b.mention else ''}"
    return [f"read {same or 'other'} {turned}".strip()]


__all__ = ["Candidate", "Pair", "Way", "Ways", "Words", "candidates", "names", "words_of"]
