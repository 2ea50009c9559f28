"""What both engines do under several processes, and what keeps their rows whole."""

from __future__ import annotations

import multiprocessing

import pytest
from sqlalchemy import insert, inspect, select, update

from errors import StoreError
from records import ClaimFilter
from store import open_store
from store.sql import SqlStore
from store.tables import SCHEMA, metadata, notes, place_hosts, readings
from tests.readings import LITHUANIA, Said, baltic, reading

# Fresh interpreters, as two commands are; a fork would share this one's connections.
PROCESSES = multiprocessing.get_context("spawn")


def increment(url: str, times: int) -> None:
    store = open_store(url)
    for _ in range(times):
        with store._writing.begin() as connection:
            value = connection.execute(select(notes.c.value).where(notes.c.name == "count")).scalar_one()
            connection.execute(update(notes).where(notes.c.name == "count").values(value=str(int(value) + 1)))


def save_many(url: str, name: str, times: int) -> None:
    store = open_store(url)
    for number in range(times):
        said = Said("Germany has soldiers in Lithuania.", "DEU", "Lithuania", LITHUANIA)
        store.save(reading(said, id=f"{name}-{number}"))
        store.save(reading(said, id="both", title=f"{name} {number}"))


def in_two_processes(*works: tuple[object, tuple[object, ...]]) -> None:
    running = [PROCESSES.Process(target=work, args=args) for work, args in works]  # type: ignore[arg-type]
    for process in running:
        process.start()
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0] * len(works)


def test_no_increment_of_two_processes_is_lost(url: str) -> None:
    open_store(url).note("count", "0")
    in_two_processes((increment, (url, 1000)), (increment, (url, 1000)))
    assert open_store(url).noted("count") == "2000"


@pytest.mark.parametrize("times", [20, pytest.param(1000, marks=pytest.mark.soak)])
def test_no_reading_of_two_processes_is_lost(absent_url: str, times: int) -> None:
    """They start on an absent store: both make it."""
    in_two_processes((save_many, (absent_url, "a", times)), (save_many, (absent_url, "b", times)))
    store = open_store(absent_url)
    summary = store.summary(ClaimFilter())
    assert summary.total == 2 * times + 1
    both = store.article("both")
    assert both
    assert len(both.earlier) == 2 * times - 1


def test_a_reader_sees_the_store_as_it_was_while_another_writes(store: SqlStore, url: str) -> None:
    store.save(baltic())
    other = open_store(url)
    with store._writing.begin() as connection:
        connection.execute(update(readings).values(current=False))
        assert other.summary(ClaimFilter()).total == 2
        connection.rollback()


def test_a_writer_need_not_wait_for_a_reader(store: SqlStore, url: str) -> None:
    with store._reading.begin() as connection:
        assert connection.execute(select(notes)).all()
        open_store(url).note("written", "meanwhile")
        assert not connection.execute(select(notes).where(notes.c.name == "written")).all(), "a snapshot"
    assert store.noted("written") == "meanwhile"


def test_what_only_reads_cannot_write(store: SqlStore) -> None:
    with pytest.raises(StoreError), store._reading.begin() as connection:
        connection.execute(insert(notes).values(name="slipped", value="in"))
    assert store.noted("slipped") is None
    store.note("still", "writes")


def test_foreign_keys_are_held(store: SqlStore) -> None:
    with pytest.raises(StoreError, match=r"(?i)foreign key"), store._writing.begin() as connection:
        connection.execute(insert(place_hosts).values(place="none", host="ROU", label="ROU"))


def test_removal_leaves_no_orphans(store: SqlStore) -> None:
    store.save(baltic())
    store.save(baltic(extractor="test-2"))
    store.review_place("baltic", baltic().claims[0].place.span, None, who="Ann")
    store.remove(["baltic"])
    with store._reading.begin() as connection:
        left = {name: connection.execute(select(table)).all() for name, table in metadata.tables.items()}
    assert {name for name, rows in left.items() if rows} == {"notes", "places", "place_hosts", "due"}


def test_an_article_has_one_current_reading(store: SqlStore) -> None:
    store.save(baltic())
    store.save(baltic(extractor="test-2"))
    with pytest.raises(StoreError), store._writing.begin() as connection:
        connection.execute(update(readings).values(current=True))


def test_the_tables_are_those_declared(absent_url: str) -> None:
    store = open_store(absent_url)
    assert set(inspect(store._reading).get_table_names()) - {"spatial_ref_sys"} == {
        *metadata.tables,
        "alembic_version",
    }
    assert store.noted("schema") == str(SCHEMA)
    store.close()


def test_a_store_of_a_newer_version_is_refused(url: str) -> None:
    with open_store(url)._writing.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{SCHEMA + 1}'")
    with pytest.raises(StoreError, match="newer Garrison") as caught:
        open_store(url)
    assert "--store" in str(caught.value)
