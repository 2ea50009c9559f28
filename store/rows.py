"""Records as rows of the tables, and back again. What goes in comes out equal."""

from __future__ import annotations

import calendar
import dataclasses
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from errors import StoreError
from records import (
    Article,
    Candidate,
    Claim,
    EventDate,
    Mention,
    Place,
    Placement,
    Quantity,
    Reading,
    Span,
    fingerprint,
)
from store.folding import fold

Row = Mapping[Any, Any]
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


# Going in


def reading_row(reading: Reading) -> dict[str, object]:
    article = reading.article
    return {
        "article": article.id,
        "made": reading.made,
        "extractor": reading.extractor,
        "gazetteer": reading.gazetteer,
        "content": article.content,
        "title": article.title,
        "text": article.text,
        "published": article.published,
        "published_from": article.published_from,
        "source": article.source,
        "url": article.url,
        "language": article.language,
        "sample": article.sample,
        "folded": fold(f"{article.title}\n{article.source or ''}\n{article.text}"),
    }


def place_key(place: Place) -> str:
    return fingerprint(*(repr(value) for value in dataclasses.astuple(place)))


def place_row(place: Place) -> dict[str, object]:
    return {"id": place_key(place), **_plain(place)}


def host_rows(place: Place) -> list[dict[str, object]]:
    """Whose land or water: the countries, labelled by their codes, and a sea itself, by its name."""
    key = place_key(place)
    hosts = {code: code for code in place.countries}
    if place.kind == "sea":
        hosts[place.gazetteer_id] = place.name
    return [{"place": key, "host": host, "label": label} for host, label in hosts.items()]


def placement_row(placement: Placement) -> dict[str, object]:
    """The columns of ``mentions`` that a new gazetteer may change."""
    place = place_key(placement.place) if placement.place else None
    return {
        "place": place,
        "shown": place,
        "score": placement.score,
        "candidates": [{"place": _plain(one.place), "score": one.score} for one in placement.candidates],
        "reason": placement.reason,
    }


def mention_row(position: int, placement: Placement) -> dict[str, object]:
    mention = placement.mention
    return {
        "position": position,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "toponym": mention.toponym,
        "kind": mention.kind,
        "within": list(mention.within),
        "relation": mention.relation,
        "bearing": mention.bearing,
        "distance_km": mention.distance_km,
        "certain": mention.certain,
        **placement_row(placement),
    }


def claim_row(position: int, claim: Claim, reading: Reading, positions: Mapping[Span, int]) -> dict[str, object]:
    """One claim as a row. ``positions`` numbers the reading's mentions by their spans.

    Raises StoreError where the claim's place or origin is none of them, or its date is no ISO 8601 date.
    """
    for mention in (claim.place, claim.origin):
        if mention is not None and mention.span not in positions:
            raise StoreError(
                f"claim {claim.id} of article {reading.article.id}: {mention.text!r} is none of the reading's mentions;"
                " a Reading needs a placement for each"
            )
    placement = reading.placements[positions[claim.place.span]]
    quantity, event, words = claim.quantity, claim.date, claim.place_words
    first, last = days_of(event, reading.article.published)
    return {
        "position": position,
        "id": claim.id,
        "actor": claim.actor,
        "asset": claim.asset,
        "status": claim.status,
        "direction": claim.direction,
        "hedged": claim.hedged,
        "unit": claim.unit,
        "quantity_low": quantity.low if quantity else None,
        "quantity_high": quantity.high if quantity else None,
        "quantity_of": quantity.of if quantity else None,
        "quantity_text": quantity.text if quantity else None,
        "quantity_shared": claim.quantity_shared,
        "date_start": event.start if event else None,
        "date_end": event.end if event else None,
        "date_text": event.text if event else None,
        "speaker": claim.source,
        "evidence_start": claim.evidence.start,
        "evidence_end": claim.evidence.end,
        "place_words_start": words.start if words else None,
        "place_words_end": words.end if words else None,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "place_mention": positions[claim.place.span],
        "origin_mention": positions[claim.origin.span] if claim.origin else None,
        "place": place_key(placement.place) if placement.place else None,
        "day": first,
        "last_day": last,
        "stated": event is not None,
    }


