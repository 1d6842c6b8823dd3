"""Pronouns of one article -> chains: agreement first, then salience, and only by a margin."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg.records import Kind, Mention, Statement
from kg.resolve.draft import Chain, Draft
from kg.resolve.nominals import clear
from kg.resolve.given import FITS, FITS_NOT
from kg.resolve.words import FIRST, HE, IT, POSSESSIVE, REFLEXIVE, RELATIVE, SHE, THEY, WE, Gender, bare

DECAY: Final = 0.4
MARGIN: Final = 1.15
THING_MARGIN: Final = 1.8
"""A wrong "he" is rare, a wrong "it" or "they" is not: these must be clearer to be joined."""
REACH: Final = 3
"""How many sentences back a pronoun may point (Lappin and Leass 1994 look back four)."""

ANSWERS: Final = frozenset({"replied", "replies", "answered", "answers", "responded", "responds", "retorted"})
TURN: Final = 3.0
"""How much more the one who was asked is meant by the speaker of an answer."""
GOES_ON: Final = 2.5
"""How much more the one who spoke last is meant by a pronoun that speaks."""

_THING_KINDS: Final[frozenset[Kind]] = frozenset(
    ("Organization", "Product", "Place", "Work", "Event", "Law", "Other", "Concept")
)
_EMPTY_IT: Final = re.compile(
    r"it\s+(?:is|was|'s|’s|would\s+be|will\s+be|may\s+be|has\s+been|remains|seems|appears|became)\s+"
    r"(?:\w+\s+){0,2}?(?:that|to|whether|if|how|why|unclear)\b|it\s+(?:seems|appears|rains|rained|snowed)\b",
    re.IGNORECASE,
)
""" "It is clear that …", "it seems": a subject that stands for nothing."""

_Found = tuple[Chain, str, float] | None
Choose = Callable[[int, _Found], _Found]
"""What makes the choice for a mention, given what the rules would choose."""


def link_pronoun(draft: Draft, index: int, choose: Choose) -> Chain:
    """The chain of a pronoun, or a new one that stays unresolved."""
    word = bare(draft.head(index).split()[0]) if draft.head(index).split() else ""
    rule = next((rule for words, rule in _RULES if word in words), None)
    empty = word == "it" and _EMPTY_IT.match(draft.text, draft.mentions[index].start)
    found = None if empty else choose(index, None if rule is None else rule(draft, index, word))
    if found is None:
        return draft.new(index, "unresolved pronoun")
    if word in HE | SHE:
        found[0].gender = "m" if word in HE else "f"
    return draft.add(index, *found)


def _he_she(draft: Draft, index: int, word: str) -> _Found:
    gender: Gender = "m" if word in HE else "f"
    fits = [c for c in _candidates(draft, index) if _is_person(c) and not c.plural and c.gender in (None, gender)]
    found = _reflexive(draft, index, fits) or _clear(draft, index, fits, f"the most salient person for “{word}”")
    return found or ahead(draft, index, gender)


def _it(draft: Draft, index: int, word: str) -> _Found:
    speaker = _opens_statement(draft, index)
    if speaker is not None and speaker.kind == "Organization":
        return speaker, "the body whose statement begins with it", 0.8
    speaks = bool(draft.speaks(index))  # «The museum said … It put their value at €9m.»
    fits = [
        chain
        for chain in _candidates(draft, index)
        if not chain.plural and not chain.generic and (chain.kind in _THING_KINDS or (speaks and _spoke(draft, chain)))
    ]
    return _reflexive(draft, index, fits) or _clear(draft, index, fits, f"the most salient thing for “{word}”")


def _opens_statement(draft: Draft, index: int) -> Chain | None:
    """The speaker, where the mention is the subject with which an indirect statement begins («said it sold Bolt»)."""
    mention = draft.mentions[index]
    if mention.role != "subject" or draft.in_quotation(mention):
        return None
    begins = any(span.start == mention.start for s in draft.extraction.statements for span in s.content[:1])
    return _speaker_at(draft, index) if begins else None


def _they(draft: Draft, index: int, word: str) -> _Found:
    """Plurals and groups; else the unnamed person who is being reported; else an organisation of people."""
    near = _candidates(draft, index)
    here = draft.mentions[index].sentence
    plurals = [c for c in near if (c.plural or c.kind == "Group") and not _only_modifies(draft, c, index)]
    speaker = _speaker_at(draft, index)
    if (opening := _opens_statement(draft, index)) is not None and (opening.plural or opening.kind != "Person"):
        return opening, "those whose statement begins with it", 0.8
    beside = any(m.sentence == here for c in plurals for m in draft.recent(index)[c])
    tells = bool(draft.speaks(index))  # «"They told me," she said»: she is not they
    if speaker is not None and speaker.kind == "Person" and not speaker.named and not beside and not tells:
        return speaker, "the unnamed person who speaks", 0.75
    found = _reflexive(draft, index, plurals) or _clear(draft, index, plurals, f"the most salient group for “{word}”")
    if found is not None or plurals:
        return found
    bodies = [c for c in near if c.kind == "Organization"]
    if any(c.kind == "Person" and (draft.distance(c, index) or 0) <= 1 for c in near):  # "they" may be two persons
        return None
    return _clear(draft, index, bodies, f"the most salient organisation for “{word}”")


def _only_modifies(draft: Draft, chain: Chain, index: int) -> bool:
    """Whether a name was only used before a noun: "Antarctic lichens" does not speak of the Antarctic."""
    told = draft.recent(index).get(chain, ())
    return bool(told) and all(m.form == "name" and draft.text[m.end : m.end + 2].strip().islower() for m in told)


def _first(draft: Draft, index: int, word: str) -> _Found:
    speaker = _speaker_at(draft, index)
    return None if speaker is None or speaker.plural else (speaker, "the speaker of the quotation", 0.9)


def _we(draft: Draft, index: int, word: str) -> _Found:
    """Whoever speaks for an organisation says "we" of it."""
    speaker = _speaker_at(draft, index)
    if speaker is None:
        return None
    if speaker.kind != "Person":
        return speaker, "the body that speaks", 0.85
    employers = _employers(draft, speaker)
    if len(employers) == 1:
        return employers[0], "the organisation that the speaker works for", 0.8
    return None  # a group of which no more is told than that the speaker is one of it


def _relative(draft: Draft, index: int, word: str) -> _Found:
    """ "A physician at One Medical who …": the nearest mention before it that a who or a which can stand for."""
    mention = draft.mentions[index]
    lead = draft.text[max(0, mention.start - 12) : mention.start]
    if word == "that" and re.search(r"[.!?\"”]\s*$", lead):
        return None
    options: list[tuple[int, int, Chain]] = []
    for i, chain in draft.beside(index):
        other = draft.mentions[i]
        before = other.end <= mention.start and other.form != "pronoun"
        if before and (word in ("whose", "that") or _is_person(chain) == (word in ("who", "whom"))):
            options.append((other.end, -other.start, chain))
    if not options:
        return None
    end, _, chain = max(options, key=lambda option: option[:2])
    return (chain, f"right before “{word}”", 0.85) if mention.start - end <= 40 else None


_RULES: Final[tuple[tuple[frozenset[str], Callable[[Draft, int, str], _Found]], ...]] = (
    (HE | SHE, _he_she), (IT, _it), (THEY, _they), (FIRST, _first), (WE, _we), (RELATIVE, _relative),
)  # fmt: skip


def _candidates(draft: Draft, index: int) -> list[Chain]:
    return open_to(draft, index, REACH)


def open_to(draft: Draft, index: int, reach: int) -> list[Chain]:
    """The chains that a third-person pronoun may stand for, by place alone.

    Left out: what shares words or a clause with it, and inside a direct quotation the one who speaks.
    """
    mention = draft.mentions[index]
    word = bare(draft.words(index))
    free = word in POSSESSIVE | REFLEXIVE and not (word == "her" and mention.role == "object")
    barred = set() if free else draft.partners(index)
    subject = _nearest_subject(draft, index) if mention.role == "object" and not free else None
    if subject is not None:  # "Ann saw her"
        barred.add(subject)
    speaker = _speaker_at(draft, index) if draft.in_quotation(mention) else None
    if speaker is not None:
        barred.add(speaker)
    for statement in () if word in REFLEXIVE else draft.listens(index):  # «the crowd yelled at him»
        barred |= {one for one in map(draft.at, statement.speakers) if one is not None}
    barred |= draft.overlapping(index)
    own = [statement for statement in draft.speaks(index) if statement.quotation == "direct"]
    near = [chain for chain in draft.near(index, reach) if chain not in barred and not chain.apart]
    return [chain for chain in near if _may_say(draft, chain, index, own)]


def _may_say(draft: Draft, chain: Chain, index: int, own: list[Statement]) -> bool:
    """Whether a chain may be the speaker of statements: animate, and not only spoken of in the speaker's own words."""
    if not draft.speaks(index):
        return True
    if chain.kind not in ("Person", "Organization", "Group") and not _spoke(draft, chain):
        return False
    spans = [span for statement in own for span in statement.content]
    told = draft.recent(index).get(chain, ())
    return not spans or any(not any(s.start <= m.start and m.end <= s.end for s in spans) for m in told)


