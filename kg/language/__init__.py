"""English text to annotated Docs: words, sentences, tags, Universal Dependencies trees, names, lemmas.

    >>> from kg import language
    >>> nlp = language.load()
    >>> [name.text for name in nlp("Ada Lovelace lived in London.").ents]  # doctest: +SKIP
    ['Ada Lovelace', 'London']

The shipped model and its measured quality are described in `model/README.md`. `Doc.ents` have the labels
of `kinds.KINDS`; every name is one unit in the tree. Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.records import Article

__all__ = ["load", "parse", "parse_words"]


def load(model: str | Path | None = None, *, threads: int = 1) -> Language:
    """The pipeline of a model folder, or the shipped one; loaded once in a process.

    `threads` are those of one network run; the result does not depend on them. Raises OSError if a
    model file is missing.
    """
    return _load(None if model is None else str(Path(model)), threads)


@lru_cache(maxsize=4)
def _load(model: str | None, threads: int) -> Language:
    import spacy

    from kg.language import component, tokens  # the import registers the component

    del component

    nlp = spacy.blank("en")
    tokens.add_rules(nlp)
    nlp.max_length = 100_000_000
    nlp.add_pipe("kg_neural", config={"model": model, "threads": threads})
    return nlp


def parse(articles: Iterable[Article], *, model: str | Path | None = None, threads: int = 1) -> Iterator[Doc]:
    """Docs in the order of the articles; each holds its article in `doc.user_data["article"]`."""
    nlp = load(model, threads=threads)
    for article in articles:
        doc = nlp.make_doc(article.text)
        doc.user_data["article"] = article
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        yield doc


def parse_words(words: Sequence[str], *, model: str | Path | None = None, threads: int = 1) -> Doc:
    """The Doc of one sentence whose words are given, as benchmarks give them; no word is cut or joined."""
    from spacy.tokens import Doc

    nlp = load(model, threads=threads)
    doc = Doc(nlp.vocab, words=list(words), sent_starts=[n == 0 for n in range(len(words))])
    doc.user_data["given_sentences"] = True
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc
