"""Doc -> mentions: every name, noun phrase and pronoun that may stand for something, with its kind.

Names are the pipeline's entity spans; nouns get their kind from the ontology's table of nouns; a noun phrase is
minimal and complete (``tree.phrase``). One entity per distinct name, one per other mention: joining them is the
work of ``resolve.coreference``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple, get_args

from spacy.tokens import Doc, Token

from kg.extract.noun_phrase import phrase
from kg.extract.nouns import is_somebody
from kg.extract.tree import INSIDE_A_NAME_OR_WORD, TRANSPARENT, children, dep, has, runs, unit
from kg.extract.tree_index import index
from kg.records import Entity, Form, Kind, Mention, Reference, Span

GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PERSONAL = frozenset({"PRP", "PRP$"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"})
ALONE = frozenset({"one", "another", "others", "several", "many", "some", "both", "few", "most", "all"})
DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your", "both"}
)
KINDS = frozenset(get_args(Kind))
HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM"})
"""Parts of speech that may head a mention."""
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
"""Characters without a shape, which stand before a word by mistake: joiners, marks of direction, soft hyphens."""
ROLES = {"nsubj": "subject", "obj": "object", "iobj": "object"}
DEEP = 20
"""How far up the tree the place of a mention is told."""
_DETERMINERS = ("the", "a", "an", "this", "that", "these", "those")


def mentions(
    doc: Doc, *, nouns: Mapping[str, str], taken: Iterable[Span] = ()
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """All mentions of a document in text order, and their entities before coreference.

    ``nouns`` maps a noun's lemma to its kind; ``taken`` are stretches (times, sums of money) that name no thing.
    """
    blocked, known = sorted(taken), index(doc)
    starts, reach = [span.start for span in blocked], [0, *accumulate((span.end for span in blocked), max)]
    found: list[Mention] = []
    names: dict[tuple[str, str], int] = {}
    entities: list[Entity] = []
    for head in _heads(doc):
        seen = _seen(head, nouns)
        if reach[bisect_right(starts, seen.head.start)] >= seen.head.end:  # one of them covers the head
            continue
        name = _name(known.text, seen, head)
        key = (seen.form if seen.form == "name" or seen.generic else f"{seen.form}{seen.start}", name)
        if key not in names:
            names[key] = len(entities)
            entities.append(Entity(name, seen.kind, unnamed=seen.form != "name" and not seen.generic))
        found.append(
            Mention(
                seen.start, seen.end, seen.head, seen.kind, seen.form, names[key], known.numbers[head.i],
                ROLES.get(known.kinds[head.i], "other"), seen.plural, seen.definite, seen.generic, seen.gender,
                head.dep_, _path(head), _restricted(head, seen.end),
            )
        )  # fmt: skip
    order = sorted(range(len(found)), key=lambda i: (found[i].start, -found[i].end))
    return tuple(found[i] for i in order), tuple(entities)


def _heads(doc: Doc) -> list[Token]:
    """The head token of every phrase that is a mention: one per name, noun phrase and personal pronoun."""
    heads: list[Token] = [ent.root for ent in doc.ents if ent.label_ in KINDS and ent.text.strip()]
    known = index(doc)
    for token, tag in zip(known.tokens, known.tags, strict=True):
        if tag not in HEADS or token.ent_type_:
            continue
        personal = token.tag_ in PERSONAL and not dep(token, "expl")
        if personal or (tag in ("NOUN", "PROPN") and _heads_a_phrase(token)) or _stands_alone(token):
            heads.append(token)
    return heads


def _stands_alone(token: Token) -> bool:
    """«One was pronounced dead; another died later»: a number or determiner that is the subject by itself."""
    return (token.lower_ in ALONE or (token.pos_ == "NUM" and token.like_num)) and dep(token, "nsubj")


def _heads_a_phrase(noun: Token) -> bool:
    if dep(noun, *INSIDE_A_NAME_OR_WORD, "nmod:desc", "amod") or not any(c.isalnum() for c in noun.text):
        return False
    return not (noun.lemma_.lower() in TRANSPARENT and has(noun, "nmod"))


class Seen(NamedTuple):
    """What a phrase tells of its mention, before it is known which entity that is."""

    start: int
    end: int
    head: Span
    kind: Kind
    form: Form
    plural: bool
    definite: bool
    generic: bool = False
    gender: str | None = None


def _seen(head: Token, nouns: Mapping[str, str]) -> Seen:
    words, place = _stretch(head), index(head.doc)
    start, end = place.starts[words[0]], place.ends[words[-1]]
    plural = head.tag_ in ("NNS", "NNPS") or place.lowers[head.i] in PLURAL_PRONOUNS
    lower = place.lowers[head.i]
    known = nouns.get(place.lemmas[head.i]) or nouns.get(lower)
    common = known and has(head, "det")  # «the Judge» is a common noun in capitals
    if head.ent_type_ or (head.pos_ == "PROPN" and not common):
        kind: Kind = _checked(head.ent_type_) if head.ent_type_ else "Other"
        return Seen(start, end, Span(start, end), kind, "name", plural, True)
    span = Span(head.idx, head.idx + len(head))
    if head.tag_ in PERSONAL:
        kind = "Person" if lower in GENDERS or lower in ("i", "me", "my", "myself") else "Other"
        gender = GENDERS.get(lower)
        return Seen(start, end, span, kind, "pronoun", plural, True, False, gender)
    kind = "Other" if _stands_alone(head) else _checked(known or "Concept")
    if kind == "Person" and head.tag_ in ("NNS", "NNPS"):
        kind = "Group"
    definite = any(c.lower_ in DEFINITE or dep(c, "nmod:poss") for c in children(head, "det", "nmod:poss"))
    generic = kind == "Concept" and not definite and not has(head, "det", "nummod", "nmod:poss", "nmod", "acl")
    generic = generic and not any(place.tokens[i].ent_type_ or place.tokens[i].like_num for i in words)
    return Seen(start, end, span, kind, "nominal", plural, definite, generic)


def _checked(kind: str) -> Kind:
    return kind if kind in KINDS else "Other"  # type: ignore[return-value]


def _stretch(head: Token) -> list[int]:
    """The unbroken run of a phrase's words that holds the head; a name is exactly its words."""
    if head.ent_type_:
        return [word.i for word in unit(head)]
    for run in runs(phrase(head)):
        if head.i in run:
            return run
    return [head.i]


