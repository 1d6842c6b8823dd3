"""Doc -> clauses: every predicate with its arguments, by named rules over Universal Dependencies.

The rules, each with the sentence that needs it:

    verb-active      Acme bought Bolt in May.                       -> Acme, buy, Bolt; in May
    verb-passive     Bolt was bought by Acme.                       -> Acme, buy, Bolt (agent as subject)
    verb-shared      Acme bought Bolt and sold Nut.                 -> Acme, sell, Nut (subject of the first verb)
    verb-control     Acme plans to buy Bolt.                        -> Acme, buy, Bolt (future)
    verb-participle  Acme, founded in 1990, makes bolts. / Acme sold Bolt, raising cash.
    verb-purpose     Acme sold Bolt to raise cash.             -> Acme, raise, cash (possible)
    verb-relative    Bolt, which Acme bought, ... / the man who left
    copula           Bolt is a maker of bolts. / Bolt is in Paris. / Bolt is proud of Nut.
    existential      There are jobs at Bolt.                        -> jobs, be at, Bolt
    noun-argument    Acme's acquisition of Bolt; job cuts at Bolt   (nominal)
    noun-light       Acme made an offer for Bolt.                   (nominal; the verb's subject is shared)

Arguments are coordinated word by word ("Bolt and Nut" are two parts), lists behind "such as" and "including" are
members of the phrase before them, and a passive's patient stands in the slot ``object``. Ideas: PredPatt (White et
al. 2016) for argument resolution, ClausIE (Del Corro and Gemulla 2013) for clause types.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract.lists import LIST_WORDS, members
from kg.extract.parts import Clause, Part
from kg.extract.stance import NEGATIONS, argument_stance, stance
from kg.extract.tree import (
    NOMINAL, case_words, children, conjuncts, dep, is_predicate, is_time, phrase, slot_of, unit_head,
)  # fmt: skip

RELATIVE_SUBJECTS = frozenset({"who", "which", "that", "whom"})
LIGHT_VERBS = frozenset({
    "make", "complete", "announce", "close", "finalise", "finalize", "plan", "propose", "launch", "begin", "start",
    "undergo", "face", "seek", "consider", "sign", "reach", "strike", "unveil", "conduct", "carry", "finish", "do",
    "have", "hold", "give", "take", "see", "suffer", "report", "confirm", "approve", "block", "call", "drop", "scrap",
    "abandon", "cancel", "oversee", "lead", "order", "agree", "continue", "detail", "disclose", "implement", "mull",
})  # fmt: skip
FINITE = frozenset({"MD", "VBD", "VBZ", "VBP"})
# Verbs that take a clause without "that", so that a noun behind them is more likely its subject than their object.
THAT_VERBS = frozenset({
    "say", "estimate", "claim", "believe", "think", "report", "predict", "expect", "fear", "suggest", "warn", "know",
    "hope", "argue", "note", "add", "suspect", "insist", "announce", "confirm", "deny", "admit", "assume", "guess",
})  # fmt: skip
SUBJECT_OF_OBJECT = frozenset({"promise", "pledge", "vow", "threaten", "offer", "owe"})


def clauses(doc: Doc) -> list[Clause]:
    """Every clause of a document, verbal ones and nominal ones, in text order of their predicates."""
    found: list[Clause] = []
    for token in doc:
        if token.is_space:
            continue
        if is_predicate(token):
            found += verbal(token)
        if token.pos_ in ("NOUN", "PROPN") and not token.ent_type_ and not dep(token, "flat", "fixed"):
            found += nominal(token)
    return found


def verbal(predicate: Token) -> list[Clause]:
    """The clause of a verb or of a predicate with a copula."""
    rule, subjects, objects = arguments(predicate)
    parts = [*_parts("subject", subjects), *_parts("object", objects), *_other_parts(predicate)]
    parts += _told_of_antecedent(predicate, objects)
    if predicate.pos_ not in ("VERB", "AUX"):
        parts += _complements(predicate)
        rule = "copula"
    elif any(child.lemma_ == "there" for child in children(predicate, "expl")):
        rule = "existential"
    words, lemma = _relation(predicate)
    return [Clause(rule, predicate.i, words, lemma, tuple(_once(parts)), stance(predicate))]


def _told_of_antecedent(predicate: Token, patients: list[Token]) -> list[Part]:
    """«The jobs that were cut were in areas such as sales»: what the main clause says of where its subject is.

    The phrases behind "in" of a main clause "N is …", when the clause read is a passive relative one about N.
    """
    if predicate.dep_ not in ("acl:relcl", "acl") or not is_passive(predicate) or not patients:
        return []
    top = patients[0]
    while top.dep_ == "nmod" and slot_of(top) == "of":  # «some of the jobs that were cut were …»
        top = top.head
    main = top.head
    if not dep(top, "nsubj") or not children(main, "cop") or main.i < predicate.i:
        return []
    places = [word for word in main.subtree if slot_of(word) == "in" and word.pos_ in NOMINAL and not is_time(word)]
    return [part for word in places for part in _parts("in", conjuncts(word))]


def _once(parts: list[Part]) -> Iterator[Part]:
    seen: set[tuple[str, int]] = set()
    for part in parts:
        if (part.slot, part.head) not in seen:
            seen.add((part.slot, part.head))
            yield part


def _complements(predicate: Token) -> list[Part]:
    """What the copula says of its subject; «was an actor and a singer» says two things."""
    slot = slot_of(predicate) or "complement"
    others = [word for word in conjuncts(predicate)[1:] if not children(word, "nsubj", "cop") and word.pos_ != "VERB"]
    return [Part(slot, predicate.i, _predicate_phrase(predicate)),
            *(Part(_own_slot(word, slot), word.i, phrase(word)) for word in others)]  # fmt: skip


def _predicate_phrase(predicate: Token) -> tuple[int, ...]:
    """A nominal or adjectival predicate without its copula, subject and clause adverbs."""
    out = {w.i for child in children(predicate, "cop", "aux", "nsubj", "csubj", "mark", "expl") for w in child.subtree}
    out |= {child.i for child in children(predicate, "advmod") if child.lower_ in NEGATIONS}
    return tuple(i for i in phrase(predicate) if i not in out)


def _relation(predicate: Token) -> tuple[tuple[int, ...], str]:
    """The words of the relation and their lemma; a phrasal verb keeps its particle ("take over")."""
    if predicate.pos_ not in ("VERB", "AUX"):
        helpers = tuple(child.i for child in children(predicate, "cop"))
        return helpers or (predicate.i,), "be"
    particles = children(predicate, "compound:prt")
    lemma = " ".join([predicate.lemma_.lower(), *(child.lower_ for child in particles)])
    return tuple(sorted([predicate.i, *(child.i for child in particles)])), lemma


# --- who does it to whom ---------------------------------------------------------------------------------------


def arguments(predicate: Token) -> tuple[str, list[Token], list[Token]]:
    """The rule, the subjects and the objects of a verb in active order; heads of coordinated phrases each apart."""
    if is_passive(predicate):
        agents = [word for child in _agents(predicate) for word in conjuncts(child)]
        rule, patients = _subjects(predicate)
        return ("verb-passive" if rule == "verb-active" else rule), agents, patients
    rule, subjects = _subjects(predicate)
    return rule, subjects, _objects(predicate)


def _agents(predicate: Token) -> list[Token]:
    """Who did what a passive says: only behind "by" («was cut, according to the Ledger» names no agent)."""
    return [child for child in children(predicate, "obl:agent") if slot_of(child) == "by"]


def is_passive(predicate: Token) -> bool:
    """Whether the verb stands in the passive, reduced participles included ("jobs cut by Acme")."""
    if children(predicate, "aux:pass") or children(predicate, "nsubj:pass", "csubj:pass"):
        return True
    if predicate.tag_ != "VBN" or any(child.lemma_ == "have" for child in children(predicate, "aux")):
        return False
    if predicate.dep_ in ("acl", "advcl", "amod") or (
        predicate.dep_ == "acl:relcl" and not children(predicate, "nsubj")
    ):
        return not children(predicate, "obj")
    if predicate.dep_ == "conj" and not children(predicate, "nsubj", "aux"):
        return predicate.head.pos_ == "VERB" and is_passive(predicate.head)
    return False


def _subjects(predicate: Token, *, depth: int = 0) -> tuple[str, list[Token]]:
    """The rule and the grammatical subjects (a passive's patients), through sharing, control and relatives."""
    own = [child for child in children(predicate, "nsubj") if child.dep_ != "nsubj:outer"]
    thought = _thought_of(predicate)
    if thought is not None:
        return "verb-active", conjuncts(thought)
    if own:
        resolved = [word for child in own for word in _antecedents(child, predicate)]
        return ("verb-relative" if own != resolved and own[0].tag_.startswith("W") else "verb-active"), [
            word for head in resolved for word in conjuncts(head)
        ]
    if depth > 8 or predicate.head == predicate:
        return "verb-active", []
    if predicate.dep_ == "conj" and is_predicate(predicate.head):
        return "verb-shared", _shared_subject(predicate, depth=depth)
    if dep(predicate, "xcomp"):
        return "verb-control", _controller(predicate, depth=depth)
    if _is_task(predicate):
        return "verb-control", _controller(predicate, depth=depth)
    if predicate.dep_ == "advcl" and is_predicate(predicate.head) and _shares_subject(predicate):
        rule = "verb-purpose" if predicate.tag_ == "VB" else "verb-participle"
        return rule, _subjects(predicate.head, depth=depth + 1)[1]
    if predicate.dep_ == "acl" and predicate.tag_ in ("VBG", "VBN") and not children(predicate, "mark"):
        return "verb-participle", conjuncts(unit_head(predicate.head))[:1]
    return "verb-active", []


def _thought_of(predicate: Token) -> Token | None:
    """The noun between a verb of saying and a finite verb: its subject, though the tree may take it for an object.

    «one person who estimated 400 employees could lose their jobs»: the employees, not the person.
    """
    helpers = [word for word in children(predicate, "aux") if word.tag_ in FINITE]
    first = min([*helpers, *([predicate] if predicate.tag_ in FINITE else [])], key=lambda word: word.i, default=None)
    if first is None or first.i == 0:
        return None
    noun = unit_head(first.nbor(-1))
    saying = noun.head
    taken = noun.dep_ == "obj" and saying != noun and saying.lemma_.lower() in THAT_VERBS and saying.i < noun.i
    return noun if taken and saying != predicate and noun.pos_ in NOMINAL else None


def _shared_subject(predicate: Token, *, depth: int) -> list[Token]:
    """The first verb's subject; a relative clause's first verb lends its antecedent."""
    return _subjects(predicate.head, depth=depth + 1)[1]


def _is_task(clause: Token) -> bool:
    """«tasked Bolt with saving cash», «kept Bolt from closing»: what the object of the governing verb does."""
    marks = {child.lower_ for child in children(clause, "mark")}
    governed = clause.dep_ == "advcl" and clause.tag_ == "VBG" and bool(marks & {"with", "from", "into", "of"})
    return governed and clause.i > clause.head.i and bool(children(clause.head, "obj"))


def _shares_subject(clause: Token) -> bool:
    """An adverbial clause without finite verb is about the main clause's subject («after selling it», «to sell it»)."""
    marks = {child.lower_ for child in children(clause, "mark")}
    if clause.tag_ == "VB":
        return marks in ({"to"}, {"in", "to"})
    return (clause.tag_ in ("VBG", "VBN") and not children(clause, "aux")) or not marks


def _controller(predicate: Token, *, depth: int) -> list[Token]:
    """Who does what an infinitive or participle says: the governor's object where it has one, else its subject."""
    governor = predicate.head
    if governor.lemma_.lower() not in SUBJECT_OF_OBJECT:
        objects = children(governor, "obj", "iobj")
        if objects:
            return [word for child in objects[:1] for word in _with_antecedents(child, governor)]
    return _subjects(governor, depth=depth + 1)[1]


def _objects(predicate: Token) -> list[Token]:
    own = children(predicate, "obj")
    if own:
        return [word for child in own for word in _with_antecedents(child, predicate)]
    bare = [child for child in children(predicate, "obl") if _is_bare_object(child, predicate)]
    if bare:
        return [word for child in bare[:1] for word in conjuncts(child)]
    if predicate.dep_ == "acl:relcl" and _gap_is_object(predicate):
        return conjuncts(unit_head(predicate.head))[:1]
    following = [child for child in children(predicate, "conj") if child.pos_ == "VERB" and child.i > predicate.i]
    if following and _adjacent(predicate, following[0]) and not children(predicate, "obl", "ccomp", "xcomp"):
        # «launched and expanded the service»: one object right behind two verbs.
        return [word for child in children(following[0], "obj") for word in conjuncts(child)]
    return []


def _is_bare_object(child: Token, predicate: Token) -> bool:
    """«lay off 40 employees»: a phrase right behind the verb without preposition is its object, whatever its label."""
    return child.dep_ == "obl" and child.i > predicate.i and child.pos_ in NOMINAL and not case_words(child)


def _with_antecedents(child: Token, predicate: Token) -> list[Token]:
    return [word for head in _antecedents(child, predicate) for word in conjuncts(head)]


def _adjacent(first: Token, second: Token) -> bool:
    return second.i - first.i <= 3 and all(
        first.doc[i].pos_ in ("CCONJ", "PUNCT", "ADV") for i in range(first.i + 1, second.i)
    )


def _gap_is_object(predicate: Token) -> bool:
    """«the resources Amazon has»: a relative clause with a subject of its own and no relative word left over."""
    subjects = children(predicate, "nsubj")
    return (
        bool(subjects)
        and not subjects[0].tag_.startswith("W")
        and not is_passive(predicate)
        and not (
            children(predicate, "ccomp", "xcomp") or any(c.tag_ in ("WRB",) for c in children(predicate, "advmod"))
        )
    )


def _antecedents(argument: Token, predicate: Token) -> list[Token]:
    """What a relative pronoun stands for: the noun that its clause modifies; any other word stands for itself."""
    if argument.lower_ not in RELATIVE_SUBJECTS or not argument.tag_.startswith("W"):
        return [argument]
    clause: Token | None = predicate
    while clause is not None and clause.dep_ != "acl:relcl":
        clause = clause.head if clause.head != clause else None
    return [unit_head(clause.head)] if clause is not None else [argument]


# --- the other parts -------------------------------------------------------------------------------------------


def _parts(slot: str, heads: list[Token]) -> list[Part]:
    found = []
    for head in heads:
        if (head.pos_ in ("VERB", "AUX") and not head.ent_type_) or dep(head, "expl"):
            continue
        found.append(Part(slot, head.i, phrase(head)))
        found += [Part(slot, member.i, phrase(member)) for member in members(head)]
    return found


def _other_parts(predicate: Token) -> list[Part]:
    found = [part for child in children(predicate, "iobj") for part in _parts("indirect", conjuncts(child))]
    for child in children(predicate, "obl", "nmod"):
        if child.dep_ == "obl:agent" and is_passive(predicate) and slot_of(child) == "by":
            continue
        if (child.pos_ == "VERB" and not child.ent_type_) or _is_bare_object(child, predicate):
            continue
        if slot_of(child) in LIST_WORDS and predicate.pos_ != "VERB":
            continue
        slot = _oblique_slot(child, predicate) or _slot_before(child, found)
        if slot in LIST_WORDS:
            # A list hung on the verb belongs to the phrase before it: «in areas ..., including sales».
            slot = next((part.slot for part in reversed(found) if part.head < child.i), "")
            if not slot:
                continue
        found += [part for word in conjuncts(child) for part in _parts(_own_slot(word, slot), [word])]
    for child in children(predicate, "xcomp"):
        if child.pos_ in ("NOUN", "PROPN", "ADJ") and not children(child, "mark", "cop"):
            found += [Part(slot_of(word) or "complement", word.i, phrase(word)) for word in conjuncts(child)]
    return found


def _slot_before(child: Token, found: list[Part]) -> str:
    """A phrase without preposition behind an "and" goes with the phrase before it («at Acme and Bolt»)."""
    first = min(word.i for word in child.subtree)
    joined = first > 0 and (child.doc[first].pos_ == "CCONJ" or child.doc[first - 1].pos_ == "CCONJ")
    return next((part.slot for part in reversed(found) if part.head < child.i), "") if joined else ""


def _oblique_slot(child: Token, predicate: Token) -> str:
    if is_time(child) and not case_words(child):
        return "time"
    if child.lower_ in RELATIVE_SUBJECTS and child.tag_.startswith("W"):
        return slot_of(child)
    return slot_of(child) or ("time" if is_time(child) else "")


def _own_slot(word: Token, shared: str) -> str:
    """A conjunct may bring its own preposition («in Paris and at home»)."""
    return slot_of(word) or shared


# --- nominal predicates ----------------------------------------------------------------------------------------


def nominal(noun: Token) -> list[Clause]:
    """A noun with arguments of its own, read as a predicate ("Acme's acquisition of Bolt", "job cuts at Bolt")."""
    parts: list[Part] = []
    for child in children(noun, "nmod:poss"):
        parts += [Part("possessive", word.i, phrase(word)) for word in conjuncts(child)]
    for child in children(noun, "compound", "amod", "nmod:desc", "nmod:unmarked"):
        if child.pos_ in ("NOUN", "PROPN") or child.ent_type_:
            parts.append(Part("compound", unit_head(child).i, phrase(unit_head(child))))
    for child in children(noun, "nmod", "acl"):
        if child.dep_ in ("nmod:poss", "nmod:desc", "nmod:unmarked") or (child.pos_ == "VERB" and not child.ent_type_):
            continue
        if slot_of(child) not in LIST_WORDS:
            parts += [part for word in conjuncts(child) for part in _parts(_own_slot(word, slot_of(child)), [word])]
    rule, shared = "noun-argument", _light(noun)
    if shared:
        rule = "noun-light"
        parts += shared
    if not parts:
        return []
    return [Clause(rule, noun.i, (noun.i,), noun.lemma_.lower(), tuple(_once(parts)), argument_stance(noun), True)]


def _light(noun: Token) -> list[Part]:
    """Subject and obliques of the light verb whose object the noun is ("Acme completed the takeover in May")."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in NOMINAL:
        top = top.head
    verb = top.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in LIGHT_VERBS:
        return []
    if dep(top, "obj") and not is_passive(verb):
        return [*_parts("subject", arguments(verb)[1]), *_other_parts(verb)]
    if dep(top, "nsubj:pass"):
        return [*_parts("subject", arguments(verb)[1]), *_other_parts(verb)]
    return []


__all__ = ["arguments", "clauses", "is_passive", "nominal", "verbal"]
