"""The recipe as commands: `python -m kg.language.train data|fit|export …`; `kg score language` measures."""

from __future__ import annotations

import argparse
from pathlib import Path


def main() -> None:
    """Read the command line and run one step of the recipe."""
    parser = argparse.ArgumentParser(prog="python -m kg.language.train", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    look = steps.add_parser("data", help="count what is read of each set")
    look.add_argument("--data", type=Path, required=True, help="folder with the public data sets")
    fit = steps.add_parser("fit", help="train, for so many minutes")
    fit.add_argument("--data", type=Path, required=True, help="folder with the public data sets")
    fit.add_argument("--minilm", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    fit.add_argument("--out", type=Path, required=True, help="checkpoint file; an existing one is continued")
    fit.add_argument("--start", type=Path, help="model folder to go on from, instead of MiniLM's weights alone")
    fit.add_argument("--minutes", type=float, default=70.0)
    fit.add_argument("--threads", type=int, default=2)
    fit.add_argument("--seed", type=int, default=1)
    fit.add_argument("--size", type=int, default=1300, help="word pieces a batch")
    export = steps.add_parser("export", help="make the shipped files out of a checkpoint")
    export.add_argument("--checkpoint", type=Path, required=True)
    export.add_argument("--data", type=Path, required=True, help="folder with the public data sets")
    export.add_argument("--minilm", type=Path, required=True, help="folder with vocab.txt")
    export.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "model")
    export.add_argument("--averaged", action="store_true", help="the running average instead of the last weights")
    export.add_argument("--bits", type=int, choices=(7, 8, 32), default=7, help="of a weight")
    _run(parser.parse_args())


def _run(given: argparse.Namespace) -> None:
    if given.step == "data":
        from kg.language.train.corpus import counts, read

        print("\n".join(counts(read(given.data))))
    elif given.step == "fit":
        import torch

        from kg.language.train.fit import Run

        torch.set_num_threads(given.threads)
        run = Run(
            given.data, given.minilm, given.out, minutes=given.minutes, seed=given.seed, size=given.size,
            start=given.start,
        )  # fmt: skip
        run.go()
    else:
        from kg.language.train.export import export

        export(given.checkpoint, given.data, given.minilm, given.out, averaged=given.averaged, bits=given.bits)


main()
