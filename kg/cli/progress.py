"""How a build gets on: a line on the terminal for people, a file with a line of JSON for each article for programs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, Protocol

from kg.cli.terminal import count, safe, warn
from kg.errors import UsageError
from kg.records import Finding

if TYPE_CHECKING:
    from rich.progress import Progress

    from kg.mapping import Read


class Told(Protocol):
    """What is told how a build gets on."""

    def article(self, read: Read, what: str) -> None:
        """An article was read, and this became of it."""

    def finding(self, finding: Finding) -> None:
        """Something of the input could not be used."""


class Quiet:
    """Tells of problems alone."""

    def article(self, read: Read, what: str) -> None:
        """Nothing."""

    def finding(self, finding: Finding) -> None:
        """A line on standard error."""
        warn(finding)


class Line:
    """One line on the terminal: articles, words a second, problems, and what was done last."""

    def __init__(self, bar: Progress) -> None:
        self._bar, self._task = bar, bar.add_task("", total=None)
        self._begun, self._words, self._problems, self._articles = time.monotonic(), 0, 0, 0
        self._first, self._left = 0.0, ""

    def article(self, read: Read, what: str) -> None:
        """Count an article; those that were known already say nothing of the speed."""
        self._articles += 1
        if read.known and not self._words:
            self._begun, self._first = time.monotonic(), read.share
        self._words += 0 if read.known else 1 + read.article.text.count(" ")
        self._left = left(time.monotonic() - self._begun, read.share - self._first, 1 - read.share)
        self._show(f"{what} {read.article.id}")

    def finding(self, finding: Finding) -> None:
        """Count a problem, which has a line of its own."""
        self._problems += 1
        self._bar.console.print(f"kg: {safe(finding.source)}: {safe(finding.message)}", markup=False, highlight=False)
        self._show("")

    def _show(self, last: str) -> None:
        speed = self._words / max(time.monotonic() - self._begun, 0.001)
        parts = [count(self._articles, "article"), f"{speed:,.0f} words/s"]
        parts += [self._left] if self._left else []
        parts += [count(self._problems, "problem")] if self._problems else []
        self._bar.update(self._task, description=", ".join([*parts, *([last] if last else [])]))


def left(seconds: float, done: float, to_do: float) -> str:
    """The time left, when that part of all took so many seconds; empty where nothing can be said yet.

    >>> left(60, 0.25, 0.75), left(20, 0.5, 0.5), left(60, 0, 1)
    ('3 min left', '20 s left', '')
    """
    if done <= 0 or seconds < 3:
        return ""
    more = seconds * to_do / done
    hours, minutes = divmod(round(more / 60), 60)
    return f"{more:.0f} s left" if more < 90 else f"{hours} h {minutes} min left" if hours else f"{minutes} min left"


class Log:
    """Lines of JSON in a file, each as soon as it is known, beside what is shown to people."""

    def __init__(self, file: IO[str], shown: Told) -> None:
        self._file, self._shown = file, shown

    def article(self, read: Read, what: str) -> None:
        """``id``, ``source``, ``seconds``, and ``what``: added, replaced, unchanged, spared, skipped or failed."""
        article = read.article
        self._write({"id": article.id, "source": article.source, "what": what, "seconds": round(read.seconds, 4)})
        self._shown.article(read, what)

    def finding(self, finding: Finding) -> None:
        """``source`` and ``problem``."""
        self._write({"source": finding.source, "problem": finding.message})
        self._shown.finding(finding)

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line, sort_keys=True) + "\n")
        self._file.flush()


@contextmanager
def progress() -> Iterator[Told]:
    """A line on a terminal; elsewhere problems alone."""
    import sys

    if not sys.stderr.isatty():
        yield Quiet()
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Line(bar)


@contextmanager
def logged(path: str | None, shown: Told) -> Iterator[Told]:
    """A log in a file, where one is wanted, beside what is shown. Raises UsageError where it cannot be written."""
    if path is None:
        yield shown
        return
    try:
        file = open(path, "w", encoding="utf-8", errors="backslashreplace")  # noqa: PTH123, SIM115 – for /dev/fd/3, too
    except OSError as error:
        raise UsageError(f"the log {path} cannot be written ({error.strerror}); name another file") from error
    with file:
        yield Log(file, shown)


__all__ = ["Log", "Told", "logged", "progress"]
