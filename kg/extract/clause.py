"""Doc -> clauses: every predicate with its arguments, by named rules over Universal Dependencies.

The rules that make clauses, each with the sentence that needs it; ``rules`` has the table of all:

    verb-active      Acme bought Bolt in May.                       -> Acme, buy, Bolt; in May
    verb-passive     Bolt was bought by Acme.                       -> Acme, buy, Bolt (agent as subject)
    verb-shared      Acme bought Bolt and sold Nut.                 -> Acme, sell, Nut (subject of the first verb)
    verb-control     Acme plans to buy Bolt.                        -> Acme, buy, Bolt (future)
    verb-participle  Acme, founded in 1990, makes bolts. / Acme sold Bolt, raising cash.
    verb-purpose     Acme sold Bolt to raise cash.             -> Acme, raise, cash (possible)
    verb-relative    Bolt, which Acme bought, ... / the man who left / the first to leave
    noun-control     Acme made plans to buy Bolt.                   -> Acme, buy, Bolt
    noun-headline    Acme to buy Bolt (no verb else)                -> Acme, buy, Bolt (future)
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
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract.arguments import RELATIVE_SUBJECTS, antecedents, arguments, is_bare_object, is_passive
from kg.extract.lists import LIST_WORDS, members
from kg.extract.parts import Clause, Part
from kg.extract.prepositions import heads_behind, is_aside, name_of
from kg.extract.stance import NEGATIONS, stance
from kg.extract.noun_phrase import phrase
from kg.extract.tree import (
    NOMINAL, adjoining_name, case_words, children, conjuncts, dep, has, is_predicate, is_time, names_a_time, slot_of,
    unit_head,
)  # fmt: skip
from kg.extract.tree_index import index

LIGHT_VERBS = frozenset({
    "make", "complete", "announce", "close", "finalise", "finalize", "plan", "propose", "launch", "begin", "start",
    "undergo", "face", "seek", "consider", "sign", "reach", "strike", "unveil", "conduct", "carry", "finish", "do",
    "have", "hold", "give", "take", "see", "suffer", "report", "confirm", "approve", "block", "call", "drop", "scrap",
    "abandon", "cancel", "oversee", "lead", "order", "agree", "continue", "detail", "disclose", "implement", "mull",
})  # fmt: skip
# Adverbs that make another verb when they stand right behind it («came out against»).
PARTICLES = frozenset({"out", "up", "down", "off", "back", "away", "over", "forward"})
PREDICATES = frozenset({"VERB", "NOUN", "PROPN"})
"""What may be a predicate with nothing below it."""


def clauses(doc: Doc) -> list[Clause]:
    """Every clause of a document, verbal ones and nominal ones, in text order of their predicates."""
    found: list[Clause] = []
    known = index(doc)
    for token, tag, related in zip(known.tokens, known.tags, known.related, strict=True):
        if not (related or tag in PREDICATES) or token.is_space:
            continue  # nothing hangs on it that would make it one
        if is_predicate(token):
            found += verbal(token)
        if tag in ("NOUN", "PROPN") and not token.ent_type_ and not dep(token, "flat", "fixed"):
            found += nominal(token)
    return found


def verbal(predicate: Token) -> list[Clause]:
    """The clause of a verb or of a predicate with a copula."""
    rule, subjects, objects = arguments(predicate)
    parts = [*_parts("subject", subjects), *_parts("object", objects), *_other_parts(predicate)]
    parts += _told_of_antecedent(predicate, objects)
    if is_passive(predicate):  # «Ann Lee was awarded the prize»: what the patient was given or made
        kept = [word for child in children(predicate, "obj") for word in conjuncts(child)]
        parts += [Part("complement", word.i, phrase(word)) for word in kept]
    if _passes_on_time(predicate):
        parts = [part for part in parts if not _tells_when(part, predicate.doc)]
    elif dep(predicate, "xcomp") and _passes_on_time(predicate.head):
        # «In 2015 Acme started supporting Bolt»: when it was is said of the supporting
        parts += [part for part in _other_parts(predicate.head) if _tells_when(part, predicate.doc)]
    if predicate.pos_ not in ("VERB", "AUX"):
        parts += _complements(predicate)
        rule = "copula"
    elif any(child.lemma_ == "there" for child in children(predicate, "expl")):
        rule = "existential"
    words, lemma = _relation(predicate)
    return [Clause(rule, predicate.i, words, lemma, tuple(_once(parts)), stance(predicate))]


def _passes_on_time(governor: Token) -> bool:
    """Whether a verb or adjective only governs another verb («started supporting», «is able to buy»)."""
    governed = [child for child in children(governor, "xcomp") if child.pos_ == "VERB"]
    return bool(governed) and not children(governor, "obj", "iobj")


def _tells_when(part: Part, doc: Doc) -> bool:
    return part.slot == "time" or (part.slot not in ("subject", "object") and names_a_time(doc[part.head])) or (
        part.slot in ("in", "since", "until", "by", "from") and doc[part.head].like_num
    )


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
    out |= {child.i for child in children(predicate, "det") if child.lower_ in ("all", "both")}  # «are all members»
    return tuple(i for i in phrase(predicate) if i not in out)


def _relation(predicate: Token) -> tuple[tuple[int, ...], str]:
    """The words of the relation and their lemma; a phrasal verb keeps its particle ("take over")."""
    if predicate.pos_ not in ("VERB", "AUX"):
        helpers = tuple(child.i for child in children(predicate, "cop"))
        return helpers or (predicate.i,), "be"
    particles = [
        child for child in children(predicate, "compound:prt", "advmod")
        if dep(child, "compound:prt") or (child.i == predicate.i + 1 and child.lower_ in PARTICLES)
    ]
    lemma = " ".join([predicate.lemma_.lower(), *(child.lower_ for child in particles)])
    return tuple(sorted([predicate.i, *(child.i for child in particles)])), lemma


# --- the other parts -------------------------------------------------------------------------------------------


def _parts(slot: str, heads: list[Token]) -> list[Part]:
    found = []
    for first in heads:
        if (first.pos_ in ("VERB", "AUX") and not first.ent_type_) or dep(first, "expl"):
            continue
        head = adjoining_name(first) or first
        case = tuple([word.i for word in case_words(first)])
        found.append(Part(slot, head.i, phrase(head), case if head != first else ()))
        # A member of a list stands behind the preposition of the phrase before it, not behind its own "including".
        found += [Part(slot, member.i, phrase(member), case) for member in members(head)]
    return found


def _other_parts(predicate: Token) -> list[Part]:
    found = [part for child in children(predicate, "iobj") for part in _parts("indirect", conjuncts(child))]
    for child in children(predicate, "obl", "nmod"):
        if child.dep_ == "nmod:poss" or child.i == predicate.i:
            continue
        if child.dep_ == "obl:agent" and is_passive(predicate) and slot_of(child) == "by":
            continue
        if slot_of(child) == "by" and _is_governed(predicate):
            continue  # «encouraged to sell shares by Bolt»: who encouraged; «kept from drifting by rocks»
        if (child.pos_ == "VERB" and not child.ent_type_) or is_bare_object(child, predicate):
            continue
        if slot_of(child) in LIST_WORDS and predicate.pos_ != "VERB":
            continue
        slot = _oblique_slot(child, predicate) or _slot_before(child, found)
        if is_aside(child):
            continue
        if child.lower_ in RELATIVE_SUBJECTS and child.tag_.startswith("W"):
            # «the speed at which it moved»: it moved at the speed
            case = tuple(word.i for word in case_words(child))
            found += [Part(slot, head.i, phrase(head), case) for head in antecedents(child, predicate) if head != child]
            continue
        close = any(word.i == predicate.i + 1 for word in case_words(child)[:1])  # «felt like Ann Lee»
        if slot in LIST_WORDS and not close:
            # A list hung on the verb belongs to the phrase before it: «in areas ..., including sales».
            slot = next((part.slot for part in reversed(found) if part.head < child.i), "")
            found += [part for word in conjuncts(child) if slot for part in _parts(slot, [word])]
            continue
        if slot == "between":
            found.append(_between(child))
            continue
        found += [part for word in conjuncts(child) for part in _prepositional(word, _own_slot(word, slot))]
    for child in children(predicate, "xcomp"):
        if child.pos_ in ("NOUN", "PROPN", "ADJ") and not children(child, "mark", "cop"):
            found += [Part(slot_of(word) or "complement", word.i, phrase(word)) for word in conjuncts(child)]
    return found


def _is_governed(predicate: Token) -> bool:
    """Whether a passive verb above, which tells no agent yet, more likely takes a phrase with "by" than this verb."""
    kept_from = predicate.dep_ == "advcl" and predicate.tag_ == "VBG" and predicate.i > predicate.head.i
    told = dep(predicate, "xcomp") and bool(children(predicate, "obj"))
    return (kept_from or told) and is_passive(predicate.head) and not children(predicate.head, "obl:agent")


def _prepositional(word: Token, slot: str) -> list[Part]:
    """The parts behind a preposition, be it one of several words («in honor of Bolt and Nut»)."""
    behind = heads_behind(word)
    if not behind:
        return _parts(slot, [word])
    return [replace(part, case=case) for head, case in behind for part in _parts(name_of(word, case), [head])]


def _between(first: Token) -> Part:
    """«between Bolt and Nut» names one thing, the gap between the two: it is not said of either."""
    words = {i for word in conjuncts(first) for i in phrase(word)}
    words |= {word.i for one in conjuncts(first) for word in children(one, "cc")}
    return Part("between", first.i, tuple(sorted(words)))


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
    rule, shared = "noun-argument", _light(noun)
    if not shared and not has(noun, "nmod", "compound", "amod", "acl"):
        return []
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
    if shared:
        rule = "noun-light"
        parts += shared
    if not parts:
        return []
    return [Clause(rule, noun.i, (noun.i,), noun.lemma_.lower(), tuple(_once(parts)), nominal=True)]


def _light(noun: Token) -> list[Part]:
    """Subject and obliques of the light verb whose object the noun is ("Acme completed the takeover in May")."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in NOMINAL:
        top = top.head
    verb = top.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in LIGHT_VERBS:
        return []
    if dep(top, "nsubj:pass") or (dep(top, "obj") and not is_passive(verb)):
        return [*_parts("subject", arguments(verb)[1]), *_other_parts(verb)]
    return []


__all__ = ["clauses", "nominal", "verbal"]
