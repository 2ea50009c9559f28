"""Where readers put a place: kept for good, and applied to whichever reading is current.

A review is about words of an article (their span and wording), so it holds for every reading that finds the same words
at the same spot. Of several on the same words the last one counts; one that withdraws gives the machine its say back.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, Row, RowMapping, insert, select, update

from errors import ConflictError, NotFoundError, ReviewError
from records import Place, Span
from store.places import find_places, insert_places
from store.protocol import PlaceReview, Verdict
from store.rows import place_key, placement_of
from store.tables import claims, mentions, readings, reviews

#: What of the words is judged. Other judgements will be kept in the same table.
_PLACE = "place"


def choose_place(
    connection: Connection,
    article: str,
    span: Span,
    place: Place | None,
    *,
    who: str,
    reason: str,
    instead_of: int | None,
) -> PlaceReview:
    """Add the review that puts these words of the current reading there, or with None nowhere."""
    words = _words(connection, article, span)
    _refuse_if_overtaken(_last(connection, article, span, words), instead_of)
    return _add(connection, article, span, words, "chosen" if place else "none", place, who, reason)


def withdraw(connection: Connection, review: int, *, who: str, reason: str) -> PlaceReview:
    """Add the review that takes another one back."""
    about = connection.execute(select(reviews).where(reviews.c.id == review)).first()
    if about is None:
        raise NotFoundError(f"{review}: no review of this number; its article may have been removed")
    span = Span(about.start, about.end)
    _refuse_if_overtaken(_last(connection, about.article, span, about.words), review)
    return _add(connection, about.article, span, about.words, "withdrawn", None, who, reason)


def reviews_of(connection: Connection, article: str) -> tuple[PlaceReview, ...]:
    """All that was ever said, oldest first."""
    rows = connection.execute(
        select(reviews).where(reviews.c.article == article, reviews.c.about == _PLACE).order_by(reviews.c.id)
    ).all()
    known = find_places(connection, {row.place for row in rows if row.place})
    current = select(mentions.c.start, mentions.c.end, mentions.c.text).join(
        readings, mentions.c.reading == readings.c.id
    )
    there = {tuple(row) for row in connection.execute(current.where(readings.c.article == article, readings.c.current))}
    return tuple(
        PlaceReview(
            id=row.id,
            article=row.article,
            span=Span(row.start, row.end),
            words=row.words,
            verdict=row.verdict,
            place=known.get(row.place),
            reason=row.reason,
            who=row.who,
            at=row.at,
            attached=(row.start, row.end, row.words) in there,
        )
        for row in rows
    )


def apply_reviews(connection: Connection, reading: int, article: str) -> None:
    """Show the reading's mentions where the last reviews on their words put them.

    A review on words that the reading lacks stays, without effect.
    """
    last = {(one.span, one.words): one for one in reviews_of(connection, article)}
    for review in last.values():
        mention = (
            connection.execute(
                select(mentions).where(
                    mentions.c.reading == reading,
                    mentions.c.start == review.span.start,
                    mentions.c.end == review.span.end,
                    mentions.c.text == review.words,
                )
            )
            .mappings()
            .first()
        )
        if mention is not None:
            _show(connection, mention, review)


def _show(connection: Connection, mention: RowMapping, review: PlaceReview) -> None:
    if review.verdict == "withdrawn":
        shown = mention["place"]
    else:
        place = _as_known_now(connection, mention, review.place)
        insert_places(connection, [place] if place else [])
        shown = place_key(place) if place else None
    own = (mentions.c.reading == mention["reading"]) & (mentions.c.position == mention["position"])
    on_it = (claims.c.reading == mention["reading"]) & (claims.c.place_mention == mention["position"])
    by_reader = review.verdict != "withdrawn"
    connection.execute(update(mentions).where(own).values(shown=shown))
    connection.execute(update(claims).where(on_it).values(place=shown, by_reader=by_reader))


def _as_known_now(connection: Connection, mention: RowMapping, chosen: Place | None) -> Place | None:
    """The chosen entry as the mention was last placed with it: another gazetteer or point of view may have moved it."""
    if chosen is None:
        return None
    placed = find_places(connection, [mention["place"]] if mention["place"] else [])
    machine = placement_of(mention, placed.get(mention["place"]))
    offered = ([machine.place] if machine.place else []) + [one.place for one in machine.candidates]
    return next((place for place in offered if place.gazetteer_id == chosen.gazetteer_id), chosen)


def _add(
    connection: Connection,
    article: str,
    span: Span,
    words: str,
    verdict: Verdict,
    place: Place | None,
    who: str,
    reason: str,
) -> PlaceReview:
    if not who.strip():
        raise ReviewError("a review without a name; say who reviews")
    insert_places(connection, [place] if place else [])
    now = datetime.now(UTC)
    values = {
        "article": article,
        "about": _PLACE,
        "start": span.start,
        "end": span.end,
        "words": words,
        "verdict": verdict,
        "place": place_key(place) if place else None,
        "reason": reason.strip(),
        "who": who.strip(),
        "at": now,
    }
    id = connection.execute(insert(reviews).values(values).returning(reviews.c.id)).scalar_one()
    reading = _current(connection, article)
    if reading is not None:
        apply_reviews(connection, reading, article)
    return next(one for one in reviews_of(connection, article) if one.id == id)


def _words(connection: Connection, article: str, span: Span) -> str:
    found = connection.execute(
        select(mentions.c.text)
        .join(readings, mentions.c.reading == readings.c.id)
        .where(readings.c.article == article, readings.c.current)
        .where(mentions.c.start == span.start, mentions.c.end == span.end)
    ).scalar()
    if found is None:
        raise NotFoundError(
            f"article {article}: its current reading names no place at {span.start} to {span.end};"
            " it was removed or read anew, open it again"
        )
    return str(found)


def _last(connection: Connection, article: str, span: Span, words: str) -> Row[int, str, str] | None:
    """The last review on these words."""
    return connection.execute(
        select(reviews.c.id, reviews.c.verdict, reviews.c.who)
        .where(reviews.c.article == article, reviews.c.about == _PLACE)
        .where(reviews.c.start == span.start, reviews.c.end == span.end, reviews.c.words == words)
        .order_by(reviews.c.id.desc())
    ).first()


def _refuse_if_overtaken(last: Row[int, str, str] | None, seen: int | None) -> None:
    """``seen`` is the review that the reader saw in force, None for the machine's placement."""
    in_force = last.id if last and last.verdict != "withdrawn" else None
    if in_force != seen and last:
        raise ConflictError(f"{last.who} has reviewed this place meanwhile; nothing was changed, look at it again")


def _current(connection: Connection, article: str) -> int | None:
    return connection.execute(select(readings.c.id).where(readings.c.article == article, readings.c.current)).scalar()
