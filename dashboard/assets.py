"""The files that the browser is served: Leaflet comes from a package, never from a distant server.

With a link to a content network left in, the map is blank wherever that network is out of reach, without an error.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import folium
from branca.element import Element
from folium.elements import JSCSSMixin
from xstatic.pkg import leaflet

from errors import DataError

#: Where the map's frame finds the folder ``static``, relative to itself: holds under any ``server.baseUrlPath``.
FROM_FRAME = "../../app/static/"
SCRIPTS = [
    ("leaflet", f"{FROM_FRAME}vendor/leaflet/leaflet.js"),
    # In the order in which they build on one another.
    ("glyphs", f"{FROM_FRAME}map/glyphs.js"),
    ("spread", f"{FROM_FRAME}map/spread.js"),
    ("memory", f"{FROM_FRAME}map/memory.js"),
    ("borders", f"{FROM_FRAME}map/borders.js"),
    ("legend", f"{FROM_FRAME}map/legend.js"),
    ("desk", f"{FROM_FRAME}map/desk.js"),
]
STYLES = [
    ("leaflet_css", f"{FROM_FRAME}vendor/leaflet/leaflet.css"),
    ("map_css", f"{FROM_FRAME}map/map.css"),
]


def install_assets(static: Path) -> Path:
    """Copy Leaflet from its package to ``static/vendor``; what is there and the same is left alone.

    Raises DataError where the folder cannot be written.
    """
    source = Path(leaflet.BASE_DIR)
    target = static / "vendor" / "leaflet"
    files = [source / "leaflet.js", source / "leaflet.css", *sorted((source / "images").iterdir())]
    try:
        (target / "images").mkdir(parents=True, exist_ok=True)
        for file in files:
            _copy(file, target / file.relative_to(source))
    except OSError as fault:
        raise DataError(f"{target}: cannot be written ({fault}); make the folder writable") from fault
    return target


def _copy(source: Path, target: Path) -> None:
    """Replace the target in one step, so that a page being served never meets half a file."""
    if target.is_file() and filecmp.cmp(source, target, shallow=False):
        return
    half = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copyfile(source, half)
    half.replace(target)


class LocalMap(folium.Map):
    """A folium map whose every script and style sheet is served by this application.

    folium's defaults (jQuery, Bootstrap, Font Awesome, markers) serve its pop-ups and pins; neither is used here.
    """

    default_js = SCRIPTS
    default_css = STYLES


def refuse_outward_links(drawn: folium.Map) -> None:
    """Raise DataError where a part of the map would be fetched from elsewhere: better no map than a blank one."""
    links = [link for part in _parts(drawn) for _, link in (*part.default_js, *part.default_css)]
    if outward := sorted({link for link in links if link.startswith(("http:", "https:", "//"))}):
        raise DataError(f"the map would fetch {outward[0]}; serve that file from static/ instead")


def _parts(element: Element) -> Iterator[JSCSSMixin]:
    if isinstance(element, JSCSSMixin):
        yield element
    for child in element._children.values():
        yield from _parts(child)
