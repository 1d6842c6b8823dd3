"""Persons' titles and employers, from the words around a name or a noun for a person.

title-before      Acme CEO Ann Lee                      -> Ann Lee: CEO, works for Acme
title-apposition  Ann Lee, head of sales at Acme, ...   -> likewise; also "Acme's chief executive, Ann Lee"
title-copula      Ann Lee is chief executive of Acme
role-nominal      a physician at Acme                   -> works for Acme
work-verb         Ann Lee works for Acme
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.noun_phrase import phrase
from kg.extract.parts import Stance
from kg.extract.stance import stance
from kg.extract.tree import case_words, children, conjuncts, names_a_time, sentence_start, slot_of, unit, unit_head
from kg.extract.tree_index import index

RULES = frozenset({"title-before", "title-apposition", "title-copula", "role-nominal", "work-verb"})
HONORIFICS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "dame", "lord", "lady",
                        "prof", "prof.", "madam", "mx", "mx."})  # fmt: skip
FORMER = frozenset({"former", "late", "then", "erstwhile", "onetime", "outgoing", "retired"})
NOT_YET = frozenset({"incoming", "future", "aspiring", "prospective", "wannabe"})
EMPLOYER_PREPOSITIONS = frozenset({"of", "at", "for", "with"})
STAFF = frozenset({"employee", "worker", "staffer", "staff", "executive", "officer", "director", "manager",
                   "spokesman", "spokeswoman", "spokesperson", "engineer", "leader"})  # fmt: skip


NO_JOBS = frozenset({
    "son", "daughter", "father", "mother", "wife", "husband", "brother", "sister", "widow", "child", "friend", "man",
    "woman", "boy", "girl", "victim", "suspect", "person", "people", "survivor", "resident", "citizen", "parent",
    "neighbor", "neighbour", "colleague", "opponent", "rival", "critic", "supporter", "passenger",
    "patient", "customer", "fan", "youth", "teenager", "native",
    "student", "pupil", "winner", "loser", "finalist",
    "aunt", "uncle", "niece", "nephew", "cousin", "grandmother", "grandfather", "grandson", "granddaughter", "sibling",
    "twin", "stepson", "stepdaughter", "stepfather", "stepmother",
    "murderer", "killer", "criminal", "god", "goddess",
    "hero", "heroine", "boyfriend", "girlfriend", "fiancé", "fiancée", "fiance", "spouse", "lover",
    "graduate", "alumnus", "alumna", "participant", "attendee", "contestant", "competitor", "visitor", "guest",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """A person's title or employer: ``person``, ``title`` and ``employer`` are token indices (title: its words)."""

    rule: str
    person: int
    title: tuple[int, ...]
    employer: int | None
    stance: Stance


def jobs(doc: Doc, nouns: Mapping[str, str]) -> list[Job]:
    """Every title and employer that the text gives a person, in text order; a person and title only once.

    Of two readings of the same words the longer is told («Mar minister Ann Lee»: Mar minister, not minister too).
    """
    found: dict[tuple[int, tuple[int, ...], int | None], Job] = {}
    for job in _all(doc, nouns):
        if job.title or job.employer is not None:
            found.setdefault((job.person, job.title, job.employer), job)
    told = [job for job in found.values() if not any(_is_part(job, other, doc) for other in found.values())]
    return sorted(told, key=lambda job: (job.person, job.title))


def _is_part(job: Job, other: Job, doc: Doc) -> bool:
    """Whether another job of the person has the title's words and more, of the same time and no other employer.

    What joins a title without being of it makes no better one: «quipped editor Ann Lee», «Mar's minister Ann Lee».
    """
    if job.person != other.person or job.employer not in (None, other.employer) or job.stance != other.stance:
        return False
    more = [doc[i] for i in other.title if i not in job.title]
    foreign = any(word.pos_ == "VERB" or word.dep_ == "nmod:poss" for word in more)
    return bool(job.title) and set(job.title) < set(other.title) and not foreign


def _all(doc: Doc, nouns: Mapping[str, str]) -> Iterator[Job]:
    for ent in doc.ents:
        if ent.label_ == "Person":
            yield from _before(unit_head(ent.root), nouns)
    for token, tag in zip(index(doc).tokens, index(doc).tags, strict=True):
        if tag in ("NOUN", "PROPN") and not token.ent_type_ and is_person_noun(token, nouns):
            yield from _apposed(token)
            yield from _predicated(token)
            yield from _nominal(token)
        elif tag == "VERB" and token.lemma_.lower() == "work":
            yield from _working(token)


