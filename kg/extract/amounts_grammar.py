"""Figures in text, by their words alone: numbers, ranges, bounds and vague numerals, with currencies and measures.

``figures`` reads what the characters say; which noun a figure counts, and whether it is none at all (a name, a date),
is for ``amounts`` to say, which has the parse. Bounded patterns only: no text is slow to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.extract.numbers import DIGITS, ONES, SCALES, SHORT_SCALES, TENS, WORDS, number, words

SYMBOLS = {
    "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "CDN$": "CAD", "HK$": "HKD",
    "NZ$": "NZD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "Z$": "ZWL", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR",
    "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₴": "UAH", "₦": "NGN", "₱": "PHP", "฿": "THB", "Rs": "INR",
    "Rs.": "INR",
}  # fmt: skip
CODES = frozenset(
    {
        "USD", "EUR", "GBP", "JPY", "CNY", "RMB", "CHF", "CAD", "AUD", "NZD", "HKD", "SGD", "INR", "KRW", "SEK", "NOK",
        "DKK", "PLN", "CZK", "HUF", "RUB", "TRY", "BRL", "MXN", "ZAR", "AED", "SAR", "ILS", "THB", "IDR", "MYR", "PHP",
        "TWD", "VND", "EGP", "NGN", "KES", "PKR", "BDT", "UAH", "ARS", "CLP", "COP",
    }
)  # fmt: skip
CURRENCIES = {
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "australian dollar": "AUD",
    "canadian dollar": "CAD", "hong kong dollar": "HKD", "new zealand dollar": "NZD", "singapore dollar": "SGD",
    "euro": "EUR", "pound sterling": "GBP", "british pound": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "won": "KRW", "rupee": "INR", "indian rupee": "INR", "ruble": "RUB", "rouble": "RUB", "swiss franc": "CHF",
    "zloty": "PLN", "shekel": "ILS", "baht": "THB", "rand": "ZAR", "reais": "BRL", "kronor": "SEK",
    "naira": "NGN", "ringgit": "MYR", "forint": "HUF", "hryvnia": "UAH",
}  # fmt: skip
MEASURES = words(
    "km kilometre kilometer mile metre meter cm centimetre centimeter mm millimetre millimeter foot feet ft inch "
    "inches yard hectare acre kg kilogram kilo gram tonne ton ounce lb litre liter gallon barrel mw gw kw megawatt "
    "gigawatt kilowatt kwh mwh gwh twh volt watt kph mph km/h knot gb tb mb gigabyte terabyte megabyte mbps gbps "
    "degree °c °f hz mhz ghz"
) | {
    *("square kilometre", "square kilometer", "square mile", "square metre", "square meter", "square foot"),
    *("square feet", "square km", "sq km", "sq ft", "terawatt hour", "kilowatt hour", "light year"),
    *("degrees celsius", "degrees fahrenheit", "miles per hour", "kilometres per hour", "kilometers per hour"),
}

# Vague numerals, as bounds: what most readers take the words to leave open. "a few hundred" is 200 to 900.
FEW = {"a few": (2, 9), "few": (2, 9), "several": (3, 9), "a couple": (2, 2), "a couple of": (2, 2),
       "a handful": (3, 9), "a handful of": (3, 9)}  # fmt: skip
PLURALS = {
    "tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000,
    "billions": 2_000_000_000, "trillions": 2_000_000_000_000,
}  # fmt: skip
PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}

ABOUT = ["roughly", "about", "around", "approximately", "nearly", "almost", "some", "circa", "c.", "~", "estimated",
         "an estimated", "close to", "in the region of", "an average of", "virtually", "perhaps", "maybe"]  # fmt: skip
ABOVE = [
    *("more than", "over", "at least", "no fewer than", "not fewer than", "no less than", "not less than", "well over"),
    *("upwards of", "upward of", "in excess of", "above", "a minimum of", "just over", "greater than", "exceeding"),
]
BELOW = [
    *("up to", "as many as", "as much as", "at most", "no more than", "not more than", "less than", "fewer than"),
    *("under", "below", "just under", "a maximum of", "a maximum", "well under"),
]
EXACT = ["a total of", "exactly", "only", "just", "another", "an additional", "precisely"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is written: its place, value or bounds, and the unit that stands with it.

    ``kind`` is ``money``, ``percent``, ``measure``, ``age``, ``share`` (half of), ``vague`` (several), ``plural``
    (dozens) or ``number``; ``modified`` tells that a bound or "about" stands with it; ``core`` is where the number
    itself begins; ``ends`` are the two figures of a range, each by itself.
    """

    start: int
    end: int
    core: int
    kind: str
    value: float | None
    min: float | None = None
    max: float | None = None
    unit: str | None = None
    approximate: bool = False
    modified: bool = False
    range: bool = False
    ends: tuple[Figure, Figure] | None = None


