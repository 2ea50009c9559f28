"""What kind of thing an input is: by its first bytes, then by what its sender or its name says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from errors import ArticleError

Kind = Literal["text", "markdown", "html", "email", "pdf", "docx"]

#: Kinds by the endings of files.
KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".eml": "email",
    ".pdf": "pdf",
    ".docx": "docx",
}
_MEDIA: dict[str, Kind] = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "message/rfc822": "email",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html)\b", re.I | re.S)
_MAIL = re.compile(
    rb"(?:(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID):[^\n]*\n(?:[ \t][^\n]*\n)*){2}", re.I
)
_OFFICE = (b"word/", b"[Content_Types].xml")


def kind_of(raw: bytes, *, name: str = "", media_type: str = "") -> Kind:
    """The kind of an input. Raises ArticleError for one that cannot be read, as a picture.

    ``name`` is a file's or an address; its ending counts for less than ``media_type``, and both for less than what the
    bytes themselves begin with.
    """
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    suffix = _suffix(name)
    if raw.startswith(b"PK\x03\x04") and (KINDS.get(suffix) == "docx" or any(mark in raw[:4096] for mark in _OFFICE)):
        return "docx"
    if media_type in _MEDIA and not (media_type == "text/plain" and suffix in KINDS):
        return _MEDIA[media_type]
    if media_type and media_type.partition("/")[0] in {"image", "audio", "video", "font"}:
        raise ArticleError(f"{name}: {media_type}, no article; give a page or a document")
    if suffix in KINDS:
        return KINDS[suffix]
    if re.fullmatch(r"\.[a-z]\w{0,4}", suffix) and not media_type:
        raise ArticleError(f"{name}: cannot read {suffix} files; give one of {', '.join(KINDS)}")
    return _by_its_head(raw)


def _by_its_head(raw: bytes) -> Kind:
    start = raw[:8192].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if _HTML.match(start):
        return "html"
    if _MAIL.match(start):
        return "email"
    return "markdown" if start.startswith(b"---\n") else "text"


def _suffix(name: str) -> str:
    """Of a file's name, or of an address's path."""
    path = re.sub(r"[?#].*", "", name) if "://" in name else name
    return Path(path).suffix.lower()
