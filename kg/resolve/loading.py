"""The tables of ``memory``, and how they are filled at once: indexes are made when the rows are there, by sorting.

Rows that come one by one would go to places all over a dozen of indexes, and a file greater than the cache would be
read and written again and again for it.
"""

from __future__ import annotations

import sqlite3
from typing import Final

TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS article(id TEXT PRIMARY KEY, url TEXT, record BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS article_url ON article(url)",
    """CREATE TABLE IF NOT EXISTS local(
      article TEXT, place INTEGER, bucket TEXT, name TEXT, words TEXT, kind TEXT, told INTEGER, thing TEXT, gender TEXT,
      born_from INTEGER, born_to INTEGER, fields TEXT, courtesy INTEGER, telling INTEGER, ambiguous INTEGER,
      placed TEXT, node TEXT, key TEXT,
      PRIMARY KEY(article, place)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS block(
      block TEXT, bucket TEXT, article TEXT, place INTEGER,
      PRIMARY KEY(block, bucket, article, place)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS node(
      id TEXT PRIMARY KEY, bucket TEXT, kind TEXT, words TEXT, thing TEXT, articles INTEGER, first TEXT,
      parent TEXT, reason TEXT, score REAL) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS node_parent ON node(parent)",
    "CREATE INDEX IF NOT EXISTS node_bucket ON node(bucket)",
    "CREATE TABLE IF NOT EXISTS todo(article TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS state(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
)
OF_NAMES: Final = {
    "local_group": "local(bucket, thing, kind, told, ambiguous, gender, born_from, born_to, fields)",
    "local_free": "local(bucket, kind='Person', article, place) WHERE thing=''",
    "local_courtesy": "local(bucket) WHERE courtesy=1",
    "local_words": "local(words, bucket)",
    "local_thing": "local(thing) WHERE thing<>''",
    "block_article": "block(article, place)",
    "block_bucket": "block(bucket, block)",
}
"""Indexes of what articles tell."""
OF_NODES: Final = {
    "local_name": "local(bucket, article, telling, placed, node, kind, words, thing)",
    "local_short": "local(bucket, node) WHERE node<>placed",
    "local_placed": "local(placed, article, bucket)",
    "local_node": "local(node, key, article)",
    "local_key": "local(key)",
}
"""Indexes of what is decided."""
CACHE: Final = 16
"""MiB of the file that are kept in memory."""
LOADING: Final = 64
"""The same while many articles come in at once; to sort takes as much again."""


class Loading:
    """An empty file that takes many articles in: between ``begin`` and ``nodes`` some indexes are not there.

    All is part of one transaction; where that is taken back, they are there again.
    """

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        self.begun = False

    @property
    def blocks(self) -> str:
        """The table that takes in blocks."""
        return "new_block" if self.begun else "block"

    def make(self) -> None:
        """Make all tables and indexes that are not there."""
        for statement in TABLES:
            self._sql.execute(statement)
        self._index(OF_NAMES | OF_NODES)
        self.cache(CACHE)

    def begin(self) -> None:
        """Many articles are to come."""
        self.begun = True
        self.cache(LOADING)
        if not self._sql.in_transaction:
            self._sql.execute("BEGIN")
        for name in OF_NAMES | OF_NODES:
            self._sql.execute(f"DROP INDEX {name}")
        self._sql.execute(
            "CREATE TABLE new_block(block TEXT, bucket TEXT, article TEXT, place INTEGER, "
            "PRIMARY KEY(article, place, block)) WITHOUT ROWID"
        )
        self._sql.execute("INSERT INTO new_block SELECT * FROM block")
        self._sql.execute("DELETE FROM block")

    def names(self) -> None:
        """All articles are there."""
        if self.begun:
            self._sql.execute("INSERT INTO block SELECT * FROM new_block ORDER BY block, bucket, article, place")
            self._sql.execute("DROP TABLE new_block")
            self._index(OF_NAMES)

    def nodes(self) -> None:
        """All entities have the nodes that their names alone give them."""
        if self.begun:
            self._index(OF_NODES)
            self.end()

    def end(self) -> None:
        """No more articles come."""
        self.begun = False
        self.cache(CACHE)

    def cache(self, size: int) -> None:
        """Keep so many MiB of the file in memory."""
        self._sql.execute(f"PRAGMA cache_size={-1024 * size}")

    def _index(self, indexes: dict[str, str]) -> None:
        for name, columns in indexes.items():
            self._sql.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


__all__ = ["Loading"]
