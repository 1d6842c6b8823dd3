"""What a server has from us: the digest of each named graph that was sent there, in ``pushed.sqlite`` of the graph.

A graph is noted before it is sent, without digest, and its digest once all of it has arrived: where a push was stopped
in between, it is sent anew, or taken away there if its article has gone here meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

from kg import files
from kg.errors import StoreError

NAME: Final = "pushed.sqlite"
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS sent (target TEXT, graph TEXT, digest TEXT, PRIMARY KEY (target, graph)) WITHOUT ROWID"
)
_PAGE: Final = 1_000


class Sent:
    """What one server has; nobody else pushes from the same graph while it is open.

    ``reading`` changes nothing. Raises StoreError where the file cannot be written or another push is on its way.
    """

    def __init__(self, folder: Path | None, target: str, *, reading: bool = False) -> None:
        self._folder, self._target = folder, target
        with files.writing(folder):
            self._file = _connected(folder, reading)
            try:
                self._begin(reading)
            except BaseException:
                self._file.close()
                raise

    def _begin(self, reading: bool) -> None:
        try:
            if not reading:
                self._file.execute("PRAGMA locking_mode = EXCLUSIVE")
                self._file.execute("BEGIN EXCLUSIVE")
            if not reading or self._folder is None:
                self._file.execute(_TABLE)
            self._file.commit()
            self.digest("")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                message = f"another kg push sends the graph {self._folder}; wait until it is done, or stop it"
                raise StoreError(message) from None
            if "not a database" in str(error) or "malformed" in str(error) or "no such" in str(error):
                message = f"{self._folder}/{NAME} cannot be read ({error}); delete it, and all is sent anew"
                raise StoreError(message) from None
            raise

    def digest(self, graph: str) -> str | None:
        """The digest of a graph that was sent, empty where that has not come to its end, None where it never was."""
        rows = self._file.execute("SELECT digest FROM sent WHERE target = ? AND graph = ?", (self._target, graph))
        return next((digest for (digest,) in rows), None)

    def graphs(self) -> Iterator[str]:
        """All graphs that were sent, in order; those that are dropped meanwhile do no harm."""
        query = "SELECT graph FROM sent WHERE target = ? AND graph > ? ORDER BY graph LIMIT ?"
        last = ""
        while page := [graph for (graph,) in self._file.execute(query, (self._target, last, _PAGE))]:
            yield from page
            last = page[-1]

    def begin(self, graph: str) -> None:
        """Note that a graph is about to be sent; what was noted before is safe on disk then, too."""
        self._note(graph, "")
        with files.writing(self._folder):
            self._file.commit()

    def done(self, graph: str, digest: str) -> None:
        """Note that all of a graph has arrived."""
        self._note(graph, digest)

    def drop(self, graph: str) -> None:
        """Forget a graph that the server has no more."""
        with files.writing(self._folder):
            self._file.execute("DELETE FROM sent WHERE target = ? AND graph = ?", (self._target, graph))

    def _note(self, graph: str, digest: str) -> None:
        with files.writing(self._folder):
            self._file.execute("INSERT OR REPLACE INTO sent VALUES (?, ?, ?)", (self._target, graph, digest))

    def close(self) -> None:
        """Write all notes to disk and let others push."""
        try:
            with files.writing(self._folder):
                self._file.commit()
        finally:
            self._file.close()

    def __enter__(self) -> Sent:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _connected(folder: Path | None, reading: bool) -> sqlite3.Connection:
    """The file of notes, for reading as it is; in memory for a graph in memory, or where nothing was noted yet."""
    file = None if folder is None else folder / NAME
    if file is None or (reading and not file.exists()):
        connection = sqlite3.connect(":memory:")
        connection.execute(_TABLE)
        return connection
    if reading:
        return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=0)
    return sqlite3.connect(file, timeout=0)


__all__ = ["NAME", "Sent"]
