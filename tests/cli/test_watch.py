"""``garrison watch`` and ``garrison feeds`` against a real server that changes, fails and comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.additions import Adder
from cli.watching import Watch
from data.build import build
from intake.courtesy import Visitor
from intake.fetch import Bounds, Fetcher
from pipeline import Pipeline, load_pipeline
from records import ClaimFilter
from settings import DATA, PROJECT, STATIC, Settings
from store import open_store
from store.sql import SqlStore
from tests.commands import Command
from tests.intake.server import Server, reply, serving, silent

REPORT = "Germany has sent {} soldiers to Lithuania, the ministry said."


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    settings = Settings()
    build(settings.home, STATIC, progress=print)
    return load_pipeline(gazetteer=settings.gazetteer, data=DATA, point_of_view="un")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(f"sqlite:///{tmp_path / 'own.db'}")
    yield opened
    opened.close()


@pytest.fixture
def watch(server: Server, store: SqlStore, pipeline: Pipeline) -> Watch:
    """Every feed is due again at once."""
    fetcher = Fetcher(allow=[server.name], bounds=Bounds(seconds=1))
    visitor = Visitor(fetcher, agent="garrison", pause_s=0)
    return Watch(store, Adder(Settings(), store, pipeline), visitor, timedelta(0))


def feed(server: Server, *names: str, changed: str = "", etag: str = "", since: str = "") -> None:
    items = "".join(
        f"<item><title>{name}</title><link>{server.url}/{name}</link>"
        f"<pubDate>Fri, 28 Jan 2022 10:00:00 GMT</pubDate>{changed}</item>"
        for name in names
    )
    body = f'<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>Harbour</title>{items}'
    server.says("/feed", f"{body}</channel></rss>".encode(), ETag=etag, Last_Modified=since)


def page(server: Server, name: str, number: int = 500) -> None:
    words = REPORT.format(number)
    body = f"<html><head><title>{name}</title></head><body><article><p>{words} {words}</p></article></body></html>"
    server.says(f"/{name}", body.encode(), Content_Type="text/html")


def watched(store: SqlStore, server: Server) -> None:
    store.feeds.add(f"{server.url}/feed", title=None, at=datetime.now(UTC))


def titles(store: SqlStore) -> list[str]:
    return sorted(set(store.claims(ClaimFilter())["title"]))


def test_what_is_new_is_read_once(watch: Watch, server: Server, store: SqlStore) -> None:
    watched(store, server)
    feed(server, "a", "b", etag='"1"', since="Fri, 28 Jan 2022 10:00:00 GMT")
    page(server, "a")
    page(server, "b")
    assert watch.once()
    assert titles(store) == ["a", "b"]
    assert server.paths == ["/robots.txt", "/feed", "/a", "/b"]
    (row, _) = store.claims(ClaimFilter()).to_dict("records")
    article = store.article(row["article"])
    assert article is not None and article.reading.article.published_from == "metadata", "the feed's own day"

    feed(server, "a", "b", "c", etag='"2"')
    page(server, "c")
    assert watch.once()
    assert server.paths[4:] == ["/feed", "/c"]
    assert 'If-None-Match: "1"' in server.requests[4] and "If-Modified-Since: Fri, 28 Jan" in server.requests[4]

    server.says("/feed", status=304)
    assert watch.once()
    assert server.paths[6:] == ["/feed"] and store.feeds.all()[0].etag == '"2"'


def test_an_article_that_changed_is_read_anew_and_its_earlier_reading_kept(
    watch: Watch, server: Server, store: SqlStore
) -> None:
    watched(store, server)
    feed(server, "a")
    page(server, "a")
    watch.once()
    later = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    feed(server, "a", changed=f"<a:updated>{later}</a:updated>")
    page(server, "a", 600)
    watch.once()
    (row,) = store.claims(ClaimFilter()).to_dict("records")
    article = store.article(row["article"])
    assert article is not None and "600" in article.reading.article.text and len(article.earlier) == 1
    assert len(store.originals.of(row["article"])) == 2


def test_what_fails_is_told_kept_and_stops_nothing(
    watch: Watch, server: Server, store: SqlStore, capsys: pytest.CaptureFixture[str]
) -> None:
    store.feeds.add(f"{server.url}/broken", title=None, at=datetime.now(UTC))
    server.says("/broken", b"<html>no feed</html>")
    watched(store, server)
    feed(server, "gone", "slow", "empty", "busy", "a")
    server.pages["/slow"] = silent
    server.says("/empty", b"<html></html>", Content_Type="text/html")
    server.says("/busy", status=429, Retry_After="7200")
    page(server, "a")
    assert not watch.once()
    assert titles(store) == ["a"]
    failures = {one.what.rpartition("/")[2]: one for one in store.failures.all()}
    assert set(failures) == {"gone", "slow", "empty", "busy"}
    assert "HTTP 404" in failures["gone"].reason and "too slow" in failures["slow"].reason
    assert all(one.feed == f"{server.url}/feed" and one.tries == 1 for one in failures.values())
    waits = {name: (one.next_try or one.at) - one.at for name, one in failures.items()}
    assert waits["gone"] == timedelta(minutes=5) and waits["busy"] == timedelta(hours=2)
    broken = next(one for one in store.feeds.all() if one.address.endswith("/broken"))
    assert broken.failures == 1 and "no RSS or Atom" in (broken.last_error or "")
    told = capsys.readouterr().err
    assert all(told.count(f"/{name}") == 1 for name in ("gone", "slow", "empty", "busy", "broken"))

    asked = len(server.paths)
    watch.once()
    assert server.paths[asked:] == ["/feed"], "what failed is left alone until its time has come"


def test_what_failed_is_tried_again_when_its_time_has_come(watch: Watch, server: Server, store: SqlStore) -> None:
    page(server, "late")
    store.failures.note(
        f"{server.url}/late", at=datetime.now(UTC), reason="down", patience=lambda _: timedelta(microseconds=1)
    )
    assert watch.once()
    assert titles(store) == ["late"] and not store.failures.all()


def test_what_failed_in_a_feed_keeps_its_day_when_it_is_tried_again(
    watch: Watch, server: Server, store: SqlStore
) -> None:
    """The page has none of its own, and the feed, which has, says that it did not change."""
    watched(store, server)
    feed(server, "a", etag='"1"')
    watch.once()
    store.failures.clear(f"{server.url}/a")
    soon = timedelta(microseconds=1)
    store.failures.note(
        f"{server.url}/a", at=datetime.now(UTC), reason="down", patience=lambda _: soon, feed=f"{server.url}/feed"
    )
    page(server, "a")
    assert watch.once()
    (row,) = store.claims(ClaimFilter()).to_dict("records")
    article = store.article(row["article"])
    assert article is not None and f"{article.reading.article.published}" == "2022-01-28"
    assert "If-None-Match" not in server.requests[-2] and not store.failures.all()


def test_what_a_person_removed_does_not_come_back(
    garrison: Command, watch: Watch, server: Server, store: SqlStore
) -> None:
    watched(store, server)
    feed(server, "a", "b")
    page(server, "a")
    page(server, "b")
    watch.once()
    unwanted = next(row["article"] for row in store.claims(ClaimFilter()).to_dict("records") if row["title"] == "a")
    assert garrison("remove", unwanted).code == 0
    feed(server, "a", "b", etag='"2"')
    watch.once()
    assert titles(store) == ["b"] and server.paths.count("/a") == 1
    assert "removed by hand\n  1 try, given up" in garrison("feeds", "list").out


def test_robots_are_kept_to(watch: Watch, server: Server, store: SqlStore) -> None:
    watched(store, server)
    server.says("/robots.txt", b"User-agent: *\nDisallow: /private\n")
    feed(server, "private", "a")
    page(server, "a")
    watch.once()
    assert "/private" not in server.paths and titles(store) == ["a"]
    assert "robots.txt" in store.failures.all()[0].reason


def test_feeds_are_added_listed_and_removed(garrison: Command, server: Server, tmp_path: Path) -> None:
    (tmp_path / "garrison.toml").write_text(f'[fetch]\nallow = ["{server.name}"]\npause_s = 0\n', encoding="utf-8")
    assert "no store there" in garrison("feeds", "list").complaint
    assert "HTTP 404" in garrison("feeds", "add", f"{server.url}/feed").complaint
    assert not (tmp_path / "own.db").exists()
    feed(server, "a")
    assert garrison("feeds", "add", f"{server.url}/feed").out == "watching Harbour (1 article in it now)\n"
    assert garrison("feeds", "add", f"{server.url}/feed").out.startswith("watched already: Harbour")
    assert garrison("watch", "--once").code == 1  # there is no page behind the entry
    listed = garrison("feeds", "list").out
    assert f"{server.url}/feed\n  Harbour\n  looked at 20" in listed
    assert "1 thing could not be read" in listed and "HTTP 404" in listed and "1 try, again 20" in listed
    assert "not watched any more" in garrison("feeds", "remove", f"{server.url}/feed").out
    assert "not watched" in garrison("feeds", "remove", f"{server.url}/feed").complaint


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interruption_loses_nothing(server: Server, tmp_path: Path, store: SqlStore, how: signal.Signals) -> None:
    """The second of three pages never comes: ended there, the first is kept, and the next start reads the rest."""
    watched(store, server)
    feed(server, "a", "b", "c", etag='"1"')
    for name in "abc":
        page(server, name)
    whole, server.pages["/b"] = server.pages["/b"], silent
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT),
        "GARRISON_STORE": f"sqlite:///{tmp_path / 'own.db'}",
        "GARRISON_FETCH_ALLOW": server.name,
        "GARRISON_FETCH_PAUSE_S": "0",
    }
    command = [sys.executable, "-m", "cli", "watch"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # What a shell runs in the background ignores SIGINT, and so would all below it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        deadline = time.monotonic() + 60
        while "/b" not in server.paths and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(how)
        out, err = process.communicate(timeout=30)
    assert "/b" in server.paths, err
    if how == signal.SIGINT:
        assert process.returncode == 130 and "what was told as done is done" in err and "Traceback" not in err
        assert "added " in out
    assert titles(store) == ["a"] and store.feeds.all()[0].etag is None
    server.pages["/b"] = whole
    done = subprocess.run([*command, "--once"], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert titles(store) == ["a", "b", "c"] and server.paths.count("/a") == 1


def test_answers_are_only_ever_asked_of_allowed_servers(watch: Watch, server: Server, store: SqlStore) -> None:
    with serving("127.0.0.2") as other:
        watched(store, server)
        feed(server, "a", "b")
        server.pages["/a"] = reply(status=302, Location=f"{other.url}/")
        page(server, "b")
        watch.once()
        assert titles(store) == ["b"] and not other.connections
