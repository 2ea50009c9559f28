"""Expressions of time, found in a sentence and resolved against the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from extract.dates import resolve, time_words

PUBLISHED = date(2023, 3, 8)  # a Wednesday


def when(text: str, *, published: date | None = PUBLISHED, ahead: bool = False) -> str | None:
    """The first time that the text tells."""
    words = time_words(text)
    assert words, f"no time found in {text!r}"
    found = resolve(words[0], published, ahead=ahead)
    assert found is None or found.text in text
    return found.start if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 2022-11-05", "2022-11-05"),
        ("on 5 November 2022", "2022-11-05"),
        ("on the 5th of November 2022", "2022-11-05"),
        ("on November 5, 2022", "2022-11-05"),
        ("on Nov. 5, 2022", "2022-11-05"),
        ("on January 20", "2023-01-20"),
        ("on 20 November", "2022-11-20"),
        ("in November 2022", "2022-11"),
        ("in early February", "2023-02"),
        ("in late November", "2022-11"),
        ("in May", "2022-05"),
        ("in spring 2021", "2021-03"),
        ("in the autumn of 2020", "2020-09"),
        ("since 2017", "2017"),
        ("in mid-2021", "2021"),
        ("today", "2023-03-08"),
        ("yesterday", "2023-03-07"),
        ("on Monday", "2023-03-06"),
        ("on Thursday", "2023-03-02"),
        ("on Wednesday", "2023-03-08"),
        ("last Wednesday", "2023-03-01"),
        ("last month", "2023-02"),
        ("last year", "2022"),
        ("this year", "2023"),
        ("three days ago", "2023-03-05"),
        ("two months ago", "2023-01"),
        ("two years ago", "2021"),
        ("overnight", "2023-03-07"),
        ("last night", "2023-03-07"),
        ("last spring", "2022-03"),
        ("last winter", "2022-12"),
        ("in the autumn", "2022-09"),
        ("last weekend", "2023-03-04"),
        ("at the weekend", "2023-03-04"),
    ],
)
def test_what_has_been(text: str, expected: str) -> None:
    assert when(f"They arrived {text}.") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow", "2023-03-09"),
        ("on Friday", "2023-03-10"),
        ("on Monday", "2023-03-13"),
        ("in January", "2024-01"),
        ("in May", "2023-05"),
        ("in early April", "2023-04"),
        ("next month", "2023-04"),
        ("next year", "2024"),
        ("by the end of 2027", "2027"),
        ("in mid-2027", "2027"),
        ("on 1 February", "2024-02-01"),
    ],
)
def test_what_is_to_come(text: str, expected: str) -> None:
    assert when(f"They will arrive {text}.", ahead=True) == expected


@pytest.mark.parametrize("text", ["on Monday", "yesterday", "last month", "in November", "two weeks ago"])
def test_what_needs_a_day_of_publication_stays_open_without_one(text: str) -> None:
    assert when(f"They arrived {text}.", published=None) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("on 5 November 2022", "2022-11-05"), ("in May 2021", "2021-05"), ("since 2017", "2017")]
)
def test_a_date_with_its_year_needs_no_day_of_publication(text: str, expected: str) -> None:
    assert when(f"They arrived {text}.", published=None) == expected


@pytest.mark.parametrize(
    "text",
    ["They arrived recently.", "It may march.", "Troops march on.", "In 30000 homes.", "Several weeks on.", ""],
)
def test_words_that_tell_no_time(text: str) -> None:
    assert time_words(text) == []


def test_several_weeks_ago_is_no_date() -> None:
    assert when("They arrived several weeks ago.") is None


@pytest.mark.parametrize("text", ["Today they landed.", "Tonight they land.", "This evening they sailed."])
def test_a_sentence_may_begin_with_the_time(text: str) -> None:
    assert when(text) == "2023-03-08"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("They stay until September.", []),
        ("The mandate runs through at least late 2024.", []),
        ("From mid-February to June they are in Norway.", ["mid-February"]),
        ("They were there 3 March - 9 April 2022.", ["3 March"]),
    ],
)
def test_the_end_of_a_stretch_is_not_when_it_happens(text: str, begins: list[str]) -> None:
    assert [words.text for words in time_words(text)] == begins


def test_spans_are_those_of_the_words() -> None:
    text = "From 3 May 2022, and again in late June, they stayed."
    assert [words.span.of(text) for words in time_words(text)] == ["3 May 2022", "late June"]
    assert all(words.span.of(text) == words.text for words in time_words(text))
