"""The shipped pipeline, loaded once, and the public data where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from spacy.language import Language

from kg import language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped pipeline."""
    return language.load()


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder with public data: KG_DATA, or `shared/data` beside the checkout."""
    found = Path(os.environ.get("KG_DATA") or Path(__file__).parents[3] / "shared" / "data")
    if not (found / "ud_ewt").is_dir():
        pytest.skip(f"no public data in {found}: set KG_DATA")
    return found
