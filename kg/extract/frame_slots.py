"""What may fill the slots of a frame: by kind, head word and count; and whether its guards hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.frame_fill import Place, Scene, list_heads
from kg.extract.named import in_row, meant
from kg.extract.tree import unit
from kg.ontology import Frame, Slot
from kg.records import Mention, Role

NO_MENTIONS = frozenset({"money", "quantity", "percent", "time"})
THINGS = frozenset({"Work", "Product"})
"""Kinds of which a list is, whatever kind its names seem to be of («films such as Acme»)."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A role with its filler, and whether the filler's kind is unknown ("it", an untyped name)."""

    role: Role
    weak: bool = False


def fillings(scene: Scene, place: Place, frame: Frame) -> list[Filling]:
    """The frame's roles with their fillers, each once, by rank of their slots; none where a required one stays open."""
    found: list[Filling] = []
    if frame.at_least > 1 and any(_is_figurative(scene, place, slot) for slot in frame.slots):
        return found
    for number, slot in enumerate(frame.slots):
        is_open = all(filling.role.role != slot.role for filling in found)
        if slot.rank == 1 or is_open:
            taken = {filling.role.mention for filling in found if filling.role.mention is not None}
            new = list(_slot_fillings(scene, place, slot, taken))
            found += new
            is_open = is_open and not new
        if slot.required and is_open and all(later.role != slot.role for later in frame.slots[number + 1 :]):
            return []
    return list({filling.role: filling for filling in found}.values())


def _slot_fillings(scene: Scene, place: Place, slot: Slot, taken: set[int]) -> Iterator[Filling]:
    """What stands in one slot: mentions that fit and are not ``taken``, amounts, the nearest time."""
    where = slot.noun if place.clause.nominal else slot.verb
    for name in sorted(where):
        for head in in_row([word for one in place.heads(name) for word in meant(scene, one)]):
            index = scene.mention(head)
            if index is not None and index not in taken and _fits(scene, slot, head, scene.mentions[index]):
                yield Filling(Role(slot.role, mention=index), scene.mentions[index].kind not in slot.expects)
    if slot.expects & {"money", "quantity", "percent"}:
        for index in place.amounts(where, slot.expects):
            if _counts(scene, slot, index):
                yield Filling(Role(slot.role, amount=index))
    if "time" in slot.expects:
        for index in list(place.dates(where))[:1]:
            yield Filling(Role(slot.role, time=index))


def _is_figurative(scene: Scene, place: Place, slot: Slot) -> bool:
    """Whether the verb's object is one that a required slot shuts out (many «met the targets»)."""
    if place.clause.nominal or not slot.required or "object" not in slot.verb or not slot.not_heads:
        return False
    objects = [scene.counted(word) for word in place.heads("object")]
    return bool(objects) and all(slot.not_heads & {word.lemma_.lower(), word.lower_} for word in objects)


def _counts(scene: Scene, slot: Slot, amount: int) -> bool:
    """Whether an amount counts what the slot's head words say («cut 40 jobs», not "14 plants"); a bare one does."""
    if scene.amounts[amount].noun is None:
        return True
    root = scene.amount_roots[amount]
    words = {root.lemma_.lower(), root.lower_}
    return (not slot.heads or bool(slot.heads & words)) and not slot.not_heads & words


def _fits(scene: Scene, slot: Slot, head: Token, mention: Mention) -> bool:
    """Whether a mention may fill a slot by kind, head word and count; an unknown kind passes for a name or pronoun."""
    kind = _listed_kind(scene, head) or mention.kind
    known = kind in slot.expects
    unknown = kind == "Other" and mention.form != "nominal" and bool(slot.expects - NO_MENTIONS)
    if (not known and not unknown) or (slot.named and mention.form != "name"):
        return False
    words = {head.lemma_.lower(), head.lower_}
    if slot.heads and not slot.heads & (words | {word.lower_ for word in unit(head)}):
        return False
    if slot.not_heads & (words if mention.form != "name" else {" ".join(word.lower_ for word in unit(head))}):
        return False  # a name only as a whole («for Android»)
    return not (slot.uncounted and any(root.i == head.i for root in scene.amount_roots))


def _listed_kind(scene: Scene, head: Token) -> str:
    """The kind of the plural whose list a name stands in, where it is a thing: «films such as ACME» names films."""
    for heading in list_heads(head):
        index = scene.mention(heading)
        if index is not None and scene.mentions[index].kind in THINGS:
            return scene.mentions[index].kind
    return ""


def guarded(scene: Scene, frame: Frame, found: Sequence[Filling]) -> bool:
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


__all__ = ["Filling", "fillings", "guarded"]
