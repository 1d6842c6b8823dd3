"""``python -m kg.score DATA``: how good open triples and dates are, on public development data under DATA."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.score import times, triples


def main() -> None:
    """Print one line for each benchmark whose data is there."""
    parser = argparse.ArgumentParser(prog="python -m kg.score", description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with oie/benchie, meantime and recognizers_datetime")
    data: Path = parser.parse_args().data
    if (data / "oie" / "benchie").is_dir():
        _show("open triples, BenchIE dev", triples.score(data))
    for span, figures in times.score(data).get("meantime", {}).items():
        if isinstance(figures, dict):
            _show(f"dates, MEANTIME airbus + gm, {span}", figures)


def _show(what: str, figures: dict[str, float]) -> None:
    print(f"{what}: P {figures['p']:.3f}  R {figures['r']:.3f}  F1 {figures['f1']:.3f}")


if __name__ == "__main__":
    main()
