"""What is filtered, as a file for other programs. A new format is a function here and a row in ``FORMATS``."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from records import ClaimFilter
from store.frame import COLUMNS
from store.protocol import Store
from store.unseen import UNSEEN, visible

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

ATTRIBUTION = (
    "Places: GeoNames (https://www.geonames.org/), CC BY 4.0",
    "Borders and seas: Natural Earth (https://www.naturalearthdata.com/), public domain",
    "Sentences: quoted from the articles named, (c) their publishers",
)
UNREVIEWED = "Read by a machine and reviewed by nobody: reported, not confirmed"
PLACES_REVIEWED = (
    "Read by a machine: reported, not confirmed. Readers chose the place of {} of {} claims; no more is reviewed"
)
SAMPLE = "Sample, written for demonstration: not evidence"

# What a spreadsheet takes for the start of a formula, the wide forms of East Asian keyboards included.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an export comes from: what was asked of the store, and when."""

    filters: ClaimFilter
    made: datetime


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. ``write`` gets all claims that pass the filter, with the columns of ``store.frame``."""

    label: str
    suffix: str
    media_type: str
    encoding: str
    write: Callable[[GeoDataFrame, Provenance], str]


def export(store: Store, wanted: ClaimFilter, format: str, *, made: datetime | None = None) -> bytes:
    """Exactly the claims that pass the filter, in a format of ``FORMATS``. Raises KeyError for another one."""
    chosen = FORMATS[format]
    provenance = Provenance(wanted, made or datetime.now(UTC))
    return chosen.write(store.claims(wanted), provenance).encode(chosen.encoding)


def _geojson(claims: GeoDataFrame, provenance: Provenance) -> str:
    """A FeatureCollection of RFC 7946; claims without a place have no geometry, which it allows."""
    collection = {
        "type": "FeatureCollection",
        "metadata": _metadata(claims, provenance),
        "features": [_feature(row) for row in _rows(claims)],
    }
    text = json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1)
    return UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def _feature(row: Mapping[str, object]) -> dict[str, object]:
    lon, lat = row["lon"], row["lat"]
    placed = lon is not None and lat is not None
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": {"type": "Point", "coordinates": [lon, lat]} if placed else None,
        "properties": {name: value for name, value in row.items() if name not in {"id", "lat", "lon"}},
    }


def _metadata(claims: GeoDataFrame, provenance: Provenance) -> dict[str, object]:
    notice = {"notice": SAMPLE} if bool(claims["sample"].any()) else {}
    return {
        "generator": f"Garrison {version('garrison')}",
        "generated": provenance.made.isoformat(timespec="seconds"),
        "claims": len(claims),
        "filters": _filters(provenance.filters),
        "review": _review(claims),
        **notice,
        "extractors": sorted(claims["extractor"].unique()),
        "gazetteers": sorted(claims["gazetteer"].unique()),
        "attribution": list(ATTRIBUTION),
        "crs": "WGS 84, longitude before latitude",
    }


def _review(claims: GeoDataFrame) -> str:
    by_reader = int((claims["placed_by"] == "reader").sum())
    return PLACES_REVIEWED.format(by_reader, len(claims)) if by_reader else UNREVIEWED


def _filters(wanted: ClaimFilter) -> dict[str, object]:
    """The fields that are set."""
    return {name: str(value) if isinstance(value, date) else value for name, value in asdict(wanted).items() if value}


def _csv(claims: GeoDataFrame, _provenance: Provenance) -> str:
    """Comma-separated values of RFC 4180: all text quoted, so that a list separator of another kind cuts none."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([*(name for name in COLUMNS if name != "geometry"), "attribution"])
    attribution = "; ".join(ATTRIBUTION)
    for row in _rows(claims):
        writer.writerow([*(_cell(value) for value in row.values()), attribution])
    return out.getvalue()


def _cell(value: object) -> object:
    """Numbers stay numbers, a minus before them included; text can be no formula and hides nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        value = " ".join(str(one) for one in value)
    return inert("" if value is None else str(value))


def inert(text: str) -> str:
    """Text safe as a cell: unseen controls are written out (``<U+202E>``), what may be a formula gets an apostrophe."""
    guard = "'" if _FORMULA.match(text) else ""
    return guard + visible(text)


def _rows(claims: GeoDataFrame) -> list[dict[str, object]]:
    """The columns without the geometry, as plain values: no NaN, coordinates to about a metre, tuples as lists."""
    columns = [name for name in COLUMNS if name != "geometry"]
    values = (claims[name].tolist() for name in columns)
    return [dict(zip(columns, map(_value, row), strict=True)) for row in zip(*values, strict=True)]


def _value(value: object) -> object:
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, _DECIMALS)
    return list(value) if isinstance(value, tuple) else value


FORMATS: dict[str, Format] = {
    "geojson": Format("GeoJSON", ".geojson", "application/geo+json", "utf-8", _geojson),
    # The mark lets Excel read "Lešť"; readers of CSV pass over it.
    "csv": Format("CSV", ".csv", "text/csv", "utf-8-sig", _csv),
}
