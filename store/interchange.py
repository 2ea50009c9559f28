"""Readings as JSON, in the form of ``claim.schema.json``: what the commands print and other programs read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from records import Claim, EventDate, Mention, Place, Placement, Quantity, Reading, Span

JsonObject = dict[str, object]

# About a metre: more would pretend to know.
_DECIMALS = 5


def claims_json(reading: Reading, *, least: float = 0.0) -> list[JsonObject]:
    """The claims of a reading that are at least so certain, in the order of the text."""
    places = _places_of(reading)
    return [_claim(claim, reading.article.text, places) for claim in reading.claims if claim.confidence >= least]


def spans_json(placements: Sequence[Placement]) -> list[JsonObject]:
    """Every place mention by its name alone ("Mali" of "northern Mali"), with the places that it may mean."""
    return [_span_json(one) for one in placements]


def _span_json(one: Placement) -> JsonObject:
    name, text = _name_of(one.mention)
    return {
        "start": name.start,
        "end": name.end,
        **_placed(one.mention, one.place),
        "text": text,
        "candidates": [{**_place(other.place), "score": round(other.score, 3)} for other in one.candidates],
    }


def _name_of(mention: Mention) -> tuple[Span, str]:
    """Where the name stands in the article, and its words; the whole mention where they are not in it ("Syrian")."""
    within = mention.text.find(mention.toponym)
    if within < 0:
        return mention.span, mention.text
    start = mention.span.start + within
    return Span(start, start + len(mention.toponym)), mention.toponym


def claim_json(claim: Claim, reading: Reading) -> JsonObject:
    """One claim of a reading. Beyond the schema: ``quantity_shared``."""
    return _claim(claim, reading.article.text, _places_of(reading))


def _claim(claim: Claim, text: str, places: Mapping[Span, Place]) -> JsonObject:
    return {
        "id": claim.id,
        "actor": claim.actor,
        "asset": claim.asset,
        "unit": claim.unit,
        "quantity": _quantity(claim.quantity),
        "quantity_shared": claim.quantity_shared,
        "place": _placed(claim.place, places.get(claim.place.span)),
        "origin": _placed(claim.origin, places.get(claim.origin.span)) if claim.origin else None,
        "status": claim.status,
        "direction": claim.direction,
        "hedged": claim.hedged,
        "date": _date(claim.date),
        "source": claim.source,
        "evidence": _span(claim.evidence, text),
        "confidence": round(claim.confidence, 3),
        "rule": claim.rule,
    }


def _places_of(reading: Reading) -> dict[Span, Place]:
    return {one.mention.span: one.place for one in reading.placements if one.place}


def _placed(mention: Mention, place: Place | None) -> JsonObject:
    """The words and what they were found to be. A name that was not found is at least some region."""
    if place:
        return {"text": mention.text, **_place(place)}
    unknown: JsonObject = dict.fromkeys(("name", "lat", "lon", "gazetteer_id"))
    return {"text": mention.text, "kind": mention.kind or "region", "countries": [], **unknown}


def _place(place: Place) -> JsonObject:
    return {
        "name": place.name,
        "kind": place.kind,
        "lat": round(place.lat, _DECIMALS),
        "lon": round(place.lon, _DECIMALS),
        "countries": list(place.countries),
        "gazetteer_id": place.gazetteer_id,
    }


def _quantity(quantity: Quantity | None) -> JsonObject | None:
    if quantity is None:
        return None
    return {"low": quantity.low, "high": quantity.high, "of": quantity.of, "text": quantity.text}


def _date(event: EventDate | None) -> JsonObject | None:
    return None if event is None else {"start": event.start, "end": event.end, "text": event.text}


def _span(span: Span, text: str) -> JsonObject:
    return {"start": span.start, "end": span.end, "text": span.of(text)}
