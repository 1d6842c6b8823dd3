"""The graph as it is served: a snapshot with its workers and its picture, replaced when the graph has changed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.serve import snapshot
from kg.serve.jobs import Reply
from kg.serve.limits import Limits
from kg.serve.pool import Lane, surroundings
from kg.serve.snapshot import Snapshot

PICTURE = 600.0
"""Seconds that drawing the whole graph may take."""
_LOG = logging.getLogger("kg.serve")


class Edition:
    """One snapshot, the workers that answer from it, and its picture, drawn once."""

    def __init__(self, taken: Snapshot, limits: Limits) -> None:
        self.taken = taken
        self.queries, self.pages = Lane(taken.path, limits, limits.workers), Lane(taken.path, limits, 1)
        self._picture: asyncio.Task[Path | None] | None = None
        self._users = 0
        self._over = False

    async def start(self) -> None:
        """Start the workers. Raises StoreError where they cannot open the snapshot."""
        try:
            await asyncio.gather(self.queries.start(), self.pages.start())
        except BaseException:
            await self._close()
            raise

    @asynccontextmanager
    async def used(self) -> AsyncIterator[Edition]:
        """Keep the edition for as long as somebody is answered from it."""
        self._users += 1
        try:
            yield self
        finally:
            self._users -= 1
            if self._over and not self._users:
                await self._close()

    async def picture(self, wait: float) -> Path | None:
        """The file of the page that shows the whole graph, or None if it is not there after some seconds.

        Raises StoreError where it cannot be drawn.
        """
        if self._picture is None:
            self._picture = asyncio.get_running_loop().create_task(self._drawn())
        try:
            return await asyncio.wait_for(asyncio.shield(self._picture), wait)
        except TimeoutError:
            return None

    async def _drawn(self) -> Path:
        """What `kg view` makes, in a process of its own."""
        target = self.taken.path / "view.html"
        command = [sys.executable, "-P", "-m", "kg", "view", "--graph", str(self.taken.path), "--output", str(target)]
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE, env=surroundings(),
        )  # fmt: skip
        try:
            _, said = await asyncio.wait_for(process.communicate(), PICTURE)
        except TimeoutError:
            raise StoreError(f"the graph could not be drawn within {PICTURE:g} s") from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if process.returncode != 0:
            _LOG.warning("kg view: %s", said.decode("utf-8", "replace").strip())
            raise StoreError("the graph could not be drawn; `kg view` tells why")
        return target

    async def retire(self) -> None:
        """Close it as soon as nobody uses it any more."""
        self._over = True
        if not self._users:
            await self._close()

    async def _close(self) -> None:
        if self._picture is not None:
            self._picture.cancel()
            await asyncio.gather(self._picture, return_exceptions=True)
        await asyncio.gather(self.queries.close(), self.pages.close())
        await asyncio.to_thread(self.taken.drop)


class Keeper:
    """Holds the present edition of the graph, and looks every few seconds whether there is a newer state."""

    def __init__(self, graph: Path, home: Path, first: Snapshot, limits: Limits) -> None:
        self.limits = limits
        self._graph, self._home = graph, home
        self._now = Edition(first, limits)
        self._failed: snapshot.Mark | None = None

    @property
    def base(self) -> str:
        """What the IRIs of the graph's nodes begin with."""
        return self._now.taken.base

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve for as long as the context lasts."""
        await self._now.start()
        watch = asyncio.get_running_loop().create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            await self._now.retire()

    @asynccontextmanager
    async def edition(self) -> AsyncIterator[Edition]:
        """The present edition, which stays as long as the context lasts."""
        async with self._now.used() as now:
            yield now

    async def query(self, job: Mapping[str, Any], body: bytes) -> Reply:
        """The reply to a query."""
        async with self.edition() as now:
            return await now.queries.ask({**job, **self._bounds()}, body)

    async def page(self, job: Mapping[str, Any]) -> Reply:
        """The reply to a question of a page, which waits for no query."""
        async with self.edition() as now:
            return await now.pages.ask({**job, **self._bounds()})

    def _bounds(self) -> dict[str, int]:
        return {"rows": self.limits.rows, "largest": self.limits.largest}

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self.limits.look)
            try:
                await self._renew()
            except (StoreError, OSError) as error:  # the old edition goes on
                _LOG.info("%s", error)

    async def _renew(self) -> None:
        """Take a new snapshot where the graph has changed and nobody writes it."""
        state = await asyncio.to_thread(snapshot.mark, self._graph)
        if state in (self._now.taken.mark, self._failed):
            return
        edition = Edition(await asyncio.to_thread(snapshot.taken, self._graph, self._home), self.limits)
        try:
            await edition.start()
        except StoreError:
            self._failed = edition.taken.mark
            raise
        before, self._now = self._now, edition
        await before.retire()
        _LOG.warning("the graph has changed; its new state is served")


__all__ = ["Edition", "Keeper"]
