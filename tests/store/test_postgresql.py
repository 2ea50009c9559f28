"""What only a server has: a geometry that QGIS can open, and answers where it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas
import psycopg
import pytest
from sqlalchemy import make_url

from errors import StoreError
from records import ClaimFilter, Quantity
from store import open_store
from store.sql import SqlStore
from tests import readings
from tests.postgres import Server

pytestmark = pytest.mark.postgresql
ALL = ClaimFilter()


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """Of PostgreSQL alone."""
    with postgres.database() as database:
        yield database


def test_places_have_a_geometry(filled: SqlStore) -> None:
    with filled._reading.begin() as connection:
        places = geopandas.read_postgis("SELECT * FROM places", connection, geom_col="point")
        known = connection.exec_driver_sql(
            "SELECT type, srid, coord_dimension FROM geometry_columns WHERE f_table_name = 'places'"
        ).all()
        index = connection.exec_driver_sql("SELECT indexdef FROM pg_indexes WHERE indexname = 'places_in_space'")
        assert "USING gist (point)" in index.scalar_one()
    assert known == [("POINT", 4326, 2)]
    assert places.crs == "EPSG:4326"
    assert len(places) > 5
    assert list(places.point.x) == list(places["lon"]), "longitude is x"
    assert list(places.point.y) == list(places["lat"])


def test_the_view_shows_what_the_page_shows(filled: SqlStore) -> None:
    filled.save(readings.baltic(extractor="test-2"))
    span = readings.baltic().claims[0].place.span
    filled.review_place("baltic", span, readings.MALI, who="Ann")
    with filled._reading.begin() as connection:
        view = geopandas.read_postgis("SELECT * FROM claims_on_map", connection, geom_col="point").set_index("id")
    page = filled.claims(ALL).set_index("id")
    page = page[page["place"].notna()]
    assert set(view.index) == set(page.index)
    page = page.loc[view.index]
    for column in ("place", "place_name", "evidence", "actor", "status", "confidence", "title"):
        assert list(view[column]) == list(page[column]), column
    assert view.point.geom_equals(page.geometry.set_crs("EPSG:4326", allow_override=True)).all()
    assert "Mali" in set(view["place_name"])


def test_an_empty_database_becomes_a_store_only_if_asked(url: str) -> None:
    with pytest.raises(StoreError, match="no store there"):
        open_store(url, create=False)
    open_store(url)
    assert open_store(url, create=False).summary(ALL).total == 0


def test_postgis_is_switched_on(postgres: Server) -> None:
    with postgres.database(template="template0") as bare:
        store = open_store(bare)
        assert store.save(readings.baltic()) == "added"
        store.close()


def test_a_user_who_may_not_is_told_what_to_ask_for(postgres: Server) -> None:
    with postgres.database(template="template0") as bare:
        with psycopg.connect(bare, autocommit=True) as connection:
            connection.execute("DROP ROLE IF EXISTS reader")
            connection.execute("CREATE ROLE reader LOGIN")
        with pytest.raises(StoreError, match="CREATE EXTENSION postgis"):
            open_store(bare.replace("postgres@", "reader@"))


def test_a_database_that_cannot_be_used_is_told(postgres: Server, url: str) -> None:
    with pytest.raises(StoreError, match="nowhere: the server knows no such database"):
        open_store(postgres.url("nowhere"))
    with pytest.raises(StoreError, match="does not answer") as caught:
        open_store("postgresql://someone:secret@127.0.0.1:1/store")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE cookies (id integer)")
    with pytest.raises(StoreError, match="not Garrison's"):
        open_store(url)


def test_a_database_of_another_encoding_is_refused(postgres: Server) -> None:
    with (
        postgres.database(template="template0 ENCODING 'LATIN1' LOCALE 'C'") as latin,
        pytest.raises(StoreError, match="LATIN1"),
    ):
        open_store(latin)


def test_a_writer_that_waits_in_vain_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.postgresql.PATIENCE_S", 0.2)
    one, other = open_store(url), open_store(url)
    with one._writing.begin(), pytest.raises(StoreError, match="another process has been writing"):
        other.note("kept", "waiting")
    other.note("kept", "now")
    one.close()
    other.close()


def test_a_page_goes_on_after_the_server_was_started_anew(postgres: Server, url: str) -> None:
    store = open_store(url)
    store.save(readings.baltic())
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [make_url(url).database]
        ).fetchall()
    assert ended
    assert store.summary(ALL).total == 2


def test_a_number_beyond_two_thousand_million_is_kept(store: SqlStore) -> None:
    many = Quantity(3_000_000_000, 3_000_000_000, "personnel", "3 billion")
    said = readings.Said("3 billion troops are in Mali.", "FRA", "Mali", readings.MALI, quantity=many)
    reading = readings.reading(said)
    store.save(reading)
    found = store.claim(reading.claims[0].id)
    assert found
    assert found.claim.quantity == many


def test_nul_in_a_text_is_told(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="NUL"):
        store.save(readings.reading(readings.Named("Nothing in Mali\x00.", "Mali", readings.MALI)))
