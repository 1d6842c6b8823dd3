"""The bench of a million quads goes on where rdflib does not end."""

from __future__ import annotations

import json

import pytest

from kg.score import million


def test_what_takes_too_long_is_stopped_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    def endless() -> None:
        while True:
            pass

    million._tell("endless", endless, patience=1)
    million._tell("short", int, patience=1)
    told = dict(json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert told["endless"] == -1 and told["short"] >= 0
