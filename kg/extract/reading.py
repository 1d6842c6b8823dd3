"""Clauses -> readings: the binary relations that a clause says, still by token; the source of every triple.

subject-verb-object         Acme bought Bolt
subject-verb-preposition    Acme cut positions in | finance        (the object stands inside the relation)
subject-be-complement       Bolt is | a maker;  Bolt is maker of | bolts
patient-passive             positions were cut at | Bolt           (nobody says by whom)
apposition                  Ann Lee, a doctor                      -> Ann Lee is a doctor
description                 audiobook division Audible             -> Audible is audiobook division
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract.clause import is_passive
from kg.extract.lists import members
from kg.extract.parts import Clause, Part, Stance
from kg.extract.stance import NEGATIONS, argument_stance
from kg.extract.tree import case_words, children, conjuncts, dep, named_by, phrase, slot_of, unit, unit_head


# Who says so is told by ``speech``, not by a relation of its own.
SOURCES = ("according to", "per")
RELATIVE_TAGS = frozenset({"WDT", "WP", "WRB", "WP$"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One binary relation: ``words`` are its tokens in text order, ``added`` a word that the text leaves out.

    ``lemma`` is the normal form of the relation; ``inverted`` says that the text has the object before it
    (a passive with its agent: "Bolt was bought by Acme" is read as Acme, buy, Bolt).
    """

    rule: str
    predicate: int
    subject: Part
    words: tuple[int, ...]
    lemma: str
    object: Part
    stance: Stance
    inverted: bool = False
    added: str = ""


Reject = Callable[[Reading, str], None]
"""Told of a reading that is dropped, and why."""


def dropped(reading: Reading, why: str) -> None:
    """Tell nobody."""


def readings(clauses: list[Clause], doc: Doc, on_reject: Reject = dropped) -> list[Reading]:
    """All readings of a document's clauses, then its appositions; no reading twice."""
    found: dict[tuple[object, ...], Reading] = {}
    for clause in clauses:
        if not clause.nominal:
            for reading in _of_clause(clause, doc):
                if doc[reading.subject.head].tag_ in RELATIVE_TAGS or doc[reading.object.head].tag_ in RELATIVE_TAGS:
                    on_reject(reading, "a relative word whose noun was not found says nothing by itself")
                    continue
                found.setdefault((reading.subject.head, reading.lemma, reading.object.head, reading.words), reading)
    for reading in _appositions(doc):
        found.setdefault((reading.subject.head, "be", reading.object.head), reading)
    return list(found.values())


def _of_clause(clause: Clause, doc: Doc) -> Iterator[Reading]:
    predicate = doc[clause.predicate]
    subjects = [part for part in clause.parts if part.slot == "subject"]
    objects = [part for part in clause.parts if part.slot == "object"]
    passive = bool(objects) and is_passive(predicate)
    helpers = _helpers(predicate)
    if clause.rule == "copula":
        yield from _copula(clause, subjects, helpers, doc)
        return
    if clause.rule == "existential":
        yield from _existential(clause, subjects, doc)
        return
    for subject in subjects:
        for obj in objects:
            words = (*helpers, *clause.words, *(_by(predicate) if passive else ()))
            yield Reading(
                clause.rule, clause.predicate, subject, _sorted(words), clause.lemma, obj, clause.stance, passive
            )
            if not passive and obj.head > clause.predicate:
                yield from _drill(clause, subject, (*helpers, *clause.words), clause.lemma, obj, doc)
        if not passive:
            yield from _obliques(clause, subject, helpers, _first(objects), doc)
    if passive:  # where and when it happened is said of the patient: «Bolt was founded in 1990 by Ann Lee»
        lemma = " ".join(["be", predicate.lower_, *clause.lemma.split(" ")[1:]])
        for patient in objects:
            yield from _obliques(replace(clause, lemma=lemma), patient, helpers, None, doc)


