"""The parts that need no server: what is liked best, how rows are written, who is of this machine."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.serve import protocol, results, wire
from kg.serve.negotiate import HTML, SOLUTIONS, TRIPLES, best

ANY = st.text(max_size=60)
TERMS = st.one_of(
    st.none(),
    ANY.map(ox.Literal),
    st.integers().map(ox.Literal),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), ANY, st.sampled_from(["en", "de-at"])),
    st.just(ox.NamedNode("http://a.example/<b>".replace("<", "%3C").replace(">", "%3E") + "?x=1&y='2'")),
    st.just(ox.BlankNode("b0")),
    st.just(ox.Triple(ox.NamedNode("a:b"), ox.NamedNode("a:c"), ox.Literal("d"))),
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(rows=st.lists(st.tuples(TERMS, TERMS), max_size=4))
def test_any_row_can_be_written_in_any_form_and_read_again(rows: list[tuple[object, object]]) -> None:
    names = ["a", "b"]
    told = json.loads(results.written("json", names, rows))
    assert [len(row) for row in told["results"]["bindings"]] == [sum(x is not None for x in row) for row in rows]
    root = ElementTree.fromstring(results.written("xml", names, rows))
    assert len(list(root[1])) == len(rows)
    table = list(csv.reader(io.StringIO(results.written("csv", names, rows).decode(), newline="")))
    assert len(table) == len(rows) + 1 and all(not cell.startswith(("=", "@")) for row in table for cell in row)
    assert len(results.written("tsv", names, rows).decode().rstrip("\n").split("\n")) == len(rows) + 1


@settings(max_examples=200, deadline=None, derandomize=True)
@given(accept=st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=80))
def test_any_header_is_understood_or_not(accept: str) -> None:
    assert best(accept, SOLUTIONS) in (None, *SOLUTIONS)


@pytest.mark.parametrize(
    ("accept", "liked"),
    [
        ("text/turtle", "text/turtle"), ("text/*;q=0.9, text/html;q=0.1", "text/turtle"), ("*/*", "text/html"),
        ("text/html;level=1;q=0.4, application/ld+json;q=0.5", "application/ld+json"), ("audio/*", None),
        ("text/turtle;q=0", None), ("text/html;q=2", "text/html"), ("text/html;q=-1", None),
    ],
)  # fmt: skip
def test_the_narrowest_range_counts(accept: str, liked: str | None) -> None:
    assert best(accept, [HTML, *TRIPLES]) == liked


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    kind=st.one_of(st.none(), ANY, st.sampled_from([protocol.FORM, protocol.DIRECT])),
    address=st.binary(max_size=60),
    body=st.binary(max_size=60),
)
def test_any_request_is_a_query_or_refused(kind: str | None, address: bytes, body: bytes) -> None:
    for read in (lambda: protocol.in_address(address), lambda: protocol.in_body(kind, address, body)):
        try:
            assert read().text.strip()
        except protocol.Refused as error:
            assert error.status in (400, 413, 415) and str(error)


@given(body=st.binary(max_size=300), word=ANY)
def test_messages_arrive_as_they_were_sent(body: bytes, word: str) -> None:
    assert wire.read(io.BytesIO(wire.packed({"word": word}, body))) == ({"word": word}, body)
