"""Open triples against BenchIE's fact synsets (Gashteovski et al. 2022, ACL).

A fact is a set of equally good forms ``subject --> relation --> object`` whose words in [brackets] may be missing. A
triple is right when its three slots equal those of some form of some fact of its sentence. Recall counts facts that are
hit, precision facts that are hit among these and the wrong triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kg.score.times import prf

Form = tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]
Triple = tuple[str, str, str]


def score(data: Path, *, model: str | None = None) -> dict[str, float]:
    """Precision, recall and F1 of our triples on the development sentences under ``data/oie/benchie``."""
    from kg import extract, language

    folder = data / "oie" / "benchie"
    found: dict[int, list[Triple]] = {}
    for line in (folder / "sentences_dev.tsv").read_text(encoding="utf-8").splitlines():
        number, _, sentence = line.partition("\t")
        found[int(number)] = extract.triples(language.parse_words(sentence.split(), model=model))
    return compare(facts((folder / "gold_dev.txt").read_text(encoding="utf-8").splitlines()), found)


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
            subject, relation, object_ = (_pattern(slot) for slot in slots[:3])
            gold[sentence][-1].append((subject, relation, object_))
    return gold


def _pattern(slot: str) -> re.Pattern[str]:
    parts = re.findall(r"\[([^\]]*)\]|([^\s\[\]]+)", slot)
    words = ((" ".join(optional.split()), "?") if optional else (word, "") for optional, word in parts)
    return re.compile("".join(f"(?:{re.escape(text)} ){mark}" for text, mark in words))


def compare(gold: dict[int, list[list[Form]]], found: dict[int, list[Triple]]) -> dict[str, float]:
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


def _right(triple: Triple, fact: list[Form]) -> bool:
    slots = [f"{' '.join(slot.split())} " if slot.strip() else "" for slot in triple]
    return any(all(part.fullmatch(slot) for part, slot in zip(form, slots, strict=True)) for form in fact)
