"""Clauses -> events, by the frames of the ontology: which word tells of which class, and who plays which role.

    verb-frame     Acme bought Bolt for $3 million.          buy: subject buyer, object target, "for" price
    phrase-frame   Acme held talks with Bolt.                verb with the head of its object, or "file for bankruptcy"
    object-frame   Acme cut 40 jobs in marketing.            verb that needs one of some nouns as its object
    noun-frame     Acme's acquisition of Bolt; job cuts      noun with possessor, "of", "by", compounds

Nothing here knows a word: words, places and guards are rows of ``ontology/frames/*.ttl``. One clause gives at most
one event, that of the most specific frame; joining tellings of one event is the work of ``resolve.event``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.extract.frame_fill import Place, Scene
from kg.extract.frame_match import Match, Table, matches, noun_parts, word_parts
from kg.extract.frame_slots import Filling, fillings, guarded
from kg.extract.frame_status import carrying, container, status_of, support
from kg.extract.parts import Clause, Part
from kg.extract.stance import argument_stance
from kg.extract.tree import children, dep
from kg.ontology import Frame, Ontology, Support
from kg.records import Amount, Event, Extraction, Mention, Role, Span, Time

# What a verb that a frame knows gets, and how much less each weakness leaves of it. Priors, to be calibrated on gold.
VERB, NOUN = 0.85, 0.75
UNKNOWN_KIND, LENT_SUBJECT, LONE_ROLE = 0.85, 0.9, 0.9
NOT_BETWEEN = frozenset({"VERB", "PUNCT", "CCONJ", "SCONJ", "PRON"})
REACH = 6
"""Within how many words behind its verb a noun belongs to the trigger («posted a third-quarter LOSS»)."""


def events(scene: Scene, clauses: Sequence[Clause]) -> list[Event]:
    """The events that the clauses of one article tell of, in text order.

    Classes and roles are prefixed names ("kg:Acquisition", "kg:buyer", "kg:time", "schema:location"); ``statement``
    is left open.
    """
    found = [reading for clause in clauses if (reading := _best(scene, clause)) is not None]
    readings = [reading for reading in found if not _is_of_a_kind(scene, reading)]
    return sorted((_event(scene, one) for one in _distinct(readings)), key=lambda e: (e.trigger, e.class_, e.rule))


def missed(
    found: Extraction, clauses: Sequence[Clause], doc: Doc, ontology: Ontology
) -> Iterator[tuple[Clause, Frame]]:
    """The frames whose words a clause shows but whose roles it does not fill, so that they read nothing."""
    scene = Scene.of(clauses, found.mentions, found.amounts, found.times, doc, ontology)
    for clause in clauses:
        for match in matches(scene, clause, _table(scene, clause)):
            if _read(scene, clause, match) is None:
                yield clause, match.frame


@dataclass(frozen=True, slots=True)
class Reading:
    """A clause read through a frame; ``words`` is how many words of the frame's own it shows."""

    frame: Frame
    place: Place
    words: int
    fillings: tuple[Filling, ...]
    carried: Support | None
    lent: bool


def _table(scene: Scene, clause: Clause) -> Table:
    return scene.ontology.frames_by_noun if clause.nominal else scene.ontology.frames_by_verb


def _may_tell(scene: Scene, clause: Clause) -> bool:
    """Whether any frame knows the verb or noun, so that most clauses are done with at once."""
    if not clause.nominal:
        return clause.lemma.partition(" ")[0] in scene.ontology.event_verbs
    noun = scene.doc[clause.predicate]
    return noun.lower_ in scene.ontology.event_nouns or noun.lemma_.lower() in scene.ontology.event_nouns


def _best(scene: Scene, clause: Clause) -> Reading | None:
    """The clause through its most specific frame: more words of the frame, then more roles."""
    if not _may_tell(scene, clause):
        return None
    evoked = matches(scene, clause, _table(scene, clause))
    found = [reading for match in evoked if (reading := _read(scene, clause, match)) is not None]
    return max(found, key=lambda r: (r.words, len(r.fillings), r.frame.name), default=None)


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    """Without a noun's event that a verb's event of the same class tells already ("launched an investigation")."""
    told = {(r.frame.event, r.place.light) for r in readings if not r.place.clause.nominal}
    best: dict[tuple[str, int], Reading] = {}
    for one in readings:
        key = (one.frame.event, one.place.clause.predicate)
        if one.place.clause.nominal and key in told:
            continue
        if key not in best or len(one.fillings) > len(best[key].fillings):
            best[key] = one
    return list(best.values())


def _is_of_a_kind(scene: Scene, reading: Reading) -> bool:
    """Whether a description only tells what kind is meant: «people born in Tarn», «any worker fired».

    Without a time, a number, a name or anything definite, a participle behind a noun, or a bare noun, tells no event.
    """
    clause, predicate = reading.place.clause, scene.doc[reading.place.clause.predicate]
    apart = () if clause.nominal else ("schema:location",)  # «elections in Peru» are some, «those born in Peru» are not
    roles = [filling.role for filling in reading.fillings if filling.role.role not in apart]
    if any(role.mention is None for role in roles):
        return False
    mentions = [scene.mentions[role.mention] for role in roles if role.mention is not None]
    if any(one.form != "nominal" or one.definite for one in mentions):
        return False
    bare = clause.nominal and not children(predicate, "det", "nmod:poss") and container(scene, predicate) is None
    return bare or (not clause.nominal and dep(predicate, "acl", "amod") and predicate.tag_ in ("VBN", "VBG"))