def _path(head: Token) -> tuple[int, ...]:
    """The offsets of the words above one in the tree, the nearest first."""
    known, i, found = index(head.doc), head.i, list[int]()
    while known.heads[i] != i and len(found) < DEEP:
        i = known.heads[i]
        found.append(known.starts[i])
    return tuple(found)


def _restricted(head: Token, end: int) -> bool:
    """Whether a clause or a phrase behind a mention that ends there hangs on its head."""
    return any(child.idx >= end for child in children(head, "nmod", "acl", "acl:relcl", "nummod", "ccomp"))


def _name(text: str, seen: Seen, head: Token) -> str:
    """What an entity is called: a name as written; a noun phrase without its article; a kind in its lemma."""
    if seen.generic:
        first = text[seen.start : seen.head.start].lower()
        return first + head.lemma_.lower()
    words = [shown for word in text[seen.start : seen.end].split() if (shown := word.strip(UNSEEN))]
    if seen.form == "nominal" and len(words) > 1 and words[0].lower() in _DETERMINERS:
        words = words[1:]
    return " ".join(words) or text[seen.start : seen.end]


def speaking(
    doc: Doc,
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    speakers: Iterable[Reference],
    media: Collection[str],
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Mentions and entities with those common nouns as persons that speak and may be somebody.

    «A dispatcher testified», «the shepherd said»: no table tells what these are, but who speaks and is no document
    (``media``) and no thing is somebody, here and wherever else the article has the noun.
    """
    place = index(doc)
    words = dict(zip(place.starts, place.tokens, strict=True))
    told = {reference.entity for reference in speakers}

    def noun(mention: Mention) -> str:
        word = words.get(mention.head.start)
        unknown = mention.form == "nominal" and mention.kind in ("Concept", "Other")
        return word.lemma_.lower() if word is not None and unknown else ""

    agents = {noun(mention) for mention in mentions if mention.entity in told}
    agents = {lemma for lemma in agents if lemma and is_somebody(lemma, media)}
    if not agents:
        return tuple(mentions), tuple(entities)
    found, kinds = list(mentions), list(entities)
    for i, mention in enumerate(mentions):
        if noun(mention) in agents:
            kind: Kind = "Group" if mention.plural else "Person"
            found[i] = replace(mention, kind=kind, generic=False)
            kinds[mention.entity] = replace(kinds[mention.entity], kind=kind)
    return tuple(found), tuple(kinds)


class Heads:
    """The mentions of a document by where their heads stand; a look-up does not go through all of them."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self._order = sorted(range(len(mentions)), key=lambda i: mentions[i].head)
        self._starts = [mentions[i].head.start for i in self._order]
        self._longest = max((mention.head.end - mention.head.start for mention in mentions), default=0)

    def at(self, start: int, end: int) -> int | None:
        """The index of the mention whose head stands at [start, end): the smallest one that holds those characters.

        A name is found by any of its words, a noun phrase by its head word.
        """
        near = range(bisect_left(self._starts, end - self._longest), bisect_right(self._starts, start))
        found = sorted(i for i in map(self._order.__getitem__, near) if self._mentions[i].head.end >= end)
        return min(found, key=lambda i: self._mentions[i].end - self._mentions[i].start, default=None)
