"""TOML -> annotated passages: who said what in them, for ``kg score statements`` (the form: ``said/README.md``)."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.records import Article, Span

HERE = Path(__file__).parent / "said"
_KINDS = ("direct", "indirect", "mixed")
_KEYS = {"kind", "speaker", "content", "cue", "addressee", "chain", "medium", "said_on", "anonymous", "mode"}


@dataclass(frozen=True, slots=True)
class Said:
    """One annotated statement; ``chain`` names who passes it on, from the speaker outwards."""

    kind: str
    speakers: tuple[str, ...]
    content: tuple[Span, ...]
    addressees: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    mode: str = "saying"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as an article, with its statements."""

    id: str
    article: Article
    said: tuple[Said, ...]


def passages(path: Path) -> Iterator[Passage]:
    """The passages of a file; ``ValueError`` names passage and statement of what cannot be used."""
    known: set[str] = set()
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]:
        name = row["id"]
        if name in known:
            raise ValueError(f"{path.name}: {name}: two passages of this name; give one another id")
        known.add(name)
        text = "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", row["text"].strip()))
        date = row.get("date")
        if date is not None and not isinstance(date, datetime.date):
            raise ValueError(f"{path.name}: {name}: date is no date (write 2024-03-05 without marks)")
        article = Article.of(text, title=row.get("title"), date=date, source=f"{path.name}:{name}")
        said = tuple(
            _said(one, text, f"{path.name}: {name}: statement {number}")
            for number, one in enumerate(row.get("statement", ()), 1)
        )
        yield Passage(name, article, said)


def _said(row: dict[str, Any], text: str, where: str) -> Said:
    if unknown := sorted(set(row) - _KEYS):
        raise ValueError(f"{where}: unknown keys {', '.join(unknown)}")
    if row.get("kind") not in _KINDS:
        raise ValueError(f"{where}: kind must be one of {', '.join(_KINDS)}")
    for words in [*row["speaker"], *row.get("addressee", ()), *row.get("chain", ())]:
        if words not in text:
            raise ValueError(f"{where}: “{words}” does not stand in the text")
    if "cue" in row and row["cue"] not in text:
        raise ValueError(f"{where}: cue “{row['cue']}” does not stand in the text")
    content = tuple(_found(" ".join(words.split()), text, where) for words in row["content"])
    return Said(
        row["kind"], tuple(row["speaker"]), content, tuple(row.get("addressee", ())), tuple(row.get("chain", ())),
        row.get("mode", "saying"),
    )  # fmt: skip


def _found(words: str, text: str, where: str) -> Span:
    """Where words stand that occur once."""
    if text.count(words) != 1:
        raise ValueError(f"{where}: “{words}” stands {text.count(words)} times in the text; give words that stand once")
    start = text.index(words)
    return Span(start, start + len(words))


__all__ = ["HERE", "Passage", "Said", "passages"]

if __name__ == "__main__":
    import sys

    for argument in sys.argv[1:]:
        every = list(passages(Path(argument)))
        print(f"{argument}: {len(every)} passages, {sum(len(one.said) for one in every)} statements")
