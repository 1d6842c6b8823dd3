"""Doc -> acts: every act of saying that the tree shows, with its cue, its speaker's word and the words it conveys.

Which words are cues, and of what kind, is the ontology's (``ontology/cues.ttl``); how English hangs speaker and
content on a cue is here, one function a rule. Quotation marks play no part in this module (``speech`` adds them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract.source import (
    author,
    below,
    ends_sentence,
    is_contrast,
    is_passive,
    is_silent,
    scope,
    sentence_end,
    sentence_start,
    set_off,
    subject,
)
from kg.extract.tree import NOMINAL, children, dep, is_predicate, unit_head
from kg.ontology import Cue

Cues = Mapping[str, Sequence[Cue]]

# Verbs whose participle tells what a fact shows, not what its subject says: «bought it, signalling that …».
SHOWING = frozenset(
    {"signal", "indicate", "show", "demonstrate", "suggest", "imply", "reveal", "underline", "underscore"}
)
# Verbs that name a source for what another verb says; with a person or paper as their object.
CITING = frozenset({"cite", "quote"})
CITING_FORMS = frozenset({"citing", "quoting"})
# An infinitive under these was not said: «declined to say whether», «plans to announce».
UNSAID = frozenset({"decline", "refuse", "fail", "want", "wish", "hope", "plan", "intend", "try", "forget", "hesitate",
                    "need", "like", "expect", "prepare", "threaten", "ask", "order", "tell", "urge", "allow", "force",
                    "let", "unable", "reluctant", "likely", "ready", "able", "unwilling", "willing"})  # fmt: skip
FIRST_PERSON = frozenset({"i", "we"})
# Commitments whose verbs claim or promise with an infinitive too («claimed to have won», «vowed to fight»); under
# others it is no content («continued to grow», «recommended to wait»).
WITH_INFINITIVE = frozenset({"Claims", "Denies", "Reveals", "Promises"})
HYPOTHETICAL = frozenset({"if", "unless", "whether", "until", "before"})
INSIDE_PHRASE = ("det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "fixed", "case", "advmod",
                 "goeswith", "nmod:unmarked", "punct", "cc", "dep", "appos")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """An act of saying: ``words`` are the cue's tokens, ``content`` the tokens conveyed, both by index.

    ``listens``: the cue's object is the listener («told X»). ``source_of`` is the cue token of the act that this one
    is the source of («reported, citing people»), ``passes_on`` that of the act whose content this one passes on
    («cited one person who estimated»).
    """

    cue: Token
    words: tuple[int, ...]
    speaker: Token | None
    content: frozenset[int]
    rule: str
    kind: str = "saying"
    listens: bool = False
    source_of: int | None = None
    passes_on: int | None = None


def acts(doc: Doc, cues: Cues, media: Mapping[str, str]) -> list[Act]:
    """All acts of saying (and of thinking, where a clause tells what) that the tree shows, in order of their cues."""
    found: dict[int, Act] = {}
    prepositions = {lemma.split()[0] for lemma, rows in cues.items() if any(row.part == "preposition" for row in rows)}
    for token in doc:
        inserted = _by_preposition(token, cues, media) if token.lower_ in prepositions else ()
        for act in (*_by_verb(token, cues, media), *inserted, *_by_noun(token, cues)):
            found.setdefault(act.cue.i, act)
    for token in doc:
        if token.lemma_.lower() in CITING or token.lower_ in CITING_FORMS:
            for act in _by_citing(token, found, media):
                found[act.cue.i] = act
    return [found[i] for i in sorted(found)]


def cue_of(token: Token, cues: Cues, *, part: str = "verb") -> tuple[Cue, tuple[int, ...]] | None:
    """The cue that a word is, with its tokens: "point out" before "point"."""
    particles = [child for child in token.children if child.dep_ == "compound:prt"]
    lemma = token.lemma_.lower()
    for words in ([token, *particles], [token]):
        key = " ".join([lemma, *(word.lower_ for word in words[1:])])
        for cue in cues.get(key, ()):
            if cue.part == part and cue.kind != "wanting":
                indices = sorted(word.i for word in words)
                adjacent = indices[-1] - indices[0] == len(indices) - 1
                return cue, tuple(indices) if adjacent else (token.i,)
    return None


# --- verbs -------------------------------------------------------------------------------------------------------


def _by_verb(verb: Token, cues: Cues, media: Mapping[str, str]) -> Iterator[Act]:
    """A verb of saying with a clause that it conveys."""
    if verb.pos_ not in ("VERB", "AUX") or verb.ent_type_ or dep(verb, "aux", "cop", "amod", "compound", "case"):
        return
    cue = cue_of(verb, cues)
    if cue is None or verb.lemma_.lower() in CITING or not was_said(verb):
        return
    row, words = cue
    if row.kind == "thinking" and row.commitment == "Knows":
        return  # «she learned that it had closed»: the article itself says so
    for name, rule in _RULES if row.kind == "saying" else _THINKING:
        content = rule(verb, row)
        if content:
            speaker = subject(verb, media=media)
            if row.kind == "saying" or (speaker is not None and speaker.lower_ not in FIRST_PERSON):
                yield Act(verb, words, speaker, frozenset(content), name, row.kind, _listens(row))
            return


def was_said(verb: Token) -> bool:
    """Whether the saying took place: not negated, not supposed, not merely wished or asked for."""
    if any(child.dep_ == "advmod" and child.lemma_.lower() in ("not", "n't", "never") for child in verb.children):
        return False
    if any(child.dep_ == "mark" and child.lower_ in HYPOTHETICAL for child in verb.children):
        return False
    if verb.tag_ == "VBG" and verb.lemma_.lower() in SHOWING and not children(verb, "nsubj", "aux"):
        return False
    if not any(child.lower_ == "to" and child.pos_ == "PART" for child in verb.children):
        return True
    if dep(verb, "xcomp"):
        return verb.head.lemma_.lower() not in UNSAID and was_said(verb.head)
    return dep(verb, "conj") or (dep(verb, "advcl") and verb.head.i < verb.i)


def _clause(verb: Token, cue: Cue) -> set[int]:
    """«said (that) sales fell»; «sales fell, it said»; «it was reported that sales fell»; gaps are filled."""
    clauses = [child for child in verb.children if dep(child, "ccomp") or child.dep_ == "csubj:pass"]
    clauses = [child for child in clauses if not _is_parenthetical(child)]
    if not clauses:
        return set()
    after = clauses[-1].i > verb.i
    heads = [child for child in clauses if (child.i > verb.i) == after]
    heads += [child for child in verb.children if after and _belongs(child, heads[0], cue)]
    words = {word for head in heads for word in below(head, without=verb) if (word > verb.i) == after}
    that = {child.i for child in heads[0].children if child.dep_ == "mark" and child.lower_ == "that"}
    return set(range(min(words - that), max(words) + 1)) - that


def _belongs(child: Token, clause: Token, cue: Cue) -> bool:
    """Whether a tree hung part of a clause on the verb of saying before it.

    «said the trial was stopped because it was over»; «said the rule (that women are exempt) no longer holds».
    """
    if child.i > clause.i:
        return dep(child, "advcl") and bool(children(child, "mark")) and not set_off(child)
    return dep(child, "obj", "nsubj") and child.i > child.head.i and not _listens(cue)


def _inverted(verb: Token, cue: Cue) -> set[int]:
    """«Sales fell, argued the firm's lawyer.»: all that stands before the comma, whatever the tree makes of it."""
    doc, start = verb.doc, sentence_start(verb)
    if verb.i - 1 <= start or doc[verb.i - 1].text != "," or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return set()
    right = [child for child in verb.children if child.i > verb.i and not is_silent(child)]
    speakers = [child for child in right if _is_behind(child, cue)]
    if not speakers or any(dep(child, "ccomp", "xcomp", "parataxis", "conj") for child in right):
        return set()
    before = doc[start : verb.i - 1]
    has_clause = any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in before)
    return {word.i for word in before} if has_clause and ends_sentence(verb) else set()


