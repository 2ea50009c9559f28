"""Which words speak of deployed forces, where those are, and whose: what the learned reader makes of a text.

Three questions, each answered by a small network over the encoder's vectors: does this word name a force that is
reported somewhere; is this place where that force is; is this the actor whose it is. Places and actors are those that
the lexicons and the parser found, in this sentence or in those around it; the networks only choose among them, so
that nothing is read that does not stand in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from errors import DataError
from extract.actors import ActorTerm
from extract.encoder import Encoder, Vectors, load_encoder
from extract.mentions import mention_of
from extract.scene import Spotted
from extract.windows import Pieces, Window, cut, windows
from records import ASSETS, STATUSES, Asset, Place, Span, Status

DISTANCES = (-160, -80, -40, -20, -10, -5, -2, 0, 2, 5, 10, 20, 40, 80, 160)
SPEAKER = "speaker"  # the kind of the actor that the whole text speaks for, who need not be named in it


@dataclass(frozen=True, slots=True)
class Named:
    """A place or an actor that the text names: ``key`` says which (an actor's code; a place's span), ``kind`` how.

    ``span`` is in the title where ``in_title`` holds; it is None for the speaker.
    """

    key: Any
    kind: str
    span: Span | None
    in_title: bool = False


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


@dataclass(frozen=True, slots=True)
class Scope:
    """A window with the places and actors that lie in it, and the first and last (exclusive) piece of each."""

    window: Window
    places: tuple[tuple[Named, int, int], ...]
    actors: tuple[tuple[Named, int, int], ...]

    def piece_of(self, pieces: Pieces, span: Span) -> tuple[int, int]:
        first, last = pieces.holding(span)
        shift = self.window.text_at - self.window.first
        return first + shift, max(last, first + 1) + shift


def scopes(
    title: str, text: str, sentences: Sequence[Span], places: Sequence[Named], actors: Sequence[Named], tokenizer: Any
) -> tuple[Pieces, list[Scope]]:
    """The text in pieces, and all its windows."""
    title_pieces, pieces = cut(title, tokenizer), cut(text, tokenizer)
    found = [
        Scope(
            window,
            tuple(_within(window, places, title_pieces, pieces)),
            tuple(_within(window, actors, title_pieces, pieces)),
        )
        for window in windows(title_pieces, pieces, sentences, tokenizer)
    ]
    return pieces, found


def _within(window: Window, named: Iterable[Named], title: Pieces, text: Pieces) -> Iterator[tuple[Named, int, int]]:
    for one in named:
        if one.span is None:
            yield one, 0, 1
            continue
        first, last = (title if one.in_title else text).holding(one.span)
        last = max(last, first + 1)
        if one.in_title and last <= window.text_at - 2:
            yield one, first + window.title_at, last + window.title_at
        elif not one.in_title and window.first <= first and last <= window.last:
            yield one, first - window.first + window.text_at, last - window.first + window.text_at


def distance(force: int, other: int, one: Named) -> int:
    """How far and on which side the other stands, as the number of a step; the title and the speaker are apart."""
    if one.span is None:
        return len(DISTANCES) + 1
    if one.in_title:
        return len(DISTANCES) + 2
    return bisect_right(DISTANCES, other - force)


KINDS = (
    "country", "admin1", "city", "base", "sea", "region", "demonym", "capital", "leader", "ministry", "command",
    "force", "organisation", "mission", "person", "insurgent", "ship", "issuer", SPEAKER, "",
)  # fmt: skip


def kind_number(one: Named) -> int:
    return KINDS.index(one.kind) if one.kind in KINDS else len(KINDS) - 1


def named_places(paragraphs: Iterable[Spotted], placed: Mapping[Span, Place | None]) -> list[Named]:
    """Every place that a force may be at, by its span; words that may be no place only where a gazetteer knows them."""
    found = []
    for spotted in paragraphs:
        for term in spotted.places:
            span = mention_of(term, spotted.paragraph.doc, spotted.paragraph.offset).span
            place = placed.get(span)
            if term.certain or place:
                kind = "region" if term.relation else place.kind if place else term.kind or ""
                found.append(Named(span, kind, span))
    return found


def named_actors(
    paragraphs: Iterable[Spotted], title: Iterable[tuple[ActorTerm, Span]], speaker: str | None
) -> list[Named]:
    """Every actor that the text or its title names, and the one that the text speaks for."""
    found = [Named(term.actor, term.kind, span, in_title=True) for term, span in title if term.actor]
    for spotted in paragraphs:
        doc, offset = spotted.paragraph.doc, spotted.paragraph.offset
        for term in spotted.actors:
            if term.actor:
                stretch = doc[term.start : term.end]
                span = Span(offset + stretch.start_char, offset + stretch.end_char)
                found.append(Named(term.actor, term.kind, span))
    if speaker:
        found.append(Named(speaker, SPEAKER, None))
    return found


class Associator:
    """The networks, and the encoder under them. What it has learned lies in ``data/reader-en`` (see its card)."""

    def __init__(self, encoder: Encoder, weights: Mapping[str, NDArray[np.float32]], version: str) -> None:
        self._encoder = encoder
        self._weights = weights
        self.version = version

    @property
    def tokenizer(self) -> Any:
        return self._encoder.tokenizer

    def associate(self, pieces: Pieces, found: Sequence[Scope]) -> Associations:
        """Encode the windows. What each word goes with is worked out when it is asked for."""
        return Associations(self, pieces, tuple((one, self._encoder.vectors(one.window.pieces)) for one in found))

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


Choices = Sequence[tuple[Named, int, int]]


@dataclass(slots=True)
class Associations:
    """What the words of one article go with."""

    associator: Associator
    pieces: Pieces
    windows: tuple[tuple[Scope, Vectors], ...]
    _known: dict[Span, Association | None] = field(default_factory=dict)
    _carried: dict[int, NDArray[np.float32]] = field(default_factory=dict)

    def carriers(self, within: Span, least: float) -> list[tuple[Span, float]]:
        """Pieces of a stretch of text that are believed, at least so much, to begin a word for a deployed force."""
        found = []
        for number, (scope, _) in enumerate(self.windows):
            window = scope.window
            if not window.core.overlaps(within):
                continue
            first, last = scope.piece_of(self.pieces, within)
            beliefs = self._beliefs(number)
            for at in range(max(first, window.text_at), min(last, len(window.pieces) - 1)):
                if beliefs[at] >= least:
                    piece = at - window.text_at + window.first
                    found.append((Span(self.pieces.starts[piece], self.pieces.ends[piece]), float(beliefs[at])))
        return found

    def of(self, word: Span) -> Association | None:
        """What a word goes with; None for one in no window that was read."""
        if word not in self._known:
            number = next((n for n, (scope, _) in enumerate(self.windows) if scope.window.core.covers(word)), None)
            self._known[word] = None if number is None else self._associate(number, word)
        return self._known[word]

    def _associate(self, number: int, word: Span) -> Association:
        scope, states = self.windows[number]
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
        claimed = float(self._beliefs(number)[first])
        return Association(claimed, places, actors, tellings, self.associator.assets(force))

    def _beliefs(self, number: int) -> NDArray[np.float32]:
        if number not in self._carried:
            self._carried[number] = self.associator.carries(self.windows[number][1])
        return self._carried[number]


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
