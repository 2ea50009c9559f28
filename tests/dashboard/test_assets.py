"""Everything that the map's frame loads comes from this server, and is there."""

from __future__ import annotations

import os
from pathlib import Path

import folium
import folium.plugins
import pytest

from dashboard.assets import FROM_FRAME, SCRIPTS, STYLES, LocalMap, install_assets, refuse_outward_links
from errors import DataError
from settings import STATIC


def test_leaflet_is_installed_once_and_mended_when_damaged(tmp_path: Path) -> None:
    target = install_assets(tmp_path)
    script = target / "leaflet.js"
    assert "Leaflet" in script.read_text("utf-8")[:200]
    os.utime(script, (1, 1))
    install_assets(tmp_path)
    assert script.stat().st_mtime == 1, "what is there and the same is left alone"
    script.write_text("half a fi", encoding="utf-8")
    install_assets(tmp_path)
    assert script.stat().st_size > 100_000
    assert sorted(path.name for path in target.iterdir()) == ["images", "leaflet.css", "leaflet.js"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "vendor").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be written"):
        install_assets(tmp_path)


def test_every_script_and_style_of_the_map_is_there() -> None:
    install_assets(STATIC)
    for _, link in (*SCRIPTS, *STYLES):
        assert link.startswith(FROM_FRAME)
        assert (STATIC / link.removeprefix(FROM_FRAME)).is_file(), link


def test_a_map_that_would_fetch_from_elsewhere_is_refused() -> None:
    refuse_outward_links(LocalMap(tiles=None))
    with pytest.raises(DataError, match=r"https://.*static/"):
        refuse_outward_links(folium.Map(tiles=None))
    late = LocalMap(tiles=None)
    late.add_child(folium.plugins.Fullscreen())  # type: ignore[no-untyped-call]
    with pytest.raises(DataError, match="https://"):
        refuse_outward_links(late)


def test_our_scripts_name_no_other_host() -> None:
    for file in (STATIC / "map").iterdir():
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text, file.name
