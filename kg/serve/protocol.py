"""An HTTP request -> the query that it asks (SPARQL 1.1 Protocol, section 2.1), or why it asks none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.errors import KgError

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_UPDATE = "application/sparql-update"
_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the graphs that the request names for it."""

    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Refused(KgError):
    """A request that is answered with an HTTP ``status`` and no more than these words."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.headers = status, dict(headers or {})


def in_address(address: bytes) -> Query:
    """The query of a GET request, by the part of its address behind the question mark."""
    return _by_parameters(_parameters(address, "the address"))


def in_body(content_type: str | None, address: bytes, body: bytes) -> Query:
    """The query of a POST request: a form, or the query itself as the body. Raises Refused."""
    media = checked_type(content_type)
    if media == FORM:
        return _by_parameters(_parameters(body, "the form"))
    graphs = _parameters(address, "the address")
    if any(name in ("query", "update") for name, _ in graphs):
        raise Refused(400, "the query is the body of this request; the address has one, too")
    return _by_parameters([*graphs, ("query", _decoded(body, "the query"))])


def checked_type(content_type: str | None) -> str:
    """The media type of a POST request. Raises Refused (415) for one that is not served."""
    media, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    if media == _UPDATE:
        raise Refused(415, "this endpoint only reads; updates are not served")
    if media not in (FORM, DIRECT):
        raise Refused(415, f"a query is posted as {FORM} or as {DIRECT}", {"Accept-Post": f"{FORM}, {DIRECT}"})
    charset = next((p[len("charset=") :].strip("\"'") for p in parameters if p.startswith("charset=")), "utf-8")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(415, "a query is sent in UTF-8")
    return media


def _parameters(encoded: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii", "strict"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        )
    except UnicodeDecodeError as error:
        raise Refused(400, f"{where} is not in UTF-8, percent-encoded") from error
    except ValueError as error:
        raise Refused(400, f"{where} has too many parameters") from error


def _decoded(body: bytes, where: str) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"{where} is not in UTF-8") from error


def _by_parameters(parameters: Sequence[tuple[str, str]]) -> Query:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for given, value in parameters if given == name)

    if all_of("update") or all_of("using-graph-uri") or all_of("using-named-graph-uri"):
        raise Refused(400, "this endpoint only reads; updates are not served")
    texts = all_of("query")
    if len(texts) != 1:
        raise Refused(400, "the parameter query is missing" if not texts else "there is more than one query")
    if not texts[0].strip():
        raise Refused(400, "the query is empty")
    return Query(texts[0], all_of("default-graph-uri"), all_of("named-graph-uri"))


__all__ = ["DIRECT", "FORM", "Query", "Refused", "checked_type", "in_address", "in_body"]