def _is_behind(child: Token, cue: Cue) -> bool:
    """Whether a noun behind a verb of saying is its speaker."""
    return dep(child, "nsubj") or (
        dep(child, "obj") and child.ent_type_ in ("Person", "Organization") and not _listens(cue)
    )


def _infinitive(verb: Token, cue: Cue) -> set[int]:
    """«claimed to have won»; «denied hiding it»; «reported him to be dead» (not «told him to leave»)."""
    infinitives = [child for child in verb.children if dep(child, "xcomp") and child.i > verb.i]
    if not infinitives or is_passive(verb):
        return set()
    content = infinitives[0]
    objects = [child for child in verb.children if dep(child, "obj", "iobj")]
    if not objects:
        return below(content) if cue.commitment in WITH_INFINITIVE and is_predicate(content) else set()
    if _listens(cue) or not _is_state(content) or objects[0].i > content.i:
        return set()
    return below(objects[0]) | below(content)


def _is_state(infinitive: Token) -> bool:
    """«to be dead», «to have fled»: what is claimed of somebody, not what somebody is to do."""
    words = {(child.lemma_.lower(), child.dep_) for child in infinitive.children}
    marked = any(label == "mark" for _, label in words)
    return marked and (any(label == "cop" for _, label in words) or ("have", "aux") in words)


