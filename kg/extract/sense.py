"""Reading -> why it says nothing by itself, where it does not; each reason with the sentence that made it necessary."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.extract.arguments import CONTROL_NOUNS, ORDINALS, PHRASE_CONTROL
from kg.extract.complements import SCOPED
from kg.extract.nouns import counted
from kg.extract.parts import Part, Reading
from kg.extract.tree import children, dep, is_predicate, sentence_end, sentence_start, slot_of
from kg.extract.tree_index import index

RELATIVE_TAGS = frozenset({"WDT", "WP", "WRB", "WP$"})
# Nouns and pronouns that mean nothing without the clause behind them («the thing that made her known»).
EMPTY = frozenset({
    "thing", "one", "those", "that", "way", "reason", "anyone", "someone", "everyone", "anything", "something",
    "everything", "nothing", "what", "fact", "point", "moment", "kind", "sort", "case", "extent", "degree", "place",
    "area", "time", "event", "more", "others", "ones", "all",
})  # fmt: skip
WHOLE = frozenset({"any", "every", "all", "no", "those"})
NAMING = frozenset({"term", "call", "label", "dub", "deem", "name", "brand"})
# Verbs that say nothing without what stands behind them.
LIGHT = frozenset({
    "go", "come", "try", "do", "be", "have", "get", "know", "think", "say", "see", "let", "happen", "mean", "want",
    "feel", "sound", "look", "seem", "call", "face", "join", "back", "propose", "recognize", "realize", "desire",
    "like", "need", "make", "take", "give", "put", "keep", "find", "tell", "ask", "arrange", "cause", "lead", "become",
    "use", "bring", "set", "turn", "tend", "rely", "depend", "consist", "belong", "involve", "include", "remain",
})  # fmt: skip
# «attributed the loss to weak demand»: without its phrase the verb says little of its object.
WITH_PHRASE = frozenset({
    "attribute", "ascribe", "liken", "compare", "limit", "deprive", "equate", "expose", "subject", "transform",
    "convert", "base", "put", "place", "lay", "divide", "restrict", "confine", "link", "relate", "inform", "remind",
})  # fmt: skip
BASED = frozenset({"base", "attribute", "ascribe"})
NOW = frozenset({"today", "yesterday", "tomorrow", "now", "then", "tonight"})
BESIDES = frozenset({"beyond", "besides", "apart from", "in addition to", "despite", "after", "before", "with", "for"})
HINDERING = frozenset({"prevent", "stop", "deter", "discourage", "dissuade", "keep"})
COURSES = frozenset({"process", "middle", "midst", "verge", "brink", "course", "habit", "act", "aim", "goal", "point"})
MOVED = frozenset({"let", "allow", "get", "turn", "throw", "plunge", "push", "drag", "force", "drive", "talk"})
OPEN_ADJECTIVES = frozenset({"able", "unable", "likely", "unlikely", "bound", "worth", "poised", "liable", "apt"})
JUDGING = frozenset({"make", "find", "consider", "render", "deem"})
MARGINS = frozenset({"vote", "margin", "majority", "percent", "%", "point", "percentage"})
SORTING = frozenset({"segregate", "stratify", "divide", "sort", "group", "classify", "rank", "separate", "split"})
SUPPLYING = frozenset({"provide", "supply", "present", "furnish", "equip", "charge", "credit", "entrust", "task"})
AWAY = frozenset({"out of", "into", "to", "off", "through", "back to"})
DEEDS = frozenset({"for", "of", "about", "in", "at", "from", "against"})
# «reduce access | to arms»: such a noun is nothing by itself.
NEEDY = frozenset({
    "access", "rise", "lack", "way", "birth", "respect", "reference", "regard", "relation", "account",
})  # fmt: skip
# Participles that have become prepositions: «owing to the rule», «regarding the sale».
PARTICIPLES = frozenset({"owe", "accord", "regard", "concern", "pend", "bar", "respect", "touch"})
RESULTS = frozenset({"lead", "result", "cause", "mean", "prompt", "force", "allow", "enable", "stem", "range"})


class Looked(NamedTuple):
    """A reading with the words that its tests look at; ``said`` is its lemma without an adverb that is denied."""

    reading: Reading
    subject: Token
    predicate: Token
    obj: Token
    slot: str
    said: str
    told: bool
    doc: Doc


def nonsense(reading: Reading, doc: Doc) -> str | None:
    """The reason why a reading is none, in words for the user; None where it says something."""
    words, own = index(doc).tokens, reading.lemma.split(" ")
    said = reading.lemma if own[0] not in SCOPED else " ".join(word for word in own if word not in SCOPED)
    one = Looked(
        reading, words[reading.subject.head], words[reading.predicate], words[reading.object.head],
        reading.object.slot, said, bool(reading.object.tokens), doc,
    )  # fmt: skip
    return _of_words(one) or _of_clause(one) or _of_subject(one) or _of_verb(one) or _of_object(one)


def _of_words(one: Looked) -> str | None:
    """Words that refer to nothing: relative words, titles of works, marks alone."""
    reading, predicate, words = one.reading, one.predicate, index(one.doc).tokens
    if one.subject.tag_ in RELATIVE_TAGS or any(words[i].tag_ in RELATIVE_TAGS for i in reading.object.tokens):
        return "a relative word whose noun was not found says nothing by itself"
    if any(words[i].tag_ in RELATIVE_TAGS for i in reading.words if i > predicate.i or predicate.i - i > 1):
        return "a question or a relative word in its relation"
    if one.subject.lower_ in ("'s", "’s") or (one.obj.lower_ in ("that", "this") and one.slot in BESIDES):
        return "it refers to nothing that could be named"
    if one.told and all(words[i].is_punct for i in reading.object.tokens):
        return "its object has no words"
    if _is_title(predicate) or (reading.rule == "possession" and _in_title(one.subject, one.obj)):
        return "its words are the title of a work"
    if reading.rule in ("verb-passive", "verb-alone") and predicate.dep_ != "acl:relcl" and any(
        child.lower_ in ("where", "how", "why") for child in children(predicate, "advmod")
    ):
        return "a question for the place or the way"
    return None


def _of_clause(one: Looked) -> str | None:
    """Words that mean nothing, or too much, without the clause behind them."""
    reading, subject, obj, predicate, doc = one.reading, one.subject, one.obj, one.predicate, one.doc
    if _of_those(reading.subject, doc) or _of_those(reading.object, doc):
        return "a word that means nothing without the clause behind it"
    if _needs_its_clause(subject, predicate) or (one.told and _needs_its_clause(obj, predicate)):
        return "a word that means nothing without the clause behind it"
    if _says_too_much(subject, predicate) or _says_too_much(obj, predicate):
        return "a quantity or a superlative without the clause that restricts it says too much"
    if one.told and obj.lemma_.lower() in CONTROL_NOUNS and _has_infinitive(obj, predicate):
        return "a plan or an attempt says nothing without what is planned"
    if obj.lemma_.lower() in COURSES and any(child.tag_ == "VBG" for child in children(obj, "acl")):
        return "a noun that means nothing without the phrase behind it"
    return None


def _of_subject(one: Looked) -> str | None:
    """Subjects that are none: an empty "it", a measure behind "by", a participle's far subject."""
    reading, subject, predicate = one.reading, one.subject, one.predicate
    if subject.lower_ == "it" and reading.rule in ("verb-control", "verb-purpose") and subject.head.lemma_ in JUDGING:
        return "its subject stands for the clause behind"
    it = subject.lower_ == "it" and one.said in ("take", "cost", "need")
    if it and children(predicate, "advcl", "xcomp", "csubj"):
        return "its subject stands for the clause behind"
    sorted_ = predicate.lemma_.lower() in SORTING and not subject.ent_type_
    if reading.inverted and (sorted_ or subject.lemma_.lower() in MARGINS):
        return "what stands behind «by» is a measure or a criterion, and does nothing"
    if reading.rule == "verb-participle" and subject.lower_ in ("it", "there") and subject.head != predicate:
        return "a participle without a subject of its own does not share an empty one"
    if reading.rule == "verb-participle" and _is_result(predicate):
        return "what follows from a whole clause is not done by that clause's subject"
    if reading.rule == "verb-participle" and predicate.tag_ == "VBG" and predicate.lemma_.lower() in PARTICIPLES:
        return "a participle that serves as a preposition"
    if _is_needy(subject) and children(subject, "nmod"):
        return "a noun that means nothing without the phrase behind it"
    return None


