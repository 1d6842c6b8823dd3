"""What all articles of a graph told, kept beside it: their records, the profiles of their entities, who is who.

One SQLite file (``records.sqlite`` in the graph's folder), or memory. Everything in it follows from the articles, from
the gazetteer and from what people decided; it is written in one transaction an article.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from kg import files, record_bytes
from kg.errors import StoreError
from kg.names import slug
from kg.records import Extraction, Kind
from kg.resolve.profile import Profile
from kg.resolve.rows import Group, Local, Node, node

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS article(id TEXT PRIMARY KEY, url TEXT, record BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS article_url ON article(url);
CREATE TABLE IF NOT EXISTS local(
  article TEXT, place INTEGER, bucket TEXT, name TEXT, words TEXT, kind TEXT, told INTEGER, thing TEXT, gender TEXT,
  born_from INTEGER, born_to INTEGER, fields TEXT, courtesy INTEGER, telling INTEGER, ambiguous INTEGER,
  placed TEXT, node TEXT, key TEXT,
  PRIMARY KEY(article, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS local_name ON local(bucket, article, telling, placed, node, kind, words, thing);
CREATE INDEX IF NOT EXISTS local_group ON local(
  bucket, thing, kind, told, ambiguous, gender, born_from, born_to, fields);
CREATE INDEX IF NOT EXISTS local_free ON local(bucket, kind='Person', article, place) WHERE thing='';
CREATE INDEX IF NOT EXISTS local_short ON local(bucket, node) WHERE node<>placed;
CREATE INDEX IF NOT EXISTS local_courtesy ON local(bucket) WHERE courtesy=1;
CREATE INDEX IF NOT EXISTS local_words ON local(words, bucket);
CREATE INDEX IF NOT EXISTS local_placed ON local(placed, article, bucket);
CREATE INDEX IF NOT EXISTS local_thing ON local(thing) WHERE thing<>'';
CREATE INDEX IF NOT EXISTS local_node ON local(node, key, article);
CREATE INDEX IF NOT EXISTS local_key ON local(key);
CREATE TABLE IF NOT EXISTS block(
  block TEXT, bucket TEXT, article TEXT, place INTEGER, PRIMARY KEY(block, bucket, article, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS block_article ON block(article, place);
CREATE INDEX IF NOT EXISTS block_bucket ON block(bucket, block);
CREATE TABLE IF NOT EXISTS node(
  id TEXT PRIMARY KEY, bucket TEXT, kind TEXT, words TEXT, thing TEXT, articles INTEGER, first TEXT,
  parent TEXT, reason TEXT, score REAL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS node_parent ON node(parent);
CREATE INDEX IF NOT EXISTS node_bucket ON node(bucket);
CREATE TABLE IF NOT EXISTS todo(article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""

VERSION: Final = 1
"""Which tables these are; another number for every change of theirs, or of what the records hold."""


class Memory:
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
            if path is None or not read_only:
                self.sql.executescript(f"{_SCHEMA}PRAGMA user_version={VERSION};")
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

    # ---- articles

    def put(self, extraction: Extraction, locals_: Iterable[Local], blocks: Iterable[tuple[int, Profile]]) -> None:
        """Keep one article: its record, and what it tells of its entities."""
        article = extraction.article
        record = record_bytes.dumps(extraction)
        self.sql.execute("INSERT INTO article VALUES(?,?,?)", (article.id, article.url, record))
        self.sql.executemany(f"INSERT INTO local VALUES({','.join('?' * len(Local._fields))})", locals_)
        rows = ((block, p.bucket, article.id, place) for place, p in blocks for block in sorted(p.blocks()))
        self.sql.executemany("INSERT OR IGNORE INTO block VALUES(?,?,?,?)", rows)

    def drop(self, article: str) -> None:
        """Forget one article."""
        for table, column in (("article", "id"), ("local", "article"), ("block", "article")):
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
        found = self._one("SELECT record FROM article WHERE id=?", article)
        try:
            return record_bytes.loads(found[0] if found else b"")
        except ValueError as error:
            message = f"the record of article {article} in {self._path or 'memory'} cannot be read ({error}); rebuild"
            raise StoreError(message) from error

    def articles(self, digest: str = "") -> list[str]:
        """The ids of all articles whose digest begins so, sorted."""
        found = self.sql.execute("SELECT id FROM article WHERE id LIKE ? ORDER BY id", (f"%-{digest}%",))
        return [row[0] for row in found]

    # ---- entities of one name

    def locals(self, bucket: str) -> list[Local]:
        """All entities of one name, in the order of their articles."""
        found = self.sql.execute("SELECT * FROM local WHERE bucket=? ORDER BY article, place", (bucket,))
        return [Local(*row) for row in found]

    def of_article(self, article: str) -> list[Local]:
        """All entities of one article."""
        return [Local(*row) for row in self.sql.execute("SELECT * FROM local WHERE article=?", (article,))]

    def buckets(self, blocks: Iterable[str]) -> set[str]:
        """The names that share a block with others."""
        query = "SELECT DISTINCT bucket FROM block WHERE block=?"
        return {row[0] for block in blocks for row in self.sql.execute(query, (block,))}

    def is_thing(self, key: str) -> bool:
        """Whether a key is that of something in the gazetteer that some article speaks of."""
        return self._one("SELECT 1 FROM local WHERE thing=? AND thing<>'' LIMIT 1", key) is not None

    def blocks(self, bucket: str) -> set[str]:
        """All blocks of the entities of one name."""
        return {row[0] for row in self.sql.execute("SELECT DISTINCT block FROM block WHERE bucket=?", (bucket,))}

    def spelled(self, block: str) -> dict[str, int]:
        """The nodes of the entities with a block, with the number of articles that have it so."""
        query = (
            "SELECT l.placed, count(DISTINCT l.article) FROM block b JOIN local l ON l.article=b.article AND "
            "l.place=b.place WHERE b.block=? AND l.placed IS NOT NULL GROUP BY l.placed"
        )
        return dict(self.sql.execute(query, (block,)).fetchall())

    def called(self, words: Iterable[str]) -> set[str]:
        """The names (buckets) of what is called exactly so in some article."""
        query = "SELECT DISTINCT bucket FROM local WHERE words=?"
        return {row[0] for one in words for row in self.sql.execute(query, (one,))}

    def keys(self, node: str) -> set[str]:
        """The keys of the entities that were placed at a node, or belong to it."""
        query = "SELECT DISTINCT key FROM local WHERE placed=?1 OR node=?1"
        return {row[0] for row in self.sql.execute(query, (node,)) if row[0]}

    def calling(self, name: str) -> list[str]:
        """The articles in which something is called so, be it beside other names; by slug, read through all blocks."""
        query = "SELECT DISTINCT article FROM block WHERE block>='=' AND block<'>' AND slug(substr(block, 2))=?"
        self.sql.create_function("slug", 1, slug, deterministic=True)
        return sorted(row[0] for row in self.sql.execute(query, (name,)))

    def first(self, bucket: str, *, people: bool) -> Local | None:
        """The first person of a name, or what is none, in the order of articles, that the gazetteer does not know."""
        query = "SELECT * FROM local WHERE bucket=? AND (kind='Person')=? AND thing='' ORDER BY article, place LIMIT 1"
        row = self._one(query, bucket, people)
        return Local(*row) if row else None

    def articles_calling(self, bucket: str) -> int:
        """In how many articles this is the name of something."""
        found = self._one("SELECT count(DISTINCT article) FROM local WHERE bucket=?", bucket)
        return int(found[0]) if found else 0

    def local(self, bucket: str, article: str) -> Local | None:
        """The entity of a name in an article."""
        row = self._one("SELECT * FROM local WHERE bucket=? AND article=? ORDER BY place", bucket, article)
        return Local(*row) if row else None

    def of_key(self, key: str) -> list[Local]:
        """All entities that have a key in the graph."""
        found = self.sql.execute("SELECT * FROM local WHERE key=? ORDER BY article, place", (key,))
        return [Local(*row) for row in found]

    def groups(self, bucket: str) -> list[Group]:
        """The entities of one name that nothing but their article tells apart, with their number."""
        query = (
            "SELECT thing, kind, told, ambiguous, gender, born_from, born_to, fields, count(*) FROM local "
            "WHERE bucket=? GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"
        )
        return [Group(*row) for row in self.sql.execute(query, (bucket,))]

    def place_all(self, bucket: str, label: str, placed: str) -> None:
        """Say to which node of its name every entity of a label (a thing of the gazetteer, else a kind) belongs."""
        query = (
            "UPDATE local SET placed=?1 WHERE bucket=?2 AND coalesce(nullif(thing, ''), kind)=?3 AND placed IS NOT ?1"
        )
        self.sql.execute(query, (placed, bucket, label))

    def place(self, local: Local, placed: str) -> None:
        """Say to which node of its name an entity belongs."""
        query = "UPDATE local SET placed=?1 WHERE article=?2 AND place=?3 AND placed IS NOT ?1"
        self.sql.execute(query, (placed, local.article, local.place))

    def stay(self, bucket: str) -> int:
        """Say that all entities of a name belong where they were placed; how many did not."""
        query = "UPDATE local SET node=placed WHERE bucket=? AND node IS NOT placed"
        return self.sql.execute(query, (bucket,)).rowcount

    def assign(self, local: Local, node: str | None) -> None:
        """Say to which node an entity belongs."""
        self.sql.execute("UPDATE local SET node=? WHERE article=? AND place=?", (node, local.article, local.place))

    def courteous(self, bucket: str) -> list[Local]:
        """The entities of a name that come with "Mr." or "Ms." only."""
        found = self.sql.execute("SELECT * FROM local WHERE bucket=? AND courtesy=1", (bucket,))
        return [Local(*row) for row in found]

    def told(self, bucket: str) -> list[Node]:
        """The nodes of one name as its articles tell them: of all that were placed there, and of short names."""
        found: list[Node] = []
        for column, where in (("placed", ""), ("node", "AND node<>placed")):
            query = (
                f"SELECT {column}, kind, count(*), min(words), min(nullif(thing, '')) FROM local "
                f"WHERE bucket=? {where} GROUP BY 1, 2"
            )
            kinds: dict[str, list[tuple[Kind, int, str, str | None]]] = {}
            for id_, *rest in self.sql.execute(query, (bucket,)):
                kinds.setdefault(id_, []).append((rest[0], rest[1], rest[2], rest[3]))
            counted = f"{column}, count(DISTINCT article), min(article)"
            query = f"SELECT {counted} FROM local WHERE bucket=? {where} GROUP BY 1"
            for id_, articles, first in self.sql.execute(query, (bucket,)).fetchall():
                found.append(node(bucket, id_, articles, first, kinds[id_]))
        return found

    # ---- what speaks for and against

    def shared(self, article: str, node: str, own: str | None = None) -> int:
        """How many telling names an article shares with the other articles that speak of a node.

        The node's own name does not count, nor ``own``, the node in the article that may be the same.
        """
        query = (
            "SELECT count(DISTINCT y.bucket) FROM local y WHERE y.article=?1 AND y.telling=1 AND y.placed IS NOT ?2 "
            "AND y.placed IS NOT ?3 AND EXISTS(SELECT 1 FROM local x WHERE x.bucket=y.bucket AND x.telling=1 AND "
            "x.article<>?1 AND EXISTS(SELECT 1 FROM local z WHERE z.placed=?2 AND z.article=x.article))"
        )
        found = self._one(query, article, node, own)
        return int(found[0]) if found else 0

    def speaks(self, article: str, node: str) -> bool:
        """Whether an article speaks of a node."""
        return self._one("SELECT 1 FROM local WHERE placed=? AND article=?", node, article) is not None

    def together(self, bucket: str, node: str) -> bool:
        """Whether an article speaks of something of a name and of a node as two."""
        query = (
            "SELECT 1 FROM local x WHERE x.bucket=?1 AND x.placed IS NOT ?2 AND EXISTS("
            "SELECT 1 FROM local y WHERE y.placed=?2 AND y.article=x.article) LIMIT 1"
        )
        return self._one(query, bucket, node) is not None

    def articles_of(self, node: str) -> list[str]:
        """The articles that speak of a node."""
        return [row[0] for row in self.sql.execute("SELECT DISTINCT article FROM local WHERE placed=?", (node,))]

    # ---- nodes

    def node(self, id_: str) -> Node | None:
        """A node by its id."""
        row = self._one("SELECT * FROM node WHERE id=?", id_)
        return Node(*row) if row else None

    def stand(self, id_: str) -> Node | None:
        """A node of full names by its id; None for one of short names that stand for a full one."""
        return None if ">" in id_ else self.node(id_)

    def nodes(self, bucket: str) -> list[Node]:
        """The nodes of one name."""
        return [Node(*row) for row in self.sql.execute("SELECT * FROM node WHERE bucket=? ORDER BY id", (bucket,))]

    def children(self, id_: str) -> list[Node]:
        """The nodes that belong to another."""
        return [Node(*row) for row in self.sql.execute("SELECT * FROM node WHERE parent=? ORDER BY id", (id_,))]

    def write_node(self, node: Node) -> None:
        """Put a node, or its new state."""
        self.sql.execute(f"INSERT OR REPLACE INTO node VALUES({','.join('?' * len(Node._fields))})", node)

    def drop_node(self, id_: str) -> None:
        """Forget a node of which no article speaks any more."""
        self.sql.execute("DELETE FROM node WHERE id=?", (id_,))

    def name(self, node: str, key: str | None) -> set[str]:
        """Give the entities of a node their key in the graph; the articles in which it is another than before.

        Without a key each has the one that its own article gives it.
        """
        query = "SELECT DISTINCT article FROM local WHERE node=? AND key IS NOT ?"
        changed = {row[0] for row in self.sql.execute(query, (node, key))}
        if changed:
            self.sql.execute("UPDATE local SET key=? WHERE node=? AND key IS NOT ?", (key, node, key))
        return changed

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

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self.sql.execute(query, values).fetchone()
        return found


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
