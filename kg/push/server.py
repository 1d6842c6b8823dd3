"""Requests to a server that is written to: who we are, what is tried again, and what to do where it refuses.

Credentials come from the environment, go to the host that the user named and to no other, and stand in no message.
"""

from __future__ import annotations

import http.client
import os
import ssl
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import IO, Any, Final
from urllib.parse import SplitResult, urlsplit

from kg.errors import PushError, UsageError

USER, PASSWORD, TOKEN = "KG_PUSH_USER", "KG_PUSH_PASSWORD", "KG_PUSH_TOKEN"
WAITS: Final = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between one try and the next, where a server has no time now."""
LONGEST_WAIT = 120.0
"""The most seconds that a server can make us wait (``Retry-After``)."""
_LATER: Final = (429, 502, 503, 504)
_OF_GRAPH: Final = (400, 413, 422, 500)
"""The answers that may be due to what one graph holds."""
_WORDS = 300
"""How much of a server's own words is shown."""
ADDRESSES: Final = (
    "Oxigraph http://HOST:7878/store, Fuseki http://HOST:3030/DATASET/data, "
    "GraphDB http://HOST:7200/repositories/NAME/statements, Virtuoso https://HOST/sparql-graph-crud-auth, "
    "Neptune https://HOST:8182/sparql, QLever http://HOST:7001 with --via store"
)
"""Where well-known servers take what is written."""


