"""Many articles out of few: records of real articles with other names and days, to see how a graph grows.

Each copy keeps the length of every word, so that all offsets stay what they are. Names that many articles share
(countries, papers) stay in all copies, the others change their letters from copy to copy: a corpus in which some things
are everywhere and most things are new, as in news.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.records import Article, Extraction

USUAL = 3
"""A word that the names of so many articles have stays as it is in all copies."""
KEPT = 8
"""Of so many copies one keeps a name as it is, so that names recur among the copies as well."""
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnprstvw"


def copies(records: Sequence[Extraction], number: int) -> Iterator[Extraction]:
    """So many records, made of some in turn; the first of them as they are."""
    usual = _usual(records)
    for place in range(number):
        copy, index = divmod(place, len(records))
        yield copied(records[index], copy, usual) if copy else records[index]


def copied(record: Extraction, copy: int, usual: Iterable[str] = ()) -> Extraction:
    """One copy of a record: other names, save the usual ones, and another day."""
    kept = frozenset(usual)
    words = {word for entity in record.entities for name in (entity.name, *entity.aliases) for word in _names(name)}
    new = {word: _other(word, copy) for word in words if word not in kept and not _recurs(word, copy)}

    def renamed(text: str) -> str:
        return _WORD.sub(lambda match: new.get(match[0], match[0]), text)

    old = record.article
    date = old.date + datetime.timedelta(days=copy) if old.date else None
    title = renamed(old.title) if old.title else None
    article = Article.of(renamed(old.text), title=title, date=date, publisher=old.publisher, source=old.source)
    url = f"{old.url}?copy={copy}" if old.url else None
    entities = tuple(
        replace(
            one, name=renamed(one.name), aliases=tuple(map(renamed, one.aliases)),
            known=one.known if renamed(one.name) == one.name else None,
        )
        for one in record.entities
    )  # fmt: skip
    propositions = tuple(
        replace(
            one, subject=replace(one.subject, text=renamed(one.subject.text)),
            object=replace(one.object, text=renamed(one.object.text)),
        )
        for one in record.propositions
    )  # fmt: skip
    return replace(record, article=replace(article, url=url), entities=entities, propositions=propositions)


def _usual(records: Iterable[Extraction]) -> set[str]:
    seen = Counter(
        word
        for record in records
        for word in {word for entity in record.entities for word in _names(entity.name)}
    )
    return {word for word, number in seen.items() if number >= USUAL}


def _names(name: str) -> Iterator[str]:
    """The words of a name that begin with a capital letter."""
    return (word for word in _WORD.findall(name) if word[:1].isupper() and len(word) > 2)


def _recurs(word: str, copy: int) -> bool:
    return _bytes(word, copy)[0] % KEPT == 0


def _other(word: str, copy: int) -> str:
    """A word of the same length that can be spoken, the same wherever the word stands in the copy."""
    letters = []
    for place, (byte, char) in enumerate(zip(_bytes(word, copy, len(word)), word, strict=True)):
        pool = _VOWELS if place % 2 else _CONSONANTS
        letter = pool[byte % len(pool)]
        letters.append(letter.upper() if char.isupper() else letter)
    return "".join(letters)


def _bytes(word: str, copy: int, length: int = 1) -> bytes:
    return hashlib.shake_128(f"{copy} {word}".encode()).digest(length)


__all__ = ["copied", "copies"]
