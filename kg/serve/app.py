"""The web application: the explorer at /, SPARQL at /sparql, nodes at the paths of their IRIs."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Awaitable
from importlib import resources
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg import names
from kg.errors import KgError, StoreError
from kg.serve import protocol
from kg.serve.guard import STRICT, Guard
from kg.serve.html import frame
from kg.serve.jobs import NODE_KINDS, Reply
from kg.serve.keeper import Keeper
from kg.serve.negotiate import HTML, SHORT, SOLUTIONS, TRIPLES, best
from kg.serve.pool import Busy, Stopped
from kg.serve.protocol import Refused

STATIC = {
    "page.css": "text/css", "console.css": "text/css", "console.js": "text/javascript",
    "yasgui.min.css": "text/css", "yasgui.min.js": "text/javascript", "yasgui.LICENSES.txt": "text/plain",
}  # fmt: skip
CONSOLE = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The policy of the query page; its library writes styles into elements."""
DRAWING = 3.0
"""Seconds that a visitor waits for the picture before being shown the articles meanwhile."""
AGAIN = 5
"""Seconds after which the page that is shown meanwhile asks for the picture again by itself."""
READING = 30.0
"""Seconds that a client may take to send its query."""
_QUERY = """# what is claimed, and in which article
SELECT ?who ?relation ?whom ?article WHERE {
  ?claim a kg:Claim ; rdf:subject/rdfs:label ?who ; rdf:predicate ?relation ; rdf:object/rdfs:label ?whom ;
         prov:wasDerivedFrom ?article .
} LIMIT 50
"""
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_LINKS = (
    '<nav aria-label="Server" style="font:14px system-ui,sans-serif;{style}"><a href="{first}">{name}</a> · '
    '<a href="/search">Names</a> · <a href="/sparql">SPARQL</a></nav>'
)


def app(keeper: Keeper, *, token: str | None = None) -> Guard:
    """The application over what a keeper holds while it runs, with its guard before it."""

    site = _Site(keeper)
    routes = [
        Route("/", site.explorer),
        Route("/sparql", site.sparql, methods=["GET", "POST"]),
        Route("/search", site.search),
        Route("/articles", site.articles),
        Route("/static/{name}", _static),
        *(Route(f"/{kind}/{{key:path}}", site.node) for kind in NODE_KINDS),
    ]
    failures = {HTTPException: _http_error, KgError: _failure, ClientDisconnect: _gone, Exception: _fault}
    web = Starlette(routes=routes, exception_handlers=failures)
    web.router.redirect_slashes = False  # it would send people to whatever the header Host says
    return Guard(web, token)


class _Site:
    """The routes that ask the graph."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol; the query page for a browser, and a description where there is no query."""
        accept, limits = _accept(request), self._keeper.limits
        address = request.scope["query_string"]
        if request.method != "POST":
            if best(accept, [*SOLUTIONS, *TRIPLES, HTML]) == HTML:
                return self._console()
            if not address and (media := best(accept, TRIPLES)):
                return await self._page(request, {"job": "service", "media": media, "endpoint": _endpoint(request)})
            query = protocol.in_address(address)
        else:
            kind = request.headers.get("content-type")
            protocol.checked_type(kind)
            if request.headers.get("content-encoding", "identity") != "identity":
                raise Refused(415, "a query is sent as it is, without Content-Encoding")
            body = await _body(request, limits.longest)
            query = protocol.in_body(kind, address, body)
        text = query.text.encode("utf-8", "surrogatepass")
        if len(text) > limits.longest:
            raise Refused(413, f"the query is longer than {limits.longest:,} bytes")
        solutions, triples = best(accept, SOLUTIONS), best(accept, TRIPLES)
        if solutions is None and triples is None:
            raise Refused(406, f"answers can be had as {', '.join([*SOLUTIONS, *TRIPLES])}")
        job = {"job": "query", "default": query.default, "named": query.named, "solutions": solutions,
               "triples": triples}  # fmt: skip
        return _response(await _while_there(request, self._keeper.query(job, text)))

    def _console(self) -> Response:
        """The page in which people write queries."""
        base, limits = self._keeper.base, self._keeper.limits
        settings = {"base": base, "query": _QUERY, "prefixes": names.prefixes(base)}
        told = f"Read-only; at most {limits.rows:,} rows, {limits.seconds:g} seconds. Prefixes of the graph are known."
        parts = {"SETTINGS": json.dumps(settings).replace("<", "\\u003c"), "LIMITS": html.escape(told)}
        page = re.sub(r"\{\{([A-Z]+)\}\}", lambda found: parts[found[1]], _asset("console.html").decode())
        return HTMLResponse(page, headers={**_VARY, "Content-Security-Policy": CONSOLE})

    async def node(self, request: Request) -> Response:
        """A node, by the path of its IRI, as a page or as data."""
        kind, _, key = request.scope.get("raw_path", b"").decode("ascii", "replace")[1:].partition("/")
        media = self._media(request)
        return await self._page(request, {"job": "node", "kind": kind, "key": unquote(key), "media": media})

    def _media(self, request: Request) -> str:
        """What a node is sent as: what ``?format=`` says, or the Accept header."""
        offered = [HTML, *TRIPLES]
        form = request.query_params.get("format")
        media = best(_accept(request), offered) if form is None else SHORT.get(form)
        if media not in offered:
            raise Refused(406, f"this can be had as {', '.join(offered)}")
        return media

    async def search(self, request: Request) -> Response:
        """The nodes with a name."""
        words = request.query_params.get("q", "")[:200]
        return await self._page(request, {"job": "list", "what": "names", "words": words, "page": 1})

    async def articles(self, request: Request) -> Response:
        """The articles."""
        number = request.query_params.get("page", "1")
        page = int(number) if re.fullmatch("[0-9]{1,7}", number) else 1
        return await self._page(request, {"job": "list", "what": "articles", "words": "", "page": page})

    async def explorer(self, request: Request) -> Response:
        """The page of `kg view`, with links to the rest of the site."""
        async with self._keeper.edition() as now:
            file = await now.picture(DRAWING)
            if file is None:
                reply = await self._keeper.page({"job": "list", "what": "meanwhile", "words": "", "page": 1})
                return _response(Reply(503, reply.body, reply.type, {"Retry-After": str(AGAIN), "Refresh": str(AGAIN)}))
            page = await asyncio.to_thread(file.read_text, "utf-8")
        linked = _linked(page, first="/articles", name="Articles")
        return HTMLResponse(linked, headers={"Content-Security-Policy": _policy(page)})

    async def _page(self, request: Request, job: dict[str, object]) -> Response:
        reply = await _while_there(request, self._keeper.page(job))
        return _response(reply)


