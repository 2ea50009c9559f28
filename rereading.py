"""What another version of the extractor makes of an article: read again, and compared claim by claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from pipeline import Pipeline
from records import Claim, Reading

#: What makes two claims differ. Ids and rules change with every version, certainties in all their digits.
_COMPARED = tuple(
    one.name for one in fields(Claim) if one.name not in {"id", "rule", "confidence", "evidence", "place"}
)


@dataclass(frozen=True, slots=True)
class Change:
    """A claim in both readings that is not the same, with the names of the fields that differ."""

    before: Claim
    after: Claim
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a new reading changes. ``again`` is that reading; ``same`` counts the claims that stay."""

    again: Reading
    gone: tuple[Claim, ...]
    new: tuple[Claim, ...]
    changed: tuple[Change, ...]
    same: int

    @property
    def differs(self) -> bool:
        return bool(self.gone or self.new or self.changed)


def read_again(pipeline: Pipeline, before: Reading) -> Comparison:
    """Read the article of a reading with the pipeline's extractor and gazetteer."""
    return compare_readings(before, pipeline.read(before.article))


def compare_readings(before: Reading, after: Reading) -> Comparison:
    """Claims of the two readings of one article, paired by whose forces they are about and the words of the place."""
    left = list(before.claims)
    pairs: list[tuple[Claim, Claim]] = []
    new = []
    for claim in after.claims:
        old = min(
            (one for one in left if _of_one(one, claim)), key=lambda one: len(_differing(one, claim)), default=None
        )
        if old is None:
            new.append(claim)
        else:
            left.remove(old)
            pairs.append((old, claim))
    changes = [Change(old, now, (*_differing(old, now), *_moved(old, now, before, after))) for old, now in pairs]
    changed = tuple(change for change in changes if change.fields)
    return Comparison(after, tuple(left), tuple(new), changed, len(changes) - len(changed))


def _of_one(one: Claim, other: Claim) -> bool:
    return one.actor == other.actor and one.place.span == other.place.span and one.evidence.overlaps(other.evidence)


def _differing(one: Claim, other: Claim) -> tuple[str, ...]:
    return tuple(name for name in _COMPARED if getattr(one, name) != getattr(other, name))


def _moved(one: Claim, other: Claim, before: Reading, after: Reading) -> Iterator[str]:
    was, now = before.placement_of(one.place), after.placement_of(other.place)
    if (was and was.place) != (now and now.place):
        yield "place"
