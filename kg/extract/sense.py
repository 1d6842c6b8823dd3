"""Reading -> why it says nothing by itself, where it does not; each reason with the sentence that made it necessary."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.arguments import CONTROL_NOUNS
from kg.extract.parts import Reading
from kg.extract.tree import children, dep, is_predicate
from kg.extract.tree_index import index

RELATIVE_TAGS = frozenset({"WDT", "WP", "WRB", "WP$"})
# Nouns and pronouns that mean nothing without the clause behind them («the thing that made her known»).
EMPTY = frozenset({
    "thing", "one", "those", "that", "way", "reason", "anyone", "someone", "everyone", "anything", "something",
    "everything", "nothing", "what", "fact", "point", "moment", "kind", "sort", "case", "extent", "degree", "place",
    "area", "time", "more", "others", "ones", "all",
})  # fmt: skip
WHOLE = frozenset({"any", "every", "all", "no", "those"})
NAMING = frozenset({"term", "call", "label", "dub", "deem", "name", "brand"})
LIGHT = frozenset({"go", "come", "try", "do", "be", "have", "get", "know", "think", "say", "see", "let", "happen"})


def nonsense(reading: Reading, doc: Doc) -> str | None:
    """The reason why a reading is none, in words for the user; None where it says something."""
    words = index(doc).tokens
    subject, obj, predicate = words[reading.subject.head], words[reading.object.head], words[reading.predicate]
    if subject.tag_ in RELATIVE_TAGS or (reading.object.tokens and obj.tag_ in RELATIVE_TAGS):
        return "a relative word whose noun was not found says nothing by itself"
    if _needs_its_clause(subject, predicate) or (reading.object.tokens and _needs_its_clause(obj, predicate)):
        return "a word that means nothing without the clause behind it"
    if _says_too_much(subject, predicate) or _says_too_much(obj, predicate):
        return "a quantity or a superlative without the clause that restricts it says too much"
    if reading.object.tokens and obj.lemma_.lower() in CONTROL_NOUNS and _has_infinitive(obj, predicate):
        return "a plan or an attempt says nothing without what is planned"
    if predicate.lemma_.lower() in NAMING and reading.object.slot == "object" and not children(predicate, "xcomp"):
        return "a verb of naming says nothing without the name"
    if reading.rule == "verb-alone" and (predicate.lemma_.lower() in LIGHT or reading.stance.certainty != "certain"):
        return "too little is said"
    if reading.rule == "verb-participle" and subject.lower_ in ("it", "there") and subject.head != predicate:
        return "a participle without a subject of its own does not share an empty one"
    if reading.lemma == "do" and predicate.dep_ in ("acl:relcl", "advcl"):
        return "«do» stands for another verb"
    if reading.object.slot == "" and reading.object.tokens and obj.pos_ in ("ADV", "ADJ"):
        return "a word of degree is no object"
    return None


def _says_too_much(word: Token, predicate: Token) -> bool:
    """«any acts that advocate it», «the youngest person they knew»: not any acts, not the youngest person."""
    clauses = children(word, "acl:relcl")
    if not clauses:
        return False
    restricted = any(child != predicate and child.i > word.i for child in clauses)
    whole = any(child.lower_ in WHOLE for child in children(word, "det"))
    best = any(child.tag_ == "JJS" for child in children(word, "amod"))
    inside = predicate.head == word and dep(predicate, "acl:relcl") and best
    return (restricted and whole) or inside


def _has_infinitive(noun: Token, predicate: Token) -> bool:
    return any(child.tag_ == "VB" and child != predicate for child in children(noun, "acl"))


def _needs_its_clause(word: Token, predicate: Token) -> bool:
    if word.lemma_.lower() not in EMPTY or word.ent_type_ or word.pos_ == "NUM" or children(word, "amod", "compound"):
        return False
    clauses = [child for child in children(word, "acl") if child != predicate and child.i > word.i]
    return any(dep(child, "acl:relcl") or is_predicate(child) for child in clauses)