def is_person_noun(token: Token, nouns: Mapping[str, str]) -> bool:
    """Whether a noun names a person by what they do ("physician", "CEO"), not by kin or fate ("son", "victim")."""
    if token.pos_ not in ("NOUN", "PROPN") or (lemma := token.lemma_.lower()) in NO_JOBS:
        return False
    return nouns.get(lemma, nouns.get(token.lower_)) == "Person"


def _before(name: Token, nouns: Mapping[str, str]) -> Iterator[Job]:
    """The title words right before a name, back to the employer's name, a determiner or anything else."""
    doc, i = name.doc, unit(name)[0].i - 1
    title: list[int] = []
    start = sentence_start(name)
    while i >= start and not doc[i].ent_type_ and _in_title(doc[i]):
        title.insert(0, i)
        i -= 1
    while title and doc[title[0]].pos_ in ("ADP", "CCONJ", "PUNCT"):
        title.pop(0)
    if title and doc[title[-1]].pos_ in ("ADP", "CCONJ"):
        return  # «an employee of Ann Lee», «a queen and Ann Lee»
    title = _trim(doc, _own_words(doc, title, nouns))
    if any(doc[i].tag_ == "JJS" or doc[i].lower_ in ("first", "last", "only") for i in title):
        return  # «the first president Ann Lee met» is no title
    if title and doc[title[-1]].tag_ in ("NNS", "NNPS"):
        return  # «the workers Ann Lee met»: a title is held by one person
    heads = [j for j in title if is_person_noun(doc[j], nouns)]
    if not heads:
        return
    employer = _name_before(doc, title[0])
    # «former Mar minister Ann Lee»: the title is cut at the name, the stance is not
    beyond = [child.i for child in children(doc[heads[-1]], "amod") if child.i < title[0]]
    yield Job("title-before", name.i, _without_former(doc, title), employer, held(doc, [*beyond, *title]))


def _own_words(doc: Doc, words: list[int], nouns: Mapping[str, str]) -> list[int]:
    """The title without what only stands before it: «a request of | Prime Minister», «last night and | President».

    What stands before "of" or "and" belongs to a title only where it is one itself («head of sales»).
    """
    for at in range(len(words) - 1, 0, -1):
        joint = doc[words[at]].lower_ in ("of", "and", "&", "for")
        if (joint and not is_person_noun(doc[words[at - 1]], nouns)) or names_a_time(doc[words[at]]):
            return words[at + 1 :]
    return words


def _in_title(token: Token) -> bool:
    if token.lower_ in HONORIFICS:
        return False
    return (
        token.pos_ in ("NOUN", "PROPN", "ADJ") or token.lower_ in ("of", "and", "&", "-", "for") or token.tag_ == "HYPH"
    )


def _name_before(doc: Doc, start: int) -> int | None:
    """The organisation's name that stands right before a title, with or without 's."""
    i = start - 1
    if i >= 0 and doc[i].tag_ == "POS":
        i -= 1
    return unit_head(doc[i]).i if i >= 0 and doc[i].ent_type_ == "Organization" else None


def _without_former(doc: Doc, words: list[int]) -> tuple[int, ...]:
    kept = [i for i in words if doc[i].lower_ not in FORMER | NOT_YET]
    while kept and doc[kept[0]].pos_ in ("PUNCT", "DET", "CCONJ", "ADP"):
        kept.pop(0)
    return tuple(kept)


def held(doc: Doc, words: list[int]) -> Stance:
    """Since when, or that it is not yet so: «former mayor», «incoming mayor», «would-be mayor»."""
    said = {doc[i].lower_ for i in words}
    would_be = any(doc[max(0, i - 3) : i].text.lower().endswith("would-be") for i in words)
    if said & NOT_YET or would_be:
        return Stance(certainty="certain" if "incoming" in said else "possible", tense="future")
    return Stance(tense="past" if said & FORMER else "present")


def _apposed(noun: Token) -> Iterator[Job]:
    """«Ann Lee, head of sales at Acme» and «Acme's chief executive, Ann Lee»."""
    if noun.tag_ in ("NNS", "NNPS") or children(noun, "nummod"):
        return  # «from users, Ann Lee and others»: a title is held by one person
    for name in _apposed_names(noun):
        yield _job("title-apposition", unit_head(name), noun, Stance())