def _spoke(draft: Draft, chain: Chain) -> bool:
    """Whether a place has spoken before, as «the museum said»."""
    return chain.kind == "Place" and any(draft.speaks(i) for i in chain.members)


def _nearest_subject(draft: Draft, index: int) -> Chain | None:
    mention = draft.mentions[index]
    subjects = [
        (draft.mentions[i].start, chain)
        for i, chain in draft.beside(index)
        if draft.mentions[i].role == "subject" and draft.mentions[i].end <= mention.start
    ]
    return max(subjects, key=lambda pair: pair[0])[1] if subjects else None


def _reflexive(draft: Draft, index: int, fits: list[Chain]) -> _Found:
    subject = _nearest_subject(draft, index) if bare(draft.words(index)) in REFLEXIVE else None
    return (subject, "the subject of a reflexive", 0.9) if subject is not None and subject in fits else None


def _clear(draft: Draft, index: int, fits: list[Chain], reason: str) -> _Found:
    role = draft.mentions[index].role
    word = bare(draft.head(index))
    person: Gender | None = "m" if word in HE else "f" if word in SHE else None
    scored = []
    for chain in fits:
        score = draft.salience(chain, index, decay=DECAY) * (1.0 if chain.named else 0.8)
        if person is not None:
            score *= _fits(chain, person)
        parallel = any(m.role == role for m in draft.recent(index)[chain])
        scored.append((score * (1.1 if parallel else 1.0) * _turn(draft, chain, index), chain))
    return clear(scored, reason, MARGIN if person else THING_MARGIN)


