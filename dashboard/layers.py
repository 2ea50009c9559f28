"""The map: a base that never changes, and the rows that are drawn on it.

Streamlit keys the map by its script, and builds it anew (blank, pan and zoom lost) when that changes. So the base is
constant, and what is shown travels beside it as data, which the scripts in ``static/map`` draw.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard import wording
from dashboard.assets import FROM_FRAME, LocalMap, refuse_outward_links
from dashboard.palette import OTHER, colours
from records import Place, Placement, Viewpoint
from settings import PointOfView
from store.protocol import Mark, Summary

ATTRIBUTION = "GeoNames (CC BY 4.0) · Natural Earth"
#: The layer of all claims, where there are too many articles for a layer each.
ALL = "all"
MENTIONS = "mentioned"


class _Start(MacroElement):
    """Hands the map to our scripts, once."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        garrison.start({{ this._parent.get_name() }}, {{ this.config }});
        {% endmacro %}"""
    )

    def __init__(self, config: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.config = config


class _Draw(MacroElement):
    """Hands what is shown to our scripts, at each change."""

    _template = Template("{% macro script(this, kwargs) %}garrison.draw({{ this.shown }});{% endmacro %}")

    def __init__(self, shown: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Draw"
        self.shown = shown


def base_map(point_of_view: PointOfView, borders: Viewpoint, *, height: int) -> folium.Map:
    """The map without any claim: the same script for the same point of view, always. ``height`` in pixels."""
    base = LocalMap(
        location=(35, 25),
        zoom_start=3,
        tiles=None,
        font_size="12px",
        min_zoom=2,
        max_zoom=11,
        zoom_snap=0.5,
        world_copy_jump=True,
        track_resize=False,
    )
    config: dict[str, object] = {
        "height": height,
        "countries": f"{FROM_FRAME}made/countries-{point_of_view}.geojson",
        "areas": f"{FROM_FRAME}made/areas.geojson",
        "admin1": f"{FROM_FRAME}made/admin1.geojson",
        "disputed": f"{FROM_FRAME}made/disputed.geojson",
        "holders": {area: {"id": code, "name": wording.country(code)} for area, code in borders.holders},
        "attribution": f"{ATTRIBUTION} · Borders: {wording.BORDERS[point_of_view]}",
    }
    base.add_child(_Start(as_script(config)))
    refuse_outward_links(base)
    return base


def drawing(shown: dict[str, object]) -> folium.FeatureGroup:
    """What ``shown_rows`` made, in the form that the map takes changes in."""
    group = folium.FeatureGroup(name="shown", control=False)
    group.add_child(_Draw(as_script(shown)))
    return group


def shown_rows(
    summary: Summary, ranked: Sequence[str], mentions: Sequence[Placement], *, selected: str | None
) -> dict[str, object]:
    """All that the map shows, in compact rows that point into short lists.

    ``ranked`` are all actors of the store, for their colours; ``selected`` is a place's gazetteer id. A mark is
    [layer, place, actor, asset, status, count, of these placed by a reader], a mention [place, layer]. ``version``
    stays the same as long as nothing but the selection changes: the marks are then left as they are.
    """
    titles = {facet.value: facet.label for facet in summary.by_article}
    marked = {mark.article for mark in summary.marks}
    layers = [id for id in titles if id in marked] + sorted(marked - set(titles))
    order = {actor: index for index, actor in enumerate(ranked)}
    actors = sorted({mark.actor for mark in summary.marks}, key=lambda actor: (order.get(actor, len(order)), actor))
    colour = colours(ranked, actors)
    places = {mark.place: _place_row(mark) for mark in summary.marks}
    named = {one.place.gazetteer_id: _place_row(one.place) for one in mentions if one.place}
    places = named | places
    index = {id: number for number, id in enumerate(places)}
    shown: dict[str, object] = {
        "layers": [{"id": id or ALL, "title": titles.get(id, "All articles")} for id in layers]
        + ([{"id": MENTIONS, "title": "Places only mentioned"}] if named else []),
        "places": [{"id": id, **row} for id, row in places.items()],
        "actors": [
            {"code": actor, "label": wording.country(actor), "colour": colour[actor], "other": colour[actor] == OTHER}
            for actor in actors
        ],
        "marks": [
            [
                layers.index(mark.article),
                index[mark.place],
                actors.index(mark.actor),
                mark.asset,
                mark.status,
                mark.count,
                mark.by_reader,
            ]
            for mark in summary.marks
        ],
        "mentions": [[index[id], len(layers)] for id in named],
        "assets": wording.ASSETS,
        "statuses": wording.STATUSES,
    }
    version = sha256(json.dumps(shown).encode()).hexdigest()[:16]
    return {**shown, "version": version, "selected": selected}


def _place_row(place: Mark | Place) -> dict[str, object]:
    return {
        "name": place.name,
        "kind": place.kind,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "countries": place.countries,
        "disputed": place.disputed,
    }


def as_script(data: object) -> str:
    """Data as a JavaScript expression that no layer in between reads as anything else.

    On its way into the frame the script is compiled as a Jinja template (``{{ … }}`` in a title would run in this
    server), searched for folium's variables (``_name``) and for ``{{ '…' }}``, and evaluated: so the data travel as
    base64, in which none of these can be written. Raises ValueError for a number that JSON has no form of.
    """
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return f'JSON.parse(atob("{b64encode(text.encode("ascii")).decode("ascii")}"))'
