"""A common noun -> the names that it describes: in apposition, by "is" or "becomes", behind "as", before or behind it.

    apposition   Ann Lee, founder of Acme / the founder of Acme, Ann Lee / Acme's subsidiary Nordvik
    copula       Ann Lee is the founder of Acme. / The founder of Acme is Ann Lee.
    becoming     Ann Lee became, served as, was named or was appointed as chief executive of Acme.
    title        Acme founder Ann Lee
    members      Acme's subsidiaries include Nordvik and Bolt. / subsidiaries such as Nordvik
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from kg.extract.apposition import named_for
from kg.extract.frame_fill import STEPS, Scene, dependents
from kg.extract.lists import members
from kg.extract.noun_phrase import phrase
from kg.extract.nouns import counted
from kg.extract.parts import Clause, Part, Stance
from kg.extract.tree import adjoining_name, case_words, children, conjuncts, dep, sentence_end, slot_of, unit_head
from kg.extract.tree_index import index

NAMED = "named"
GROUPS = frozenset({"Group", "Concept", ""})
"""Kinds of nouns that may describe an organisation too («Acme, a group based in Tarn»)."""
LISTING = frozenset({"include", "comprise", "be"})
OPENERS = frozenset({"including", "like", ":", "–", "—"})
FAR = 20
"""How many words at most lie between a plural and the "including" of its list."""
IN_ROW = frozenset({",", "and", "or", "&", "the", "'s", "’s", ":"})


@dataclass(frozen=True, slots=True)
class Named:
    """What a noun describes, as parts in the slot "named", and the stance of the clause that says so, if one does."""

    parts: tuple[Part, ...] = ()
    stance: Stance | None = None


def named(scene: Scene, noun: Token) -> Named:
    """What a noun, or a noun joined to it by "and", describes; nothing where the text names nobody."""
    for one in (noun, *coordinated(noun), *_one_of(scene, noun)):
        for found in (_said(scene, one), Named(tuple(_parts(_beside(one))))):
            if found.parts:
                return found
    return Named()


def _one_of(scene: Scene, noun: Token) -> list[Token]:
    """«ONE of the founders of Acme», «SOME of its clients»: what the noun is counted out of."""
    words = scene.ontology.quantity_nouns | {"member"}
    return [noun.head] if dep(noun, "nmod") and noun.head.lower_ in words else []


def coordinated(noun: Token) -> list[Token]:
    """The nouns that one is joined to by "and", itself among them, in text order."""
    first = noun
    for _ in range(STEPS):
        if first.dep_ != "conj" or first.head == first or first.head.ent_type_:
            break
        first = first.head
    return sorted({first, *_joined(first)}, key=lambda word: word.i)


def _joined(first: Token) -> Iterator[Token]:
    todo = [first]
    for _ in range(STEPS):
        if not todo:
            return
        for child in children(todo.pop(), "conj"):
            if not child.ent_type_:
                yield child
                todo.append(child)


def _parts(heads: list[Token]) -> list[Part]:
    return [Part(NAMED, word.i, phrase(word)) for word in dict.fromkeys(heads)]


def meant(scene: Scene, token: Token) -> list[Token]:
    """What a phrase stands for: what it counts or lies around («the village of Tarn»), who it describes, else itself.

    «Ann Lee is a doctor who left Acme»: the doctor is Ann Lee. A plural stays as it is, with the names behind it
    («clients such as Acme and Bolt»).
    """
    if token.i not in scene.meanings:
        scene.meanings[token.i] = _meant(scene, token)
    return scene.meanings[token.i]


def _meant(scene: Scene, token: Token) -> list[Token]:
    head = scene.counted(token)
    if head.ent_type_ and head.dep_ == "appos" and _plural(unit_head(head.head)):
        return listed(unit_head(head.head)) or [head]  # «the stations Acme and Bolt», of which the first stands for all
    if head.ent_type_:
        return [head]
    if head.pos_ not in ("NOUN", "PROPN"):
        return [head, *_counted_names(scene, head)]
    if head.lemma_.lower() in scene.ontology.categories:
        before = (word for word in dependents(head, "compound") if word.ent_type_)
        beside = [*before, adjoining_name(head) or _loose_name(head)]
        names = [word for word in beside if word is not None and word.ent_type_ != "Place"]
        if names:
            return names[-1:]
    if head.lemma_.lower() in scene.ontology.containers:
        return _inside(head) or [head]
    if names := listed(token) or _counted_names(scene, token):
        return [head, *names]
    if _plural(head) or scene.mention(head) is None:
        return [head]
    if (name := adjoining_name(head)) is not None and counted().get(head.lemma_.lower()) in (name.ent_type_, None):
        return [name]  # «cosmonaut Ann Lee», where the tree hangs the name on the noun
    found = _of_copula(scene, head) or [word for word in _beside(head) if head.dep_ == "appos"]
    further = [one for word in found[:1] if word != head and word != token for one in _named_one(scene, word)]
    return further or found[:1] or [head]


def _loose_name(noun: Token) -> Token | None:
    """The name right behind a noun that the tree hangs elsewhere («45% of the company ACME»)."""
    after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    name = unit_head(after)
    loose = after.ent_type_ == "Organization" and dep(name, "nmod", "obl", "obj") and name.head.i <= noun.i
    return name if loose and not case_words(name) else None


def _counted_names(scene: Scene, token: Token) -> list[Token]:
    """The list of what is counted: «some of the largest BANKS, including Acme», «a variety of FIRMS such as Acme»."""
    if token.lemma_.lower() not in scene.ontology.quantity_nouns and token.tag_ != "CD":
        return []
    inner = [word for word in children(token, "nmod", "obl") if slot_of(word) == "of"]
    return next((names for word in (*inner, token) if (names := listed(word) or named_row(word))), [])


def _inside(head: Token) -> list[Token]:
    """The name that a container lies around, perhaps behind another noun («the board of directors of Acme»)."""
    around = [word for slot in ("of", "compound", "possessive") for word in dependents(head, slot)]
    nouns = [word for word in around if not word.ent_type_]
    if names := [word for noun in nouns for word in listed(noun)]:
        return names
    further = [word for noun in nouns for slot in ("of", "at") for word in dependents(noun, slot)]
    names = [word for word in around if word.ent_type_]
    return names or [word for word in (*dependents(head, "at"), *further) if word.ent_type_][:1]


def _named_one(scene: Scene, noun: Token) -> list[Token]:
    """The name that a description of a description stands for («Acme is an airline, a carrier that …»)."""
    return [word for word in _of_copula(scene, noun) if word.ent_type_][:1] if not noun.ent_type_ else []


def _of_copula(scene: Scene, noun: Token) -> list[Token]:
    own = scene.clauses.get(noun.i)
    if own is None or own.rule != "copula" or own.stance.polarity == "-" or own.stance.certainty == "possible":
        return []
    return [scene.doc[part.head] for part in own.parts if part.slot == "subject"]


# --- beside the noun -------------------------------------------------------------------------------------------


def _beside(noun: Token) -> list[Token]:
    """The names that stand beside the noun: in apposition either way, behind it as its head, in a list."""
    host = named_for(noun) if noun.dep_ == "appos" else None
    adjacent = _adjacent(noun) if noun.dep_ in ("appos", "conj") else None
    if adjacent is not None:
        return conjuncts(host) if host is not None and _plural(noun) else [adjacent]
    if behind := _behind(noun):
        return behind
    if host is not None:
        return conjuncts(host) if _plural(noun) else [host]
    if (loose := _loose_name(noun)) is not None:
        return [loose]
    if dep(noun, "nmod:desc", "compound", "nmod:unmarked") and noun.head.ent_type_ and noun.i < noun.head.i:
        return [unit_head(noun.head)]
    return listed(noun) or [member for member in members(noun) if _is_named(member)]


def _behind(noun: Token) -> list[Token]:
    """The names in apposition behind a noun, all of a list behind a plural («the stations ACME and BOLT»)."""
    beside = [child for child in children(noun, "appos", "flat", "nmod") if child.i > noun.i and _is_named(child)]
    behind = [child for child in beside if not dep(child, "nmod") or (child.ent_type_ and not case_words(child))]
    return [word for child in behind[:1] for word in (conjuncts(unit_head(child)) if _plural(noun) else [child])]


def listed(noun: Token) -> list[Token]:
    """The names of a list behind a plural: «the stations Acme and Bolt», «clients such as Acme and Bolt»."""
    if not _plural(noun) or noun.ent_type_:
        return []
    found = _behind(noun) or _included(noun) or members(noun) or named_row(noun)
    return [word for word in found if _is_named(word)]


def _included(noun: Token) -> list[Token]:
    """«firms THAT INCLUDE Acme and Bolt»."""
    verbs = [verb for verb in children(noun, "acl") if verb.lemma_.lower() in ("include", "comprise")]
    return [word for verb in verbs for item in children(verb, "obj") for word in conjuncts(unit_head(item))]


def in_row(heads: list[Token]) -> list[Token]:
    """The words with the names between two of them in one row, where the tree lost some («A, B, C and D»)."""
    found = list(heads)
    if len(heads) < 2:
        return found
    names = sorted((word for word in heads if word.ent_type_), key=lambda word: word.i)
    for first, second in pairwise(names):
        between = index(first.doc).tokens[first.i : second.i]
        if all(word.ent_type_ or word.pos_ == "PROPN" or word.lower_ in IN_ROW for word in between):
            lost = [unit_head(word) for word in between if word.ent_type_ == first.ent_type_]
            found += [word for word in dict.fromkeys(lost) if word not in found]
    return found


def named_row(noun: Token) -> list[Token]:
    """The names in a row behind a phrase and "such as", "like" or a colon, wherever the tree may hang them."""
    words, end, found = index(noun.doc).tokens, sentence_end(noun), list[Token]()
    at = _opened(noun)
    while at < end and (words[at].ent_type_ or words[at].pos_ == "PROPN" or words[at].lower_ in IN_ROW):
        if words[at].ent_type_ and unit_head(words[at]) not in found:
            found.append(unit_head(words[at]))
        at += 1
    return found


def _opened(noun: Token) -> int:
    """Where the row of a plural begins: behind "such as" or a colon next to it, or an "including" further on.

    No other plural may stand between that could have the row, but a place has no firms («users in ten COUNTRIES,
    including Acme»).
    """
    words, end = index(noun.doc).tokens, sentence_end(noun)
    at = phrase(noun)[-1] + 1
    at += at < end and words[at].text == ","
    if " ".join(word.lower_ for word in words[at : min(at + 2, end)]) == "such as":
        return at + 2
    if at < end and words[at].lower_ in OPENERS:
        return at + 1
    seen = False
    for i in range(noun.i + 1, min(noun.i + FAR, end - 1)):
        if words[i].lower_ == "including":
            return i + 1 if words[i + 1].ent_type_ != "Place" else end
        if words[i].tag_ == "NNS" and counted().get(words[i].lemma_.lower()) != "Place":
            if _plural(noun) or seen:
                break
            seen = True  # «a variety of FIRMS, including Acme»
    return end


def _adjacent(noun: Token) -> Token | None:
    """The name right before a description («chief of Acme, a maker of engines»), wherever the tree hangs that."""
    comma = phrase(noun)[0] - 1
    if comma < 1 or noun.doc[comma].text not in (",", "("):
        return None
    before = noun.doc[comma - 1]
    kind = counted().get(noun.lemma_.lower(), "")
    like = {kind, "Organization"} if kind in GROUPS else {kind}
    return unit_head(before) if before.ent_type_ and before.ent_type_ in like else None


def _is_named(word: Token) -> bool:
    return bool(word.ent_type_) or word.pos_ == "PROPN"


def _plural(noun: Token) -> bool:
    return noun.tag_ in ("NNS", "NNPS")


# --- said of the noun ------------------------------------------------------------------------------------------


def _said(scene: Scene, noun: Token) -> Named:
    """What a clause says that the noun is: its subject or, under "named her chief", its object."""
    own = scene.clauses.get(noun.i)
    if own is not None and own.rule == "copula":
        said = _of(scene, own, "subject")
        return said if said.parts or slot_of(noun) != "among" else _of(scene, own, "")  # «among its clients are Acme»
    governor = unit_head(noun.head)
    clause = scene.clauses.get(governor.i)
    if clause is None:
        return Named()
    slot = next((part.slot for part in clause.parts if part.head == noun.i), "")
    if slot in ("complement", "as"):
        return _of(scene, clause, "object" if clause.part("object") else "subject")
    if slot == "subject" and clause.rule == "copula" and _is_named(governor):
        return Named(tuple(_parts(conjuncts(governor))), clause.stance)
    before = slot == "object" and noun.i < governor.i and clause.part("subject") is None  # «clients include: Acme»
    if (slot == "subject" or before) and clause.lemma in LISTING and clause.part("object"):
        return _of(scene, clause, "object", besides=noun)
    return Named()


def _of(scene: Scene, clause: Clause, slot: str, *, besides: Token | None = None) -> Named:
    """What stands in a slot; instead of a plural the names of its list («clients include FIRMS like Acme»)."""
    heads = [scene.doc[part.head] for part in clause.parts if part.slot == slot and scene.doc[part.head] != besides]
    parts = tuple(_parts([word for head in heads for word in listed(head) or [head]]))
    return Named(parts, clause.stance if parts else None)


__all__ = ["NAMED", "Named", "coordinated", "in_row", "listed", "meant", "named"]
