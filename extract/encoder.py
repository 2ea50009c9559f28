"""The small neural encoder: word pieces in, one vector for each out. Its weights lie in ``data/reader-en``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from errors import DataError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoder:
    """Runs on one thread, so that what it costs is what it takes."""

    tokenizer: Tokenizer
    session: InferenceSession

    def vectors(self, pieces: Sequence[int]) -> Vectors:
        """An array (pieces, width). One window at a time: int8 scales by what is run together."""
        row = np.array([pieces], dtype=np.int64)
        (states,) = self.session.run(None, {"pieces": row, "mask": np.ones_like(row)})
        vectors: Vectors = states[0]
        return vectors


def load_encoder(folder: Path) -> Encoder:
    """Raises DataError where the weights are missing or none that can be run."""
    from onnxruntime import InferenceSession, SessionOptions

    options: Any = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        session = InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
    except Exception as fault:  # onnxruntime's own errors share no base but this
        raise DataError(f"{folder / 'encoder.onnx'}: cannot be run ({fault}); restore it from the project") from fault
    return Encoder(load_tokenizer(folder / "tokenizer.json"), session)


def load_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        tokenizer: Tokenizer = Tokenizer.from_file(str(path))
    except Exception as fault:  # as above
        raise DataError(f"{path}: cannot be read ({fault}); restore it from the project") from fault
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
