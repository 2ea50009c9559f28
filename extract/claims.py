"""From findings to claims: actors times places, restatements folded, each with a stable id and its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.candidates import Candidate
from extract.modality import Modality
from extract.scene import Scene
from extract.targets import Target
from records import Article, Asset, Claim, EventDate, Mention, Span, Status, fingerprint

_COMPANY = 0.75
_SURE = 0.6  # from here on another status of the same force at the same place counts as a claim of its own
LEAST = 0.2  # the least certainty of a claim that is told at all; the page and the commands ask for more by default


@dataclass(frozen=True, slots=True)
class Finding:
    """A candidate with everything decided: how told, by whom, when, and how sure it is that it is a claim (0 to 1)."""

    candidate: Candidate
    told: Modality
    source: str | None
    date: EventDate | None
    certainty: float
    features: tuple[str, ...]


def claims_of(article: Article, findings: Sequence[Finding], version: str) -> list[Claim]:
    """All claims of an article, in the order of the text; of restatements the most informative one is kept."""
    kept: dict[tuple[str, str, str], list[Claim]] = {}
    chosen = _chosen(findings)
    text = fingerprint(
        article.text
    )  # once: a digest of a long text for each of its claims would take longer than reading
    uses = Counter(_force_key(finding) for finding in chosen)
    for finding in sorted(chosen, key=lambda finding: -finding.certainty):
        claim = _claim(article, finding, uses, version, text)
        key = (claim.actor, _place_key(finding), claim.direction)
        kept[key] = _folded(kept.get(key, []), claim)
    claims = [claim for same in kept.values() for claim in same]
    return sorted(claims, key=lambda claim: (claim.evidence, claim.place.span, claim.actor, claim.id))


def _in_company(findings: Sequence[Finding]) -> list[Finding]:
    """Forces that one rule brings to one place do the same: who is named beside a sure one is hardly wrong."""
    surest: dict[tuple[int, int, int], float] = {}
    for finding in findings:
        surest[_event(finding)] = max(finding.certainty, surest.get(_event(finding), 0.0))
    return [
        replace(finding, certainty=max(finding.certainty, _COMPANY * surest[_event(finding)]))
        if finding.candidate.draft and finding.candidate.how == "named"
        else finding
        for finding in findings
    ]


def _event(finding: Finding) -> tuple[int, int, int]:
    candidate = finding.candidate
    return candidate.scene.paragraph.offset, candidate.word.i, candidate.pair[1]


def _place_key(finding: Finding) -> str:
    located = finding.candidate.target.located
    assert located
    return located.place.gazetteer_id if located.place else located.mention.toponym.casefold()


def _chosen(findings: Sequence[Finding]) -> list[Finding]:
    """For each force and place the likeliest answer to whose it is, with all whom that answer names."""
    best: dict[tuple[int, int, int], Finding] = {}
    findings = _in_company(findings)
    for finding in findings:
        key = (finding.candidate.scene.paragraph.offset, *finding.candidate.pair)
        if key not in best or finding.certainty > best[key].certainty:
            best[key] = finding
    return [
        finding
        for finding in findings
        if finding.certainty >= LEAST
        and finding.candidate.how
        == best[(finding.candidate.scene.paragraph.offset, *finding.candidate.pair)].candidate.how
    ]


def _folded(surer: list[Claim], claim: Claim) -> list[Claim]:
    """Add a claim to surer ones on the same actor and place, unless it only restates one of them.

    Another kind of force, another number or another status is a claim of its own; a restatement may bring the number.
    """
    for number, other in enumerate(surer):
        if _differs(other, claim):
            continue
        if other.quantity is None and claim.quantity is not None and claim.status == other.status:
            better = replace(other, quantity=claim.quantity, unit=claim.unit, evidence=claim.evidence)
            return [*surer[:number], better, *surer[number + 1 :]]
        return surer
    return [*surer, claim]


def _differs(surer: Claim, claim: Claim) -> bool:
    if "unspecified" not in (surer.asset, claim.asset) and surer.asset != claim.asset:
        return True
    if _numbers(surer) and _numbers(claim) and _numbers(surer) != _numbers(claim):
        return True
    return surer.status != claim.status and claim.confidence >= _SURE


def _numbers(claim: Claim) -> tuple[int | None, int | None] | None:
    quantity = claim.quantity
    if quantity is None or (quantity.low is None and quantity.high is None):
        return None
    return quantity.low, quantity.high


def _claim(article: Article, finding: Finding, uses: Counter[tuple[int, int]], version: str, text: str) -> Claim:
    candidate, told = finding.candidate, finding.told
    located, force = candidate.target.located, candidate.force
    assert located
    onward = candidate.target.role == "onward"
    status: Status = "deploying" if onward and told.status == "withdrawn" else told.status
    asset: Asset = force.word.asset if force else "unspecified"
    count = (candidate.owner.count or force.count) if force else None
    evidence = _evidence(article, candidate)
    return Claim(
        id=fingerprint(text, str(evidence), candidate.owner.actor, str(located.mention.span), asset, status),
        actor=candidate.owner.actor,
        asset=asset,
        unit=force.text if force else None,
        quantity=count,
        quantity_shared=count is not None and candidate.owner.count is None and uses[_force_key(finding)] > 1,
        place=located.mention,
        place_words=_words(candidate.target, candidate.scene),
        origin=_origin(candidate),
        status=status,
        direction="in" if onward else told.direction,
        hedged=told.hedged,
        date=finding.date,
        source=finding.source,
        evidence=evidence,
        confidence=round(finding.certainty, 2),
        rule=f"{candidate.draft.rule if candidate.draft else 'weighed'} ({version})",
    )


def _force_key(finding: Finding) -> tuple[int, int]:
    """The words for the force: claims that rest on the same ones share their number, which must not be added up."""
    force = finding.candidate.force
    return finding.candidate.scene.paragraph.offset, force.start if force else -1


def _origin(candidate: Candidate) -> Mention | None:
    """Where the force came from, if the same rule read that too."""
    roles = ("origin", "left") if candidate.target.role == "onward" else ("origin",)
    for target in candidate.draft.targets if candidate.draft else ():
        if target.role in roles and target.located and target.located != candidate.target.located:
            return target.located.mention
    return None


def _evidence(article: Article, candidate: Candidate) -> Span:
    """The sentence, without the blanks around it."""
    stretch, offset = candidate.scene.sentence, candidate.scene.paragraph.offset
    return _trimmed(article.text, Span(offset + stretch.start_char, offset + stretch.end_char))


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