def _linked(page: str, *, first: str, name: str) -> str:
    """A page of ours that stands for itself, with links to the rest of the site behind its first heading."""
    heading = re.compile(r"<header>\s*<h1>[^<]*</h1>")
    place, style = (heading, "white-space:nowrap") if heading.search(page) else (re.compile("<body[^>]*>"), "")
    links = _LINKS.format(style=style, first=first, name=name)
    return place.sub(lambda found: found[0] + links, page, count=1)


def _policy(page: str) -> str:
    """The policy that a page of ours has at its head, before any words of articles; the strict one if it has none."""
    found = _POLICY.search(page[:5000])
    return f"{html.unescape(found[1])}; frame-ancestors 'none'" if found else STRICT


_VARY = {"Vary": "Accept"}


def _response(reply: Reply | None) -> Response:
    if reply is None:
        return Response(status_code=499)  # nobody is there to read it
    headers, body = {**_VARY, **reply.headers}, reply.body
    if reply.type.startswith(HTML) and _POLICY.search((page := body.decode("utf-8", "replace"))[:5000]):
        headers["Content-Security-Policy"] = _policy(page)
        body = _linked(page, first="/", name="Graph").encode()
    return Response(body, reply.status, headers, media_type=reply.type)


async def _while_there(request: Request, work: Awaitable[Reply]) -> Reply | None:
    """The reply, or None where the client has gone before; then the work is ended."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    asked, left = asyncio.ensure_future(work), asyncio.ensure_future(gone())
    try:
        await asyncio.wait({asked, left}, return_when=asyncio.FIRST_COMPLETED)
        return asked.result() if asked.done() else None
    finally:
        left.cancel()
        asked.cancel()


async def _body(request: Request, most: int) -> bytes:
    """The body, read no further than it may be long. Raises Refused."""
    content = b""

    async def read() -> bytes:
        nonlocal content
        async for part in request.stream():
            content += part
            if len(content) > most * 3:  # percent-encoding makes three bytes of one
                raise Refused(413, f"the query is longer than {most:,} bytes", {"Connection": "close"})
        return content

    try:
        return await asyncio.wait_for(read(), READING)
    except TimeoutError:
        raise Refused(408, "the query did not arrive in time", {"Connection": "close"}) from None


def _accept(request: Request) -> str:
    return ",".join(request.headers.getlist("accept"))


def _endpoint(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers['host']}/sparql"


async def _static(request: Request) -> Response:
    """A file of the package, by its name in a short list."""
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    return Response(_asset(name), media_type=STATIC[name], headers={"Cache-Control": "max-age=3600"})


def _asset(name: str) -> bytes:
    return resources.files("kg.serve").joinpath("assets", name).read_bytes()


# ---- failures


async def _failure(_: Request, error: Exception) -> Response:
    headers: dict[str, str] = {}
    status = 400
    if isinstance(error, Refused):
        status, headers = error.status, error.headers
    elif isinstance(error, Busy | Stopped | StoreError):
        status, headers = 503, {"Retry-After": "30"} if isinstance(error, Busy) else {}
    return PlainTextResponse(str(error).encode("utf-8", "replace"), status, {**_VARY, **headers})


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404 and best(_accept(request), ["text/plain", HTML]) == HTML:
        said = '<h1>Not here</h1><p>There is no such page. <a href="/">The graph</a></p>'
        return HTMLResponse(frame("Not here", said), 404)
    return PlainTextResponse(error.detail, error.status_code, error.headers)


async def _gone(_: Request, error: Exception) -> Response:
    return Response(status_code=499)


async def _fault(_: Request, error: Exception) -> Response:
    return PlainTextResponse("this server made a mistake; its log tells more", 500)


__all__ = ["app"]
