"""The network: a small BERT over word pieces, and heads over words.

Written by hand so that training needs no `transformers`; plain softmax attention was the fastest on a CPU.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import torch
from torch import Tensor, nn

from kg.language.features import PREFIXES, SHAPES, SUFFIXES

WIDTH, LAYERS, ATTENTION_HEADS = 384, 6, 12
SHAPE_WIDTH, SUFFIX_WIDTH, PREFIX_WIDTH = 32, 48, 32
WORD_WIDTH = WIDTH + SHAPE_WIDTH + SUFFIX_WIDTH + PREFIX_WIDTH
ARC_WIDTH, LABEL_WIDTH, NAME_WIDTH = 256, 128, 192


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many labels each head tells apart."""

    upos: int
    xpos: int
    labels: int
    names: int
    feats: int
    edits: int


class Dropout(nn.Module):
    """Dropout whose masks are cut out of one pool, since drawing them anew costs a third of a step."""

    pools: ClassVar[dict[float, Tensor]] = {}
    size = 1 << 23

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        if rate not in self.pools:
            generator = torch.Generator().manual_seed(1)
            kept = torch.rand(self.size, generator=generator) >= rate
            self.pools[rate] = kept.float() / (1.0 - rate)

    def forward(self, values: Tensor) -> Tensor:
        """Values with some set to zero while training; the same values otherwise."""
        if not self.training:
            return values
        count = values.numel()
        pool = self.pools[self.rate]
        at = int(torch.randint(self.size - count, (1,))) if count < self.size else 0
        mask = pool[at : at + count] if count < self.size else pool.repeat(-(-count // self.size))[:count]
        return values * mask.view(values.shape)


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Dropout(0.1)

    def forward(self, values: Tensor, bias: Tensor) -> Tensor:
        """Values (batch, pieces, width); bias is 0 for pieces and very small for padding."""
        batch, length, _ = values.shape
        size = WIDTH // ATTENTION_HEADS
        mixed = self.mix(values).view(batch, length, 3, ATTENTION_HEADS, size).permute(2, 0, 3, 1, 4)
        scores = mixed[0] @ mixed[1].transpose(-1, -2) * size**-0.5 + bias
        seen = (scores.softmax(-1) @ mixed[2]).transpose(1, 2).reshape(batch, length, WIDTH)
        values = self.norm(values + self.drop(self.out(seen)))
        return self.last_norm(values + self.drop(self.down(nn.functional.gelu(self.up(values)))))


class Encoder(nn.Module):
    """BERT without its pooler; case and shape of the word are added to each piece's embedding."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = Dropout(0.1)

    def forward(self, pieces: Tensor, shapes: Tensor, real: Tensor) -> Tensor:
        """Piece vectors (batch, pieces, width)."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        values = self.pieces(pieces) + self.positions(places) + self.shapes(shapes)
        values = self.drop(self.norm(values))
        bias = (1.0 - real.float())[:, None, None, :] * -1e4
        for layer in self.layers:
            values = layer(values, bias)
        return values


class Network(nn.Module):
    """Encoder and heads; words are numbered from 1, word 0 stands for the root."""

    def __init__(self, pieces: int, sizes: Sizes) -> None:
        super().__init__()
        self.encoder = Encoder(pieces)
        self.shapes = nn.Embedding(SHAPES, SHAPE_WIDTH)
        self.suffixes = nn.Embedding(SUFFIXES, SUFFIX_WIDTH)
        self.prefixes = nn.Embedding(PREFIXES, PREFIX_WIDTH)
        for table in (self.suffixes, self.prefixes):
            nn.init.normal_(table.weight, std=0.1)
        self.arc_child = _hidden(ARC_WIDTH)
        self.arc_parent = _hidden(ARC_WIDTH)
        self.arc = nn.Parameter(torch.zeros(ARC_WIDTH + 1, ARC_WIDTH))
        self.label_child = _hidden(LABEL_WIDTH)
        self.label_parent = _hidden(LABEL_WIDTH)
        self.label = nn.Parameter(torch.zeros(LABEL_WIDTH + 1, sizes.labels * (LABEL_WIDTH + 1)))
        nn.init.normal_(self.arc, std=0.01)
        nn.init.normal_(self.label, std=0.01)
        self.upos = nn.Linear(WORD_WIDTH, sizes.upos)
        self.xpos = nn.Linear(WORD_WIDTH, sizes.xpos)
        self.feats = nn.Linear(WORD_WIDTH, sizes.feats)
        self.edits = nn.Linear(WORD_WIDTH, sizes.edits)
        self.starts = nn.Sequential(_hidden(96), nn.Linear(96, 1))
        self.names = nn.Sequential(_hidden(NAME_WIDTH), nn.Linear(NAME_WIDTH, sizes.names))
        self.drop = Dropout(0.2)
        self.sizes = sizes

    def words(self, inputs: Mapping[str, Tensor]) -> Tensor:
        """Word vectors (batch, words with the root, width): the mean of a word's first and last piece."""
        values = self.encoder(inputs["pieces"], inputs["piece_shapes"], inputs["real"])
        first = inputs["first"].unsqueeze(-1).expand(-1, -1, WIDTH)
        last = inputs["last"].unsqueeze(-1).expand(-1, -1, WIDTH)
        whole = (values.gather(1, first) + values.gather(1, last)) * 0.5
        extra = (self.shapes(inputs["shapes"]), self.suffixes(inputs["suffixes"]), self.prefixes(inputs["prefixes"]))
        joined: Tensor = self.drop(torch.cat((whole, *extra), -1))
        return joined

    def arcs(self, words: Tensor) -> Tensor:
        """Scores (batch, child, parent)."""
        scores: Tensor = _one_more(self.arc_child(words)) @ self.arc @ self.arc_parent(words).transpose(-1, -2)
        return scores

    def labels(self, child: Tensor, parent: Tensor) -> Tensor:
        """Label scores (words, labels) from the label vectors of words and of their parents."""
        turned = (_one_more(child) @ self.label).view(child.shape[0], self.sizes.labels, LABEL_WIDTH + 1)
        return (turned @ _one_more(parent).unsqueeze(-1)).squeeze(-1)


def _hidden(width: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(WORD_WIDTH, width), nn.ReLU(), Dropout(0.25))


def _one_more(values: Tensor) -> Tensor:
    return torch.cat((values, torch.ones_like(values[..., :1])), -1)


def read_encoder(encoder: Encoder, path: Path) -> None:
    """Put the published MiniLM weights (a safetensors file) into the encoder."""
    from safetensors.torch import load_file

    given = load_file(path)
    taken = {
        "pieces.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"]
        + given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        "shapes.weight": torch.zeros(SHAPES, WIDTH),
    }
    for number in range(LAYERS):
        for part in ("weight", "bias"):
            taken |= _layer(given, number, part)
    encoder.load_state_dict(taken)


def _layer(given: Mapping[str, Tensor], number: int, part: str) -> dict[str, Tensor]:
    old, new = f"encoder.layer.{number}", f"layers.{number}"
    mixed = [given[f"{old}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
    return {
        f"{new}.mix.{part}": torch.cat(mixed),
        f"{new}.out.{part}": given[f"{old}.attention.output.dense.{part}"],
        f"{new}.norm.{part}": given[f"{old}.attention.output.LayerNorm.{part}"],
        f"{new}.up.{part}": given[f"{old}.intermediate.dense.{part}"],
        f"{new}.down.{part}": given[f"{old}.output.dense.{part}"],
        f"{new}.last_norm.{part}": given[f"{old}.output.LayerNorm.{part}"],
    }
