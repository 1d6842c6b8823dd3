"""Doc -> acts: every act of saying that the tree shows, with its cue, its speaker's word and the words it conveys.

Which words are cues, and of what kind, is the ontology's (``ontology/cues.ttl``); how English hangs speaker and
content on a cue is here and in ``saying_rules``, one function a rule. Quotation marks play no part here (``speech``
adds them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract.act import Act, Cues, cue_of
from kg.extract.inserted import Inserted, inserted
from kg.extract.naming import named
from kg.extract.said import was_said
from kg.extract.saying_citing import CITING, CITING_BEGINS, CITING_FORMS, by_citing
from kg.extract.saying_nouns import by_account, by_noun, by_preposition, in_words_of
from kg.extract.saying_rules import RULES, THINKING, clause_of_argument, listens, told_that
from kg.extract.source import below, is_contrast, is_passive, subject, tail
from kg.extract.told_of import accused
from kg.extract.tree import children, dep, hanging_on, unit_head
from kg.extract.tree_index import index
from kg.ontology import Cue
from kg.records import Mode

FIRST_PERSON = frozenset({"i", "we"})
ORDERS = frozenset({"order", "command", "instruct", "request"})
COURTS = frozenset(
    {"court", "jury", "juror", "inquest", "tribunal", "inquiry", "committee", "hearing", "trial", "panel"}
)
ADDING = frozenset({"add", "say", "note", "explain", "stress"})


def acts(doc: Doc, cues: Cues, media: Mapping[str, str]) -> list[Act]:
    """All acts of saying (and of thinking, where a clause tells what) that the tree shows, in order of their cues."""
    found: dict[int, Act] = {}
    prepositions = {lemma.split()[0] for lemma, rows in cues.items() if any(row.part == "preposition" for row in rows)}
    citing: list[Token] = []
    known = index(doc)
    for token, tag, lower, lemma in zip(known.tokens, known.tags, known.lowers, known.lemmas, strict=True):
        told: list[Act] = []
        if tag in ("VERB", "AUX"):
            told += _by_verb(token, cues, media)
        if lower in prepositions:
            told += by_preposition(token, cues, media)
        if lower == "by":
            told += by_account(token, cues)
        if lower in ("in", "from") and not told:
            told += in_words_of(token, cues)
        if tag == "NOUN":
            told += by_noun(token, cues)
        if lower.startswith(CITING_BEGINS) and (lower in CITING_FORMS or lemma in CITING):
            citing.append(token)
        for act in told:
            found.setdefault(act.cue.i, act)
    found.update({act.cue.i: act for act in _participles_behind(found)})
    found.update({act.cue.i: act for act in _added(found)})
    for token in citing:
        for act in by_citing(token, found, media):
            found[act.cue.i] = act
    return [found[i] for i in sorted(found)]


def _participles_behind(found: Mapping[int, Act]) -> Iterator[Act]:
    """«39 died, officials said, adding that …»: the participle is the officials', though it hangs on "died"."""
    for act in found.values():
        for i in tail(act.cue):
            later = found.get(i)
            if later is not None and later.cue.tag_ == "VBG" and not children(later.cue, "nsubj"):
                yield replace(later, speaker=act.speaker)


def _added(found: Mapping[int, Act]) -> Iterator[Act]:
    """«predicted that it would fall, adding that …»: the participle is the speaker's, though it hangs on "fall"."""
    for act in found.values():
        around = [
            one
            for one in found.values()
            if (act.cue.i in one.content or act.cue.head.i in one.content) and _is_added(act.cue, one)
        ]
        if around:
            yield replace(act, speaker=min(around, key=lambda one: (len(one.content), one.cue.i)).speaker)


# --- verbs -------------------------------------------------------------------------------------------------------


def _by_verb(verb: Token, cues: Cues, media: Mapping[str, str]) -> Iterator[Act]:
    """A verb of saying with a clause that it conveys."""
    if verb.ent_type_ or dep(verb, "aux", "cop", "amod", "compound", "case"):
        return
    cue = cue_of(verb, cues)
    if cue is None:
        yield from _made_clear(verb, media)
        return
    bare = not children(verb, "ccomp") and not (verb.dep_ == "acl:relcl" and children(verb, "xcomp"))
    if dep(verb, "acl") and verb.tag_ == "VBN" and bare and verb.lemma_.lower() not in CITING:
        return  # «opinions written by Lee», «a treaty which was agreed»; not «which he is said to have read»
    if (verb.lemma_.lower() in CITING and not _marks_behind(verb)) or not was_said(verb):
        return
    row, words = cue
    if row.commitment == "Wants" and verb.lemma_.lower() in ORDERS and not _with_that(verb):
        return  # «ordered the accused remain in custody»
    for naming in cues.get(row.lemma, ()):
        if naming.content and naming.part == "verb":
            by, content = named(verb, naming)
            if content:
                yield Act(verb, words, by or subject(verb, media=media), frozenset(content), "statement-named-as",
                          commitment=naming.commitment)  # fmt: skip
                return
    if row.content:
        if content := accused(verb):
            yield Act(verb, words, subject(verb, media=media), frozenset(content), "statement-accused",
                      commitment=row.commitment)  # fmt: skip
        return
    if row.kind == "thinking" and row.commitment == "Knows":
        yield from _heard(verb, words)
        if not (verb.lemma_.lower() == "understand" and is_passive(verb)):
            return  # «she learned that it had closed»: the article itself says so
    if (found := inserted(verb, listens=listens(row))) is not None:
        yield _between_commas(verb, words, row, found)
        return
    for name, rule in RULES if row.kind == "saying" else THINKING:
        content = rule(verb, row)
        if content and not (name == "statement-of-argument" and _conveys_itself(verb, cues)):
            speaker = subject(verb, media=media)
            somebody = speaker is not None and speaker.lower_ not in FIRST_PERSON
            if row.kind == "saying" or somebody or name == "thought-passive":
                mode: Mode = "saying" if row.kind == "saying" else "thinking"
                told = told_that(verb, row) if name == "statement-clause" else None
                yield Act(verb, words, speaker, frozenset(content), name, mode, listens(row), commitment=row.commitment,
                          listener=told[0] if told else None)  # fmt: skip
            return


