"""Settings: defaults, the file, the environment, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import SettingsError
from settings import PROJECT, Settings, load_settings


def test_defaults(tmp_path: Path) -> None:
    settings = load_settings({}, file=tmp_path / "absent.toml")
    assert settings == Settings()
    assert (settings.address, settings.port, settings.point_of_view) == ("127.0.0.1", 8501, "un")
    assert settings.store_url == f"sqlite:///{PROJECT / 'var' / 'garrison.db'}"


def test_the_environment_is_preferred_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "garrison.toml"
    file.write_text('port = 9000\npoint_of_view = "de_facto"\nstore = "sqlite:///x.db"\n', encoding="utf-8")
    settings = load_settings({"GARRISON_PORT": "9001", "GARRISON_HOME": str(tmp_path / "home")}, file=file)
    assert (settings.port, settings.point_of_view, settings.store_url) == (9001, "de_facto", "sqlite:///x.db")
    assert settings.gazetteer == tmp_path / "home" / "gazetteer.sqlite"


def test_a_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings({"GARRISON_HOME": "here"}).store_url == f"sqlite:///{tmp_path / 'here' / 'garrison.db'}"


def test_the_file_in_the_working_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "garrison.toml").write_text("port = 9002", encoding="utf-8")
    assert load_settings({}).port == 9002


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("port = 0", "port 0"),
        ("port = 65536", "65536"),
        ('port = "x"', "'x'"),
        ("port = true", "True"),
        ('point_of_view = "mine"', "'mine'"),
        ("colour = 1", "unknown setting 'colour'"),
        ("port = ", "TOML"),
        ('a = "\xff"', "TOML"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "garrison.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=says):
        load_settings({}, file=file)


def test_foreign_variables_are_left_alone(tmp_path: Path) -> None:
    assert load_settings({"GARRISON_SHARED": "/x", "GARRISON_DEBUG": "1"}, file=tmp_path / "no") == Settings()
