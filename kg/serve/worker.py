"""The process that answers: jobs in on standard input, replies out on standard output, one at a time.

It is started by ``kg.serve.pool`` and may be killed at any moment. The kernel ends it when a job takes longer or
needs more memory than it may, even where the server itself is gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from kg.errors import KgError
from kg.serve import jobs, wire
from kg.serve.jobs import Desk, Reply

GRACE = 1.0
"""Seconds after which the kernel ends what the server should have ended."""


def main(arguments: list[str]) -> None:
    """Serve one snapshot: ``PATH MEMORY`` (MiB)."""
    from kg.store import Store

    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not get between the messages
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    path, memory = Path(arguments[0]), int(arguments[1])
    try:
        store = Store(path, read_only=True)
    except KgError as error:
        _send(out, Reply(503, str(error).encode()))
        return
    _limit_memory(memory)
    _send(out, Reply(200, b""))
    desk = Desk(store, path)
    while (message := wire.read(sys.stdin.buffer)) is not None:
        seconds = float(message[0].get("seconds", 0.0))
        _alarm(seconds + GRACE if seconds else 0.0)
        reply = _answered(desk, *message)
        _alarm(0.0)
        _send(out, reply)


def _answered(desk: Desk, job: Mapping[str, Any], body: bytes) -> Reply:
    try:
        return jobs.answer(desk, job, body)
    except KgError as error:
        return Reply(400, str(error).encode("utf-8", "replace"))
    except MemoryError:
        os._exit(1)  # what is left of this process cannot be relied on
    except Exception:
        return Reply(500, b"this question cannot be answered; the server's log tells why", fault=traceback.format_exc())


def _send(out: IO[bytes], reply: Reply) -> None:
    header = {"status": reply.status, "type": reply.type, "headers": dict(reply.headers), "fault": reply.fault}
    try:
        out.write(wire.packed(header, reply.body))
        out.flush()
    except BrokenPipeError:
        os._exit(0)


def _alarm(seconds: float) -> None:
    """Let the kernel end this process after some time, whatever it does; never mind for 0."""
    if hasattr(signal, "setitimer"):  # not on Windows, where the server alone keeps the time
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(mebibytes: int) -> None:
    """Bound what may be allocated; what the store maps from disk does not count."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        most = mebibytes * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
