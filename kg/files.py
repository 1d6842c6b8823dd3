"""Files that are written whole or not at all, and what to say where one cannot be written."""

from __future__ import annotations

import os
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from kg.errors import StoreError, UsageError

_FULL: Final = ("no space left", "disk is full", "quota exceeded", "file too large")
"""What systems, SQLite and RocksDB say where there is no room for a file, in lower case."""
_CLOSED: Final = ("read-only", "readonly", "permission denied", "not permitted", "unable to open database file")


def reason(error: Exception) -> str:
    """Why something failed, in the words of the system."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def is_full(error: Exception) -> bool:
    """Whether something failed because there is no room for it.

    >>> is_full(OSError(28, "No space left on device")), is_full(ValueError("database or disk is full"))
    (True, True)
    """
    return any(word in f"{reason(error)} {error}".lower() for word in _FULL)


def is_closed(error: Exception) -> bool:
    """Whether something failed because nobody, or not this user, may do it."""
    return any(word in f"{reason(error)} {error}".lower() for word in _CLOSED)


def unwritable(graph: str | Path, error: Exception) -> StoreError:
    """The error that says why a graph cannot be written, that nothing is lost, and what to do."""
    why = reason(error)
    if is_full(error):
        return StoreError(
            f"there is no room left to write the graph {graph} ({why}); what it holds is kept: make room on the disk, "
            "then give the same command again"
        )
    if is_closed(error):
        return StoreError(
            f"the graph {graph} cannot be written ({why}); check the permissions of the folder and of what is in it, "
            "or name another folder"
        )
    return StoreError(f"the graph {graph} cannot be written ({why}); what it holds is kept: give the command again")


def unreadable(graph: str | Path, error: Exception) -> StoreError:
    """The error that says that a graph's folder cannot be read."""
    return StoreError(
        f"the graph {graph} cannot be read ({reason(error)}); check the permissions of the folder and of what is in it"
    )


def anew(graph: str | Path, base: str | None = None) -> str:
    """The commands that build a graph anew, beside which the old one is kept.

    >>> anew("my news.kg")
    "mv 'my news.kg' 'my news.kg.old' && kg build ARTICLES --graph 'my news.kg'"
    """
    old, new = shlex.quote(str(graph)), shlex.quote(f"{graph}.old")
    return f"mv {old} {new} && kg build ARTICLES --graph {old}{f' --base {shlex.quote(base)}' if base else ''}"


@contextmanager
def writing(graph: str | Path | None) -> Iterator[None]:
    """Where the files of a graph are written: what the system, RocksDB or SQLite refuse becomes a StoreError."""
    try:
        yield
    except (OSError, sqlite3.DatabaseError) as error:
        raise unwritable(graph or "in memory", error) from error


@contextmanager
def whole(path: str | Path) -> Iterator[IO[bytes]]:
    """A file to be written, which is there whole when the context ends well, and else is what it was before.

    It is written beside itself under another name (``.NAME.part``) first; a link stays one. What is no file (a device,
    a pipe) is written as it is. Raises OSError.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    temporary = target.with_name(f".{target.name}.part")
    try:
        with temporary.open("wb") as file:
            yield file
        if target.exists():
            with suppress(OSError):  # a file system without permissions
                temporary.chmod(target.stat().st_mode)
        temporary.replace(target)
    finally:
        with suppress(OSError):  # also where the folder is none
            temporary.unlink(missing_ok=True)


@contextmanager
def output(path: str | Path) -> Iterator[IO[bytes]]:
    """The same for what a user asked to be written: where that cannot be done, UsageError says what to do."""
    try:
        with whole(path) as file:
            yield file
    except OSError as error:
        do = "make room, or name another file" if is_full(error) else "name another file"
        raise UsageError(f"{path} cannot be written ({reason(error)}); {do}") from error


__all__ = ["anew", "is_closed", "is_full", "output", "reason", "unreadable", "unwritable", "whole", "writing"]


def cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
