"""From a checkpoint to the shipped files: two ONNX graphs with 8-bit weights, and JSON lists."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from shutil import copyfile
from typing import Any

import torch
from torch import Tensor, nn

from kg import ontology
from kg.language.features import INPUTS, Pieces, word_inputs
from kg.language.kinds import LABELS
from kg.language.network import DECIMALS, TAGS
from kg.language.train.awkward import gold_spans
from kg.language.train.corpus import Labels
from kg.language.train.corpus import read as read_corpus
from kg.language.train.fit import sizes
from kg.language.train.model import Network
from kg.language.train.treebank import read_ewt, read_gum

OUTPUTS = ("starts", "tags", "names", "arcs", "child", "parent")


def rounded(scores: Tensor) -> Tensor:
    """Scores to DECIMALS decimals."""
    return torch.round(scores * 10**DECIMALS) / 10**DECIMALS


class Words(nn.Module):
    """All heads but the labels, over one window."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *columns: Tensor) -> tuple[Tensor, ...]:
        """Outputs for each word of the window, the root first."""
        inputs = {name: column.unsqueeze(0) for name, column in zip(INPUTS, columns, strict=True)}
        net = self.network
        words = net.words(inputs | {"real": torch.ones_like(inputs["pieces"])})
        tags = [rounded(getattr(net, name)(words)).argmax(-1) for name in TAGS]
        outputs = (
            rounded(net.starts(words).squeeze(-1)), torch.stack(tags, -1), rounded(net.names(words).log_softmax(-1)),
            rounded(net.arcs(words)), net.label_child(words), net.label_parent(words),
        )  # fmt: skip
        return tuple(output.squeeze(0) for output in outputs)


class ArcLabels(nn.Module):
    """Label scores of words under given parents."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, child: Tensor, parent: Tensor) -> Tensor:
        """Scores (words, labels)."""
        return rounded(self.network.labels(child, parent))


def read(checkpoint: Path, vocabulary: Path, *, averaged: bool = False) -> tuple[Network, Labels, Pieces]:
    """The network of a checkpoint, ready to be asked."""
    state: dict[str, Any] = torch.load(checkpoint, weights_only=True)
    labels = Labels(**state["labels"])
    pieces = Pieces.read(vocabulary)
    network = Network(len(pieces.vocabulary), sizes(labels))
    network.load_state_dict(state["mean" if averaged else "network"])
    return network.eval(), labels, pieces


def export(checkpoint: Path, data: Path, minilm: Path, out: Path, *, averaged: bool = False, bits: int = 7) -> None:
    """Write `words.onnx`, `labels.onnx`, `vocab.txt`, `labels.json`, `lemmas.json` and `names.json` into a folder.

    The last weights are taken, or those `averaged` over the last steps. Weights have 7 bits by default: with 8,
    processors without VNNI saturate sums and so differ from others.
    """
    network, labels, pieces = read(checkpoint, minilm / "vocab.txt", averaged=averaged)
    out.mkdir(parents=True, exist_ok=True)
    inputs = word_inputs(["A", "few", "words", "."], pieces)
    columns = tuple(torch.from_numpy(inputs[name]) for name in INPUTS)
    with tempfile.TemporaryDirectory() as folder:
        words, arcs = Path(folder) / "words.onnx", Path(folder) / "labels.onnx"
        _graph(Words(network), columns, INPUTS, OUTPUTS, words)
        *_, child, parent = Words(network)(*columns)
        _graph(ArcLabels(network), (child, parent), ("child", "parent"), ("labels",), arcs)
        for path in (words, arcs):
            _quantise(path, out / path.name, bits=bits)
    lists = asdict(labels) | {"names": list(LABELS)}
    (out / "labels.json").write_text(json.dumps(lists, indent=1) + "\n", encoding="utf-8")
    copyfile(minilm / "vocab.txt", out / "vocab.txt")
    for name, table in (("lemmas.json", own_lemmas(data)), ("names.json", known_kinds(data))):
        text = json.dumps(table, indent=0, ensure_ascii=False, sort_keys=True)
        (out / name).write_text(text + "\n", encoding="utf-8")


def _graph(
    module: nn.Module, example: tuple[Tensor, ...], inputs: Sequence[str], outputs: Sequence[str], path: Path
) -> None:
    axes: dict[str, dict[int, str]] = {}
    for name in (*inputs, *outputs):
        axes[name] = {0: "pieces" if name.startswith("piece") else "words"}
    axes.get("arcs", {})[1] = "words"
    module.eval()
    with torch.no_grad():
        torch.onnx.export(
            module, example, str(path), input_names=list(inputs), output_names=list(outputs),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip


def _quantise(path: Path, out: Path, *, bits: int) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready = path.with_suffix(".ready.onnx")
    quant_pre_process(str(path), str(ready), skip_symbolic_shape=True)
    if bits == 32:
        ready.replace(out)
        return
    quantize_dynamic(
        str(ready), str(out), per_channel=True, reduce_range=bits == 7, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"], extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def own_lemmas(data: Path) -> dict[str, str]:
    """Lemmas on which the training treebanks agree and which tables and rules do not give.

    Keys are `word UPOS XPOS`, the word in lower case.
    """
    from kg.language.component import lemma_tables
    from kg.language.lemmas import Lemmas

    plain = Lemmas(lemma_tables(), {})
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for document in (*read_ewt(data / "ud_ewt", "train"), *read_gum(data / "gum_open", "train")):
        for sentence in document:
            for word, upos, xpos, lemma in zip(
                sentence.words, sentence.upos, sentence.xpos, sentence.lemmas, strict=True
            ):
                if upos not in ("PROPN", "NUM", "PUNCT", "SYM", "X") and lemma != "_":
                    counts[word.lower(), upos, xpos][lemma] += 1
    found = {}
    for (word, upos, xpos), lemmas in counts.items():
        lemma, count = lemmas.most_common(1)[0]
        if count > 1 and count > 0.7 * lemmas.total() and plain.of(word, upos, xpos) != lemma:
            found[f"{word} {upos} {xpos}"] = lemma
    return found


def known_kinds(data: Path) -> dict[str, str]:
    """Names that the training sets mark six times or more, three times in four with the same kind; lists.

    The lists are companies and the names of countries in our gazetteer.

    A network that reads one window calls "the United States" an organisation where it acts.
    """
    corpus = read_corpus(data)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    documents = [*corpus.trees, *(document for part in corpus.names for document in part.documents)]
    for sentence in (sentence for document in documents for sentence in document):
        for start, end, kind in gold_spans(sentence):
            counts[" ".join(sentence.words[start:end])][kind] += 1
    countries = (ontology.directory() / "gazetteer" / "countries.ttl").read_text(encoding="utf-8")
    found = {" ".join(words): "Organization" for words in corpus.companies}
    found |= dict.fromkeys(re.findall(r'skos:(?:pref|alt)Label "([^"]+)"@en', countries), "Place")
    for text, kinds in counts.items():
        ((kind, count),) = kinds.most_common(1)
        if kinds.total() > 5 and count >= 0.75 * kinds.total() and len(text) > 1 and not text.islower():
            found[text] = kind
    return found
