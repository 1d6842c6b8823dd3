"""Events and who takes part in them, against MEANTIME's event mentions and their participants.

    python -m kg.score.events --data DATA [--errors N]

Coverage. A mention of an event is covered where one of its words is a word of an event's trigger, of a proposition's
relation or of a statement's cue; in «the plan | was | rejected» the object says what happened. The target is of events
and propositions, without statements. Precision is the other way round: the share of our predicates of which a word is
an annotated event; each word that is the head of a predicate counts once. Annotators mark "be" and "have", nouns of all
kinds ("loss", "role", "contest") and pronouns that stand for an event, but few adjectives.

Participants, of the mentions that our events and propositions match. Ours are the fillers of an event's roles and the
subject and object of a proposition; where several of our predicates match one mention, all of theirs. A filler is right
where its head is the head of a mention of a thing that takes part in that event; it stands for all that its entity's
mentions (our coreference) stand for. Each thing counts once an event. Annotators mark as things persons,
organisations, places, products and financial things alone, so fillers that are no such thing («jobs», an amount, a
time, what was said, another event) are neither right nor wrong and are left out of precision; participants that are
amounts are left out of recall. Roles are not compared, only who takes part: theirs are PropBank's numbers.

The heads of an annotated mention are its topmost word in our tree and what is joined to that (conjuncts, appositions,
parts of a name, «planes» in "20 of the planes"), so that "Acme" is not "Acme's plant".

Beside it stands the plain answer: the root of each sentence, where it is a verb, is the only event; its subject's and
its object's head take part; no nouns, no coreference.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.records import Span
from kg.score import Row
from kg.score.factuality import articles
from kg.score.meantime import SPEECH, Annotated, Happening, Thing, read

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.records import Argument, Extraction, Proposition, Role

LABEL = "events, MEANTIME airbus + gm"
COVERED, TAKING_PART = 70.0, 60.0
Source = Literal["event", "proposition", "statement", "plain"]
TOLD: tuple[Source, ...] = ("event", "proposition")
"""The predicates whose participants are compared."""
MEASURES = ("precision", "recall", "F1")
JOINED = frozenset({"conj", "appos", "flat", "list"})
"""What stands beside the head of a mention with equal right, by its relation."""
SHARES = frozenset({"number", "group", "part", "most", "some", "all", "many", "lot", "pair", "dozen", "majority"})
"""Nouns that count what follows with "of"."""


@dataclass(frozen=True, slots=True)
class Filler:
    """One that takes part, as we read it: its head word, and the head words of all mentions of its entity."""

    head: int
    words: frozenset[int]


@dataclass(frozen=True, slots=True)
class Predicate:
    """One of our events, propositions or statements: its words by number, the head of them, and who takes part."""

    source: Source
    words: frozenset[int]
    head: int
    fillers: tuple[Filler, ...] = ()
    class_: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """An article with what was annotated and what was found; ``heads`` are those of the annotated things in order."""

    gold: Annotated
    heads: tuple[frozenset[int], ...]
    found: tuple[Predicate, ...]
    plain: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The participants of one event: entities of MEANTIME that were found, that were missed, and fillers in error."""

    right: frozenset[str]
    missed: frozenset[str]
    wrong: tuple[Filler, ...]


def rows(data: Path, *, model: str | None = None) -> Iterator[Row]:
    """Coverage, precision and participants, ours and the plain answer's."""
    scenes = [scene for scene, _, _ in read_all(data, model=model)]
    yield from coverage(scenes)
    yield from participants(scenes)


# --- what was covered ------------------------------------------------------------------------------------------


def coverage(scenes: Sequence[Scene]) -> Iterator[Row]:
    """The share of annotated events that are covered, and of our predicates that are annotated events."""
    yield Row(LABEL, "recall, with statements", _recall(scenes, ("event", "proposition", "statement")))
    yield Row(LABEL, "recall", _recall(scenes, TOLD), COVERED)
    yield Row(LABEL, "recall, typed events", _recall(scenes, ("event",)))
    for pos in SPEECH:
        yield Row(LABEL, f"recall, {pos}", _recall(scenes, TOLD, pos))
    yield Row(LABEL, "precision, typed events", _precision(scenes, ("event",)))
    yield Row(LABEL, "precision", _precision(scenes, TOLD))
    yield Row(LABEL, "plain, recall", _recall(scenes, ("plain",)))


