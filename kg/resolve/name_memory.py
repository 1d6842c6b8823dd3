"""What all articles of a graph tell of the entities of one name, of many names at once, and of the nodes that they are.

Questions about many names are asked in one statement: thousands of small ones cost more than all that they find.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kg.names import slug
from kg.records import Kind
from kg.resolve.rows import Group, Local, Node, node

_NAMES: Final = (
    "WITH RECURSIVE found(bucket) AS (SELECT min(bucket) FROM {0}1 UNION ALL SELECT (SELECT min(bucket) FROM {0}1 AND "
    "bucket>found.bucket) FROM found WHERE bucket IS NOT NULL) SELECT bucket FROM found WHERE bucket IS NOT NULL"
)
"""The names in some rows, each once: a look at the index for each, not for each article that has it."""
_OF_ANOTHER: Final = (
    "EXISTS(SELECT 1 FROM block WHERE block=own.block AND bucket<own.bucket) OR "
    "EXISTS(SELECT 1 FROM block WHERE block=own.block AND bucket>own.bucket)"
)
"""Whether another name has a block: two looks at the index, however many articles have it."""


class NameMemory:
    """The tables of names and nodes, and the questions that identity asks of them."""

    sql: sqlite3.Connection

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
        query = _NAMES.format("block WHERE block=?")
        return {row[0] for block in blocks for row in self.sql.execute(query, (block,))}

    def spelled(self, block: str) -> dict[str, int]:
        """The nodes of the entities with a block, with the number of articles that have it so."""
        query = (
            "SELECT l.placed, count(DISTINCT l.article) FROM block b JOIN local l ON l.article=b.article AND "
            "l.place=b.place WHERE b.block=? AND l.placed IS NOT NULL GROUP BY l.placed"
        )
        return dict(self.sql.execute(query, (block,)).fetchall())

    def called(self, words: Iterable[str]) -> set[str]:
        """The names (buckets) of what is called exactly so in some article."""
        query = _NAMES.format("local WHERE words=?")
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

    def knows(self, bucket: str) -> bool:
        """Whether this is the name of something in any article."""
        return self._one("SELECT 1 FROM local WHERE bucket=? LIMIT 1", bucket) is not None

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

    def place(self, local: Local, placed: str) -> None:
        """Say to which node of its name an entity belongs."""
        query = "UPDATE local SET placed=?1 WHERE article=?2 AND place=?3 AND placed IS NOT ?1"
        self.sql.execute(query, (placed, local.article, local.place))

    def assign(self, local: Local, node: str | None) -> None:
        """Say to which node an entity belongs."""
        self.sql.execute("UPDATE local SET node=? WHERE article=? AND place=?", (node, local.article, local.place))

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

    def telling(self, article: str) -> list[tuple[str, str | None]]:
        """The telling names in an article, each with its node."""
        return self.sql.execute("SELECT bucket, placed FROM local WHERE article=? AND telling=1", (article,)).fetchall()

    def telling_beside(self, node: str) -> set[str]:
        """The telling names in all articles that speak of a node."""
        query = (
            "SELECT DISTINCT x.bucket FROM local z CROSS JOIN local x ON x.article=z.article "
            "WHERE z.placed=? AND x.telling=1"
        )
        return {row[0] for row in self.sql.execute(query, (node,))}

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

    # ---- many names at once

    def groups(self, buckets: Sequence[str]) -> dict[str, list[Group]]:
        """The entities of some names that nothing but their article tells apart, with their number, by name."""
        query = (
            "SELECT bucket, thing, kind, told, ambiguous, gender, born_from, born_to, fields, count(*) FROM local "
            f"WHERE bucket IN ({_marks(buckets)}) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9"
        )
        found: dict[str, list[Group]] = {}
        for bucket, *group in self.sql.execute(query, buckets):
            found.setdefault(bucket, []).append(Group(*group))
        return found

    def things(self, keys: Sequence[str]) -> set[str]:
        """Those of some keys that are keys of things in the gazetteer that some article speaks of."""
        query = f"SELECT DISTINCT thing FROM local WHERE thing<>'' AND thing IN ({_marks(keys)})"
        return {row[0] for row in self.sql.execute(query, keys)}

    def place_all(self, placed: Iterable[tuple[str, str, str]]) -> None:
        """Say to which node of its name every entity of a label (a thing of the gazetteer, else a kind) belongs.

        They are given as node, name and label.
        """
        query = (
            "UPDATE local SET placed=?1 WHERE bucket=?2 AND coalesce(nullif(thing, ''), kind)=?3 AND placed IS NOT ?1"
        )
        self.sql.executemany(query, placed)

    def courteous(self, buckets: Sequence[str]) -> list[Local]:
        """The entities of some names that come with "Mr." or "Ms." only."""
        found = self.sql.execute(f"SELECT * FROM local WHERE courtesy=1 AND bucket IN ({_marks(buckets)})", buckets)
        return [Local(*row) for row in found]

    def told(self, buckets: Sequence[str]) -> dict[str, list[Node]]:
        """The nodes of some names as their articles tell them: of all that were placed there, and of short names."""
        found: dict[str, list[Node]] = {}
        for column, where in (("placed", ""), ("node", "AND node<>placed")):
            of_names = f"FROM local WHERE bucket IN ({_marks(buckets)}) {where}"
            what = f"bucket, {column}, kind, count(*), min(words), min(nullif(thing, ''))"
            kinds: dict[tuple[str, str], list[tuple[Kind, int, str, str | None]]] = {}
            for bucket, id_, *rest in self.sql.execute(f"SELECT {what} {of_names} GROUP BY 1, 2, 3", buckets):
                kinds.setdefault((bucket, id_), []).append((rest[0], rest[1], rest[2], rest[3]))
            query = f"SELECT bucket, {column}, count(DISTINCT article), min(article) {of_names} GROUP BY 1, 2"
            for bucket, id_, articles, first in self.sql.execute(query, buckets):
                found.setdefault(bucket, []).append(node(bucket, id_, articles, first, kinds[bucket, id_]))
        return found

    def nodes_of(self, buckets: Sequence[str]) -> dict[str, dict[str, Node]]:
        """The nodes of some names, by name and id."""
        found: dict[str, dict[str, Node]] = {bucket: {} for bucket in buckets}
        query = f"SELECT * FROM node WHERE bucket IN ({_marks(buckets)}) ORDER BY id"
        for one in (Node(*row) for row in self.sql.execute(query, buckets)):
            found[one.bucket][one.id] = one
        return found

    def blocks(self, buckets: Sequence[str]) -> set[str]:
        """All blocks of the entities of some names."""
        query = f"WITH {_own(buckets)} SELECT DISTINCT block FROM own WHERE block IS NOT NULL"
        return {row[0] for row in self.sql.execute(query, buckets)}

    def beside(self, buckets: Sequence[str], marks: str) -> set[str]:
        """Those of some names that share a block with another name; only blocks that begin with a mark count."""
        query = (
            f"WITH {_own(buckets)} SELECT DISTINCT bucket FROM own "
            f"WHERE instr(?, substr(block, 1, 1)) AND ({_OF_ANOTHER})"
        )
        return {row[0] for row in self.sql.execute(query, (*buckets, marks))}

    def called_as(self, buckets: Sequence[str]) -> set[str]:
        """Those of some names by which something that has another name is called, its surname or its initials."""
        query = (
            "SELECT DISTINCT bucket FROM (SELECT bucket, mark || words AS block FROM (SELECT DISTINCT bucket, words "
            f"FROM local WHERE bucket IN ({_marks(buckets)})), (SELECT '=' AS mark UNION ALL SELECT '^' "
            f"UNION ALL SELECT '@')) AS own WHERE {_OF_ANOTHER}"
        )
        return {row[0] for row in self.sql.execute(query, buckets)}

    def stay(self, buckets: Sequence[str]) -> dict[str, bool]:
        """Say that all entities of some names belong where they were placed.

        The names of which some did not; of each whether any was at another node, not just at none.
        """
        where = f"WHERE bucket IN ({_marks(buckets)}) AND node IS NOT placed"
        found = self.sql.execute(f"SELECT bucket, count(node) FROM local {where} GROUP BY 1", buckets)
        moved = {bucket: bool(number) for bucket, number in found}
        if moved:
            self.sql.execute(f"UPDATE local SET node=placed {where}", buckets)
        return moved

    def stay_all(self) -> None:
        """The same for all names."""
        self.sql.execute("UPDATE local SET node=placed WHERE node IS NOT placed")

    def parents(self, ids: Sequence[str]) -> dict[str, str | None]:
        """What is above some nodes, of those that are there."""
        return dict(self.sql.execute(f"SELECT id, parent FROM node WHERE id IN ({_marks(ids)})", ids).fetchall())

    def below(self, ids: Sequence[str]) -> set[str]:
        """The names of the nodes that belong to some."""
        query = f"SELECT DISTINCT bucket FROM node WHERE parent IN ({_marks(ids)})"
        return {row[0] for row in self.sql.execute(query, ids)}

    def single(self, ids: Sequence[str]) -> dict[str, Node]:
        """Those of some nodes that have nothing below them, by id."""
        query = (
            f"SELECT * FROM node WHERE id IN ({_marks(ids)}) AND "
            "NOT EXISTS(SELECT 1 FROM node AS below WHERE below.parent=node.id)"
        )
        return {row[0]: Node(*row) for row in self.sql.execute(query, ids)}

    def name(self, keys: Mapping[str, str]) -> set[str]:
        """Give the entities of some nodes their keys in the graph; the articles in which one is another than before."""
        others = "SELECT article FROM local WHERE node=?1 AND key"
        query = f"{others} IS NULL UNION {others}<?2 UNION {others}>?2"  # not all articles that have a well-known name
        changed: set[str] = set()
        new: list[tuple[str, str]] = []
        for pair in keys.items():
            if articles := self.sql.execute(query, pair).fetchall():
                changed.update(row[0] for row in articles)
                new.append(pair)
        self.sql.executemany("UPDATE local SET key=?2 WHERE node=?1 AND key IS NOT ?2", new)
        return changed

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self.sql.execute(query, values).fetchone()
        return found


def _own(buckets: Sequence[str]) -> str:
    """The table of some names and their blocks, each once: a look at the index for each, not for each article."""
    next_ = "SELECT min(block) FROM block WHERE bucket=own.bucket AND block>own.block"
    return (
        "RECURSIVE name(bucket) AS (VALUES " + ",".join(["(?)"] * len(buckets)) + "), own(bucket, block) AS ("
        "SELECT bucket, (SELECT min(block) FROM block WHERE bucket=name.bucket) FROM name "
        f"UNION ALL SELECT bucket, ({next_}) FROM own WHERE block IS NOT NULL)"
    )


def _marks(values: Sequence[str]) -> str:
    """As many places for values in a statement."""
    return ",".join("?" * len(values))


__all__ = ["NameMemory"]
