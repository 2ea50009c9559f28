"""Exports: exactly what is filtered, valid, safe in a spreadsheet, with all that a reader must know."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import geopandas
import pandas
import pytest

from records import ClaimFilter, Place, Quantity
from store.exports import FORMATS, SAMPLE, export, inert
from store.frame import COLUMNS
from store.protocol import Store
from tests import readings
from tests.readings import Said

ALL = ClaimFilter()
MADE = datetime(2022, 2, 3, 12, 0, tzinfo=UTC)
HOSTILE = [
    "=HYPERLINK(\"http://evil.example\",\"click\")",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "<script>alert(1)</script>",
    "</script>${alert(1)}`",
    'quotes " and, commas; and\nlines',
    "right\u202eto left\u200b\ufeff",
    "javascript:alert(1)",
]  # fmt: skip


def geojson(store: Store, wanted: ClaimFilter = ALL) -> dict[str, Any]:
    return dict(json.loads(export(store, wanted, "geojson", made=MADE)))


def rows(store: Store, wanted: ClaimFilter = ALL) -> list[dict[str, str]]:
    text = export(store, wanted, "csv", made=MADE).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.fixture
def hostile(store: Store) -> Store:
    for number, words in enumerate(HOSTILE):
        said = Said(f"{words} in Nowhere.", words, "Nowhere", None, unit=words, source=words)
        store.save(readings.reading(said, id=f"h{number}", title=words, source=words))
    return store


# Every format


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "wanted", [ALL, ClaimFilter(actors=("FRA",)), ClaimFilter(since=date(2022, 2, 1)), ClaimFilter(actors=("none",))]
)
def test_exactly_what_is_filtered(filled: Store, format: str, wanted: ClaimFilter) -> None:
    shown = list(filled.claims(wanted)["id"])
    if format == "csv":
        exported = [row["id"] for row in rows(filled, wanted)]
    else:
        exported = [feature["id"] for feature in geojson(filled, wanted)["features"]]
    assert exported == shown


@pytest.mark.parametrize("format", FORMATS)
def test_an_unknown_format_is_refused(filled: Store, format: str) -> None:
    with pytest.raises(KeyError):
        export(filled, ALL, format + "x")


# GeoJSON


def test_features_are_those_of_the_standard(filled: Store) -> None:
    collection = geojson(filled)
    assert collection["type"] == "FeatureCollection"
    features = collection["features"]
    assert {feature["type"] for feature in features} == {"Feature"}
    points = [feature["geometry"] for feature in features if feature["geometry"]]
    assert len(points) == 7
    for point in points:
        longitude, latitude = point["coordinates"]
        assert point["type"] == "Point"
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
    estonia = next(feature for feature in features if feature["properties"]["place_name"] == "Estonia")
    assert estonia["geometry"]["coordinates"] == [25.5, 58.7]
    assert estonia["properties"]["countries"] == ["EST"]
    assert estonia["properties"]["review"] == "unreviewed"
    assert estonia["properties"]["quantity_low"] is None
    assert estonia["properties"].keys() == COLUMNS.keys() - {"id", "lat", "lon", "geometry"}


def test_metadata_say_where_it_comes_from(filled: Store) -> None:
    said = geojson(filled, ClaimFilter(since=date(2022, 1, 1), actors=("FRA",)))["metadata"]
    assert said["filters"] == {"since": "2022-01-01", "actors": ["FRA"]}
    assert said["generated"] == "2022-02-03T12:00:00+00:00"
    assert said["claims"] == 3
    assert (said["extractors"], said["gazetteers"]) == ([readings.EXTRACTOR], [readings.GAZETTEER])
    assert said["notice"] == SAMPLE
    assert "reviewed by nobody" in said["review"]
    attribution = " ".join(said["attribution"])
    assert "GeoNames" in attribution
    assert "CC BY 4.0" in attribution
    assert "Natural Earth" in attribution
    assert "notice" not in geojson(filled, ClaimFilter(actors=("DEU",)))["metadata"]


def test_another_reader_opens_it(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "claims.geojson"
    path.write_bytes(export(filled, ALL, "geojson"))
    frame = geopandas.read_file(path)
    assert len(frame) == 8
    assert frame.crs.to_epsg() == 4326
    assert int(frame["sample"].sum()) == 1


def test_hostile_words_survive_as_data(hostile: Store) -> None:
    text = export(hostile, ALL, "geojson").decode()
    assert "\u202e" not in text, "written as an escape, so that no editor turns the line around"
    titles = [feature["properties"]["title"] for feature in json.loads(text)["features"]]
    assert sorted(titles) == sorted(HOSTILE)


# CSV


def test_rows_hold_every_column_and_the_attribution(filled: Store) -> None:
    first = rows(filled)[0]
    assert list(first) == [*(name for name in COLUMNS if name != "geometry"), "attribution"]
    assert first["extractor"] == readings.EXTRACTOR
    assert first["gazetteer"] == readings.GAZETTEER
    assert first["review"] == "unreviewed"
    assert "GeoNames" in first["attribution"]
    assert [row["article"] for row in rows(filled) if row["sample"] == "true"] == ["sample"]
    border = next(row for row in rows(filled) if row["actor"] == "TCD")
    assert border["countries"] == "TCD SDN"


def test_lines_end_as_the_standard_says(filled: Store) -> None:
    data = export(filled, ALL, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 9
    assert data.endswith(b"\r\n")


def test_no_cell_is_a_formula_and_nothing_is_hidden(hostile: Store) -> None:
    for row in rows(hostile):
        for name, cell in row.items():
            assert not cell or cell[0] not in "=+-@\t\r＝＋－＠", (name, cell)
            assert not set(cell) & set("\u202e\u200b\ufeff\r"), (name, cell)
    titles = {row["title"] for row in rows(hostile)}
    assert "'+1+1" in titles
    assert "right<U+202E>to left<U+200B><U+FEFF>" in titles
    assert 'quotes " and, commas; and\nlines' in titles


def test_numbers_stay_numbers(store: Store) -> None:
    south = Place("t:south", "South", "city", -33.123456789, -70.5, 1.0, ("CHL",))
    said = Said("Chile has -5 boats in South.", "CHL", "South", south, quantity=Quantity(5, None, "ships", "-5 boats"))
    store.save(readings.reading(said))
    data = export(store, ALL, "csv")
    assert b",-33.12346,-70.5," in data
    frame = pandas.read_csv(io.BytesIO(data))
    assert frame["lat"].dtype == frame["lon"].dtype == "float64"
    assert (frame["lat"][0], frame["quantity_low"][0], frame["quantity"][0]) == (-33.12346, 5, "'-5 boats")


@pytest.mark.parametrize(("text", "cell"), [("", ""), ("5 = 5", "5 = 5"), ("\u202e=1", "<U+202E>=1"), ("-", "'-")])
def test_inert_text(text: str, cell: str) -> None:
    assert inert(text) == cell