def _listens(cue: Cue) -> bool:
    """Whether the verb's object is the listener («told staff to leave» is an order, «told staff that …» is not)."""
    return bool(cue.addressee & {"object", "indirect"})


def _passive(verb: Token, cue: Cue) -> set[int]:
    """«X is said to be ill»: subject and infinitive together."""
    subjects = [child for child in verb.children if child.dep_ == "nsubj:pass"]
    infinitives = [child for child in verb.children if dep(child, "xcomp") and children(child, "mark")]
    if not subjects or not infinitives or _listens(cue) or any(child.dep_ == "obj" for child in verb.children):
        return set()
    return below(subjects[0]) | below(infinitives[0])


def _colon(verb: Token, cue: Cue) -> set[int]:
    """«The note said: We won.»: a clause behind a colon."""
    for child in verb.children:
        if child.i > verb.i and dep(child, "parataxis", "dep", "appos", "conj") and is_predicate(child):
            words = below(child)
            if any(verb.doc[i].text == ":" for i in range(verb.i + 1, min(words) + 1)):
                return words
    return set()


def _parenthetical(verb: Token, cue: Cue) -> set[int]:
    """«Sales fell, the firm said»; «Sales, said Mr Roe, fell»: the cue hangs on what it conveys."""
    if not _is_parenthetical(verb):
        return _fronted(verb, cue)
    return scope(verb, verb.head)


def _fronted(verb: Token, cue: Cue) -> set[int]:
    """A clause before a main verb of saying that the tree did not call its complement."""
    own = [child for child in verb.children if dep(child, "nsubj")]
    if not own or dep(verb, "parataxis", "advcl", "acl", "conj", "ccomp"):
        return set()
    for child in verb.children:
        if dep(child, "parataxis", "advcl", "dep", "dislocated", "obj") and is_predicate(child):
            words = below(child)
            marked = any(word.dep_ == "mark" for word in child.children)
            if not marked and children(child, "nsubj") and max(words) < min(own[0].i, verb.i):
                return words
    return set()


