"""The table of common nouns by the kind of thing they head, counted in GUM's entity annotation.

    python -m kg.language.train.nouns --data DIR

reads ``DIR/gum_open`` (training documents only, CC BY 4.0) and writes ``kg/extract/nouns.json``.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

EXTRACT = Path(__file__).resolve().parents[2] / "extract"
KINDS = {"person": "Person", "organization": "Organization", "place": "Place"}


def documents(gum: Path) -> list[Path]:
    """The training documents of GUM: neither those of ``dev`` nor those of the test splits."""
    splits = (gum / "splits.md").read_text(encoding="utf-8")
    kept_back = set(re.findall(r"GUM_\w+|GENTLE_\w+", splits.split("## train")[0]))
    return [path for path in sorted((gum / "dep").glob("*.conllu")) if path.stem not in kept_back]


def heads(path: Path) -> Iterator[tuple[str, str]]:
    """Each annotated phrase of a document as (lemma of its head common noun, GUM entity type)."""
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line and not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif not line:
            yield from _sentence_heads(rows)
            rows = []


def _sentence_heads(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    open_: dict[str, tuple[int, str]] = {}
    for index, cells in enumerate(rows):
        marks = re.search(r"(?:^|\|)Entity=([^|]+)", cells[9])
        for mark in re.findall(r"\([^()]+\)?|[^()]+\)", marks[1]) if marks else []:
            name = mark.strip("()").split("-")
            if mark.startswith("("):
                open_[name[0]] = (index, name[1])
            if mark.endswith(")") and name[0] in open_:
                start, kind = open_.pop(name[0])
                inside = {row[0] for row in rows[start : index + 1]}
                head = [row for row in rows[start : index + 1] if row[6] not in inside]
                if len(head) == 1 and head[0][3] == "NOUN":
                    yield head[0][2].lower(), kind


def table(gum: Path, *, least: int = 2, share: float = 0.7) -> dict[str, str]:
    """Noun lemma -> kind, where at least ``least`` phrases and ``share`` of all that it heads agree."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for path in documents(gum):
        for lemma, kind in heads(path):
            counts[lemma][kind] += 1
    found = {}
    for lemma, kinds in sorted(counts.items()):
        kind, count = max(kinds.items(), key=lambda item: (item[1], item[0]))
        if kind in KINDS and count >= least and count >= share * kinds.total() and lemma.isalpha():
            found[lemma] = KINDS[kind]
    return found


def main() -> None:
    """Write the table into `kg/extract/nouns.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    found = table(parser.parse_args().data / "gum_open")
    text = json.dumps(found, indent=0, sort_keys=True, ensure_ascii=False)
    (EXTRACT / "nouns.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(found)} nouns: {Counter(found.values())}")


if __name__ == "__main__":
    main()
