"""Look-ups that analysts make, in the spellings that news uses; where they are is general knowledge."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import DataError
from geo.gazetteer import Gazetteer

# name, country (or the sea's kind), latitude, longitude
WANTED = [
    ("Rukla", "LTU", 55.0, 24.3), ("Šiauliai", "LTU", 55.9, 23.3), ("Siauliai", "LTU", 55.9, 23.3),
    ("Ämari", "EST", 59.3, 24.2), ("Amari", "EST", 59.3, 24.2), ("Tapa", "EST", 59.3, 25.9),
    ("Mihail Kogălniceanu", "ROU", 44.4, 28.5), ("Constanta", "ROU", 44.2, 28.6), ("Orzysz", "POL", 53.8, 21.9),
    ("Rzeszow", "POL", 50.0, 22.0), ("Yelnya", "RUS", 54.6, 33.2), ("Elnya", "RUS", 54.6, 33.2),
    ("Klintsy", "RUS", 52.8, 32.2), ("Gomel", "BLR", 52.4, 31.0), ("Homyel", "BLR", 52.4, 31.0),
    ("Kaliningrad", "RUS", 54.7, 20.5), ("Sevastopol", "UKR", 44.6, 33.5), ("Novoozerne", "UKR", 45.4, 33.1),
    ("Tiraspol", "MDA", 46.8, 29.6), ("Incirlik", "TUR", 37.0, 35.4), ("Ramstein", "DEU", 49.4, 7.6),
    ("Graf Ignatievo", "BGR", 42.3, 24.7), ("Cincu", "ROU", 45.9, 24.8), ("Lešť", "SVK", 48.4, 19.3),
    ("Adazi", "LVA", 57.1, 24.4), ("Camp Lemonnier", "DJI", 11.5, 43.1), ("Al Udeid", "QAT", 25.1, 51.3),
    ("Diego Garcia", "IOT", -7.3, 72.4), ("Guam", "GUM", 13.4, 144.8), ("Bab el-Mandeb", "", 12.6, 43.3),
    ("Sea of Azov", "", 46.0, 36.5), ("Taiwan Strait", "", 24.2, 119.4), ("Suwalki Gap", "POL", 54.1, 23.3),
    ("Prudboy", "RUS", 48.6, 44.0), ("Pogonovo", "RUS", 51.5, 39.2), ("Tartus", "SYR", 34.9, 35.9),
    ("Hmeimim", "SYR", 35.4, 35.9), ("Kidal", "MLI", 18.4, 1.4), ("Gao", "MLI", 16.3, 0.0),
    ("Agadez", "NER", 17.0, 8.0), ("Kyiv", "UKR", 50.5, 30.5), ("Kiev", "UKR", 50.5, 30.5),
    ("Danish", "DNK", 56.0, 9.5), ("Donetsk", "UKR", 48.0, 37.8), ("New York", "USA", 40.7, -74.0),
    ("St. Petersburg", "RUS", 59.9, 30.3), ("Crimea", "UKR", 45.3, 34.4), ("Luhansk region", "UKR", 48.9, 39.0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "country", "lat", "lon"), WANTED, ids=[row[0] for row in WANTED])
def test_names_are_found_where_they_are(gazetteer: Gazetteer, name: str, country: str, lat: float, lon: float) -> None:
    place = gazetteer.candidates(name)[0].place
    assert place.countries[:1] == ((country,) if country else ())
    assert abs(place.lat - lat) < 1 and abs(place.lon - lon) < 1


def test_short_forms_in_capitals_are_not_words(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("US")[0].place.gazetteer_id == "country:USA"
    assert gazetteer.candidates("U.S.")[0].place.gazetteer_id == "country:USA"
    assert all(entry.place.kind == "city" for entry in gazetteer.candidates("us"))


def test_a_typo_is_found_only_when_nothing_else_is(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Sevastpol") == []
    found = gazetteer.candidates("Sevastpol", fuzzy=True)[0]
    assert (found.place.name, found.rank) == ("Sevastopol", 4)
    # Two letters away from Kidal; Kidapawan and the like must not stand in for what is not there.
    assert gazetteer.candidates("Kidqx", fuzzy=True) == []


def test_candidates_can_be_kept_to_kinds_and_countries(gazetteer: Gazetteer) -> None:
    assert {e.place.kind for e in gazetteer.candidates("Georgia", kinds=["admin1"])} == {"admin1"}
    assert gazetteer.candidates("Paris", countries=["USA"])[0].place.countries == ("USA",)


def test_a_missing_gazetteer_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="garrison prepare"):
        Gazetteer(tmp_path / "gazetteer.sqlite")


def test_a_damaged_gazetteer_names_the_remedy(tmp_path: Path) -> None:
    damaged = tmp_path / "gazetteer.sqlite"
    damaged.write_bytes(b"not a database" * 100)
    with pytest.raises(DataError, match="garrison prepare"):
        Gazetteer(damaged)


def test_seas_know_their_coasts(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Black Sea")[0].place.littoral == ("BGR", "GEO", "ROU", "RUS", "TUR", "UKR")


def test_names_that_look_like_one_that_is_none(gazetteer: Gazetteer) -> None:
    assert [entry.place.name for entry in gazetteer.spelt_like("Novoozerny")] == ["Novoozerne"]
    several = [entry.place.name for entry in gazetteer.spelt_like("Rzezow", limit=3)]
    assert several[0] == "Rzeszów" and len(several) == 3
    assert gazetteer.spelt_like("Qqqqqqqqqqqqqqqqq") == [] == gazetteer.spelt_like("-")
