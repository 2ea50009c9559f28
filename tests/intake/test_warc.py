"""Archives of the web: which records are articles, and what becomes of a damaged file."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from errors import ArticleError
from intake.article import read_original
from intake.warc import read_warc
from records import Original
from tests.intake.server import reply

WORDS = "Two frigates left Toulon for the Black Sea, the ministry said in a statement. " * 3
PAGE = f"<html><head><title>Ships</title></head><body><article><p>{WORDS}</p></article></body></html>".encode()


def record(address: str, answer: bytes, *, kind: str = "response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2022-01-28T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:7>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def html(body: bytes = PAGE, *, status: int = 200, media_type: str = "text/html", **headers: str) -> bytes:
    return reply(body, status=status, Content_Type=media_type, **headers)


ARCHIVE = [
    record("https://example.org/a", html()),
    record("https://example.org/gone", html(status=404)),
    record("https://example.org/picture", html(b"\x89PNG", media_type="image/png")),
    record("https://example.org/a", b"GET / HTTP/1.1\r\n\r\n", kind="request"),
    record("https://example.org/b", html(gzip.compress(PAGE), Content_Encoding="gzip")),
]


def read(folder: Path, archive: bytes) -> list[Original | ArticleError]:
    path = folder / "a.warc"
    path.write_bytes(archive)
    return list(read_warc(path))


@pytest.mark.parametrize("packed", [False, True])
def test_pages_with_address_and_time(tmp_path: Path, packed: bool) -> None:
    first, second = read(tmp_path, b"".join(gzip.compress(one) if packed else one for one in ARCHIVE))
    assert isinstance(first, Original) and isinstance(second, Original)
    assert (first.address, second.address) == ("https://example.org/a", "https://example.org/b")
    assert first.retrieved == datetime(2022, 1, 28, 10, tzinfo=UTC) and first.media_type == "text/html"
    assert first.body == second.body == PAGE
    article = read_original(second)
    assert (article.title, article.url, article.source) == ("Ships", "https://example.org/b", "example.org")


def test_what_comes_before_the_damage_is_read(tmp_path: Path) -> None:
    whole = b"".join(map(gzip.compress, ARCHIVE[:1]))
    first, *rest = read(tmp_path, whole + gzip.compress(ARCHIVE[4])[:-200])
    assert isinstance(first, Original)
    assert all(isinstance(one, ArticleError) for one in rest)


def test_a_page_of_which_the_compression_is_broken_stops_no_other(tmp_path: Path) -> None:
    broken = record("https://example.org/c", html(b"\x1f\x8b\x08broken", Content_Encoding="gzip"))
    fault, page = read(tmp_path, broken + ARCHIVE[0])
    assert isinstance(fault, ArticleError) and "example.org/c" in str(fault) and isinstance(page, Original)


@pytest.mark.parametrize("archive", [b"", b"no archive\n" * 100, gzip.compress(b"text"), bytes(500)])
def test_what_is_no_archive_is_told(tmp_path: Path, archive: bytes) -> None:
    with pytest.raises(ArticleError, match=r"a\.warc: .*; "):
        for found in read(tmp_path, archive):
            assert isinstance(found, ArticleError)
            raise found
