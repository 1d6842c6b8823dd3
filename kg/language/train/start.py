"""Weights of an exported model, to go on from where an earlier training ended.

What is read is 7 bits a weight; a few hundred steps make up for that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.language.kinds import LABELS
from kg.language.train.corpus import Labels
from kg.language.train.model import Network

Table = NDArray[np.float32]


def start_from(network: Network, folder: Path, labels: Labels) -> list[str]:
    """Put the weights of a model folder into the network; the names of those that stay as they were.

    A head whose labels are not the same is left out.
    """
    lists = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    own_lists = json.loads(json.dumps(asdict(labels) | {"names": LABELS}))
    differ = {name for name, own_list in own_lists.items() if lists.get(name) != own_list}
    own = dict(network.state_dict())
    missing = set(own)
    for path in (folder / "words.onnx", folder / "labels.onnx"):
        for name, value in _weights(path):
            head = {"label": "labels"}.get(name, name.partition(".")[0])
            if name in own and head not in differ:
                own[name] = _checked(name, torch.from_numpy(value.copy()), own[name])
                missing.discard(name)
    network.load_state_dict(own)
    return sorted(missing)


def _checked(name: str, value: Tensor, old: Tensor) -> Tensor:
    if value.shape != old.shape:
        raise ValueError(f"{name} is {tuple(value.shape)} in the model and {tuple(old.shape)} in the network")
    return value


def _weights(path: Path) -> Iterator[tuple[str, Table]]:
    """Parameters by their names in the network, weights multiplied out."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    tables = {item.name: numpy_helper.to_array(item) for item in graph.initializer}

    def whole(base: str) -> Table:
        scale, zero = tables[base + "_scale"], tables[base + "_zero_point"]
        table: Table = (tables[base + "_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale
        return table

    for name, table in tables.items():
        if name.startswith("network.") and name.endswith(("weight", "bias")):
            yield name.removeprefix("network."), table
        elif name.startswith("network.") and name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            yield base.removeprefix("network."), whole(base)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].startswith("onnx::"):
            yield _module(node.name) + ".weight", whole(node.input[1].removesuffix("_quantized")).T


def _module(node: str) -> str:
    """The module of a node, out of its path: "/names/names.0/names.0.0/MatMul_quant" is "names.0.0"."""
    path = ""
    for part in node.strip("/").split("/")[:-1]:
        path = part if not path or part.startswith(path + ".") else f"{path}.{part}"
    return path