def _any(listed: Iterable[str]) -> str:
    """An alternation, longest first; blanks may be hyphens."""
    listed = sorted(listed, key=lambda w: (-len(w), w))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in listed)


_SCALE = _any(SCALES)
_SHORT = _any(SHORT_SCALES)
_N = rf"(?:(?:{DIGITS})(?:[\s-]?(?:{_SCALE})\b|\s?(?:{_SHORT})\b(?!['’.]\w))?|{WORDS})"
# Codes keep their case: "try 5" is no lira.
_CURRENCY = rf"(?-i:{_any(SYMBOLS)}|(?:{_any(CODES)})(?=[\s\d]))"
_NAMES = rf"(?:{_any(CURRENCIES)})s?|(?-i:{_any(CODES)})"
_PERCENT = r"%|per\s?cent(?:age[\s-]points?)?|percentage[\s-]points?|pct|(?-i:pc)|basis\spoints?|bps"
_UNIT = rf"(?P<percent>{_PERCENT})|(?P<money>{_NAMES})|(?P<measure>(?:{_any(MEASURES)})s?)"
_AGE = r"(?P<age>[\s-]years?[\s-]old|[\s-]year[\s-]olds?)"
_FIGURE = re.compile(
    rf"(?:(?P<symbol>{_CURRENCY})\s?)?(?P<a>{_N})(?P<each>\s?(?:%|per\s?cent)(?=\s?[-–—]|\s(?:to|and|or)\s))?"
    rf"(?:(?P<join>\s?[-–—]\s?|\s(?:to|and|or)\s)(?P<other>{_CURRENCY}\s?)?(?P<b>{_N}))?(?!\d|[.,]\d|-\d)"
    rf"(?:{_AGE}|[\s-]?(?:{_UNIT})(?!\w))?(?P<more>\+|[\s-]plus\b|\sor\s(?:more|so|fewer|less)\b)?(?!\w)",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    rf"(?P<few>{_any(FEW)})(?:\s(?P<scale>{_SCALE}))?(?:\s(?P<name>(?:{_any(CURRENCIES)})s?)\b)?(?!\w)",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    rf"(?P<plural>{_any(PLURALS)})(?:\sof\s(?P<of>hundreds|thousands|millions|billions|trillions))?"
    rf"(?:\sof\s(?P<name>(?:{_any(CURRENCIES)})s?)\b)?(?!\w)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?P<half>half)(?=\s(?:of|the|its|their|his|her|all|our)\b)|(?<=\bby\s)(?P<byhalf>half)\b(?!\s?an?\b)"
    rf"|(?P<n>an?|one|two|three|four)[\s-](?P<part>{_any(PARTS)})s?(?:(?=\sof\b)|(?<=[a-z][a-z]s)\b)|(?P<twice>twice)\b"
    rf"|(?<=\bby\s)(?P<by>an?)\s(?P<bypart>{_any(PARTS)})\b(?!\s[a-z]+(?:er|ing)\b)"
    rf"|(?P<some>one|1)\s(?:in|out\sof)\s(?:every\s)?(?P<all>{_any([*ONES, *TENS])}|1?\d{{1,2}}0?)\b(?!\s?[-–,.%]\d)"
    rf"(?!\s(?:days|weeks|months|years|hours|minutes)\b)",
    re.IGNORECASE,
)
_AGED = re.compile(
    rf"age(?:d|\sof)?\s(?P<n>\d{{1,3}}|(?:{_any([*ONES, *TENS])})(?:-(?:{_any(ONES)}))?)\b(?!\s?[-–]|[.,]\d|\sto\s\d)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?:{_any(EXACT)})\s)?(?P<modifier>{_any([*ABOUT, *ABOVE, *BELOW, *EXACT])})\s?$", re.IGNORECASE
)
_START = re.compile(
    rf"(?<![\w])(?<!\w[-–])(?:{_CURRENCY}|[½¼¾⅓⅔]|\.?\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    rf"[a-z]{{3,5}}teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|half|few|several|aged?|twice|{_any(PLURALS)})\b)",
    re.IGNORECASE,
)


