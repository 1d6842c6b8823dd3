"""A graph's folder -> a copy of it that nobody writes, so that a build and its readers do not meet."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import names
from kg.errors import StoreError
from kg.store import folder

Mark = tuple[tuple[str, int, int], ...]
_LEFT = ("LOCK", "LOG")  # RocksDB's lock and its logs, which readers write, too


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of a graph at ``path``, the base of its IRIs, and the state in which the graph was: ``mark``."""

    path: Path
    base: str
    mark: Mark

    def drop(self) -> None:
        """Take the copy away."""
        shutil.rmtree(self.path, ignore_errors=True)


def mark(graph: Path) -> Mark:
    """The files of a graph with size and time of change: another mark, another state."""
    found = []
    for file in _files(graph):
        with contextlib.suppress(OSError):  # a writer may take a file away while we look
            state = file.stat()
            found.append((file.relative_to(graph).as_posix(), state.st_size, state.st_mtime_ns))
    return tuple(found)


def taken(graph: Path, home: Path) -> Snapshot:
    """A new snapshot under ``home``.

    Raises StoreError where the graph cannot be read, or another process writes it just now. The graph is locked
    against writers for as long as copying takes; the files that hold the triples never change once they are written,
    so they are linked where the file system can, not copied.
    """
    folder.prepare(graph, read_only=True)
    path = Path(tempfile.mkdtemp(prefix="graph-", dir=home))
    try:
        with folder.lock(graph, read_only=True) or contextlib.nullcontext():
            base, state = folder.settle(graph, None), mark(graph)
            for file in _files(graph):
                _copy(file, path / file.relative_to(graph))
        _forget_sources(path, base)
    except BaseException as error:
        shutil.rmtree(path, ignore_errors=True)
        if isinstance(error, OSError):
            raise StoreError(f"the graph {graph} cannot be copied to {home} ({error.strerror})") from error
        raise
    return Snapshot(path, base, state)


def _forget_sources(path: Path, base: str) -> None:
    """Leave out from which files the articles were read: paths of this machine are nobody's business."""
    store = folder.open_store(path / "store", read_only=False)
    store.remove_graph(ox.NamedNode(names.mint("graph", "sources", base=base)))
    store.flush()


def _files(graph: Path) -> list[Path]:
    return sorted(
        file
        for pattern in ("meta.json", "records.sqlite*", "store/*")
        for file in graph.glob(pattern)
        if not file.name.startswith(_LEFT) and file.is_file() and not file.is_symlink()
    )


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix == ".sst":
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    shutil.copyfile(source, target)


__all__ = ["Mark", "Snapshot", "mark", "taken"]
