"""Records of articles that are not in the graph yet, so that a build that was stopped reads nothing twice.

One SQLite file, ``cache.sqlite`` in the graph's folder (a temporary one for a graph in memory), which is gone as soon
as the graph holds what is in it. Records lie under a digest of all that they depend on: the article, and the code, the
network, the ontology and the options that it was read with (``stamp``), so that no old one is ever taken for a new one.

One file and not one a batch, as Parquet would want: SQLite is there already, finds a record without a list of all in
memory, and leaves no half record where it is killed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from pathlib import Path

from kg.records import Article

_SCHEMA = "CREATE TABLE IF NOT EXISTS made(key BLOB PRIMARY KEY, record BLOB NOT NULL, words BLOB NOT NULL)"


class Cache:
    """Records, and words that articles show, as bytes, by article. Raises sqlite3.Error where none can be written."""

    def __init__(self, folder: Path | None, stamp: str) -> None:
        self._path, self._stamp = None if folder is None else folder / "cache.sqlite", stamp
        try:
            self._sql = self._opened()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self._remove()  # broken: it holds nothing that cannot be made again
            self._sql = self._opened()

    @staticmethod
    def there(folder: Path | None) -> bool:
        """Whether a build that was stopped left records there."""
        return folder is not None and (folder / "cache.sqlite").is_file()

    def _opened(self) -> sqlite3.Connection:
        sql = sqlite3.connect(str(self._path or ""))
        sql.execute("PRAGMA journal_mode=WAL")
        sql.execute("PRAGMA synchronous=NORMAL")
        sql.execute(_SCHEMA)
        sql.commit()
        return sql

    def key(self, article: Article) -> bytes:
        """What a record lies under: all of the article but the file that it came from, and the stamp."""
        date = article.date.isoformat() if article.date else ""
        told = (self._stamp, article.id, date, article.title, article.publisher, article.url, article.text)
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).digest()

    def get(self, key: bytes) -> tuple[bytes, bytes]:
        """The record under a key, and the words; empty where there are none."""
        found = self._sql.execute("SELECT record, words FROM made WHERE key=?", (key,)).fetchone()
        return (bytes(found[0]), bytes(found[1])) if found else (b"", b"")

    def put(self, key: bytes, record: bytes, words: bytes) -> None:
        """Keep a record with the words."""
        self._sql.execute("INSERT OR REPLACE INTO made VALUES(?,?,?)", (key, record, words))
        self._sql.commit()

    def close(self) -> None:
        """Keep what is there for the next build."""
        self._sql.close()

    def remove(self) -> None:
        """The graph holds all that is in it: let it go."""
        self.close()
        self._remove()

    def _remove(self) -> None:
        for end in ("", "-wal", "-shm") if self._path is not None else ():
            with suppress(FileNotFoundError):
                Path(f"{self._path}{end}").unlink()


__all__ = ["Cache"]