def figures(text: str) -> Iterator[Figure]:
    """The figures of a text in order; offsets in code points.

    >>> [(f.kind, f.value, f.min, f.max, f.unit) for f in figures("$3.9bn, up to 400 people, 10-15%, dozens")][:2]
    [('money', 3900000000.0, None, None, 'USD'), ('number', None, None, 400.0, None)]
    """
    position = last = 0
    while start := _START.search(text, position):
        found = _read(text, start.start(), last)
        position = found.end if found else start.end()
        if found:
            yield found
            last = found.end


def _read(text: str, start: int, floor: int) -> Figure | None:
    for pattern, reader in ((_AGED, _aged), (_SHARE, _share), (_VAGUE, _vague), (_PLURAL, _plural), (_FIGURE, _figure)):
        match = pattern.match(text, start)
        figure = reader(match) if match else None
        if figure:
            return _modified(_signed(figure, text), text, floor)
    return None


def _signed(figure: Figure, text: str) -> Figure:
    """«-5 degrees», "−3%": a minus that touches the figure and nothing before it."""
    minus = re.search(r"(?:^|[\s(])([-−])$", text[max(0, figure.start - 2) : figure.start])
    if not minus or figure.value is None or not text[figure.core].isdigit():
        return figure
    return replace(figure, start=figure.start - 1, value=-figure.value)


def value_of(said: str) -> float | None:
    """The value of a number with its scale: "3.9 billion", "1.2m", "two dozen", "10k"."""
    found = re.fullmatch(rf"({DIGITS})[\s-]?([a-z]+)?", said.strip(), re.IGNORECASE)
    if not found:
        return number(said)
    scale = (found[2] or "").lower()
    factor = SCALES.get(scale) or SHORT_SCALES.get(scale) or 1
    value = number(found[1])
    return None if value is None else value * factor


def _figure(m: re.Match[str]) -> Figure | None:
    if m["a"].lower() in ("a", "an"):
        return None
    first = value_of(m["a"])
    if first is None:
        return None
    kind, unit = _unit(m)
    if m["b"]:
        return _range(m, first, kind, unit)
    more = (m["more"] or "").lower().strip(" -")
    end = m.end() if unit or more or not m["money"] else m.end("a")
    bounds: tuple[float | None, float | None, float | None] = (first, None, None)
    if more in ("+", "plus", "or more"):
        bounds = (None, first, None)
    elif more in ("or fewer", "or less"):
        bounds = (None, None, first)
    about = more == "or so"
    return Figure(m.start(), end, m.start("a"), kind, *bounds, unit, about, bool(more))


def _range(m: re.Match[str], first: float, kind: str, unit: str | None) -> Figure | None:
    """«10-15», "$3-5 million", "between 10 and 20"; else the first number alone, or none ("3-1")."""
    second = value_of(m["b"])
    scale = re.search(rf"(?:{_SCALE}|{_SHORT})$", m["b"].lower())
    if second is not None and scale and not re.search(rf"(?:{_SCALE}|\d\s?(?:{_SHORT}))$", m["a"].lower()):
        factor = SCALES.get(scale[0]) or SHORT_SCALES[scale[0]]
        first = first * factor if first * factor <= second else first
    head = m.string[max(0, m.start() - 9) : m.start()].lower()
    other = (m["other"] or "").strip()
    listed = ("and" in m["join"] and not head.endswith("between ")) or bool(
        other and other != (m["symbol"] or "").strip()
    )
    if second is None or listed or (first >= second and m["join"].strip() not in ("-", "–", "—")):
        kind = "money" if m["symbol"] else "percent" if m["each"] else "number"
        end = m.end("each") if m["each"] else m.end("a")
        return Figure(m.start(), end, m.start("a"), kind, first, unit="percent" if kind == "percent" else _symbol(m))
    if first >= second:
        return None
    begins = m.start("other") if m["other"] else m.start("b")
    ends = (
        Figure(m.start(), m.end("each") if m["each"] else m.end("a"), m.start("a"), kind, first, unit=unit),
        Figure(begins, m.end(), m.start("b"), kind, second, unit=unit),
    )
    whole = Figure(m.start(), m.end(), m.start("a"), kind, None, first, second, unit, modified=True, range=True)
    return replace(whole, ends=ends)


