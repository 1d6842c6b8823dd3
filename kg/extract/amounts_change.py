"""What a figure is beside a word of change, and what it is reckoned by: "fell 5% to $3.2bn from $3.4bn", "$15 an hour".

By words and tree together: the words right before a figure ("by", "to", "from", "up") say which part it plays, and a
word of change that governs it, so that "moved to 45 offices" and "mail from 20 men" tell of no change.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.numbers import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.records import Amount, AmountRole

# What changes by itself: "fell 5%", "fell $3"; the figure beside it is always that of the change.
MOVES = words(
    "rise fall drop climb jump soar surge plunge slump slide sink tumble decline decrease grow shrink dip slip plummet "
    "increase gain lose advance retreat rally rebound skyrocket swell dwindle"
)
# What is changed by somebody, or becomes so many times as much; what stands beside it may be a thing ("cut 200 jobs").
CHANGES = MOVES | words(
    "cut raise lower reduce boost expand lift trim slash add double triple quadruple halve narrow widen up down revise "
    "hike upgrade downgrade strengthen weaken improve worsen contract escalate edge inch creep reduction growth loss"
)
NOUNS = words(
    "rise fall drop climb jump surge plunge slump slide decline decrease growth dip increase gain loss advance cut "
    "reduction hike raise rally rebound change swing boost expansion contraction"
)
SHARES = frozenset({"percent", "percentage points", "basis points", "points", "point", "cents", "pence", "times"})
STEPS = 4  # from a figure up the tree to the word of change: "to $3.2bn" may hang on "5%", that on "fell"
_PERIODS = "hour|day|week|month|year|annum|night|minute|second|quarter|season|fortnight"
_THINGS = "barrel|share|ounce|tonne|ton|litre|liter|gallon|person|head|piece|kilogram|unit|capita|bushel|pound|mile|km"
_PER = re.compile(
    rf"\s?/(?P<slash>{_PERIODS}|{_THINGS})\b|\s(?:an?|each|every)\s(?P<each>{_PERIODS}|{_THINGS})\b(?!-|\s(?:ago|earlier|"
    rf"later|before|after|old|and\s))|\sper\s(?!cent|se\b|diem)(?P<per>[a-z]+)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(\w+)\W*$")
_COMPARED = re.compile(r"\b(?:compared\s(?:with|to)|against|versus|(?:up|down)\sfrom)\s$", re.IGNORECASE)
_EARLIER = re.compile(
    r"(?:\s[\w-]+){0,2}?(?:,?\s(?:a|one|the|last|in)\b(?:\s[\w-]+){0,3})?\s(?:earlier|ago|before|previously|last)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s(?:higher|lower|more|less|up|down)\b", re.IGNORECASE)
_SIDES: dict[str, AmountRole] = {"by": "change", "to": "level", "at": "level", "from": "former"}


def per(text: str, end: int) -> str | None:
    """What a figure that ends at ``end`` is reckoned by, in the singular: "hour" in "$15 an hour"."""
    found = _PER.match(text, end)
    return (found["slash"] or found["each"] or found["per"]).lower() if found else None


def role(doc: Doc, text: str, place: tuple[int, int], tokens: tuple[int, int], unit: str | None) -> AmountRole | None:
    """Whether a figure at ``place`` tells a change, the level after it or the former one; None: none of them.

    ``tokens`` are the first and last token of the number itself.
    """
    start, end = place
    lead = text[max(0, start - 40) : start]
    if _COMPARED.search(lead) and (lead.lower().endswith("from ") or _EARLIER.match(text, end)):
        return "former"
    found = _BEFORE.search(lead)
    before = found[1].lower() if found and not re.search(r"[.;:\n]\s*$", lead) else ""
    if (before in ("up", "down") and not _particle(doc, start)) or (unit in SHARES and _MORE.match(text, end)):
        return "change"
    above = _governor(doc[tokens[1]])
    if above is None:
        return None
    if side := _SIDES.get(before):
        return side
    return "change" if _beside(doc, above, before, tokens, unit) else None


def _beside(doc: Doc, above: Token, before: str, tokens: tuple[int, int], unit: str | None) -> bool:
    """«fell 5%», "a 5% rise", "a drop of 200 jobs": no preposition says what part the figure plays."""
    lemma, first, last = above.lemma_.lower(), *tokens
    if above.pos_ == "NOUN":
        right_after = 0 < above.i - last <= 3 and unit is not None
        return lemma in NOUNS and (right_after or (before == "of" and 0 < first - above.i <= 4))
    between = doc[above.i + 1 : first]
    near = 0 <= first - above.i <= 6 and not any(t.pos_ in ("ADP", "SCONJ", "VERB", "PUNCT") for t in between)
    return near and (unit in SHARES or (lemma in MOVES - {"gain", "lose", "increase", "decrease"} and _money(unit)))


def _particle(doc: Doc, start: int) -> bool:
    """Whether the word before a figure belongs to a verb that tells of no change: «women make up 16%»."""
    before = doc.char_span(start, start + 1, alignment_mode="expand")
    word = doc[before.start - 1] if before is not None and before.start else None
    return word is not None and word.dep_ == "compound:prt" and not is_change(word.head)


def _money(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isupper()


def _governor(token: Token) -> Token | None:
    """The nearest word of change above a figure."""
    for _ in range(STEPS):
        if token.head.i == token.i:
            break
        token = token.head
        if is_change(token):
            return token
        if token.pos_ == "VERB":  # "moved to 45 offices" beside "cut 200 jobs"
            break
    return None


def follows(text: str, last: Amount | None, amount: Amount) -> AmountRole | None:
    """What the figure right before says of this one: "up 4% from $2bn", "fell 120 points, or 1.2 percent"."""
    if last is None or last.role is None:
        return None
    between = text[last.end : amount.start]
    if found := re.fullmatch(r"(?:\s[\w-]+){0,3}\s(to|from)\s", between):
        return _SIDES[found[1]]
    again = last.role == "change" and amount.unit in SHARES and re.fullmatch(r",?\sor\s|\s\(", between)
    return "change" if again else None


def is_change(token: Token) -> bool:
    """Whether a word tells that something rises or falls."""
    lemma = token.lemma_.lower()
    return lemma in NOUNS if token.pos_ == "NOUN" else lemma in CHANGES and token.pos_ != "PROPN"


def moves_between(text: str, start: int, token: Token) -> bool:
    """Whether a range is no range but a change: «rose from $4m to $5m», where "costs from $4m to $5m" is one."""
    return text[max(0, start - 5) : start].lower() == "from " and _governor(token) is not None
