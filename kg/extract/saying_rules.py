"""Verb of saying -> the words that it conveys: one function a rule, in the order in which they are tried.

Each takes the verb and its row of the cue table and gives token indices, none where it does not apply.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extract.source import below, ends_sentence, is_passive, is_silent, scope, set_off
from kg.extract.tree import FINITE, NOMINAL, children, dep, hanging_on, is_predicate, sentence_end, sentence_start
from kg.extract.told_of import figured, told_of, warned_of
from kg.ontology import Cue

WITH_GERUND = frozenset({"describe", "recall", "report", "remember", "mention"})  # «described seeing three men»
# Commitments whose verbs claim or promise with an infinitive too («claimed to have won», «vowed to fight»); under
# others it is no content («continued to grow», «recommended to wait»).
WITH_INFINITIVE = frozenset({"Claims", "Denies", "Reveals", "Promises"})
# Verbs whose object listens: «…, his mother told the inquest».
TOLD = frozenset({"tell", "inform", "assure", "remind", "warn"})
QUESTIONS = frozenset({"why", "how", "whether", "if", "what", "who", "where", "when"})


def _clause(verb: Token, cue: Cue) -> set[int]:
    """«said (that) sales fell»; «sales fell, it said»; «it was reported that sales fell»; gaps are filled."""
    clauses = [child for child in hanging_on(verb) if dep(child, "ccomp") or child.dep_ == "csubj:pass"]
    clauses += [child for child in hanging_on(verb) if not clauses and cue.commitment == "Asks" and _is_question(child)]
    clauses = [child for child in clauses if not _is_parenthetical(child) and not _is_manner(child)]
    if verb.lemma_.lower() == "find" and not _is_finding(verb, clauses):
        return set()
    if not clauses:
        return set()
    after = clauses[-1].i > verb.i
    heads = [child for child in clauses if (child.i > verb.i) == after]
    heads += [child for child in hanging_on(verb) if after and _belongs(child, heads[0], cue)]
    whole = {word for head in heads for word in below(head, without=verb)}
    words = {word for word in whole if (word > verb.i) == after}
    speakers = [] if after else [child for child in hanging_on(verb) if dep(child, "nsubj") and child.i > clauses[-1].i]
    if speakers:  # a comma behind the speaker may hang on the clause
        words = {word for word in words if word < min(below(speakers[0]))}
    if not after and (behind := _taken_up(verb, whole)):
        return _filled(words) | behind
    subjects = [child for child in hanging_on(verb) if dep(child, "nsubj", "nsubj:pass")]
    if not after and len(subjects) > 1 and subjects[0].i < min(words):  # «| Lee, 58, | stole it, the court was told»
        words |= below(subjects[0])
    that = {child.i for child in heads[0].children if child.dep_ == "mark" and child.lower_ == "that"}
    if after and (told := told_that(verb, cue)) is not None:
        that |= set(range(min(words), told[1] + 1))
    return _with_antecedent(verb, heads[0]) | (_filled(words - that) - that)


def _is_question(clause: Token) -> bool:
    """«asked her why she waited», where the tree calls the question an adverbial."""
    words = {child.lower_ for child in hanging_on(clause) if dep(child, "advmod", "mark", "obj", "nsubj")}
    return dep(clause, "advcl") and clause.i > clause.head.i and bool(words & QUESTIONS)


def told_that(verb: Token, cue: Cue) -> tuple[Token, int] | None:
    """«told the magazine that talks collapsed»: listener and "that", where the tree made a relative clause of it."""
    doc, end = verb.doc, sentence_end(verb)
    if listens(cue) and (name := _name_behind(verb)) is not None:
        return name, name.i + (doc[name.i + 1].text == "that")
    i = verb.i + 1
    while i < end and (doc[i].pos_ in ("DET", "ADJ", "PROPN") or doc[i].dep_ in ("compound", "nmod:poss")):
        i += 1
    if not listens(cue) or i + 1 >= end or doc[i].pos_ != "NOUN" or doc[i + 1].lower_ != "that":
        return None
    return (doc[i], i + 1) if doc[i].head.i != verb.i else None


def _name_behind(verb: Token) -> Token | None:
    """«told the Associated Press | four victims were»: the last word of a name that the tree hung on what follows."""
    doc, end = verb.doc, sentence_end(verb)
    i = verb.i + 1 + (verb.i + 1 < end and doc[verb.i + 1].lower_ == "the")
    last = i
    while last < end and doc[last].ent_type_ in ("Organization", "Person"):
        last += 1
    if last == i or last >= end or doc[last].pos_ in ("VERB", "AUX", "ADP", "CCONJ") or doc[last].is_punct:
        return None
    name = doc[last - 1]
    begins = doc[last].pos_ in ("DET", "NUM", "NOUN", "ADJ", "PRON", "PROPN") or doc[last].text == "that"
    return name if begins and name.head.i >= last and doc[last].ent_iob_ != "I" else None


def _taken_up(verb: Token, content: set[int]) -> set[int]:
    """What goes on with the content behind an inserted cue: «It went to a son, she said in court, | and to friends»."""
    doc, end = verb.doc, sentence_end(verb)
    commas = (i for i in range(verb.i + 1, end - 1) if doc[i].text == "," and doc[i + 1].lower_ in ("and", "or"))
    comma = next(commas, end)
    behind = {i for i in range(comma + 1, end) if not is_silent(doc[i])}
    return behind if behind and behind <= content else set()


def _filled(words: set[int]) -> set[int]:
    return set(range(min(words), max(words) + 1)) if words else words


def _with_antecedent(verb: Token, clause: Token) -> set[int]:
    """«a change that the ministry said would save lives»: what the relative word stands for is said, too."""
    noun = verb.head
    if not dep(verb, "acl:relcl") or noun.pos_ not in NOMINAL or children(clause, "nsubj", "nsubj:pass", "expl"):
        return set()
    relative = [word for word in verb.doc[noun.i + 1 : verb.i] if word.lower_ in ("that", "which", "who")]
    return {i for i in below(noun, without=verb) if i < relative[0].i} if relative else set()


def _is_finding(verb: Token, clauses: Sequence[Token]) -> bool:
    """«the study found that prices rose», «it was found that»; not «was found alive», «is found in caves»."""
    if is_passive(verb):
        return bool(children(verb, "expl"))
    return any(children(clause, "mark", "aux", "cop") or clause.tag_ in FINITE for clause in clauses)


def _is_manner(clause: Token) -> bool:
    """«"I won," she said, laughing», «she says, knee-deep in mud»: a bare participle or adjective tells how."""
    apart = (clause.tag_ == "VBG" or clause.pos_ == "ADJ") and clause.i > clause.head.i
    return apart and set_off(clause) and not children(clause, "nsubj", "aux", "mark", "expl")


def _belongs(child: Token, clause: Token, cue: Cue) -> bool:
    """Whether a tree hung part of a clause on the verb of saying before it.

    «said the trial was stopped because it was over»; «said the rule (that women are exempt) no longer holds».
    """
    if child.i > clause.i:
        return dep(child, "advcl") and bool(children(child, "mark")) and not set_off(child)
    return dep(child, "obj", "nsubj") and child.i > child.head.i and not listens(cue)


def _inverted(verb: Token, cue: Cue) -> set[int]:
    """«Sales fell, argued the firm's lawyer.»: all that stands before the comma, whatever the tree makes of it."""
    doc, start = verb.doc, sentence_start(verb)
    if verb.i - 1 <= start or doc[verb.i - 1].text != "," or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return set()
    right = [child for child in hanging_on(verb) if child.i > verb.i and not is_silent(child)]
    if _is_misread(verb, right):
        before = doc[start : verb.i - 1]
        return {word.i for word in before} if any(word.tag_ in FINITE for word in before) else set()
    speakers = [child for child in right if _is_behind(child, cue)]
    if not speakers or any(dep(child, "ccomp", "xcomp", "parataxis", "conj") for child in right):
        return set()
    before = doc[start : verb.i - 1]
    has_clause = any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in before)
    return {word.i for word in before} if has_clause and ends_sentence(verb) else set()


