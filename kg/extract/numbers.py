"""Numbers as English writes them: "3.9", "10,000", "twenty-five", "two and a half", "half a million".

Our own small grammar: text2num 3.1 reads the same words but rewrites the text and so loses the offsets that every
claim needs; word2number has had no release since 2017. All repetitions are bounded, so no text is slow to read.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a text as a set; for vocabularies written as one string."""
    return frozenset(text.split())


def numbered(text: str, *, start: int = 1, step: int = 1) -> dict[str, int]:
    """The words of a text with their numbers; words that share a number are joined by "/".

    >>> numbered("mon/monday tue")
    {'mon': 1, 'monday': 1, 'tue': 2}
    """
    return {word: start + step * place for place, row in enumerate(text.split()) for word in row.split("/")}


ONES = numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    start=0,
)
TENS = numbered("twenty thirty forty fifty sixty seventy eighty ninety", start=20, step=10)
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "crore": 10_000_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
SHORT_SCALES = {
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "bln": 1_000_000_000,
    "tn": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
}
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
ORDINALS = numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)

_UNIT = "|".join([*ONES, *TENS])
_SCALE = "|".join(SCALES)
# Digits: "1,234,567.8", "1234", "3.9", ".5", "2½"; not a piece of a longer number, a date, a score or a version.
DIGITS = (
    r"(?<![\d.,:/])(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?|\.\d{1,9})[½¼¾⅓⅔]?"
    r"(?![\d:/]|[.,]\d)|[½¼¾⅓⅔]"
)
# Words: "twenty-five", "two hundred and fifty thousand", "a hundred", "half a million".
WORDS = (
    rf"\b(?:half[\s-]an?[\s-](?:{_SCALE})|an?[\s-](?:{_SCALE})|"
    rf"(?:{_UNIT})(?:[\s-](?:(?:{_SCALE})\b(?:[\s-]and[\s-](?:{_UNIT})\b)?|(?:{_UNIT})\b)){{0,5}})\b"
)


def number(text: str) -> float | None:
    """The value of a number in digits or words; None where the words make no number ("two three").

    >>> number("1,234.5"), number("twenty-five"), number("two hundred and fifty thousand"), number("half a million")
    (1234.5, 25.0, 250000.0, 500000.0)
    """
    plain = text.strip().lower()
    if not plain:
        return None
    if plain[0].isdigit() or plain[0] in "." or plain[0] in FRACTIONS:
        return _digits(plain)
    return _words(re.split(r"[\s-]+", plain))


def _digits(plain: str) -> float | None:
    fraction = FRACTIONS.get(plain[-1], 0.0)
    digits = plain.rstrip("".join(FRACTIONS)).replace(",", "")
    try:
        return (float(digits) if digits else 0.0) + fraction
    except ValueError:
        return None


def _words(parts: list[str]) -> float | None:
    half = parts[0] == "half"
    total = group = last = 0  # last: the smallest place filled so far in the group, so that "two three" fails
    for position, word in enumerate(parts[1:] if half else parts):
        if word in ("a", "an") and position == 0:
            group = last = 1
        elif word in ONES or word in TENS:
            value = ONES.get(word, TENS.get(word, 0))
            if not (last == 0 or last >= 100 or (last >= 20 and 0 < value < 10)):
                return None
            group, last = group + value, value
        elif word in ("hundred", "dozen") and 0 < group < 100:
            group, last = group * SCALES[word], 100
        elif word in SCALES and SCALES[word] > 100 and group:
            total, group, last = total + group * SCALES[word], 0, 0
        elif word != "and" or position == 0:
            return None
    if parts[-1] == "and" or parts == ["half"]:
        return None
    return (total + group) * (0.5 if half else 1.0)