def _is_parenthetical(verb: Token) -> bool:
    """A clause of saying set off by a comma, with a subject and nothing that it says of its own.

    The tree calls it ``parataxis``; where it slipped it may be anything that hangs on the clause before.
    """
    if verb.pos_ != "VERB" or not any(dep(child, "nsubj") for child in verb.children):
        return False
    if any(dep(child, "ccomp", "xcomp", "obj", "csubj", "mark", "cc") for child in verb.children):
        return False
    if dep(verb, "parataxis"):
        return True
    if not dep(verb, "conj", "advcl", "dep", "discourse", "ccomp", "acl") or verb.i < verb.head.i:
        return False
    return set_off(verb) and (ends_sentence(verb) or _is_inserted(verb))


def _is_inserted(verb: Token) -> bool:
    """«…, stated the minister, …»: a verb right behind a comma, its subject behind it, and a comma again."""
    doc, last = verb.doc, max(word for word in below(verb) if not is_silent(verb.doc[word]))
    behind = any(dep(child, "nsubj") and child.i > verb.i for child in verb.children)
    return behind and doc[verb.i - 1].text == "," and last + 1 < len(doc) and doc[last + 1].text == ","


def _as_clause(verb: Token, cue: Cue) -> set[int]:
    """«As the firm said, sales fell»."""
    marks = [child for child in verb.children if dep(child, "mark", "advmod") and child.lower_ == "as"]
    if not dep(verb, "advcl") or not marks or children(verb, "obj") or not children(verb, "nsubj"):
        return set()
    return scope(verb, verb.head, whole=False) if set_off(verb) or verb.i < verb.head.i else set()


def _following(verb: Token, cue: Cue) -> set[int]:
    """«who estimated up to 40 jobs could go», where the tree makes no clause of it: the words behind the cue.

    They must be a noun phrase and a finite auxiliary, and no other verb or relative word before it.
    """
    doc, end = verb.doc, sentence_end(verb)
    stop = next((i for i in range(verb.i + 1, end) if doc[i].is_punct), end)
    start = verb.i + 1 + (verb.i + 1 < stop and doc[verb.i + 1].lower_ == "that")
    for word in doc[start:stop]:
        if word.pos_ == "AUX" and word.tag_ in ("MD", "VBD", "VBZ", "VBP"):
            return set(range(start, stop)) if word.i > start else set()
        if word.pos_ in ("VERB", "AUX", "PART", "CCONJ", "SCONJ") or word.tag_ in ("WDT", "WP", "WRB", "PRP$"):
            break
    return set()


_RULES = (
    ("statement-inverted", _inverted),
    ("statement-clause", _clause),
    ("statement-colon", _colon),
    ("statement-passive", _passive),
    ("statement-infinitive", _infinitive),
    ("statement-parenthetical", _parenthetical),
    ("statement-as", _as_clause),
    ("statement-following", _following),
)
_THINKING = (("thought-clause", _clause), ("thought-parenthetical", _parenthetical))


# --- prepositions and nouns --------------------------------------------------------------------------------------


def _by_preposition(token: Token, cues: Cues, media: Mapping[str, str]) -> Iterator[Act]:
    """«according to X, …»: X speaks the clause that the phrase hangs on."""
    for lemma, rows in _starting_with(token, cues):
        words = tuple(range(token.i, token.i + len(lemma)))
        source = _object_after(token.doc, words[-1] + 1)
        if source is None or not _can_speak(source, media, strict=len(lemma) == 1):
            continue
        top = source
        while top.head.i in words and top.head != top:
            top = top.head
        content = scope(top, top.head) - set(words)
        if len(lemma) == 1 and (lemma[0] in CITING_FORMS or not set_off(top)):
            continue
        if top.head != top and content:
            yield Act(token, words, source, frozenset(content), "statement-according", rows[0].kind)
            return


def _starting_with(token: Token, cues: Cues) -> Iterator[tuple[list[str], list[Cue]]]:
    """The preposition cues that the text shows from this token on, longest first."""
    doc, found = token.doc, []
    for size in range(5, 0, -1):
        words = [word.lower_ for word in doc[token.i : token.i + size]]
        rows = [cue for cue in cues.get(" ".join(words), ()) if cue.part == "preposition"]
        if rows and len(words) == size:
            found.append((words, rows))
    return iter(found)


