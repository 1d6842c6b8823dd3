"""What is behind the figures of `kg.score.events`: events that were missed and why, participants, classes; to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.score.events import TOLD, Scene, judge, matching, predicates, read_all
from kg.score.meantime import SPEECH, Happening

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.trace import Near
    from kg.ontology import Ontology

AROUND = 6
"""How many words of context are shown on each side."""


@dataclass(frozen=True, slots=True)
class Missed:
    """An event that we do not tell: its lemma, its part of speech by the annotators, why not, and where it stands."""

    lemma: str
    pos: str
    why: str
    context: str


def lines(data: Path, number: int, *, model: str | None = None) -> Iterator[str]:
    """A report of `number` lines a part."""
    from kg import ontology

    known = ontology.load()
    read = [(scene, doc) for scene, doc, _ in read_all(data, model=model)]
    yield from lemmas([one for scene, doc in read for one in missed(scene, doc, known)], number)
    yield from taking_part(read, number)
    yield from classes(scene for scene, _ in read)


# --- events ----------------------------------------------------------------------------------------------------


def missed(scene: Scene, doc: Doc, known: Ontology) -> Iterator[Missed]:
    """The annotated events that no event and no proposition of ours covers."""
    from kg.extract import trace

    sentences = trace.trace(doc, known).sentences
    number = {token.i: place for place, sentence in enumerate(doc.sents) for token in sentence}
    for one in scene.gold.happenings:
        if not matching(one, scene, TOLD):
            token = doc[min(one.words) : max(one.words) + 1].root
            cited = bool(matching(one, scene, ("statement",)))
            why = "a statement's cue" if cited else reason(token, sentences[number[token.i]].near, known)
            yield Missed(token.lemma_.lower(), one.pos, why, context(doc, one.words))


def reason(token: Token, near: Sequence[Near], known: Ontology) -> str:
    """Why a word gave nothing, by the kind of word and by what was nearly read."""
    lemma = token.lemma_.lower()
    if lemma == "be":
        return "be"
    if token.pos_ in ("PRON", "DET"):
        return "a pronoun"
    if token.pos_ in ("NOUN", "PROPN"):
        return _unclassed(lemma, known)
    if token.pos_ not in ("VERB", "AUX"):
        return f"no verb and no noun ({token.pos_})"
    for one in near:
        if one.kind == "reading" and {lemma, token.lower_} & set(one.words.split(" | ")[1].lower().split()):
            return "dropped, by its score" if one.why.startswith("its score") else f"dropped, {_plainly(one.why)}"
    told = next((one.why for one in near if one.kind == "predicate" and one.words == token.text), "")
    return f"no proposition: {_plainly(told)}" if told else "no proposition"


def _unclassed(noun: str, known: Ontology) -> str:
    if noun in known.frames_by_noun:
        return "a noun whose frame did not hold"
    if any(noun in key.split() for key in known.frames_by_noun):
        return "a noun that has a class only with other words"
    return "a noun without a class"


def _plainly(why: str) -> str:
    """A reason without the words that it quotes."""
    return why.partition(" («")[0].partition(" «")[0].partition(", and none was found at")[0]


def lemmas(found: Sequence[Missed], number: int) -> Iterator[str]:
    """The lemmas that are missed most, by part of speech, with the reasons; and the reasons by themselves."""
    yield f"{len(found)} EVENTS ARE MISSED, FOR THESE REASONS"
    for (pos, why), count in Counter((one.pos, one.why) for one in found).most_common():
        yield f"{count:4} {pos:6} {why}"
    for pos in SPEECH:
        own = [one for one in found if one.pos == pos]
        yield f"\n{len(own)} MISSED {pos}S, THE MOST FREQUENT"
        for lemma, count in Counter(one.lemma for one in own).most_common(number):
            these = [one for one in own if one.lemma == lemma]
            whys = ", ".join(f"{times} {why}" for why, times in Counter(one.why for one in these).most_common())
            yield f"{count:4} {lemma:16} {whys}  | {these[0].context}"


def context(doc: Doc, words: Iterable[int]) -> str:
    """The words in brackets, with some on both sides.

    >>> import spacy
    >>> context(spacy.blank("en")("Acme bought Bolt."), [1])
    'Acme [bought] Bolt .'
    """
    chosen = set(words)
    first, last = max(0, min(chosen) - AROUND), min(len(doc), max(chosen) + AROUND + 1)
    return " ".join(f"[{doc[i].text}]" if i in chosen else doc[i].text for i in range(first, last))


# --- participants ----------------------------------------------------------------------------------------------


def taking_part(read: Sequence[tuple[Scene, Doc]], number: int) -> Iterator[str]:
    """Participants in error, and participants that were missed, taken evenly from all articles."""
    wrong: list[str] = []
    lost: list[str] = []
    for scene, doc in read:
        for one in scene.gold.happenings:
            if found := matching(one, scene, TOLD):
                judged = judge(one, found, scene)
                wrong += [_with(doc, one, [filler.head]) for filler in judged.wrong]
                lost += [f"{_role(one, entity)}: {_with(doc, one, _mention(scene, one, entity))}"
                         for entity in sorted(judged.missed)]  # fmt: skip
    for name, told in (("WRONG", wrong), ("MISSED", lost)):
        yield f"\n{len(told)} PARTICIPANTS ARE {name}, SOME OF THEM (the event and who it is are in brackets)"
        yield from told[:: max(1, -(-len(told) // max(1, number)))]


def _with(doc: Doc, event: Happening, words: Sequence[int]) -> str:
    return context(doc, [*event.words, *words])


def _role(event: Happening, entity: str) -> str:
    return ", ".join(role for role, own in event.participants if own == entity)


def _mention(scene: Scene, event: Happening, entity: str) -> tuple[int, ...]:
    """The mention of a thing that stands nearest to an event."""
    own = [thing.words for thing in scene.gold.things if thing.entity == entity]
    return min(own, key=lambda words: abs(words[0] - event.words[0]))


def classes(scenes: Iterable[Scene]) -> Iterator[str]:
    """For each class of our typed events: how many match an annotated event, and how right their participants are."""
    told: Counter[str] = Counter()
    matched: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for scene in scenes:
        for event in predicates(scene, ("event",)):
            told[event.class_] += 1
            these = [one for one in scene.gold.happenings if not event.words.isdisjoint(one.words)]
            matched[event.class_] += bool(these)
            for one in these:
                judged = judge(one, [event], scene)
                right[event.class_] += len(judged.right)
                wrong[event.class_] += len(judged.wrong)
                missing[event.class_] += len(judged.missed)
    yield "\nCLASSES OF TYPED EVENTS: told, matched; participants right, wrong, missed, precision"
    for name, count in told.most_common():
        precision = f"{100 * right[name] / (right[name] + wrong[name]):.0f}%" if right[name] + wrong[name] else "-"
        yield f"{name:28} {count:4} {matched[name]:4}   {right[name]:4} {wrong[name]:4} {missing[name]:4}   {precision}"
