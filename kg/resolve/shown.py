"""Which words each article shows, beside its record: so that it is known which frames can tell nothing of it.

A table of ``records.sqlite``, written in the transaction of the article. Articles of older graphs have no row in it;
they are read again where a new one need not be.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple

_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS shown(article TEXT PRIMARY KEY, how TEXT, words BLOB) WITHOUT ROWID"


class Shown(NamedTuple):
    """The words that an article shows (`kg.record_bytes.dump_words`), and a digest of how it was read."""

    how: str
    words: bytes


class ShownWords:
    """The table. Raises sqlite3.Error where it cannot be written."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        sql.execute(_SCHEMA)

    def put(self, article: str, shown: Shown | None) -> None:
        """Keep what an article shows; None: that is not known."""
        if shown is None or not shown.words:
            self.drop([article])
        else:
            self._sql.execute("INSERT OR REPLACE INTO shown VALUES(?,?,?)", (article, *shown))

    def get(self, article: str) -> Shown | None:
        """What an article shows; None where that is not known."""
        row = self._sql.execute("SELECT how, words FROM shown WHERE article=?", (article,)).fetchone()
        return Shown(*row) if row else None

    def drop(self, articles: Iterable[str]) -> None:
        """Forget some articles."""
        self._sql.executemany("DELETE FROM shown WHERE article=?", ((article,) for article in articles))


__all__ = ["Shown", "ShownWords"]
