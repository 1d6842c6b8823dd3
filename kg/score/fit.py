"""Fit the confidence of propositions, and show that it is calibrated.

    python -m kg.score.fit --data DATA              how the confidences stand against verdicts
    python -m kg.score.fit --data DATA --write      fits them anew; needs ``pip install newskg[train]``

Two steps:

1. What the parse gets wrong: readings of the shipped model's trees over the development parts of UD English EWT and
   GUM count as right where the same reading comes out of the gold tree. A logistic regression over
   ``extract.confidence.features``, cross-validated by document.
2. What the rules get wrong: triples that were drawn at random and read one by one with their sentence. Their verdicts
   shift and scale the sum of step 1 and move the weight of each rule (Platt 1999), and give the share of right titles
   and employers by rule.

The verdicts (``verdicts/*.tsv``) have a line for each triple: id (`sample.identifier`), place of its article in
Wikinews, ``right`` or ``wrong``, and for the wrong ones the cause. Only subject, relation and object are judged there:
stance is measured by itself (`factuality`). Those in ``verdicts/fresh`` are taken into no step, nor are any others on
the same articles: each was given twice by readers who did not see each other's verdict, and stands only where both
agree.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.extract import confidence
from kg.extract.confidence import features
from kg.score.calibration import brier, ece, reliability

if TYPE_CHECKING:
    from spacy.language import Language

TABLE = Path(confidence.__file__).with_suffix(".json")
VERDICTS = Path(__file__).parent / "verdicts"
FOLDS = 10
STRENGTH = 1.0
"""Inverse strength of the L2 penalty."""
STRENGTH_OF_VERDICTS = 0.3
"""The same for the second step: there are few verdicts a rule."""


class Example(NamedTuple):
    """A reading's features, whether it is right, and the document that it comes from."""

    features: dict[str, float]
    right: bool
    document: str


def trees(data: Path, nlp: Language) -> Iterator[Example]:
    """Readings of the model's trees, right where the gold tree of the same sentence gives the same."""
    from kg.extract import clause, reading
    from kg.language import parse_sentences
    from kg.language.train.treebank import gold_tree, read_ewt, read_gum

    for document in [*read_ewt(data / "ud_ewt", "dev"), *read_gum(data / "gum_open", "dev")]:
        ours = parse_sentences((sentence.words for sentence in document), nlp)
        theirs = gold_tree(ours, document)
        gold = {_key(found) for found in reading.readings(clause.clauses(theirs), theirs)}
        for found in reading.readings(clause.clauses(ours), ours):
            yield Example(features(found, ours), _key(found) in gold, document[0].name)


def _key(found: Any) -> tuple[Any, ...]:
    return found.subject.tokens, found.lemma, found.object.tokens, found.stance.polarity


class Verdict(NamedTuple):
    """A triple that was read with its sentence: its id (`sample.identifier`), its article's place, and the verdict."""

    id: str
    article: int
    right: bool


