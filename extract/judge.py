"""How likely a candidate is a claim: learned weights over its features, as a logistic model.

The weights are made by ``make train`` from our own annotated texts and lie in ``data/judge-en.json`` with the figures
of the run that made them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from errors import DataError


@dataclass(frozen=True, slots=True)
class Judge:
    """``certainty`` is calibrated: of the candidates given 0.8, four in five are right."""

    version: str
    bias: float
    weights: Mapping[str, float]

    def certainty(self, features: Iterable[str]) -> float:
        score = self.bias + sum(self.weights.get(feature, 0.0) for feature in features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def load_judge(path: Path) -> Judge:
    """Read the weights. Raises DataError where the file is missing or no weights file."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Judge(str(content["version"]), float(content["bias"]), dict(content["weights"]))
    except OSError as fault:
        raise DataError(f"{path}: cannot be read ({fault.strerror}); restore it from the project") from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise DataError(f"{path}: holds no weights of the judge ({fault!r}); make them again: make train") from fault
