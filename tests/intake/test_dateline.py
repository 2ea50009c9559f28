"""The day of publication in the text itself: only where it is beyond doubt."""

from __future__ import annotations

from datetime import date

import pytest

from intake.article import read_article
from intake.dateline import dateline

TODAY = date(2026, 1, 1)
DAY = date(2022, 1, 28)


@pytest.mark.parametrize(
    "head",
    [
        "28 January 2022",
        "Friday, 28 January 2022",
        "Jan. 28, 2022",
        "January 28th, 2022 10:15 GMT",
        "2022-01-28",
        "Published: 28 Jan 2022",
        "Published on January 28, 2022 at 10:15",
        "**Date:** 28 January 2022",
        "Ships leave\n\nBy A. Writer\n28 January 2022 | Updated 2 hours later",
        "WARSAW, Jan 28, 2022 (Reuters) - Ships left.",
        "BRUSSELS (AP), 28 January 2022 — Ships left.",
        "WASHINGTON, D.C. (January 28, 2022) – Ships left.",
    ],
)
def test_days_that_are_sure(head: str) -> None:
    assert dateline(head + "\nThe ships sail east.", TODAY) == DAY


@pytest.mark.parametrize(
    "head",
    [
        "Ships left on 28 January 2022, the ministry said.",
        "28 January 2022 was a cold day, and the ships in the harbour did not leave it before noon.",
        "28 January",
        "WARSAW, Jan 28 (Reuters) - Ships left.",
        "01/02/2022",
        "31 February 2022",
        "28 January 2031",
        "28 January 1822",
        "28 January 2022\n29 January 2022",
        "Ships leave\n" * 9 + "28 January 2022",
        "",
    ],
)
def test_days_that_are_not(head: str) -> None:
    assert dateline(head, TODAY) is None


def test_given_before_metadata_before_text_before_unknown() -> None:
    text = "28 January 2022\n\nTwo frigates left Toulon.\n"
    marked = f"---\npublished: 2022-02-01\n---\n{text}"
    assert read_article(marked, published=date(2022, 3, 1)).published_from == "given"
    assert (read_article(marked).published, read_article(marked).published_from) == (date(2022, 2, 1), "metadata")
    assert (read_article(text).published, read_article(text).published_from) == (DAY, "text")
    assert read_article("Two frigates left Toulon.").published_from == "unknown"
