"""Speed of the language pipeline beside spaCy's own small one with the same heads, in one process; for `make bench`.

    python -m kg.score.speed FOLDER_OF_ARTICLES

Ours reads with one and with two threads, the other as spaCy runs it.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.records import Article

REPEATS = 3
WORDS = 40_000
"""Words that are read in each run, if there are so many."""

def some_articles(folder: Path, words: int = WORDS) -> tuple[list[Article], str]:
    """Articles of so many words, and what they are: Wikinews under $KG_DATA where it is, otherwise the folder's."""
    from kg import read

    news = Path(os.environ.get("KG_DATA", "")) / "wikinews" / "wikinews_2019.csv"
    source = news if os.environ.get("KG_DATA") and news.is_file() else folder
    found: list[Article] = []
    total = 0
    for article in read.articles([source], on_error=lambda finding: None):
        found.append(article)
        total += len(article.text.split())
        if total >= words:
            break
    return found, "Wikinews" if source == news else "the sample articles"


def speed(nlp: Language, read: Sequence[str]) -> float:
    """Words a second of the fastest of some runs; words are tokens, marks included, as treebanks count them."""
    best = 0.0
    for _ in range(REPEATS):
        start = time.perf_counter()
        words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(read))
        best = max(best, words / (time.perf_counter() - start))
    return best


def main(folder: Path) -> None:
    """Print the figures as JSON."""
    from kg import language
    from kg.language.train.rival import cnn

    articles, what = some_articles(folder)
    read = [article.text for article in articles]
    ours = {threads: speed(language.load(threads=threads), read) for threads in (1, 2)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    other = cnn([language.load()(text) for text in read[:20]])
    found = {
        "ours": ours, "cnn": speed(other, read), "memory": peak, "texts": what,
        "words": sum(len(text.split()) for text in read),
    }  # fmt: skip
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
