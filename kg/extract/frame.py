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
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.extract.frame_fill import Place, Scene, dependents
from kg.extract.frame_status import NEGATIVE_WORDS, container, status_of, support
from kg.extract.parts import Clause, Part
from kg.extract.stance import argument_stance
from kg.extract.tree import dep, hanging_on, inside, sentence_start, unit
from kg.ontology import Frame, Ontology, Slot, Support
from kg.records import Amount, Event, Extraction, Mention, Role, Span, Time

# What a verb that a frame knows gets, and how much less each weakness leaves of it. Priors, to be calibrated on gold.
VERB, NOUN = 0.85, 0.75
UNKNOWN_KIND, LENT_SUBJECT, LONE_ROLE = 0.85, 0.9, 0.9
NO_MENTIONS = frozenset({"money", "quantity", "percent", "time"})


def events(
    clauses: Sequence[Clause],
    mentions: Sequence[Mention],
    amounts: Sequence[Amount],
    times: Sequence[Time],
    doc: Doc,
    ontology: Ontology,
) -> list[Event]:
    """The events that the clauses of one article tell of, in text order.

    Classes and roles are prefixed names ("kg:Acquisition", "kg:buyer", "kg:time", "schema:location"); ``statement``
    is left open.
    """
    scene = Scene.of(clauses, mentions, amounts, times, doc, ontology)
    readings = [reading for clause in clauses if (reading := _best(scene, clause)) is not None]
    return sorted((_event(scene, one) for one in _distinct(readings)), key=lambda e: (e.trigger, e.class_, e.rule))


def missed(
    found: Extraction, clauses: Sequence[Clause], doc: Doc, ontology: Ontology
) -> Iterator[tuple[Clause, Frame]]:
    """The frames whose words a clause shows but whose roles it does not fill, so that they read nothing."""
    scene = Scene.of(clauses, found.mentions, found.amounts, found.times, doc, ontology)
    for clause in clauses:
        for match in _matches(scene, clause):
            if _read(scene, clause, match) is None:
                yield clause, match.frame


@dataclass(frozen=True, slots=True)
class Filling:
    """A role with its filler, and whether the filler's kind is unknown ("it", an untyped name)."""

    role: Role
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A clause read through a frame; ``words`` is how many words of the frame's own it shows."""

    frame: Frame
    place: Place
    words: int
    fillings: tuple[Filling, ...]
    carried: Support | None
    lent: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A frame whose word a clause shows; ``light`` is the noun that is part of that word ("cut JOBS").

    ``particle`` is the slot that belongs to the word itself ("laid OFF 40 people", read as a preposition).
    """

    frame: Frame
    words: int
    light: int | None = None
    particle: str | None = None


def _best(scene: Scene, clause: Clause) -> Reading | None:
    """The clause through its most specific frame: more words of the frame, then more roles."""
    found = [reading for match in _matches(scene, clause) if (reading := _read(scene, clause, match)) is not None]
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


# --- which frames a clause's words evoke -----------------------------------------------------------------------


class Word(NamedTuple):
    """Words of a clause under which a frame may stand in the table, with their light noun and particle."""

    key: str
    light: int | None = None
    particle: str | None = None


def _matches(scene: Scene, clause: Clause) -> Iterator[Match]:
    words = _noun_words(scene, clause) if clause.nominal else _verb_words(scene, clause)
    table = scene.ontology.frames_by_noun if clause.nominal else scene.ontology.frames_by_verb
    for word in dict.fromkeys(words):
        for frame in table.get(word.key, ()):
            if clause.nominal and word.key not in frame.nouns and scene.doc[clause.predicate].lower_ != word.key:
                continue
            if any(part.slot in frame.without for part in clause.parts):
                continue
            size = len(word.key.split())
            if not frame.objects:
                yield Match(frame, size, word.light, word.particle)
            elif (carrier := _carrier(scene, clause, frame)) is not None:
                yield Match(frame, size + 1, carrier, word.particle)


def _verb_words(scene: Scene, clause: Clause) -> Iterator[Word]:
    """Under which words a verb may stand in the table: with particle, adverb, predicate, object or prepositions."""
    verb, doc = clause.lemma, scene.doc
    yield Word(verb)
    if clause.rule == "copula":
        yield Word(f"be {doc[clause.predicate].lemma_.lower()}")
        return
    for child in hanging_on(doc[clause.predicate]):
        if child.dep_ in ("advmod", "xcomp", "ccomp", "compound:prt") and f" {child.lower_}" not in verb:
            negated = any(word.lower_ in NEGATIVE_WORDS for word in hanging_on(child))
            yield Word(f"{verb} {'not ' if negated else ''}{child.lemma_.lower()}")
    for part in clause.parts:
        noun = doc[part.head].lemma_.lower()
        if part.slot == "object":
            yield Word(f"{verb} {noun}", part.head)
        elif part.slot not in ("subject", "agent", "indirect", "time"):
            yield Word(f"{verb} {part.slot}", None, part.slot)
            yield Word(f"{verb} {part.slot} {noun}", part.head)


def _noun_words(scene: Scene, clause: Clause) -> Iterator[Word]:
    """The noun's lemma and form, also with the one or two words before it ("initial public offering")."""
    noun = scene.doc[clause.predicate]
    first = sentence_start(noun)
    if noun.is_title and noun.i > first:
        return  # part of a name that the pipeline did not see ("Bishops' Conference")
    forms = dict.fromkeys((noun.lemma_.lower(), noun.lower_))
    for form in forms:
        yield Word(form)
    for size in (1, 2):
        start = noun.i - size
        if start < first or not inside(scene.doc[start], noun):
            return
        before = scene.text[scene.doc[start].idx : noun.idx].lower()
        for form in forms:
            yield Word(" ".join((before + form).split()))