# --- reading a clause through a frame --------------------------------------------------------------------------


def _read(scene: Scene, clause: Clause, match: Match) -> Reading | None:
    carried, governor = support(scene, clause)
    parts, lent = _parts(scene, clause, match, carried)
    performed = carried is not None and carried.status == "Happened" and clause.nominal
    above = governor.i if performed and governor is not None else None
    place = Place(scene, clause, parts, match.light, above)
    filled = _fill(scene, place, match.frame)
    if filled is None:
        return None
    return Reading(match.frame, place, match.words, filled, carried, lent)


def _parts(scene: Scene, clause: Clause, match: Match, carried: Support | None) -> tuple[tuple[Part, ...], bool]:
    """The clause's parts, with those of the light noun; under a noun, the support verb's subject as its agent."""
    parts = list(word_parts(scene, clause, match))
    if not clause.nominal:
        return tuple(parts), False
    around = container(scene, scene.doc[clause.predicate])
    if around is not None:
        parts += [part for part in noun_parts(scene, around.i) if part.slot != "of"]
    owned = any(part.slot in ("possessive", "by") for part in parts)
    subjects = [part for part in parts if part.slot == "subject"]
    parts = [part for part in parts if part.slot != "subject"]
    lent = bool(carried and carried.shares and subjects and not owned)
    if lent:
        parts += [replace(part, slot="agent") for part in subjects]
    return tuple(dict.fromkeys(parts)), lent


def _fill(scene: Scene, place: Place, frame: Frame) -> tuple[Filling, ...] | None:
    """The frame's roles with their fillers, time and place added; None where a guard fails."""
    found = fillings(scene, place, frame)
    if not guarded(scene, frame, found):
        return None
    return (*found, *_circumstances(scene, place, found)) or None


def _circumstances(scene: Scene, place: Place, found: Sequence[Filling]) -> Iterator[Filling]:
    """When and where: the nearest time that fills no role, and the places that fill none."""
    used = {filling.role.time for filling in found}
    when = next((index for index in place.dates() if index not in used), None)
    if when is not None and not any(filling.role.time is not None for filling in found):
        yield Filling(Role("kg:time", time=when))
    mentions = {filling.role.mention for filling in found}
    for head in place.places():
        index = scene.mention(head)
        if index is not None and index not in mentions and scene.mentions[index].kind == "Place":
            mentions.add(index)
            yield Filling(Role("schema:location", mention=index))


# --- the record ------------------------------------------------------------------------------------------------


def _event(scene: Scene, reading: Reading) -> Event:
    clause, predicate = reading.place.clause, scene.doc[reading.place.clause.predicate]
    stance = argument_stance(predicate) if clause.nominal else clause.stance
    carried = carrying(scene, reading.frame.event, reading.carried)
    roles = (filling.role for filling in reading.fillings)
    return Event(
        class_=reading.frame.event,
        trigger=_trigger(scene.doc, reading.place),
        roles=tuple(sorted(roles, key=lambda r: (r.role, r.mention or 0, r.amount or 0, r.time or 0))),
        status=status_of(stance, carried, nominal=clause.nominal, infinitive=dep(predicate, "xcomp")),
        polarity=stance.polarity,
        certainty=stance.certainty,
        tense=stance.tense,
        conditional=stance.conditional,
        sentence=scene.sentence_at[clause.predicate],
        spans=_spans(scene, reading),
        rule=f"frame:{reading.frame.name}",
        confidence=_confidence(reading),
    )


def _trigger(doc: Doc, place: Place) -> Span:
    """The words of the predicate where they stand together, else its head word; with a noun that belongs to them.

    «filed for bankruptcy», «posted a loss»: up to the noun where only a few words and no other verb lie between.
    """
    clause = place.clause
    words = sorted(clause.words) if clause.predicate in clause.words else [clause.predicate]
    if words[-1] - words[0] != len(words) - 1:
        words = [clause.predicate]
    last = words[-1]
    if place.light is not None and last < place.light <= last + REACH:
        between = doc[last + 1 : place.light]
        if all(word.pos_ not in NOT_BETWEEN or word.tag_ == "PRP$" for word in between):
            last = place.light
    return Span(doc[words[0]].idx, doc[last].idx + len(doc[last]))


def _spans(scene: Scene, reading: Reading) -> tuple[Span, ...]:
    """The words that bear the event: predicate, light noun and all fillers, in order, joined where they touch."""
    words = {*reading.place.clause.words, reading.place.clause.predicate, reading.place.light}
    found = [(scene.doc[i].idx, scene.doc[i].idx + len(scene.doc[i])) for i in words if i is not None]
    for filling in reading.fillings:
        role = filling.role
        places: list[Mention | Amount | Time] = []
        places += [scene.mentions[role.mention]] if role.mention is not None else []
        places += [scene.amounts[role.amount]] if role.amount is not None else []
        places += [scene.times[role.time]] if role.time is not None else []
        found += [(place.start, place.end) for place in places]
    return _joined(sorted(found), scene.text)


def _joined(spans: Sequence[tuple[int, int]], text: str) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1].end : start].strip():
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return tuple(joined)


def _confidence(reading: Reading) -> float:
    """A prior by kind of predicate, lowered for fillers of unknown kind, a lent subject and a single role."""
    score = NOUN if reading.place.clause.nominal else VERB
    if any(filling.weak for filling in reading.fillings):
        score *= UNKNOWN_KIND
    if reading.lent:
        score *= LENT_SUBJECT
    if len(reading.fillings) == 1:
        score *= LONE_ROLE
    return round(score, 3)
