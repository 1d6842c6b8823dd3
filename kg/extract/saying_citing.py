"""«X cited one person who …», «X was quoted by Y as saying …», «X reported, citing people»: chains of sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract.act import Act
from kg.extract.said import was_said
from kg.extract.source import below, is_passive, subject
from kg.extract.tree import NOMINAL, children, dep, hanging_on, sentence_start, unit_head

# Verbs that name a source for what another verb says; with a person or paper as their object.
CITING = frozenset({"cite", "quote"})
CITING_FORMS = frozenset({"citing", "quoting"})
CITING_BEGINS = ("cit", "quot")  # every form of them
INSIDE_PHRASE = ("det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "fixed", "case", "advmod",
                 "goeswith", "nmod:unmarked", "punct", "cc", "dep", "appos")  # fmt: skip


def by_citing(verb: Token, found: Mapping[int, Act], media: Mapping[str, str]) -> Iterator[Act]:
    """«X cited one person who estimated …» passes on; «X reported …, citing people» names the source of another act."""
    if quoted := list(_quoted_by(verb, found)):
        yield from quoted
        return
    objects = [unit_head(child) for child in children(verb, "obj")]
    source = objects[0] if objects else object_after(verb.doc, verb.i + 1)
    if source is None or not was_said(verb):
        return
    as_saying = [act for act in found.values() if _as_saying(act.cue, verb)]
    if as_saying and not is_passive(verb):  # «the paper quoted X as saying that …»
        said = replace(as_saying[0], speaker=source)
        yield said
        yield Act(verb, (verb.i,), subject(verb, media=media), said.content, "statement-citing", passes_on=said.cue.i)
        return
    above = _act_above(verb, found)
    teller = subject(verb, media=media)
    telling = [act for act in found.values() if act.speaker is not None and act.speaker.i == source.i]
    if telling:
        content = telling[0].content
        yield Act(verb, (verb.i,), teller, content, "statement-citing", passes_on=telling[0].cue.i)
    elif above is not None and can_speak(source, media, strict=False):
        same = teller is not None and above.speaker is not None and teller.i == above.speaker.i
        if same or verb.lower_ in CITING_FORMS:
            content = above.content - {word for word in below(verb) if word > verb.i or word == verb.i}
            yield Act(verb, (verb.i,), source, content, "statement-cited", source_of=above.cue.i)


def _quoted_by(verb: Token, found: Mapping[int, Act]) -> Iterator[Act]:
    """«Lee was quoted by the Post as saying …», «Lee, quoted by the Post, said …»: the Post passes it on."""
    agents = [unit_head(child) for child in children(verb, "obl:agent")]
    if not agents or verb.tag_ not in ("VBN", "VBD"):
        return
    for act in list(found.values()):
        spoken = act.speaker is not None and dep(verb, "acl") and verb.head.i == act.speaker.i
        if _as_saying(act.cue, verb):
            patients = [unit_head(child) for child in children(verb, "nsubj:pass")]
            act = replace(act, speaker=patients[0] if patients else act.speaker)
            yield act
        elif not spoken:
            continue
        yield Act(verb, (verb.i,), agents[0], act.content, "statement-citing", passes_on=act.cue.i)
        return


def _as_saying(cue: Token, verb: Token) -> bool:
    """Whether a cue is the «as saying» of a verb of citing."""
    marked = any(child.lower_ == "as" for child in hanging_on(cue)) or (cue.i and cue.nbor(-1).lower_ == "as")
    return bool(cue.tag_ == "VBG" and marked and any(one.i == verb.i for one in (cue.head, cue.head.head)))


def _act_above(verb: Token, found: Mapping[int, Act]) -> Act | None:
    """The act of saying that a «citing …» belongs to: the verb it hangs on, else the last one before it."""
    for ancestor in verb.ancestors:
        if ancestor.i in found and found[ancestor.i].rule != "statement-cited":
            return found[ancestor.i] if found[ancestor.i].kind == "saying" else None
    start = sentence_start(verb)
    before = [act for i, act in found.items() if start <= i < verb.i]
    return before[-1] if before and before[-1].kind == "saying" else None


def object_after(doc: Doc, start: int) -> Token | None:
    """The head of the noun phrase that begins at a token, whatever the tree calls the preposition."""
    if start >= len(doc):
        return None
    token = doc[start]
    while token.head.i >= start and token.head != token and dep(token, *INSIDE_PHRASE):
        token = token.head
    return unit_head(token) if token.pos_ in NOMINAL or token.ent_type_ else None


def can_speak(source: Token, media: Mapping[str, str], *, strict: bool) -> bool:
    """Whether a noun may be a source; for «per» and «via» only names, papers and what has an article."""
    if source.ent_type_ or source.lemma_.lower() in media:
        return source.ent_type_ not in ("Place", "Law") or not strict
    definite = any(dep(child, "det", "nmod:poss") for child in hanging_on(source))
    return source.pos_ != "NUM" and (definite or not strict)


__all__ = ["CITING", "CITING_BEGINS", "CITING_FORMS", "by_citing", "can_speak", "object_after"]
