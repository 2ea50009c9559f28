"""From findings to claims: actors times places, restatements folded, each with a stable id and its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.forces import Owner
from extract.modality import Modality
from extract.rules.draft import Draft
from extract.scene import Scene
from extract.targets import Target
from records import Article, Asset, Claim, EventDate, Span, Status, fingerprint

if TYPE_CHECKING:
    from extract.ownership import Share

# A place that words stand for is less sure than one that is named in the sentence.
_ANAPHORA = 0.75


@dataclass(frozen=True, slots=True)
class Finding:
    """A draft with everything decided: whose, where, how told, by whom, when."""

    scene: Scene
    draft: Draft
    shares: tuple[Share, ...]
    targets: tuple[Target, ...]
    told: Modality
    source: str | None
    date: EventDate | None


def claims_of(article: Article, findings: Sequence[Finding], version: str) -> list[Claim]:
    """All claims of an article, in the order of the text; of restatements the most informative one is kept."""
    kept: dict[tuple[str, str, Asset, Status, str], list[Claim]] = {}
    for finding in findings:
        for claim in _multiplied(article, finding, version):
            key = (claim.actor, claim.place.toponym, claim.asset, claim.status, claim.direction)
            kept[key] = _folded(kept.get(key, []), claim)
    claims = [claim for same in kept.values() for claim in same]
    return sorted(claims, key=lambda claim: (claim.evidence, claim.place.span, claim.actor, claim.id))


def _folded(earlier: list[Claim], claim: Claim) -> list[Claim]:
    """A restatement takes the place of a less telling one; another number is another claim."""
    for number, other in enumerate(earlier):
        if _numbers(other) and _numbers(claim) and _numbers(other) != _numbers(claim):
            continue
        better = claim if _weight(claim) > _weight(other) else other
        return [*earlier[:number], better, *earlier[number + 1 :]]
    return [*earlier, claim]


def _numbers(claim: Claim) -> tuple[int | None, int | None] | None:
    quantity = claim.quantity
    if quantity is None or (quantity.low is None and quantity.high is None):
        return None
    return quantity.low, quantity.high


def _weight(claim: Claim) -> tuple[bool, float]:
    return claim.quantity is not None, claim.confidence


def _multiplied(article: Article, finding: Finding, version: str) -> Iterator[Claim]:
    """Coordinated actors times coordinated places; a withdrawn force's next place is a claim of its own."""
    origin = next((target for target in finding.targets if target.role in ("origin", "left")), None)
    places = [target for target in finding.targets if target.role != "origin"]
    for share in finding.shares:
        several = len(share.owners) * len(places) > 1
        for owner in share.owners:
            for target in places:
                claim = _claim(article, finding, share, owner, target, origin, several)
                yield replace(claim, rule=f"{finding.draft.rule} ({version})")


def _claim(
    article: Article, finding: Finding, share: Share, owner: Owner, target: Target, origin: Target | None, several: bool
) -> Claim:
    assert target.located
    force, told = share.force, finding.told
    stretch, offset = finding.scene.sentence, finding.scene.paragraph.offset
    evidence = _trimmed(article.text, Span(offset + stretch.start_char, offset + stretch.end_char))
    onward = target.role == "onward"
    status: Status = "deploying" if onward and told.status == "withdrawn" else told.status
    asset: Asset = force.word.asset if force else "unspecified"
    count = (owner.count or force.count) if force else None
    unit = force.text if force else None
    certainty = finding.draft.certainty * share.certainty * (_ANAPHORA if target.words else 1.0)
    mention = target.located.mention
    direction = "in" if onward else told.direction
    came_from = origin.located.mention if origin and origin.located and origin is not target else None
    return Claim(
        id=fingerprint(article.text, str(evidence), owner.actor, str(mention.span), asset, unit, status),
        actor=owner.actor,
        asset=asset,
        unit=unit,
        quantity=count,
        quantity_shared=several and count is not None and owner.count is None,
        place=mention,
        place_words=_words(target, finding.scene),
        origin=came_from,
        status=status,
        direction=direction,
        hedged=told.hedged,
        date=finding.date,
        source=finding.source,
        evidence=evidence,
        confidence=round(certainty, 2),
        rule=finding.draft.rule,
    )


def _words(target: Target, scene: Scene) -> Span | None:
    if target.words is None:
        return None
    stretch = scene.paragraph.doc[target.words[0] : target.words[1]]
    return Span(scene.paragraph.offset + stretch.start_char, scene.paragraph.offset + stretch.end_char)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
