"""Readings built by hand, for tests of what comes after the extractor.

The places and sentences are made up for the tests; coordinates are round numbers near the real thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from records import (
    Article,
    Asset,
    Candidate,
    Claim,
    Direction,
    EventDate,
    Mention,
    Place,
    Placement,
    Quantity,
    Reading,
    Span,
    Status,
    fingerprint,
)

EXTRACTOR = "test-1"
GAZETTEER = "test-places-1"
MADE = datetime(2022, 2, 1, 12, 0, tzinfo=UTC)

LITHUANIA = Place("t:LTU", "Lithuania", "country", 55.0, 24.0, 190.0, ("LTU",))
ESTONIA = Place("t:EST", "Estonia", "country", 58.7, 25.5, 180.0, ("EST",))
ROMANIA = Place("t:ROU", "Romania", "country", 46.0, 25.0, 350.0, ("ROU",))
UKRAINE = Place("t:UKR", "Ukraine", "country", 49.0, 31.5, 600.0, ("UKR",))
CONSTANTA = Place("t:constanta", "Constanța", "city", 44.2, 28.6, 10.0, ("ROU",), "Constanța")
CRIMEA = Place("t:crimea", "Crimea", "admin1", 45.3, 34.4, 160.0, ("UKR",), disputed="held by Russia")
BLACK_SEA = Place(
    "t:black-sea", "Black Sea", "sea", 43.4, 34.3, 550.0, (), None, ("BGR", "GEO", "ROU", "RUS", "TUR", "UKR")
)
MALI = Place("t:MLI", "Mali", "country", 17.0, -4.0, 700.0, ("MLI",))
BORDER = Place("t:border", "the Chad–Sudan border", "region", 13.5, 22.2, 300.0, ("TCD", "SDN"))


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence with one claim in it. ``words`` are those of the place; ``place`` None: it was not found."""

    sentence: str
    actor: str
    words: str
    place: Place | None
    asset: Asset = "ground"
    status: Status = "deployed"
    direction: Direction = "in"
    hedged: bool = False
    confidence: float = 0.8
    unit: str | None = None
    quantity: Quantity | None = None
    date: EventDate | None = None
    source: str | None = None
    origin: tuple[str, Place] | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """One sentence that names a place without a claim on it."""

    sentence: str
    words: str
    place: Place | None


def _placement(text: str, start: int, sentence: str, words: str, place: Place | None) -> Placement:
    at = start + sentence.index(words)
    mention = Mention(Span(at, at + len(words)), words, words, place.kind if place else None)
    assert mention.span.of(text) == words
    if place is None:
        return Placement(mention, None, reason="no entry")
    return Placement(mention, place, 0.9, (Candidate(place, 0.9),), "only entry")


def _claim(said: Said, article: str, span: Span, place: Mention, origin: Mention | None) -> Claim:
    return Claim(
        id=fingerprint(article, str(span.start), said.actor, said.words, said.asset, said.status),
        actor=said.actor,
        asset=said.asset,
        place=place,
        status=said.status,
        evidence=span,
        confidence=said.confidence,
        rule="by-hand",
        direction=said.direction,
        hedged=said.hedged,
        unit=said.unit,
        quantity=said.quantity,
        origin=origin,
        date=said.date,
        source=said.source,
    )


def reading(
    *sentences: Said | Named,
    id: str = "",
    title: str = "A report",
    published: date | None = date(2022, 1, 28),
    source: str | None = "Test Gazette",
    url: str | None = None,
    sample: bool = False,
    extractor: str = EXTRACTOR,
    gazetteer: str = GAZETTEER,
    made: datetime = MADE,
) -> Reading:
    """A reading of the sentences, one a paragraph. Without an ``id`` the content gives it."""
    text = "\n\n".join(one.sentence for one in sentences)
    article_id = id or fingerprint(url or text)
    placements: dict[Span, Placement] = {}
    claims: list[Claim] = []
    start = 0
    for one in sentences:
        placed = _placement(text, start, one.sentence, one.words, one.place)
        placements.setdefault(placed.mention.span, placed)
        if isinstance(one, Said):
            origin = None
            if one.origin:
                origin_placed = _placement(text, start, one.sentence, *one.origin)
                placements.setdefault(origin_placed.mention.span, origin_placed)
                origin = origin_placed.mention
            claims.append(_claim(one, article_id, Span(start, start + len(one.sentence)), placed.mention, origin))
        start += len(one.sentence) + 2
    article = Article(
        id=article_id,
        title=title,
        text=text,
        published=published,
        published_from="given" if published else "unknown",
        source=source,
        url=url,
        sample=sample,
    )
    in_order = tuple(placements[span] for span in sorted(placements))
    return Reading(article, in_order, tuple(claims), extractor, gazetteer, made)


def baltic(id: str = "baltic", *, extractor: str = EXTRACTOR, gazetteer: str = GAZETTEER) -> Reading:
    """Two claims in the Baltic states, by Germany and Denmark, one dated by the text."""
    return reading(
        Said(
            "Germany has 500 soldiers in Lithuania.",
            "DEU",
            "Lithuania",
            LITHUANIA,
            quantity=Quantity(500, 500, "personnel", "500 soldiers"),
            unit="500 soldiers",
        ),
        Said(
            "Denmark will send fighters to Estonia in February 2022, officials said.",
            "DNK",
            "Estonia",
            ESTONIA,
            asset="air",
            status="planned",
            date=EventDate("2022-02", None, "in February 2022"),
            source="officials",
        ),
        id=id,
        title="Allies in the Baltic states",
        extractor=extractor,
        gazetteer=gazetteer,
    )


def black_sea() -> Reading:
    """Two naval claims on the Black Sea, one on a port, and a place that is only named."""
    return reading(
        Said(
            "Two Russian frigates entered the Black Sea on 20 January.",
            "RUS",
            "Black Sea",
            BLACK_SEA,
            asset="naval",
            quantity=Quantity(2, 2, "ships", "Two Russian frigates"),
            date=EventDate("2022-01-20", None, "on 20 January"),
        ),
        Said(
            "France may send a destroyer to the Black Sea.",
            "FRA",
            "Black Sea",
            BLACK_SEA,
            asset="naval",
            status="discussed",
            hedged=True,
            confidence=0.68,
        ),
        Said("French troops are in Constanța.", "FRA", "Constanța", CONSTANTA),
        Named("Talks about Ukraine went on.", "Ukraine", UKRAINE),
        id="black-sea",
        title="Ships in the Black Sea",
        source="Harbour News",
    )


def in_doubt() -> Reading:
    """Without any date; one claim on a place that was not found, one on a border between two countries."""
    return reading(
        Said("Russian instructors are said to be in Zubrowka.", "RUS", "Zubrowka", None, asset="support", hedged=True),
        Said("Chadian troops hold the Chad–Sudan border.", "TCD", "the Chad–Sudan border", BORDER),
        id="in-doubt",
        title="Rumours",
        published=None,
        source=None,
    )


def sample() -> Reading:
    """A sample report, as shipped for demonstration."""
    return reading(
        Said("French soldiers left Mali.", "FRA", "Mali", MALI, status="withdrawn", direction="out"),
        id="sample",
        title="Sample: leaving Mali",
        sample=True,
    )
