"""Lines in order, whatever their number: sorted in memory where they are few, else in runs on disk that are merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO

RUN = 250_000
"""How many lines are held in memory at once: about 100 MB of them."""


def ordered(lines: Iterable[str], *, unique: bool = False, run: int = RUN) -> Iterator[str]:
    """The lines sorted by code points, with ``unique`` each once; no line may hold a line feed.

    >>> list(ordered(iter("b a c a".split()), unique=True, run=2))
    ['a', 'b', 'c']
    """
    rest = iter(lines)
    first = sorted(islice(rest, run))
    if len(first) < run:
        yield from _once(first) if unique else first
        return
    with ExitStack() as files:
        runs = [files.enter_context(_written(first))]
        while more := sorted(islice(rest, run)):
            runs.append(files.enter_context(_written(more)))
        merged = heapq.merge(*map(_lines, runs))
        yield from _once(merged) if unique else merged


def _once(lines: Iterable[str]) -> Iterator[str]:
    last = None
    for line in lines:
        if line != last:
            yield line
        last = line


def _written(lines: list[str]) -> IO[bytes]:
    """A temporary file with the lines, ready to be read from its beginning."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    for start in range(0, len(lines), 10_000):
        file.write("".join(f"{line}\n" for line in lines[start : start + 10_000]).encode("utf-8"))
    file.seek(0)
    return file


def _lines(file: IO[bytes]) -> Iterator[str]:
    return (line[:-1].decode("utf-8") for line in file)
