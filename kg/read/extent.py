"""How far the reading of some input has come, where its size is known before: that of local files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError
from kg.read.inputs import listed
from kg.read.stream import Source


class Extent:
    """The bytes of some input, and how many of them have been read; standard input and addresses tell no size."""

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._total, self._before, self._size = 0, 0, 0
        self._file: BinaryIO | None = None
        try:
            self._total = sum(file.stat().st_size for path in paths for file in listed(str(path)))
        except (OSError, ValueError, InputError):  # what cannot be read is told when it is its turn
            self._total = 0

    def followed(self, sources: Iterable[Source]) -> Iterator[Source]:
        """The same sources, followed on their way."""
        for source in sources:
            self._file, self._size = source.file, source.file.seek(0, 2)
            source.file.seek(0)
            yield source
            self._before, self._file = self._before + self._size, None

    @property
    def share(self) -> float:
        """The part of all that has been read, from 0 to 1; always 0 where the size is not known."""
        if not self._total:
            return 0.0
        try:
            here = self._file.tell() if self._file is not None else 0
        except ValueError:  # closed already
            here = self._size
        return min(1.0, (self._before + min(here, self._size)) / self._total)


__all__ = ["Extent"]
