"""Open triples against fact synsets: BenchIE (Gashteovski et al. 2022, ACL) and BenchIE-FL, its stricter annotation.

A fact is a set of equally good forms ``subject --> relation --> object`` whose words in [brackets] may be missing. A
triple is right when its three slots equal those of some form of some fact of its sentence. Recall counts facts that are
hit, precision facts that are hit among these and the wrong triples. Both have the same sentences, which are read once;
the outputs of other systems that lie beside a gold file are measured in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.score import Row
from kg.score.times import prf

Form = tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]
Gold = Mapping[int, Sequence[Sequence[Form]]]
Triple = tuple[str, str, str] | tuple[str, str, str, float]
"""Subject, relation, object and, if it is known, the confidence, which these measures do not look at."""

SETS = {"benchie": "open triples, BenchIE dev", "benchie_fl": "open triples, BenchIE-FL dev"}
TARGETS = {("benchie", "precision"): 55.0, ("benchie", "F1"): 45.0, ("benchie_fl", "F1"): 30.0}
MEASURES = {"p": "precision", "r": "recall", "f1": "F1"}
BEST = 3
"""How many of the other systems are shown, those with the best F1."""

NAMES = {
    "clausie": "ClausIE", "minie": "MinIE", "openie6": "OpenIE6", "stanford": "Stanford", "graphene": "Graphene",
    "reverb": "ReVerb", "imojie": "IMoJIE", "compactie": "CompactIE", "m2oie": "Multi2OIE", "m2oie_en": "Multi2OIE",
}  # fmt: skip


def rows(data: Path, *, model: str | None = None) -> Iterator[Row]:
    """The figures of the sets that lie under ``data/oie``, each followed by those of the best other systems."""
    for name, figures in score(data, model=model).items():
        for key, measure in MEASURES.items():
            yield Row(SETS[name], measure, 100 * figures[key], TARGETS.get((name, measure)))
        for other, theirs in sorted(peers(data / "oie" / name).items(), key=lambda item: -item[1]["f1"])[:BEST]:
            yield from (Row(SETS[name], f"{other}, {MEASURES[key]}", 100 * theirs[key]) for key in ("p", "f1"))


def score(data: Path, *, model: str | None = None) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of our triples on the development sentences, for each of SETS that is there."""
    there = [name for name in SETS if (data / "oie" / name / "gold_dev.txt").is_file()]
    sentences = data / "oie" / "benchie" / "sentences_dev.tsv"
    if not there or not sentences.is_file():
        return {}
    found = extracted(sentences, model=model)
    return {name: compare(_gold(data / "oie" / name), found) for name in there}


def extracted(sentences: Path, *, model: str | None = None) -> dict[int, list[Triple]]:
    """Our triples for each line ``number TAB sentence``, words blank-separated."""
    from kg import extract, language

    found: dict[int, list[Triple]] = {}
    for line in sentences.read_text(encoding="utf-8").splitlines():
        number, _, sentence = line.partition("\t")
        found[int(number)] = [*extract.triples(language.parse_words(sentence.split(), model=model))]
    return found


def peers(folder: Path) -> dict[str, dict[str, float]]:
    """The same figures for the outputs of other systems, ``peers/*.txt`` beside a gold file, by their names."""
    gold = _gold(folder)
    return {
        NAMES.get(path.stem, path.stem): compare(gold, _told(path.read_text(encoding="utf-8", errors="replace")))
        for path in sorted((folder / "peers").glob("*.txt"))
    }


def _gold(folder: Path) -> Gold:
    return facts((folder / "gold_dev.txt").read_text(encoding="utf-8").splitlines())


def _told(text: str) -> dict[int, list[Triple]]:
    """The triples in lines of sentence number, subject, relation and object."""
    found: dict[int, list[Triple]] = {}
    for line in text.splitlines():
        if len(cells := line.split("\t")) >= 4:
            found.setdefault(int(cells[0]), []).append((cells[1], cells[2], cells[3]))
    return found


def facts(lines: Iterable[str]) -> dict[int, list[list[Form]]]:
    """The facts of each sentence, by its number, from the lines of a gold file."""
    gold: dict[int, list[list[Form]]] = {}
    sentence = 0
    for line in lines:
        if line.startswith("sent_id:"):
            sentence = int(line.removeprefix("sent_id:").split("\t", 1)[0])
            gold[sentence] = []
        elif re.match(r"\d+\s*-->\s*Cluster", line):
            gold[sentence].append([])
        elif len(slots := [slot.strip() for slot in line.split("-->")]) >= 3:
            if not gold[sentence]:  # in BenchIE-FL a sentence has forms with no cluster line above them
                gold[sentence].append([])
            slots[2] = re.sub(r"\s*\{.*\}$", "", slots[2])  # «he --> left --> Rome {attribution: she said}»
            subject, relation, object_ = (_pattern(slot) for slot in slots[:3])
            gold[sentence][-1].append((subject, relation, object_))
    return gold


def _pattern(slot: str) -> re.Pattern[str]:
    parts = re.findall(r"\[([^\]]*)\]|([^\s\[\]]+)", slot)
    words = ((" ".join(optional.split()), "?") if optional else (word, "") for optional, word in parts)
    return re.compile("".join(f"(?:{re.escape(text)} ){mark}" for text, mark in words))


def compare(gold: Gold, found: Mapping[int, Sequence[Triple]]) -> dict[str, float]:
    """The measure for some gold facts and found triples.

    >>> gold = facts(["sent_id:1\\tHe is [the] boss .", "1--> Cluster 1:", "He --> is --> [the] boss"])
    >>> compare(gold, {1: [("He", "is", "boss"), ("boss", "is", "He")]})
    {'p': 0.5, 'r': 1.0, 'f1': 0.667}
    """
    hit = wrong = total = 0
    for sentence, told in gold.items():
        triples = found.get(sentence, [])
        total += len(told)
        hit += sum(any(_right(triple, fact) for triple in triples) for fact in told)
        wrong += sum(not any(_right(triple, fact) for fact in told) for triple in triples)
    return prf(hit, total, hit + wrong)


def _right(triple: Triple, fact: Sequence[Form]) -> bool:
    slots = [f"{' '.join(slot.split())} " if slot.strip() else "" for slot in triple[:3]]
    return any(all(part.fullmatch(slot) for part, slot in zip(form, slots, strict=True)) for form in fact)