def _symbol(m: re.Match[str]) -> str | None:
    symbol = (m["symbol"] or "").strip()
    return SYMBOLS.get(symbol) or SYMBOLS.get(symbol.upper()) or (_code(symbol) if symbol else None)


def _code(word: str) -> str:
    return "CNY" if word.upper() == "RMB" else word.upper()


def _unit(m: re.Match[str]) -> tuple[str, str | None]:
    if m["age"]:
        return "age", "years old"
    if symbol := _symbol(m):
        return "money", symbol
    if m["each"] and not m["percent"]:
        return "percent", "percent"
    if m["percent"]:
        word = m["percent"].lower()
        return "percent", "percentage points" if "point" in word and "basis" not in word else (
            "basis points" if "basis" in word or word == "bps" else "percent"
        )  # fmt: skip
    if m["money"] and not (m["money"].lower() == "won" and len(re.sub(r"\D", "", m["a"])) < 3):  # "two won the race"
        return "money", currency(m["money"])
    if m["measure"]:
        return "measure", " ".join(m["measure"].lower().split())
    return "number", None


def currency(name: str) -> str:
    """The ISO 4217 code of a currency's name in the singular or plural, or of the code itself.

    >>> currency("euros"), currency("Hong Kong dollars"), currency("rmb"), currency("reais")
    ('EUR', 'HKD', 'CNY', 'BRL')
    """
    plain = " ".join(name.lower().split())
    return CURRENCIES.get(plain) or CURRENCIES.get(plain.removesuffix("s")) or _code(plain)


def _vague(m: re.Match[str]) -> Figure | None:
    said = " ".join(m["few"].lower().split())
    if said == "few" and not m["scale"]:
        return None  # "few people" denies rather than counts
    low, high = FEW[said]
    factor = SCALES[m["scale"].lower()] if m["scale"] else 1
    top = high * factor
    unit = currency(m["name"]) if m["name"] else None
    kind = "money" if unit else "vague"
    return Figure(m.start(), m.end(), m.start(), kind, None, float(low * factor), float(top), unit, True)


def _plural(m: re.Match[str]) -> Figure:
    low = float(PLURALS[m["plural"].lower()])
    if m["of"]:
        low *= PLURALS[m["of"].lower()] / 2
    unit = currency(m["name"]) if m["name"] else None
    return Figure(m.start(), m.end(), m.start(), "money" if unit else "plural", None, low, None, unit, True)


def _share(m: re.Match[str]) -> Figure:
    if m["twice"]:
        return Figure(m.start(), m.end(), m.start(), "times", 2.0, unit="times")
    if m["some"]:
        whole = number(m["all"]) or 0.0
        share = round(100 / whole, 2) if whole > 1 else 100.0
        return Figure(m.start(), m.end(), m.start(), "share", share, unit="percent")
    if m["half"] or m["byhalf"]:
        return Figure(m.start(), m.end(), m.start(), "share", 50.0, unit="percent")
    count = 1.0 if m["by"] or m["n"].lower() in ("a", "an") else number(m["n"]) or 1.0
    share = round(100 * count / PARTS[(m["part"] or m["bypart"]).lower()], 2)
    return Figure(m.start(), m.end(), m.start(), "share", share, unit="percent")


def _aged(m: re.Match[str]) -> Figure:
    return Figure(m.start("n"), m.end("n"), m.start("n"), "age", number(m["n"]), unit="years old")


def _modified(figure: Figure, text: str, floor: int) -> Figure:
    """The figure with the words before it that bound it or make it approximate."""
    found = _BEFORE.search(text[max(floor, figure.start - 40) : figure.start])
    if not found:
        return figure
    word = " ".join(found["modifier"].lower().split())
    start = figure.start - (len(found.string) - found.start("modifier"))
    value, low, high, about = figure.value, figure.min, figure.max, figure.approximate
    if word in ABOVE and value is not None:
        value, low = None, value
    elif word in BELOW and value is not None:
        value, high = None, value
    elif word in BELOW and high is not None and figure.range:
        low = None
    elif word in ABOUT:
        about = True
    return replace(figure, start=start, value=value, min=low, max=high, approximate=about, modified=True)
