"""Parquet -> Article, one a row, through pyarrow, which the extra ``newskg[parquet]`` installs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.read.fields import OnError, columns, missing_text
from kg.read.objects import read_object
from kg.read.stream import Source
from kg.records import Article

_ROWS = 256


def read_rows(source: Source, *, on_error: OnError) -> Iterator[Article]:
    """The rows of a Parquet file, some at a time; its columns are those of ``fields.COLUMNS``. Raises InputError."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        message = "Parquet is read with pyarrow, which is not installed: pip install 'newskg[parquet]'"
        raise InputError(source.name, message) from None
    source.file.seek(0)
    try:
        file: Any = parquet.ParquetFile(source.file)
        wanted = columns(file.schema_arrow.names)
        if "text" not in wanted:
            raise missing_text(source.name, file.schema_arrow.names)
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS, columns=list(wanted.values())):
            for row in batch.to_pylist():
                number += 1
                yield from read_object(f"{source.name}:{number}", row, on_error=on_error)
    except (ArrowException, OSError, ValueError) as error:
        message = f"the Parquet file is broken ({_line(error)}); what follows was not read"
        raise InputError(source.name, message) from None


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
