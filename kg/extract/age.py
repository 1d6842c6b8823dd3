"""Ages -> whose they are: a person's name or noun beside a figure that counts years of age.

    apposition   Ann Lee, 43, resigned. / Ann Lee (43) / Ann Lee, aged 43,
    before       the 43-year-old Ann Lee / a 43-year-old man
    clause       Ann Lee is 43. / Ann Lee, who is 43 years old, / Ann Lee died at the age of 43.

An age at some other time («married at the age of 20», «when she was 12») is none that stands, and is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.frame_fill import Scene
from kg.extract.parts import Stance
from kg.extract.relation import OBJECT, SUBJECT, Related
from kg.extract.stance import stance
from kg.extract.tree import children, dep, hanging_on, unit_head
from kg.records import Amount, Role

AGE = "kg:age"
OLDEST = 122
"""Years that the oldest person is known to have lived."""
GROWN = 10
"""The least figure that is an age by itself («She was 43»): a lower one is as often a score or a rank."""
DYING = frozenset({"die", "pass", "perish", "drown"})
_BESIDE = re.compile(r"\s*(?:,\s*(?:(?:who was |then )?aged?\s+)?|aged?\s+|\(\s*(?:aged?\s+)?)\Z")
_CLOSES = re.compile(
    r"\s*(?:years old|years of age)?\s*(?:[,).;:–—]|\Z|(?:and|of|from|was|died|who|told|said)\b)"
)
_AT_AGE = re.compile(r"(?:\bat (?:the )?age (?:of )?|\baged |\bat )\Z")


def ages(scene: Scene) -> Iterator[Related]:
    """The ages that the article gives persons, each with the stance of the clause that gives it."""
    for index, amount in enumerate(scene.amounts):
        if amount.value is None or not 0 < amount.value <= OLDEST or amount.noun is not None:
            continue
        if amount.unit != "years old" and not _bare(scene, index):
            continue
        for person, how in _whose(scene, index):
            yield Related(AGE, "age", scene.amount_roots[index].i, (), Role(SUBJECT, mention=person),
                          Role(OBJECT, amount=index), how, 0.9)  # fmt: skip
            break


def in_years(amounts: Sequence[Amount], related: Iterable[Related]) -> tuple[Amount, ...]:
    """The amounts, with the unit of those that turned out to be ages («She was 101», «at the age of 43»)."""
    known = {one.object.amount for one in related if one.property == AGE}
    return tuple(replace(one, unit="years old") if i in known else one for i, one in enumerate(amounts))


def _bare(scene: Scene, index: int) -> bool:
    """Whether a figure without unit may be an age: «at the age of 43», «She was 101.»"""
    amount = scene.amounts[index]
    if amount.unit is not None or amount.value != int(amount.value or 0):
        return False
    before, behind = scene.text[max(0, amount.start - 20) : amount.start], scene.text[amount.end : amount.end + 30]
    said = children(scene.amount_roots[index], "cop") and _CLOSES.match(behind)
    between = before.endswith(", ") and behind.startswith(",")
    return bool(_AT_AGE.search(before)) or ((amount.value or 0) >= GROWN and bool(said or between))


def _whose(scene: Scene, index: int) -> Iterator[tuple[int, Stance]]:
    """The persons that a figure may be the age of, the surest first."""
    amount, root = scene.amounts[index], scene.amount_roots[index]
    yield from ((one, Stance()) for one in _beside(scene, amount.start, amount.end))
    if "old" in scene.text[amount.start : amount.end]:
        before = [word for word in (root, root.head, root.head.head) if word.i < word.head.i]
        named = (word.head for word in before if dep(word, "amod", "compound", "nummod"))
        yield from ((one, Stance()) for word in named for one in _persons(scene, word))
    for predicate in (root, *(word for word in (root.head,) if word.lower_ in ("year", "years", "old"))):
        if children(predicate, "cop") and not dep(predicate, "advcl"):
            yield from ((one, stance(predicate)) for one in _subjects(scene, predicate))
    yield from _at_death(scene, root)


def _beside(scene: Scene, start: int, end: int) -> Iterator[int]:
    """The person's mention that stands right before the figure, which is closed behind («Ann Lee, 43, »)."""
    before = _BESIDE.search(scene.text[max(0, start - 24) : start])
    if before is None or not _CLOSES.match(scene.text[end : end + 30]):
        return
    at = max(0, start - 24) + before.start()
    found = scene.doc.char_span(at - 1, at, alignment_mode="expand") if at else None
    if found is not None:
        yield from _persons(scene, found.root)
        yield from _described(scene, found.root)


def _described(scene: Scene, word: Token) -> Iterator[int]:
    """The person whose name goes on to the figure with a phrase of its own («Ann Lee of Leeds, 43, »)."""
    for _ in range(3):
        if not dep(word, "nmod"):
            return
        word = unit_head(word.head)
        if word.ent_type_ == "Person":
            yield from _persons(scene, word)
            return


def _persons(scene: Scene, word: Token) -> Iterator[int]:
    index = scene.mention(word)
    if index is not None and scene.mentions[index].kind == "Person" and not scene.mentions[index].plural:
        yield index


def _subjects(scene: Scene, predicate: Token) -> Iterator[int]:
    for subject in children(predicate, "nsubj"):
        who = unit_head(predicate.head) if subject.tag_ == "WP" and dep(predicate, "acl") else unit_head(subject)
        yield from _persons(scene, who)


def _at_death(scene: Scene, root: Token) -> Iterator[tuple[int, Stance]]:
    """«Ann Lee died at the age of 43», «died in Leeds aged 43»."""
    word = root
    for _ in range(4):
        if word.pos_ == "VERB":
            break
        word = word.head
    clause = scene.clauses.get(word.i)
    if word.lemma_.lower() not in DYING or clause is None or any(child.dep_ == "mark" for child in hanging_on(word)):
        return
    for part in clause.parts:
        if part.slot == "subject":
            yield from ((one, clause.stance) for one in _persons(scene, scene.doc[part.head]))


__all__ = ["AGE", "ages", "in_years"]
