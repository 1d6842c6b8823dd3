"""Who says it, and by way of whom: statements by key -> the words that name their voices, from inside outwards."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
NOBODY = "someone"
"""How a speaker is called of whom the article does not tell."""


@dataclass(slots=True)
class Voices(Generic[Key]):
    """Statements with their speakers' names, the statement that reports each (``outer``) and outlets (``via``)."""

    speakers: dict[Key, list[str]] = field(default_factory=dict)
    outer: dict[Key, Key] = field(default_factory=dict)
    via: dict[Key, str] = field(default_factory=dict)

    def add(self, key: Key, *, speaker: str | None = None, outer: Key | None = None, via: str | None = None) -> None:
        """Note what is known of a statement; may be called again with more."""
        names = self.speakers.setdefault(key, [])
        if speaker and speaker not in names:
            names.append(speaker)
        if outer is not None:
            self.outer[key] = outer
        if via:
            self.via[key] = via

    def chain(self, key: Key) -> tuple[tuple[str, ...], ...]:
        """The speakers of a statement, of the one that reports it, and so on; last an outlet that is no speaker."""
        links: list[tuple[str, ...]] = []
        seen: set[Key] = set()
        at: Key | None = key
        while at is not None and at not in seen:
            seen.add(at)
            links.append(tuple(sorted(self.speakers.get(at, ()))))
            last, at = at, self.outer.get(at)
            outlet = self.via.get(last)
            if at is None and outlet and outlet not in links[-1]:
                links.append((outlet,))
        return tuple(links)

    def words(self, key: Key) -> str:
        """The chain in words.

        >>> voices: Voices[int] = Voices({1: ["one person"], 2: ["Insider"]}, outer={1: 2})
        >>> voices.words(1)
        'one person, by way of Insider'
        """
        first, *others = self.chain(key)
        return ", by way of ".join([joined(first) or NOBODY, *(joined(link) for link in others if link)])


def joined(names: Sequence[str]) -> str:
    """Names as a sentence has them.

    >>> joined(["Ann Lee", "Bo Park", "Cy Roe"])
    'Ann Lee, Bo Park and Cy Roe'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def voices(statements: Mapping[Key, tuple[Sequence[str], Key | None, str | None]]) -> Voices[Key]:
    """The voices of some statements, each given as its speakers' names, its outer statement and its outlet."""
    found: Voices[Key] = Voices()
    for key, (names, outer, via) in statements.items():
        found.add(key, outer=outer, via=via)
        for name in names:
            found.add(key, speaker=name)
    return found


__all__ = ["NOBODY", "Voices", "joined", "voices"]
