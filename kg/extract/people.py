"""What stands beside a person's name -> standing relations: dates and places of a life, and the age."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.address import address
from kg.extract.age import ages
from kg.extract.frame_fill import Scene
from kg.extract.life import Life, Moment
from kg.extract.parts import Stance
from kg.extract.relation import OBJECT, SUBJECT, UNKNOWN_KIND, Related
from kg.extract.tree import children, slot_of, unit_head
from kg.extract.tree_index import index as index_of
from kg.records import Role, Span

BIRTH, DEATH = ("schema:birthDate", "schema:birthPlace"), ("schema:deathDate", "schema:deathPlace")
DATES = frozenset({"schema:birthDate", "schema:deathDate", "schema:foundingDate"})
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T.*)?)?)?\Z")
_RECKONED = re.compile(r"\b(?:earlier|later|before|after)\b", re.IGNORECASE)
_LEADS = re.compile(r"\s+(?:there |at home )?(?:in|on)\s+(?:early |late )?")
HOME = "schema:homeLocation"
_OF = re.compile(r",(?: (?:aged )?\d{1,3},)? of \Z")
_CLOSED = re.compile(r"\s*[,.;]")
SURE, BY_FORM = 0.95, 0.9
"""The confidence of what words say ("born"), and of what only two dates with a dash show."""


def people(scene: Scene, lives: Sequence[Life], related: Sequence[Related]) -> list[Related]:
    """The relations that frames read, with those of lives and ages; what a life tells no frame tells again."""
    told = [one for life in lives for one in _of_life(scene, life)]
    known = {(one.property, one.subject.mention) for one in told if one.object.time is not None}
    inside = [life.span for life in lives]
    kept = [
        one for one in related
        if (one.property, one.subject.mention) not in known and _is_date(scene, one)
        and (one.property not in BIRTH + DEATH or not _in_any(scene, one.object, inside))
    ]  # fmt: skip
    found: dict[tuple[str, Role, Role], Related] = {}
    for one in (*kept, *told, *_deaths(scene), *_homes(scene), *ages(scene)):
        found.setdefault((one.property, one.subject, one.object), one)
    return list(found.values())


def _is_date(scene: Scene, one: Related) -> bool:
    """Whether a date of a life is one: no decade, no length, none that is reckoned from another («a year earlier»)."""
    if one.property not in DATES or one.object.time is None:
        return True
    time = scene.times[one.object.time]
    return bool(_DATE.match(time.value)) and not _RECKONED.search(scene.text[time.start : time.end])


def _deaths(scene: Scene) -> Iterator[Related]:
    """«until HIS DEATH IN 1972», «the death of Ann Lee on Friday»: the date is the noun's, not the verb's."""
    known = index_of(scene.doc)
    for noun in (token for token, lower in zip(known.tokens, known.lowers, strict=True) if lower == "death"):
        owners = [*children(noun, "nmod:poss"), *(word for word in children(noun, "nmod") if slot_of(word) == "of")]
        for person in (index for word in owners for index in _person(scene, word)):
            end = max(noun.idx + len(noun), scene.mentions[person].end)
            for index in _directly(scene, end):
                yield Related(DEATH[0], "life", noun.i, (noun.i,), Role(SUBJECT, mention=person),
                              Role(OBJECT, time=index), Stance(tense="past"), BY_FORM)  # fmt: skip


def _homes(scene: Scene) -> Iterator[Related]:
    """«Ann Lee, 43, of Leeds, said»: where somebody lives, between commas."""
    text = scene.text
    for place in scene.names_of_places:
        start, end = scene.mentions[place].start, scene.mentions[place].end
        before = _OF.search(text, max(0, start - 16), start)
        if before is None or not before.start():
            continue
        at = scene.doc.char_span(before.start() - 1, before.start(), alignment_mode="expand")
        if at is None or at.root.ent_type_ != "Person" or not _CLOSED.match(text, end):
            continue
        for person in _person(scene, unit_head(at.root)):
            for index in (place, *address(scene, place)):
                yield Related(HOME, "home", at.root.i, (), Role(SUBJECT, mention=person),
                              Role(OBJECT, mention=index), Stance(), BY_FORM)  # fmt: skip


def _person(scene: Scene, word: Token) -> list[int]:
    index = scene.mention(word)
    return [index] if index is not None and scene.mentions[index].kind == "Person" else []


def _directly(scene: Scene, end: int) -> list[int]:
    """The time that follows a place in the text behind "in" or "on" alone."""
    return [i for i, time in enumerate(scene.times) if end < time.start < end + 24 and _DATE.match(time.value)
            and _LEADS.fullmatch(scene.text[end : time.start])][:1]  # fmt: skip


def _in_any(scene: Scene, role: Role, spans: Sequence[Span]) -> bool:
    place = scene.times[role.time] if role.time is not None else None
    found = place if place is not None else scene.mentions[role.mention] if role.mention is not None else None
    return found is not None and any(span.start <= found.start and found.end <= span.end for span in spans)


def _of_life(scene: Scene, life: Life) -> Iterator[Related]:
    person = scene.mention_at.get(life.person)
    if person is None or scene.mentions[person].kind not in ("Person", "Other"):
        return
    score = (SURE if life.sure else BY_FORM) * (1.0 if scene.mentions[person].kind == "Person" else UNKNOWN_KIND)
    for moment, (date, place) in ((life.birth, BIRTH), (life.death, DEATH)):
        if moment is not None:
            dates = [(date, role) for role in _time(scene, moment)]
            for name, role in (*dates, *((place, role) for role in _places(scene, moment))):
                yield Related(name, "life", life.person, (), Role(SUBJECT, mention=person), role,
                              Stance(tense="past"), round(score, 3))  # fmt: skip


def _time(scene: Scene, moment: Moment) -> list[Role]:
    found = (i for i, time in enumerate(scene.times) if (time.start, time.end) == tuple(moment.span))
    return [Role(OBJECT, time=index) for index in found][:1]


def _places(scene: Scene, moment: Moment) -> list[Role]:
    """The first place told with the date, and those in which it lies."""
    start, end = moment.place
    first = next((i for i in scene.names_of_places if start <= scene.mentions[i].start < end), None)
    if first is None or scene.text[start : scene.mentions[first].start].strip(" ,") not in ("", "in", "at", "near"):
        return []
    inside = [i for i in address(scene, first) if scene.mentions[i].end <= end]
    return [Role(OBJECT, mention=index) for index in (first, *inside)]


__all__ = ["people"]
