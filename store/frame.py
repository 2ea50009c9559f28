"""Claims row by row as a GeoDataFrame: for tables, cards and exports."""

from __future__ import annotations

from typing import Any, Literal

import geopandas
import numpy as np
import pandas
import shapely
from sqlalchemy import Connection, FromClause, RowMapping, Subquery, func, select

from records import UNMOVED, ClaimFilter, Viewpoint
from store.filters import CURRENT, conditions
from store.tables import claims, mentions, places, readings

#: Every column, in order, with its meaning. A missing value is None, a missing float NaN. ``geometry`` comes last.
COLUMNS: dict[str, str] = {
    "id": "the claim's id",
    "article": "the article's id",
    "title": "the article's title",
    "outlet": "who published the article",
    "url": "the article's address",
    "published": "day of publication, ISO 8601",
    "actor": "whose forces: ISO 3166-1 alpha-3, or NATO, EU, UN, ...",
    "asset": "kind of force",
    "unit": "the words for the force",
    "quantity": "the words for the number",
    "quantity_low": "least number reported; None: left open",
    "quantity_high": "greatest number reported; None: left open",
    "quantity_of": "what was counted",
    "quantity_shared": "True: stated for several claims together, not to be added up",
    "status": "deployed, deploying, planned, ...",
    "direction": "in or out",
    "hedged": "True: the wording marks doubt",
    "day": "first day that the claim may be about, ISO 8601",
    "last_day": "last day that it may be about",
    "stated": "True: the day is the event's; False: the publication's",
    "date_text": "the words for the event's date",
    "speaker": "who says so, as written; None: the author",
    "place": "gazetteer id; None: not placed",
    "place_text": "the place as written",
    "place_name": "the gazetteer's name",
    "place_kind": "country, admin1, city, base, sea or region",
    "countries": "tuple of ISO 3166-1 alpha-3 that the place lies in; empty on the open sea",
    "admin1": "first-order division that the place lies in",
    "disputed": "what is disputed about the place",
    "lat": "WGS 84 degrees",
    "lon": "WGS 84 degrees",
    "radius_km": "how far from the point the thing may honestly be",
    "place_score": "the machine's belief in the place, 0 to 1; missing where a reader chose it",
    "placed_by": "machine, or reader where one chose the place, or that none is right",
    "origin_text": "where the forces come from, as written",
    "evidence": "the sentence, verbatim",
    "evidence_start": "first character of the sentence in the article's text",
    "evidence_end": "character after its last",
    "confidence": "0 to 1",
    "rule": "what in the extractor made the claim",
    "review": "unreviewed as long as nobody has looked, else what was reviewed: place",
    "sample": "True: written for demonstration, not evidence",
    "extractor": "version that read the article",
    "gazetteer": "version that placed it",
    "geometry": "Point, EPSG:4326 (x = longitude); empty where the claim is not placed",
}

_DTYPES: dict[str, Literal["float64", "bool"]] = {
    "lat": "float64",
    "lon": "float64",
    "radius_km": "float64",
    "place_score": "float64",
    "confidence": "float64",
    "quantity_shared": "bool",
    "hedged": "bool",
    "stated": "bool",
    "sample": "bool",
}

_ORDER = (claims.c.day.is_(None), claims.c.day.desc(), readings.c.article, claims.c.position)

_origins = mentions.alias("origins")


def frame(connection: Connection, wanted: ClaimFilter, *, limit: int | None, offset: int) -> geopandas.GeoDataFrame:
    """Claims that pass the filter, newest first, undated ones last; within an article in the order of its text."""
    rows = connection.execute(
        select(
            claims,
            readings.c.article,
            readings.c.title,
            readings.c.source.label("outlet"),
            readings.c.url,
            readings.c.published,
            readings.c.sample,
            readings.c.extractor,
            readings.c.gazetteer,
            # SQL counts characters from one.
            func.substr(
                readings.c.text, claims.c.evidence_start + 1, claims.c.evidence_end - claims.c.evidence_start
            ).label("evidence"),
            mentions.c.text.label("place_text"),
            mentions.c.score.label("place_score"),
            _origins.c.text.label("origin_text"),
            places.c.gazetteer_id,
            places.c.name.label("place_name"),
            places.c.kind.label("place_kind"),
            places.c.countries,
            places.c.admin1,
            places.c.disputed,
            places.c.lat,
            places.c.lon,
            places.c.radius_km,
        )
        .select_from(_whole(_page(wanted, limit, offset)))
        .order_by(*_ORDER)
    ).mappings()
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS if name != "geometry"}
    for row in rows:
        values = _values(row, wanted.borders)
        for name, column in columns.items():
            column.append(values[name])
    # Left to itself pandas would turn None into NaN and whole numbers beside it into floats.
    series = {name: pandas.Series(column, dtype=_DTYPES.get(name, "object")) for name, column in columns.items()}
    return geopandas.GeoDataFrame(series, geometry=_points(columns["lon"], columns["lat"]), crs="EPSG:4326")


def _page(wanted: ClaimFilter, limit: int | None, offset: int) -> Subquery:
    """Which claims to show, chosen before texts are fetched for any."""
    chosen = select(claims.c.reading, claims.c.position).select_from(CURRENT).where(*conditions(wanted).values())
    return chosen.order_by(*_ORDER).limit(limit).offset(offset).subquery()


def _whole(page: Subquery) -> FromClause:
    """Each claim of the page with its reading, mention, origin and place."""
    on_page = (claims.c.reading == page.c.reading) & (claims.c.position == page.c.position)
    at_mention = (claims.c.reading == mentions.c.reading) & (claims.c.place_mention == mentions.c.position)
    at_origin = (claims.c.reading == _origins.c.reading) & (claims.c.origin_mention == _origins.c.position)
    return (
        page.join(claims, on_page)
        .join(readings, claims.c.reading == readings.c.id)
        .join(mentions, at_mention)
        .outerjoin(_origins, at_origin)
        .outerjoin(places, claims.c.place == places.c.id)
    )


def _values(row: RowMapping, borders: Viewpoint | None) -> dict[str, object]:
    countries = tuple(row["countries"] or ())
    holder = dict(borders.holders).get(row["disputed"]) if borders else None
    if holder and row["place_kind"] not in UNMOVED:
        countries = (holder,)
    return {
        **row,
        "quantity": row["quantity_text"],
        "place": row["gazetteer_id"],
        "published": _iso(row["published"]),
        "day": _iso(row["day"]),
        "last_day": _iso(row["last_day"]),
        "countries": countries,
        "place_score": None if row["by_reader"] else row["place_score"],
        "placed_by": "reader" if row["by_reader"] else "machine",
        "review": "place" if row["by_reader"] else "unreviewed",
    }


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _points(lon: list[float | None], lat: list[float | None]) -> np.ndarray[Any, np.dtype[np.object_]]:
    points = np.full(len(lon), shapely.Point(), dtype=object)
    placed = np.array([value is not None for value in lon], dtype=bool)
    if placed.any():
        points[placed] = shapely.points(np.array(lon)[placed].astype(float), np.array(lat)[placed].astype(float))
    return points
