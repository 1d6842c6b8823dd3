"""Lists of members behind a noun: «areas such as marketing and finance», «units, including Bolt and Nut»."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.noun_phrase import phrase
from kg.extract.tree import NOMINAL, TRANSPARENT, children, dep, is_predicate, named_by, sentence_end, unit_head
from kg.extract.tree_index import index

LIST_WORDS = frozenset({"such as", "including", "like", "include"})
LIST_BEGINS = frozenset({"such", "including"})
LIST_REACH = 8
"""How many words may stand between a plural and its list."""


def members(head: Token) -> list[Token]:
    """The list behind "such as" or "including": «areas such as marketing and finance» -> marketing, finance.

    It belongs to the phrase right before it, or to a plural with a few words between («roles unique to Acme, such as
    clerks»), wherever the tree may hang it.
    """
    doc, at = head.doc, _list_after(head)
    if at is None:
        return []
    if doc[at].pos_ == "VERB" and not dep(doc[at], "case"):
        items = children(doc[at], "obj")
    else:
        items = [unit_head(doc[at].head)] if dep(doc[at], "case") else []
    return [word for item in items if item != head and item.i > at for word in _listed(item)]


def _list_after(head: Token) -> int | None:
    """Where the list of a noun begins: at its "such" or "including"."""
    known, start = index(head.doc), phrase(head)[-1] + 1
    words, lowers = known.tokens, known.lowers
    end = min(sentence_end(head) - 1, start + (LIST_REACH if head.tag_ == "NNS" else 2))
    if not LIST_BEGINS.intersection(lowers[start:end]):
        return None
    if words[start - 1] != head and words[start - 1].tag_ == "NNS" and known.lemmas[head.i] not in TRANSPARENT:
        return None  # «the works of designers including Lee»: of the designers
    for at in range(start, end):
        if lowers[at] == "including" or (lowers[at] == "such" and lowers[at + 1] == "as"):
            return at
        if words[at].tag_ in ("NNS", "NNPS") or known.tags[at] in ("VERB", "AUX", "SCONJ", "CCONJ"):
            return None
    return None


def _listed(item: Token) -> list[Token]:
    """The words of a list, bare participles among them («marketing, recruiting and finance»)."""
    found = [named_by(item)]
    inner = [child for child in children(item, "appos", "compound") if child.ent_type_ and child.i > item.i]
    found += [name for name in map(unit_head, inner) if name not in found]
    for child in children(item, "conj"):
        if child.pos_ in NOMINAL or child.tag_ == "VBG" or not is_predicate(child):
            found += [word for word in _listed(unit_head(child)) if word not in found]
    return found
