"""Fit the confidence of propositions, and show that it is calibrated.

    python -m kg.score.fit --data DATA [--judged FILE ...]      prints the reliability by cross-validation
    python -m kg.score.fit --data DATA [--judged FILE ...] --write kg/extract/confidence.json

Needs ``pip install newskg[train]``. Two steps:

1. What the parse gets wrong: readings of the shipped model's trees over the development parts of UD English EWT and
   GUM count as right where the same reading comes out of the gold tree. A logistic regression over
   ``extract.confidence.features``, cross-validated by document.
2. What the rules get wrong: triples that were read one by one with their sentence. Their verdicts shift and scale the
   sum of step 1 (Platt 1999), and give the share of right titles and employers by rule.

A file of verdicts has a line for each triple: article number in Wikinews, offset of the subject, the predicate and the
object in the article, rule, ``right`` or ``wrong``, parted by tabs.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.extract.confidence import features
from kg.score.calibration import brier, ece, reliability

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.language.train.treebank import Sentence

FOLDS = 10
STRENGTH = 1.0
"""Inverse strength of the L2 penalty."""


class Example(NamedTuple):
    """A reading's features, whether it is right, and the document that it comes from."""

    features: dict[str, float]
    right: bool
    document: str


def trees(data: Path, nlp: Language) -> Iterator[Example]:
    """Readings of the model's trees, right where the gold tree of the same sentence gives the same."""
    from kg.extract import clause, reading
    from kg.language import parse_sentences
    from kg.language.train.treebank import read_ewt, read_gum

    for document in [*read_ewt(data / "ud_ewt", "dev"), *read_gum(data / "gum_open", "dev")]:
        ours = parse_sentences((sentence.words for sentence in document), nlp)
        theirs = gold_tree(ours, document)
        gold = {_key(found) for found in reading.readings(clause.clauses(theirs), theirs)}
        for found in reading.readings(clause.clauses(ours), ours):
            yield Example(features(found, ours), _key(found) in gold, document[0].name)


def _key(found: Any) -> tuple[Any, ...]:
    return found.subject.tokens, found.lemma, found.object.tokens, found.stance.polarity


def gold_tree(ours: Doc, document: Sequence[Sentence]) -> Doc:
    """The same words with the treebank's tags, lemmas and trees; names stay as the model found them."""
    from spacy.tokens import Doc, Span

    heads: list[int] = []
    for sentence in document:
        start = len(heads)
        heads += [start + (head - 1 if head else n) for n, head in enumerate(sentence.heads)]
    doc = Doc(
        ours.vocab, words=[token.text for token in ours], spaces=[bool(token.whitespace_) for token in ours],
        heads=heads, deps=[label for sentence in document for label in sentence.labels],
        pos=[tag for sentence in document for tag in sentence.upos],
        tags=[tag for sentence in document for tag in sentence.xpos],
        lemmas=[lemma for sentence in document for lemma in sentence.lemmas],
    )  # fmt: skip
    doc.set_ents([Span(doc, name.start, name.end, label=name.label_) for name in ours.ents], default="outside")
    return doc


class Verdict(NamedTuple):
    """A triple that was read: where it stands, the rule that made it, and whether it was right."""

    article: int
    subject: int
    predicate: int
    object: int
    rule: str
    right: bool


