"""The day that a text says it was published on: only where its head says it in full, with a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = (
    r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)",
    rf"{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})",
    rf"{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
#: "Published: Friday, 28 January 2022 at 10:15 GMT": a line with nothing else on it.
_ALONE = (
    r"(?:(?:First\s+)?(?:published|posted|issued|date|released)(?:\s+on)?:?\s+)?{weekday}{date}(?:[\sT,·|-].{{0,30}})?"
)
#: "WARSAW, Jan. 28, 2022 (Reuters) - …": a place in capitals, the day, a dash.
_BEFORE = r"[A-Z][A-Z .,'’/-]{{1,60}}?(?:\([^)]{{1,30}}\))?,?\s*[,(–—-]?\s*{date}\)?\s*(?:\([^)]{{1,30}}\)\s*)?[-–—:]"
_LINES = 8
_SHAPES = tuple(
    re.compile(shape.format(weekday=_WEEKDAY, date=date_shape) + end, flags)
    for date_shape in _DATES
    for shape, end, flags in ((_ALONE, r"$", re.IGNORECASE), (_BEFORE, "", 0))
)
_EARLIEST = date(1900, 1, 1)


def dateline(text: str, today: date | None = None) -> date | None:
    """The day in a line of its own, or before the first words, near the head of a text; None where none is sure.

    A day that is still to come is not one of publication. Two different days are none.
    """
    latest = (today or date.today()) + timedelta(days=1)
    found = {day for line in _head(text) if (day := _day(line)) and _EARLIEST <= day <= latest}
    return found.pop() if len(found) == 1 else None


def _head(text: str) -> Iterator[str]:
    lines = (re.sub(r"[*_#>|]+", "", line).strip() for line in text[:20_000].splitlines())
    yield from [line[:300] for line in lines if line][:_LINES]


def _day(line: str) -> date | None:
    for shape in _SHAPES:
        if found := shape.match(line):
            said = found.groupdict()
            number = int(said["number"]) if "number" in said else _MONTHS.index(said["month"][:3].lower()) + 1
            try:
                return date(int(said["year"]), number, int(said["day"]))
            except ValueError:
                return None
    return None
