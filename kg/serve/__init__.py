"""A graph on disk -> a web server: SPARQL endpoint, explorer and a page for every node; reading only.

It answers from a snapshot, so that a build can write meanwhile, and takes a new one when the build is done. Queries
run in processes of their own (``pool``), which are ended at their limits of time and memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import os
import secrets
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import UsageError
from kg.serve.limits import Limits

SHORTEST = 16
"""The least length of a token."""
_HOME = "kg-serve-"


def serve(
    graph: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8321,
    token: str | None = None,
    limits: Limits | None = None,
    on_start: Callable[[str, str | None], None] | None = None,
) -> None:
    """Serve until the process is interrupted; ``port`` 0 takes any free one.

    ``on_start`` is told the address and the token. Without a ``token`` only this machine is served: for any ``host``
    that is not of the loopback one is made up. Raises UsageError for a host or port that cannot be had or a token
    that is too short, StoreError where the graph cannot be read.
    """
    import uvicorn

    from kg.serve import snapshot
    from kg.serve.app import app
    from kg.serve.keeper import Keeper

    limits = limits or Limits()
    token = _checked(token) or (None if loopback(host) else secrets.token_urlsafe(24))
    _sweep(Path(tempfile.gettempdir()))
    folder = tempfile.TemporaryDirectory(prefix=f"{_HOME}{os.getpid()}-", ignore_cleanup_errors=True)
    with _bound(host, port) as door, folder as home, _interrupted():
        keeper = Keeper(Path(graph), Path(home), snapshot.taken(Path(graph), Path(home)), limits)
        logging.basicConfig(format="kg serve: %(message)s")
        config = uvicorn.Config(
            app(keeper, token=token), log_level="warning", access_log=False, server_header=False, lifespan="off",
            ws="none", proxy_headers=False, timeout_keep_alive=5, timeout_graceful_shutdown=3, limit_concurrency=200,
        )  # fmt: skip

        async def running() -> None:
            async with keeper.running():
                if on_start is not None:
                    on_start(address(host, door.getsockname()[1]), token)
                await uvicorn.Server(config).serve(sockets=[door])

        asyncio.run(running())


@contextlib.contextmanager
def _interrupted() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end what is within, so that what was made for it is taken away."""
    with contextlib.suppress(ValueError):  # not in the main thread: then signals are somebody else's
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        yield


def _sweep(folder: Path) -> None:
    """Take away what servers that were killed have left."""
    if os.name != "posix":
        return
    for path in folder.glob(f"{_HOME}*-*"):
        process = path.name.removeprefix(_HOME).partition("-")[0]
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            if path.is_dir() and not path.is_symlink() and path.stat().st_uid == os.getuid():
                shutil.rmtree(path, ignore_errors=True)
        except (ValueError, OSError):
            continue


def loopback(host: str) -> bool:
    """Whether a host is this machine, as nobody else can reach it.

    >>> loopback("127.0.0.1"), loopback("::1"), loopback("localhost"), loopback("0.0.0.0"), loopback("a.example")
    (True, True, True, False, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def address(host: str, port: int) -> str:
    """The address of a server for a browser.

    >>> address("::1", 80), address("0.0.0.0", 8321)
    ('http://[::1]:80/', 'http://0.0.0.0:8321/')
    """
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _checked(token: str | None) -> str | None:
    if token is not None and (len(token) < SHORTEST or not token.isascii() or not token.isprintable() or " " in token):
        raise UsageError(f"the token must have {SHORTEST} or more plain characters; leave it out to have one made up")
    return token


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        door = socket.create_server(where[:2], family=family)
    except (OSError, UnicodeError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{host} port {port} cannot be served at ({why}); give another --host or --port") from error
    return door


__all__ = ["Limits", "address", "loopback", "serve"]
