"""The kills on copies of the shipped sample articles: see ``kg.crashes``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from kg import read
from kg.crashes import crashes
from kg.score.growth import read_all
from kg.score.resample import copies

TIMES, SEED, COPIES = 100, 1, 8


def main(times: int = TIMES, seed: int = SEED, *, workers: bool = False) -> int:
    """Print each fault, and how many kills fell where; exit status 1 where something was wrong.

    With ``workers`` all kills hit ``kg build --workers 2``.
    """
    source = Path(__file__).parents[1] / "samples"
    samples = [record for record, _ in read_all(read.articles([source], on_error=lambda finding: None))]
    found = []
    records = list(copies(samples, COPIES))
    for kill in crashes(records, times, seed=seed, samples=samples, source=source, workers=workers):
        found.append(kill)
        if kill.fault:
            print(json.dumps(kill._asdict()), flush=True)
    places = Counter(f"{kill.run}: {kill.place}" for kill in found)
    faults = sum(bool(kill.fault) for kill in found)
    told = {"kills": len(found), "faults": faults, "seed": seed, "places": dict(sorted(places.items()))}
    print(json.dumps(told, indent=2))
    return 1 if faults else 0


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "workers"]
    sys.exit(main(*map(int, given), workers=len(given) < len(sys.argv) - 1))
