"""The learned reader as a network to be trained: the encoder, and the heads that ``extract.associations`` runs.

Needs torch and transformers, which only training does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from bench.lessons import ANY, Anchor, Choice, Lesson
from extract.scopes import DISTANCES, KINDS, distance, kind_number
from records import ASSETS, STATUSES

WIDTH = 384
HIDDEN = 128
PRODUCT = 64
CARRIES = 0.4  # how much each question counts beside the others
CHOICE = 2.0
FROZEN = 1  # layers of the encoder that stay as they came, besides the embeddings


class Pair(nn.Module):
    """How well two words go together, from both vectors, their product, their distance and what kind of name it is."""

    def __init__(self, answers: int) -> None:
        super().__init__()
        self.force = nn.Linear(WIDTH, HIDDEN)
        self.other = nn.Linear(WIDTH, HIDDEN, bias=False)
        self.force_product = nn.Linear(WIDTH, PRODUCT, bias=False)
        self.other_product = nn.Linear(WIDTH, PRODUCT, bias=False)
        self.product = nn.Linear(PRODUCT, HIDDEN, bias=False)
        self.distance = nn.Embedding(len(DISTANCES) + 3, HIDDEN)
        self.kind = nn.Embedding(len(KINDS), HIDDEN)
        self.answer = nn.Linear(HIDDEN, answers)
        self.drop = nn.Dropout(0.2)
        nn.init.normal_(self.distance.weight, std=0.02)
        nn.init.normal_(self.kind.weight, std=0.02)

    def forward(self, force: Tensor, others: Tensor, distances: Tensor, kinds: Tensor) -> Tensor:
        product = self.force_product(force) * self.other_product(others)
        seen = self.force(force) + self.other(others) + self.product(product)
        hidden = functional.relu(seen + self.distance(distances) + self.kind(kinds))
        answers: Tensor = self.answer(self.drop(hidden))
        return answers


class ReaderNet(nn.Module):
    """Encoder and heads. ``speaker`` is the vector of the actor whom the text speaks for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="sdpa")
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        self.carries = nn.Sequential(nn.Linear(WIDTH, HIDDEN), nn.ReLU(), nn.Dropout(0.2), nn.Linear(HIDDEN, 1))
        self.asset = nn.Linear(WIDTH, len(ASSETS))
        self.place = Pair(1)
        self.actor = Pair(1)
        self.told = Pair(len(STATUSES) + 2)
        self.speaker = nn.Parameter(torch.zeros(WIDTH))
        self.drop = nn.Dropout(0.1)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        states: Tensor = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        return states

    def loss(self, states: Tensor, lessons: Sequence[Lesson]) -> dict[str, Tensor]:
        """The loss of each question, per window of a batch."""
        flat = self.drop(states).reshape(-1, WIDTH)
        length = states.shape[1]
        return {
            "carries": self._carrying(flat, length, lessons),
            "place": self._choosing(flat, length, lessons, self.place, "places"),
            "actor": self._choosing(flat, length, lessons, self.actor, "actors"),
            "told": self._telling(flat, length, lessons),
            "asset": self._assets(flat, length, lessons),
        }

    def _carrying(self, flat: Tensor, length: int, lessons: Sequence[Lesson]) -> Tensor:
        at, right, weight = [], [], []
        for row, lesson in enumerate(lessons):
            for piece, answer in enumerate(lesson.carries):
                if answer != ANY:
                    at.append(row * length + piece)
                    right.append(float(answer))
                    weight.append(lesson.weight)
        logits = self.carries(flat[torch.tensor(at)]).squeeze(-1)
        lost = functional.binary_cross_entropy_with_logits(
            logits, torch.tensor(right), torch.tensor(weight), reduction="sum"
        )
        return CARRIES * lost / len(lessons)

    def _choosing(self, flat: Tensor, length: int, lessons: Sequence[Lesson], head: Pair, kind: str) -> Tensor:
        """Over places or actors: each choice by itself; a word's many choices count as the root of their number."""
        asked, right, weight = [], [], []
        for row, lesson in enumerate(lessons):
            for anchor in lesson.anchors:
                choices = [choice for choice in getattr(anchor, kind) if choice.right != ANY]
                for choice in choices:
                    asked.append((row * length, anchor, choice))
                    right.append(float(choice.right))
                    weight.append(lesson.weight / max(len(choices), 4) ** 0.5)
        if not asked:
            return flat.sum() * 0
        logits = self.pair(head, flat, asked).squeeze(-1)
        lost = functional.binary_cross_entropy_with_logits(
            logits, torch.tensor(right), torch.tensor(weight), reduction="sum"
        )
        return CHOICE * lost / len(lessons)

    def _telling(self, flat: Tensor, length: int, lessons: Sequence[Lesson]) -> Tensor:
        asked = [
            (row * length, anchor, choice, lesson.weight)
            for row, lesson in enumerate(lessons)
            for anchor in lesson.anchors
            for choice in anchor.places
            if choice.status != ANY
        ]
        if not asked:
            return flat.sum() * 0
        answers = self.pair(self.told, flat, [(base, anchor, choice) for base, anchor, choice, _ in asked])
        weight = torch.tensor([weight for *_, weight in asked])
        status = torch.tensor([choice.status for _, _, choice, _ in asked])
        flags = torch.tensor([[float(choice.out), float(choice.hedged)] for _, _, choice, _ in asked])
        lost = (functional.cross_entropy(answers[:, : len(STATUSES)], status, reduction="none") * weight).sum()
        each = functional.binary_cross_entropy_with_logits(answers[:, len(STATUSES) :], flags, reduction="none")
        return (lost + (each.sum(1) * weight).sum()) / len(lessons)

    def _assets(self, flat: Tensor, length: int, lessons: Sequence[Lesson]) -> Tensor:
        asked = [(row * length, anchor) for row, lesson in enumerate(lessons) for anchor in lesson.anchors]
        if not asked:
            return flat.sum() * 0
        forces = mean_of(flat, [(base + anchor.first, base + anchor.last) for base, anchor in asked])
        right = torch.tensor([anchor.asset for _, anchor in asked])
        return 0.5 * functional.cross_entropy(self.asset(forces), right, reduction="sum") / len(lessons)

    def pair(self, head: Pair, flat: Tensor, asked: Sequence[tuple[int, Anchor, Choice]]) -> Tensor:
        """The head's answers, one row for each (first piece of the window, word, choice)."""
        forces = mean_of(flat, [(base + anchor.first, base + anchor.last) for base, anchor, _ in asked])
        others = mean_of(flat, [(base + choice.first, base + choice.last) for base, _, choice in asked])
        spoken = torch.tensor([[float(choice.named.span is None)] for _, _, choice in asked])
        others = others * (1 - spoken) + self.speaker * spoken
        distances = torch.tensor([distance(anchor.first, choice.first, choice.named) for _, anchor, choice in asked])
        kinds = torch.tensor([kind_number(choice.named) for _, _, choice in asked])
        answers: Tensor = head(forces, others, distances, kinds)
        return answers


def mean_of(flat: Tensor, stretches: Sequence[tuple[int, int]]) -> Tensor:
    """The mean vector of each stretch of rows."""
    rows = torch.tensor([row for first, last in stretches for row in range(first, last)])
    into = torch.tensor([number for number, (first, last) in enumerate(stretches) for _ in range(first, last)])
    weight = torch.tensor([1.0 / (last - first) for first, last in stretches for _ in range(first, last)])
    total = torch.zeros(len(stretches), WIDTH)
    return total.index_add(0, into, flat[rows] * weight[:, None])