def days_of(event: EventDate | None, published: date | None) -> tuple[date | None, date | None]:
    """First and last day that a claim may be about: the event's, else the publication's, else none.

    A month or a year means all its days: "2022-02" is the 1st to the 28th.
    """
    if event is None:
        return published, published
    first, last = _first_and_last(event.start)
    if event.end:
        last = max(last, _first_and_last(event.end)[1])
    return first, last


def _first_and_last(iso: str) -> tuple[date, date]:
    parts = _ISO.fullmatch(iso)
    if not parts:
        raise StoreError(f"date {iso!r} is no ISO 8601 day, month or year")
    year, month, day = (int(part) if part else None for part in parts.groups())
    assert year is not None
    try:
        if day:
            return (whole := date(year, month or 1, day)), whole
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError as fault:
        raise StoreError(f"date {iso!r} is not in the calendar ({fault})") from fault


def _plain(place: Place) -> dict[str, object]:
    values = dataclasses.asdict(place)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


# Coming out. A row is looked up by column, so that joined tables may share column names.


def article_of(row: Row) -> Article:
    """From the columns of ``readings``, by name."""
    return Article(
        id=row["article"],
        title=row["title"],
        text=row["text"],
        published=row["published"],
        published_from=row["published_from"],
        source=row["source"],
        url=row["url"],
        language=row["language"],
        sample=row["sample"],
    )


def place_of(values: Row) -> Place:
    """From the columns of ``places``, or the JSON of a candidate."""
    return Place(
        gazetteer_id=values["gazetteer_id"],
        name=values["name"],
        kind=values["kind"],
        lat=values["lat"],
        lon=values["lon"],
        radius_km=values["radius_km"],
        countries=tuple(values["countries"]),
        admin1=values["admin1"],
        littoral=tuple(values["littoral"]),
        disputed=values["disputed"],
    )


def mention_of(row: Row) -> Mention:
    return Mention(
        span=Span(row["start"], row["end"]),
        text=row["text"],
        toponym=row["toponym"],
        kind=row["kind"],
        within=tuple(row["within"]),
        relation=row["relation"],
        bearing=row["bearing"],
        distance_km=row["distance_km"],
        certain=row["certain"],
    )


def placement_of(row: Row, place: Place | None) -> Placement:
    """From the columns of ``mentions``, by name, and the place that they point to."""
    candidates = tuple(Candidate(place_of(one["place"]), one["score"]) for one in row["candidates"])
    return Placement(mention_of(row), place, row["score"], candidates, row["reason"])


def claim_of(row: Row, mentions: Mapping[int, Mention]) -> Claim:
    """From the columns of ``claims``, by name. ``mentions`` are the reading's, by position."""
    origin = row["origin_mention"]
    return Claim(
        id=row["id"],
        actor=row["actor"],
        asset=row["asset"],
        place=mentions[row["place_mention"]],
        status=row["status"],
        evidence=Span(row["evidence_start"], row["evidence_end"]),
        confidence=row["confidence"],
        rule=row["rule"],
        direction=row["direction"],
        hedged=row["hedged"],
        unit=row["unit"],
        quantity=quantity_of(row),
        quantity_shared=row["quantity_shared"],
        origin=None if origin is None else mentions[origin],
        date=None if row["date_start"] is None else EventDate(row["date_start"], row["date_end"], row["date_text"]),
        source=row["speaker"],
        place_words=_span(row["place_words_start"], row["place_words_end"]),
    )


def quantity_of(row: Row) -> Quantity | None:
    if row["quantity_of"] is None:
        return None
    return Quantity(row["quantity_low"], row["quantity_high"], row["quantity_of"], row["quantity_text"])


def _span(start: object, end: object) -> Span | None:
    return None if start is None else Span(cast(int, start), cast(int, end))