def _carrier(scene: Scene, clause: Clause, frame: Frame) -> int | None:
    """The noun of the frame's ``kg:withObject`` that the clause shows: verb's object, noun's "of", compound."""
    slots = ("of", "compound", "in", "to") if clause.nominal else ("object",)
    for slot in slots:
        for part in clause.parts:
            if part.slot != slot:
                continue
            for token in _counted(scene, scene.doc[part.head]):
                if token.lemma_.lower() in frame.objects or token.lower_ in frame.objects:
                    return token.i
    return None


def _counted(scene: Scene, head: Token) -> list[Token]:
    """The word itself and, for "hundreds of jobs", what is counted."""
    if head.lemma_.lower() not in scene.ontology.quantity_nouns:
        return [head]
    return [head, *dependents(head, "of")]


# --- reading a clause through a frame --------------------------------------------------------------------------


def _read(scene: Scene, clause: Clause, match: Match) -> Reading | None:
    carried, governor = support(scene, clause)
    parts, lent = _parts(scene, clause, match, carried)
    performed = carried is not None and carried.status == "Happened" and clause.nominal
    above = governor.i if performed and governor is not None else None
    place = Place(scene, clause, parts, match.light, above)
    fillings = _fill(scene, place, match.frame)
    if fillings is None:
        return None
    return Reading(match.frame, place, match.words, fillings, carried, lent)


def _parts(scene: Scene, clause: Clause, match: Match, carried: Support | None) -> tuple[tuple[Part, ...], bool]:
    """The clause's parts, with those of the light noun; under a noun, the support verb's subject as its agent."""
    parts = list(clause.parts)
    if match.particle is not None and clause.part("object") is None:
        parts += [replace(part, slot="object") for part in parts if part.slot == match.particle]
    if match.light is not None:
        parts += _noun_parts(scene, match.light)
    if not clause.nominal:
        return tuple(dict.fromkeys(parts)), False
    around = container(scene, scene.doc[clause.predicate])
    if around is not None:
        parts += [part for part in _noun_parts(scene, around.i) if part.slot != "of"]
    owned = any(part.slot in ("possessive", "by") for part in parts)
    subjects = [part for part in parts if part.slot == "subject"]
    parts = [part for part in parts if part.slot != "subject"]
    lent = bool(carried and carried.shares and subjects and not owned)
    if lent:
        parts += [replace(part, slot="agent") for part in subjects]
    return tuple(dict.fromkeys(parts)), lent


def _noun_parts(scene: Scene, noun: int) -> list[Part]:
    clause = scene.nominals.get(noun)
    return [part for part in clause.parts if part.slot not in ("subject", "time")] if clause else []


