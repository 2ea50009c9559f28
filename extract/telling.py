"""How a force's being at a place is told, decided from both readers: the rules' reading and the learned one."""

from __future__ import annotations

from dataclasses import replace

from extract.candidates import Candidate
from extract.modality import Modality
from records import Direction, Status

# Belief from which on the learned reader's status is right more often than the rules' where no rule brings force and
# place together; where one does, the rules' is as right (own check part).
_SURE = 0.8


def decided(read: Modality, candidate: Candidate) -> Modality:
    """The rules' reading where a rule brings force and place together, else corrected by what was learned."""
    association = candidate.association
    located = candidate.target.located
    telling = association.tellings.get(located.mention.span) if association and located else None
    if telling is None or candidate.draft is not None:
        return read
    likeliest = max(telling.status, key=lambda status: telling.status[status])
    direction: Direction = "out" if telling.out > 0.5 else "in"
    surer = telling.status[likeliest] >= _SURE or not _go_together(read.status, direction)
    status = likeliest if surer else read.status
    if not _go_together(status, direction):
        direction = "out" if status == "withdrawn" else "in"
    return replace(read, status=status, direction=direction)


def _go_together(status: Status, direction: Direction) -> bool:
    """A withdrawal is always out; what is there, or comes, never is."""
    if status == "withdrawn":
        return direction == "out"
    return direction == "in" or status in ("discussed", "denied", "offered")
