"""WARC: archives of the web, as crawlers and libraries keep them; each page in them with its address and day."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from errors import ArticleError
from intake.article import LARGEST_MB
from intake.fetch import TELLING
from records import Original

ENDINGS = (".warc", ".warc.gz")
_READABLE = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


def read_warc(path: Path) -> Iterator[Original | ArticleError]:
    """The pages in an archive, one by one; in place of one that cannot be had, why not.

    Only answers with status 200 and of a kind that is read; pictures, styles and errors are passed over. Raises
    ArticleError where the file cannot be opened or holds no record at all.
    """
    try:
        opened = path.open("rb")
    except OSError as fault:
        raise ArticleError(f"{path}: cannot be read ({fault.strerror}); check the path") from fault
    with opened:
        yield from _pages(opened, path)


def _pages(opened: BinaryIO, path: Path) -> Iterator[Original | ArticleError]:
    any_record = False
    try:
        records = ArchiveIterator(opened, record_types=WarcRecordType.response, parse_http=True)
        for record in records:
            any_record = True
            page = _page(record, path)
            if page is not None:
                yield page
    except (OSError, ValueError, EOFError, RuntimeError, MemoryError) as fault:
        said = " ".join(str(fault).split())[:120]
        yield ArticleError(f"{path}: the archive is damaged from here on ({said}); what came before was read")
        return
    if not any_record:
        raise ArticleError(f"{path}: no page in it, or no WARC archive; give a .warc or .warc.gz file")


def _page(record: WarcRecord, path: Path) -> Original | ArticleError | None:
    http = record.http_headers
    if http is None or http.status_code != 200:
        return None
    headers = {name.lower(): value for name, value in http.items()}
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _READABLE:
        return None
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    most = LARGEST_MB * 1_000_000
    try:
        body = _unpacked(record.reader.read(most + 1), headers.get("content-encoding", ""), most)
    except zlib.error as fault:
        return ArticleError(f"{path}: {address}: its compression is broken ({fault}); it was left out")
    if len(body) > most:
        return ArticleError(f"{path}: {address}: larger than {LARGEST_MB} MB; it was left out")
    return Original(
        body=body,
        retrieved=(record.record_date or datetime.now(UTC)).astimezone(UTC),
        media_type=media_type,
        address=address,
        asked=address,
        headers=tuple((name, headers[name]) for name in TELLING if name in headers),
    )


def _unpacked(body: bytes, coding: str, most: int) -> bytes:
    """The page as its server packed it, up to one byte more than ``most``. Many archives keep it unpacked already."""
    if coding.strip().lower() not in {"gzip", "x-gzip"} or not body.startswith(b"\x1f\x8b"):
        return body
    return zlib.decompressobj(wbits=31).decompress(body, most + 1)
