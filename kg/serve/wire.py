"""Messages between the server and its workers: a header in JSON and a body of bytes, their lengths before them."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Mapping
from typing import IO, Any

_LENGTHS = struct.Struct(">IQ")
Message = tuple[dict[str, Any], bytes]


def packed(header: Mapping[str, Any], body: bytes = b"") -> bytes:
    """A message as bytes.

    >>> packed({"a": 1}, b"xy")[12:]
    b'{"a": 1}xy'
    """
    head = json.dumps(header).encode("ascii")
    return _LENGTHS.pack(len(head), len(body)) + head + body


def read(stream: IO[bytes]) -> Message | None:
    """The next message of a stream; None where it has ended.

    >>> import io
    >>> read(io.BytesIO(packed({"a": 1}, b"xy"))), read(io.BytesIO())
    (({'a': 1}, b'xy'), None)
    """
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack(lengths)
    return json.loads(stream.read(head)), stream.read(body)


async def receive(stream: asyncio.StreamReader) -> Message:
    """The next message of a stream. Raises asyncio.IncompleteReadError where it ends before."""
    head, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    return json.loads(await stream.readexactly(head)), await stream.readexactly(body)
