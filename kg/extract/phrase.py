"""Doc -> mentions: every name, noun phrase and pronoun that may stand for something, with its kind.

Names are the pipeline's entity spans; nouns get their kind from the ontology's table of nouns; a noun phrase is
minimal and complete (``tree.phrase``). One entity per distinct name, one per other mention: joining them is the
work of ``resolve.coreference``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import get_args

from spacy.tokens import Doc, Token

from kg.extract.tree import INSIDE_A_NAME_OR_WORD, TRANSPARENT, children, dep, index, phrase, runs, unit
from kg.records import Entity, Kind, Mention, Span, replace

GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PERSONAL = frozenset({"PRP", "PRP$"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"})
ALONE = frozenset({"one", "another", "others", "several", "many", "some", "both", "few", "most", "all"})
DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your", "both"}
)
KINDS = frozenset(get_args(Kind))
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
        mention = _mention(head, nouns, known.numbers[head.i])
        if reach[bisect_right(starts, mention.head.start)] >= mention.head.end:  # one of them covers the head
            continue
        name = _name(known.text, mention, head)
        key = (mention.form if mention.form == "name" or mention.generic else f"{mention.form}{mention.start}", name)
        if key not in names:
            names[key] = len(entities)
            entities.append(Entity(name, mention.kind, unnamed=mention.form != "name" and not mention.generic))
        found.append(replace(mention, entity=names[key]))
    order = sorted(range(len(found)), key=lambda i: (found[i].start, -found[i].end))
    return tuple(found[i] for i in order), tuple(entities)


def _heads(doc: Doc) -> list[Token]:
    """The head token of every phrase that is a mention: one per name, noun phrase and personal pronoun."""
    heads: list[Token] = [ent.root for ent in doc.ents if ent.label_ in KINDS and ent.text.strip()]
    for token in index(doc).tokens:
        if token.ent_type_ or token.is_space or token.is_punct:
            continue
        personal = token.tag_ in PERSONAL and not dep(token, "expl")
        if personal or _stands_alone(token) or (token.pos_ in ("NOUN", "PROPN") and _heads_a_phrase(token)):
            heads.append(token)
    return heads


def _stands_alone(token: Token) -> bool:
    """«One was pronounced dead; another died later»: a number or determiner that is the subject by itself."""
    return dep(token, "nsubj") and (token.lower_ in ALONE or (token.pos_ == "NUM" and token.like_num))


def _heads_a_phrase(noun: Token) -> bool:
    if dep(noun, *INSIDE_A_NAME_OR_WORD, "nmod:desc", "amod") or not any(c.isalnum() for c in noun.text):
        return False
    return not (noun.lemma_.lower() in TRANSPARENT and children(noun, "nmod"))


def _mention(head: Token, nouns: Mapping[str, str], sentence: int) -> Mention:
    words = _stretch(head)
    doc = head.doc
    start, end = doc[words[0]].idx, doc[words[-1]].idx + len(doc[words[-1]])
    plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in PLURAL_PRONOUNS
    known = nouns.get(head.lemma_.lower()) or nouns.get(head.lower_)
    common = known and children(head, "det")  # «the Judge» is a common noun in capitals
    if head.ent_type_ or (head.pos_ == "PROPN" and not common):
        kind: Kind = _checked(head.ent_type_) if head.ent_type_ else "Other"
        return Mention(start, end, Span(start, end), kind, "name", 0, sentence, _role(head), plural, True)
    span = Span(head.idx, head.idx + len(head))
    if head.tag_ in PERSONAL:
        kind = "Person" if head.lower_ in GENDERS or head.lower_ in ("i", "me", "my", "myself") else "Other"
        gender = GENDERS.get(head.lower_)
        return Mention(start, end, span, kind, "pronoun", 0, sentence, _role(head), plural, True, False, gender)
    kind = "Other" if _stands_alone(head) else _checked(known or "Concept")
    if kind == "Person" and head.tag_ in ("NNS", "NNPS"):
        kind = "Group"
    definite = any(c.lower_ in DEFINITE or dep(c, "nmod:poss") for c in children(head, "det", "nmod:poss"))
    generic = kind == "Concept" and not definite and not children(head, "det", "nummod", "nmod:poss", "nmod", "acl")
    generic = generic and not any(token.ent_type_ or token.like_num for token in (doc[i] for i in words))
    return Mention(start, end, span, kind, "nominal", 0, sentence, _role(head), plural, definite, generic)


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


def _role(head: Token) -> str:
    if dep(head, "nsubj"):
        return "subject"
    return "object" if dep(head, "obj", "iobj") else "other"


def _name(text: str, mention: Mention, head: Token) -> str:
    """What an entity is called: a name as written; a noun phrase without its article; a kind in its lemma."""
    if mention.generic:
        first = text[mention.start : mention.head.start].lower()
        return first + head.lemma_.lower()
    words = text[mention.start : mention.end].split()
    if mention.form == "nominal" and len(words) > 1 and words[0].lower() in _DETERMINERS:
        words = words[1:]
    return " ".join(words)


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
