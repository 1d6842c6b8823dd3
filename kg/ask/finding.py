"""Names -> nodes: what in the graph is called so, and what may have been meant by a name that nothing has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import pyoxigraph as ox

from kg import names
from kg.errors import UsageError
from kg.store import Store

_NAMES = tuple(ox.NamedNode(names.expand(name)) for name in ("rdfs:label", "skos:altLabel"))
_UNNAMED = ox.NamedNode(names.expand("kg:unnamed"))
_DENOTED = ox.NamedNode(names.expand("kg:denotedBy"))


def called(store: Store, name: str) -> tuple[ox.NamedNode, ...]:
    """The nodes that have a name (in any case of letters), an IRI, or its end (``entity/ann-lee``), in order.

    Raises UsageError, with what may have been meant, where there is none.
    """
    wanted = name.casefold()
    found = [node for node, label in _named(store) if label.casefold() == wanted]
    if not found and (node := _by_address(store, name)) is not None:
        found = [node]
    if not found:
        hint = near(store, name) or "; look for it with: kg view, or kg ask"
        raise UsageError(f"nothing in the graph is called {name!r}{hint}")
    return tuple(sorted(set(found), key=str))


def is_called(store: Store, name: str) -> bool:
    """Whether anything in the graph has that name."""
    return any(label.casefold() == name.casefold() for _, label in _named(store))


def near(store: Store, name: str) -> str:
    """The names that may have been meant by one that nothing has, to follow a complaint; empty where none is near."""
    return meant(name, (label for node, label in _named(store) if not _unnamed(store, node)))


def meant(name: str, known: Iterable[str]) -> str:
    """The known names that hold the words of ``name``, else those spelt nearly so, to follow a complaint.

    >>> meant("tarn", ["Tarn Robotics", "Ann Lee"]), meant("Anne Lee", ["Tarn Robotics", "Ann Lee"]), meant("x", ["y"])
    ('; did you mean Tarn Robotics?', '; did you mean Ann Lee?', '')
    """
    folded: dict[str, str] = {}
    for label in sorted(set(known)):
        folded.setdefault(" ".join(label.casefold().split()), label)
    wanted = " ".join(name.casefold().split())
    words = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    close = sorted((key for key in folded if wanted and words.search(key)), key=lambda key: (len(key), key))[:3]
    close = close or get_close_matches(wanted, folded, n=3, cutoff=0.75)
    return f"; did you mean {' or '.join(folded[key] for key in close)}?" if close else ""


def _named(store: Store) -> Iterator[tuple[ox.NamedNode, str]]:
    """Every node that articles speak of, with each of its names."""
    spoken: dict[ox.NamedNode, bool] = {}
    for property_ in _NAMES:
        for quad in store.inner.quads_for_pattern(None, property_, None, None):
            node, label = quad.subject, quad.object
            if not isinstance(node, ox.NamedNode) or not isinstance(label, ox.Literal):
                continue
            if node not in spoken:
                spoken[node] = any(True for _ in store.inner.quads_for_pattern(node, _DENOTED, None, None))
            if spoken[node]:
                yield node, label.value


def _unnamed(store: Store, node: ox.NamedNode) -> bool:
    """Whether a thing has no name of its own ("its owner")."""
    return any(True for _ in store.inner.quads_for_pattern(node, _UNNAMED, None, None))


def _by_address(store: Store, name: str) -> ox.NamedNode | None:
    """The node that an IRI means, whole or without its base (``entity/x``, ``entity:x``)."""
    kind, _, key = name.replace(":", "/", 1).partition("/")
    short = kind in names.DATA_KINDS and key
    try:
        node = ox.NamedNode(f"{store.base}{kind}/{key}" if short else name)
    except ValueError:
        return None
    known = any(True for _ in store.inner.quads_for_pattern(node, None, None, None))
    return node if known else None
