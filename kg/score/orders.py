"""Whether the order of articles, or what came and went between, changes one byte of a graph.

    KG_DATA=DATA python -m kg.score.orders FOLDER_OF_ARTICLES

All articles of Wikinews under $KG_DATA (or of the folder, where it is not there) are read once. Graphs are made of
their records: in the order of the file, in the reverse one, shuffled, and with half of the articles taken out again and
put back. What is compared is the SHA-256 digest of all quads of a graph, sorted as the export sorts them.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import Extraction

SEED = 7


def orders(records: Sequence[Extraction]) -> dict[str, str]:
    """The digest of the export by how the graph was made."""
    shuffled = list(records)
    random.Random(SEED).shuffle(shuffled)
    half = shuffled[: len(shuffled) // 2]
    return {
        "as given": _digest(records),
        "reversed": _digest(list(reversed(records))),
        "shuffled": _digest(shuffled),
        "half removed and added again": _digest(shuffled, again=half),
        "half removed": _digest(shuffled, gone=half),
        "the other half alone": _digest(shuffled[len(half) :]),
    }


def _digest(records: Iterable[Extraction], *, again: Sequence[Extraction] = (), gone: Sequence[Extraction] = ()) -> str:
    from kg.score.growth import Graph

    with Graph(None) as graph:
        for record in records:
            graph.add(record)
        for record in (*again, *gone):
            graph.remove(record)
        for record in again:
            graph.add(record)
        lines = sorted(f"{quad} .\n" for quad in graph.store.quads())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def main(folder: Path) -> None:
    """Print the digests, and what is the same, as JSON."""
    from kg.score.growth import read_all
    from kg.score.speed import some_articles

    articles, what = some_articles(folder, words=sys.maxsize)
    found = orders([record for record, _ in read_all(articles)])
    whole = {digest for name, digest in found.items() if "half" not in name or "again" in name}
    halves = {digest for name, digest in found.items() if "half" in name and "again" not in name}
    told = {"same whole": len(whole) == 1, "same half": len(halves) == 1}
    print(json.dumps({**found, **told, "articles": len(articles), "texts": what}, indent=2))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
