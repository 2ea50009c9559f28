"""PDF and Word (.docx): papers whose readers can be made to misbehave, so call these through ``intake.confined``."""

from __future__ import annotations

import re
import statistics
import zipfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from errors import ArticleError
from intake.found import Found, one_line

if TYPE_CHECKING:
    from pypdf import PdfReader

PAGES = 500
#: What may come out of a .docx file, all its parts together.
UNPACKED = 100_000_000
_OLD_WORD = b"\xd0\xcf\x11\xe0"
#: Title, author, and the day that it was made.
Properties = tuple[str | None, str | None, date | None]
_NOTHING: Properties = (None, None, None)
_CORE = "docProps/core.xml"
#: What programs write for a title where the author gave none.
_NO_TITLE = re.compile(r"untitled.*|microsoft word.*|.*\.(?:docx?|pdf|indd|qxd|rtf|odt)|document\d*", re.IGNORECASE)


def from_pdf(raw: bytes, name: str) -> Found:
    """The text of the pages. Raises ArticleError for one that is encrypted, of pictures only, or no PDF inside."""
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise ArticleError(f"{name}: a PDF locked by a password; save it without one")
        if len(reader.pages) > PAGES:
            raise ArticleError(f"{name}: a PDF of more than {PAGES} pages; split it into articles")
        text = "\n\n".join(reflowed([page.extract_text() for page in reader.pages]))
        title, author, made = _information(reader)
    except (ArticleError, MemoryError):
        raise
    except (PyPdfError, Exception) as fault:
        # A damaged file ends in any error there is.
        raise ArticleError(f"{name}: a damaged PDF ({type(fault).__name__}); save its text as a .txt file") from fault
    if not re.search(r"\w", text):
        raise ArticleError(f"{name}: a PDF without text, of pictures perhaps; give its text as a .txt file")
    return Found(text, title=_title(title), made=made, author=author)


def _information(reader: PdfReader) -> Properties:
    try:
        said = reader.metadata
        if said is None:
            return _NOTHING
        texts = [one_line(text) if isinstance(text, str) else None for text in (said.title, said.author)]
        return texts[0], texts[1], _day(said.creation_date)
    except Exception:
        return _NOTHING  # what a paper says of itself may be nonsense without harm to its text


def from_docx(raw: bytes, name: str) -> Found:
    """The paragraphs of a Word document, tables too. Raises ArticleError for one that is damaged or swells."""
    import mammoth

    if raw.startswith(_OLD_WORD):
        raise ArticleError(f"{name}: locked by a password, or of an old Word; save it again as .docx without one")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise ArticleError(f"{name}: unpacks to more than {UNPACKED // 1_000_000} MB; save its text as .txt")
            core = _read_bounded(packed, _CORE) if _CORE in packed.namelist() else b""
        text = mammoth.extract_raw_text(BytesIO(raw)).value
        title, author, made = _properties(core)
    except (ArticleError, MemoryError):
        raise
    except Exception as fault:
        # A damaged file ends in any error there is.
        raise ArticleError(f"{name}: a damaged Word file ({type(fault).__name__}); save its text as .txt") from fault
    paragraphs = re.split(r"\n{2,}", text)
    return Found("\n\n".join(one for one in paragraphs if one.strip()), title=_title(title), made=made, author=author)


def _read_bounded(packed: zipfile.ZipFile, part: str) -> bytes:
    with packed.open(part) as opened:
        return opened.read(1_000_000)


def _properties(core: bytes) -> Properties:
    """As docProps/core.xml has them."""
    try:
        said = {node.tag.rpartition("}")[2]: one_line(node.text) for node in ElementTree.fromstring(core)}
    except ElementTree.ParseError:
        return _NOTHING
    made = None
    with suppress(ValueError):
        made = datetime.fromisoformat(said.get("created") or "").date()
    return said.get("title"), said.get("creator"), made


def _title(said: str | None) -> str | None:
    return said if said and not _NO_TITLE.fullmatch(said) else None


def _day(moment: object) -> date | None:
    return moment.date() if isinstance(moment, datetime) else None


# Lines into paragraphs


def reflowed(pages: Sequence[str]) -> list[str]:
    """Paragraphs out of the lines of pages: running heads and page numbers left out, words that were parted joined.

    A paragraph ends at an empty line, where a line that is shorter than most ends a sentence, and after a line that is
    much shorter, as headings are.
    """
    lined = [[line.strip() for line in page.splitlines()] for page in pages]
    repeated = _running(lined)
    lines = [line for page in lined for line in page if line not in repeated and not re.fullmatch(r"[\d\s|/–-]+", line)]
    full = statistics.median([len(line) for line in lines if line] or [0])
    paragraphs = [""]
    for line in lines:
        if not line:
            paragraphs.append("")
            continue
        paragraphs[-1] = _joined(paragraphs[-1], line)
        if _ends(line, full):
            paragraphs.append("")
    return [one for one in paragraphs if one]


def _ends(line: str, full: float) -> bool:
    """Whether a line is the last of its paragraph, or a heading, where most lines are ``full`` long."""
    sentence = re.search(r"[.!?:…][”\"’')\]]*$", line)
    return len(line) < 0.85 * full if sentence else len(line) < 0.5 * full and not re.search(r"[-,;]$", line)


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines that stand first or last on most of at least three pages."""
    edges = Counter(line for page in pages for line in {*page[:2], *page[-2:]} if line)
    return {line for line, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}


def _joined(before: str, line: str) -> str:
    if not before:
        return line
    if re.search(r"[a-zà-ÿ]-$", before) and re.match(r"[a-zà-ÿ]", line):
        return before[:-1] + line
    return f"{before} {line}"
