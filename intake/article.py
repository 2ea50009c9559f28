"""Raw input -> Article. All that is ever done to a text is done here, before any offset into it is taken.

Plain text and Markdown are kept as they are, but for line ends and a byte order mark; of HTML the text is what
trafilatura finds to be the article, of a message its body, of PDF and Word their paragraphs. Nothing is fetched.

The date is the given one, else the one that the input states of its publication, else the one that stands in full at
the head of its text, else the day that the file was made (PDF and Word), else unknown: none is guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from errors import ArticleError
from intake.confined import confined, page_found
from intake.dateline import dateline
from intake.encoding import decode
from intake.found import Found, one_line, web_address, whole_letters
from intake.kinds import Kind, kind_of
from intake.mail import from_mail
from intake.writing import from_markdown, from_text
from records import Article, DateSource, Original, fingerprint

LARGEST_MB = 50
_LONGEST_TITLE = 160


def read_article(
    raw: Path | bytes | str,
    *,
    name: str = "",
    published: date | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    language: str = "en",
) -> Article:
    """Read one article from a file, from bytes, or from text.

    ``name`` is what to call bytes or text in messages; its suffix, as that of a path, tells the kind
    (``intake.kinds``). What is given here is preferred to what the input says of itself.

    The id comes from the address, where one is known, so that a corrected text is another reading of the same
    article; else from the text.

    Raises ArticleError for what is absent, empty, binary, too large, of an unknown kind or encoding.
    """
    if isinstance(raw, Path):
        original = load(raw)
    else:
        body = raw if isinstance(raw, bytes) else normalise(raw).encode()
        original = Original(body, datetime.now(UTC), name=name or None)
    return read_original(original, published=published, title=title, source=source, url=url, language=language)


def read_original(
    original: Original,
    *,
    published: date | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    stated: date | None = None,
    language: str = "en",
) -> Article:
    """Read an article from the raw thing, as ``read_article`` does.

    ``stated`` is the day that a feed gives for it: as good as what the article states itself, where that is silent.

    What was fetched bears the address that it came from, whatever it says of itself: else a page could pass for
    another outlet's, and take the place of its article.
    """
    name = original.called
    if len(original.body) > LARGEST_MB * 1_000_000:
        raise ArticleError(f"{name}: larger than {LARGEST_MB} MB; split it into articles")
    found = _found(original, name)
    text = normalise(found.text)
    if not re.search(r"\w", text):
        raise ArticleError(f"{name}: no text in it; give an article's text")
    address = web_address(url or original.address or found.url, name)
    when, which = _published(published, found.published or stated, found.made, text)
    return Article(
        id=fingerprint("url", address) if address else fingerprint("text", text),
        title=one_line(title) or found.title or _first_line(text),
        text=text,
        published=when,
        published_from=which,
        source=one_line(source) or found.source or _host(original.address),
        url=address,
        language=found.language or language,
        sample=found.sample,
    )


def load(path: Path) -> Original:
    """A file as it is, not much more of it than can be read as an article. Raises ArticleError."""
    try:
        if path.is_dir():
            raise ArticleError(f"{path}: a folder; name the files in it")
        with path.open("rb") as opened:
            body = opened.read(LARGEST_MB * 1_000_000 + 1)
    except FileNotFoundError as fault:
        raise ArticleError(f"{path}: no such file; check the path") from fault
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or fault
        raise ArticleError(f"{path}: cannot be read ({reason}); check its permissions") from fault
    return Original(body, datetime.now(UTC), name=str(path))


def normalise(text: str) -> str:
    """Line ends as ``\\n``, no byte order mark, and U+FFFD for the halves of letters that no file can hold."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return whole_letters(text)


def _found(original: Original, name: str) -> Found:
    # A file's ending says what it is; an address's only where the server does not.
    kind = kind_of(original.body, name=original.name or original.address or "", media_type=original.media_type)
    if kind == "email":
        return from_mail(original.body, name)
    if kind in {"pdf", "docx"}:
        return confined(kind, original.body, name)
    return _written(kind, normalise(decode(original.body, name, declared=_charset(original))), name)


def _written(kind: Kind, text: str, name: str) -> Found:
    if kind == "html":
        return page_found(text, name)
    return from_markdown(text, name) if kind == "markdown" else from_text(text, name)


def _charset(original: Original) -> str | None:
    said = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", dict(original.headers).get("content-type", ""), re.IGNORECASE)
    return said[1] if said else None


def _published(given: date | None, stated: date | None, made: date | None, text: str) -> tuple[date | None, DateSource]:
    if given:
        return given, "given"
    if stated:
        return stated, "metadata"
    if in_text := dateline(text):
        return in_text, "text"
    # After the text: a paper is often saved, scanned or printed long after it was published.
    return (made, "metadata") if made else (None, "unknown")


def _host(address: str | None) -> str | None:
    """Who published it, for want of a better name."""
    return (urlsplit(address).hostname or "").removeprefix("www.") or None if address else None


def _first_line(text: str) -> str:
    line = next(line for line in text.splitlines() if re.search(r"\w", line))
    line = " ".join(line.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return line[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