def _first(parts: list[Part]) -> Part | None:
    return parts[0] if parts else None


def _helpers(predicate: Token) -> tuple[int, ...]:
    """Auxiliaries, negation and the governing verb of an infinitive, as the surface of the relation."""
    words = [child.i for child in children(predicate, "aux", *(("cop",) if predicate.pos_ != "VERB" else ()))]
    words += [child.i for child in children(predicate, "advmod") if child.lower_ in NEGATIONS]
    if predicate.dep_ == "xcomp" and predicate.head.pos_ in ("VERB", "ADJ") and not children(predicate.head, "obj"):
        words += [child.i for child in predicate.children if child.dep_ == "mark" and child.lower_ == "to"]
        words += [predicate.head.i, *_helpers(predicate.head)]
    return tuple(words)


def _by(predicate: Token) -> tuple[int, ...]:
    return tuple(
        word.i for agent in children(predicate, "obl:agent") if slot_of(agent) == "by" for word in case_words(agent)
    )


def _sorted(words: tuple[int, ...], last: tuple[int, ...] = ()) -> tuple[int, ...]:
    """The words in text order, but ``last`` (a preposition) behind them: «In May, Acme bought Bolt» -> bought in."""
    return (*sorted(set(words) - set(last)), *sorted(set(last)))


def _obliques(clause: Clause, subject: Part, helpers: tuple[int, ...], obj: Part | None, doc: Doc) -> Iterator[Reading]:
    """One reading for each prepositional phrase, indirect object, time and complement of the clause."""
    behind = obj is not None and obj.head > clause.predicate
    inside = obj.tokens if obj and behind else ()  # «the jobs it cut in May»: the object stands before its verb
    named = obj is not None and bool(doc[obj.head].ent_type_ or doc[obj.head].pos_ in ("PRON", "PROPN", "SYM", "NUM"))
    lemma = clause.lemma if obj is None or named else f"{clause.lemma} {doc[obj.head].lemma_.lower()}"
    for part in clause.parts:
        if part.slot in ("subject", "object", "agent", *SOURCES) or part.head == subject.head:
            continue
        if part.slot in ("indirect", "complement"):
            words = _sorted((*helpers, *clause.words))
            yield Reading(clause.rule, clause.predicate, subject, words, clause.lemma, part, clause.stance)
            continue
        case = tuple(word.i for word in _shared_case(doc[part.head]))
        if not part.slot:
            continue  # a measure or a slip of the tree; it tells no relation
        slot = "on" if part.slot == "time" else part.slot
        words = _sorted((*helpers, *clause.words, *inside), case)
        yield Reading(clause.rule, clause.predicate, subject, words, f"{lemma} {slot}".strip(), part, clause.stance)
        if part.slot != "time":
            yield from _drill(
                clause, subject, (*helpers, *clause.words, *inside, *case), f"{lemma} {slot}".strip(), part, doc
            )


def _shared_case(head: Token) -> list[Token]:
    """The preposition of a phrase; a conjunct without one uses that of the first."""
    while not case_words(head) and head.dep_ == "conj":
        head = head.head
    return case_words(head)


def _drill(clause: Clause, subject: Part, words: tuple[int, ...], lemma: str, obj: Part, doc: Doc) -> Iterator[Reading]:
    """The prepositional phrases of an argument: «cut positions | in finance», «is head | of Bolt»."""
    head = doc[obj.head]
    if head.ent_type_ or head.pos_ in ("PRON", "SYM", "NUM"):
        return
    for child in children(head, "nmod"):
        slot = slot_of(child)
        if (
            child.dep_ in ("nmod:poss", "nmod:desc", "nmod:unmarked")
            or not slot
            or slot in ("such as", "including", "like")
        ):
            continue
        short = tuple(i for i in phrase(head, of_phrases=False))
        inner = _sorted((*words, *short), tuple(word.i for word in case_words(child)))
        for word in [*conjuncts(child), *members(child)]:
            yield Reading(clause.rule, clause.predicate, subject, inner, f"{lemma} {head.lemma_.lower()} {slot}",
                          Part(slot, word.i, phrase(word)), clause.stance)  # fmt: skip


