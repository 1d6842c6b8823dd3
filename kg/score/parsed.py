"""Docs of many texts, kept in a file between runs: trees do not change while rules and frames do.

A kept Doc gives the record that a fresh one gives. The file is left aside as soon as the code or the network of
``kg.language`` has changed, and written anew.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from kg.records import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def docs(
    texts: Sequence[str], *, model: str | None = None, threads: int = 1, cache: Path | None = None
) -> Iterator[Doc]:
    """The Docs of some texts in their order, each read alone as one article; `cache` is the file to keep them in."""
    from kg import language

    if cache is None:
        yield from language.parse(map(Article.of, texts), model=model, threads=threads)
        return
    nlp, stamp = language.load(model), _stamp(model)
    kept = _kept(cache, stamp)
    if new := [text for text in dict.fromkeys(texts) if text not in kept]:
        parsed = language.parse(map(Article.of, new), model=model, threads=threads)
        kept |= {text: _bytes(doc) for text, doc in zip(new, parsed, strict=True)}
        _keep(cache, stamp, kept)
    for text in texts:
        yield _doc(nlp, text, kept[text])


def _bytes(doc: Doc) -> bytes:
    """A Doc with its probabilities, without the article, which its text makes anew."""
    doc.user_data.pop("article", None)
    found: bytes = doc.to_bytes()
    return found


def _doc(nlp: Language, text: str, kept: bytes) -> Doc:
    doc = nlp.make_doc("").from_bytes(kept)
    doc.user_data["article"] = Article.of(text)
    return doc


def _kept(cache: Path, stamp: str) -> dict[str, bytes]:
    """What the file holds; nothing where it is missing, not ours, or of other trees."""
    try:
        written, kept = marshal.loads(cache.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return dict(kept) if written == stamp else {}


def _keep(cache: Path, stamp: str, kept: dict[str, bytes]) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    part = cache.with_name(f"{cache.name}.part")
    part.write_bytes(marshal.dumps((stamp, kept)))
    part.replace(cache)


def _stamp(model: str | None) -> str:
    """A digest of all that the trees depend on: the code of the language stage, its network, the other model's name."""
    from kg import language

    digest = hashlib.sha256(repr((model, version("spacy"))).encode())
    for file in _files(Path(language.__file__).parent, Path(model) if model else None):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(*folders: Path | None) -> Iterable[Path]:
    for folder in folders:
        if folder is not None and folder.is_dir():
            yield from sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


__all__ = ["docs"]
