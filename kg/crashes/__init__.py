"""`kill -9` at random moments of builds and removals: what a graph is afterwards, and that the next run goes on.

    python -m kg.crashes [TIMES [SEED [workers]]]

A graph is built of copies of the sample articles (``kg.score.resample``), some come again in a newer state, two names
are merged and some articles are removed; each of these runs is a process of its own, which is killed up to twice and
then started again, as a user would. Half of the kills fall anywhere in the life of the process, the others are aimed at
one place of it after another (``children.PLACES``): the child tells where it is, and is killed a random part of the
time that this place usually takes later. One graph in five is changed by the command itself, ``kg build`` and
``kg remove``, and every second of these is built by ``kg build --workers 2`` (where Dask is installed), whose workers
must end when the process is killed that they work for. With ``workers`` all graphs are.

After each kill the graph is opened for reading: it must be, byte for byte, what an undisturbed run is after one of its
steps, and no step that was told as done may be lost. At the end of all runs so must the whole export.
"""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import NamedTuple

from kg.crashes.children import Ended, commanded, look, measure, watched
from kg.crashes.runs import NOTHING, Command, commands, digest, exported, real, undisturbed
from kg.records import Extraction

A_RUN, A_COMMAND = 2, 4
"""A run is killed at most so often before it may end; a real command, at which nothing is aimed, more often."""
REAL = 5
"""Of so many graphs one is changed by the ``kg`` command."""
WORKERS = ("--workers", "2")
THE_END = "the end"
"""In place of a place: a run that nobody killed."""


class Kill(NamedTuple):
    """One kill: of which run, where it was, how many steps it had told, and what is wrong afterwards (``fault``)."""

    run: str
    place: str
    told: int
    fault: str = ""


def crashes(
    records: Sequence[Extraction], times: int, *, seed: int, samples: Sequence[Extraction] = (),
    source: Path | None = None, workers: bool = False,
) -> Iterator[Kill]:  # fmt: skip
    """So many kills, and for each what was wrong afterwards.

    Graphs are made of ``records``; and, by the command itself, of the articles in ``source``, which ``samples`` are the
    records of (all of these, by ``workers``, where that is wanted). They lie in a temporary folder, which stays where a
    run breaks by itself (RuntimeError).
    """
    dice, killed = random.Random(seed), 0
    kinds = list(_kinds(records, samples, source, workers))
    wholes = [undisturbed(runs) for runs in kinds]
    folder = Path(tempfile.mkdtemp(prefix="kg-crashes-"))
    for number, command in ((number, command) for number, runs in enumerate(kinds) for command in runs):
        _time(folder / f"timed-{number}.kg", command)
    for life in count():
        if killed >= times:
            break
        own = 1 + life // REAL % (len(kinds) - 1) if len(kinds) > 1 and life % REAL == REAL - 1 else 0
        for kill in _life(folder / f"{life}.kg", kinds[own], wholes[own], dice, times - killed, life):
            killed += kill.place != THE_END
            yield kill
        _clear(folder)
    shutil.rmtree(folder)


def _kinds(
    records: Sequence[Extraction], samples: Sequence[Extraction], source: Path | None, workers: bool
) -> Iterator[list[Command]]:
    """What is done to a graph: ours, and in its turn that of the command, with one process and with several."""
    dask = find_spec("distributed") is not None
    if not workers:
        yield commands(records)
    if source and not workers:
        yield real(samples, source)
    if source and (dask or workers):
        yield real(samples, source, *WORKERS)[:1]


def _time(path: Path, command: Command) -> None:
    """Let a run live undisturbed, and note how long it takes."""
    begun = time.monotonic()
    ended = commanded(path, command, None) if command.words else watched(path, command)
    measure(command, ended.events, time.monotonic() - begun)


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _life(
    path: Path, runs: Sequence[Command], whole: str, dice: random.Random, most: int, life: int
) -> Iterator[Kill]:
    """The runs of one graph, each killed some times and then let go."""
    for command in runs:
        at = 0
        for kills in count():
            more = most > 0 and kills < (A_COMMAND if command.words else A_RUN)
            ended = _run(path, command, dice, life, kills) if more else _let(path, command)
            at, fault = _judged(path, command, max(at, ended.told or 0), ended)
            fault = fault or ("workers were left behind" if ended.left else "")
            most -= ended.killed
            if ended.killed or fault:
                yield Kill(command.name, ended.place if ended.killed else THE_END, ended.told or 0, fault)
            if not ended.killed:
                break
    if (found := look(path, exported)) != whole:
        yield Kill("all", THE_END, 0, f"the export is another than that of undisturbed runs ({found})")


def _let(path: Path, command: Command) -> Ended:
    """A run that nobody kills."""
    return commanded(path, command, None) if command.words else watched(path, command)


def _run(path: Path, command: Command, dice: random.Random, life: int, kills: int) -> Ended:
    """A run that is killed anywhere or, once for each command and graph, at a place.

    In graphs of even number the first kill is aimed, so that it meets a new graph, with the places in their order; in
    the others the last is, from the last place backwards.
    """
    anywhere = dice.uniform(0, command.seconds)
    if command.words:
        return commanded(path, command, anywhere)
    if kills != (0 if life % 2 == 0 else A_RUN - 1):
        return watched(path, command, wait=anywhere)
    places, turn = sorted(command.stays), life // 2
    place = places[(turn if life % 2 == 0 else -1 - turn) % len(places)]
    stays = command.stays[place]
    return watched(path, command, place, dice.randint(1, len(stays)), dice.uniform(0, 1.2) * statistics.median(stays))


def _judged(path: Path, command: Command, at: int, ended: Ended) -> tuple[int, str]:
    """At which step the graph stands after a run, and what is wrong with that."""
    found = look(path, digest) or NOTHING
    last = len(command.states) - 1
    sure = at if ended.killed else last
    for step in range(sure, last + 1 if command.words else min(sure + 2, last + 1)):
        if command.states[step] == found:
            return step, ""
    if found in command.states:
        return at, f"the graph stands at step {command.states.index(found)}, not at {sure}"
    return at, f"the graph is none of an undisturbed run: {found}"