def _object_after(doc: Doc, start: int) -> Token | None:
    """The head of the noun phrase that begins at a token, whatever the tree calls the preposition."""
    if start >= len(doc):
        return None
    token = doc[start]
    while token.head.i >= start and token.head != token and dep(token, *INSIDE_PHRASE):
        token = token.head
    return unit_head(token) if token.pos_ in NOMINAL or token.ent_type_ else None


def _can_speak(source: Token, media: Mapping[str, str], *, strict: bool) -> bool:
    """Whether a noun may be a source: not «according to plan»; for «per» only names and papers."""
    if source.ent_type_ or source.lemma_.lower() in media:
        return source.ent_type_ not in ("Place", "Law") or not strict
    if strict or source.pos_ == "NUM" or dep(source, "mark"):
        return False
    bare = not any(dep(child, "det", "nmod", "amod", "compound", "acl", "nummod") for child in source.children)
    return not (bare and source.tag_ == "NN")


def _by_noun(noun: Token, cues: Cues) -> Iterator[Act]:
    """«the claim by X that …», «X's warning that …»."""
    cue = cue_of(noun, cues, part="noun") if noun.pos_ == "NOUN" else None
    if cue is None or cue[0].kind != "saying":
        return
    for clause in noun.children:
        marks = {child.i for child in clause.children if child.dep_ == "mark" and child.lower_ == "that"}
        if dep(clause, "acl", "ccomp") and marks and clause.dep_ != "acl:relcl":
            content = below(clause) - marks
            yield Act(noun, cue[1], author(noun), frozenset(content), "statement-noun")
            return


# --- sources -----------------------------------------------------------------------------------------------------


def _by_citing(verb: Token, found: Mapping[int, Act], media: Mapping[str, str]) -> Iterator[Act]:
    """«X cited one person who estimated …» passes on; «X reported …, citing people» names the source of another act."""
    objects = [unit_head(child) for child in children(verb, "obj")]
    source = objects[0] if objects else _object_after(verb.doc, verb.i + 1)
    if source is None or not was_said(verb):
        return
    above = _act_above(verb, found)
    teller = subject(verb, media=media)
    telling = [act for act in found.values() if act.speaker is not None and act.speaker.i == source.i]
    if telling:
        content = telling[0].content
        yield Act(verb, (verb.i,), teller, content, "statement-citing", passes_on=telling[0].cue.i)
    elif above is not None and _can_speak(source, media, strict=False):
        same = teller is not None and above.speaker is not None and teller.i == above.speaker.i
        if same or verb.lower_ in CITING_FORMS:
            content = above.content - {word for word in below(verb) if word > verb.i or word == verb.i}
            yield Act(verb, (verb.i,), source, content, "statement-cited", source_of=above.cue.i)


def _act_above(verb: Token, found: Mapping[int, Act]) -> Act | None:
    """The act of saying that a «citing …» belongs to: the verb it hangs on, else the last one before it."""
    for ancestor in verb.ancestors:
        if ancestor.i in found and found[ancestor.i].rule != "statement-cited":
            return found[ancestor.i]
    start = sentence_start(verb)
    before = [act for i, act in found.items() if start <= i < verb.i]
    return before[-1] if before and before[-1].kind == "saying" else None


def contrasts_removed(act: Act, others: Iterable[Act]) -> Act:
    """The act without a later clause of saying with a speaker of its own («police said …, while a witness said …»)."""
    drop: set[int] = set()
    for other in others:
        verb = other.cue
        if other.cue.i in act.content and verb.pos_ == "VERB" and dep(verb, "conj", "advcl") and is_contrast(verb):
            drop |= below(verb)
    return replace(act, content=act.content - drop) if drop and act.content - drop else act


__all__ = ["Act", "Cues", "acts", "contrasts_removed", "cue_of", "was_said"]
