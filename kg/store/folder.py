"""The folder of a graph on disk: what may become one, its format, its lock, its RocksDB files."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg import files, names
from kg.errors import StoreError, UsageError

FORMAT = 2
_OURS = ("lock", "meta.json", ".meta.json.")
"""What a run that was killed at its very beginning may have left in the folder of a graph that it meant to make."""


def prepare(path: Path, *, read_only: bool) -> None:
    """See that the folder is a graph or can become one, and touch nothing else that lies there."""
    try:
        _prepare(path, read_only=read_only)
    except PermissionError as error:
        raise files.unreadable(path, error) from error


def _prepare(path: Path, *, read_only: bool) -> None:
    if (path / "meta.json").is_file():
        return
    if read_only:
        raise StoreError(f"there is no graph at {path}; make one with `kg build`, or name another folder")
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path} is a file, not a graph's folder; name another folder")
    if path.is_dir() and any(not entry.name.startswith(_OURS) for entry in path.iterdir()):
        raise StoreError(f"{path} holds other files and is no graph; name another folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if isinstance(error, PermissionError) or files.is_full(error):
            raise files.unwritable(path, error) from error
        raise StoreError(f"the folder {path} cannot be made ({error.strerror}); name another folder") from error


def settle(path: Path, base: str | None) -> str:
    """Check the graph's format and give its base IRI; a new graph gets its ``meta.json``."""
    file = path / "meta.json"
    if not file.is_file():
        with files.writing(path), files.whole(file) as out:
            out.write((json.dumps({"base": base or names.BASE, "format": FORMAT}, sort_keys=True) + "\n").encode())
    try:
        meta = json.loads(file.read_text(encoding="utf-8"))
        format_, known = meta["format"], meta["base"]
    except OSError as error:
        raise files.unreadable(path, error) from error
    except (ValueError, KeyError, TypeError) as error:
        message = f"{file} cannot be read as a graph's description ({error}); build the graph anew: {files.anew(path)}"
        raise StoreError(message) from error
    if format_ != FORMAT:
        raise _other_format(path, format_, known)
    if not isinstance(known, str) or (base is not None and base != known):
        raise StoreError(f"the graph {path} was made with --base {known}, not {base}; use that, or another folder")
    return known


def _other_format(path: Path, format_: object, base: object) -> StoreError:
    """The error that says what to do with a graph that an older or a newer kg made."""
    if isinstance(format_, int) and format_ > FORMAT:
        return StoreError(
            f"the graph {path} was made by a newer kg (format {format_}; this one reads format {FORMAT}); "
            "install that version, for example with: pip install --upgrade newskg"
        )
    own = base if isinstance(base, str) and base != names.BASE else None
    return StoreError(
        f"the graph {path} was made by an older kg (format {format_!r}; this one reads format {FORMAT}); "
        f"build the graph anew: {files.anew(path, own)}"
    )


def checked_base(base: str) -> str:
    """The base IRI where one can be put before "article/…#char=0,9"; UsageError for any other."""
    try:
        ox.NamedNode(f"{base}article/x#char=0,9")
    except ValueError as error:
        message = f"--base {base!r} is no absolute IRI without '#' ({error}); give one like {names.BASE}"
        raise UsageError(message) from error
    if not base.endswith(("/", ":")):
        raise UsageError(f"--base {base!r} must end with '/', as in {names.BASE}")
    return base


def lock(path: Path, *, read_only: bool) -> IO[bytes] | None:
    """Keep writers out while we read, and everyone while we write: to open RocksDB beside a writer is undefined."""
    try:
        import fcntl
    except ImportError:  # Windows: RocksDB's own lock still keeps a second writer out
        return None
    try:
        handle = (path / "lock").open("rb" if read_only else "ab")
    except FileNotFoundError:
        if read_only:  # a graph that was copied without its lock, perhaps onto a read-only medium
            return None
        raise
    except OSError as error:
        raise (files.unreadable if read_only else files.unwritable)(path, error) from error
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if read_only else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        doing = "writing" if read_only else "reading or writing"
        raise StoreError(f"another kg process is {doing} {path}; wait until it is done, or stop it") from None
    return handle


def open_store(path: Path, *, read_only: bool) -> ox.Store:
    """The RocksDB files, open.

    Raises StoreError where another process writes them, there is no room, or they are broken, or have not been made.
    """
    graph = path.parent
    try:
        return ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
    except RuntimeError as error:  # a store without its tables
        raise _unmade(graph) from error
    except OSError as error:
        if files.is_full(error) or files.is_closed(error):
            raise (files.unreadable if read_only else files.unwritable)(graph, error) from error
        if read_only and not (path / "CURRENT").exists():
            raise _unmade(graph) from error
        if "lock" in str(error).lower():
            raise StoreError(f"another process is writing {graph}; wait until it is done, or stop it") from error
        message = f"the graph {graph} cannot be opened ({error}); restore it, or build it anew: {files.anew(graph)}"
        raise StoreError(message) from error


@contextmanager
def fresh(graph: Path) -> Iterator[Path]:
    """A folder for a new store, which takes the place of the graph's store at the end; nobody must hold either then."""
    new, old = graph / "filling", graph / "emptied"
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    try:
        yield new
        if (graph / "store").exists():
            (graph / "store").rename(old)
        new.rename(graph / "store")
    finally:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)


def _unmade(graph: Path) -> StoreError:
    message = f"the graph {graph} has not been made to its end: a run was stopped at its very beginning; build it again"
    return StoreError(f"{message} with: kg build ARTICLES --graph {shlex.quote(str(graph))}")
