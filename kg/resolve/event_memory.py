"""What is kept of events across articles, in the tables beside those of ``memory``: one row an event of an article."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from kg.errors import StoreError
from kg.resolve.happenings import Happening, loads

_SCHEMA: Final = (
    """CREATE TABLE IF NOT EXISTS happening(
      article TEXT, place INTEGER, told TEXT, base TEXT, day TEXT, node TEXT, key TEXT, reason TEXT, score REAL,
      PRIMARY KEY(article, place)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS happening_node ON happening(node)",
    "CREATE INDEX IF NOT EXISTS happening_base ON happening(base)",
    "CREATE INDEX IF NOT EXISTS happening_key ON happening(key)",
    """CREATE TABLE IF NOT EXISTS point(
      point TEXT, article TEXT, place INTEGER, leader TEXT, PRIMARY KEY(point, article, place)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS point_article ON point(article, place)",
    "CREATE INDEX IF NOT EXISTS point_leader ON point(point, leader)",
)
At = tuple[str, int]
"""An article, and which of its events."""


class Row(NamedTuple):
    """One event of one article: as it is told, its node (that of the telling that leads it) and its key so far."""

    told: Happening
    node: str | None
    key: str | None


class EventMemory:
    """The tables, and the questions that are asked of them. Raises StoreError where an old file has none of them."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        try:
            for statement in _SCHEMA:
                sql.execute(statement)
        except sqlite3.OperationalError as error:
            raise StoreError(f"the graph knows nothing of events across articles ({error}); rebuild it") from error

    # ---- events of an article

    def of_article(self, article: str) -> list[Row]:
        """The events of an article, in their order."""
        return self._rows("WHERE article=? ORDER BY place", article)

    def row(self, at: At) -> Row | None:
        """One event of an article."""
        return next(iter(self._rows("WHERE article=? AND place=?", *at)), None)

    def put(self, told: Happening) -> None:
        """Keep an event of an article; nothing is decided of it."""
        values = (*told.at, told.dumps(), told.base, told.day)
        self._sql.execute("INSERT INTO happening(article, place, told, base, day) VALUES(?,?,?,?,?)", values)
        rows = ((point, *told.at) for point in sorted(told.points()))
        self._sql.executemany("INSERT INTO point(point, article, place) VALUES(?,?,?)", rows)

    def drop(self, at: At) -> None:
        """Forget an event of an article."""
        for table in ("happening", "point"):
            self._sql.execute(f"DELETE FROM {table} WHERE article=? AND place=?", at)

    # ---- what may be one

    def at_point(self, point: str) -> list[tuple[Row, str | None]]:
        """All events of articles that share a point, each with the one that leads it there."""
        found = self._sql.execute(
            "SELECT h.article, h.place, h.told, h.node, h.key, p.leader FROM point p JOIN happening h ON "
            "h.article=p.article AND h.place=p.place WHERE p.point=? ORDER BY p.article, p.place", (point,)
        )  # fmt: skip
        return [(_row(row[:5]), row[5]) for row in found]

    def lead(self, point: str, at: At, leader: str) -> None:
        """Say which event leads one at a point."""
        self._sql.execute("UPDATE point SET leader=? WHERE point=? AND article=? AND place=?", (leader, point, *at))

    def beside(self, at: At) -> set[At]:
        """The events that have the same leader at some point, itself included."""
        query = (
            "SELECT DISTINCT y.article, y.place FROM point x JOIN point y ON y.point=x.point AND y.leader=x.leader "
            "WHERE x.article=? AND x.place=?"
        )
        return {(row[0], row[1]) for row in self._sql.execute(query, at)}

    # ---- what is one

    def decide(self, at: At, node: str, reason: str, score: float) -> None:
        """Say to which event of the graph one belongs, and why."""
        values = (node, reason, score, *at)
        self._sql.execute("UPDATE happening SET node=?, reason=?, score=? WHERE article=? AND place=?", values)

    def of_node(self, node: str) -> list[Row]:
        """All tellings of an event."""
        return self._rows("WHERE node=? ORDER BY article, place", node)

    def leading(self, base: str) -> list[Row]:
        """The tellings that lead an event, of those that come to a key by their participants alone."""
        return self._rows("WHERE base=? AND node=article || '#' || place ORDER BY article, place", base)

    def name(self, node: str, key: str) -> set[str]:
        """Give an event its key; the articles in which it had another."""
        found = self._sql.execute("SELECT DISTINCT article FROM happening WHERE node=? AND key IS NOT ?", (node, key))
        changed = {row[0] for row in found}
        if changed:
            self._sql.execute("UPDATE happening SET key=? WHERE node=? AND key IS NOT ?", (key, node, key))
        return changed

    def reasons(self, key: str) -> list[tuple[str, str, float]]:
        """Article, reason and score of every telling of an event, by its key; that which leads it first."""
        query = (
            "SELECT article, reason, score FROM happening WHERE key=? "
            "ORDER BY node<>article || '#' || place, day, article, place"
        )
        return [(row[0], row[1], row[2]) for row in self._sql.execute(query, (key,))]

    def joined(self) -> Iterable[str]:
        """The keys of all events that more than one article tells of, sorted."""
        query = "SELECT key FROM happening GROUP BY key HAVING count(DISTINCT article) > 1 ORDER BY key"
        return (row[0] for row in self._sql.execute(query))

    def _rows(self, where: str, *values: object) -> list[Row]:
        query = f"SELECT article, place, told, node, key FROM happening {where}"
        return [_row(row) for row in self._sql.execute(query, values)]


def _row(row: tuple[Any, ...]) -> Row:
    article, place, told, node, key = row
    return Row(loads(article, place, told), node, key)


__all__ = ["At", "EventMemory", "Row"]
