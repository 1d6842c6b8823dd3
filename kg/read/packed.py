"""Compressed files and archives -> the sources within, one after the other; nothing is unpacked to a folder.

gzip, bzip2 and xz files are read as they are decompressed, ZIP and tar archives member by member, archives within
archives up to ``DEPTH``. All that comes out of one file shares a budget, so that a small file cannot become a large
amount of work.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO, Final, cast

from kg.errors import InputError
from kg.read.fields import OnError
from kg.read.stream import Source, shown
from kg.records import Finding

DEPTH = 3
"""So many layers are taken off: ``.tar.gz`` has two."""
RATIO = 200
"""News texts shrink to a third or a tenth; what grows by more than this is made to do harm."""
FREE = 100_000_000
"""So many bytes may come out of any file, however small."""
_BROKEN: Final = (
    EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError,
    ValueError,
)  # fmt: skip
_OPEN: Final[dict[bytes, Callable[[Any], Any]]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
_SUFFIXES: Final = {".gz", ".gzip", ".bz2", ".xz"}
_SHORT: Final = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
_OFFICE: Final = ("[content_types].xml", "mimetype")


class Budget:
    """How many bytes may still come out of one file."""

    def __init__(self, size: int) -> None:
        self.left = max(FREE, RATIO * size)

    def spend(self, number: int, name: str) -> None:
        """Take some bytes off. Raises InputError where none are left."""
        self.left -= number
        if self.left < 0:
            message = f"it unpacks to more than {RATIO} times its size, as only traps do; the rest is left out"
            raise InputError(name, message)


def unpacked(
    source: Source, *, on_error: OnError, depth: int = DEPTH, budget: Budget | None = None
) -> Iterator[Source]:
    """The source itself, or those within it. Raises InputError where it is broken or a trap."""
    kind = _kind(source)
    if kind is None:
        yield source
    elif depth == 0:
        raise InputError(source.name, "archives lie in archives here, too deep to be followed; unpack it first")
    else:
        budget = budget or Budget(source.file.seek(0, io.SEEK_END))
        source.file.seek(0)
        try:
            for inner in kind(source, budget, on_error):
                try:
                    yield from unpacked(inner, on_error=on_error, depth=depth - 1, budget=budget)
                except InputError as error:  # the members that follow may be whole
                    on_error(Finding(error.source, error.message))
        except _BROKEN as error:
            raise _damaged(source.name, error) from error


def _kind(source: Source) -> Callable[[Source, Budget, OnError], Iterator[Source]] | None:
    source.file.seek(0)
    head = source.file.read(512)
    source.file.seek(0)
    if any(head.startswith(magic) for magic in _OPEN):
        return _compressed
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip
    return _tar if head[257:262] == b"ustar" else None


def _compressed(source: Source, budget: Budget, on_error: OnError) -> Iterator[Source]:
    """The one source in a compressed file; it is decompressed as it is read."""
    head = source.file.read(8)
    source.file.seek(0)
    opened = next(opener for magic, opener in _OPEN.items() if head.startswith(magic))
    with opened(source.file) as file:
        suffix, inner = _suffix(PurePosixPath(source.name)), _guarded(file, source.name, budget)
        yield Source(source.name, suffix, inner, source.address)


def _suffix(path: PurePosixPath) -> str:
    """The suffix below that of the compression: ".csv" of "a.csv.gz"."""
    last = path.suffix.lower()
    return PurePosixPath(path.stem).suffix.lower() if last in _SUFFIXES else _SHORT.get(last, last)


def _zip(source: Source, budget: Budget, on_error: OnError) -> Iterator[Source]:
    """The members of a ZIP archive, in the order of their names."""
    with zipfile.ZipFile(source.file) as archive:
        members = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: one.filename)
        if members and any(one.filename.lower() in _OFFICE for one in members):
            raise InputError(source.name, "this is an office document or a book, which is not read; save it as text")
        for member in members:
            name = _within(source.name, member.filename)
            if name is None or budget.left < 0:
                continue
            if member.flag_bits & 1:
                on_error(Finding(name, "it is locked with a password; unpack it first"))
                continue
            with archive.open(member) as file:
                yield Source(name, PurePosixPath(member.filename).suffix.lower(), _guarded(file, name, budget))


def _tar(source: Source, budget: Budget, on_error: OnError) -> Iterator[Source]:
    """The files of a tar archive, as they come; each is copied aside, since a stream cannot be rewound."""
    with tarfile.open(fileobj=source.file, mode="r|") as archive:
        for member in archive:
            name = _within(source.name, member.name)
            if name is None or not member.isfile() or budget.left < 0:
                continue
            found = archive.extractfile(member)
            if found is not None:
                with closing(found), tempfile.SpooledTemporaryFile(max_size=1 << 24) as copy:
                    shutil.copyfileobj(_Guarded(found, name, budget), copy)  # holes in a file take no room in a tar
                    copy.seek(0)
                    yield Source(name, PurePosixPath(member.name).suffix.lower(), cast("BinaryIO", copy))


def _within(name: str, member: str) -> str | None:
    """The name of a member for messages; None for what systems put beside the files."""
    parts = PurePosixPath(member).parts
    hidden = any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)
    return None if hidden else f"{name}/{shown(member)}"


class _Guarded(io.RawIOBase):
    """A decompressed file that is read within a budget; what is wrong with it is told as InputError."""

    def __init__(self, inner: IO[bytes], name: str, budget: Budget) -> None:
        self._inner, self._name, self._budget = inner, name, budget

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._inner.read(len(buffer))
        except _BROKEN as error:
            raise _damaged(self._name, error) from error
        self._budget.spend(len(data), self._name)
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()


def _guarded(inner: IO[bytes], name: str, budget: Budget) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Guarded(inner, name, budget)))


def _damaged(name: str, error: BaseException) -> InputError:
    return InputError(name, f"it is damaged ({error or type(error).__name__}); what follows was not read")
