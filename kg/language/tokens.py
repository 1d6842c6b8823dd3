"""Words of an article: spaCy's English rules, with what news needs besides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.language.kinds import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

ABBREVIATIONS = listed(
    "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. Mon. Tue. Tues. Wed. Thu. Thurs. Fri. "
    "Inc. Corp. Co. Ltd. Bros. Cos. Sen. Rep. Gov. Gen. Lt. Col. Capt. Sgt. Rev. Hon. Pres. Dept. Univ. Assn. "
    "St. Ave. Blvd. Rd. vs. etc. al. est. No. Nos. approx. U.S. U.K. U.N. E.U. D.C. U.S.A. Ph.D. a.m. p.m. "
    "Calif. Conn. Fla. Ill. Mass. Mich. Minn. Mo. Neb. Nev. Okla. Ore. Pa. Tenn. Tex. Va. Wash. Wis."
)
AMOUNTS = (r"(?<=[0-9])(?:bn|mn|tn|million|billion|trillion|[mbkMBK])", r"(?<=[0-9][mbkMBK])\.")
"""Ends that come off a number: "$3.9bn", "£20m", and the full stop of "$5.2B."."""
UNITS = frozenset({"m.", "b.", "k."})
"""Words of spaCy's rules that end a sentence here: "It cost $40m."."""
CLOCK = (r"(?<=[0-9])(?:am|pm|AM|PM)",)
CHEVRONS = (r"‹", r"›")
"""Quotation marks that spaCy's rules leave on their words."""
RUNS = (r"[!?]{2,}", r"\*{2,}", r"={2,}", r"_{2,}", r"<{2,}", r">{2,}")
"""Runs of a mark are one word, as in the treebanks."""
WHOLE = (
    r"\d{4}-\d\d-\d\d",
    r"\d-\d{3}-\d{3}-\d{4}|\d{3}-\d{3}-\d{4}|\d{3}-\d{4}",
    r"(?i:non|e|re|anti|co|pre|pro|mid|cross|post|over|multi|ex|sub|counter|semi|mini)[-–][A-Za-z]{2,}",
    r"#[A-Za-z]\w*",
    r"\[[A-Za-z]\][a-z]+",
)
"""Words that are never cut: dates, telephone numbers, words with a prefix (as both treebanks have them), hashtags, and
words whose first letter an editor changed ("[e]xtremely")."""
PARTS = {"wanna": ("wan", "na"), "Wanna": ("Wan", "na"), "and/or": ("and", "/", "or")}
"""Words that the treebanks cut where spaCy's rules do not."""
AFTER_ABBREVIATION = r"(?<=[A-Za-z]\.)-(?=[A-Za-z])"
""""U.S.-based" is three words, as "London-based" is."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\r\r|\u2029|\f")

BULLETS = frozenset("-–—•·*▪►‣◦")
DASHES = frozenset({"-", "–", "—", "--", "―"})
_DATELINE = 14
"""Words that a dateline has at most, its dash with them."""
OPENING, CLOSING, STRAIGHT = frozenset("“‘«„([{"), frozenset("”»)]}"), frozenset("\"'’")
WRAPPED = 160
"""Characters of a line above which a text is not wrapped: each of its lines is a paragraph."""


def add_rules(nlp: Language) -> None:
    """Teach a blank English pipeline's tokenizer the abbreviations, amounts and dates of news."""
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    tokenizer: Any = nlp.tokenizer
    tokenizer.rules = {form: parts for form, parts in tokenizer.rules.items() if form not in UNITS}
    for form in ABBREVIATIONS:
        tokenizer.add_special_case(form, [{"ORTH": form}])
    for form, parts in PARTS.items():
        tokenizer.add_special_case(form, [{"ORTH": part} for part in parts])
    rules = nlp.Defaults
    tokenizer.suffix_search = compile_suffix_regex([*(rules.suffixes or ()), *AMOUNTS, *CLOCK, *RUNS, *CHEVRONS]).search
    tokenizer.prefix_search = compile_prefix_regex([*RUNS, *CHEVRONS, *(rules.prefixes or ())]).search
    tokenizer.infix_finditer = compile_infix_regex([*(rules.infixes or ()), AFTER_ABBREVIATION]).finditer
    tokenizer.token_match = re.compile(f"(?:{'|'.join(WHOLE)})$").match