def _copula(clause: Clause, subjects: list[Part], helpers: tuple[int, ...], doc: Doc) -> Iterator[Reading]:
    head = doc[clause.predicate]
    for subject in subjects:
        for part in clause.parts:
            if part.slot in ("subject", "object", *SOURCES):
                continue
            own = part.head == clause.predicate
            case = tuple(word.i for word in _shared_case(doc[part.head]))
            if own:
                yield Reading("copula", clause.predicate, subject, _sorted(helpers, case),
                              f"be {part.slot}" if case else "be", part, clause.stance)  # fmt: skip
                taken = {other.head for other in clause.parts}
                drilled = _drill(clause, subject, (*helpers, *case), f"be {part.slot}" if case else "be", part, doc)
                yield from (one for one in drilled if one.object.head not in taken)
            elif part.slot not in ("indirect", "complement"):
                inner = phrase(head, of_phrases=False)
                yield Reading("copula", clause.predicate, subject, _sorted((*helpers, *inner), case),
                              f"be {head.lemma_.lower()} {'on' if part.slot == 'time' else part.slot}".strip(), part,
                              clause.stance)  # fmt: skip


def _existential(clause: Clause, subjects: list[Part], doc: Doc) -> Iterator[Reading]:
    """«There are jobs at Bolt»: the thing that there is, and where."""
    for subject in subjects:
        places = [part for part in clause.parts if part.slot not in ("subject", "object", "time", "complement")]
        places += [Part(slot_of(word), word.i, phrase(word)) for child in children(doc[subject.head], "nmod")
                   if child.dep_ == "nmod" and slot_of(child) not in ("of", "such as", "including", "")
                   for word in conjuncts(child)]  # fmt: skip
        for part in places:
            case = tuple(word.i for word in _shared_case(doc[part.head]))
            words = _sorted((*_helpers(doc[clause.predicate]), *clause.words), case)
            lemma = f"be {part.slot}".strip()
            yield Reading("existential", clause.predicate, subject, words, lemma, part, clause.stance)


def _appositions(doc: Doc) -> Iterator[Reading]:
    for token in doc:
        if token.dep_ == "appos" and token.pos_ in ("NOUN", "PROPN"):
            named, described = unit_head(token.head), unit_head(token)
            if described.ent_type_ and not named.ent_type_:
                named, described = described, named
            if named.pos_ in ("NOUN", "PROPN") and _tells(named, described):
                yield _is(named, described, "apposition")
        elif (
            dep(token, "nmod:desc", "compound")
            and token.pos_ == "NOUN"
            and token.head.ent_type_
            and token.head.ent_type_ != "Person"  # a person's description is a title (``roles``)
            and not token.ent_type_
        ):
            name = unit_head(token.head)
            if token.i < unit(name)[0].i:
                yield _is(name, token, "description")


def _tells(named: Token, described: Token) -> bool:
    """Whether an apposition says what a thing is: not a place's country, a measure again, initials or the same word."""
    if (
        (named.ent_type_ and described.ent_type_)
        or named.lower_ == described.lower_
        or named_by(described) != described
    ):
        return False
    first = described.left_edge
    bracketed = first.text == "(" or (first.i > 0 and first.nbor(-1).text == "(")
    return not (bracketed or children(described, "nummod") or described.like_num or children(named, "nummod"))


def _is(named: Token, described: Token, rule: str) -> Reading:
    stance = replace(argument_stance(named), polarity="+", certainty="certain", tense="present", conditional=False)
    return Reading(rule, described.i, Part("subject", named.i, phrase(named)), (), "be",
                   Part("complement", described.i, phrase(described)), stance, added="is")  # fmt: skip
