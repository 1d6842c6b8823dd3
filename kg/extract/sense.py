"""Reading -> why it says nothing by itself, where it does not; each reason with the sentence that made it necessary."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.parts import Reading
from kg.extract.tree import children, dep, is_predicate

RELATIVE_TAGS = frozenset({"WDT", "WP", "WRB", "WP$"})
# Nouns and pronouns that mean nothing without the clause behind them («the thing that made her known»).
EMPTY = frozenset({
    "thing", "one", "those", "that", "way", "reason", "anyone", "someone", "everyone", "anything", "something",
    "everything", "nothing", "what", "fact", "point", "moment", "kind", "sort", "case", "extent", "degree", "place",
    "area", "time", "more", "others", "ones", "all",
})  # fmt: skip


def nonsense(reading: Reading, doc: Doc) -> str | None:
    """The reason why a reading is none, in words for the user; None where it says something."""
    subject, obj, predicate = doc[reading.subject.head], doc[reading.object.head], doc[reading.predicate]
    if subject.tag_ in RELATIVE_TAGS or (reading.object.tokens and obj.tag_ in RELATIVE_TAGS):
        return "a relative word whose noun was not found says nothing by itself"
    if _needs_its_clause(subject, predicate) or (reading.object.tokens and _needs_its_clause(obj, predicate)):
        return "a word that means nothing without the clause behind it"
    if reading.rule == "verb-participle" and subject.lower_ in ("it", "there") and subject.head != predicate:
        return "a participle without a subject of its own does not share an empty one"
    if reading.lemma == "do" and predicate.dep_ in ("acl:relcl", "advcl"):
        return "«do» stands for another verb"
    if reading.object.slot == "" and reading.object.tokens and obj.pos_ in ("ADV", "ADJ"):
        return "a word of degree is no object"
    return None


def _needs_its_clause(word: Token, predicate: Token) -> bool:
    if word.lemma_.lower() not in EMPTY or word.ent_type_ or word.pos_ == "NUM" or children(word, "amod", "compound"):
        return False
    clauses = [child for child in children(word, "acl") if child != predicate and child.i > word.i]
    return any(dep(child, "acl:relcl") or is_predicate(child) for child in clauses)
