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


def main(times: int = TIMES, seed: int = SEED) -> int:
    """Print each fault, and how many kills fell where; exit status 1 where something was wrong."""
    source = Path(__file__).parents[1] / "samples"
    samples = [record for record, _ in read_all(read.articles([source], on_error=lambda finding: None))]
    found = []
    for kill in crashes(list(copies(samples, COPIES)), times, seed=seed, samples=samples, source=source):
        found.append(kill)
        if kill.fault:
            print(json.dumps(kill._asdict()), flush=True)
    places = Counter(f"{kill.run}: {kill.place}" for kill in found)
    faults = sum(bool(kill.fault) for kill in found)
    told = {"kills": len(found), "faults": faults, "seed": seed, "places": dict(sorted(places.items()))}
    print(json.dumps(told, indent=2))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
