"""Which days a claim may be about."""

from __future__ import annotations

from datetime import date

import pytest

from errors import StoreError
from records import EventDate
from store.rows import days_of

PUBLISHED = date(2022, 1, 28)


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2022-02-10", None, date(2022, 2, 10), date(2022, 2, 10)),
        ("2024-02", None, date(2024, 2, 1), date(2024, 2, 29)),
        ("2021", None, date(2021, 1, 1), date(2021, 12, 31)),
        ("2022-02-10", "2022-02-20", date(2022, 2, 10), date(2022, 2, 20)),
        ("2022-02-10", "2022-03", date(2022, 2, 10), date(2022, 3, 31)),
        ("2022-02", "2022-02-03", date(2022, 2, 1), date(2022, 2, 28)),
    ],
)
def test_days_of_an_event(start: str, end: str | None, first: date, last: date) -> None:
    assert days_of(EventDate(start, end, ""), PUBLISHED) == (first, last)


def test_without_an_event_the_publication_counts() -> None:
    assert days_of(None, PUBLISHED) == (PUBLISHED, PUBLISHED)
    assert days_of(None, None) == (None, None)


@pytest.mark.parametrize("start", ["", "soon", "2022-13", "2022-02-30", "0000", "22-01-01", "2022-1-1"])
def test_what_is_no_date_is_refused(start: str) -> None:
    with pytest.raises(StoreError, match="date"):
        days_of(EventDate(start, None, ""), PUBLISHED)
