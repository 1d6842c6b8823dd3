"""The folder of a graph on disk: what may become one, its format, its lock, its RocksDB files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg import names
from kg.errors import StoreError, UsageError

FORMAT = 2


def prepare(path: Path, *, read_only: bool) -> None:
    """See that the folder is a graph or can become one, and touch nothing else that lies there."""
    if (path / "meta.json").is_file():
        return
    if read_only:
        raise StoreError(f"there is no graph at {path}; make one with `kg build`, or name another folder")
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path} is a file, not a graph's folder; name another folder")
    if path.is_dir() and any(not entry.name.startswith(("lock", "meta.json")) for entry in path.iterdir()):
        raise StoreError(f"{path} holds other files and is no graph; name another folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder {path} cannot be made ({error.strerror}); name another folder") from error


def settle(path: Path, base: str | None) -> str:
    """Check the graph's format and give its base IRI; a new graph gets its ``meta.json``."""
    file = path / "meta.json"
    if not file.is_file():
        _write(file, json.dumps({"base": base or names.BASE, "format": FORMAT}, sort_keys=True) + "\n")
    try:
        meta = json.loads(file.read_text(encoding="utf-8"))
        format_, known = meta["format"], meta["base"]
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise StoreError(f"{file} cannot be read as a graph's description ({error}); rebuild the graph") from error
    if format_ != FORMAT:
        raise StoreError(
            f"the graph {path} has format {format_!r} and this kg reads format {FORMAT}; "
            "use the version of kg that made it, or build the graph anew in another folder"
        )
    if not isinstance(known, str) or (base is not None and base != known):
        raise StoreError(f"the graph {path} was made with --base {known}, not {base}; use that, or another folder")
    return known


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


def _write(file: Path, content: str) -> None:
    """Write a file whole or not at all."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}")
    temporary.write_text(content, encoding="utf-8")
    temporary.replace(file)


def lock(path: Path, *, read_only: bool) -> IO[bytes] | None:
    """Keep writers out while we read, and everyone while we write: to open RocksDB beside a writer is undefined."""
    try:
        import fcntl
    except ImportError:  # Windows: RocksDB's own lock still keeps a second writer out
        return None
    try:
        handle = (path / "lock").open("rb" if read_only else "ab")
    except OSError:
        if read_only:  # a graph on a read-only medium cannot have a writer
            return None
        raise StoreError(f"the graph {path} cannot be written; check the folder's permissions") from None
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if read_only else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        doing = "writing" if read_only else "reading or writing"
        raise StoreError(f"another kg process is {doing} {path}; wait until it is done, or stop it") from None
    return handle


def open_store(path: Path, *, read_only: bool) -> ox.Store:
    """The RocksDB files, open. Raises StoreError where another process writes them or they are broken."""
    try:
        return ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreError(f"another process is writing {path.parent}; wait until it is done, or stop it") from error
        raise StoreError(f"the graph {path.parent} cannot be opened ({error}); restore it or rebuild it") from error