def verdicts(paths: Iterable[Path]) -> Iterator[Verdict]:
    """The verdicts of some files; ValueError with file and line for a malformed one."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            cells = line.split("\t")
            if len(cells) != 6 or cells[5] not in ("right", "wrong") or not all(c.isdigit() for c in cells[:4]):
                raise ValueError(f"{path}, line {number}: want article, three offsets, rule and right or wrong")
            article, subject, predicate, obj = (int(cell) for cell in cells[:4])
            yield Verdict(article, subject, predicate, obj, cells[4], cells[5] == "right")


def judged(data: Path, nlp: Language, told: Sequence[Verdict]) -> Iterator[Example]:
    """The readings that were judged and are still made, from the articles of Wikinews."""
    from kg import read
    from kg.extract import clause, reading

    by_place = {(one.article, one.subject, one.predicate, one.object): one.right for one in told}
    wanted = {one.article for one in told}
    source = [data / "wikinews" / "wikinews_2019.csv"]
    for number, article in enumerate(read.articles(source, on_error=print)):
        if number not in wanted:
            continue
        doc = nlp(article.text)
        for found in reading.readings(clause.clauses(doc), doc):
            place = tuple(doc[i].idx for i in (found.subject.head, found.predicate, found.object.head))
            if (number, *place) in by_place:
                yield Example(features(found, doc), by_place[(number, *place)], str(number))  # type: ignore[index]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of a logistic regression by feature; the constant has the empty name."""
    vectors, model = _model()
    model.fit(vectors.fit_transform([one.features for one in examples]), [one.right for one in examples])
    weights = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    return {"": float(model.intercept_[0]), **{name: float(weight) for name, weight in weights.items()}}


def crossed(examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """Probability and truth of each example, the probability fitted on the other documents."""
    from sklearn.model_selection import GroupKFold, cross_val_predict

    vectors, model = _model()
    right, documents = [one.right for one in examples], [one.document for one in examples]
    rows = vectors.fit_transform([one.features for one in examples])
    found = cross_val_predict(
        model, rows, right, groups=documents, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]  # fmt: skip
    return list(zip(found.tolist(), right, strict=True))


def _model() -> tuple[Any, Any]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    return DictVectorizer(), LogisticRegression(C=STRENGTH, max_iter=5000)


def calibrated(weights: dict[str, float], examples: Sequence[Example]) -> dict[str, float]:
    """The weights scaled and shifted to the judged examples (Platt scaling); unchanged where there are none."""
    from sklearn.linear_model import LogisticRegression

    if len({one.right for one in examples}) < 2:
        return weights
    sums = [[_sum(weights, one.features)] for one in examples]
    model = LogisticRegression(C=STRENGTH).fit(sums, [one.right for one in examples])
    scale, shift = float(model.coef_[0][0]), float(model.intercept_[0])
    return {name: scale * weight + (shift if name == "" else 0.0) for name, weight in weights.items()}


def _sum(weights: dict[str, float], found: dict[str, float]) -> float:
    return weights[""] + sum(weights.get(name, 0.0) * value for name, value in found.items())


def shares(told: Sequence[Verdict]) -> dict[str, float]:
    """By rule, and for all rules under the empty name, the share of right triples, two doubtful ones added."""
    right, all_ = Counter(one.rule for one in told if one.right), Counter(one.rule for one in told)
    found = {rule: round((right[rule] + 1) / (all_[rule] + 2), 2) for rule in sorted(all_)}
    return {"": round((right.total() + 1) / (all_.total() + 2), 2), **found}


def show(what: str, pairs: Sequence[tuple[float, bool]]) -> None:
    """Print the reliability of some probabilities."""
    print(f"{what}: {len(pairs)} triples, Brier {brier(pairs):.3f}, expected calibration error {ece(pairs):.3f}")
    for row in reliability(pairs):
        print(f"  {row.size:6} triples, said {row.confidence:.2f}, right {row.right:.2f}")


def main() -> None:
    """Fit, print how well calibrated the result is, and write it where asked."""
    from kg import language
    from kg.extract.confidence import probability

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--judged", type=Path, nargs="*", default=[])
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    nlp = language.load()
    by_tree = list(trees(asked.data, nlp))
    show("against gold trees, cross-validated", crossed(by_tree))
    told = list(verdicts(asked.judged))
    read = list(judged(asked.data, nlp, told))
    weights = calibrated(fit(by_tree), read)
    if read:
        pairs = [(probability(one.features, weights), one.right) for one in read]
        show("against verdicts, the same that shift the sum", pairs)
    if asked.write:
        table = {"reading": {name: round(weight, 3) for name, weight in sorted(weights.items())}, "rule": shares(told)}
        asked.write.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
