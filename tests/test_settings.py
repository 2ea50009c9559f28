"""Settings: defaults, the file, the environment, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import SettingsError
from settings import PROJECT, FetchSettings, OnlineSettings, Settings, load_settings


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
        ('online = "nominatim"', "no table"),
        ("[online]\nserver = 1", "unknown setting 'server' of online"),
        ("[online]\ntimeout_s = 0", "timeout_s 0"),
        ("[online]\ndelay_s = -1", "delay_s -1"),
        ("[online]\nretries = 'many'", "retries 'many'"),
        ("[online]\ncache_entries = nan", "cache_entries nan"),
        ("[online]\noptions = ['secret']", "no table of plain values"),
        ('fetch = "all"', "and below it allow"),
        ("[fetch]\nallow = 7", "no list of hosts"),
        ('[fetch]\nallow = ["http://intranet"]', "'http://intranet' of fetch is no host"),
        ('[fetch]\nallow = ["10.0.0.0/8"]', "'10.0.0.0/8' of fetch is no host"),
        ("[fetch]\nlargest_mb = 5000", "largest_mb 5000 of fetch is no number from"),
        ("[fetch]\nproxy = 1", "unknown setting 'proxy' of fetch"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "garrison.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=says):
        load_settings({}, file=file)


def test_foreign_variables_are_left_alone(tmp_path: Path) -> None:
    assert load_settings({"GARRISON_SHARED": "/x", "GARRISON_DEBUG": "1"}, file=tmp_path / "no") == Settings()


def test_no_server_is_asked_unless_one_is_set() -> None:
    assert Settings().online == OnlineSettings() and not OnlineSettings().service


def test_an_online_geocoder_from_the_file_and_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "garrison.toml"
    file.write_text('[online]\nservice = "Photon"\ntimeout_s = 2.5\noptions = { key = "a" }\n', encoding="utf-8")
    online = load_settings({"GARRISON_ONLINE_RETRIES": "0", "GARRISON_ONLINE_URL": "http://x/"}, file=file).online
    assert (online.service, online.timeout_s, online.retries, online.url) == ("photon", 2.5, 0, "http://x/")
    assert online.options == (("key", "a"),)
    inline = {"GARRISON_ONLINE_OPTIONS": "{ username = 'me', limit = 3 }"}
    assert load_settings(inline, file=file).online.options == (("limit", 3), ("username", "me"))
    with pytest.raises(SettingsError) as refused:
        load_settings({"GARRISON_ONLINE_OPTIONS": "hunter2"}, file=file)
    assert "hunter2" not in str(refused.value)
    hash(load_settings(inline, file=file))


def test_hosts_to_fetch_from_by_name(tmp_path: Path) -> None:
    assert Settings().fetch == FetchSettings() and not FetchSettings().allow, "none unless somebody says so"
    file = tmp_path / "garrison.toml"
    file.write_text('[fetch]\nallow = ["Intranet:8080", "[::1]:9"]\npause_s = 7\n', encoding="utf-8")
    fetch = load_settings({"GARRISON_FETCH_PAUSE_S": "0"}, file=file).fetch
    assert (fetch.allow, fetch.pause_s) == (("intranet:8080", "[::1]:9"), 0)
    assert load_settings({"GARRISON_FETCH_ALLOW": "a.example, b"}, file=file).fetch.allow == ("a.example", "b")
