"""The rules: each finds, in one sentence, forces and the places that one kind of construction puts them at.

A rule decides neither whose the forces are where the phrase does not say, nor which place "there" is, nor the status:
these are read the same way for all drafts. A rule's name goes into every claim that it makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extract.rules.draft import Draft
from extract.rules.hosting import discusses, hosts
from extract.rules.nouns import nouns_of_movement
from extract.rules.presence import beside, stands
from extract.rules.verbs import leaves, moves, sends, state_moves
from extract.scene import Scene

Rule = Callable[[Scene], Iterator[Draft]]

RULES: tuple[Rule, ...] = (sends, moves, leaves, state_moves, hosts, nouns_of_movement, stands, discusses, beside)


def read(scene: Scene) -> list[Draft]:
    """All drafts of a sentence, the more certain rule first where two say the same of one force."""
    drafts = [draft for rule in RULES for draft in rule(scene)]
    taken: set[tuple[int, int]] = set()
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: -draft.certainty):
        pairs = {(force.head, target.key) for force in draft.forces for target in draft.targets}
        if not pairs or not pairs <= taken:
            kept.append(draft)
            taken |= pairs
    return sorted(kept, key=lambda draft: draft.word.i)
