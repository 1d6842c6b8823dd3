"""Standing relations -> the same with the time for which they are said to hold: since when, until when.

    since      Ann Lee has been chief executive of Acme since May 2009.       begins May 2009, and holds still
    from, to   Ann Lee was chairman of Acme from 2012 to 2014. / between 1998 and 2003
    until      Ann Lee led Acme until May. / until her retirement in 2010
    beginning  Ann Lee joined Acme in 2010. / became, was named, was elected

A length of time («for 20 years») says neither, and what was so «in 2010» neither began nor ended then.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.frame_fill import STEPS, Scene
from kg.extract.tree import case_words, children, dep, slot_of, unit_head
from kg.extract.tree_index import index as index_of
from kg.ontology import Ontology
from kg.records import Article, Proposition, Span

SINCE = frozenset({"since", "from", "as of", "starting", "beginning"})
UNTIL = frozenset({"until", "till", "to", "through"})
BETWEEN = "between"
LIMITING = frozenset({"since", "until", "till"})
BEGINNINGS = frozenset({"become", "join", "marry", "wed", "name", "appoint", "elect", "reelect", "re-elect", "hire"})
"""Verbs whose own date is the beginning of what they bring about («joined Acme in 2010»)."""
FOR_GOOD = frozenset({
    "schema:birthDate", "schema:birthPlace", "schema:deathDate", "schema:deathPlace", "schema:foundingDate",
    "schema:parent", "schema:children", "schema:sibling", "kg:founded", "kg:age",
})  # fmt: skip
"""Relations that do not begin and end, or that have a date as their object."""
OTHERS = frozenset({"schema:jobTitle", "kg:playsFor", "kg:politicalParty", "kg:partneredWith"})
"""Relations that no frame reads and that begin and end."""
CLIMBED = ("nmod", "nmod:poss", "conj", "compound", "amod", "flat", "xcomp")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?\Z")


class Term(NamedTuple):
    """Since when and until when, each the index of a time or None."""

    begins: int | None = None
    ends: int | None = None


def lasting(ontology: Ontology) -> frozenset[str]:
    """The relations that hold for a time."""
    return frozenset({frame.event for frame in ontology.relation_frames} | OTHERS) - FOR_GOOD


def termed(scene: Scene, propositions: Sequence[Proposition]) -> list[Proposition]:
    """The propositions, those of lasting relations with the time for which the text says that they hold."""
    known, found = lasting(scene.ontology), list(_limits(scene))
    if not found:
        return list(propositions)
    lasts = (one.property in known and one.polarity == "+" for one in propositions)
    return [_termed(scene, one, found) if so else one for one, so in zip(propositions, lasts, strict=True)]


def _termed(scene: Scene, one: Proposition, limits: Sequence[_Limit]) -> Proposition:
    anchors = _anchors(scene, one)
    term = _term(limit for limit in limits if limit.governor in anchors)
    if term == Term():
        return one
    times = [scene.times[i] for i in term if i is not None]
    spans = tuple(sorted({*one.spans, *(Span(time.start, time.end) for time in times)}))
    tense = one.tense
    if term.ends is None and any(_perfect(scene.doc[i]) for i in anchors):
        tense = "present"
    elif term.ends is not None and _is_over(scene, term.ends):
        tense = "past"
    return replace(one, begins=term.begins, ends=term.ends, spans=spans, tense=tense)


def _is_over(scene: Scene, ends: int) -> bool:
    """Whether an end lies before the article's date: «mayor from 2001 to 2005» is so no more."""
    article: Article | None = scene.doc.user_data.get("article")
    value = scene.times[ends].value
    return article is not None and article.date is not None and value < article.date.isoformat()[: len(value)]


class _Limit(NamedTuple):
    """A date that says since when (``begins``) or until when: ``governor`` is the word that it hangs on."""

    time: int
    governor: int
    begins: bool


def _term(limits: Iterable[_Limit]) -> Term:
    """The first beginning and the first end that are told."""
    listed = list(limits)
    begins, ends = (next((one.time for one in listed if one.begins is first), None) for first in (True, False))
    return Term(begins, ends)


def _limits(scene: Scene) -> Iterator[_Limit]:
    """All dates that say since or until when something holds."""
    roots = {unit_head(root).i: index for index, root in enumerate(scene.time_roots)}
    for root, index in roots.items():
        time = scene.times[index]
        if time.type == "DATE" and _DATE.match(time.value):
            limit = _limit(scene, scene.doc[root], index, roots)
            if limit is not None:
                yield limit


def _limit(scene: Scene, root: Token, index: int, roots: Mapping[int, int]) -> _Limit | None:
    case, above = slot_of(root), unit_head(root.head)
    if above.i in roots and above != root:  # «from 2012 to 2014»: the second hangs on the first
        first = slot_of(above)
        ends = (first in SINCE and case in UNTIL) or (first == BETWEEN and dep(root, "conj"))
        return _Limit(index, unit_head(above.head).i, False) if ends else None
    if case in SINCE or case == BETWEEN:
        return _Limit(index, above.i, True)
    if case in UNTIL:
        others = (word for word in children(above, "obl", "nmod") if word.i in roots)
        paired = case != "to" or any(slot_of(word) in SINCE for word in others)
        return _Limit(index, above.i, False) if paired else None
    if case not in ("in", "on", ""):
        return None
    if above.lemma_.lower() in BEGINNINGS:
        return _Limit(index, above.i, True)
    noun = _deed(root)
    return None if noun is None else _Limit(index, unit_head(noun.head).i, slot_of(noun) == "since")


def _deed(root: Token) -> Token | None:
    """«until her RETIREMENT in 2010»: the noun right before the date, wherever the tree hangs the date."""
    before = [word for word in case_words(root)[:1] if word.i > 0]
    noun = before[0].nbor(-1) if before else root
    return noun if noun.pos_ == "NOUN" and slot_of(noun) in LIMITING else None


def _anchors(scene: Scene, one: Proposition) -> set[int]:
    """The words on which a date may hang that is the relation's: its own, its object, and those that they hang on.

    The way up ends at the clause's predicate, at what stands in apposition, and at a subject or an object.
    """
    found: set[int] = set()
    for span in (*one.relation.spans, *one.object.spans):
        for word in _words(scene, span):
            for _ in range(STEPS):
                found.add(word.i)
                up = unit_head(word.head)
                if up == word or not (dep(word, *CLIMBED) or slot_of(word) == "as") or up.i in found:
                    break
                word = up
    return found


def _words(scene: Scene, span: Span) -> list[Token]:
    known = index_of(scene.doc)
    first, last = bisect_left(known.starts, span.start), bisect_left(known.starts, span.end)
    return [unit_head(word) for word in known.tokens[first:last]]


def _perfect(word: Token) -> bool:
    """«has been», «has led»: with a beginning it still holds."""
    return any(child.lower_ in ("has", "have", "'s", "’s", "'ve", "’ve") for child in children(word, "aux"))


__all__ = ["Term", "lasting", "termed"]