def breaks(texts: Sequence[str], gaps: Sequence[str]) -> list[bool]:
    """Which words must begin a sentence, from the white space before each.

    A blank line always ends a sentence. A single line break does after an ended sentence, before an item of a list,
    and in a text that has one line for each paragraph, but not in a text whose lines are wrapped. The dateline that a
    paragraph begins with ("RIGA, March 3 (Reuters) - ") is one for itself: no part of what is told.
    """
    lines = _line_lengths(texts, gaps)
    found = []
    for word, gap in enumerate(gaps):
        blank = bool(_BLANK_LINE.search(gap.replace("\r\n", "\n")))
        line = "\n" in gap and (_line_ends(texts, word, lines) or _bullet(texts, gaps, word))
        found.append(word == 0 or blank or line)
    for word in [word for word, begins in enumerate(found) if begins]:
        if (end := _dateline_end(texts, gaps, word)) is not None:
            found[end] = True
    return found


def _dateline_end(texts: Sequence[str], gaps: Sequence[str], start: int) -> int | None:
    """The word behind a dateline: a place in capitals, or any with an agency in brackets, and a dash with blanks.

    >>> words = ["NEW", "YORK", ",", "May", "3", "—", "Two", "men"]
    >>> _dateline_end(words, ["", " ", "", " ", " ", " ", " ", " "], 0)
    6
    """
    limit = min(start + _DATELINE, len(texts) - 1)
    dash = next((i for i in range(start + 1, limit) if texts[i] in DASHES and gaps[i] and gaps[i + 1]), None)
    if dash is None or any("\n" in gap for gap in gaps[start + 1 : dash + 1]):
        return None
    words = list(texts[start:dash])
    place = next((i for i, word in enumerate(words) if word in (",", "(")), len(words))
    capitals = all(word.isupper() and (len(word) > 2 or word.endswith(".")) for word in words[:place])
    agency = "(" in words and words[-1] == ")" and all(word[:1].isupper() for word in words[:place])
    rest = all(word[:1].isupper() or not word[:1].isalpha() for word in words[place:])
    return dash + 1 if place and rest and (capitals or agency) else None


def is_dateline(words: Sequence[str]) -> bool:
    """Whether the words of a sentence are a dateline, which begins with a place.

    >>> is_dateline(["RIGA", "-"]), is_dateline(["Wait", "-"])
    (True, False)
    """
    gaps = [" "] * (len(words) + 1)
    return len(words) > 1 and words[-1] in DASHES and _dateline_end([*words, ""], gaps, 0) == len(words)


def marks_sides(texts: Sequence[str], gaps: Sequence[str]) -> list[int]:
    """For each word 1 if it is a mark that opens what follows, -1 if it closes what stands before, else 0.

    Straight quotation marks, a run of them together, open where white space stands before and none after them.

    >>> marks_sides(['"', "Yes", ",", "'", '"', "he", "said", '"'], ["", "", "", "", "", " ", "", " "])
    [1, 0, 0, -1, -1, 0, 0, 0]
    """
    found = [(text in OPENING) - (text in CLOSING) for text in texts]
    start = 0
    for end in range(1, len(texts) + 1):
        if end == len(texts) or gaps[end] or (texts[end] in STRAIGHT) != (texts[start] in STRAIGHT):
            before, after = start == 0 or bool(gaps[start]), end == len(texts) or bool(gaps[end])
            if texts[start] in STRAIGHT and before != after:
                found[start:end] = [1 if before else -1] * (end - start)
            start = end
    return found


def _bullet(texts: Sequence[str], gaps: Sequence[str], word: int) -> bool:
    """Whether a line begins with a list's mark: "- Two ferries", "• Two ferries", "3. Two ferries"."""
    after = gaps[word + 1 : word + 2]
    if texts[word] in BULLETS:
        return bool(after and after[0])
    number = texts[word].rstrip(".)").isdigit() and (texts[word + 1 : word + 2] in ([")"], ["."]) or "." in texts[word])
    return number and len(texts[word]) < 4


def _line_lengths(texts: Sequence[str], gaps: Sequence[str]) -> list[int]:
    """For each word the length of its line up to it, in characters."""
    lengths = []
    length = 0
    for text, gap in zip(texts, gaps, strict=True):
        length = len(text) if "\n" in gap else length + len(text) + 1
        lengths.append(length)
    return lengths


def _line_ends(texts: Sequence[str], word: int, lines: Sequence[int]) -> bool:
    """Whether a single line break before a word ends a sentence."""
    if lines[word - 1] > WRAPPED:
        return True
    before = "".join(texts[max(0, word - 2) : word]).rstrip("\"'”’)]")
    return before[-1:] in (".", "!", "?") and not texts[word][:1].islower()
