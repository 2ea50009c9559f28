"""When: expressions of time, resolved against the day of publication, no finer than the words give them.

dateparser reads full dates, weekdays and "three weeks ago"; the forms that it lacks ("early March", "mid-2027",
"spring 2023", "by the end of 2027", "last month") are read here. "Recently" and "last week" stay without a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import dateparser

from records import EventDate, Span

_MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
]  # fmt: skip
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"  # noqa: E501
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_YEAR = r"(?:19|20)\d\d"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|several)"
_EXPRESSION = re.compile(
    rf"""
    (?P<iso>\b{_YEAR}-\d\d-\d\d\b)
  | (?P<day>\b\d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?{_MONTH}(?:,?\ {_YEAR})?\b)
  | (?P<us_day>\b{_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,?\ {_YEAR})?)
  | (?P<month>\b(?:(?i:early|mid|late)[-\ ])?{_MONTH}(?:,?\ (?:of\ )?{_YEAR})?(?=\W|$))
  | (?P<season>\b(?:(?i:early|mid|late)[-\ ])?{_SEASON}\ (?:of\ )?{_YEAR}\b)
  | (?P<near_season>\b(?i:last|next|this|the)\ (?:(?:early|mid|late)[-\ ])?{_SEASON}\b(?!\ (?:of\ )?\w*\d))
  | (?P<ago>\b(?i:{_COUNT})\ (?:days?|weeks?|months?|years?)\ (?:ago|earlier)\b)
  | (?P<weekday>\b(?:(?i:last|next|this)\ )?{_WEEKDAY}\b)
  | (?P<near>\b(?i:today|tonight|yesterday|tomorrow|overnight|last\ night|this\ (?:morning|afternoon|evening))\b)
  | (?P<weekend>\b(?i:last|this|next|at\ the|over\ the)\ weekend\b)
  | (?P<relative>\b(?i:last|next|this|end\ of\ the)\ (?:month|year)\b)
  | (?P<year>\b(?:(?i:early|mid|late)[-\ ])?{_YEAR}\b)
    """,
    re.VERBOSE,
)
#: What leads to the end of a stretch of time: not when something happens, but how long it lasts.
_UNTIL = re.compile(
    r"\b(?:until|till|through|up to)(?: (?:at least|the end of|the|early|late|mid))*\s*$", re.IGNORECASE
)
_THROUGH = re.compile(r"\s*(?:to|until|till|through|-|–|—)\s*(?:the )?", re.IGNORECASE)
_SHORT = re.compile(rf"\b(?P<month>{_MONTH})")


_LEADS_TO_MONTH = (
    "in", "of", "since", "by", "until", "during", "from", "to", "last", "next", "this", "and", "for",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words that tell a time: their characters in the sentence, and which form they have."""

    span: Span
    text: str
    form: str


def time_words(text: str) -> list[TimeWords]:
    """Every expression of time in a text, from the left."""
    return list(_found(text))


def _found(text: str) -> Iterator[TimeWords]:
    last = 0
    for match in _EXPRESSION.finditer(text):
        form = match.lastgroup
        assert form
        if form == "month" and match[0].split()[-1] in ("May", "March", "Mar", "Sept") and not _is_month(text, match):
            continue
        ends_a_stretch = last and _THROUGH.fullmatch(text, last, match.start())
        if not ends_a_stretch and not _UNTIL.search(text, max(match.start() - 40, 0), match.start()):
            yield TimeWords(Span(*match.span()), match[0], form)
        last = match.end()


def _is_month(text: str, match: re.Match[str]) -> bool:
    """ "May" and "March" are months where a preposition or another word of time leads to them."""
    before = text[: match.start()].split()[-1:] or [""]
    return before[0].lower() in _LEADS_TO_MONTH


def resolve(words: TimeWords, published: date | None, *, ahead: bool | None) -> EventDate | None:
    """The date that the words mean for an article of that day.

    ``ahead``: the event is told as still to come; None where the telling leaves that open (an exercise "in February").

    None where the words need a day of publication that is not known, or give no date.
    """
    reader = _READERS.get(words.form, _by_library)
    start = reader(words.text, published, ahead)
    return EventDate(start, None, words.text) if start else None