def _marks_behind(verb: Token) -> bool:
    """«cited "a lack of trust"»: what is cited stands in marks."""
    return any(word.is_quote for word in verb.doc[verb.i + 1 : verb.i + 4])


def _heard(verb: Token, words: tuple[int, ...]) -> Iterator[Act]:
    """«the court heard that Lee had lied»: somebody said so to the court."""
    courts = [child for child in children(verb, "nsubj") if child.lemma_.lower() in COURTS or child.lower_ == "mps"]
    clauses = [child for child in children(verb, "ccomp") if child.i > verb.i]
    if verb.lemma_.lower() == "hear" and courts and clauses:
        that = {child.i for child in children(clauses[0], "mark") if child.lower_ == "that"}
        content, listener = frozenset(below(clauses[0]) - that), unit_head(courts[0])
        yield Act(verb, words, None, content, "statement-heard", listener=listener)


def _made_clear(verb: Token, media: Mapping[str, str]) -> Iterator[Act]:
    """«made clear that it would close»."""
    if verb.lemma_.lower() != "make":
        return
    for word in hanging_on(verb):
        clauses = [*children(word, "ccomp"), *children(verb, "ccomp")] if word.lower_ in ("clear", "plain") else []
        later = [clause for clause in clauses if clause.i > word.i and children(clause, "mark")]
        if later and was_said(verb):
            that = {child.i for child in children(later[0], "mark")}
            content = frozenset(below(later[0]) - that)
            yield Act(verb, (verb.i,), subject(verb, media=media), content, "statement-clause")
            return


def _between_commas(verb: Token, words: tuple[int, ...], row: Cue, found: Inserted) -> Act:
    """«Around 50 gallons, officials said, spilled»."""
    mode: Mode = "saying" if row.kind == "saying" else "thinking"
    return Act(verb, words, found.speaker, found.content, "statement-parenthetical", mode, listens(row),
               commitment=row.commitment)  # fmt: skip


def _with_that(verb: Token) -> bool:
    clauses = children(verb, "ccomp", "acl")
    return any(word.lower_ == "that" for clause in clauses for word in children(clause, "mark"))


def _conveys_itself(verb: Token, cues: Cues) -> bool:
    """Whether the noun between verb and clause is a cue («issued a warning that»): the clause is the noun's."""
    found = clause_of_argument(verb)
    return found is not None and dep(found[0], "obj") and cue_of(found[0], cues, part="noun") is not None


def contrasts_removed(act: Act, others: Iterable[Act]) -> Act:
    """The act without a later clause of saying with a speaker of its own («police said …, while a witness said …»).

    Nor with what its speaker says behind it («predicted that it would fall, adding that …»).
    """
    drop: set[int] = set()
    for other in others:
        verb = other.cue
        if verb.i not in act.content or verb.pos_ != "VERB":
            continue
        apart = dep(verb, "conj", "advcl") and (is_contrast(verb) or _has_own_speaker(verb))
        if apart or _is_added(verb, act) or other.rule == "statement-as":
            drop |= below(verb)
        elif other.rule != "statement-parenthetical":
            drop |= _aside(verb, act)
    return replace(act, content=act.content - drop) if drop and act.content - drop else act


def _has_own_speaker(verb: Token) -> bool:
    """«One said it was late | and several said it was not»: a cue joined by "and" with a subject of its own."""
    joined = any(dep(child, "cc") and child.lower_ in ("and", "but") for child in hanging_on(verb))
    return dep(verb, "conj") and joined and any(child.pos_ != "PRON" for child in children(verb, "nsubj"))


def _aside(verb: Token, act: Act) -> set[int]:
    """What the reporter adds behind a comma with a cue of its own: «…, which he said would help», «…, with officials
    reporting that …»."""
    top = verb
    while top.head.i in act.content and top.head != top and not dep(top, "acl:relcl", "advcl:relcl", "obl", "nmod"):
        top = top.head
    words = below(top)
    first = min(words)
    comma = first - 1 in range(len(verb.doc)) and verb.doc[first - 1].text == "," and first > act.cue.i
    pronoun = any(word.tag_ in ("WDT", "WP") for word in verb.doc[first : first + 2])
    relative = dep(top, "acl:relcl", "advcl:relcl") and pronoun
    attending = verb.tag_ == "VBG" and verb.doc[first].lower_ == "with"
    return words if comma and verb.i in words and (relative or attending) else set()


def _is_added(verb: Token, act: Act) -> bool:
    """Whether a participle behind a comma goes on with what the speaker of an act says: «, adding that …»."""
    behind = act.cue.i < verb.i and verb.tag_ == "VBG" and verb.lemma_.lower() in ADDING
    return behind and verb.doc[verb.i - 1].text == "," and not children(verb, "nsubj")


__all__ = ["acts", "contrasts_removed"]
