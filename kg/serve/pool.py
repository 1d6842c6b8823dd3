"""Processes that answer questions and are killed at the limit, so that one bad question costs nobody else anything."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import KgError, StoreError
from kg.serve import wire
from kg.serve.jobs import Reply
from kg.serve.limits import Limits

START = 60.0
"""Seconds that a process may take to open the graph."""
_LOG = logging.getLogger("kg.serve")
_OUT_OF_MEMORY = (1, -6, -9)
"""How a process ends that gets no more memory: by itself, aborted, or killed by the system."""
TOKEN = "KG_TOKEN"
"""The variable with the server's token; no process of ours needs it."""


class Busy(KgError):
    """No worker was free in time."""


class Stopped(KgError):
    """The question took too long, or too much memory, and its worker is gone."""


def surroundings() -> dict[str, str]:
    """The environment of a process of ours: the same package, and no secret."""
    home = str(Path(__file__).resolve().parents[2])
    paths = [home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    rest = {name: value for name, value in os.environ.items() if name != TOKEN}
    return rest | {"PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)), "OMP_NUM_THREADS": "1"}


class Lane:
    """Some workers over one snapshot, each answering one job at a time."""

    def __init__(self, snapshot: Path, limits: Limits, number: int) -> None:
        self._command = [sys.executable, "-P", "-m", "kg.serve.worker", str(snapshot), str(limits.memory)]
        self._limits, self._number = limits, number
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._open = True

    async def start(self) -> None:
        """Start all workers. Raises StoreError where they cannot open the graph."""
        for process in await asyncio.gather(*(self._started() for _ in range(self._number))):
            self._idle.put_nowait(process)

    async def ask(self, job: Mapping[str, Any], body: bytes = b"") -> Reply:
        """The reply to a job. Raises Busy where no worker is free in time, Stopped where it costs too much."""
        seconds = self._limits.seconds
        try:
            worker = await asyncio.wait_for(self._idle.get(), seconds)
        except TimeoutError:
            raise Busy(f"the server is busy; no place was free within {seconds:g} s, try again later") from None
        whole = False
        try:
            header, content = await asyncio.wait_for(self._told(worker, {**job, "seconds": seconds}, body), seconds)
            whole = True
        except TimeoutError:
            raise Stopped(f"stopped at the limit of {seconds:g} s; ask for less, or LIMIT it") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise Stopped(await self._why(worker)) from None
        finally:  # a caller that gives up ends the work, too
            if whole and self._open:
                self._idle.put_nowait(worker)
            else:
                self._end(worker)
                self._begin_anew()
        if header["fault"]:
            _LOG.error("%s failed: %s", job.get("job"), header["fault"])
        return Reply(header["status"], content, header["type"], header["headers"])

    async def _why(self, worker: Process) -> str:
        """Why a worker is gone that was not ended by us."""
        code = await worker.wait()
        if code in _OUT_OF_MEMORY:
            return f"stopped: it needed more than {self._limits.memory} MiB of memory; ask for less, or LIMIT it"
        _LOG.error("a worker ended with status %s", code)
        return "stopped: its worker broke; the server's log tells more"

    async def _told(self, worker: Process, job: Mapping[str, Any], body: bytes) -> wire.Message:
        assert worker.stdin is not None and worker.stdout is not None
        worker.stdin.write(wire.packed(job, body))
        await worker.stdin.drain()
        return await wire.receive(worker.stdout)

    async def _started(self) -> Process:
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=surroundings(),
            stderr=None if os.environ.get("KG_DEBUG") else asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        self._all.add(process)
        assert process.stdout is not None
        try:
            header, content = await asyncio.wait_for(wire.receive(process.stdout), START)
        except (TimeoutError, asyncio.IncompleteReadError):
            header, content = {"status": 503}, b"a worker did not start; is --memory too little?"
        if header["status"] != 200:
            self._end(process)
            raise StoreError(content.decode("utf-8", "replace"))
        return process

    def _begin_anew(self) -> None:
        if self._open:
            task = asyncio.get_running_loop().create_task(self._replaced())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _replaced(self) -> None:
        """Start a worker in place of one that is gone; try again for as long as it fails."""
        pause = 0.5
        while self._open:
            try:
                worker = await self._started()
            except (StoreError, OSError):
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
                continue
            if self._open:
                self._idle.put_nowait(worker)
            else:
                self._end(worker)
            return

    def _end(self, process: Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        self._all.discard(process)
        task = asyncio.get_running_loop().create_task(_ended(process))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def close(self) -> None:
        """End all workers."""
        self._open = False
        for task in list(self._tasks):
            task.cancel()
        for process in list(self._all):
            self._end(process)
        await asyncio.gather(*self._ending)


async def _ended(process: Process) -> None:
    """Wait for a process that was killed, and let go of what led to it."""
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()


__all__ = ["Busy", "Lane", "Stopped", "surroundings"]
