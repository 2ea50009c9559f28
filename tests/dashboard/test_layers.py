"""What is sent to the map, and that its base never changes."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.layers import ALL, MENTIONS, as_script, base_map, drawing, shown_rows
from records import Mention, Placement, Span, Viewpoint
from store.protocol import Facet, Mark, Summary
from tests.readings import BLACK_SEA, UKRAINE

UN = Viewpoint("un", (("Crimea", "UKR"),))


def mark(article: str = "a", actor: str = "RUS", status: str = "deployed", name: str = "Black Sea") -> Mark:
    return Mark(article, "t:black-sea", name, "sea", 43.4, 34.3, 550.0, (), actor, "naval", status, 2)  # type: ignore[arg-type]


def summary(*marks: Mark, titles: tuple[Facet, ...] = (Facet("a", "Ships", 2),)) -> Summary:
    return Summary(
        total=9, shown=3, articles=1, places=1, updated=datetime(2022, 2, 1, tzinfo=UTC), unreviewed=3, samples=0,
        unplaced=0, undated=0, marks=marks, actors=(), hosts=(), statuses=(), assets=(), by_article=titles, days=(),
        excluded=(),
    )  # fmt: skip


def unpacked(script: str) -> object:
    head, tail = 'JSON.parse(atob("', '"))'
    assert script.startswith(head)
    assert script.endswith(tail)
    return json.loads(base64.b64decode(script[len(head) : -len(tail)]))


@given(st.text())
def test_text_travels_as_nothing_but_data(text: str) -> None:
    script = as_script({"title": text})
    assert unpacked(script) == {"title": text}
    assert not set(script) & set("<>{}$`'_\\"), "nothing that Jinja, folium or JavaScript could take for its own"


def test_a_title_is_no_template() -> None:
    """Seen: folium compiled the layer's script as a Jinja template, so a title could run in the server."""
    title = '{{ "seven" * 2 }}{% for x in y %}${1}</script>'
    group = drawing(shown_rows(summary(mark(name=title)), ["RUS"], (), selected=None))
    base = base_map("un", UN, height=600)
    group.add_to(base)
    script = base.get_root().render()
    assert "sevenseven" not in script
    assert title not in script


def test_a_number_that_json_has_no_form_of_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_script({"lat": float("nan")})


def test_the_base_is_the_same_whatever_is_shown() -> None:
    def script() -> str:
        base = base_map("un", UN, height=600)
        text: str = base.get_root().render().replace(base.get_name(), "map")
        return text.partition("garrison.start")[2]

    assert script() == script()
    assert "countries-un" in str(unpacked(script().partition(", ")[2].partition(");")[0]))


def test_rows_point_into_lists() -> None:
    shown = shown_rows(summary(mark(), mark(actor="FRA", status="planned")), ["FRA", "RUS"], (), selected="t:black-sea")
    assert shown["layers"] == [{"id": "a", "title": "Ships"}]
    assert shown["marks"] == [[0, 0, 1, "naval", "deployed", 2, 0], [0, 0, 0, "naval", "planned", 2, 0]]
    assert [actor["label"] for actor in shown["actors"]] == ["France", "Russia"]  # type: ignore[attr-defined]


def test_only_the_marks_make_the_version() -> None:
    one, other = (shown_rows(summary(mark()), ["RUS"], (), selected=place) for place in (None, "t:black-sea"))
    assert one["version"] == other["version"]
    assert one["version"] != shown_rows(summary(mark(status="denied")), ["RUS"], (), selected=None)["version"]


def test_too_many_articles_share_a_layer() -> None:
    assert shown_rows(summary(mark("")), [], (), selected=None)["layers"] == [{"id": ALL, "title": "All articles"}]


def test_mentioned_places_have_a_layer_and_no_mark() -> None:
    named = [
        Placement(Mention(Span(0, 7), "Ukraine", "Ukraine"), place) for place in (UKRAINE, UKRAINE, BLACK_SEA, None)
    ]
    shown = shown_rows(summary(mark()), ["RUS"], named, selected=None)
    assert shown["layers"][-1]["id"] == MENTIONS  # type: ignore[index]
    assert len(shown["mentions"]) == 2  # type: ignore[arg-type]
    assert len(shown["marks"]) == 1  # type: ignore[arg-type]
