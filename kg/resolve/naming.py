"""Names as words: their normal form, and whether one name can be a short form of another.

Every test is a pure function of two names; what else the article says is weighed in ``names_in_text``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.records import Kind
from kg.resolve import gazetteer
from kg.resolve.words import COURTESY, GENERATION, KEPT, LEGAL, OFFICES, ROYAL, SMALL, Gender, bare, folded, noun_gender

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_DOMAIN = re.compile(r"\.(?:com|org|net|co\.uk)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """One form of a name.

    ``text`` is the form to show (title, possessive and small leading "the" off), ``words`` its normal form,
    ``all_words`` the same with the legal suffix, ``courtesy`` whether "Mr."/"Ms." stood before it.
    """

    text: str
    words: tuple[str, ...]
    all_words: tuple[str, ...]
    gender: Gender | None = None
    courtesy: bool = False

    @property
    def surname(self) -> str:
        """The last word that is not "Jr." or a number."""
        rest = [word for word in self.words if word not in GENERATION]
        return rest[-1] if rest else self.words[-1]


@lru_cache(maxsize=KEPT)
def name(text: str, kind: Kind, *, before: str = "") -> Name:
    """The name that some text spells; ``before`` is the text in front of it, where a title may stand.

    >>> name("Mr. Green", "Person").words, name("The Amazon.com Inc.'s", "Organization").words
    (('green',), ('amazon',))
    >>> name("US Secretary of State Ann Lee", "Person").text
    'Ann Lee'
    """
    shown = _POSSESSIVE.sub("", " ".join(text.split()))
    shown = shown[4:] if shown.startswith("the ") and len(shown) > 4 else shown
    if kind == "Person":
        return _person(shown, before)
    words = _words(shown)
    core = words
    while len(core) > 1 and core[-1] in LEGAL:
        core = core[:-1]
    core = core[:-1] if len(core) > 1 and core[-1] == "and" else core
    country = " ".join(core) if shown.isascii() else shown.casefold()  # «América», the club, is not America
    canonical = gazetteer.canonical(country) if kind in ("Place", "Organization", "Other") else None
    return Name(shown, tuple(canonical.split()) if canonical else core, words)


def _person(shown: str, before: str) -> Name:
    """A person's name with the titles in or before it taken off and read for gender."""
    tokens = shown.split()
    gender: Gender | None = None
    courtesy = False
    titles = [bare(word) for word in before.split()[-1:]]
    display = tokens
    while length := _title(tokens):
        titles.append(bare(tokens[0]))
        tokens = tokens[length:]
        display = tokens if titles[-1] not in ROYAL else display
    for title in titles:
        gender = COURTESY.get(title) or ROYAL.get(title) or noun_gender(title) or gender
        courtesy = courtesy or title in COURTESY
    words = _words(" ".join(tokens))
    return Name(" ".join(display), words, words, gender, courtesy)


def _title(tokens: list[str]) -> int:
    """How many words a title has with which a name begins: «Dr.», «US President», «Secretary of State»."""
    if len(tokens) < 2:
        return 0
    first, *rest = map(bare, tokens)
    if first in OFFICES and rest[0] == "of" and len(rest) > 3:
        return 3
    if first in COURTESY or first in OFFICES or first in ROYAL:
        return 1
    return int(len(rest) > 1 and rest[0] in OFFICES and gazetteer.canonical(first) is not None)


def _words(shown: str) -> tuple[str, ...]:
    parts = re.split(r"[\s,/()\"“”]+", shown.replace("&", " and "))
    words = tuple(word for part in parts if (word := folded(bare(_DOMAIN.sub("", _POSSESSIVE.sub("", part))))))
    words = words[1:] if len(words) > 1 and words[0] == "the" else words
    return words or (shown.casefold(),)


def same_person(short: Name, long: Name) -> str | None:
    """Why two names of two words or more name one person, or None.

    >>> same_person(name("Donald Trump", "Person"), name("Donald J. Trump", "Person"))
    'name without the middle name'
    """
    a = tuple(word for word in short.words if word not in GENERATION)
    b = tuple(word for word in long.words if word not in GENERATION)
    ranks = {*short.words} & GENERATION, {*long.words} & GENERATION
    if len(a) < 2 or len(b) < 2 or (all(ranks) and ranks[0] != ranks[1]):
        return None
    if a == b:
        return "same name"
    if len(a) < len(b) and (b[-len(a) :] == a or b[: len(a)] == a):
        return "part of the full name"
    if a[-1] != b[-1] or not _same_first(a[0], b[0]):
        return None
    if a[1:-1] and b[1:-1]:
        return "initials of the same name" if _same_middle(a[1:-1], b[1:-1]) else None
    return "name without the middle name" if len(a) != len(b) else "initial of the first name"


def _same_first(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _same_middle(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return len(a) == len(b) and all(_same_first(x, y) for x, y in zip(a, b, strict=True))


def squeezed(form: str) -> str:
    """The letters and digits of a name in its normal form: «Wal-Mart» and «Walmart» share them."""
    return "".join(c for c in form if c.isalnum())


def expanded(words: str) -> str:
    """A name in its normal form with the country that it begins with by its usual name.

    >>> expanded("us senate"), expanded("us")
    ('united states senate', 'us')
    """
    first, _, rest = words.partition(" ")
    country = gazetteer.canonical(first) if rest and len(first) <= 3 else None
    return f"{country} {rest}" if country else words


def letters(form: Name) -> str:
    """The letters of a name that may be an acronym ("W.H.O." is WHO), else nothing."""
    plain = form.text.replace(".", "")
    return plain if 2 <= len(plain) <= 8 and plain.isalpha() and plain.isupper() else ""


def initials(form: Name) -> set[str]:
    """The acronyms that a name of two words or more may have, with and without those of its small words.

    >>> sorted(initials(name("Board of Tea and Milk", "Organization")))
    ['BOTAM', 'BTM']
    """
    words = [word for part in form.text.replace("&", " and ").split() for word in part.split("-") if bare(word)]
    return {"".join(word[0] for word in kept).upper() for kept in (words, _large(words)) if len(kept) > 1}


def _large(words: list[str]) -> list[str]:
    return [word for word in words if bare(word) not in SMALL]


def abbreviates(short: Name, long: Name) -> bool:
    """The looser test for "Long Name (SHORT)": its letters stand in the long name in order, the first one first.

    >>> abbreviates(name("Interpol", "Organization"), name("Red Cross", "Organization"))
    False
    """
    letters = [c for c in short.text.casefold() if c.isalnum()]
    capitals = sum(c.isupper() for c in short.text)
    target = long.text.casefold()
    if len(letters) < 2 or len(letters) > 10 or capitals < 2 or len(short.words) > 1 or target[:1] != letters[0]:
        return False
    rest = iter(target)
    return len(target) > len(letters) and all(letter in rest for letter in letters)


def cut(short: Name, long: Name) -> str | None:
    """``"start"`` or ``"end"`` where the short name is the first or last words of the long one, else None.

    A cut beside a small word is none: "Health" is not short for "Department of Health".

    >>> cut(name("Insider", "Organization"), name("Business Insider", "Organization"))
    'end'
    """
    a, b = short.words, long.words
    if not len(a) < len(b):
        return None
    if b[: len(a)] == a and b[len(a)] != "and":
        return "start"
    if b[-len(a) :] == a and b[-len(a) - 1] not in SMALL:
        return "end"
    return None
