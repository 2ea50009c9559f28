"""Which findings are right: a candidate against the claims that a reader annotated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from math import asin, cos, radians, sin, sqrt
from typing import Any

from extract.claims import Finding
from records import Mention, Place

_LOOSE = re.compile(r"\b(?:the|a|an|its|their|in|on|at|near|off|of|to|into|from)\b|[^\w ]")
_EARTH_KM = 6371.0088


class Truth(Enum):
    """What an annotator would say of a candidate."""

    RIGHT = "a claim"
    OPTIONAL = "may be called one"
    WRONG = "none"


def truth_of(finding: Finding, claims: Sequence[dict[str, Any]]) -> Truth:
    """The label of a finding: by actor, place, direction and kind of force."""
    matched = [claim for claim in claims if _is_same(finding, claim)]
    if any(not claim["optional"] for claim in matched):
        return Truth.RIGHT
    return Truth.OPTIONAL if matched else Truth.WRONG


def _is_same(finding: Finding, claim: dict[str, Any]) -> bool:
    candidate = finding.candidate
    located = candidate.target.located
    assert located
    if candidate.owner.actor not in accepted(claim, "actor") or finding.told.direction != claim["direction"]:
        return False
    asset = candidate.force.word.asset if candidate.force else "unspecified"
    assets = accepted(claim, "asset")
    kind_fits = asset in assets or "unspecified" in (asset, *assets)
    if not kind_fits or not _same_words(candidate.force.text if candidate.force else None, claim.get("unit")):
        return False
    return same_place(located.mention, located.place, claim)


def _same_words(force: str | None, unit: str | None) -> bool:
    """Whether both speak of the force in the same words, as far as both have any."""
    if not force or not unit:
        return True
    return bool(set(folded(force).split()) & set(folded(unit).split()))


def accepted(claim: dict[str, Any], field: str) -> list[Any]:
    return [claim.get(field), *(claim.get("alt") or {}).get(field, [])]


def same_place(mention: Mention, place: Place | None, claim: dict[str, Any]) -> bool:
    wanted = {folded(name) for name in accepted(claim, "place") if name}
    mine = {folded(mention.text), folded(mention.toponym) if mention.relation is None else ""}
    mine |= {folded(place.name)} if place else set()
    if wanted & (mine - {""}):
        return True
    if place is None or claim.get("lat") is None or claim.get("lon") is None:
        return False
    near = 50 if claim["place_kind"] in ("city", "base") else 150
    return place.kind != "country" and _kilometres(place.lat, place.lon, claim["lat"], claim["lon"]) <= near


def folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("'", "").replace("’", "")
    return " ".join(_LOOSE.sub(" ", plain).split())


def _kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    half = sin(radians(lat2 - lat1) / 2) ** 2
    half += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))
