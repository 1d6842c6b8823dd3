"""Amounts of a parsed text -> ``Amount``: money, shares, measures and counts with the noun they count.

The words of a figure are read by ``amounts_grammar``; the parse (UD) says which noun a numeral counts. Conventions:
a figure that is only bounded has no ``value`` ("up to 400": max 400; "more than 1,000": min 1000; "10-15": both);
vague numerals are bounds too ("a few hundred": 200 to 900, "several hundred": 300 to 900, "dozens": from 24);
"a handful" 3 to 9, "a couple" 2, "scores" from 40, "tens of thousands" from 20,000, and their values are approximate;
"half of" is 50 percent, "one in five" 20; ages have the unit ``years old``; "$" alone is the US dollar. Numbers inside
names, dates and times, labels ("Chapter 11", "Flight 370"), list numerals, scores and the pronoun "one" are no amounts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.amounts_change import follows, moves_between, per, role
from kg.extract.amounts_grammar import Figure, figures
from kg.extract.dates import times as times_of
from kg.extract.numbers import words
from kg.extract.tree_index import index as index_of
from kg.records import Amount, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Labels of other pipelines that mark figures themselves; a numeral inside any other entity belongs to a name.
FIGURE_LABELS = frozenset({"CARDINAL", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
NOMINAL = frozenset({"NOUN", "PROPN"})
COUNTED = NOMINAL | {"SYM"}
INSIDE = NOMINAL | {"ADJ", "ADV", "NUM"}  # what may stand between a numeral and its noun
LABELS = words(
    "no no. number flight room chapter article section page phase level type class route highway category version "
    "channel area title rule table figure unit stage part volume episode season gate platform line act proposition "
    "amendment apartment magnitude interstate bill resolution model round game tier step group block sector lot"
)
RESULTS = frozenset(
    {"win", "victory", "defeat", "loss", "draw", "lead", "score", "tie", "scoreline", "thrashing", "vote"}
)
POINTERS = frozenset({"the", "this", "these", "#", "-", "/", "."})
CALLS = words("call called calling phone phoned phoning dial dialed dialled dialing")  # "phoned 911"
BREAKS = frozenset(",;:()—–")  # a noun beyond one of these is another one's
REACH = 7  # how many tokens a noun may stand after its numeral


def amounts(doc: Doc, *, times: Sequence[Time] | None = None) -> tuple[Amount, ...]:
    """The amounts of a Doc, in order; offsets in code points of ``doc.text``.

    ``times`` are its time expressions, whose numbers are no amounts; they are looked for where they are not given.
    Needs tags and a UD parse for the nouns; without them the noun is taken from the words that follow.
    """
    text = index_of(doc).text
    taken = sorted((time.start, time.end) for time in (times_of(text, None) if times is None else times))
    return tuple(_read(doc, text, taken, index_of(doc).starts))


def _read(doc: Doc, text: str, taken: list[tuple[int, int]], starts: list[int]) -> Iterator[Amount]:
    ends = [end for _, end in taken]
    done, before = 0, None
    for figure in figures(text):
        after = bisect_right(ends, figure.core)
        if after < len(taken) and taken[after][0] < figure.end:
            continue  # part of a time
        for part in _parts(doc, text, figure, starts):
            first, last = _tokens(part, starts)
            if first < 0 or named(doc, first, last) or _goes_on(text, part.end):
                continue
            amount = _amount(doc, text, part, first, last)
            if amount and amount.start >= done:
                amount = before = _with_role(doc, text, amount, before, (first, last))
                done = amount.end
                yield amount


def _goes_on(text: str, end: int) -> bool:
    """Whether a stroke behind a figure makes it part of something else; "$15m/year" is a rate."""
    return text[end : end + 1] in ("/", "\\") and per(text, end) is None


def _tokens(figure: Figure, starts: list[int]) -> tuple[int, int]:
    """The first and the last token of a number and its unit."""
    return bisect_right(starts, figure.core) - 1, bisect_right(starts, figure.end - 1) - 1


def _parts(doc: Doc, text: str, figure: Figure, starts: list[int]) -> tuple[Figure, ...]:
    """The figure, or both ends of what looks like a range and tells a change: «rose from $4m to $5m»."""
    first, last = _tokens(figure, starts)
    if figure.ends and first >= 0 and any(moves_between(text, figure.start, doc[i]) for i in (first, last)):
        return figure.ends
    return (figure,)


def _with_role(doc: Doc, text: str, amount: Amount, before: Amount | None, tokens: tuple[int, int]) -> Amount:
    part = role(doc, text, (amount.start, amount.end), tokens, amount.unit) or follows(text, before, amount)
    return replace(amount, role=part, per=per(text, amount.end))


def named(doc: Doc, first: int, last: int) -> bool:
    """Whether a numeral belongs to a name or an address on the web."""
    tokens = doc[first : last + 1]
    if any((token.ent_type_ and token.ent_type_ not in FIGURE_LABELS) or token.like_url for token in tokens):
        return True
    if doc[first].text == "One":  # "One Medical", missed by the name tagger
        return (first > 0 and not doc[first].is_sent_start) or (
            last + 1 < len(doc) and doc[last + 1].text[:1].isupper()
        )
    if first > 0 and doc[first - 1].text.islower() and doc[first].text.istitle() and not doc[first].is_sent_start:
        return last + 1 < len(doc) and doc[last + 1].text.istitle()  # "a Six Flags theme park"
    return tokens[0].text[:1].isdigit() and first > 0 and doc[first - 1].lower_ in LABELS


def _amount(doc: Doc, text: str, figure: Figure, first: int, last: int) -> Amount | None:
    if figure.kind in ("money", "percent", "measure", "age", "times", "share"):
        return _made(figure, figure.end, figure.unit, None)
    if text.startswith(("-strong", " strong"), figure.end):
        return _made(figure, figure.end + 7, "people", None)
    if _metres(text, figure):
        return None
    if _age(doc, text, figure, first):
        return _made(figure, figure.end, "years old", None)
    if _hyphenated(doc, text, figure, last):
        return None
    before = doc[first - 1].lower_ if first else ""
    noun, partitive = noun_of(doc, first, last)
    if before == "per" or (partitive and before in ("week", "day", "month", "year")):
        return None
    per = last + 1 < len(doc) and doc[last + 1].lower_ == "per"
    if noun is not None and _model(doc, first, figure, noun):
        return None
    if noun is None or per:
        return _bare(doc, text, figure, first, last)
    if (figure.range and noun.lower_ in RESULTS) or figure.core == noun.idx or _one_of(figure, text, partitive):
        return None
    end = noun.idx + len(noun) if not partitive or figure.kind in ("plural", "vague") else figure.end
    return _made(figure, end, unit_of(noun, last), Span(noun.idx, noun.idx + len(noun)))


def _made(figure: Figure, end: int, unit: str | None, noun: Span | None) -> Amount:
    bounds = (figure.value, figure.min, figure.max)
    return Amount(figure.start, max(end, figure.end), *bounds, unit, figure.approximate, noun)


def _model(doc: Doc, first: int, figure: Figure, noun: Token) -> bool:
    """«a Boeing 707 cargo plane»: a number after a name and before one thing belongs to the name."""
    if noun.pos_ == "PROPN" and noun.text[:1].isupper() and not noun.text.endswith("s") and figure.value != 1:
        return not figure.modified  # "619 Waddell Avenue"
    singular = not noun.text.endswith("s") and "Plur" not in noun.morph.get("Number", [])
    before = first > 0 and doc[first - 1].pos_ == "PROPN"
    return before and singular and not figure.modified and doc[first].text.isdigit() and noun.lower_ != "people"


def _hyphenated(doc: Doc, text: str, figure: Figure, last: int) -> bool:
    """«two-legged», "three-way": an adjective; "five-storey" and "12-member" count."""
    if not re.match(r"[-‐–][A-Za-z]", text[figure.end : figure.end + 2]):
        return False
    following = [token for token in doc[last + 1 : last + 3] if token.text[:1].isalpha()]
    return not following or following[0].pos_ not in NOMINAL or following[0].lower_.endswith(("al", "ed", "ic"))


def _metres(text: str, figure: Figure) -> bool:
    """«a 50m wall»: neither millions nor told of things counted; "5m people" are millions."""
    words = text[figure.core : figure.end]
    return bool(re.search(r"\d\s?[mMbB]$", words)) and not re.match(
        r"\s[a-z]+(?:\s[a-z]+)?(?:s|people|men|women|children)\b", text[figure.end :]
    )


def _one_of(figure: Figure, text: str, partitive: bool) -> bool:
    return partitive and text[figure.core : figure.end].lower() == "one"


def _age(doc: Doc, text: str, figure: Figure, first: int) -> bool:
    """The age in "Ann Lee, 45, said"."""
    digits = text[figure.core : figure.end]
    if figure.modified or not re.fullmatch(r"\d{1,3}", digits) or not 0 < int(digits) < 120 or first < 2:
        return False
    follows = text[figure.end : figure.end + 1]
    name = doc[first - 2]
    person = name.ent_type_ in ("Person", "PERSON") or (not name.ent_type_ and name.pos_ == "PROPN")
    return doc[first - 1].text == "," and follows in (",", ".", ";", ")") and person


def noun_of(doc: Doc, first: int, last: int) -> tuple[Token | None, bool]:
    """The noun that the numeral in the tokens ``first`` to ``last`` counts, and whether it stands after "of"."""
    for index in range(last, first - 1, -1):
        token = doc[index]
        head = token.head
        counts = token.dep_.startswith("nummod") and last < head.i <= last + REACH and head.pos_ in COUNTED
        between = doc[last + 1 : head.i] if counts else ()
        if counts and not any(t.text in BREAKS or (t.pos_ == "VERB" and t.dep_ != "amod") for t in between):
            return head, False
    follows = last + 1
    if follows < len(doc) and doc[follows].lower_ == "of":
        return _run(doc, follows + 1, determined=True), True
    return _run(doc, follows, determined=False), False


def _run(doc: Doc, begin: int, *, determined: bool) -> Token | None:
    """The last noun of the nominal words that stand together from ``begin``; no name but at the beginning."""
    found: Token | None = None
    for index in range(begin, min(len(doc), begin + REACH)):
        token = doc[index]
        if (
            determined
            and index == begin
            and token.pos_ in ("DET", "PRON")
            and token.lower_ not in ("them", "us", "which", "it", "whom")
        ):
            continue
        if token.pos_ in NOMINAL and not (token.ent_type_ and index > begin):
            found = token
        elif found is not None and token.lower_ in ("'s", "’s", "'", "’"):
            found = None  # "six of the country's eight capitals"
        elif (token.pos_ not in INSIDE and token.dep_ != "amod") or found is not None:
            break
    return found


def unit_of(noun: Token, last: int) -> str:
    """The noun as written in lower case, with the nouns compounded to it ("job cuts")."""
    words = [noun]
    for index in range(noun.i - 1, last, -1):
        token = noun.doc[index]
        if (
            token.dep_.startswith("compound")
            and token.head.i == noun.i
            and token.text.islower()
            and not token.ent_type_
        ):
            words.insert(0, token)
        else:
            break
    return noun.doc[words[0].i : noun.i + 1].text.lower()


def _bare(doc: Doc, text: str, figure: Figure, first: int, last: int) -> Amount | None:
    """A figure without a noun ("the toll rose to 22"), unless it is a label, a list numeral or a pronoun."""
    word = text[figure.core : figure.end].lower()
    if (figure.kind in ("vague", "plural") and not figure.modified) or word in ("one", "half", "a", "an"):
        return None
    if not figure.modified and (_label(doc, first, last) or _listed(doc, text, figure, first)):
        return None
    return _made(figure, figure.end, None, None)


def _label(doc: Doc, first: int, last: int) -> bool:
    """Whether the numeral names rather than counts: "Chapter 11", "the two", "Boeing 737"."""
    token = doc[first]
    before = doc[first - 1] if first else None
    if token.dep_.startswith("nummod") and token.head.i < first and token.head.pos_ in NOMINAL:
        return True
    if token.dep_.startswith(("compound", "flat", "discourse", "list")) or token.pos_ in (
        "DET",
        "PRON",
        "PUNCT",
        "ADV",
    ):
        return True
    if last + 1 < len(doc) and doc[last + 1].text in ("-", "–", "/", "x", ":") and not doc[last].whitespace_:
        return True
    return before is not None and (
        before.pos_ == "PROPN" or before.lower_ in LABELS | POINTERS | CALLS
    )


def _listed(doc: Doc, text: str, figure: Figure, first: int) -> bool:
    """Whether it is the numeral of a list or note: "1. …", "(2)", "[3]"."""
    begins = first == 0 or "\n" in text[doc[first - 1].idx : figure.start] or doc[first].is_sent_start is True
    closes = text[figure.end : figure.end + 1]
    opens = text[max(0, figure.start - 1) : figure.start]
    return (begins and closes in (".", ")", ":", "")) or (opens in ("(", "[") and closes in (")", "]"))
