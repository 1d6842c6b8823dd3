"""Coreference: OntoGUM and GAP within a text, MEANTIME across articles; each beside the plain answer in the same run.

    python -m kg.score.coreference --data DATA [--train]

OntoGUM (Zhu et al. 2021) by CoNLL F1 over mentions that we find ourselves, without things that are spoken of once;
GAP (Webster et al. 2018) by its own score on its development file; MEANTIME over names and nominals of all articles
as one document. ``--train`` adds OntoGUM's training documents, on which the weights are fitted: no figure of quality.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.records import Extraction
from kg.score import Row, cross_document, gap, ontogum, parsed
from kg.score.coref_metrics import Pair, Scores, scores

CONLL, NEWS, GAP_F1, ACROSS_B3, ACROSS_CONLL = 55.0, 60.0, 68.0, 70.0, 65.0
PLAIN = "plain, "


def rows(
    data: Path, *, model: str | None = None, cache: Path | None = None, most: int | None = None
) -> Iterator[Row]:
    """The figures of the sets that lie in the folder; ``most`` is how many examples of GAP are taken, if not all."""
    if (data / ontogum.FOLDER).is_dir():
        yield from of_documents(data, "dev", model=model, cache=cache)
    if (data / gap.FOLDER).is_dir():
        yield from of_pronouns(data, model=model, cache=cache, most=most)
    if (data / cross_document.FOLDER).is_dir():
        yield from across(data, model=model)


def of_documents(data: Path, part: str, *, model: str | None = None, cache: Path | None = None) -> Iterator[Row]:
    """The three measures and their mean over all documents of a part of OntoGUM, and over those of news."""
    from kg import extract, ontology, resolve

    documents, meanings = list(ontogum.documents(data, part)), ontology.load()
    kept = cache / f"ontogum_{part}.docs" if cache else None
    ours: list[Pair] = []
    plain: list[Pair] = []
    for one, doc in zip(documents, parsed.docs([one.text for one in documents], model=model, cache=kept), strict=True):
        record = extract.extraction(doc, meanings)
        ours.append((one.clusters, ontogum.response(one, doc, resolve.link(record))))
        plain.append((one.clusters, ontogum.names_only(one, doc, record)))
    news = [n for n, one in enumerate(documents) if one.genre == "news"]
    label = f"coreference, OntoGUM {part}"
    for name, pairs in (("", ours), (PLAIN, plain)):
        yield from _measures(label, name, scores(pairs), None if name else CONLL)
        yield Row(f"{label}, news", f"{name}CoNLL F1", scores(pairs[n] for n in news).conll, None if name else NEWS)


def _measures(
    label: str, name: str, found: Scores, target: float | None, *, b_cubed: float | None = None
) -> Iterator[Row]:
    yield Row(label, f"{name}CoNLL F1", found.conll, target)
    yield Row(label, f"{name}MUC F1", found.muc.f1)
    yield Row(label, f"{name}B³ F1", found.b_cubed.f1, b_cubed)
    yield Row(label, f"{name}CEAF φ4 F1", found.ceaf.f1)
    yield Row(label, f"{name}mentions F1", found.mentions.f1)


def of_pronouns(
    data: Path, *, model: str | None = None, cache: Path | None = None, most: int | None = None
) -> Iterator[Row]:
    """F1 on GAP's development file, and how even it is between the genders (the target is 95 to 105).

    ``most`` is for a quick look: so many of its examples, from the first on.
    """
    from kg import extract, ontology, resolve

    examples, meanings = gap.read(data, "development")[:most], ontology.load()
    kept = cache / "gap_development.docs" if cache else None
    docs = parsed.docs([one.text for one in examples], model=model, cache=kept)
    records: list[Extraction] = [extract.extraction(doc, meanings) for doc in docs]
    targets = {"F1": GAP_F1, "feminine / masculine": 95.0}
    for name, value in gap.figures(gap.answered(examples, map(resolve.link, records))).items():
        yield Row("pronouns, GAP development", name, value, targets.get(name))
    for name, value in gap.figures(gap.answered(examples, records, gap.nearest)).items():
        yield Row("pronouns, GAP development", PLAIN + name, value)


def across(data: Path, *, model: str | None = None) -> Iterator[Row]:
    """All of MEANTIME's articles as one document: mentions that we find, and beside them those that both sides have."""
    read = cross_document.read_all(data, model=model)
    label = "entities across articles, MEANTIME"
    for name in ("", PLAIN):
        found = scores([cross_document.pair(read, "head", plain=bool(name))])
        conll, b_cubed = (None, None) if name else (ACROSS_CONLL, ACROSS_B3)
        yield from _measures(label, name, found, conll, b_cubed=b_cubed)
        exact = scores([cross_document.pair(read, "exact", plain=bool(name))])
        yield Row(label, f"{name}CoNLL F1, exact spans", exact.conll)
        shared = scores([cross_document.pair(read, "head", plain=bool(name), shared=True, singletons=True)])
        yield Row(f"{label}, shared", f"{name}CoNLL F1", shared.conll)
        yield Row(f"{label}, shared", f"{name}B³ F1", shared.b_cubed.f1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public data sets")
    parser.add_argument("--model", help="another language model")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="keep the trees here between runs")
    parser.add_argument("--train", action="store_true", help="OntoGUM's training documents instead")
    given = parser.parse_args(arguments)
    wanted = of_documents(given.data, "train", model=given.model, cache=given.cache) if given.train else None
    for row in wanted or rows(given.data, model=given.model, cache=given.cache):
        print(f"{row.data:40} {row.measure:28} {row.value:6.1f}")


if __name__ == "__main__":
    main()
