"""What extraction costs on top of the parse: CPU time of one thread, both in the same run; for `make bench`.

    KG_DATA=DATA python -m kg.score.cost FOLDER_OF_ARTICLES

The articles are the first 40 of Wikinews under $KG_DATA, or those of the folder where it is not there. Each is read
some times over, and the least time of each part counts: what else the machine does can only add to it. Extraction is
all that turns a Doc into a record; joining the names of the article is told apart from it. The graph is not made.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.records import Article

ARTICLES, RUNS = 40, 4


class Cost(NamedTuple):
    """CPU seconds for some articles: the parse, the extraction on top of it, the joining of names on top of both."""

    parse: float
    extraction: float
    joining: float


def cost(articles: Sequence[Article], *, runs: int = RUNS) -> Cost:
    """The least that each article took in some runs, summed up."""
    from kg import ontology

    known = ontology.load()
    taken = [[_once(article, known) for article in articles] for _ in range(runs)]
    least = [[min(part) for part in zip(*same, strict=True)] for same in zip(*taken, strict=True)]
    return Cost(*(sum(part) for part in zip(*least, strict=True)))


def _once(article: Article, known: Ontology) -> Cost:
    from kg import extract, language, resolve

    start = time.process_time()
    doc = next(iter(language.parse([article], threads=1)))
    parsed = time.process_time()
    record = extract.extraction(doc, known)
    extracted = time.process_time()
    resolve.link(record)
    return Cost(parsed - start, extracted - parsed, time.process_time() - extracted)


def main(folder: Path) -> None:
    """Print the figures as JSON."""
    from kg.score.speed import some_articles

    articles, what = some_articles(folder)
    print(json.dumps({**cost(articles[:ARTICLES])._asdict(), "articles": len(articles[:ARTICLES]), "texts": what}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