def _is_misread(verb: Token, right: Sequence[Token]) -> bool:
    """«Warnings were ignored, claims Ann Lee, a mechanic dismissed in May», where the tree has her dismissed say it."""
    name = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else verb
    named = name.ent_type_ in ("Person", "Organization")
    own = any(dep(child, "nsubj", "mark", "aux", "cc") for child in hanging_on(verb) if child.i < verb.i)
    clause = [child for child in right if dep(child, "ccomp")]
    subjects = [child for one in clause for child in children(one, "nsubj")]
    apposed = any(dep(child, "appos") for one in subjects for child in hanging_on(one))
    return named and not own and apposed and not any(children(one, "mark") for one in clause)


def _is_behind(child: Token, cue: Cue) -> bool:
    """Whether a noun behind a verb of saying is its speaker."""
    return dep(child, "nsubj") or (
        dep(child, "obj") and child.ent_type_ in ("Person", "Organization") and not listens(cue)
    )


def _infinitive(verb: Token, cue: Cue) -> set[int]:
    """«claimed to have won»; «denied hiding it»; «reported him to be dead» (not «told him to leave»)."""
    infinitives = [child for child in hanging_on(verb) if dep(child, "xcomp") and child.i > verb.i]
    if cue.commitment == "Reveals":  # «admitted to stealing the car»
        infinitives += [child for child in children(verb, "advcl") if child.tag_ == "VBG" and _marked_to(child)]
    if not infinitives or is_passive(verb):
        return set()
    content = infinitives[0]
    if content.tag_ == "VBG" and verb.lemma_.lower() in WITH_GERUND and not set_off(content):
        return below(content)
    objects = [child for child in hanging_on(verb) if dep(child, "obj", "iobj")]
    if not objects:
        return below(content) if cue.commitment in WITH_INFINITIVE and is_predicate(content) else set()
    if listens(cue) or not _is_state(content) or objects[0].i > content.i:
        return set()
    return below(objects[0]) | below(content)


