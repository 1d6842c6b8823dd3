"""Addresses that the user names -> open sources: pages and files of the web, and of other places through fsspec.

Only http and https are fetched, with limits of size and time, and nothing from private addresses (this machine, its
network) unless that is allowed: who collects addresses does not look at where each of them leads.
"""

from __future__ import annotations

import http.client
import ipaddress
import ssl
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final, cast
from urllib.parse import urlsplit

from kg.errors import InputError
from kg.read.fields import OnError
from kg.read.stream import Source, shown
from kg.records import Finding

SIZE_LIMIT = 2_000_000_000
"""The most bytes that are fetched from one address."""
WAIT = 30.0
"""Seconds without a word from a server after which it is given up."""
TIME_LIMIT = 600.0
"""Seconds that one address may take."""
_PIECE = 1 << 16
_KINDS: Final = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/csv": ".csv", "application/json": ".json",
    "application/x-ndjson": ".jsonl", "application/rss+xml": ".rss", "application/atom+xml": ".atom",
}  # fmt: skip


def opened(address: str, *, private: bool, on_error: OnError) -> Iterator[Source]:
    """What lies at an address. Raises InputError where it cannot be had."""
    if urlsplit(address).scheme.lower() in ("http", "https"):
        yield from _web(address, private)
    else:
        yield from _elsewhere(address, on_error)


# ---- the web


class _Refused(Exception):
    """The connection leads to a private address."""


class _Checked(http.client.HTTPConnection):
    """A connection that looks whom it has reached before anything is asked: a name may lead anywhere."""

    private = False

    def connect(self) -> None:
        super().connect()
        peer = ipaddress.ip_address(self.sock.getpeername()[0].partition("%")[0])
        if not self.private and not (getattr(peer, "ipv4_mapped", None) or peer).is_global:
            self.close()
            raise _Refused(str(peer))


class _CheckedSecure(_Checked, http.client.HTTPSConnection):
    """The same, encrypted."""


class _Handler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Opens connections that are checked."""

    def __init__(self, private: bool) -> None:
        urllib.request.HTTPHandler.__init__(self)
        self._private = private

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(cast("Any", partial(self._made, _Checked)), req)

    def https_open(self, req: urllib.request.Request) -> Any:
        made = partial(self._made, _CheckedSecure, context=ssl.create_default_context())
        return self.do_open(cast("Any", made), req)

    def _made(self, kind: type[_Checked], host: str, **options: Any) -> _Checked:
        made = kind(host, **options)
        made.private = self._private
        return made


def _opener(private: bool) -> urllib.request.OpenerDirector:
    """What follows redirections over http and https alone."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(), urllib.request.UnknownHandler(), _Handler(private),
        urllib.request.HTTPDefaultErrorHandler(), urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):  # fmt: skip
        opener.add_handler(handler)
    return opener


def _web(address: str, private: bool) -> Iterator[Source]:
    """The answer of a web server, copied aside. Raises InputError."""
    name = shown(address)
    try:
        asked = urllib.request.Request(address, headers={"User-Agent": "newskg", "Accept": "*/*"})
        with _opener(private).open(asked, timeout=WAIT) as answer, tempfile.TemporaryFile() as copy:
            _copied(answer, copy, name)
            kind = answer.headers.get_content_type()
            where = answer.url
            suffix = _KINDS.get(kind) or PurePosixPath(urlsplit(where).path).suffix.lower()
            yield Source(name, suffix, cast("BinaryIO", copy), where)
    except _Refused as error:
        message = f"it leads to the private address {error}; if you trust it, allow that with --private"
        raise InputError(name, message) from None
    except urllib.error.HTTPError as error:
        raise InputError(name, f"the server answered {error.code} {shown(str(error.reason))}") from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise InputError(name, f"it cannot be fetched ({shown(str(error) or type(error).__name__)})") from None


def _copied(answer: Any, copy: BinaryIO | Any, name: str) -> None:
    """Copy an answer within the limits. Raises InputError beyond them."""
    end, size = time.monotonic() + TIME_LIMIT, 0
    while data := answer.read1(_PIECE):
        size += len(data)
        if size > SIZE_LIMIT:
            raise InputError(name, f"it is larger than {SIZE_LIMIT:,} bytes; download it by other means")
        if time.monotonic() > end:
            raise InputError(name, f"it took more than {TIME_LIMIT:g} seconds; download it by other means")
        copy.write(data)
    copy.seek(0)


# ---- other places


def _elsewhere(address: str, on_error: OnError) -> Iterator[Source]:
    """The files at an address such as s3://bucket/folder/*.csv, in the order of their names. Raises InputError."""
    name = shown(address)
    try:
        import fsspec
    except ImportError:
        message = "such addresses are read with fsspec, which is not installed: pip install 'newskg[remote]'"
        raise InputError(name, message) from None
    try:
        system, path = fsspec.core.url_to_fs(address)
        found = system.glob(path) if "*" in path else system.find(path)
        files = [file for file in sorted(found) if system.isfile(file)]
    except Exception as error:  # each kind of place has errors of its own
        raise InputError(name, f"it cannot be opened ({shown(str(error) or type(error).__name__)})") from None
    if not files:
        raise InputError(name, "nothing lies there; check the address")
    for file in files:
        told = shown(system.unstrip_protocol(file))
        try:
            with system.open(file, "rb") as handle:
                yield Source(told, PurePosixPath(file).suffix.lower(), handle)
        except Exception as error:
            on_error(Finding(told, f"it cannot be read ({shown(str(error) or type(error).__name__)})"))


__all__ = ["SIZE_LIMIT", "TIME_LIMIT", "opened"]
