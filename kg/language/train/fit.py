"""Training, by the clock: the learning rate falls with the share of the minutes that is spent.

So a run ends when it should, however busy the machine is. Checkpoints every three minutes; a killed run
goes on from the last one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from kg.language.features import Pieces
from kg.language.kinds import LABELS
from kg.language.train import corpus as corpora
from kg.language.train.model import Network, Sizes, read_encoder
from kg.language.train.start import start_from
from kg.language.train.windows import Batch, Featuriser, Source, allowed_names

SAVE_EVERY = 180.0
WARM_UP = 0.06
RATES = {"encoder": 1.5e-4, "heads": 1e-3}
SHARES = {"upos": 0.5, "xpos": 0.5, "feats": 0.3, "edits": 0.3}
"""Weights of the losses of tags beside those of arcs, labels and names."""


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The losses of one batch; those whose gold is missing are left out."""
    words = network.words(batch)
    found = {"names": _names(network.names(words), batch["names"])}
    if (batch["heads"] < 0).all():
        return found
    found["arcs"], found["labels"] = _tree(network, words, batch)
    for name, head in (
        ("upos", network.upos), ("xpos", network.xpos), ("feats", network.feats), ("edits", network.edits),
    ):  # fmt: skip
        scores = head(words)
        loss = nn.functional.cross_entropy(scores.flatten(0, 1), batch[name].flatten(), ignore_index=-1)
        found[name] = SHARES[name] * loss
    known = batch["starts"] >= 0
    starts = network.starts(words).squeeze(-1)[known]
    found["starts"] = nn.functional.binary_cross_entropy_with_logits(starts, batch["starts"][known].float())
    return found


def _tree(network: Network, words: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """Arc and label losses; a word's head is in its own sentence or the root."""
    sentence = batch["sentence"]
    same = sentence.unsqueeze(-1) == sentence.unsqueeze(-2)
    same[..., 0] = True
    scores = network.arcs(words).masked_fill(~same, -1e4)
    known = batch["heads"] >= 0
    arcs = nn.functional.cross_entropy(scores[known], batch["heads"][known])
    child = network.label_child(words)[known]
    heads = batch["heads"].clamp(min=0)
    parents = network.label_parent(words)
    parent = parents.gather(1, heads.unsqueeze(-1).expand(-1, -1, parents.shape[-1]))[known]
    return arcs, nn.functional.cross_entropy(network.labels(child, parent), batch["labels"][known], ignore_index=-1)


def _names(scores: Tensor, bits: Tensor) -> Tensor:
    """Minus the log probability of all allowed labels together, over words of which something is known."""
    allowed = allowed_names(bits)
    known = allowed.any(-1) & ~allowed.all(-1)
    logs = scores[known].log_softmax(-1)
    total = logs.masked_fill(~allowed[known], -1e4).logsumexp(-1)
    return -total.sum() / known.sum().clamp(min=1)


def rate(spent: float) -> float:
    """Factor of the learning rates at a share of the time: a short rise, then straight down to 0."""
    return spent / WARM_UP if spent < WARM_UP else max(0.0, (1 - spent) / (1 - WARM_UP))


class Run:
    """One training run with its clock, its averaged weights and its checkpoint file."""

    def __init__(
        self, data: Path, minilm: Path, out: Path, *, minutes: float, seed: int, size: int, start: Path | None = None
    ) -> None:
        torch.manual_seed(seed)
        self.out, self.budget = out, minutes * 60.0
        corpus = corpora.read(data)
        pieces = Pieces.read(minilm / "vocab.txt")
        self.labels = corpus.labels
        self.network = Network(len(pieces.vocabulary), sizes(corpus.labels))
        read_encoder(self.network.encoder, minilm / "model.safetensors")
        if start is not None:
            print("begun anew:", *start_from(self.network, start, corpus.labels), flush=True)
        encoder = list(self.network.encoder.parameters())
        inside = {id(parameter) for parameter in encoder}
        rest = [parameter for parameter in self.network.parameters() if id(parameter) not in inside]
        groups = [{"params": encoder, "base": RATES["encoder"]}, {"params": rest, "base": RATES["heads"]}]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        self.mean = {key: value.detach().clone() for key, value in self.network.state_dict().items()}
        self.step, self.spent = 0, 0.0
        self._resume()
        source = Source(corpus, Featuriser(pieces, corpus.labels), seed=seed + self.step, size=size)
        self.batches = _mixed(source)

    def _resume(self) -> None:
        if not self.out.exists():
            return
        state = torch.load(self.out, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.mean, self.step, self.spent = state["mean"], state["step"], state["spent"]

    def save(self) -> None:
        """Write the checkpoint under another name first, so that a kill leaves the old one whole."""
        state: dict[str, Any] = {
            "network": self.network.state_dict(), "optimiser": self.optimiser.state_dict(), "mean": self.mean,
            "step": self.step, "spent": self.spent, "labels": asdict(self.labels),
        }  # fmt: skip
        part = self.out.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.out)

    def go(self) -> None:
        """Train until the time is spent."""
        self.network.train()
        saved = time.monotonic()
        sums: dict[str, float] = {}
        while self.spent < self.budget:
            begun = time.monotonic()
            for name, value in self._one(next(self.batches)).items():
                sums[name] = 0.97 * sums.get(name, value) + 0.03 * value
            self.spent += time.monotonic() - begun
            if self.step % 25 == 0:
                shown = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
                print(f"step {self.step} minute {self.spent / 60:.1f} {shown}", flush=True)
            if time.monotonic() - saved > SAVE_EVERY:
                self.save()
                saved = time.monotonic()
        self.save()

    def _one(self, batch: Batch) -> dict[str, float]:
        factor = rate(self.spent / self.budget)
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * factor
        found = losses(self.network, batch)
        self.optimiser.zero_grad(set_to_none=True)
        torch.stack(list(found.values())).sum().backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1
        self._average()
        return {name: value.item() for name, value in found.items()}

    def _average(self) -> None:
        """Move the averaged weights towards the present ones, every fourth step."""
        if self.step % 4 == 0:
            keep = min(0.985, (1 + self.step) / (20 + self.step))
            for key, value in self.network.state_dict().items():
                self.mean[key].lerp_(value, 1 - keep)


def sizes(labels: corpora.Labels) -> Sizes:
    """Widths of the heads for these label lists."""
    return Sizes(
        len(labels.upos), len(labels.xpos), len(labels.labels), len(LABELS), len(labels.feats), len(labels.edits)
    )


def _mixed(source: Source) -> Iterator[Batch]:
    """Two batches with trees, then one with names only."""
    trees, names = source.trees(), source.names()
    while True:
        yield next(trees)
        yield next(trees)
        yield next(names)
