"""Who may ask, and what every answer carries: the token, the host's name, other sites kept out, safe headers."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STRICT = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The policy of our own pages, which run no script at all."""
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
    "Content-Security-Policy": STRICT,
}
_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)


class Guard:
    """Lets a request through to the app, or not.

    Without a ``token`` only names of this machine's own loopback are answered to: another name that leads here is a
    web site's attempt to read the graph through its visitor's browser (DNS rebinding). Requests that a page of
    another site makes are refused; following a link from there is not.
    """

    def __init__(self, app: ASGIApp, token: str | None = None) -> None:
        self._app, self._token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The interface of ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(message)
            await send(message)

        refused = self._refused(Headers(scope=scope), scope)
        await (self._app if refused is None else refused)(scope, receive, safely)

    def _refused(self, headers: Headers, scope: MutableMapping[str, Any]) -> Response | None:
        host = _HOST.fullmatch(headers.get("host", ""))
        if len(headers.getlist("host")) != 1 or host is None:
            return PlainTextResponse("the header Host is missing or broken", 400)
        if self._token is None and host[1].lower() not in _LOOPBACK:
            return PlainTextResponse("this server answers to names of its own machine only", 421)
        if self._token is not None and not _knows(headers.get("authorization", ""), self._token):
            need = {"WWW-Authenticate": 'Basic realm="kg", charset="UTF-8"'}
            return PlainTextResponse("this server wants its token, as password or as Bearer", 401, need)
        return _from_elsewhere(headers, scope)


def _from_elsewhere(headers: Headers, scope: MutableMapping[str, Any]) -> Response | None:
    """The answer to a request that a page of another site makes, except where somebody follows a link."""
    linked = headers.get("sec-fetch-mode") == "navigate" and scope["method"] in ("GET", "HEAD")
    foreign = headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != headers["host"].lower():
        foreign = True
    return PlainTextResponse("pages of other sites may not ask here", 403) if foreign and not linked else None


def _knows(given: str, token: str) -> bool:
    """Whether an Authorization header has the token, as Bearer or as the password of Basic."""
    scheme, _, rest = given.partition(" ")
    if scheme.lower() == "basic":
        try:
            rest = base64.b64decode(rest.strip(), validate=True).decode("utf-8", "replace").partition(":")[2]
        except (binascii.Error, ValueError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(rest.strip().encode("utf-8", "replace"), token.encode("utf-8", "replace"))


def _add_headers(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    if (kind := headers.get("content-type", "")).startswith(("text/html", "image/svg")) or not kind:
        return
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"


__all__ = ["STRICT", "Guard"]