def _of_verb(one: Looked) -> str | None:
    """Verbs that say nothing, or something else, without what stands behind them."""
    reading, predicate, verb = one.reading, one.predicate, one.predicate.lemma_.lower()
    if reading.rule == "verb-alone" and (verb in LIGHT or reading.stance.certainty != "certain"):
        return "too little is said"
    if verb in NAMING and one.slot == "object" and not children(predicate, "xcomp"):
        return "a verb of naming says nothing without the name"
    if one.said in BASED or (one.slot == "object" and not reading.inverted and _needs_phrase(one)):
        return "the verb says little without the phrase behind its object"
    if one.said in HINDERING and any(child.tag_ == "VBG" for child in children(predicate, "advcl", "xcomp", "acl")):
        return "a verb of preventing says nothing without what is prevented"
    if " ".join(one.said.split(" ")[:2]) in PHRASE_CONTROL and _is_asked(one):
        return "what somebody is called on to do is asked for, not who does it"
    if verb == "have" and one.said == f"have {one.slot}":
        return "«have» says nothing without what is had"
    if verb == "take" and any(word.lower_ == "granted" and _behind_for(word) for word in predicate.subtree):
        return "«take for granted» is no taking"
    if one.said == "cost" and not _counts(one.obj) and any(map(_counts, children(predicate, "obj", "obl", "xcomp"))):
        return "what something costs is its price"
    if one.said == "do" and predicate.dep_ in ("acl:relcl", "advcl"):
        return "«do» stands for another verb"
    return None


