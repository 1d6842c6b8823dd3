"""From news articles to an RDF knowledge graph in which every edge shows its words, its article and its speaker.

    >>> import kg
    >>> graph = kg.KnowledgeGraph()  # in memory; give a path to keep it
    >>> report = graph.add("articles/")  # doctest: +SKIP
    >>> graph.ask("acquisitions", buyer="Amazon")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.graph import KnowledgeGraph
    from kg.records import Answer, Article, Extraction, Finding, Proposition, Report
    from kg.sentences import claims

__version__ = "0.1.0"
# Loaded when first asked for, so that `import kg` and `kg --help` are quick.
_HOMES = {
    "KnowledgeGraph": "kg.graph", "claims": "kg.sentences", "KgError": "kg.errors", "Answer": "kg.records",
    "Article": "kg.records", "Extraction": "kg.records", "Finding": "kg.records", "Proposition": "kg.records",
    "Report": "kg.records",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)


__all__ = [
    "Answer", "Article", "Extraction", "Finding", "KgError", "KnowledgeGraph", "Proposition", "Report",
    "__version__", "claims",
]  # fmt: skip