class PushFailed(PushError):
    """A server did not take something; ``status`` is its answer (0: none), ``of_graph`` if another graph may do."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status, self.of_graph = status, status in _OF_GRAPH


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who we are: a user with a password, a token, or nobody; never shown."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def header(self) -> str | None:
        """What a request tells of it."""
        if self.token:
            return f"Bearer {self.token}"
        return f"Basic {self._basic()}" if self.user else None

    def _basic(self) -> str:
        return b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")

    def hidden(self, text: str) -> str:
        """The text without any of it: a server may send back what it was told."""
        for secret in (self.token, self._basic() if self.user else "", self.password):
            text = text.replace(secret, "***") if secret else text
        return text


def credentials(environ: Mapping[str, str] | None = None) -> Credentials:
    """Those of the environment: KG_PUSH_USER with KG_PUSH_PASSWORD, or KG_PUSH_TOKEN.

    Raises UsageError, without any of it, where they cannot be sent or are not complete.
    """
    told = os.environ if environ is None else environ
    user, password, token = told.get(USER, ""), told.get(PASSWORD, ""), told.get(TOKEN, "").strip()
    if token and (user or password):
        raise UsageError(f"{TOKEN} and {USER} are both set; set one of them")
    if bool(user) != bool(password):
        raise UsageError(f"{USER} and {PASSWORD} go together; one of them is not set")
    if (token and not (token.isascii() and token.isprintable() and " " not in token)) or ":" in user:
        raise UsageError(f"what {TOKEN if token else USER} holds cannot be sent; look for stray blanks and other signs")
    return Credentials(user, password, token)


def checked_address(address: str) -> str:
    """The address of a server where it is one that can be written to.

    >>> checked_address("http://localhost:7878/store")
    'http://localhost:7878/store'

    Raises UsageError, which shows nothing of a password in it.
    """
    try:
        parts = urlsplit(address)
        wrong = parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0
    except ValueError:
        raise UsageError("--to is no address; give one like http://localhost:7878/store") from None
    if "@" in parts.netloc:
        raise UsageError(f"credentials have no place in an address; set {USER} and {PASSWORD}, or {TOKEN}")
    if parts.query or parts.fragment or "?" in address or "#" in address:
        raise UsageError(f"--to is the address alone, without ? and #; a token goes into {TOKEN}")
    if wrong or not (address.isascii() and address.isprintable() and " " not in address):
        raise UsageError("--to is no http:// or https:// address; give one like http://localhost:7878/store")
    return address


def in_the_clear(address: str, known: Credentials) -> bool:
    """Whether anybody between us and the server can read who we are.

    >>> in_the_clear("http://example.org/store", Credentials(token="t"))
    True
    >>> in_the_clear("http://[::1]:7878/store", Credentials(token="t")), in_the_clear("http://x/", Credentials())
    (False, False)
    """
    parts = urlsplit(checked_address(address))
    host = parts.hostname or ""
    here = host == "localhost" or (host.replace(".", "").isdigit() and host.startswith("127.")) or host == "::1"
    return bool(known) and parts.scheme == "http" and not here


class Server:
    """A server at an address; ``timeout`` in seconds, ``pause`` is how one waits."""

    def __init__(
        self, address: str, known: Credentials, *, timeout: float, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self.address = address
        self._known, self._timeout, self._pause = known, timeout, pause
        self._opener = _opener(address, known)
        self._reached = False

    def ask(
        self, method: str, body: bytes | None, kind: str = "", *, query: str = "", fine: Collection[int] = ()
    ) -> None:
        """Make a request, again where the server has no time now or a connection broke; ``fine`` answers are no errors.

        Raises PushFailed, which says what to do.
        """
        for wait in (*WAITS, None):
            try:
                return self._once(method, body, kind, query)
            except urllib.error.HTTPError as error:
                self._reached = True
                with error:
                    if error.code in fine:
                        return None
                    if wait is None or error.code not in _LATER:
                        raise self._refused(error) from None
                    self._pause(_wait(error.headers, wait))
            except (OSError, http.client.HTTPException) as error:
                if wait is None or not self._reached or isinstance(_reason(error), ssl.SSLError):
                    raise self._unreached(error) from None
                self._pause(wait)

    def _once(self, method: str, body: bytes | None, kind: str, query: str) -> None:
        address = f"{self.address}?{query}" if query else self.address
        request = urllib.request.Request(address, data=body, method=method)
        request.add_header("User-Agent", "newskg")
        request.add_header("Accept", "*/*")
        if kind:
            request.add_header("Content-Type", kind)
        if header := self._known.header():
            request.add_unredirected_header("Authorization", header)
        with self._opener.open(request, timeout=self._timeout) as answer:
            self._reached = True
            answer.read(1 << 20)

    def _refused(self, error: urllib.error.HTTPError) -> PushFailed:
        words = self._words(error)
        told = f"{self.address} answered {error.code}{f' ({words})' if words else ''}"
        return PushFailed(f"{told}: {self._advice(error)}", error.code)

    def _words(self, error: urllib.error.HTTPError) -> str:
        """What a server says for itself, harmless and without what is secret."""
        try:
            body = error.read(4096).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            body = ""
        text = f"{error.reason} {'' if '<' in body else body}"
        plain = "".join(c if c.isprintable() else " " for c in self._known.hidden(text))
        return " ".join(plain.split())[:_WORDS]

    def _advice(self, error: urllib.error.HTTPError) -> str:
        """What to do about an answer."""
        set_ = f"set {USER} and {PASSWORD}, or {TOKEN}"
        match error.code:
            case 401:
                return f"it does not accept the credentials; check them ({set_})" if self._known else f"{set_}"
            case 403:
                return "this user may not write there; ask for that right" if self._known else f"perhaps {set_}"
            case 404 | 405 | 406 | 415 | 501:
                return f"it takes no graphs at this address; check it and --via. Usual ones: {ADDRESSES}"
            case 413:
                return "one triple alone is too large for it; raise its limit of a request"
            case 429 | 502 | 503 | 504:
                return "it has no time, or is not there; the same command goes on later"
            case 507:
                return "its disk is full; make room there, then give the same command again"
            case code if code < 400:
                where = self._known.hidden("".join(c for c in str(error.headers.get("Location")) if c.isprintable()))
                return f"it sends us on to {where.partition('?')[0]}; if you trust that, give it as --to"
            case _:
                return "look into its log; a smaller --batch or the other --via may do; the same command goes on"

    def _unreached(self, error: Exception) -> PushFailed:
        reason = _reason(error)
        why = self._known.hidden(str(getattr(reason, "strerror", None) or reason) or type(reason).__name__)
        if isinstance(reason, ssl.SSLError):
            do = "a certificate of your own goes into a file that SSL_CERT_FILE names"
        elif self._reached:
            do = "the same command goes on; where it breaks again, give a smaller --batch or a longer --timeout"
        else:
            do = "is it running, and is the address right?"
        return PushFailed(f"{self.address} cannot be reached ({why}): {do}")


def _reason(error: Exception) -> object:
    """What is behind an error of urllib."""
    return error.reason if isinstance(error, urllib.error.URLError) else error


def _wait(headers: Message, wait: float) -> float:
    """Seconds to wait: what the server asks for, within bounds."""
    asked = str(headers.get("Retry-After", ""))
    return min(float(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else wait


# ---- how requests travel


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Goes where the server sends us on its own host, with the same request; else the redirection is its answer."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """The same request for the new address, or None."""
        if code == 303 or not _same_host(urlsplit(req.full_url), urlsplit(newurl)):
            return None
        again = urllib.request.Request(newurl, data=req.data, headers=req.headers, method=req.get_method())
        if header := req.get_header("Authorization"):
            again.add_unredirected_header("Authorization", header)
        return again


def _same_host(old: SplitResult, new: SplitResult) -> bool:
    """Whether an address is of the same server, or of the same host encrypted."""
    if old.hostname != new.hostname:
        return False
    if (old.scheme, new.scheme) == ("http", "https"):
        return new.port in (None, 443)
    return old.scheme == new.scheme and old.port == new.port


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Answers a server that wants a digest of the password (Virtuoso), and leaves other wishes alone."""

    def http_error_401(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any
    ) -> Any:  # what urllib goes on with
        """The answer to the same request with a digest, or None."""
        wanted = str(headers.get("www-authenticate", ""))
        return super().http_error_401(req, fp, code, msg, headers) if wanted.lower().startswith("digest ") else None


def _opener(address: str, known: Credentials) -> urllib.request.OpenerDirector:
    """What speaks http and https alone, through the environment's proxy."""
    opener = urllib.request.OpenerDirector()
    handlers: list[urllib.request.BaseHandler] = [
        urllib.request.ProxyHandler(), urllib.request.UnknownHandler(), urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(), urllib.request.HTTPDefaultErrorHandler(), _SameHost(),
        urllib.request.HTTPErrorProcessor(),
    ]  # fmt: skip
    if known.user:
        manager = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        manager.add_password(None, address, known.user, known.password)
        handlers.append(_Digest(manager))
    for handler in handlers:
        opener.add_handler(handler)
    return opener


__all__ = ["ADDRESSES", "Credentials", "PushFailed", "Server", "checked_address", "credentials", "in_the_clear"]
