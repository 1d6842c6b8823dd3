"""CSV and TSV with a header -> Article, one a row; streaming, with line numbers.

The columns are those of ``fields.COLUMNS``; only the text is required. A row that breaks the rules of RFC 4180 is
reported; reading goes on with the next line that begins a whole row.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

from kg.errors import InputError
from kg.read.clean import day
from kg.read.fields import OnError, article, columns, missing_text
from kg.read.sniff import header
from kg.read.stream import LINE_LIMIT, Text
from kg.records import Article, Finding


class _RowTooLong(Exception):
    """A row went on beyond LINE_LIMIT, as when a quotation mark is never closed."""


class _Rows(Iterator[str]):
    """Physical lines for the csv module that can be given again, each at most once, after a broken row."""

    def __init__(self, text: Text) -> None:
        self.number = 0
        self._text = text
        self._again: deque[tuple[int, str]] = deque()
        self._row: list[tuple[int, str]] = []
        self._fresh = 0  # lines up to this one have had their second chance
        self._size = 0

    def begin(self) -> None:
        """A new row begins with the next line."""
        self._row, self._size = [], 0

    def retry(self) -> None:
        """Give the lines of the broken row again, but for its first."""
        late = [line for line in self._row[1:] if line[0] > self._fresh]
        self._fresh = max(self._fresh, self.number)
        self._again.extendleft(reversed(late))

    def __next__(self) -> str:
        if self._again:
            self.number, line = self._again.popleft()
        else:
            line = next(self._text)
            self.number = self._text.number
        self._row.append((self.number, line))
        self._size += len(line)
        if self._size > LINE_LIMIT:
            raise _RowTooLong
        return line

    @property
    def start(self) -> int:
        """The number of the row's first line."""
        return self._row[0][0] if self._row else self.number


def read_table(text: Text, *, on_error: OnError) -> Iterator[Article]:
    """The articles of a table; findings for rows that cannot be used. Raises InputError for the table as a whole."""
    first = next((line for line in text if line.strip("\ufeff \t\n")), "").lstrip("\ufeff")
    names, delimiter = header(first.rstrip("\n"))
    found = columns(names)
    if "text" not in found:
        raise missing_text(f"{text.name}:{max(text.number, 1)}", names)
    places = {field: names.index(name) for field, name in found.items()}
    empty = True
    for line, row in _rows(text, names, places, delimiter, on_error):
        empty = False
        try:
            values = {field: row[place] for field, place in places.items()}
            yield article(values, source=f"{text.name}:{line}", on_error=on_error)
        except InputError as error:
            on_error(Finding(error.source, error.message))
    if empty:
        raise InputError(text.name, "the table has no rows that can be read below its header")


def _rows(
    text: Text, names: list[str], places: dict[str, int], delimiter: str, on_error: OnError
) -> Iterator[tuple[int, list[str]]]:
    """The rows of the right width with their line numbers; findings for the others.

    After a broken row, lines are passed over in silence up to one that is a whole row again.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
    lines = _Rows(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    lost = False
    while True:
        lines.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except (csv.Error, _RowTooLong) as error:
            if not lost:
                on_error(Finding(f"{text.name}:{lines.start}", _broken(error)))
            lost = True
            lines.retry()
            continue
        row = _trimmed(row, len(names))
        if not row:
            continue
        if len(row) == len(names) and not (lost and not _plausible(row, places)):
            lost = False
            yield lines.start, row
        elif not lost:
            message = f"the row has {len(row)} columns, the header {len(names)}; left out"
            on_error(Finding(f"{text.name}:{lines.start}", message))


def _trimmed(row: list[str], width: int) -> list[str]:
    """The row without blank cells beyond the header's width; a blank line is no row."""
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    return row if any(cell.strip() for cell in row) else []


def _plausible(row: list[str], places: dict[str, int]) -> bool:
    """Whether a row after a broken one is a row, and no paragraph that has as many commas."""
    return "date" not in places or day(row[places["date"]]) is not None


def _broken(error: Exception) -> str:
    """What to say of a row that cannot be parsed."""
    if isinstance(error, _RowTooLong):
        return f"the row is longer than {LINE_LIMIT:,} characters; is a quotation mark not closed? It was skipped"
    return f"the row is broken ({error}); quotation marks in a quoted cell must be doubled and closed. It was skipped"