def _of_object(one: Looked) -> str | None:
    """Objects and predicates that mean nothing without what belongs to them."""
    copula, obj, lowers = one.reading.rule == "copula", one.obj, index(one.doc).lowers
    edge = obj.left_edge.i
    if any(lowers[i : i + 2] == ["or", "without"] for i in range(edge, obj.i)):
        return "«with or without» leaves it open"
    if one.slot == "of" and lowers[edge] == "of" and edge == sentence_start(obj):
        return "a phrase before the clause comments on it"
    if obj.lower_ in ("nothing", "none") and any(slot_of(child) == "but" for child in children(obj, "nmod")):
        return "«nothing but» says the contrary without what follows"
    if copula and obj.lower_ in NOW and one.subject.pos_ == "PRON":
        return "a word of time tells when, not what"
    if one.slot == "object" and _is_needy(obj):
        return "a noun that means nothing without the phrase behind it"
    if obj.pos_ == "ADJ" and obj.lemma_.lower() in OPEN_ADJECTIVES:
        return "an adjective that means nothing without what is to be done"
    if copula and obj.pos_ == "ADJ" and _has_deed(obj):
        return "what follows the adjective finishes it"
    if copula and obj.pos_ == "ADJ" and _is_enough(obj):
        return "an adjective with «enough», «too» or «as» says nothing without what for"
    if one.slot == "" and one.told and obj.pos_ in ("ADV", "ADJ"):
        return "a word of degree is no object"
    return None


def _in_title(owner: Token, owned: Token) -> bool:
    """«My Bride is a Mermaid»: two words with capitals within a sentence, no name the first of them."""
    return owner.is_title and owned.is_title and not owner.ent_type_ and owner.i > sentence_start(owner)


def _behind_for(word: Token) -> bool:
    return word.i > 0 and word.nbor(-1).lower_ == "for"


def _is_asked(one: Looked) -> bool:
    """«called on drivers | not to forget»: whether somebody stands behind the preposition, and an infinitive after."""
    slot, verb = one.said.split(" ")[1], one.predicate
    persons = [child for child in children(verb, "obl") if slot_of(child) == slot and _acts(child)]
    deeds = [child for child in children(verb, "advcl", "xcomp") if child.tag_ == "VB"]
    whole = any(children(deed, "aux:pass") for deed in deeds)  # «asked for the price to be kept secret»
    return whole or any(deed.i > person.i for person in persons for deed in deeds)


def _acts(noun: Token) -> bool:
    kind = noun.ent_type_ or counted().get(noun.lemma_.lower(), "")
    return kind in ("Person", "Organization", "Group", "Place") or noun.pos_ == "PRON"


def _counts(word: Token) -> bool:
    return word.like_num or bool(children(word, "nummod")) or word.pos_ in ("SYM", "NUM")


def _is_needy(noun: Token) -> bool:
    return noun.lemma_.lower() in NEEDY and not children(noun, "amod")


