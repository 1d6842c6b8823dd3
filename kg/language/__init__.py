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

from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.records import Article

__all__ = ["load", "parse", "parse_sentences", "parse_words"]


def load(model: str | Path | None = None, *, threads: int = 1) -> Language:
    """The shipped pipeline, or another one; loaded once in a process.

    `model` is a folder with a network of ours, or the name or path of any spaCy pipeline that was trained on Universal
    Dependencies. `threads` is how many articles (`parse`, `nlp.pipe`) or windows of one article are read at once; a
    pipeline that is not ours ignores it, and the result does not depend on it. Raises ModelError where a pipeline
    cannot be loaded or has other labels.
    """
    return _load(None if model is None else str(model), threads)


@lru_cache(maxsize=4)
def _load(model: str | None, threads: int) -> Language:
    import spacy

    from kg.language import component, foreign, tokens  # the imports register the components

    del component
    if model is not None and not foreign.folder_of_ours(model):
        return foreign.load(model)
    nlp = spacy.blank("en")
    tokens.add_rules(nlp)
    nlp.max_length = 100_000_000
    try:
        nlp.add_pipe("kg_neural", config={"model": model, "threads": threads})
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"the language model {model or 'of this package'} cannot be loaded ({error}); make its folder anew, or "
            "install the package again"
        ) from error
    return nlp


def parse(articles: Iterable[Article], *, model: str | Path | None = None, threads: int = 1) -> Iterator[Doc]:
    """Docs in the order of the articles; each holds its article in `doc.user_data["article"]`."""
    nlp = load(model, threads=threads)
    # One Doc a batch: a pipeline that is not ours holds no more than that, and gives it the same beside any others.
    yield from nlp.pipe((_made(nlp, article) for article in articles), batch_size=1)


def _made(nlp: Language, article: Article) -> Doc:
    doc = nlp.make_doc(article.text)
    doc.user_data["article"] = article
    return doc


def parse_words(words: Sequence[str], *, model: str | Path | None = None, threads: int = 1) -> Doc:
    """The Doc of one sentence whose words are given, as benchmarks give them; no word is cut or joined."""
    return parse_sentences([words], load(model, threads=threads))


def parse_sentences(sentences: Iterable[Sequence[str]], nlp: Language) -> Doc:
    """The Doc of a document whose sentences and words are given, annotated by a pipeline of `load`."""
    from spacy.tokens import Doc

    given = [list(words) for words in sentences]
    starts: list[bool | int | None] = [n == 0 for words in given for n in range(len(words))]
    doc = Doc(nlp.vocab, words=[word for words in given for word in words], sent_starts=starts)
    doc.user_data["given_sentences"] = True
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc
