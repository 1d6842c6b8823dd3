"""Clauses -> readings: the binary relations that a clause says, still by token; the source of every triple.

subject-verb-object         Acme bought Bolt
subject-verb-preposition    Acme cut positions in | finance        (the object stands inside the relation)
subject-be-complement       Bolt is | a maker;  Bolt is maker of | bolts
patient-passive             positions were cut at | Bolt           (nobody says by whom)
apposition                  Ann Lee, a doctor                      -> Ann Lee is a doctor
description                 audiobook division Audible             -> Audible is audiobook division

What nouns say is read by ``nominal``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract import nominal
from kg.extract.apposition import UNLIKE, named_for
from kg.extract.arguments import asked, is_passive
from kg.extract.complements import (
    SOURCES, denied_in_part, denied_manner, finishing, goes_on, is_fixed, is_named, joined, says_more_of_object,
    stand_in, with_denied_adverb, with_phrase_before_object,
)  # fmt: skip
from kg.extract.lists import members
from kg.extract.nouns import counted
from kg.extract.parts import Clause, Part, Reading, Reject, dropped
from kg.extract.sense import RELATIVE_TAGS, nonsense
from kg.extract.stance import NEGATIONS, argument_stance
from kg.extract.stance_own import helpers_of, is_yet
from kg.extract.noun_phrase import phrase
from kg.extract.tree import (
    FINITE, case_words, children, conjuncts, dep, named_by, names_a_time, shared_case, slot_of, unit, unit_head,
)  # fmt: skip
from kg.extract.tree_index import index

# What happened when another thing did has not its date («stayed after his arrest on Friday»).
BESIDE = frozenset({"after", "before", "since", "until", "despite", "following"})
ADVERBS_OF_PLACE = frozenset({"there", "here", "abroad", "home", "together", "apart", "alone", "aside", "forward"})
NUMBERS = frozenset({"ten", "dozen", "score", "hundred", "thousand", "million", "billion", "trillion"})
# Rules whose clause stands by itself.
WHOLE = frozenset({"verb-active", "verb-passive", "verb-shared", "verb-relative"})


def readings(
    clauses: list[Clause], doc: Doc, *, titles: bool = False, on_reject: Reject = dropped
) -> list[Reading]:
    """All readings of a document's clauses, then its appositions; no reading twice.

    With ``titles`` also what stands before a person's name («congressman Ann Lee»), which ``roles`` reads as a job.
    """
    found: dict[tuple[object, ...], Reading] = {}
    for clause in clauses:
        for reading in nominal.readings(clause, doc) if clause.nominal else _of_clause(clause, doc):
            reason = nonsense(reading, doc)
            if reason is not None:
                on_reject(reading, reason)
                continue
            found.setdefault((reading.subject.head, reading.lemma, reading.object.head, reading.words), reading)
    for reading in (*_appositions(doc), *(_titles(doc) if titles else ())):
        found.setdefault((reading.subject.head, "be", reading.object.head), reading)
    return list(found.values())


def _of_clause(clause: Clause, doc: Doc) -> Iterator[Reading]:
    predicate = doc[clause.predicate]
    subjects = [part for part in clause.parts if part.slot == "subject"]
    objects = [part for part in clause.parts if part.slot == "object"]
    helpers = _helpers(predicate)
    if clause.rule == "copula":
        yield from _copula(clause, subjects, helpers, doc)
        return
    if clause.rule == "existential":
        yield from _existential(clause, subjects, doc)
        return
    clause = with_phrase_before_object(with_denied_adverb(clause, predicate), objects, doc)
    found = list(_verbal(clause, subjects, objects, helpers, doc))
    yield from found or _alone(clause, subjects, objects, helpers, doc)


def _verbal(
    clause: Clause, subjects: list[Part], objects: list[Part], helpers: tuple[int, ...], doc: Doc
) -> Iterator[Reading]:
    """Subject and object, then what stands behind prepositions, of a verb."""
    predicate = doc[clause.predicate]
    passive = bool(objects) and is_passive(predicate)
    whole = passive or not says_more_of_object(predicate)
    for subject in subjects:
        for obj in objects if whole else ():
            words = _ordered(_ordered((), (*helpers, *clause.words)), _by(predicate) if passive else ())
            yield Reading(clause.rule, clause.predicate, subject, words, clause.lemma, obj, clause.stance, passive)
            if not passive and obj.head > clause.predicate:
                yield from _drill(clause, subject, words, clause.lemma, obj, doc)
        if not passive:
            yield from _obliques(clause, subject, helpers, _first(objects), doc)
    if passive:  # where and when it happened is said of the patient: «Bolt was founded in 1990 by Ann Lee»
        lemma = " ".join(["be", predicate.lower_, *clause.lemma.split(" ")[1:]])
        for patient in objects:
            yield from _obliques(replace(clause, lemma=lemma), patient, helpers, None, doc)


def _alone(
    clause: Clause, subjects: list[Part], objects: list[Part], helpers: tuple[int, ...], doc: Doc
) -> Iterator[Reading]:
    """«Two people were killed», «the talks failed»: a whole clause of a verb without anything behind it.

    A passive says what its patient is; an active verb has an empty object.
    """
    predicate = doc[clause.predicate]
    finite = any(word.tag_ in FINITE for word in (predicate, *(doc[i] for i in helpers)))
    governs = children(predicate, "ccomp", "xcomp", "obj", "obl:agent", "csubj") or dep(predicate, "xcomp")
    governs = governs or any(dep(child, "advcl") and child.tag_ in ("VB", "VBG") for child in predicate.children)
    if clause.rule not in WHOLE or not finite or governs or predicate.pos_ != "VERB":
        return
    if is_passive(predicate):
        for patient in objects:
            done = Part("complement", predicate.i, tuple(sorted((*clause.words, *denied_manner(clause, predicate)))))
            yield Reading(clause.rule, predicate.i, patient, _ordered((), helpers), "be", done, clause.stance)
        return
    for subject in subjects if not objects else ():
        adverbs = [word for word in children(predicate, "advmod") if word.i > predicate.i]
        there = [word for word in adverbs if word.lower_ in ADVERBS_OF_PLACE]
        words = _ordered((), (*helpers, *clause.words, *(word.i for word in there)))
        lemma = " ".join([clause.lemma, *(word.lower_ for word in there)])
        yield Reading("verb-alone", predicate.i, subject, words, lemma, Part("", predicate.i, ()), clause.stance)


def _first(parts: list[Part]) -> Part | None:
    return parts[0] if parts else None


def _helpers(predicate: Token) -> tuple[int, ...]:
    """Auxiliaries, negation and the governing verb of an infinitive, as the surface of the relation."""
    words = [child.i for child in children(predicate, "aux", *(("cop",) if predicate.pos_ != "VERB" else ()))]
    words += [helper.i for helper in helpers_of(predicate) if dep(helper, "aux") and helper.i not in words]
    words += [child.i for child in children(predicate, "advmod") if child.lower_ in NEGATIONS]
    if children(predicate, "aux", "cop") and predicate.tag_ == "VB":  # «was to buy», «was due to buy», «is yet to buy»
        marks = [child for child in children(predicate, "mark") if child.lower_ in ("to", "due")]
        words += [word.i for mark in marks for word in (mark, *children(mark, "fixed"))]
        words += [child.i for child in children(predicate, "cop") if marks]
    if is_yet(predicate):
        words += [child.i for word in (predicate, predicate.head) for child in children(word, "advmod")
                  if child.lower_ == "yet"]  # fmt: skip
    governed = predicate.dep_ == "xcomp" and predicate.head.pos_ in ("VERB", "ADJ")
    # who is asked to do it asks nothing
    if governed and not (children(predicate.head, "obj", "iobj") or asked(predicate)):
        words += [child.i for child in predicate.children if child.dep_ == "mark" and child.lower_ == "to"]
        words += [predicate.head.i, *(child.i for child in children(predicate.head, "compound:prt"))]
        words += _helpers(predicate.head)
    infinitive = predicate.tag_ == "VB" and any(child.lower_ == "to" for child in children(predicate, "mark"))
    if (
        predicate.dep_ == "acl" and infinitive and dep(predicate.head, "obj")
        and all(child.tag_ == "PRP$" for child in children(predicate.head, "nmod:poss"))
    ):  # fmt: skip
        # «made plans to buy Bolt»: the relation is "made plans to buy"
        words += [child.i for child in children(predicate, "mark")]
        words += [*phrase(predicate.head, of_phrases=False), predicate.head.head.i, *_helpers(predicate.head.head)]
    return tuple(words)


def _by(predicate: Token) -> tuple[int, ...]:
    return tuple(
        word.i for agent in children(predicate, "obl:agent") if slot_of(agent) == "by" for word in case_words(agent)
    )


def _ordered(words: Sequence[int], behind: Sequence[int] = ()) -> tuple[int, ...]:
    """The words of a relation in the order in which it is read: as they are, and what follows in text order behind.

    «In May, Acme bought Bolt» -> bought Bolt in; «the jobs that Acme cut in May» -> cut the jobs in.
    """
    return (*words, *sorted(set(behind) - set(words)))


def _obliques(clause: Clause, subject: Part, helpers: tuple[int, ...], obj: Part | None, doc: Doc) -> Iterator[Reading]:
    """One reading for each prepositional phrase, indirect object, time and complement of the clause."""
    complement = clause.part("complement")
    told = obj or (complement if clause.rule != "copula" else None)  # «became a judge in 2010», «cut jobs in May»
    needed = finishing(clause, doc) if told is None else None
    if told and any(doc[i].tag_ in RELATIVE_TAGS for i in told.tokens):
        told = None  # «how much Acme would invest in Bolt»
    verb = _ordered((), (*helpers, *clause.words))
    words = _ordered(verb, with_article(doc, told.tokens) if told else ())
    if told and clause.words[0] < told.head < clause.words[-1]:  # «woke me up with»
        words = tuple(sorted(words))
    named = told is None or is_named(doc[told.head])
    # «became an unfamiliar place for»: of a complement no adjective may go, nor of what is denied
    denied = clause.stance.polarity == "-" or (obj is None and told is not None and dep(doc[told.head], "xcomp"))
    lemma = clause.lemma if told is None else f"{clause.lemma} {stand_in(doc[told.head], denied=denied)}".strip()
    for part in clause.parts:
        if part.slot in ("subject", "object", "agent", "than", *SOURCES) or part.head == subject.head or not part.slot:
            continue  # a part without slot is a measure or a slip of the tree; it tells no relation
        if part.slot == "indirect" and obj is None and says_more_of_object(doc[clause.predicate]):
            continue
        if part.slot in ("indirect", "complement"):
            # «kept them moist», «gave a loan to Bolt»: what is said of the object needs it in the relation
            said, form = (words, lemma) if obj is not None else (verb, clause.lemma)
            if obj is not None and named and part.slot == "complement":
                form = " ".join([clause.lemma, *(doc[i].text for i in obj.tokens)])  # «name Ann Lee | head»
            to = "to" if part.slot == "indirect" and obj is not None else ""
            yield Reading(clause.rule, clause.predicate, subject, said, f"{form} {to}".strip(), part, clause.stance,
                          added=to)  # fmt: skip
            continue
        case = part.case or tuple(word.i for word in shared_case(doc[part.head]))
        base, whole_lemma = words, lemma
        if needed is not None and part.slot != needed.slot:
            base = (*words, *(word.i for word in case_words(doc[needed.head])), *needed.tokens)
            whole_lemma = " ".join(f"{lemma} {needed.slot} {stand_in(doc[needed.head])}".split())
        slot = f"{whole_lemma} {'on' if part.slot == 'time' else part.slot}".strip()
        whole = _ordered(base, case)
        yield Reading(clause.rule, clause.predicate, subject, whole, slot, part, clause.stance)
        if not names_a_time(doc[part.head]):
            yield from _drill(clause, subject, whole, slot, part, doc)


def with_article(doc: Doc, tokens: Sequence[int]) -> tuple[int, ...]:
    """A name with the words before it that are no part of the name itself («the High Court», «colonial Maryland»)."""
    if not tokens or doc[tokens[0]].ent_iob_ != "B":
        return tuple(tokens)
    before = tokens[0] - 1
    while before >= 0 and doc[before].dep_ == "amod" and doc[before].head.i in tokens and not doc[before].ent_type_:
        before -= 1
    if before < 0 or doc[before].tag_ != "DT" or doc[before].sent.start != doc[tokens[0]].sent.start:
        before += 1
    return (*range(before, tokens[0]), *tokens)


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
            or slot in ("such as", "including", "like", "than")
            or (slot == "between" and len(conjuncts(child)) > 1)
            or is_fixed(head, child)
            or (slot == "of" and head.lemma_.lower() in NUMBERS)  # «tens of millions of records»
            or child.lower_ == "past"
            or (obj.slot in BESIDE and (names_a_time(child) or child.like_num))
        ):
            continue
        short = tuple(i for i in phrase(head, of_phrases=False))
        inner = _ordered(_ordered(words, short), [word.i for word in case_words(child)])
        for word in map(named_by, [*conjuncts(child), *members(child)]):
            denied = clause.stance.polarity == "-"
            if head.pos_ == "PROPN":  # «Prime Minister»
                titled = (word.lower_ for word in children(head, "amod", "compound") if word.pos_ == "PROPN")
                noun = " ".join([*titled, head.lemma_.lower()])
            else:
                noun = stand_in(head, denied=denied)
            yield Reading(clause.rule, clause.predicate, subject, inner, f"{lemma} {noun} {slot}",
                          Part(slot, word.i, phrase(word)), clause.stance)  # fmt: skip


def _copula(clause: Clause, subjects: list[Part], helpers: tuple[int, ...], doc: Doc) -> Iterator[Reading]:
    head = doc[clause.predicate]
    if head.pos_ == "ADJ" and children(head, "xcomp"):
        return  # «is able to buy Bolt»: what is said is the buying
    clause = joined(clause, subjects, doc)
    for subject in subjects:
        for part in clause.parts:
            if part.slot in ("subject", "object", *SOURCES):
                continue
            own = part.head == clause.predicate
            if (own and (goes_on(head, clause) or denied_in_part(head, clause))) or (not own and not part.slot):
                continue
            # «is in Paris and is part of Bolt»: a predicate with its own "is" has its own preposition or none
            case = part.case or tuple(word.i for word in (case_words(head) if own else shared_case(doc[part.head])))
            if own:
                words = _ordered(_ordered((), helpers), case)
                yield Reading("copula", clause.predicate, subject, words,
                              f"be {part.slot}" if case else "be", part, clause.stance)  # fmt: skip
                taken = {other.head for other in clause.parts}
                drilled = _drill(clause, subject, words, f"be {part.slot}" if case else "be", part, doc)
                yield from (one for one in drilled if one.object.head not in taken)
            elif doc[part.head].dep_ == "conj" and doc[part.head].head == head and case:
                # «is about ships and about men», «is old and from Paris»: of its own
                words = _ordered(_ordered((), helpers), case)
                yield Reading("copula", clause.predicate, subject, words, f"be {part.slot}", part, clause.stance)
            elif part.slot not in ("indirect", "complement"):
                inner = (*(word.i for word in case_words(head)), *phrase(head, of_phrases=False))
                if part.head in phrase(head, of_phrases=False) or (names_a_time(head) and part.slot in ("time", "")):
                    continue  # «the deadline is October 31»
                slot = "on" if part.slot == "time" else part.slot
                degree = {child.lower_ for child in children(head, "advmod")}
                too, enough = "too" if "too" in degree else "", "enough" if "enough" in degree else ""
                lemma = " ".join(f"be {slot_of(head)} {too} {head.lemma_.lower()} {enough} {slot}".split())
                words = _ordered(_ordered((), (*helpers, *inner)), case)
                yield Reading("copula", clause.predicate, subject, words, lemma, part, clause.stance)


def _existential(clause: Clause, subjects: list[Part], doc: Doc) -> Iterator[Reading]:
    """«There are jobs at Bolt»: the thing that there is, and where."""
    for subject in subjects:
        other = ("subject", "object", "time", "complement", *SOURCES)
        places = [part for part in clause.parts if part.slot not in other]
        places += [Part(slot_of(word) or slot_of(child), word.i, phrase(word))
                   for child in children(doc[subject.head], "nmod")
                   if child.dep_ == "nmod" and slot_of(child) not in ("of", "such as", "including", "")
                   for word in conjuncts(child)]  # fmt: skip
        for part in places:
            case = part.case or tuple(word.i for word in shared_case(doc[part.head]))
            words = _ordered(_ordered((), (*_helpers(doc[clause.predicate]), *clause.words)), case)
            lemma = f"be {part.slot}".strip()
            yield Reading("existential", clause.predicate, subject, words, lemma, part, clause.stance)


def _appositions(doc: Doc) -> Iterator[Reading]:
    known = index(doc)
    for token, tag in zip(known.tokens, known.tags, strict=True):
        if tag not in ("NOUN", "PROPN"):
            continue
        if token.dep_ == "appos":
            named, described = named_for(token), unit_head(token)
            if named is None or _is_address(described):
                continue
            if described.ent_type_ and not named.ent_type_:
                named, described = described, named
            if named.pos_ in ("NOUN", "PROPN") and _tells(named, described):
                yield _is(named, described, "apposition")
        elif (
            tag == "NOUN"
            and dep(token, "nmod:desc", "compound")
            and token.head.ent_type_
            and token.head.ent_type_ != "Person"  # a person's description is a title (``roles``)
            and not _is_hyphened(token)
            and token.lower_ not in ("downtown", "uptown", "mainland", "upstate", "midtown")
            and not token.ent_type_
        ):
            name = unit_head(token.head)
            if token.i < unit(name)[0].i:
                yield _is(name, token, "description")


def _is_hyphened(word: Token) -> bool:
    """«a no-deal Brexit»: half of a word, and of several such things."""
    return any("-" in near.text for near in word.doc[max(word.i - 1, 0) : word.i + 2])


def _is_address(place: Token) -> bool:
    """«his studio, Lagos, Nigeria»: two places in a row tell where it is, not what."""
    last = unit(place)[-1].i
    after = place.doc[last + 1 : last + 3]
    return place.ent_type_ == "Place" and len(after) == 2 and after[0].text == "," and after[1].ent_type_ == "Place"


def _titles(doc: Doc) -> Iterator[Reading]:
    """«congressman Ann Lee»: the common noun right before a person's name, whatever the tree makes of the two."""
    for name in doc.ents:
        if name.label_ != "Person" or name.start == name.sent.start:
            continue
        noun, head = doc[name.start - 1], unit_head(name.root)
        joined = noun.head == head or head.head == noun
        if joined and noun.pos_ == "NOUN" and noun.tag_ == "NN" and not noun.ent_type_:
            yield _is(head, noun, "description")


def _tells(named: Token, described: Token) -> bool:
    """Whether an apposition says what a thing is: not a place's country, a measure again, initials or the same word."""
    if (
        (named.ent_type_ and described.ent_type_)
        or named.lower_ == described.lower_
        or named_by(described) != described
    ):
        return False
    kind = counted().get(described.lemma_.lower(), "")
    persons = named.ent_type_ == "Person" and described.tag_ == "NNS" and named.tag_ != "NNPS"
    if not described.ent_type_ and (persons or kind in UNLIKE.get(named.ent_type_, ())):
        return False  # «his parents, Ann Lee and Bo Lee»; «head of the division, Ann Lee»; «governor Lee of Tarn, Mar»
    if described.pos_ == "PROPN" and any(word.text == ":" for word in described.doc[named.i : described.i]):
        return False  # «Bolt: Reborn» is one title
    first = described.left_edge
    bracketed = first.text == "(" or (first.i > 0 and first.nbor(-1).text == "(")
    return not (bracketed or children(described, "nummod") or described.like_num or children(named, "nummod"))


def _is(named: Token, described: Token, rule: str) -> Reading:
    stance = replace(argument_stance(named), polarity="+", certainty="certain", tense="present", conditional=False)
    return Reading(rule, described.i, Part("subject", named.i, phrase(named)), (), "be",
                   Part("complement", described.i, phrase(described)), stance, added="is")  # fmt: skip