def _recall(scenes: Iterable[Scene], sources: Sequence[Source], pos: str | None = None) -> float:
    asked = [(one, scene) for scene in scenes for one in scene.gold.happenings if pos in (None, one.pos)]
    return 100 * sum(bool(matching(one, scene, sources)) for one, scene in asked) / max(1, len(asked))


def _precision(scenes: Iterable[Scene], sources: Sequence[Source]) -> float:
    told = found = 0
    for scene in scenes:
        gold = {word for one in scene.gold.happenings for word in one.words}
        words: dict[int, set[int]] = {}
        for predicate in predicates(scene, sources):
            words.setdefault(predicate.head, set()).update(predicate.words)
        told += len(words)
        found += sum(not gold.isdisjoint(one) for one in words.values())
    return 100 * found / max(1, told)


def predicates(scene: Scene, sources: Sequence[Source]) -> list[Predicate]:
    """The predicates of some sources."""
    return [one for one in (*scene.found, *scene.plain) if one.source in sources]


def matching(happening: Happening, scene: Scene, sources: Sequence[Source]) -> list[Predicate]:
    """Our predicates that share a word with an annotated event."""
    return [one for one in predicates(scene, sources) if not one.words.isdisjoint(happening.words)]


# --- who takes part --------------------------------------------------------------------------------------------


def participants(scenes: Sequence[Scene]) -> Iterator[Row]:
    """Precision, recall and F1 of the participants of matched events; those of all events count what is unmatched."""
    label = LABEL.replace("events", "participants", 1)
    plain: tuple[Source, ...] = ("plain",)
    for name, sources in (("", TOLD), ("typed events, ", TOLD[:1]), ("plain, ", plain)):
        for measure, value in zip(MEASURES, _prf(scenes, sources), strict=True):
            yield Row(label, name + measure, value, TAKING_PART if (name, measure) == ("", "F1") else None)
    for name, sources in (("", TOLD), ("plain, ", plain)):
        yield Row(label, f"{name}F1 over all events", _prf(scenes, sources, every=True)[2])


def _prf(scenes: Iterable[Scene], sources: Sequence[Source], *, every: bool = False) -> tuple[float, float, float]:
    right = wrong = missed = 0
    for scene in scenes:
        for one in scene.gold.happenings:
            found = matching(one, scene, sources)
            if found or every:
                judged = judge(one, found, scene)
                right, wrong, missed = right + len(judged.right), wrong + len(judged.wrong), missed + len(judged.missed)
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return 100 * precision, 100 * recall, 200 * precision * recall / max(1e-9, precision + recall)


def judge(happening: Happening, found: Iterable[Predicate], scene: Scene) -> Judged:
    """Who takes part by our predicates, against who does by the annotators; each thing once."""
    right: set[str] = set()
    wrong: dict[str, Filler] = {}
    for filler in (filler for one in found for filler in one.fillers):
        meant = stands_for(filler, scene.gold.things, scene.heads)
        right |= meant & happening.entities
        if meant and meant.isdisjoint(happening.entities):
            wrong.setdefault(min(meant), filler)
    return Judged(frozenset(right), happening.entities - right, tuple(wrong.values()))


def stands_for(filler: Filler, things: Sequence[Thing], heads: Sequence[frozenset[int]]) -> frozenset[str]:
    """The annotated entities that a filler is; none where it is nothing that the annotators call a thing."""
    return frozenset(thing.entity for thing, own in zip(things, heads, strict=True) if not own.isdisjoint(filler.words))


# --- reading ---------------------------------------------------------------------------------------------------


def read_all(data: Path, *, model: str | None = None) -> Iterator[tuple[Scene, Doc, Extraction]]:
    """Each article, read by us, with its annotation."""
    from kg import extract, language, ontology, resolve

    nlp, meanings = language.load(model), ontology.load()
    for path in articles(data):
        gold = read(path)
        doc = language.parse_sentences(gold.sentences, nlp)
        found = resolve.link(extract.extraction(doc, meanings))
        heads = tuple(head_words(doc, thing.words) for thing in gold.things)
        yield Scene(gold, heads, tuple(ours(found, doc)), tuple(plain(doc))), doc, found


def head_words(doc: Doc, words: Sequence[int]) -> frozenset[int]:
    """The head of an annotated mention, and what is joined to it with equal right."""
    todo = [doc[min(words) : max(words) + 1].root]
    for token in todo:
        counts = token.pos_ in ("NUM", "PRON", "DET") or token.lemma_.lower() in SHARES
        for child in token.children:
            relation = child.dep_.partition(":")[0]
            if child.i in words and (relation in JOINED or (counts and relation == "nmod")):
                todo.append(child)
    return frozenset(token.i for token in todo)