def _by_library(text: str, published: date | None, ahead: bool | None) -> str | None:
    has_year = re.search(_YEAR, text)
    if published is None and not has_year:
        return None
    base = datetime.combine(published or date(2000, 1, 1), datetime.min.time())
    plain = re.sub(r"\b(last|next|this) ", "", text, flags=re.IGNORECASE).replace("of ", "")
    found = dateparser.parse(
        plain,
        languages=["en"],
        settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future" if ahead else "past"},
    )
    if not found:
        return None
    day: date = found.date()
    if published and not has_year:
        day = _nearest(day, published, text, ahead)
    return day.isoformat()


def _nearest(day: date, published: date, text: str, ahead: bool | None) -> date:
    """ "On Friday", written on a Friday, is that day; "last Friday" is not."""
    if not re.search(_WEEKDAY, text):
        return day
    if abs((day - published).days) == 7 and not text.lower().startswith(("last", "next")):
        return published
    if text.lower().startswith("next") and not ahead and day < published:
        return day + timedelta(days=7)
    return day


def _month(text: str, published: date | None, ahead: bool | None) -> str | None:
    name = _SHORT.search(text)
    assert name
    month = next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name["month"].lower().rstrip(".")[:3]))
    year = re.search(_YEAR, text)
    if year:
        return f"{year[0]}-{month:02}"
    if published is None:
        return None
    guess = published.year
    if ahead is None:
        ahead = (month - published.month) % 12 <= 6
    if ahead and month < published.month:
        guess += 1
    elif not ahead and month > published.month:
        guess -= 1
    return f"{guess}-{month:02}"


def _season(text: str, published: date | None, ahead: bool | None) -> str | None:  # noqa: ARG001 - one signature for all
    season = next(month for name, month in _SEASONS.items() if name in text)
    year = re.search(_YEAR, text)
    return f"{year[0]}-{season:02}" if year else None


def _near_season(text: str, published: date | None, ahead: bool | None) -> str | None:
    """ "Last spring", "this winter", "in the autumn": the one before, of, or nearest to the day of publication."""
    if published is None:
        return None
    month = next(month for name, month in _SEASONS.items() if name in text)
    which = text.split()[0].lower()
    year = published.year
    if which == "last" or (which == "the" and not ahead):
        year -= month > published.month or (which == "last" and month + 2 >= published.month)
    elif which == "next" or which == "the":
        year += month + 2 < published.month or (which == "next" and month <= published.month)
    return f"{year}-{month:02}"


def _weekend(text: str, published: date | None, ahead: bool | None) -> str | None:
    """A weekend begins on Saturday."""
    if published is None:
        return None
    to_saturday = (5 - published.weekday()) % 7
    which = text.split()[0].lower()
    if which == "last" or (which in ("at", "over") and not ahead):
        to_saturday -= 7 if to_saturday or which == "last" else 0
    elif which == "this" and published.weekday() == 6:
        to_saturday = -1
    elif which == "next":
        to_saturday += 7
    return (published + timedelta(days=to_saturday)).isoformat()


def _year(text: str, published: date | None, ahead: bool | None) -> str | None:  # noqa: ARG001
    year = re.search(_YEAR, text)
    return year[0] if year else None


def _near(text: str, published: date | None, ahead: bool | None) -> str | None:  # noqa: ARG001
    if published is None:
        return None
    shift = {"yesterday": -1, "overnight": -1, "last night": -1, "tomorrow": 1}.get(text.lower(), 0)
    return (published + timedelta(days=shift)).isoformat()


def _relative(text: str, published: date | None, ahead: bool | None) -> str | None:  # noqa: ARG001
    if published is None:
        return None
    which, *_, unit = text.lower().split()
    shift = {"last": -1, "next": 1}.get(which, 0)
    if unit == "year":
        return str(published.year + shift)
    months = published.year * 12 + published.month - 1 + shift
    return f"{months // 12}-{months % 12 + 1:02}"


def _ago(text: str, published: date | None, ahead: bool | None) -> str | None:
    """Weeks and months are round figures: they give a month; years give a year; days a day."""
    day = None if "several" in text else _by_library(text.replace("earlier", "ago"), published, ahead)
    if day is None:
        return None
    if "year" in text:
        return day[:4]
    return day if "day" in text or "week" in text else day[:7]


_READERS = {
    "month": _month, "season": _season, "near_season": _near_season, "year": _year, "near": _near,
    "weekend": _weekend, "relative": _relative, "ago": _ago,
}  # fmt: skip
