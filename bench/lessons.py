"""What the learned reader is taught: annotated texts as windows with marked words (see ``train_reader``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.matching import accepted, same_place
from bench.train_judge import UNWEIGHED, article_of, weight_of
from extract.languages.en import Reader, located_in, scopes_of
from extract.scene import Spotted
from extract.scopes import Named, Scope
from extract.windows import Pieces
from pipeline import Pipeline, load_pipeline
from records import ASSETS, STATUSES, Placement, Span
from settings import DATA, load_settings

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Row = dict[str, Any]
ANY = -1  # an answer that is neither right nor wrong


@dataclass(frozen=True, slots=True)
class Choice:
    """A place or an actor, by its pieces, and whether the force is there, or theirs: 1, 0 or ``ANY``."""

    named: Named
    first: int
    last: int
    right: int
    status: int = ANY
    out: int = ANY
    hedged: int = ANY


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word that carries a claim, by its pieces, with the choices that belong to it."""

    first: int
    last: int
    asset: int
    places: tuple[Choice, ...]
    actors: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A window: its pieces, which of them begin a word that carries a claim (1, 0, ``ANY``), and those words."""

    text: str
    pieces: tuple[int, ...]
    carries: tuple[int, ...]
    anchors: tuple[Anchor, ...]
    weight: float


def lessons_of(rows: Sequence[Row], tokenizer: Tokenizer) -> Iterator[Lesson]:
    """Every window of every text."""
    settings = load_settings()
    reader = Reader(DATA, UNWEIGHED, learned=False)
    places = load_pipeline(
        gazetteer=settings.gazetteer, data=DATA, point_of_view=settings.point_of_view, extractor=reader
    )
    for row in rows:
        yield from _of_text(row, places, reader, tokenizer)


def _of_text(row: Row, placing: Pipeline, reader: Reader, tokenizer: Tokenizer) -> Iterator[Lesson]:
    article = article_of(row)
    parsed = reader.parse(article)
    placements = placing.place(article, reader.mentions(parsed))
    by_span = {one.mention.span: one for one in placements}
    located = [one for of_paragraph in located_in(parsed, placements) for one in of_paragraph.values()]
    pieces, found = scopes_of(parsed, located, tokenizer)
    carriers = _carriers(row, parsed.paragraphs, article.text)
    barred = _restated(row, parsed.paragraphs, carriers)
    for scope in found:
        yield _lesson(row, scope, pieces, carriers, barred, by_span)


@dataclass
class Carrier:
    """A word of the text and the claims that it carries."""

    span: Span
    claims: list[Row] = field(default_factory=list)


def _carriers(row: Row, paragraphs: Sequence[Spotted], text: str) -> list[Carrier]:
    found: dict[Span, Carrier] = {}
    for claim in row["claims"]:
        start = text.find(claim["evidence"])
        stretch = Span(start, start + len(claim["evidence"]))
        for words in (claim.get("unit"), *(claim.get("alt") or {}).get("unit", ()), claim.get("trigger")):
            at = text.find(words, stretch.start, stretch.end) if words else -1
            if at >= 0:
                span = _head(paragraphs, Span(at, at + len(words)))
                found.setdefault(span, Carrier(span)).claims.append(claim)
                break
    return sorted(found.values(), key=lambda carrier: carrier.span)


def _head(paragraphs: Sequence[Spotted], span: Span) -> Span:
    """The noun of the words for a force: the lexicon's, else the parse's."""
    for spotted in paragraphs:
        doc, offset = spotted.paragraph.doc, spotted.paragraph.offset
        if not offset <= span.start < offset + len(doc.text):
            continue
        for force in spotted.forces:
            head = spotted.paragraph.span_of(force.head, force.head + 1)
            if span.start <= head.start < span.end:
                return head
        stretch = doc.char_span(span.start - offset, min(span.end - offset, len(doc.text)), alignment_mode="expand")
        if stretch is not None and len(stretch):
            return spotted.paragraph.span_of(stretch.root.i, stretch.root.i + 1)
    return Span(span.start, span.end)


def _restated(row: Row, paragraphs: Sequence[Spotted], carriers: Sequence[Carrier]) -> set[Span]:
    """Words for forces that may say again what another sentence was annotated for: neither right nor wrong.

    The gold gives each claim once, with its most informative sentence.
    """
    actors = {actor for claim in row["claims"] for actor in accepted(claim, "actor")}
    told = {carrier.span for carrier in carriers}
    heads = {row["text"][span.start : span.end].lower().rstrip("s") for span in told}
    found = set()
    for spotted in paragraphs:
        for force in spotted.forces:
            token = spotted.paragraph.doc[force.head]
            span = spotted.paragraph.span_of(force.head, force.head + 1)
            theirs = bool({owner.actor for owner in force.owners} & actors) or (not force.owners and force.definite)
            if span not in told and (theirs and token.lower_.rstrip("s") in heads):
                found.add(span)
    return found


def _lesson(
    row: Row, scope: Scope, pieces: Pieces, carriers: Sequence[Carrier], restated: set[Span],
    placed: dict[Span, Placement],
) -> Lesson:  # fmt: skip
    window = scope.window
    core_first, core_last = scope.piece_of(pieces, window.core)
    carries = [ANY] * len(window.pieces)
    carries[core_first:core_last] = [0] * (core_last - core_first)
    for span in restated:
        if window.core.covers(span):
            carries[scope.piece_of(pieces, span)[0]] = ANY
    anchors = []
    for carrier in carriers:
        if not window.core.covers(carrier.span):
            continue
        first, last = scope.piece_of(pieces, carrier.span)
        core = [claim for claim in carrier.claims if not claim["optional"]]
        carries[first] = 1 if core else ANY
        anchors.append(_anchor(scope, first, last, carrier.claims, placed))
    return Lesson(str(row["id"]), window.pieces, tuple(carries), tuple(anchors), weight_of(row))


def _anchor(scope: Scope, first: int, last: int, claims: Sequence[Row], placed: dict[Span, Placement]) -> Anchor:
    places = []
    for named, start, end in scope.places:
        placement = placed[named.key]
        there = [claim for claim in claims if same_place(placement.mention, placement.place, claim)]
        core = [claim for claim in there if not claim["optional"]]
        right = 1 if core else ANY if there else 0
        told = next(iter(core or there), None)
        places.append(
            Choice(
                named, start, end, right,
                STATUSES.index(told["status"]) if told else ANY,
                int(told["direction"] == "out") if told else ANY,
                int(told["hedged"]) if told else ANY,
            )
        )  # fmt: skip
    core = [claim for claim in claims if not claim["optional"]] or list(claims)
    actors = []
    for named, start, end in scope.actors:
        theirs = [claim for claim in core if named.key in accepted(claim, "actor")]
        exact = [claim for claim in core if named.key == claim["actor"]]
        actors.append(Choice(named, start, end, 1 if exact else ANY if theirs else 0))
    return Anchor(first, last, ASSETS.index(core[0]["asset"]), tuple(places), tuple(actors))