def ours(found: Extraction, doc: Doc) -> Iterator[Predicate]:
    """The events, propositions and statements of a linked record, by the words that say them."""
    fillers = _Fillers(found, doc)
    for event in found.events:
        yield _predicate(doc, "event", [event.trigger], map(fillers.of_role, event.roles), event.class_)
    for told in found.propositions:
        if told.relation.spans:  # a possessive has no words that say it
            both = map(fillers.of_argument, (told.subject, told.object))
            yield _predicate(doc, "proposition", said_by(told), both)
    for said in found.statements:
        if said.cue is not None:
            yield _predicate(doc, "statement", [said.cue], ())


def said_by(told: Proposition) -> tuple[Span, ...]:
    """The words that say what happens: those of the relation, and in «was | rejected» those of the object.

    >>> from kg.records import Argument, Proposition, Relation
    >>> plan, over = Argument("plan", (Span(0, 4),), mention=0), Argument("rejected", (Span(9, 17),))
    >>> said_by(Proposition(plan, Relation("was", "be", (Span(5, 8),)), over, 0))
    (Span(start=9, end=17), Span(start=5, end=8))
    """
    of = told.object
    if told.relation.lemma == "be" and of.mention is None and of.amount is None and of.time is None:
        return of.spans + told.relation.spans
    return told.relation.spans


class _Fillers:
    """Who fills a role or an argument of a record, by number of words; times fill nothing."""

    def __init__(self, found: Extraction, doc: Doc) -> None:
        self.found, self.doc = found, doc
        self.places = [_root(doc, mention.head).i for mention in found.mentions]
        self.chains: dict[int, set[int]] = {}
        for place, mention in zip(self.places, found.mentions, strict=True):
            self.chains.setdefault(mention.entity, set()).add(place)

    def of_role(self, role: Role) -> Filler | None:
        return self._filler(role.mention, role.amount, ())

    def of_argument(self, argument: Argument) -> Filler | None:
        return None if argument.time is not None else self._filler(argument.mention, argument.amount, argument.spans)

    def _filler(self, mention: int | None, amount: int | None, spans: Sequence[Span]) -> Filler | None:
        if mention is not None:
            return Filler(self.places[mention], frozenset(self.chains[self.found.mentions[mention].entity]))
        if amount is not None:  # «30 planes» are planes
            figure = self.found.amounts[amount]
            spans = [figure.noun or Span(figure.start, figure.end)]
        if not spans:
            return None
        head = _root(self.doc, Span(spans[0].start, spans[-1].end)).i
        return Filler(head, frozenset({head}))


def _predicate(
    doc: Doc, source: Source, spans: Sequence[Span], fillers: Iterable[Filler | None], class_: str = ""
) -> Predicate:
    words = frozenset(token.i for span in spans for token in _tokens(doc, span))
    head = _root(doc, spans[0]).i
    return Predicate(source, words, head, tuple(one for one in fillers if one is not None), class_)


def plain(doc: Doc) -> Iterator[Predicate]:
    """The root of each sentence, where it is a verb, with the heads of its subject and its object."""
    for sentence in doc.sents:
        root = sentence.root
        if root.pos_ == "VERB":
            taking = [child.i for child in root.children if child.dep_ in ("nsubj", "nsubj:pass", "obj")]
            yield Predicate("plain", frozenset({root.i}), root.i, tuple(Filler(i, frozenset({i})) for i in taking))


def _tokens(doc: Doc, span: Span) -> Sequence[Token]:
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return [] if found is None else list(found)


def _root(doc: Doc, span: Span) -> Token:
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    assert found is not None, span
    return found.root


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, or what is behind them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of public data sets")
    parser.add_argument("--model", help="another language model")
    parser.add_argument("--errors", type=int, metavar="N", help="print N lemmas and participants of each kind of error")
    given = parser.parse_args(arguments)
    if given.errors is None:
        for row in rows(given.data, model=given.model):
            print(f"{row.data:40} {row.measure:28} {row.value:6.1f}")
    else:
        from kg.score import events_errors

        for line in events_errors.lines(given.data, given.errors, model=given.model):
            print(line)


if __name__ == "__main__":
    main()
