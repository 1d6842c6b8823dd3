"""An open binary file -> decoded text in lines or pieces of bounded size."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kg.read.fields import ARTICLE_LIMIT, OnError
from kg.records import Finding

LINE_LIMIT = 2 * ARTICLE_LIMIT
"""The longest line that is held in memory, in characters; longer ones are reported and skipped."""
HEAD = 8192
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_ESCAPED = re.compile("[\udc80-\udcff]")
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its name for messages (printable), its suffix (".csv") and the open, seekable binary file.

    ``address`` is where it was fetched from.
    """

    name: str
    suffix: str
    file: BinaryIO
    address: str | None = None


def shown(path: str) -> str:
    r"""A path for messages: what cannot be printed is escaped, so that a file name steers no terminal.

    >>> shown("news\x1b[2J.txt")
    'news\\x1b[2J.txt'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in path)


def encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark declares, None without one."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def decode(data: bytes) -> tuple[str, int]:
    """Bytes as text, and how many bytes were no UTF-8: those are read one by one as Windows-1252.

    A file saved by an old Windows program comes out right, and so does UTF-8 with a stray byte.

    >>> decode("naïve “café”".encode("cp1252"))[0]
    'naïve “café”'
    """
    marked = encoding(data)
    if marked and marked != "utf-8-sig":
        return data.decode(marked, "replace"), 0
    return _repaired(data.decode(marked or "utf-8", "surrogateescape"))


def _repaired(text: str) -> tuple[str, int]:
    """Text decoded with surrogateescape -> text with the escaped bytes as Windows-1252, and their number."""
    if text.isascii():
        return text, 0
    wrong = len(_ESCAPED.findall(text))
    return (text.translate(_WINDOWS), wrong) if wrong else (text, 0)


class Text(Iterator[str]):
    """The lines of a source (ending in a line feed, whatever they ended in), or pieces of it with ``read``.

    ``number`` is the number of the line given last. Lines beyond LINE_LIMIT are skipped with a finding; the first
    bytes that are no UTF-8 are reported, once a file.
    """

    def __init__(self, source: Source, *, on_error: OnError) -> None:
        source.file.seek(0)
        marked = encoding(source.file.read(4))
        source.file.seek(0)
        errors = "replace" if marked and marked != "utf-8-sig" else "surrogateescape"
        self.name, self.number = source.name, 0
        self._file = io.TextIOWrapper(source.file, encoding=marked or "utf-8", errors=errors, newline=None)
        self._on_error, self._reported = on_error, False

    def __next__(self) -> str:
        while line := self._file.readline(LINE_LIMIT + 1):
            self.number += 1
            if len(line) <= LINE_LIMIT:
                return self._checked(line)
            self._skip(line)
        raise StopIteration

    def read(self, size: int) -> str:
        """At most ``size`` characters, fewer only at the end."""
        piece = self._checked(self._file.read(size))
        self.number += piece.count("\n")
        return piece

    def close(self) -> None:
        """Let go of the file without closing it, which its opener does."""
        self._file.detach()

    def _skip(self, line: str) -> None:
        length = len(line)
        while not line.endswith("\n") and (line := self._file.readline(1 << 16)):
            length += len(line)
        message = f"the line has {length:,} characters, more than {LINE_LIMIT:,}; it was skipped, the rest is read"
        self._on_error(Finding(f"{self.name}:{self.number}", message))

    def _checked(self, text: str) -> str:
        text, wrong = _repaired(text)
        if wrong and not self._reported:
            self._reported = True
            message = "bytes that are not UTF-8 were read as Windows-1252; save the file as UTF-8"
            self._on_error(Finding(f"{self.name}:{max(self.number, 1)}", message))
        return text