def _expected(verb: Token, cue: Cue) -> set[int]:
    """«expects sales to fall»; «believed to have fled» has no object and is the passive's."""
    objects = [child for child in hanging_on(verb) if dep(child, "obj", "nsubj") and child.i > verb.i]
    infinitives = [child for child in hanging_on(verb) if dep(child, "xcomp", "ccomp") and children(child, "mark")]
    infinitives += [child for one in objects for child in children(one, "acl")]
    marked = [one for one in infinitives if any(word.lower_ == "to" for word in children(one, "mark"))]
    later = [one for one in marked if one.i > verb.i]
    if not objects or not later or is_passive(verb) or objects[0].i > later[0].i:
        return set()
    return below(objects[0]) | below(later[0])


def _of_argument(verb: Token, cue: Cue) -> set[int]:
    """«told the inquiry | that she was shouted at», «pointed out in emails | that …»: a clause hung on a noun between.

    Nouns that can themselves convey a clause («repeated claims that …») are left to ``saying``, which knows them.
    """
    found = clause_of_argument(verb)
    if found is None:
        return set()
    _, clause, that = found
    return {i for i in below(clause) if i > that}


def clause_of_argument(verb: Token) -> tuple[Token, Token, int] | None:
    """The noun between a verb and its "that" clause, the clause hung on it, and where "that" stands."""
    for child in hanging_on(verb):
        if not dep(child, "obj", "iobj", "obl") or child.i < verb.i:
            continue
        for noun in (child, *children(child, "nmod")):
            for clause in hanging_on(noun):
                that = [mark.i for mark in children(clause, "mark") if mark.lower_ == "that"]
                if that and dep(clause, "acl", "ccomp") and is_predicate(clause) and noun.i < that[0]:
                    return noun, clause, that[0]
    return None


def _marked_to(clause: Token) -> bool:
    return any(word.lower_ == "to" for word in children(clause, "mark"))


def _is_state(infinitive: Token) -> bool:
    """«to be dead», «to have fled»: what is claimed of somebody, not what somebody is to do."""
    words = {(child.lemma_.lower(), child.dep_) for child in hanging_on(infinitive)}
    marked = any(label == "mark" for _, label in words)
    return marked and (any(label == "cop" for _, label in words) or ("have", "aux") in words)