def _apposed_names(noun: Token) -> list[Token]:
    named = [child for child in children(noun, "appos") if child.ent_type_ == "Person"]
    top = noun
    while top.dep_ == "conj" and not top.head.ent_type_:
        top = top.head
    if top.dep_ == "appos" and top.head.ent_type_ == "Person":
        named.append(top.head)
    return named


def _predicated(noun: Token) -> Iterator[Job]:
    if not children(noun, "cop") or case_words(noun) or children(noun, "nummod"):
        return  # «was among eleven migrants»
    if any(word.tag_ == "RBS" for child in children(noun, "amod") for word in child.children):
        return  # «was the most brilliant scientist»
    if any(child.tag_ == "JJS" or child.lower_ in ("first", "last", "only") for child in children(noun, "amod")):
        return  # «is the first president to refuse» is no title
    for subject in children(noun, "nsubj"):
        for name in conjuncts(unit_head(subject)):
            if name.ent_type_ == "Person":
                yield _job("title-copula", name, noun, stance(noun))


def _job(rule: str, person: Token, noun: Token, when: Stance) -> Job:
    doc, employer = noun.doc, _employer(noun)
    words = [i for i in phrase(noun) if not _belongs_to(doc[i], noun, employer)]
    if noun.lemma_.lower() == "member" and not any(doc[i].lower_ == "of" for i in words):
        words = []  # «a senior member of Acme» tells no job
    words = [i for i in words if i not in {w.i for c in children(noun, "cop", "nsubj", "aux") for w in c.subtree}]
    former = held(doc, list(phrase(noun)))
    return Job(rule, person.i, _without_former(doc, _trim(doc, words)), employer.i if employer else None,
               former if former.tense != "present" else when)  # fmt: skip


def _belongs_to(token: Token, noun: Token, employer: Token | None) -> bool:
    """Words of the employer's name, its preposition and its 's are no part of the title."""
    if (token.pos_ == "DET" and token.head == noun) or token.tag_ in ("POS", "PRP$"):
        return True
    if employer is None:
        return False
    return (
        token in unit(employer) or token in case_words(employer) or (token.head in unit(employer) and token.i < noun.i)
    )


def _trim(doc: Doc, words: list[int]) -> list[int]:
    while words and (doc[words[-1]].pos_ in ("ADP", "DET", "PUNCT", "CCONJ")):
        words = words[:-1]
    return words


def _employer(noun: Token) -> Token | None:
    """The organisation that a title belongs to: possessor, compound, or behind of, at, for or with."""
    for child in children(noun, "nmod:poss", "compound", "nmod:desc"):
        if child.ent_type_ == "Organization":
            return unit_head(child)
    return _behind(noun, depth=0)


def _behind(noun: Token, *, depth: int) -> Token | None:
    for child in children(noun, "nmod"):
        if slot_of(child) in EMPLOYER_PREPOSITIONS:
            if child.ent_type_ == "Organization":
                return unit_head(child)
            inner = _behind(child, depth=depth + 1) if depth < 2 and not child.ent_type_ else None
            if inner is not None:
                return inner
    return None


def _nominal(noun: Token) -> Iterator[Job]:
    """«a physician at Acme», «employees of Acme»: works for; a customer or member of something does not."""
    if _apposed_names(noun) or children(noun, "cop") or noun.dep_ == "xcomp":
        return  # then a name is what works there
    for child in children(noun, "nmod"):
        place = slot_of(child)
        if child.ent_type_ == "Organization" and _employs(place, noun):
            yield Job("role-nominal", noun.i, (), unit_head(child).i, held(noun.doc, list(phrase(noun))))
    for child in children(noun, "compound", "nmod:poss"):
        if child.ent_type_ == "Organization" and noun.lemma_.lower() in STAFF:
            yield Job("role-nominal", noun.i, (), unit_head(child).i, held(noun.doc, list(phrase(noun))))


def _employs(place: str, noun: Token) -> bool:
    """Whether the firm behind a noun employs who it names: «an analyst at Bolt», «a spokesman for Bolt»."""
    return place == "at" or (place in ("of", "for") and noun.lemma_.lower() in STAFF)


def _working(verb: Token) -> Iterator[Job]:
    from kg.extract.arguments import arguments

    for child in children(verb, "obl"):
        if child.ent_type_ == "Organization" and slot_of(child) in ("for", "at"):
            for subject in arguments(verb)[1]:
                yield Job("work-verb", unit_head(subject).i, (), unit_head(child).i, stance(verb))