def _fill(scene: Scene, place: Place, frame: Frame) -> tuple[Filling, ...] | None:
    """The frame's roles with their fillers, time and place added; None where a guard fails."""
    found: list[Filling] = []
    for slot in sorted(frame.slots, key=lambda slot: (slot.rank, not slot.required, slot.name)):
        if slot.rank == 1 or all(filling.role.role != slot.role for filling in found):
            taken = {filling.role.mention for filling in found if filling.role.mention is not None}
            found += _slot_fillings(scene, place, slot, taken)
    found = list({filling.role: filling for filling in found}.values())
    around = list(_circumstances(scene, place, found))
    return (*found, *around) if _guarded(scene, frame, found) and (found or around) else None


def _slot_fillings(scene: Scene, place: Place, slot: Slot, taken: set[int]) -> Iterator[Filling]:
    where = slot.noun if place.clause.nominal else slot.verb
    for name in sorted(where):
        for head in map(scene.counted, place.heads(name)):
            index = scene.mention(head)
            if index is not None and index not in taken and _fits(scene, slot, head, scene.mentions[index]):
                yield Filling(Role(slot.role, mention=index), scene.mentions[index].kind not in slot.expects)
    if slot.expects & {"money", "quantity", "percent"}:
        for index in place.amounts(where, slot.expects):
            yield Filling(Role(slot.role, amount=index))
    if "time" in slot.expects:
        for index in list(place.dates(where))[:1]:
            yield Filling(Role(slot.role, time=index))


def _fits(scene: Scene, slot: Slot, head: Token, mention: Mention) -> bool:
    """Whether a mention may fill a slot by kind, head word and count; an unknown kind passes for a name or pronoun."""
    known = mention.kind in slot.expects
    unknown = mention.kind == "Other" and mention.form != "nominal" and bool(slot.expects - NO_MENTIONS)
    if not known and not unknown:
        return False
    words = {head.lemma_.lower(), head.lower_}
    if slot.heads and not slot.heads & (words | {word.lower_ for word in unit(head)}):
        return False
    if mention.form != "name" and slot.not_heads & words:
        return False
    return not (slot.uncounted and any(root.i == head.i for root in scene.amount_roots))


def _guarded(scene: Scene, frame: Frame, found: Sequence[Filling]) -> bool:
    """Whether the roles that the frame insists on are filled; one of unknown kind does only beside a sure filler."""
    roles = {filling.role.role for filling in found}
    if any(slot.required and slot.role not in roles for slot in frame.slots):
        return False
    if frame.one_of and not frame.one_of & roles:
        return False
    needed = {slot.role for slot in frame.slots if slot.required}
    number = sum(_number(scene, filling) for filling in found if filling.role.role in needed)
    if needed and number < frame.at_least:
        return False
    unsure = {role for role in needed if all(f.weak for f in found if f.role.role == role)}
    pronoun = any(_is_pronoun(scene, f) for f in found if f.role.role in unsure)
    return not pronoun or any(_is_name(scene, f) for f in found)


def _number(scene: Scene, filling: Filling) -> int:
    """How many a filler stands for: a plural is at least two."""
    index = filling.role.mention
    return 2 if index is not None and scene.mentions[index].plural else 1


def _is_pronoun(scene: Scene, filling: Filling) -> bool:
    index = filling.role.mention
    return index is not None and scene.mentions[index].form == "pronoun"


def _is_name(scene: Scene, filling: Filling) -> bool:
    index = filling.role.mention
    return index is None or scene.mentions[index].form == "name"


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
    roles = (filling.role for filling in reading.fillings)
    return Event(
        class_=reading.frame.event,
        trigger=_trigger(scene.doc, clause),
        roles=tuple(sorted(roles, key=lambda r: (r.role, r.mention or 0, r.amount or 0, r.time or 0))),
        status=status_of(stance, reading.carried, nominal=clause.nominal, infinitive=dep(predicate, "xcomp")),
        polarity=stance.polarity,
        certainty=stance.certainty,
        tense=stance.tense,
        conditional=stance.conditional,
        sentence=scene.sentence_at[clause.predicate],
        spans=_spans(scene, reading),
        rule=f"frame:{reading.frame.name}",
        confidence=_confidence(reading),
    )


def _trigger(doc: Doc, clause: Clause) -> Span:
    """The words of the predicate where they stand together, else its head word."""
    words = sorted(clause.words) if clause.predicate in clause.words else [clause.predicate]
    if words[-1] - words[0] != len(words) - 1:
        words = [clause.predicate]
    return Span(doc[words[0]].idx, doc[words[-1]].idx + len(doc[words[-1]]))


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