def listens(cue: Cue) -> bool:
    """Whether the verb's object is the listener («told staff to leave» is an order, «told staff that …» is not)."""
    return bool(cue.addressee & {"object", "indirect"})


def _passive(verb: Token, cue: Cue) -> set[int]:
    """«X is said to be ill»: subject and infinitive together."""
    subjects = [child for child in hanging_on(verb) if child.dep_ == "nsubj:pass"]
    infinitives = [child for child in hanging_on(verb) if dep(child, "xcomp") and children(child, "mark")]
    if verb.lemma_.lower() == "suppose":
        return set()  # «was supposed to open»: planned, not thought
    if not subjects or not infinitives or listens(cue) or any(child.dep_ == "obj" for child in hanging_on(verb)):
        return set()
    noun = verb.head
    if dep(verb, "acl:relcl") and subjects[0].tag_ in ("WDT", "WP"):  # «the storm, which is expected to last»
        return {i for i in below(noun, without=verb) if i < verb.i} | below(infinitives[0])
    return below(subjects[0]) | below(infinitives[0])


def _colon(verb: Token, cue: Cue) -> set[int]:
    """«The note said: We won.»: a clause behind a colon."""
    for child in hanging_on(verb):
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
    own = [child for child in hanging_on(verb) if dep(child, "nsubj")]
    if not own or dep(verb, "parataxis", "advcl", "acl", "conj", "ccomp"):
        return set()
    for child in hanging_on(verb):
        if dep(child, "parataxis", "advcl", "dep", "dislocated", "obj") and is_predicate(child):
            words = below(child)
            marked = any(word.dep_ == "mark" for word in hanging_on(child))
            if not marked and children(child, "nsubj") and max(words) < min(own[0].i, verb.i):
                return words
    return set()


def _is_parenthetical(verb: Token) -> bool:
    """A clause of saying set off by a comma, with a subject and nothing that it says of its own.

    The tree calls it ``parataxis``; where it slipped it may be anything that hangs on the clause before.
    """
    if verb.pos_ != "VERB" or not any(dep(child, "nsubj") for child in hanging_on(verb)):
        return False
    told = verb.lemma_.lower() in TOLD
    objects = ("ccomp", "xcomp", "csubj", "mark", "cc") if told else ("ccomp", "xcomp", "obj", "csubj", "mark", "cc")
    if any(dep(child, *objects) for child in hanging_on(verb)):
        return False
    if dep(verb, "parataxis"):
        return True
    if not dep(verb, "conj", "advcl", "dep", "discourse", "ccomp", "acl") or verb.i < verb.head.i:
        return False
    return set_off(verb) and (ends_sentence(verb) or _is_inserted(verb))


def _is_inserted(verb: Token) -> bool:
    """«…, stated the minister, …»: a verb right behind a comma, its subject behind it, and a comma again."""
    doc, last = verb.doc, max(word for word in below(verb) if not is_silent(verb.doc[word]))
    behind = any(dep(child, "nsubj") and child.i > verb.i for child in hanging_on(verb))
    return behind and doc[verb.i - 1].text == "," and last + 1 < len(doc) and doc[last + 1].text == ","


def _as_clause(verb: Token, cue: Cue) -> set[int]:
    """«As the firm said, sales fell»."""
    marks = [child for child in hanging_on(verb) if dep(child, "mark", "advmod") and child.lower_ == "as"]
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


RULES = (
    ("statement-inverted", _inverted),
    ("statement-clause", _clause),
    ("statement-colon", _colon),
    ("statement-passive", _passive),
    ("statement-infinitive", _infinitive),
    ("statement-of-argument", _of_argument),
    ("statement-parenthetical", _parenthetical),
    ("statement-as", _as_clause),
    ("statement-following", _following),
    ("statement-named", told_of),
    ("statement-warned-of", warned_of),
    ("statement-figure", figured),
)
THINKING = (
    ("thought-clause", _clause), ("thought-passive", _passive), ("thought-infinitive", _expected),
    ("thought-parenthetical", _parenthetical),
)  # fmt: skip


__all__ = ["RULES", "THINKING", "clause_of_argument", "listens", "told_that"]