def _needs_phrase(one: Looked) -> bool:
    """«attributed the loss | to weak demand», «got Bolt | out of Nut»."""
    behind = {slot_of(child) for child in children(one.predicate, "obl") if child.i > one.obj.i} - {""}
    if "with" in behind and one.said in SUPPLYING:
        return True  # «provided Bolt | with cash»
    return bool(behind) and (one.said in WITH_PHRASE or (one.said in MOVED and bool(behind & AWAY)))


def _has_deed(adjective: Token) -> bool:
    """«is responsible for creating it»: the deed right behind the adjective is what is said."""
    marks = [mark for clause in children(adjective, "advcl", "ccomp") for mark in children(clause, "mark")]
    return any(mark.i == adjective.i + 1 and mark.tag_ == "IN" and mark.lower_ in DEEDS for mark in marks)


def _is_enough(adjective: Token) -> bool:
    """«high enough for microbes», «too small to be seen»: neither high nor small, as it were."""
    degree = [child for child in children(adjective, "advmod") if child.lower_ in ("enough", "too", "as")]
    return bool(degree) and bool(children(adjective, "xcomp", "advcl", "ccomp", "obl"))


def _is_result(participle: Token) -> bool:
    """«The dam broke, leading to floods»: the breaking led to them, not the dam."""
    before = participle.doc[participle.left_edge.i - 1] if participle.left_edge.i else participle
    cut_off = before.text in (",", "–", "—", "-") or participle.doc[participle.left_edge.i].text in (",", "–", "—")
    made = participle.lemma_.lower() in RESULTS or (participle.lemma_ == "make" and bool(children(participle, "xcomp")))
    made = made or (participle.lemma_ in ("earn", "win", "give", "net") and bool(children(participle, "iobj")))
    behind = participle.tag_ == "VBG" and dep(participle, "advcl") and participle.i > participle.head.i
    return behind and cut_off and made


def _is_title(verb: Token) -> bool:
    """«The Man Who Knew Too Much»: a verb with a capital within a sentence whose other verbs have none."""
    start = sentence_start(verb)
    if not verb.is_title or verb.pos_ != "VERB" or verb.i == start or not verb.nbor(-1).is_title:
        return False
    return any(word.pos_ == "VERB" and word.is_lower for word in verb.doc[start : sentence_end(verb)])


def _says_too_much(word: Token, predicate: Token) -> bool:
    """«any acts that advocate it», «the youngest person they knew»: not any acts, not the youngest person."""
    clauses = children(word, "acl")
    if not clauses:
        return False
    restricted = any(child != predicate and child.i > word.i and dep(child, "acl:relcl") for child in clauses)
    whole = any(child.lower_ in WHOLE for child in children(word, "det"))
    any_ = any(child.lower_ in ("any", "every") for child in children(word, "det"))
    best = any(child.tag_ == "JJS" for child in children(word, "amod"))
    first = best or any(child.lower_ in ORDINALS for child in children(word, "amod"))
    relative, every = predicate.dep_ == "acl:relcl", any(child.lower_ == "every" for child in children(word, "det"))
    inside = predicate.head == word and ((relative and (best or any_)) or (dep(predicate, "acl") and every))
    behind = any(
        child != predicate and child.i > word.i and child.doc[max(child.left_edge.i - 1, 0)].text != ","
        for child in clauses
    )
    return (restricted and whole) or inside or (first and behind)


def _has_infinitive(noun: Token, predicate: Token) -> bool:
    return any(child.tag_ == "VB" and child != predicate for child in children(noun, "acl"))


def _of_those(part: Part, doc: Doc) -> bool:
    """«the suffering of those who were hurt»: of whom, if not of those."""
    last = doc[part.tokens[-1]] if part.tokens and part.tokens[-1] != part.head else None
    if last is None or last.lower_ not in ("those", "one", "ones"):
        return False
    after = doc[min(last.i + 1, len(doc) - 1)]
    return after.tag_ in RELATIVE_TAGS or any(child.i > last.i for child in children(last, "acl"))


def _needs_its_clause(word: Token, predicate: Token) -> bool:
    if word.lemma_.lower() not in EMPTY or word.ent_type_ or word.pos_ == "NUM" or children(word, "amod", "compound"):
        return False
    clauses = [child for child in children(word, "acl") if child != predicate and child.i > word.i]
    return any(dep(child, "acl:relcl") or is_predicate(child) for child in clauses)
