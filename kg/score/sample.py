"""Articles -> propositions drawn at random, for a person to judge which are right.

    python -m kg.score.sample --data DATA --articles 0:40 --seed 1 --count 200 [--jsonl]

The articles are those of Wikinews 2019 with these places in the file. What is drawn depends on the seed and on each
proposition's own place and words, not on the order of anything: a proposition that an edited rule leaves alone stays in
the sample, unless a new one takes its place, and the first 50 of 200 are those of `--count 50`.
"""

from __future__ import annotations

import argparse
import hashlib
import heapq
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import islice
from pathlib import Path

from kg.records import Argument, Article, Extraction, Finding, Proposition, Relation

NEWS = Path("wikinews") / "wikinews_2019.csv"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One proposition with all that is needed to judge it; `article` is the article's place in the file.

    `id` tells it from all others while its words and its relation stay the same: verdicts are kept by it.
    """

    id: str
    article: int
    sentence: str
    subject: str
    relation: str
    lemma: str
    object: str
    property: str
    polarity: str
    certainty: str
    tense: str
    conditional: bool
    speaker: str
    rule: str
    confidence: float

    def cells(self) -> list[str]:
        """The cells of a line: as many as `HEAD` has."""
        triple = f"{self.subject} | {self.relation} ({self.lemma}) | {self.object}"
        others = [str(getattr(self, field.name)) for field in fields(self)[7:]]
        return [self.id, str(self.article), self.sentence, triple, *others]


HEAD = [
    "id", "article", "sentence", "subject | relation (lemma) | object", *(field.name for field in fields(Drawn)[7:]),
]  # fmt: skip


def draw(extractions: Iterable[tuple[int, Extraction]], *, seed: int, count: int) -> list[Drawn]:
    """`count` propositions (fewer if there are not so many) of articles with their places, in the order of the draw.

    Each has a number that only its seed and itself decide; the lowest numbers are drawn.
    """
    lots = (
        (_lot(seed, extraction.article, proposition), place, n, extraction)
        for place, extraction in extractions
        for n, proposition in enumerate(extraction.propositions)
    )
    lowest = heapq.nsmallest(count, lots, key=lambda lot: lot[:3])
    return [_drawn(place, extraction, extraction.propositions[n]) for _, place, n, extraction in lowest]


def identifier(article: Article, found: Proposition) -> str:
    """The name under which the verdict on a proposition is kept: 12 hexadecimal digits."""
    return _lot(0, article, found)[:12]


def _lot(seed: int, article: Article, found: Proposition) -> str:
    """A number in hexadecimal; rule, stance and confidence have no say, so that it outlives a change of them."""
    own = (seed, article.id, _place(found.subject), found.relation.lemma, _place(found.relation), _place(found.object))
    return hashlib.sha256(repr(own).encode("utf-8", "surrogatepass")).hexdigest()


def _place(part: Argument | Relation) -> list[tuple[int, int]]:
    return [(start, end) for start, end in part.spans]


def _drawn(place: int, extraction: Extraction, found: Proposition) -> Drawn:
    text = extraction.article.text
    start, end = extraction.sentences[found.sentence] if extraction.sentences else (0, len(text))
    return Drawn(
        identifier(extraction.article, found), place, line(text[start:end]), line(found.subject.text),
        line(found.relation.text), line(found.relation.lemma), line(found.object.text), found.property or "",
        found.polarity, found.certainty, found.tense, found.conditional, _speaker(extraction, found), found.rule,
        round(found.confidence, 3),
    )  # fmt: skip


def _speaker(extraction: Extraction, found: Proposition) -> str:
    """Who says it, in the words of the text; "?" for a statement that names nobody, empty for the article itself."""
    if found.statement is None:
        return ""
    speaker = extraction.statements[found.statement].speaker
    return "?" if speaker is None else line(extraction.article.text[speaker.start : speaker.end])


def line(text: str) -> str:
    """Text of an article on one line, without what a terminal would obey."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def extractions(data: Path, first: int, last: int) -> Iterator[tuple[int, Extraction]]:
    """The articles of Wikinews from place `first` up to, not including, `last`, read."""
    from kg import extract, language, ontology, read

    def report(finding: Finding) -> None:
        print(f"{finding.source}: {finding.message}", file=sys.stderr)

    known = ontology.load()
    articles = islice(read.articles([data / NEWS], on_error=report), first, last)
    for place, doc in enumerate(language.parse(articles), first):
        yield place, extract.extraction(doc, known)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw and print, a proposition a line."""
    parser = argparse.ArgumentParser(prog="python -m kg.score.sample", description="Propositions to be judged by hand.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of public data sets")
    parser.add_argument("--articles", type=stretch, default=(0, 40), metavar="FIRST:LAST", help="places in the file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--jsonl", action="store_true", help="JSON Lines instead of a table with tabs")
    options = parser.parse_args(arguments)
    if not (options.data / NEWS).is_file():
        parser.error(f"there is no {NEWS} in {options.data}; give the folder of public data sets")
    drawn = draw(extractions(options.data, *options.articles), seed=options.seed, count=options.count)
    if not options.jsonl:
        print("\t".join(HEAD))
    for one in drawn:
        print(json.dumps(asdict(one), ensure_ascii=False) if options.jsonl else "\t".join(one.cells()))


def stretch(text: str) -> tuple[int, int]:
    """«0:40» -> the first place and the one behind the last."""
    first, _, last = text.partition(":")
    if not (first.isdecimal() and last.isdecimal() and int(first) < int(last)):
        raise argparse.ArgumentTypeError(f"want FIRST:LAST, such as 0:40, not {text!r}")
    return int(first), int(last)


if __name__ == "__main__":
    main()
