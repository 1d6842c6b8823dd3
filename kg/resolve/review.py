"""What people decided about who is who: a small file of lines, beside the graph, that a person can read and keep.

    merge quillmark quillmark-robotics      what has these names is one thing
    split apple apple-records               these two names are not one thing, whatever else speaks for it
    split apple                             this name is joined with no other
    split ann-lee @2024-05-14-913ba5e4f5f6  the Ann Lee of these articles is another than that of the others
    split acme 2024-05-14-913ba5e4f5f6#char=12,23   these words are not Acme

A name is written as it stands at the end of an entity's IRI (``entity:ann-lee``). Where two people have one, ``name@id
of an article`` means the one of that article. A later line overrules an earlier one. What stands behind ``#`` and a
blank is for readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from kg import files
from kg.errors import UsageError
from kg.names import digest
from kg.plain import plain as seen
from kg.records import Span

_COMMENT: Final = re.compile(r"(?:^|\s)#(?!char=).*")
_KEY: Final = re.compile(r"[^\s@#]+")
_ARTICLE: Final = r"(?:\d{4}-\d\d-\d\d|undated)-[0-9a-f]{12}"
_OF_ARTICLE: Final = re.compile(rf"([^\s@#]+)@({_ARTICLE})")
_AT: Final = re.compile(rf"@({_ARTICLE})")
_WORDS: Final = re.compile(rf"({_ARTICLE})#char=(\d+),(\d+)")
LONGEST: Final = 200
"""How many characters of a note for readers are written."""
HEAD: Final = (
    "# Who is who, as people decided: read by kg build, written by kg merge and kg split. One decision a line:\n"
    "#   merge NAME NAME...   split NAME   split NAME NAME   split NAME @ARTICLE...   split NAME ARTICLE#char=FROM,TO\n"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One decision: ``merge`` or ``split``, and what it is about."""

    verb: str
    about: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it speaks of, without articles and places."""
        return tuple(part.partition("@")[0] for part in self.about if _names(part))

    def __str__(self) -> str:
        return " ".join((self.verb, *self.about))


@dataclass(frozen=True)
class Review:
    """All decisions, in the order of the file."""

    lines: tuple[Line, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.lines)

    def changed(self, other: Review) -> tuple[Line, ...]:
        """The lines that only one of two states has; all of both where only their order differs."""
        mine, theirs = set(self.lines), set(other.lines)
        if mine == theirs and self.lines != other.lines:
            return self.lines
        return tuple(line for line in (*self.lines, *other.lines) if line not in mine & theirs)

    # ---- merges

    @cached_property
    def _groups(self) -> list[tuple[str, ...]]:
        """What is one thing: each a line of the file, less what a later line split from it."""
        groups: list[list[str]] = []
        for line in self.lines:
            if line.verb == "merge":
                groups.append(list(line.about))
                continue
            for group in groups:
                _take_out(group, line)
        return [tuple(group) for group in groups if len(group) > 1]

    @cached_property
    def _partners(self) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for group in self._groups:
            for one in group:
                found.setdefault(one.partition("@")[0], {}).update(dict.fromkeys(group))
        return found

    def merged(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The groups of things that are one, of which something of that name is a part (``name`` or ``name@id``)."""
        if name not in self._partners:
            return ()
        return tuple(group for group in self._groups if any(one.partition("@")[0] == name for one in group))

    def near(self, name: str) -> Iterator[str]:
        """The names that decisions merge with a name."""
        return (one.partition("@")[0] for one in self._partners.get(name, ()))

    @cached_property
    def unnamed(self) -> frozenset[str]:
        """All names of merges; among them may be the keys of things that have no name («the retailer»)."""
        return frozenset(self._partners)

    # ---- splits

    @cached_property
    def _splits(self) -> list[Line]:
        kept: list[Line] = []
        for line in self.lines:
            if line.verb == "split":
                kept.append(line)
            else:
                kept = [old for old in kept if not _undone(old, line)]
        return kept

    @cached_property
    def alone(self) -> frozenset[str]:
        """The names that are joined with no other, without the mark of a person of one name (`plain`)."""
        return frozenset(plain(line.about[0]) for line in self._splits if len(line.about) == 1)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Two names that are not one thing, without such a mark; the first is the one that leaves."""
        found = (line.about for line in self._splits if len(line.about) == 2)
        return frozenset((plain(about[0]), plain(about[1])) for about in found if _KEY.fullmatch(about[1]))

    def apart(self, one: str, other: str) -> bool:
        """Whether two names are not to be joined."""
        one, other = plain(one), plain(other)
        return one in self.alone or other in self.alone or (one, other) in self.pairs or (other, one) in self.pairs

    def rivals(self, name: str) -> tuple[str, ...]:
        """The names that a name is split from."""
        name = plain(name)
        return tuple(sorted({b if a == name else a for a, b in self.pairs if name in (a, b)}))

    @cached_property
    def splits_names(self) -> bool:
        """Whether any name is split from another."""
        return bool(self.alone or self.pairs)

    @cached_property
    def others(self) -> Mapping[tuple[str, str], str]:
        """Name and article -> the node of its own that the thing of this name in the article is."""
        found: dict[tuple[str, str], str] = {}
        for line in self._splits:
            articles = sorted(match[1] for part in line.about[1:] if (match := _AT.fullmatch(part)))
            for article in articles:
                found[line.about[0], article] = f"{line.about[0]}-{digest(articles[0], length=8)}"
        return found

    def taken_out(self, name: str) -> list[tuple[str, str]]:
        """The articles in which a name is something else, with the node that it is there."""
        return [(article, node) for (own, article), node in sorted(self.others.items()) if own == name]

    def beside(self, name: str) -> Iterator[str]:
        """The names whose own joins hang on a name by what people decided."""
        yield from self.near(name)
        for rival in self.rivals(name):
            yield from (rival, f"{rival}-person")

    @cached_property
    def single(self) -> frozenset[str]:
        """The nodes that are joined with no other: those of some articles, taken out of their name."""
        return frozenset(self.others.values())

    @cached_property
    def words(self) -> Mapping[str, tuple[tuple[str, Span], ...]]:
        """Article -> the words there that do not mean what has a name."""
        found: dict[str, list[tuple[str, Span]]] = {}
        for line in self._splits:
            for match in filter(None, map(_WORDS.fullmatch, line.about[1:])):
                found.setdefault(match[1], []).append((line.about[0], Span(int(match[2]), int(match[3]))))
        return {article: tuple(spans) for article, spans in found.items()}


def plain(key: str) -> str:
    """A key without the mark of a person of whom one word is known.

    >>> plain("trump-person"), plain("trump")
    ('trump', 'trump')
    """
    return key.removesuffix("-person")


def _names(part: str) -> bool:
    return bool(_KEY.fullmatch(part) or _OF_ARTICLE.fullmatch(part))


def _take_out(group: list[str], split: Line) -> None:
    """Take the name that a later line splits off out of a group."""
    first, *others = split.about
    names = [one.partition("@")[0] for one in group]
    if first in names and (not others or any(other in names for other in others)):
        group[:] = [one for one in group if one.partition("@")[0] != first]


def _undone(split: Line, merge: Line) -> bool:
    """Whether a later line merges what one has split."""
    names = set(merge.names)
    first, *others = split.about
    if first not in names:
        return False
    articles = {match[2] for one in merge.about if (match := _OF_ARTICLE.fullmatch(one))}
    return not others or any(other in names or other.removeprefix("@") in articles for other in others)


# the file


def parse(text: str, source: str = "decisions") -> Review:
    """The decisions of a file's text. Raises UsageError naming the line where one is not clear.

    >>> parse("merge acme acme-tea  # Acme, Acme Tea").merged("acme")
    (('acme', 'acme-tea'),)
    """
    lines = []
    for number, raw in enumerate(text.splitlines(), 1):
        words = _COMMENT.sub("", raw.removeprefix("\ufeff")).split()
        if not words:
            continue
        line = Line(words[0], tuple(words[1:]))
        if fault := _fault(line):
            raise UsageError(f"{source}, line {number}: {fault}; mend the line, or put # before it")
        lines.append(line)
    return Review(tuple(lines))


def _fault(line: Line) -> str:
    about = line.about
    if line.verb not in ("merge", "split"):
        return f"a decision begins with merge or split, not {line.verb!r}"
    if line.verb == "merge":
        wrong = next((part for part in about if not _names(part)), None)
        return f"{wrong!r} is no name" if wrong else "" if len(set(about)) > 1 else "merge wants two names or more"
    if not about or not _KEY.fullmatch(about[0]):
        return "split wants a name first"
    rest = about[1:]
    whole = all(map(_AT.fullmatch, rest)) or all(map(_WORDS.fullmatch, rest))
    if whole or (len(rest) == 1 and _KEY.fullmatch(rest[0]) and rest[0] != about[0]):
        return ""
    return "split wants a name, and then nothing, another name, @articles, or article#char=FROM,TO"


def read(path: Path) -> Review:
    """The decisions of a file, none where it is not there. Raises UsageError for a file that cannot be read or used."""
    try:
        return parse(path.read_text(encoding="utf-8"), str(path)) if path.exists() else Review()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}); it must be a text file in UTF-8") from error


def write(path: Path, line: Line, note: str = "") -> None:
    """Put one decision at the end of the file; ``note`` is for readers. Raises UsageError where that cannot be done.

    The file is written beside itself and renamed: no kill and no full disk costs the decisions that it held.
    """
    comment = " ".join(seen(note).split())[:LONGEST]
    try:
        old = path.read_text(encoding="utf-8") if path.exists() else HEAD
        end = "" if not old or old.endswith("\n") else "\n"
        with files.whole(path) as file:
            file.write(f"{old}{end}{line}{f'  # {comment}' if comment else ''}\n".encode())
    except (OSError, UnicodeError) as error:
        do = "make room" if files.is_full(error) else "it must be a text file in UTF-8 that may be written"
        raise UsageError(f"{path} cannot be written ({files.reason(error)}), so nothing was decided; {do}") from error


def text(review: Review) -> str:
    """Decisions as the lines that give them again."""
    return "".join(f"{line}\n" for line in review.lines)


def names_of(lines: Iterable[Line]) -> set[str]:
    """All names that some decisions speak of."""
    return {name for line in lines for name in line.names}


__all__ = ["Line", "Review", "names_of", "parse", "plain", "read", "text", "write"]
