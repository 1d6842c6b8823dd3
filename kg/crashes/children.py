"""Processes that change a graph or look at one, tell through a pipe where they are, and are killed.

They are forked, so that nothing is loaded twice. Whoever forks them opens no graph on disk: RocksDB's threads outlive
no fork.
"""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

from kg.crashes.runs import Command, Tell
from kg.errors import KgError
from kg.graph import KnowledgeGraph

_EVENT = struct.Struct("=Bhd")
PATIENCE = 20.0
"""Within so many seconds the workers of a process that was killed end, too."""
_STEP = 255
"""In place of a place: a step of the run is done."""


def _places() -> list[tuple[str, object, str]]:
    """Where a process may be: in words, and the function that it is in then."""
    from kg import emit
    from kg.resolve import Identity, Memory, review
    from kg.store import Store, folder

    return [
        ("making the folder", folder, "prepare"), ("taking the lock", folder, "lock"),
        ("writing meta.json", folder, "settle"), ("opening the store", folder, "open_store"),
        ("opening the records", Memory, "__init__"), ("who is who", Identity, "add"),
        ("who is who no more", Identity, "remove"), ("who is who as decided", Identity, "decide"),
        ("writing the decision", review, "write"), ("making quads", emit, "quads"),
        ("committing the records", Memory, "commit"), ("between records and store", Store, "change_all"),
        ("the store's transaction", Store, "_commit"), ("taking back the note", Memory, "done"),
        ("closing the records", Memory, "close"), ("flushing the store", Store, "close"),
    ]  # fmt: skip


PLACES = tuple(name for name, _, _ in _places())


class Ended(NamedTuple):
    """How a child ended: whether killed, the last step that it told (None: none), and where it was.

    ``left``: processes that it had started outlived it.
    """

    killed: bool
    told: int | None
    place: str
    events: list[tuple[int, int, float]]
    left: bool = False


def _forked(work: Callable[[int], None]) -> tuple[int, int]:
    """Start some work in a child that may write into a pipe; its process and the end to read from."""
    out, into = os.pipe()
    child = os.fork()
    if child:
        os.close(into)
        return child, out
    status = 1
    try:
        os.close(out)
        work(into)
        status = 0
    finally:
        os._exit(status)


def _live(path: Path, command: Command, pipe: int) -> None:
    """The life of a run that tells where it is."""

    def tell(place: int, step: int) -> None:
        os.write(pipe, _EVENT.pack(place, step, time.monotonic()))

    for number, (_, owner, name) in enumerate(_places()):
        _watch(owner, name, lambda step, number=number: tell(number, step))  # type: ignore[misc]
    with KnowledgeGraph(path) as graph:
        command.run(graph, lambda step: tell(_STEP, step))


def _watch(owner: Any, name: str, tell: Tell) -> None:
    """Tell when a function is entered (1) and left (0)."""
    inner = getattr(owner, name)

    @wraps(inner)
    def watched(*given: Any, **more: Any) -> Any:
        tell(1)
        try:
            return inner(*given, **more)
        finally:
            tell(0)

    setattr(owner, name, watched)


def watched(path: Path, command: Command, place: int | None = None, nth: int = 0, wait: float | None = None) -> Ended:
    """Let a run live, and kill it a time after its start, or after it has come to a place for the nth time."""
    begun = time.monotonic()
    child, pipe = _forked(lambda into: _live(path, command, into))
    events: list[tuple[int, int, float]] = []
    due = None if wait is None or place is not None else begun + wait
    while True:
        left = None if due is None else max(0.0, due - time.monotonic())
        if not select.select([pipe], [], [], left)[0]:
            os.kill(child, signal.SIGKILL)
            due = None
            continue
        got = os.read(pipe, _EVENT.size)
        if not got:
            break
        events.append(_EVENT.unpack(got))
        if events[-1][:2] == (place, 1) and wait is not None:
            nth -= 1
            due = events[-1][2] + wait if nth == 0 else due
    os.close(pipe)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, -signal.SIGKILL):
        raise RuntimeError(f"a run ({command.name}) broke by itself with status {status}; its graph is {path}")
    told = max((step for at, step, _ in events if at == _STEP), default=None)
    return Ended(status != 0, told, _where(events), events)


def _where(events: Sequence[tuple[int, int, float]]) -> str:
    """The place where a child was last: the innermost that it had come to and not left."""
    inside: list[int] = []
    for place, entered, _ in events:
        if place != _STEP:
            inside.append(place) if entered else inside.pop()
    return PLACES[inside[-1]] if inside else "elsewhere" if events else "starting"


def measure(command: Command, events: Sequence[tuple[int, int, float]], seconds: float) -> None:
    """Note how long a run took, and how long it was in each place each time."""
    command.seconds = seconds
    since: dict[int, float] = {}
    for place, entered, moment in events:
        if place != _STEP and entered:
            since[place] = moment
        elif place != _STEP:
            command.stays.setdefault(place, []).append(moment - since[place])


def commanded(path: Path, command: Command, wait: float | None) -> Ended:
    """The real command, killed after a time; the processes that it has started must end by themselves then."""
    words = [sys.executable, "-m", "kg", *command.words, "--graph", str(path)]
    with tempfile.TemporaryFile("w+") as errors:  # no pipe: what is left of it would be waited for
        with subprocess.Popen(words, stdout=errors, stderr=errors, start_new_session=True) as process:
            try:
                process.wait(timeout=wait)
            except subprocess.TimeoutExpired:
                process.kill()
        others = _others_end(process.pid)
        errors.seek(0)
        told = errors.read()
    unknown = command.words[0] == "remove" and "no article" in told  # what a killed run had removed already
    if process.returncode not in (0, -signal.SIGKILL) and not unknown:
        raise RuntimeError(f"kg {' '.join(command.words)} ended with status {process.returncode}: {told}")
    place = "anywhere" if others is None else "with workers"
    return Ended(process.returncode == -signal.SIGKILL, None, place, [], others is False)


def _others_end(group: int) -> bool | None:
    """Whether all processes of a group end by themselves; they are killed if not. None: there were none any more."""
    until, there = time.monotonic() + PATIENCE, False
    with suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(group, 0)
            there = True
            time.sleep(0.05)
        os.killpg(group, signal.SIGKILL)
        return False
    return True if there else None


def look(path: Path, work: Callable[[KnowledgeGraph], str]) -> str:
    """What some work finds in a graph that a child opens for reading; "" where there is no graph yet."""

    from kg.resolve import review

    def looked(pipe: int) -> None:
        try:
            with KnowledgeGraph(path, read_only=True) as graph:
                graph.merges()  # the records open, too, and so does the file of decisions
                review.read(graph.decisions or path)
                found = {"found": work(graph)}
        except Exception as error:
            found = {"fault" if not isinstance(error, KgError) else "refused": f"{type(error).__name__}: {error}"}
        os.write(pipe, json.dumps(found).encode())

    child, pipe = _forked(looked)
    with os.fdopen(pipe, "rb") as told:
        found = json.loads(told.read() or b'{"fault": "the look at the graph broke"}')
    os.waitpid(child, 0)
    if "refused" in found and ("no graph at" in found["refused"] or "not been made" in found["refused"]):
        return ""
    return str(found.get("found") or found.get("refused") or found.get("fault"))
