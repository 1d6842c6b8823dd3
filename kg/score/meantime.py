"""MEANTIME: XML of an article -> its annotated sentences, its mentions of events with who takes part, and of things.

Only the title and the first sentences (0 to 5) are annotated. Words are told by number, counted through the sentences
that are kept. Nothing here needs a language model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from kg.score.times import ANNOTATED, MEANTIME_FOLDERS

FOLDER = Path("meantime/intra_cross-doc_annotation")
"""Where the articles lie in the data folder."""
Places = dict[str, int]
"""The number of each word that is kept, by its id in the file."""
SPEECH = ("VERB", "NOUN", "OTHER")
"""The parts of speech that the annotators tell apart; OTHER also where they told none."""


@dataclass(frozen=True, slots=True)
class Happening:
    """A mention of an event: its words, its part of speech and the things that take part in it.

    ``participants`` has the ids of entities, by role: "Arg0" to "Arg4", "Argm-LOC", "Argm-OTHER".
    """

    words: tuple[int, ...]
    pos: str
    participants: tuple[tuple[str, str], ...] = ()

    @property
    def entities(self) -> frozenset[str]:
        """The things that take part, whatever their role."""
        return frozenset(entity for _, entity in self.participants)


@dataclass(frozen=True, slots=True)
class Thing:
    """A mention of a thing: its words, and the id of the entity that it refers to (its own where it refers to none)."""

    words: tuple[int, ...]
    entity: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """What was annotated in one article."""

    sentences: tuple[tuple[str, ...], ...]
    happenings: tuple[Happening, ...]
    things: tuple[Thing, ...]


def read(path: Path) -> Annotated:
    """The annotation of one file; amounts that take part (VALUE, «20 percent») are no things and are left out."""
    root = ElementTree.parse(path).getroot()
    sentences, places = _words(root)
    refers = _refers(root)
    things = {
        node.get("m_id", ""): Thing(words, refers.get(node.get("m_id", ""), node.get("m_id", "")))
        for node in root.iter("ENTITY_MENTION")
        if (words := _anchors(node, places))
    }
    taking = list(_taking_part(root, things))
    happenings = tuple(
        Happening(words, pos if (pos := node.get("pos", "")) in SPEECH else "OTHER", _of(node.get("m_id"), taking))
        for node in root.iter("EVENT_MENTION")
        if (words := _anchors(node, places))
    )
    return Annotated(sentences, happenings, tuple(things.values()))


def _words(root: ElementTree.Element) -> tuple[tuple[tuple[str, ...], ...], Places]:
    tokens = [token for token in root.iter("token") if int(token.get("sentence", "0")) <= ANNOTATED]
    sentences: dict[str, list[str]] = {}
    for token in tokens:
        sentences.setdefault(token.get("sentence", ""), []).append(token.text or "")
    return tuple(map(tuple, sentences.values())), {token.get("t_id", ""): n for n, token in enumerate(tokens)}


def _anchors(node: ElementTree.Element, places: Places) -> tuple[int, ...]:
    return tuple(places[id] for anchor in node.iter("token_anchor") if (id := anchor.get("t_id", "")) in places)


def _refers(root: ElementTree.Element) -> dict[str, str]:
    """The entity of each mention; of two that a mention refers to, the first."""
    found: dict[str, str] = {}
    for link in root.iter("REFERS_TO"):
        if (target := link.find("target")) is not None:
            for source in link.iter("source"):
                found.setdefault(source.get("m_id", ""), target.get("m_id", ""))
    return found


def _taking_part(root: ElementTree.Element, things: dict[str, Thing]) -> Iterator[tuple[str, str, str]]:
    """Event mention, role and entity of each link between a mention of an event and one of a thing."""
    for link in root.iter("HAS_PARTICIPANT"):
        for source in link.iter("source"):
            for target in link.iter("target"):
                thing = things.get(target.get("m_id", ""))
                if thing is not None:  # two links of the corpus lead nowhere
                    yield source.get("m_id", ""), link.get("sem_role", ""), thing.entity


def _of(mention: str | None, taking: list[tuple[str, str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((role, entity) for event, role, entity in taking if event == mention)


@dataclass(frozen=True, slots=True)
class Linked:
    """An article with all its sentences of words, and its annotated mentions of one sort with what they refer to.

    ``last`` is how many words the annotated sentences have. A mention that is linked to nothing refers to an id of
    the article's own.
    """

    path: Path
    sentences: tuple[tuple[str, ...], ...]
    mentions: tuple[tuple[tuple[int, ...], str], ...]
    last: int

    @property
    def name(self) -> str:
        """The name of the article's file."""
        return self.path.stem

    def words(self, places: tuple[int, ...]) -> str:
        """The words at some places, in lower case."""
        words = [word for sentence in self.sentences for word in sentence]
        return " ".join(words[place] for place in places).lower()


def linked(path: Path, sort: Literal["ENTITY", "EVENT"]) -> Linked:
    """One file of the corpus, with the mentions of things or of events in its annotated sentences."""
    root = ElementTree.parse(path).getroot()
    tokens = list(root.iter("token"))
    sentences: dict[str, list[str]] = {}
    for token in tokens:
        sentences.setdefault(token.get("sentence", ""), []).append(token.text or "-")
    places = {token.get("t_id"): n for n, token in enumerate(tokens) if int(token.get("sentence", "0")) <= ANNOTATED}
    things = {node.get("m_id"): node.get("instance_id") for node in root.iter(sort)}
    refers = {
        source.get("m_id"): things.get(target.get("m_id")) or f"{path.stem} {target.get('m_id')}"
        for link in root.iter("REFERS_TO")
        if (target := link.find("target")) is not None
        for source in link.iter("source")
    }
    mentions = []
    for node in root.iter(f"{sort}_MENTION"):
        words = tuple(sorted(places[id] for a in node.iter("token_anchor") if (id := a.get("t_id")) in places))
        if words:
            mentions.append((words, refers.get(node.get("m_id")) or f"{path.stem} {node.get('m_id')}"))
    return Linked(path, tuple(map(tuple, sentences.values())), tuple(mentions), len(places))


def articles(data: Path) -> list[Path]:
    """The articles that we develop on, in the order of their names."""
    return [path for name in MEANTIME_FOLDERS for path in sorted((data / FOLDER / name).glob("*.xml"))]
