"""Which words speak of deployed forces, where those are, and whose: what the learned reader makes of a text.

Three questions, each answered by a small network over the encoder's vectors: does this word name a force that is
reported somewhere; is this place where that force is; is this the actor whose it is. Places and actors are those that
the lexicons and the parser found, in this sentence or in those around it; the networks only choose among them, so
that nothing is read that does not stand in the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from errors import DataError
from extract.encoder import Encoder, Vectors, load_encoder
from extract.scopes import Choices, Scope, distance, kind_number
from extract.windows import Pieces, Window
from records import ASSETS, STATUSES, Asset, Span, Status

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Telling:
    """How a force's being at a place is told: shares of belief."""

    status: Mapping[Status, float]
    out: float
    hedged: float


@dataclass(frozen=True, slots=True)
class Association:
    """What one word for a force goes with. ``claimed``: the belief that it is reported to be somewhere at all."""

    claimed: float
    places: Mapping[Any, float]
    actors: Mapping[str, float]
    tellings: Mapping[Any, Telling]
    assets: Mapping[Asset, float]


class Associator:
    """The networks, and the encoder under them. What it has learned lies in ``data/reader-en`` (see its card)."""

    def __init__(self, encoder: Encoder, weights: Mapping[str, NDArray[np.float32]], version: str) -> None:
        self._encoder = encoder
        self._weights = weights
        self.version = version

    @property
    def tokenizer(self) -> Tokenizer:
        return self._encoder.tokenizer

    def associate(self, pieces: Pieces, found: Sequence[Scope]) -> Associations:
        """What each word goes with is worked out when it is asked for."""
        return Associations(self, pieces, found, [scope.window.core.start for scope in found])

    def encode(self, window: Window) -> Vectors:
        return self._encoder.vectors(window.pieces)

    def carries(self, states: Vectors) -> NDArray[np.float32]:
        hidden = np.maximum(self._linear("carries.0", states), 0.0)
        return _share(self._linear("carries.3", hidden)[:, 0])

    def assets(self, force: Vectors) -> Mapping[Asset, float]:
        return dict(zip(ASSETS, map(float, _softmax(self._linear("asset", force))), strict=True))

    def pairs(self, head: str, states: Vectors, at: int, force: Vectors, choices: Choices) -> Vectors:
        """The answers of one head on every choice: an array (choices, answers)."""
        others = np.stack(
            [
                self._weights["speaker"] if one.span is None else states[first:last].mean(0)
                for one, first, last in choices
            ]
        )
        product = self._linear(f"{head}.force_product", force) * self._linear(f"{head}.other_product", others)
        seen = self._linear(f"{head}.force", force) + self._linear(f"{head}.other", others)
        seen = seen + self._linear(f"{head}.product", product)
        seen = seen + self._weights[f"{head}.distance.weight"][[distance(at, first, one) for one, first, _ in choices]]
        seen = seen + self._weights[f"{head}.kind.weight"][[kind_number(one) for one, _, _ in choices]]
        return self._linear(f"{head}.answer", np.maximum(seen, 0.0))

    def _linear(self, name: str, rows: Vectors) -> Vectors:
        product: Vectors = rows @ self._weights[f"{name}.weight"].T
        bias = self._weights.get(f"{name}.bias")
        return product if bias is None else product + bias


@dataclass(slots=True)
class _Encoded:
    """A window that was encoded, the belief that each of its pieces carries a claim, and what was asked of it."""

    number: int
    states: Vectors
    beliefs: Vectors
    known: dict[Span, Association] = field(default_factory=dict)


@dataclass(slots=True)
class Associations:
    """What the words of one article go with. Asked in the order of the text, it holds one encoded window at a time."""

    associator: Associator
    pieces: Pieces
    scopes: Sequence[Scope]
    starts: Sequence[int]
    _last: _Encoded | None = None

    def carriers(self, within: Span, least: float) -> list[Span]:
        """Pieces of a stretch of text that are believed, at least so much, to begin a word for a deployed force."""
        found = []
        for number in range(max(bisect_right(self.starts, within.start) - 1, 0), bisect_left(self.starts, within.end)):
            scope = self.scopes[number]
            if not scope.window.core.overlaps(within):
                continue
            window, beliefs = scope.window, self._encoded(number).beliefs
            first, last = scope.piece_of(self.pieces, within)
            for at in range(max(first, window.text_at), min(last, len(window.pieces) - 1)):
                if beliefs[at] >= least:
                    piece = at - window.text_at + window.first
                    found.append(Span(self.pieces.starts[piece], self.pieces.ends[piece]))
        return found

    def of(self, word: Span) -> Association | None:
        """What a word goes with; None for one in no window that was read."""
        number = bisect_right(self.starts, word.start) - 1
        if number < 0 or not self.scopes[number].window.core.covers(word):
            return None
        encoded = self._encoded(number)
        if word not in encoded.known:
            encoded.known[word] = self._associate(encoded, word)
        return encoded.known[word]

    def _encoded(self, number: int) -> _Encoded:
        if self._last is None or self._last.number != number:
            states = self.associator.encode(self.scopes[number].window)
            self._last = _Encoded(number, states, self.associator.carries(states))
        return self._last

    def _associate(self, encoded: _Encoded, word: Span) -> Association:
        scope, states = self.scopes[encoded.number], encoded.states
        first, last = scope.piece_of(self.pieces, word)
        force = states[first:last].mean(0)
        ask = partial(self.associator.pairs, states=states, at=first, force=force)
        places: dict[Any, float] = {}
        actors: dict[str, float] = {}
        tellings: dict[Any, Telling] = {}
        if scope.places:
            shares = _share(ask("place", choices=scope.places)[:, 0])
            told = ask("told", choices=scope.places)
            for (one, _, _), share, answers in zip(scope.places, shares, told, strict=True):
                places[one.key] = float(share)
                tellings[one.key] = _telling(answers)
        if scope.actors:
            for (one, _, _), share in zip(scope.actors, _share(ask("actor", choices=scope.actors)[:, 0]), strict=True):
                actors[one.key] = max(float(share), actors.get(one.key, 0.0))
        return Association(float(encoded.beliefs[first]), places, actors, tellings, self.associator.assets(force))


def _telling(answers: Vectors) -> Telling:
    shares = _softmax(answers[: len(STATUSES)])
    out, hedged = _share(answers[len(STATUSES) :])
    return Telling(dict(zip(STATUSES, map(float, shares), strict=True)), float(out), float(hedged))


def _share(logits: Vectors) -> Vectors:
    shares: Vectors = (1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))).astype(np.float32)
    return shares


def _softmax(logits: Vectors) -> Vectors:
    powers = np.exp(logits - logits.max())
    shares: Vectors = powers / powers.sum()
    return shares


def load_associator(folder: Path) -> Associator:
    """Raises DataError where the weights are missing or damaged."""
    path = folder / "heads.npz"
    try:
        with np.load(path, allow_pickle=False) as stored:
            weights = {name: stored[name].astype(np.float32) for name in stored.files if name != "version"}
            version = str(stored["version"])
    except (OSError, ValueError, KeyError) as fault:
        raise DataError(f"{path}: holds no weights of the reader ({fault}); make them again: make train") from fault
    return Associator(load_encoder(folder), weights, version)
