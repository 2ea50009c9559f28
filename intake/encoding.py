"""Bytes -> text, or a refusal: a wrong letter in a name is a wrong dot on the map."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from charset_normalizer import from_bytes

from errors import ArticleError

# Longest first: UTF-32's mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
# What texts in European languages are found in, when they are not UTF-8. A wider choice gives wilder guesses.
_OLD = ["cp1252", "cp1250", "cp1251", "cp1257", "cp1254", "iso8859_2", "koi8_r"]
#: They decode, but what comes out is not what was written.
_NO_ENCODINGS = {"utf-7", "unicode_escape", "raw_unicode_escape", "punycode", "idna"}
_NO_TEXT = {b"%PDF-": "PDF", b"PK\x03\x04": "ZIP or Office", b"{\\rtf": "RTF", b"\x1f\x8b": "gzip"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_CONTROL_SHARE = 0.001


def decode(raw: bytes, name: str, *, declared: str | None = None) -> str:
    """The text, by its byte order mark, else as UTF-8, else as declared by its sender (``declared``) or in its HTML
    head, else by a guess that fits.

    Raises ArticleError for binary files, and where nothing fits.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding, name)
    for start, kind in _NO_TEXT.items():
        if raw.startswith(start):
            raise ArticleError(f"{name}: a {kind} file; save its text as a .txt file")
    if b"\0" in raw:
        raise ArticleError(f"{name}: a binary file, not text; save its text as a .txt file in UTF-8")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        if fault.end == len(raw) and fault.reason == "unexpected end of data" and fault.start > 0:
            _refuse_if_cut(raw[: fault.start], name)
        text = _in_an_old_encoding(raw, name, declared)
    if not _is_text(text):
        raise ArticleError(f"{name}: not text in any known encoding; save it as UTF-8")
    return text


def _refuse_if_cut(before: bytes, name: str) -> None:
    """All but the last bytes are UTF-8, not only in plain letters: so it is UTF-8, and any guess would be wrong."""
    if not before.isascii():
        raise ArticleError(f"{name}: cut short in the middle of a letter; get the whole file")


def _strictly(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as fault:
        raise ArticleError(f"{name}: begins as {encoding} but is not; save it as UTF-8") from fault


def _in_an_old_encoding(raw: bytes, name: str, declared: str | None) -> str:
    in_head = _DECLARED.search(raw[:4096])
    for encoding in (declared, in_head and in_head[1].decode("ascii", "replace")):
        # A false declaration is common; go on as if there were none. So are ones that leave bytes undecoded.
        with suppress(LookupError, ValueError):
            if encoding and encoding.lower() not in _NO_ENCODINGS:
                return raw.decode(encoding)
    guess = from_bytes(raw, cp_isolation=_OLD, enable_fallback=False).best()
    if guess is None:
        raise ArticleError(f"{name}: not UTF-8, nor in an encoding that can be told; save it as UTF-8")
    return str(guess)


def _is_text(text: str) -> bool:
    """Whether hardly anything in it is a control character, which no legacy encoding of prose has."""
    return len(_CONTROL.findall(text)) <= _CONTROL_SHARE * len(text)
