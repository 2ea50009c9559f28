"""The table and the classes of the places' errors, on a text of our own."""

from __future__ import annotations

from bench.place_errors import CLASSES, Told, errors_of
from bench.places import HEADING, Figures, table
from data.build import build
from geo.gazetteer import Gazetteer
from geo.resolve import resolve
from records import Mention, Span
from settings import STATIC, load_settings

TEXT = "Danish men left Paris for Zzyzxville."
RESULT = {
    "docs": 2, "gold": 9, "exact": {"P": 0.9, "R": 0.8, "F": 0.847}, "acc161_matched": 0.75, "acc161_e2e": 0.6,
}  # fmt: skip


def test_the_table_has_a_cell_under_every_heading() -> None:
    lines = table([Figures("lgl", RESULT, (), 1000, 2.0, 1.0)]).splitlines()
    assert {line.count("|") for line in lines} == {len(HEADING) + 1}
    assert lines[2].endswith("| 500 | 1,000 | 0.50 |")


def test_every_error_has_its_class() -> None:
    settings = load_settings()
    build(settings.home, STATIC, progress=print)
    gazetteer = Gazetteer(settings.gazetteer)
    paris = resolve([Mention(Span(16, 21), "Paris", "Paris")], gazetteer)[0]
    unknown = resolve([Mention(Span(26, 36), "Zzyzxville", "Zzyzxville")], gazetteer)[0]
    told = [Told({"start": 16, "end": 21}, paris, "GPE"), Told({"start": 26, "end": 36}, unknown, "GPE")]
    gold = [
        {"start": 0, "end": 6, "lat": 56.0, "lon": 10.0},
        {"start": 16, "end": 21, "lat": 33.66, "lon": -95.55},
    ]
    found = list(errors_of({"x": {"text": TEXT, "toponyms": gold}}, {"x": told}, lambda *_: ([(1, 0)], 1), gazetteer))
    classes = {(case.kind, next(name for name, holds in CLASSES[case.kind].items() if holds(case))) for case in found}
    assert classes == {
        ("missed", "a people's name"),
        ("wrong place", "another country"),
        ("false", "no place found for it"),
    }