def _fits(chain: Chain, gender: Gender) -> float:
    """How a person's given name weighs for a pronoun, where nothing in the text tells the gender."""
    if chain.gender is not None or chain.seems is None:
        return 1.0
    return FITS if chain.seems == gender else FITS_NOT


def _turn(draft: Draft, chain: Chain, index: int) -> float:
    """How much more a speaker is meant: who has just spoken goes on, who has just been asked answers."""
    spoken = draft.speaks(index)
    if not spoken:
        return 1.0
    before = [s for s in draft.extraction.statements if s.speaker and s.speaker.end <= draft.mentions[index].start]
    last = max((s for s in before if s not in spoken), key=lambda s: s.speaker.start if s.speaker else 0, default=None)
    if last is None or draft.mentions[index].sentence - last.sentence > 2:
        return 1.0
    cues = {draft.text[slice(*s.cue)].casefold() for s in spoken if s.cue}
    if (cues & ANSWERS or last.commitment == "Asks") and last.addressee is not None:
        return TURN if draft.at(last.addressee) is chain else 1.0
    return GOES_ON if any(draft.at(speaker) is chain for speaker in last.speakers) else 1.0


def ahead(draft: Draft, index: int, gender: Gender) -> _Found:
    """ "In his speech, Lee said …": the first subject after a pronoun that opens the sentence, if a person."""
    here = draft.mentions[index]
    beside = [(draft.mentions[i], chain) for i, chain in draft.beside(index)]
    if any(mention.start < here.start for mention, _ in beside):
        return None
    follows = [(m, chain) for m, chain in beside if m.start > here.end and m.role == "subject" and m.form == "name"]
    chain = follows[0][1] if follows else None
    if chain is None or not _is_person(chain) or chain.seems not in (None, gender):
        return None
    if draft.in_quotation(here) and chain is _speaker_at(draft, index):
        return None  # «"He told me to go," Lee said»: of somebody else
    return chain, "the subject that follows", 0.65


def _is_person(chain: Chain) -> bool:
    return chain.kind == "Person" or (chain.kind == "Group" and not chain.named)  # no demonym: «The Portuguese»


def _speaker_at(draft: Draft, index: int) -> Chain | None:
    """Who says the words around a mention: the speaker of the innermost statement that holds it."""
    statement = _statement_at(draft, draft.mentions[index])
    if statement is None or statement.speaker is None:
        return None
    speaker = statement.speaker
    if speaker.entity is None or (speaker.start <= draft.mentions[index].start < speaker.end):
        return None
    return draft.at(speaker)


def _statement_at(draft: Draft, mention: Mention) -> Statement | None:
    around = [
        (span.end - span.start, statement)
        for statement in draft.extraction.statements
        for span in statement.content
        if span.start <= mention.start and mention.end <= span.end
    ]
    return min(around, key=lambda pair: pair[0])[1] if around else None


def _employers(draft: Draft, person: Chain) -> list[Chain]:
    """The organisations that the article says a person works for, not those of former days."""
    found: dict[int, Chain] = {}
    for proposition in draft.extraction.propositions:
        if proposition.property != "schema:worksFor" or proposition.polarity == "-" or proposition.tense == "past":
            continue
        who, where = proposition.subject.mention, proposition.object.mention
        if who is not None and where is not None and draft.chain_of.get(who) is person:
            chain = draft.chain_of.get(where)
            if chain is not None and chain.kind == "Organization":
                found[id(chain)] = chain
    return list(found.values())
