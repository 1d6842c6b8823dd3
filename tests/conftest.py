"""What the tests of the whole share: the sample articles, and the graph made of them, built once."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from hypothesis import settings

import kg

# No test asserts a time: how long an example takes depends on what else the machine does.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the shipped sample articles."""
    return Path(str(resources.files("kg"))) / "samples"


@pytest.fixture(scope="session")
def sample_graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph on disk, built from the sample articles; for reading only."""
    path = tmp_path_factory.mktemp("graph") / "samples.kg"
    with kg.KnowledgeGraph(path) as graph:
        assert graph.add(samples).failed == ()
    return path


@pytest.fixture(scope="session")
def sample_turtle(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The Turtle of that graph."""
    path = tmp_path_factory.mktemp("turtle") / "samples.ttl"
    with kg.KnowledgeGraph(sample_graph, read_only=True) as graph:
        graph.write(path)
    return path.read_bytes()
