"""What the user names (files, folders, patterns, ``-``) -> open sources, one after the other."""

from __future__ import annotations

import glob
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.read.fields import OnError
from kg.read.stream import Source, shown
from kg.records import Finding

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
# What lies beside saved web pages; in a folder it is passed over in silence.
_FURNITURE = frozenset((
    ".css", ".js", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".avif", ".woff", ".woff2",
    ".ttf", ".eot",
))  # fmt: skip


def sources(paths: Iterable[str | Path], *, on_error: OnError, private: bool = False) -> Iterator[Source]:
    """Every file behind the paths, open while it is at hand; findings for what cannot be opened.

    Addresses (``https://…``, ``s3://…``) are fetched, those in private networks only where that is allowed.

    Folders are read recursively in the order of names (files before subfolders), without hidden files, links to
    folders, graphs (``*.kg``) and the styles, scripts and pictures of saved web pages; a pattern (``*``, ``?``,
    ``[…]``, ``**``) is expanded where no file has that very name.
    """
    for path in paths:
        try:
            if str(path) == "-":
                yield from _spooled(_stdin(), "stdin", "")
                continue
            if _ADDRESS.match(str(path)):
                from kg.read import fetch

                yield from fetch.opened(str(path), private=private, on_error=on_error)
                continue
            for file in _files(str(path), on_error):
                yield from _opened(file, on_error, pipe=file == Path(path))
        except InputError as error:
            on_error(Finding(error.source, error.message))
        except (OSError, ValueError) as error:
            on_error(Finding(shown(str(path)), _reason(error)))


def _stdin() -> BinaryIO:
    """Standard input as bytes. Raises InputError where the process has none."""
    if sys.stdin is None:
        raise InputError("stdin", "this process has no standard input")
    return cast("BinaryIO", sys.stdin.buffer)


def _files(path: str, on_error: OnError) -> Iterator[Path]:
    """The files that one path names. Raises InputError where there are none."""
    if not path:  # Path("") would be the current folder
        raise InputError("''", "the name is empty; name a file or folder")
    if Path(path).is_dir():
        found = list(_walked(Path(path), on_error))
        if not found:
            raise InputError(shown(path), "the folder holds no files to read")
        yield from found
    elif os.path.lexists(path) or not glob.has_magic(path):
        yield Path(path)
    else:
        # not Path.glob: it takes no absolute patterns and gives hidden files
        found = sorted(Path(match) for match in glob.glob(path, recursive=True))  # noqa: PTH207
        if not found:
            raise InputError(shown(path), "no file has this name, and the pattern matches none")
        for match in found:
            yield from _walked(match, on_error) if match.is_dir() else [match]


def listed(path: str) -> Iterator[Path]:
    """The files that one path of a user names. Raises InputError where these are none, or not known by name."""
    if path == "-" or _ADDRESS.match(path):
        raise InputError(shown(path), "this is no local file")
    return _files(path, lambda finding: None)


def _walked(folder: Path, on_error: OnError) -> Iterator[Path]:
    """The files below a folder; findings for subfolders that cannot be opened."""
    folders = [folder]
    while folders:
        current = folders.pop()
        try:
            entries = sorted(path for path in current.iterdir() if not path.name.startswith("."))
        except OSError as error:
            on_error(Finding(shown(str(current)), _reason(error)))
            continue
        yield from (path for path in entries if not path.is_dir() and path.suffix.lower() not in _FURNITURE)
        below = [path for path in entries if path.is_dir() and not path.is_symlink() and path.suffix != ".kg"]
        folders.extend(reversed(below))


def _opened(path: Path, on_error: OnError, *, pipe: bool) -> Iterator[Source]:
    """One file, open; a pipe, which only the user can name, is copied first. Findings where it cannot be opened."""
    name, suffix = shown(str(path)), path.suffix.lower()
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not (stat.S_ISFIFO(mode) and pipe):
            on_error(Finding(name, "this is a device, pipe or socket, not a file; left out"))
            return
        with path.open("rb") as file:
            if stat.S_ISFIFO(mode):
                yield from _spooled(file, name, suffix)
            else:
                yield Source(name, suffix, file)
    except (OSError, ValueError) as error:
        on_error(Finding(name, _reason(error)))


def _spooled(stream: BinaryIO, name: str, suffix: str) -> Iterator[Source]:
    """A stream that cannot be rewound, copied to a temporary file."""
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file)
        file.seek(0)
        yield Source(name, suffix, cast("BinaryIO", file))


def _reason(error: OSError | ValueError) -> str:
    """What the system says, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the name"
    if isinstance(error, PermissionError):
        return "permission to read it is denied; check its permissions"
    return f"cannot be read ({getattr(error, 'strerror', None) or error})"
