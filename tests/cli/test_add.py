"""``garrison add``, run as a user runs it: files of all kinds, folders, JSON lines, archives, addresses."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from records import ClaimFilter
from store import open_store
from store.sql import SqlStore
from tests.commands import Command
from tests.intake.papers import docx, pdf
from tests.intake.server import Server, reply, serving
from tests.intake.test_warc import html, record

REPORT = "Germany has sent 500 soldiers to Lithuania, the ministry said."
PAGE = f"<html><head><title>Soldiers sent</title></head><body><article><p>{REPORT} {REPORT}</p></article></body></html>"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving() as server:
        (tmp_path / "garrison.toml").write_text(f'[fetch]\nallow = ["{server.name}"]\npause_s = 0\n', encoding="utf-8")
        yield server


@pytest.fixture
def own() -> Iterator[SqlStore]:
    store = open_store(os.environ["GARRISON_STORE"])
    yield store
    store.close()


def test_a_folder_is_read_file_by_file_and_none_stops_another(garrison: Command, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "a.txt").write_text("Hidden.", encoding="utf-8")
    (folder / "circle").symlink_to(folder)
    (folder / "a.txt").write_text(f"First\n\n{REPORT}", encoding="utf-8")
    (folder / "b.pdf").write_bytes(pdf([["Second", REPORT]])[:-300])
    (folder / "c.pdf").write_bytes(pdf([["Third", REPORT]]))
    (folder / "deep" / "d.docx").write_bytes(docx(["Fourth", REPORT]))
    (folder / "deep" / "e.eml").write_text(f"From: a@example.org\nSubject: Fifth\n\n{REPORT}\n", encoding="utf-8")
    (folder / "deep" / "f.jpg").write_bytes(b"\xff\xd8\xff\0")
    rows = [{"id": "six", "title": "Sixth", "text": REPORT}, {"id": "seven"}, {"id": "eight", "text": REPORT}]
    (folder / "g.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    archive = record("https://example.org/n", html(PAGE.encode())) + record("https://example.org/o", html(b"<p>"))
    (folder / "h.warc").write_bytes(archive)

    ran = garrison("add", folder)
    assert ran.code == 1
    for title in ("First", "Third", "Fourth", "Fifth", "Sixth", "Soldiers sent"):
        assert any(line.startswith("added ") and title in line for line in ran.out.splitlines()), (title, ran.out)
    for failed in ("b.pdf: ", "f.jpg: ", "g.jsonl:2: ", "https://example.org/o"):
        assert sum(failed in line for line in ran.err.splitlines()) == 1, ran.err
    assert "Traceback" not in ran.err and "Hidden" not in ran.out
    assert ran.out.splitlines()[-1] == "7 added, 4 failed"
    again = garrison("add", folder)
    assert again.out.splitlines()[-1] == "7 unchanged, 4 failed"
    listed = garrison("feeds", "list").out
    assert "b.pdf" in listed and "2 tries" in listed and "no feed is watched" in listed


def test_a_page_by_its_address_with_its_original(garrison: Command, server: Server, own: SqlStore) -> None:
    server.redirects("/short", "/news/ships")
    server.says("/news/ships", PAGE.encode(), Content_Type="text/html; charset=utf-8", ETag='"7"')
    ran = garrison("add", f"{server.url}/short", "--published", "2022-01-28")
    assert ran.code == 0 and ran.out.splitlines()[-1].startswith("added ")
    (row,) = own.claims(ClaimFilter()).to_dict("records")
    article = own.article(row["article"])
    assert article is not None
    assert article.reading.article.url == f"{server.url}/news/ships" and article.reading.article.source == "127.0.0.1"
    (original,) = own.originals.of(row["article"])
    assert original.body == PAGE.encode() and original.asked == f"{server.url}/short"
    assert dict(original.headers)["etag"] == '"7"'

    server.says("/news/ships", PAGE.replace("500", "600").encode(), Content_Type="text/html")
    corrected = garrison("add", f"{server.url}/news/ships", "--published", "2022-01-28")
    assert corrected.out.splitlines()[-1].startswith("read anew ")
    assert len(own.originals.of(row["article"])) == 2


def test_what_a_page_says_of_its_address_is_not_believed(garrison: Command, server: Server, own: SqlStore) -> None:
    """Else it could take the place of another outlet's article."""
    hostile = PAGE.replace("<head>", '<head><link rel="canonical" href="https://ministry.example.org/news">')
    server.says("/", hostile.encode(), Content_Type="text/html")
    assert garrison("add", f"{server.url}/").code == 0
    (row,) = own.claims(ClaimFilter()).to_dict("records")
    article = own.article(row["article"])
    assert article is not None and article.reading.article.url == f"{server.url}/"


@pytest.mark.parametrize(
    ("path", "page", "says"),
    [
        ("/gone", reply(status=410), "HTTP 410"),
        ("/loop", reply(status=302, Location="/loop"), "in a circle"),
        ("/inside", reply(status=302, Location="http://127.0.0.2:9/"), "127.0.0.2, a loopback address"),
        ("/picture", reply(b"\x89PNG", Content_Type="image/png"), "image/png"),
        ("/empty", reply(b"<html></html>", Content_Type="text/html"), "no article"),
    ],
)
def test_a_page_that_cannot_be_had(
    garrison: Command, server: Server, tmp_path: Path, path: str, page: bytes, says: str
) -> None:
    server.pages[path] = page
    ran = garrison("add", server.url + path)
    assert ran.code == 1 and says in ran.complaint and not ran.out
    assert not (tmp_path / "own.db").exists()


def test_what_was_given_with_a_file_that_failed_is_not_forgotten(garrison: Command, tmp_path: Path) -> None:
    """A later try by itself would not know the day: so there is none."""
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7\n")
    assert garrison("add", "a.txt", "c.pdf").code == 1
    assert garrison("add", "b.pdf", "--published", "2022-01-28").code == 1
    told = garrison("feeds", "list").out.splitlines()
    tries = {told[at].rpartition("/")[2]: told[at + 2] for at, line in enumerate(told) if line.endswith(".pdf")}
    assert tries["b.pdf"] == "  1 try, given up" and tries["c.pdf"].startswith("  1 try, again 20")


def test_nothing_in_a_folder_is_told(garrison: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = garrison("add", "empty")
    assert ran.code == 1 and "nothing to read" in ran.complaint


def test_an_address_that_nobody_allowed_is_not_visited(garrison: Command) -> None:
    with serving() as server:
        ran = garrison("add", server.url)
        assert ran.code == 1 and "[fetch] allow" in ran.complaint and not server.connections