def verdicts(folder: Path) -> list[Verdict]:
    """The verdicts of a folder's files; ValueError with file and line for a malformed one."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            cells = line.split("\t")
            if len(cells) < 3 or cells[2] not in ("right", "wrong") or not cells[1].isdigit():
                raise ValueError(f"{path}, line {number}: want id, article, and right or wrong, parted by tabs")
            found.append(Verdict(cells[0], int(cells[1]), cells[2] == "right"))
    return found


class Judged(NamedTuple):
    """A proposition that was judged and is still made: its rule, its confidence, and whether it is right."""

    rule: str
    confidence: float
    right: bool
    article: int


def judged(data: Path, told: Sequence[Verdict]) -> list[Judged]:
    """The propositions with a verdict, as the weights on disk score them, from the articles of Wikinews."""
    from kg import extract, language, ontology, read
    from kg.score.sample import NEWS, identifier

    right = {one.id: one.right for one in told}
    wanted = {one.article for one in told}
    articles = list(read.articles([data / NEWS], on_error=print))
    known = ontology.load()
    found = []
    for place in sorted(wanted):
        doc = next(iter(language.parse([articles[place]])))
        for proposition in extract.extraction(doc, known).propositions:
            verdict = right.get(identifier(articles[place], proposition))
            if verdict is not None:
                found.append(Judged(proposition.rule, proposition.confidence, verdict, place))
    return found


def fit(examples: Sequence[Example], *, strength: float = STRENGTH) -> dict[str, float]:
    """The weights of a logistic regression by feature; the constant has the empty name."""
    vectors, model = _model(strength)
    model.fit(vectors.fit_transform([one.features for one in examples]), [one.right for one in examples])
    weights = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    return {"": float(model.intercept_[0]), **{name: float(weight) for name, weight in weights.items()}}


def crossed(
    examples: Sequence[Example], *, folds: int = FOLDS, strength: float = STRENGTH
) -> list[tuple[float, bool]]:
    """Probability and truth of each example, the probability fitted on the other documents."""
    from sklearn.model_selection import GroupKFold, cross_val_predict

    vectors, model = _model(strength)
    right, documents = [one.right for one in examples], [one.document for one in examples]
    rows = vectors.fit_transform([one.features for one in examples])
    found = cross_val_predict(
        model, rows, right, groups=documents, cv=GroupKFold(folds), method="predict_proba"
    )[:, 1]  # fmt: skip
    return list(zip(found.tolist(), right, strict=True))


def _model(strength: float = STRENGTH) -> tuple[Any, Any]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    return DictVectorizer(), LogisticRegression(C=strength, max_iter=5000)


def calibrated(weights: dict[str, float], read: Sequence[Judged]) -> dict[str, float]:
    """The weights scaled and shifted to the verdicts (Platt 1999), each rule a little by itself."""
    vectors, model = _model()
    model.C = STRENGTH_OF_VERDICTS
    model.fit(vectors.fit_transform([_told(one) for one in read]), [one.right for one in read])
    found = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    scale = float(found.pop("sum"))
    moved = {name: scale * weight for name, weight in weights.items()}
    moved[""] += float(model.intercept_[0])
    for name, shift in found.items():
        moved[name] = moved.get(name, 0.0) + float(shift)
    return moved


def _told(one: Judged) -> dict[str, float]:
    likely = min(0.99, max(0.01, one.confidence))
    return {"sum": math.log(likely / (1 - likely)), f"rule {one.rule}": 1.0}


def shares(read: Sequence[Judged]) -> dict[str, float]:
    """By rule, and for all rules under the empty name, the share of right triples, two doubtful ones added."""
    right, all_ = Counter(one.rule for one in read if one.right), Counter(one.rule for one in read)
    found = {rule: round((right[rule] + 1) / (all_[rule] + 2), 2) for rule in sorted(all_)}
    return {"": round((right.total() + 1) / (all_.total() + 2), 2), **found}


def show(what: str, pairs: Sequence[tuple[float, bool]]) -> None:
    """Print the reliability of some probabilities."""
    print(f"{what}: {len(pairs)} triples, Brier {brier(pairs):.3f}, expected calibration error {ece(pairs):.3f}")
    for row in reliability(pairs):
        print(f"  {row.size:6} triples, said {row.confidence:.2f}, right {row.right:.2f}")


def write(weights: dict[str, float], rules: dict[str, float]) -> None:
    """Write the table that `extract.confidence` reads, and make it read anew."""
    table = {"reading": {name: round(weight, 3) for name, weight in sorted(weights.items())}, "rule": rules}
    TABLE.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    confidence.forget()


def main() -> None:
    """Fit, print how well calibrated the result is, and write it where asked."""
    from kg import language
    from kg.extract import roles

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} anew")
    asked = parser.parse_args()
    fresh = {one.article for one in verdicts(VERDICTS / "fresh")}
    told = [one for one in verdicts(VERDICTS) if one.article not in fresh]
    if asked.write:
        by_tree = list(trees(asked.data, language.load()))
        show("against gold trees, cross-validated", crossed(by_tree))
        weights = fit(by_tree)
        write(weights, {"": 0.5})
        read = judged(asked.data, told)
        show("against verdicts, before they are taken in", [(one.confidence, one.right) for one in read])
        write(calibrated(weights, [one for one in read if one.rule not in roles.RULES]), shares(read))
    for what, folder in (("those that it was shifted to", VERDICTS), ("fresh articles", VERDICTS / "fresh")):
        read = judged(asked.data, told if folder == VERDICTS else verdicts(folder))
        show(f"against verdicts, {what}", [(one.confidence, one.right) for one in read])


if __name__ == "__main__":
    main()
