"""What all articles of a graph told, kept beside it: their records, the profiles of their entities, who is who.

One SQLite file (``records.sqlite`` in the graph's folder), or memory. Everything in it follows from the articles, from
the gazetteer and from what people decided; it is written in one transaction an article.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kg import files, record_bytes
from kg.errors import StoreError
from kg.records import Extraction
from kg.resolve.loading import Loading
from kg.resolve.name_memory import NameMemory
from kg.resolve.profile import Profile
from kg.resolve.rows import Group, Local, Node

VERSION: Final = 1
"""Which tables these are; another number for every change of theirs, or of what the records hold."""


class Memory(NameMemory):
    """The tables, and the questions that identity asks of them. Raises StoreError where the file is none of ours."""

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        self._path = path
        try:
            self.sql = _connected(path, read_only=read_only)
            if not read_only:
                self.sql.execute("PRAGMA journal_mode=WAL")
            _check(self.sql, path)
            if path is not None and read_only and not _holds(self.sql):  # perhaps killed while its tables were made
                self.sql.close()
                self.sql, read_only = _connected(None, read_only=False), False
            self.loading = Loading(self.sql)
            if path is None or not read_only:
                self.loading.make()
                self.sql.execute(f"PRAGMA user_version={VERSION}")
            self.sql.execute("SELECT count(*) FROM todo")
        except sqlite3.Error as error:
            raise _unopened(path, error, read_only=read_only) from error

    def close(self) -> None:
        """Let go of the file; what was not committed is lost."""
        self.sql.close()

    def commit(self) -> None:
        """Make what was changed last."""
        self.sql.commit()

    def undo(self) -> None:
        """Take back what was not committed."""
        self.sql.rollback()
        self.loading.end()

    # ---- articles

    def put(self, extraction: Extraction, locals_: Iterable[Local], blocks: Iterable[tuple[int, Profile]]) -> None:
        """Keep one article: its record, and what it tells of its entities."""
        article = extraction.article
        record = record_bytes.dumps(extraction)
        self.sql.execute("INSERT INTO article VALUES(?,?,?)", (article.id, article.url, record))
        self.sql.executemany(f"INSERT INTO local VALUES({','.join('?' * len(Local._fields))})", locals_)
        rows = ((block, p.bucket, article.id, place) for place, p in blocks for block in sorted(p.blocks()))
        self.sql.executemany(f"INSERT OR IGNORE INTO {self.loading.blocks} VALUES(?,?,?,?)", rows)

    def drop(self, article: str) -> None:
        """Forget one article."""
        for table, column in (("article", "id"), ("local", "article"), (self.loading.blocks, "article")):
            self.sql.execute(f"DELETE FROM {table} WHERE {column}=?", (article,))

    def has(self, article: str) -> bool:
        """Whether an article is kept."""
        return self._one("SELECT 1 FROM article WHERE id=?", article) is not None

    def holds(self) -> bool:
        """Whether any article is kept."""
        return _holds(self.sql)

    def with_url(self, url: str | None) -> list[str]:
        """The articles that were read from an address."""
        return [] if not url else [row[0] for row in self.sql.execute("SELECT id FROM article WHERE url=?", (url,))]

    def record(self, article: str) -> Extraction:
        """The record of an article. Raises StoreError where it cannot be read."""
        try:
            return record_bytes.loads(self.kept(article))
        except ValueError as error:
            message = f"the record of article {article} in {self._path or 'memory'} cannot be read ({error}); rebuild"
            raise StoreError(message) from error

    def kept(self, article: str) -> bytes:
        """The record of an article as it is kept, nothing for one that is not known."""
        found = self._one("SELECT record FROM article WHERE id=?", article)
        return bytes(found[0]) if found else b""

    def articles(self, digest: str = "") -> list[str]:
        """The ids of all articles whose digest begins so, sorted."""
        found = self.sql.execute("SELECT id FROM article WHERE id LIKE ? ORDER BY id", (f"%-{digest}%",))
        return [row[0] for row in found]

    # ---- what is still to be written to the graph

    def todo(self) -> list[str]:
        """The articles whose quads may not be what they should be: a run was stopped between two steps."""
        return [row[0] for row in self.sql.execute("SELECT article FROM todo ORDER BY article")]

    def note_todo(self, articles: Iterable[str]) -> None:
        """Note that the quads of some articles are about to change."""
        self.sql.executemany("INSERT OR IGNORE INTO todo VALUES(?)", ((article,) for article in articles))

    def done(self) -> None:
        """Note that the graph holds what it should."""
        self.sql.execute("DELETE FROM todo")
        self.sql.commit()

    def state(self, name: str) -> str | None:
        """A note by its name."""
        row = self._one("SELECT value FROM state WHERE name=?", name)
        return row[0] if row else None

    def note(self, name: str, value: str) -> None:
        """Keep a note under a name."""
        self.sql.execute("INSERT OR REPLACE INTO state VALUES(?,?)", (name, value))


def _connected(path: Path | None, *, read_only: bool) -> sqlite3.Connection:
    if path is None or not read_only:
        return sqlite3.connect(":memory:" if path is None else path)
    # Without a journal at hand nothing is to be recovered, and a folder that is read-only serves as well.
    how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True)


def _check(sql: sqlite3.Connection, path: Path | None) -> None:
    """Raises StoreError where another version of kg made the tables, and says what to do."""
    version = sql.execute("PRAGMA user_version").fetchone()[0]
    if path is None or version == VERSION:
        return
    if version > VERSION:
        raise StoreError(
            f"{path} was made by a newer kg (its tables are of version {version}; this one reads {VERSION}); "
            "install that version, for example with: pip install --upgrade newskg"
        )
    if not _fits(sql):
        raise StoreError(f"{path} was made by an older kg; build the graph anew: {files.anew(path.parent)}")


def _fits(sql: sqlite3.Connection) -> bool:
    """Whether tables without a number hold no article (a run was killed while it made them), or are as ours."""
    if not _holds(sql):
        return True
    tables = {row[0] for row in sql.execute("SELECT name FROM sqlite_master")}
    return "happening" in tables and len(sql.execute("PRAGMA table_info(local)").fetchall()) == len(Local._fields)


def _holds(sql: sqlite3.Connection) -> bool:
    """Whether any article is kept."""
    there = sql.execute("SELECT 1 FROM sqlite_master WHERE name='article'").fetchone() is not None
    return there and sql.execute("SELECT 1 FROM article LIMIT 1").fetchone() is not None


def _unopened(path: Path | None, error: sqlite3.Error, *, read_only: bool) -> StoreError:
    """Why the file cannot be opened, and what to do."""
    graph = path.parent if path else "in memory"
    if not isinstance(error, sqlite3.OperationalError):
        return StoreError(f"{path} cannot be read ({error}); build the graph anew: {files.anew(graph)}")
    if not read_only:
        return files.unwritable(graph, error)
    if path and path.with_name(f"{path.name}-wal").exists():
        return StoreError(
            f"{path} cannot be read ({error}): a run that was stopped left its journal there, which wants a folder "
            "that can be written; check its permissions, or copy the graph to a folder of yours"
        )
    return files.unreadable(graph, error)


__all__ = ["Group", "Local", "Memory", "Node"]
