"""From findings to claims: actors times places, restatements folded, each with a stable id and its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log

from extract.candidates import Candidate
from extract.modality import Modality
from extract.scene import Located, Scene
from extract.targets import Target
from records import Article, Asset, Claim, EventDate, Mention, Span, Status, fingerprint

_COMPANY = 0.75
# From here on another kind of force, or another status of the same one, at the same place is a claim of its own; what
# is less sure mostly says the same once more (compared on the check part).
_OTHER_FORCE, _OTHER_STEP = 0.5, 0.9
_NARROWER = 0.4  # how sure the narrower of two places, or the fuller of two sentences, must be beside the other
_BESIDE = 0.5  # belief from which on another owner is told beside the likeliest
LEAST = 0.2  # the least certainty of a candidate that is told at all; the page and the commands ask for more by default
_SLOPE, _SHIFT = 0.8, 0.85  # from a candidate's certainty to its claim's, see as_told


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
    chosen = _at_one_place(_chosen(findings))
    text = fingerprint(
        article.text
    )  # once: a digest of a long text for each of its claims would take longer than reading
    uses = Counter(_force_key(finding) for finding in chosen)
    for finding in sorted(chosen, key=lambda finding: -finding.certainty):
        claim = _claim(article, finding, uses, version, text)
        key = (claim.actor, _place_key(finding), claim.direction)
        kept[key] = _folded(kept.get(key, []), claim)
    claims = [replace(claim, confidence=as_told(claim.confidence)) for same in kept.values() for claim in same]
    return sorted(claims, key=lambda claim: (claim.evidence, claim.place.span, claim.actor, claim.id))


def as_told(certainty: float) -> float:
    """How likely a claim is right, from how sure its best candidate was.

    A claim is right oftener than its candidate, because restatements and second places are folded into it. Fitted to
    the claims told of all our own texts, cross-validated (``bench.calibration``, 2026-11-24).
    """
    kept = min(max(certainty, 0.001), 0.999)
    return round(1 / (1 + exp(-(_SLOPE * log(kept / (1 - kept)) + _SHIFT))), 2)


def _in_company(findings: Sequence[Finding]) -> list[Finding]:
    """Forces that one rule brings to one place do the same: who is named or acts beside a sure one is hardly wrong."""
    surest: dict[tuple[int, int, int], float] = {}
    for finding in findings:
        surest[_event(finding)] = max(finding.certainty, surest.get(_event(finding), 0.0))
    return [
        replace(finding, certainty=max(finding.certainty, _COMPANY * surest[_event(finding)]))
        if finding.candidate.draft and finding.candidate.how in ("named", "agent")
        else finding
        for finding in findings
    ]


def _event(finding: Finding) -> tuple[int, int, int]:
    candidate = finding.candidate
    return candidate.scene.paragraph.offset, candidate.word.i, candidate.pair[1]


def _place_key(finding: Finding) -> str:
    located = _located(finding)
    return located.place.gazetteer_id if located.place else located.mention.toponym.casefold()


def _chosen(findings: Sequence[Finding]) -> list[Finding]:
    """For each force and place the likeliest answer to whose it is, with all whom that answer names.

    Another answer stands beside it only where the learned reader believes in it: "they" are one, seldom two.
    """
    best: dict[tuple[int, int, Span], Finding] = {}
    findings = _in_company(findings)
    for finding in findings:
        key = *_of_words(finding), _located(finding).mention.span
        if key not in best or finding.certainty > best[key].certainty:
            best[key] = finding
    return [
        finding
        for finding in findings
        if finding.certainty >= LEAST
        and (
            finding.candidate.how == best[*_of_words(finding), _located(finding).mention.span].candidate.how
            or _is_believed(finding)
        )
    ]


def _is_believed(finding: Finding) -> bool:
    association = finding.candidate.association
    return association is not None and association.actors.get(finding.candidate.owner.actor, 0.0) >= _BESIDE


def _at_one_place(findings: Sequence[Finding]) -> list[Finding]:
    """Without places that only say once more where a force is.

    "At Souda Bay in Greece" is one destination, the surer or the narrower one. And a place that no rule gives the force
    counts only where it is put nowhere more surely.
    """
    surest: dict[tuple[int, int], dict[Span, Finding]] = {}
    for finding in findings:
        places = surest.setdefault(_of_words(finding), {})
        span = _located(finding).mention.span
        if span not in places or finding.certainty > places[span].certainty:
            places[span] = finding
    told = {words: _told_places(list(places.values())) for words, places in surest.items()}
    return [finding for finding in findings if _located(finding).mention.span in told[_of_words(finding)]]


def _of_words(finding: Finding) -> tuple[int, int]:
    """The words for the force, or the verb of a state that acts: all findings of them answer one question."""
    return finding.candidate.scene.paragraph.offset, finding.candidate.pair[0]


def _told_places(places: Sequence[Finding]) -> set[Span]:
    """The places of one force that are told. ``places`` holds the surest finding of each."""
    surest = max(one.certainty for one in places)
    linked = [one for one in places if one.candidate.draft is not None or one.certainty == surest]
    return {_located(one).mention.span for one in linked if not any(_gives_way(one, other) for other in linked)}


def _gives_way(own: Finding, other: Finding) -> bool:
    """Whether the other place says where the force is more narrowly, and hardly less surely; or wider but far surer."""
    if _holds(own, other):
        return other.certainty >= _NARROWER * own.certainty
    return _holds(other, own) and own.certainty < _NARROWER * other.certainty


def _holds(outer: Finding, inner: Finding) -> bool:
    """Whether one place is an area around the other."""
    around, within = _located(outer).place, _located(inner).place
    if around is None or within is None or not set(around.countries) & set(within.countries):
        return False
    if around.kind == "country":
        return within.kind != "country"
    return around.kind == "admin1" and within.kind in ("city", "base") and around.admin1 == within.admin1


def _located(finding: Finding) -> Located:
    located = finding.candidate.target.located
    assert located
    return located


def _folded(surer: list[Claim], claim: Claim) -> list[Claim]:
    """Add a claim to surer ones on the same actor and place, unless it only restates one of them.

    Another kind of force or another status is a claim of its own; a restatement may bring the number.
    """
    for number, other in enumerate(surer):
        if _differs(other, claim):
            continue
        if _is_fuller(claim, other):
            better = replace(claim, confidence=other.confidence)
            return [*surer[:number], better, *surer[number + 1 :]]
        return surer
    return [*surer, claim]


def _is_fuller(claim: Claim, surer: Claim) -> bool:
    """Whether a restatement, hardly less sure, has the number that the other lacks: then it is the sentence to show."""
    numbered = surer.quantity is None and claim.quantity is not None and claim.status == surer.status
    return numbered and claim.confidence >= _NARROWER * surer.confidence


def _differs(surer: Claim, claim: Claim) -> bool:
    """Whether it tells of other forces, or of another step; another number alone is a restatement."""
    if "unspecified" not in (surer.asset, claim.asset) and surer.asset != claim.asset:
        return claim.confidence >= _OTHER_FORCE
    return surer.status != claim.status and claim.confidence >= _OTHER_STEP


def _claim(article: Article, finding: Finding, uses: Counter[tuple[int, int]], version: str, text: str) -> Claim:
    candidate, told = finding.candidate, finding.told
    force = candidate.force
    onward = candidate.target.role == "onward"
    status: Status = "deploying" if onward and told.status == "withdrawn" else told.status
    asset: Asset = force.word.asset if force else "unspecified"
    count = (candidate.owner.count or force.count) if force else None
    evidence = _evidence(article, candidate)
    return Claim(
        id=fingerprint(text, str(evidence), candidate.owner.actor, str(_located(finding).mention.span), asset, status),
        actor=candidate.owner.actor,
        asset=asset,
        unit=force.text if force else None,
        quantity=count,
        quantity_shared=count is not None and candidate.owner.count is None and uses[_force_key(finding)] > 1,
        place=_located(finding).mention,
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
    scene = candidate.scene
    return _trimmed(article.text, scene.paragraph.span_of(scene.sentence.start, scene.sentence.end))


def _words(target: Target, scene: Scene) -> Span | None:
    if target.words is None:
        return None
    return scene.paragraph.span_of(*target.words)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
