"""What a question gave: rows of Python values, as a table for notebooks and for pandas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.plain import html

DRAWN = 200
"""How many rows a notebook shows; all are in ``rows`` and in ``df()``."""
LONGEST = 2000
"""How many characters of a value a notebook shows."""
_TABLE = '<table style="text-align:left"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that a query gave: IRIs and literals as plain Python strings, numbers, dates and booleans."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...] = field(default=())

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def df(self) -> Any:
        """The rows as a pandas DataFrame; ImportError, with what to install, where pandas is missing."""
        try:
            import pandas
        except ImportError as error:
            raise ImportError('df() needs pandas; install it with: pip install "newskg[notebook]"') from error
        return pandas.DataFrame(list(self.rows), columns=list(self.columns))

    def _repr_html_(self) -> str:
        """The rows as a notebook draws them: Turtle as it stands, addresses by their end, nothing as markup."""
        if self.columns == ("turtle",):
            return f"<pre>{html(self.rows[0][0])}</pre>"
        head = "".join(f"<th>{html(column.removesuffix('Label'))}</th>" for column in self.columns)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.rows[:DRAWN])
        more = f"<p>{DRAWN:,} of {len(self.rows):,} rows; df() has all</p>" if len(self.rows) > DRAWN else ""
        return _TABLE.format(head, body) + more


def _cell(value: Any) -> str:
    """A value as a cell; of an IRI the end, with the whole where one points at it.

    >>> _cell(None), _cell(3), _cell("<b>")
    ('<td></td>', '<td>3</td>', '<td>&lt;b&gt;</td>')
    >>> _cell("https://schema.org/Person")
    '<td title="https://schema.org/Person">schema.org/Person</td>'
    """
    text = "" if value is None else str(value)
    if text.startswith(("http://", "https://")) and not any(sign.isspace() for sign in text):
        return f'<td title="{html(text)}">{html("/".join(text.rstrip("/").rsplit("/", 2)[-2:]))}</td>'
    return f"<td>{html(text, limit=LONGEST)}</td>"
